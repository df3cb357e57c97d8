/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_move_pages.c: an event dropped at another time: what is only planned or internal moves at once, what citizens
 * were told gets a new date with a reason. */
#include "desks/agenda/events/agenda_fields.h"
#include "desks/agenda/agenda_pages.h"
#include "desks/agenda/series/agenda_repeat.h"
#include "desks/agenda/agenda_room.h"
#include "agenda_move_views.h"

enum { TIME_LONGEST = 40 };

/* Citizens were told of it: they are told why it moves. */
static bool wants_reason(const Event *e)
{
    return e->visibility == VISIBLE_PUBLIC && e->status != EVENT_TENTATIVE;
}

/* ---- where it goes ---- */

/* As the grid says it: in the city's zone, whatever zone the event was planned in. */
static bool read_target(Ctx *ctx, const Request *req, i64 *instant_out, Wall *wall_out)
{
    const char *text = form_need(ctx, req, "starts_at", TIME_LONGEST);
    const Zone *zone = ctx->city->zone;
    if (!text)
        return false;
    if (clock_parse_rfc3339(text, instant_out)) {
        *wall_out = clock_wall(zone, *instant_out);
        return true;
    }
    if (!wall_parse(text, wall_out) || !wall_valid(*wall_out))
        return fault_field(ctx, "starts_at",
                           "\"%s\" is no date and time: write it like 2022-07-14T10:00.",
                           text_clip(ctx->arena, text, 40));
    *instant_out = clock_instant(zone, *wall_out, NULL);
    return true;
}

/* It lasts as long as before; one of whole days keeps its number of days. */
static bool find_times(Ctx *ctx, const Event *e, i64 instant, Wall wall, EventDraft *draft)
{
    const Zone *zone;
    if (!agenda_zone(ctx, e->time_zone, &zone))
        return false;
    if (e->all_day) {
        i64 days = (e->ends_at - e->starts_at + CLOCK_DAY / 2) / CLOCK_DAY;
        draft->starts = (Wall){wall.year, wall.month, wall.day, 0, 0, 0};
        draft->ends = wall_add_days(draft->starts, (int)days);
        return true;
    }
    draft->starts = clock_wall(zone, instant);
    draft->ends = clock_wall(zone, instant + e->ends_at - e->starts_at);
    return true;
}

static bool read_move(Ctx *ctx, const Request *req, const Event *e, EventDraft *draft_out)
{
    i64 instant;
    Wall wall;
    if (!read_target(ctx, req, &instant, &wall))
        return false;
    EventDraft draft = agenda_read_event(ctx, req, e);
    if (faulted(ctx) || !find_times(ctx, e, instant, wall, &draft))
        return false;
    *draft_out = draft;
    return true;
}

/* ---- the addresses ---- */

static const Event *movable(Ctx *ctx, const Request *req)
{
    return people_may(ctx, RIGHT_AGENDA_EDIT) ? agenda_find(ctx, req->id) : NULL;
}

/* GET /mesa/agenda/:id/mover; also drawn again when it was not moved */
static void page_move(Ctx *ctx, const Request *req, Page *page)
{
    const Event *e = movable(ctx, req);
    if (!e)
        return;
    MoveShown x = {.event = e, .form = req->form, .wants_reason = wants_reason(e),
                   .back = form_has(req, "back") ? form_raw(req, "back") : query_text(req, "back")};
    page->title = say(ctx, "Move the event");
    page->here = "/mesa/agenda";
    page_one(page, &agenda_event_shape, e);
    if (page->format == FORMAT_HTML)
        agenda_view_move(page->html, &x);
}

static bool move(Ctx *ctx, const Request *req, const Event *e, AgendaScope scope, RepeatDone *done_out)
{
    EventDraft draft;
    const char *reason = form_text(ctx, req, "reason", 500);
    if (e->status == EVENT_HELD || e->status == EVENT_CANCELLED)
        return fault(ctx, FAULT_CONFLICT, "An event that is %s is not moved.",
                     say_word(ctx, agenda_status_words, (int)e->status));
    if (faulted(ctx) || !agenda_check_version(ctx, req->version, e->version) ||
        !read_move(ctx, req, e, &draft))
        return false;
    if (!wants_reason(e))
        return agenda_change_scoped(ctx, e->id, e->version, &draft, scope, done_out);
    if (!reason)
        return form_need(ctx, req, "reason", 500) != NULL;
    return agenda_reschedule_scoped(ctx, e->id, e->version, draft.starts, draft.ends, reason, scope,
                                    done_out);
}

/* The list that it was dropped in, with the event as its target. */
static Url way_back(Ctx *ctx, const Request *req, const Event *e)
{
    Url back;
    if (!url_inside(ctx->arena, form_raw(req, "back"), &back))
        return agenda_url(ctx->arena, e->id);
    return back;
}

/* POST /mesa/agenda/:id/mover */
static void act_move(Ctx *ctx, const Request *req, Page *page)
{
    const Event *e = movable(ctx, req);
    RepeatDone done = {0};
    if (!e)
        return;
    AgendaScope scope = form_has(req, "scope") ? agenda_scope_read(ctx, req) : SCOPE_ONE;
    if (faulted(ctx) || !move(ctx, req, e, scope, &done))
        return;
    const Event *after = agenda_find(ctx, req->id);
    if (!after)
        return;
    const char *many = agenda_scope_notice(ctx, scope, &done, NULL);
    page_one(page, &agenda_event_shape, after);
    page->version = after->version;
    page_done(page, way_back(ctx, req, after),
              many ? many
                   : arena_printf(ctx->arena, say(ctx, "%s: now on %s."), after->title,
                                  agenda_when_said(page->html, after->starts_at, after->ends_at,
                                                   after->all_day, after->time_to_be_confirmed)));
    if (agenda_undo_step(ctx, after))
        page->undo = agenda_act_url(ctx->arena, after->id, "deshacer");
}

const Route agenda_move_routes[] = {
    {GET, "/mesa/agenda/:id/mover", page_move, RIGHT_AGENDA_EDIT, "The form to move an event",
     .query = "back", .shape = &agenda_event_shape},
    {POST, "/mesa/agenda/:id/mover", act_move, RIGHT_AGENDA_EDIT,
     "Moves an event to another time, as long as it was; one that is public and confirmed with a reason",
     .fields = "starts_at! reason version scope back", .shape = &agenda_event_shape,
     .form = page_move},
    {0},
};
