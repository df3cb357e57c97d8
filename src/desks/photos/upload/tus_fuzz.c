/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* tus_fuzz.c: any bytes as the headers of tus: a sentence that says no, or what can be trusted. Lines: number, metadata, checksum. */
#include "desks/photos/upload/photos_upload.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds)
        abort();
}

/* Refused with a sentence, and with a kind that is the sender's fault. */
static void refused(Ctx *ctx)
{
    Fault f = fault_take(ctx);
    must((f.kind == FAULT_MALFORMED || f.kind == FAULT_INVALID) && f.what && *f.what);
}

static void number(Ctx *ctx, const char *text)
{
    i64 n = -1;
    if (!photos_upload_number(ctx, "Upload-Offset", text, &n))
        refused(ctx);
    else
        must(n >= 0 && strspn(text, "0123456789") == strlen(text));
}

static void metadata(Ctx *ctx, const char *text)
{
    UploadWish wish = {0};
    if (!photos_upload_metadata(ctx, text, &wish)) {
        refused(ctx);
        return;
    }
    must(wish.event > 0 && !text_blank(wish.filename) && text_valid(wish.filename, strlen(wish.filename)));
    must(!strpbrk(wish.filename, "/\\\n\r") && !text_has_control(wish.filename) && text_graphemes(wish.filename) <= UPLOAD_NAME_MAX);
}

static void checksum(Ctx *ctx, const char *text)
{
    UploadSum sum = {0};
    if (!photos_upload_checksum(ctx, text, &sum)) {
        refused(ctx);
        return;
    }
    must(sum.digest.size == (sum.kind == HASH_SHA1 ? 20 : 32));
    const char *sent = strchr(text, ' ') + 1;
    must(text_same(base64_text(ctx->arena, sum.digest), sent)); /* there is one way to write it */
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Ctx ctx = {.arena = arena_new(0), .actor = &actor_nobody};
    char *line = arena_copy(ctx.arena, (const char *)data, size);
    static void (*const readers[])(Ctx *, const char *) = {number, metadata, checksum};
    for (size_t i = 0; i < COUNT(readers) && line; i++) {
        char *end = strchr(line, '\n');
        if (end)
            *end++ = '\0';
        readers[i](&ctx, line);
        line = end;
    }
    arena_free(ctx.arena);
    return 0;
}
