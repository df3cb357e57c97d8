/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* report_words.c: the vocabulary of the room and its addresses. */
#include "base/text.h"
#include "desks/report/report_room.h"

const Word report_state_words[] = {
    [REPORT_DRAFT] = {"draft", N_("Draft")},
    [REPORT_IN_REVIEW] = {"in_review", N_("In review")},
    [REPORT_SIGNED] = {"signed", N_("Signed")},
    [REPORT_PUBLISHED] = {"published", N_("Published")},
    {0},
};

const char *report_state_look(ReportState state)
{
    static const char *const looks[] = {
        [REPORT_DRAFT] = "", [REPORT_IN_REVIEW] = "warn", [REPORT_SIGNED] = "info", [REPORT_PUBLISHED] = "good",
    };
    return looks[state];
}

const char *report_goal_look(GoalState state)
{
    static const char *const looks[] = {
        [GOAL_NONE] = "", [GOAL_MET] = "good", [GOAL_ON_TRACK] = "info", [GOAL_LATE] = "warn", [GOAL_MISSED] = "bad",
    };
    return looks[state];
}

/* ---- addresses ---- */

Url report_url(Arena *a, const char *month, const char *suffix)
{
    return url_slug(a, "/mesa/informes/", month, suffix);
}

Url report_public_url(Arena *a, const char *month, const char *suffix)
{
    return url_slug(a, "/informes/", month, suffix);
}

static Url with_version(Arena *a, Url url, i64 version)
{
    return version ? url_query(a, url, "version", arena_printf(a, "%" PRId64, version)) : url;
}

Url report_version_url(Arena *a, const Report *r, const char *suffix)
{
    return with_version(a, report_url(a, r->month, suffix), r->version);
}

Url report_public_version_url(Arena *a, const Report *r, const char *suffix)
{
    return with_version(a, report_public_url(a, r->month, suffix), r->version);
}

Url report_records_url(Arena *a, const char *path)
{
    Url url = url_literal("/mesa/informes");
    if (path && !url_inside(a, path, &url))
        url_outside(a, path, &url);
    return url;
}

const char *report_month_said(Ctx *ctx, const char *month)
{
    Span span;
    if (!clock_month(ctx->city->zone, month, &span))
        return month;
    return clock_say(ctx->arena, ctx->city->zone, ctx->actor->tongue, CLOCK_SAY_MONTH, span.from);
}

const char *report_month_label(Ctx *ctx, const char *month)
{
    return text_sentence(ctx->arena, report_month_said(ctx, month));
}

Url report_list_url(const char *list)
{
    return text_same(list, "agenda") ? url_literal("/mesa/agenda") : url_literal("/mesa/coberturas");
}

const char *report_verb_said(const char *verb)
{
    static const char *const said[][2] = {
        {"written", N_("wrote the texts")},     {"sent", N_("sent it to review")},  {"returned", N_("returned it")},
        {"signed", N_("signed it")},            {"published", N_("published it")},  {"recomputed", N_("asked for a new version")},
    };
    for (size_t i = 0; i < COUNT(said); i++)
        if (text_same(said[i][0], verb))
            return said[i][1];
    return verb;
}

Url report_goals_url(Arena *a, const GoalsShown *x, const char *period, const char *indicator)
{
    Url url = url_query(a, url_literal("/mesa/estrategias/metas"), "periodo", period);
    url = url_query(a, url, "area", *x->area ? x->area : NULL);
    return url_query(a, url, "indicador", indicator);
}
