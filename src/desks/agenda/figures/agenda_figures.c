/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_figures.c: counting for the month's report, and the lists that are counted. */
#include "desks/agenda/agenda_room.h"
#include "store/db.h"
#include "agenda_figure_queries.h"

const Word agenda_work_words[] = {
    [WORK_PLANNED] = {"coverages_planned", N_("Coverages planned")},
    [WORK_DELIVERED] = {"coverages_delivered", N_("Coverages delivered")},
    [WORK_APPROVED] = {"coverages_approved", N_("Coverages approved")},
    [WORK_ON_TIME] = {"coverages_on_time", N_("Coverages delivered on time")},
    [WORK_DECLINED] = {"coverages_declined", N_("Coverages declined")},
    [WORK_MINUTES] = {"person_minutes", N_("Coverages whose working time was said")},
    {0},
};

static i64 counted(i64 number)
{
    return number == NONE ? 0 : number;
}

i64 agenda_figure_count(Ctx *ctx, const Measure *m, AgendaFigure figure)
{
    return counted(db_number(ctx, &q_agenda_figure_events_count, I(m->span.from), I(m->span.to),
                             W(agenda_figure_words, figure), I(m->area)));
}

List agenda_figure_rows(Ctx *ctx, const Shape *shape, const Measure *m, AgendaFigure figure, i64 after_at, i64 after_id, i64 limit)
{
    return db_list(ctx, &q_agenda_figure_events, shape, I(m->span.from), I(m->span.to),
                   W(agenda_figure_words, figure), I(m->area), I(after_at), I(after_id), I(limit));
}

#define WORK_BINDS(m, f)                                                                    \
    I((m)->span.from), I((m)->span.to), W(agenda_work_words, (f).work), I((m)->area),       \
        T((f).kind ? (f).kind : ""), I((f).person)

i64 agenda_work_count(Ctx *ctx, const Measure *m, WorkFilter f)
{
    return counted(db_number(ctx, &q_agenda_figure_coverages_count, WORK_BINDS(m, f)));
}

List agenda_work_list(Ctx *ctx, const Measure *m, WorkFilter f, i64 after_at, i64 after_id, i64 limit)
{
    return db_list(ctx, &q_agenda_figure_coverages, &agenda_coverage_shape, WORK_BINDS(m, f), I(after_at), I(after_id), I(limit));
}
