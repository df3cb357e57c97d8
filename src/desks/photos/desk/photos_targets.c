/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_targets.c: what pictures can be of: the actor's coverages and the events of these days, and the one that is chosen. */
#include "desks/photos/desk/photos_desk.h"
#include "web/form.h"

enum { COVERAGES_MAX = 60, EVENTS_MAX = 80 };
#define DAYS_BEFORE (14 * CLOCK_DAY)

static const char *value_of(Ctx *ctx, i64 event, i64 coverage)
{
    const char *id = id_text(ctx->arena, event);
    return coverage ? arena_printf(ctx->arena, "%s/%s", id, id_text(ctx->arena, coverage)) : id;
}

static bool is_today(const Ctx *ctx, i64 at)
{
    Span today = clock_day_of(ctx->city->zone, ctx->now);
    return at >= today.from && at < today.to;
}

static const char *label_of(Ctx *ctx, i64 starts_at, const char *title)
{
    Arena *a = ctx->arena;
    const char *day = is_today(ctx, starts_at) ? say(ctx, "today")
                                               : clock_say(a, ctx->city->zone, ctx->actor->tongue, CLOCK_SAY_SHORT, starts_at);
    return arena_printf(a, "%s, %s: %s", day, clock_time_text(a, ctx->city->zone, starts_at), title);
}

static PhotoTarget of_coverage(Ctx *ctx, const Coverage *c)
{
    return (PhotoTarget){.event = c->event, .coverage = c->id, .value = value_of(ctx, c->event, c->id),
                          .label = label_of(ctx, c->event_starts_at, c->event_title)};
}

static PhotoTarget of_event(Ctx *ctx, const Event *e)
{
    return (PhotoTarget){.event = e->id, .value = value_of(ctx, e->id, 0), .label = label_of(ctx, e->starts_at, e->title)};
}

/* Today's first. */
static List my_coverages(Ctx *ctx)
{
    List open = ctx->actor->id ? agenda_coverages_open(ctx, ctx->actor->id, COVERAGES_MAX) : (List){0};
    PhotoTarget *targets = arena_array(ctx->arena, PhotoTarget, open.count + 1);
    size_t n = 0;
    for (int turn = 0; turn < 2; turn++)
        for (const Coverage *c = open.items, *end = c + open.count; c < end; c++)
            if (c->kind == COVER_PHOTO && is_today(ctx, c->event_starts_at) == (turn == 0))
                targets[n++] = of_coverage(ctx, c);
    return (List){targets, n};
}

/* The youngest first: pictures come after what they show. */
static List events(Ctx *ctx)
{
    Span day = clock_day_of(ctx->city->zone, ctx->now);
    const AgendaFilter filter = {.span = {day.from - DAYS_BEFORE, day.to}, .overlapping = true};
    List found = agenda_list(ctx, &filter, INT64_MIN, INT64_MIN, EVENTS_MAX);
    PhotoTarget *targets = arena_array(ctx->arena, PhotoTarget, found.count + 1);
    const Event *all = found.items;
    for (size_t i = 0; i < found.count; i++)
        targets[i] = of_event(ctx, &all[found.count - 1 - i]);
    return (List){targets, found.count};
}

static bool choose_in(List targets, const char *value)
{
    for (PhotoTarget *t = (PhotoTarget *)targets.items, *end = t + targets.count; t < end; t++)
        if (text_same(t->value, value))
            return t->chosen = true;
    return false;
}

static List with_one(Ctx *ctx, List targets, PhotoTarget first)
{
    PhotoTarget *all = arena_array(ctx->arena, PhotoTarget, targets.count + 1);
    first.chosen = true;
    all[0] = first;
    if (targets.count)
        memcpy(all + 1, targets.items, targets.count * sizeof *all);
    return (List){all, targets.count + 1};
}

/* What the address or the form named, also when it is long over. */
static void choose(Ctx *ctx, PhotoTargets *x, i64 event, i64 coverage)
{
    const char *value = event ? value_of(ctx, event, coverage) : NULL;
    if (!value || choose_in(x->mine, value) || choose_in(x->others, value))
        return;
    const Coverage *c = coverage ? agenda_coverage(ctx, coverage) : NULL;
    const Event *e = c || faulted(ctx) ? NULL : agenda_find(ctx, event);
    if (c)
        x->others = with_one(ctx, x->others, of_coverage(ctx, c));
    else if (e)
        x->others = with_one(ctx, x->others, of_event(ctx, e));
}

PhotoTargets photos_targets(Ctx *ctx, i64 event, i64 coverage)
{
    PhotoTargets targets = {0};
    if (!people_has(ctx, RIGHT_AGENDA_READ))
        return targets;
    targets.mine = my_coverages(ctx);
    targets.others = events(ctx);
    choose(ctx, &targets, event, coverage);
    return targets;
}

static void leave_open(List targets)
{
    for (PhotoTarget *t = (PhotoTarget *)targets.items, *end = t + targets.count; t < end; t++)
        t->chosen = false;
}

PhotoTargets photos_targets_open(Ctx *ctx, i64 event, i64 coverage)
{
    PhotoTargets targets = photos_targets(ctx, event, coverage);
    leave_open(targets.mine);
    leave_open(targets.others);
    return targets;
}

/* ---- what was chosen ---- */

bool photos_read_target(Ctx *ctx, const Request *req, i64 *event_out, i64 *coverage_out)
{
    const char *target = form_raw(req, "target"), *slash = target ? strchr(target, '/') : NULL;
    *event_out = *coverage_out = 0;
    if (text_blank(target))
        return true;
    const char *event = slash ? arena_copy(ctx->arena, target, (size_t)(slash - target)) : target;
    return (id_parse(event, event_out) && (!slash || id_parse(slash + 1, coverage_out))) ||
           fault_field(ctx, "event", "This is no name of a record.");
}
