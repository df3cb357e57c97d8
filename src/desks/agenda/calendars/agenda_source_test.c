/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_source_test.c: calendars that are fetched again and again: what comes, what is missing, what is held back. */
#include "desks/agenda/calendars/agenda_source.h"
#include "desks/agenda/agenda_test_calendar.h"
#include "desks/agenda/agenda_test_server.h"
#include "store/worker.h"

/* ---- an office with a source ---- */

typedef struct Desk {
    Office office;
    Ctx *ctx;
    City city;
    Server server;
    i64 source;
} Desk;

static i64 add_source(Desk *d, const char *path)
{
    i64 id = 0;
    SourceDraft draft = {
        .name = "Cultura",
        .url = arena_printf(d->ctx->arena, "http://127.0.0.1:%d%s", d->server.port, path),
        .minutes = 60,
        .active = true,
    };
    if (!agenda_source_create(d->ctx, &draft, &id))
        g_error("no source: %s", d->ctx->fault.what);
    return id;
}

static void desk_open(Desk *d, StoreTest *t)
{
    *d = (Desk){.office = open_office(t), .ctx = &t->ctx};
    server_open(&d->server);
    d->city = *t->ctx.city;
    d->city.net_inside = true;
    t->ctx.city = &d->city;
    begin(&d->office);
    d->source = add_source(d, "/cultura.ics");
}

static void desk_close(Desk *d)
{
    server_close(&d->server);
    finish(&d->office);
}

static Job job_of(Desk *d, const Source *s)
{
    return (Job){.kind = "agenda_fetch_source",
                 .payload = arena_printf(d->ctx->arena, "{\"source\":%" PRId64 ",\"due\":%" PRId64 "}", s->id, s->next_at)};
}

static const Source *the_source(Desk *d)
{
    d->ctx->actor = &d->office.chief;
    return agenda_source(d->ctx, d->source);
}

/* As the worker does it. */
static const Source *look(Desk *d)
{
    Job job = job_of(d, the_source(d));
    void *prepared = NULL;
    d->ctx->now += CLOCK_HOUR;
    d->ctx->actor = &actor_system;
    g_assert_true(agenda_source_prepare(d->ctx, &job, &prepared));
    if (!agenda_source_apply(d->ctx, &job, prepared))
        g_error("not taken in: %s", d->ctx->fault.what);
    return the_source(d);
}

#define EVENT(uid, title, more) \
    "BEGIN:VEVENT\r\nUID:" uid "\r\nSUMMARY:" title "\r\nDTSTART:20300714T150000Z\r\nDTEND:20300714T160000Z\r\n" more "END:VEVENT\r\n"
#define THREE EVENT("1@c", "Uno", "") EVENT("2@c", "Dos", "") EVENT("3@c", "Tres", "")

static const Event *named(Desk *d, const char *title)
{
    List all = agenda_by_span(d->ctx, (Span){0, INT64_MAX}, AGENDA_ALL, 0, 0, 1000);
    const Event *found = NULL;
    for (size_t i = 0; i < all.count; i++) {
        const Event *e = (const Event *)all.items + i;
        found = text_same(e->title, title) ? e : found;
    }
    g_assert_nonnull(found);
    return found;
}

/* ---- what comes ---- */

static void a_source_brings_its_events_again_and_again(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t);
    gives(&d.server, VCALENDAR(THREE));
    const Source *s = look(&d);
    g_assert_null(s->error);
    g_assert_cmpint(s->created, ==, 3);
    g_assert_cmpint(s->events, ==, 3);
    g_assert_cmpint(s->next_at, ==, d.ctx->now + CLOCK_HOUR);
    g_assert_cmpint(named(&d, "Dos")->source, ==, d.source);
    i64 changed = s->changed_at, lines = journal_last(d.ctx);
    answer(&d.server, "304 Not Modified", "");
    s = look(&d);
    g_assert_nonnull(strstr(d.server.asked, "If-None-Match: \"uno\""));
    g_assert_cmpint(s->changed_at, ==, changed);
    g_assert_cmpint(s->fetched_at, >, changed);
    g_assert_cmpint(journal_last(d.ctx), ==, lines);
    gives(&d.server, VCALENDAR(EVENT("1@c", "Uno y medio", "SEQUENCE:1\r\n") EVENT("2@c", "Dos", "") EVENT("3@c", "Tres", "")));
    s = look(&d);
    g_assert_cmpint(s->changed, ==, 1);
    g_assert_cmpint(s->unchanged, ==, 2);
    g_assert_cmpint(named(&d, "Uno y medio")->sequence, ==, 1);
    desk_close(&d);
}

static void an_old_job_does_nothing(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t);
    gives(&d.server, VCALENDAR(THREE));
    Job old = job_of(&d, the_source(&d));
    void *prepared = NULL;
    d.ctx->now += CLOCK_MINUTE;
    g_assert_true(agenda_source_look(d.ctx, d.source));
    g_assert_true(agenda_source_prepare(d.ctx, &old, &prepared));
    g_assert_true(agenda_source_apply(d.ctx, &old, prepared));
    g_assert_cmpint(the_source(&d)->fetched_at, ==, 0);
    g_assert_null(d.server.asked);
    desk_close(&d);
}

static void what_was_changed_while_it_was_fetched_is_fetched_again(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t);
    gives(&d.server, VCALENDAR(THREE));
    const Source *s = the_source(&d);
    Job job = job_of(&d, s);
    void *prepared = NULL;
    g_assert_true(agenda_source_prepare(d.ctx, &job, &prepared));
    SourceDraft other = {.name = "Otra", .url = s->url, .minutes = 15, .active = true};
    g_assert_true(agenda_source_change(d.ctx, d.source, s->version, &other));
    g_assert_true(agenda_source_apply(d.ctx, &job, prepared));
    g_assert_cmpint(the_source(&d)->fetched_at, ==, 0);
    g_assert_cmpint(agenda_count(d.ctx, (Span){0, INT64_MAX}, AGENDA_ALL), ==, 0);
    desk_close(&d);
}

static void what_is_here_from_elsewhere_stays(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t);
    import_text(&d.office, VCALENDAR(EVENT("1@c", "De la oficina", "")));
    gives(&d.server, VCALENDAR(EVENT("1@c", "Uno", "SEQUENCE:9\r\n") EVENT("2@c", "Dos", "")));
    const Source *s = look(&d);
    g_assert_cmpint(s->refused, ==, 1);
    g_assert_cmpint(s->created, ==, 1);
    const ImportLine *line = s->lines.items;
    g_assert_cmpstr(line->what, ==, "refused");
    g_assert_nonnull(strstr(line->why, "no viene de esta fuente")); /* the job works in the office's language */
    g_assert_cmpint(named(&d, "De la oficina")->source, ==, 0);
    desk_close(&d);
}

static void the_report_names_nothing_private(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t);
    gives(&d.server, VCALENDAR(EVENT("1@c", "Cita secreta", "CLASS:PRIVATE\r\n")));
    const Source *s = look(&d);
    g_assert_cmpint(s->created, ==, 1);
    g_assert_null(strstr(s->report, "secreta"));
    g_assert_cmpint(named(&d, "Cita secreta")->visibility, ==, VISIBLE_PRIVATE);
    gives(&d.server, VCALENDAR(""));
    look(&d);
    d.ctx->actor = &d.office.sofia;
    g_assert_cmpint((i64)agenda_source_missing(d.ctx, d.source, 0, 10).count, ==, 0);
    d.ctx->actor = &d.office.chief;
    g_assert_cmpint((i64)agenda_source_missing(d.ctx, d.source, 0, 10).count, ==, 1);
    desk_close(&d);
}

/* ---- what is missing ---- */

static void what_disappears_waits_for_a_person(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t);
    gives(&d.server, VCALENDAR(THREE EVENT("4@c", "Cuatro", "") EVENT("5@c", "Cinco", "")));
    look(&d);
    gives(&d.server, VCALENDAR(THREE));
    const Source *s = look(&d);
    g_assert_cmpint(s->missing, ==, 2);
    i64 four = named(&d, "Cuatro")->id, five = named(&d, "Cinco")->id;
    g_assert_cmpint(named(&d, "Cuatro")->status, ==, EVENT_CONFIRMED);
    g_assert_cmpint(named(&d, "Cuatro")->missing_since, ==, d.ctx->now);
    g_assert_false(agenda_missing_cancel(d.ctx, four, NULL));
    says(&d.office, FAULT_INVALID, "reason", NULL);
    g_assert_true(agenda_missing_cancel(d.ctx, four, "Lo retiraron"));
    g_assert_cmpint(agenda_find(d.ctx, four)->status, ==, EVENT_CANCELLED);
    g_assert_true(agenda_missing_keep(d.ctx, five));
    g_assert_cmpint(agenda_find(d.ctx, five)->source, ==, 0);
    g_assert_false(agenda_missing_keep(d.ctx, five));
    says(&d.office, FAULT_CONFLICT, NULL, "not missing any more");
    s = look(&d);
    g_assert_cmpint(s->missing, ==, 0);
    desk_close(&d);
}

static void what_comes_back_is_not_missing(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t);
    gives(&d.server, VCALENDAR(THREE));
    look(&d);
    gives(&d.server, VCALENDAR(EVENT("1@c", "Uno", "") EVENT("2@c", "Dos", "")));
    g_assert_cmpint(look(&d)->missing, ==, 1);
    gives(&d.server, VCALENDAR(THREE));
    g_assert_cmpint(look(&d)->missing, ==, 0);
    g_assert_cmpint(named(&d, "Tres")->missing_since, ==, 0);
    desk_close(&d);
}

static void the_past_is_never_missing(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t);
    gives(&d.server, VCALENDAR(THREE "BEGIN:VEVENT\r\nUID:a@c\r\nSUMMARY:Antes\r\nDTSTART:20200714T150000Z\r\nEND:VEVENT\r\n"));
    look(&d);
    gives(&d.server, VCALENDAR(THREE));
    g_assert_cmpint(look(&d)->missing, ==, 0);
    desk_close(&d);
}

static void an_occurrence_taken_out_of_a_rule_is_missing_too(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t);
    d.ctx->now = 1909440000 * CLOCK_SECOND; /* 2030-07-05 */
#define WEEKLY(more) EVENT("s@c", "Taller", "RRULE:FREQ=WEEKLY;COUNT=6\r\n" more)
    gives(&d.server, VCALENDAR(WEEKLY("")));
    g_assert_cmpint(look(&d)->created, ==, 6);
    gives(&d.server, VCALENDAR(WEEKLY("EXDATE:20300721T150000Z\r\nSEQUENCE:1\r\n")));
    const Source *s = look(&d);
    g_assert_cmpint(s->missing, ==, 1);
    g_assert_cmpint(s->cancelled, ==, 0);
    desk_close(&d);
}

static void much_less_than_before_is_held_back(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t);
    gives(&d.server, VCALENDAR(THREE EVENT("4@c", "Cuatro", "")));
    look(&d);
    gives(&d.server, VCALENDAR(EVENT("4@c", "Cuatro cambiado", "SEQUENCE:1\r\n")));
    const Source *s = look(&d);
    g_assert_cmpint(s->held_missing, ==, 3);
    g_assert_cmpint(s->held_known, ==, 4);
    g_assert_cmpint(s->missing, ==, 0);
    g_assert_cmpstr(named(&d, "Cuatro")->title, ==, "Cuatro"); /* nothing of it was taken */
    s = look(&d);
    g_assert_cmpint(s->held_missing, ==, 3);
    g_assert_true(agenda_source_allow(d.ctx, d.source));
    s = look(&d);
    g_assert_cmpint(s->held_missing, ==, 0);
    g_assert_cmpint(s->missing, ==, 3);
    g_assert_cmpint(s->changed, ==, 1);
    g_assert_false(agenda_source_allow(d.ctx, d.source));
    says(&d.office, FAULT_CONFLICT, NULL, "held back");
    desk_close(&d);
}

static void an_empty_calendar_is_held_back(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t);
    gives(&d.server, VCALENDAR(THREE));
    look(&d);
    gives(&d.server, VCALENDAR(""));
    g_assert_cmpint(look(&d)->held_missing, ==, 3);
    desk_close(&d);
}

/* ---- what goes wrong ---- */

static void failures_are_said_in_words_and_make_the_pause_longer(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t);
    answer(&d.server, "500 Oh", "");
    const Source *s = look(&d);
    g_assert_nonnull(strstr(s->error, "500"));
    g_assert_cmpint(s->next_at - d.ctx->now, ==, CLOCK_HOUR);
    s = look(&d);
    g_assert_cmpint(s->next_at - d.ctx->now, ==, 2 * CLOCK_HOUR);
    d.ctx->actor = &d.office.sofia;
    g_assert_cmpint(people_notices_unseen(d.ctx), ==, 0);
    s = look(&d);
    g_assert_cmpint(s->failures, ==, 3);
    d.ctx->actor = &d.office.sofia;
    i64 told = people_notices_unseen(d.ctx);
    g_assert_cmpint(told, ==, people_would_have(d.ctx, d.office.writer, RIGHT_AGENDA_EDIT) ? 1 : 0);
    for (int i = 0; i < 6; i++)
        s = look(&d);
    g_assert_cmpint(s->next_at - d.ctx->now, <=, CLOCK_DAY);
    d.ctx->actor = &d.office.sofia;
    g_assert_cmpint(people_notices_unseen(d.ctx), ==, told); /* once */
    gives(&d.server, VCALENDAR(THREE));
    s = look(&d);
    g_assert_null(s->error);
    g_assert_cmpint(s->failures, ==, 0);
    desk_close(&d);
}

static void error_says(Desk *d, const char *words)
{
    const Source *s = look(d);
    if (!s->error || !strstr(s->error, words))
        g_error("\"%s\" does not say \"%s\"", s->error, words);
}

static void answers_that_are_no_calendar_are_refused(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t);
    answer(&d.server, "200 OK\r\nContent-Type: text/html", "<!doctype html><p>Entrar");
    error_says(&d, ".ics");
    answer(&d.server, "200 OK", "  \r\n<html>");
    error_says(&d, ".ics");
    answer(&d.server, "200 OK\r\nContent-Type: text/calendar", "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\n");
    error_says(&d, "nea 3");
    answer(&d.server, "404 Not Found", "");
    error_says(&d, "404");
    answer(&d.server, "401 Unauthorized", "");
    error_says(&d, "401");
    answer(&d.server, "304 Not Modified", ""); /* we asked for all of it */
    error_says(&d, "304");
    answer(&d.server, "302 Found\r\nLocation: http://169.254.169.254/latest/meta-data/", "");
    error_says(&d, "");
    g_assert_cmpint(agenda_count(d.ctx, (Span){0, INT64_MAX}, AGENDA_ALL), ==, 0);
    desk_close(&d);
}

static void an_answer_that_cannot_be_taken_in_is_said_too(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t);
    Job job = job_of(&d, the_source(&d));
    void *prepared = NULL;
    job.attempts = 1;
    job.error = "With all repetitions there are more than 20000 events in the file.";
    d.ctx->actor = &actor_system;
    g_assert_true(agenda_source_prepare(d.ctx, &job, &prepared));
    g_assert_true(agenda_source_apply(d.ctx, &job, prepared));
    g_assert_cmpstr(the_source(&d)->error, ==, job.error);
    g_assert_null(d.server.asked);
    desk_close(&d);
}

static void one_bad_event_does_not_keep_the_others_out(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t);
    gives(&d.server, VCALENDAR(THREE EVENT("4@c", "Cuatro", "")));
    look(&d);
    gives(&d.server, VCALENDAR(THREE "BEGIN:VEVENT\r\nUID:4@c\r\nSUMMARY:Cuatro\r\nDTSTART;TZID=Marte/Olimpo:20300714T100000\r\nEND:VEVENT\r\n"));
    const Source *s = look(&d);
    g_assert_cmpint(s->refused, ==, 1);
    g_assert_cmpint(s->unchanged, ==, 3);
    g_assert_cmpint(s->missing, ==, 0); /* it is there, only unreadable */
    g_assert_nonnull(strstr(((const ImportLine *)s->lines.items)->why, "Marte/Olimpo"));
    desk_close(&d);
}

/* ---- the rules ---- */

static void an_address_is_judged_before_it_is_kept(StoreTest *t, const void *unused)
{
    Desk d;
    i64 id;
    desk_open(&d, t);
    SourceDraft draft = {.name = "Otra", .url = "webcal://calendario.example/a.ics", .minutes = 60, .active = false};
    g_assert_true(agenda_source_create(d.ctx, &draft, &id));
    g_assert_cmpstr(agenda_source(d.ctx, id)->url, ==, "https://calendario.example/a.ics");
    g_assert_false(agenda_source_create(d.ctx, &draft, &id));
    says(&d.office, FAULT_INVALID, "url", "already");
    draft.url = "ftp://calendario.example/a.ics";
    g_assert_false(agenda_source_create(d.ctx, &draft, &id));
    says(&d.office, FAULT_INVALID, "url", NULL);
    d.city.net_inside = false;
    draft.url = "http://127.0.0.1:8080/a.ics";
    g_assert_false(agenda_source_create(d.ctx, &draft, &id));
    says(&d.office, FAULT_INVALID, "url", NULL);
    draft.url = "https://calendario.example/b.ics";
    draft.minutes = 1;
    g_assert_false(agenda_source_create(d.ctx, &draft, &id));
    says(&d.office, FAULT_INVALID, "minutes", NULL);
    d.ctx->actor = &d.office.reader;
    g_assert_false(agenda_source_create(d.ctx, &draft, &id));
    says(&d.office, FAULT_FORBIDDEN, NULL, NULL);
    desk_close(&d);
}

static void a_source_that_goes_leaves_its_events(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t);
    gives(&d.server, VCALENDAR(THREE));
    look(&d);
    g_assert_true(agenda_source_remove(d.ctx, d.source, NONE));
    g_assert_cmpint(named(&d, "Uno")->source, ==, 0);
    g_assert_null(agenda_source(d.ctx, d.source));
    says(&d.office, FAULT_NOT_FOUND, NULL, NULL);
    desk_close(&d);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    STORE_TEST("source", a_source_brings_its_events_again_and_again);
    STORE_TEST("source", an_old_job_does_nothing);
    STORE_TEST("source", what_was_changed_while_it_was_fetched_is_fetched_again);
    STORE_TEST("source", what_is_here_from_elsewhere_stays);
    STORE_TEST("source", the_report_names_nothing_private);
    STORE_TEST("source", what_disappears_waits_for_a_person);
    STORE_TEST("source", what_comes_back_is_not_missing);
    STORE_TEST("source", the_past_is_never_missing);
    STORE_TEST("source", an_occurrence_taken_out_of_a_rule_is_missing_too);
    STORE_TEST("source", much_less_than_before_is_held_back);
    STORE_TEST("source", an_empty_calendar_is_held_back);
    STORE_TEST("source", failures_are_said_in_words_and_make_the_pause_longer);
    STORE_TEST("source", answers_that_are_no_calendar_are_refused);
    STORE_TEST("source", an_answer_that_cannot_be_taken_in_is_said_too);
    STORE_TEST("source", one_bad_event_does_not_keep_the_others_out);
    STORE_TEST("source", an_address_is_judged_before_it_is_kept);
    STORE_TEST("source", a_source_that_goes_leaves_its_events);
    return g_test_run();
}
