/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_suggest.c: what a form suggests: words that are in use. */
#include "desks/agenda/agenda_room.h"
#include "store/db.h"
#include "agenda_event_queries.h"

#include <stdlib.h>

enum { TOPICS_MOST = 300 };
#define TOPICS_BACK (730 * CLOCK_DAY)

static const Field named_fields[] = {FIELD_TEXT(Named, name)};
const Shape agenda_named_shape = SHAPE("name", Named, named_fields);

static int by_name(const void *a, const void *b)
{
    return strcmp(((const Named *)a)->name, ((const Named *)b)->name);
}

static bool has(const Named *list, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (text_same(list[i].name, name))
            return true;
    return false;
}

List agenda_topics_used(Ctx *ctx)
{
    List rows = db_list(ctx, &q_agenda_topics_used, &agenda_named_shape, I(ctx->now - TOPICS_BACK));
    Named *topics = arena_array(ctx->arena, Named, TOPICS_MOST + 1);
    size_t n = 0;
    for (const Named *row = rows.items, *end = row + rows.count; row < end; row++) {
        List lines = text_split(ctx->arena, row->name, '\n');
        for (size_t i = 0; i < lines.count && n < TOPICS_MOST; i++) {
            const char *topic = ((const char *const *)lines.items)[i];
            if (!has(topics, n, topic))
                topics[n++] = (Named){topic};
        }
    }
    qsort(topics, n, sizeof *topics, by_name);
    return (List){topics, n};
}
