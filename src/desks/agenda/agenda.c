/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda.c: the rules of an event: who may make and change it. What else happens to it is in agenda_step.c. */
#include "desks/agenda/agenda_room.h"
#include "store/journal.h"
#include "agenda_event_queries.h"
#include "agenda_queries.h"

/* ---- create ---- */

static bool uid_is_free(Ctx *ctx, const char *uid)
{
    if (!uid)
        return true;
    if (db_maybe(ctx, &q_agenda_import_find, &agenda_key_shape, T(uid), I(0)))
        return fault(ctx, FAULT_CONFLICT, "There is an event with this UID already.");
    return !faulted(ctx);
}

bool agenda_check_new_status(Ctx *ctx, EventStatus status, i64 starts_at)
{
    if (status == EVENT_HELD && starts_at > ctx->now)
        return fault_field(ctx, "status", "An event that has not begun cannot have been held.");
    if (status != EVENT_TENTATIVE && status != EVENT_CONFIRMED && status != EVENT_HELD)
        return fault_field(ctx, "status", "A new event is tentative or confirmed.");
    return true;
}

bool agenda_create(Ctx *ctx, const EventDraft *draft, i64 *id_out)
{
    When when;
    EventRow row = {.id = id_new(ctx->now)};
    if (!people_may(ctx, RIGHT_AGENDA_EDIT) || !agenda_may_set(ctx, draft->visibility) ||
        !agenda_check_draft(ctx, draft, NULL) ||
        !agenda_when(ctx, draft->time_zone, draft->starts, draft->ends, draft->all_day, &when) ||
        !agenda_check_times(ctx, draft, &when) ||
        !agenda_check_new_status(ctx, draft->status, when.starts_at) || !uid_is_free(ctx, draft->uid) ||
        !agenda_place_keep(ctx, &draft->place, &row.place))
        return false;
    const char *day = clock_day_text(ctx->arena, when.zone, when.starts_at);
    row.slug = agenda_slug_free(ctx, draft->title, day, draft->visibility, row.id);
    row.uid = draft->uid ? draft->uid : agenda_own_uid(ctx, row.id);
    row.title = draft->title;
    row.description = draft->description;
    row.internal_note = draft->internal_note;
    row.topics = draft->topics;
    row.when = when;
    row.time_to_be_confirmed = draft->time_to_be_confirmed && !draft->all_day;
    row.status = draft->status;
    row.certainty = draft->certainty;
    row.calendar = draft->calendar;
    row.area = draft->area;
    row.headed_by = draft->headed_by;
    row.attendees = draft->attendees;
    row.attendance = draft->attendance;
    row.accreditation = draft->accreditation;
    row.accreditation_until = draft->accreditation_until;
    row.duplicate_of = draft->duplicate_of;
    row.visibility = draft->visibility;
    if (!agenda_row_insert(ctx, &row) || !agenda_index_now(ctx, row.id) ||
        !journal(ctx, "agenda_event", row.id, "created"))
        return false;
    *id_out = row.id;
    return true;
}

/* ---- change ---- */

static bool check_status_change(Ctx *ctx, const Event *e, EventStatus wanted, i64 starts_at)
{
    if (wanted == e->status)
        return true;
    if (e->status == EVENT_CANCELLED || e->status == EVENT_POSTPONED)
        return fault(ctx, FAULT_CONFLICT,
                     "The event is %s: give it a new date to let it stand again.",
                     say_word(ctx, agenda_status_words, (int)e->status));
    if (wanted == EVENT_CANCELLED || wanted == EVENT_POSTPONED || wanted == EVENT_RESCHEDULED)
        return fault_field(ctx, "status",
                           "Cancel, postpone or reschedule the event, with a reason.");
    return agenda_check_new_status(ctx, wanted, starts_at);
}

/* What of a change citizens or calendars can see, as words for the journal. */
typedef struct Difference {
    Buf *names;
    bool outside; /* something that is published */
} Difference;

static void differs(Difference *d, bool different, bool outside, const char *name)
{
    if (!different)
        return;
    buf_printf(d->names, "%s%s", buf_size(d->names) ? ", " : "", name);
    d->outside |= outside;
}

/* Nobody and not said are the same. */
static i64 said(i64 attendance)
{
    return attendance == NONE ? 0 : attendance;
}

static Difference difference(Ctx *ctx, const Event *e, const EventDraft *draft, const When *when,
                             i64 place)
{
    Difference d = {.names = buf_new(ctx->arena, 64, 1024)};
    differs(&d, !text_same(e->title, draft->title), true, "title");
    differs(&d, !text_same(e->description, draft->description), true, "description");
    differs(&d, !text_same(e->topics, draft->topics), true, "topics");
    differs(&d, e->starts_at != when->starts_at, true, "starts_at");
    differs(&d, e->ends_at != when->ends_at, true, "ends_at");
    differs(&d, !text_same(e->time_zone, zone_name(when->zone)), true, "time_zone");
    differs(&d, e->all_day != when->all_day, true, "all_day");
    differs(&d, e->time_to_be_confirmed != draft->time_to_be_confirmed, true,
            "time_to_be_confirmed");
    differs(&d, e->status != draft->status, true, "status");
    differs(&d, e->certainty != agenda_certainty_for(draft->certainty, draft->status), true, "certainty");
    differs(&d, e->visibility != draft->visibility, true, "visibility");
    differs(&d, e->calendar != draft->calendar, true, "calendar");
    differs(&d, e->area != draft->area, true, "area");
    differs(&d, !text_same(e->headed_by, draft->headed_by), true, "headed_by");
    differs(&d, !text_same(e->accreditation, draft->accreditation), true, "accreditation");
    differs(&d, e->accreditation_until != draft->accreditation_until, true, "accreditation_until");
    differs(&d, !text_same(e->attendees, draft->attendees), false, "attendees");
    differs(&d, said(e->attendance) != said(draft->attendance), false, "attendance");
    differs(&d, e->place.id != place, true, "place");
    differs(&d, !text_same(e->internal_note, draft->internal_note), false, "internal_note");
    return d;
}

static bool write_change(Ctx *ctx, const Event *e, const EventDraft *draft, const When *when,
                         i64 place, const Difference *d)
{
    const char *day = clock_day_text(ctx->arena, when->zone, when->starts_at);
    const char *slug = agenda_slug_after(ctx, e->id, e->slug, draft->title, day, draft->visibility);
    return db_write(
        ctx, &q_agenda_update, I(e->id), I(e->version), T(slug), T(draft->title),
        T(draft->description), T(draft->internal_note), T(draft->topics), I(when->starts_at),
        I(when->ends_at), T(wall_text(ctx->arena, when->starts)),
        T(wall_text(ctx->arena, when->ends)), T(zone_name(when->zone)), B(when->all_day),
        B(draft->time_to_be_confirmed && !when->all_day), W(agenda_status_words, draft->status),
        W(agenda_visibility_words, draft->visibility), I_OR_NULL(place),
        I(e->sequence + (d->outside ? 1 : 0)), I(d->outside ? ctx->now : e->changed_at),
        W(agenda_certainty_words, agenda_certainty_for(draft->certainty, draft->status)),
        I_OR_NULL(draft->calendar), I_OR_NULL(draft->area), T(draft->headed_by), T(draft->attendees),
        I_OR_NULL(draft->attendance == NONE ? 0 : draft->attendance), T(draft->accreditation),
        I_OR_NULL(draft->accreditation_until));
}

/* ---- a public event that moves ---- */

/* Do citizens know this date? Then it is kept when it is lost. */
static bool is_promised(const Event *e)
{
    return agenda_stands(e->status, e->visibility);
}

static bool to_another_day(const Event *e, const When *when)
{
    Wall was = clock_wall(zone_find(e->time_zone), e->starts_at), now = when->starts;
    return was.year != now.year || was.month != now.month || was.day != now.day;
}

/* Within its day a date is corrected; what was promised for a day and comes on another is rescheduled. What is over
 * already, before and after, is a record that is put right. */
static bool is_rescheduling(const Ctx *ctx, const Event *e, const EventDraft *draft,
                            const When *when)
{
    bool sure = e->status == EVENT_CONFIRMED || e->status == EVENT_RESCHEDULED;
    bool over = e->ends_at <= ctx->now && when->ends_at <= ctx->now;
    return sure && is_promised(e) && draft->visibility == VISIBLE_PUBLIC && !over &&
           draft->status != EVENT_TENTATIVE && to_another_day(e, when);
}

static bool check_reason(Ctx *ctx, const EventDraft *draft)
{
    if (text_blank(draft->reason))
        return fault_field(ctx, "reason",
                           "This event is public and confirmed: say why it moves to another day.");
    return agenda_check_reason(ctx, draft->reason);
}

/* The date that is lost is kept where citizens knew it. */
static bool keep_date(Ctx *ctx, const Event *e, const EventDraft *draft, const When *when,
                      bool rescheduled)
{
    bool same = e->starts_at == when->starts_at && e->ends_at == when->ends_at;
    if (same || !is_promised(e))
        return true;
    if (!rescheduled)
        return agenda_date_lost(ctx, e, "changed", NULL);
    return agenda_date_lost(ctx, e, "rescheduled", draft->reason) &&
           db_write(ctx, &q_agenda_note_moved, I(e->id), I(e->starts_at), T(draft->reason));
}

static bool change(Ctx *ctx, const Event *e, const EventDraft *said, const When *when, i64 place)
{
    EventDraft draft = *said;
    bool moves = is_rescheduling(ctx, e, &draft, when);
    if (moves && !check_reason(ctx, &draft))
        return false;
    draft.status = moves ? EVENT_RESCHEDULED : draft.status;
    Difference d = difference(ctx, e, &draft, when, place);
    if (!buf_size(d.names))
        return true;
    const char *verb = moves ? "rescheduled" : "changed";
    return write_change(ctx, e, &draft, when, place, &d) && keep_date(ctx, e, &draft, when, moves) &&
           agenda_index_now(ctx, e->id) &&
           journal_detail(ctx, "agenda_event", e->id, verb, buf_data(d.names)) &&
           agenda_step_done(ctx, e, verb);
}

bool agenda_change(Ctx *ctx, i64 id, i64 version, const EventDraft *draft)
{
    const Event *e = agenda_to_change(ctx, id, version);
    When when;
    i64 place;
    return e && agenda_may_set(ctx, draft->visibility) && agenda_check_draft(ctx, draft, e) &&
           agenda_when(ctx, draft->time_zone, draft->starts, draft->ends, draft->all_day, &when) &&
           agenda_check_times(ctx, draft, &when) &&
           check_status_change(ctx, e, draft->status, when.starts_at) &&
           agenda_place_keep(ctx, &draft->place, &place) && change(ctx, e, draft, &when, place);
}
