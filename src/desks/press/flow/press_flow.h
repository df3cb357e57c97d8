/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_flow.h: the way of a release, shared by the files of this folder only. */
#pragma once
#include "desks/press/press_room.h"
#include "store/db.h"
#include "store/journal.h"

enum { PRESS_REASON_MAX = 1000, PRESS_COMMENT_MAX = 2000, PRESS_QUOTE_MAX = 500, PRESS_TOPIC_MAX = 60 };
#define PRESS_AUTOSAVE (10 * CLOCK_MINUTE) /* autosaves of one person within it are one version */
#define STATE_BIT(state) (1u << (state))
#define BEFORE_PUBLICATION                                                                                    \
    (STATE_BIT(RELEASE_DRAFT) | STATE_BIT(RELEASE_IN_REVIEW) | STATE_BIT(RELEASE_APPROVED) | STATE_BIT(RELEASE_SCHEDULED) | \
     STATE_BIT(RELEASE_EMBARGOED))
#define PUBLIC_NOW (STATE_BIT(RELEASE_PUBLISHED) | STATE_BIT(RELEASE_CORRECTED))

/* ---- press_check.c: what must hold ---- */
/* The release when it is in one of the states and still what the caller saw (version NONE: whatever it is). FAULT_STALE, FAULT_CONFLICT. */
Release *press_in(Ctx *ctx, i64 id, i64 version, unsigned states);
CHECKED bool press_check_draft(Ctx *ctx, const Release *release); /* lengths, characters, topics, languages, day, contact */
/* event, area: those it had before stay even when they are gone. */
CHECKED bool press_check_links(Ctx *ctx, const Release *release, const Release *before);
CHECKED bool press_may_correct(Ctx *ctx); /* who may publish, and (four eyes) approve */
CHECKED bool press_check_reason(Ctx *ctx, const char *field, const char *reason); /* needed, not too long */

/* ---- press_slug.c ---- */
bool press_slug_is_of(Ctx *ctx, const char *slug, const char *title); /* was it made of that title? */

/* ---- press_keep.c: how content is written ---- */
CHECKED bool press_keep_new(Ctx *ctx, Release *release, VersionKind kind); /* fills hash */
/* The content of after in place of before's. What was approved goes back to draft. Nothing is written where nothing changed. */
CHECKED bool press_keep_change(Ctx *ctx, const Release *before, Release *after, VersionKind kind);
/* After its files changed in the database: hash, state and version follow. */
CHECKED bool press_keep_files(Ctx *ctx, const Release *before);
CHECKED bool press_keep_version(Ctx *ctx, const Release *release, VersionKind kind, const char *note);
/* press_draft.c: other words for what is public, tidied and checked, without an edition yet. */
CHECKED bool press_rewrite(Ctx *ctx, const Release *before, const ReleaseDraft *draft);

/* ---- press_file.c ---- */
const ReleaseFile *press_file_in(List files, i64 id); /* NULL: none */
/* called: as in FileCorrection, or NULL. */
CHECKED bool press_check_file_words(Ctx *ctx, const char *called, const char *alt, const char *caption, const char *credit);

/* ---- press_correct_files.c: what a correction says of the files, before its text ---- */
CHECKED bool press_correct_files(Ctx *ctx, const Release *before, const ReleaseDraft *draft);

/* ---- press_way.c ---- */
CHECKED bool press_plan_job(Ctx *ctx, i64 id, i64 publish_at); /* the job of that minute is there */

/* ---- press_when.c ---- */
typedef struct Minute { /* a moment that somebody planned */
    i64 at;           /* 0: not said */
    const char *wall; /* in the zone */
    bool twice;       /* that hour is there twice on that day; the first one was taken */
} Minute;
CHECKED bool press_minute(Ctx *ctx, const Zone *zone, const char *field, Wall wall, i64 instant, Minute *minute_out);

/* ---- press_silence.c ---- */
const char *press_silence_said(Ctx *ctx, const Silence *silence); /* why it cannot go out */
CHECKED bool press_may_speak(Ctx *ctx, const Release *release, i64 at); /* FAULT_CONFLICT in silence */

/* ---- press_obstacles.c ---- */
CHECKED bool press_ready_to_send(Ctx *ctx, const Release *release);
CHECKED bool press_ready_to_publish(Ctx *ctx, const Release *release, i64 at);
/* Two approvals of this content where it is sensitive, one of them of signing rank. */
bool press_approved_enough(Ctx *ctx, const Release *release);

/* ---- press_edition.c, press_seal.c, press_tally.c: what citizens get ---- */
CHECKED bool press_take_down(Ctx *ctx, const Release *release, const char *reason);
CHECKED bool press_seal_edition(Ctx *ctx, Release *release, const char *note, const SealKey *key); /* fills code, sha256, signature */
CHECKED bool press_seals_withdraw(Ctx *ctx, const Release *release);
CHECKED bool press_tally_add(Ctx *ctx, const Release *release, bool is_new);  /* is_new: not a correction */
CHECKED bool press_tally_take(Ctx *ctx, const Release *release, bool for_good);

/* ---- press_deliver.c: a coverage that asked for this release is handed in ---- */
CHECKED bool press_deliver(Ctx *ctx, const Release *release);

/* ---- press_publish.c: what the job and a person do alike ---- */
CHECKED bool press_go_out(Ctx *ctx, Release *release, const SealKey *key);

/* ---- press_tell.c: who is told ---- */
CHECKED bool press_tell(Ctx *ctx, const Release *release, i64 person, const char *kind, const char *reason);
CHECKED bool press_tell_all(Ctx *ctx, const Release *release, RightName right, const char *kind, const char *reason);
CHECKED bool press_tell_makers(Ctx *ctx, const Release *release, const char *kind, const char *reason); /* author and approvers */
