/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_set_up_look.c: what the views of the set-up pages ask: addresses and times. */
#include "desks/press/setup/press_set_up.h"

Url press_topic_form_url(Arena *a, const char *slug)
{
    return url_slug(a, "/mesa/comunicados/temas/", slug, NULL);
}

Url press_template_url(Arena *a, i64 id)
{
    return url_id(a, "/mesa/comunicados/plantillas/", id, NULL);
}

Url press_silence_url(Arena *a, i64 id, const char *act)
{
    return url_id(a, "/mesa/comunicados/silencio/", id, act ? "/quitar" : NULL);
}

const char *press_silence_wall(Ctx *ctx, i64 at)
{
    if (!at)
        return NULL;
    return arena_printf(ctx->arena, "%sT%s", clock_day_text(ctx->arena, ctx->city->zone, at), clock_time_text(ctx->arena, ctx->city->zone, at));
}

const char *press_silence_span(Ctx *ctx, const Silence *s)
{
    const char *from = clock_say(ctx->arena, ctx->city->zone, ctx->actor->tongue, CLOCK_SAY_MOMENT, s->from_at);
    const char *to = clock_say(ctx->arena, ctx->city->zone, ctx->actor->tongue, CLOCK_SAY_MOMENT, s->to_at);
    return arena_printf(ctx->arena, say(ctx, "from %s to %s"), from, to);
}

bool press_silence_holds(Ctx *ctx, const Silence *s)
{
    return s->from_at <= ctx->now && ctx->now < s->to_at;
}
