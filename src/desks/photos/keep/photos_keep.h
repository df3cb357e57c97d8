/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_keep.h: the desk's rules for pictures, shared by the files of this folder only. */
#pragma once
#include "desks/photos/photos_room.h"
#include "store/db.h"
#include "store/journal.h"

enum { PHOTOS_REASON_MAX = 1000, PHOTOS_PLACE_MAX = 160, PHOTOS_PEOPLE_MAX = 1000, PHOTOS_NAME_MAX = 255 };

/* ---- photos_check.c: what must hold ---- */
/* Of who may edit: a photo that the actor may see and that is still what the caller saw (version NONE: whatever it is). FAULT_STALE. */
Photo *photos_to_edit(Ctx *ctx, i64 id, i64 version);
CHECKED bool photos_check_line(Ctx *ctx, const char *field, const char *text, size_t max);
CHECKED bool photos_check_why(Ctx *ctx, const char *reason);
CHECKED bool photos_check_many(Ctx *ctx, List ids);          /* at least one, at most PHOTOS_AT_ONCE */
/* The event is there for the actor; the coverage, when there is one, is of it and of pictures. */
CHECKED bool photos_check_event(Ctx *ctx, i64 event, i64 coverage);

/* ---- photos_off.c: what has to leave the page at once ---- */
/* A sentence, or NULL: nothing stands against it as far as minors are concerned. */
const char *photos_minors_obstacle(Ctx *ctx, const Photo *photo);
/* After a change of what goes into its copies: its galleries say so, the search knows, and what may not stay public goes at once. */
CHECKED bool photos_changed(Ctx *ctx, const Photo *before);
/* Out of sight now; with gone also what other records keep, and out of its galleries at the desk. Copies that others kept from before
 * stay away for good. True also when it never was anywhere. */
CHECKED bool photos_hide(Ctx *ctx, const Photo *photo, bool gone, const char *why);
