/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_board.c: coverages as columns of states, and as a month of persons and days. */
#include "desks/agenda/coverage/agenda_board.h"
#include "agenda_coverage_queries.h"

#include <stdlib.h>

enum { HEAT_MOST = 10000, PEOPLE_SHOWN = 200, SHADES = 5, ABSENT_MOST = 1000 };
/* What is over stays on the board this long. */
#define BOARD_PAST (30 * CLOCK_DAY)

/* ---- columns ---- */

static const CoverageState order[] = {COVERAGE_PROPOSED,    COVERAGE_DECLINED, COVERAGE_ASSIGNED,  COVERAGE_ACCEPTED,
                                      COVERAGE_IN_PROGRESS, COVERAGE_RETURNED, COVERAGE_DELIVERED, COVERAGE_APPROVED};

/* Of the moves that need no more words than the click, those that this actor may make. */
static unsigned moves_of(Ctx *ctx, const Coverage *c)
{
    bool answers = people_has(ctx, RIGHT_COVERAGE_ASSIGN) ||
                   (people_has(ctx, RIGHT_COVERAGE_DELIVER) && agenda_coverage_mine(ctx, c));
    unsigned moves = 0;
    if (answers && STATE_BIT(c->state) & FROM_ACCEPT)
        moves |= STATE_BIT(COVERAGE_ACCEPTED);
    if (answers && STATE_BIT(c->state) & FROM_START)
        moves |= STATE_BIT(COVERAGE_IN_PROGRESS);
    if (people_has(ctx, RIGHT_COVERAGE_APPROVE) && STATE_BIT(c->state) & FROM_APPROVE)
        moves |= STATE_BIT(COVERAGE_APPROVED);
    return moves;
}

static List cards_of(Ctx *ctx, List coverages)
{
    const Coverage *c = coverages.items;
    BoardCard *cards = arena_array(ctx->arena, BoardCard, coverages.count + 1);
    for (size_t i = 0; i < coverages.count; i++)
        cards[i] = (BoardCard){&c[i], moves_of(ctx, &c[i])};
    return (List){cards, coverages.count};
}

/* The soonest due of one state among those of all. */
static BoardColumn column_of(Ctx *ctx, List coverages, CoverageState state)
{
    const Coverage *all = coverages.items;
    size_t from = 0, to;
    while (from < coverages.count && all[from].state != state)
        from++;
    for (to = from; to < coverages.count && all[to].state == state; to++)
        ;
    List cards = cards_of(ctx, (List){all ? all + from : NULL, to - from});
    return (BoardColumn){.state = state, .cards = cards, .total = (i64)cards.count};
}

typedef struct Counted {
    int state;
    i64 of_state;
} Counted;
static const Field counted_fields[] = {FIELD_WORD(Counted, state, agenda_state_words), FIELD_INT(Counted, of_state)};
static const Shape counted_shape = SHAPE("counted", Counted, counted_fields);

static i64 count_of(List counts, CoverageState state)
{
    for (const Counted *c = counts.items, *end = c + counts.count; c < end; c++) {
        if (c->state == (int)state)
            return c->of_state;
    }
    return 0;
}

/* Counts only when a column shows less than there is. */
static void count_columns(Ctx *ctx, BoardColumn *columns, size_t n, i64 since)
{
    bool full = false;
    for (size_t i = 0; i < n; i++)
        full |= columns[i].cards.count >= BOARD_MOST;
    if (!full)
        return;
    List counts = db_list(ctx, &q_agenda_board_counts, &counted_shape, I(since), I(0)), hidden = {0};
    if (!agenda_sees_private(ctx))
        hidden = db_list(ctx, &q_agenda_board_hidden, &counted_shape, I(since), I(0));
    for (size_t i = 0; i < n; i++)
        columns[i].total = count_of(counts, columns[i].state) - count_of(hidden, columns[i].state);
}

List agenda_board(Ctx *ctx)
{
    i64 since = ctx->now - BOARD_PAST;
    List coverages = db_list(ctx, &q_agenda_board, &agenda_coverage_shape, I(since), B(agenda_sees_private(ctx)),
                             I(BOARD_MOST), I(0));
    BoardColumn *columns = arena_array(ctx->arena, BoardColumn, COUNT(order));
    size_t n = 0;
    for (size_t i = 0; i < COUNT(order); i++) {
        BoardColumn column = column_of(ctx, coverages, order[i]);
        if (column.total || (order[i] != COVERAGE_DECLINED && order[i] != COVERAGE_RETURNED))
            columns[n++] = column;
    }
    count_columns(ctx, columns, n, since);
    return (List){columns, n};
}

bool agenda_move(Ctx *ctx, i64 coverage, i64 version, CoverageState to, const char *reason)
{
    switch (to) {
    case COVERAGE_ACCEPTED: return agenda_accept(ctx, coverage, version);
    case COVERAGE_IN_PROGRESS: return agenda_start(ctx, coverage, version);
    case COVERAGE_APPROVED: return agenda_approve(ctx, coverage, version);
    case COVERAGE_DECLINED: return agenda_decline(ctx, coverage, version, reason);
    case COVERAGE_RETURNED: return agenda_return(ctx, coverage, version, reason);
    case COVERAGE_CANCELLED: return agenda_uncover(ctx, coverage, version, reason);
    default:
        return fault_field(ctx, "state", "It cannot be moved to \"%s\" like this: open it, for that needs more to be said.",
                           say_word(ctx, agenda_state_words, (int)to));
    }
}

/* ---- the month ---- */

typedef struct HeatRow {
    i64 person, starts_at;
} HeatRow;
static const Field heat_fields[] = {FIELD_ID(HeatRow, person), FIELD_TIME(HeatRow, starts_at)};
static const Shape heat_shape = SHAPE("heat", HeatRow, heat_fields);

int agenda_shade(i64 n)
{
    return n > SHADES ? SHADES : (int)n;
}

bool agenda_is_today(const Ctx *ctx, const Period *month, int day)
{
    return ctx->now >= month->span.from && ctx->now < month->span.to &&
           clock_wall(ctx->city->zone, ctx->now).day == day;
}

static int day_of(Ctx *ctx, i64 instant)
{
    return clock_wall(ctx->city->zone, instant).day - 1;
}

static void count_rows(Ctx *ctx, List rows, HeatLane *lanes, size_t n, HeatShown *shown)
{
    for (const HeatRow *r = rows.items, *end = r + rows.count; r < end; r++) {
        int day = day_of(ctx, r->starts_at);
        for (size_t i = 0; i < n; i++) {
            if (lanes[i].person != r->person)
                continue;
            lanes[i].days[day]++;
            lanes[i].total++;
            shown->totals[day]++;
            shown->total++;
        }
    }
}

static void mark_absences(Ctx *ctx, Span month, HeatLane *lanes, size_t n)
{
    List absences = people_absences_in(ctx, month, ABSENT_MOST);
    for (const Absence *a = absences.items, *end = a + absences.count; a < end; a++) {
        i64 from = a->from_at > month.from ? a->from_at : month.from, to = a->to_at < month.to ? a->to_at : month.to;
        for (size_t i = 0; i < n; i++) {
            for (i64 at = from; lanes[i].person == a->person && at < to; at += CLOCK_DAY)
                lanes[i].away[day_of(ctx, at)] = true;
        }
    }
}

/* Who has something, or is here to get something. */
static List kept_lanes(HeatLane *lanes, size_t n)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        if (lanes[i].total || lanes[i].active)
            lanes[kept++] = lanes[i];
    }
    return (List){lanes, kept < PEOPLE_SHOWN ? kept : PEOPLE_SHOWN};
}

HeatShown agenda_heat(Ctx *ctx, const Period *month)
{
    HeatShown shown = {.month = month};
    List people = people_all(ctx);
    const Person *p = people.items;
    HeatLane *lanes = arena_array(ctx->arena, HeatLane, people.count + 1);
    for (size_t i = 0; i < people.count; i++)
        lanes[i] = (HeatLane){.person = p[i].id, .name = p[i].name, .active = p[i].state == PERSON_ACTIVE};
    Wall last = clock_wall(ctx->city->zone, month->span.to - 1);
    shown.days = last.day;
    count_rows(ctx, db_list(ctx, &q_agenda_heat, &heat_shape, I(month->span.from), I(month->span.to),
                            B(agenda_sees_private(ctx)), I(HEAT_MOST)),
               lanes, people.count, &shown);
    HeatShown apart = {0}; /* what nobody covers is not added to what they have */
    HeatLane *nobody = arena_new_of(ctx->arena, HeatLane);
    count_rows(ctx, db_list(ctx, &q_agenda_heat_uncovered, &heat_shape, I(month->span.from), I(month->span.to), I(HEAT_MOST)),
               nobody, 1, &apart);
    mark_absences(ctx, month->span, lanes, people.count);
    shown.nobody = nobody;
    shown.lanes = kept_lanes(lanes, people.count);
    return shown;
}

static const Field cell_fields[] = {
    FIELD_ID(HeatCell, person),
    FIELD_TEXT(HeatCell, name),
    FIELD_TEXT(HeatCell, day),
    FIELD_INT(HeatCell, coverages),
};
const Shape agenda_heat_shape = SHAPE("heat_cell", HeatCell, cell_fields);

List agenda_heat_list(Ctx *ctx, const HeatShown *shown)
{
    HeatCell *cells = arena_array(ctx->arena, HeatCell, shown->lanes.count * HEAT_DAYS + 1);
    size_t n = 0;
    for (const HeatLane *l = shown->lanes.items, *end = l + shown->lanes.count; l < end; l++) {
        for (int day = 0; day < shown->days; day++) {
            if (l->days[day])
                cells[n++] = (HeatCell){l->person, l->days[day], l->name,
                                        arena_printf(ctx->arena, "%s-%02d", shown->month->text, day + 1)};
        }
    }
    return (List){cells, n};
}
