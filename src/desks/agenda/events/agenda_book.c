/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_book.c: the book of places: put right, put away, and two that are one made one. */
#include "desks/agenda/events/agenda_book.h"
#include "desks/agenda/agenda_room.h"
#include "store/journal.h"
#include "agenda_event_queries.h"

#include <math.h>

enum { REINDEX_MOST = 500, NAME_CHARS = 200, ADDRESS_CHARS = 300, PART_CHARS = 120 };

static const Field book_fields[] = {
    FIELD_ID(BookPlace, id),
    FIELD_TEXT(BookPlace, name),
    FIELD_TEXT(BookPlace, address),
    FIELD_TEXT(BookPlace, neighbourhood),
    FIELD_TEXT(BookPlace, district),
    FIELD_TEXT(BookPlace, postcode),
    FIELD_REAL(BookPlace, lat),
    FIELD_REAL(BookPlace, lon),
    FIELD_TEXT(BookPlace, internal_note),
    FIELD_BOOL(BookPlace, archived),
    FIELD_INT(BookPlace, events),
    FIELD_INT(BookPlace, version),
    FIELD_HIDDEN(BookPlace, folded, FIELD_TEXT),
};
const Shape agenda_book_shape = SHAPE("place_in_book", BookPlace, book_fields);

/* ---- reading ---- */

static const char *wanted(Ctx *ctx, const char *text)
{
    return text_blank(text) ? ""
                            : arena_printf(ctx->arena, "%%%s%%",
                                           text_fold(ctx->arena, text_squeeze(ctx->arena, text)));
}

#define BOOK_BINDS(ctx, f)                                                    \
    T(wanted(ctx, (f)->text)), T((f)->neighbourhood ? (f)->neighbourhood : ""), \
        T((f)->district ? (f)->district : ""), B((f)->archived)

List agenda_book(Ctx *ctx, const BookFilter *f, i64 limit)
{
    return db_list(ctx, &q_agenda_book_list, &agenda_book_shape, BOOK_BINDS(ctx, f),
                   T(f->after ? f->after : ""), I(f->after_id), I(limit), B(agenda_sees_private(ctx)));
}

i64 agenda_book_count(Ctx *ctx, const BookFilter *f)
{
    i64 n = db_number(ctx, &q_agenda_book_count, BOOK_BINDS(ctx, f));
    return n == NONE ? 0 : n;
}

const BookPlace *agenda_book_find(Ctx *ctx, i64 id)
{
    return db_one(ctx, &q_agenda_book_find, &agenda_book_shape, I(id), B(agenda_sees_private(ctx)));
}

List agenda_book_colonias(Ctx *ctx)
{
    return db_list(ctx, &q_agenda_book_colonias, &agenda_named_shape);
}

List agenda_book_districts(Ctx *ctx)
{
    return db_list(ctx, &q_agenda_book_districts, &agenda_named_shape);
}

List agenda_events_at(Ctx *ctx, i64 place, i64 limit)
{
    return db_list(ctx, &q_agenda_events_at, &agenda_event_shape, I(place),
                   B(agenda_sees_private(ctx)), I(limit));
}

/* ---- checking ---- */

static bool check_part(Ctx *ctx, const char *field, const char *text, size_t max)
{
    if (text && (strchr(text, '\n') || text_has_control(text)))
        return fault_field(ctx, field, "This is one line.");
    if (text && text_points(text) > max)
        return fault_field(ctx, field, "This is too long: at most %zu characters.", max);
    return true;
}

static bool check_postcode(Ctx *ctx, const char *text)
{
    if (text && (strlen(text) != 5 || strspn(text, "0123456789") != 5))
        return fault_field(ctx, "postcode", "A postal code has five digits: 78000.");
    return true;
}

static bool check(Ctx *ctx, const Place *d)
{
    if (text_blank(d->name))
        return fault_field(ctx, "name", "A place needs a name.");
    if (d->internal_note && !text_fits(d->internal_note, AGENDA_NOTE_MAX))
        return fault_field(ctx, "internal_note", "This is too long: at most %d characters.",
                           AGENDA_NOTE_MAX);
    return check_part(ctx, "name", d->name, NAME_CHARS) &&
           check_part(ctx, "address", d->address, ADDRESS_CHARS) &&
           check_part(ctx, "neighbourhood", d->neighbourhood, PART_CHARS) &&
           check_part(ctx, "district", d->district, PART_CHARS) &&
           check_postcode(ctx, d->postcode) &&
           agenda_check_coordinates(ctx, "coordinates", d->lat, d->lon, true);
}

/* ---- changing ---- */

static const BookPlace *to_change(Ctx *ctx, i64 id, i64 version)
{
    const BookPlace *p = people_may(ctx, RIGHT_AGENDA_EDIT) ? agenda_book_find(ctx, id) : NULL;
    return p && agenda_check_version(ctx, version, p->version) ? p : NULL;
}

/* The search finds an event by its place: the newest ones learn how it is called now. */
static bool reindex(Ctx *ctx, i64 place)
{
    List events = db_list(ctx, &q_agenda_events_at, &agenda_event_shape, I(place), B(true),
                          I(REINDEX_MOST));
    const Event *e = events.items;
    for (size_t i = 0; i < events.count; i++) {
        Lap lap CLEANUP(lap_end) = lap_begin(ctx);
        if (!agenda_index_now(ctx, e[i].id))
            return false;
    }
    return !faulted(ctx);
}

static bool same_number(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

static bool is_same(const BookPlace *p, const Place *d)
{
    return text_same(p->name, d->name) && text_same(p->address, d->address) &&
           text_same(p->neighbourhood, d->neighbourhood) && text_same(p->district, d->district) &&
           text_same(p->postcode, d->postcode) && text_same(p->internal_note, d->internal_note) &&
           same_number(p->lat, d->lat) && same_number(p->lon, d->lon);
}

bool agenda_place_change(Ctx *ctx, i64 id, i64 version, const Place *d)
{
    const BookPlace *p = to_change(ctx, id, version);
    if (!p || !check(ctx, d))
        return false;
    if (is_same(p, d))
        return true;
    const char *folded, *found = agenda_place_key(ctx, d->name, d->address, &folded);
    const Place *other = agenda_place_by_key(ctx, found);
    if (other && other->id != id)
        return fault_field(ctx, "name",
                           "There is such a place already, with this address: make one of the two.");
    return db_write(ctx, &q_agenda_place_update, I(id), I(p->version), T(d->name), T(d->address),
                    T(d->neighbourhood), T(d->district), T(d->postcode), R(d->lat), R(d->lon),
                    T(d->internal_note), T(folded), T(found)) &&
           reindex(ctx, id) && journal_detail(ctx, "agenda_place", id, "changed", d->name);
}

bool agenda_place_archive(Ctx *ctx, i64 id, i64 version, bool archived)
{
    const BookPlace *p = to_change(ctx, id, version);
    if (!p)
        return false;
    if (p->archived == archived)
        return true;
    return db_write(ctx, &q_agenda_place_set_archived, I(id), I(p->version), B(archived)) &&
           journal_detail(ctx, "agenda_place", id, archived ? "archived" : "unarchived", p->name);
}

bool agenda_place_merge(Ctx *ctx, i64 id, i64 into, i64 *events_out)
{
    i64 events, series;
    const BookPlace *p = to_change(ctx, id, NONE);
    if (!p)
        return false;
    if (id == into || !agenda_place_known(ctx, into))
        return fault_field(ctx, "into", "Choose another place, in whose stead this one is not needed.");
    const BookPlace *other = agenda_book_find(ctx, into);
    if (!other ||
        !db_change(ctx, &q_agenda_place_move_events, &events, I(id), I(into), I(ctx->now)) ||
        !db_change(ctx, &q_agenda_place_move_series, &series, I(id), I(into)) ||
        !db_write(ctx, &q_agenda_place_drop, I(id), I(p->version)) || !reindex(ctx, into))
        return false;
    *events_out = events;
    return journal_detail(ctx, "agenda_place", into, "merged",
                          arena_printf(ctx->arena, "%s → %s", p->name, other->name));
}
