/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* report_goal_pages.c: /mesa/estrategias/metas: the strategy's goals beside what the indicators count. */
#include "desks/report/report_pages.h"
#include "desks/report/report_room.h"
#include "report_goal_views.h"

enum { HISTORY = 20 };

/* ---- one goal with its result, as programs get it ---- */
typedef struct GoalLine {
    const char *indicator, *label, *period, *unit, *formula, *source, *records, *evidence;
    i64 id, area, target, value, of, missing, version;
    GoalState state;
    IndicatorKind kind;
} GoalLine;
static const Field line_fields[] = {
    FIELD_ID(GoalLine, id),        FIELD_TEXT(GoalLine, indicator), FIELD_TEXT(GoalLine, label),   FIELD_TEXT(GoalLine, period),
    FIELD_ID(GoalLine, area),      FIELD_INT(GoalLine, target),     FIELD_INT(GoalLine, value),    FIELD_INT(GoalLine, of),
    FIELD_INT(GoalLine, missing),  FIELD_TEXT(GoalLine, unit),      FIELD_WORD(GoalLine, state, strategy_state_words),
    FIELD_WORD(GoalLine, kind, strategy_kind_words),                FIELD_TEXT(GoalLine, formula), FIELD_TEXT(GoalLine, source),
    FIELD_TEXT(GoalLine, evidence), FIELD_TEXT(GoalLine, records),  FIELD_INT(GoalLine, version),
};
static const Shape line_shape = SHAPE("goal_result", GoalLine, line_fields);

/* ---- what was asked ---- */
typedef struct Asked {
    Measure measure;
    const char *area; /* as it was written */
} Asked;

static bool read_asked(Ctx *ctx, const Request *req, Asked *asked_out)
{
    bool sent = req->method == POST;
    const char *period = sent ? form_value(req->form, "period", form_value(req->form, "month", NULL)) : query_text(req, "periodo");
    const char *area = sent ? form_value(req->form, "area", NULL) : query_text(req, "area");
    Asked a = {.area = text_blank(area) ? "" : area};
    Span span;
    bool usable = !text_blank(period) && (!sent || strategy_period(ctx, period, &span));
    if (sent && faulted(ctx))
        fault_take(ctx); /* the form is drawn again, with this month behind it */
    a.measure.period = usable ? period : clock_month_text(ctx->arena, ctx->city->zone, ctx->now);
    if (!strategy_period(ctx, a.measure.period, &a.measure.span))
        return false;
    if (*a.area && !id_parse(a.area, &a.measure.area))
        return fault_field(ctx, "area", "There is no such area in the office.");
    *asked_out = a;
    return true;
}

/* ---- rows ---- */
static i64 percent_of(i64 value, i64 target)
{
    if (value == NONE || value <= 0 || target <= 0)
        return target == 0 ? 100 : 0;
    return value >= target ? 100 : value * 100 / target;
}

static GoalRow row_of(Ctx *ctx, const Indicator *indicator, const Measure *m)
{
    GoalRow row = {.indicator = indicator, .figure = report_figure(ctx, indicator, m),
                   .goal = strategy_goal(ctx, indicator->key, m->period, m->area)};
    i64 target = row.goal ? row.goal->target : NONE;
    if (indicator->kind == INDICATOR_MANUAL)
        row.typed = strategy_typed(ctx, indicator->key, m->period, m->area);
    row.state = strategy_state(indicator->direction, row.figure.value, target, m->span, ctx->now);
    row.percent = percent_of(row.figure.value, target);
    return row;
}

static List rows_of(Ctx *ctx, const Measure *m)
{
    size_t n = 0, room = 0;
    for (const Indicator *const *table = report_indicator_tables; *table; table++)
        for (const Indicator *i = *table; i->key; i++)
            room++;
    GoalRow *rows = arena_array(ctx->arena, GoalRow, room + 1);
    for (const Indicator *const *table = report_indicator_tables; *table; table++)
        for (const Indicator *i = *table; i->key; i++)
            rows[n++] = row_of(ctx, i, m);
    return (List){rows, n};
}

static GoalLine line_of(Ctx *ctx, const GoalRow *row, const Measure *m)
{
    const Figure *f = &row->figure;
    return (GoalLine){
        .id = row->goal ? row->goal->id : 0, .indicator = f->key, .label = f->label, .period = m->period, .area = m->area,
        .target = row->goal ? row->goal->target : NONE, .value = f->value, .of = f->of, .missing = f->missing, .unit = f->unit,
        .state = row->state, .kind = f->kind, .formula = f->formula, .source = f->source, .evidence = f->evidence,
        .records = f->records ? arena_printf(ctx->arena, "%s%s", ctx->city->base_url, f->records) : NULL,
        .version = row->goal ? row->goal->version : NONE,
    };
}

static List lines_of(Ctx *ctx, List rows, const Measure *m)
{
    GoalLine *lines = arena_array(ctx->arena, GoalLine, rows.count + 1);
    for (size_t i = 0; i < rows.count; i++)
        lines[i] = line_of(ctx, (const GoalRow *)rows.items + i, m);
    return (List){lines, rows.count};
}

/* ---- the page ---- */
static List area_choices(Ctx *ctx, const char *chosen, const char **label_out)
{
    List areas = people_areas(ctx);
    Choice *choices = arena_array(ctx->arena, Choice, areas.count + 1);
    choices[0] = (Choice){"", say(ctx, "The whole office")};
    for (size_t i = 0; i < areas.count; i++) {
        const Area *a = (const Area *)areas.items + i;
        choices[i + 1] = (Choice){id_text(ctx->arena, a->id), a->name};
        if (text_same(choices[i + 1].value, chosen))
            *label_out = a->name;
    }
    return (List){choices, areas.count + 1};
}

static List indicator_choices(Ctx *ctx, List rows, bool manual)
{
    Choice *choices = arena_array(ctx->arena, Choice, rows.count + 1);
    size_t n = 0;
    for (const GoalRow *row = rows.items, *end = row + rows.count; row < end; row++)
        if (!manual || row->indicator->kind == INDICATOR_MANUAL)
            choices[n++] = (Choice){row->indicator->key, row->figure.label};
    return (List){choices, n};
}

static const char *period_label(Ctx *ctx, const char *period)
{
    return strlen(period) == 4 ? period : report_month_label(ctx, period);
}

static const char *period_beside(Ctx *ctx, const Measure *m, i64 instant)
{
    const char *month = clock_month_text(ctx->arena, ctx->city->zone, instant);
    return strlen(m->period) == 4 ? arena_copy(ctx->arena, month, 4) : month;
}

/* What was done to the goals of this time, the newest first. */
static List history(Ctx *ctx, List rows)
{
    JournalLine *lines = arena_array(ctx->arena, JournalLine, HISTORY);
    size_t n = 0;
    for (const GoalRow *row = rows.items, *end = row + rows.count; row < end && n < HISTORY; row++) {
        List of_goal = row->goal ? journal_of(ctx, "strategy_goal", row->goal->id, HISTORY) : (List){0};
        List of_figure = row->typed ? journal_of(ctx, "strategy_figure", row->typed->id, HISTORY) : (List){0};
        for (size_t i = 0; i < of_goal.count && n < HISTORY; i++)
            lines[n++] = ((const JournalLine *)of_goal.items)[i];
        for (size_t i = 0; i < of_figure.count && n < HISTORY; i++)
            lines[n++] = ((const JournalLine *)of_figure.items)[i];
    }
    for (size_t i = 1; i < n; i++)
        for (size_t j = i; j && lines[j - 1].id < lines[j].id; j--) {
            JournalLine older = lines[j - 1];
            lines[j - 1] = lines[j];
            lines[j] = older;
        }
    return (List){lines, n};
}

static bool any_goal(List rows)
{
    for (const GoalRow *row = rows.items, *end = row + rows.count; row < end; row++)
        if (row->goal)
            return true;
    return false;
}

static void draw(Ctx *ctx, const Request *req, Page *page, const Asked *a, List rows)
{
    const Measure *m = &a->measure;
    GoalsShown x = {
        .form = req->form, .rows = rows, .period = m->period, .label = period_label(ctx, m->period), .area = a->area,
        .previous = period_beside(ctx, m, m->span.from - 1), .next = period_beside(ctx, m, m->span.to),
        .chosen = req->method == GET ? query_text(req, "indicador") : NULL,
        .indicators = indicator_choices(ctx, rows, false), .manuals = indicator_choices(ctx, rows, true),
        .journal = history(ctx, rows), .year = strlen(m->period) == 4,
        .may_edit = people_has(ctx, RIGHT_STRATEGY_EDIT), .any_goal = any_goal(rows),
        .active = req->method == POST ? strrchr(req->route->path, '/') + 1 : NULL,
    };
    x.previous_label = period_label(ctx, x.previous);
    x.next_label = period_label(ctx, x.next);
    x.areas = area_choices(ctx, a->area, &x.area_label);
    report_goal_view_page(page->html, &x);
}

/* GET /mesa/estrategias/metas; also drawn again when one of its forms was wrong */
static void page_goals(Ctx *ctx, const Request *req, Page *page)
{
    Asked a;
    if (!people_may(ctx, RIGHT_STRATEGY_READ) || !read_asked(ctx, req, &a))
        return;
    List rows = rows_of(ctx, &a.measure);
    page->title = arena_printf(ctx->arena, "%s · %s", say(ctx, "Goals"), period_label(ctx, a.measure.period));
    page->here = "/mesa/estrategias/metas";
    page_list(page, &line_shape, lines_of(ctx, rows, &a.measure), (i64)rows.count, NULL);
    if (page->format == FORMAT_HTML)
        draw(ctx, req, page, &a, rows);
}

/* ---- changing ---- */
static Url back_to(Ctx *ctx, const char *period, i64 area)
{
    Url url = url_query(ctx->arena, url_literal("/mesa/estrategias/metas"), "periodo", period);
    return url_query(ctx->arena, url, "area", area ? id_text(ctx->arena, area) : NULL);
}

/* POST /mesa/estrategias/metas */
static void act_set(Ctx *ctx, const Request *req, Page *page)
{
    if (!people_may(ctx, RIGHT_STRATEGY_EDIT))
        return;
    const Indicator *indicator = report_indicator_need(ctx, form_text(ctx, req, "indicator", 40), "indicator");
    const char *period = form_need(ctx, req, "period", 7);
    i64 area = form_id(ctx, req, "area"), target = form_int(ctx, req, "target", 0, 1000000000);
    if (faulted(ctx) || !strategy_set_goal(ctx, indicator, period, area, target, req->version))
        return;
    page_one(page, &strategy_goal_shape, strategy_goal(ctx, indicator->key, period, area));
    page_done(page, back_to(ctx, period, area), say(ctx, "The goal was set."));
}

/* POST /mesa/estrategias/metas/quitar */
static void act_drop(Ctx *ctx, const Request *req, Page *page)
{
    if (!people_may(ctx, RIGHT_STRATEGY_EDIT))
        return;
    const char *key = form_need(ctx, req, "indicator", 40), *period = form_need(ctx, req, "period", 7);
    i64 area = form_id(ctx, req, "area");
    const Goal *goal = faulted(ctx) ? NULL : strategy_goal(ctx, key, period, area);
    if (!goal && !faulted(ctx))
        fault(ctx, FAULT_NOT_FOUND, "There is no such goal.");
    if (!goal || !strategy_drop_goal(ctx, goal->id, req->version))
        return;
    page_one(page, &strategy_goal_shape, goal);
    page_done(page, back_to(ctx, period, area), say(ctx, "The goal was taken away."));
}

/* POST /mesa/estrategias/cifras */
static void act_type(Ctx *ctx, const Request *req, Page *page)
{
    if (!people_may(ctx, RIGHT_STRATEGY_EDIT))
        return;
    const Indicator *indicator = report_indicator_need(ctx, form_text(ctx, req, "indicator", 40), "indicator");
    const Upload *file = req->uploads.count ? req->uploads.items : NULL;
    TypedDraft draft = {
        .month = form_need(ctx, req, "month", 7), .area = form_id(ctx, req, "area"),
        .value = form_int(ctx, req, "value", 0, 1000000000), .url = form_text(ctx, req, "url", 2000),
        .text = form_text(ctx, req, "text", 2000), .sha256 = file ? file->sha256 : NULL, .filename = file ? file->filename : NULL,
    };
    if (faulted(ctx) || !strategy_type_figure(ctx, indicator, &draft, req->version))
        return;
    page_one(page, &strategy_figure_shape, strategy_typed(ctx, indicator->key, draft.month, draft.area));
    page_done(page, back_to(ctx, draft.month, draft.area), say(ctx, "The figure was kept with its evidence."));
}

/* GET /mesa/estrategias/cifras/:id */
static void page_figure_file(Ctx *ctx, const Request *req, Page *page)
{
    const TypedFigure *f = people_may(ctx, RIGHT_STRATEGY_READ) ? strategy_typed_find(ctx, req->id) : NULL;
    if (!f)
        return;
    if (!f->sha256)
        fault(ctx, FAULT_NOT_FOUND, "This figure was typed without a file.");
    else if (page_file(ctx, req, page, f->sha256, "application/octet-stream", f->filename ? f->filename : "evidencia"))
        page->modified = f->changed_at;
}

const Route report_goal_routes[] = {
    {GET, "/mesa/estrategias/metas", page_goals, RIGHT_STRATEGY_READ, "Goals of a year or a month, with what the records say",
     .list = true, .query = "periodo area indicador", .shape = &line_shape},
    {POST, "/mesa/estrategias/metas", act_set, RIGHT_STRATEGY_EDIT, "Sets the goal of an indicator for a year or a month",
     .fields = "indicator! period! target! area version", .shape = &strategy_goal_shape, .form = page_goals},
    {POST, "/mesa/estrategias/metas/quitar", act_drop, RIGHT_STRATEGY_EDIT, "Takes a goal away",
     .fields = "indicator! period! area version", .shape = &strategy_goal_shape, .form = page_goals},
    {POST, "/mesa/estrategias/cifras", act_type, RIGHT_STRATEGY_EDIT, "Types a figure that no record holds, with its evidence",
     .fields = "indicator! month! value! area url text version", .shape = &strategy_figure_shape, .form = page_goals, .files = true},
    {GET, "/mesa/estrategias/cifras/:id", page_figure_file, RIGHT_STRATEGY_READ, "The file that came as evidence of a typed figure",
     .formats = AS_HTML},
    {0},
};
