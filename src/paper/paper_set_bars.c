/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* paper_set_bars.c: a bar chart: an axis in round numbers, groups of bars, a legend. */
#include "paper/paper_galley.h"

#include <math.h>

#define AXIS_WIDTH  24.0
#define PLOT_HEIGHT 104.0
#define BAR_MAX     13.0
#define BAR_GAP     2.0

static const unsigned colours[PAPER_SERIES_MAX] = {ACCENT, PETROL, 0xC98A2B, 0x7A8B90};

typedef struct Plot {
    const PaperBars *bars;
    Elem *figure;
    Piece *piece;
    double x, width; /* of the plot, right of the axis */
    double top, base;
    double max; /* what the plot's height shows */
    double step;
} Plot;

static i64 largest(const PaperBars *bars)
{
    const PaperSeries *series = bars->series.items;
    i64 most = 0;
    for (size_t s = 0; s < bars->series.count; s++)
        for (size_t i = 0; i < bars->groups.count; i++)
            if (series[s].values[i] != NONE && series[s].values[i] > most)
                most = series[s].values[i];
    return most;
}

/* Two to five steps of 1, 2 or 5 times a power of ten; counts have no half. */
static void choose_axis(Plot *p)
{
    double most = (double)largest(p->bars), power = pow(10, floor(log10(most > 1 ? most / 2 : 1)));
    static const double factors[] = {1, 2, 5, 10};
    p->step = power;
    for (size_t i = 0; i < COUNT(factors) && most / p->step > 4; i++)
        p->step = power * factors[i];
    p->max = most > p->step ? most : p->step;
}

static const char *tick_text(Galley *g, i64 n)
{
    if (n >= 1000000)
        return arena_printf(g->arena, "%.4g M", (double)n / 1e6);
    if (n < 1000)
        return arena_printf(g->arena, "%" PRId64, n);
    return arena_printf(g->arena, "%" PRId64 ",%03d", n / 1000, (int)(n % 1000));
}

static void add_axis(Galley *g, Plot *p)
{
    for (double at = 0; at <= p->max * 1.0001; at += p->step) {
        double y = p->base - at / p->max * (p->base - p->top);
        item_rule(g, p->piece, p->x, y, p->width, 0.6, RULE)->elem = p->figure;
        const Type *t =
            type_set_short(g, TYPE_AXIS, tick_text(g, (i64)at), AXIS_WIDTH + 6, PAPER_RIGHT, 1);
        item_type(g, p->piece, p->figure, t, p->x - AXIS_WIDTH - 12, y - 5.2);
    }
}

static void add_bar(Galley *g, Plot *p, double x, double w, i64 value, unsigned colour)
{
    if (value == NONE || value <= 0)
        return;
    double h = (double)value / p->max * (p->base - p->top);
    double radius = h < 4 || w < 5 ? 0 : 2;
    item_box(g, p->piece, x, p->base - h, w, h, radius, colour)->elem = p->figure;
}

/* Every second, third… label, when they would not stand beside each other. */
static size_t label_step(Galley *g, const Plot *p, double each)
{
    const char *const *groups = p->bars->groups.items;
    double widest = 0;
    for (size_t i = 0; i < p->bars->groups.count; i++) {
        const Type *t = type_set_short(g, TYPE_AXIS, groups[i], 100, PAPER_LEFT, 1);
        widest = t && t->x1[0] > widest ? t->x1[0] : widest;
    }
    size_t step = (size_t)ceil((widest + 3) / each);
    return step ? step : 1;
}

static void add_groups(Galley *g, Plot *p)
{
    const char *const *groups = p->bars->groups.items;
    const PaperSeries *series = p->bars->series.items;
    size_t count = p->bars->groups.count, sets = p->bars->series.count;
    double each = p->width / (double)count;
    double bar = fmin(BAR_MAX * (sets < 3 ? 1 : 0.8),
                      (each * 0.8 - BAR_GAP * (double)(sets - 1)) / (double)sets);
    bar = bar < 1.5 ? 1.5 : bar;
    double group = bar * (double)sets + BAR_GAP * (double)(sets - 1);
    size_t step = label_step(g, p, each);
    for (size_t i = 0; i < count; i++) {
        double middle = p->x + each * ((double)i + 0.5), x = middle - group / 2;
        for (size_t s = 0; s < sets; s++)
            add_bar(g, p, x + (double)s * (bar + BAR_GAP), bar, series[s].values[i], colours[s]);
        double room = each * (double)step;
        if (i % step == 0)
            item_type(g, p->piece, p->figure,
                      type_set_short(g, TYPE_AXIS, groups[i], room, PAPER_CENTRE, 1),
                      middle - room / 2, p->base + 4);
    }
}

static double add_legend(Galley *g, Plot *p)
{
    const PaperSeries *series = p->bars->series.items;
    double x = p->x + 4, y = p->base + 20, right = p->x + p->width;
    for (size_t s = 0; s < p->bars->series.count; s++) {
        const Type *t =
            type_set_short(g, TYPE_LEGEND, series[s].label, p->width - 20, PAPER_LEFT, 1);
        double wide = t ? t->x1[0] + 11 : 11;
        if (x + wide > right && x > p->x + 4) {
            x = p->x + 4;
            y += 13;
        }
        item_box(g, p->piece, x, y + 1.4, 7, 7, 1.5, colours[s])->elem = p->figure;
        item_type(g, p->piece, p->figure, t, x + 11, y);
        x += wide + 22;
    }
    return y + 11;
}

void set_bars(Galley *g, Elem *parent, const PaperBars *bars, double x, double width)
{
    if (!bars->groups.count || !bars->series.count)
        return;
    Plot p = {.bars = bars,
              .figure = elem_new(g, parent, "Figure"),
              .piece = piece_new(g),
              .x = x + AXIS_WIDTH - 4,
              .width = width - AXIS_WIDTH + 4,
              .top = 8,
              .base = 8 + PLOT_HEIGHT};
    p.figure->alt = bars->alt;
    choose_axis(&p);
    add_axis(g, &p);
    add_groups(g, &p);
    p.piece->height = add_legend(g, &p);
    piece_add(g, p.piece, g->last && g->last->keep ? 4 : 10);
}
