/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_ics_write.c: events as a calendar, written straight into the answer's buffer: a feed of 2,000 takes milliseconds. */
#include "desks/agenda/calendars/agenda_feed.h"
#include "desks/agenda/calendars/agenda_ics.h"

#include <math.h>

enum { FOLD_AT = 75, ZONES_MOST = 64, NAME_ROOM = 80 };

typedef struct Out {
    Ctx *ctx;
    Buf *buf;
    size_t column; /* bytes of the line so far */
    const FeedHead *head;
    const char *organizer;                          /* the whole line */
    const char *cancelled, *postponed;              /* what stands before a title */
    const char *status_said[EVENT_HELD + 1];
    const Zone *zones[ZONES_MOST];
    const char *zone_names[ZONES_MOST];
    size_t zone_count;
} Out;

/* ---- lines: at most 75 bytes, never cut inside a character (RFC 5545 3.1) ---- */

static bool continues(char c)
{
    return ((unsigned char)c & 0xc0) == 0x80;
}

static void emit(Out *o, const char *bytes, size_t n)
{
    while (n > FOLD_AT - o->column) {
        size_t cut = FOLD_AT - o->column;
        while (cut && continues(bytes[cut]))
            cut--;
        buf_add(o->buf, bytes, cut);
        buf_add(o->buf, "\r\n ", 3);
        o->column = 1;
        bytes += cut;
        n -= cut;
    }
    buf_add(o->buf, bytes, n);
    o->column += n;
}

static void emit_text(Out *o, const char *text)
{
    emit(o, text, strlen(text));
}

static void end_line(Out *o)
{
    buf_add(o->buf, "\r\n", 2);
    o->column = 0;
}

static void emit_escaped(Out *o, const char *text)
{
    for (const char *c = text; *c;) {
        size_t plain = 0;
        while ((unsigned char)c[plain] >= 0x20 && c[plain] != '\\' && c[plain] != ';' && c[plain] != ',')
            plain++;
        emit(o, c, plain);
        c += plain;
        if (*c == '\n')
            emit(o, "\\n", 2);
        else if ((unsigned char)*c >= 0x20)
            emit(o, (char[]){'\\', *c}, 2);
        c += *c != '\0';
    }
}

static void add_raw(Out *o, const char *name, const char *value)
{
    emit_text(o, name);
    emit(o, ":", 1);
    emit_text(o, value);
    end_line(o);
}

static void add_text(Out *o, const char *name, const char *text)
{
    if (text_blank(text))
        return;
    emit_text(o, name);
    emit(o, ":", 1);
    emit_escaped(o, text);
    end_line(o);
}

/* ---- times ---- */

static void write_stamp(char to[NAME_ROOM], Wall w, const char *z)
{
    snprintf(to, NAME_ROOM, "%04d%02d%02dT%02d%02d%02d%s", w.year, w.month, w.day, w.hour, w.minute, w.second, z);
}

static bool is_utc(const Zone *zone)
{
    return !zone || text_same(zone_name(zone), "UTC");
}

static void add_instant(Out *o, const char *name, i64 at)
{
    char stamp[NAME_ROOM];
    write_stamp(stamp, clock_wall(NULL, at), "Z");
    add_raw(o, name, stamp);
}

/* In the event's own zone, or as a day when it has no hour. */
static void add_time(Out *o, const char *name, const Zone *zone, bool day, i64 at)
{
    char stamp[NAME_ROOM];
    Wall w = clock_wall(zone, at);
    if (!day && is_utc(zone)) {
        add_instant(o, name, at);
        return;
    }
    emit_text(o, name);
    if (day) {
        snprintf(stamp, sizeof stamp, ";VALUE=DATE:%04d%02d%02d", w.year, w.month, w.day);
    } else {
        emit_text(o, ";TZID=");
        emit_text(o, zone_name(zone));
        emit(o, ":", 1);
        write_stamp(stamp, w, "");
    }
    emit_text(o, stamp);
    end_line(o);
}

/* ---- time zones, from our clock's own data ---- */

static const Zone *zone_of(Out *o, const char *name)
{
    for (size_t i = 0; i < o->zone_count; i++) {
        if (text_same(o->zone_names[i], name))
            return o->zones[i];
    }
    const Zone *zone = name ? zone_find(name) : o->ctx->city->zone;
    if (o->zone_count < ZONES_MOST) {
        o->zone_names[o->zone_count] = name;
        o->zones[o->zone_count++] = zone;
    }
    return zone;
}

static void add_offset(Out *o, const char *name, int seconds)
{
    char text[NAME_ROOM];
    int abs = seconds < 0 ? -seconds : seconds;
    snprintf(text, sizeof text, "%c%02d%02d", seconds < 0 ? '-' : '+', abs / 3600, abs / 60 % 60);
    add_raw(o, name, text);
}

static void add_observance(Out *o, Wall since, int from, int to)
{
    const char *kind = to > from ? "DAYLIGHT" : "STANDARD";
    char stamp[NAME_ROOM];
    write_stamp(stamp, since, "");
    add_raw(o, "BEGIN", kind);
    add_raw(o, "DTSTART", stamp);
    add_offset(o, "TZOFFSETFROM", from);
    add_offset(o, "TZOFFSETTO", to);
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

static void add_zone(Out *o, const Zone *zone, Span span)
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

static bool by_day(const FeedEvent *e)
{
    return e->all_day || e->time_to_be_confirmed;
}

/* Does a time of this event name its zone? */
static bool names_zone(Out *o, const FeedEvent *e)
{
    return (!by_day(e) || (e->recurrence_at && !e->all_day)) && !is_utc(zone_of(o, e->time_zone));
}

static Span span_of(List list)
{
    const FeedEvent *e = list.items;
    Span span = {INT64_MAX, INT64_MIN};
    for (size_t i = 0; i < list.count; i++) {
        bool moved_on = e[i].recurrence_at && e[i].recurrence_at < e[i].starts_at;
        i64 first = moved_on ? e[i].recurrence_at : e[i].starts_at;
        i64 last = e[i].recurrence_at > e[i].ends_at ? e[i].recurrence_at : e[i].ends_at;
        span.from = first < span.from ? first : span.from;
        span.to = last > span.to ? last : span.to;
    }
    return span;
}

static void add_zones(Out *o, List list)
{
    const FeedEvent *e = list.items;
    Span span = span_of(list);
    const Zone *done[ZONES_MOST];
    size_t count = 0;
    for (size_t i = 0; i < list.count && count < ZONES_MOST; i++) {
        const Zone *zone = zone_of(o, e[i].time_zone);
        size_t known = 0;
        while (known < count && done[known] != zone)
            known++;
        if (known == count && names_zone(o, &e[i])) {
            done[count++] = zone;
            add_zone(o, zone, span);
        }
    }
}

/* ---- events ---- */

static bool is_off(const FeedEvent *e)
{
    return e->status == EVENT_CANCELLED || e->status == EVENT_POSTPONED;
}

static const char *status_of(const Out *o, const FeedEvent *e)
{
    if (is_off(e))
        return o->head->cancelled_shown ? "CONFIRMED" : "CANCELLED";
    bool open = e->status == EVENT_TENTATIVE || e->time_to_be_confirmed ||
                (e->certainty >= CERTAINTY_PLANNED && e->certainty <= CERTAINTY_HIGHLY_LIKELY);
    return open ? "TENTATIVE" : "CONFIRMED";
}

static const char *class_of(const FeedEvent *e)
{
    if (e->visibility == VISIBLE_PUBLIC)
        return "PUBLIC";
    return e->visibility == VISIBLE_CONFIDENTIAL ? "CONFIDENTIAL" : "PRIVATE";
}

static void add_title(Out *o, const FeedEvent *e)
{
    emit_text(o, "SUMMARY:");
    if (o->head->cancelled_shown && is_off(e)) {
        emit_escaped(o, e->status == EVENT_CANCELLED ? o->cancelled : o->postponed);
        emit(o, ": ", 2);
    }
    emit_escaped(o, e->title ? e->title : "");
    end_line(o);
}

static void add_description(Out *o, const FeedEvent *e)
{
    bool reason = !text_blank(e->reason), text = !text_blank(e->description);
    if (!reason && !text)
        return;
    emit_text(o, "DESCRIPTION:");
    if (reason) {
        emit_escaped(o, o->status_said[e->status]);
        emit(o, ": ", 2);
        emit_escaped(o, e->reason);
    }
    if (reason && text)
        emit_text(o, "\\n\\n");
    if (text)
        emit_escaped(o, e->description);
    end_line(o);
}

static void add_place(Out *o, const Place *p)
{
    char geo[NAME_ROOM];
    const char *more[] = {p->address, p->neighbourhood, p->district, p->postcode};
    if (!p->name)
        return;
    emit_text(o, "LOCATION:");
    emit_escaped(o, p->name);
    for (size_t i = 0; i < COUNT(more); i++) {
        if (text_blank(more[i]) || (i && p->address && strstr(p->address, more[i])))
            continue;
        emit_text(o, "\\, ");
        emit_escaped(o, more[i]);
    }
    end_line(o);
    if (isnan(p->lat) || isnan(p->lon))
        return;
    snprintf(geo, sizeof geo, "%.6f;%.6f", p->lat, p->lon);
    add_raw(o, "GEO", geo);
}

static void add_topics(Out *o, const char *topics)
{
    if (text_blank(topics))
        return;
    emit_text(o, "CATEGORIES:");
    for (const char *c = topics; *c;) {
        size_t n = strcspn(c, "\n");
        emit_escaped(o, arena_copy(o->ctx->arena, c, n));
        c += n;
        while (*c == '\n')
            c++;
        if (*c)
            emit(o, ",", 1);
    }
    end_line(o);
}

/* RFC 7986 5.9: a name of CSS3. The nearest ones to the eight of ui/css/components/calendars.css. */
static const char *color_of(i64 color)
{
    static const char *const names[] = {"darkslateblue", "sienna",    "seagreen",  "mediumpurple",
                                        "goldenrod",     "steelblue", "firebrick", "slategray"};
    return color >= 1 && color <= (i64)COUNT(names) ? names[color - 1] : NULL;
}

static void add_event(Out *o, const FeedEvent *e)
{
    char sequence[NAME_ROOM];
    const Zone *zone = zone_of(o, e->time_zone);
    add_raw(o, "BEGIN", "VEVENT");
    add_text(o, "UID", e->uid);
    add_instant(o, "DTSTAMP", e->changed_at);
    if (e->created_at)
        add_instant(o, "CREATED", e->created_at);
    add_instant(o, "LAST-MODIFIED", e->changed_at);
    snprintf(sequence, sizeof sequence, "%" PRId64, e->sequence);
    add_raw(o, "SEQUENCE", sequence);
    if (e->recurrence_at)
        add_time(o, "RECURRENCE-ID", zone, e->all_day, e->recurrence_at);
    add_time(o, "DTSTART", zone, by_day(e), e->starts_at);
    if ((e->all_day || !e->time_to_be_confirmed) && e->ends_at > e->starts_at)
        add_time(o, "DTEND", zone, e->all_day, e->ends_at);
    add_title(o, e);
    add_description(o, e);
    add_place(o, &e->place);
    add_topics(o, e->topics);
    add_raw(o, "STATUS", status_of(o, e));
    add_raw(o, "CLASS", class_of(e));
    if (color_of(e->color))
        add_raw(o, "COLOR", color_of(e->color));
    emit_text(o, o->organizer);
    end_line(o);
    if (e->url)
        add_raw(o, "URL", e->url);
    add_raw(o, "END", "VEVENT");
}

/* ---- the calendar ---- */

/* The address answers nobody: it names who publishes. RFC 6868 and RFC 5545 3.2: no quotes and no controls in a parameter. */
static const char *organizer_of(const Ctx *ctx)
{
    const City *city = ctx->city;
    char *name = arena_text(ctx->arena, city->office ? city->office : city->name);
    for (char *c = name; *c; c++)
        *c = *c == '"' || (unsigned char)*c < 0x20 ? ' ' : *c;
    const char *host = strstr(city->base_url, "://");
    host = host ? host + 3 : city->base_url;
    const char *bare = arena_copy(ctx->arena, host, strcspn(host, ":/"));
    return arena_printf(ctx->arena, "ORGANIZER;CN=\"%s\":mailto:no-responder@%s", name, *bare == '[' || !*bare ? "localhost" : bare);
}

static void add_head(Out *o)
{
    const Ctx *ctx = o->ctx;
    const FeedHead *head = o->head;
    add_raw(o, "BEGIN", "VCALENDAR");
    add_raw(o, "VERSION", "2.0");
    add_raw(o, "PRODID", ICS_PRODUCT "ES");
    add_raw(o, "CALSCALE", "GREGORIAN");
    add_raw(o, "METHOD", "PUBLISH");
    add_text(o, "NAME", head->name);
    add_text(o, "X-WR-CALNAME", head->name);
    add_raw(o, "X-WR-TIMEZONE", zone_name(ctx->city->zone));
    add_raw(o, "REFRESH-INTERVAL;VALUE=DURATION", "PT1H");
    add_raw(o, "X-PUBLISHED-TTL", "PT1H");
    if (head->source)
        add_raw(o, "SOURCE;VALUE=URI", arena_printf(ctx->arena, "%s%s", ctx->city->base_url, head->source));
    if (head->page)
        add_raw(o, "URL", arena_printf(ctx->arena, "%s%s", ctx->city->base_url, head->page));
}

void agenda_feed_write(Ctx *ctx, List feed_events, const FeedHead *head, Buf *out)
{
    Out o = {
        .ctx = ctx,
        .buf = out,
        .head = head,
        .organizer = organizer_of(ctx),
        .cancelled = say(ctx, "CANCELLED"),
        .postponed = say(ctx, "POSTPONED"),
    };
    for (int s = 0; s <= EVENT_HELD; s++)
        o.status_said[s] = say_word(ctx, agenda_status_words, s);
    add_head(&o);
    add_zones(&o, feed_events);
    const FeedEvent *e = feed_events.items;
    for (size_t i = 0; i < feed_events.count && !buf_over(out); i++)
        add_event(&o, &e[i]);
    add_raw(&o, "END", "VCALENDAR");
}
