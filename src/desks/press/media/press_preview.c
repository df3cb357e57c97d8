/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_preview.c: accredited media read a release before its embargo ends, each by a link of its own. */
#include "desks/press/media/press_media.h"
#include "store/db.h"
#include "store/journal.h"
#include "press_media_queries.h"

enum { PREVIEWS_MOST = 200 };
#define GRACE_MOST (7 * CLOCK_DAY)
static const char purpose[] = "press-preview";

static const Field preview_fields[] = {
    FIELD_ID(MediaPreview, id), FIELD_ID(MediaPreview, release), FIELD_ID(MediaPreview, contact), FIELD_TEXT(MediaPreview, contact_name),
    FIELD_TEXT(MediaPreview, outlet), FIELD_TIME(MediaPreview, expires_at), FIELD_TIME(MediaPreview, revoked_at),
    FIELD_INT(MediaPreview, seen), FIELD_TIME(MediaPreview, seen_at), FIELD_TIME(MediaPreview, at), FIELD_TEXT(MediaPreview, url),
};
const Shape press_avance_shape = SHAPE("media_preview", MediaPreview, preview_fields);

/* ---- at the desk ---- */

List press_previews(Ctx *ctx, i64 release, const SealKey *key)
{
    if (!people_may(ctx, RIGHT_PRESS_MEDIA))
        return (List){0};
    List all = db_list(ctx, &q_press_previews, &press_avance_shape, I(release), I(PREVIEWS_MOST));
    for (MediaPreview *p = (MediaPreview *)all.items, *end = p + all.count; key && p < end; p++)
        p->url = arena_printf(ctx->arena, "%s/prensa/avance/%s", ctx->city->base_url,
                              seal_token_make(ctx->arena, key, purpose, p->id, p->expires_at));
    return all;
}

/* Word for word what was approved, and still to be kept. */
static bool is_embargoed(const Ctx *ctx, const Release *r)
{
    bool waits = r->state == RELEASE_EMBARGOED || (r->state == RELEASE_APPROVED && r->embargo_until > ctx->now);
    return waits && r->approved_hash && text_same(r->hash, r->approved_hash);
}

static bool is_public_now(const Release *r)
{
    return r->state == RELEASE_PUBLISHED || r->state == RELEASE_CORRECTED || r->state == RELEASE_WITHDRAWN;
}

static bool may_have(Ctx *ctx, const Release *r, const MediaContact *c)
{
    if (!is_embargoed(ctx, r))
        return fault(ctx, FAULT_CONFLICT, "Only what is approved and under embargo can be given before: approve it and set the embargo first.");
    if (c->archived || !c->accredited)
        return fault_field(ctx, "contact", "%s is not accredited: only accredited media get what is under embargo.", c->name);
    return true;
}

bool press_preview_give(Ctx *ctx, i64 release, i64 contact, i64 grace, i64 *id_out)
{
    if (!people_may(ctx, RIGHT_PRESS_MEDIA))
        return false;
    const Release *r = press_row(ctx, release);
    const MediaContact *c = r ? press_contact(ctx, contact) : NULL;
    if (!c || !may_have(ctx, r, c))
        return false;
    if (grace < 0 || grace > GRACE_MOST)
        return fault_field(ctx, "grace", "After the embargo the link may live for seven days at the most.");
    *id_out = id_new(ctx->now);
    return db_write(ctx, &q_press_preview_add, I(*id_out), I(release), I(contact), I(r->embargo_until + grace), I_OR_NULL(ctx->actor->id),
                    I(ctx->now)) &&
           journal(ctx, "press_release", release, "previewed");
}

static const MediaPreview *preview(Ctx *ctx, i64 id)
{
    return db_maybe(ctx, &q_press_preview_find, &press_avance_shape, I(id));
}

bool press_preview_revoke(Ctx *ctx, i64 id, i64 *release_out)
{
    const MediaPreview *p = people_may(ctx, RIGHT_PRESS_MEDIA) ? preview(ctx, id) : NULL;
    if (!p)
        return faulted(ctx) ? false : fault(ctx, FAULT_NOT_FOUND, "There is no such link.");
    *release_out = p->release;
    return p->revoked_at || (db_write(ctx, &q_press_preview_revoke, I(id), I(ctx->now)) &&
                             journal(ctx, "press_release", p->release, "preview_revoked"));
}

/* ---- behind the link ---- */

static bool unknown(Ctx *ctx)
{
    return faulted(ctx) ? false : fault(ctx, FAULT_NOT_FOUND, "This link is not complete: copy all of it, or ask the office for a new one.");
}

static const MediaPreview *preview_by_token(Ctx *ctx, const char *token, const SealKey *key)
{
    i64 id, expires_at;
    if (!key || !seal_token_read(key, purpose, token, &id, &expires_at))
        return NULL;
    const MediaPreview *p = preview(ctx, id);
    return p && p->expires_at == expires_at ? p : NULL;
}

static bool still_good(Ctx *ctx, const MediaPreview *p)
{
    if (p->revoked_at)
        return fault(ctx, FAULT_GONE, "The office took this link back: ask it why, or for a new one.");
    if (p->expires_at <= ctx->now)
        return fault(ctx, FAULT_GONE, "This link has ended: ask the office for a new one.");
    return true;
}

bool press_preview_open(Ctx *ctx, const char *token, const SealKey *key, PreviewOpened *out)
{
    const MediaPreview *p = preview_by_token(ctx, token, key);
    Release *r = p ? press_row(ctx, p->release) : NULL;
    if (!r)
        return unknown(ctx);
    *out = (PreviewOpened){.preview = p, .release = r};
    if (is_public_now(r)) {
        out->published = press_public_path(ctx->arena, r->slug);
        return true;
    }
    if (!still_good(ctx, p))
        return false;
    if (!is_embargoed(ctx, r))
        return fault(ctx, FAULT_NOT_FOUND, "The office is working on this text again: the link shows it once it is approved.");
    press_render(ctx, r);
    out->shown = press_as_public(ctx, r);
    return out->shown != NULL;
}

bool press_preview_note(Ctx *ctx, i64 id)
{
    return db_write(ctx, &q_press_preview_seen, I(id), I(ctx->now));
}
