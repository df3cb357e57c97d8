/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_public_list.c: the list of releases: by topic, year and month, with the archive beside it, as page, data and feed. */
#include "desks/press/public/press_public.h"
#include "web/cursor.h"
#include "press_public_list_views.h"

/* ---- what the address asks for ---- */

/* "2022": the year as a span of months. */
static bool year_span(Ctx *ctx, const char *text, Span *span_out)
{
    Span first, last;
    if (strlen(text) != 4 || !clock_month(ctx->city->zone, arena_printf(ctx->arena, "%s-01", text), &first) ||
        !clock_month(ctx->city->zone, arena_printf(ctx->arena, "%s-12", text), &last))
        return fault_field(ctx, "anio", "%s is no year; one like 2022 is wanted.", text_clip(ctx->arena, text, 20));
    *span_out = (Span){first.from, last.to};
    return true;
}

static bool read_period(Ctx *ctx, const Request *req, PublicListShown *x)
{
    const char *year = query_text(req, "anio"), *month = query_text(req, "mes");
    Span *span = &x->filter.span;
    if (!text_blank(month)) {
        if (!clock_month(ctx->city->zone, month, span))
            return fault_field(ctx, "mes", "%s is no month; one like 2022-07 is wanted.", text_clip(ctx->arena, month, 20));
        x->month = month;
        x->year = arena_copy(ctx->arena, month, 4);
        x->period = clock_say(ctx->arena, ctx->city->zone, ctx->actor->tongue, CLOCK_SAY_MONTH, span->from);
    } else if (!text_blank(year)) {
        if (!year_span(ctx, year, span))
            return false;
        x->year = x->period = year;
    }
    return true;
}

static bool read_filter(Ctx *ctx, const Request *req, PublicListShown *x)
{
    const char *topic = query_text(req, "tema");
    if (!text_blank(topic)) {
        x->topic = press_public_topic(ctx, topic);
        if (!x->topic)
            return !faulted(ctx) && fault_field(ctx, "tema", "There is no topic \"%s\".", text_clip(ctx->arena, topic, 40));
        x->filter.topic = x->topic->slug;
    }
    return read_period(ctx, req, x);
}

static void read_list(Ctx *ctx, const Request *req, PublicListShown *x, i64 limit)
{
    i64 at = 0, id = 0;
    x->first = !cursor_read(ctx, req, &at, &id);
    List list = press_public_list(ctx, &x->filter, at, id, limit + 1);
    bool more = (i64)list.count > limit;
    list.count = more ? (size_t)limit : list.count;
    const PublicRelease *last = list.count ? (const PublicRelease *)list.items + list.count - 1 : NULL;
    x->releases = list;
    x->next = more ? cursor_make(ctx, req, last->published_at, last->id) : NULL;
    x->total = press_public_count(ctx, &x->filter);
}

/* ---- the archive ---- */

static ArchiveMonth month_of(Ctx *ctx, const PublicListShown *x, const PressMonth *m)
{
    Span span = {0};
    clock_month(ctx->city->zone, m->month, &span);
    const char *said = clock_say(ctx->arena, ctx->city->zone, ctx->actor->tongue, CLOCK_SAY_MONTH, span.from);
    return (ArchiveMonth){.month = m->month, .label = text_sentence(ctx->arena, said), .releases = m->releases,
                          .current = text_same(m->month, x->month)};
}

static List archive_of(Ctx *ctx, const PublicListShown *x)
{
    List months = press_public_months(ctx, x->filter.topic);
    const PressMonth *m = months.items;
    ArchiveMonth *kept = arena_array(ctx->arena, ArchiveMonth, months.count + 1);
    ArchiveYear *years = arena_array(ctx->arena, ArchiveYear, months.count + 1);
    size_t n = 0;
    for (size_t i = 0; i < months.count; i++) {
        kept[i] = month_of(ctx, x, &m[i]);
        if (!n || strncmp(years[n - 1].year, m[i].month, 4) != 0)
            years[n++] = (ArchiveYear){.year = arena_copy(ctx->arena, m[i].month, 4), .months = {&kept[i], 0}};
        years[n - 1].releases += m[i].releases;
        years[n - 1].months.count++;
    }
    for (size_t i = 0; i < n; i++)
        years[i].open = text_same(years[i].year, x->year) || (!x->year && i == 0);
    return (List){years, n};
}

/* ---- the page ---- */

static void set_title(Ctx *ctx, Page *page, const PublicListShown *x)
{
    const char *what = say(ctx, "Releases");
    const char *topic = x->topic ? arena_printf(ctx->arena, ": %s", x->topic->name) : "";
    const char *when = x->period ? arena_printf(ctx->arena, " · %s", x->period) : "";
    page->title = arena_printf(ctx->arena, "%s%s%s", what, topic, when);
    page->description = x->topic ? arena_printf(ctx->arena, say(ctx, "What %s says about %s."), ctx->city->office, x->topic->name)
                                 : arena_printf(ctx->arena, say(ctx, "What %s says: every release, its corrections and where it can be verified."),
                                                ctx->city->office);
}

/* The youngest one stands large where the whole list begins. */
static void feature(PublicListShown *x)
{
    bool plain = x->first && !x->topic && !x->period && x->releases.count;
    x->featured = plain ? x->releases.items : NULL;
    if (plain)
        x->releases = (List){(const PublicRelease *)x->releases.items + 1, x->releases.count - 1};
}

static void draw(Ctx *ctx, Page *page, PublicListShown *x)
{
    x->topics = press_public_topics(ctx);
    x->years = archive_of(ctx, x);
    x->json = press_list_jsonld(ctx, x->releases);
    feature(x);
    press_public_view_list(page->html, x);
}

void press_page_public_list(Ctx *ctx, const Request *req, Page *page)
{
    PublicListShown x = {0};
    if (!read_filter(ctx, req, &x))
        return;
    page->here = "/comunicados";
    page->alternate_atom = url_query(ctx->arena, url_literal("/comunicados.atom"), "tema", x.filter.topic);
    page->alternate_rss = url_query(ctx->arena, url_literal("/comunicados.rss"), "tema", x.filter.topic);
    set_title(ctx, page, &x);
    if (page->format == FORMAT_ATOM || page->format == FORMAT_RSS) {
        press_give_feed(ctx, page, x.topic);
        return;
    }
    bool html = page->format == FORMAT_HTML && !query_text(req, "limit");
    read_list(ctx, req, &x, html ? PUBLIC_LIST + 1 : query_limit(req));
    page_list(page, &press_public_shape, x.releases, x.total, x.next);
    if (page->format == FORMAT_HTML)
        draw(ctx, page, &x);
}
