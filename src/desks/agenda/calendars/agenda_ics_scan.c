/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_ics_scan.c: the bytes of a calendar file into components, strictly, with the file's line numbers.
 *
 * Lines are unfolded here (RFC 5545 3.1): what follows a line break and a blank belongs to the line before, also in the
 * middle of a UTF-8 sequence, as old programs fold.  So texts are checked after unfolding. */
#include "desks/agenda/calendars/agenda_ics.h"

#include <ctype.h>

enum { LINE_MAX_BYTES = 64 * 1024, DEPTH_MAX = 16, NAME_MAX_BYTES = 128 };

typedef struct Vector { /* items of one size that grow in the arena */
    char *items;
    size_t count, room, size;
} Vector;

typedef struct Open { /* a component that has begun */
    const char *name;
    i64 line;
} Open;

typedef struct Scan {
    Ctx *ctx;
    char *text; /* unfolded so far */
    size_t size;
    Open stack[DEPTH_MAX];
    int depth;
    Vector events, calendars, zones, lines;
    bool any_calendar;
} Scan;

static void *vector_add(Ctx *ctx, Vector *v, size_t size)
{
    if (v->count == v->room) {
        v->room = v->room ? v->room * 2 : 64;
        char *more = arena_items(ctx->arena, size, v->room);
        if (v->count)
            memcpy(more, v->items, v->count * size);
        v->items = more;
    }
    return v->items + size * v->count++;
}

static List vector_list(const Vector *v)
{
    return (List){v->items, v->count};
}

/* ---- one unfolded line ---- */

typedef struct Line {
    i64 number;
    char *text;
    size_t size;
} Line;

static bool is(const char *name, const char *wanted)
{
    return !strcmp(name, wanted);
}

static char *upper(Arena *a, const char *text, size_t n)
{
    char *copy = arena_copy(a, text, n);
    for (size_t i = 0; i < n; i++)
        copy[i] = (char)toupper((unsigned char)copy[i]);
    return copy;
}

static size_t name_size(const Line *l)
{
    size_t n = 0;
    while (n < l->size && (isalnum((unsigned char)l->text[n]) || strchr("-_./", l->text[n])))
        n++;
    return n;
}

/* The value begins behind the first colon that stands in no quotes. */
static const char *value_of(const Line *l)
{
    bool quoted = false;
    for (size_t i = 0; i < l->size; i++) {
        if (l->text[i] == '"')
            quoted = !quoted;
        else if (l->text[i] == ':' && !quoted)
            return l->text + i + 1;
    }
    return NULL;
}

static const char *text_value(Scan *s, const Line *l)
{
    const char *value = value_of(l);
    return text_trim(s->ctx->arena,
                     arena_copy(s->ctx->arena, value, (size_t)(l->text + l->size - value)));
}

static bool has_control(const Line *l)
{
    for (size_t i = 0; i < l->size; i++) {
        unsigned char c = (unsigned char)l->text[i];
        if ((c < 0x20 && c != '\t') || c == 0x7f)
            return true;
    }
    return false;
}

/* What is wrong with the line itself; NULL when nothing is. */
static const char *line_trouble(Scan *s, const Line *l)
{
    size_t name = name_size(l);
    if (l->size > LINE_MAX_BYTES)
        return arena_printf(s->ctx->arena,
                            say(s->ctx, "the line is longer than %d bytes: shorten it"),
                            LINE_MAX_BYTES);
    bool proper = name && name <= NAME_MAX_BYTES &&
                  (l->text[name] == ':' || l->text[name] == ';') && value_of(l);
    if (!proper)
        return arena_printf(
            s->ctx->arena,
            say(s->ctx, "\"%s\" is no line of a calendar (NAME:value): if it goes on from the line "
                        "before, begin it with a space"),
            text_clip(s->ctx->arena, arena_copy(s->ctx->arena, l->text, l->size), 40));
    if (has_control(l))
        return say(s->ctx, "there are control characters in the line: take them out");
    return NULL;
}

/* ---- what a line means ---- */

static IcsComponent *current_event(Scan *s)
{
    bool inside = s->depth >= 2 && is(s->stack[1].name, "VEVENT");
    return inside ? (IcsComponent *)s->events.items + s->events.count - 1 : NULL;
}

static bool begin(Scan *s, const Line *l, const char *name)
{
    if (s->depth == DEPTH_MAX)
        return fault(s->ctx, FAULT_MALFORMED,
                     "Line %" PRId64 ": components stand too deep inside each other.", l->number);
    if (!s->depth && !is(name, "VCALENDAR"))
        return fault(
            s->ctx, FAULT_MALFORMED,
            "Line %" PRId64
            ": BEGIN:%s outside of a calendar; a calendar file begins with BEGIN:VCALENDAR.",
            l->number, name);
    s->stack[s->depth++] = (Open){name, l->number};
    if (s->depth == 1)
        vector_add(s->ctx, &s->calendars, sizeof(IcsCalendar));
    if (s->depth == 2 && is(name, "VTIMEZONE"))
        vector_add(s->ctx, &s->zones, sizeof(IcsZone));
    if (s->depth == 2 && is(name, "VEVENT")) {
        IcsComponent *e = vector_add(s->ctx, &s->events, sizeof(IcsComponent));
        *e = (IcsComponent){.line = l->number, .text = l->text, .calendar = s->calendars.count - 1};
        s->lines = (Vector){0};
    }
    return true;
}

static bool end(Scan *s, const Line *l, const char *name)
{
    const Open *open = s->depth ? &s->stack[s->depth - 1] : NULL;
    if (!open)
        return fault(s->ctx, FAULT_MALFORMED, "Line %" PRId64 ": END:%s ends nothing.", l->number,
                     name);
    if (!is(open->name, name))
        return fault(s->ctx, FAULT_MALFORMED,
                     "Line %" PRId64 ": END:%s, but BEGIN:%s of line %" PRId64
                     " is still open. Write its END before.",
                     l->number, name, open->name, open->line);
    if (s->depth == 2 && is(name, "VEVENT")) {
        IcsComponent *e = current_event(s);
        e->lines = vector_list(&s->lines);
        e->text = arena_copy(s->ctx->arena, e->text, (size_t)(l->text + l->size - e->text));
    }
    s->depth--;
    return true;
}

static void note_calendar(Scan *s, const Line *l, const char *name)
{
    IcsCalendar *c = (IcsCalendar *)s->calendars.items + s->calendars.count - 1;
    if (is(name, "METHOD"))
        c->cancels = is(upper(s->ctx->arena, text_value(s, l), strlen(text_value(s, l))), "CANCEL");
    else if (is(name, "PRODID"))
        c->vocero = text_starts(text_value(s, l), ICS_PRODUCT);
    else if (is(name, "X-WR-TIMEZONE"))
        c->zone_name = text_value(s, l);
}

static void note_zone(Scan *s, const Line *l, const char *name)
{
    IcsZone *z = (IcsZone *)s->zones.items + s->zones.count - 1;
    if (is(name, "TZID"))
        z->tzid = text_value(s, l);
    else if (is(name, "X-LIC-LOCATION"))
        z->location = text_value(s, l);
}

static void note_property(Scan *s, const Line *l, const char *name)
{
    if (s->depth == 1)
        note_calendar(s, l, name);
    else if (s->depth == 2 && is(s->stack[1].name, "VTIMEZONE"))
        note_zone(s, l, name);
    else if (s->depth == 2 && is(s->stack[1].name, "VEVENT"))
        *(IcsLine *)vector_add(s->ctx, &s->lines, sizeof(IcsLine)) = (IcsLine){l->number, name};
}

static bool bad_line(Scan *s, const Line *l, const char *why)
{
    IcsComponent *e = current_event(s);
    if (!s->any_calendar)
        return fault(s->ctx, FAULT_MALFORMED,
                     "Line %" PRId64
                     ": this is no calendar file. It would begin with BEGIN:VCALENDAR; export the "
                     "agenda as iCalendar (.ics).",
                     l->number);
    if (!e)
        return fault(s->ctx, FAULT_MALFORMED, "Line %" PRId64 ": %s.", l->number, why);
    if (!e->bad) {
        e->bad_line = l->number;
        e->bad = why;
    }
    return true;
}

static bool take_line(Scan *s, const Line *l)
{
    if (!text_valid(l->text, l->size))
        return fault(
            s->ctx, FAULT_MALFORMED,
            "Line %" PRId64
            ": the file is not in UTF-8; it looks like Windows-1252 or Latin-1. Save it again "
            "with the encoding UTF-8, or choose UTF-8 where it is exported.",
            l->number);
    const char *trouble = line_trouble(s, l);
    if (trouble)
        return bad_line(s, l, trouble);
    const char *name = upper(s->ctx->arena, l->text, name_size(l));
    if (!s->any_calendar &&
        !(is(name, "BEGIN") &&
          is(upper(s->ctx->arena, text_value(s, l), strlen(text_value(s, l))), "VCALENDAR")))
        return bad_line(s, l, name);
    s->any_calendar = true;
    if (is(name, "BEGIN") || is(name, "END")) {
        const char *value = text_value(s, l);
        const char *what = upper(s->ctx->arena, value, strlen(value));
        return is(name, "BEGIN") ? begin(s, l, what) : end(s, l, what);
    }
    if (!s->depth)
        return bad_line(s, l,
                        say(s->ctx, "this stands outside of BEGIN:VCALENDAR and END:VCALENDAR"));
    note_property(s, l, name);
    return true;
}

/* ---- the file's lines ---- */

typedef struct Cursor {
    const char *at, *end;
    i64 line; /* of the file, counted from 1 */
} Cursor;

/* One line of the file, without its break; CR LF, LF and a lone CR all break. */
static Bytes next_raw(Cursor *c)
{
    const char *from = c->at;
    while (c->at < c->end && *c->at != '\n' && *c->at != '\r')
        c->at++;
    Bytes raw = {from, (size_t)(c->at - from)};
    bool cr = c->at < c->end && *c->at == '\r';
    if (cr)
        c->at++;
    if (c->at < c->end && *c->at == '\n')
        c->at++;
    c->line++;
    return raw;
}

static void append(Scan *s, const char *bytes, size_t n)
{
    memcpy(s->text + s->size, bytes, n);
    s->size += n;
}

/* Copies the next unfolded line behind the others, and ends it as libical wants it. */
static Line next_line(Scan *s, Cursor *c)
{
    Line l = {.number = c->line, .text = s->text + s->size};
    Bytes raw = next_raw(c);
    append(s, raw.data, raw.size);
    while (c->at < c->end && (*c->at == ' ' || *c->at == '\t')) {
        raw = next_raw(c);
        append(s, raw.data + 1, raw.size - 1);
    }
    l.size = (size_t)(s->text + s->size - l.text);
    append(s, "\r\n", 2);
    return l;
}

static bool is_empty(const Line *l)
{
    for (size_t i = 0; i < l->size; i++) {
        if (l->text[i] != ' ' && l->text[i] != '\t')
            return false;
    }
    return true;
}

static bool check_end(Scan *s, i64 lines)
{
    if (!s->any_calendar)
        return fault(s->ctx, FAULT_MALFORMED,
                     "The file is empty: there is no BEGIN:VCALENDAR in it.");
    if (s->depth)
        return fault(s->ctx, FAULT_MALFORMED,
                     "Line %" PRId64 ": the file ends here, but BEGIN:%s of line %" PRId64
                     " is still open: it was cut "
                     "off. Export it or load it down again.",
                     lines, s->stack[s->depth - 1].name, s->stack[s->depth - 1].line);
    return true;
}

static bool check_bytes(Ctx *ctx, Bytes file)
{
    if (file.size > AGENDA_ICS_MAX)
        return fault(ctx, FAULT_TOO_LARGE,
                     "The file is larger than %d MB: export fewer months at once.",
                     AGENDA_ICS_MAX / 1024 / 1024);
    if (file.size >= 2 && (!memcmp(file.data, "\xff\xfe", 2) || !memcmp(file.data, "\xfe\xff", 2)))
        return fault(ctx, FAULT_MALFORMED,
                     "Line 1: the file is in UTF-16. Save it again with the encoding UTF-8.");
    return true;
}

bool agenda_ics_scan(Ctx *ctx, Bytes file, IcsFile *file_out)
{
    if (!check_bytes(ctx, file))
        return false;
    Cursor c = {.at = file.data, .end = file.data + file.size, .line = 1};
    if (file.size >= 3 && !memcmp(file.data, "\xef\xbb\xbf", 3))
        c.at += 3;
    /* each line of the file grows by a CR at most, and the last by CR LF */
    Scan s = {.ctx = ctx, .text = arena_bytes(ctx->arena, file.size * 2 + 4)};
    while (c.at < c.end) {
        Line l = next_line(&s, &c);
        if (!is_empty(&l) && !take_line(&s, &l))
            return false;
    }
    if (!check_end(&s, c.line - 1))
        return false;
    *file_out = (IcsFile){vector_list(&s.events), vector_list(&s.calendars), vector_list(&s.zones)};
    return true;
}
