/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_series_test.c: rules of repetition: which days they give, and how far. */
#include "desks/agenda/agenda_test_calendar.h"

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
    List all = starts_of(
        &o, "DTSTART;TZID=America/Mexico_City:20221023T100000\r\nRRULE:FREQ=WEEKLY;COUNT=3\r\n");
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
    List all = starts_of(
        &o, "DTSTART;TZID=America/Mexico_City:20220402T023000\r\nRRULE:FREQ=DAILY;COUNT=3\r\n");
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
    {"RRULE:FREQ=MONTHLY;BYDAY=2TU;COUNT=3\r\n", 3,
     "2022-09-13T10:00:00"}, /* the first day counts, though no Tuesday */
    {"RRULE:FREQ=YEARLY;UNTIL=20230801\r\n", 2, "2023-07-14T10:00:00"},
    {"RRULE:FREQ=DAILY;INTERVAL=2;UNTIL=20220718T150000Z\r\n", 3, "2022-07-18T10:00:00"},
    {"RRULE:FREQ=DAILY;UNTIL=20220718T145959Z\r\n", 4, "2022-07-17T10:00:00"},
    {"RRULE:FREQ=DAILY;COUNT=4;BYHOUR=10,17\r\n", 4, "2022-07-15T17:00:00"},
    {"RDATE:20220720T150000Z,20220721T150000Z\r\n", 3, "2022-07-21T10:00:00"},
    {"RRULE:FREQ=DAILY;COUNT=3\r\nEXDATE;VALUE=DATE:20220716\r\n", 2, "2022-07-15T10:00:00"},
    {"RRULE:FREQ=DAILY;COUNT=3\r\nRDATE;TZID=America/Mexico_City:20220715T100000\r\n", 3,
     "2022-07-16T10:00:00"},
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
        char *lines = g_strdup_printf("DTSTART;TZID=America/Mexico_City:20220714T100000\r\n%s",
                                      rules_known[i].rule);
        List all = starts_of(&o, lines);
        g_free(lines);
        g_test_message("%s", rules_known[i].rule);
        g_assert_cmpint((i64)all.count, ==, rules_known[i].count);
        g_assert_cmpstr(((const Event *)all.items)[all.count - 1].wall_start, ==,
                        rules_known[i].last);
        assert_no_fault(o.ctx);
        db_rollback(o.ctx);
        arena_reset(o.ctx->arena);
    }
}

static void a_series_that_began_long_ago_reaches_today(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    List all =
        starts_of(&o, "DTSTART;TZID=America/Mexico_City:19950101T100000\r\nRRULE:FREQ=DAILY\r\n");
    g_assert_cmpint((i64)all.count, ==, SERIES_OCCURRENCES);
    g_assert_cmpstr(((const Event *)all.items)[all.count - 1].wall_start, ==,
                    "2023-08-17T10:00:00");
    finish(&o);
}

static void ten_thousand_exceptions_are_fine(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    GString *lines = g_string_new(
        "DTSTART;TZID=America/Mexico_City:20220714T100000\r\nRRULE:FREQ=DAILY;COUNT=20\r\n");
    Wall day = {2022, 7, 15, 10, 0, 0};
    for (int i = 0; i < 10000; i++, day = wall_add_days(day, 1))
        g_string_append_printf(lines, "EXDATE;TZID=America/Mexico_City:%04d%02d%02dT100000\r\n",
                               day.year, day.month, day.day);
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
    g_assert_cmpint(agenda_count(o.ctx, later, AGENDA_ALL), ==,
                    27); /* 28 or 29 weeks, less the exception */
    const Event *e = agenda_by_span(o.ctx, later, AGENDA_ALL, 0, 0, 1).items;
    g_assert_cmpstr(e->place.name, ==, "Jardín");
    g_assert_true(agenda_series_extend(o.ctx)); /* nothing twice */
    g_assert_cmpint(agenda_count(o.ctx, later, AGENDA_ALL), ==, 27);
    ImportResult r = import_text(
        &o,
        VEVENT("UID:r@b\r\nSUMMARY:Serie\r\nDTSTART;TZID=America/Mexico_City:20220714T100000\r\n"
               "LOCATION:Jardín\r\nRRULE:FREQ=WEEKLY\r\n"
               "EXDATE;TZID=America/Mexico_City:20240104T100000\r\n"));
    g_assert_cmpint(r.created + r.changed + r.cancelled, ==, 0);
    g_assert_cmpint(r.unchanged, >, 80);
    finish(&o);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    STORE_TEST("series", the_hour_stays_when_the_clocks_change);
    STORE_TEST("series", an_hour_that_the_clocks_skip_is_no_occurrence);
    STORE_TEST("series", rules_give_the_days_that_they_say);
    STORE_TEST("series", a_series_that_began_long_ago_reaches_today);
    STORE_TEST("series", ten_thousand_exceptions_are_fine);
    STORE_TEST("series", the_job_moves_the_horizon_on);
    return g_test_run();
}
