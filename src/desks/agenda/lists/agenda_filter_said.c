/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_filter_said.c: a filter written back: into addresses, and into words with a way to drop each one. */
#include "desks/agenda/lists/agenda_filter.h"
#include "desks/agenda/lists/agenda_filter_room.h"
#include "desks/agenda/agenda_room.h"
#include "web/address.h"

enum { QUERY_LONGEST = 2000 };

bool agenda_filter_is_empty(const AgendaFilter *f)
{
    return f->figure == AGENDA_ALL && !f->calendar && !f->area && !f->place && !f->person &&
           !f->topic && !f->status && !f->kind;
}

/* ---- one part each ---- */

static FilterPart part_calendar(Ctx *ctx, i64 id)
{
    const CalendarName *c = agenda_calendar_named(ctx, NULL, id, false);
    return c ? (FilterPart){.name = "calendario", .value = c->slug, .label = c->name}
             : (FilterPart){0};
}

static FilterPart part_area(Ctx *ctx, i64 id)
{
    List areas = people_areas(ctx);
    const Area *area = areas.items;
    for (size_t i = 0; i < areas.count; i++)
        if (area[i].id == id)
            return (FilterPart){.name = "area",
                                .value = area[i].slug ? area[i].slug : id_text(ctx->arena, id),
                                .label = area[i].name};
    return (FilterPart){0};
}

static FilterPart part_place(Ctx *ctx, i64 id)
{
    const Place *p = agenda_place(ctx, id);
    return p ? (FilterPart){.name = "lugar", .value = id_text(ctx->arena, id),
                            .label = arena_printf(ctx->arena, say(ctx, "in %s"), p->name)}
             : (FilterPart){0};
}

static FilterPart part_person(Ctx *ctx, i64 id)
{
    if (id == ctx->actor->id)
        return (FilterPart){.name = "quien", .value = "yo", .label = say(ctx, "covered by me")};
    const Person *p = people_find(ctx, id);
    return p ? (FilterPart){.name = "quien", .value = id_text(ctx->arena, id),
                            .label = arena_printf(ctx->arena, say(ctx, "covered by %s"), p->name)}
             : (FilterPart){0};
}

static FilterPart part_word(Ctx *ctx, const char *name, const Word *words, int value)
{
    return (FilterPart){.name = name, .value = word_name(words, value),
                        .label = say_word(ctx, words, value)};
}

/* ---- all of them ---- */

typedef struct Parts {
    FilterPart *items;
    size_t count;
} Parts;

static void add(Parts *parts, FilterPart part)
{
    if (part.name)
        parts->items[parts->count++] = part;
}

static const char *query_of(Ctx *ctx, const Parts *parts, const FilterPart *but)
{
    Buf *out = buf_new(ctx->arena, 128, QUERY_LONGEST);
    for (size_t i = 0; i < parts->count; i++) {
        const FilterPart *p = &parts->items[i];
        if (p != but)
            buf_printf(out, "%s%s=%s", buf_size(out) ? "&" : "", p->name,
                       address_encoded(ctx->arena, p->value, ""));
    }
    return buf_data(out);
}

/* In the order of agenda_filter.h. */
static Parts parts_of(Ctx *ctx, const AgendaFilter *f)
{
    Parts parts = {arena_array(ctx->arena, FilterPart, AGENDA_FILTER_COUNT), 0};
    if (f->calendar)
        add(&parts, part_calendar(ctx, f->calendar));
    if (f->area)
        add(&parts, part_area(ctx, f->area));
    if (f->topic)
        add(&parts, (FilterPart){.name = "tema", .value = f->topic, .label = f->topic});
    if (f->place)
        add(&parts, part_place(ctx, f->place));
    if (f->person)
        add(&parts, part_person(ctx, f->person));
    if (f->status)
        add(&parts, part_word(ctx, "estado", agenda_status_words,
                              word_find(agenda_status_words, f->status)));
    if (f->kind)
        add(&parts,
            part_word(ctx, "tipo", agenda_kind_words, word_find(agenda_kind_words, f->kind)));
    if (f->figure != AGENDA_ALL)
        add(&parts, part_word(ctx, "figura", agenda_figure_words, f->figure));
    return parts;
}

List agenda_filter_parts(Ctx *ctx, const AgendaFilter *f)
{
    Parts parts = parts_of(ctx, f);
    for (size_t i = 0; i < parts.count; i++)
        parts.items[i].without = query_of(ctx, &parts, &parts.items[i]);
    return (List){parts.items, parts.count};
}

const char *agenda_filter_query(Ctx *ctx, const AgendaFilter *f)
{
    Parts parts = parts_of(ctx, f);
    return query_of(ctx, &parts, NULL);
}

const char *agenda_filter_said(Ctx *ctx, const AgendaFilter *f)
{
    Parts parts = parts_of(ctx, f);
    Buf *out = buf_new(ctx->arena, 128, QUERY_LONGEST);
    for (size_t i = 0; i < parts.count; i++)
        buf_printf(out, "%s%s", i ? " · " : "", parts.items[i].label);
    return parts.count ? buf_data(out) : NULL;
}

typedef struct Joining {
    Arena *arena;
    Url url;
} Joining;

static bool join(void *to, const char *name, const char *value)
{
    Joining *j = to;
    j->url = url_query(j->arena, j->url, name, value);
    return true;
}

Url agenda_filter_url(Arena *a, Url page, const char *query)
{
    Joining j = {a, page};
    address_fields(a, query, strlen(query), join, &j);
    return j.url;
}
