/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* report_snapshot.c: a report as one canonical JSON text, and back; and what differs between two of them.
 *
 * The text holds what the paper says and nothing of the desk's own: no people, no ids of accounts. */
#include "base/hash.h"
#include "desks/report/report_room.h"
#include "store/seal.h"

#define REPORT_FORMAT "vocero-report-1"

enum { DIFFERENCES_MOST = 50 };

/* ---- shapes ---- */
static const Field figure_fields[] = {
    FIELD_TEXT(Figure, key),        FIELD_TEXT(Figure, label),     FIELD_INT(Figure, value),
    FIELD_INT(Figure, of),          FIELD_TEXT(Figure, unit),      FIELD_TEXT(Figure, units),
    FIELD_INT(Figure, goal),        FIELD_INT(Figure, missing),    FIELD_INT(Figure, previous),
    FIELD_INT(Figure, year_before), FIELD_WORD(Figure, direction, strategy_direction_words),
    FIELD_WORD(Figure, kind, strategy_kind_words),                 FIELD_WORD(Figure, form, strategy_form_words),
    FIELD_TEXT(Figure, formula),    FIELD_TEXT(Figure, source),    FIELD_TEXT(Figure, evidence),
    FIELD_TEXT(Figure, records),    FIELD_TEXT(Figure, public_records),
};
static const Shape figure_shape = SHAPE("figure", Figure, figure_fields);

static const Field uncovered_fields[] = {
    FIELD_ID(Uncovered, id),     FIELD_TEXT(Uncovered, title),  FIELD_TEXT(Uncovered, slug),
    FIELD_TIME(Uncovered, starts_at), FIELD_TEXT(Uncovered, reason),
};
static const Shape uncovered_shape = SHAPE("uncovered_event", Uncovered, uncovered_fields);

typedef struct Frozen {
    const char *format;
    Report report;
} Frozen;
#define FROZEN(member_, kind_) {.name = #member_, .kind = kind_, .offset = offsetof(Frozen, report.member_)}
#define FROZEN_MANY(member_, shape_) \
    {.name = #member_, .kind = FIELD_MANY, .offset = offsetof(Frozen, report.member_), .shape = shape_}
static const Field frozen_fields[] = {
    FIELD_TEXT(Frozen, format),
    FROZEN(month, FIELD_TEXT), FROZEN(version, FIELD_INT), FROZEN(area, FIELD_TEXT), FROZEN(office, FIELD_TEXT),
    FROZEN(city, FIELD_TEXT), FROZEN(site, FIELD_TEXT),
    FROZEN(computed_at, FIELD_TIME), FROZEN(note, FIELD_TEXT),
    FROZEN(highlights, FIELD_TEXT), FROZEN(difficulties, FIELD_TEXT), FROZEN(outlook, FIELD_TEXT),
    FROZEN(previous_month, FIELD_TEXT), FROZEN(year_before, FIELD_TEXT),
    FROZEN_MANY(figures, &figure_shape),
    FROZEN_MANY(areas, &agenda_tally_shape), FROZEN_MANY(topics, &agenda_tally_events_shape),
    FROZEN_MANY(kinds, &agenda_tally_work_shape), FROZEN_MANY(days, &agenda_tally_events_shape),
    FROZEN_MANY(not_covered, &uncovered_shape),
};
static const Shape frozen_shape = SHAPE("report_snapshot", Frozen, frozen_fields);

/* ---- to text ---- */
bool report_freeze(Ctx *ctx, Report *r)
{
    Frozen frozen = {REPORT_FORMAT, *r};
    Buf *plain = buf_new(ctx->arena, 64 * 1024, SEAL_CANONICAL_MAX), *canonical = buf_new(ctx->arena, 64 * 1024, SEAL_CANONICAL_MAX);
    JsonOut out = json_out(plain);
    shape_json(&out, NULL, ctx->city->zone, &frozen_shape, &frozen);
    const Json *value = buf_over(plain) ? NULL : json_read(ctx, buf_data(plain), buf_size(plain));
    if (!value || !seal_canonical(ctx, value, canonical) || buf_over(canonical))
        return fault(ctx, FAULT_TOO_LARGE, "This month has more than a report can hold.");
    r->snapshot = arena_copy(ctx->arena, buf_data(canonical), buf_size(canonical));
    r->sha256 = hash_text(ctx->arena, (Bytes){r->snapshot, buf_size(canonical)});
    return true;
}

/* ---- and back: by the same shapes ---- */
static void thaw_item(Ctx *ctx, const Shape *shape, const Json *json, void *item);

static List thaw_list(Ctx *ctx, const Shape *shape, const Json *json)
{
    size_t n = json && json_kind(json) == JSON_LIST ? json_count(json) : 0;
    char *items = arena_items(ctx->arena, shape->size, n + 1);
    for (size_t i = 0; i < n; i++)
        thaw_item(ctx, shape, json_at(json, i), items + i * shape->size);
    return (List){items, n};
}

static i64 thaw_time(const Json *json)
{
    i64 instant = 0;
    const char *text = json ? json_text_of(json) : NULL;
    return text && clock_parse_rfc3339(text, &instant) ? instant : 0;
}

static i64 thaw_id(const Json *json)
{
    i64 id = 0;
    const char *text = json ? json_text_of(json) : NULL;
    return text && id_parse(text, &id) ? id : 0;
}

static int thaw_word(const Word *words, const Json *json)
{
    int found = json ? word_find(words, json_text_of(json)) : 0;
    return found < 0 ? 0 : found;
}

static void thaw_field(Ctx *ctx, const Field *f, const Json *json, void *at)
{
    switch (f->kind) {
    case FIELD_ID: *(i64 *)at = thaw_id(json); break;
    case FIELD_INT: *(i64 *)at = json ? json_int_of(json) : NONE; break;
    case FIELD_TEXT: *(const char **)at = json ? json_text_of(json) : NULL; break;
    case FIELD_TIME: *(i64 *)at = thaw_time(json); break;
    case FIELD_WORD: *(int *)at = thaw_word(f->words, json); break;
    case FIELD_BOOL: *(bool *)at = json && json_kind(json) == JSON_BOOL && json_bool_of(json); break;
    case FIELD_MANY: *(List *)at = thaw_list(ctx, f->shape, json); break;
    case FIELD_REAL:
    case FIELD_LINES:
    case FIELD_PART: break; /* none in a snapshot */
    }
}

static void thaw_item(Ctx *ctx, const Shape *shape, const Json *json, void *item)
{
    for (size_t i = 0; i < shape->count; i++)
        thaw_field(ctx, &shape->fields[i], json_get(json, shape->fields[i].name), (char *)item + shape->fields[i].offset);
}

static bool thaw_text(Ctx *ctx, Bytes text, Report *r)
{
    const Json *json = json_read(ctx, text.data, text.size);
    if (!json)
        return false;
    Frozen frozen = {.report = *r};
    thaw_item(ctx, &frozen_shape, json, &frozen);
    bool whole = text_same(frozen.format, REPORT_FORMAT); /* what programs get says the same in other words */
    if ((frozen.format && !whole) || !frozen.report.figures.count || !frozen.report.month ||
        !clock_month(ctx->city->zone, frozen.report.month, &frozen.report.span))
        return fault(ctx, FAULT_MALFORMED, "This is no report of this office.");
    *r = frozen.report;
    r->frozen = whole;
    r->over = r->span.to <= ctx->now;
    return true;
}

bool report_thaw(Ctx *ctx, Report *r)
{
    return thaw_text(ctx, (Bytes){r->snapshot, strlen(r->snapshot)}, r);
}

bool report_read_json(Ctx *ctx, Bytes json, Report *r)
{
    *r = (Report){0};
    return thaw_text(ctx, json, r);
}

/* ---- what differs ---- */
static const char *said(Ctx *ctx, const Figure *f)
{
    if (!f)
        return say(ctx, "nothing");
    const char *value = report_amount(ctx, f->form, f->value);
    return f->of == NONE ? value
                         : arena_printf(ctx->arena, say(ctx, "%s of %s"), value, report_number(ctx->arena, f->of));
}

static bool same(const Figure *a, const Figure *b)
{
    return a && b && a->value == b->value && a->of == b->of;
}

List report_differences(Ctx *ctx, const Report *was, const Report *is)
{
    ReportDifference *all = arena_array(ctx->arena, ReportDifference, DIFFERENCES_MOST);
    size_t n = 0;
    for (const Figure *f = was->figures.items, *end = f + was->figures.count; f < end && n < DIFFERENCES_MOST; f++) {
        const Figure *other = report_figure_of(is, f->key);
        if (!same(f, other))
            all[n++] = (ReportDifference){f->key, f->label, said(ctx, f), said(ctx, other)};
    }
    return (List){all, n};
}
