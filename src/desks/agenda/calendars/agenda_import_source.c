/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_import_source.c: a calendar that is fetched again and again: what its answer lacks is marked, never cancelled.
 *
 * Only what is still to come can be missing: many programs leave the past out of what they give. */
#include "desks/agenda/calendars/agenda_import.h"
#include "store/journal.h"
#include "agenda_source_queries.h"

#include <stdlib.h>

/* From this many missing events on, when they are half of all or more, a person is asked first. */
enum { HELD_FROM = 3, KNOWN_MOST = 20000 };

bool agenda_import_is_foreign(const Import *im, i64 source)
{
    return im->from.source && source != im->from.source;
}

const char *agenda_import_title(const Import *im, const IcsEvent *e, bool hidden)
{
    bool named = !im->from.source || (!hidden && e->visibility <= VISIBLE_INTERNAL);
    return named ? e->title : say(im->ctx, "(private)");
}

bool agenda_import_mark_series(const Import *im, i64 series)
{
    if (!im->from.source)
        return true;
    return db_write(im->ctx, &q_agenda_source_series, I(series), I(im->from.source),
                    I_OR_NULL(im->from.calendar));
}

/* ---- what the answer has ---- */

bool agenda_import_in_rule(const Item *item, i64 at)
{
    const Occurrence *o = item->found.list.items;
    size_t low = 0, high = item->found.list.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (o[middle].at == at)
            return true;
        if (o[middle].at < at)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

/* The first of the items of a UID; count when there is none. */
static size_t first_of(const Import *im, const char *uid)
{
    size_t low = 0, high = im->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const char *here = im->sorted[middle]->event.uid;
        if (strcmp(here ? here : "", uid) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool series_gives(const Import *im, const Item *item, i64 at)
{
    const SeriesRow *here = agenda_series_of_uid(im->ctx, item->event.uid);
    bool older = here && !text_same(here->source_hash, item->event.hash) &&
                 item->event.sequence < here->sequence;
    return older || at >= item->expanded_to || agenda_import_in_rule(item, at);
}

/* What cannot be read is there nevertheless. */
static bool gives(const Import *im, const Item *item, i64 at)
{
    if (item->event.refused)
        return true;
    if (item->event.override)
        return item->event.recurrence_at == at;
    return item->repeats ? series_gives(im, item, at) : at == 0;
}

static bool answer_has(const Import *im, const EventKey *key)
{
    for (size_t i = first_of(im, key->uid); i < im->count; i++) {
        const Item *item = im->sorted[i];
        if (!text_same(item->event.uid, key->uid))
            return false;
        if (gives(im, item, key->recurrence_at))
            return true;
    }
    return false;
}

bool agenda_import_missing(Import *im)
{
    if (!im->from.source)
        return true;
    Ctx *ctx = im->ctx;
    List known = db_list(ctx, &q_agenda_source_coming, &agenda_key_shape, I(im->from.source),
                         I(ctx->now), I(KNOWN_MOST));
    EventKey *missing = arena_array(ctx->arena, EventKey, known.count + 1);
    EventKey *back = arena_array(ctx->arena, EventKey, known.count + 1);
    ImportFate *fate = &im->fate;
    const EventKey *key = known.items;
    for (size_t i = 0; i < known.count; i++) {
        bool has = answer_has(im, &key[i]);
        fate->known += !key[i].missing_since;
        if (has && key[i].missing_since)
            back[fate->back++] = key[i];
        else if (!has && !key[i].missing_since)
            missing[fate->missing++] = key[i];
    }
    im->missing = (List){missing, (size_t)fate->missing};
    im->back = (List){back, (size_t)fate->back};
    fate->held = fate->missing >= HELD_FROM && fate->missing * 2 >= fate->known &&
                 fate->missing > im->from.allowed;
    return !faulted(ctx);
}

bool agenda_import_mark_missing(Import *im)
{
    Ctx *ctx = im->ctx;
    const EventKey *missing = im->missing.items, *back = im->back.items;
    for (size_t i = 0; i < im->missing.count; i++) {
        if (!db_write(ctx, &q_agenda_source_miss, I(missing[i].id), I(ctx->now)) ||
            !journal(ctx, "agenda_event", missing[i].id, "missed"))
            return false;
    }
    for (size_t i = 0; i < im->back.count; i++) {
        if (!db_write(ctx, &q_agenda_source_miss, I(back[i].id), I_OR_NULL((i64)0)) ||
            !journal(ctx, "agenda_event", back[i].id, "came_back"))
            return false;
    }
    return true;
}
