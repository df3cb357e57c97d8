/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_ninjs.c: an event with the coverage that is planned, as newsrooms exchange it: IPTC ninjs 3.1.
 *
 * The schema allows nothing that it does not name (unevaluatedProperties is false), wants exactly one of startDate and
 * expectedStartDate, and no empty texts. Codes: IPTC eventoccurstatus, newscoveragestatus. */
#include "desks/agenda/events/agenda_public_event.h"
#include "desks/agenda/agenda_room.h"

#include <math.h>

enum { NINJS_MAX = 8 * 1024 * 1024 };
#define CODES "http://cv.iptc.org/newscodes/"

/* What both kinds of event have. */
typedef struct Item {
    i64 id, starts_at, ends_at, changed_at;
    const char *title, *description, *topics, *time_zone, *reason, *url, *area_name;
    bool all_day, time_to_be_confirmed;
    EventStatus status;
    Certainty certainty;
    Visibility visibility;
    const Place *place;
} Item;

static const char *utc(Ctx *ctx, i64 at)
{
    return clock_rfc3339(ctx->arena, ctx->city->zone, at);
}

static void add_values(JsonOut *j, const char *name, const char *role, const char *value)
{
    if (text_blank(value))
        return;
    json_open(j, name, '[');
    json_open(j, NULL, '{');
    json_text(j, "role", role);
    json_text(j, "contentType", "text/plain");
    json_text(j, "value", value);
    json_close(j, '}');
    json_close(j, ']');
}

static void add_standard(JsonOut *j)
{
    json_open(j, "standard", '{');
    json_text(j, "name", "ninjs");
    json_text(j, "version", "3.1");
    json_text(j, "schema", "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json");
    json_close(j, '}');
}

static const char *pub_status(const Item *e)
{
    if (e->status == EVENT_CANCELLED)
        return "canceled";
    return e->visibility == VISIBLE_PUBLIC ? "usable" : "withheld";
}

static void add_subjects(Ctx *ctx, JsonOut *j, const char *topics)
{
    List lines = topics ? text_split(ctx->arena, topics, '\n') : (List){0};
    if (!lines.count)
        return;
    json_open(j, "subjects", '[');
    for (size_t i = 0; i < lines.count; i++) {
        json_open(j, NULL, '{');
        json_text(j, "name", ((const char *const *)lines.items)[i]);
        json_close(j, '}');
    }
    json_close(j, ']');
}

static void add_address(JsonOut *j, const City *city, const Place *p)
{
    json_open(j, "contactInfo", '[');
    json_open(j, NULL, '{');
    json_text(j, "type", "physical");
    json_open(j, "address", '{');
    if (!text_blank(p->address) || !text_blank(p->neighbourhood)) {
        json_open(j, "lines", '[');
        if (!text_blank(p->address))
            json_text(j, NULL, p->address);
        if (!text_blank(p->neighbourhood))
            json_text(j, NULL, p->neighbourhood);
        json_close(j, ']');
    }
    json_text(j, "locality", city->name);
    json_text(j, "postalCode", p->postcode);
    json_close(j, '}');
    json_close(j, '}');
    json_close(j, ']');
}

static void add_place(JsonOut *j, const City *city, const Place *p)
{
    if (!p->name)
        return;
    json_open(j, "places", '[');
    json_open(j, NULL, '{');
    json_text(j, "name", p->name);
    add_address(j, city, p);
    if (!isnan(p->lat) && !isnan(p->lon)) {
        json_open(j, "geoJSON", '{');
        json_text(j, "type", "Feature");
        json_open(j, "properties", '{');
        json_text(j, "name", p->name);
        json_close(j, '}');
        json_open(j, "geometry", '{');
        json_text(j, "type", "Point");
        json_open(j, "coordinates", '[');
        json_real(j, NULL, p->lon);
        json_real(j, NULL, p->lat);
        json_close(j, ']');
        json_close(j, '}');
        json_close(j, '}');
    }
    json_close(j, '}');
    json_close(j, ']');
}

/* 20221231T235959Z, or a day, as RRULE writes them. */
static const char *until_of(Ctx *ctx, const char *value)
{
    int y, mo, d, h = 23, mi = 59, s = 59;
    if (sscanf(value, "%4d%2d%2dT%2d%2d%2d", &y, &mo, &d, &h, &mi, &s) < 3)
        return NULL;
    return arena_printf(ctx->arena, "%04d-%02d-%02dT%02d:%02d:%02dZ", y, mo, d, h, mi, s);
}

/* What ninjs knows of a rule: how often, and until when; which days of the week it cannot say. */
static void add_recurrence(Ctx *ctx, JsonOut *j, const char *rule)
{
    List parts = text_split(ctx->arena, rule, ';');
    json_open(j, "recurrence", '{');
    json_open(j, "recurrenceRules", '[');
    json_open(j, NULL, '{');
    for (size_t i = 0; i < parts.count; i++) {
        const char *part = ((const char *const *)parts.items)[i], *value = strchr(part, '=');
        i64 number;
        if (!value)
            continue;
        value++;
        if (text_starts(part, "FREQ="))
            json_text(j, "frequency", text_lower(ctx->arena, value));
        else if (text_starts(part, "INTERVAL=") && text_int(value, &number))
            json_int(j, "interval", number);
        else if (text_starts(part, "COUNT=") && text_int(value, &number))
            json_int(j, "count", number);
        else if (text_starts(part, "UNTIL="))
            json_text(j, "until", until_of(ctx, value));
    }
    json_close(j, '}');
    json_close(j, ']');
    json_close(j, '}');
}

/* An hour that is not sure yet is expected, and cut to its day. */
static void add_dates(Ctx *ctx, JsonOut *j, const Item *e, const char *rule)
{
    const Zone *zone = zone_find(e->time_zone);
    bool day = e->all_day || e->time_to_be_confirmed;
    json_open(j, "dates", '{');
    if (day) {
        json_text(j, "expectedStartDate", clock_day_text(ctx->arena, zone, e->starts_at));
        if (e->all_day && e->ends_at - e->starts_at > 25 * CLOCK_HOUR)
            json_text(j, "expectedEndDate", clock_day_text(ctx->arena, zone, e->ends_at - 1));
    } else {
        json_text(j, "startDate", clock_rfc3339(ctx->arena, zone, e->starts_at));
        if (e->ends_at > e->starts_at)
            json_text(j, "endDate", clock_rfc3339(ctx->arena, zone, e->ends_at));
    }
    if (rule)
        add_recurrence(ctx, j, rule);
    json_close(j, '}');
}

static void add_details(Ctx *ctx, JsonOut *j, const Item *e, const char *covered, const char *rule)
{
    const char *word = word_name(agenda_certainty_words, (int)e->certainty);
    json_open(j, "eventDetails", '{');
    if (e->certainty != CERTAINTY_BY_STATUS)
        json_text(j, "eventStatus", arena_printf(ctx->arena, CODES "eventoccurstatus/%s", word));
    if (covered)
        json_text(j, "plannedCoverageStatus", arena_printf(ctx->arena, CODES "newscoveragestatus/%s", covered));
    add_dates(ctx, j, e, rule);
    json_open(j, "organiser", '{');
    json_text(j, "name", e->area_name ? e->area_name : ctx->city->office ? ctx->city->office : ctx->city->name);
    json_text(j, "uri", ctx->city->base_url);
    json_close(j, '}');
    json_close(j, '}');
}

/* ---- coverages ---- */

static const char *type_of(CoverageKind kind)
{
    static const char *const types[] = {
        [COVER_PHOTO] = "picture",  [COVER_VIDEO] = "video", [COVER_STREAM] = "video", [COVER_LIVE_TEXT] = "text",
        [COVER_RELEASE] = "text",   [COVER_POST] = "text",   [COVER_AUDIO] = "audio",  [COVER_DESIGN] = "graphic",
    };
    return types[kind];
}

static void add_item_count(JsonOut *j, const Coverage *c)
{
    bool least = c->quantity_min != NONE && c->quantity_min > 0, most = c->quantity_max != NONE && c->quantity_max > 0;
    if (!least && !most)
        return;
    json_open(j, "itemCount", '{');
    if (least)
        json_int(j, "rangeFrom", c->quantity_min);
    if (most)
        json_int(j, "rangeTo", c->quantity_max);
    json_close(j, '}');
}

static void add_coverage(Ctx *ctx, JsonOut *j, const Coverage *c)
{
    json_open(j, NULL, '{');
    json_text(j, "uri", arena_printf(ctx->arena, "%s/mesa/coberturas/%s", ctx->city->base_url, id_text(ctx->arena, c->id)));
    json_text(j, "title", say_word(ctx, agenda_kind_words, (int)c->kind));
    json_text(j, "type", type_of(c->kind));
    json_text(j, "pubStatus", c->state == COVERAGE_CANCELLED ? "canceled" : c->state == COVERAGE_APPROVED ? "usable" : "withheld");
    if (!text_blank(c->assignee_name)) {
        json_open(j, "commissioned", '{');
        json_text(j, "by", ctx->city->office ? ctx->city->office : ctx->city->name);
        json_text(j, "on", utc(ctx, id_moment(c->id)));
        json_close(j, '}');
    }
    add_item_count(j, c);
    if (c->due_at) {
        json_open(j, "dates", '{');
        json_text(j, "expectedEndDate", utc(ctx, c->due_at));
        json_close(j, '}');
    }
    if (!text_blank(c->brief))
        json_text(j, "edNote", c->brief);
    if (c->priority >= 1 && c->priority <= 9)
        json_int(j, "urgency", c->priority);
    json_close(j, '}');
}

/* What is planned of the whole: intended as soon as one coverage is. */
static const char *covered_of(const Event *e)
{
    const Coverage *c = e->coverages.items;
    const char *status = "notdec";
    for (size_t i = 0; i < e->coverages.count; i++) {
        if (c[i].state == COVERAGE_CANCELLED || c[i].state == COVERAGE_DECLINED)
            continue;
        status = word_name(agenda_news_words, (int)c[i].news_status);
        if (c[i].news_status == NEWS_INTENDED)
            return status;
    }
    return status;
}

static void add_coverages(Ctx *ctx, JsonOut *j, List coverages)
{
    const Coverage *c = coverages.items;
    if (!coverages.count)
        return;
    json_open(j, "plannedCoverage", '[');
    for (size_t i = 0; i < coverages.count; i++)
        add_coverage(ctx, j, &c[i]);
    json_close(j, ']');
}

/* ---- the whole ---- */

static void add_item(Ctx *ctx, JsonOut *j, const Item *e, const Event *desk)
{
    json_open(j, NULL, '{');
    json_text(j, "uri", e->url);
    add_standard(j);
    json_text(j, "type", "event");
    json_text(j, "language", "es-MX");
    json_text(j, "versionCreated", utc(ctx, e->changed_at));
    json_text(j, "contentCreated", utc(ctx, id_moment(e->id)));
    json_text(j, "pubStatus", pub_status(e));
    json_text(j, "title", e->title);
    add_values(j, "headlines", "main", e->title);
    add_values(j, "descriptions", "summary", e->description);
    if (!text_blank(e->reason))
        json_text(j, "edNote", e->reason);
    add_subjects(ctx, j, e->topics);
    add_place(j, ctx->city, e->place);
    add_details(ctx, j, e, desk ? covered_of(desk) : NULL, desk ? desk->rule : NULL);
    if (desk)
        add_coverages(ctx, j, desk->coverages);
    json_close(j, '}');
}

static Item item_of(const Event *e)
{
    return (Item){e->id, e->starts_at, e->ends_at, e->changed_at, e->title, e->description, e->topics, e->time_zone,
                  e->reason, e->url, e->area_name, e->all_day, e->time_to_be_confirmed, e->status, e->certainty,
                  e->visibility, &e->place};
}

void agenda_ninjs_public(Ctx *ctx, const PublicEvent *e, Buf *out)
{
    JsonOut j = json_out(out);
    Item item = {e->id, e->starts_at, e->ends_at, e->changed_at, e->title, e->description, e->topics, e->time_zone,
                 e->reason, e->url, e->area_name, e->all_day, e->time_to_be_confirmed, e->status, e->certainty,
                 VISIBLE_PUBLIC, &e->place};
    add_item(ctx, &j, &item, NULL);
}

void agenda_ninjs_desk(Ctx *ctx, const Event *e, Buf *out)
{
    JsonOut j = json_out(out);
    Item item = item_of(e);
    add_item(ctx, &j, &item, e);
}

void agenda_ninjs_list(Ctx *ctx, List events, Buf *out)
{
    JsonOut j = json_out(out);
    const Event *e = events.items;
    json_open(&j, NULL, '{');
    json_open(&j, "items", '[');
    for (size_t i = 0; i < events.count && !buf_over(out); i++) {
        Item item = item_of(&e[i]);
        add_item(ctx, &j, &item, &e[i]);
    }
    json_close(&j, ']');
    json_close(&j, '}');
}

void agenda_give_ninjs(Ctx *ctx, Page *page, const Event *e)
{
    Buf *out = buf_new(ctx->arena, 4096, NINJS_MAX);
    agenda_ninjs_desk(ctx, e, out);
    page_bytes(page, "application/json; charset=utf-8", NULL, out);
}

void agenda_give_ninjs_list(Ctx *ctx, Page *page, const AgendaFilter *filter)
{
    Buf *out = buf_new(ctx->arena, 64 * 1024, NINJS_MAX);
    List events = agenda_list(ctx, filter, 0, 0, FEED_MOST);
    agenda_with_coverages(ctx, events);
    if (faulted(ctx))
        return;
    agenda_ninjs_list(ctx, events, out);
    if (buf_over(out))
        fault(ctx, FAULT_TOO_LARGE, "There is too much for one answer: ask for a month.");
    else
        page_bytes(page, "application/json; charset=utf-8", NULL, out);
}
