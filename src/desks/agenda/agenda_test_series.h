/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_test_series.h: a series made at the desk, for the tests of the agenda, and looking at its events. */
#pragma once
#include "desks/agenda/series/agenda_repeat_step.h"
#include "desks/agenda/agenda_test_calendar.h"

UNUSED
static EventDraft thursday(const char *title)
{
    EventDraft d = plaza_draft(title);
    d.starts = (Wall){2022, 7, 21, 17, 0, 0};
    d.ends = (Wall){2022, 7, 21, 18, 30, 0};
    return d;
}

UNUSED
static i64 weekly(Office *o, i64 count)
{
    EventDraft d = thursday("Cine en tu colonia");
    i64 id;
    g_assert_true(agenda_create(o->ctx, &d, &id));
    g_assert_true(agenda_repeat(o->ctx, id, NONE, &(RepeatDraft){.freq = REPEAT_WEEKLY, .count = count}));
    return id;
}

UNUSED
static List all_events(Office *o)
{
    return agenda_by_span(o->ctx, (Span){0, month("2199-01").to}, AGENDA_ALL, 0, 0, 20000);
}

UNUSED
static const Event *nth(Office *o, size_t n)
{
    List all = all_events(o);
    g_assert_cmpuint(n, <, all.count);
    return (const Event *)all.items + n;
}

UNUSED
static void starts(Office *o, size_t n, const char *wall)
{
    g_assert_cmpstr(nth(o, n)->wall_start, ==, wall);
}

UNUSED
static size_t standing(Office *o)
{
    List all = all_events(o);
    size_t n = 0;
    for (size_t i = 0; i < all.count; i++)
        n += ((const Event *)all.items)[i].status != EVENT_CANCELLED;
    return n;
}

UNUSED
static EventDraft draft_of(Office *o, i64 id)
{
    return agenda_draft_of(agenda_find(o->ctx, id));
}

#define DONE(o) &(RepeatDone){0}
