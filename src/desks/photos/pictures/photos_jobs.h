/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_jobs.h: what happens to pictures later, shared by the files of this folder only. */
#pragma once
#include "desks/photos/photos_pages.h"
#include "desks/photos/pictures/photos_pictures.h"

CHECKED bool photos_look_prepare(Ctx *ctx, const Job *job, void **prepared_out);
CHECKED bool photos_look_apply(Ctx *ctx, const Job *job, void *prepared);
CHECKED bool photos_cannot_be_read(Ctx *ctx, const Photo *photo, const char *trouble); /* whoever handed it in is told */
CHECKED bool photos_public_prepare(Ctx *ctx, const Job *job, void **prepared_out);
CHECKED bool photos_public_apply(Ctx *ctx, const Job *job, void *prepared);
CHECKED bool photos_round_apply(Ctx *ctx, const Job *job, void *prepared);
