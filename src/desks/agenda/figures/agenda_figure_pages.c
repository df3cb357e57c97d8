/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_figure_pages.c: /mesa/coberturas?figura=…&mes=…: the coverages that a figure of the report counts. */
#include "desks/agenda/agenda_room.h"
#include "web/cursor.h"
#include "agenda_figure_views.h"

typedef struct WorkAsked {
    Measure measure;
    WorkFilter filter;
    const char *figure, *kind, *area, *person;
} WorkAsked;

static bool read_asked(Ctx *ctx, const Request *req, WorkAsked *asked_out)
{
    WorkAsked a = {.figure = query_text(req, "figura"), .kind = query_text(req, "tipo"), .area = query_text(req, "area"),
                   .person = query_text(req, "persona")};
    int work = word_find(agenda_work_words, a.figure);
    if (work < 0)
        return fault_field(ctx, "figura", "\"%s\" is no figure of coverages: coverages_approved, for one.",
                           text_clip(ctx->arena, a.figure, 40));
    a.filter.work = (AgendaWork)work;
    a.measure.period = text_blank(query_text(req, "mes")) ? clock_month_text(ctx->arena, ctx->city->zone, ctx->now)
                                                          : query_text(req, "mes");
    if (!clock_month(ctx->city->zone, a.measure.period, &a.measure.span))
        return fault_field(ctx, "mes", "\"%s\" is no month; one like 2022-07 is wanted.",
                           text_clip(ctx->arena, a.measure.period, 40));
    if (!text_blank(a.kind) && word_find(agenda_kind_words, a.kind) < 0)
        return fault_field(ctx, "tipo", "\"%s\" is no kind of coverage.", text_clip(ctx->arena, a.kind, 40));
    if (!text_blank(a.area) && !id_parse(a.area, &a.measure.area))
        return fault_field(ctx, "area", "There is no such area in the office.");
    if (!text_blank(a.person) && !id_parse(a.person, &a.filter.person))
        return fault_field(ctx, "persona", "There is no such person in the office.");
    a.filter.kind = text_blank(a.kind) ? NULL : a.kind;
    *asked_out = a;
    return true;
}

static Url list_url(Ctx *ctx, const WorkAsked *a, Url base, const char *after)
{
    Url url = url_query(ctx->arena, base, "mes", a->measure.period);
    url = url_query(ctx->arena, url, "figura", a->figure);
    url = url_query(ctx->arena, url, "tipo", text_blank(a->kind) ? NULL : a->kind);
    url = url_query(ctx->arena, url, "area", text_blank(a->area) ? NULL : a->area);
    url = url_query(ctx->arena, url, "persona", text_blank(a->person) ? NULL : a->person);
    return url_query(ctx->arena, url, "after", after);
}

static void draw(Ctx *ctx, Page *page, const WorkAsked *a, List list, i64 total, const char *next)
{
    const char *month = clock_say(ctx->arena, ctx->city->zone, ctx->actor->tongue, CLOCK_SAY_MONTH, a->measure.span.from);
    WorkShown x = {
        .coverages = list,
        .total = total,
        .title = say_word(ctx, agenda_work_words, (int)a->filter.work),
        .month = text_sentence(ctx->arena, month),
        .report = url_slug(ctx->arena, "/mesa/informes/", a->measure.period, NULL),
        .csv = list_url(ctx, a, url_literal("/mesa/coberturas.csv"), NULL),
    };
    if (next)
        x.next = list_url(ctx, a, url_literal("/mesa/coberturas"), next);
    page->title = arena_printf(ctx->arena, "%s · %s", x.title, x.month);
    agenda_view_work_figure(page->html, &x);
}

void agenda_page_figure(Ctx *ctx, const Request *req, Page *page)
{
    WorkAsked a;
    if (!people_may(ctx, RIGHT_AGENDA_READ) || !read_asked(ctx, req, &a))
        return;
    i64 at = 0, id = 0, limit = query_limit(req);
    cursor_read(ctx, req, &at, &id);
    List list = agenda_work_list(ctx, &a.measure, a.filter, at, id, limit + 1);
    bool more = (i64)list.count > limit;
    list.count = more ? (size_t)limit : list.count;
    const Coverage *last = list.count ? (const Coverage *)list.items + list.count - 1 : NULL;
    const char *next = more ? cursor_make(ctx, req, last->event_starts_at, last->id) : NULL;
    i64 total = agenda_work_count(ctx, &a.measure, a.filter);
    page->here = "/mesa/coberturas";
    page_list(page, &agenda_coverage_shape, list, total, next);
    if (page->format == FORMAT_HTML)
        draw(ctx, page, &a, list, total, next);
}
