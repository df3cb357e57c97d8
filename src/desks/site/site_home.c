/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* site_home.c: the sentence that the desk greets with. */
#include "desks/site/site_room.h"

enum { TODAY_MOST = 200 };

static const char *greeting(Ctx *ctx)
{
    int hour = clock_wall(ctx->city->zone, ctx->now).hour;
    return hour < 12 ? say(ctx, "Good morning.") : hour < 19 ? say(ctx, "Good afternoon.") : say(ctx, "Good evening.");
}

static const char *underway(Ctx *ctx, i64 n)
{
    if (n == 0)
        return "";
    return arena_printf(ctx->arena, say_n(ctx, " and %" PRId64 " is under way", " and %" PRId64 " are under way", n), n);
}

const char *site_headline(Ctx *ctx)
{
    List today = agenda_by_span(ctx, clock_day_of(ctx->city->zone, ctx->now), AGENDA_ALL, 0, 0, TODAY_MOST);
    i64 standing = 0, now = 0;
    for (const Event *e = today.items, *end = e + today.count; e < end; e++) {
        bool stands = e->status != EVENT_CANCELLED && e->status != EVENT_POSTPONED;
        standing += stands;
        now += stands && e->starts_at <= ctx->now && ctx->now < e->ends_at;
    }
    if (standing == 0)
        return arena_printf(ctx->arena, "%s %s", greeting(ctx), say(ctx, "There is nothing on the agenda today."));
    const char *events = arena_printf(
        ctx->arena, say_n(ctx, "Today there is %" PRId64 " event", "Today there are %" PRId64 " events", standing), standing);
    return arena_printf(ctx->arena, "%s %s%s.", greeting(ctx), events, underway(ctx, now));
}
