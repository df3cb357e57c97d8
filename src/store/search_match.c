/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* search_match.c: what somebody typed becomes a query of quoted terms only: nobody's AND, * or quote reaches a database. */
#include "store/search_match.h"
#include "base/buf.h"
#include "base/text.h"

#include <glib.h>

enum { MATCH_MAX = 64 * 1024 };

static const Field hit_fields[] = {
    FIELD_ID(SearchHit, id),        FIELD_TEXT(SearchHit, subject), FIELD_TEXT(SearchHit, title),
    FIELD_TEXT(SearchHit, snippet), FIELD_TEXT(SearchHit, address), FIELD_TIME(SearchHit, at),
    FIELD_HIDDEN(SearchHit, row, FIELD_ID),
};
const Shape search_shape = SHAPE("hit", SearchHit, hit_fields);

static const char *or_nothing(const char *text)
{
    return text ? text : "";
}

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

const char *search_match(Ctx *ctx, List words, bool beginning)
{
    const Spelling *s = &spellings[db_kind(ctx->db)];
    const SearchWord *word = words.items;
    Buf *match = buf_new(ctx->arena, 256, MATCH_MAX);
    for (size_t i = 0; i < words.count; i++) {
        if (i)
            buf_text(match, s->all);
        match_word(match, s, &word[i], beginning && i + 1 == words.count);
    }
    return buf_data(match);
}

List search_match_words(Ctx *ctx, const char *query)
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

List search_with_snippets(Ctx *ctx, List found, List words)
{
    SearchHit *hits = arena_array(ctx->arena, SearchHit, found.count);
    for (size_t i = 0; i < found.count; i++) {
        hits[i] = ((const SearchHit *)found.items)[i];
        hits[i].snippet = search_snippet(ctx->arena, or_nothing(hits[i].snippet), words);
    }
    return (List){hits, found.count};
}
