/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_sending_test.c: messages to lists, what media took up, and what the month's report counts of it. */
#include "desks/press/media/press_media_test_office.h"

/* ---- lists and sending ---- */

static void each_contact_is_asked_once_and_the_left_out_say_why(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    i64 release = published_of(&n, "Arranca el bacheo", NULL);
    Ctx *ctx = begin(&n);
    i64 yes = contact(ctx, "Ana", "ana@a.example", true), both = contact(ctx, "Beto", "beto@a.example", true);
    i64 no_mail = contact(ctx, "Carla", NULL, true), no_yes = contact(ctx, "Dora", "dora@a.example", false);
    i64 left = contact(ctx, "Elsa", "elsa@a.example", true), away = contact(ctx, "Fito", "fito@a.example", true);
    i64 back = contact(ctx, "Gina", "gina@a.example", true);
    g_assert_true(press_contact_opt_out(ctx, left, NONE) && press_contact_archive(ctx, away, NONE, true));
    for (int i = 0; i < MEDIA_BOUNCES_MOST; i++)
        g_assert_true(press_contact_note_bounce(ctx, back, "550"));
    i64 one = list_of(ctx, "Medios locales", (i64[]){yes, both, no_mail, no_yes}, 4);
    i64 two = list_of(ctx, "Radios", (i64[]){both, left, away, back}, 4);
    Recipients r;
    g_assert_true(press_recipients(ctx, release, as_lists(ctx, one, two), &r));
    g_assert_cmpint(r.reached, ==, 2);
    g_assert_cmpint(r.left_out, ==, 5);
    const Reach wanted[] = {REACH_YES, REACH_YES, REACH_NO_MAIL, REACH_NO_CONSENT, REACH_LEFT, REACH_ARCHIVED, REACH_BOUNCES};
    const Recipient *all = r.all.items;
    for (size_t i = 0; i < COUNT(wanted); i++)
        g_assert_cmpint(all[i].reach, ==, wanted[i]);
    g_assert_cmpint(press_media_list(ctx, one)->reached, ==, 2);
    g_assert_cmpint(press_media_list(ctx, two)->reached, ==, 1);
    g_assert_false(press_recipients(ctx, release, NULL, &r));
    says(ctx, FAULT_INVALID, "lists");
    finish(&n);
}

static void set_up_mail(StoreTest *t, MailTestServer *server)
{
    t->city.mail = (CityMail){.smtp = mail_test_server_url(server), .from = "prensa@sanluis.example"};
}

static i64 send_to(Newsroom *n, i64 release, i64 list)
{
    Ctx *ctx = begin(n);
    i64 sent = 0;
    g_assert_true(press_send_out(ctx, release, as_lists(ctx, list, 0), &sent));
    finish(n);
    return sent;
}

static const Sending *youngest(Newsroom *n, i64 release)
{
    Ctx *ctx = &n->t->ctx;
    List all = press_sendings(ctx, release);
    g_assert_cmpuint(all.count, >, 0);
    return press_sending(ctx, ((const Sending *)all.items)->id);
}

static void a_release_reaches_each_of_a_list_once(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    MailTestServer *server = mail_test_server_start();
    i64 release = published_of(&n, "Arranca el bacheo en Pavón", NULL);
    Ctx *ctx = begin(&n);
    ContactDraft d = lucia();
    i64 id;
    g_assert_true(press_contact_add(ctx, &d, &id));
    i64 list = list_of(ctx, "Medios", (i64[]){id, contact(ctx, "Ana", "nadie@a.example", true)}, 2);
    i64 sent;
    g_assert_false(press_send_out(ctx, release, as_lists(ctx, list, 0), &sent)); /* mail is not set up */
    says(ctx, FAULT_CONFLICT, NULL);
    finish(&n);
    set_up_mail(t, server);
    g_assert_cmpint(send_to(&n, release, list), ==, 2);
    while (send_one(&n))
        continue;
    g_assert_cmpuint(mail_test_server_count(server), ==, 1);
    g_assert_cmpstr(mail_test_server_complaint(server), ==, NULL);
    g_assert_cmpstr(mail_test_server_recipient(server, 0), ==, "lucia@pulso.example");
    const char *message = mail_test_server_message(server, 0);
    const char *leave = arena_printf(ctx->arena, "List-Unsubscribe: <%s/prensa/baja/", t->city.base_url);
    g_assert_nonnull(strstr(message, leave));
    g_assert_nonnull(strstr(message, "List-Unsubscribe-Post: List-Unsubscribe=One-Click"));
    const Sending *s = youngest(&n, release);
    g_assert_cmpint(s->sent, ==, 1);
    g_assert_cmpint(s->failed, ==, 1); /* nadie@: 550 5.1.1 */
    ctx->actor = &n.director;
    ctx->now += CLOCK_MINUTE;
    g_assert_true(db_begin(ctx));
    g_assert_false(press_send_out(ctx, release, as_lists(ctx, list, 0), &sent)); /* both had it, or could not */
    says(ctx, FAULT_INVALID, "lists");
    g_assert_cmpint(press_contact_by_mail(ctx, "nadie@a.example")->bounces, ==, 1);
    finish(&n);
    mail_test_server_stop(server);
}

static void a_message_that_goes_twice_is_the_same_message(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    MailTestServer *server = mail_test_server_start();
    i64 release = published_of(&n, "Arranca el bacheo", NULL);
    Ctx *ctx = begin(&n);
    i64 list = list_of(ctx, "Medios", (i64[]){contact(ctx, "Ana", "ana@a.example", true)}, 1);
    finish(&n);
    set_up_mail(t, server);
    send_to(&n, release, list);
    Turn turn = {0};
    ctx->actor = &actor_system;
    test_write(ctx, lease_one, &turn);
    g_assert_cmpstr(turn.job->kind, ==, "press_mail");
    g_assert_true(turn.handler->prepare(ctx, turn.job, &turn.prepared)); /* it left, and the program died before it was noted */
    g_assert_true(turn.handler->prepare(ctx, turn.job, &turn.prepared));
    test_write(ctx, apply_one, &turn);
    g_assert_cmpuint(mail_test_server_count(server), ==, 2);
    const char *id = strstr(mail_test_server_message(server, 0), "Message-Id:"), *again = strstr(mail_test_server_message(server, 1), "Message-Id:");
    g_assert_true(id && again && !strncmp(id, again, strcspn(id, "\r")));
    g_assert_cmpint(youngest(&n, release)->sent, ==, 1);
    g_assert_true(turn.handler->prepare(ctx, turn.job, &turn.prepared)); /* once it is noted it goes no more */
    g_assert_cmpuint(mail_test_server_count(server), ==, 2);
    mail_test_server_stop(server);
}

static void who_left_or_what_was_withdrawn_meanwhile_is_skipped(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    MailTestServer *server = mail_test_server_start();
    i64 stays = published_of(&n, "Se queda", NULL), goes = published_of(&n, "Se retira", NULL);
    Ctx *ctx = begin(&n);
    i64 ana = contact(ctx, "Ana", "ana@a.example", true), list = list_of(ctx, "Medios", (i64[]){ana}, 1);
    i64 other = list_of(ctx, "Otros", (i64[]){contact(ctx, "Beto", "beto@a.example", true)}, 1);
    finish(&n);
    set_up_mail(t, server);
    send_to(&n, stays, list);
    send_to(&n, goes, other);
    ctx = begin(&n);
    g_assert_true(press_contact_opt_out(ctx, ana, NONE));
    finish(&n);
    done(&n, &n.editor, STEP(step_withdraw, .id = goes, .text = "Era de otra obra."));
    while (send_one(&n))
        continue;
    g_assert_cmpuint(mail_test_server_count(server), ==, 0);
    g_assert_cmpint(youngest(&n, stays)->skipped, ==, 1);
    g_assert_cmpint(youngest(&n, goes)->skipped, ==, 1);
    mail_test_server_stop(server);
}

static void what_the_server_cannot_take_now_is_tried_again_and_in_the_end_said(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    MailTestServer *server = mail_test_server_start();
    i64 release = published_of(&n, "Arranca el bacheo", NULL);
    Ctx *ctx = begin(&n);
    i64 list = list_of(ctx, "Medios", (i64[]){contact(ctx, "Ana", "lleno@a.example", true)}, 1);
    finish(&n);
    set_up_mail(t, server);
    send_to(&n, release, list);
    int tries = 0;
    for (; youngest(&n, release)->waiting && tries < 50; tries++) {
        ctx->now += 7 * CLOCK_HOUR;
        while (send_one(&n))
            continue;
    }
    g_assert_cmpint(tries, ==, QUEUE_ATTEMPTS);
    const Sending *s = youngest(&n, release);
    g_assert_cmpint(s->failed, ==, 1);
    g_assert_nonnull(strstr(((const SendingTo *)s->to.items)->error, "452"));
    g_assert_cmpint(press_contact_by_mail(ctx, "lleno@a.example")->bounces, ==, 0); /* full is not gone */
    mail_test_server_stop(server);
}

static void what_comes_back_counts_until_something_arrives(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    MailTestServer *server = mail_test_server_start();
    set_up_mail(t, server);
    Ctx *ctx = begin(&n);
    i64 ana = contact(ctx, "Ana", "ana@a.example", true), list = list_of(ctx, "Medios", (i64[]){ana}, 1);
    finish(&n);
    for (int i = 0; i < 2; i++) {
        i64 release = published_of(&n, arena_printf(ctx->arena, "Comunicado %d", i), NULL);
        send_to(&n, release, list);
        while (send_one(&n))
            continue;
        const SendingTo *to = youngest(&n, release)->to.items;
        ctx = begin(&n);
        g_assert_true(press_bounced(ctx, to->message, "5.1.1 no existe"));
        g_assert_true(press_bounced(ctx, to->message, "otra vez")); /* the same message once */
        g_assert_true(press_bounced(ctx, "de.nadie@sanluis.example", "?"));
        finish(&n);
        g_assert_cmpint(youngest(&n, release)->bounced, ==, 1);
    }
    g_assert_cmpint(press_contact(ctx, ana)->bounces, ==, 2);
    i64 arrived = published_of(&n, "Éste llega", NULL);
    send_to(&n, arrived, list);
    while (send_one(&n))
        continue;
    ctx->now += 4 * CLOCK_DAY;
    i64 next = published_of(&n, "Y el que sigue", NULL);
    send_to(&n, next, list);
    while (send_one(&n))
        continue;
    g_assert_cmpint(press_contact(ctx, ana)->bounces, ==, 0);
    mail_test_server_stop(server);
}

static void a_list_that_was_sent_to_stays(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    MailTestServer *server = mail_test_server_start();
    set_up_mail(t, server);
    i64 release = published_of(&n, "Arranca el bacheo", NULL);
    Ctx *ctx = begin(&n);
    i64 list = list_of(ctx, "Medios", (i64[]){contact(ctx, "Ana", "ana@a.example", true)}, 1), empty = list_of(ctx, "Vacía", NULL, 0), id;
    g_assert_false(press_media_list_add(ctx, "MEDIOS", &id));
    says(ctx, FAULT_INVALID, "name");
    finish(&n);
    send_to(&n, release, list);
    ctx = begin(&n);
    g_assert_false(press_media_list_drop(ctx, list, NONE));
    says(ctx, FAULT_CONFLICT, NULL);
    g_assert_true(press_media_list_drop(ctx, empty, NONE));
    finish(&n);
    mail_test_server_stop(server);
}

/* ---- pick-ups and figures ---- */

static PickupDraft in_print(i64 day)
{
    return (PickupDraft){.outlet = "Pulso", .kind = OUTLET_PRINT, .day = day, .note = "Página 3A", .size = NONE};
}

static void a_pick_up_wants_evidence_and_a_public_release(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    i64 release = published_of(&n, "Arranca el bacheo", NULL), draft = draft_of(&n, "Borrador", NULL), id;
    Ctx *ctx = begin(&n);
    PickupDraft d = in_print(ctx->now - CLOCK_HOUR);
    g_assert_false(press_pickup_add(ctx, draft, &d, &id));
    says(ctx, FAULT_CONFLICT, NULL);
    d.note = NULL;
    g_assert_false(press_pickup_add(ctx, release, &d, &id));
    says(ctx, FAULT_INVALID, "url");
    d.url = "javascript:alert(1)";
    g_assert_false(press_pickup_add(ctx, release, &d, &id));
    says(ctx, FAULT_INVALID, "url");
    d = in_print(ctx->now + CLOCK_DAY);
    g_assert_false(press_pickup_add(ctx, release, &d, &id));
    says(ctx, FAULT_INVALID, "day");
    d = in_print(ctx->now - CLOCK_HOUR);
    g_assert_true(press_pickup_add(ctx, release, &d, &id));
    g_assert_cmpuint(press_pickups_of(ctx, release, 10).count, ==, 1);
    g_assert_true(press_pickup_remove(ctx, id, true));
    g_assert_cmpuint(press_pickups_of(ctx, release, 10).count, ==, 0);
    g_assert_true(press_pickup_remove(ctx, id, false));
    g_assert_cmpuint(press_pickups_of(ctx, release, 10).count, ==, 1);
    finish(&n);
}

static i64 figure(Ctx *ctx, const char *key, const Measure *m)
{
    for (const Indicator *i = press_indicators; i->key; i++)
        if (text_same(i->key, key))
            return i->count(ctx, m, key);
    g_error("no figure %s", key);
}

static void each_figure_is_the_total_of_its_list(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    i64 one = published_of(&n, "Uno", NULL), two = published_of(&n, "Dos", NULL), three = published_of(&n, "Tres", NULL), id;
    draft_of(&n, "Borrador", NULL);
    for (int i = 0; i < 2; i++) /* twice, and it is one corrected release */
        done(&n, &n.editor, STEP(step_correct, .id = one, .draft = {.title = i ? "Uno otra vez" : "Uno, corregido"}, .text = "Decía otra cosa."));
    done(&n, &n.editor, STEP(step_withdraw, .id = three, .text = "Era de otra obra."));
    Ctx *ctx = begin(&n);
    PickupDraft d = in_print(ctx->now - CLOCK_HOUR);
    g_assert_true(press_pickup_add(ctx, one, &d, &id) && press_pickup_add(ctx, two, &d, &id) && press_pickup_add(ctx, two, &d, &id));
    g_assert_true(press_pickup_remove(ctx, id, true));
    Measure july = {.period = "2022-07"};
    g_assert_true(clock_month(t->city.zone, "2022-07", &july.span));
    g_assert_cmpint(figure(ctx, "releases_published", &july), ==, 3);
    g_assert_cmpint(figure(ctx, "releases_corrected", &july), ==, 1);
    g_assert_cmpint(figure(ctx, "releases_withdrawn", &july), ==, 1);
    g_assert_cmpint(figure(ctx, "release_pickups", &july), ==, 2);
    g_assert_cmpint(figure(ctx, "hours_event_to_release", &july), ==, NONE);
    static const char *const keys[] = {"releases_published", "releases_corrected", "releases_withdrawn"};
    for (size_t i = 0; i < COUNT(keys); i++) {
        ReleaseFilter f = {.span = july.span, .figure = keys[i]};
        g_assert_cmpint(press_count(ctx, &f), ==, figure(ctx, keys[i], &july));
        g_assert_cmpint((i64)press_list(ctx, &f, 0, 0, 50).count, ==, figure(ctx, keys[i], &july));
    }
    g_assert_cmpuint(press_pickups(ctx, july.span, 0, 0, 0, 50).count, ==, 2);
    Measure june = {.period = "2022-06"};
    g_assert_true(clock_month(t->city.zone, "2022-06", &june.span));
    for (const Indicator *i = press_indicators; i->key; i++)
        g_assert_cmpint(i->count(ctx, &june, i->key), <=, 0);
    finish(&n);
}

static void the_way_from_event_to_release_is_measured_from_its_beginning(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    Ctx *ctx = begin(&n);
    static const int hours[] = {7, 8, 11}; /* it is ten: three hours, two hours, and before it began */
    i64 events[3];
    for (int i = 0; i < 3; i++) {
        EventDraft e = {.title = "Entrega", .time_zone = "America/Mexico_City", .starts = {2022, 7, 14, hours[i], 0, 0}, .status = EVENT_CONFIRMED,
                        .visibility = VISIBLE_PUBLIC, .certainty = CERTAINTY_BY_STATUS, .attendance = NONE};
        g_assert_true(agenda_create(ctx, &e, &events[i]));
    }
    finish(&n);
    for (int i = 0; i < 3; i++) {
        ReleaseDraft d = words(arena_printf(ctx->arena, "Del evento %d", i), NULL);
        d.event = events[i];
        i64 id = done(&n, &n.writer, STEP(step_create, .draft = d));
        done(&n, &n.writer, STEP(step_send, .id = id));
        done(&n, &n.editor, STEP(step_approve, .id = id));
        done(&n, &n.editor, STEP(step_publish, .id = id));
    }
    published_of(&n, "De ningún evento", NULL);
    Measure july = {.period = "2022-07"};
    g_assert_true(clock_month(t->city.zone, "2022-07", &july.span));
    i64 median = figure(ctx, "hours_event_to_release", &july);
    g_assert_cmpint(median, >=, 120);
    g_assert_cmpint(median, <, 122);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    STORE_TEST("sending", each_contact_is_asked_once_and_the_left_out_say_why);
    STORE_TEST("sending", a_release_reaches_each_of_a_list_once);
    STORE_TEST("sending", a_message_that_goes_twice_is_the_same_message);
    STORE_TEST("sending", who_left_or_what_was_withdrawn_meanwhile_is_skipped);
    STORE_TEST("sending", what_the_server_cannot_take_now_is_tried_again_and_in_the_end_said);
    STORE_TEST("sending", what_comes_back_counts_until_something_arrives);
    STORE_TEST("sending", a_list_that_was_sent_to_stays);
    STORE_TEST("sending", a_pick_up_wants_evidence_and_a_public_release);
    STORE_TEST("sending", each_figure_is_the_total_of_its_list);
    STORE_TEST("sending", the_way_from_event_to_release_is_measured_from_its_beginning);
    return g_test_run();
}
