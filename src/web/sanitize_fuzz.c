/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* sanitize_fuzz.c: any bytes at sanitize(): what comes out is on the list, and stays as it is the second time. */
#include "web/sanitize_fuzz_check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *same(UNUSED Ctx *ctx, const char *src, UNUSED void *data)
{
    return src;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena *arena CLEANUP(arena_drop) = arena_new(256 * 1024 * 1024);
    Ctx ctx = {.arena = arena, .actor = &actor_nobody};
    const SanitizeRules rules = {.images = true, .image_url = same, .anchors = true};
    Sanitized clean;
    if (!sanitize(&ctx, (const char *)data, size, &rules, &clean)) {
        if (ctx.fault.kind != FAULT_TOO_LARGE)
            abort();
        return 0;
    }
    if (!check_allowed(clean.html.s) || !check_settled(&ctx, clean.html.s, &rules))
        abort();
    return 0;
}
