/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_calendar_pages.c: the calendars at their addresses. */
#include "desks/agenda/agenda_pages.h"
#include "desks/agenda/agenda_room.h"
#include "agenda_calendar_views.h"

enum { HISTORY = 20 };

/* GET /mesa/agenda/calendarios */
static void page_calendars(Ctx *ctx, const Request *req, Page *page)
{
    if (!people_may(ctx, RIGHT_AGENDA_READ))
        return;
    List all = agenda_calendars(ctx, true);
    page->title = say(ctx, "Calendars");
    page->here = "/mesa/agenda/calendarios";
    page_list(page, &agenda_calendar_shape, all, (i64)all.count, NULL);
    if (page->format == FORMAT_HTML)
        agenda_view_calendars(page->html, all, req->form);
}

/* GET /mesa/agenda/calendarios/:id */
static void page_calendar(Ctx *ctx, const Request *req, Page *page)
{
    const EventCalendar *c =
        people_may(ctx, RIGHT_AGENDA_READ) ? agenda_calendar_find(ctx, req->id) : NULL;
    if (!c)
        return;
    page->title = c->name;
    page->here = "/mesa/agenda/calendarios";
    page->version = c->version;
    page_one(page, &agenda_calendar_shape, c);
    if (page->format == FORMAT_HTML)
        agenda_view_calendar(page->html, c, req->form,
                             journal_of(ctx, "agenda_calendar", c->id, HISTORY));
}

static CalendarDraft read_draft(Ctx *ctx, const Request *req, const EventCalendar *c)
{
    const EventCalendar none = {.name = NULL}, *known = c ? c : &none;
    bool named = form_has(req, "name") || !c, colored = form_has(req, "color") || !c;
    return (CalendarDraft){
        .name = named ? form_need(ctx, req, "name", 80) : known->name,
        .color = colored ? form_int(ctx, req, "color", 1, AGENDA_COLORS) : known->color,
        .is_public = form_has(req, "is_public") ? form_bool(req, "is_public") : known->is_public,
        .position = form_has(req, "position") ? form_int(ctx, req, "position", 0, 999) : known->position,
    };
}

static void said_or_first(CalendarDraft *d)
{
    d->color = d->color == NONE ? 1 : d->color;
    d->position = d->position == NONE ? 0 : d->position;
}

static void give(Ctx *ctx, Page *page, i64 id, const char *notice)
{
    const EventCalendar *c = agenda_calendar_find(ctx, id);
    if (!c)
        return;
    page_one(page, &agenda_calendar_shape, c);
    page->version = c->version;
    page_done(page,
              page->format == FORMAT_HTML ? url_literal("/mesa/agenda/calendarios")
                                          : agenda_calendar_url(ctx->arena, id),
              notice);
}

/* POST /mesa/agenda/calendarios */
static void act_add(Ctx *ctx, const Request *req, Page *page)
{
    if (!people_may(ctx, RIGHT_AGENDA_EDIT))
        return;
    CalendarDraft draft = read_draft(ctx, req, NULL);
    said_or_first(&draft);
    i64 id;
    if (faulted(ctx) || !agenda_calendar_add(ctx, &draft, &id))
        return;
    give(ctx, page, id, say(ctx, "The calendar was added."));
    page->created = true;
}

/* POST /mesa/agenda/calendarios/:id */
static void act_change(Ctx *ctx, const Request *req, Page *page)
{
    const EventCalendar *c =
        people_may(ctx, RIGHT_AGENDA_EDIT) ? agenda_calendar_find(ctx, req->id) : NULL;
    if (!c)
        return;
    CalendarDraft draft = read_draft(ctx, req, c);
    said_or_first(&draft);
    if (!faulted(ctx) && agenda_calendar_change(ctx, c->id, req->version, &draft))
        give(ctx, page, c->id, say(ctx, "Saved."));
}

/* POST /mesa/agenda/calendarios/:id/archivar */
static void act_archive(Ctx *ctx, const Request *req, Page *page)
{
    if (agenda_calendar_archive(ctx, req->id, req->version, true))
        give(ctx, page, req->id, say(ctx, "Archived. Its events stay where they are."));
}

/* POST /mesa/agenda/calendarios/:id/recuperar */
static void act_unarchive(Ctx *ctx, const Request *req, Page *page)
{
    if (agenda_calendar_archive(ctx, req->id, req->version, false))
        give(ctx, page, req->id, say(ctx, "The calendar takes events again."));
}

const Route agenda_calendar_routes[] = {
    {GET, "/mesa/agenda/calendarios", page_calendars, RIGHT_AGENDA_READ,
     "The calendars that events belong to", .list = true,
     .shape = &agenda_calendar_shape},
    {POST, "/mesa/agenda/calendarios", act_add, RIGHT_AGENDA_EDIT, "Adds a calendar",
     .fields = "name! color is_public position", .shape = &agenda_calendar_shape,
     .form = page_calendars},
    {GET, "/mesa/agenda/calendarios/:id", page_calendar, RIGHT_AGENDA_READ, "A calendar",
     .shape = &agenda_calendar_shape},
    {POST, "/mesa/agenda/calendarios/:id", act_change, RIGHT_AGENDA_EDIT, "Changes a calendar",
     .fields = "name color is_public position version", .shape = &agenda_calendar_shape,
     .form = page_calendar},
    {POST, "/mesa/agenda/calendarios/:id/archivar", act_archive, RIGHT_AGENDA_EDIT,
     "Puts a calendar away: no new events", .fields = "version",
     .shape = &agenda_calendar_shape, .form = page_calendar},
    {POST, "/mesa/agenda/calendarios/:id/recuperar", act_unarchive, RIGHT_AGENDA_EDIT,
     "Takes a calendar out again", .fields = "version", .shape = &agenda_calendar_shape,
     .form = page_calendar},
    {0},
};
