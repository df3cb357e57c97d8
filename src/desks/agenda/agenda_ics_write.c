/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_ics_write.c: the public agenda as a calendar that programs subscribe to (RFC 5545, RFC 5546 3.2.1, RFC 7986). */
#include "desks/agenda/agenda_ics.h"

#include <math.h>

enum { FOLD_AT = 75 };

/* ---- lines ---- */

static bool continues(char c)
{
    return ((unsigned char)c & 0xc0) == 0x80;
}

/* At most 75 bytes a line, never inside a character. */
static void add_line(Buf *out, const char *line)
{
    size_t size = strlen(line), room = FOLD_AT;
    while (size > room) {
        size_t cut = room;
        while (cut > 1 && continues(line[cut]))
            cut--;
        buf_add(out, line, cut);
        buf_text(out, "\r\n ");
        line += cut;
        size -= cut;
        room = FOLD_AT - 1;
    }
    buf_add(out, line, size);
    buf_text(out, "\r\n");
}

static const char *escaped(Arena *a, const char *text)
{
    Buf *b = buf_new(a, strlen(text) + 16, 1024 * 1024);
    for (const char *c = text; *c; c++) {
        if (*c == '\n')
            buf_text(b, "\\n");
        else if (*c == '\\' || *c == ';' || *c == ',')
            buf_printf(b, "\\%c", *c);
        else if ((unsigned char)*c >= 0x20)
            buf_char(b, *c);
    }
    return buf_data(b);
}

typedef struct Out {
    Ctx *ctx;
    Buf *buf;
} Out;

static void add_text(const Out *o, const char *name, const char *text)
{
    if (!text_blank(text))
        add_line(o->buf, arena_printf(o->ctx->arena, "%s:%s", name, escaped(o->ctx->arena, text)));
}

static void add_raw(const Out *o, const char *name, const char *value)
{
    add_line(o->buf, arena_printf(o->ctx->arena, "%s:%s", name, value));
}

static const char *stamp(Arena *a, Wall w, const char *z)
{
    return arena_printf(a, "%04d%02d%02dT%02d%02d%02d%s", w.year, w.month, w.day, w.hour, w.minute,
                        w.second, z);
}

static bool is_utc(const Zone *zone)
{
    return !zone || text_same(zone_name(zone), "UTC");
}

static void add_instant(const Out *o, const char *name, i64 at)
{
    add_raw(o, name, stamp(o->ctx->arena, clock_wall(NULL, at), "Z"));
}

/* In the event's own zone, or as a day when it has no hour. */
static void add_time(const Out *o, const char *name, const Zone *zone, bool day, i64 at)
{
    Arena *a = o->ctx->arena;
    Wall w = clock_wall(zone, at);
    if (day)
        add_line(o->buf,
                 arena_printf(a, "%s;VALUE=DATE:%04d%02d%02d", name, w.year, w.month, w.day));
    else if (is_utc(zone))
        add_instant(o, name, at);
    else
        add_line(o->buf, arena_printf(a, "%s;TZID=%s:%s", name, zone_name(zone), stamp(a, w, "")));
}

/* ---- time zones, from our clock's own data ---- */

static const char *offset_text(Arena *a, int seconds)
{
    int abs = seconds < 0 ? -seconds : seconds;
    return arena_printf(a, "%c%02d%02d", seconds < 0 ? '-' : '+', abs / 3600, abs / 60 % 60);
}

static void add_observance(const Out *o, Wall since, int from, int to)
{
    const char *kind = to > from ? "DAYLIGHT" : "STANDARD";
    add_raw(o, "BEGIN", kind);
    add_raw(o, "DTSTART", stamp(o->ctx->arena, since, ""));
    add_raw(o, "TZOFFSETFROM", offset_text(o->ctx->arena, from));
    add_raw(o, "TZOFFSETTO", offset_text(o->ctx->arena, to));
    add_raw(o, "END", kind);
}

/* The second of (low, high] at which the offset becomes another one. */
static i64 change_between(const Zone *zone, i64 low, i64 high)
{
    int before = zone_offset(zone, low);
    while (high - low > CLOCK_SECOND) {
        i64 middle = low + (high - low) / CLOCK_SECOND / 2 * CLOCK_SECOND;
        if (zone_offset(zone, middle) == before)
            low = middle;
        else
            high = middle;
    }
    return high;
}

static void add_zone(const Out *o, const Zone *zone, Span span)
{
    i64 at = (span.from / CLOCK_DAY - 366) * CLOCK_DAY, end = span.to + 366 * CLOCK_DAY;
    int offset = zone_offset(zone, at);
    add_raw(o, "BEGIN", "VTIMEZONE");
    add_raw(o, "TZID", zone_name(zone));
    add_observance(o, (Wall){.year = 1970, .month = 1, .day = 1}, offset, offset);
    for (; at < end; at += CLOCK_DAY) {
        int next = zone_offset(zone, at + CLOCK_DAY);
        if (next == offset)
            continue;
        i64 change = change_between(zone, at, at + CLOCK_DAY);
        add_observance(o, clock_wall(NULL, change + offset * CLOCK_SECOND), offset, next);
        offset = next;
    }
    add_raw(o, "END", "VTIMEZONE");
}

static bool by_day(const PublicEvent *e)
{
    return e->all_day || e->time_to_be_confirmed;
}

static bool used_before(const PublicEvent *events, size_t n, const char *zone)
{
    for (size_t i = 0; i < n; i++) {
        if (!by_day(&events[i]) && text_same(events[i].time_zone, zone))
            return true;
    }
    return false;
}

static void add_zones(const Out *o, List list)
{
    const PublicEvent *e = list.items;
    Span span = {INT64_MAX, INT64_MIN};
    for (size_t i = 0; i < list.count; i++) {
        i64 first = e[i].recurrence_at && e[i].recurrence_at < e[i].starts_at ? e[i].recurrence_at
                                                                              : e[i].starts_at;
        span.from = first < span.from ? first : span.from;
        span.to = e[i].ends_at > span.to ? e[i].ends_at : span.to;
    }
    for (size_t i = 0; i < list.count; i++) {
        const Zone *zone = zone_find(e[i].time_zone);
        if (!by_day(&e[i]) && !is_utc(zone) && !used_before(e, i, e[i].time_zone))
            add_zone(o, zone, span);
    }
}

/* ---- events ---- */

static const char *status_of(const PublicEvent *e)
{
    if (e->status == EVENT_CANCELLED || e->status == EVENT_POSTPONED)
        return "CANCELLED";
    return e->status == EVENT_TENTATIVE || e->time_to_be_confirmed ? "TENTATIVE" : "CONFIRMED";
}

static void add_place(const Out *o, const Place *p)
{
    if (!p->name)
        return;
    add_text(o, "LOCATION",
             p->address ? arena_printf(o->ctx->arena, "%s, %s", p->name, p->address) : p->name);
    if (!isnan(p->lat) && !isnan(p->lon))
        add_raw(o, "GEO", arena_printf(o->ctx->arena, "%.6f;%.6f", p->lat, p->lon));
}

static void add_topics(const Out *o, const char *topics)
{
    List lines = topics ? text_split(o->ctx->arena, topics, '\n') : (List){0};
    Buf *value = buf_new(o->ctx->arena, 64, 64 * 1024);
    for (size_t i = 0; i < lines.count; i++)
        buf_printf(value, "%s%s", i ? "," : "",
                   escaped(o->ctx->arena, ((const char *const *)lines.items)[i]));
    if (lines.count)
        add_raw(o, "CATEGORIES", buf_data(value));
}

/* RFC 6868 and RFC 5545 3.2: no quotes and no controls inside a quoted parameter. */
static void add_organizer(const Out *o)
{
    const City *city = o->ctx->city;
    char *name = arena_text(o->ctx->arena, city->office ? city->office : city->name);
    for (char *c = name; *c; c++)
        *c = *c == '"' || (unsigned char)*c < 0x20 ? ' ' : *c;
    add_line(o->buf, arena_printf(o->ctx->arena, "ORGANIZER;CN=\"%s\":%s", name, city->base_url));
}

static const char *description_of(const Out *o, const PublicEvent *e)
{
    const char *reason = text_blank(e->reason) ? NULL : e->reason;
    if (!reason)
        return e->description;
    const char *head = arena_printf(o->ctx->arena, "%s: %s",
                                    say_word(o->ctx, agenda_status_words, (int)e->status), reason);
    return e->description ? arena_printf(o->ctx->arena, "%s\n\n%s", head, e->description) : head;
}

static void add_event(const Out *o, const PublicEvent *e)
{
    const Zone *zone = zone_find(e->time_zone);
    add_raw(o, "BEGIN", "VEVENT");
    add_text(o, "UID", e->uid);
    add_instant(o, "DTSTAMP", e->changed_at);
    add_instant(o, "LAST-MODIFIED", e->changed_at);
    add_raw(o, "SEQUENCE", arena_printf(o->ctx->arena, "%" PRId64, e->sequence));
    if (e->recurrence_at)
        add_time(o, "RECURRENCE-ID", zone, e->all_day, e->recurrence_at);
    add_time(o, "DTSTART", zone, by_day(e), e->starts_at);
    if ((e->all_day || !e->time_to_be_confirmed) && e->ends_at > e->starts_at)
        add_time(o, "DTEND", zone, e->all_day, e->ends_at);
    add_text(o, "SUMMARY", e->title);
    add_text(o, "DESCRIPTION", description_of(o, e));
    add_place(o, &e->place);
    add_topics(o, e->topics);
    add_raw(o, "STATUS", status_of(e));
    add_raw(o, "CLASS", "PUBLIC");
    add_organizer(o);
    add_raw(o, "URL", e->url);
    add_raw(o, "END", "VEVENT");
}

void agenda_public_ics(Ctx *ctx, List public_events, const char *name, Buf *out)
{
    Out o = {ctx, out};
    add_raw(&o, "BEGIN", "VCALENDAR");
    add_raw(&o, "VERSION", "2.0");
    add_raw(&o, "PRODID", "-//Vocero//Agenda//ES");
    add_raw(&o, "CALSCALE", "GREGORIAN");
    add_raw(&o, "METHOD", "PUBLISH");
    add_text(&o, "NAME", name);
    add_text(&o, "X-WR-CALNAME", name);
    add_raw(&o, "X-WR-TIMEZONE", zone_name(ctx->city->zone));
    add_raw(&o, "REFRESH-INTERVAL;VALUE=DURATION", "PT1H");
    add_raw(&o, "X-PUBLISHED-TTL", "PT1H");
    add_raw(&o, "URL", arena_printf(ctx->arena, "%s/agenda", ctx->city->base_url));
    add_zones(&o, public_events);
    const PublicEvent *e = public_events.items;
    for (size_t i = 0; i < public_events.count && !buf_over(out); i++)
        add_event(&o, &e[i]);
    add_raw(&o, "END", "VCALENDAR");
}
