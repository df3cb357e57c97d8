/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_facts.c: what the camera and its owner wrote into a picture, as this room keeps it: when, where, and words. */
#include "desks/photos/pictures/photos_pictures.h"
#include "photos_picture_queries.h"

#include <math.h>

enum { NEAR = 200, PEOPLE_MAX = 1000, PLACE_MAX = 160, CAMERA_MAX = 120 }; /* NEAR: metres */

/* ---- words: only where nobody wrote any ---- */

static bool is_control(unsigned char c)
{
    return c < ' ' && c != '\n';
}

/* Foreign text as a person could have typed it; NULL: there is nothing to keep. */
static const char *tidy(Ctx *ctx, const char *said, size_t max, bool line)
{
    if (text_blank(said) || !text_valid(said, strlen(said)))
        return NULL;
    char *text = arena_text(ctx->arena, said);
    for (char *c = text; *c; c++)
        if (is_control((unsigned char)*c))
            *c = ' ';
    const char *clean = line ? text_squeeze(ctx->arena, text) : text_trim(ctx->arena, text);
    if (text_blank(clean) || text_has_control(clean))
        return NULL;
    return text_clip(ctx->arena, text_nfc(ctx->arena, clean), max);
}

static const char *or_said(Ctx *ctx, const char *there, const char *said, size_t max, bool line)
{
    return there ? there : tidy(ctx, said, max, line);
}

static const char *alt_said(Ctx *ctx, const Photo *p, const char *said)
{
    const char *alt = or_said(ctx, p->alt, said, PHOTOS_ALT_MAX, true);
    bool repeats = alt && !p->alt && p->caption && text_same(text_fold(ctx->arena, alt), text_fold(ctx->arena, p->caption));
    return repeats ? NULL : alt;
}

static void take_words(Ctx *ctx, Photo *p, const MediaFacts *f)
{
    p->headline = or_said(ctx, p->headline, f->headline, PHOTOS_HEADLINE_MAX, true);
    p->caption = or_said(ctx, p->caption, f->caption, PHOTOS_CAPTION_MAX, false);
    p->people = or_said(ctx, p->people, f->people, PEOPLE_MAX, false);
    p->credit = or_said(ctx, p->credit, f->creator ? f->creator : f->credit, PHOTOS_CREDIT_MAX, true);
    p->alt = alt_said(ctx, p, f->alt);
    p->camera = tidy(ctx, f->camera, CAMERA_MAX, true);
}

/* ---- when ---- */

/* An hour that is there twice (autumn) is the one in which the event takes place; else the first. */
static i64 in_zone(Ctx *ctx, const Event *e, Wall wall)
{
    WallFate fate;
    i64 first = clock_instant(ctx->city->zone, wall, &fate), second = first + CLOCK_HOUR;
    if (fate != WALL_DOUBLED || !e)
        return first;
    bool fits_first = first >= e->starts_at && first <= e->ends_at, fits_second = second >= e->starts_at && second <= e->ends_at;
    return fits_second && !fits_first ? second : first;
}

/* Clocks that were never set say 1970 or 1980, and tomorrow is none either. */
static bool is_likely(const Photo *p, i64 taken)
{
    const i64 first = 631152000 * CLOCK_SECOND; /* 1990 */
    return taken >= first && taken <= p->at + CLOCK_DAY;
}

static void take_time(Ctx *ctx, Photo *p, const Event *e, const MediaFacts *f)
{
    Wall wall;
    if (p->taken_from != TAKEN_AT_UPLOAD || !f->taken || !wall_parse(f->taken, &wall))
        return;
    bool offset = f->taken_offset != NONE;
    i64 taken = offset ? clock_instant(NULL, wall, NULL) - f->taken_offset * CLOCK_MINUTE : in_zone(ctx, e, wall);
    if (!is_likely(p, taken))
        return;
    p->taken_at = taken;
    p->taken_from = offset ? TAKEN_WITH_OFFSET : TAKEN_IN_ZONE;
}

/* ---- where ---- */

static double metres(double lat, double lon, double lat2, double lon2)
{
    const double degree = 111195, radians = 0.017453292519943295;
    double north = (lat2 - lat) * degree, east = (lon2 - lon) * degree * cos(lat * radians);
    return sqrt(north * north + east * east);
}

bool photos_is_near(const Photo *p, const Place *place)
{
    return !isnan(place->lat) && !isnan(place->lon) && metres(p->lat, p->lon, place->lat, place->lon) <= NEAR;
}

static const Field place_fields[] = {FIELD_ID(Place, id), FIELD_TEXT(Place, name), FIELD_REAL(Place, lat), FIELD_REAL(Place, lon)};
static const Shape place_shape = SHAPE("place", Place, place_fields);

static const char *nearest(Ctx *ctx, const Photo *p)
{
    const double span = 0.004; /* degrees: more than NEAR in every direction where people live */
    List near = db_list(ctx, &q_photos_places_near, &place_shape, R(p->lat - span), R(p->lat + span), R(p->lon - span), R(p->lon + span));
    const Place *best = NULL;
    for (const Place *c = near.items, *end = c + near.count; c < end; c++)
        if (photos_is_near(p, c) && (!best || metres(p->lat, p->lon, c->lat, c->lon) < metres(p->lat, p->lon, best->lat, best->lon)))
            best = c;
    return best ? best->name : NULL;
}

/* Where the camera says that it was; where it says nothing, where the event is. */
static const char *place_of(Ctx *ctx, const Photo *p, const Event *e)
{
    bool knows = !isnan(p->lat) && !isnan(p->lon);
    const char *event_place = e ? e->place.name : NULL;
    if (!knows || (e && photos_is_near(p, &e->place)))
        return event_place;
    return nearest(ctx, p);
}

static void take_place(Ctx *ctx, Photo *p, const Event *e, const MediaFacts *f)
{
    bool sane = fabs(f->lat) <= 90 && fabs(f->lon) <= 180; /* false for NAN */
    p->lat = sane ? f->lat : NAN;
    p->lon = sane ? f->lon : NAN;
    p->place = or_said(ctx, p->place, f->place, PLACE_MAX, true);
    if (!p->place)
        p->place = tidy(ctx, place_of(ctx, p, e), PLACE_MAX, true);
}

/* ---- all of it ---- */

Photo photos_with_facts(Ctx *ctx, const Photo *before, const MediaFacts *f)
{
    Photo p = *before;
    const Event *e = agenda_find(ctx, p.event);
    p.type = f->type;
    p.width = f->width;
    p.height = f->height;
    p.look = (i64)f->look;
    p.edges = (i64)f->edges;
    p.sharpness = f->sharpness;
    p.thumbhash = f->thumbhash;
    take_words(ctx, &p, f);
    take_time(ctx, &p, e, f);
    take_place(ctx, &p, e, f);
    return p;
}
