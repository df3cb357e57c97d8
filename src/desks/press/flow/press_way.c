/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_way.c: to review and back, approved by others than who wrote it, given its minute. */
#include "desks/press/flow/press_flow.h"
#include "store/queue.h"
#include "press_flow_queries.h"

static bool move(Ctx *ctx, const Release *r, ReleaseState to, const char *approved, const char *reason, const char *verb)
{
    return db_write(ctx, &q_press_set_state, I(r->id), I(r->version), W(press_state_words, r->state), W(press_state_words, to), T(approved),
                    T(reason), I(ctx->now)) &&
           journal_detail(ctx, "press_release", r->id, verb, reason);
}

/* ---- review ---- */

bool press_send(Ctx *ctx, i64 id, i64 version)
{
    Release *r = people_may(ctx, RIGHT_PRESS_WRITE) ? press_in(ctx, id, version, STATE_BIT(RELEASE_DRAFT)) : NULL;
    return r && press_ready_to_send(ctx, r) && move(ctx, r, RELEASE_IN_REVIEW, NULL, NULL, "sent") &&
           press_keep_version(ctx, r, VERSION_SENT, NULL) && press_tell_all(ctx, r, RIGHT_PRESS_APPROVE, "to_approve", NULL);
}

bool press_return(Ctx *ctx, i64 id, i64 version, const char *reason)
{
    if (!people_may(ctx, RIGHT_PRESS_APPROVE) || !press_check_reason(ctx, "reason", reason))
        return false;
    Release *r = press_in(ctx, id, version, STATE_BIT(RELEASE_IN_REVIEW));
    return r && move(ctx, r, RELEASE_DRAFT, NULL, reason, "returned") && press_tell(ctx, r, r->author, "returned", reason);
}

/* ---- approval ---- */

static bool four_eyes(Ctx *ctx, const Release *r)
{
    if (!ctx->city->four_eyes || !ctx->actor->id)
        return true;
    if (r->author == ctx->actor->id)
        return fault(ctx, FAULT_FORBIDDEN, "You wrote this release: another person approves it.");
    if (db_number(ctx, &q_press_wrote_it, I(r->id), T(r->hash), I(ctx->actor->id)) > 0)
        return fault(ctx, FAULT_FORBIDDEN, "You changed this release last: another person approves it.");
    return !faulted(ctx);
}

static bool is_what_was_seen(Ctx *ctx, const Release *r, const char *hash)
{
    if (text_blank(hash) || text_same(hash, r->hash))
        return true;
    return fault(ctx, FAULT_STALE, "This is not what you saw: the release was changed meanwhile. Read it again.");
}

static bool first_time(Ctx *ctx, const Release *r)
{
    for (const ReleaseApproval *a = r->approvals.items, *end = a + r->approvals.count; a < end; a++)
        if (a->person == ctx->actor->id && ctx->actor->id)
            return fault(ctx, FAULT_CONFLICT, "You approved this already: its topic is sensitive, and a second person must approve it.");
    return true;
}

static bool note_approval(Ctx *ctx, const Release *r)
{
    bool needed;
    const char *post = press_signing_post(ctx, &needed);
    return db_write(ctx, &q_press_approval_add, I(id_new(ctx->now)), I(r->id), T(r->hash), I_OR_NULL(ctx->actor->id), T(post), I(ctx->now));
}

/* Also one that was approved before its topic became sensitive. */
static Release *to_approve(Ctx *ctx, i64 id, i64 version)
{
    Release *r = press_in(ctx, id, version, STATE_BIT(RELEASE_IN_REVIEW) | STATE_BIT(RELEASE_APPROVED));
    if (r && r->state == RELEASE_APPROVED && press_approved_enough(ctx, r))
        return fault(ctx, FAULT_CONFLICT, "This release is approved already.");
    return r;
}

bool press_approve(Ctx *ctx, i64 id, i64 version, const char *hash)
{
    Release *r = people_may(ctx, RIGHT_PRESS_APPROVE) ? to_approve(ctx, id, version) : NULL;
    if (!r || !is_what_was_seen(ctx, r, hash) || !four_eyes(ctx, r) || !first_time(ctx, r) || !press_ready_to_send(ctx, r) ||
        !note_approval(ctx, r))
        return false;
    const Release *now = press_row(ctx, id);
    if (!now)
        return false;
    if (press_approved_enough(ctx, now))
        return move(ctx, r, RELEASE_APPROVED, r->hash, NULL, "approved") && press_tell(ctx, r, r->author, "approved", NULL);
    return move(ctx, r, r->state, r->approved_hash, NULL, "approved_first") && press_tell_all(ctx, r, RIGHT_PRESS_APPROVE, "to_approve", NULL);
}

/* ---- its minute ---- */

/* A job that comes at that instant; one of an earlier plan finds another instant and does nothing. */
bool press_plan_job(Ctx *ctx, i64 id, i64 publish_at)
{
    i64 job;
    const char *name = id_text(ctx->arena, id);
    return queue_add(ctx, "press_publish", arena_printf(ctx->arena, "press_publish:%s:%" PRId64, name, publish_at),
                     arena_printf(ctx->arena, "{\"release\":\"%s\",\"publish_at\":%" PRId64 "}", name, publish_at), publish_at, &job);
}

static bool zone_of(Ctx *ctx, const char *name, const Zone **zone_out)
{
    *zone_out = text_blank(name) ? ctx->city->zone : zone_find(name);
    if (*zone_out || text_blank(name) || text_same(name, "UTC"))
        return true;
    return fault_field(ctx, "time_zone", "\"%s\" is no time zone: write its IANA name, for instance America/Mexico_City.",
                       text_clip(ctx->arena, name, 60));
}

/* What was said, with what follows from it: an embargo alone ends with the publication. */
static bool plan(Ctx *ctx, const Schedule *s, const Zone *zone, Minute *publish, Minute *embargo)
{
    if (!press_minute(ctx, zone, "publish_at", s->publish, s->publish_at, publish) ||
        !press_minute(ctx, zone, "embargo_until", s->embargo, s->embargo_until, embargo))
        return false;
    if (!publish->at && !embargo->at)
        return fault_field(ctx, "publish_at", "Say when it goes public, or until when media keep it to themselves.");
    if (!publish->at)
        *publish = *embargo;
    if (embargo->at > publish->at)
        return fault_field(ctx, "publish_at", "It would be public before its embargo ends: choose %s or later.", embargo->wall);
    return true;
}

static const char *plan_said(Ctx *ctx, const Minute *publish, const char *zone)
{
    return arena_printf(ctx->arena, publish->twice ? "%s %s (1/2)" : "%s %s", publish->wall, zone);
}

bool press_schedule(Ctx *ctx, i64 id, i64 version, const Schedule *s)
{
    const unsigned from = STATE_BIT(RELEASE_APPROVED) | STATE_BIT(RELEASE_SCHEDULED) | STATE_BIT(RELEASE_EMBARGOED);
    const Zone *zone;
    Minute publish, embargo;
    Release *r = people_may(ctx, RIGHT_PRESS_PUBLISH) ? press_in(ctx, id, version, from) : NULL;
    if (!r || !zone_of(ctx, s->time_zone, &zone) || !plan(ctx, s, zone, &publish, &embargo))
        return false;
    r->embargo_until = embargo.at;
    ReleaseState state = embargo.at ? RELEASE_EMBARGOED : RELEASE_SCHEDULED;
    const char *name = zone ? zone_name(zone) : "UTC";
    return press_ready_to_publish(ctx, r, publish.at) &&
           db_write(ctx, &q_press_set_schedule, I(id), I(r->version), W(press_state_words, state), I(publish.at), T(publish.wall),
                    I_OR_NULL(embargo.at), T(embargo.wall), T(name), I(ctx->now)) &&
           press_plan_job(ctx, id, publish.at) &&
           journal_detail(ctx, "press_release", id, word_name(press_state_words, (int)state), plan_said(ctx, &publish, name));
}

bool press_unschedule(Ctx *ctx, i64 id, i64 version)
{
    const unsigned from = STATE_BIT(RELEASE_SCHEDULED) | STATE_BIT(RELEASE_EMBARGOED);
    Release *r = people_may(ctx, RIGHT_PRESS_PUBLISH) ? press_in(ctx, id, version, from) : NULL;
    return r && db_write(ctx, &q_press_set_schedule, I(id), I(r->version), W(press_state_words, RELEASE_APPROVED), I_OR_NULL(0), T(NULL),
                         I_OR_NULL(0), T(NULL), T(NULL), I(ctx->now)) &&
           journal(ctx, "press_release", id, "unscheduled");
}

bool press_wish(Ctx *ctx, i64 id, i64 version, const Schedule *s)
{
    const Zone *zone;
    Minute publish, embargo;
    Release *r = people_may(ctx, RIGHT_PRESS_WRITE) ? press_in(ctx, id, version, STATE_BIT(RELEASE_DRAFT) | STATE_BIT(RELEASE_IN_REVIEW)) : NULL;
    if (!r || !zone_of(ctx, s->time_zone, &zone) || !plan(ctx, s, zone, &publish, &embargo))
        return false;
    const char *name = zone ? zone_name(zone) : "UTC";
    return db_write(ctx, &q_press_set_schedule, I(id), I(r->version), W(press_state_words, r->state), I(publish.at), T(publish.wall),
                    I_OR_NULL(embargo.at), T(embargo.wall), T(name), I(ctx->now)) &&
           journal_detail(ctx, "press_release", id, "wished", plan_said(ctx, &publish, name));
}
