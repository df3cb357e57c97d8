/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_test_model.h: series as plainly as can be: what a rule gives, a list of events, and whether the database agrees. */
#pragma once
#include "desks/agenda/series/agenda_repeat_step.h"
#include "desks/agenda/agenda_test_calendar.h"

enum { SERIES_MOST = 32, EVENTS_MOST = 3000 };
#define FAR  (460 * CLOCK_DAY) /* how far the model looks */
#define NEAR (300 * CLOCK_DAY) /* how far both are compared */

/* ---- the model ---- */

typedef struct MSeries {
    char rule[120];   /* without COUNT and UNTIL */
    Wall start, until; /* before it was moved; until.year 0: none */
    i64 count, moved; /* moved: seconds by the wall clock */
    bool over;        /* cancelled as a whole */
    char title[40];
} MSeries;

typedef struct MEvent {
    i64 id, series, key, starts; /* id 0: not met yet */
    char title[40];
    bool apart, cancelled;
} MEvent;

typedef struct Model {
    Office *o;
    GRand *dice;
    guint32 seed;
    const Zone *zone;
    MSeries series[SERIES_MOST];
    MEvent *events;
    size_t series_count, count;
    int titles;
    i64 done, refused;
    bool talks;
} Model;

static int roll(Model *m, int below)
{
    return g_rand_int_range(m->dice, 0, below);
}

static Wall plus(Wall w, i64 seconds)
{
    return clock_wall(NULL, clock_instant(NULL, w, NULL) + seconds * CLOCK_SECOND);
}

static i64 plain(Wall w)
{
    return clock_instant(NULL, w, NULL);
}

/* All instants of a series before `to`: libical gives the walls, the rest is counting. */
static size_t instants(const Model *m, const MSeries *s, i64 to, i64 *out)
{
    struct icalrecurrencetype r = icalrecurrencetype_from_string(s->rule);
    struct icaltimetype t = icaltime_null_time();
    t.year = s->start.year, t.month = s->start.month, t.day = s->start.day;
    t.hour = s->start.hour, t.minute = s->start.minute;
    icalrecur_iterator *it = icalrecur_iterator_new(r, t);
    size_t n = 0;
    out[n++] = clock_instant(m->zone, plus(s->start, s->moved), NULL);
    for (t = icalrecur_iterator_next(it); !icaltime_is_null_time(t); t = icalrecur_iterator_next(it)) {
        Wall wall = {t.year, t.month, t.day, t.hour, t.minute, t.second};
        WallFate fate;
        i64 at = clock_instant(m->zone, plus(wall, s->moved), &fate);
        if (fate == WALL_SKIPPED || plain(wall) <= plain(s->start))
            continue;
        if ((s->count && (i64)n >= s->count) || at >= to || n >= EVENTS_MOST ||
            (s->until.year && plain(wall) > plain(s->until)))
            break;
        out[n++] = at;
    }
    icalrecur_iterator_free(it);
    return n;
}

static bool among(const i64 *list, size_t n, i64 at)
{
    for (size_t i = 0; i < n; i++) {
        if (list[i] == at)
            return true;
    }
    return false;
}

static MEvent *at_key(Model *m, i64 series, i64 key)
{
    for (size_t i = 0; i < m->count; i++) {
        if (m->events[i].series == series && m->events[i].key == key)
            return &m->events[i];
    }
    return NULL;
}

/* What a series gives and nobody knows yet; what is over is not made up afterwards. */
static void grow(Model *m, i64 series, bool also_past)
{
    i64 *list = g_new(i64, EVENTS_MOST + 1), now = m->o->ctx->now;
    const MSeries *s = &m->series[series];
    size_t n = s->over ? 0 : instants(m, s, now + FAR, list);
    for (size_t i = 0; i < n; i++) {
        if (at_key(m, series, list[i]) || (list[i] <= now && !also_past))
            continue;
        g_assert_cmpuint(m->count, <, EVENTS_MOST);
        MEvent *e = &m->events[m->count++];
        *e = (MEvent){.series = series, .key = list[i], .starts = list[i]};
        g_strlcpy(e->title, s->title, sizeof e->title);
    }
    g_free(list);
}

/* After a move or another rule: what is not given any more is cancelled, what is given again stands again. */
static void settle(Model *m, i64 series)
{
    i64 *list = g_new(i64, EVENTS_MOST + 1), now = m->o->ctx->now;
    const MSeries *s = &m->series[series];
    size_t n = instants(m, s, now + FAR, list);
    for (size_t i = 0; i < m->count; i++) {
        MEvent *e = &m->events[i];
        if (e->series != series || e->apart || e->starts <= now)
            continue;
        bool given = among(list, n, e->key);
        if (e->cancelled && given) {
            e->starts = e->key;
            g_strlcpy(e->title, s->title, sizeof e->title);
        }
        e->cancelled = !given;
    }
    g_free(list);
    grow(m, series, false);
}

/* Where the rule goes on at an event: at itself, or after it when a newer rule does not give it. 0: nowhere. */
static i64 goes_on(const Model *m, const MEvent *e)
{
    i64 *list = g_new(i64, EVENTS_MOST + 1), at = 0;
    size_t n = instants(m, &m->series[e->series], m->o->ctx->now + FAR, list);
    for (size_t i = 0; i < n && !at; i++)
        at = list[i] >= e->key ? list[i] : 0;
    g_free(list);
    return at;
}

/* The series of the events from `anchor` on; a new one unless nothing is before it. *from is the first key that is meant. */
static i64 divide(Model *m, const MEvent *anchor, AgendaScope scope, i64 *from)
{
    i64 *list = g_new(i64, EVENTS_MOST + 1), before = 0, old = anchor->series, key = anchor->key;
    i64 next = goes_on(m, anchor);
    size_t n = instants(m, &m->series[old], key + 1, list);
    for (size_t i = 0; i < n; i++)
        before += list[i] < key;
    g_free(list);
    *from = scope == SCOPE_ALL || !before ? INT64_MIN : key;
    if (*from == INT64_MIN)
        return old;
    g_assert_cmpuint(m->series_count, <, SERIES_MOST);
    MSeries *s = &m->series[m->series_count];
    *s = m->series[old];
    s->start = plus(clock_wall(m->zone, next ? next : key), -s->moved);
    s->count = s->count ? s->count - before : 0;
    m->series[old].count = 0;
    m->series[old].until = plus(plus(clock_wall(m->zone, key), -s->moved), -1);
    for (size_t i = 0; i < m->count; i++) {
        if (m->events[i].series == old && m->events[i].key >= key)
            m->events[i].series = (i64)m->series_count;
    }
    return (i64)m->series_count++;
}

/* ---- both ---- */

static const Event *row_of(List all, i64 id)
{
    for (const Event *e = all.items, *end = e + all.count; e < end; e++) {
        if (e->id == id)
            return e;
    }
    return NULL;
}

static bool known(const Model *m, i64 id)
{
    for (size_t i = 0; i < m->count; i++) {
        if (m->events[i].id == id)
            return true;
    }
    return false;
}

static const Event *meet(const Model *m, List all, const MEvent *e)
{
    for (const Event *row = all.items, *end = row + all.count; row < end; row++) {
        if (row->starts_at == e->starts && row->status != EVENT_CANCELLED && !known(m, row->id))
            return row;
    }
    return NULL;
}

#define wrong(m, ...)                            \
    do {                                         \
        g_test_message(__VA_ARGS__);             \
        g_error("VOCERO_SEED=%u", (m)->seed);    \
    } while (0)

static void compare(Model *m, const char *after)
{
    Ctx *ctx = m->o->ctx;
    i64 end = ctx->now + NEAR;
    List all = agenda_by_span(ctx, (Span){0, end}, AGENDA_ALL, 0, 0, 20000);
    size_t standing = 0, rows = 0;
    for (size_t i = 0; i < m->count; i++) {
        MEvent *e = &m->events[i];
        if (e->starts >= end || (!e->id && e->cancelled))
            continue;
        const Event *row = e->id ? row_of(all, e->id) : meet(m, all, e);
        const char *when = wall_text(ctx->arena, clock_wall(m->zone, e->starts));
        if (!row)
            wrong(m, "after %s: nothing on %s (%s)", after, when, e->title);
        e->id = row->id;
        if ((row->status == EVENT_CANCELLED) != e->cancelled || row->starts_at != e->starts || !text_same(row->title, e->title))
            wrong(m, "after %s: %s %s %s instead of %s %s%s", after, row->wall_start, row->title, word_name(agenda_status_words, (int)row->status),
                  when, e->title, e->cancelled ? " cancelled" : "");
        standing += !e->cancelled;
    }
    for (const Event *row = all.items, *last = row + all.count; row < last; row++)
        rows += row->status != EVENT_CANCELLED;
    if (rows != standing)
        wrong(m, "after %s: %zu stand instead of %zu", after, rows, standing);
}
