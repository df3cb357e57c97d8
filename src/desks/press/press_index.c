/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_index.c: what the search finds of a release: citizens its youngest edition, the desk its draft besides. */
#include "desks/press/press_room.h"
#include "store/db.h"
#include "store/search.h"
#include "web/markdown.h"
#include "press_queries.h"

enum { TEXT_MAX = 512 * 1024 };

static void add(Buf *text, const char *part)
{
    if (part)
        buf_printf(text, "%s\n", part);
}

static const char *text_of(Ctx *ctx, const char *lead, const char *body, const char *topics, const char *place)
{
    Buf *text = buf_new(ctx->arena, 4096, TEXT_MAX);
    add(text, lead);
    add(text, body ? markdown_text(ctx, body) : NULL);
    add(text, topics);
    add(text, place);
    return buf_data(text);
}

/* Its present edition, when citizens may read it. */
static const PublicRelease *open_edition(Ctx *ctx, i64 id)
{
    const PublicRelease *e = db_maybe(ctx, &q_press_edition_now, &press_public_shape, I(id));
    return e && !e->withdrawn_at ? e : NULL;
}

/* Of what is public the desk finds nothing else; of what never was, everything. */
static const char *desk_text(Ctx *ctx, const Release *r, const PublicRelease *e)
{
    const char *who = arena_printf(ctx->arena, "%s\n%s\n%s", r->folio ? r->folio : "", r->author_name ? r->author_name : "",
                                   r->event_title ? r->event_title : "");
    return e ? who : arena_printf(ctx->arena, "%s%s", text_of(ctx, r->lead, r->body, r->topics, r->dateline_place), who);
}

bool press_index(Ctx *ctx, i64 id)
{
    const Release *r = press_row(ctx, id);
    if (!r)
        return false;
    if (r->state == RELEASE_DISCARDED)
        return search_remove(ctx, "press_release", id);
    const PublicRelease *e = open_edition(ctx, id);
    SearchEntry entry = {
        .subject = "press_release",
        .id = id,
        .title = e ? e->title : r->title,
        .public_text = e ? arena_printf(ctx->arena, "%s%s", text_of(ctx, e->lead, e->body, e->topics, e->dateline_place), e->folio) : NULL,
        .desk_text = desk_text(ctx, r, e),
        .public_address = press_public_path(ctx->arena, r->slug),
        .desk_address = press_desk_path(ctx->arena, id),
        .at = e ? e->published_at : r->created_at,
        .topics = e ? e->topics : NULL,
    };
    return !faulted(ctx) && search_put(ctx, &entry);
}
