/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_jsonld.c: a public event as search engines read it: schema.org Event. */
#include "desks/agenda/events/agenda_public_event.h"
#include "desks/agenda/agenda_room.h"

#include <math.h>

enum { JSON_MAX = 256 * 1024 };

static bool by_day(const PublicEvent *e)
{
    return e->all_day || e->time_to_be_confirmed;
}

/* A day alone where there is no hour. */
static const char *moment(Ctx *ctx, const PublicEvent *e, i64 at, bool day)
{
    const Zone *zone = zone_find(e->time_zone);
    return day ? clock_day_text(ctx->arena, zone, at) : clock_rfc3339(ctx->arena, zone, at);
}

static const char *status_of(const PublicEvent *e)
{
    if (e->status == EVENT_CANCELLED)
        return "https://schema.org/EventCancelled";
    if (e->status == EVENT_POSTPONED)
        return "https://schema.org/EventPostponed";
    return e->status == EVENT_RESCHEDULED ? "https://schema.org/EventRescheduled" : "https://schema.org/EventScheduled";
}

List agenda_public_dates(Ctx *ctx, const PublicEvent *e)
{
    const EventDate *d = e->previous_dates.items;
    EventDate *kept = arena_array(ctx->arena, EventDate, e->previous_dates.count + 1);
    size_t n = 0;
    for (size_t i = 0; i < e->previous_dates.count; i++) {
        if (d[i].starts_at != e->starts_at && !text_same(d[i].verb, "cancelled"))
            kept[n++] = d[i];
    }
    if (!n && e->previous_starts_at && e->previous_starts_at != e->starts_at)
        kept[n++] = (EventDate){.starts_at = e->previous_starts_at, .verb = "rescheduled"};
    return (List){kept, n};
}

static void add_previous(Ctx *ctx, JsonOut *j, const PublicEvent *e)
{
    List dates = agenda_public_dates(ctx, e);
    const EventDate *d = dates.items;
    if (!dates.count)
        return;
    json_open(j, "previousStartDate", '[');
    for (size_t i = 0; i < dates.count; i++)
        json_text(j, NULL, moment(ctx, e, d[i].starts_at, d[i].all_day));
    json_close(j, ']');
}

static void add_address(JsonOut *j, const Ctx *ctx, const Place *p)
{
    json_open(j, "address", '{');
    json_text(j, "@type", "PostalAddress");
    json_text(j, "streetAddress", p->address ? p->address : p->neighbourhood);
    json_text(j, "addressLocality", ctx->city->name);
    json_text(j, "postalCode", p->postcode);
    json_text(j, "addressCountry", "MX");
    json_close(j, '}');
}

static void add_place(const Ctx *ctx, JsonOut *j, const Place *p)
{
    if (!p->name)
        return;
    json_open(j, "location", '{');
    json_text(j, "@type", "Place");
    json_text(j, "name", p->name);
    add_address(j, ctx, p);
    if (!isnan(p->lat) && !isnan(p->lon)) {
        json_open(j, "geo", '{');
        json_text(j, "@type", "GeoCoordinates");
        json_real(j, "latitude", p->lat);
        json_real(j, "longitude", p->lon);
        json_close(j, '}');
    }
    json_close(j, '}');
}

Buf *agenda_jsonld(Ctx *ctx, const PublicEvent *e)
{
    Buf *out = buf_new(ctx->arena, 2048, JSON_MAX);
    JsonOut j = json_out(out);
    bool ends = e->ends_at > e->starts_at && !e->time_to_be_confirmed;
    json_open(&j, NULL, '{');
    json_text(&j, "@context", "https://schema.org");
    json_text(&j, "@type", "Event");
    json_text(&j, "@id", e->url);
    json_text(&j, "name", e->title);
    json_text(&j, "startDate", moment(ctx, e, e->starts_at, by_day(e)));
    if (ends)
        json_text(&j, "endDate", moment(ctx, e, e->all_day ? e->ends_at - 1 : e->ends_at, e->all_day));
    json_text(&j, "eventStatus", status_of(e));
    add_previous(ctx, &j, e);
    json_text(&j, "eventAttendanceMode", "https://schema.org/OfflineEventAttendanceMode");
    add_place(ctx, &j, &e->place);
    json_text(&j, "description", e->description ? e->description : e->title);
    json_text(&j, "url", e->url);
    json_open(&j, "organizer", '{');
    json_text(&j, "@type", "GovernmentOrganization");
    json_text(&j, "name", e->area_name ? e->area_name : ctx->city->office ? ctx->city->office : ctx->city->name);
    json_text(&j, "url", ctx->city->base_url);
    json_close(&j, '}');
    json_close(&j, '}');
    return out;
}
