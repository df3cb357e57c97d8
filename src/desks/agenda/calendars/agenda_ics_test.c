/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_ics_test.c: calendar files in and out: what is understood, what a change does, what citizens subscribe to. */
#include "desks/agenda/agenda_test_calendar.h"

#define REAL_MONTH "../shared/data/agenda-2022-07.ics"

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
    const char *wanted[] = {"2022-07-03T08:00:00", "2022-07-17T09:00:00", "2022-07-24T08:00:00",
                            "2022-07-31T08:00:00"};
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
    g_assert_cmpstr(first->description, ==,
                    "Calzada cerrada a vehículos.\nPréstamo de bicicletas, salvo lluvia.");
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

static void ten_thousand_exceptions_are_followed(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    GString *s = g_string_new("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:e@x\r\nSUMMARY:Diario\r\n"
                              "DTSTART:20220714T150000Z\r\nRRULE:FREQ=DAILY;COUNT=40\r\n");
    for (int i = 0; i < 10000; i++) { /* one of each month's days in the morning, hours that the rule never gives */
        Wall day = wall_add_days((Wall){.year = 2022, .month = 7, .day = 15}, i % 30);
        g_string_append_printf(s, "EXDATE:%04d%02d%02dT%02d%02d%02dZ\r\n", day.year, day.month, day.day,
                               i < 30 ? 15 : i / 30 % 12, i / 360 % 60, i % 60 * (i >= 30));
    }
    g_string_append(s, "END:VEVENT\r\nEND:VCALENDAR\r\n");
    ImportResult r = import_text(&o, s->str);
    g_string_free(s, TRUE);
    g_assert_cmpint(r.created, ==, 10); /* the first, and nine after the thirty that are left out */
    finish(&o);
}

static void a_place_that_is_not_on_earth_is_refused(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    ImportResult r;
    begin(&o);
    const char *with = VEVENT(PLAIN "LOCATION:Luna\r\nGEO:95.0;10.0\r\n"), *without = VEVENT(PLAIN "GEO:95.0;10.0\r\n");
    g_assert_false(agenda_import_ics(o.ctx, bytes_of(with), false, &r));
    says(&o, FAULT_INVALID, NULL, "GEO");
    g_assert_false(agenda_import_ics(o.ctx, bytes_of(without), false, &r));
    says(&o, FAULT_INVALID, NULL, "GEO");
    finish(&o);
}

/* ---- changes ---- */

static void sequence_decides_what_is_newer(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    import_text(&o, VEVENT(PLAIN "SEQUENCE:2\r\n"));
    ImportResult r = import_text(
        &o, VEVENT("UID:a@b\r\nSUMMARY:Viejo\r\nDTSTART:20220714T150000Z\r\nSEQUENCE:1\r\n"));
    g_assert_cmpint(r.unchanged, ==, 1);
    g_assert_nonnull(strstr(((const ImportLine *)r.lines.items)->why, "newer"));
    g_assert_cmpint(((const ImportLine *)r.lines.items)->line, ==, 3);
    r = import_text(
        &o, VEVENT("UID:a@b\r\nSUMMARY:Algo nuevo\r\nDTSTART:20220714T150000Z\r\nSEQUENCE:2\r\n"));
    g_assert_cmpint(r.changed, ==, 1);
    r = import_text(
        &o, VEVENT("UID:a@b\r\nSUMMARY:Algo nuevo\r\nDTSTART:20220714T160000Z\r\nSEQUENCE:3\r\n"));
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
    EventDraft draft = {.title = "Algo",
                        .starts = {2022, 7, 14, 10, 0, 0},
                        .ends = {2022, 7, 14, 10, 0, 0},
                        .status = EVENT_CONFIRMED,
                        .visibility = VISIBLE_INTERNAL,
                        .internal_note = "con cuidado"};
    g_assert_true(agenda_change(o.ctx, id, NONE, &draft));
    import_text(
        &o, VEVENT("UID:a@b\r\nSUMMARY:Algo más\r\nDTSTART:20220714T150000Z\r\nSEQUENCE:7\r\n"));
    const Event *e = agenda_find(o.ctx, id);
    g_assert_cmpstr(e->title, ==, "Algo más");
    g_assert_cmpstr(e->internal_note, ==, "con cuidado");
    g_assert_cmpint(e->visibility, ==,
                    VISIBLE_INTERNAL); /* the file said public, the desk did not */
    g_assert_cmpint(agenda_coverage(o.ctx, coverage)->state, ==, COVERAGE_ASSIGNED);
    g_assert_true(agenda_cancel(o.ctx, id, NONE, "Lluvia"));
    import_text(
        &o, VEVENT("UID:a@b\r\nSUMMARY:Algo menos\r\nDTSTART:20220714T150000Z\r\nSEQUENCE:8\r\n"));
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
        &o, VCALENDAR("METHOD:CANCEL\r\nBEGIN:VEVENT\r\nUID:via@agenda.example\r\nSUMMARY:"
                      "Vía\r\nSEQUENCE:5\r\n"
                      "RECURRENCE-ID;TZID=America/"
                      "Mexico_City:20220724T080000\r\nDTSTART:20220724T130000Z\r\nEND:VEVENT\r\n"
                      "BEGIN:VEVENT\r\nUID:nunca@visto\r\nSUMMARY:Nada\r\nDTSTART:"
                      "20220724T130000Z\r\nEND:VEVENT\r\n"));
    g_assert_cmpint(r.cancelled, ==, 1);
    g_assert_cmpint(r.unchanged, ==, 1);
    g_assert_cmpint(held(&o, "2022-07"), ==, 5);
    r = import_text(
        &o, VCALENDAR("METHOD:CANCEL\r\nBEGIN:VEVENT\r\nUID:via@agenda.example\r\nSUMMARY:Vía\r\n"
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
        "METHOD:PUBLISH\r\n",
        "NAME:Agenda pública\\; San Luis\r\n",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n",
        "TZID:America/Mexico_City\r\n",
        "BEGIN:DAYLIGHT\r\nDTSTART:20220403T020000\r\nTZOFFSETFROM:-0600\r\nTZOFFSETTO:-0500\r\n",
        "DTSTART;TZID=America/Mexico_City:20220703T080000\r\n",
        "DTSTART;VALUE=DATE:20220714\r\nDTEND;VALUE=DATE:20220716\r\n",
        "GEO:22.138800;-100.973700\r\n",
        "CATEGORIES:deporte,salud\r\n",
        "STATUS:CANCELLED\r\n",
        "SEQUENCE:4\r\n",
        "LOCATION:Plaza de Armas\\, Centro Histórico\r\n",
        "ORGANIZER;CN=",
        "LAST-MODIFIED:",
        "\r\nURL:",
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
    STORE_TEST("ics", ten_thousand_exceptions_are_followed);
    STORE_TEST("ics", a_place_that_is_not_on_earth_is_refused);
    STORE_TEST("ics", sequence_decides_what_is_newer);
    STORE_TEST("ics", what_a_person_changed_stays);
    STORE_TEST("ics", what_the_file_cancels_takes_its_coverages_with_it);
    STORE_TEST("ics", method_cancel_takes_back);
    STORE_TEST("ics", what_a_rule_no_longer_gives_is_cancelled);
    STORE_TEST("ics", what_is_moved_in_a_hidden_series_stays_hidden);
    STORE_TEST("ics", a_word_of_class_that_nobody_knows_is_private);
    STORE_TEST("ics", what_goes_out_can_be_read_by_others);
    STORE_TEST("ics", what_went_out_comes_in_unchanged);
    STORE_TEST("ics", nothing_private_goes_out);
    return g_test_run();
}
