/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_consent_store.c: consents as they are read: without names, but for the one way that is logged. */
#include "desks/photos/consent/photos_consent.h"
#include "photos_consent_queries.h"

typedef struct CoveredPhoto {
    i64 id;
} CoveredPhoto;
_Static_assert(sizeof(CoveredPhoto) == sizeof(i64), "a list of them is one of i64");
static const Field covered_fields[] = {FIELD_ID(CoveredPhoto, id)};
static const Shape covered_shape = SHAPE("covered", CoveredPhoto, covered_fields);

List photos_consents(Ctx *ctx, bool ended, i64 after, i64 limit)
{
    if (!people_may(ctx, RIGHT_PHOTOS_CONSENT))
        return (List){0};
    return db_list(ctx, &q_photos_consent_list, &photos_consent_shape, I(after ? after : INT64_MAX), B(ended), I(limit), I(ctx->now));
}

/* For obstacles too: who reads the picture learns that there is a consent, and whether it stands. */
List photos_consents_of(Ctx *ctx, i64 photo)
{
    if (!people_may(ctx, RIGHT_PHOTOS_READ))
        return (List){0};
    return db_list(ctx, &q_photos_consent_of_photo, &photos_consent_shape, I(photo), I(ctx->now));
}

Consent *photos_consent_row(Ctx *ctx, i64 id)
{
    return (Consent *)db_one(ctx, &q_photos_consent_row, &photos_consent_shape, I(id), I(ctx->now));
}

const Consent *photos_consent(Ctx *ctx, i64 id)
{
    Consent *c = people_may(ctx, RIGHT_PHOTOS_CONSENT) ? photos_consent_row(ctx, id) : NULL;
    if (!c)
        return NULL;
    c->photo_ids = db_list(ctx, &q_photos_consent_photo_ids, &covered_shape, I(id));
    return faulted(ctx) ? NULL : c;
}

const ConsentName *photos_consent_read(Ctx *ctx, i64 id)
{
    if (!people_may(ctx, RIGHT_PHOTOS_CONSENT) || !photos_consent_row(ctx, id) || !journal(ctx, "photos_consent", id, "name_read"))
        return NULL;
    return db_one(ctx, &q_photos_consent_name_of, &photos_consent_name_shape, I(id));
}

List photos_consent_leaning(Ctx *ctx, i64 id)
{
    return db_list(ctx, &q_photos_consent_leaning, &covered_shape, I(id));
}

i64 photos_consent_public_count(Ctx *ctx, i64 id)
{
    i64 n = db_number(ctx, &q_photos_consent_leaning_public, I(id));
    return n == NONE ? 0 : n;
}

const char *photos_consent_trouble(Ctx *ctx, const Consent *c)
{
    if (c->stands)
        return NULL;
    if (c->revoked_at)
        return say(ctx, "It was revoked.");
    if (c->expires_at && c->expires_at <= ctx->now)
        return say(ctx, "Its time is over.");
    return say(ctx, "The child was not asked yet: without her or his own yes the guardian’s signature is not enough.");
}
