/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* demo.h: the invented city while it is being made: who works there, what is where, and the dice.
 *
 * Everything goes through the rooms' own doors, as the person who would do it and at the time when it would be done. The
 * same seed and day give the same city. The names are invented. */
#pragma once
#include "app/demo_text.h"
#include "desks/agenda/agenda.h"
#include "media/media.h"
#include "store/seal.h"
#include "store/vault.h"

enum { DEMO_CALENDARS = 4, DEMO_SHOOTINGS = 12, DEMO_FRAMES = 3 };

/* A drawn scene, kept in the vault as a PNG. */
typedef struct DemoScene {
    const char *sha256, *filename;
    i64 size;
} DemoScene;

/* An event whose photographer handed pictures in: two frames of a burst, and another view. */
typedef struct DemoShooting {
    i64 event, photos[DEMO_FRAMES];
    bool reviewed;    /* somebody looked whether minors appear */
} DemoShooting;

typedef struct Demo {
    Ctx *ctx;
    Vault *vault;
    Media *media;
    const SealKey *key;
    u64 seed, dice;
    Actor staff[DEMO_STAFF];      /* in the order of demo_staff */
    i64 calendars[DEMO_CALENDARS];
    size_t turn;                  /* whose turn it is in the field */
    u64 pictures;                 /* drawn so far */
    DemoScene scenes[5];          /* of covers, drawn when they are needed */
    size_t covers;                /* given so far */
    bool with_photos;             /* photographers hand pictures in, instead of one file as evidence */
    DemoShooting shootings[DEMO_SHOOTINGS];
    size_t shooting_count;
} Demo;

/* ---- demo_city.c: people, calendars, places ---- */
CHECKED bool demo_city(Demo *demo, const char *password_hash);
i64 demo_calendar_of(const Demo *demo, const char *topics);

/* ---- demo_hands.c: what all parts use ---- */
void demo_as(Demo *demo, size_t staff, i64 now);             /* who acts from here on, and when */
void demo_as_office(Demo *demo, i64 now);                    /* the system */
int demo_throw(Demo *demo, int least, int most);
CHECKED bool demo_draw(Demo *demo, DemoScene *scene_out);

/* ---- demo_work.c: what several parts do ---- */
size_t demo_next_in_field(Demo *demo);
/* Assigned, accepted, delivered with a picture and a link, approved; each at its time. kind: -1 by turns. */
CHECKED bool demo_cover(Demo *demo, const Event *e, int kind);
CHECKED bool demo_read_notices(Demo *demo); /* everybody has read what they were told so far */
CHECKED bool demo_assign(Demo *demo, i64 event, CoverageKind kind, size_t staff, i64 due_at, i64 *id_out);

/* ---- demo_photos.c: pictures, galleries ---- */
/* Taken, uploaded, looked at, described, chosen, handed in with the coverage, by who acts now. */
CHECKED bool demo_photograph(Demo *demo, const Event *e, i64 coverage);
CHECKED bool demo_galleries(Demo *demo, i64 now); /* two that citizens see */

/* ---- demo_press.c: releases ---- */
CHECKED bool demo_press_july(Demo *demo, Span month);
CHECKED bool demo_press_present(Demo *demo, i64 now);

/* ---- demo_media.c: newspapers and stations ---- */
CHECKED bool demo_media(Demo *demo, i64 now);
CHECKED bool demo_pickups(Demo *demo, Span span); /* of what was published in it */
CHECKED bool demo_accreditation(Demo *demo, i64 now);

CHECKED bool demo_july(Demo *demo);    /* demo_july.c: the month, its goals and its signed report */
CHECKED bool demo_present_days(Demo *demo, i64 now); /* demo_present.c: the days around now */
