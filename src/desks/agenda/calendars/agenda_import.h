/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_import.h: what the parts of an import share: the file's events in their order, and where they come from.
 *
 *   agenda_import.c         the file as a whole: reading, series, what is written
 *   agenda_import_row.c     one event or occurrence against what is here
 *   agenda_import_series.c  the row of a series
 *   agenda_import_source.c  of a calendar that is fetched again and again: what it lacks, and what is not its own */
#pragma once
#include "desks/agenda/calendars/agenda_ics.h"

enum { IMPORT_LINES_MAX = 1000 };

/* An event of the file with what its rule gives. */
typedef struct Item {
    IcsEvent event;
    bool repeats;
    const char *passed; /* why it is not taken, though nothing is wrong with it */
    Occurrences found;
    i64 expanded_to;
} Item;

typedef struct Import {
    Ctx *ctx;
    bool skip_bad;
    Item *items;
    Item **sorted; /* by UID, then as in the file */
    size_t count;
    i64 rules_spent;
    ImportResult result;
    ImportFrom from;     /* of a source; all 0: a file */
    ImportFate fate;
    List missing, back;  /* of EventKey: what the source lacks now; what it has again */
    ImportLine *lines;
    size_t line_count;
} Import;

/* ---- agenda_import_row.c ---- */
const char *agenda_import_foreign_said(Ctx *ctx);

/* ---- agenda_import_source.c ---- */
/* Does the rule of the file give an occurrence at this instant? */
bool agenda_import_in_rule(const Item *item, i64 at);
/* Is what stands here, and came from there, none of this source's business? Never for a file. */
bool agenda_import_is_foreign(const Import *im, i64 source);
/* For the report: that of a source is kept, so it names nothing private; hidden: what stands here is. */
const char *agenda_import_title(const Import *im, const IcsEvent *e, bool hidden);
CHECKED
bool agenda_import_mark_series(const Import *im, i64 series);
/* What the answer lacks of the source's coming events; more than half of them holds the answer back. */
CHECKED
bool agenda_import_missing(Import *im);
CHECKED
bool agenda_import_mark_missing(Import *im);
