/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_jobs.c: releases go public at their minute: once, also when the program was away, and not when it was away too long. */
#include "desks/press/flow/press_flow.h"
#include "desks/press/press_pages.h"
#include "press_flow_queries.h"

enum { AT_ONCE = 200 };

/* ---- at its minute ---- */

static bool read_job(Ctx *ctx, const Job *job, i64 *release_out, i64 *publish_at_out)
{
    const Json *j = json_read(ctx, job->payload, strlen(job->payload));
    const char *id = json_text_of(json_get(j, "release"));
    *publish_at_out = json_int_of(json_get(j, "publish_at"));
    return id && id_parse(id, release_out);
}

static bool waits(const Release *r, i64 publish_at)
{
    return (r->state == RELEASE_SCHEDULED || r->state == RELEASE_EMBARGOED) && r->publish_at == publish_at;
}

/* People decide: it is approved again, and who may publish is told why. */
static bool ask_people(Ctx *ctx, const Release *r, const char *why)
{
    return db_write(ctx, &q_press_set_missed, I(r->id), I(r->version), I(ctx->now)) &&
           journal_detail(ctx, "press_release", r->id, "missed", why) && press_tell_all(ctx, r, RIGHT_PRESS_PUBLISH, "missed", why);
}

static bool is_late(const Ctx *ctx, const Release *r)
{
    return ctx->now > r->publish_at + PRESS_LATE;
}

static const char *first_obstacle(Ctx *ctx, const Release *r)
{
    List obstacles = press_obstacles(ctx, r, ctx->now);
    return obstacles.count ? ((const char *const *)obstacles.items)[0] : NULL;
}

/* What was changed, published by hand or given another minute since then is not for this job. */
static bool publish(Ctx *ctx, const Job *job, void *unused)
{
    i64 id, publish_at;
    if (!read_job(ctx, job, &id, &publish_at))
        return fault(ctx, FAULT_BROKEN, "the job does not say which release");
    Release *r = press_row(ctx, id);
    if (!r || !waits(r, publish_at))
        return !faulted(ctx);
    if (is_late(ctx, r))
        return ask_people(ctx, r, say(ctx, "Its minute passed while nothing ran."));
    const char *why = first_obstacle(ctx, r);
    return why ? ask_people(ctx, r, why) : press_go_out(ctx, r, job->tools ? job->tools->seal_key : NULL);
}

const JobHandler press_jobs[] = {
    {.kind = "press_publish", .apply = publish},
    {0},
};

/* ---- at start ---- */

/* The wall time holds when the rules of its zone changed. An instant that still reads so stays: of a doubled hour it may be the second. */
static i64 instant_now(const char *zone_text, const char *wall_said, i64 at)
{
    Wall wall, now;
    const Zone *zone = zone_text ? zone_find(zone_text) : NULL;
    if (!at || !wall_said || !zone_text || (!zone && !text_same(zone_text, "UTC")) || !wall_parse(wall_said, &wall))
        return at;
    now = clock_wall(zone, at);
    bool same = now.year == wall.year && now.month == wall.month && now.day == wall.day && now.hour == wall.hour && now.minute == wall.minute;
    return same ? at : clock_instant(zone, wall, NULL);
}

static bool begin_one(Ctx *ctx, const Release *r)
{
    i64 publish_at = instant_now(r->time_zone, r->publish_wall, r->publish_at);
    i64 embargo_until = instant_now(r->time_zone, r->embargo_wall, r->embargo_until);
    bool moved = publish_at != r->publish_at || embargo_until != r->embargo_until;
    if (moved && (!db_write(ctx, &q_press_set_minute, I(r->id), I(r->version), I(publish_at), I_OR_NULL(embargo_until)) ||
                  !journal_detail(ctx, "press_release", r->id, "rescheduled", arena_printf(ctx->arena, "%s %s", r->publish_wall, r->time_zone))))
        return false;
    return press_plan_job(ctx, r->id, publish_at);
}

bool press_begin(Ctx *ctx)
{
    i64 after_at = INT64_MIN, after_id = INT64_MIN;
    for (;;) {
        Lap lap CLEANUP(lap_end) = lap_begin(ctx);
        List due = db_list(ctx, &q_press_due, &press_release_shape, I(after_at), I(after_id), I(AT_ONCE));
        for (const Release *r = due.items, *end = r + due.count; r < end; r++) {
            if (!begin_one(ctx, r))
                return false;
            after_at = r->publish_at;
            after_id = r->id;
        }
        if (due.count < AT_ONCE)
            return !faulted(ctx);
    }
}
