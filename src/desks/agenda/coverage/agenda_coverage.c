/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_coverage.c: the ways of a coverage through its states. */
#include "desks/agenda/coverage/agenda_cover.h"
#include "store/journal.h"
#include "agenda_coverage_queries.h"
#include "agenda_queries.h"

/* ---- reading one for a change ---- */

static const Coverage *in_state(Ctx *ctx, const Coverage *c, unsigned from)
{
    if (!c || from & STATE_BIT(c->state))
        return c;
    return fault(ctx, FAULT_CONFLICT, "The coverage is %s: this cannot be done with it now.",
                 say_word(ctx, agenda_state_words, (int)c->state));
}

static const Coverage *of_version(Ctx *ctx, i64 id, i64 version)
{
    const Coverage *c = agenda_coverage(ctx, id);
    return c && agenda_check_version(ctx, version, c->version) ? c : NULL;
}

const Coverage *agenda_coverage_to(Ctx *ctx, i64 id, i64 version, unsigned from)
{
    return in_state(ctx, of_version(ctx, id, version), from);
}

bool agenda_coverage_mine(const Ctx *ctx, const Coverage *c)
{
    if (c->assignee)
        return c->assignee == ctx->actor->id;
    return c->area && ctx->actor->id && c->area == ctx->actor->area;
}

/* One's own task, or anybody's for who may assign. */
static bool may_answer(Ctx *ctx)
{
    return people_has(ctx, RIGHT_COVERAGE_ASSIGN) || people_may(ctx, RIGHT_COVERAGE_DELIVER);
}

const Coverage *agenda_coverage_to_answer(Ctx *ctx, i64 id, i64 version, unsigned from)
{
    if (!may_answer(ctx))
        return NULL;
    const Coverage *c = of_version(ctx, id, version);
    if (c && !agenda_coverage_mine(ctx, c) && !people_has(ctx, RIGHT_COVERAGE_ASSIGN))
        return fault(ctx, FAULT_FORBIDDEN,
                     "This coverage is somebody else's: only who assigns can answer for them.");
    return in_state(ctx, c, from);
}

/* ---- writing ---- */

bool agenda_coverage_keep(Ctx *ctx, const Coverage *before, const Coverage *c, const char *verb,
                          const char *detail)
{
    return db_write(ctx, &q_agenda_coverage_keep, I(c->id), I(before->version),
                    W(agenda_state_words, c->state), I_OR_NULL(c->assignee), I_OR_NULL(c->area),
                    I_OR_NULL(c->contact), T(c->reason), I(ctx->now), I_OR_NULL(c->accepted_at),
                    I_OR_NULL(c->started_at), I_OR_NULL(c->delivered_at), I_OR_NULL(c->approved_at),
                    I_OR_NULL(c->quantity_delivered == NONE ? 0 : c->quantity_delivered),
                    I_OR_NULL(c->worked_minutes == NONE ? 0 : c->worked_minutes)) &&
           journal_detail(ctx, "agenda_coverage", c->id, verb, detail);
}

static const char *on_behalf(Ctx *ctx, const Coverage *c)
{
    if (!c->assignee_name || c->assignee == ctx->actor->id)
        return NULL;
    return arena_printf(ctx->arena, say(ctx, "on behalf of %s"), c->assignee_name);
}

/* Whoever takes a team's task makes it her own. */
static i64 taker(Ctx *ctx, const Coverage *c)
{
    bool from_team = !c->assignee && c->area && agenda_coverage_mine(ctx, c);
    return from_team ? ctx->actor->id : c->assignee;
}

static const char *journal_name(Ctx *ctx, const Coverage *c)
{
    return taker(ctx, c) == ctx->actor->id ? NULL : on_behalf(ctx, c);
}

/* ---- what the assignee says ---- */

bool agenda_accept(Ctx *ctx, i64 coverage, i64 version)
{
    const Coverage *c = agenda_coverage_to_answer(ctx, coverage, version, FROM_ACCEPT);
    if (!c)
        return false;
    Coverage next = *c;
    next.state = COVERAGE_ACCEPTED;
    next.assignee = taker(ctx, c);
    next.accepted_at = ctx->now;
    next.reason = NULL;
    return agenda_coverage_keep(ctx, c, &next, "accepted", journal_name(ctx, c));
}

bool agenda_start(Ctx *ctx, i64 coverage, i64 version)
{
    const Coverage *c = agenda_coverage_to_answer(ctx, coverage, version, FROM_START);
    if (!c)
        return false;
    Coverage next = *c;
    next.state = COVERAGE_IN_PROGRESS;
    next.assignee = taker(ctx, c);
    next.started_at = c->started_at ? c->started_at : ctx->now;
    return agenda_coverage_keep(ctx, c, &next, "started", journal_name(ctx, c));
}

static List why(Ctx *ctx, const char *reason)
{
    NoticeChange *change = arena_new_of(ctx->arena, NoticeChange);
    *change = (NoticeChange){.field = "reason", .label = N_("Reason"), .after = reason, .as = "text"};
    return (List){change, reason ? 1 : 0};
}

/* A member cannot say no for the team: whoever cannot simply leaves it to the others. */
static bool speaks_for_team(Ctx *ctx, const Coverage *c)
{
    if (c->assignee || !c->area || people_has(ctx, RIGHT_COVERAGE_ASSIGN))
        return true;
    return fault(ctx, FAULT_CONFLICT, "%s was asked: whoever cannot do it leaves it to the others of the team.",
                 c->area_name);
}

bool agenda_decline(Ctx *ctx, i64 coverage, i64 version, const char *reason)
{
    const Coverage *c = agenda_coverage_to_answer(ctx, coverage, version, FROM_DECLINE);
    if (!c || !speaks_for_team(ctx, c) || !agenda_check_reason(ctx, reason))
        return false;
    Coverage next = *c;
    next.state = COVERAGE_DECLINED;
    next.reason = reason;
    return agenda_coverage_keep(ctx, c, &next, "declined", on_behalf(ctx, c)) &&
           agenda_tell_assigners(ctx, c, "declined", why(ctx, reason));
}

/* ---- the verdict ---- */

bool agenda_approve(Ctx *ctx, i64 coverage, i64 version)
{
    if (!people_may(ctx, RIGHT_COVERAGE_APPROVE))
        return false;
    const Coverage *c = agenda_coverage_to(ctx, coverage, version, FROM_APPROVE);
    if (!c)
        return false;
    Coverage next = *c;
    next.state = COVERAGE_APPROVED;
    next.reason = NULL;
    next.approved_at = ctx->now;
    return agenda_coverage_keep(ctx, c, &next, "approved", NULL) &&
           agenda_tell_coverage(ctx, &next, "approved", (List){0}, NULL);
}

bool agenda_return(Ctx *ctx, i64 coverage, i64 version, const char *reason)
{
    if (!people_may(ctx, RIGHT_COVERAGE_APPROVE))
        return false;
    const Coverage *c = agenda_coverage_to(ctx, coverage, version, FROM_RETURN);
    if (!c || !agenda_check_reason(ctx, reason))
        return false;
    Coverage next = *c;
    next.state = COVERAGE_RETURNED;
    next.reason = reason;
    next.approved_at = 0;
    return agenda_coverage_keep(ctx, c, &next, "returned", NULL) &&
           agenda_tell_coverage(ctx, &next, "returned", why(ctx, reason), NULL);
}

static bool cancel(Ctx *ctx, const Coverage *c, const char *reason)
{
    Coverage next = *c;
    next.state = COVERAGE_CANCELLED;
    next.reason = reason;
    return agenda_coverage_keep(ctx, c, &next, "cancelled", NULL) &&
           agenda_tell_coverage(ctx, &next, "cancelled", why(ctx, reason), NULL);
}

bool agenda_uncover(Ctx *ctx, i64 coverage, i64 version, const char *reason)
{
    if (!people_may(ctx, RIGHT_COVERAGE_ASSIGN))
        return false;
    const Coverage *c = agenda_coverage_to(ctx, coverage, version, FROM_CANCEL);
    return c && agenda_check_reason(ctx, reason) && cancel(ctx, c, reason);
}

bool agenda_cancel_coverages(Ctx *ctx, i64 event, const char *reason)
{
    List coverages = db_list(ctx, &q_agenda_coverages_of, &agenda_coverage_shape, I(event));
    const Coverage *c = coverages.items;
    for (size_t i = 0; i < coverages.count; i++) {
        if (agenda_coverage_is_open(c[i].state) && !cancel(ctx, &c[i], reason))
            return false;
    }
    return !faulted(ctx);
}
