/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* report_compute.c: what the records say now: figures, comparisons, tables. */
#include "desks/report/report_room.h"
#include "store/db.h"

enum { UNCOVERED_MOST = 500 };

/* ---- what a figure is compared with ---- */
typedef struct Compared {
    Measure now, before, year_before;
    bool has_before, has_year_before; /* the agenda knows something of that month */
} Compared;

static bool has_events(Ctx *ctx, const Measure *m)
{
    return m->span.from < m->span.to && agenda_figure_count(ctx, m, AGENDA_HELD) > 0;
}

static Measure month_measure(Ctx *ctx, Span span, i64 area)
{
    return (Measure){span, clock_month_text(ctx->arena, ctx->city->zone, span.from), area};
}

static Compared compared(Ctx *ctx, Span span)
{
    const Zone *zone = ctx->city->zone;
    Wall wall = clock_wall(zone, span.from);
    wall.year--;
    Compared c = {
        .now = month_measure(ctx, span, 0),
        .before = month_measure(ctx, clock_month_of(zone, span.from - 1), 0),
        .year_before = month_measure(ctx, clock_month_of(zone, clock_instant(zone, wall, NULL)), 0),
    };
    c.has_before = has_events(ctx, &c.before);
    c.has_year_before = has_events(ctx, &c.year_before);
    return c;
}

/* ---- one figure ---- */
static const char *evidence_of(Ctx *ctx, const Indicator *ind, const Measure *m)
{
    const TypedFigure *typed = ind->kind == INDICATOR_MANUAL ? strategy_typed(ctx, ind->key, m->period, m->area) : NULL;
    return !typed ? NULL : typed->url ? typed->url : typed->text;
}

Figure report_figure(Ctx *ctx, const Indicator *ind, const Measure *m)
{
    return (Figure){
        .key = ind->key, .label = say(ctx, ind->label), .unit = say(ctx, ind->unit), .units = say(ctx, ind->units),
        .formula = say(ctx, ind->formula), .source = say(ctx, ind->source),
        .direction = ind->direction, .kind = ind->kind, .form = ind->form,
        .value = ind->count(ctx, m, ind->key),
        .of = ind->of ? ind->of(ctx, m, ind->key) : NONE,
        .missing = ind->missing ? ind->missing(ctx, m, ind->key) : NONE,
        .goal = NONE, .previous = NONE, .year_before = NONE,
        .evidence = evidence_of(ctx, ind, m),
        .records = ind->records ? ind->records(ctx, m, ind->key) : NULL,
        .public_records = ind->public_records ? ind->public_records(ctx, m, ind->key) : NULL,
    };
}

static Figure whole_figure(Ctx *ctx, const Indicator *ind, const Compared *c)
{
    Figure f = report_figure(ctx, ind, &c->now);
    f.goal = strategy_target(ctx, ind->key, c->now.period, 0);
    if (c->has_before)
        f.previous = ind->count(ctx, &c->before, ind->key);
    if (c->has_year_before)
        f.year_before = ind->count(ctx, &c->year_before, ind->key);
    return f;
}

/* What nobody typed is no figure of this month. */
static bool shown(const Figure *f)
{
    return f->kind == INDICATOR_COMPUTED || f->value != NONE || f->goal != NONE;
}

static List figures(Ctx *ctx, const Compared *c)
{
    size_t n = 0, room = 0;
    for (const Indicator *const *table = report_indicator_tables; *table; table++)
        for (const Indicator *i = *table; i->key; i++)
            room++;
    Figure *all = arena_array(ctx->arena, Figure, room + 1);
    for (const Indicator *const *table = report_indicator_tables; *table; table++)
        for (const Indicator *i = *table; i->key; i++) {
            all[n] = whole_figure(ctx, i, c);
            n += shown(&all[n]);
        }
    return (List){all, n};
}

/* ---- the rest ---- */
/* What has not ended yet may still be covered: nobody has to say why not. */
static List uncovered(Ctx *ctx, const Measure *m)
{
    List events = agenda_list(ctx, &(AgendaFilter){.span = m->span, .figure = AGENDA_NOT_COVERED}, 0, 0, UNCOVERED_MOST);
    Uncovered *all = arena_array(ctx->arena, Uncovered, events.count + 1);
    size_t n = 0;
    for (const Event *e = events.items, *end = e + events.count; e < end; e++)
        if (e->ends_at <= ctx->now)
            all[n++] = (Uncovered){.id = e->id, .starts_at = e->starts_at, .title = e->title, .slug = e->slug,
                                   .reason = e->uncovered_reason};
    return (List){all, n};
}

/* The area whose report this is: the one area of the third level, else the directorate, else the office. */
const char *report_area_name(Ctx *ctx)
{
    List areas = people_areas(ctx);
    const Area *third = NULL, *first = areas.count ? areas.items : NULL;
    size_t thirds = 0;
    for (const Area *a = areas.items, *end = a + areas.count; a < end; a++)
        if (a->level == 3) {
            third = a;
            thirds++;
        }
    return thirds == 1 ? third->name : first ? first->name : ctx->city->office;
}

bool report_month_span(Ctx *ctx, const char *month, Span *span_out)
{
    if (!clock_month(ctx->city->zone, month, span_out))
        return fault(ctx, FAULT_INVALID, "%s is no month; one like 2022-07 is wanted.", month);
    if (span_out->from > ctx->now)
        return fault(ctx, FAULT_NOT_FOUND, "%s has not begun: there is nothing to report.", report_month_label(ctx, month));
    return true;
}

static void compute(Ctx *ctx, Report *r)
{
    Compared c = compared(ctx, r->span);
    const Tallies *tallies = agenda_tallies(ctx, r->span);
    r->area = report_area_name(ctx);
    r->office = ctx->city->office;
    r->city = ctx->city->name;
    r->site = ctx->city->base_url;
    r->computed_at = ctx->now;
    r->previous_month = c.has_before ? c.before.period : NULL;
    r->year_before = c.has_year_before ? c.year_before.period : NULL;
    r->figures = figures(ctx, &c);
    r->areas = tallies->areas;
    r->topics = tallies->topics;
    r->kinds = tallies->kinds;
    r->people = tallies->people;
    r->days = tallies->days;
    r->not_covered = uncovered(ctx, &c.now);
}

static Report *empty(Ctx *ctx, const char *month)
{
    Span span;
    if (!report_month_span(ctx, month, &span))
        return NULL;
    Report *r = arena_new_of(ctx->arena, Report);
    *r = (Report){.month = arena_text(ctx->arena, month), .version = 1, .span = span, .over = span.to <= ctx->now};
    return r;
}

Report *report_glance(Ctx *ctx, const char *month, const char *const *keys)
{
    Report *r = empty(ctx, month);
    size_t n = 0, room = 0;
    while (keys[room])
        room++;
    if (!r)
        return NULL;
    Measure m = month_measure(ctx, r->span, 0);
    Figure *figures_seen = arena_array(ctx->arena, Figure, room + 1);
    for (; *keys; keys++) {
        const Indicator *indicator = report_indicator(*keys);
        if (indicator)
            figures_seen[n++] = report_figure(ctx, indicator, &m);
    }
    r->figures = (List){figures_seen, n};
    r->days = agenda_tallies(ctx, r->span)->days;
    return faulted(ctx) ? NULL : r;
}

Report *report_compute(Ctx *ctx, const char *month)
{
    Report *r = empty(ctx, month);
    if (!r)
        return NULL;
    Actor office;
    const Actor *asks = report_as_office(ctx, &office);
    compute(ctx, r);
    ctx->actor = asks;
    return faulted(ctx) ? NULL : r;
}
