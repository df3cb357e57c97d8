/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_event_pages.c: an event at the desk: its form, its page, and what is done with it. */
#include "desks/agenda/coverage/agenda_board.h"
#include "desks/agenda/coverage/agenda_cover.h"
#include "desks/agenda/events/agenda_event_form.h"
#include "desks/agenda/events/agenda_fields.h"
#include "desks/agenda/agenda_pages.h"
#include "desks/agenda/series/agenda_repeat.h"
#include "desks/agenda/agenda_room.h"
#include "agenda_event_views.h"

enum { HISTORY = 20 };

/* ---- the form ---- */

/* GET /mesa/agenda/nuevo */
static void page_new(Ctx *ctx, const Request *req, Page *page)
{
    if (people_may(ctx, RIGHT_AGENDA_EDIT) && page->format == FORMAT_HTML)
        agenda_draw_form(ctx, req, page, NULL, false);
}

/* GET /mesa/agenda/:id/editar */
static void page_edit(Ctx *ctx, const Request *req, Page *page)
{
    const Event *e = people_may(ctx, RIGHT_AGENDA_EDIT) ? agenda_find(ctx, req->id) : NULL;
    if (!e)
        return;
    page_one(page, &agenda_event_shape, e);
    if (page->format == FORMAT_HTML)
        agenda_draw_form(ctx, req, page, e, false);
}

/* GET /mesa/agenda/:id/duplicar */
static void page_duplicate(Ctx *ctx, const Request *req, Page *page)
{
    const Event *e = people_may(ctx, RIGHT_AGENDA_EDIT) ? agenda_find(ctx, req->id) : NULL;
    if (e && page->format == FORMAT_HTML)
        agenda_draw_form(ctx, req, page, agenda_duplicate_of(ctx, e), true);
}

/* ---- one event ---- */

/* The one that it was copied from, where the reader may see it. */
static const Event *original(Ctx *ctx, const Event *e)
{
    const Event *found = e->duplicate_of ? agenda_find_any(ctx, e->duplicate_of) : NULL;
    bool hidden = found && (found->visibility == VISIBLE_PRIVATE ||
                            found->visibility == VISIBLE_CONFIDENTIAL);
    return hidden && !agenda_sees_private(ctx) ? NULL : found;
}

static void draw_event(Ctx *ctx, const Request *req, Page *page, bool clashes)
{
    const Event *e = people_may(ctx, RIGHT_AGENDA_READ) ? agenda_find(ctx, req->id) : NULL;
    if (!e)
        return;
    page->title = e->title;
    page->here = "/mesa/agenda";
    page->version = e->version;
    page_one(page, &agenda_event_shape, agenda_with_rule(ctx, e));
    if (agenda_event_as_feed(ctx, req, page, e) || page->format != FORMAT_HTML)
        return;
    EventShown x = {
        .event = e,
        .req = req,
        .active = req->method == POST ? strrchr(req->route->path, '/') + 1 : NULL,
        .doers = people_has(ctx, RIGHT_COVERAGE_ASSIGN) ? agenda_doers_of_event(ctx, e) : (Doers){{0}},
        .journal = agenda_history(ctx, e, HISTORY),
        .attachments = agenda_attachments_of(ctx, e->id),
        .leases = agenda_leases_of(ctx, e->id),
        .undo = agenda_undo_step(ctx, e),
        .original = original(ctx, e),
        .repeats = agenda_repeat_said(ctx, e),
        .clashes = clashes,
    };
    bool moving = text_same(x.active, "reprogramar"), cancelling = text_same(x.active, "cancelar");
    x.moves = agenda_scope_shown(ctx, moving ? req->form : NULL, e, moving ? NULL : "move-scope", false);
    x.cancels = agenda_scope_shown(ctx, cancelling ? req->form : NULL, e, cancelling ? NULL : "cancel-scope", true);
    page->version = NONE; /* coverages change what is seen without changing the event */
    agenda_view_event(page->html, &x);
}

/* GET /mesa/agenda/:id; also drawn again when one of its forms was wrong */
void agenda_page_event(Ctx *ctx, const Request *req, Page *page)
{
    draw_event(ctx, req, page, false);
}

void agenda_give_event(Ctx *ctx, const Request *req, Page *page, const char *notice)
{
    const Event *e = agenda_find(ctx, req->id);
    if (!e)
        return;
    page_one(page, &agenda_event_shape, agenda_with_rule(ctx, e));
    page->version = e->version;
    page_done(page, agenda_url(ctx->arena, e->id), notice);
    if (agenda_undo_step(ctx, e))
        page->undo = agenda_act_url(ctx->arena, e->id, "deshacer");
}

/* An hour that is twice was taken for the first one: who typed it should know. */
static const char *with_hour(Ctx *ctx, const EventDraft *draft, const char *notice)
{
    const char *zone = draft->time_zone ? draft->time_zone : zone_name(ctx->city->zone);
    if (draft->all_day || !agenda_is_twice(zone, draft->starts))
        return notice;
    return arena_printf(ctx->arena,
                        say(ctx, "%s That day %02d:%02d is twice, because the clocks go back: the "
                                 "first one was taken."),
                        notice, draft->starts.hour, draft->starts.minute);
}

/* POST /mesa/agenda */
static void act_create(Ctx *ctx, const Request *req, Page *page)
{
    if (!people_may(ctx, RIGHT_AGENDA_EDIT))
        return;
    EventDraft draft = agenda_read_event(ctx, req, NULL);
    i64 id;
    if (faulted(ctx) || !agenda_create(ctx, &draft, &id) || !agenda_repeat_said_so(ctx, req, id))
        return;
    page_one(page, &agenda_event_shape, agenda_with_rule(ctx, agenda_find(ctx, id)));
    page_created(page, agenda_url(ctx->arena, id),
                 with_hour(ctx, &draft, say(ctx, "The event was added.")));
}

/* POST /mesa/agenda/:id/duplicar */
static void act_duplicate(Ctx *ctx, const Request *req, Page *page)
{
    const Event *e = people_may(ctx, RIGHT_AGENDA_EDIT) ? agenda_find(ctx, req->id) : NULL;
    if (!e)
        return;
    EventDraft draft = agenda_read_event(ctx, req, agenda_duplicate_of(ctx, e));
    i64 id;
    if (faulted(ctx) ||
        !agenda_duplicate(ctx, e->id, &draft, form_bool(req, "coverages"), &id))
        return;
    page_one(page, &agenda_event_shape, agenda_find(ctx, id));
    page_created(page, agenda_url(ctx->arena, id),
                 with_hour(ctx, &draft, say(ctx, "The event was duplicated.")));
}

/* POST /mesa/agenda/:id */
static void act_change(Ctx *ctx, const Request *req, Page *page)
{
    const Event *e = people_may(ctx, RIGHT_AGENDA_EDIT) ? agenda_find(ctx, req->id) : NULL;
    if (!e)
        return;
    EventDraft draft = agenda_read_event(ctx, req, e);
    AgendaScope scope = agenda_scope_read(ctx, req);
    RepeatDone done;
    if (!faulted(ctx) && agenda_change_scoped(ctx, e->id, req->version, &draft, scope, &done) &&
        agenda_lease_leave(ctx, e->id))
        agenda_give_event(ctx, req, page,
                          with_hour(ctx, &draft, agenda_scope_notice(ctx, scope, &done, say(ctx, "Saved."))));
}

/* POST /mesa/agenda/:id/deshacer */
static void act_undo(Ctx *ctx, const Request *req, Page *page)
{
    if (agenda_undo(ctx, req->id))
        agenda_give_event(ctx, req, page, say(ctx, "The last step was taken back."));
}

/* ---- who has it open ---- */

static void give_leases(Ctx *ctx, const Request *req, Page *page)
{
    List others = agenda_leases_of(ctx, req->id);
    page_list(page, &agenda_lease_shape, others, (i64)others.count, NULL);
}

/* GET /mesa/agenda/:id/apartar */
static void page_leases(Ctx *ctx, const Request *req, Page *page)
{
    if (people_may(ctx, RIGHT_AGENDA_READ) && agenda_find(ctx, req->id))
        give_leases(ctx, req, page);
}

/* POST /mesa/agenda/:id/apartar: every minute while a form is open, and once more with leave when it closes */
static void act_lease(Ctx *ctx, const Request *req, Page *page)
{
    if (!people_may(ctx, RIGHT_AGENDA_EDIT) || !agenda_find(ctx, req->id))
        return;
    bool leave = form_bool(req, "leave");
    if (leave ? agenda_lease_leave(ctx, req->id) : agenda_lease_take(ctx, req->id))
        give_leases(ctx, req, page);
}

/* POST /mesa/agenda/:id/cancelar */
static void act_cancel(Ctx *ctx, const Request *req, Page *page)
{
    if (!people_may(ctx, RIGHT_AGENDA_EDIT))
        return;
    AgendaScope scope = agenda_scope_read(ctx, req);
    RepeatDone done;
    const char *reason = form_text(ctx, req, "reason", 500);
    if (!faulted(ctx) && agenda_cancel_scoped(ctx, req->id, req->version, reason, scope, &done))
        agenda_give_event(ctx, req, page,
                          agenda_scope_notice(ctx, scope, &done, say(ctx, "The event was cancelled.")));
}

/* POST /mesa/agenda/:id/posponer */
static void act_postpone(Ctx *ctx, const Request *req, Page *page)
{
    if (agenda_postpone(ctx, req->id, req->version, form_text(ctx, req, "reason", 500)))
        agenda_give_event(ctx, req, page, say(ctx, "The event was postponed."));
}

/* POST /mesa/agenda/:id/reprogramar */
static void act_reschedule(Ctx *ctx, const Request *req, Page *page)
{
    const Event *e = people_may(ctx, RIGHT_AGENDA_EDIT) ? agenda_find(ctx, req->id) : NULL;
    AgendaScope scope = e ? agenda_scope_read(ctx, req) : SCOPE_ONE;
    RepeatDone done;
    Wall starts, ends;
    if (e && !faulted(ctx) && agenda_read_span(ctx, req, e, &starts, &ends) &&
        agenda_reschedule_scoped(ctx, e->id, req->version, starts, ends,
                                 form_text(ctx, req, "reason", 500), scope, &done))
        agenda_give_event(ctx, req, page,
                          agenda_scope_notice(ctx, scope, &done, say(ctx, "The event has a new date.")));
}

/* POST /mesa/agenda/:id/sin-cobertura */
static void act_uncovered(Ctx *ctx, const Request *req, Page *page)
{
    const char *reason = agenda_read_whynot(ctx, req);
    if (faulted(ctx) || !agenda_set_uncovered_reason(ctx, req->id, req->version, reason))
        return;
    agenda_give_event(ctx, req, page, say(ctx, "The reason was noted."));
    url_inside(ctx->arena, form_raw(req, "volver"), &page->redirect); /* from the list of those without a reason */
}

/* A browser is asked once more; a program reads the warnings in the answer. */
static bool asks_again(Ctx *ctx, const Request *req, Page *page, List clashes)
{
    if (!clashes.count || page->format != FORMAT_HTML || form_bool(req, "anyway"))
        return false;
    form_refuse(req, "assignee", ((const Clash *)clashes.items)->message);
    draw_event(ctx, req, page, true);
    page->status = 409;
    return true;
}

static List clashes_at(Ctx *ctx, const Event *e, const CoverageDraft *who)
{
    Busy busy = agenda_busy(ctx, agenda_slot_of_event(e), 0);
    return agenda_clashes_said(ctx, &busy, who);
}

/* POST /mesa/agenda/:id/coberturas */
static void act_cover(Ctx *ctx, const Request *req, Page *page)
{
    CoverageDraft draft = agenda_read_coverage(ctx, req);
    const Event *e =
        !faulted(ctx) && people_may(ctx, RIGHT_COVERAGE_ASSIGN) ? agenda_find(ctx, req->id) : NULL;
    List clashes = e ? clashes_at(ctx, e, &draft) : (List){0};
    i64 id;
    if (faulted(ctx) || asks_again(ctx, req, page, clashes) ||
        !agenda_cover(ctx, req->id, &draft, &id))
        return;
    Coverage *made = arena_new_of(ctx->arena, Coverage);
    *made = *agenda_coverage(ctx, id);
    made->warnings = clashes;
    page_one(page, &agenda_coverage_shape, made);
    page_created(page,
                 page->format == FORMAT_HTML ? agenda_url(ctx->arena, req->id)
                                                           : agenda_coverage_url(ctx->arena, id),
                 say(ctx, "The coverage was added."));
}

#define EVENT_FIELDS                                                                           \
    "description starts_at ends_at time_zone all_day time_to_be_confirmed status certainty "   \
    "visibility calendar place place_name place_address place_neighbourhood place_district "   \
    "place_postcode place_coordinates place_lat place_lon topics area headed_by attendees "    \
    "attendance accreditation accreditation_until internal_note"

const Route agenda_event_routes[] = {
    {GET, "/mesa/agenda/nuevo", page_new, RIGHT_AGENDA_EDIT, "The form for a new event",
     .formats = AS_HTML, .query = "dia hora"},
    {POST, "/mesa/agenda", act_create, RIGHT_AGENDA_EDIT, "Adds an event",
     .fields = "title! uid rule freq interval weekdays month_day nth until count except " EVENT_FIELDS, .shape = &agenda_event_shape, .form = page_new},
    {GET, "/mesa/agenda/:id", agenda_page_event, RIGHT_AGENDA_READ, "An event with its coverages",
     .formats = AS_HTML | AS_JSON | AS_ICS | AS_NINJS, .query = "cancelled", .shape = &agenda_event_shape},
    {GET, "/mesa/agenda/:id/editar", page_edit, RIGHT_AGENDA_EDIT, "The form to change an event",
     .shape = &agenda_event_shape},
    {POST, "/mesa/agenda/:id", act_change, RIGHT_AGENDA_EDIT, "Changes an event",
     .fields = "title version reason theirs scope " EVENT_FIELDS, .shape = &agenda_event_shape,
     .form = page_edit},
    {GET, "/mesa/agenda/:id/duplicar", page_duplicate, RIGHT_AGENDA_EDIT,
     "The form for the same event a week later", .formats = AS_HTML},
    {POST, "/mesa/agenda/:id/duplicar", act_duplicate, RIGHT_AGENDA_EDIT,
     "Adds the same event a week later, or as said; with coverages its live ones as proposed",
     .fields = "title coverages " EVENT_FIELDS, .shape = &agenda_event_shape,
     .form = page_duplicate},
    {POST, "/mesa/agenda/:id/deshacer", act_undo, RIGHT_AGENDA_EDIT,
     "Takes back one's own last step with an event", .shape = &agenda_event_shape,
     .form = agenda_page_event},
    {GET, "/mesa/agenda/:id/apartar", page_leases, RIGHT_AGENDA_READ,
     "Who else has the event open for editing", .list = true, .formats = AS_JSON, .shape = &agenda_lease_shape},
    {POST, "/mesa/agenda/:id/apartar", act_lease, RIGHT_AGENDA_EDIT,
     "Says for two minutes that one edits the event, or that one has left it", .fields = "leave",
     .formats = AS_JSON, .shape = &agenda_lease_shape},
    {POST, "/mesa/agenda/:id/cancelar", act_cancel, RIGHT_AGENDA_EDIT,
     "Cancels an event and its open coverages", .fields = "reason! version scope",
     .shape = &agenda_event_shape, .form = agenda_page_event},
    {POST, "/mesa/agenda/:id/posponer", act_postpone, RIGHT_AGENDA_EDIT,
     "Postpones an event without a new date", .fields = "reason! version",
     .shape = &agenda_event_shape, .form = agenda_page_event},
    {POST, "/mesa/agenda/:id/reprogramar", act_reschedule, RIGHT_AGENDA_EDIT,
     "Gives an event a new date", .fields = "starts_at! ends_at reason! version scope",
     .shape = &agenda_event_shape, .form = agenda_page_event},
    {POST, "/mesa/agenda/:id/sin-cobertura", act_uncovered, RIGHT_AGENDA_EDIT,
     "Says why an event was not covered", .fields = "choice reason volver version", .shape = &agenda_event_shape,
     .form = agenda_page_event},
    {POST, "/mesa/agenda/:id/coberturas", act_cover, RIGHT_COVERAGE_ASSIGN,
     "Adds a coverage to an event",
     .fields = "kind! assignee area contact anyway due_at brief quantity_min quantity_max priority news_status",
     .shape = &agenda_coverage_shape, .form = agenda_page_event},
    {0},
};
