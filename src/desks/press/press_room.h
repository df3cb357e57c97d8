/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_room.h: shared by the files of this room only. */
#pragma once
#include "base/id.h"
#include "base/text.h"
#include "desks/agenda/agenda.h"
#include "desks/people/people.h"
#include "desks/press/press.h"
#include "web/html.h"

/* ---- press_content.c: the content as one canonical text, and its hash ---- */
/* Of a whole release (texts, files): {"type":"release-content",…}. */
CHECKED bool press_content(Ctx *ctx, const Release *release, const char **canonical_out, const char **hash_out);

/* ---- addresses ---- */
const char *press_public_path(Arena *a, const char *slug);  /* /comunicados/arranca-el-bacheo */
const char *press_desk_path(Arena *a, i64 id);              /* /mesa/comunicados/… */

/* ---- press_index.c ---- */
CHECKED bool press_index(Ctx *ctx, i64 id);                 /* what the search says of it now */

/* ---- press_jobs.c ---- */
CHECKED bool press_begin(Ctx *ctx);                         /* at start: releases whose minute passed */

/* ---- press_sign.c: may the actor sign for the office? As report_may_sign: a post of the signing rank, held or acted for ---- */
CHECKED bool press_may_sign(Ctx *ctx, const char **post_out);
