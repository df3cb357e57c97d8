/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_history.c: what happened to an event and to its coverages, in one row of lines. */
#include "desks/agenda/agenda_room.h"

#include <stdlib.h>

enum { OF_COVERAGE = 10, COVERAGES_MOST = 20 };

static int newest_first(const void *a, const void *b)
{
    const JournalLine *x = ((const EventLine *)a)->line, *y = ((const EventLine *)b)->line;
    return x->id < y->id ? 1 : x->id > y->id ? -1 : 0;
}

static size_t add(EventLine *to, size_t n, List lines, const Coverage *coverage)
{
    const JournalLine *line = lines.items;
    for (size_t i = 0; i < lines.count; i++)
        to[n++] = (EventLine){&line[i], coverage};
    return n;
}

List agenda_history(Ctx *ctx, const Event *e, i64 limit)
{
    size_t coverages = e->coverages.count < COVERAGES_MOST ? e->coverages.count : COVERAGES_MOST;
    EventLine *all =
        arena_array(ctx->arena, EventLine, (size_t)limit + OF_COVERAGE * coverages + 1);
    size_t n = add(all, 0, journal_of(ctx, "agenda_event", e->id, limit), NULL);
    const Coverage *c = e->coverages.items;
    for (size_t i = 0; i < coverages; i++)
        n = add(all, n, journal_of(ctx, "agenda_coverage", c[i].id, OF_COVERAGE), &c[i]);
    qsort(all, n, sizeof *all, newest_first);
    return (List){all, n < (size_t)limit ? n : (size_t)limit};
}
