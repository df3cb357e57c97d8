/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_event_form.c: the form for an event: what stands in it, and what it offers to choose from. */
#include "desks/agenda/agenda_event_form.h"
#include "agenda_event_form_views.h"

#include <math.h>

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

/* ---- what the event says in a control ---- */

/* As a datetime-local control wants it: 2022-07-14T10:00. */
static const char *control_time(Ctx *ctx, const Event *e, i64 instant)
{
    const Zone *zone = zone_find(e->time_zone);
    return arena_copy(ctx->arena, wall_text(ctx->arena, clock_wall(zone, instant)), 16);
}

/* Whole days end with their last minute: people read the day, and it is read back as the same. */
static const char *control_end(Ctx *ctx, const Event *e)
{
    return control_time(ctx, e, e->all_day ? e->ends_at - CLOCK_MINUTE : e->ends_at);
}

static const char *control_certainty(const Event *e)
{
    bool usual = e->certainty == agenda_certainty_for(CERTAINTY_BY_STATUS, e->status);
    return word_name(agenda_certainty_words, usual ? CERTAINTY_BY_STATUS : (int)e->certainty);
}

static const char *control_id(Ctx *ctx, i64 id)
{
    return id ? id_text(ctx->arena, id) : NULL;
}

static const char *control_number(Ctx *ctx, i64 n)
{
    return n == NONE || n == 0 ? NULL : arena_printf(ctx->arena, "%" PRId64, n);
}

static const char *control_topics(Ctx *ctx, const char *topics)
{
    List lines = text_split(ctx->arena, topics ? topics : "", '\n');
    Buf *out = buf_new(ctx->arena, 64, 8192);
    for (size_t i = 0; i < lines.count; i++)
        buf_printf(out, "%s%s", i ? ", " : "", ((const char *const *)lines.items)[i]);
    return buf_size(out) ? buf_data(out) : NULL;
}

const char *agenda_control(Ctx *ctx, const Event *e, const char *name)
{
    if (!e)
        return NULL;
    const struct {
        const char *name, *value;
    } controls[] = {
        {"title", e->title},
        {"description", e->description},
        {"starts_at", control_time(ctx, e, e->starts_at)},
        {"ends_at", control_end(ctx, e)},
        {"all_day", e->all_day ? "1" : "0"},
        {"time_to_be_confirmed", e->time_to_be_confirmed ? "1" : "0"},
        {"time_zone", e->time_zone},
        {"place", e->place.name},
        {"calendar", control_id(ctx, e->calendar)},
        {"topics", control_topics(ctx, e->topics)},
        {"area", control_id(ctx, e->area)},
        {"headed_by", e->headed_by},
        {"attendees", e->attendees},
        {"attendance", control_number(ctx, e->attendance)},
        {"accreditation", e->accreditation},
        {"accreditation_until",
         e->accreditation_until ? control_time(ctx, e, e->accreditation_until) : NULL},
        {"status", word_name(agenda_status_words, (int)e->status)},
        {"certainty", control_certainty(e)},
        {"visibility", word_name(agenda_visibility_words, (int)e->visibility)},
        {"internal_note", e->internal_note},
    };
    for (size_t i = 0; i < COUNT(controls); i++)
        if (text_same(controls[i].name, name))
            return controls[i].value;
    return NULL;
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
