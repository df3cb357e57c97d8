/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* site_alert_store.c: queries in, alerts out. */
#include "desks/site/alerts/site_alert.h"
#include "store/db.h"
#include "site_alert_queries.h"

enum { OPEN_MOST = 50 };

#define PUBLIC_FIELDS \
    FIELD_ID(Alert, id), FIELD_WORD(Alert, level, site_level_words), FIELD_WORD(Alert, state, site_alert_words), \
    FIELD_BOOL(Alert, exercise), FIELD_WORD(Alert, category, site_category_words), FIELD_TEXT(Alert, event), \
    FIELD_WORD(Alert, urgency, site_urgency_words), FIELD_WORD(Alert, severity, site_severity_words), \
    FIELD_WORD(Alert, certainty, site_certainty_words), FIELD_TEXT(Alert, headline), FIELD_TEXT(Alert, text), \
    FIELD_TEXT(Alert, instruction), FIELD_TEXT(Alert, area), FIELD_TEXT(Alert, url), FIELD_TIME(Alert, confirmed_at), \
    FIELD_TIME(Alert, expires_at), FIELD_TIME(Alert, ended_at), FIELD_TEXT(Alert, reason), FIELD_ID(Alert, updates), \
    FIELD_ID(Alert, follower)

static const Field public_fields[] = {PUBLIC_FIELDS, FIELD_HIDDEN(Alert, version, FIELD_INT)};
const Shape site_alert_public_shape = SHAPE("public_alert", Alert, public_fields);

static const Field fields[] = {
    PUBLIC_FIELDS,
    FIELD_ID(Alert, raised_by),     FIELD_TIME(Alert, raised_at),      FIELD_TEXT(Alert, raised_name),
    FIELD_ID(Alert, confirmed_by),  FIELD_TEXT(Alert, confirmed_name), FIELD_ID(Alert, ended_by),
    FIELD_TEXT(Alert, ended_name),  FIELD_INT(Alert, version),
};
const Shape site_alert_shape = SHAPE("alert", Alert, fields);

/* ---- the desk's ---- */
const Alert *site_alert(Ctx *ctx, i64 id)
{
    return db_one(ctx, &q_site_alert_find, &site_alert_shape, I(id));
}

static List in_state(Ctx *ctx, AlertState state, const Shape *shape)
{
    return db_list(ctx, &q_site_alerts_in_state, shape, W(site_alert_words, state), I(ctx->now), I(OPEN_MOST));
}

List site_alerts_open(Ctx *ctx)
{
    List drafts = in_state(ctx, ALERT_DRAFT, &site_alert_shape), active = in_state(ctx, ALERT_ACTIVE, &site_alert_shape);
    Alert *all = arena_array(ctx->arena, Alert, drafts.count + active.count + 1);
    for (size_t i = 0; i < drafts.count; i++)
        all[i] = ((const Alert *)drafts.items)[i];
    for (size_t i = 0; i < active.count; i++)
        all[drafts.count + i] = ((const Alert *)active.items)[i];
    return (List){all, drafts.count + active.count};
}

List site_alerts_before(Ctx *ctx, i64 before, i64 limit)
{
    return db_list(ctx, &q_site_alerts_before, &site_alert_shape, I(before ? before : INT64_MAX), I(limit));
}

i64 site_alerts_waiting(Ctx *ctx)
{
    i64 n = db_number(ctx, &q_site_alerts_waiting, I(ctx->now), I(ctx->actor->id));
    return n == NONE ? 0 : n;
}

bool site_alert_over(const Ctx *ctx, const Alert *alert)
{
    return alert->state == ALERT_ENDED || alert->state == ALERT_REFUSED || alert->expires_at <= ctx->now;
}

/* ---- the public's ---- */
/* The worst first; of the same level the one that ends first. */
List site_alerts_shown(Ctx *ctx)
{
    List active = in_state(ctx, ALERT_ACTIVE, &site_alert_public_shape);
    Alert *shown = arena_array(ctx->arena, Alert, active.count + 1);
    size_t n = 0;
    for (int level = ALERT_DANGER; level >= ALERT_NOTICE; level--)
        for (const Alert *a = active.items, *end = a + active.count; a < end; a++)
            if ((int)a->level == level && n < ALERT_SHOWN_MOST)
                shown[n++] = *a;
    return (List){shown, n};
}

List site_alerts_public(Ctx *ctx, i64 after_at, i64 after_id, i64 limit)
{
    return db_list(ctx, &q_site_alerts_public, &site_alert_public_shape, I(after_at ? after_at : INT64_MAX),
                   I(after_id ? after_id : INT64_MAX), I(limit));
}

i64 site_alerts_public_count(Ctx *ctx)
{
    i64 n = db_number(ctx, &q_site_alerts_public_count);
    return n == NONE ? 0 : n;
}

const Alert *site_alert_public(Ctx *ctx, i64 id)
{
    const Alert *a = db_one(ctx, &q_site_alert_find, &site_alert_public_shape, I(id));
    if (a && !a->confirmed_at)
        return fault(ctx, FAULT_NOT_FOUND, "There is no such alert.");
    return a;
}

i64 site_alerts_until(Ctx *ctx)
{
    List active = in_state(ctx, ALERT_ACTIVE, &site_alert_public_shape);
    return active.count ? ((const Alert *)active.items)->expires_at : 0;
}
