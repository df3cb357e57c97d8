/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* site_alert.c: the rules of alerts: who may raise one, that another person confirms it, and how it ends. */
#include "base/id.h"
#include "base/text.h"
#include "desks/site/alerts/site_alert.h"
#include "store/db.h"
#include "store/journal.h"
#include "site_alert_queries.h"

/* ---- what is written ---- */
static bool check_needed(Ctx *ctx, const char *field, const char *text, size_t max)
{
    if (text_blank(text))
        return fault_field(ctx, field, "This is needed.");
    return check_text(ctx, field, text, max);
}

static bool check_end(Ctx *ctx, i64 expires_at)
{
    if (!expires_at)
        return fault_field(ctx, "expires_at", "Every alert ends by itself: say when.");
    if (expires_at <= ctx->now)
        return fault_field(ctx, "expires_at", "This moment has passed already.");
    if (expires_at > ctx->now + ALERT_DAYS_MOST * CLOCK_DAY)
        return fault_field(ctx, "expires_at", "An alert lasts at most %d days; it can be updated.", ALERT_DAYS_MOST);
    return true;
}

static bool check_link(Ctx *ctx, const char *text)
{
    Url url;
    if (text_blank(text) || url_outside(ctx->arena, text, &url))
        return true;
    return fault_field(ctx, "url", "A whole address is wanted, beginning with https://.");
}

static bool check(Ctx *ctx, const AlertDraft *d)
{
    return check_needed(ctx, "headline", d->headline, ALERT_HEADLINE_MAX) &&
           check_needed(ctx, "event", d->event, ALERT_EVENT_MAX) &&
           check_needed(ctx, "area", d->area, ALERT_AREA_MAX) &&
           check_text(ctx, "text", d->text, ALERT_TEXT_MAX) &&
           check_text(ctx, "instruction", d->instruction, ALERT_TEXT_MAX) && check_link(ctx, d->url) &&
           check_end(ctx, d->expires_at);
}

/* The alert whose place another one is to take must still be shown. */
static bool check_updated(Ctx *ctx, i64 id)
{
    const Alert *old = site_alert(ctx, id);
    if (!old)
        return false;
    if (old->state != ALERT_ACTIVE || old->expires_at <= ctx->now)
        return fault(ctx, FAULT_CONFLICT, "The alert that this one would replace is not in force any more. Raise a new one.");
    return true;
}

/* ---- telling the others ---- */
static bool tell_others(Ctx *ctx, i64 id, const char *headline)
{
    List people = people_with_right(ctx, RIGHT_SITE_ALERT);
    for (const Person *p = people.items, *end = p + people.count; p < end; p++) {
        NoticeDraft notice = {.subject = "site_alert", .subject_id = id, .kind = "alert_raised", .title = headline,
                              .address = site_alert_desk_url(ctx->arena, id, NULL).s};
        if (!people_notify(ctx, p->id, &notice))
            return false;
    }
    return !faulted(ctx);
}

/* ---- drafts ---- */
bool site_alert_raise(Ctx *ctx, const AlertDraft *d, i64 *id_out)
{
    if (!people_may(ctx, RIGHT_SITE_ALERT) || !check(ctx, d) || (d->updates && !check_updated(ctx, d->updates)))
        return false;
    i64 id = id_new(ctx->now);
    if (!db_write(ctx, &q_site_alert_add, I(id), W(site_level_words, d->level), B(d->exercise),
                  W(site_category_words, d->category), T(d->event), W(site_urgency_words, d->urgency),
                  W(site_severity_words, d->severity), W(site_certainty_words, d->certainty), T(d->headline), T(d->text),
                  T(d->instruction), T(d->area), T(d->url), I_OR_NULL(ctx->actor->id), I(ctx->now), I(d->expires_at),
                  I_OR_NULL(d->updates)) ||
        !journal_detail(ctx, "site_alert", id, "raised", d->headline) || !tell_others(ctx, id, d->headline))
        return false;
    *id_out = id;
    return true;
}

/* The alert in the state that a verb wants, and as the caller saw it; NULL after a fault. */
static const Alert *ready(Ctx *ctx, i64 id, i64 version, AlertState state)
{
    const Alert *a = people_may(ctx, RIGHT_SITE_ALERT) ? site_alert(ctx, id) : NULL;
    if (!a)
        return NULL;
    if (version != NONE && version != a->version)
        return fault(ctx, FAULT_STALE, "Somebody else changed this meanwhile. Open it again and repeat your change.");
    if (a->state != state || (state == ALERT_ACTIVE && a->expires_at <= ctx->now))
        return fault(ctx, FAULT_CONFLICT, "This alert is in another state by now: %s.", site_alert_state_said(ctx, a));
    return a;
}

bool site_alert_change(Ctx *ctx, i64 id, i64 version, const AlertDraft *d)
{
    const Alert *a = ready(ctx, id, version, ALERT_DRAFT);
    return a && check(ctx, d) &&
           db_write(ctx, &q_site_alert_change, I(id), I(a->version), W(site_level_words, d->level), B(d->exercise),
                    W(site_category_words, d->category), T(d->event), W(site_urgency_words, d->urgency),
                    W(site_severity_words, d->severity), W(site_certainty_words, d->certainty), T(d->headline), T(d->text),
                    T(d->instruction), T(d->area), T(d->url), I_OR_NULL(ctx->actor->id), I(ctx->now), I(d->expires_at)) &&
           journal_detail(ctx, "site_alert", id, "changed", d->headline) && tell_others(ctx, id, d->headline);
}

/* ---- two persons ---- */
static bool replace(Ctx *ctx, i64 id)
{
    const Alert *old = check_updated(ctx, id) ? site_alert(ctx, id) : NULL;
    return old &&
           db_write(ctx, &q_site_alert_close, I(id), I(old->version), W(site_alert_words, ALERT_ACTIVE),
                    W(site_alert_words, ALERT_ENDED), I_OR_NULL(ctx->actor->id), I(ctx->now), T(NULL)) &&
           journal(ctx, "site_alert", id, "replaced");
}

bool site_alert_confirm(Ctx *ctx, i64 id, i64 version)
{
    const Alert *a = ready(ctx, id, version, ALERT_DRAFT);
    if (!a)
        return false;
    if (!ctx->actor->id || ctx->actor->id == a->raised_by)
        return fault(ctx, FAULT_FORBIDDEN, "An alert is confirmed by another person than the one who wrote it.");
    if (a->expires_at <= ctx->now)
        return fault(ctx, FAULT_CONFLICT, "The time of this alert is over. Change its end first, or refuse it.");
    return (!a->updates || replace(ctx, a->updates)) &&
           db_write(ctx, &q_site_alert_confirm, I(id), I(a->version), I(ctx->actor->id), I(ctx->now)) &&
           journal_detail(ctx, "site_alert", id, "confirmed", a->headline);
}

static bool close_it(Ctx *ctx, const Alert *a, AlertState to, const char *reason)
{
    return check_needed(ctx, "reason", reason, ALERT_TEXT_MAX) &&
           db_write(ctx, &q_site_alert_close, I(a->id), I(a->version), W(site_alert_words, a->state), W(site_alert_words, to),
                    I_OR_NULL(ctx->actor->id), I(ctx->now), T(reason)) &&
           journal_detail(ctx, "site_alert", a->id, to == ALERT_REFUSED ? "refused" : "ended", reason);
}

bool site_alert_refuse(Ctx *ctx, i64 id, i64 version, const char *reason)
{
    const Alert *a = ready(ctx, id, version, ALERT_DRAFT);
    return a && close_it(ctx, a, ALERT_REFUSED, reason);
}

bool site_alert_end(Ctx *ctx, i64 id, i64 version, const char *reason)
{
    const Alert *a = ready(ctx, id, version, ALERT_ACTIVE);
    return a && close_it(ctx, a, ALERT_ENDED, reason);
}
