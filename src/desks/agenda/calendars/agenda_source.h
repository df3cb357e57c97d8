/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_source.h: calendars of others that are fetched again and again.
 *
 *   due --fetch--> 304: nothing | an answer --import--> read (what it lacks is marked missing) | held (it lacks too much)
 *      ^                        | no answer: failures + 1, the next look later each time
 *      +---- next_at -----------+
 *
 * Each look is a job that carries the instant next_at; a job with another instant is an old one and does nothing, so
 * that "look now" and a changed interval never leave two chains of jobs. */
#pragma once
#include "desks/agenda/agenda.h"
#include "store/worker.h"

enum { SOURCE_NAME_MAX = 80, SOURCE_URL_MAX = 1000, SOURCE_MINUTES_LEAST = 5, SOURCE_MINUTES_MOST = 10080 };
enum { SOURCE_TELLS_AT = 3 /* failures in a row */ };

typedef struct Source {
    i64 id, calendar, calendar_color, minutes;
    i64 fetched_at, changed_at, next_at; /* 0: never yet; not planned */
    i64 failures;                        /* in a row */
    i64 events, created, changed, cancelled, unchanged, refused; /* of the last answer that was read */
    i64 held_missing, held_known;        /* the last answer is held back: so many of so many would be missing */
    i64 allowed, missing, version;
    const char *name, *url, *calendar_name, *etag, *last_modified;
    const char *error;  /* of the last look; NULL: it went well */
    const char *report; /* JSON of lines */
    List lines;         /* of ImportLine, where one source is shown */
    bool active;
} Source;
extern const Shape agenda_source_shape;

typedef struct SourceDraft {
    const char *name, *url;
    i64 calendar, minutes;
    bool active;
} SourceDraft;

List agenda_sources(Ctx *ctx, i64 after, i64 limit); /* of Source */
const Source *agenda_source(Ctx *ctx, i64 id);
/* webcal: is https:; a wrong address is FAULT_INVALID on url. */
CHECKED bool agenda_source_create(Ctx *ctx, const SourceDraft *draft, i64 *id_out);
CHECKED bool agenda_source_change(Ctx *ctx, i64 id, i64 version, const SourceDraft *draft);
/* Its events stay and are the desk's own from then on. */
CHECKED bool agenda_source_remove(Ctx *ctx, i64 id, i64 version);
CHECKED bool agenda_source_look(Ctx *ctx, i64 id); /* now, not when it is due */
/* What is held back is right: so many events may be missing. Fetches again. */
CHECKED bool agenda_source_allow(Ctx *ctx, i64 id);

/* ---- what a source lacks ---- */
List agenda_source_missing(Ctx *ctx, i64 source, i64 after, i64 limit); /* of Event; whom the actor may not see is not there */
/* It takes place: from now on it is the desk's own. */
CHECKED bool agenda_missing_keep(Ctx *ctx, i64 event);
/* It does not: cancelled, with the reason that citizens read. */
CHECKED bool agenda_missing_cancel(Ctx *ctx, i64 event, const char *reason);

/* The job of the next look; next_at is the caller's. */
CHECKED bool agenda_source_plan(Ctx *ctx, i64 id, i64 due);

/* ---- the job (agenda_source_fetch.c) ---- */
bool agenda_source_prepare(Ctx *ctx, const Job *job, void **prepared_out);
bool agenda_source_apply(Ctx *ctx, const Job *job, void *prepared);
