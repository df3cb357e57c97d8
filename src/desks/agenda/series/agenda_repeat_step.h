/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_repeat_step.h: one change of a series and of its events, worked out before anything is written. */
#pragma once
#include "desks/agenda/series/agenda_repeat.h"

/* Which columns of an event change: the bits of agenda_repeat_follow. */
enum {
    REPEAT_TITLE = 1,
    REPEAT_DESCRIPTION = 2,
    REPEAT_TOPICS = 4,
    REPEAT_NOTE = 8,
    REPEAT_PLACE = 16,
    REPEAT_VISIBILITY = 32,
    REPEAT_CALENDAR = 64,
    REPEAT_AREA = 128,
    REPEAT_HEADED = 256,
    REPEAT_ATTENDEES = 512,
    REPEAT_ACCREDITATION = 1024,
    REPEAT_STATUS = 2048,
    REPEAT_TBC = 4096,
    REPEAT_TIMES = 8192,
    REPEAT_BEFORE = 16384, /* where it stood is kept */
    REPEAT_REASON = 32768,
    REPEAT_ATTENDANCE = 65536,
    REPEAT_ACCREDITED = 131072,
    REPEAT_FACE = 8191 | REPEAT_TIMES, /* all that a series says of an occurrence */
    REPEAT_INSIDE = REPEAT_NOTE | REPEAT_ATTENDEES | REPEAT_ATTENDANCE, /* nothing that is published */
    REPEAT_ALONE = REPEAT_ATTENDANCE | REPEAT_ACCREDITED,               /* of one event, never of a series */
};

/* An occurrence as a step sees it. */
typedef struct RepeatRow {
    i64 id, recurrence_at, starts_at, ends_at, version, sequence;
    const char *slug, *source_hash;
    EventStatus status;
    Visibility visibility;
    bool apart;
} RepeatRow;
List agenda_repeat_rows(Ctx *ctx, i64 series, i64 from); /* of RepeatRow */
const SeriesRow *agenda_series_find(Ctx *ctx, i64 id);
CHECKED
bool agenda_series_insert(Ctx *ctx, const SeriesRow *s);
CHECKED
bool agenda_series_update(Ctx *ctx, const SeriesRow *s); /* s->version is the one that was read */

typedef struct RepeatStep {
    const Event *anchor;     /* what the person has open */
    const SeriesRow *before; /* its series as it was */
    const Series *rule;      /* of before */
    SeriesRow after;         /* what the events from `from` on belong to: a new one when split */
    SeriesRow closed;        /* when split: what is left of before */
    bool split;
    const Series *rule_after;
    Occurrences found;       /* when moved or ruled: what the rule gives afterwards */
    i64 from;                /* the first occurrence that is meant, as it was */
    Shift shift;
    bool moved;              /* instants change: by shift, length, zone, whole days */
    bool ruled;              /* another rule */
    int mask;                /* what the events take from after */
    When anchor_when;        /* for an anchor that stands apart */
    i64 attendance, accreditation_until; /* of the anchor alone */
    bool to_another_day;     /* public events that are confirmed are rescheduled then, with the reason */
    bool rescheduled;        /* all of them are */
    const char *reason;
    const char *verb;        /* of the journal */
    RepeatDone done;
} RepeatStep;

/* ---- agenda_repeat_step.c ---- */
/* Reads the anchor's series and sets from; refuses what cannot be changed. Scope is following or all. */
CHECKED
bool agenda_repeat_open(Ctx *ctx, i64 id, i64 version, AgendaScope scope, RepeatStep *step);
/* after is the series that goes on, divided or not; afterwards its rule and face may be changed. */
CHECKED
bool agenda_repeat_divide(Ctx *ctx, RepeatStep *step);
/* Moves after's start, rule, exceptions and additions by step->shift. */
CHECKED
bool agenda_repeat_shift(Ctx *ctx, RepeatStep *step);
/* Writes series and events. */
CHECKED
bool agenda_repeat_write(Ctx *ctx, RepeatStep *step);

/* ---- agenda_repeat_rows.c ---- */
/* Each event of the step: it follows, stays, or is cancelled; those that the new rule gives besides are made. */
CHECKED
bool agenda_repeat_rows_follow(Ctx *ctx, RepeatStep *step);
