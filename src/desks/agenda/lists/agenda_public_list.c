/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_public_list.c: lists of what citizens may see: they ask the view agenda_public_event and nothing else. */
#include "desks/agenda/lists/agenda_public_list.h"
#include "desks/agenda/agenda_room.h"
#include "store/db.h"
#include "agenda_list_queries.h"

#define FILTER_BINDS(f)                                                                            \
    I(agenda_earliest(f)), I((f)->span.to), I((f)->overlapping ? (f)->span.from : INT64_MIN),             \
        I((f)->calendar), T(agenda_topic_line(ctx, (f)->topic))

List agenda_public_listed(Ctx *ctx, const AgendaFilter *f, i64 limit)
{
    return db_list(ctx, &q_agenda_public_listed, &agenda_public_shape, FILTER_BINDS(f), I(limit));
}

List agenda_public_filtered(Ctx *ctx, const AgendaFilter *f, i64 after_at, i64 after_id, i64 limit)
{
    List events = db_list(ctx, &q_agenda_public_filtered, &agenda_public_shape, FILTER_BINDS(f),
                          I(after_at), I(after_id), I(limit));
    PublicEvent *e = (PublicEvent *)events.items;
    for (size_t i = 0; i < events.count; i++)
        e[i].url = arena_printf(ctx->arena, "%s%s", ctx->city->base_url,
                                agenda_public_path(ctx->arena, e[i].slug));
    return events;
}

i64 agenda_public_filtered_count(Ctx *ctx, const AgendaFilter *f)
{
    i64 number = db_number(ctx, &q_agenda_public_filtered_count, FILTER_BINDS(f));
    return number == NONE ? 0 : number;
}

Url agenda_public_at(Arena *a, const PublicShown *x, Url page, const char *text)
{
    return agenda_filter_url(a, agenda_period_url(a, page, &x->period, text), x->query);
}

Url agenda_public_of(Arena *a, const PublicShown *x, const CalendarName *calendar)
{
    Url url = agenda_period_url(a, url_literal("/agenda"), &x->period, x->period.text);
    url = url_query(a, url, "calendario", calendar ? calendar->slug : NULL);
    return url_query(a, url, "tema", x->filter.topic);
}
