/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* search.c: records into the two indexes, and hits out of one of them.
 *
 * What citizens find and what the desk finds are different tables, with statistics of their own: a
 * public search never reads a row that holds an internal word, and cannot even learn from the order of
 * its hits that there is one.  A record whose public side did not change is not written there, so
 * that internal edits leave the public pages' cache alone.
 */
#include "store/search.h"
#include "base/buf.h"
#include "base/id.h"
#include "base/text.h"
#include "store/search_age.h"
#include "store/search_match.h"
#include "store_queries.h"

#include <glib.h>

enum { EXCERPT_MAX = 16 * 1024, PRINT_TEXT = 64, LIMIT_MAX = 200 };

/* The same statements for each of the two indexes. */
typedef struct Side {
    const Query *put, *terms, *row, *remove, *forget, *find;
} Side;

static const Side sides[] = {
    [SEARCH_PUBLIC] = {&q_store_search_public_put, &q_store_search_public_terms,
                       &q_store_search_public_row, &q_store_search_public_remove,
                       &q_store_search_public_forget, &q_store_search_public_find},
    [SEARCH_DESK] = {&q_store_search_desk_put, &q_store_search_desk_terms, &q_store_search_desk_row,
                     &q_store_search_desk_remove, &q_store_search_desk_forget,
                     &q_store_search_desk_find},
};

/* ---- putting and removing ---- */
/* One record as one audience finds it. */
typedef struct Leaf {
    const SearchEntry *entry;
    const char *open, *internal; /* texts; internal ones are for the desk only, else "" */
    const char *address;
    const char *topics; /* slugs between spaces; NULL: nothing, or not asked by this audience */
} Leaf;

/* The terms of what both audiences find: made once, when the first of them needs them. */
typedef struct Shared {
    const char *title, *open;
} Shared;

static const char *or_nothing(const char *text)
{
    return text ? text : "";
}

static const char *joined(Arena *a, const char *one, const char *between, const char *other)
{
    if (!*one || !*other)
        return *one ? one : other;
    return arena_printf(a, "%s%s%s", one, between, other);
}

static void print_text(GChecksum *sum, const char *text)
{
    g_checksum_update(sum, (const unsigned char *)text, (gssize)strlen(text) + 1);
}

static const char *print_of(Arena *a, const Leaf *leaf)
{
    GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA256);
    print_text(sum, or_nothing(leaf->entry->title));
    print_text(sum, leaf->open);
    print_text(sum, leaf->internal);
    print_text(sum, leaf->address);
    print_text(sum, arena_printf(a, "%" PRId64, leaf->entry->at));
    if (leaf->topics)
        print_text(sum, leaf->topics);
    const char *print = arena_text(a, g_checksum_get_string(sum));
    g_checksum_free(sum);
    return print;
}

static bool put_terms(Ctx *ctx, const Side *side, const Leaf *leaf, Shared *shared)
{
    Arena *a = ctx->arena;
    if (!shared->title)
        shared->title = search_index_terms(a, leaf->entry->title);
    if (!shared->open)
        shared->open = search_index_terms(a, leaf->open);
    const char *body = joined(a, shared->open, " ", search_index_terms(a, leaf->internal));
    return db_write(ctx, side->terms, T(leaf->entry->subject), I(leaf->entry->id), T(shared->title),
                    T(body));
}

static bool put_row(Ctx *ctx, const Side *side, const Leaf *leaf, i64 *changed_out)
{
    const SearchEntry *entry = leaf->entry;
    const char *text = joined(ctx->arena, leaf->open, "\n", leaf->internal);
    if (side == &sides[SEARCH_PUBLIC])
        return db_change(ctx, side->put, changed_out, I(id_new(ctx->now)), T(entry->subject),
                         I(entry->id), T(or_nothing(entry->title)),
                         T(search_cut(ctx->arena, text, EXCERPT_MAX)), T(leaf->address), I(entry->at),
                         T(print_of(ctx->arena, leaf)), T(leaf->topics));
    return db_change(ctx, side->put, changed_out, I(id_new(ctx->now)), T(entry->subject),
                     I(entry->id), T(or_nothing(entry->title)),
                     T(search_cut(ctx->arena, text, EXCERPT_MAX)), T(leaf->address), I(entry->at),
                     T(print_of(ctx->arena, leaf)));
}

static bool put(Ctx *ctx, const Side *side, const Leaf *leaf, Shared *shared)
{
    i64 changed = 0;
    if (!put_row(ctx, side, leaf, &changed))
        return false;
    return changed == 0 || put_terms(ctx, side, leaf, shared);
}

static bool take_out(Ctx *ctx, const Side *side, const char *subject, i64 id)
{
    i64 row = db_number(ctx, side->row, T(subject), I(id));
    if (row == NONE)
        return !faulted(ctx);
    return db_write(ctx, side->remove, I(row)) && db_write(ctx, side->forget, I(row));
}

static const char *topic_slugs(Arena *a, const char *topics)
{
    List lines = text_split(a, or_nothing(topics), '\n');
    if (!lines.count)
        return NULL;
    Buf *out = buf_new(a, 128, EXCERPT_MAX);
    for (size_t i = 0; i < lines.count; i++)
        buf_printf(out, " %s ", text_slug(a, ((const char *const *)lines.items)[i]));
    return buf_data(out);
}

static bool put_public(Ctx *ctx, const SearchEntry *entry, Shared *shared)
{
    if (!entry->public_text)
        return take_out(ctx, &sides[SEARCH_PUBLIC], entry->subject, entry->id);
    Leaf leaf = {
        .entry = entry,
        .open = entry->public_text,
        .internal = "",
        .address = or_nothing(entry->public_address),
        .topics = topic_slugs(ctx->arena, entry->topics),
    };
    return put(ctx, &sides[SEARCH_PUBLIC], &leaf, shared);
}

static bool put_desk(Ctx *ctx, const SearchEntry *entry, Shared *shared)
{
    Leaf leaf = {
        .entry = entry,
        .open = or_nothing(entry->public_text),
        .internal = or_nothing(entry->desk_text),
        .address = or_nothing(entry->desk_address),
    };
    return put(ctx, &sides[SEARCH_DESK], &leaf, shared);
}

bool search_put(Ctx *ctx, const SearchEntry *entry)
{
    Shared shared = {0};
    return !faulted(ctx) && put_public(ctx, entry, &shared) && put_desk(ctx, entry, &shared);
}

bool search_remove(Ctx *ctx, const char *subject, i64 id)
{
    return !faulted(ctx) && take_out(ctx, &sides[SEARCH_PUBLIC], subject, id) &&
           take_out(ctx, &sides[SEARCH_DESK], subject, id);
}

/* ---- finding ---- */
static List ranked(Ctx *ctx, SearchAudience audience, const char *match, i64 limit)
{
    return db_list(ctx, sides[audience].find, &search_shape, T(match), I(limit));
}

/* By whole words where those are many, else the last one may be a beginning. Do many records match? */
static const char *match_at_desk(Ctx *ctx, List words, bool *many_out)
{
    const char *match = search_match(ctx, words, false);
    *many_out = db_number(ctx, &q_store_search_desk_many, T(match), I(SEARCH_FEW + 1)) > SEARCH_FEW;
    if (*many_out)
        return match;
    match = search_match(ctx, words, true);
    *many_out = db_number(ctx, &q_store_search_desk_many, T(match), I(SEARCH_FEW + 1)) > SEARCH_FEW;
    return match;
}

/* Ranked where few records match, as citizens get it (search.h); else the youngest. */
static List found_at_desk(Ctx *ctx, List words, i64 limit)
{
    static const SearchAgeWay way = {&q_store_search_desk_age_window, &q_store_search_desk_age, false, false};
    bool many;
    const char *match = match_at_desk(ctx, words, &many);
    if (!many)
        return ranked(ctx, SEARCH_DESK, match, limit);
    return search_by_age(ctx, &way, &(SearchAgeAsk){.match = match, .before_at = INT64_MAX, .before_id = INT64_MAX, .from = INT64_MIN,
                                                    .limit = limit});
}

List search_find(Ctx *ctx, SearchAudience audience, const char *words, i64 limit)
{
    List wanted = faulted(ctx) ? (List){0} : search_match_words(ctx, words);
    if (!wanted.count)
        return (List){0};
    i64 most = CLAMP(limit, 1, LIMIT_MAX);
    List found = audience == SEARCH_DESK ? found_at_desk(ctx, wanted, most)
                                         : ranked(ctx, audience, search_match(ctx, wanted, true), most);
    return faulted(ctx) ? (List){0} : search_with_snippets(ctx, found, wanted);
}

/* ---- one kind, by age ---- */
List search_desk_kind(Ctx *ctx, const char *words, const char *subject, i64 before_at, i64 before_id, i64 limit)
{
    static const SearchAgeWay way = {&q_store_search_desk_age_of_window, &q_store_search_desk_age_of, true, false};
    List wanted = faulted(ctx) ? (List){0} : search_match_words(ctx, words);
    if (!wanted.count)
        return (List){0};
    bool many;
    const char *match = match_at_desk(ctx, wanted, &many);
    if (!many)
        return db_list(ctx, &q_store_search_desk_kind_few, &search_shape, T(match), T(subject), I(before_at), I(before_id), I(limit));
    return search_by_age(ctx, &way, &(SearchAgeAsk){.match = match, .subject = subject, .before_at = before_at, .before_id = before_id,
                                                    .from = INT64_MIN, .limit = limit});
}
