/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_answer.c: a link with which somebody says yes or no without coming in. It answers once.
 *
 * The secret has 256 random bits and is shown when it is made; the database keeps its SHA-256, so that who reads the
 * database cannot answer.  Reading it changes nothing: programs that draw previews of links open them too. */
#include "desks/agenda/coverage/agenda_cover.h"
#include "store/journal.h"
#include "agenda_coverage_queries.h"
#include "agenda_queries.h"

static const Field shown_fields[] = {
    FIELD_ID(AnswerShown, coverage),
    FIELD_TIME(AnswerShown, expires_at),
    FIELD_TIME(AnswerShown, used_at),
    FIELD_TEXT(AnswerShown, answer),
    FIELD_ID(AnswerShown, assignee),
    FIELD_ID(AnswerShown, contact),
    FIELD_WORD(AnswerShown, state, agenda_state_words),
    FIELD_ID(AnswerShown, now_assignee),
    FIELD_ID(AnswerShown, now_contact),
    FIELD_WORD(AnswerShown, kind, agenda_kind_words),
    FIELD_TEXT(AnswerShown, brief),
    FIELD_INT(AnswerShown, quantity_min),
    FIELD_INT(AnswerShown, quantity_max),
    FIELD_TEXT(AnswerShown, title),
    FIELD_TIME(AnswerShown, starts_at),
    FIELD_TIME(AnswerShown, ends_at),
    FIELD_BOOL(AnswerShown, all_day),
    FIELD_BOOL(AnswerShown, time_to_be_confirmed),
    FIELD_WORD(AnswerShown, event_status, agenda_status_words),
    FIELD_TEXT(AnswerShown, place_name),
    FIELD_TEXT(AnswerShown, place_address),
    FIELD_REAL(AnswerShown, lat),
    FIELD_REAL(AnswerShown, lon),
    FIELD_TEXT(AnswerShown, who),
    FIELD_BOOL(AnswerShown, blocked),
};
static const Shape shown_shape = SHAPE("answer", AnswerShown, shown_fields);

/* ---- making one ---- */

bool agenda_answer_make(Ctx *ctx, i64 coverage, const char **token_out)
{
    i64 ended = 0;
    if (!people_may(ctx, RIGHT_COVERAGE_ASSIGN))
        return false;
    const Coverage *c = agenda_coverage_to(ctx, coverage, NONE, FROM_ACCEPT);
    if (!c)
        return false;
    if (!c->assignee && !c->contact)
        return fault(ctx, FAULT_CONFLICT, "A link is for one person: give it to a person or to somebody outside first.");
    i64 last = ctx->now + ANSWER_LONGEST, expires = c->event_ends_at < last ? c->event_ends_at : last;
    if (expires <= ctx->now)
        return fault(ctx, FAULT_CONFLICT, "The event is over: nobody can say yes to it any more.");
    *token_out = people_secret_new(ctx);
    return db_change(ctx, &q_agenda_answer_end, &ended, I(coverage), I(ctx->now)) &&
           db_write(ctx, &q_agenda_answer_add, T(people_secret_hash(ctx, *token_out)), I(coverage),
                    I_OR_NULL(c->assignee), I_OR_NULL(c->assignee ? 0 : c->contact), I(ctx->now), I(expires)) &&
           journal(ctx, "agenda_coverage", coverage, "link_made");
}

/* ---- reading one ---- */

static const AnswerShown *gone(Ctx *ctx, const char *sentence)
{
    return fault(ctx, FAULT_GONE, "%s", say(ctx, sentence));
}

static bool is_for_somebody_else(const AnswerShown *a)
{
    return a->blocked || a->now_assignee != a->assignee || (a->contact && a->now_contact != a->contact);
}

const AnswerShown *agenda_answer_find(Ctx *ctx, const char *token)
{
    const AnswerShown *a = db_maybe(ctx, &q_agenda_answer_find, &shown_shape, T(people_secret_hash(ctx, token)));
    if (!a)
        return faulted(ctx) ? NULL : fault(ctx, FAULT_NOT_FOUND, "There is no such link. Was all of it copied?");
    if (a->used_at)
        return gone(ctx, text_same(a->answer, "accepted") ? N_("This link was used: the answer was yes. Thank you.")
                                                          : N_("This link was used: the answer was no. Thank you."));
    if (a->event_status == EVENT_CANCELLED || a->state == COVERAGE_CANCELLED)
        return gone(ctx, N_("It was cancelled: nothing has to be done."));
    if (is_for_somebody_else(a))
        return gone(ctx, N_("Somebody else covers it now: nothing has to be done."));
    if (a->state != COVERAGE_ASSIGNED)
        return gone(ctx, N_("It was answered already."));
    if (a->expires_at <= ctx->now)
        return gone(ctx, N_("This link is too old. Ask the office for a new one."));
    return a;
}

/* ---- answering ---- */

static bool tell_the_office(Ctx *ctx, const Coverage *c, const char *reason)
{
    NoticeChange why = {.field = "reason", .label = N_("Reason"), .after = reason, .as = "text"};
    return agenda_tell_assigners(ctx, c, "declined", (List){&why, 1});
}

bool agenda_answer_give(Ctx *ctx, const char *token, bool yes, const char *reason)
{
    const AnswerShown *a = agenda_answer_find(ctx, token);
    if (!a || (!yes && !agenda_check_reason(ctx, reason)))
        return false;
    const Coverage *c = db_one(ctx, &q_agenda_coverage_find, &agenda_coverage_shape, I(a->coverage), B(true));
    if (!c)
        return false;
    Coverage next = *c;
    next.state = yes ? COVERAGE_ACCEPTED : COVERAGE_DECLINED;
    next.accepted_at = yes ? ctx->now : 0;
    next.reason = yes ? NULL : reason;
    return db_write(ctx, &q_agenda_answer_use, T(people_secret_hash(ctx, token)), I(ctx->now),
                    T(yes ? "accepted" : "declined")) &&
           agenda_coverage_keep(ctx, c, &next, yes ? "accepted" : "declined", say(ctx, "by link")) &&
           (yes || tell_the_office(ctx, c, reason));
}
