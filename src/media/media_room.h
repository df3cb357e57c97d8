/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* media_room.h: shared by the files of this floor only. */
#pragma once
#include "media/media.h"
#include "media/media_pool.h"
#include "media/media_wire.h"

enum { LOOK_SIDE = 32 }; /* of the square that a look is made of */

/* ---- media_head.c ---- */
typedef struct PictureHead {
    const char *type;    /* image/jpeg, image/png, image/webp, image/heif, image/avif; static */
    i64 width, height;   /* as they are stored: not upright yet */
} PictureHead;
/* Of a whole file, or as much of its beginning as there is. False: no picture of a type that is known, or its size is not there. */
bool media_head(Bytes bytes, PictureHead *head_out);

/* ---- media_hash.c ---- */
/* Of LOOK_SIDE x LOOK_SIDE pixels: the signs of its lowest frequencies against their median. */
u64 media_hash(const unsigned char *rgb);

/* ---- media_answer.c: what vocero-pictures said is believed only as far as it can be seen ---- */
CHECKED bool media_facts_sound(Ctx *ctx, const PictureHead *head, const MediaFacts *said, MediaFacts *facts_out);
/* Into the vault, from the file that it wrote; as many as wishes, each of the type that was wished and its bytes as said. */
CHECKED bool media_keep_copies(Ctx *ctx, Vault *vault, int out_fd, const MediaRecipe *recipe, List said, List *copies_out);
CHECKED bool media_keep_jpeg(Ctx *ctx, Vault *vault, int out_fd, i64 said, const char **sha256_out, i64 *size_out);

/* ---- media.c: for tests ---- */
Pool *media_pool(Media *m);
