/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_refuse_test.c: calendar files that are refused, each with its line and the cure; and what is left out. */
#include "desks/agenda/agenda_test_calendar.h"

/* ---- what is refused ---- */

static const struct {
    FaultKind kind;
    const char *line, *words, *file;
} broken[] = {
    {FAULT_MALFORMED, NULL, "empty", ""},
    {FAULT_MALFORMED, "Line 1:", "no calendar file", "<!DOCTYPE html>\n<html>"},
    {FAULT_MALFORMED, "Line 2:", "no calendar file", "\nHola\n"},
    {FAULT_MALFORMED, "Line 1:", "no calendar file", "BEGIN:VEVENT\nEND:VEVENT\n"},
    {FAULT_MALFORMED, "Line 1:", "UTF-16",
     "\xff\xfe"
     "B"},
    {FAULT_MALFORMED, "Line 4:", "not in UTF-8", VEVENT("SUMMARY:Sesi\xf3n\r\n")},
    {FAULT_MALFORMED, "Line 5:", "cut off",
     "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTART:20220714T150000Z\r\nSUMMARY:Alg"},
    {FAULT_MALFORMED, "Line 4:", "BEGIN:VEVENT of line 3 is still open",
     VCALENDAR("BEGIN:VEVENT\r\nEND:VTODO\r\n")},
    {FAULT_MALFORMED, "Line 4:", "ends nothing",
     "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\nEND:VCALENDAR\r\n"},
    {FAULT_MALFORMED, "Line 2:", "no line of a calendar",
     "BEGIN:VCALENDAR\r\nesto no es nada\r\nEND:VCALENDAR\r\n"},
    {FAULT_INVALID, "Line 5:", "begin it with a space",
     VEVENT("DESCRIPTION:Una cosa\r\nque sigue sin sangría, así\r\n" PLAIN)},
    {FAULT_INVALID, "Line 4:", "control characters", VEVENT("DESCRIPTION:Una \x07 cosa\r\n" PLAIN)},
    {FAULT_INVALID, "Line 3:", "no UID", VEVENT("SUMMARY:Algo\r\nDTSTART:20220714T150000Z\r\n")},
    {FAULT_INVALID, "Line 3:", "no SUMMARY", VEVENT("UID:a@b\r\nDTSTART:20220714T150000Z\r\n")},
    {FAULT_INVALID, "Line 3:", "no DTSTART", VEVENT("UID:a@b\r\nSUMMARY:Algo\r\n")},
    {FAULT_INVALID, "Line 6:", "DTSTART", VEVENT("UID:a@b\r\nSUMMARY:Algo\r\nDTSTART:mañana\r\n")},
    {FAULT_INVALID, "Line 6:", "DTSTART",
     VEVENT("UID:a@b\r\nSUMMARY:Algo\r\nDTSTART:20220230T100000\r\n")},
    {FAULT_INVALID, "Line 7:", "before DTSTART", VEVENT(PLAIN "DTEND:20220714T140000Z\r\n")},
    {FAULT_INVALID, "Line 7:", "both", VEVENT(PLAIN "DTEND:20220714T160000Z\r\nDURATION:PT1H\r\n")},
    {FAULT_INVALID, "Line 7:", "PT1H30M", VEVENT(PLAIN "DURATION:-PT1H\r\n")},
    {FAULT_INVALID, "Line 7:", "60 days", VEVENT(PLAIN "DURATION:P70D\r\n")},
    {FAULT_INVALID, "Line 6:", "time zone \"Marte/Olimpo\"",
     VEVENT("UID:a@b\r\nSUMMARY:Algo\r\nDTSTART;TZID=Marte/Olimpo:20220714T150000\r\n")},
    {FAULT_INVALID, "Line 7:", "GEO", VEVENT(PLAIN "GEO:cerca\r\nLOCATION:x\r\n")},
    {FAULT_INVALID, "Line 7:", "GEO is no place", VEVENT(PLAIN "GEO:99.0;10.0\r\nLOCATION:x\r\n")},
    {FAULT_INVALID, "Line 7:", "FREQ=SECONDLY", VEVENT(PLAIN "RRULE:FREQ=SECONDLY\r\n")},
    {FAULT_INVALID, "Line 7:", "FREQ=MINUTELY", VEVENT(PLAIN "RRULE:FREQ=MINUTELY;INTERVAL=5\r\n")},
    {FAULT_INVALID, "Line 7:", "FREQ=HOURLY", VEVENT(PLAIN "RRULE:FREQ=HOURLY\r\n")},
    {FAULT_INVALID, "Line 7:", "times a day",
     VEVENT(
         PLAIN
         "RRULE:FREQ=DAILY;BYHOUR=1,2,3,4,5,6;BYMINUTE=1,2,3,4,5,6;BYMONTH=2;BYMONTHDAY=30\r\n")},
    {FAULT_INVALID, "Line 7:", "RRULE", VEVENT(PLAIN "RRULE:FREQ=A VECES\r\n")},
    {FAULT_INVALID, "Line 7:", "no day at all",
     VEVENT(PLAIN "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\r\n")},
    {FAULT_INVALID, "Line 7:", "another calendar",
     VEVENT(PLAIN "RRULE:RSCALE=CHINESE;FREQ=YEARLY\r\n")},
    {FAULT_INVALID, "Line 7:", "two RRULE",
     VEVENT(PLAIN "RRULE:FREQ=DAILY;COUNT=2\r\nRRULE:FREQ=WEEKLY;COUNT=2\r\n")},
    {FAULT_INVALID, "Line 7:", "EXRULE",
     VEVENT(PLAIN "RRULE:FREQ=DAILY;COUNT=2\r\nEXRULE:FREQ=WEEKLY;COUNT=2\r\n")},
    {FAULT_INVALID, "Line 7:", "RANGE",
     VEVENT(PLAIN "RECURRENCE-ID;RANGE=THISANDFUTURE:20220714T150000Z\r\n")},
    {FAULT_INVALID, "Line 8:", "line 3 already",
     VCALENDAR("BEGIN:VEVENT\r\n" PLAIN "END:VEVENT\r\nBEGIN:VEVENT\r\n"
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
        g_string_append_printf(many,
                               "BEGIN:VEVENT\r\nUID:%d\r\nSUMMARY:x\r\nDTSTART:20220714T150000Z\r\n"
                               "RRULE:FREQ=DAILY\r\nEND:VEVENT\r\n",
                               i);
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
        g_string_append_printf(many,
                               "BEGIN:VEVENT\r\nUID:%d\r\nSUMMARY:x\r\nDTSTART:20220714T150000Z\r\n"
                               "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30\r\nEND:VEVENT\r\n",
                               i);
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
    const char *file = VCALENDAR(
        "BEGIN:VEVENT\r\n" PLAIN "END:VEVENT\r\n"
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

static void folds_inside_a_letter_and_a_mark_at_the_beginning_are_read(StoreTest *t,
                                                                       const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    import_text(&o, "\xef\xbb\xbf"
                    "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a@b\nDTSTART:20220714T150000Z\n"
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

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    STORE_TEST("refuse", broken_files_are_refused_with_line_and_cure);
    STORE_TEST("refuse", a_file_that_is_too_large_is_refused_before_it_is_read);
    STORE_TEST("refuse", rules_that_never_come_true_cannot_hold_us_up);
    STORE_TEST("refuse", what_is_bad_can_be_left_out);
    STORE_TEST("refuse", folds_inside_a_letter_and_a_mark_at_the_beginning_are_read);
    STORE_TEST("refuse", who_may_not_edit_imports_nothing);
    return g_test_run();
}
