/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_gallery_check.c: what must hold of a gallery before it is written. */
#include "desks/photos/galleries/photos_galleries.h"
#include "photos_gallery_queries.h"

/* ---- which ---- */

Gallery *photos_gallery_in(Ctx *ctx, i64 id, i64 version)
{
    if (faulted(ctx))
        return NULL;
    if (db_number(ctx, &q_photos_gallery_visible, I(id), B(people_has(ctx, RIGHT_AGENDA_PRIVATE))) != 1)
        return fault(ctx, FAULT_NOT_FOUND, "There is no such gallery.");
    Gallery *g = photos_gallery_row(ctx, id);
    if (g && version != NONE && version != g->version)
        return fault(ctx, FAULT_STALE, "Somebody else changed this gallery meanwhile. Open it again and repeat your change.");
    return g;
}

Gallery *photos_gallery_still(Ctx *ctx, i64 id, i64 version)
{
    Gallery *g = photos_gallery_in(ctx, id, version);
    if (g && g->state == GALLERY_PUBLISHING)
        return fault(ctx, FAULT_CONFLICT, "This gallery is being published just now: wait until it is, or stop it.");
    return g;
}

/* ---- words ---- */

static const char *line(Ctx *ctx, const char *text)
{
    return text_blank(text) || !text_valid(text, strlen(text)) ? (text_blank(text) ? NULL : text) : text_squeeze(ctx->arena, text);
}

static bool check_event(Ctx *ctx, i64 event)
{
    if (agenda_find(ctx, event))
        return true;
    if (ctx->fault.kind != FAULT_NOT_FOUND)
        return false;
    fault_take(ctx);
    return fault_field(ctx, "event", "There is no such event.");
}

bool photos_gallery_check(Ctx *ctx, GalleryDraft *d, i64 event_before)
{
    d->title = line(ctx, d->title);
    d->lead = line(ctx, d->lead);
    if (!d->title)
        return fault_field(ctx, "title", "A gallery needs a title.");
    return check_text(ctx, "title", d->title, GALLERY_TITLE_MAX) && check_text(ctx, "lead", d->lead, GALLERY_LEAD_MAX) &&
           (!d->event || d->event == event_before || check_event(ctx, d->event));
}

bool photos_gallery_check_reason(Ctx *ctx, const char *reason)
{
    if (text_blank(reason))
        return fault_field(ctx, "reason", "Say why: who opens its address reads it.");
    return check_text(ctx, "reason", reason, GALLERY_REASON_MAX);
}

/* ---- pictures ---- */

bool photos_is_among(List ids, i64 id)
{
    for (const i64 *i = ids.items, *end = i + ids.count; i < end; i++)
        if (*i == id)
            return true;
    return false;
}

static bool check_photo(Ctx *ctx, i64 id)
{
    const Photo *p = photos_seen(ctx, id);
    if (!p && ctx->fault.kind == FAULT_NOT_FOUND) {
        fault_take(ctx);
        return fault_field(ctx, "photos", "One of these photos is not there.");
    }
    return p && (!p->removed_at || fault_field(ctx, "photos", "“%s” was taken away.", p->filename));
}

bool photos_gallery_check_photos(Ctx *ctx, List photos, List before)
{
    const i64 *first = photos.items;
    if (photos.count > PHOTOS_AT_ONCE)
        return fault_field(ctx, "photos", "A gallery has at most %d photos.", PHOTOS_AT_ONCE);
    for (size_t i = 0; i < photos.count; i++) {
        if (photos_is_among((List){first, i}, first[i]))
            return fault_field(ctx, "photos", "One of these photos is there twice.");
        if (!photos_is_among(before, first[i]) && !check_photo(ctx, first[i]))
            return false;
    }
    return !faulted(ctx);
}

bool photos_gallery_check_cover(Ctx *ctx, List photos, i64 cover)
{
    if (!cover || photos_is_among(photos, cover))
        return true;
    return fault_field(ctx, "cover", "The cover is one of the gallery’s own photos.");
}
