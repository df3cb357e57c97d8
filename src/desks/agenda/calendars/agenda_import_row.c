/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_import_row.c: one event or occurrence of a file against what is here (RFC 5546 2.1.5: SEQUENCE decides).
 *
 * What a person changed on the desk stays: the internal note, the coverages, a visibility that is no longer the one
 * which the file gave, and a cancellation or postponement: those have a reason, what a file takes back has none. */
#include "desks/agenda/calendars/agenda_import.h"
#include "store/journal.h"
#include "agenda_queries.h"

const char *const agenda_met_words[] = {
    [MET_NEW] = "new",
    [MET_CHANGED] = "changed",
    [MET_CANCELLED] = "cancelled",
    [MET_UNCHANGED] = "unchanged",
    [MET_REFUSED] = "refused",
};

static bool index_event(Ctx *ctx, const Wanted *w, const EventRow *row)
{
    return agenda_index_entry(ctx, &(IndexEntry){
                                       .id = row->id,
                                       .starts_at = w->when.starts_at,
                                       .slug = row->slug,
                                       .title = w->event->title,
                                       .description = w->event->description,
                                       .topics = w->event->topics,
                                       .internal_note = row->internal_note,
                                       .place_name = w->event->place.name,
                                       .place_address = w->event->place.address,
                                       .visibility = row->visibility,
                                   });
}

static const char *day_of(Ctx *ctx, const Wanted *w)
{
    return clock_day_text(ctx->arena, w->when.zone, w->when.starts_at);
}

const char *agenda_occurrence_hash(Arena *a, const char *face, i64 at)
{
    return arena_printf(a, "%s@%" PRId64, face, at);
}

const char *agenda_import_foreign_said(Ctx *ctx)
{
    return say(ctx, "an event with this UID is here already and is not from this source: it stays as it is");
}

/* ---- new ---- */

static bool insert(Ctx *ctx, const Wanted *w, Meeting *meeting)
{
    const IcsEvent *e = w->event;
    EventRow row = {
        .id = id_new(ctx->now),
        .recurrence_at = w->recurrence_at,
        .series = w->series,
        .sequence = e->sequence,
        .source_sequence = e->sequence,
        .uid = e->uid,
        .title = e->title,
        .description = e->description,
        .topics = e->topics,
        .source_hash = w->hash,
        .source_visibility = word_name(agenda_visibility_words, (int)e->visibility),
        .when = w->when,
        .status = e->status,
        .visibility = e->visibility,
        .source = w->from->source,
        .calendar = w->from->calendar,
    };
    row.slug = agenda_slug_free(ctx, e->title, day_of(ctx, w), e->visibility, row.id);
    meeting->met = e->status == EVENT_CANCELLED ? MET_CANCELLED : MET_NEW;
    return agenda_place_keep(ctx, &e->place, &row.place) && agenda_row_insert(ctx, &row) &&
           index_event(ctx, w, &row) && journal(ctx, "agenda_event", row.id, "imported");
}

/* ---- known ---- */

bool agenda_import_cancel(Ctx *ctx, const EventKey *key, const IcsEvent *e, const char *why)
{
    i64 sequence = e->sequence > key->sequence ? e->sequence : key->sequence + 1;
    const Event *before = agenda_find_any(ctx, key->id);
    return before && (key->status == EVENT_POSTPONED || agenda_date_lost(ctx, before, "cancelled", why)) &&
           db_write(ctx, &q_agenda_import_cancel, I(key->id), I(sequence), I(e->sequence),
                    T(e->hash), I(ctx->now)) &&
           journal_detail(ctx, "agenda_event", key->id, "cancelled", why) &&
           agenda_cancel_coverages(ctx, key->id, why);
}

static bool stopped_here(const EventKey *key)
{
    return (key->status == EVENT_CANCELLED || key->status == EVENT_POSTPONED) && key->reason;
}

/* A moved event says so; one that was held or moved before and did not move now stays as it is. */
static EventStatus status_after(const EventKey *key, const Wanted *w)
{
    bool moved = key->starts_at != w->when.starts_at;
    if (w->event->status == EVENT_CANCELLED)
        return EVENT_CANCELLED;
    if (stopped_here(key))
        return key->status;
    if (w->event->status != EVENT_CONFIRMED)
        return w->event->status;
    if (moved)
        return EVENT_RESCHEDULED;
    return key->status == EVENT_HELD || key->status == EVENT_RESCHEDULED ? key->status
                                                                         : EVENT_CONFIRMED;
}

static Visibility visibility_after(const EventKey *key, const IcsEvent *e)
{
    bool from_file =
        text_same(key->source_visibility, word_name(agenda_visibility_words, (int)key->visibility));
    return from_file ? e->visibility : key->visibility;
}

/* What citizens were promised is kept when the file moves it; what it cancels loses its date, as at the desk. */
static bool keep_date(Ctx *ctx, const EventKey *key, const Wanted *w, const Event *before)
{
    bool cancels = w->event->status == EVENT_CANCELLED && key->status != EVENT_CANCELLED;
    if (cancels && key->status != EVENT_POSTPONED)
        return agenda_date_lost(ctx, before, "cancelled", say(ctx, "The calendar took the event back."));
    bool moved = before->starts_at != w->when.starts_at || before->ends_at != w->when.ends_at;
    if (!moved || !agenda_stands(key->status, key->visibility))
        return true;
    return agenda_date_lost(ctx, before, "rescheduled", NULL);
}

/* Who covers it hears of what the file changed, too. */
static bool tell(Ctx *ctx, const Event *before)
{
    const Event *after = agenda_find_any(ctx, before->id);
    return after && agenda_tell_change(ctx, before, after);
}

static bool update(Ctx *ctx, const EventKey *key, const Wanted *w)
{
    const IcsEvent *e = w->event;
    const Event *before = agenda_find_any(ctx, key->id);
    if (!before || !keep_date(ctx, key, w, before))
        return false;
    EventRow row = {
        .id = key->id, .internal_note = key->internal_note, .visibility = visibility_after(key, e)};
    row.slug = agenda_slug_after(ctx, key->id, key->slug, e->title, day_of(ctx, w), row.visibility);
    row.sequence = e->sequence > key->sequence ? e->sequence : key->sequence + 1;
    return agenda_place_keep(ctx, &e->place, &row.place) &&
           db_write(ctx, &q_agenda_import_update, I(key->id), T(row.slug), I_OR_NULL(w->series),
                    T(e->title), T(e->description), T(e->topics), I(w->when.starts_at),
                    I(w->when.ends_at), T(wall_text(ctx->arena, w->when.starts)),
                    T(wall_text(ctx->arena, w->when.ends)), T(zone_name(w->when.zone)),
                    B(w->when.all_day), W(agenda_status_words, status_after(key, w)),
                    W(agenda_visibility_words, row.visibility), I_OR_NULL(row.place),
                    I(row.sequence), I(e->sequence), T(w->hash),
                    T(word_name(agenda_visibility_words, (int)e->visibility)), I(ctx->now),
                    T(stopped_here(key) ? key->reason : NULL),
                    W(agenda_certainty_words, agenda_certainty_for(CERTAINTY_BY_STATUS, status_after(key, w)))) &&
           index_event(ctx, w, &row) && journal(ctx, "agenda_event", key->id, "changed") &&
           tell(ctx, before);
}

/* Made here and sent out: only a higher SEQUENCE knows more than we do. */
static bool is_older(const EventKey *key, const Wanted *w)
{
    const IcsEvent *e = w->event;
    bool came_back = e->vocero && !w->from->source; /* our own export, whatever it was made of */
    return key->source_hash && !came_back ? e->sequence < key->source_sequence : e->sequence <= key->sequence;
}

static bool meet(Ctx *ctx, const EventKey *key, const Wanted *w, Meeting *meeting)
{
    const IcsEvent *e = w->event;
    if (w->from->source && key->source != w->from->source) {
        *meeting = (Meeting){MET_REFUSED, agenda_import_foreign_said(ctx), meeting->hidden};
        return true;
    }
    meeting->met = MET_UNCHANGED;
    if (text_same(key->source_hash, w->hash))
        return true;
    if (is_older(key, w)) {
        meeting->why = e->vocero && e->sequence == key->sequence ? NULL : say(ctx, "what is here is newer (SEQUENCE)");
        return true;
    }
    if (e->status == EVENT_CANCELLED && key->status != EVENT_CANCELLED) {
        meeting->met = MET_CANCELLED;
        return update(ctx, key, w) &&
               agenda_cancel_coverages(ctx, key->id, say(ctx, "The calendar took the event back."));
    }
    meeting->met = MET_CHANGED;
    return update(ctx, key, w);
}

static bool is_hidden(Visibility v)
{
    return v == VISIBLE_PRIVATE || v == VISIBLE_CONFIDENTIAL;
}

/* The file has it once; the desk lets it repeat. */
static bool made_a_series(Ctx *ctx, const Wanted *w, Meeting *meeting)
{
    const SeriesRow *series = w->recurrence_at ? NULL : agenda_series_of_uid(ctx, w->event->uid);
    if (!series || !series->made_here)
        return false;
    meeting->met = MET_UNCHANGED;
    meeting->why = say(ctx, "it repeats here: the desk made a series of it");
    return true;
}

bool agenda_import_row(Ctx *ctx, const Wanted *w, Meeting *meeting_out)
{
    const EventKey *key = db_maybe(ctx, &q_agenda_import_find, &agenda_key_shape, T(w->event->uid),
                                   I(w->recurrence_at));
    if (faulted(ctx))
        return false;
    *meeting_out = (Meeting){.hidden = is_hidden(key ? key->visibility : VISIBLE_PUBLIC) || is_hidden(w->event->visibility)};
    if (!key && made_a_series(ctx, w, meeting_out))
        return !faulted(ctx);
    return key ? meet(ctx, key, w, meeting_out) : insert(ctx, w, meeting_out);
}
