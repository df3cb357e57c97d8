/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* markdown_fuzz.c: any text as Markdown: allowed HTML comes out, no more than its size explains. */
#include "web/markdown.h"

#include "base/text.h"
#include "web/sanitize_fuzz_check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena *arena CLEANUP(arena_drop) = arena_new(256 * 1024 * 1024);
    Ctx ctx = {.arena = arena, .actor = &actor_nobody};
    const SanitizeRules rules = {.anchors = true};
    const char *text = arena_copy(arena, (const char *)data, size);
    Sanitized clean;
    if (!markdown_html(&ctx, text, &rules, &clean)) {
        if (ctx.fault.kind != FAULT_TOO_LARGE)
            abort();
        return 0;
    }
    if (!check_allowed(clean.html.s) || !check_settled(&ctx, clean.html.s, &rules))
        abort();
    return 0;
}
