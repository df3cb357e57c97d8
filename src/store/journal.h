/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* journal.h: who changed what, when; one line for every change, chained by hashes.
 *
 * hash = SHA-256 over the previous line's hash and the canonical text of this one, so that a line
 * cannot be altered or taken out without every later hash being wrong; vocero check walks the chain. */
#pragma once
#include "store/db.h"

typedef struct JournalLine {
    i64 id;              /* grows; also the event id of the desk's stream */
    i64 at;
    i64 actor;           /* 0: the system, or nobody */
    const char *actor_name;
    const char *subject; /* "agenda_event" */
    i64 subject_id;
    const char *verb;    /* "created", "approved" */
    const char *detail;  /* a short text for people, or NULL; no personal data */
    const char *hash;
} JournalLine;
extern const Shape journal_shape;

/* Writes the line of a change, in the change's own transaction. */
CHECKED bool journal(Ctx *ctx, const char *subject, i64 id, const char *verb);
CHECKED bool journal_detail(Ctx *ctx, const char *subject, i64 id, const char *verb, const char *detail);

/* What the desk's stream tells of a line: {"subject","id","verb","by"}; no detail. */
const char *journal_news(Arena *a, const JournalLine *line);

i64 journal_last(Ctx *ctx); /* 0 when empty */
List journal_after(Ctx *ctx, i64 after, i64 limit);                            /* oldest first */
List journal_recent(Ctx *ctx, i64 before, i64 limit);                          /* newest first; before 0: from the end */
List journal_of(Ctx *ctx, const char *subject, i64 id, i64 limit);             /* one record's life, newest first */
/* Where the chain ends: how many lines, and the last hash. Noted elsewhere, it proves that all before it still stand. */
CHECKED bool journal_seal(Ctx *ctx, i64 *lines_out, const char **hash_out);
/* Walks the whole chain in laps; false with broken_out = the first wrong line's id (0: the count or the end is wrong). */
bool journal_verify(Ctx *ctx, i64 *lines_out, i64 *broken_out);
