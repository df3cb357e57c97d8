/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_media_test.c: contacts, tables of them, links under embargo, requests to be accredited: the rules, a sentence each. */
#include "desks/press/media/press_media_test_office.h"

/* ---- contacts ---- */

static void a_contact_is_kept_changed_and_put_away(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    Ctx *ctx = begin(&n);
    ContactDraft d = lucia();
    i64 id;
    g_assert_true(press_contact_add(ctx, &d, &id));
    const MediaContact *c = press_contact(ctx, id);
    g_assert_cmpstr(c->mail, ==, "lucia@pulso.example");
    g_assert_cmpint(press_contact_reach(c), ==, REACH_YES);
    g_assert_cmpint(strlen(c->opt_out), ==, 43);
    d.outlet = "Pulso Diario";
    g_assert_true(press_contact_change(ctx, id, c->version, &d));
    g_assert_false(press_contact_change(ctx, id, c->version, &d));
    says(ctx, FAULT_STALE, NULL);
    g_assert_true(press_contact_archive(ctx, id, NONE, true));
    g_assert_cmpint(press_contact_reach(press_contact(ctx, id)), ==, REACH_ARCHIVED);
    g_assert_cmpint(press_contacts_count(ctx, &(ContactFilter){0}), ==, 0);
    g_assert_cmpint(press_contacts_count(ctx, &(ContactFilter){NULL, true}), ==, 1);
    finish(&n);
}

static void one_address_is_one_contacts(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    Ctx *ctx = begin(&n);
    ContactDraft d = lucia();
    i64 id;
    g_assert_true(press_contact_add(ctx, &d, &id));
    d.mail = "LUCIA@PULSO.example";
    g_assert_false(press_contact_add(ctx, &d, &id));
    says(ctx, FAULT_INVALID, "mail");
    d.mail = "sin arroba";
    g_assert_false(press_contact_add(ctx, &d, &id));
    says(ctx, FAULT_INVALID, "mail");
    d.mail = NULL;
    d.phone = "<script>";
    g_assert_false(press_contact_add(ctx, &d, &id));
    says(ctx, FAULT_INVALID, "phone");
    finish(&n);
}

static void who_may_not_work_with_media_sees_and_changes_nothing(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    Ctx *ctx = begin(&n);
    ContactDraft d = lucia();
    i64 id, other;
    g_assert_true(press_contact_add(ctx, &d, &id));
    ctx->actor = &n.writer; /* writes releases, has no right to personal data */
    g_assert_null(press_contact(ctx, id));
    says(ctx, FAULT_FORBIDDEN, NULL);
    g_assert_cmpuint(press_contacts(ctx, &(ContactFilter){0}, 0, 10).count, ==, 0);
    says(ctx, FAULT_FORBIDDEN, NULL);
    g_assert_cmpint(press_contacts_count(ctx, &(ContactFilter){0}), ==, 0);
    says(ctx, FAULT_FORBIDDEN, NULL);
    d.mail = "otra@pulso.example";
    g_assert_false(press_contact_add(ctx, &d, &other));
    says(ctx, FAULT_FORBIDDEN, NULL);
    g_assert_cmpuint(press_media_lists(ctx).count, ==, 0);
    says(ctx, FAULT_FORBIDDEN, NULL);
    ctx->actor = &n.director;
    finish(&n);
}

static void contacts_are_found_by_name_medium_and_beat(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    Ctx *ctx = begin(&n);
    ContactDraft d = lucia();
    i64 id;
    g_assert_true(press_contact_add(ctx, &d, &id));
    for (int i = 0; i < 1100; i++)
        contact(ctx, arena_printf(ctx->arena, "Corresponsal %04d", i), NULL, false);
    const char *const words[] = {"lucia", "PULSO", "obra publica", "cantera cabildo", "pulso.example"};
    for (size_t i = 0; i < COUNT(words); i++) {
        List found = press_contacts(ctx, &(ContactFilter){words[i], false}, 0, 50);
        g_assert_cmpuint(found.count, ==, 1);
        g_assert_cmpint(((const MediaContact *)found.items)->id, ==, id);
    }
    g_assert_cmpint(press_contacts_count(ctx, &(ContactFilter){"huasteca", false}), ==, 1100);
    size_t seen = 0;
    i64 after = 0;
    for (List page; (page = press_contacts(ctx, &(ContactFilter){"huasteca", false}, after, 200)).count; seen += page.count)
        after = ((const MediaContact *)page.items)[page.count - 1].id;
    g_assert_cmpuint(seen, ==, 1100);
    finish(&n);
}

static void who_left_comes_back_only_by_a_new_yes(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    Ctx *ctx = begin(&n);
    ContactDraft d = lucia();
    i64 id;
    g_assert_true(press_contact_add(ctx, &d, &id));
    const char *secret = press_contact(ctx, id)->opt_out;
    ctx->actor = &actor_nobody;
    g_assert_false(press_leave(ctx, "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"));
    says(ctx, FAULT_NOT_FOUND, NULL);
    g_assert_true(press_leave(ctx, secret));
    g_assert_true(press_leave(ctx, secret)); /* once more changes nothing */
    ctx->actor = &n.director;
    g_assert_cmpint(press_contact_reach(press_contact(ctx, id)), ==, REACH_LEFT);
    g_assert_true(press_contact_change(ctx, id, NONE, &d)); /* the form with its consent field is no new yes */
    g_assert_cmpint(press_contact_reach(press_contact(ctx, id)), ==, REACH_LEFT);
    g_assert_false(press_contact_consent(ctx, id, NONE, " "));
    says(ctx, FAULT_INVALID, "consent_how");
    g_assert_true(press_contact_consent(ctx, id, NONE, "correo del 14 de julio"));
    g_assert_cmpint(press_contact_reach(press_contact(ctx, id)), ==, REACH_YES);
    finish(&n);
}

/* ---- tables in ---- */

static bool reads(Ctx *ctx, const char *csv, ContactImport *import)
{
    return press_contacts_read(ctx, csv, strlen(csv), import);
}

static void a_table_comes_in_whole_or_not_at_all(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    Ctx *ctx = begin(&n);
    ContactImport import;
    static const char csv[] = "\xef\xbb\xbf" "Nombre;Medio;Tipo;Correo;Teléfono;Temas;Consentimiento\r\n"
                              "\"Cantera, Lucía\";Pulso;Newspaper or magazine;lucia@pulso.example;+52 444 123 4567;\"Cabildo, Obra\";tarjeta\r\n"
                              "\r\n"
                              "'=Radio;Huasteca FM;radio;radio@huasteca.example;;;\r\n"
                              "Otra vez;Pulso;print;LUCIA@pulso.example;;;\r\n";
    g_assert_true(reads(ctx, csv, &import));
    g_assert_cmpint(import.added, ==, 2);
    g_assert_cmpint(import.known, ==, 1);
    g_assert_cmpint(import.wrong, ==, 0);
    const ContactRow *rows = import.rows.items;
    g_assert_cmpstr(rows[0].name, ==, "Cantera, Lucía");
    g_assert_cmpint(rows[0].outlet_kind, ==, OUTLET_PRINT);
    g_assert_cmpint(rows[1].outlet_kind, ==, OUTLET_RADIO);
    g_assert_cmpstr(rows[0].beats, ==, "Cabildo\nObra");
    g_assert_cmpstr(rows[1].name, ==, "=Radio");
    g_assert_cmpint(rows[1].line, ==, 4);
    g_assert_cmpint(press_contacts_count(ctx, &(ContactFilter){0}), ==, 0); /* it was only looked at */
    g_assert_true(press_contacts_import(ctx, csv, strlen(csv), &import));
    g_assert_cmpint(press_contacts_count(ctx, &(ContactFilter){0}), ==, 2);
    g_assert_true(press_contacts_import(ctx, csv, strlen(csv), &import)); /* the same again changes nothing */
    g_assert_cmpint(import.added, ==, 0);
    g_assert_cmpint(press_contacts_count(ctx, &(ContactFilter){0}), ==, 2);
    static const char bad[] = "name,mail\nAna,ana@pulso.example\nBeto,esto no es correo\n,c@pulso.example\n";
    g_assert_true(reads(ctx, bad, &import));
    g_assert_cmpint(import.wrong, ==, 2);
    g_assert_false(press_contacts_import(ctx, bad, strlen(bad), &import));
    says(ctx, FAULT_INVALID, "text");
    g_assert_cmpint(press_contacts_count(ctx, &(ContactFilter){0}), ==, 2);
    finish(&n);
}

static void what_is_no_table_says_so(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    Ctx *ctx = begin(&n);
    ContactImport import;
    static const char *const none[] = {"", "\n\n", "medio,correo\nPulso,a@b.example\n", "nombre\n\"nunca cerrado\n", "nombre\n\xff\xfe\n"};
    for (size_t i = 0; i < COUNT(none); i++) {
        g_assert_false(reads(ctx, none[i], &import));
        says(ctx, FAULT_INVALID, "text");
    }
    char *large = g_malloc0(MEDIA_CSV_MAX + 2);
    memset(large, 'a', MEDIA_CSV_MAX + 1);
    g_assert_false(reads(ctx, large, &import));
    says(ctx, FAULT_TOO_LARGE, NULL);
    g_free(large);
    GString *long_table = g_string_new("nombre\n");
    for (int i = 0; i <= MEDIA_ROWS_MOST; i++)
        g_string_append(long_table, "Ana\n");
    g_assert_false(reads(ctx, long_table->str, &import));
    says(ctx, FAULT_INVALID, "text");
    g_string_free(long_table, TRUE);
    finish(&n);
}

/* ---- under embargo ---- */

static i64 embargoed_of(Newsroom *n, const char *title)
{
    i64 id = approved_of(n, title, NULL);
    Schedule later = {.publish_at = n->t->ctx.now + CLOCK_DAY, .embargo_until = n->t->ctx.now + CLOCK_DAY};
    done(n, &n->editor, STEP(step_schedule, .id = id, .schedule = later));
    assert_state(n, id, RELEASE_EMBARGOED);
    return id;
}

static const char *token_of(Ctx *ctx, i64 release)
{
    List all = press_previews(ctx, release, test_key());
    g_assert_cmpuint(all.count, >, 0);
    const char *url = ((const MediaPreview *)all.items)->url;
    return strrchr(url, '/') + 1;
}

static i64 accredited(Ctx *ctx)
{
    ContactDraft d = lucia();
    i64 id;
    d.accredited = true;
    g_assert_true(press_contact_add(ctx, &d, &id));
    return id;
}

static void only_accredited_media_and_only_what_is_under_embargo(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    i64 embargoed = embargoed_of(&n, "Presupuesto 2023"), draft = draft_of(&n, "Borrador", NULL), out = published_of(&n, "Ya salió", NULL), id;
    Ctx *ctx = begin(&n);
    i64 lucia_id = accredited(ctx), ana = contact(ctx, "Ana", "ana@a.example", true);
    g_assert_false(press_preview_give(ctx, embargoed, ana, 0, &id));
    says(ctx, FAULT_INVALID, "contact");
    g_assert_false(press_preview_give(ctx, draft, lucia_id, 0, &id));
    says(ctx, FAULT_CONFLICT, NULL);
    g_assert_false(press_preview_give(ctx, out, lucia_id, 0, &id));
    says(ctx, FAULT_CONFLICT, NULL);
    g_assert_false(press_preview_give(ctx, embargoed, lucia_id, 8 * CLOCK_DAY, &id));
    says(ctx, FAULT_INVALID, "grace");
    g_assert_true(press_preview_give(ctx, embargoed, lucia_id, 0, &id));
    finish(&n);
}

static void a_link_opens_what_was_approved_and_nothing_else(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    i64 release = embargoed_of(&n, "Presupuesto 2023"), id;
    Ctx *ctx = begin(&n);
    g_assert_true(press_preview_give(ctx, release, accredited(ctx), CLOCK_DAY, &id));
    const char *token = token_of(ctx, release);
    finish(&n);
    PreviewOpened opened;
    ctx->actor = &actor_nobody;
    g_assert_true(press_preview_open(ctx, token, test_key(), &opened));
    g_assert_cmpstr(opened.shown->title, ==, "Presupuesto 2023");
    g_assert_cmpstr(opened.preview->contact_name, ==, "Lucía Cantera");
    g_assert_null(opened.published);
    g_assert_false(press_preview_open(ctx, token, NULL, &opened));
    says(ctx, FAULT_NOT_FOUND, NULL);
    g_assert_false(press_preview_open(ctx, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", test_key(), &opened));
    says(ctx, FAULT_NOT_FOUND, NULL);
    done(&n, &n.writer, STEP(step_change, .id = release, .draft = words("Presupuesto 2023, otra vez", NULL)));
    ctx->actor = &actor_nobody;
    g_assert_false(press_preview_open(ctx, token, test_key(), &opened)); /* it was changed: nobody approved that */
    says(ctx, FAULT_NOT_FOUND, NULL);
}

static void a_link_ends_is_taken_back_and_leads_to_the_public_page(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    i64 release = embargoed_of(&n, "Presupuesto 2023"), other = embargoed_of(&n, "Informe"), id, of;
    Ctx *ctx = begin(&n);
    i64 who = accredited(ctx);
    g_assert_true(press_preview_give(ctx, release, who, 0, &id));
    const char *token = token_of(ctx, release);
    g_assert_true(press_preview_give(ctx, other, who, 0, &id));
    const char *revoked = token_of(ctx, other);
    g_assert_true(press_preview_note(ctx, id) && press_preview_note(ctx, id));
    g_assert_true(press_preview_revoke(ctx, id, &of) && of == other);
    g_assert_cmpint(((const MediaPreview *)press_previews(ctx, other, NULL).items)->seen, ==, 2);
    finish(&n);
    PreviewOpened opened;
    ctx->actor = &actor_nobody;
    g_assert_false(press_preview_open(ctx, revoked, test_key(), &opened));
    says(ctx, FAULT_GONE, NULL);
    ctx->now += CLOCK_DAY + CLOCK_MINUTE;
    g_assert_false(press_preview_open(ctx, token, test_key(), &opened)); /* the embargo is over, and nothing published it yet */
    says(ctx, FAULT_GONE, NULL);
    work(&n);
    ctx->actor = &actor_nobody;
    g_assert_true(press_preview_open(ctx, token, test_key(), &opened));
    g_assert_cmpstr(opened.published, ==, "/comunicados/presupuesto-2023");
    g_assert_null(opened.shown);
}

/* ---- accreditation ---- */

static AccreditationDraft request(const char *mail)
{
    return (AccreditationDraft){.name = "Marco Silva", .outlet = "Canal 9", .outlet_kind = OUTLET_TV, .mail = mail, .phone = "444 123 4567", .notice = 1};
}

static void a_request_makes_a_contact_or_is_refused_with_a_reason(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    Ctx *ctx = begin(&n);
    AccreditationDraft one = request("Marco@nueve.example"), two = request("otro@nueve.example");
    ctx->actor = &actor_nobody;
    g_assert_true(press_accreditation_ask(ctx, &one) && press_accreditation_ask(ctx, &one)); /* twice is once */
    g_assert_true(press_accreditation_ask(ctx, &two));
    ctx->actor = &n.director;
    List waiting = press_accreditations(ctx, true, 0, 50);
    g_assert_cmpuint(waiting.count, ==, 2);
    const Accreditation *q = waiting.items;
    g_assert_true(press_accreditation_grant(ctx, q[0].id, q[0].version));
    const MediaContact *c = press_contact_by_mail(ctx, "marco@nueve.example");
    g_assert_true(c && c->accredited && c->consent_at && press_contact_reach(c) == REACH_YES);
    g_assert_false(press_accreditation_grant(ctx, q[0].id, NONE));
    says(ctx, FAULT_CONFLICT, NULL);
    g_assert_false(press_accreditation_refuse(ctx, q[1].id, q[1].version, " "));
    says(ctx, FAULT_INVALID, "reason");
    g_assert_true(press_accreditation_refuse(ctx, q[1].id, q[1].version, "El aforo está completo."));
    g_assert_null(press_contact_by_mail(ctx, "otro@nueve.example"));
    g_assert_cmpuint(press_accreditations(ctx, false, 0, 50).count, ==, 2);
    g_assert_cmpint(press_accreditations_waiting(ctx), ==, 0);
    finish(&n);
    g_assert_cmpint(count_of(&n, "SELECT count(*) FROM people_notice WHERE subject = 'press_accreditation' AND 0 = $1"), ==, 2 * 3);
}

static void who_had_left_is_accredited_without_getting_mail_again(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    Ctx *ctx = begin(&n);
    i64 ana = contact(ctx, "Ana", "ana@a.example", true);
    g_assert_true(press_contact_opt_out(ctx, ana, NONE));
    AccreditationDraft d = request("ana@a.example");
    g_assert_true(press_accreditation_ask(ctx, &d));
    const Accreditation *q = press_accreditations(ctx, true, 0, 1).items;
    g_assert_true(press_accreditation_grant(ctx, q->id, NONE));
    const MediaContact *c = press_contact(ctx, ana);
    g_assert_true(c->accredited);
    g_assert_cmpstr(c->name, ==, "Ana");
    g_assert_cmpint(press_contact_reach(c), ==, REACH_LEFT);
    finish(&n);
}

static void a_request_that_cannot_be_answered_is_refused_at_once(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    Ctx *ctx = begin(&n);
    AccreditationDraft d = request("no es correo");
    g_assert_false(press_accreditation_ask(ctx, &d));
    says(ctx, FAULT_INVALID, "mail");
    d = request("a@b.example");
    d.event = 12345;
    g_assert_false(press_accreditation_ask(ctx, &d));
    says(ctx, FAULT_INVALID, "event");
    d = request("a@b.example");
    d.outlet = " ";
    g_assert_false(press_accreditation_ask(ctx, &d));
    says(ctx, FAULT_INVALID, "outlet");
    for (int i = 0; i < 500; i++) {
        d = request(arena_printf(ctx->arena, "persona%d@b.example", i));
        g_assert_true(press_accreditation_ask(ctx, &d));
    }
    d = request("una.mas@b.example");
    g_assert_false(press_accreditation_ask(ctx, &d));
    says(ctx, FAULT_TOO_MANY, NULL);
    finish(&n);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    STORE_TEST("media", a_contact_is_kept_changed_and_put_away);
    STORE_TEST("media", one_address_is_one_contacts);
    STORE_TEST("media", who_may_not_work_with_media_sees_and_changes_nothing);
    STORE_TEST("media", contacts_are_found_by_name_medium_and_beat);
    STORE_TEST("media", who_left_comes_back_only_by_a_new_yes);
    STORE_TEST("media", a_table_comes_in_whole_or_not_at_all);
    STORE_TEST("media", what_is_no_table_says_so);
    STORE_TEST("media", only_accredited_media_and_only_what_is_under_embargo);
    STORE_TEST("media", a_link_opens_what_was_approved_and_nothing_else);
    STORE_TEST("media", a_link_ends_is_taken_back_and_leads_to_the_public_page);
    STORE_TEST("media", a_request_makes_a_contact_or_is_refused_with_a_reason);
    STORE_TEST("media", who_had_left_is_accredited_without_getting_mail_again);
    STORE_TEST("media", a_request_that_cannot_be_answered_is_refused_at_once);
    return g_test_run();
}
