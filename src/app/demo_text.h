/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* demo_text.h: the words of the invented city: people, places, events. */
#pragma once
#include "base/buf.h"
#include "desks/people/people.h"

enum { DEMO_STAFF = 7, DEMO_FIRST_IN_FIELD = 3, DEMO_PRESENT = 12 };

typedef struct DemoPerson {
    const char *mail, *name;
    Role role;
    i64 level;         /* of the area */
    const char *area;  /* its slug; NULL: the first of the level */
} DemoPerson;
extern const DemoPerson demo_staff[DEMO_STAFF];

typedef struct DemoPlace {
    const char *name, *address;
    double lat, lon;
} DemoPlace;

typedef struct DemoEvent {
    const char *title, *description, *topic;
    int minutes;
    const DemoPlace *place;
} DemoEvent;
extern const DemoEvent demo_present[DEMO_PRESENT];
extern const char *const demo_reasons[2];

/* The public agenda of July 2022 as a calendar: 70 public events stand, 2 are cancelled, 2 private. */
void demo_july(Buf *ics);
