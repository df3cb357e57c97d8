/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_event_pages.c: an event at the desk: its form, its page, and what is done with it. */
#include "desks/agenda/agenda_fields.h"
#include "desks/agenda/agenda_pages.h"
#include "desks/agenda/agenda_room.h"
#include "agenda_event_views.h"

enum { HISTORY = 20 };

/* ---- the form ---- */

static List status_choices(Ctx *ctx, const Event *e)
{
    static const EventStatus usual[] = {EVENT_CONFIRMED, EVENT_TENTATIVE, EVENT_HELD};
    Choice *choices = arena_array(ctx->arena, Choice, COUNT(usual) + 1);
    size_t n = 0;
    bool fixed = e && (e->status == EVENT_CANCELLED || e->status == EVENT_POSTPONED);
    if (e && (fixed || e->status == EVENT_RESCHEDULED))
        choices[n++] = (Choice){word_name(agenda_status_words, (int)e->status),
                                say_word(ctx, agenda_status_words, (int)e->status)};
    for (size_t i = 0; !fixed && i < COUNT(usual); i++) {
        if (usual[i] != EVENT_HELD || (e && e->starts_at <= ctx->now))
            choices[n++] = (Choice){word_name(agenda_status_words, (int)usual[i]),
                                    say_word(ctx, agenda_status_words, (int)usual[i])};
    }
    return (List){choices, n};
}

/* As a datetime-local control wants it: 2022-07-14T10:00. */
static const char *control_time(Ctx *ctx, const Event *e, i64 instant)
{
    const Zone *zone = zone_find(e->time_zone);
    return arena_copy(ctx->arena, wall_text(ctx->arena, clock_wall(zone, instant)), 16);
}

static void draw_form(Ctx *ctx, const Request *req, Page *page, const Event *e)
{
    EventForm f = {
        .form = req->form,
        .event = e,
        .title = e ? say(ctx, "Edit the event") : say(ctx, "New event"),
        .action = e ? agenda_url(ctx->arena, e->id) : url_literal("/mesa/agenda"),
        .back = e ? agenda_url(ctx->arena, e->id) : url_literal("/mesa/agenda"),
        .statuses = status_choices(ctx, e),
        .starts = e ? control_time(ctx, e, e->starts_at) : NULL,
        .ends = e ? control_time(ctx, e, e->ends_at) : NULL,
        .topics = e && e->topics ? agenda_topics_said(page->html, e->topics) : NULL,
    };
    page->title = f.title;
    page->here = "/mesa/agenda";
    agenda_view_form(page->html, &f);
}

/* GET /mesa/agenda/nuevo */
static void page_new(Ctx *ctx, const Request *req, Page *page)
{
    if (people_may(ctx, RIGHT_AGENDA_EDIT) && page->format == FORMAT_HTML)
        draw_form(ctx, req, page, NULL);
}

/* GET /mesa/agenda/:id/editar */
static void page_edit(Ctx *ctx, const Request *req, Page *page)
{
    const Event *e = people_may(ctx, RIGHT_AGENDA_EDIT) ? agenda_find(ctx, req->id) : NULL;
    if (!e)
        return;
    page_one(page, &agenda_event_shape, e);
    if (page->format == FORMAT_HTML)
        draw_form(ctx, req, page, e);
}

/* ---- one event ---- */

/* GET /mesa/agenda/:id; also drawn again when one of its forms was wrong */
static void page_event(Ctx *ctx, const Request *req, Page *page)
{
    const Event *e = people_may(ctx, RIGHT_AGENDA_READ) ? agenda_find(ctx, req->id) : NULL;
    if (!e)
        return;
    page->title = e->title;
    page->here = "/mesa/agenda";
    page->version = e->version;
    page_one(page, &agenda_event_shape, e);
    if (page->format != FORMAT_HTML)
        return;
    EventShown x = {
        .event = e,
        .req = req,
        .active = req->method == POST ? strrchr(req->route->path, '/') + 1 : NULL,
        .people = people_has(ctx, RIGHT_COVERAGE_ASSIGN) ? agenda_people_choices(ctx) : (List){0},
        .journal = journal_of(ctx, "agenda_event", e->id, HISTORY),
    };
    page->version = NONE; /* coverages change what is seen without changing the event */
    agenda_view_event(page->html, &x);
}

static void give_event(Ctx *ctx, const Request *req, Page *page, const char *notice)
{
    const Event *e = agenda_find(ctx, req->id);
    if (!e)
        return;
    page_one(page, &agenda_event_shape, e);
    page->version = e->version;
    page_done(page, agenda_url(ctx->arena, e->id), notice);
}

/* POST /mesa/agenda */
static void act_create(Ctx *ctx, const Request *req, Page *page)
{
    if (!people_may(ctx, RIGHT_AGENDA_EDIT))
        return;
    EventDraft draft = agenda_read_event(ctx, req, NULL);
    i64 id;
    if (faulted(ctx) || !agenda_create(ctx, &draft, &id))
        return;
    page_one(page, &agenda_event_shape, agenda_find(ctx, id));
    page_created(page, agenda_url(ctx->arena, id), say(ctx, "The event was added."));
}

/* POST /mesa/agenda/:id */
static void act_change(Ctx *ctx, const Request *req, Page *page)
{
    const Event *e = people_may(ctx, RIGHT_AGENDA_EDIT) ? agenda_find(ctx, req->id) : NULL;
    if (!e)
        return;
    EventDraft draft = agenda_read_event(ctx, req, e);
    if (!faulted(ctx) && agenda_change(ctx, e->id, req->version, &draft))
        give_event(ctx, req, page, say(ctx, "Saved."));
}

/* POST /mesa/agenda/:id/cancelar */
static void act_cancel(Ctx *ctx, const Request *req, Page *page)
{
    if (agenda_cancel(ctx, req->id, req->version, form_text(ctx, req, "reason", 500)))
        give_event(ctx, req, page, say(ctx, "The event was cancelled."));
}

/* POST /mesa/agenda/:id/posponer */
static void act_postpone(Ctx *ctx, const Request *req, Page *page)
{
    if (agenda_postpone(ctx, req->id, req->version, form_text(ctx, req, "reason", 500)))
        give_event(ctx, req, page, say(ctx, "The event was postponed."));
}

/* POST /mesa/agenda/:id/reprogramar */
static void act_reschedule(Ctx *ctx, const Request *req, Page *page)
{
    const Event *e = people_may(ctx, RIGHT_AGENDA_EDIT) ? agenda_find(ctx, req->id) : NULL;
    Wall starts, ends;
    if (e && agenda_read_span(ctx, req, e, &starts, &ends) &&
        agenda_reschedule(ctx, e->id, req->version, starts, ends,
                          form_text(ctx, req, "reason", 500)))
        give_event(ctx, req, page, say(ctx, "The event has a new date."));
}

/* POST /mesa/agenda/:id/sin-cobertura */
static void act_uncovered(Ctx *ctx, const Request *req, Page *page)
{
    if (agenda_set_uncovered_reason(ctx, req->id, req->version, form_text(ctx, req, "reason", 500)))
        give_event(ctx, req, page, say(ctx, "The reason was noted."));
}

/* POST /mesa/agenda/:id/coberturas */
static void act_cover(Ctx *ctx, const Request *req, Page *page)
{
    CoverageDraft draft = agenda_read_coverage(ctx, req);
    i64 id;
    if (faulted(ctx) || !agenda_cover(ctx, req->id, &draft, &id))
        return;
    page_one(page, &agenda_coverage_shape, agenda_coverage(ctx, id));
    page_created(page,
                 page->format == FORMAT_HTML ? agenda_url(ctx->arena, req->id)
                                                           : agenda_coverage_url(ctx->arena, id),
                 say(ctx, "The coverage was added."));
}

#define EVENT_FIELDS                                                                          \
    "description starts_at ends_at time_zone all_day time_to_be_confirmed status visibility " \
    "place place_name "                                                                       \
    "place_address place_lat place_lon topics internal_note"

const Route agenda_event_routes[] = {
    {GET, "/mesa/agenda/nuevo", page_new, RIGHT_AGENDA_EDIT, "The form for a new event",
     .formats = AS_HTML},
    {POST, "/mesa/agenda", act_create, RIGHT_AGENDA_EDIT, "Adds an event",
     .fields = "title! uid " EVENT_FIELDS, .shape = &agenda_event_shape, .form = page_new},
    {GET, "/mesa/agenda/:id", page_event, RIGHT_AGENDA_READ, "An event with its coverages",
     .shape = &agenda_event_shape},
    {GET, "/mesa/agenda/:id/editar", page_edit, RIGHT_AGENDA_EDIT, "The form to change an event",
     .shape = &agenda_event_shape},
    {POST, "/mesa/agenda/:id", act_change, RIGHT_AGENDA_EDIT, "Changes an event",
     .fields = "title version " EVENT_FIELDS, .shape = &agenda_event_shape, .form = page_edit},
    {POST, "/mesa/agenda/:id/cancelar", act_cancel, RIGHT_AGENDA_EDIT,
     "Cancels an event and its open coverages", .fields = "reason! version",
     .shape = &agenda_event_shape, .form = page_event},
    {POST, "/mesa/agenda/:id/posponer", act_postpone, RIGHT_AGENDA_EDIT,
     "Postpones an event without a new date", .fields = "reason! version",
     .shape = &agenda_event_shape, .form = page_event},
    {POST, "/mesa/agenda/:id/reprogramar", act_reschedule, RIGHT_AGENDA_EDIT,
     "Gives an event a new date", .fields = "starts_at! ends_at reason! version",
     .shape = &agenda_event_shape, .form = page_event},
    {POST, "/mesa/agenda/:id/sin-cobertura", act_uncovered, RIGHT_AGENDA_EDIT,
     "Says why an event was not covered", .fields = "reason! version", .shape = &agenda_event_shape,
     .form = page_event},
    {POST, "/mesa/agenda/:id/coberturas", act_cover, RIGHT_COVERAGE_ASSIGN,
     "Adds a coverage to an event", .fields = "kind! assignee due_at brief",
     .shape = &agenda_coverage_shape, .form = page_event},
    {0},
};
