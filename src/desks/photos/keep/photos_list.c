/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_list.c: lists of pictures, the youngest first, each along an index: a hundred thousand cost what a hundred do. */
#include "desks/photos/photos_room.h"
#include "desks/photos/photos_pages.h"
#include "store/db.h"
#include "store/search.h"
#include "photos_queries.h"

enum { BATCH = 200, LOOKS = 25 }; /* of words: so many hits at once, so many times, before a page is left shorter */

/* ---- what is asked ---- */

/* A filter as statements take it. */
typedef struct Asked {
    const PhotoFilter *f;
    const char *mark, *minors, *state;
    i64 from, to, published;
} Asked;

static const char *word_or_empty(const char *word)
{
    return text_blank(word) ? "" : word;
}

static Asked asked(const PhotoFilter *f)
{
    bool yes = text_same(f->published, "yes"), no = text_same(f->published, "no");
    return (Asked){f, word_or_empty(f->mark), word_or_empty(f->minors), word_or_empty(f->state),
                   f->span.from ? f->span.from : INT64_MIN, f->span.to ? f->span.to : INT64_MAX, yes ? 1 : no ? 0 : -1};
}

static Bind sees_private(Ctx *ctx)
{
    return B(people_has(ctx, RIGHT_AGENDA_PRIVATE));
}

/* The conditions of every statement but the figures'. */
#define ASKED_BINDS(ctx, q) \
    sees_private(ctx), B((q)->f->removed), I((q)->from), I((q)->to), I((q)->f->event), I((q)->f->coverage), I((q)->f->person), T((q)->mark), \
    T((q)->minors), T((q)->state), I((q)->published)

/* ---- by which index ---- */

typedef enum Way { BY_TIME, BY_EVENT, BY_COVERAGE, BY_PERSON, BY_MARK, BY_MINORS, BY_STATE, BY_REMOVAL } Way;

static const struct {
    const Query *list, *count;
} ways[] = {
    [BY_TIME] = {&q_photos_list, &q_photos_count},
    [BY_EVENT] = {&q_photos_list_event, &q_photos_count_event},
    [BY_COVERAGE] = {&q_photos_list_coverage, &q_photos_count_coverage},
    [BY_PERSON] = {&q_photos_list_person, &q_photos_count_person},
    [BY_MARK] = {&q_photos_list_mark, &q_photos_count_mark},
    [BY_MINORS] = {&q_photos_list_minors, &q_photos_count_minors},
    [BY_STATE] = {&q_photos_list_state, &q_photos_count_state},
    [BY_REMOVAL] = {&q_photos_list_removed, &q_photos_count_removed},
};

/* Of failed pictures there are few; of one person's, one mark's, many. */
static Way way_of(const Asked *q)
{
    const PhotoFilter *f = q->f;
    if (f->removed)
        return BY_REMOVAL;
    if (f->coverage)
        return BY_COVERAGE;
    if (f->event)
        return BY_EVENT;
    if (*q->state && !text_same(q->state, "ready"))
        return BY_STATE;
    if (f->span.from && f->span.to)
        return BY_TIME;
    if (*q->mark && !text_same(q->mark, "none"))
        return BY_MARK;
    if (*q->minors && !text_same(q->minors, "none"))
        return BY_MINORS;
    if (f->person)
        return BY_PERSON;
    return *q->mark ? BY_MARK : *q->minors ? BY_MINORS : *q->state ? BY_STATE : BY_TIME;
}

static bool is_all(const Asked *q)
{
    return way_of(q) == BY_TIME && !q->f->span.from && !q->f->span.to && q->published < 0 && !q->f->person;
}

/* ---- figures ---- */

static bool is_figure(const PhotoFilter *f, const char *key)
{
    return text_same(f->figure, key);
}

static bool has_figure(const PhotoFilter *f)
{
    return is_figure(f, "photos_delivered") || is_figure(f, "photos_published");
}

/* The same whoever asks: pictures of private events do not count. */
#define FIGURE_BINDS(q) I((q)->from), I((q)->to), I((q)->f->event), I((q)->f->coverage), I((q)->f->person), I((q)->f->area)

static const struct {
    const Query *list, *count;
} figure_ways[] = {{&q_photos_list_out, &q_photos_count_out},
                   {&q_photos_list_handed, &q_photos_count_handed},
                   {&q_photos_list_handed_of, &q_photos_count_handed_of}};

static int figure_way(const PhotoFilter *f)
{
    if (!is_figure(f, "photos_delivered"))
        return 0;
    return f->coverage ? 2 : 1;
}

static List list_figure(Ctx *ctx, const Asked *q, i64 at, i64 id, i64 limit)
{
    return db_list_(ctx, figure_ways[figure_way(q->f)].list, &photos_shape, BINDS(FIGURE_BINDS(q), I(at), I(id), I(limit)));
}

static i64 count_figure(Ctx *ctx, const Asked *q)
{
    return db_number_(ctx, figure_ways[figure_way(q->f)].count, BINDS(FIGURE_BINDS(q)));
}

/* ---- words: the search says which, in the same order; the rest of the filter is asked of each ---- */

static const char *words_of(Ctx *ctx, const PhotoFilter *f)
{
    if (text_blank(f->place))
        return f->words;
    return text_blank(f->words) ? f->place : arena_printf(ctx->arena, "%s %s", f->place, f->words);
}

static bool is_there(Ctx *ctx, const Asked *q, const Photo *p)
{
    if (text_blank(q->f->place))
        return true;
    return p->place && strstr(text_fold(ctx->arena, p->place), text_fold(ctx->arena, text_squeeze(ctx->arena, q->f->place)));
}

/* Adds those of a batch that the filter lets through. */
static size_t take(Ctx *ctx, const Asked *q, List hits, Photo *found, size_t n, size_t limit)
{
    for (const SearchHit *h = hits.items, *end = h + hits.count; h < end && n < limit; h++) {
        const Photo *p = db_maybe(ctx, &q_photos_one_of, &photos_shape, ASKED_BINDS(ctx, q), I(h->id));
        if (p && is_there(ctx, q, p))
            found[n++] = *p;
    }
    return n;
}

static List list_words(Ctx *ctx, const Asked *q, i64 at, i64 id, i64 limit)
{
    Photo *found = arena_array(ctx->arena, Photo, (size_t)limit);
    const char *words = words_of(ctx, q->f);
    i64 batch = limit < BATCH ? limit : BATCH;
    size_t n = 0;
    for (int look = 0; look < LOOKS && n < (size_t)limit; look++) {
        List hits = search_desk_kind(ctx, words, "photos_photo", at, id, batch);
        n = take(ctx, q, hits, found, n, (size_t)limit);
        if (hits.count < (size_t)batch)
            break;
        const SearchHit *last = (const SearchHit *)hits.items + hits.count - 1;
        at = last->at;
        id = last->id;
        batch = BATCH;
    }
    return (List){found, n};
}

static bool has_words(const PhotoFilter *f)
{
    return !text_blank(f->words) || !text_blank(f->place);
}

/* Where nothing else is asked the hits are the pictures; they need not be read to be counted. */
static i64 count_words(Ctx *ctx, const Asked *q)
{
    PhotoFilter bare = {.words = q->f->words};
    if (memcmp(&bare, q->f, sizeof bare) == 0)
        return (i64)search_desk_kind(ctx, q->f->words, "photos_photo", INT64_MAX, INT64_MAX, PHOTOS_COUNTED_WORDS).count;
    return (i64)list_words(ctx, q, INT64_MAX, INT64_MAX, PHOTOS_COUNTED_WORDS).count;
}

/* ---- the lists ---- */

static List list_of(Ctx *ctx, const Asked *q, i64 at, i64 id, i64 limit)
{
    if (has_figure(q->f))
        return list_figure(ctx, q, at, id, limit);
    if (has_words(q->f))
        return list_words(ctx, q, at, id, limit);
    return db_list_(ctx, ways[way_of(q)].list, &photos_shape, BINDS(ASKED_BINDS(ctx, q), I(at), I(id), I(limit)));
}

/* Of the two upper bounds, the page's and the span's, both become the lower one: whichever the database takes, it begins there. */
static void narrow(Asked *q, i64 *at, i64 *id)
{
    if (has_figure(q->f))
        return; /* its span is of another moment */
    if (q->to <= *at) {
        *at = q->to;
        *id = INT64_MIN;
    } else if (*at < INT64_MAX) {
        q->to = *at + 1;
    }
}

List photos_list(Ctx *ctx, const PhotoFilter *f, i64 after_at, i64 after_id, i64 limit)
{
    if (!people_may(ctx, RIGHT_PHOTOS_READ))
        return (List){0};
    Asked q = asked(f);
    bool first = !after_at && !after_id;
    i64 at = first ? INT64_MAX : after_at, id = first ? INT64_MAX : after_id;
    narrow(&q, &at, &id);
    return photos_with_copies(ctx, list_of(ctx, &q, at, id, limit));
}

static bool of_event(const PhotoFilter *f)
{
    return f->event || f->coverage;
}

i64 photos_count(Ctx *ctx, const PhotoFilter *f)
{
    if (!people_may(ctx, RIGHT_PHOTOS_READ))
        return 0;
    Asked q = asked(f);
    i64 n;
    if (has_figure(f))
        n = count_figure(ctx, &q);
    else if (has_words(f))
        n = count_words(ctx, &q);
    else if (is_all(&q))
        n = db_number(ctx, &q_photos_count_all, sees_private(ctx));
    else
        n = db_number_(ctx, ways[way_of(&q)].count, BINDS(ASKED_BINDS(ctx, &q), I(of_event(f) ? INT32_MAX : PHOTOS_COUNTED)));
    return n == NONE ? 0 : n;
}

bool photos_count_stopped(const PhotoFilter *f, i64 count)
{
    if (has_figure(f))
        return false;
    if (has_words(f))
        return count >= PHOTOS_COUNTED_WORDS;
    const Asked q = asked(f);
    return !is_all(&q) && !of_event(f) && count >= PHOTOS_COUNTED;
}

List photos_of(Ctx *ctx, i64 event, i64 coverage, i64 after_at, i64 after_id, i64 limit)
{
    if (!people_may(ctx, RIGHT_PHOTOS_READ))
        return (List){0};
    const Query *query = coverage ? &q_photos_of_coverage : &q_photos_of_event;
    bool first = !after_at && !after_id;
    return photos_with_copies(ctx, db_list_(ctx, query, &photos_shape,
                                            BINDS(I(coverage ? coverage : event), sees_private(ctx), I(first ? INT64_MIN : after_at),
                                                  I(first ? INT64_MIN : after_id), I(limit))));
}

i64 photos_menu_count(Ctx *ctx)
{
    if (!ctx->actor->id || !people_has(ctx, RIGHT_PHOTOS_EDIT))
        return 0;
    i64 n = db_number(ctx, &q_photos_count_mine, I(ctx->actor->id), I(ctx->now - 90 * CLOCK_DAY));
    return n == NONE ? 0 : n;
}
