/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* search_ask.c: what citizens search: by kind, topic and time, page by page, bounded however common a word is. */
#include "store/search_age.h"
#include "store/search_match.h"
#include "store_queries.h"

#include <glib.h>

enum { ASK_MOST = 200 };

static const Field kind_fields[] = {FIELD_TEXT(SearchKind, subject), FIELD_INT(SearchKind, records)};
const Shape search_kind_shape = SHAPE("search_kind", SearchKind, kind_fields);

/* What was asked, as the statements want it. */
typedef struct Asked {
    const char *match, *subject, *topic;
    i64 from, to, limit;
} Asked;

static Asked asked_of(Ctx *ctx, const SearchAsk *ask, List words, bool beginning)
{
    bool ever = ask->span.from == 0 && ask->span.to == 0;
    return (Asked){
        .match = search_match(ctx, words, beginning),
        .subject = ask->subject,
        .topic = ask->topic ? arena_printf(ctx->arena, " %s ", ask->topic) : NULL,
        .from = ever ? INT64_MIN : ask->span.from,
        .to = ever ? INT64_MAX : ask->span.to,
        .limit = CLAMP(ask->limit, 1, ASK_MOST),
    };
}

/* One hit more than asked for tells whether there are more. */
static List best(Ctx *ctx, const Asked *q, i64 offset)
{
    return db_list(ctx, &q_store_search_best, &search_shape, T(q->match), I(q->from), I(q->to), T(q->subject), T(q->topic),
                   I(q->limit + 1), I(CLAMP(offset, 0, SEARCH_FEW)));
}

static List youngest(Ctx *ctx, const Asked *q, const SearchAsk *ask)
{
    static const SearchAgeWay any = {&q_store_search_age_window, &q_store_search_age, false, true};
    static const SearchAgeWay of_kind = {&q_store_search_age_of_window, &q_store_search_age_of, true, true};
    bool goes_on = ask->after_at || ask->after_row;
    return search_by_age(ctx, q->subject ? &of_kind : &any,
                         &(SearchAgeAsk){.match = q->match, .subject = q->subject, .topic = q->topic,
                                         .before_at = goes_on ? ask->after_at : q->to, .before_id = goes_on ? ask->after_row : 0,
                                         .from = q->from, .limit = q->limit + 1});
}

/* What the kinds have together, or the one that was asked for. */
static i64 total_of(List kinds, const char *subject)
{
    i64 total = 0;
    for (const SearchKind *k = kinds.items, *end = k + kinds.count; k < end; k++)
        if (!subject || !strcmp(k->subject, subject))
            total += k->records;
    return total;
}

static SearchFound find(Ctx *ctx, const SearchAsk *ask, List words, bool beginning)
{
    SearchFound found = {.total = 0};
    Asked q = asked_of(ctx, ask, words, beginning);
    found.by_age = db_number(ctx, &q_store_search_many, T(q.match), I(SEARCH_FEW + 1)) > SEARCH_FEW;
    if (!found.by_age)
        found.kinds = db_list(ctx, &q_store_search_kinds, &search_kind_shape, T(q.match), I(q.from), I(q.to), T(q.topic));
    found.total = found.by_age ? NONE : total_of(found.kinds, q.subject);
    if (found.total == 0)
        return found;
    List hits = found.by_age ? youngest(ctx, &q, ask) : best(ctx, &q, ask->offset);
    found.more = (i64)hits.count > q.limit;
    hits.count = found.more ? (size_t)q.limit : hits.count;
    found.hits = faulted(ctx) ? (List){0} : search_with_snippets(ctx, hits, words);
    return found;
}

/* Whole words first: a beginning has no list of its own in the index, so that looking for it costs as much as there are
 * words that begin so. It is looked for where whole words find nothing at all. */
SearchFound search_ask(Ctx *ctx, const SearchAsk *ask)
{
    List words = faulted(ctx) ? (List){0} : search_match_words(ctx, ask->words);
    if (!words.count)
        return (SearchFound){.total = 0};
    SearchFound found = find(ctx, ask, words, false);
    return found.total == 0 && !found.kinds.count && !faulted(ctx) ? find(ctx, ask, words, true) : found;
}
