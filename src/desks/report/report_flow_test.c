/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* report_flow_test.c: a report's way to publication: who may take which step, and that nothing changes unseen. */
#include "desks/report/report_test_office.h"

/* ---- each step in a transaction of its own ---- */
typedef struct Step {
    const char *month, *text, *sha256;
    i64 version;
} Step;

static bool do_send(Ctx *ctx, void *data)
{
    return report_send(ctx, ((const Step *)data)->month);
}
static bool do_return(Ctx *ctx, void *data)
{
    return report_return(ctx, ((const Step *)data)->month, ((const Step *)data)->text);
}
static bool do_sign(Ctx *ctx, void *data)
{
    const Step *s = data;
    return report_sign(ctx, s->month, s->sha256, s->version, test_key());
}
static bool do_publish(Ctx *ctx, void *data)
{
    return report_publish(ctx, ((const Step *)data)->month, (List){0});
}
static bool do_recompute(Ctx *ctx, void *data)
{
    return report_recompute(ctx, ((const Step *)data)->month, ((const Step *)data)->text);
}
static bool do_write(Ctx *ctx, void *data)
{
    const Step *s = data;
    return report_write(ctx, s->month, &(Narrative){.highlights = s->text}, s->version);
}

static void refused(July *july, const Actor *who, bool (*step)(Ctx *, void *), Step s, FaultKind kind)
{
    Ctx *ctx = &july->test->ctx;
    ctx->actor = who;
    g_assert_false(db_transact(ctx, step, &s));
    assert_fault(ctx, kind);
    ctx->actor = &actor_system;
}

static void done(July *july, const Actor *who, bool (*step)(Ctx *, void *), Step s)
{
    Ctx *ctx = &july->test->ctx;
    ctx->actor = who;
    test_write(ctx, step, &s);
    ctx->actor = &actor_system;
}

static const Step july_step = {.month = "2022-07", .version = NONE};

static Step seen(July *july)
{
    const Report *r = july_report(july);
    return (Step){.month = "2022-07", .sha256 = r->sha256, .version = r->version};
}

static July closed_july(StoreTest *t)
{
    July july = july_open(t);
    t->ctx.now = july.august + CLOCK_DAY;
    return july;
}

static July july_in_review(StoreTest *t)
{
    July july = closed_july(t);
    done(&july, &july.writes, do_send, july_step);
    return july;
}

static void sign(July *july)
{
    done(july, &july->signs, do_sign, seen(july));
}

/* ---- the steps ---- */
static void a_month_that_is_not_over_is_not_sent(StoreTest *t, const void *unused)
{
    July july = july_open(t);
    refused(&july, &july.writes, do_send, july_step, FAULT_CONFLICT);
    g_assert_cmpint(july_report(&july)->state, ==, REPORT_DRAFT);
}

static void from_draft_to_the_public(StoreTest *t, const void *unused)
{
    July july = closed_july(t);
    done(&july, &july.writes, do_write, (Step){.month = "2022-07", .text = "Se cubrió todo.\n- Bacheo", .version = NONE});
    done(&july, &july.writes, do_send, july_step);
    const Report *r = july_report(&july);
    g_assert_cmpint(r->state, ==, REPORT_IN_REVIEW);
    g_assert_true(r->frozen);
    g_assert_cmpstr(r->highlights, ==, "Se cubrió todo.\n- Bacheo");
    sign(&july);
    r = july_report(&july);
    g_assert_cmpint(r->state, ==, REPORT_SIGNED);
    g_assert_true(text_starts(r->code, "VOC-"));
    g_assert_null(report_published(&t->ctx, "2022-07", 0));
    assert_fault(&t->ctx, FAULT_NOT_FOUND);
    done(&july, &july.signs, do_publish, july_step);
    r = report_published(&t->ctx, "2022-07", 0);
    g_assert_cmpint(r->state, ==, REPORT_PUBLISHED);
    g_assert_cmpint(figure(r, "events_covered")->value, ==, 3);
    const Seal *seal = seal_by_code(&t->ctx, r->code);
    g_assert_cmpstr(seal->sha256, ==, r->sha256);
    g_assert_true(seal_check(&t->ctx, seal));
}

static void what_is_frozen_stays_when_records_change(StoreTest *t, const void *unused)
{
    July july = july_in_review(t);
    const char *before = july_report(&july)->sha256;
    test_script(&t->ctx, "UPDATE agenda_coverage SET state = 'returned' WHERE state = 'approved'");
    const Report *r = july_report(&july);
    g_assert_cmpint(figure(r, "events_covered")->value, ==, 3);
    g_assert_cmpstr(r->sha256, ==, before);
}

static void nobody_signs_what_changed_meanwhile(StoreTest *t, const void *unused)
{
    July july = july_in_review(t);
    Step s = seen(&july);
    test_script(&t->ctx, "UPDATE agenda_coverage SET state = 'returned' WHERE kind = 'stream' AND state = 'approved'");
    t->ctx.actor = &july.signs;
    g_assert_false(db_transact(&t->ctx, do_sign, &s));
    g_assert_cmpint(t->ctx.fault.kind, ==, FAULT_CONFLICT);
    g_assert_nonnull(strstr(t->ctx.fault.what, "3")); /* from 3 of 5 to 2 of 5, and which figure it is */
    g_assert_nonnull(strstr(t->ctx.fault.what, "2"));
    assert_fault(&t->ctx, FAULT_CONFLICT);
    t->ctx.actor = &actor_system;
    g_assert_cmpint(july_report(&july)->state, ==, REPORT_IN_REVIEW);
}

static void one_signs_what_one_saw(StoreTest *t, const void *unused)
{
    July july = july_in_review(t);
    refused(&july, &july.signs, do_sign, july_step, FAULT_INVALID);
    refused(&july, &july.signs, do_sign, (Step){.month = "2022-07", .sha256 = "0123", .version = NONE}, FAULT_STALE);
    refused(&july, &july.signs, do_sign, (Step){.month = "2022-07", .version = 2}, FAULT_STALE);
    done(&july, &july.signs, do_sign, (Step){.month = "2022-07", .version = 1});
}

static void of_two_signers_one_wins(StoreTest *t, const void *unused)
{
    July july = july_in_review(t);
    Step both = seen(&july);
    done(&july, &july.signs, do_sign, both);
    refused(&july, &july.signs, do_sign, both, FAULT_CONFLICT);
}

static void who_sent_it_does_not_sign_it(StoreTest *t, const void *unused)
{
    July july = closed_july(t);
    done(&july, &july.signs, do_send, july_step);
    refused(&july, &july.signs, do_sign, seen(&july), FAULT_FORBIDDEN);
    t->city.four_eyes = false;
    done(&july, &july.signs, do_sign, seen(&july));
}

static bool hold_highest(Ctx *ctx, void *data)
{
    const Post *highest = people_posts(ctx).items;
    char *sql = g_strdup_printf("UPDATE people_post SET holder = %" PRId64 " WHERE id = %" PRId64, *(const i64 *)data, highest->id);
    bool held = db_run_script(ctx, sql);
    g_free(sql);
    return held;
}

static void the_rank_decides_who_signs(StoreTest *t, const void *unused)
{
    July july = july_in_review(t);
    test_write(&t->ctx, hold_highest, &july.photographer); /* somebody holds it, and it is not Dalia */
    refused(&july, &july.signs, do_sign, seen(&july), FAULT_FORBIDDEN);
    test_write(&t->ctx, hold_highest, &july.director);
    sign(&july);
    g_assert_cmpstr(july_report(&july)->signed_as, ==, "Dirección General, vocería oficial");
}

static void who_acts_for_the_post_signs_too(StoreTest *t, const void *unused)
{
    July july = july_in_review(t);
    test_write(&t->ctx, hold_highest, &july.photographer);
    const Post *highest = people_posts(&t->ctx).items;
    char *sql = g_strdup_printf("INSERT INTO people_acting (id, post, person, from_at, to_at) VALUES (1, %" PRId64 ", %" PRId64 ", 0, %" PRId64 ")",
                                highest->id, july.director, t->ctx.now + CLOCK_DAY);
    test_script(&t->ctx, sql);
    g_free(sql);
    sign(&july);
    g_assert_true(text_ends(july_report(&july)->signed_as, ")")); /* (acting head) */
}

static void without_the_right_no_step(StoreTest *t, const void *unused)
{
    July july = july_in_review(t);
    Actor reader = {.id = july.photographer, .name = "Renata", .rights = people_rights_of(&t->ctx, ROLE_READER)};
    refused(&july, &reader, do_send, july_step, FAULT_FORBIDDEN);
    refused(&july, &reader, do_sign, seen(&july), FAULT_FORBIDDEN);
    refused(&july, &july.writes, do_sign, seen(&july), FAULT_FORBIDDEN);
    refused(&july, &reader, do_return, (Step){.month = "2022-07", .text = "no"}, FAULT_FORBIDDEN);
    refused(&july, &reader, do_publish, july_step, FAULT_FORBIDDEN);
    refused(&july, &reader, do_recompute, (Step){.month = "2022-07", .text = "no"}, FAULT_FORBIDDEN);
}

static void returning_wants_a_reason_and_thaws(StoreTest *t, const void *unused)
{
    July july = july_in_review(t);
    refused(&july, &july.signs, do_return, (Step){.month = "2022-07", .text = " "}, FAULT_INVALID);
    done(&july, &july.signs, do_return, (Step){.month = "2022-07", .text = "Falta la feria"});
    const Report *r = july_report(&july);
    g_assert_cmpint(r->state, ==, REPORT_DRAFT);
    g_assert_false(r->frozen);
    g_assert_cmpstr(r->reason, ==, "Falta la feria");
    done(&july, &july.writes, do_send, july_step);
    g_assert_null(july_report(&july)->reason);
}

static void a_new_version_leaves_the_signed_one_alone(StoreTest *t, const void *unused)
{
    July july = july_in_review(t);
    refused(&july, &july.writes, do_recompute, (Step){.month = "2022-07", .text = "Faltaba uno"}, FAULT_CONFLICT);
    sign(&july);
    done(&july, &july.signs, do_publish, july_step);
    const char *first = report_published(&t->ctx, "2022-07", 1)->sha256;
    refused(&july, &july.writes, do_recompute, (Step){.month = "2022-07"}, FAULT_INVALID);
    done(&july, &july.writes, do_recompute, (Step){.month = "2022-07", .text = "Se aprobó una más"});
    test_script(&t->ctx, "UPDATE agenda_coverage SET state = 'approved' WHERE state = 'delivered'");
    const Report *second = july_report(&july);
    g_assert_cmpint(second->version, ==, 2);
    g_assert_cmpint(figure(second, "events_covered")->value, ==, 4);
    g_assert_cmpint(figure(report_find(&t->ctx, "2022-07", 1), "events_covered")->value, ==, 3);
    g_assert_cmpstr(report_published(&t->ctx, "2022-07", 0)->sha256, ==, first);
    done(&july, &july.writes, do_send, july_step);
    sign(&july);
    done(&july, &july.signs, do_publish, july_step);
    g_assert_cmpint(report_published(&t->ctx, "2022-07", 0)->version, ==, 2);
    g_assert_cmpstr(report_published(&t->ctx, "2022-07", 1)->sha256, ==, first);
    g_assert_cmpint((gint64)report_all_published(&t->ctx, 10).count, ==, 1);
}

static void a_draft_is_written_by_one_at_a_time(StoreTest *t, const void *unused)
{
    July july = july_open(t);
    done(&july, &july.writes, do_write, (Step){.month = "2022-07", .text = "uno", .version = 0});
    done(&july, &july.writes, do_write, (Step){.month = "2022-07", .text = "dos", .version = 1});
    refused(&july, &july.signs, do_write, (Step){.month = "2022-07", .text = "tres", .version = 1}, FAULT_STALE);
    g_assert_cmpstr(july_report(&july)->highlights, ==, "dos");
}

/* ---- tampering ---- */
static const ReportCheck *check_with(StoreTest *t, const Report *r, const char *from, const char *to)
{
    const char *at = strstr(r->snapshot, from);
    g_assert_nonnull(at);
    char *text = g_strdup_printf("%.*s%s%s", (int)(at - r->snapshot), r->snapshot, to, at + strlen(from));
    const ReportCheck *check = report_check_snapshot(&t->ctx, (Bytes){text, strlen(text)});
    assert_no_fault(&t->ctx);
    g_free(text);
    return check;
}

static void a_tampered_snapshot_is_told_by_its_figure(StoreTest *t, const void *unused)
{
    July july = july_in_review(t);
    sign(&july);
    done(&july, &july.signs, do_publish, july_step);
    const Report *r = report_published(&t->ctx, "2022-07", 0);
    g_assert_true(check_with(t, r, "\"value\":3", "\"value\":3")->same);
    const ReportCheck *check = check_with(t, r, "\"value\":3", "\"value\":5");
    g_assert_false(check->same);
    const ReportDifference *d = check->differences.items;
    g_assert_cmpint((gint64)check->differences.count, ==, 1);
    g_assert_nonnull(strstr(d->was, "3"));
    g_assert_nonnull(strstr(d->is, "5"));
    g_assert_false(check_with(t, r, "Entrega de luminarias", "Entrega de medallas")->same);
    g_assert_null(report_check_snapshot(&t->ctx, (Bytes){"{}", 2}));
    assert_fault(&t->ctx, FAULT_MALFORMED);
}

static void what_was_signed_is_compared_with_the_records(StoreTest *t, const void *unused)
{
    July july = july_in_review(t);
    sign(&july);
    done(&july, &july.signs, do_publish, july_step);
    g_assert_true(report_check_records(&t->ctx, "2022-07", 1)->same);
    test_script(&t->ctx, "UPDATE agenda_coverage SET state = 'approved' WHERE state = 'delivered'");
    const ReportCheck *check = report_check_records(&t->ctx, "2022-07", 1);
    g_assert_false(check->same);
    g_assert_cmpstr(((const ReportDifference *)check->differences.items)->key, ==, "events_covered");
}

static void no_name_of_a_person_is_frozen(StoreTest *t, const void *unused)
{
    July july = july_in_review(t);
    const Report *r = july_report(&july);
    g_assert_cmpint((gint64)r->people.count, ==, 1);
    g_assert_null(strstr(r->snapshot, "Renata"));
    g_assert_null(strstr(r->snapshot, "Sofía"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    STORE_TEST("report_flow", a_month_that_is_not_over_is_not_sent);
    STORE_TEST("report_flow", from_draft_to_the_public);
    STORE_TEST("report_flow", what_is_frozen_stays_when_records_change);
    STORE_TEST("report_flow", nobody_signs_what_changed_meanwhile);
    STORE_TEST("report_flow", one_signs_what_one_saw);
    STORE_TEST("report_flow", of_two_signers_one_wins);
    STORE_TEST("report_flow", who_sent_it_does_not_sign_it);
    STORE_TEST("report_flow", the_rank_decides_who_signs);
    STORE_TEST("report_flow", who_acts_for_the_post_signs_too);
    STORE_TEST("report_flow", without_the_right_no_step);
    STORE_TEST("report_flow", returning_wants_a_reason_and_thaws);
    STORE_TEST("report_flow", a_new_version_leaves_the_signed_one_alone);
    STORE_TEST("report_flow", a_draft_is_written_by_one_at_a_time);
    STORE_TEST("report_flow", a_tampered_snapshot_is_told_by_its_figure);
    STORE_TEST("report_flow", what_was_signed_is_compared_with_the_records);
    STORE_TEST("report_flow", no_name_of_a_person_is_frozen);
    return g_test_run();
}
