/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_event_form.c: the form for an event: what stands in it, and what it offers to choose from. */
#include "desks/agenda/events/agenda_event_form.h"
#include "agenda_event_form_views.h"


enum { PLACES_SUGGESTED = 500 };

/* ---- choices ---- */

static Choice status_choice(Ctx *ctx, EventStatus status)
{
    return (Choice){word_name(agenda_status_words, (int)status),
                    say_word(ctx, agenda_status_words, (int)status)};
}

static List status_choices(Ctx *ctx, const Event *e)
{
    static const EventStatus usual[] = {EVENT_CONFIRMED, EVENT_TENTATIVE, EVENT_HELD};
    Choice *choices = arena_array(ctx->arena, Choice, COUNT(usual) + 1);
    size_t n = 0;
    bool fixed = e && (e->status == EVENT_CANCELLED || e->status == EVENT_POSTPONED);
    if (e && (fixed || e->status == EVENT_RESCHEDULED))
        choices[n++] = status_choice(ctx, e->status);
    for (size_t i = 0; !fixed && i < COUNT(usual); i++)
        if (usual[i] != EVENT_HELD || (e && e->starts_at <= ctx->now))
            choices[n++] = status_choice(ctx, usual[i]);
    return (List){choices, n};
}

/* Those that take events, and the one that it has. */
static List calendar_choices(Ctx *ctx, const Event *e)
{
    List all = agenda_calendars(ctx, true);
    Choice *choices = arena_array(ctx->arena, Choice, all.count + 1);
    size_t n = 0;
    for (const EventCalendar *c = all.items, *end = c + all.count; c < end; c++)
        if (!c->archived || (e && e->calendar == c->id))
            choices[n++] = (Choice){id_text(ctx->arena, c->id), c->name};
    return (List){choices, n};
}

static List area_choices(Ctx *ctx)
{
    List areas = people_areas(ctx);
    const Area *a = areas.items;
    Choice *choices = arena_array(ctx->arena, Choice, areas.count + 1);
    for (size_t i = 0; i < areas.count; i++)
        choices[i] = (Choice){id_text(ctx->arena, a[i].id), a[i].name};
    return (List){choices, areas.count};
}

/* The zones of Mexico (RFC 6557's names), and the one that the event has. */
static List zone_choices(Ctx *ctx, const Event *e)
{
    static const char *const mexico[] = {"America/Mexico_City", "America/Cancun",
                                         "America/Monterrey",   "America/Merida",
                                         "America/Chihuahua",   "America/Hermosillo",
                                         "America/Mazatlan",    "America/Tijuana"};
    Choice *choices = arena_array(ctx->arena, Choice, COUNT(mexico) + 1);
    size_t n = 0;
    for (size_t i = 0; i < COUNT(mexico); i++)
        choices[n++] = (Choice){mexico[i], mexico[i]};
    for (size_t i = 0; e && i < COUNT(mexico); i++)
        if (text_same(mexico[i], e->time_zone))
            return (List){choices, n};
    const char *own = e ? e->time_zone : zone_name(ctx->city->zone);
    choices[n++] = (Choice){own, own};
    return (List){choices, n};
}

/* ---- drawing ---- */

static bool wants_reason(const Ctx *ctx, const Event *e)
{
    return e && agenda_stands(e->status, e->visibility) && e->status != EVENT_TENTATIVE &&
           e->status != EVENT_HELD && e->ends_at > ctx->now;
}

static const char *last_actor(Ctx *ctx, i64 event)
{
    List lines = journal_of(ctx, "agenda_event", event, 1);
    const JournalLine *line = lines.count ? lines.items : NULL;
    return line ? line->actor_name : NULL;
}

/* Somebody else was first: both versions beside each other, nothing typed is lost. */
static void compare(Ctx *ctx, const Request *req, EventForm *f)
{
    if (!f->event || f->duplicate || !form_again(req->form) || req->version == NONE ||
        req->version == f->event->version)
        return;
    f->changed_by = last_actor(ctx, f->event->id);
    f->differences = agenda_differences(ctx, f, agenda_base(ctx, f->event, req->version));
}

static void choose(Ctx *ctx, EventForm *f)
{
    f->statuses = status_choices(ctx, f->event);
    f->calendars = calendar_choices(ctx, f->event);
    f->areas = area_choices(ctx);
    f->zones = zone_choices(ctx, f->event);
    f->places = agenda_places(ctx, PLACES_SUGGESTED);
    f->topics = agenda_topics_used(ctx);
}

/* A new event on the day of a calendar that somebody chose; what is no day is not filled in. */
static const char *asked_start(Ctx *ctx, const Request *req)
{
    const char *day = query_text(req, "dia"), *hour = query_text(req, "hora");
    Wall wall;
    if (text_blank(day) || strlen(day) != 10)
        return NULL;
    const char *text = arena_printf(ctx->arena, "%sT%s", day, text_blank(hour) ? "10:00" : hour);
    return wall_parse(text, &wall) && wall_valid(wall) ? arena_copy(ctx->arena, wall_text(ctx->arena, wall), 16) : NULL;
}

void agenda_draw_form(Ctx *ctx, const Request *req, Page *page, const Event *e, bool duplicate)
{
    Arena *a = ctx->arena;
    bool old = e && !duplicate;
    EventForm f = {
        .form = req->form,
        .event = e,
        .duplicate = duplicate,
        .moves = old && wants_reason(ctx, e),
        .starts = e ? NULL : asked_start(ctx, req),
        .title = old         ? say(ctx, "Edit the event")
                 : duplicate ? say(ctx, "Duplicate the event")
                             : say(ctx, "New event"),
        .action = old         ? agenda_url(a, e->id)
                  : duplicate ? url_id(a, "/mesa/agenda/", e->id, "/duplicar")
                              : url_literal("/mesa/agenda"),
        .back = e ? agenda_url(a, e->id) : url_literal("/mesa/agenda"),
    };
    if (old) {
        f.lease = url_id(a, "/mesa/agenda/", e->id, "/apartar");
        f.leases = agenda_leases_of(ctx, e->id);
        f.scope = agenda_scope_shown(ctx, req->form, e, NULL, false);
    }
    choose(ctx, &f);
    compare(ctx, req, &f);
    page->title = f.title;
    page->here = "/mesa/agenda";
    page->version = NONE; /* others open and leave it, and what is suggested changes */
    agenda_view_form(page->html, &f);
}
