/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_check.c: what must hold of a picture's words, and of who changes them. */
#include "desks/photos/keep/photos_keep.h"

Photo *photos_to_edit(Ctx *ctx, i64 id, i64 version)
{
    Photo *p = people_may(ctx, RIGHT_PHOTOS_EDIT) ? photos_seen(ctx, id) : NULL;
    if (!p)
        return NULL;
    if (version != NONE && version != p->version)
        return fault(ctx, FAULT_STALE, "Somebody else changed this picture meanwhile. Open it again and repeat your change.");
    return p;
}

bool photos_check_line(Ctx *ctx, const char *field, const char *text, size_t max)
{
    if (text && strpbrk(text, "\n\t"))
        return fault_field(ctx, field, "This is one line.");
    return check_text(ctx, field, text, max);
}

bool photos_check_why(Ctx *ctx, const char *reason)
{
    if (text_blank(reason))
        return fault_field(ctx, "reason", "Say why: it is kept with the picture.");
    return check_text(ctx, "reason", reason, PHOTOS_REASON_MAX);
}

bool photos_check_many(Ctx *ctx, List ids)
{
    if (!ids.count)
        return fault_field(ctx, "photos", "Choose at least one picture.");
    if (ids.count > PHOTOS_AT_ONCE)
        return fault_field(ctx, "photos", "At most %d pictures at once.", PHOTOS_AT_ONCE);
    return true;
}

static bool check_coverage(Ctx *ctx, i64 event, i64 coverage)
{
    const Coverage *c = agenda_coverage(ctx, coverage);
    if (!c) {
        fault_take(ctx);
        return fault_field(ctx, "coverage", "There is no such coverage.");
    }
    if (c->event != event)
        return fault_field(ctx, "coverage", "This coverage is of another event: choose one of “%s”.", agenda_find(ctx, event)->title);
    if (c->kind != COVER_PHOTO)
        return fault_field(ctx, "coverage", "This coverage is no photography: choose one that is, or none.");
    return true;
}

bool photos_check_event(Ctx *ctx, i64 event, i64 coverage)
{
    if (faulted(ctx))
        return false;
    if (!event || !agenda_find(ctx, event)) {
        fault_take(ctx);
        return fault_field(ctx, "event", "There is no such event: choose what the pictures show.");
    }
    return !coverage || check_coverage(ctx, event, coverage);
}
