/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* wxr_fuzz.c: any bytes as another site's file: posts with bounded texts, or a sentence that says no. */
#include "desks/press/import/press_import.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool take(Ctx *ctx, UNUSED void *to, const WpPost *post)
{
    const char *texts[] = {post->type, post->status, post->title, post->slug, post->link, post->date_gmt, post->excerpt, post->content,
                           post->categories, post->category_slugs, post->tags, post->file_url, post->file_alt};
    for (size_t i = 0; i < COUNT(texts); i++)
        if (texts[i] && !text_valid(texts[i], strlen(texts[i])))
            abort();
    if (post->id < 0 || post->line < 1)
        abort();
    WordpressReport report = {0};
    WordpressAsk ask = {.dry_run = true};
    Import im = {.ctx = ctx, .ask = &ask, .report = &report, .kept = ctx->arena, .base = "https://e.example"};
    im.lines = arena_array(ctx->arena, WordpressLine, IMPORT_LINES_MAX);
    press_attachments_add(&im, post);
    ImportItem item;
    if (!press_import_post(&im, post, &item))
        fault_take(ctx);
    else if (!text_valid(item.body, strlen(item.body)) || text_blank(item.title) || strstr(item.title, "\n"))
        abort();
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const City city = {.name = "San Luis Potosí", .base_url = "https://vocero.example"};
    Arena *arena CLEANUP(arena_drop) = arena_new(256 * 1024 * 1024);
    Ctx ctx = {.arena = arena, .actor = &actor_system, .city = &city, .now = (i64)1660000000 * CLOCK_SECOND};
    FILE *file = fmemopen((void *)data, size ? size : 1, "rb");
    const char *base = NULL;
    if (!file)
        return 0;
    if (!press_wxr_read(&ctx, file, &base, take, NULL) && ctx.fault.kind != FAULT_MALFORMED && ctx.fault.kind != FAULT_TOO_LARGE &&
        ctx.fault.kind != FAULT_BUSY)
        abort();
    fclose(file);
    return 0;
}
