/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* site_find_pages.c: /buscar: words in everything public, by kind, topic and year, page by page. */
#include "base/text.h"
#include "desks/press/press.h"
#include "desks/site/find/site_find.h"
#include "web/cursor.h"
#include "web/form.h"
#include "site_find_views.h"

enum { PAGE = 20, YEARS = 12, RANKED = -1 };

/* ---- what was asked ---- */
/* A year as the city cuts it. */
static bool read_year(Ctx *ctx, const char *year, Span *span_out)
{
    Span first, last;
    i64 n;
    if (text_blank(year))
        return true;
    if (strlen(year) != 4 || !text_int(year, &n) ||
        !clock_month(ctx->city->zone, arena_printf(ctx->arena, "%s-01", year), &first) ||
        !clock_month(ctx->city->zone, arena_printf(ctx->arena, "%s-12", year), &last))
        return fault_field(ctx, "anio", "\"%s\" is no year: four digits are wanted.", text_clip(ctx->arena, year, 20));
    *span_out = (Span){first.from, last.to};
    return true;
}

static bool read_asked(Ctx *ctx, const Request *req, FindShown *x, SearchAsk *ask)
{
    const char *kind = query_text(req, "tipo"), *topic = query_text(req, "tema");
    x->words = text_trim(ctx->arena, query_text(req, "q"));
    x->words = text_blank(x->words) ? NULL : x->words;
    x->kind = site_find_kind(kind);
    x->year = text_blank(query_text(req, "anio")) ? NULL : query_text(req, "anio");
    x->topic = text_blank(topic) ? NULL : topic;
    if (!text_blank(kind) && !x->kind)
        return fault_field(ctx, "tipo", "There is no such kind of page.");
    if (x->topic && !text_slug_valid(x->topic))
        return fault_field(ctx, "tema", "There is no such topic.");
    *ask = (SearchAsk){.words = x->words, .topic = x->topic, .subject = x->kind ? x->kind->subject : NULL,
                       .limit = query_text(req, "limit") ? query_limit(req) : PAGE};
    return read_year(ctx, x->year, &ask->span);
}

/* Ranked hits go on by their number, hits by age by the last one's place. */
static void read_place(Ctx *ctx, const Request *req, SearchAsk *ask)
{
    i64 at = 0, row = 0;
    if (!cursor_read(ctx, req, &at, &row))
        return;
    if (at == RANKED)
        ask->offset = row;
    else {
        ask->after_at = at;
        ask->after_row = row;
    }
}

static const char *place_after(Ctx *ctx, const Request *req, const SearchAsk *ask, const SearchFound *found)
{
    const SearchHit *hits = found->hits.items;
    if (!found->more || !found->hits.count)
        return NULL;
    if (!found->by_age)
        return cursor_make(ctx, req, RANKED, ask->offset + (i64)found->hits.count);
    return cursor_make(ctx, req, hits[found->hits.count - 1].at, hits[found->hits.count - 1].row);
}

/* ---- what can be chosen ---- */
static List years(Ctx *ctx)
{
    Choice *choices = arena_array(ctx->arena, Choice, YEARS);
    int year = clock_wall(ctx->city->zone, ctx->now).year + 1;
    for (size_t i = 0; i < YEARS; i++) {
        const char *text = arena_printf(ctx->arena, "%d", year - (int)i);
        choices[i] = (Choice){text, text};
    }
    return (List){choices, YEARS};
}

static List topics(Ctx *ctx)
{
    List all = press_public_topics(ctx);
    Choice *choices = arena_array(ctx->arena, Choice, all.count + 1);
    for (size_t i = 0; i < all.count; i++) {
        const PressTopic *t = (const PressTopic *)all.items + i;
        choices[i] = (Choice){t->slug, t->name};
    }
    return (List){choices, all.count};
}

/* GET /buscar */
static void page_search(Ctx *ctx, const Request *req, Page *page)
{
    FindShown x = {0};
    SearchAsk ask;
    if (!read_asked(ctx, req, &x, &ask))
        return;
    read_place(ctx, req, &ask);
    if (faulted(ctx))
        return;
    if (x.words)
        x.found = search_ask(ctx, &ask);
    const char *next = place_after(ctx, req, &ask, &x.found);
    page->title = x.words ? arena_printf(ctx->arena, "%s: %s", say(ctx, "Search"), text_clip(ctx->arena, x.words, 60)) : say(ctx, "Search");
    page->noindex = true;
    page_list(page, &search_shape, x.found.hits, x.found.total, next);
    if (page->format != FORMAT_HTML || faulted(ctx))
        return;
    x.next = next ? url_query(ctx->arena, site_find_url(ctx->arena, &x, x.kind), "after", next) : (Url){NULL};
    x.years = years(ctx);
    x.topics = topics(ctx);
    site_view_find(page->html, &x);
}

const Route site_find_routes[] = {
    {GET, "/buscar", page_search, PUBLIC, "Search in everything public", .list = true, .query = "q tipo anio tema limit after", .shape = &search_shape,
     .uncached = true},
    {0},
};
