/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_test_calendar.h: calendar files for the tests of the agenda, and bringing them in. */
#pragma once
#include "desks/agenda/calendars/agenda_ics.h"
#include "desks/agenda/agenda_test_office.h"
#include "store/journal.h"
#include "store/queue.h"

#define FIXTURE "src/desks/agenda/fixtures/julio.ics"

UNUSED
static Bytes bytes_of(const char *text)
{
    return (Bytes){text, strlen(text)};
}

UNUSED
static ImportResult import(Office *o, Bytes file)
{
    ImportResult result = {0};
    if (!agenda_import_ics(o->ctx, file, false, &result))
        g_error("the file was refused: %s", o->ctx->fault.what);
    return result;
}

UNUSED
static ImportResult import_text(Office *o, const char *text)
{
    return import(o, bytes_of(text));
}

UNUSED
static char *fixture(void)
{
    char *text;
    g_assert_true(g_file_get_contents(FIXTURE, &text, NULL, NULL));
    return text;
}

UNUSED
static char *replaced(const char *text, const char *from, const char *to)
{
    g_assert_nonnull(strstr(text, from));
    GString *s = g_string_new(text);
    g_string_replace(s, from, to, 0);
    return g_string_free(s, FALSE);
}

UNUSED
static Span month(const char *text)
{
    Span span;
    g_assert_true(clock_month(zone_find("America/Mexico_City"), text, &span));
    return span;
}

UNUSED
static i64 held(Office *o, const char *text)
{
    return agenda_count(o->ctx, month(text), AGENDA_HELD);
}

UNUSED
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
