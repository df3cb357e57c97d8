/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_look.c: how an event or a coverage shows its state: a class, an icon, a few words. */
#include "desks/agenda/agenda_room.h"

static bool is_off(const Event *e)
{
    return e->status == EVENT_CANCELLED || e->status == EVENT_POSTPONED;
}

const char *agenda_event_look(const Ctx *ctx, const Event *e)
{
    if (is_off(e))
        return "cancelled";
    if (e->approved_count > 0)
        return "covered";
    if (e->ends_at <= ctx->now && e->visibility == VISIBLE_PUBLIC)
        return "uncovered";
    return e->status == EVENT_TENTATIVE ? "tentative" : "";
}

const char *agenda_timeline_look(const Ctx *ctx, const Event *e)
{
    if (is_off(e))
        return "cancelled";
    if (e->ends_at <= ctx->now)
        return "done";
    return e->starts_at <= ctx->now ? "now" : "next";
}

const char *agenda_state_look(CoverageState state)
{
    static const char *const looks[] = {
        [COVERAGE_PROPOSED] = "",      [COVERAGE_ASSIGNED] = "info",
        [COVERAGE_ACCEPTED] = "info",  [COVERAGE_IN_PROGRESS] = "info",
        [COVERAGE_DELIVERED] = "warn", [COVERAGE_APPROVED] = "good",
        [COVERAGE_DECLINED] = "bad",   [COVERAGE_RETURNED] = "bad",
        [COVERAGE_CANCELLED] = "",
    };
    return looks[state];
}

const char *agenda_status_look(EventStatus status)
{
    static const char *const looks[] = {
        [EVENT_TENTATIVE] = "warn", [EVENT_CONFIRMED] = "info",   [EVENT_CANCELLED] = "bad",
        [EVENT_POSTPONED] = "bad",  [EVENT_RESCHEDULED] = "warn", [EVENT_HELD] = "good",
    };
    return looks[status];
}

const char *agenda_cover_look(const Event *e)
{
    if (e->approved_count > 0)
        return "good";
    return e->coverage_count > 0 ? "info" : "bad";
}

const char *agenda_cover_icon(const Event *e)
{
    if (e->approved_count > 0)
        return "checks";
    return e->coverage_count > 0 ? "camera" : "alert-triangle";
}

const char *agenda_cover_said(Html *h, const Event *e)
{
    if (e->approved_count > 0)
        return html_say(h, "Covered");
    if (e->coverage_count > 0)
        return html_sayf_n(h, "%" PRId64 " coverage", "%" PRId64 " coverages", e->coverage_count);
    return html_say(h, "Nobody covers it");
}

const char *agenda_when_said(Html *h, i64 starts_at, i64 ends_at, bool all_day, bool tbc)
{
    Ctx *ctx = html_ctx(h);
    const char *day = html_when(h, CLOCK_SAY_DAY, starts_at);
    Span first = clock_day_of(ctx->city->zone, starts_at);
    if (all_day && ends_at <= first.to)
        return arena_printf(ctx->arena, "%s, %s", day, html_say(h, "all day"));
    if (all_day)
        return html_sayf(h, "%s to %s", day, html_when(h, CLOCK_SAY_DAY, ends_at - CLOCK_HOUR));
    if (tbc)
        return arena_printf(ctx->arena, "%s, %s", day, html_say(h, "hour to be confirmed"));
    if (ends_at > first.to)
        return html_sayf(h, "%s to %s", html_when(h, CLOCK_SAY_MOMENT, starts_at),
                         html_when(h, CLOCK_SAY_MOMENT, ends_at));
    if (ends_at == starts_at)
        return arena_printf(ctx->arena, "%s, %s", day, html_clock(h, starts_at));
    return arena_printf(ctx->arena, "%s, %s–%s", day, html_clock(h, starts_at),
                        html_clock(h, ends_at));
}

Url agenda_desk_day_url(Arena *a, const Day *day)
{
    const char *text =
        arena_printf(a, "%04d-%02d-%02d", day->wall.year, day->wall.month, day->wall.day);
    return url_query(a, url_literal("/mesa/agenda"), "dia", text);
}

/* From a month that is now one comes to today, from another to its first day. */
Url agenda_kind_url(Ctx *ctx, const Period *p, PeriodKind kind)
{
    bool now = p->span.from <= ctx->now && ctx->now < p->span.to;
    Period other = agenda_period_of(ctx, kind, now ? ctx->now : p->span.from);
    return agenda_period_url(ctx->arena, url_literal("/mesa/agenda"), &other, other.text);
}

bool agenda_coverage_late(const Ctx *ctx, const Coverage *c)
{
    return agenda_coverage_is_open(c->state) && c->state != COVERAGE_DELIVERED &&
           c->due_at < ctx->now;
}

Url agenda_evidence_url(Arena *a, const Evidence *e)
{
    Url url = {NULL};
    if (e->sha256)
        url = url_id(a, "/mesa/evidencias/", e->id, NULL);
    else if (e->url)
        url_outside(a, e->url, &url);
    return url;
}

/* The journal's verbs of this room, as a history reads them. */
static const Word verbs[] = {
    {"created", N_("created it")},
    {"imported", N_("imported it from a calendar")},
    {"removed", N_("took it away")},
    {"allowed", N_("said that so many events may be missing")},
    {"held_back", N_("held an answer back")},
    {"failed", N_("could not read it")},
    {"missed", N_("noted that its source lacks it")},
    {"came_back", N_("noted that its source has it again")},
    {"kept", N_("kept it, though its source lacks it")},
    {"changed", N_("changed it")},
    {"cancelled", N_("cancelled it")},
    {"postponed", N_("postponed it")},
    {"rescheduled", N_("gave it a new date")},
    {"not_covered", N_("said why it was not covered")},
    {"undone", N_("took the last step back")},
    {"attached", N_("added a file")},
    {"attachment_changed", N_("changed a file")},
    {"detached", N_("took a file away")},
    {"archived", N_("archived it")},
    {"unarchived", N_("took it out again")},
    {"merged", N_("made two places one")},
    {"repeated", N_("added it as part of a series")},
    {"proposed", N_("proposed it")},
    {"assigned", N_("assigned it")},
    {"accepted", N_("accepted it")},
    {"started", N_("began with it")},
    {"declined", N_("declined it")},
    {"delivered", N_("delivered")},
    {"noted", N_("wrote a note")},
    {"approved", N_("approved it")},
    {"returned", N_("returned it")},
    {"withdrawn", N_("took back what was delivered")},
    {"link_made", N_("made a link to answer")},
    {0},
};

const char *agenda_verb_said(const Html *h, const char *verb)
{
    int known = word_find(verbs, verb);
    return known < 0 ? arena_text(html_arena(h), verb) : html_say(h, verbs[known].label);
}

bool agenda_is_mine(const Html *h, const Coverage *c)
{
    const Actor *who = html_ctx(h)->actor;
    return c->assignee ? c->assignee == who->id : c->area && who->id && c->area == who->area;
}

bool agenda_has(const Html *h, RightName right)
{
    return people_has(html_ctx(h), right);
}

const char *agenda_look_said(Html *h, const Event *e)
{
    const char *look = agenda_event_look(html_ctx(h), e);
    if (text_same(look, "covered"))
        return html_say(h, "covered");
    if (text_same(look, "uncovered"))
        return html_say(h, "not covered");
    return html_word(h, agenda_status_words, (int)e->status);
}

const char *agenda_topics_said(const Html *h, const char *topics)
{
    List lines = text_split(html_arena(h), topics, '\n');
    Buf *out = buf_new(html_arena(h), 64, 4096);
    for (size_t i = 0; i < lines.count; i++)
        buf_printf(out, "%s%s", i ? ", " : "", ((const char *const *)lines.items)[i]);
    return buf_data(out);
}

static const Word met[] = {
    {"new", N_("New")},
    {"changed", N_("Changed")},
    {"cancelled", N_("Cancelled")},
    {"unchanged", N_("Unchanged")},
    {"refused", N_("Refused")},
    {0},
};

const char *agenda_met_said(const Html *h, const char *what)
{
    return html_word(h, met, word_find(met, what));
}

bool agenda_coverage_counts(CoverageState state)
{
    return state != COVERAGE_PROPOSED && state != COVERAGE_DECLINED && state != COVERAGE_CANCELLED;
}

bool agenda_coverage_assignable(CoverageState state)
{
    return state != COVERAGE_DELIVERED && state != COVERAGE_APPROVED && state != COVERAGE_CANCELLED;
}

Url agenda_act_url(Arena *a, i64 event, const char *act)
{
    return url_slug(a, arena_printf(a, "/mesa/agenda/%s/", id_text(a, event)), act, NULL);
}

Url agenda_step_url(Arena *a, i64 coverage, const char *act)
{
    return url_slug(a, arena_printf(a, "/mesa/coberturas/%s/", id_text(a, coverage)), act, NULL);
}

Url agenda_coverages_next(Arena *a, const CoveragesShown *x)
{
    Url url = url_query(a, url_literal("/mesa/coberturas"), "quien", x->mine ? "yo" : "todos");
    return url_query(a, url_query(a, url, "estado", x->state), "after", x->next);
}
