/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_event_test.c: certainty, dates that were, moving with a reason, taking back, duplicating, leases. */
#include "desks/agenda/events/agenda_book.h"
#include "desks/agenda/agenda_test_office.h"
#include "store/journal.h"

/* A moment before the events of the tests: they are still to come. */
static void before_july(Office *o)
{
    begin(o);
    g_assert_true(clock_parse_rfc3339("2022-07-01T12:00:00-05:00", &o->ctx->now));
}

static EventDraft draft_now(Office *o, i64 id)
{
    return agenda_draft_of(agenda_find(o->ctx, id));
}

static const EventDate *date(const Event *e, size_t i)
{
    g_assert_cmpint((i64)e->previous_dates.count, >, (i64)i);
    return (const EventDate *)e->previous_dates.items + i;
}

/* ---- certainty ---- */

static void a_certainty_that_does_not_fit_is_refused(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    before_july(&o);
    const struct {
        EventStatus status;
        Certainty said;
        bool fits;
    } cases[] = {
        {EVENT_CONFIRMED, CERTAINTY_CERTAIN, true},
        {EVENT_CONFIRMED, CERTAINTY_UNPLANNED, true},
        {EVENT_CONFIRMED, CERTAINTY_BY_STATUS, true},
        {EVENT_CONFIRMED, CERTAINTY_MAY_OCCUR, false},
        {EVENT_CONFIRMED, CERTAINTY_CANCELLED, false},
        {EVENT_TENTATIVE, CERTAINTY_PLANNED, true},
        {EVENT_TENTATIVE, CERTAINTY_HIGHLY_LIKELY, true},
        {EVENT_TENTATIVE, CERTAINTY_CERTAIN, false},
        {EVENT_TENTATIVE, CERTAINTY_UNPLANNED, false},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        EventDraft draft = plaza_draft("Desfile");
        draft.status = cases[i].status;
        draft.certainty = cases[i].said;
        i64 id;
        bool made = agenda_create(o.ctx, &draft, &id);
        g_assert_cmpstr(made || !cases[i].fits ? NULL : o.ctx->fault.what, ==, NULL);
        g_assert_cmpint(made, ==, cases[i].fits);
        if (!cases[i].fits)
            says(&o, FAULT_INVALID, "certainty", "does not fit the state");
    }
    finish(&o);
}

static void media_cannot_register_after_the_event(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    before_july(&o);
    EventDraft draft = plaza_draft("Informe");
    i64 id;
    g_assert_true(clock_parse_rfc3339("2022-07-14T18:31:00-05:00", &draft.accreditation_until));
    g_assert_false(agenda_create(o.ctx, &draft, &id));
    says(&o, FAULT_INVALID, "accreditation_until", "after the event is over");
    draft.accreditation_until -= CLOCK_MINUTE;
    g_assert_true(agenda_create(o.ctx, &draft, &id));
    finish(&o);
}

static void unknown_calendars_and_areas_are_refused(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    before_july(&o);
    EventDraft draft = plaza_draft("Feria");
    i64 id, calendar;
    draft.calendar = 77;
    g_assert_false(agenda_create(o.ctx, &draft, &id));
    says(&o, FAULT_INVALID, "calendar", "no such calendar");
    draft.calendar = 0;
    draft.area = 77;
    g_assert_false(agenda_create(o.ctx, &draft, &id));
    says(&o, FAULT_INVALID, "area", "no such area");
    draft.area = 0;
    g_assert_true(agenda_calendar_add(o.ctx, &(CalendarDraft){"Cultura", 2, true, 1}, &calendar));
    draft.calendar = calendar;
    g_assert_true(agenda_create(o.ctx, &draft, &id));
    g_assert_cmpstr(agenda_find(o.ctx, id)->calendar_name, ==, "Cultura");
    g_assert_true(agenda_calendar_archive(o.ctx, calendar, NONE, true));
    g_assert_false(agenda_create(o.ctx, &draft, &id));
    says(&o, FAULT_INVALID, "calendar", "archived");
    draft.title = "Feria del libro"; /* who has it keeps it */
    g_assert_true(agenda_change(o.ctx, id, NONE, &draft));
    finish(&o);
}

/* ---- dates that were ---- */

static void every_date_that_is_lost_is_kept(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    before_july(&o);
    i64 id = make_event(&o, "Concierto"), first = agenda_find(o.ctx, id)->starts_at;
    g_assert_true(agenda_postpone(o.ctx, id, NONE, "Lluvia"));
    g_assert_true(agenda_reschedule(o.ctx, id, NONE, (Wall){2022, 7, 20, 18, 0, 0}, (Wall){0},
                                    "Ya hay fecha"));
    g_assert_true(agenda_reschedule(o.ctx, id, NONE, (Wall){2022, 7, 21, 18, 0, 0}, (Wall){0},
                                    "Otra vez"));
    const Event *e = agenda_find(o.ctx, id);
    g_assert_cmpint((i64)e->previous_dates.count, ==, 2);
    g_assert_cmpint(date(e, 0)->starts_at, ==, first);
    g_assert_cmpstr(date(e, 0)->verb, ==, "postponed");
    g_assert_cmpstr(date(e, 0)->reason, ==, "Lluvia");
    g_assert_cmpstr(date(e, 1)->verb, ==, "rescheduled");
    const PublicEvent *seen = agenda_public_by_slug(o.ctx, e->slug);
    g_assert_cmpint((i64)seen->previous_dates.count, ==, 2);
    finish(&o);
}

static void the_reason_of_a_hidden_event_stays_hidden(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    before_july(&o);
    EventDraft draft = plaza_draft("Reunión");
    draft.visibility = VISIBLE_PRIVATE;
    i64 id;
    g_assert_true(agenda_create(o.ctx, &draft, &id));
    g_assert_true(agenda_postpone(o.ctx, id, NONE, "Asunto delicado"));
    g_assert_null(date(agenda_find(o.ctx, id), 0)->reason);
    finish(&o);
}

static void another_day_wants_a_reason(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    before_july(&o);
    i64 id = make_event(&o, "Concierto");
    EventDraft draft = draft_now(&o, id);
    draft.starts.hour = draft.ends.hour = 20; /* within the day: a correction */
    draft.ends.hour++;
    g_assert_true(agenda_change(o.ctx, id, NONE, &draft));
    const Event *e = agenda_find(o.ctx, id);
    g_assert_cmpint(e->status, ==, EVENT_CONFIRMED);
    g_assert_cmpstr(date(e, 0)->verb, ==, "changed");
    draft.starts.day = draft.ends.day = 15;
    g_assert_false(agenda_change(o.ctx, id, NONE, &draft));
    says(&o, FAULT_INVALID, "reason", "say why it moves");
    draft.reason = "Por la final de fútbol";
    g_assert_true(agenda_change(o.ctx, id, NONE, &draft));
    e = agenda_find(o.ctx, id);
    g_assert_cmpint(e->status, ==, EVENT_RESCHEDULED);
    g_assert_cmpstr(e->reason, ==, "Por la final de fútbol");
    g_assert_cmpint(e->previous_starts_at, ==, date(e, 1)->starts_at);
    finish(&o);
}

static void what_is_over_or_not_sure_is_corrected_freely(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    before_july(&o);
    i64 id = make_event(&o, "Concierto");
    EventDraft draft = draft_now(&o, id);
    draft.status = EVENT_TENTATIVE;
    draft.certainty = CERTAINTY_BY_STATUS;
    g_assert_true(agenda_change(o.ctx, id, NONE, &draft));
    draft.starts.day = draft.ends.day = 16;
    g_assert_true(agenda_change(o.ctx, id, NONE, &draft));
    draft.status = EVENT_CONFIRMED;
    g_assert_true(agenda_change(o.ctx, id, NONE, &draft));
    o.ctx->now += 60 * CLOCK_DAY; /* the record is put right afterwards */
    draft.starts.day = draft.ends.day = 17;
    g_assert_true(agenda_change(o.ctx, id, NONE, &draft));
    g_assert_cmpint(agenda_find(o.ctx, id)->status, ==, EVENT_CONFIRMED);
    finish(&o);
}

static void the_same_date_is_no_new_date(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    before_july(&o);
    i64 id = make_event(&o, "Concierto");
    EventDraft draft = draft_now(&o, id);
    g_assert_false(agenda_reschedule(o.ctx, id, NONE, draft.starts, draft.ends, "Nada"));
    says(&o, FAULT_INVALID, "starts_at", "date that it has now");
    finish(&o);
}

static void import(Office *o, const char *sequence, const char *starts)
{
    ImportResult r;
    const char *ics = arena_printf(o->ctx->arena,
                                   "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:x@y\r\nSUMMARY:Carrera\r\n"
                                   "SEQUENCE:%s\r\nDTSTART:%s\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
                                   sequence, starts);
    g_assert_true(agenda_import_ics(o->ctx, (Bytes){ics, strlen(ics)}, false, &r));
}

static void a_file_that_moves_an_event_leaves_its_date_behind(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    before_july(&o);
    import(&o, "0", "20220714T150000Z");
    import(&o, "1", "20220715T150000Z");
    List events = agenda_by_span(o.ctx, (Span){0, INT64_MAX}, AGENDA_ALL, 0, 0, 10);
    g_assert_cmpint((i64)events.count, ==, 1);
    const Event *e = agenda_find(o.ctx, ((const Event *)events.items)->id);
    g_assert_cmpint((i64)e->previous_dates.count, ==, 1);
    g_assert_cmpint(date(e, 0)->starts_at, ==, e->previous_starts_at);
    finish(&o);
}

static void is_cancelled_by(StoreTest *t, const char *file)
{
    Office o = open_office(t);
    before_july(&o);
    ImportResult r;
    import(&o, "0", "20220714T150000Z");
    List events = agenda_by_span(o.ctx, (Span){0, INT64_MAX}, AGENDA_ALL, 0, 0, 10);
    i64 id = ((const Event *)events.items)->id, cover = make_coverage(&o, id, COVER_PHOTO);
    g_assert_true(agenda_import_ics(o.ctx, (Bytes){file, strlen(file)}, false, &r));
    const Event *e = agenda_find(o.ctx, id);
    g_assert_cmpint(e->status, ==, EVENT_CANCELLED);
    g_assert_cmpint((i64)e->previous_dates.count, ==, 1);
    g_assert_cmpstr(date(e, 0)->verb, ==, "cancelled");
    g_assert_cmpint(agenda_coverage(o.ctx, cover)->state, ==, COVERAGE_CANCELLED);
    o.ctx->actor = &o.renata;
    g_assert_cmpstr(((const Notice *)people_notices(o.ctx, true, 0, 1).items)->kind, ==, "cancelled");
    finish(&o);
}

#define CANCELLED(calendar, event)                                                                     \
    "BEGIN:VCALENDAR\r\n" calendar "BEGIN:VEVENT\r\nUID:x@y\r\nSUMMARY:Carrera\r\nSEQUENCE:1\r\n" event \
    "DTSTART:20220714T150000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"

static void a_file_that_cancels_an_event_leaves_its_date_behind(StoreTest *t, const void *unused)
{
    is_cancelled_by(t, CANCELLED("", "STATUS:CANCELLED\r\n"));
}

static void a_file_that_takes_an_event_back_leaves_its_date_behind(StoreTest *t, const void *unused)
{
    is_cancelled_by(t, CANCELLED("METHOD:CANCEL\r\n", ""));
}

/* ---- taking back ---- */

static void a_change_is_taken_back_whole(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    before_july(&o);
    i64 id = make_event(&o, "Concierto");
    const Event *was = agenda_find(o.ctx, id);
    EventDraft draft = draft_now(&o, id);
    draft.title = "Concierto de la Sinfónica";
    draft.description = "Entrada libre";
    draft.internal_note = "Pedir toldo";
    draft.attendance = 300;
    draft.starts.hour = 19;
    draft.ends.hour = 20;
    g_assert_true(agenda_change(o.ctx, id, NONE, &draft));
    g_assert_nonnull(agenda_undo_step(o.ctx, agenda_find(o.ctx, id)));
    g_assert_true(agenda_undo(o.ctx, id));
    const Event *now = agenda_find(o.ctx, id);
    g_assert_cmpstr(now->title, ==, "Concierto");
    g_assert_null(now->description);
    g_assert_null(now->internal_note);
    g_assert_cmpint(now->attendance, ==, NONE);
    g_assert_cmpint(now->starts_at, ==, was->starts_at);
    g_assert_cmpint(now->ends_at, ==, was->ends_at);
    g_assert_cmpint((i64)now->previous_dates.count, ==, 0);
    g_assert_cmpint(now->version, ==, was->version + 2);
    g_assert_cmpint(now->sequence, >, was->sequence + 1);
    g_assert_true(agenda_undo(o.ctx, id)); /* and done again */
    now = agenda_find(o.ctx, id);
    g_assert_cmpstr(now->title, ==, "Concierto de la Sinfónica");
    g_assert_cmpint(now->attendance, ==, 300);
    g_assert_cmpint((i64)now->previous_dates.count, ==, 1);
    finish(&o);
}

static void with_a_cancellation_its_coverages_come_back(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    before_july(&o);
    i64 id = make_event(&o, "Concierto");
    i64 photo = make_coverage(&o, id, COVER_PHOTO), video = make_coverage(&o, id, COVER_VIDEO);
    g_assert_true(agenda_accept(o.ctx, photo, NONE));
    g_assert_true(agenda_cancel(o.ctx, id, NONE, "Lluvia"));
    g_assert_cmpint(agenda_coverage(o.ctx, photo)->state, ==, COVERAGE_CANCELLED);
    g_assert_true(agenda_undo(o.ctx, id));
    g_assert_cmpint(agenda_find(o.ctx, id)->status, ==, EVENT_CONFIRMED);
    g_assert_null(agenda_find(o.ctx, id)->reason);
    g_assert_cmpint(agenda_coverage(o.ctx, photo)->state, ==, COVERAGE_ACCEPTED);
    g_assert_cmpint(agenda_coverage(o.ctx, video)->state, ==, COVERAGE_ASSIGNED);
    g_assert_true(agenda_undo(o.ctx, id));
    g_assert_cmpint(agenda_find(o.ctx, id)->status, ==, EVENT_CANCELLED);
    g_assert_cmpint(agenda_coverage(o.ctx, photo)->state, ==, COVERAGE_CANCELLED);
    finish(&o);
}

static void only_the_last_step_and_only_by_who_took_it(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    before_july(&o);
    i64 id = make_event(&o, "Concierto");
    g_assert_false(agenda_undo(o.ctx, id));
    says(&o, FAULT_CONFLICT, NULL, "nothing to take back");
    EventDraft draft = draft_now(&o, id);
    draft.title = "Uno";
    g_assert_true(agenda_change(o.ctx, id, NONE, &draft));
    o.ctx->actor = &o.sofia;
    g_assert_null(agenda_undo_step(o.ctx, agenda_find(o.ctx, id)));
    g_assert_false(agenda_undo(o.ctx, id));
    says(&o, FAULT_CONFLICT, NULL, "only who took it");
    draft.title = "Dos";
    g_assert_true(agenda_change(o.ctx, id, NONE, &draft));
    o.ctx->actor = &o.chief;
    g_assert_false(agenda_undo(o.ctx, id));
    says(&o, FAULT_CONFLICT, NULL, "Sof");
    o.ctx->actor = &o.sofia;
    o.ctx->now += CLOCK_DAY;
    g_assert_false(agenda_undo(o.ctx, id));
    says(&o, FAULT_CONFLICT, NULL, "older than a day");
    o.ctx->actor = &o.reader;
    g_assert_false(agenda_undo(o.ctx, id));
    says(&o, FAULT_FORBIDDEN, NULL, NULL);
    finish(&o);
}

static void how_it_was_at_a_version_is_known(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    before_july(&o);
    i64 id = make_event(&o, "Uno");
    i64 seen = agenda_find(o.ctx, id)->version;
    const char *titles[] = {"Dos", "Tres"};
    for (size_t i = 0; i < COUNT(titles); i++) {
        EventDraft draft = draft_now(&o, id);
        draft.title = titles[i];
        g_assert_true(agenda_change(o.ctx, id, NONE, &draft));
    }
    const Event *e = agenda_find(o.ctx, id);
    g_assert_cmpstr(agenda_base(o.ctx, e, seen)->title, ==, "Uno");
    g_assert_cmpstr(agenda_base(o.ctx, e, seen + 1)->title, ==, "Dos");
    g_assert_null(agenda_base(o.ctx, e, seen + 2));
    finish(&o);
}

/* ---- duplicating ---- */

static void a_duplicate_is_a_week_later_and_its_coverages_are_proposed(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    before_july(&o);
    EventDraft draft = plaza_draft("Cine en tu colonia");
    draft.starts = (Wall){2022, 10, 27, 19, 0, 0}; /* the clocks go back in between */
    draft.ends = (Wall){2022, 10, 27, 21, 0, 0};
    draft.attendees = "Vecinos";
    i64 id, copy;
    g_assert_true(agenda_create(o.ctx, &draft, &id));
    make_coverage(&o, id, COVER_PHOTO);
    i64 gone = make_coverage(&o, id, COVER_VIDEO);
    g_assert_true(agenda_uncover(o.ctx, gone, NONE, "No hace falta"));
    g_assert_true(agenda_duplicate(o.ctx, id, NULL, true, &copy));
    const Event *e = agenda_find(o.ctx, copy), *was = agenda_find(o.ctx, id);
    g_assert_cmpstr(e->wall_start, ==, "2022-11-03T19:00:00");
    g_assert_cmpint(e->starts_at - was->starts_at, ==, 7 * CLOCK_DAY + CLOCK_HOUR);
    g_assert_cmpint(e->ends_at - e->starts_at, ==, 2 * CLOCK_HOUR);
    g_assert_cmpint(e->duplicate_of, ==, id);
    g_assert_cmpstr(e->attendees, ==, "Vecinos");
    g_assert_cmpstr(e->uid, !=, was->uid);
    g_assert_cmpint((i64)e->coverages.count, ==, 1);
    const Coverage *c = e->coverages.items;
    g_assert_cmpint(c->state, ==, COVERAGE_PROPOSED);
    g_assert_cmpint(c->assignee, ==, 0);
    g_assert_cmpint((i64)agenda_find(o.ctx, id)->coverages.count, ==, 2);
    g_assert_true(agenda_duplicate(o.ctx, id, NULL, false, &copy));
    g_assert_cmpint((i64)agenda_find(o.ctx, copy)->coverages.count, ==, 0);
    finish(&o);
}

/* ---- leases ---- */

static void a_lease_is_told_to_others_and_ends_by_itself(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    before_july(&o);
    i64 id = make_event(&o, "Concierto");
    g_assert_true(agenda_lease_take(o.ctx, id));
    i64 since = o.ctx->now;
    g_assert_cmpint((i64)agenda_leases_of(o.ctx, id).count, ==, 0); /* not to oneself */
    o.ctx->now += CLOCK_MINUTE;
    g_assert_true(agenda_lease_take(o.ctx, id));
    o.ctx->actor = &o.sofia;
    List others = agenda_leases_of(o.ctx, id);
    g_assert_cmpint((i64)others.count, ==, 1);
    const Lease *l = others.items;
    g_assert_cmpstr(l->name, ==, "Dalia Guardaluz");
    g_assert_cmpint(l->since_at, ==, since);
    o.ctx->now += 2 * CLOCK_MINUTE;
    g_assert_cmpint((i64)agenda_leases_of(o.ctx, id).count, ==, 0);
    g_assert_true(agenda_lease_take(o.ctx, id));
    o.ctx->actor = &o.chief;
    g_assert_cmpint((i64)agenda_leases_of(o.ctx, id).count, ==, 1);
    o.ctx->actor = &o.sofia;
    g_assert_true(agenda_lease_leave(o.ctx, id));
    o.ctx->actor = &o.chief;
    g_assert_cmpint((i64)agenda_leases_of(o.ctx, id).count, ==, 0);
    finish(&o);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    STORE_TEST("event", a_certainty_that_does_not_fit_is_refused);
    STORE_TEST("event", media_cannot_register_after_the_event);
    STORE_TEST("event", unknown_calendars_and_areas_are_refused);
    STORE_TEST("event", every_date_that_is_lost_is_kept);
    STORE_TEST("event", the_reason_of_a_hidden_event_stays_hidden);
    STORE_TEST("event", another_day_wants_a_reason);
    STORE_TEST("event", what_is_over_or_not_sure_is_corrected_freely);
    STORE_TEST("event", the_same_date_is_no_new_date);
    STORE_TEST("event", a_file_that_moves_an_event_leaves_its_date_behind);
    STORE_TEST("event", a_change_is_taken_back_whole);
    STORE_TEST("event", a_file_that_cancels_an_event_leaves_its_date_behind);
    STORE_TEST("event", a_file_that_takes_an_event_back_leaves_its_date_behind);
    STORE_TEST("event", with_a_cancellation_its_coverages_come_back);
    STORE_TEST("event", only_the_last_step_and_only_by_who_took_it);
    STORE_TEST("event", how_it_was_at_a_version_is_known);
    STORE_TEST("event", a_duplicate_is_a_week_later_and_its_coverages_are_proposed);
    STORE_TEST("event", a_lease_is_told_to_others_and_ends_by_itself);
    return g_test_run();
}
