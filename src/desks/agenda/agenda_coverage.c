/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_coverage.c: the rules of a coverage: one task of one person or team for one event. */
#include "desks/agenda/agenda_room.h"
#include "store/journal.h"
#include "agenda_queries.h"

enum { BRIEF_MAX = 2000, EVIDENCE_MAX = 50, URL_MAX = 2000 };

/* A state as a bit of a set. */
#define IN(state) (1u << (state))
enum {
    FROM_ASSIGN = IN(COVERAGE_PROPOSED) | IN(COVERAGE_ASSIGNED) | IN(COVERAGE_ACCEPTED) |
                  IN(COVERAGE_IN_PROGRESS) | IN(COVERAGE_DECLINED) | IN(COVERAGE_RETURNED),
    FROM_ACCEPT = IN(COVERAGE_ASSIGNED),
    FROM_START = IN(COVERAGE_ACCEPTED) | IN(COVERAGE_RETURNED),
    FROM_DECLINE = IN(COVERAGE_ASSIGNED) | IN(COVERAGE_ACCEPTED),
    FROM_DELIVER = IN(COVERAGE_ACCEPTED) | IN(COVERAGE_IN_PROGRESS) | IN(COVERAGE_RETURNED),
    FROM_APPROVE = IN(COVERAGE_DELIVERED),
    FROM_CANCEL = FROM_ASSIGN | IN(COVERAGE_DELIVERED),
};

/* ---- reading one for a change ---- */

static const Coverage *to_move(Ctx *ctx, i64 id, i64 version, unsigned from)
{
    const Coverage *c = agenda_coverage(ctx, id);
    if (!c || !agenda_check_version(ctx, version, c->version))
        return NULL;
    if (!(from & IN(c->state)))
        return fault(ctx, FAULT_CONFLICT, "The coverage is %s: this cannot be done with it now.",
                     say_word(ctx, agenda_state_words, (int)c->state));
    return c;
}

/* One's own task, or anybody's for who may assign. */
static bool may_answer(Ctx *ctx)
{
    return people_has(ctx, RIGHT_COVERAGE_ASSIGN) || people_may(ctx, RIGHT_COVERAGE_DELIVER);
}

static const Coverage *to_answer(Ctx *ctx, i64 id, i64 version, unsigned from)
{
    if (!may_answer(ctx))
        return NULL;
    const Coverage *c = to_move(ctx, id, version, from);
    if (c && c->assignee != ctx->actor->id && !people_has(ctx, RIGHT_COVERAGE_ASSIGN))
        return fault(ctx, FAULT_FORBIDDEN,
                     "This coverage is somebody else's: only who assigns can answer for them.");
    return c;
}

/* ---- writing ---- */

typedef struct Step {
    CoverageState state;
    i64 assignee;
    const char *reason, *verb, *detail;
} Step;

static bool move(Ctx *ctx, const Coverage *c, const Step *s)
{
    return db_write(ctx, &q_agenda_coverage_move, I(c->id), I(c->version),
                    W(agenda_state_words, s->state), I_OR_NULL(s->assignee), T(s->reason),
                    I(ctx->now)) &&
           journal_detail(ctx, "agenda_coverage", c->id, s->verb, s->detail);
}

static const char *on_behalf(Ctx *ctx, const Coverage *c)
{
    if (!c->assignee || c->assignee == ctx->actor->id)
        return NULL;
    return arena_printf(ctx->arena, say(ctx, "on behalf of %s"), c->assignee_name);
}

static bool answer(Ctx *ctx, const Coverage *c, CoverageState state, const char *reason,
                   const char *verb)
{
    return move(ctx, c, &(Step){state, c->assignee, reason, verb, on_behalf(ctx, c)});
}

/* ---- proposing and assigning ---- */

static const Person *find_assignee(Ctx *ctx, const char *text)
{
    if (text_blank(text))
        return fault_field(ctx, "assignee", "Say who: a mail address or a person's number.");
    const Person *p = people_by_mail_or_id(ctx, text);
    if (p && p->state != PERSON_ACTIVE)
        return fault_field(ctx, "assignee", "%s cannot take it: that account is blocked.", p->name);
    return p;
}

static bool check_brief(Ctx *ctx, const char *brief)
{
    if (!brief)
        return true;
    if (!text_valid(brief, strlen(brief)) || text_has_control(brief))
        return fault_field(ctx, "brief", "There are characters in it that cannot be shown.");
    if (text_graphemes(brief) > BRIEF_MAX)
        return fault_field(ctx, "brief", "This is too long: at most %d characters.", BRIEF_MAX);
    return true;
}

bool agenda_cover(Ctx *ctx, i64 event, const CoverageDraft *draft, i64 *id_out)
{
    if (!people_may(ctx, RIGHT_COVERAGE_ASSIGN))
        return false;
    const Event *e = agenda_find(ctx, event);
    if (!e || !check_brief(ctx, draft->brief))
        return false;
    if (e->status == EVENT_CANCELLED)
        return fault(ctx, FAULT_CONFLICT, "The event is cancelled: there is nothing to cover.");
    const Person *who = text_blank(draft->assignee) ? NULL : find_assignee(ctx, draft->assignee);
    if (faulted(ctx))
        return false;
    i64 id = id_new(ctx->now), due = draft->due_at ? draft->due_at : e->ends_at + CLOCK_DAY;
    CoverageState state = who ? COVERAGE_ASSIGNED : COVERAGE_PROPOSED;
    if (!db_write(ctx, &q_agenda_coverage_insert, I(id), I(event),
                  W(agenda_kind_words, draft->kind), W(agenda_state_words, state),
                  I_OR_NULL(who ? who->id : 0), I(due), T(draft->brief), I(ctx->now),
                  I(ctx->now), I_OR_NULL(draft->area), I_OR_NULL(draft->contact),
                  I_OR_NULL(draft->quantity_min == NONE ? 0 : draft->quantity_min),
                  I_OR_NULL(draft->quantity_max == NONE ? 0 : draft->quantity_max),
                  I(draft->priority ? draft->priority : 3), W(agenda_news_words, draft->news_status)) ||
        !journal(ctx, "agenda_coverage", id, word_name(agenda_state_words, (int)state)))
        return false;
    *id_out = id;
    return true;
}

bool agenda_assign(Ctx *ctx, i64 coverage, i64 version, const char *assignee)
{
    if (!people_may(ctx, RIGHT_COVERAGE_ASSIGN))
        return false;
    const Coverage *c = to_move(ctx, coverage, version, FROM_ASSIGN);
    const Person *who = c ? find_assignee(ctx, assignee) : NULL;
    return who && move(ctx, c, &(Step){COVERAGE_ASSIGNED, who->id, NULL, "assigned", NULL});
}

/* ---- what the assignee says ---- */

bool agenda_accept(Ctx *ctx, i64 coverage, i64 version)
{
    const Coverage *c = to_answer(ctx, coverage, version, FROM_ACCEPT);
    return c && answer(ctx, c, COVERAGE_ACCEPTED, NULL, "accepted");
}

bool agenda_start(Ctx *ctx, i64 coverage, i64 version)
{
    const Coverage *c = to_answer(ctx, coverage, version, FROM_START);
    return c && answer(ctx, c, COVERAGE_IN_PROGRESS, c->reason, "started");
}

bool agenda_decline(Ctx *ctx, i64 coverage, i64 version, const char *reason)
{
    const Coverage *c = to_answer(ctx, coverage, version, FROM_DECLINE);
    return c && agenda_check_reason(ctx, reason) &&
           answer(ctx, c, COVERAGE_DECLINED, reason, "declined");
}

/* ---- delivering ---- */

static bool check_evidence(Ctx *ctx, const EvidenceDraft *e)
{
    Url url;
    if (!text_blank(e->url) && (strlen(e->url) > URL_MAX || !url_outside(ctx->arena, e->url, &url)))
        return fault_field(ctx, "evidence",
                           "\"%s\" is no address of the web: it begins with https:// or http://.",
                           text_clip(ctx->arena, e->url, 60));
    if (e->kind == EVIDENCE_LINK && text_blank(e->url))
        return fault_field(ctx, "evidence", "A link needs its address.");
    if (text_blank(e->url) && text_blank(e->text))
        return fault_field(ctx, "evidence", "Say what was delivered: an address or a text.");
    if (e->text &&
        (!text_valid(e->text, strlen(e->text)) || text_graphemes(e->text) > AGENDA_NOTE_MAX))
        return fault_field(ctx, "evidence", "This is too long: at most %d characters.",
                           AGENDA_NOTE_MAX);
    return true;
}

static bool keep_evidence(Ctx *ctx, i64 coverage, const EvidenceDraft *e)
{
    const char *url = text_blank(e->url) ? NULL : e->url,
               *text = text_blank(e->text) ? NULL : e->text;
    return check_evidence(ctx, e) &&
           db_write(ctx, &q_agenda_evidence_insert, I(id_new(ctx->now)), I(coverage),
                    W(agenda_evidence_words, e->kind), T(url), T(text), I_OR_NULL(ctx->actor->id),
                    I(ctx->now), T(e->sha256), T(e->filename), T(e->type), I_OR_NULL(e->size),
                    T(e->client_key));
}

bool agenda_deliver(Ctx *ctx, i64 coverage, i64 version, List evidence)
{
    const Coverage *c = to_answer(ctx, coverage, version, FROM_DELIVER);
    if (!c)
        return false;
    if (!evidence.count)
        return fault_field(
            ctx, "evidence",
            "Deliver at least one thing: a link, photos, a release, a post or a note.");
    if (evidence.count > EVIDENCE_MAX)
        return fault_field(ctx, "evidence", "At most %d things at once.", EVIDENCE_MAX);
    const EvidenceDraft *drafts = evidence.items;
    for (size_t i = 0; i < evidence.count; i++) {
        if (!keep_evidence(ctx, coverage, &drafts[i]))
            return false;
    }
    return answer(ctx, c, COVERAGE_DELIVERED, NULL, "delivered");
}

/* ---- the verdict ---- */

bool agenda_approve(Ctx *ctx, i64 coverage, i64 version)
{
    if (!people_may(ctx, RIGHT_COVERAGE_APPROVE))
        return false;
    const Coverage *c = to_move(ctx, coverage, version, FROM_APPROVE);
    return c && move(ctx, c, &(Step){COVERAGE_APPROVED, c->assignee, NULL, "approved", NULL});
}

bool agenda_return(Ctx *ctx, i64 coverage, i64 version, const char *reason)
{
    if (!people_may(ctx, RIGHT_COVERAGE_APPROVE))
        return false;
    const Coverage *c = to_move(ctx, coverage, version, FROM_APPROVE);
    return c && agenda_check_reason(ctx, reason) &&
           move(ctx, c, &(Step){COVERAGE_RETURNED, c->assignee, reason, "returned", NULL});
}

bool agenda_uncover(Ctx *ctx, i64 coverage, i64 version, const char *reason)
{
    if (!people_may(ctx, RIGHT_COVERAGE_ASSIGN))
        return false;
    const Coverage *c = to_move(ctx, coverage, version, FROM_CANCEL);
    return c && agenda_check_reason(ctx, reason) &&
           move(ctx, c, &(Step){COVERAGE_CANCELLED, c->assignee, reason, "cancelled", NULL});
}

bool agenda_cancel_coverages(Ctx *ctx, i64 event, const char *reason)
{
    List coverages = db_list(ctx, &q_agenda_coverages_of, &agenda_coverage_shape, I(event));
    const Coverage *c = coverages.items;
    for (size_t i = 0; i < coverages.count; i++) {
        if (agenda_coverage_is_open(c[i].state) &&
            !move(ctx, &c[i],
                  &(Step){COVERAGE_CANCELLED, c[i].assignee, reason, "cancelled", NULL}))
            return false;
    }
    return !faulted(ctx);
}
