/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_tallies.c: the month by area, topic, kind, person and day, from two readings. */
#include "desks/agenda/agenda_room.h"
#include "store/db.h"
#include "agenda_figure_queries.h"

#include <stdlib.h>

enum { EVENTS_MOST = 5000, WORK_MOST = 20000, ROWS_MOST = 60, TABLE_MOST = 600 };

static const Field tally_fields[] = {
    FIELD_TEXT(Tally, key),      FIELD_TEXT(Tally, label),     FIELD_INT(Tally, events),
    FIELD_INT(Tally, covered),   FIELD_INT(Tally, planned),    FIELD_INT(Tally, delivered),
    FIELD_INT(Tally, approved),  FIELD_INT(Tally, on_time),    FIELD_INT(Tally, minutes),
};
const Shape agenda_tally_shape = SHAPE("tally", Tally, tally_fields);

static const Field events_fields[] = {
    FIELD_TEXT(Tally, key), FIELD_TEXT(Tally, label), FIELD_INT(Tally, events), FIELD_INT(Tally, covered),
};
const Shape agenda_tally_events_shape = SHAPE("tally_of_events", Tally, events_fields);

static const Field tally_work_fields[] = {
    FIELD_TEXT(Tally, key),       FIELD_TEXT(Tally, label),    FIELD_INT(Tally, planned), FIELD_INT(Tally, delivered),
    FIELD_INT(Tally, approved),   FIELD_INT(Tally, on_time),   FIELD_INT(Tally, minutes),
};
const Shape agenda_tally_work_shape = SHAPE("tally_of_coverages", Tally, tally_work_fields);

/* ---- the two readings ---- */
typedef struct Held {
    i64 id, starts_at, area, approved_count;
    const char *topics, *area_name;
} Held;
static const Field held_fields[] = {
    FIELD_ID(Held, id),    FIELD_TIME(Held, starts_at),     FIELD_TEXT(Held, topics),
    FIELD_ID(Held, area),  FIELD_TEXT(Held, area_name),     FIELD_INT(Held, approved_count),
};
static const Shape held_shape = SHAPE("held", Held, held_fields);

typedef struct Work {
    CoverageKind kind;
    CoverageState state;
    i64 assignee, area, due_at, delivered_at, worked_minutes;
    const char *person_name, *area_name;
} Work;
static const Field work_fields[] = {
    FIELD_WORD(Work, kind, agenda_kind_words), FIELD_WORD(Work, state, agenda_state_words),
    FIELD_ID(Work, assignee),                  FIELD_TEXT(Work, person_name),
    FIELD_ID(Work, area),                      FIELD_TEXT(Work, area_name),
    FIELD_TIME(Work, due_at),                  FIELD_TIME(Work, delivered_at),
    FIELD_INT(Work, worked_minutes),
};
static const Shape work_shape = SHAPE("work", Work, work_fields);

/* ---- a table that grows by its keys ---- */
typedef struct Table {
    Tally *rows;
    size_t count, room;
} Table;

static Table table_new(Arena *a, size_t room)
{
    return (Table){arena_array(a, Tally, room), 0, room};
}

/* The row of a key, made when it is new; what has no place left is counted in the last row. */
static Tally *row_of(Table *t, const char *key, const char *label)
{
    for (size_t i = 0; i < t->count; i++)
        if (text_same(t->rows[i].key, key))
            return &t->rows[i];
    if (t->count == t->room)
        return &t->rows[t->room - 1];
    t->rows[t->count] = (Tally){.key = key, .label = label};
    return &t->rows[t->count++];
}

static void count_event(Tally *row, const Held *e)
{
    row->events++;
    row->covered += e->approved_count > 0;
}

static void count_work(Tally *row, const Work *w)
{
    bool handed_in = w->state == COVERAGE_DELIVERED || w->state == COVERAGE_APPROVED;
    row->planned++;
    row->delivered += handed_in;
    row->approved += w->state == COVERAGE_APPROVED;
    row->on_time += handed_in && w->delivered_at && w->delivered_at <= w->due_at;
    row->minutes += handed_in && w->worked_minutes != NONE ? w->worked_minutes : 0;
}

static int most_first(const void *a, const void *b)
{
    const Tally *x = a, *y = b;
    i64 more = (y->events + y->approved) - (x->events + x->approved);
    if (more)
        return more > 0 ? 1 : -1;
    return strcmp(x->label ? x->label : "\x7f", y->label ? y->label : "\x7f");
}

static void add_up(Tally *to, const Tally *from)
{
    to->events += from->events;
    to->covered += from->covered;
    to->planned += from->planned;
    to->delivered += from->delivered;
    to->approved += from->approved;
    to->on_time += from->on_time;
    to->minutes += from->minutes;
}

static List sorted(Ctx *ctx, Table *t)
{
    qsort(t->rows, t->count, sizeof *t->rows, most_first);
    if (t->count > ROWS_MOST) {
        Tally *last = &t->rows[ROWS_MOST - 1];
        for (size_t i = ROWS_MOST; i < t->count; i++)
            add_up(last, &t->rows[i]);
        last->key = "others";
        last->label = say(ctx, "The others");
        t->count = ROWS_MOST;
    }
    return (List){t->rows, t->count};
}

/* ---- the tables ---- */
static List by_area(Ctx *ctx, List held, List work)
{
    Table t = table_new(ctx->arena, TABLE_MOST);
    for (const Held *e = held.items, *end = e + held.count; e < end; e++)
        count_event(row_of(&t, e->area ? id_text(ctx->arena, e->area) : "", e->area_name), e);
    for (const Work *w = work.items, *end = w + work.count; w < end; w++)
        count_work(row_of(&t, w->area ? id_text(ctx->arena, w->area) : "", w->area_name), w);
    return sorted(ctx, &t);
}

/* An event with three topics counts in three rows: this table does not add up to the month, and says so. */
static List by_topic(Ctx *ctx, List held)
{
    Table t = table_new(ctx->arena, TABLE_MOST);
    for (const Held *e = held.items, *end = e + held.count; e < end; e++) {
        List topics = text_split(ctx->arena, e->topics ? e->topics : "", '\n');
        if (!topics.count)
            count_event(row_of(&t, "", NULL), e);
        for (size_t i = 0; i < topics.count; i++) {
            const char *topic = ((const char *const *)topics.items)[i];
            count_event(row_of(&t, topic, topic), e);
        }
    }
    return sorted(ctx, &t);
}

static List by_kind(Ctx *ctx, List work)
{
    Table t = table_new(ctx->arena, COVER_DESIGN + 1);
    for (int kind = 0; kind <= COVER_DESIGN; kind++)
        row_of(&t, word_name(agenda_kind_words, kind), say_word(ctx, agenda_kind_words, kind));
    for (const Work *w = work.items, *end = w + work.count; w < end; w++)
        count_work(&t.rows[w->kind], w);
    size_t kept = 0;
    for (size_t i = 0; i < t.count; i++)
        if (t.rows[i].planned)
            t.rows[kept++] = t.rows[i];
    return (List){t.rows, kept};
}

static List by_person(Ctx *ctx, List work)
{
    Table t = table_new(ctx->arena, TABLE_MOST);
    for (const Work *w = work.items, *end = w + work.count; w < end; w++)
        if (w->assignee)
            count_work(row_of(&t, id_text(ctx->arena, w->assignee), w->person_name), w);
    return sorted(ctx, &t);
}

static List by_day(Ctx *ctx, Span span, List held)
{
    const Zone *zone = ctx->city->zone;
    size_t room = (size_t)((span.to - span.from) / CLOCK_DAY) + 2;
    Tally *rows = arena_array(ctx->arena, Tally, room);
    size_t n = 0, next = 0;
    for (Span day = clock_day_of(zone, span.from); day.from < span.to && n < room; day = clock_day_of(zone, day.to), n++) {
        const char *key = clock_day_text(ctx->arena, zone, day.from);
        rows[n] = (Tally){.key = key};
        for (; next < held.count && ((const Held *)held.items)[next].starts_at < day.to; next++)
            count_event(&rows[n], (const Held *)held.items + next);
    }
    return (List){rows, n};
}

const Tallies *agenda_tallies(Ctx *ctx, Span span)
{
    List held = db_list(ctx, &q_agenda_figure_month, &held_shape, I(span.from), I(span.to), I(EVENTS_MOST));
    List work = db_list(ctx, &q_agenda_figure_work, &work_shape, I(span.from), I(span.to), I(WORK_MOST));
    Tallies *all = arena_new_of(ctx->arena, Tallies);
    *all = (Tallies){
        .areas = by_area(ctx, held, work), .topics = by_topic(ctx, held), .kinds = by_kind(ctx, work),
        .people = by_person(ctx, work),    .days = by_day(ctx, span, held),
    };
    return all;
}
