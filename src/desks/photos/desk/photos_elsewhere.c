/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_elsewhere.c: where the camera was, and when, may speak for another event than the one that was chosen. */
#include "desks/photos/desk/photos_desk.h"

#include <math.h>

enum { EVENTS_MOST = 200 };
#define AROUND CLOCK_HOUR /* who photographs is there before it begins, and a while after it */

/* The place and the hour are the camera's own. */
static bool knows(const Photo *p)
{
    return !isnan(p->lat) && !isnan(p->lon) && p->taken_from != TAKEN_AT_UPLOAD;
}

static bool shows(const Photo *p, const Event *e)
{
    return p->taken_at >= e->starts_at - AROUND && p->taken_at < e->ends_at + AROUND && photos_is_near(p, &e->place);
}

static List events_around(Ctx *ctx, List photos)
{
    Span span = {INT64_MAX, INT64_MIN};
    for (const Photo *p = photos.items, *end = p + photos.count; p < end; p++)
        if (knows(p)) {
            span.from = p->taken_at - AROUND < span.from ? p->taken_at - AROUND : span.from;
            span.to = p->taken_at + AROUND > span.to ? p->taken_at + AROUND : span.to;
        }
    const AgendaFilter filter = {.span = span, .overlapping = true};
    return span.from < span.to ? agenda_list(ctx, &filter, INT64_MIN, INT64_MIN, EVENTS_MOST) : (List){0};
}

/* Which of the events it shows, other than its own; NULL: none, or its own too. */
static const Event *other_of(const Photo *p, List events)
{
    const Event *other = NULL;
    for (const Event *e = events.items, *end = e + events.count; e < end && knows(p); e++) {
        if (!shows(p, e))
            continue;
        if (e->id == p->event)
            return NULL;
        other = other ? other : e;
    }
    return other;
}

static Elsewhere gather(Arena *a, List photos, const Event *const *others, const Event *most)
{
    i64 *ids = arena_array(a, i64, photos.count + 1);
    size_t n = 0;
    for (size_t i = 0; i < photos.count; i++)
        if (others[i] == most)
            ids[n++] = ((const Photo *)photos.items)[i].id;
    return (Elsewhere){most, {ids, n}};
}

Elsewhere photos_elsewhere(Ctx *ctx, List photos)
{
    List events = events_around(ctx, photos);
    const Event **others = arena_array(ctx->arena, const Event *, photos.count + 1), *most = NULL;
    size_t *counts = arena_array(ctx->arena, size_t, events.count + 1), best = 0;
    for (size_t i = 0; i < photos.count; i++) {
        others[i] = other_of((const Photo *)photos.items + i, events);
        size_t n = others[i] ? ++counts[others[i] - (const Event *)events.items] : 0;
        if (n > best) {
            best = n;
            most = others[i];
        }
    }
    return most ? gather(ctx->arena, photos, others, most) : (Elsewhere){0};
}
