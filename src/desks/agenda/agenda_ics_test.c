/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_ics_test.c: calendar files in and out: what is understood, what is refused with which words. */
#include "desks/agenda/agenda_ics.h"
#include "desks/agenda/agenda_test_office.h"
#include "store/journal.h"
#include "store/queue.h"

#define FIXTURE    "src/desks/agenda/fixtures/julio.ics"
#define REAL_MONTH "../shared/data/agenda-2022-07.ics"

static Bytes bytes_of(const char *text)
{
    return (Bytes){text, strlen(text)};
}

static ImportResult import(Office *o, Bytes file)
{
    ImportResult result = {0};
    if (!agenda_import_ics(o->ctx, file, false, &result))
        g_error("the file was refused: %s", o->ctx->fault.what);
    return result;
}

static ImportResult import_text(Office *o, const char *text)
{
    return import(o, bytes_of(text));
}

static char *fixture(void)
{
    char *text;
    g_assert_true(g_file_get_contents(FIXTURE, &text, NULL, NULL));
    return text;
}

static char *replaced(const char *text, const char *from, const char *to)
{
    g_assert_nonnull(strstr(text, from));
    GString *s = g_string_new(text);
    g_string_replace(s, from, to, 0);
    return g_string_free(s, FALSE);
}

static Span month(const char *text)
{
    Span span;
    g_assert_true(clock_month(zone_find("America/Mexico_City"), text, &span));
    return span;
}

static i64 held(Office *o, const char *text)
{
    return agenda_count(o->ctx, month(text), AGENDA_HELD);
}

static const Event *only(Office *o, const char *title)
{
    const Event *found = NULL;
    Span ever = {0, month("2030-01").to};
    List all = agenda_by_span(o->ctx, ever, AGENDA_ALL, 0, 0, 5000);
    for (size_t i = 0; i < all.count; i++) {
        const Event *e = (const Event *)all.items + i;
        if (text_starts(e->title, title)) {
            g_assert_null(found);
            found = e;
        }
    }
    g_assert_nonnull(found);
    return found;
}

#define VCALENDAR(inside) "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" inside "END:VCALENDAR\r\n"
#define VEVENT(inside)    VCALENDAR("BEGIN:VEVENT\r\n" inside "END:VEVENT\r\n")
#define PLAIN             "UID:a@b\r\nSUMMARY:Algo\r\nDTSTART:20220714T150000Z\r\n"

/* ---- coming in ---- */

static void a_month_comes_in_with_its_quirks(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    char *text = fixture();
    ImportResult r = import_text(&o, text);
    g_free(text);
    g_assert_cmpint(r.events, ==, 9);
    g_assert_cmpint(r.created, ==, 8);
    g_assert_cmpint(r.cancelled, ==, 1);
    g_assert_cmpint(r.refused + r.changed + r.unchanged, ==, 0);
    g_assert_cmpint(held(&o, "2022-07"), ==, 6);
    g_assert_cmpint(agenda_public_count(o.ctx, month("2022-07")), ==, 7);
    const Event *e = only(&o, "Carrera");
    g_assert_cmpstr(e->wall_start, ==, "2022-07-31T10:00:00");
    g_assert_cmpstr(e->time_zone, ==, "America/Mexico_City");
    g_assert_cmpstr(e->place.name, ==, "Plaza de Armas");
    g_assert_cmpstr(e->place.address, ==, "Centro Histórico");
    g_assert_cmpstr(e->description, ==, "https://carrera.example/inscripciones");
    e = only(&o, "Vía recreativa dominical (inicia");
    g_assert_cmpstr(e->wall_start, ==, "2022-07-17T09:00:00");
    g_assert_cmpint(e->sequence, ==, 3);
    e = only(&o, "Feria");
    g_assert_true(e->all_day);
    g_assert_cmpint(e->ends_at - e->starts_at, ==, 2 * CLOCK_DAY);
    g_assert_cmpint(e->status, ==, EVENT_TENTATIVE);
    g_assert_cmpstr(only(&o, "Reunión")->wall_start, ==, "2022-07-12T16:00:00");
    g_assert_cmpint(only(&o, "Reunión")->visibility, ==, VISIBLE_PRIVATE);
    g_assert_cmpint(only(&o, "Consulta")->visibility, ==, VISIBLE_CONFIDENTIAL);
    g_assert_cmpint(only(&o, "Entrega")->status, ==, EVENT_CANCELLED);
    finish(&o);
}

static void a_series_keeps_its_exception_and_its_moved_one(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    char *text = fixture();
    import_text(&o, text);
    g_free(text);
    const char *wanted[] = {"2022-07-03T08:00:00", "2022-07-17T09:00:00", "2022-07-24T08:00:00", "2022-07-31T08:00:00"};
    List all = agenda_by_span(o.ctx, month("2022-07"), AGENDA_ALL, 0, 0, 100);
    size_t n = 0;
    for (size_t i = 0; i < all.count; i++) {
        const Event *e = (const Event *)all.items + i;
        if (!text_same(e->uid, "via@agenda.example"))
            continue;
        g_assert_cmpstr(e->wall_start, ==, wanted[n++]);
        g_assert_true(e->series != 0);
        g_assert_cmpint(e->ends_at - e->starts_at, ==, 3 * CLOCK_HOUR);
    }
    g_assert_cmpint((i64)n, ==, 4);
    const Event *first = all.items;
    g_assert_cmpstr(first->topics, ==, "deporte\nsalud");
    g_assert_cmpstr(first->description, ==, "Calzada cerrada a vehículos.\nPréstamo de bicicletas, salvo lluvia.");
    finish(&o);
}

static void coming_in_again_changes_nothing(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    char *text = fixture();
    import_text(&o, text);
    i64 lines = journal_last(o.ctx);
    o.ctx->now += CLOCK_DAY;
    ImportResult r = import_text(&o, text);
    g_free(text);
    g_assert_cmpint(r.unchanged, ==, 9);
    g_assert_cmpint(r.created + r.changed + r.cancelled + r.refused, ==, 0);
    g_assert_cmpint((i64)r.lines.count, ==, 0);
    g_assert_cmpint(journal_last(o.ctx), ==, lines);
    finish(&o);
}

static void the_real_month_stands_seventy(StoreTest *t, const void *unused)
{
    char *text;
    if (!g_file_get_contents(REAL_MONTH, &text, NULL, NULL)) {
        g_test_skip("there is no " REAL_MONTH);
        return;
    }
    Office o = open_office(t);
    begin(&o);
    ImportResult r = import_text(&o, text);
    g_assert_cmpint(r.events, ==, 74);
    g_assert_cmpint(r.cancelled, ==, 2);
    g_assert_cmpint(held(&o, "2022-07"), ==, 70);
    g_assert_cmpint(agenda_public_count(o.ctx, month("2022-07")), ==, 72);
    g_assert_cmpint(agenda_count(o.ctx, month("2022-07"), AGENDA_ALL), ==, 74);
    List all = agenda_by_span(o.ctx, month("2022-07"), AGENDA_HELD, 0, 0, 68);
    for (size_t i = 0; i < all.count; i++)
        cover_fully(&o, ((const Event *)all.items)[i].id);
    g_assert_cmpint(agenda_count(o.ctx, month("2022-07"), AGENDA_COVERED), ==, 68);
    g_assert_cmpint(agenda_count(o.ctx, month("2022-07"), AGENDA_NOT_COVERED), ==, 2);
    g_assert_cmpint(import_text(&o, text).unchanged, ==, 74);
    o.ctx->actor = &o.reader;
    g_assert_cmpint(agenda_count(o.ctx, month("2022-07"), AGENDA_ALL), ==, 72);
    g_free(text);
    finish(&o);
}

/* ---- changes ---- */

static void sequence_decides_what_is_newer(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    import_text(&o, VEVENT(PLAIN "SEQUENCE:2\r\n"));
    ImportResult r = import_text(&o, VEVENT("UID:a@b\r\nSUMMARY:Viejo\r\nDTSTART:20220714T150000Z\r\nSEQUENCE:1\r\n"));
    g_assert_cmpint(r.unchanged, ==, 1);
    g_assert_nonnull(strstr(((const ImportLine *)r.lines.items)->why, "newer"));
    g_assert_cmpint(((const ImportLine *)r.lines.items)->line, ==, 3);
    r = import_text(&o, VEVENT("UID:a@b\r\nSUMMARY:Algo nuevo\r\nDTSTART:20220714T150000Z\r\nSEQUENCE:2\r\n"));
    g_assert_cmpint(r.changed, ==, 1);
    r = import_text(&o, VEVENT("UID:a@b\r\nSUMMARY:Algo nuevo\r\nDTSTART:20220714T160000Z\r\nSEQUENCE:3\r\n"));
    g_assert_cmpint(r.changed, ==, 1);
    const Event *e = only(&o, "Algo nuevo");
    g_assert_cmpint(e->status, ==, EVENT_RESCHEDULED);
    g_assert_cmpint(e->starts_at - e->previous_starts_at, ==, CLOCK_HOUR);
    g_assert_cmpint(e->sequence, ==, 4); /* each change went out with a number of its own */
    finish(&o);
}

static void what_a_person_changed_stays(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    import_text(&o, VEVENT(PLAIN));
    i64 id = only(&o, "Algo")->id, coverage = make_coverage(&o, id, COVER_PHOTO);
    EventDraft draft = {.title = "Algo", .starts = {2022, 7, 14, 10, 0, 0}, .ends = {2022, 7, 14, 10, 0, 0},
                        .status = EVENT_CONFIRMED, .visibility = VISIBLE_INTERNAL, .internal_note = "con cuidado"};
    g_assert_true(agenda_change(o.ctx, id, NONE, &draft));
    import_text(&o, VEVENT("UID:a@b\r\nSUMMARY:Algo más\r\nDTSTART:20220714T150000Z\r\nSEQUENCE:7\r\n"));
    const Event *e = agenda_find(o.ctx, id);
    g_assert_cmpstr(e->title, ==, "Algo más");
    g_assert_cmpstr(e->internal_note, ==, "con cuidado");
    g_assert_cmpint(e->visibility, ==, VISIBLE_INTERNAL); /* the file said public, the desk did not */
    g_assert_cmpint(agenda_coverage(o.ctx, coverage)->state, ==, COVERAGE_ASSIGNED);
    g_assert_true(agenda_cancel(o.ctx, id, NONE, "Lluvia"));
    import_text(&o, VEVENT("UID:a@b\r\nSUMMARY:Algo menos\r\nDTSTART:20220714T150000Z\r\nSEQUENCE:8\r\n"));
    g_assert_cmpint(agenda_find(o.ctx, id)->status, ==, EVENT_CANCELLED);
    g_assert_cmpstr(agenda_find(o.ctx, id)->reason, ==, "Lluvia");
    finish(&o);
}

static void what_the_file_cancels_takes_its_coverages_with_it(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    import_text(&o, VEVENT(PLAIN));
    i64 id = only(&o, "Algo")->id, coverage = make_coverage(&o, id, COVER_PHOTO);
    ImportResult r = import_text(&o, VEVENT(PLAIN "STATUS:CANCELLED\r\nSEQUENCE:1\r\n"));
    g_assert_cmpint(r.cancelled, ==, 1);
    g_assert_cmpint(agenda_find(o.ctx, id)->status, ==, EVENT_CANCELLED);
    g_assert_cmpint(agenda_coverage(o.ctx, coverage)->state, ==, COVERAGE_CANCELLED);
    r = import_text(&o, VEVENT(PLAIN "SEQUENCE:2\r\n"));
    g_assert_cmpint(agenda_find(o.ctx, id)->status, ==, EVENT_CONFIRMED);
    finish(&o);
}

static void method_cancel_takes_back(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    char *text = fixture();
    import_text(&o, text);
    g_free(text);
    ImportResult r = import_text(
        &o, VCALENDAR("METHOD:CANCEL\r\nBEGIN:VEVENT\r\nUID:via@agenda.example\r\nSUMMARY:Vía\r\nSEQUENCE:5\r\n"
                      "RECURRENCE-ID;TZID=America/Mexico_City:20220724T080000\r\nDTSTART:20220724T130000Z\r\nEND:VEVENT\r\n"
                      "BEGIN:VEVENT\r\nUID:nunca@visto\r\nSUMMARY:Nada\r\nDTSTART:20220724T130000Z\r\nEND:VEVENT\r\n"));
    g_assert_cmpint(r.cancelled, ==, 1);
    g_assert_cmpint(r.unchanged, ==, 1);
    g_assert_cmpint(held(&o, "2022-07"), ==, 5);
    r = import_text(&o, VCALENDAR("METHOD:CANCEL\r\nBEGIN:VEVENT\r\nUID:via@agenda.example\r\nSUMMARY:Vía\r\n"
                                  "SEQUENCE:9\r\nDTSTART:20220703T130000Z\r\nEND:VEVENT\r\n"));
    g_assert_cmpint(r.cancelled, ==, 3);
    g_assert_cmpint(held(&o, "2022-07"), ==, 2);
    finish(&o);
}

static void what_a_rule_no_longer_gives_is_cancelled(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    char *text = fixture();
    import_text(&o, text);
    char *longer = replaced(text, "EXDATE;TZID=America/Mexico_City:20220710T080000",
                            "EXDATE;TZID=America/Mexico_City:20220710T080000,20220731T080000");
    ImportResult r = import_text(&o, longer);
    g_assert_cmpint(r.cancelled, ==, 1);
    g_assert_cmpint(r.changed + r.created, ==, 0);
    g_assert_cmpint(r.unchanged, ==, 8);
    char *back = replaced(longer, "SEQUENCE:2", "SEQUENCE:4");
    char *shorter = replaced(back, ",20220731T080000", "");
    r = import_text(&o, shorter);
    g_assert_cmpint(held(&o, "2022-07"), ==, 6);
    g_free(text), g_free(longer), g_free(back), g_free(shorter);
    finish(&o);
}

static void what_is_moved_in_a_hidden_series_stays_hidden(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    char *text = fixture();
    char *hidden = replaced(text, "SEQUENCE:2\r\n", "SEQUENCE:2\r\nCLASS:PRIVATE\r\n");
    import_text(&o, hidden);
    g_assert_cmpint(only(&o, "Vía recreativa dominical (inicia")->visibility, ==, VISIBLE_PRIVATE);
    g_assert_cmpint(agenda_public_count(o.ctx, month("2022-07")), ==, 3);
    import_text(&o, text); /* the same SEQUENCE, now public */
    g_assert_cmpint(agenda_public_count(o.ctx, month("2022-07")), ==, 7);
    import_text(&o, hidden);
    g_assert_cmpint(agenda_public_count(o.ctx, month("2022-07")), ==, 3);
    g_free(text), g_free(hidden);
    finish(&o);
}

static void a_word_of_class_that_nobody_knows_is_private(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    import_text(&o, VEVENT(PLAIN "CLASS:X-SECRETO\r\n"));
    g_assert_cmpint(only(&o, "Algo")->visibility, ==, VISIBLE_PRIVATE);
    finish(&o);
}

/* ---- rules of repetition ---- */

static List starts_of(Office *o, const char *rule_lines)
{
    char *file = g_strdup_printf(VEVENT("UID:r@b\r\nSUMMARY:Serie\r\n%s"), rule_lines);
    import_text(o, file);
    g_free(file);
    Span ever = {0, month("2030-01").to};
    return agenda_by_span(o->ctx, ever, AGENDA_ALL, 0, 0, 5000);
}

static void the_hour_stays_when_the_clocks_change(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    List all = starts_of(&o, "DTSTART;TZID=America/Mexico_City:20221023T100000\r\nRRULE:FREQ=WEEKLY;COUNT=3\r\n");
    const Event *e = all.items;
    g_assert_cmpint((i64)all.count, ==, 3);
    g_assert_cmpint(e[1].starts_at - e[0].starts_at, ==, 7 * CLOCK_DAY + CLOCK_HOUR);
    g_assert_cmpint(e[2].starts_at - e[1].starts_at, ==, 7 * CLOCK_DAY);
    g_assert_cmpstr(e[1].wall_start, ==, "2022-10-30T10:00:00");
    finish(&o);
}

static void an_hour_that_the_clocks_skip_is_no_occurrence(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    List all = starts_of(&o, "DTSTART;TZID=America/Mexico_City:20220402T023000\r\nRRULE:FREQ=DAILY;COUNT=3\r\n");
    const Event *e = all.items;
    g_assert_cmpint((i64)all.count, ==, 3); /* it does not count either */
    g_assert_cmpstr(e[1].wall_start, ==, "2022-04-04T02:30:00");
    finish(&o);
}

static const struct {
    const char *rule;
    i64 count;
    const char *last;
} rules_known[] = {
    {"RRULE:FREQ=MONTHLY;BYDAY=2TU;COUNT=3\r\n", 3, "2022-09-13T10:00:00"}, /* the first day counts, though no Tuesday */
    {"RRULE:FREQ=YEARLY;UNTIL=20230801\r\n", 2, "2023-07-14T10:00:00"},
    {"RRULE:FREQ=DAILY;INTERVAL=2;UNTIL=20220718T150000Z\r\n", 3, "2022-07-18T10:00:00"},
    {"RRULE:FREQ=DAILY;UNTIL=20220718T145959Z\r\n", 4, "2022-07-17T10:00:00"},
    {"RRULE:FREQ=DAILY;COUNT=4;BYHOUR=10,17\r\n", 4, "2022-07-15T17:00:00"},
    {"RDATE:20220720T150000Z,20220721T150000Z\r\n", 3, "2022-07-21T10:00:00"},
    {"RRULE:FREQ=DAILY;COUNT=3\r\nEXDATE;VALUE=DATE:20220716\r\n", 2, "2022-07-15T10:00:00"},
    {"RRULE:FREQ=DAILY;COUNT=3\r\nRDATE;TZID=America/Mexico_City:20220715T100000\r\n", 3, "2022-07-16T10:00:00"},
    {"RRULE:FREQ=DAILY\r\n", 400, "2023-08-17T10:00:00"},
    {"RRULE:FREQ=DAILY;COUNT=900000\r\n", 400, "2023-08-17T10:00:00"},
    {"RRULE:FREQ=MONTHLY;BYMONTHDAY=31;COUNT=4\r\n", 4, "2022-10-31T10:00:00"},
};

static void rules_give_the_days_that_they_say(StoreTest *t, const void *unused)
{
    for (size_t i = 0; i < COUNT(rules_known); i++) {
        Office o = {.t = t, .ctx = &t->ctx};
        g_assert_true(db_begin(o.ctx));
        o.chief = (Actor){.name = "Dalia", .tongue = TONGUE_EN, .rights = ~(u64)0};
        begin(&o);
        char *lines = g_strdup_printf("DTSTART;TZID=America/Mexico_City:20220714T100000\r\n%s", rules_known[i].rule);
        List all = starts_of(&o, lines);
        g_free(lines);
        g_test_message("%s", rules_known[i].rule);
        g_assert_cmpint((i64)all.count, ==, rules_known[i].count);
        g_assert_cmpstr(((const Event *)all.items)[all.count - 1].wall_start, ==, rules_known[i].last);
        assert_no_fault(o.ctx);
        db_rollback(o.ctx);
        arena_reset(o.ctx->arena);
    }
}

static void a_series_that_began_long_ago_reaches_today(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    List all = starts_of(&o, "DTSTART;TZID=America/Mexico_City:19950101T100000\r\nRRULE:FREQ=DAILY\r\n");
    g_assert_cmpint((i64)all.count, ==, SERIES_OCCURRENCES);
    g_assert_cmpstr(((const Event *)all.items)[all.count - 1].wall_start, ==, "2023-08-17T10:00:00");
    finish(&o);
}

static void ten_thousand_exceptions_are_fine(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    GString *lines = g_string_new("DTSTART;TZID=America/Mexico_City:20220714T100000\r\nRRULE:FREQ=DAILY;COUNT=20\r\n");
    Wall day = {2022, 7, 15, 10, 0, 0};
    for (int i = 0; i < 10000; i++, day = wall_add_days(day, 1))
        g_string_append_printf(lines, "EXDATE;TZID=America/Mexico_City:%04d%02d%02dT100000\r\n", day.year, day.month, day.day);
    g_assert_cmpint((i64)starts_of(&o, lines->str).count, ==, 1);
    g_string_free(lines, TRUE);
    finish(&o);
}

static void the_job_moves_the_horizon_on(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    starts_of(&o, "DTSTART;TZID=America/Mexico_City:20220714T100000\r\nLOCATION:Jardín\r\n"
                  "RRULE:FREQ=WEEKLY\r\nEXDATE;TZID=America/Mexico_City:20240104T100000\r\n");
    i64 waiting, leased, dead;
    queue_counts(o.ctx, &waiting, &leased, &dead);
    g_assert_cmpint(waiting, ==, 1);
    Span later = {o.ctx->now + 401 * CLOCK_DAY, o.ctx->now + 3000 * CLOCK_DAY};
    g_assert_cmpint(agenda_count(o.ctx, later, AGENDA_ALL), ==, 0);
    o.ctx->now += 200 * CLOCK_DAY;
    g_assert_true(agenda_series_extend(o.ctx));
    g_assert_cmpint(agenda_count(o.ctx, later, AGENDA_ALL), ==, 27); /* 28 or 29 weeks, less the exception */
    const Event *e = agenda_by_span(o.ctx, later, AGENDA_ALL, 0, 0, 1).items;
    g_assert_cmpstr(e->place.name, ==, "Jardín");
    g_assert_true(agenda_series_extend(o.ctx)); /* nothing twice */
    g_assert_cmpint(agenda_count(o.ctx, later, AGENDA_ALL), ==, 27);
    ImportResult r = import_text(&o, VEVENT("UID:r@b\r\nSUMMARY:Serie\r\nDTSTART;TZID=America/Mexico_City:20220714T100000\r\n"
                                            "LOCATION:Jardín\r\nRRULE:FREQ=WEEKLY\r\n"
                                            "EXDATE;TZID=America/Mexico_City:20240104T100000\r\n"));
    g_assert_cmpint(r.created + r.changed + r.cancelled, ==, 0);
    g_assert_cmpint(r.unchanged, >, 80);
    finish(&o);
}

/* ---- what is refused ---- */

static const struct {
    FaultKind kind;
    const char *line, *words, *file;
} broken[] = {
    {FAULT_MALFORMED, NULL, "empty", ""},
    {FAULT_MALFORMED, "Line 1:", "no calendar file", "<!DOCTYPE html>\n<html>"},
    {FAULT_MALFORMED, "Line 2:", "no calendar file", "\nHola\n"},
    {FAULT_MALFORMED, "Line 1:", "no calendar file", "BEGIN:VEVENT\nEND:VEVENT\n"},
    {FAULT_MALFORMED, "Line 1:", "UTF-16", "\xff\xfe" "B"},
    {FAULT_MALFORMED, "Line 4:", "not in UTF-8", VEVENT("SUMMARY:Sesi\xf3n\r\n")},
    {FAULT_MALFORMED, "Line 5:", "cut off", "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTART:20220714T150000Z\r\nSUMMARY:Alg"},
    {FAULT_MALFORMED, "Line 4:", "BEGIN:VEVENT of line 3 is still open", VCALENDAR("BEGIN:VEVENT\r\nEND:VTODO\r\n")},
    {FAULT_MALFORMED, "Line 4:", "ends nothing", "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\nEND:VCALENDAR\r\n"},
    {FAULT_MALFORMED, "Line 2:", "no line of a calendar", "BEGIN:VCALENDAR\r\nesto no es nada\r\nEND:VCALENDAR\r\n"},
    {FAULT_INVALID, "Line 5:", "begin it with a space", VEVENT("DESCRIPTION:Una cosa\r\nque sigue sin sangría, así\r\n" PLAIN)},
    {FAULT_INVALID, "Line 4:", "control characters", VEVENT("DESCRIPTION:Una \x07 cosa\r\n" PLAIN)},
    {FAULT_INVALID, "Line 3:", "no UID", VEVENT("SUMMARY:Algo\r\nDTSTART:20220714T150000Z\r\n")},
    {FAULT_INVALID, "Line 3:", "no SUMMARY", VEVENT("UID:a@b\r\nDTSTART:20220714T150000Z\r\n")},
    {FAULT_INVALID, "Line 3:", "no DTSTART", VEVENT("UID:a@b\r\nSUMMARY:Algo\r\n")},
    {FAULT_INVALID, "Line 6:", "DTSTART", VEVENT("UID:a@b\r\nSUMMARY:Algo\r\nDTSTART:mañana\r\n")},
    {FAULT_INVALID, "Line 6:", "DTSTART", VEVENT("UID:a@b\r\nSUMMARY:Algo\r\nDTSTART:20220230T100000\r\n")},
    {FAULT_INVALID, "Line 7:", "before DTSTART", VEVENT(PLAIN "DTEND:20220714T140000Z\r\n")},
    {FAULT_INVALID, "Line 7:", "both", VEVENT(PLAIN "DTEND:20220714T160000Z\r\nDURATION:PT1H\r\n")},
    {FAULT_INVALID, "Line 7:", "PT1H30M", VEVENT(PLAIN "DURATION:-PT1H\r\n")},
    {FAULT_INVALID, "Line 7:", "60 days", VEVENT(PLAIN "DURATION:P70D\r\n")},
    {FAULT_INVALID, "Line 6:", "time zone \"Marte/Olimpo\"", VEVENT("UID:a@b\r\nSUMMARY:Algo\r\nDTSTART;TZID=Marte/Olimpo:20220714T150000\r\n")},
    {FAULT_INVALID, "Line 7:", "GEO", VEVENT(PLAIN "GEO:cerca\r\nLOCATION:x\r\n")},
    {FAULT_INVALID, "Line 7:", "GEO is no place", VEVENT(PLAIN "GEO:99.0;10.0\r\nLOCATION:x\r\n")},
    {FAULT_INVALID, "Line 7:", "FREQ=SECONDLY", VEVENT(PLAIN "RRULE:FREQ=SECONDLY\r\n")},
    {FAULT_INVALID, "Line 7:", "FREQ=MINUTELY", VEVENT(PLAIN "RRULE:FREQ=MINUTELY;INTERVAL=5\r\n")},
    {FAULT_INVALID, "Line 7:", "FREQ=HOURLY", VEVENT(PLAIN "RRULE:FREQ=HOURLY\r\n")},
    {FAULT_INVALID, "Line 7:", "times a day", VEVENT(PLAIN "RRULE:FREQ=DAILY;BYHOUR=1,2,3,4,5,6;BYMINUTE=1,2,3,4,5,6;BYMONTH=2;BYMONTHDAY=30\r\n")},
    {FAULT_INVALID, "Line 7:", "RRULE", VEVENT(PLAIN "RRULE:FREQ=A VECES\r\n")},
    {FAULT_INVALID, "Line 7:", "no day at all", VEVENT(PLAIN "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\r\n")},
    {FAULT_INVALID, "Line 7:", "another calendar", VEVENT(PLAIN "RRULE:RSCALE=CHINESE;FREQ=YEARLY\r\n")},
    {FAULT_INVALID, "Line 7:", "two RRULE", VEVENT(PLAIN "RRULE:FREQ=DAILY;COUNT=2\r\nRRULE:FREQ=WEEKLY;COUNT=2\r\n")},
    {FAULT_INVALID, "Line 7:", "EXRULE", VEVENT(PLAIN "RRULE:FREQ=DAILY;COUNT=2\r\nEXRULE:FREQ=WEEKLY;COUNT=2\r\n")},
    {FAULT_INVALID, "Line 7:", "RANGE", VEVENT(PLAIN "RECURRENCE-ID;RANGE=THISANDFUTURE:20220714T150000Z\r\n")},
    {FAULT_INVALID, "Line 8:", "line 3 already", VCALENDAR("BEGIN:VEVENT\r\n" PLAIN "END:VEVENT\r\nBEGIN:VEVENT\r\n"
                                                           "UID:a@b\r\nSUMMARY:Otro\r\nDTSTART:20220714T150000Z\r\nEND:VEVENT\r\n")},
};

static void broken_files_are_refused_with_line_and_cure(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    for (size_t i = 0; i < COUNT(broken); i++) {
        ImportResult result = {.events = -1};
        g_test_message("%s", broken[i].file);
        g_assert_false(agenda_import_ics(o.ctx, bytes_of(broken[i].file), false, &result));
        if (broken[i].line && !text_starts(o.ctx->fault.what, broken[i].line))
            g_error("\"%s\" does not begin with \"%s\"", o.ctx->fault.what, broken[i].line);
        says(&o, broken[i].kind, NULL, broken[i].words);
        g_assert_cmpint(result.events, ==, -1);
        g_assert_cmpint(agenda_count(o.ctx, month("2022-07"), AGENDA_ALL), ==, 0);
    }
    finish(&o);
}

static void a_file_that_is_too_large_is_refused_before_it_is_read(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    ImportResult result;
    g_assert_false(agenda_import_ics(o.ctx, (Bytes){"x", AGENDA_ICS_MAX + 1}, true, &result));
    says(&o, FAULT_TOO_LARGE, NULL, "10 MB");
    GString *many = g_string_new("BEGIN:VCALENDAR\r\n");
    for (int i = 0; i <= AGENDA_ICS_EVENTS; i++)
        g_string_append(many, "BEGIN:VEVENT\r\nEND:VEVENT\r\n");
    g_string_append(many, "END:VCALENDAR\r\n");
    g_assert_false(agenda_import_ics(o.ctx, (Bytes){many->str, many->len}, true, &result));
    says(&o, FAULT_TOO_LARGE, NULL, "20000 events");
    g_string_assign(many, "BEGIN:VCALENDAR\r\n");
    for (int i = 0; i < 60; i++)
        g_string_append_printf(many, "BEGIN:VEVENT\r\nUID:%d\r\nSUMMARY:x\r\nDTSTART:20220714T150000Z\r\n"
                                     "RRULE:FREQ=DAILY\r\nEND:VEVENT\r\n", i);
    g_string_append(many, "END:VCALENDAR\r\n");
    g_assert_false(agenda_import_ics(o.ctx, (Bytes){many->str, many->len}, true, &result));
    says(&o, FAULT_TOO_LARGE, NULL, "repetitions");
    g_string_truncate(many, 17);
    g_string_append(many, "BEGIN:VEVENT\r\nDESCRIPTION:");
    for (int i = 0; i < 70000; i++)
        g_string_append_c(many, 'a');
    g_string_append(many, "\r\n" PLAIN "END:VEVENT\r\nEND:VCALENDAR\r\n");
    g_assert_false(agenda_import_ics(o.ctx, (Bytes){many->str, many->len}, false, &result));
    says(&o, FAULT_INVALID, NULL, "Line 3: the line is longer than 65536 bytes");
    g_string_free(many, TRUE);
    finish(&o);
}

static void rules_that_never_come_true_cannot_hold_us_up(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    GString *many = g_string_new("BEGIN:VCALENDAR\r\n");
    for (int i = 0; i < 100; i++)
        g_string_append_printf(many, "BEGIN:VEVENT\r\nUID:%d\r\nSUMMARY:x\r\nDTSTART:20220714T150000Z\r\n"
                                     "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30\r\nEND:VEVENT\r\n", i);
    g_string_append(many, "END:VCALENDAR\r\n");
    ImportResult result;
    g_assert_false(agenda_import_ics(o.ctx, (Bytes){many->str, many->len}, false, &result));
    says(&o, FAULT_INVALID, NULL, "take too long");
    g_string_free(many, TRUE);
    finish(&o);
}

static void what_is_bad_can_be_left_out(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    const char *file = VCALENDAR("BEGIN:VEVENT\r\n" PLAIN "END:VEVENT\r\n"
                                 "BEGIN:VEVENT\r\nSUMMARY:Sin UID\r\nDTSTART:20220714T150000Z\r\nEND:VEVENT\r\n"
                                 "BEGIN:VEVENT\r\nUID:c@d\r\nSUMMARY:Doblado\r\nmal, sin sangría\r\nEND:VEVENT\r\n");
    ImportResult r;
    g_assert_true(agenda_import_ics(o.ctx, bytes_of(file), true, &r));
    g_assert_cmpint(r.events, ==, 3);
    g_assert_cmpint(r.created, ==, 1);
    g_assert_cmpint(r.refused, ==, 2);
    const ImportLine *line = r.lines.items;
    g_assert_cmpint((i64)r.lines.count, ==, 3);
    g_assert_cmpint(line[1].line, ==, 8);
    g_assert_cmpstr(line[1].what, ==, "refused");
    g_assert_nonnull(strstr(line[1].why, "no UID"));
    g_assert_cmpint(line[2].line, ==, 15);
    g_assert_false(agenda_import_ics(o.ctx, bytes_of(file), false, &r));
    says(&o, FAULT_INVALID, NULL, "Nothing was imported");
    finish(&o);
}

static void folds_inside_a_letter_and_a_mark_at_the_beginning_are_read(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    import_text(&o, "\xef\xbb\xbf" "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a@b\nDTSTART:20220714T150000Z\n"
                    "SUMMARY:Sesi\xc3\n \xb3n\n\t de Cabildo\n\nEND:VEVENT\nEND:VCALENDAR\n\n");
    g_assert_cmpstr(only(&o, "Ses")->title, ==, "Sesión de Cabildo");
    finish(&o);
}

static void who_may_not_edit_imports_nothing(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    o.ctx->actor = &o.reader;
    ImportResult r;
    g_assert_false(agenda_import_ics(o.ctx, bytes_of(VEVENT(PLAIN)), false, &r));
    says(&o, FAULT_FORBIDDEN, NULL, NULL);
    finish(&o);
}

/* ---- going out ---- */

static const char *exported(Office *o)
{
    List all = agenda_public_by_span(o->ctx, month("2022-07"), 0, 0, 1000);
    Buf *out = buf_new(o->ctx->arena, 1024, 4 * 1024 * 1024);
    agenda_public_ics(o->ctx, all, "Agenda pública; San Luis", out);
    return buf_data(out);
}

static void what_goes_out_can_be_read_by_others(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    char *text = fixture();
    import_text(&o, text);
    g_free(text);
    const char *ics = exported(&o);
    const char *wanted[] = {
        "METHOD:PUBLISH\r\n", "NAME:Agenda pública\\; San Luis\r\n", "REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n",
        "TZID:America/Mexico_City\r\n", "BEGIN:DAYLIGHT\r\nDTSTART:20220403T020000\r\nTZOFFSETFROM:-0600\r\nTZOFFSETTO:-0500\r\n",
        "DTSTART;TZID=America/Mexico_City:20220703T080000\r\n", "DTSTART;VALUE=DATE:20220714\r\nDTEND;VALUE=DATE:20220716\r\n",
        "GEO:22.138800;-100.973700\r\n", "CATEGORIES:deporte,salud\r\n", "STATUS:CANCELLED\r\n", "SEQUENCE:4\r\n",
        "LOCATION:Plaza de Armas\\, Centro Histórico\r\n", "ORGANIZER;CN=", "LAST-MODIFIED:", "\r\nURL:",
        "RECURRENCE-ID;TZID=America/Mexico_City:20220717T080000\r\n",
    };
    for (size_t i = 0; i < COUNT(wanted); i++) {
        if (!strstr(ics, wanted[i]))
            g_error("there is no %s in\n%s", wanted[i], ics);
    }
    char **lines = g_strsplit(ics, "\r\n", 0);
    for (size_t i = 0; lines[i]; i++) {
        g_assert_cmpint((i64)strlen(lines[i]), <=, 75);
        g_assert_true(g_utf8_validate(lines[i], -1, NULL));
    }
    g_strfreev(lines);
    icalcomponent *c = icalparser_parse_string(ics);
    g_assert_cmpint(icalcomponent_count_components(c, ICAL_VEVENT_COMPONENT), ==, 7);
    g_assert_cmpint(icalcomponent_count_errors(c), ==, 0);
    g_assert_true(icalrestriction_check(c));
    icalcomponent_free(c);
    finish(&o);
}

static void what_went_out_comes_in_unchanged(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    make_event(&o, "Concierto; con coma, y \\barra");
    i64 lines = journal_last(o.ctx);
    ImportResult r = import_text(&o, exported(&o));
    g_assert_cmpint(r.unchanged, ==, 1);
    g_assert_cmpint(r.events, ==, 1);
    g_assert_cmpint(journal_last(o.ctx), ==, lines);
    finish(&o);
}

static void nothing_private_goes_out(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    char *text = fixture();
    import_text(&o, text);
    g_free(text);
    const char *ics = exported(&o);
    g_assert_null(strstr(ics, "gabinete"));
    g_assert_null(strstr(ics, "médica"));
    finish(&o);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    STORE_TEST("ics", a_month_comes_in_with_its_quirks);
    STORE_TEST("ics", a_series_keeps_its_exception_and_its_moved_one);
    STORE_TEST("ics", coming_in_again_changes_nothing);
    STORE_TEST("ics", the_real_month_stands_seventy);
    STORE_TEST("ics", sequence_decides_what_is_newer);
    STORE_TEST("ics", what_a_person_changed_stays);
    STORE_TEST("ics", what_the_file_cancels_takes_its_coverages_with_it);
    STORE_TEST("ics", method_cancel_takes_back);
    STORE_TEST("ics", what_a_rule_no_longer_gives_is_cancelled);
    STORE_TEST("ics", what_is_moved_in_a_hidden_series_stays_hidden);
    STORE_TEST("ics", a_word_of_class_that_nobody_knows_is_private);
    STORE_TEST("ics", the_hour_stays_when_the_clocks_change);
    STORE_TEST("ics", an_hour_that_the_clocks_skip_is_no_occurrence);
    STORE_TEST("ics", rules_give_the_days_that_they_say);
    STORE_TEST("ics", a_series_that_began_long_ago_reaches_today);
    STORE_TEST("ics", ten_thousand_exceptions_are_fine);
    STORE_TEST("ics", the_job_moves_the_horizon_on);
    STORE_TEST("ics", broken_files_are_refused_with_line_and_cure);
    STORE_TEST("ics", a_file_that_is_too_large_is_refused_before_it_is_read);
    STORE_TEST("ics", rules_that_never_come_true_cannot_hold_us_up);
    STORE_TEST("ics", what_is_bad_can_be_left_out);
    STORE_TEST("ics", folds_inside_a_letter_and_a_mark_at_the_beginning_are_read);
    STORE_TEST("ics", who_may_not_edit_imports_nothing);
    STORE_TEST("ics", what_goes_out_can_be_read_by_others);
    STORE_TEST("ics", what_went_out_comes_in_unchanged);
    STORE_TEST("ics", nothing_private_goes_out);
    return g_test_run();
}
