/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_source_pages.c: the addresses of sources: calendars of others, and what they lack. */
#include "desks/agenda/agenda_pages.h"
#include "desks/agenda/agenda_room.h"
#include "web/cursor.h"
#include "agenda_source_views.h"

/* ---- lists and records ---- */

/* GET /mesa/agenda/fuentes */
static void page_sources(Ctx *ctx, const Request *req, Page *page)
{
    i64 at = 0, id = 0, limit = query_limit(req);
    cursor_read(ctx, req, &at, &id);
    List sources = agenda_sources(ctx, id, limit + 1);
    if (faulted(ctx))
        return;
    bool more = (i64)sources.count > limit;
    sources.count = more ? (size_t)limit : sources.count;
    const Source *last = sources.count ? (const Source *)sources.items + sources.count - 1 : NULL;
    const char *next = more ? cursor_make(ctx, req, 0, last->id) : NULL;
    page->title = say(ctx, "Calendars that are fetched");
    page->here = "/mesa/agenda";
    page_list(page, &agenda_source_shape, sources, NONE, next);
    if (page->format == FORMAT_HTML)
        agenda_view_sources(page->html, sources,
                            next ? url_query(ctx->arena, url_literal("/mesa/agenda/fuentes"), "after", next) : (Url){0});
}

static List calendar_choices(Ctx *ctx)
{
    List names = agenda_calendar_names(ctx, false);
    const CalendarName *k = names.items;
    Choice *choices = arena_array(ctx->arena, Choice, names.count + 1);
    choices[0] = (Choice){"", say(ctx, "None")};
    for (size_t i = 0; i < names.count; i++)
        choices[i + 1] = (Choice){id_text(ctx->arena, k[i].id), k[i].name};
    return (List){choices, names.count + 1};
}

static List minute_choices(Ctx *ctx)
{
    Choice *choices = arena_array(ctx->arena, Choice, 6);
    choices[0] = (Choice){"15", say(ctx, "Every quarter of an hour")};
    choices[1] = (Choice){"60", say(ctx, "Every hour")};
    choices[2] = (Choice){"360", say(ctx, "Every six hours")};
    choices[3] = (Choice){"1440", say(ctx, "Every day")};
    choices[4] = (Choice){"10080", say(ctx, "Every week")};
    return (List){choices, 5};
}

static void draw_form(Ctx *ctx, const Request *req, Page *page, const Source *s)
{
    SourceForm f = {req->form, s, calendar_choices(ctx), minute_choices(ctx),
                    s ? url_id(ctx->arena, "/mesa/agenda/fuentes/", s->id, NULL) : url_literal("/mesa/agenda/fuentes")};
    page->title = s ? s->name : say(ctx, "A calendar from an address");
    page->here = "/mesa/agenda";
    agenda_view_source_form(page->html, &f);
}

/* GET /mesa/agenda/fuentes/nueva */
static void page_new(Ctx *ctx, const Request *req, Page *page)
{
    if (people_may(ctx, RIGHT_AGENDA_EDIT) && page->format == FORMAT_HTML)
        draw_form(ctx, req, page, NULL);
}

/* GET /mesa/agenda/fuentes/:id/editar */
static void page_edit(Ctx *ctx, const Request *req, Page *page)
{
    const Source *s = agenda_source(ctx, req->id);
    if (!s)
        return;
    page_one(page, &agenda_source_shape, s);
    if (page->format == FORMAT_HTML)
        draw_form(ctx, req, page, s);
}

/* GET /mesa/agenda/fuentes/:id */
static void page_source(Ctx *ctx, const Request *req, Page *page)
{
    const Source *s = agenda_source(ctx, req->id);
    if (!s)
        return;
    page->title = s->name;
    page->here = "/mesa/agenda";
    page_one(page, &agenda_source_shape, s);
    if (page->format != FORMAT_HTML)
        return;
    SourceShown x = {
        .source = s,
        .req = req,
        .missing = agenda_source_missing(ctx, s->id, 0, SOURCE_MISSING_SHOWN),
        .journal = journal_of(ctx, "agenda_source", s->id, 20),
    };
    agenda_view_source(page->html, &x);
}

/* ---- changing ---- */

static SourceDraft read_draft(Ctx *ctx, const Request *req, const Source *s)
{
    i64 minutes = form_int(ctx, req, "minutes", SOURCE_MINUTES_LEAST, SOURCE_MINUTES_MOST);
    SourceDraft draft = {
        .name = form_has(req, "name") || !s ? form_need(ctx, req, "name", SOURCE_NAME_MAX) : s->name,
        .url = form_has(req, "url") || !s ? form_need(ctx, req, "url", SOURCE_URL_MAX) : s->url,
        .calendar = form_has(req, "calendar") ? form_id(ctx, req, "calendar") : s ? s->calendar : 0,
        .minutes = minutes != NONE ? minutes : s ? s->minutes : 60,
        .active = form_has(req, "active") ? form_bool(req, "active") : s ? s->active : true,
    };
    return draft;
}

static void give(Ctx *ctx, Page *page, i64 id, const char *notice)
{
    const Source *s = agenda_source(ctx, id);
    if (!s)
        return;
    page_one(page, &agenda_source_shape, s);
    page_done(page, url_id(ctx->arena, "/mesa/agenda/fuentes/", id, NULL), notice);
}

/* POST /mesa/agenda/fuentes */
static void act_create(Ctx *ctx, const Request *req, Page *page)
{
    if (!people_may(ctx, RIGHT_AGENDA_EDIT))
        return;
    SourceDraft draft = read_draft(ctx, req, NULL);
    i64 id;
    if (faulted(ctx) || !agenda_source_create(ctx, &draft, &id))
        return;
    page_one(page, &agenda_source_shape, agenda_source(ctx, id));
    page_created(page, url_id(ctx->arena, "/mesa/agenda/fuentes/", id, NULL),
                 say(ctx, "The source was added: it is being read for the first time."));
}

/* POST /mesa/agenda/fuentes/:id */
static void act_change(Ctx *ctx, const Request *req, Page *page)
{
    const Source *s = agenda_source(ctx, req->id);
    if (!s)
        return;
    SourceDraft draft = read_draft(ctx, req, s);
    if (!faulted(ctx) && agenda_source_change(ctx, s->id, req->version, &draft))
        give(ctx, page, s->id, say(ctx, "Saved."));
}

/* POST /mesa/agenda/fuentes/:id/quitar */
static void act_remove(Ctx *ctx, const Request *req, Page *page)
{
    const Source *s = agenda_source(ctx, req->id);
    if (!s || !agenda_source_remove(ctx, s->id, req->version))
        return;
    page_one(page, &agenda_source_shape, s);
    page_done(page, url_literal("/mesa/agenda/fuentes"), say(ctx, "The source was taken away. Its events stayed."));
}

/* POST /mesa/agenda/fuentes/:id/mirar */
static void act_look(Ctx *ctx, const Request *req, Page *page)
{
    if (agenda_source_look(ctx, req->id))
        give(ctx, page, req->id, say(ctx, "It is being looked at now."));
}

/* POST /mesa/agenda/fuentes/:id/aceptar */
static void act_allow(Ctx *ctx, const Request *req, Page *page)
{
    if (agenda_source_allow(ctx, req->id))
        give(ctx, page, req->id, say(ctx, "It is read again and taken in."));
}

/* ---- what it lacks ---- */

static bool decide(Ctx *ctx, i64 event, bool keep, const char *reason)
{
    return keep ? agenda_missing_keep(ctx, event) : agenda_missing_cancel(ctx, event, reason);
}

static bool decide_all(Ctx *ctx, i64 source, bool keep, const char *reason, i64 *done_out)
{
    List missing = agenda_source_missing(ctx, source, 0, SOURCE_MISSING_MOST);
    const Event *e = missing.items;
    for (size_t i = 0; i < missing.count; i++) {
        Lap lap CLEANUP(lap_end)
        = lap_begin(ctx);
        if (!decide(ctx, e[i].id, keep, reason))
            return false;
    }
    *done_out = (i64)missing.count;
    return !faulted(ctx);
}

/* event: one or several, separated by line ends. */
static bool decide_some(Ctx *ctx, const Request *req, i64 source, bool keep, const char *reason, i64 *done_out)
{
    const char *chosen = form_lines(ctx, req, "event", 20 * SOURCE_MISSING_MOST);
    List ids = text_split(ctx->arena, chosen ? chosen : "", '\n');
    if (faulted(ctx))
        return false;
    if (!ids.count)
        return fault_field(ctx, "event", "Choose the events that this is about.");
    for (size_t i = 0; i < ids.count; i++) {
        i64 id;
        if (!id_parse(((const char *const *)ids.items)[i], &id))
            return fault_field(ctx, "event", "There is no such event.");
        const Event *e = agenda_find(ctx, id);
        if (!e)
            return false;
        if (e->source != source)
            return fault_field(ctx, "event", "This event is not from this source.");
        if (!decide(ctx, id, keep, reason))
            return false;
    }
    *done_out = (i64)ids.count;
    return true;
}

/* POST /mesa/agenda/fuentes/:id/ausentes */
static void act_decide(Ctx *ctx, const Request *req, Page *page)
{
    const Source *s = agenda_source(ctx, req->id);
    if (!s)
        return;
    const char *decision = form_need(ctx, req, "decision", 20);
    bool keep = text_same(decision, "keep");
    if (!faulted(ctx) && !keep && !text_same(decision, "cancel"))
        fault_field(ctx, "decision", "Say keep or cancel.");
    const char *reason = keep || faulted(ctx) ? NULL : form_need(ctx, req, "reason", 500);
    i64 done = 0;
    if (faulted(ctx))
        return;
    bool all = form_bool(req, "all");
    if (all ? decide_all(ctx, s->id, keep, reason, &done) : decide_some(ctx, req, s->id, keep, reason, &done))
        give(ctx, page, s->id,
             arena_printf(ctx->arena, keep ? say_n(ctx, "%" PRId64 " event stays, as the desk's own.", "%" PRId64 " events stay, as the desk's own.", done)
                                           : say_n(ctx, "%" PRId64 " event was cancelled.", "%" PRId64 " events were cancelled.", done), done));
}

/* POST /mesa/agenda/:id/conservar */
static void act_keep(Ctx *ctx, const Request *req, Page *page)
{
    if (!agenda_missing_keep(ctx, req->id))
        return;
    page_one(page, &agenda_event_shape, agenda_find(ctx, req->id));
    page_done(page, agenda_url(ctx->arena, req->id), say(ctx, "The event stays: it is the desk's own now."));
}

/* On the event's page: its source lacks it. */
static void panel_missing(Ctx *ctx, const Request *req, i64 id, Html *h)
{
    const Event *e = agenda_find(ctx, id);
    if (!e || !e->source)
        return;
    const Source *s = agenda_source(ctx, e->source);
    if (s)
        agenda_view_source_panel(h, &(MissingShown){e, s, req});
}

const Panel agenda_source_panels[] = {
    {"agenda_event", "side", 5, RIGHT_AGENDA_EDIT, panel_missing},
    {0},
};

const Route agenda_source_routes[] = {
    {GET, "/mesa/agenda/fuentes", page_sources, RIGHT_AGENDA_EDIT, "Calendars of others that are fetched again and again", .list = true,
     .query = "limit after", .shape = &agenda_source_shape},
    {GET, "/mesa/agenda/fuentes/nueva", page_new, RIGHT_AGENDA_EDIT, "The form for a new source", .formats = AS_HTML},
    {POST, "/mesa/agenda/fuentes", act_create, RIGHT_AGENDA_EDIT, "Adds a source and reads it",
     .fields = "name! url! calendar minutes active", .shape = &agenda_source_shape, .form = page_new},
    {GET, "/mesa/agenda/fuentes/:id", page_source, RIGHT_AGENDA_EDIT, "A source with what it brought and what it lacks",
     .shape = &agenda_source_shape},
    {GET, "/mesa/agenda/fuentes/:id/editar", page_edit, RIGHT_AGENDA_EDIT, "The form to change a source",
     .shape = &agenda_source_shape},
    {POST, "/mesa/agenda/fuentes/:id", act_change, RIGHT_AGENDA_EDIT, "Changes a source", .fields = "name url calendar minutes active version",
     .shape = &agenda_source_shape, .form = page_edit},
    {POST, "/mesa/agenda/fuentes/:id/quitar", act_remove, RIGHT_AGENDA_EDIT, "Takes a source away; its events stay",
     .fields = "version", .shape = &agenda_source_shape, .form = page_source},
    {POST, "/mesa/agenda/fuentes/:id/mirar", act_look, RIGHT_AGENDA_EDIT, "Looks at a source now",
     .shape = &agenda_source_shape, .form = page_source},
    {POST, "/mesa/agenda/fuentes/:id/aceptar", act_allow, RIGHT_AGENDA_EDIT, "Takes in an answer that was held back",
     .shape = &agenda_source_shape, .form = page_source},
    {POST, "/mesa/agenda/fuentes/:id/ausentes", act_decide, RIGHT_AGENDA_EDIT,
     "Cancels or keeps events that the source lacks", .fields = "decision! reason event all", .shape = &agenda_source_shape,
     .form = page_source},
    {POST, "/mesa/agenda/:id/conservar", act_keep, RIGHT_AGENDA_EDIT, "Keeps an event that its source lacks",
     .shape = &agenda_event_shape},
    {0},
};
