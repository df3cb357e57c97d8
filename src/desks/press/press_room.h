/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_room.h: shared by the files of this room only. */
#pragma once
#include "base/id.h"
#include "base/text.h"
#include "desks/agenda/agenda.h"
#include "desks/people/people.h"
#include "desks/press/press.h"
#include "web/html.h"

/* ---- press_store.c ---- */
/* The whole record but for body_html, whoever asks: for rules. FAULT_NOT_FOUND. */
Release *press_row(Ctx *ctx, i64 id);
void press_render(Ctx *ctx, Release *release);              /* fills body_html, of its texts too */
const ReleaseFile *press_cover_of(const Release *release);  /* NULL: none */
const PressTopic *press_topic_of(Ctx *ctx, const char *word); /* as it is written in a release; NULL without a fault: just a word */

/* ---- press_content.c: the content as one canonical text, and its hash ---- */
/* Of a whole release (texts, files): {"type":"release-content",…}. */
CHECKED bool press_content(Ctx *ctx, const Release *release, const char **canonical_out, const char **hash_out);
const char *press_canonical(Ctx *ctx, Buf *json);           /* RFC 8785; FAULT_TOO_LARGE */
void press_write_texts(JsonOut *j, const char *key, List texts); /* a JSON list of {tongue, title, lead, body} */
List press_read_texts(Ctx *ctx, const Json *list);          /* and back: of ReleaseText */

/* ---- addresses ---- */
const char *press_public_path(Arena *a, const char *slug);  /* /comunicados/arranca-el-bacheo */
const char *press_desk_path(Arena *a, i64 id);              /* /mesa/comunicados/… */
const char *press_file_path(Arena *a, i64 file);            /* /mesa/comunicados/archivos/…: for the desk */

/* ---- flow/ ---- */
/* The next edition of a release as it is in the database: numbered, sealed, counted, found. published_at and folio stay where they
 * are there already (an import). key NULL: without a seal. No right, no state is asked, no journal written. */
CHECKED bool press_put_out(Ctx *ctx, Release *release, const char *note, const SealKey *key);
const char *press_slug_free(Ctx *ctx, const char *title);   /* an address that no release has or had */
bool press_hour_is_twice(const char *time_zone, const char *wall); /* on that day the clocks go back over it: the first one was taken */

/* ---- press_index.c ---- */
CHECKED bool press_index(Ctx *ctx, i64 id);                 /* what the search says of it now */

/* ---- press_sign.c: may the actor sign for the office? A post of the signing rank, held or acted for ---- */
CHECKED bool press_may_sign(Ctx *ctx, const char **post_out);
/* The post by which the actor signs; NULL without a fault: none. needed_out: somebody holds such a post, so that one is needed. */
const char *press_signing_post(Ctx *ctx, bool *needed_out);

/* ---- public/press_hub.c ---- */
/* After something public changed, in its transaction: the city's hub is told of its feeds, if there is a hub. */
CHECKED bool press_announce(Ctx *ctx, i64 release);
