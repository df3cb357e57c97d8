/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_base.c: what the rules of an event begin and end with: may it be changed, and what the search knows of it. */
#include "desks/agenda/agenda_room.h"
#include "store/db.h"
#include "agenda_queries.h"

const Event *agenda_to_change(Ctx *ctx, i64 id, i64 version)
{
    if (!people_may(ctx, RIGHT_AGENDA_EDIT))
        return NULL;
    const Event *e = agenda_find(ctx, id);
    return e && agenda_check_version(ctx, version, e->version) ? e : NULL;
}

const Event *agenda_find_any(Ctx *ctx, i64 id)
{
    Event *e = (Event *)db_one(ctx, &q_agenda_find, &agenda_event_shape, I(id), B(true));
    if (!e)
        return NULL;
    e->coverages = agenda_coverages_of(ctx, id);
    e->previous_dates = agenda_dates_of(ctx, id);
    return e;
}

bool agenda_index_now(Ctx *ctx, i64 id)
{
    const Event *e = db_one(ctx, &q_agenda_find, &agenda_event_shape, I(id), B(true));
    return e && agenda_index_entry(ctx, &(IndexEntry){
                                            .id = id,
                                            .starts_at = e->starts_at,
                                            .slug = e->slug,
                                            .title = e->title,
                                            .description = e->description,
                                            .topics = e->topics,
                                            .internal_note = e->internal_note,
                                            .place_name = e->place.name,
                                            .place_address = e->place.address,
                                            .visibility = e->visibility,
                                        });
}

bool agenda_may_set(Ctx *ctx, Visibility visibility)
{
    bool hidden = visibility == VISIBLE_PRIVATE || visibility == VISIBLE_CONFIDENTIAL;
    return !hidden || people_may(ctx, RIGHT_AGENDA_PRIVATE);
}

const char *agenda_own_uid(Ctx *ctx, i64 id)
{
    const char *host = strstr(ctx->city->base_url, "://");
    return arena_printf(ctx->arena, "%s@%s", id_text(ctx->arena, id), host ? host + 3 : "vocero");
}
