/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* search_age.c: the youngest records that have words which many have, at what a page costs, however many they are.
 *
 * An index by time gives the next records, whatever their words: a window.  The index of words is read between the least and
 * the largest id among them, once, and not asked record by record, which would open it each time.  As ids are made by time,
 * what is published one after another lies together there.  A window that does not fill the page is followed by another, as
 * large as the hits of this one say.  Where a large one would be needed the words are rare, or their records old: all that have
 * them are gathered, and one window holds everything. */
#include "store/search_age.h"

/* Times the hits that are wanted; times the one before, at the most; records: measured with bench_search and bench_photos. */
enum { WINDOW_FIRST = 2, WINDOW_GROWS = 8, WINDOW_MOST = 4000 };

typedef struct Window {
    i64 records;
    i64 low, high; /* ids of the index */
    i64 at, last;  /* of its oldest record; last: as ties are ordered */
} Window;

static const Field window_fields[] = {
    FIELD_INT(Window, records), FIELD_INT(Window, low), FIELD_INT(Window, high), FIELD_INT(Window, at), FIELD_INT(Window, last),
};
static const Shape window_shape = SHAPE("search_window", Window, window_fields);

typedef struct Place {
    i64 at, id;
} Place;

/* All that is left. */
static Window everything(const SearchAgeAsk *ask)
{
    return (Window){.low = INT64_MIN, .high = INT64_MAX, .at = ask->from, .last = INT64_MIN};
}

/* The next so many records, or all that is left. */
static Window next_window(Ctx *ctx, const SearchAgeWay *way, const SearchAgeAsk *ask, Place p, i64 size)
{
    if (size > WINDOW_MOST)
        return everything(ask);
    const Window *w = way->by_kind
                          ? db_one_(ctx, way->window, &window_shape, BINDS(I(p.at), I(p.id), I(ask->from), I(size), T(ask->subject)))
                          : db_one_(ctx, way->window, &window_shape, BINDS(I(p.at), I(p.id), I(ask->from), I(size)));
    return w && w->records == size ? *w : everything(ask);
}

/* The statement takes the kind and the topic behind the rest, where it takes them. */
static List hits_in(Ctx *ctx, const SearchAgeWay *way, const SearchAgeAsk *ask, Place p, const Window *w, i64 limit)
{
    Bind binds[] = {{.kind = 0}, T(ask->match), I(p.at), I(p.id), I(w->at), I(w->last), I(w->low), I(w->high), I(limit),
                    {.kind = 0}, {.kind = 0}};
    size_t n = COUNT(binds) - 3;
    if (way->by_kind)
        binds[++n] = T(ask->subject);
    if (way->by_topic)
        binds[++n] = T(ask->topic);
    return db_list_(ctx, way->hits, &search_shape, binds, n);
}

/* Twice what would fill the page if it went on like this. */
static i64 next_size(i64 size, i64 found, i64 wanted)
{
    i64 most = size * WINDOW_GROWS, likely = found ? 2 * size * wanted / found : most;
    return likely < size ? size : likely < most ? likely : most;
}

List search_by_age(Ctx *ctx, const SearchAgeWay *way, const SearchAgeAsk *ask)
{
    SearchHit *found = arena_array(ctx->arena, SearchHit, (size_t)ask->limit);
    Place p = {ask->before_at, ask->before_id};
    i64 n = 0, size = ask->limit * WINDOW_FIRST;
    while (n < ask->limit && !faulted(ctx)) {
        Window w = next_window(ctx, way, ask, p, size);
        List hits = hits_in(ctx, way, ask, p, &w, ask->limit - n);
        if (hits.count)
            memcpy(found + n, hits.items, hits.count * sizeof *found);
        n += (i64)hits.count;
        if (!w.records)
            break;
        p = (Place){w.at, w.last};
        size = next_size(size, (i64)hits.count, ask->limit - n);
    }
    return (List){found, (size_t)n};
}
