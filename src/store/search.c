/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* search.c: records into the two indexes, and hits out of one of them.
 *
 * What citizens find and what the desk finds are different tables, with statistics of their own: a
 * public search never reads a row that holds an internal word, and cannot even learn from the order of
 * its hits that there is one.  A record whose public side did not change is not written there, so
 * that internal edits leave the public pages' cache alone.
 *
 * Queries are made of quoted terms only (search_words.h); nobody's AND, * or quote reaches a database. */
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

typedef struct Known {
    i64 id;
    const char *print;
} Known;
static const Field known_fields[] = {FIELD_ID(Known, id), FIELD_TEXT(Known, print)};
static const Shape known_shape = SHAPE("search_known", Known, known_fields);

/* The same statements for each of the two indexes. */
typedef struct Side {
    const Query *print, *put, *terms, *remove, *forget, *find;
} Side;

static const Side sides[] = {
    [SEARCH_PUBLIC] = {&q_store_search_public_print, &q_store_search_public_put,
                       &q_store_search_public_terms, &q_store_search_public_remove,
                       &q_store_search_public_forget, &q_store_search_public_find},
    [SEARCH_DESK] = {&q_store_search_desk_print, &q_store_search_desk_put,
                     &q_store_search_desk_terms, &q_store_search_desk_remove,
                     &q_store_search_desk_forget, &q_store_search_desk_find},
};

/* ---- putting and removing ---- */
/* One record as one audience finds it. */
typedef struct Leaf {
    const char *subject;
    i64 id, at;
    const char *title, *text, *address;
} Leaf;

static void print_text(GChecksum *sum, const char *text)
{
    g_checksum_update(sum, (const unsigned char *)text, (gssize)strlen(text) + 1);
}

static const char *print_of(Arena *a, const Leaf *leaf)
{
    GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA256);
    print_text(sum, leaf->title);
    print_text(sum, leaf->text);
    print_text(sum, leaf->address);
    print_text(sum, arena_printf(a, "%" PRId64, leaf->at));
    const char *print = arena_text(a, g_checksum_get_string(sum));
    g_checksum_free(sum);
    return print;
}

static bool put(Ctx *ctx, const Side *side, const Leaf *leaf)
{
    const Known *known =
        db_maybe(ctx, side->print, &known_shape, T(leaf->subject), I(leaf->id));
    const char *print = print_of(ctx->arena, leaf);
    if (known && text_same(known->print, print))
        return true;
    i64 row = known ? known->id : id_new(ctx->now);
    return db_write(ctx, side->put, I(row), T(leaf->subject), I(leaf->id), T(leaf->title),
                    T(search_cut(ctx->arena, leaf->text, EXCERPT_MAX)), T(leaf->address),
                    I(leaf->at), T(print)) &&
           db_write(ctx, side->terms, I(row), T(search_index_terms(ctx->arena, leaf->title)),
                    T(search_index_terms(ctx->arena, leaf->text)));
}

static bool take_out(Ctx *ctx, const Side *side, const char *subject, i64 id)
{
    const Known *known = db_maybe(ctx, side->print, &known_shape, T(subject), I(id));
    if (!known)
        return !faulted(ctx);
    return db_write(ctx, side->remove, I(known->id)) && db_write(ctx, side->forget, I(known->id));
}

static const char *or_nothing(const char *text)
{
    return text ? text : "";
}

static bool put_public(Ctx *ctx, const SearchEntry *entry)
{
    if (!entry->public_text)
        return take_out(ctx, &sides[SEARCH_PUBLIC], entry->subject, entry->id);
    Leaf leaf = {
        .subject = entry->subject,
        .id = entry->id,
        .at = entry->at,
        .title = or_nothing(entry->title),
        .text = entry->public_text,
        .address = or_nothing(entry->public_address),
    };
    return put(ctx, &sides[SEARCH_PUBLIC], &leaf);
}

static bool put_desk(Ctx *ctx, const SearchEntry *entry)
{
    const char *open = or_nothing(entry->public_text), *internal = or_nothing(entry->desk_text);
    Leaf leaf = {
        .subject = entry->subject,
        .id = entry->id,
        .at = entry->at,
        .title = or_nothing(entry->title),
        .text = *open && *internal ? arena_printf(ctx->arena, "%s\n%s", open, internal)
                                   : *open ? open : internal,
        .address = or_nothing(entry->desk_address),
    };
    return put(ctx, &sides[SEARCH_DESK], &leaf);
}

bool search_put(Ctx *ctx, const SearchEntry *entry)
{
    return !faulted(ctx) && put_public(ctx, entry) && put_desk(ctx, entry);
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

/* (stem OR the other stem OR the word itself); the last word also as a beginning of two letters or more. */
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
