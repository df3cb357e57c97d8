/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_repeat_long_test.c: series that are long, large or come from elsewhere, and how they are said. */
#include "desks/agenda/agenda_test_series.h"

/* ---- much, and for long ---- */

static void a_century_stays_lazy(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    EventDraft d = thursday("Izamiento de bandera");
    i64 id;
    d.visibility = VISIBLE_INTERNAL;
    g_assert_true(agenda_create(o.ctx, &d, &id));
    g_assert_true(agenda_repeat(o.ctx, id, NONE, &(RepeatDraft){.freq = REPEAT_DAILY, .until = {2122, 7, 20, 0, 0, 0}}));
    g_assert_cmpuint(all_events(&o).count, ==, 400);
    const SeriesRow *row = agenda_series_find(o.ctx, agenda_find(o.ctx, id)->series);
    const Series *s = agenda_series_read(o.ctx, row);
    SeriesPlace place;
    Occurrences found;
    i64 began = clock_monotonic();
    g_assert_true(agenda_series_expand(o.ctx, s, row->expanded_to, &found));
    i64 lazy = clock_monotonic() - began;
    g_assert_cmpuint(found.list.count, ==, 400);
    g_test_message("its next 400 days: %" PRId64 " us", lazy);
    g_assert_cmpint(lazy, <, 50 * 1000);
    began = clock_monotonic();
    g_assert_true(agenda_series_place(o.ctx, s, INT64_MAX, &place));
    i64 spent = clock_monotonic() - began;
    g_assert_cmpint(place.before, ==, 36524);
    g_test_message("a century: %" PRId64 " us", spent);
    finish(&o);
}

static void ten_thousand_exceptions_are_divided_quickly(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    EventDraft d = thursday("Guardia");
    i64 id;
    Wall *out = g_new(Wall, 10000);
    Wall day = {2022, 7, 24, 0, 0, 0};
    for (int i = 0; i < 10000; i++, day = wall_add_days(day, 1))
        out[i] = day;
    g_assert_true(agenda_create(o.ctx, &d, &id));
    g_assert_true(agenda_repeat(o.ctx, id, NONE, &(RepeatDraft){.freq = REPEAT_DAILY, .except = {out, 10000}}));
    g_free(out);
    g_assert_cmpuint(all_events(&o).count, ==, 3);
    i64 second = nth(&o, 1)->id, began = clock_monotonic();
    d = draft_of(&o, second);
    d.starts.hour = 8, d.ends.hour = 9;
    g_assert_true(agenda_change_scoped(o.ctx, second, NONE, &d, SCOPE_FOLLOWING, DONE(&o)));
    g_test_message("10,000 exceptions: %" PRId64 " us", clock_monotonic() - began);
    g_assert_cmpuint(all_events(&o).count, ==, 3);
    starts(&o, 2, "2022-07-23T08:00:00");
    finish(&o);
}

/* ---- out and in again ---- */

static const char *exported(Office *o)
{
    Buf *out = buf_new(o->ctx->arena, 4096, 1024 * 1024);
    agenda_public_ics(o->ctx, agenda_public_by_span(o->ctx, (Span){0, month("2030-01").to}, 0, 0, 500), "Agenda", out);
    return buf_data(out);
}

static void what_goes_out_comes_in_without_a_change(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    i64 id = weekly(&o, 6), second = nth(&o, 1)->id, fourth = nth(&o, 3)->id;
    g_assert_true(agenda_cancel_scoped(o.ctx, second, NONE, "Lluvia", SCOPE_ONE, DONE(&o)));
    EventDraft d = draft_of(&o, fourth);
    d.starts.hour = 20, d.ends.hour = 21;
    g_assert_true(agenda_change_scoped(o.ctx, fourth, NONE, &d, SCOPE_FOLLOWING, DONE(&o)));
    const char *before = exported(&o);
    ImportResult r = import_text(&o, before);
    g_assert_cmpint(r.unchanged, ==, 6);
    g_assert_cmpint(r.created + r.changed + r.cancelled + r.refused, ==, 0);
    g_assert_cmpstr(exported(&o), ==, before);
    g_assert_cmpint(agenda_find(o.ctx, id)->sequence, >, 0);
    finish(&o);
}

#define IMPORTED                                                                        \
    VEVENT("UID:r@b\r\nSUMMARY:Serie\r\nSEQUENCE:1\r\n"                                \
           "DTSTART;TZID=America/Mexico_City:20220721T100000\r\nRRULE:FREQ=WEEKLY;COUNT=6\r\n")

static void what_the_desk_moved_a_file_does_not_bring_back(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    import_text(&o, IMPORTED);
    i64 third = nth(&o, 2)->id;
    EventDraft d = draft_of(&o, third);
    d.starts.hour = 12, d.ends.hour = 13;
    g_assert_true(agenda_change_scoped(o.ctx, third, NONE, &d, SCOPE_ALL, DONE(&o)));
    ImportResult r = import_text(&o, IMPORTED);
    g_assert_cmpint(r.created + r.changed + r.cancelled, ==, 0);
    starts(&o, 2, "2022-08-04T12:00:00");
    d = draft_of(&o, third);
    d.title = "Otra serie";
    g_assert_true(agenda_change_scoped(o.ctx, third, NONE, &d, SCOPE_FOLLOWING, DONE(&o)));
    r = import_text(&o, IMPORTED);
    g_assert_cmpint(r.created + r.changed + r.cancelled, ==, 0);
    char *newer = replaced(IMPORTED, "SEQUENCE:1", "SEQUENCE:9");
    r = import_text(&o, newer);
    g_free(newer);
    g_assert_cmpint(r.created + r.changed + r.cancelled, ==, 0);
    g_assert_nonnull(strstr(((const ImportLine *)r.lines.items)->why, "divided at the desk"));
    g_assert_cmpuint(standing(&o), ==, 6);
    finish(&o);
}

static void a_title_that_the_desk_gave_stays_when_the_file_says_nothing_new(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    import_text(&o, IMPORTED);
    i64 third = nth(&o, 2)->id;
    EventDraft d = draft_of(&o, third);
    d.title = "Otra serie";
    g_assert_true(agenda_change_scoped(o.ctx, third, NONE, &d, SCOPE_ALL, DONE(&o)));
    ImportResult r = import_text(&o, IMPORTED);
    g_assert_cmpint(r.created + r.changed + r.cancelled, ==, 0);
    g_assert_cmpstr(nth(&o, 5)->title, ==, "Otra serie");
    finish(&o);
}

static void what_a_file_has_once_may_repeat_here(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    import_text(&o, VEVENT(PLAIN));
    g_assert_true(agenda_repeat(o.ctx, nth(&o, 0)->id, NONE, &(RepeatDraft){.freq = REPEAT_DAILY, .count = 3}));
    ImportResult r = import_text(&o, VEVENT(PLAIN));
    g_assert_cmpint(r.created + r.changed, ==, 0);
    g_assert_cmpint(r.unchanged, ==, 1);
    g_assert_cmpuint(all_events(&o).count, ==, 3);
    finish(&o);
}

static void a_thousand_series_are_followed_quickly(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    const Zone *zone = zone_find("America/Mexico_City");
    i64 began = clock_monotonic(), given = 0;
    for (int i = 0; i < 1000; i++) {
        Lap lap CLEANUP(lap_end) = lap_begin(o.ctx);
        IcsRule rule = {.text = i % 3 ? "FREQ=WEEKLY;BYDAY=TU,TH" : "FREQ=DAILY"};
        Series s = {&rule, {2022, 7, 14, 10, 0, 0}, zone};
        Occurrences found;
        g_assert_true(agenda_series_expand(o.ctx, &s, agenda_series_horizon(o.ctx->now, o.ctx->now), &found));
        given += (i64)found.list.count;
    }
    i64 spent = clock_monotonic() - began;
    g_test_message("1,000 series, %" PRId64 " events: %" PRId64 " ms", given, spent / 1000);
    g_assert_cmpint(spent, <, 20 * CLOCK_SECOND); /* with sanitizers on a busy machine; see bench/ */
    finish(&o);
}

/* ---- in words ---- */

static const struct {
    const char *rule, *spanish, *english;
} sayings[] = {
    {"FREQ=WEEKLY;BYDAY=TU,TH;UNTIL=20230715T045959Z", "cada martes y jueves hasta el 14 de julio de 2023",
     "every Tuesday and Thursday until 14 July 2023"},
    {"FREQ=DAILY", "todos los días", "every day"},
    {"FREQ=DAILY;INTERVAL=3;COUNT=5", "cada 3 días, 5 veces", "every 3 days, 5 times"},
    {"FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "cada 2 semanas, el lunes", "every 2 weeks on Monday"},
    {"FREQ=MONTHLY;BYDAY=2TH", "cada mes, el segundo jueves", "every month, the second Thursday"},
    {"FREQ=MONTHLY;BYMONTHDAY=-1", "cada mes, el último día", "every month, the last day"},
    {"FREQ=YEARLY", "cada año el 14 jul", "every year on 14 Jul"},
    {"FREQ=YEARLY;BYWEEKNO=20", "según una regla propia: FREQ=YEARLY;BYWEEKNO=20", "by a rule of its own: FREQ=YEARLY;BYWEEKNO=20"},
};

static void a_rule_is_said_in_words(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    Wall start = {2022, 7, 14, 10, 0, 0};
    const Zone *zone = zone_find("America/Mexico_City");
    Actor mexican = o.chief;
    mexican.tongue = TONGUE_ES;
    for (size_t i = 0; i < COUNT(sayings); i++) {
        o.ctx->actor = &o.chief;
        g_assert_cmpstr(agenda_rule_said(o.ctx, sayings[i].rule, start, zone), ==, sayings[i].english);
        o.ctx->actor = &mexican;
        g_assert_cmpstr(agenda_rule_said(o.ctx, sayings[i].rule, start, zone), ==, sayings[i].spanish);
    }
    o.ctx->actor = &o.chief;
    finish(&o);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    STORE_TEST("repeat_long", a_century_stays_lazy);
    STORE_TEST("repeat_long", ten_thousand_exceptions_are_divided_quickly);
    STORE_TEST("repeat_long", what_goes_out_comes_in_without_a_change);
    STORE_TEST("repeat_long", a_rule_is_said_in_words);
    STORE_TEST("repeat_long", what_the_desk_moved_a_file_does_not_bring_back);
    STORE_TEST("repeat_long", a_title_that_the_desk_gave_stays_when_the_file_says_nothing_new);
    STORE_TEST("repeat_long", what_a_file_has_once_may_repeat_here);
    STORE_TEST("repeat_long", a_thousand_series_are_followed_quickly);
    return g_test_run();
}
