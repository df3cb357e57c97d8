/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_halt.c: a gallery on its way to the public stops, and who sent it there is told why. */
#include "desks/photos/galleries/photos_galleries.h"
#include "photos_gallery_queries.h"

enum { LINES_BACK = 20 };

/* The journal knows who it was. */
static i64 publisher_of(Ctx *ctx, i64 gallery)
{
    List lines = journal_of(ctx, "photos_gallery", gallery, LINES_BACK);
    for (const JournalLine *l = lines.items, *end = l + lines.count; l < end; l++)
        if (text_same(l->verb, "publishing"))
            return l->actor;
    return 0;
}

static bool tell(Ctx *ctx, i64 gallery, const char *why)
{
    const Gallery *g = photos_gallery_row(ctx, gallery);
    NoticeChange reason = {.field = "reason", .label = N_("Reason"), .after = why, .as = "text"};
    if (!g)
        return false;
    NoticeDraft draft = {
        .subject = "photos_gallery",
        .subject_id = gallery,
        .address = photos_gallery_path(ctx->arena, gallery),
        .kind = "missed",
        .title = g->title,
        .changes = {&reason, 1},
    };
    return people_notify(ctx, publisher_of(ctx, gallery), &draft);
}

bool photos_gallery_halt(Ctx *ctx, i64 gallery, const char *why)
{
    i64 halted;
    if (!db_change(ctx, &q_photos_gallery_halt, &halted, I(gallery), I(ctx->now)) || !halted)
        return !faulted(ctx);
    return journal_detail(ctx, "photos_gallery", gallery, "halted", why) && tell(ctx, gallery, why);
}
