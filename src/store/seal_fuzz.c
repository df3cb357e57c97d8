/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* seal_fuzz.c: any bytes as a code that somebody types, and as JSON made canonical: read again it is the same. */
#include "base/text.h"
#include "store/seal.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds)
        abort();
}

static void type(const char *typed)
{
    char code[SEAL_CODE + 1] = "", again[SEAL_CODE + 1];
    if (!seal_code_read(typed, code))
        return;
    must(strlen(code) == SEAL_CODE && text_starts(code, "VOC-"));
    must(seal_code_read(code, again) && !strcmp(code, again));
}

static Buf *canonical(Ctx *ctx, const char *bytes, size_t n)
{
    const Json *value = json_read(ctx, bytes, n);
    Buf *out = buf_new(ctx->arena, n + 64, SEAL_CANONICAL_MAX);
    if (!value || !seal_canonical(ctx, value, out) || buf_over(out)) {
        fault_take(ctx);
        return NULL;
    }
    return out;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena *arena CLEANUP(arena_drop)
    = arena_new(0);
    Ctx ctx = {.arena = arena, .actor = &actor_nobody};
    const char *bytes = (const char *)data;
    if (text_valid(bytes, size))
        type(arena_copy(arena, bytes, size));
    Buf *once = canonical(&ctx, bytes, size);
    if (!once)
        return 0;
    Buf *twice = canonical(&ctx, buf_data(once), buf_size(once));
    must(twice && buf_size(once) == buf_size(twice) && !memcmp(buf_data(once), buf_data(twice), buf_size(once)));
    return 0;
}
