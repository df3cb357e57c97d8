/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_figures.h: what the report counts of pictures, and what panels on other pages show. */
#pragma once
#include "desks/photos/desk/photos_desk.h"

/* An event with pictures, and how many of them. */
typedef struct PhotographedEvent {
    i64 id, starts_at, photos, published;   /* photos: delivered */
    const char *slug, *title;
} PhotographedEvent;
extern const Shape photos_event_figure_shape;
/* Events of the public agenda that begin in the span and stand, with at least one picture delivered; by start, the youngest first. */
List photos_figure_events(Ctx *ctx, const Measure *m, i64 after_at, i64 after_id, i64 limit);
i64 photos_figure_events_count(Ctx *ctx, const Measure *m);

/* ---- views ---- */
typedef struct PhotographedShown {
    const Request *req;
    Measure measure;
    List events;            /* of PhotographedEvent */
    i64 total;
    Url next;               /* .s NULL: there is none */
} PhotographedShown;

/* How far the pictures of one event are. */
typedef struct EventPhotos {
    i64 event, all, kept, delivered, published, unreviewed, failed;
} EventPhotos;
typedef struct EventPanel {
    EventPhotos counts;
    List photos, galleries; /* of Photo, Gallery: the first ones */
    bool may_upload, may_edit;
} EventPanel;

typedef struct MonthPanel {
    const char *month;      /* 2022-07 */
    i64 delivered, published, events;
    List people;            /* of PhotographerFigure */
} MonthPanel;

typedef struct AttendPhotos {
    i64 mine, unreviewed, failed, publishing;
} AttendPhotos;

/* ---- photos_figures.c ---- */
EventPhotos photos_event_counts(Ctx *ctx, i64 event);
