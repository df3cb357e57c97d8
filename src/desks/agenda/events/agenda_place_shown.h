/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_place_shown.h: what the views of the book of places are given. */
#pragma once
#include "desks/agenda/events/agenda_book.h"
#include "store/journal.h"
#include "web/form_views.h"

typedef struct PlacesShown {
    List places; /* of BookPlace */
    i64 total;
    const BookFilter *filter;
    const char *next;
    List colonias, districts; /* of Choice */
} PlacesShown;
Url agenda_places_next(Arena *a, const PlacesShown *x);

typedef struct PlaceShown {
    const BookPlace *place;
    const Form *form;
    bool merging; /* the form drawn again is the one that merges */
    List events, others, journal; /* of Event, Place, JournalLine */
} PlaceShown;
