/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_index.c: what the search may say of an event, and to whom. */
#include "desks/agenda/agenda_room.h"
#include "store/search.h"

static const char *joined(Arena *a, const char *first, const char *second, const char *third,
                          const char *fourth)
{
    const char *parts[] = {first, second, third, fourth};
    Buf *out = buf_new(a, 256, 256 * 1024);
    for (size_t i = 0; i < COUNT(parts); i++) {
        if (parts[i])
            buf_printf(out, "%s%s", buf_size(out) ? "\n" : "", parts[i]);
    }
    return buf_data(out);
}

bool agenda_index_entry(Ctx *ctx, const IndexEntry *e)
{
    if (e->visibility == VISIBLE_PRIVATE || e->visibility == VISIBLE_CONFIDENTIAL)
        return search_remove(ctx, "agenda_event", e->id);
    bool is_public = e->visibility == VISIBLE_PUBLIC;
    const char *open =
        joined(ctx->arena, e->description, e->place_name, e->place_address, e->topics);
    SearchEntry entry = {
        .subject = "agenda_event",
        .id = e->id,
        .title = e->title,
        .public_text = is_public ? open : NULL,
        .desk_text =
            is_public ? e->internal_note : joined(ctx->arena, open, e->internal_note, NULL, NULL),
        .public_address = is_public ? agenda_public_path(ctx->arena, e->slug) : NULL,
        .desk_address = agenda_desk_path(ctx->arena, e->id),
        .at = e->starts_at,
        .topics = is_public ? e->topics : NULL,
    };
    return search_put(ctx, &entry);
}
