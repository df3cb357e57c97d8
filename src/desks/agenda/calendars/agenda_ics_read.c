/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_ics_read.c: one VEVENT, read by libical, into an event of ours, or why it cannot be one. */
#include "desks/agenda/calendars/agenda_ics.h"

#include <math.h>
#include <stdlib.h>

enum { TOPICS_MAX = 20, TOPIC_MAX = 60, UID_MAX = 255 };

typedef struct Reading {
    Ctx *ctx;
    const IcsFile *file;
    const IcsComponent *source;
    icalcomponent *c;
    const Zone *home; /* of times that name none */
    IcsMoment start;
    IcsEvent event;
} Reading;

static icalproperty *first(const Reading *r, icalproperty_kind kind)
{
    return icalcomponent_get_first_property(r->c, kind);
}

/* The line of the first property of a name; the component's when there is none. */
static i64 line_of(const IcsComponent *c, const char *name)
{
    const IcsLine *lines = c->lines.items;
    for (size_t i = 0; i < c->lines.count; i++) {
        if (!strcmp(lines[i].name, name))
            return lines[i].line;
    }
    return 0;
}

static bool stands_there(const Reading *r, const char *name)
{
    return line_of(r->source, name) != 0;
}

/* libical drops a property whose value it cannot read: it stands in the file and not in the component. */
static bool readable(Reading *r, const char *name, icalproperty_kind kind)
{
    if (!stands_there(r, name) || first(r, kind))
        return true;
    r->event.refused_line = line_of(r->source, name);
    return fault(r->ctx, FAULT_INVALID,
                 "%s cannot be read: its value is not what RFC 5545 wants there", name);
}

static const char *clean(Ctx *ctx, const char *text)
{
    return text_blank(text) ? NULL : text_nfc(ctx->arena, text_trim(ctx->arena, text));
}

static const char *one_line(Ctx *ctx, const char *text)
{
    return text_blank(text) ? NULL : text_nfc(ctx->arena, text_squeeze(ctx->arena, text));
}

/* ---- what it is called ---- */

static bool read_uid(Reading *r)
{
    icalproperty *p = first(r, ICAL_UID_PROPERTY);
    r->event.uid = p ? clean(r->ctx, icalproperty_get_uid(p)) : NULL;
    if (!r->event.uid)
        return fault(r->ctx, FAULT_INVALID,
                     "there is no UID: without it the event cannot be found again");
    if (strlen(r->event.uid) > UID_MAX)
        return fault(r->ctx, FAULT_INVALID, "the UID is longer than %d bytes", UID_MAX);
    return true;
}

static bool read_title(Reading *r)
{
    icalproperty *p = first(r, ICAL_SUMMARY_PROPERTY);
    r->event.title = p ? one_line(r->ctx, icalproperty_get_summary(p)) : NULL;
    if (!r->event.title)
        return fault(r->ctx, FAULT_INVALID, "there is no SUMMARY: an event needs a title");
    if (!text_fits(r->event.title, AGENDA_TITLE_MAX) || strlen(r->event.title) > 1000)
        return fault(r->ctx, FAULT_INVALID, "SUMMARY is longer than %d characters",
                     AGENDA_TITLE_MAX);
    return true;
}

static bool read_description(Reading *r)
{
    icalproperty *p = first(r, ICAL_DESCRIPTION_PROPERTY), *link = first(r, ICAL_URL_PROPERTY);
    const char *text = p ? clean(r->ctx, icalproperty_get_description(p)) : NULL;
    const char *url = link ? clean(r->ctx, icalproperty_get_url(link)) : NULL;
    Url outside;
    if (url && url_outside(r->ctx->arena, url, &outside) && !(text && strstr(text, url)))
        text = text ? arena_printf(r->ctx->arena, "%s\n%s", text, url) : url;
    if (text && !text_fits(text, AGENDA_TEXT_MAX))
        return fault(r->ctx, FAULT_INVALID, "DESCRIPTION is longer than %d characters",
                     AGENDA_TEXT_MAX);
    r->event.description = text;
    return true;
}

static bool read_topics(Reading *r)
{
    Buf *out = buf_new(r->ctx->arena, 64, 64 * 1024);
    int count = 0;
    for (icalproperty *p = first(r, ICAL_CATEGORIES_PROPERTY); p && count < TOPICS_MAX;
         p = icalcomponent_get_next_property(r->c, ICAL_CATEGORIES_PROPERTY)) {
        const char *topic = one_line(r->ctx, icalproperty_get_categories(p));
        if (!topic)
            continue;
        buf_printf(out, "%s%s", count++ ? "\n" : "", text_clip(r->ctx->arena, topic, TOPIC_MAX));
    }
    r->event.topics = count ? buf_data(out) : NULL;
    return true;
}

/* ---- where ---- */

static bool read_geo(Reading *r, struct icalgeotype g)
{
    r->event.place.lat = g.lat;
    r->event.place.lon = g.lon;
    if (fabs(g.lat) <= 90 && fabs(g.lon) <= 180)
        return true;
    r->event.refused_line = line_of(r->source, "GEO");
    return fault(r->ctx, FAULT_INVALID,
                 "GEO is no place on earth: write latitude;longitude in degrees");
}

/* "Plaza de Armas, Centro Histórico": the name is what stands before the first comma. */
static bool read_place(Reading *r)
{
    r->event.place = (Place){.lat = NAN, .lon = NAN};
    icalproperty *p = first(r, ICAL_LOCATION_PROPERTY), *geo = first(r, ICAL_GEO_PROPERTY);
    const char *text = p ? one_line(r->ctx, icalproperty_get_location(p)) : NULL;
    if (!readable(r, "GEO", ICAL_GEO_PROPERTY) || (geo && !read_geo(r, icalproperty_get_geo(geo))))
        return false;
    if (!text)
        return true;
    const char *comma = strchr(text, ',');
    const char *name =
        comma ? text_trim(r->ctx->arena, arena_copy(r->ctx->arena, text, (size_t)(comma - text)))
              : text;
    r->event.place.name = text_blank(name) ? text : name;
    r->event.place.address = comma && !text_blank(name) ? clean(r->ctx, comma + 1) : NULL;
    return !geo || read_geo(r, icalproperty_get_geo(geo));
}

/* ---- what kind ---- */

static bool read_class(Reading *r)
{
    icalproperty *p = first(r, ICAL_CLASS_PROPERTY);
    enum icalproperty_class said = p ? icalproperty_get_class(p) : ICAL_CLASS_PUBLIC;
    r->event.visibility_said = stands_there(r, "CLASS");
    r->event.visibility =
        VISIBLE_PRIVATE; /* a word that we do not know is private (RFC 5545 3.8.1.3) */
    if (!r->event.visibility_said || (p && said == ICAL_CLASS_PUBLIC))
        r->event.visibility = VISIBLE_PUBLIC;
    else if (p && said == ICAL_CLASS_CONFIDENTIAL)
        r->event.visibility = VISIBLE_CONFIDENTIAL;
    return true;
}

static bool read_status(Reading *r)
{
    icalproperty *p = first(r, ICAL_STATUS_PROPERTY);
    icalproperty_status said = p ? icalproperty_get_status(p) : ICAL_STATUS_CONFIRMED;
    const IcsCalendar *calendar =
        (const IcsCalendar *)r->file->calendars.items + r->source->calendar;
    r->event.vocero = calendar->vocero;
    r->event.status = EVENT_CONFIRMED;
    if (calendar->cancels || said == ICAL_STATUS_CANCELLED)
        r->event.status = EVENT_CANCELLED;
    else if (said == ICAL_STATUS_TENTATIVE)
        r->event.status = EVENT_TENTATIVE;
    return true;
}

static bool read_sequence(Reading *r)
{
    icalproperty *p = first(r, ICAL_SEQUENCE_PROPERTY);
    if (!readable(r, "SEQUENCE", ICAL_SEQUENCE_PROPERTY))
        return false;
    r->event.sequence = p ? icalproperty_get_sequence(p) : 0;
    return r->event.sequence >= 0 || fault(r->ctx, FAULT_INVALID, "SEQUENCE is a number from 0 on");
}

/* ---- when ---- */

/* A single event that was written in UTC is shown in the city's time; a series keeps UTC, as its rule counts in it. */
static const Zone *zone_kept(const Reading *r)
{
    bool repeats = stands_there(r, "RRULE") || stands_there(r, "RDATE");
    return !repeats && text_same(zone_name(r->start.zone), "UTC") ? r->home : r->start.zone;
}

static bool read_times(Reading *r)
{
    icalproperty *p = first(r, ICAL_DTSTART_PROPERTY);
    i64 ends_at;
    if (!stands_there(r, "DTSTART"))
        return fault(r->ctx, FAULT_INVALID, "there is no DTSTART: an event needs a beginning");
    if (!readable(r, "DTSTART", ICAL_DTSTART_PROPERTY) ||
        !readable(r, "DTEND", ICAL_DTEND_PROPERTY) ||
        !readable(r, "DURATION", ICAL_DURATION_PROPERTY) ||
        !agenda_ics_moment(r->ctx, r->file, r->home, p, &r->start))
        return false;
    if (!agenda_ics_end(r->ctx, r->file, r->home, r->c, &r->start, &ends_at)) {
        i64 line = line_of(r->source, "DTEND");
        r->event.refused_line = line ? line : line_of(r->source, "DURATION");
        return false;
    }
    const Zone *zone = zone_kept(r);
    r->event.when = (When){
        .starts_at = r->start.at,
        .ends_at = ends_at,
        .starts = clock_wall(zone, r->start.at),
        .ends = clock_wall(zone, ends_at),
        .zone = zone,
        .all_day = r->start.is_date,
    };
    r->event.duration = ends_at - r->start.at;
    return true;
}

/* A day alone, where the series has hours, means the occurrence of that day. */
static IcsMoment at_the_hour(const Reading *r, IcsMoment m)
{
    if (!m.is_date || r->start.is_date)
        return m;
    m.wall.hour = r->start.wall.hour;
    m.wall.minute = r->start.wall.minute;
    m.wall.second = r->start.wall.second;
    m.at = clock_instant(m.zone, m.wall, NULL);
    return m;
}

static bool read_recurrence_id(Reading *r)
{
    icalproperty *p = first(r, ICAL_RECURRENCEID_PROPERTY);
    IcsMoment m;
    if (!readable(r, "RECURRENCE-ID", ICAL_RECURRENCEID_PROPERTY))
        return false;
    if (!p)
        return true;
    if (icalproperty_get_first_parameter(p, ICAL_RANGE_PARAMETER))
        return fault(r->ctx, FAULT_INVALID,
                     "RECURRENCE-ID with RANGE is not supported: change the series itself");
    if (!agenda_ics_moment(r->ctx, r->file, r->home, p, &m))
        return false;
    r->event.override = true;
    r->event.recurrence_at = at_the_hour(r, m).at;
    return true;
}

/* ---- how often ---- */

static int by_instant(const void *a, const void *b)
{
    i64 x = *(const i64 *)a, y = *(const i64 *)b;
    return (x > y) - (x < y);
}

static bool read_exceptions(Reading *r)
{
    size_t count = 0, n = 0;
    for (icalproperty *p = first(r, ICAL_EXDATE_PROPERTY); p;
         p = icalcomponent_get_next_property(r->c, ICAL_EXDATE_PROPERTY))
        count++;
    i64 *instants = arena_array(r->ctx->arena, i64, count + 1);
    for (icalproperty *p = first(r, ICAL_EXDATE_PROPERTY); p;
         p = icalcomponent_get_next_property(r->c, ICAL_EXDATE_PROPERTY)) {
        IcsMoment m;
        if (!agenda_ics_moment(r->ctx, r->file, r->home, p, &m))
            return false;
        instants[n++] = at_the_hour(r, m).at;
    }
    qsort(instants, n, sizeof *instants, by_instant);
    r->event.rule.exceptions = (List){instants, n};
    return readable(r, "EXDATE", ICAL_EXDATE_PROPERTY);
}

static bool read_additions(Reading *r)
{
    size_t count = 0, n = 0;
    for (icalproperty *p = first(r, ICAL_RDATE_PROPERTY); p;
         p = icalcomponent_get_next_property(r->c, ICAL_RDATE_PROPERTY))
        count++;
    if (count > SERIES_OCCURRENCES)
        return fault(r->ctx, FAULT_INVALID, "there are more than %d RDATE", SERIES_OCCURRENCES);
    Wall *walls = arena_array(r->ctx->arena, Wall, count + 1);
    for (icalproperty *p = first(r, ICAL_RDATE_PROPERTY); p;
         p = icalcomponent_get_next_property(r->c, ICAL_RDATE_PROPERTY)) {
        IcsMoment m;
        if (!agenda_ics_moment(r->ctx, r->file, r->home, p, &m))
            return false;
        walls[n++] = clock_wall(r->start.zone, at_the_hour(r, m).at);
    }
    r->event.rule.additions = (List){walls, n};
    return readable(r, "RDATE", ICAL_RDATE_PROPERTY);
}

static bool read_rule(Reading *r)
{
    icalproperty *p = first(r, ICAL_RRULE_PROPERTY);
    r->event.rule_line = line_of(r->source, "RRULE");
    if (stands_there(r, "EXRULE"))
        return fault(r->ctx, FAULT_INVALID, "EXRULE is out of use: list the days with EXDATE");
    if (!readable(r, "RRULE", ICAL_RRULE_PROPERTY))
        return false;
    if (p && icalcomponent_get_next_property(r->c, ICAL_RRULE_PROPERTY))
        return fault(r->ctx, FAULT_INVALID, "there are two RRULE: one event repeats by one rule");
    if (p) {
        r->event.rule.text = arena_text(r->ctx->arena, icalproperty_get_value_as_string(p));
        if (!agenda_series_check(r->ctx, r->event.rule.text))
            return false;
    }
    return read_exceptions(r) && read_additions(r);
}

/* ---- its print, to notice a change ---- */

/* FNV-1a, twice from different beginnings: for noticing changes, not against forgers. */
typedef struct Print {
    u64 a, b;
} Print;

static void print_bytes(Print *p, const void *bytes, size_t n)
{
    const unsigned char *c = bytes;
    for (size_t i = 0; i < n; i++) {
        p->a = (p->a ^ c[i]) * 0x100000001b3u;
        p->b = (p->b ^ c[i]) * 0x100000001b3u + 1;
    }
}

static void print_text(Print *p, const char *text)
{
    print_bytes(p, text ? text : "\1", text ? strlen(text) + 1 : 2);
}

static void print_int(Print *p, i64 n)
{
    print_bytes(p, &n, sizeof n);
}

static const char *print_done(Ctx *ctx, Print p)
{
    return arena_printf(ctx->arena, "%016" PRIx64 "%016" PRIx64, p.a, p.b);
}

static void print_face(Ctx *ctx, Print *p, const IcsEvent *e)
{
    const char *texts[] = {e->title, e->description, e->topics, e->place.name, e->place.address};
    for (size_t i = 0; i < COUNT(texts); i++)
        print_text(p, texts[i]);
    print_text(p, e->place.name ? arena_printf(ctx->arena, "%.6f %.6f", e->place.lat, e->place.lon)
                                : "");
    print_int(p, (i64)e->status);
    print_int(p, (i64)e->visibility);
    print_int(p, e->duration);
    print_int(p, e->when.all_day);
}

static void print_list(Print *p, List list, size_t size)
{
    print_int(p, (i64)list.count);
    if (list.count)
        print_bytes(p, list.items, list.count * size);
}

void agenda_ics_print(Ctx *ctx, IcsEvent *e)
{
    Print p = {0xcbf29ce484222325u, 0x9ae16a3b2f90404fu};
    print_face(ctx, &p, e);
    e->face = print_done(ctx, p);
    print_int(&p, e->sequence);
    print_text(&p, wall_text(ctx->arena, e->when.starts));
    print_text(&p, zone_name(e->when.zone));
    print_text(&p, e->rule.text);
    print_list(&p, e->rule.exceptions, sizeof(i64));
    print_list(&p, e->rule.additions, sizeof(Wall));
    e->hash = print_done(ctx, p);
}

/* ---- the whole ---- */

/* In this order; with the property whose line is told when it fails. */
static const struct {
    const char *name;
    bool (*read)(Reading *r);
} steps[] = {
    {"UID", read_uid},           {"SUMMARY", read_title},
    {"CLASS", read_class},       {"STATUS", read_status},
    {"SEQUENCE", read_sequence}, {"DTSTART", read_times},
    {"RRULE", read_rule},        {"RECURRENCE-ID", read_recurrence_id},
    {"LOCATION", read_place},    {"DESCRIPTION", read_description},
    {"CATEGORIES", read_topics},
};

static bool read_all(Reading *r)
{
    for (size_t i = 0; i < COUNT(steps); i++) {
        if (!steps[i].read(r)) {
            i64 line =
                r->event.refused_line ? r->event.refused_line : line_of(r->source, steps[i].name);
            r->event.refused_line = line ? line : r->source->line;
            return false;
        }
    }
    return true;
}

static const Zone *home_of(const Reading *r)
{
    const IcsCalendar *calendar =
        (const IcsCalendar *)r->file->calendars.items + r->source->calendar;
    const Zone *zone = agenda_ics_zone(r->file, calendar->zone_name);
    return zone ? zone : r->ctx->city->zone;
}

IcsEvent agenda_ics_read(Ctx *ctx, const IcsFile *file, const IcsComponent *source)
{
    Reading r = {.ctx = ctx, .file = file, .source = source, .event = {.line = source->line}};
    if (source->bad) {
        r.event.refused = source->bad;
        r.event.refused_line = source->bad_line;
        return r.event;
    }
    r.home = home_of(&r);
    r.c = icalparser_parse_string(source->text);
    if (!r.c) {
        r.event.refused = say(ctx, "the event cannot be read as RFC 5545 wants it");
        r.event.refused_line = source->line;
        return r.event;
    }
    if (read_all(&r))
        agenda_ics_print(ctx, &r.event);
    else
        r.event.refused = fault_take(ctx).what;
    icalcomponent_free(r.c);
    return r.event;
}
