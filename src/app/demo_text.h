/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* demo_text.h: the words of the invented city: people, places, events. */
#pragma once
#include "base/buf.h"
#include "desks/people/people.h"

/* Who stands where in demo_staff. */
enum { DEMO_DIRECTOR, DEMO_COORDINATOR, DEMO_EDITOR, DEMO_FIRST_IN_FIELD, DEMO_LAST_IN_FIELD = 6, DEMO_LIAISON, DEMO_STAFF };
enum { DEMO_PRESENT = 12 };

typedef struct DemoPerson {
    const char *mail, *name;
    Role role;
    i64 level;         /* of the area */
    const char *area;  /* its slug; NULL: the first of the level */
    bool heads;        /* holds the post of that area */
} DemoPerson;
extern const DemoPerson demo_staff[DEMO_STAFF];

typedef struct DemoPlace {
    const char *name, *address, *neighbourhood;
    double lat, lon;
    bool in_july; /* the calendar of July brings it */
} DemoPlace;

typedef struct DemoEvent {
    const char *title, *description, *topic;
    int minutes;
    const DemoPlace *place;
} DemoEvent;
extern const DemoEvent demo_present[DEMO_PRESENT];
extern const char *const demo_reasons[2];

/* The agenda of July 2022 as a calendar file (demo_july.ics): 70 public events stand, 2 are cancelled, 2 are not public. */
extern const char demo_july_begin[], demo_july_end[];

/* What the office writes (demo_releases.txt); its form is said in demo_press.c. Ends with a NUL. */
extern const char demo_releases[];
