/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_consent_end.c: a consent ends, by word or by time, and every picture that stood on it goes, everywhere and at once. */
#include "desks/photos/consent/photos_consent.h"
#include "desks/photos/photos_pages.h"
#include "photos_consent_queries.h"

/* ---- its pictures go ---- */

bool photos_consent_take_in(Ctx *ctx, const Consent *c, const char *why, i64 *unpublished_out)
{
    List photos = photos_consent_leaning(ctx, c->id);
    i64 seen = 0;
    for (const i64 *id = photos.items, *end = id + photos.count; id < end; id++)
        seen += db_number(ctx, &q_photos_consent_is_public, I(*id)) > 0;
    if (faulted(ctx) || !photos_take_in_all(ctx, photos, true, why))
        return false;
    *unpublished_out = seen;
    return true;
}

/* ---- by word ---- */

static bool check_reason(Ctx *ctx, const char *reason)
{
    if (text_blank(reason))
        return fault_field(ctx, "reason", "Say why it ends: it is kept with the consent, at the desk.");
    return check_text(ctx, "reason", reason, CONSENT_REASON_MAX);
}

bool photos_consent_revoke(Ctx *ctx, i64 id, const char *reason, i64 *unpublished_out)
{
    Consent *c = people_may(ctx, RIGHT_PHOTOS_CONSENT) ? photos_consent_row(ctx, id) : NULL;
    if (!c || !check_reason(ctx, reason))
        return false;
    if (c->revoked_at)
        return fault(ctx, FAULT_CONFLICT, "This consent was revoked already.");
    return db_write(ctx, &q_photos_consent_set_revoked, I(id), I(ctx->now), T(reason)) && journal(ctx, "photos_consent", id, "revoked") &&
           photos_consent_take_in(ctx, c, tongue_say(TONGUE_ES, N_("The consent was revoked.")), unpublished_out);
}

/* ---- by time ---- */

/* At once where something is over already, else at the first end or the first warning. */
bool photos_consent_plan(Ctx *ctx)
{
    i64 ends = db_number(ctx, &q_photos_consent_next, I(ctx->now)), job;
    i64 warns = db_number(ctx, &q_photos_consent_next, I(ctx->now + CONSENT_WARNING));
    i64 due = ends;
    if (warns != NONE && warns - CONSENT_WARNING < ends)
        due = warns - CONSENT_WARNING;
    if (ends == NONE || faulted(ctx))
        return !faulted(ctx);
    const char *key = arena_printf(ctx->arena, "photos_consent_watch:%" PRId64, due);
    return queue_add(ctx, "photos_consent_watch", key, "{}", due, &job);
}

static bool tell(Ctx *ctx, List people, const Consent *c)
{
    NoticeChange end = {.field = "expires_at", .label = N_("It ends"), .as = "moment",
                        .after = clock_rfc3339(ctx->arena, ctx->city->zone, c->expires_at)};
    NoticeDraft draft = {
        .subject = "photos_consent",
        .subject_id = c->id,
        .address = url_id(ctx->arena, "/mesa/fotos/consentimientos/", c->id, NULL).s,
        .kind = "due_soon",
        .title = arena_printf(ctx->arena, "%s %s", tongue_say(TONGUE_ES, N_("Consent")), id_text(ctx->arena, c->id)),
        .changes = {&end, 1},
        .key = arena_printf(ctx->arena, "photos_consent:%s:%" PRId64, id_text(ctx->arena, c->id), c->expires_at),
    };
    for (const Person *p = people.items, *last = p + people.count; p < last; p++)
        if (!people_notify(ctx, p->id, &draft))
            return false;
    return true;
}

/* Told once: the notice's key is the consent and its end. */
static bool warn(Ctx *ctx)
{
    List ending = db_list(ctx, &q_photos_consent_ending, &photos_consent_shape, I(ctx->now + 1), I(ctx->now + CONSENT_WARNING + 1));
    List people = ending.count ? people_with_right(ctx, RIGHT_PHOTOS_CONSENT) : (List){0};
    for (const Consent *c = ending.items, *end = c + ending.count; c < end; c++)
        if (!tell(ctx, people, c))
            return false;
    return !faulted(ctx);
}

typedef struct OverRow {
    i64 id;
} OverRow;
static const Field over_fields[] = {FIELD_ID(OverRow, id)};
static const Shape over_shape = SHAPE("over", OverRow, over_fields);

static bool end_those_over(Ctx *ctx)
{
    List over = db_list(ctx, &q_photos_consent_over, &over_shape, I(ctx->now));
    for (const OverRow *row = over.items, *end = row + over.count; row < end; row++) {
        Lap lap CLEANUP(lap_end) = lap_begin(ctx);
        i64 seen;
        const Consent *c = photos_consent_row(ctx, row->id);
        if (!c || !journal(ctx, "photos_consent", row->id, "expired") ||
            !photos_consent_take_in(ctx, c, tongue_say(TONGUE_ES, N_("The time of the consent is over.")), &seen))
            return false;
    }
    return !faulted(ctx);
}

static bool watch(Ctx *ctx, const Job *job, void *unused)
{
    return end_those_over(ctx) && warn(ctx) && photos_consent_plan(ctx);
}

const JobHandler photos_consent_jobs[] = {
    {.kind = "photos_consent_watch", .apply = watch},
    {0},
};
