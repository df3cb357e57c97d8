/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_snapshot.c: an event as one line of JSON, and back: what a step found, for taking it back and for
 * saying who changed what.  Instants stand as microseconds, so that nothing is rounded. */
#include "desks/agenda/events/agenda_snapshot.h"

enum { SNAPSHOT_MAX = 512 * 1024 };

static const Field kept_fields[] = {
    FIELD_TEXT(Event, title),
    FIELD_TEXT(Event, description),
    FIELD_TEXT(Event, internal_note),
    FIELD_TEXT(Event, topics),
    FIELD_TIME(Event, starts_at),
    FIELD_TIME(Event, ends_at),
    FIELD_TEXT(Event, wall_start),
    FIELD_TEXT(Event, time_zone),
    FIELD_BOOL(Event, all_day),
    FIELD_BOOL(Event, time_to_be_confirmed),
    FIELD_WORD(Event, status, agenda_status_words),
    FIELD_WORD(Event, certainty, agenda_certainty_words),
    FIELD_WORD(Event, visibility, agenda_visibility_words),
    {.name = "place", .kind = FIELD_ID, .offset = offsetof(Event, place.id)},
    {.name = "place_name", .kind = FIELD_TEXT, .offset = offsetof(Event, place.name)},
    FIELD_ID(Event, calendar),
    FIELD_ID(Event, area),
    FIELD_TEXT(Event, headed_by),
    FIELD_TEXT(Event, attendees),
    FIELD_INT(Event, attendance),
    FIELD_TEXT(Event, accreditation),
    FIELD_TIME(Event, accreditation_until),
    FIELD_TEXT(Event, reason),
    FIELD_TIME(Event, previous_starts_at),
    FIELD_TEXT(Event, uncovered_reason),
};

static const Field date_fields[] = {
    FIELD_TIME(EventDate, starts_at), FIELD_TIME(EventDate, ends_at),
    FIELD_BOOL(EventDate, all_day),   FIELD_TEXT(EventDate, verb),
    FIELD_TEXT(EventDate, reason),    FIELD_TIME(EventDate, at),
};

static const Field coverage_fields[] = {
    FIELD_ID(CoverageBefore, id),
    FIELD_INT(CoverageBefore, version),
    FIELD_WORD(CoverageBefore, state, agenda_state_words),
    FIELD_TEXT(CoverageBefore, reason),
};

static const Shape date_shape = SHAPE("date", EventDate, date_fields);
static const Shape coverage_shape = SHAPE("coverage", CoverageBefore, coverage_fields);

/* ---- out ---- */

#define AT(Type, item, f) (*(Type *)((char *)(item) + (f)->offset))

static void put_field(JsonOut *j, const Field *f, const void *item)
{
    switch (f->kind) {
    case FIELD_ID:
    case FIELD_INT:
    case FIELD_TIME: json_int(j, f->name, AT(i64, item, f)); break;
    case FIELD_BOOL: json_bool(j, f->name, AT(bool, item, f)); break;
    case FIELD_WORD: json_text(j, f->name, word_name(f->words, AT(int, item, f))); break;
    default: json_text(j, f->name, AT(const char *, item, f)); break;
    }
}

static void put_fields(JsonOut *j, const Field *fields, size_t count, const void *item)
{
    for (size_t i = 0; i < count; i++)
        put_field(j, &fields[i], item);
}

void agenda_snapshot_items(JsonOut *j, const char *key, List items, const Shape *shape)
{
    json_open(j, key, '[');
    for (size_t i = 0; i < items.count; i++) {
        json_open(j, NULL, '{');
        put_fields(j, shape->fields, shape->count, (const char *)items.items + i * shape->size);
        json_close(j, '}');
    }
    json_close(j, ']');
}

const char *agenda_snapshot(Ctx *ctx, const Event *e, List coverages)
{
    Buf *out = buf_new(ctx->arena, 2048, SNAPSHOT_MAX);
    JsonOut j = json_out(out);
    json_open(&j, NULL, '{');
    put_fields(&j, kept_fields, COUNT(kept_fields), e);
    agenda_snapshot_items(&j, "dates", e->previous_dates, &date_shape);
    agenda_snapshot_items(&j, "coverages", coverages, &coverage_shape);
    json_close(&j, '}');
    return buf_data(out);
}

/* ---- in ---- */

static i64 number(const Json *v, i64 otherwise)
{
    i64 n = v ? json_int_of(v) : NONE;
    return n == NONE ? otherwise : n;
}

static void take_field(const Json *from, const Field *f, void *item)
{
    const Json *v = json_get(from, f->name);
    const char *text = v ? json_text_of(v) : NULL;
    switch (f->kind) {
    case FIELD_ID:
    case FIELD_TIME: AT(i64, item, f) = number(v, 0); break;
    case FIELD_INT: AT(i64, item, f) = number(v, NONE); break;
    case FIELD_BOOL: AT(bool, item, f) = v && json_bool_of(v); break;
    case FIELD_WORD: {
        int word = word_find(f->words, text);
        AT(int, item, f) = word < 0 ? 0 : word;
        break;
    }
    default: AT(const char *, item, f) = text; break;
    }
}

List agenda_snapshot_taken(Ctx *ctx, const Json *list, const Shape *shape)
{
    size_t n = list ? json_count(list) : 0;
    char *items = arena_items(ctx->arena, shape->size, n + 1);
    for (size_t i = 0; i < n; i++)
        for (size_t f = 0; f < shape->count; f++)
            take_field(json_at(list, i), &shape->fields[f], items + i * shape->size);
    return (List){items, n};
}

bool agenda_snapshot_read(Ctx *ctx, const char *text, Event *e_out, List *coverages_out)
{
    const Json *all = json_read(ctx, text, strlen(text));
    if (!all)
        return false;
    for (size_t f = 0; f < COUNT(kept_fields); f++)
        take_field(all, &kept_fields[f], e_out);
    e_out->previous_dates = agenda_snapshot_taken(ctx, json_get(all, "dates"), &date_shape);
    *coverages_out = agenda_snapshot_taken(ctx, json_get(all, "coverages"), &coverage_shape);
    return true;
}
