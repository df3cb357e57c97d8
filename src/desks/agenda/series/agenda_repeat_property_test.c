/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_repeat_property_test.c: random series, random changes of one, the following and all, against a plain model.
 *
 * The model knows no RRULE but the one that the series was made with: it lets libical's iterator give the days, adds
 * how far the series was moved, and keeps a list of events.  After each change what stands in the database must be what
 * stands in the model: the same instants, titles and ids.  Some changes are taken back, and some of those done again:
 * then the model is what it was before, and after.  VOCERO_SEED=n runs one sequence alone and
 * says what it does; VOCERO_SEQUENCES=n runs so many. */
#include "desks/agenda/agenda_test_model.h"

#include <stdlib.h>

enum { SEQUENCES_SQLITE = 320, SEQUENCES_POSTGRES = 60, STEPS = 6 };

/* ---- random rules ---- */

static const char *const day_names[] = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};

static RepeatDraft random_draft(Model *m, Wall start)
{
    RepeatDraft d = {.interval = 1 + roll(m, 3)};
    int kind = roll(m, 6), end = roll(m, 4);
    d.freq = kind == 0 ? REPEAT_DAILY : kind <= 2 ? REPEAT_WEEKLY : kind <= 4 ? REPEAT_MONTHLY : REPEAT_YEARLY;
    if (d.freq == REPEAT_WEEKLY)
        d.weekdays = 1u << (wall_weekday(start) - 1) | (unsigned)(roll(m, 128) & roll(m, 128));
    if (kind == 4)
        d.nth = wall_add_days(start, 7).month != start.month ? -1 : (start.day + 6) / 7;
    if (kind == 3)
        d.month_day = wall_add_days(start, 1).month != start.month && roll(m, 2) ? -1 : start.day;
    if (end == 0 && d.freq != REPEAT_DAILY && (d.freq != REPEAT_WEEKLY || d.interval > 1))
        return d;
    if (end == 1)
        d.until = wall_add_days(start, 2 + roll(m, d.freq == REPEAT_DAILY ? 14 : 90));
    else
        d.count = 2 + roll(m, 8);
    return d;
}

static void rule_text(char *out, size_t size, const RepeatDraft *d, Wall start)
{
    static const char *const names[] = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"};
    GString *s = g_string_new(NULL);
    g_string_printf(s, "FREQ=%s;INTERVAL=%d", names[d->freq], (int)d->interval);
    if (d->freq == REPEAT_MONTHLY && d->nth)
        g_string_append_printf(s, ";BYDAY=%d%s", (int)d->nth, day_names[wall_weekday(start) - 1]);
    else if (d->freq == REPEAT_MONTHLY)
        g_string_append_printf(s, ";BYMONTHDAY=%d", (int)d->month_day ? (int)d->month_day : start.day);
    for (int i = 0, first = 1; d->freq == REPEAT_WEEKLY && i < 7; i++) {
        if (d->weekdays >> i & 1)
            g_string_append_printf(s, "%s%s", first ? ";BYDAY=" : ",", day_names[i]), first = 0;
    }
    g_strlcpy(out, s->str, size);
    g_string_free(s, TRUE);
}

static void take_draft(MSeries *s, const RepeatDraft *d, Wall start)
{
    rule_text(s->rule, sizeof s->rule, d, start);
    s->start = start;
    s->count = d->count;
    s->until = d->until.year ? (Wall){d->until.year, d->until.month, d->until.day, 23, 59, 59} : (Wall){0};
    s->moved = 0;
    s->over = false;
}

/* Month ends, leap days and the hours at which clocks change are likely. */
static Wall random_start(Model *m)
{
    static const Wall days[] = {{2022, 3, 26}, {2022, 4, 1}, {2022, 10, 28}, {2022, 3, 31}, {2022, 1, 31}, {2024, 2, 29}, {2022, 3, 12}, {2023, 3, 25}};
    static const int hours[] = {1, 2, 9, 10, 17, 23};
    Wall w = roll(m, 2) ? days[roll(m, COUNT(days))] : wall_add_days((Wall){.year = 2022, .month = 2, .day = 10}, roll(m, 300));
    w.hour = hours[roll(m, COUNT(hours))];
    w.minute = 30;
    return w;
}

/* ---- the changes ---- */

typedef struct Try {
    Model *m;
    MEvent *anchor;
    AgendaScope scope;
    RepeatDone done;
} Try;

static const char *new_title(Model *m)
{
    return arena_printf(m->o->ctx->arena, "Evento %d", ++m->titles);
}

static bool is_meant(const Try *t, const MEvent *e, i64 series, i64 from)
{
    if (e->series != series || e->key < from || e->starts <= t->m->o->ctx->now || e->cancelled)
        return false;
    return !e->apart || e == t->anchor;
}

static EventDraft draft_of(const Try *t)
{
    EventDraft d = agenda_draft_of(agenda_find(t->m->o->ctx, t->anchor->id));
    d.reason = "Lluvia";
    return d;
}

static bool retitle(Try *t)
{
    Model *m = t->m;
    EventDraft d = draft_of(t);
    i64 from;
    d.title = new_title(m);
    if (!agenda_change_scoped(m->o->ctx, t->anchor->id, NONE, &d, t->scope, &t->done))
        return false;
    if (t->scope == SCOPE_ONE) {
        t->anchor->apart = true;
        g_strlcpy(t->anchor->title, d.title, sizeof t->anchor->title);
        return true;
    }
    i64 series = divide(m, t->anchor, t->scope, &from);
    for (size_t i = 0; i < m->count; i++) {
        if (is_meant(t, &m->events[i], series, from))
            g_strlcpy(m->events[i].title, d.title, sizeof m->events[i].title);
    }
    g_strlcpy(m->series[series].title, d.title, sizeof m->series[series].title);
    grow(m, series, false);
    return true;
}

/* Every event of the series gets another key; those that are meant another time too. */
static void shift(Try *t, i64 series, i64 from, i64 seconds)
{
    Model *m = t->m;
    for (size_t i = 0; i < m->count; i++) {
        MEvent *e = &m->events[i];
        if (e->series != series)
            continue;
        WallFate fate;
        bool meant = is_meant(t, e, series, from);
        e->key = clock_instant(m->zone, plus(clock_wall(m->zone, e->key), seconds), &fate);
        if (meant)
            e->starts = e->apart ? clock_instant(m->zone, plus(clock_wall(m->zone, e->starts), seconds), NULL) : e->key;
        if (fate == WALL_SKIPPED) { /* an hour that does not exist: it leaves the series */
            e->cancelled |= meant && !e->apart;
            e->series = -1;
        }
    }
    m->series[series].moved += seconds;
}

static i64 random_move(Try *t)
{
    static const i64 moves[] = {3600, -3600, 1800, 86400, -86400, 2 * 86400 + 3600, 7200};
    return moves[roll(t->m, COUNT(moves))];
}

static bool move(Try *t)
{
    Model *m = t->m;
    EventDraft d = draft_of(t);
    i64 seconds = random_move(t), from;
    i64 *were = g_new(i64, m->count + 1);
    for (size_t i = 0; i < m->count; i++)
        were[i] = m->events[i].starts;
    d.starts = plus(d.starts, seconds);
    d.ends = plus(d.ends, seconds);
    bool moved = agenda_change_scoped(m->o->ctx, t->anchor->id, NONE, &d, t->scope, &t->done);
    if (moved && t->scope == SCOPE_ONE) {
        t->anchor->apart = true;
        t->anchor->starts = clock_instant(m->zone, d.starts, NULL);
    } else if (moved) {
        i64 series = divide(m, t->anchor, t->scope, &from);
        size_t count = m->count;
        shift(t, series, from, seconds);
        settle(m, series);
        for (size_t i = 0; i < count; i++) { /* what is cancelled stays where it stood */
            if (m->events[i].cancelled)
                m->events[i].starts = were[i];
        }
    }
    g_free(were);
    return moved;
}

static bool cancel(Try *t)
{
    Model *m = t->m;
    i64 now = m->o->ctx->now, from;
    if (!agenda_cancel_scoped(m->o->ctx, t->anchor->id, NONE, "Lluvia", t->scope, &t->done))
        return false;
    if (t->scope == SCOPE_ONE) {
        t->anchor->cancelled = t->anchor->apart = true;
        return true;
    }
    MEvent *first = NULL;
    for (size_t i = 0; i < m->count; i++) {
        MEvent *e = &m->events[i];
        bool later = e->series == t->anchor->series && e->starts > now &&
                     (t->scope == SCOPE_ALL || e->key >= t->anchor->key);
        if (later && (!first || e->key < first->key))
            first = e;
    }
    for (size_t i = 0; i < m->count; i++) {
        MEvent *e = &m->events[i];
        if (e->series == t->anchor->series && e->starts > now && (t->scope == SCOPE_ALL || e->key >= t->anchor->key))
            e->cancelled = true;
    }
    i64 old = first->series, half = divide(m, first, SCOPE_FOLLOWING, &from);
    m->series[half].over = true;
    for (size_t i = 0; half != old && i < m->count; i++) /* they stay with the series that ended */
        m->events[i].series = m->events[i].series == half ? old : m->events[i].series;
    return true;
}

static bool change_rule(Try *t)
{
    Model *m = t->m;
    i64 from;
    const MSeries *was = &m->series[t->anchor->series];
    Wall start = t->scope == SCOPE_ALL ? plus(was->start, was->moved) : clock_wall(m->zone, goes_on(m, t->anchor));
    RepeatDraft d = random_draft(m, start);
    if (!agenda_repeat_change(m->o->ctx, t->anchor->id, NONE, &d, t->scope, &t->done))
        return false;
    i64 series = divide(m, t->anchor, t->scope, &from);
    take_draft(&m->series[series], &d, start);
    settle(m, series);
    return true;
}

static bool wait_a_while(Try *t)
{
    t->m->o->ctx->now += (1 + roll(t->m, 25)) * CLOCK_DAY;
    if (!agenda_series_extend(t->m->o->ctx))
        return false;
    for (size_t i = 0; i < t->m->series_count; i++)
        grow(t->m, (i64)i, false);
    return true;
}

static const struct {
    const char *name;
    bool (*run)(Try *t);
} changes[] = {{"another title", retitle}, {"a move", move}, {"a cancellation", cancel}, {"another rule", change_rule}, {"a while", wait_a_while}};

static MEvent *random_event(Model *m)
{
    for (int tries = 0; tries < 40; tries++) {
        MEvent *e = &m->events[roll(m, (int)m->count)];
        bool later = e->starts > m->o->ctx->now || !roll(m, 6);
        if (e->id && !e->cancelled && e->series >= 0 && later)
            return e;
    }
    return NULL;
}

/* ---- taking back ---- */

static Model copy_of(const Model *m)
{
    Model copy = *m;
    copy.events = g_memdup2(m->events, EVENTS_MOST * sizeof *m->events);
    return copy;
}

/* The events and series alone: the dice roll on. */
static void become(Model *m, const Model *other)
{
    memcpy(m->events, other->events, EVENTS_MOST * sizeof *m->events);
    memcpy(m->series, other->series, sizeof m->series);
    m->count = other->count;
    m->series_count = other->series_count;
}

static void take_back(Model *m, const Model *was, i64 anchor, const char *name)
{
    Ctx *ctx = m->o->ctx;
    Model is = copy_of(m);
    int times = 1 + roll(m, 3);
    for (int i = 0; i < times; i++) {
        const char *what = arena_printf(ctx->arena, "%s %s", i % 2 ? "doing again" : "taking back", name);
        if (!agenda_undo(ctx, anchor))
            wrong(m, "%s: %s (%s)", what, ctx->fault.what, ctx->fault.where);
        become(m, i % 2 ? &is : was);
        compare(m, what);
    }
    g_free(is.events);
}

static void step(Model *m)
{
    Ctx *ctx = m->o->ctx;
    size_t what = (size_t)roll(m, COUNT(changes));
    Try t = {.m = m, .anchor = random_event(m), .scope = (AgendaScope)roll(m, 3)};
    if (!t.anchor)
        return;
    if (!goes_on(m, t.anchor))
        t.scope = SCOPE_ONE;
    const char *name = arena_printf(ctx->arena, "%s of %s, %s", changes[what].name, word_name(agenda_scope_words, (int)t.scope),
                                    wall_text(ctx->arena, clock_wall(m->zone, t.anchor->starts)));
    if (m->talks)
        g_test_message("%s: %s, %s, moved %" PRId64, name, m->series[t.anchor->series].rule,
                       wall_text(ctx->arena, m->series[t.anchor->series].start), m->series[t.anchor->series].moved);
    g_assert_true(db_savepoint(ctx));
    i64 anchor = t.anchor->id;
    Model was = copy_of(m);
    bool done = changes[what].run(&t);
    if (done) {
        assert_no_fault(ctx);
        g_assert_true(db_release(ctx));
        m->done++;
    } else {
        m->refused++;
        Fault f = fault_take(ctx);
        if (m->talks)
            g_test_message("refused: %s", f.what);
        if (f.kind != FAULT_INVALID)
            wrong(m, "%s: %s (%s)", name, f.what, f.where);
        db_rollback_to_savepoint(ctx);
    }
    compare(m, name);
    bool series = changes[what].run != wait_a_while && t.scope != SCOPE_ONE;
    if (done && series && roll(m, 2))
        take_back(m, &was, anchor, name);
    g_free(was.events);
}

/* ---- a sequence ---- */

static void make_series(Model *m)
{
    Ctx *ctx = m->o->ctx;
    static const char *const zones[] = {"America/Mexico_City", "America/Tijuana", "Europe/Madrid"};
    const char *zone = zones[roll(m, COUNT(zones))];
    MSeries *s = &m->series[0];
    i64 id;
    m->zone = zone_find(zone);
    g_strlcpy(s->title, new_title(m), sizeof s->title);
    for (;;) {
        Wall start = random_start(m);
        RepeatDraft draft = random_draft(m, start);
        EventDraft d = {.title = s->title, .time_zone = zone, .starts = start, .ends = plus(start, 5400), .status = EVENT_CONFIRMED,
                        .visibility = roll(m, 4) ? VISIBLE_INTERNAL : VISIBLE_PUBLIC};
        g_assert_true(db_savepoint(ctx));
        if (agenda_create(ctx, &d, &id) && agenda_repeat(ctx, id, NONE, &draft)) {
            g_assert_true(db_release(ctx));
            take_draft(s, &draft, start);
            break;
        }
        g_assert_cmpint(fault_take(ctx).kind, ==, FAULT_INVALID);
        db_rollback_to_savepoint(ctx);
    }
    m->series_count = 1;
    grow(m, 0, true);
    m->events[0].id = id;
}

static void run_sequence(Office *o, guint32 seed, i64 *done, i64 *refused)
{
    Model m = {.o = o, .dice = g_rand_new_with_seed(seed), .seed = seed, .events = g_new0(MEvent, EVENTS_MOST)};
    m.talks = g_getenv("VOCERO_SEED") && !g_getenv("VOCERO_SEQUENCES");
    o->ctx->now = clock_instant(NULL, (Wall){2022, 2, 1, 16, 0, 0}, NULL);
    make_series(&m);
    compare(&m, "making it");
    for (int i = 0; i < STEPS; i++)
        step(&m);
    *done += m.done;
    *refused += m.refused;
    g_free(m.events);
    g_rand_free(m.dice);
}

static void changes_agree_with_the_model(StoreTest *t, const void *unused)
{
    const char *one = g_getenv("VOCERO_SEED"), *more = g_getenv("VOCERO_SEQUENCES");
    guint32 first = one ? (guint32)strtoul(one, NULL, 10) : 20220714, many = t->kind == DB_SQLITE ? SEQUENCES_SQLITE : SEQUENCES_POSTGRES;
    many = more ? (guint32)strtoul(more, NULL, 10) : one ? 1 : many;
    Office o = {.t = t, .ctx = &t->ctx};
    i64 began = clock_monotonic();
    i64 done = 0, refused = 0;
    for (guint32 i = 0; i < many; i++) {
        g_assert_true(db_begin(o.ctx));
        o.chief = (Actor){.name = "Dalia", .tongue = TONGUE_EN, .rights = ~(u64)0};
        begin(&o);
        run_sequence(&o, first + i, &done, &refused);
        assert_no_fault(o.ctx);
        db_rollback(o.ctx);
        arena_reset(o.ctx->arena);
    }
    g_test_message("%u sequences, %" PRId64 " changes, %" PRId64 " refused, %.1f s", many, done, refused,
                   (double)(clock_monotonic() - began) / 1e6);
    g_assert_cmpint(one ? 1 : done, >, one ? 0 : 2 * refused); /* most of what is tried can be done */
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    STORE_TEST("repeat_property", changes_agree_with_the_model);
    return g_test_run();
}
