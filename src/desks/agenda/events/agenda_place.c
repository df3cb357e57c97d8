/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_place.c: the city's places: each is kept once, however it is spelt. */
#include "desks/agenda/agenda_room.h"
#include "store/db.h"
#include "agenda_event_queries.h"
#include "agenda_queries.h"

#include <math.h>

static const Field full_fields[] = {
    FIELD_ID(Place, id),         FIELD_TEXT(Place, name),          FIELD_TEXT(Place, address),
    FIELD_REAL(Place, lat),      FIELD_REAL(Place, lon),           FIELD_TEXT(Place, neighbourhood),
    FIELD_TEXT(Place, district), FIELD_TEXT(Place, postcode),
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
    if (!text_fits(p->name, 200) || strlen(p->name) > 1000)
        return fault_field(ctx, "place", "The place's name is too long: at most %d characters.",
                           200);
    if (p->address && (!text_fits(p->address, 300) || strlen(p->address) > 2000))
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

const char *agenda_place_key(Ctx *ctx, const char *name, const char *address,
                             const char **folded_out)
{
    *folded_out = folded(ctx->arena, name);
    return arena_printf(ctx->arena, "%s\n%s", *folded_out, folded(ctx->arena, address));
}

const Place *agenda_place_by_key(Ctx *ctx, const char *key)
{
    return db_maybe(ctx, &q_agenda_place_same, &full_shape, T(key));
}

const Place *agenda_place_by_name(Ctx *ctx, const char *folded_name)
{
    return db_maybe(ctx, &q_agenda_place_named, &full_shape, T(folded_name));
}

/* A name that several places have is suggested with its colonia or address behind a dot. */
const char *agenda_place_label(Arena *a, const Place *p)
{
    const char *more = p->neighbourhood ? p->neighbourhood : p->address;
    return more ? arena_printf(a, "%s · %s", p->name, more) : p->name;
}

static bool says_same(Ctx *ctx, const char *a, const char *b)
{
    return text_same(folded(ctx->arena, a), folded(ctx->arena, b));
}

const Place *agenda_place_said(Ctx *ctx, const char *text)
{
    i64 id;
    if (strlen(text) == ID_TEXT && id_parse(text, &id) && agenda_place_known(ctx, id))
        return agenda_place(ctx, id);
    const char *dot = strstr(text, " · ");
    if (!dot)
        return NULL;
    const char *name = folded(ctx->arena, arena_copy(ctx->arena, text, (size_t)(dot - text)));
    List same = db_list(ctx, &q_agenda_place_all_named, &full_shape, T(name));
    for (const Place *p = same.items, *end = p + same.count; p < end; p++)
        if (says_same(ctx, agenda_place_label(ctx->arena, p), text))
            return p;
    return NULL;
}

static const Place *known(Ctx *ctx, const Place *wanted, const char *name, const char *found)
{
    if (text_blank(wanted->address) && !located(wanted))
        return agenda_place_by_name(ctx, name);
    return agenda_place_by_key(ctx, found);
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
    const char *name, *found = agenda_place_key(ctx, wanted->name, wanted->address, &name);
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
