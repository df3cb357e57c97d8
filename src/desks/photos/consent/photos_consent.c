/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_consent.c: consents come in, are put right, and are linked to the pictures that they cover. */
#include "desks/photos/consent/photos_consent.h"
#include "photos_consent_queries.h"

/* ---- what was said ---- */

static const char *line(Ctx *ctx, const char *text)
{
    return text_blank(text) || !text_valid(text, strlen(text)) ? (text_blank(text) ? NULL : text) : text_squeeze(ctx->arena, text);
}

static bool check_names(Ctx *ctx, const ConsentName *who)
{
    return check_text(ctx, "name", who->name, CONSENT_NAME_MAX) && check_text(ctx, "guardian", who->guardian, CONSENT_NAME_MAX) &&
           check_text(ctx, "contact", who->contact, CONSENT_CONTACT_MAX);
}

static bool check_signature(Ctx *ctx, const char *signed_on)
{
    Span day;
    if (text_blank(signed_on))
        return fault_field(ctx, "signed_on", "Say on which day it was signed: only a written consent counts.");
    if (!clock_day(ctx->city->zone, signed_on, &day))
        return fault_field(ctx, "signed_on", "This is no date: write it like 2022-07-14.");
    if (day.from > ctx->now)
        return fault_field(ctx, "signed_on", "That day is still to come: write the day on which it was signed.");
    return true;
}

static bool check_end(Ctx *ctx, i64 expires_at, i64 before)
{
    if (expires_at && expires_at <= ctx->now && expires_at != before)
        return fault_field(ctx, "expires_at", "That moment is past: a consent that is over cannot be relied upon.");
    return true;
}

static bool check_scan(Ctx *ctx, const ConsentDraft *d)
{
    if (!d->sha256)
        return true;
    if (d->size > CONSENT_SCAN_MAX)
        return fault_at(ctx, __FILE__, FAULT_TOO_LARGE, "file", "The file is larger than %d MB.", (int)(CONSENT_SCAN_MAX / 1024 / 1024));
    if (!photos_scan_name(ctx->arena, 0, d->type))
        return fault_at(ctx, __FILE__, FAULT_UNSUPPORTED, "file", "The signed paper comes as PDF, JPEG or PNG.");
    return true;
}

/* ---- a new one ---- */

static bool add(Ctx *ctx, i64 id, const ConsentDraft *d, const ConsentName *who)
{
    const char *filename = d->sha256 ? photos_scan_name(ctx->arena, id, d->type) : NULL;
    Bind size = d->sha256 ? I(d->size) : I_OR_NULL(0);
    return db_write(ctx, &q_photos_consent_add, I(id), W(photos_use_words, d->use), B(d->heard), T(d->signed_on), I_OR_NULL(d->expires_at),
                    T(d->sha256), T(filename), T(d->sha256 ? d->type : NULL), size, I_OR_NULL(ctx->actor->id), I(ctx->now)) &&
           db_write(ctx, &q_photos_consent_name_add, I(id), T(who->name), T(who->guardian), T(who->contact));
}

bool photos_consent_add(Ctx *ctx, const ConsentDraft *d, i64 *id_out)
{
    i64 id = id_new(ctx->now);
    if (!people_may(ctx, RIGHT_PHOTOS_CONSENT))
        return false;
    ConsentName who = {line(ctx, d->who.name), line(ctx, d->who.guardian), line(ctx, d->who.contact)};
    if (!who.name)
        return fault_field(ctx, "name", "Say whose image it is about. The name stands apart: reading it is logged.");
    if (!who.guardian)
        return fault_field(ctx, "guardian", "Say who signed: mother, father or guardian.");
    if (!check_names(ctx, &who) || !check_signature(ctx, d->signed_on) || !check_end(ctx, d->expires_at, 0) || !check_scan(ctx, d) ||
        !add(ctx, id, d, &who) || !photos_consent_plan(ctx) || !journal(ctx, "photos_consent", id, "created"))
        return false;
    *id_out = id;
    return true;
}

/* ---- put right ---- */

static bool set(Ctx *ctx, const Consent *before, const ConsentDraft *d)
{
    bool scan = d->sha256 != NULL;
    const char *type = scan ? d->type : before->type;
    const char *filename = scan ? photos_scan_name(ctx->arena, before->id, d->type) : before->filename;
    i64 size = scan ? d->size : before->size;
    return db_write(ctx, &q_photos_consent_set, I(before->id), I(before->version), W(photos_use_words, d->use), B(d->heard),
                    T(d->signed_on), I_OR_NULL(d->expires_at), T(scan ? d->sha256 : before->sha256), T(filename), T(type),
                    size == NONE ? T(NULL) : I(size));
}

static bool set_names(Ctx *ctx, i64 id, const ConsentName *who)
{
    if (!who->name && !who->guardian && !who->contact)
        return true;
    return db_write(ctx, &q_photos_consent_name_set, I(id), T(who->name), T(who->guardian), T(who->contact));
}

/* What does not hold any more takes its pictures along, also when it was only put right. */
static bool follow(Ctx *ctx, i64 id)
{
    i64 seen;
    const Consent *after = photos_consent_row(ctx, id);
    if (!after || after->stands)
        return after != NULL;
    return photos_consent_take_in(ctx, after, tongue_say(TONGUE_ES, N_("The consent does not hold.")), &seen);
}

bool photos_consent_change(Ctx *ctx, i64 id, i64 version, const ConsentDraft *d)
{
    Consent *before = people_may(ctx, RIGHT_PHOTOS_CONSENT) ? photos_consent_row(ctx, id) : NULL;
    if (!before)
        return false;
    if (version != NONE && version != before->version)
        return fault(ctx, FAULT_STALE, "Somebody else changed this consent meanwhile. Open it again and repeat your change.");
    if (before->revoked_at)
        return fault(ctx, FAULT_CONFLICT, "This consent was revoked: a new signature is a new consent.");
    ConsentName who = {line(ctx, d->who.name), line(ctx, d->who.guardian), line(ctx, d->who.contact)};
    return check_names(ctx, &who) && check_signature(ctx, d->signed_on) && check_end(ctx, d->expires_at, before->expires_at) &&
           check_scan(ctx, d) && set(ctx, before, d) && set_names(ctx, id, &who) && follow(ctx, id) && photos_consent_plan(ctx) &&
           journal(ctx, "photos_consent", id, "changed");
}

/* ---- its pictures ---- */

static bool cover(Ctx *ctx, const Consent *c, i64 photo)
{
    i64 changed;
    const Photo *p = photos_seen(ctx, photo);
    if (!p && ctx->fault.kind == FAULT_NOT_FOUND) {
        fault_take(ctx);
        return fault_field(ctx, "photos", "One of these photos is not there.");
    }
    if (!p || p->removed_at)
        return p ? fault_field(ctx, "photos", "One of these photos was taken away.") : NULL;
    return db_change(ctx, &q_photos_consent_photo_add, &changed, I(c->id), I(photo));
}

/* Without any consent left it must not be shown either: it joins those that go. */
static bool uncover(Ctx *ctx, const Consent *c, i64 photo, List *bare_out)
{
    i64 changed;
    if (!db_change(ctx, &q_photos_consent_photo_drop, &changed, I(c->id), I(photo)) || !changed)
        return !faulted(ctx);
    const Photo *p = photos_row(ctx, photo);
    if (!p)
        return false;
    if (p->minors == MINORS_CONSENT && !photos_consents_of(ctx, photo).count)
        ((i64 *)bare_out->items)[bare_out->count++] = photo;
    return !faulted(ctx);
}

static bool cover_all(Ctx *ctx, const Consent *c, List photos)
{
    for (const i64 *photo = photos.items, *end = photo + photos.count; photo < end; photo++)
        if (!cover(ctx, c, *photo))
            return false;
    return follow(ctx, c->id);
}

static bool uncover_all(Ctx *ctx, const Consent *c, List photos)
{
    List bare = {arena_array(ctx->arena, i64, photos.count), 0};
    for (const i64 *photo = photos.items, *end = photo + photos.count; photo < end; photo++)
        if (!uncover(ctx, c, *photo, &bare))
            return false;
    return photos_take_in_all(ctx, bare, true, tongue_say(TONGUE_ES, N_("No consent is left for it.")));
}

bool photos_consent_cover(Ctx *ctx, i64 id, List photos, bool covered)
{
    Consent *c = people_may(ctx, RIGHT_PHOTOS_CONSENT) ? photos_consent_row(ctx, id) : NULL;
    if (!c)
        return false;
    if (!photos.count)
        return fault_field(ctx, "photos", "Choose at least one photo.");
    if (photos.count > PHOTOS_AT_ONCE)
        return fault_field(ctx, "photos", "At most %d photos at once.", PHOTOS_AT_ONCE);
    if (covered && (c->revoked_at || (c->expires_at && c->expires_at <= ctx->now)))
        return fault(ctx, FAULT_CONFLICT, "This consent does not hold any more: it covers no further photos.");
    return (covered ? cover_all : uncover_all)(ctx, c, photos) && journal(ctx, "photos_consent", id, covered ? "covered" : "uncovered");
}
