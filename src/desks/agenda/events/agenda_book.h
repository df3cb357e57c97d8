/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_book.h: the book of places: what the desk knows of each, and what is done with it. */
#pragma once
#include "desks/agenda/agenda.h"

typedef struct BookPlace {
    i64 id, version, events; /* how many events name it */
    const char *name, *address, *neighbourhood, *district, *postcode, *internal_note;
    double lat, lon; /* NAN: unknown */
    bool archived;
    const char *folded;
} BookPlace;
extern const Shape agenda_book_shape;

typedef struct BookFilter {
    const char *text, *neighbourhood, *district; /* NULL: any */
    bool archived;
    const char *after; /* folded name of the last one before; "" at the beginning */
    i64 after_id;
} BookFilter;
List agenda_book(Ctx *ctx, const BookFilter *filter, i64 limit); /* of BookPlace, by name */
i64 agenda_book_count(Ctx *ctx, const BookFilter *filter);
const BookPlace *agenda_book_find(Ctx *ctx, i64 id);
List agenda_book_colonias(Ctx *ctx);  /* of Named, in use */
List agenda_book_districts(Ctx *ctx); /* likewise */
List agenda_events_at(Ctx *ctx, i64 place, i64 limit); /* of Event, newest first */

/* "22.1516, -100.9766", as people copy it from a map; blank gives NAN. Faults name the field. */
CHECKED
bool agenda_coordinates(Ctx *ctx, const char *field, const char *text, double *lat_out,
                        double *lon_out);
/* Somewhere on earth, and unless far is said in Mexico or next to it. */
CHECKED
bool agenda_check_coordinates(Ctx *ctx, const char *field, double lat, double lon, bool far);
const char *agenda_coordinates_said(Arena *a, double lat, double lon); /* NULL when unknown */
