/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_place.c: the city's places: each is kept once, however it is spelt. */
#include "desks/agenda/agenda_room.h"
#include "store/db.h"
#include "agenda_queries.h"

#include <math.h>

static const Field full_fields[] = {
    FIELD_ID(Place, id),    FIELD_TEXT(Place, name), FIELD_TEXT(Place, address),
    FIELD_REAL(Place, lat), FIELD_REAL(Place, lon),
};
static const Shape full_shape = SHAPE("place", Place, full_fields);

const Place *agenda_place(Ctx *ctx, i64 id)
{
    return db_one(ctx, &q_agenda_place_find, &full_shape, I(id));
}

bool agenda_place_known(Ctx *ctx, i64 id)
{
    return db_maybe(ctx, &q_agenda_place_find, &full_shape, I(id)) != NULL;
}

List agenda_places(Ctx *ctx, i64 limit)
{
    return db_list(ctx, &q_agenda_place_names, &full_shape, T(""), I(limit));
}

/* 0, 0 lies in the sea: it is what devices send that do not know where they are. */
static bool located(const Place *p)
{
    return !isnan(p->lat) && !isnan(p->lon) && (p->lat != 0 || p->lon != 0);
}

static bool check(Ctx *ctx, const Place *p)
{
    if (text_graphemes(p->name) > 200 || strlen(p->name) > 1000)
        return fault_field(ctx, "place", "The place's name is too long: at most %d characters.",
                           200);
    if (p->address && (text_graphemes(p->address) > 300 || strlen(p->address) > 2000))
        return fault_field(ctx, "place", "The place's address is too long: at most %d characters.",
                           300);
    if (isnan(p->lat) != isnan(p->lon))
        return fault_field(ctx, "place",
                           "A place has both a latitude and a longitude, or neither.");
    if (located(p) && (fabs(p->lat) > 90 || fabs(p->lon) > 180))
        return fault_field(ctx, "place",
                           "Latitude is between -90 and 90, longitude between -180 and 180.");
    return true;
}

static const char *folded(Arena *a, const char *text)
{
    return text ? text_fold(a, text_squeeze(a, text)) : "";
}

static const Place *known(Ctx *ctx, const Place *wanted, const char *name, const char *found)
{
    if (text_blank(wanted->address) && !located(wanted))
        return db_maybe(ctx, &q_agenda_place_named, &full_shape, T(name));
    return db_maybe(ctx, &q_agenda_place_same, &full_shape, T(found));
}

bool agenda_place_keep(Ctx *ctx, const Place *wanted, i64 *id_out)
{
    if (wanted->id) {
        const Place *p = db_maybe(ctx, &q_agenda_place_find, &full_shape, I(wanted->id));
        if (!p)
            return fault_field(ctx, "place", "There is no such place.");
        *id_out = p->id;
        return true;
    }
    *id_out = 0;
    if (text_blank(wanted->name))
        return true;
    if (!check(ctx, wanted))
        return false;
    const char *name = folded(ctx->arena, wanted->name);
    const char *found =
        arena_printf(ctx->arena, "%s\n%s", name, folded(ctx->arena, wanted->address));
    const Place *here = known(ctx, wanted, name, found);
    if (faulted(ctx))
        return false;
    if (here) {
        *id_out = here->id;
        return located(here) || !located(wanted) ||
               db_write(ctx, &q_agenda_place_locate, I(here->id), R(wanted->lat), R(wanted->lon));
    }
    *id_out = id_new(ctx->now);
    double lat = located(wanted) ? wanted->lat : NAN, lon = located(wanted) ? wanted->lon : NAN;
    return db_write(ctx, &q_agenda_place_insert, I(*id_out), T(wanted->name), T(wanted->address),
                    R(lat), R(lon), T(name), T(found), T(wanted->neighbourhood), T(wanted->district),
                    T(wanted->postcode));
}
