/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* work.h: what vocero-pictures does with one picture, once it is jailed; the same calls are tested without a jail.
 *
 * Nothing here opens a file by its name after work_begin(): fonts, profiles and tables are loaded before the jail closes.
 * Faults are for people (FAULT_INVALID, field "file"), already in English msgids: the other side says them in the reader's
 * language. */
#pragma once
#include "media/media.h"

/* Before the jail: libvips with the allowed loaders only, one thread, no cache; what would be loaded later is loaded now. */
CHECKED bool work_begin(const char **why_out);
void work_end(void);

/* As media_inspect(). */
CHECKED bool work_inspect(Ctx *ctx, int fd, bool faces, MediaFacts *facts_out);

typedef struct WorkCopy {
    const char *variant, *type;
    i64 width, height, offset, size, crc; /* offset: where its bytes begin in out_fd */
} WorkCopy;
/* As media_make(); writes the copies one behind the other into out_fd. */
CHECKED bool work_make(Ctx *ctx, int fd, const MediaRecipe *recipe, int out_fd, List *copies_out);

/* As media_write_facts(). */
CHECKED bool work_write_facts(Ctx *ctx, int fd, const MediaFacts *facts, int out_fd, i64 *size_out);
