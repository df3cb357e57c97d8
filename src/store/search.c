/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* search.c: records into the two indexes, and hits out of one of them.
 *
 * What citizens find and what the desk finds are different tables, with statistics of their own: a
 * public search never reads a row that holds an internal word, and cannot even learn from the order of
 * its hits that there is one.  A record whose public side did not change is not written there, so
 * that internal edits leave the public pages' cache alone.
 *
 * Queries are made of quoted terms only (search_words.h); nobody's AND, * or quote reaches a
 * database. */
#include "store/search.h"
#include "base/buf.h"
#include "base/id.h"
#include "base/text.h"
#include "store/search_words.h"
#include "store_queries.h"

#include <glib.h>

enum { EXCERPT_MAX = 16 * 1024, PRINT_TEXT = 64, MATCH_MAX = 64 * 1024, LIMIT_MAX = 200 };

static const Field hit_fields[] = {
    FIELD_ID(SearchHit, id),        FIELD_TEXT(SearchHit, subject), FIELD_TEXT(SearchHit, title),
    FIELD_TEXT(SearchHit, snippet), FIELD_TEXT(SearchHit, address), FIELD_TIME(SearchHit, at),
};
const Shape search_shape = SHAPE("hit", SearchHit, hit_fields);

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

static bool put_public(Ctx *ctx, const SearchEntry *entry, Shared *shared)
{
    if (!entry->public_text)
        return take_out(ctx, &sides[SEARCH_PUBLIC], entry->subject, entry->id);
    Leaf leaf = {
        .entry = entry,
        .open = entry->public_text,
        .internal = "",
        .address = or_nothing(entry->public_address),
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
/* How FTS5 and tsquery spell the same thing. */
typedef struct Spelling {
    const char *quote, *any, *all, *beginning;
} Spelling;

static const Spelling spellings[] = {
    [DB_SQLITE] = {"\"", " OR ", " AND ", "*"},
    [DB_POSTGRES] = {"'", " | ", " & ", ":*"},
};

/* (stem OR the other stem OR the word itself); the last word also as a beginning, from two letters on. */
static void match_word(Buf *match, const Spelling *s, const SearchWord *word, bool last)
{
    bool beginning = last && g_utf8_strlen(word->form, -1) >= 2;
    buf_printf(match, "(%s%s%s", s->quote, word->stem, s->quote);
    if (word->other)
        buf_printf(match, "%s%s%s%s", s->any, s->quote, word->other, s->quote);
    buf_printf(match, "%s%s_%s%s%s)", s->any, s->quote, word->form, s->quote,
               beginning ? s->beginning : "");
}

static const char *match_of(Ctx *ctx, List words)
{
    const Spelling *s = &spellings[db_kind(ctx->db)];
    const SearchWord *word = words.items;
    Buf *match = buf_new(ctx->arena, 256, MATCH_MAX);
    for (size_t i = 0; i < words.count; i++) {
        if (i)
            buf_text(match, s->all);
        match_word(match, s, &word[i], i + 1 == words.count);
    }
    return buf_data(match);
}

/* The words of a query that may be asked; none and no fault for a query of nothing. */
static List words_of(Ctx *ctx, const char *query)
{
    List nothing = {0};
    size_t size = query ? strlen(query) : 0;
    if (!text_valid(or_nothing(query), size)) {
        fault_field(ctx, "q", "The search text is not well-formed.");
        return nothing;
    }
    if (size > SEARCH_QUERY_MAX) {
        fault_field(ctx, "q", "The search text is too long: take a few words out of it.");
        return nothing;
    }
    List words = search_words(ctx->arena, or_nothing(query));
    if (words.count <= SEARCH_WORDS_MAX)
        return words;
    fault_field(ctx, "q", "A search takes at most %d words.", SEARCH_WORDS_MAX);
    return nothing;
}

static List with_snippets(Ctx *ctx, List found, List words)
{
    SearchHit *hits = arena_array(ctx->arena, SearchHit, found.count);
    for (size_t i = 0; i < found.count; i++) {
        hits[i] = ((const SearchHit *)found.items)[i];
        hits[i].snippet = search_snippet(ctx->arena, or_nothing(hits[i].snippet), words);
    }
    return (List){hits, found.count};
}

List search_find(Ctx *ctx, SearchAudience audience, const char *words, i64 limit)
{
    List wanted = faulted(ctx) ? (List){0} : words_of(ctx, words);
    if (!wanted.count)
        return (List){0};
    List found = db_list(ctx, sides[audience].find, &search_shape, T(match_of(ctx, wanted)),
                         I(CLAMP(limit, 1, LIMIT_MAX)));
    return faulted(ctx) ? (List){0} : with_snippets(ctx, found, wanted);
}
