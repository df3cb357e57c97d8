/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_filter_shown.c: what the bar of filters offers: what there is in the time that is shown, and what is chosen. */
#include "desks/agenda/events/agenda_fields.h"
#include "desks/agenda/lists/agenda_filter_room.h"
#include "desks/agenda/agenda_room.h"
#include "store/db.h"
#include "agenda_list_queries.h"

#include <stdlib.h>

enum { CHOICES_MOST = 200 };

typedef struct Found {
    i64 id;
    const char *name;
} Found;
static const Field found_fields[] = {FIELD_ID(Found, id), FIELD_TEXT(Found, name)};
static const Shape found_shape = SHAPE("found", Found, found_fields);

const char *agenda_filter_value(const FilterShown *x, const char *name)
{
    const FilterPart *part = x->parts.items;
    for (size_t i = 0; i < x->parts.count; i++)
        if (text_same(part[i].name, name))
            return part[i].value;
    return NULL;
}

/* ---- choices, what is chosen always among them ---- */

typedef struct Choices {
    Choice *items;
    size_t count, most;
} Choices;

static Choices choices_for(Ctx *ctx, size_t n)
{
    return (Choices){arena_array(ctx->arena, Choice, n + 1), 0, n};
}

static bool has(const Choices *c, const char *value)
{
    for (size_t i = 0; i < c->count; i++)
        if (text_same(c->items[i].value, value))
            return true;
    return false;
}

static void offer(Choices *c, const char *value, const char *label)
{
    if (c->count < c->most && !has(c, value))
        c->items[c->count++] = (Choice){value, label};
}

static List with_chosen(const FilterShown *x, Choices c, const char *name)
{
    const FilterPart *part = x->parts.items;
    for (size_t i = 0; i < x->parts.count; i++)
        if (text_same(part[i].name, name) && !has(&c, part[i].value))
            c.items[c.count++] = (Choice){part[i].value, part[i].label};
    return (List){c.items, c.count};
}

static List calendar_choices(Ctx *ctx, const FilterShown *x)
{
    List names = agenda_calendar_names(ctx, false);
    const CalendarName *name = names.items;
    Choices c = choices_for(ctx, names.count);
    for (size_t i = 0; i < names.count; i++)
        offer(&c, name[i].slug, name[i].name);
    return with_chosen(x, c, "calendario");
}

static List area_choices(Ctx *ctx, const FilterShown *x)
{
    List areas = people_areas(ctx);
    const Area *area = areas.items;
    Choices c = choices_for(ctx, areas.count);
    for (size_t i = 0; i < areas.count; i++)
        offer(&c, area[i].slug ? area[i].slug : id_text(ctx->arena, area[i].id), area[i].name);
    return with_chosen(x, c, "area");
}

static List person_choices(Ctx *ctx, const FilterShown *x)
{
    List people = agenda_people_choices(ctx);
    const Choice *person = people.items;
    Choices c = choices_for(ctx, people.count + 1);
    const char *mine = id_text(ctx->arena, ctx->actor->id);
    if (ctx->actor->id)
        offer(&c, "yo", say(ctx, "Me"));
    for (size_t i = 0; i < people.count; i++)
        if (!text_same(person[i].value, mine))
            offer(&c, person[i].value, person[i].label);
    return with_chosen(x, c, "quien");
}

static List place_choices(Ctx *ctx, const FilterShown *x, Span span)
{
    List places = db_list(ctx, &q_agenda_filter_places, &found_shape, I(span.from), I(span.to),
                          B(agenda_sees_private(ctx)), I(CHOICES_MOST));
    const Found *place = places.items;
    Choices c = choices_for(ctx, places.count);
    for (size_t i = 0; i < places.count; i++)
        offer(&c, id_text(ctx->arena, place[i].id), place[i].name);
    return with_chosen(x, c, "lugar");
}

static int by_label(const void *a, const void *b)
{
    return strcmp(((const Choice *)a)->label, ((const Choice *)b)->label);
}

static List topic_choices(Ctx *ctx, const FilterShown *x, Span span)
{
    List found = db_list(ctx, &q_agenda_filter_topics, &found_shape, I(span.from), I(span.to),
                         B(agenda_sees_private(ctx)), I(CHOICES_MOST));
    Choices c = choices_for(ctx, CHOICES_MOST);
    for (size_t i = 0; i < found.count; i++) {
        List lines = text_split(ctx->arena, ((const Found *)found.items)[i].name, '\n');
        for (size_t k = 0; k < lines.count; k++) {
            const char *topic = ((const char *const *)lines.items)[k];
            offer(&c, topic, topic);
        }
    }
    qsort(c.items, c.count, sizeof *c.items, by_label);
    return with_chosen(x, c, "tema");
}

static List word_choices(Ctx *ctx, const FilterShown *x, const char *name, const Word *words,
                         int first, int last)
{
    Choices c = choices_for(ctx, (size_t)(last - first + 1));
    for (int i = first; i <= last; i++)
        offer(&c, word_name(words, i), say_word(ctx, words, i));
    return with_chosen(x, c, name);
}

FilterShown agenda_filter_shown(Ctx *ctx, const AgendaFilter *filter, Span span)
{
    FilterShown x = {
        .query = agenda_filter_query(ctx, filter),
        .said = agenda_filter_said(ctx, filter),
        .parts = agenda_filter_parts(ctx, filter),
    };
    x.calendars = calendar_choices(ctx, &x);
    x.areas = area_choices(ctx, &x);
    x.topics = topic_choices(ctx, &x, span);
    x.places = place_choices(ctx, &x, span);
    x.people = person_choices(ctx, &x);
    x.kinds = word_choices(ctx, &x, "tipo", agenda_kind_words, COVER_PHOTO, COVER_DESIGN);
    x.statuses = word_choices(ctx, &x, "estado", agenda_status_words, EVENT_TENTATIVE, EVENT_HELD);
    x.figures = word_choices(ctx, &x, "figura", agenda_figure_words, AGENDA_HELD, AGENDA_NOT_COVERED);
    return x;
}
