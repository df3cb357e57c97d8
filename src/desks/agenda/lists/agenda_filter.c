/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_filter.c: what an address filters by, read and checked: each value is known, or the sentence says what is. */
#include "desks/agenda/lists/agenda_filter.h"
#include "desks/agenda/lists/agenda_filter_room.h"
#include "desks/agenda/agenda_room.h"
#include "store/db.h"
#include "web/address.h"
#include "agenda_list_queries.h"

static const Field calendar_fields[] = {
    FIELD_ID(CalendarName, id),     FIELD_TEXT(CalendarName, slug),
    FIELD_TEXT(CalendarName, name), FIELD_INT(CalendarName, color),
    FIELD_BOOL(CalendarName, is_public),
};
static const Shape calendar_shape = SHAPE("calendar_name", CalendarName, calendar_fields);

List agenda_calendar_names(Ctx *ctx, bool public_only)
{
    return db_list(ctx, &q_agenda_filter_calendars, &calendar_shape, B(public_only));
}

const CalendarName *agenda_calendar_named(Ctx *ctx, const char *slug, i64 id, bool public_only)
{
    return db_maybe(ctx, &q_agenda_filter_calendar, &calendar_shape, T(slug ? slug : ""), I(id),
                    B(public_only));
}

/* ---- one reader a name ---- */

typedef bool Take(Ctx *ctx, const char *value, AgendaFilter *f);

static const char *shown(Ctx *ctx, const char *value)
{
    return text_clip(ctx->arena, value, 40);
}

static bool take_any_calendar(Ctx *ctx, const char *value, bool public_only, AgendaFilter *f)
{
    i64 id = 0;
    if (!id_parse(value, &id))
        id = 0;
    const CalendarName *c = agenda_calendar_named(ctx, value, id, public_only);
    if (faulted(ctx))
        return false;
    if (!c)
        return fault_field(ctx, "calendario", "There is no calendar \"%s\".", shown(ctx, value));
    f->calendar = c->id;
    return true;
}

static bool take_calendar(Ctx *ctx, const char *value, AgendaFilter *f)
{
    return take_any_calendar(ctx, value, false, f);
}

static bool take_public_calendar(Ctx *ctx, const char *value, AgendaFilter *f)
{
    return take_any_calendar(ctx, value, true, f);
}

static bool take_area(Ctx *ctx, const char *value, AgendaFilter *f)
{
    i64 id = 0;
    if (!id_parse(value, &id))
        id = 0;
    List areas = people_areas(ctx);
    const Area *area = areas.items;
    for (size_t i = 0; i < areas.count; i++)
        if (text_same(area[i].slug, value) || area[i].id == id) {
            f->area = area[i].id;
            return true;
        }
    return !faulted(ctx) &&
           fault_field(ctx, "area", "There is no area \"%s\".", shown(ctx, value));
}

static bool take_topic(Ctx *ctx, const char *value, AgendaFilter *f)
{
    if (!text_fits(value, AGENDA_TOPIC_MAX) || text_has_control(value) || strchr(value, '\n'))
        return fault_field(ctx, "tema", "A topic is one line of at most %d characters.",
                           AGENDA_TOPIC_MAX);
    f->topic = text_squeeze(ctx->arena, value);
    return true;
}

static bool take_place(Ctx *ctx, const char *value, AgendaFilter *f)
{
    if (!id_parse(value, &f->place) || !agenda_place_known(ctx, f->place))
        return !faulted(ctx) && fault_field(ctx, "lugar", "There is no place \"%s\" in the book.",
                                            shown(ctx, value));
    return true;
}

static bool take_person(Ctx *ctx, const char *value, AgendaFilter *f)
{
    if (text_same(value, "yo")) {
        f->person = ctx->actor->id;
        return f->person || fault_field(ctx, "quien", "\"yo\" is who has come in: say whom.");
    }
    i64 id = 0;
    const Person *p = id_parse(value, &id)     ? people_find(ctx, id)
                      : strchr(value, '@') ? people_by_mail(ctx, value)
                                               : NULL;
    if (ctx->fault.kind == FAULT_NOT_FOUND)
        fault_take(ctx);
    if (!p)
        return !faulted(ctx) &&
               fault_field(ctx, "quien", "Nobody here is called \"%s\": \"yo\", a mail or an id is wanted.",
                           shown(ctx, value));
    f->person = p->id;
    return true;
}

/* "a, b, c": the words that would be right. */
static const char *listed(Ctx *ctx, const Word *words)
{
    Buf *out = buf_new(ctx->arena, 128, 2048);
    for (const Word *w = words; w->name; w++)
        buf_printf(out, "%s%s", w == words ? "" : ", ", w->name);
    return buf_data(out);
}

static bool take_status(Ctx *ctx, const char *value, AgendaFilter *f)
{
    int found = word_find(agenda_status_words, value);
    if (found < 0)
        return fault_field(ctx, "estado", "\"%s\" is no state of an event: %s.", shown(ctx, value),
                           listed(ctx, agenda_status_words));
    f->status = word_name(agenda_status_words, found);
    return true;
}

static bool take_kind(Ctx *ctx, const char *value, AgendaFilter *f)
{
    int found = word_find(agenda_kind_words, value);
    if (found < 0)
        return fault_field(ctx, "tipo", "\"%s\" is no kind of coverage: %s.", shown(ctx, value),
                           listed(ctx, agenda_kind_words));
    f->kind = word_name(agenda_kind_words, found);
    return true;
}

static bool take_figure(Ctx *ctx, const char *value, AgendaFilter *f)
{
    int found = word_find(agenda_figure_words, value);
    if (found < 0)
        return fault_field(
            ctx, "figura",
            "\"%s\" is no figure of the agenda: events_held, events_covered or events_not_covered, for some.",
            shown(ctx, value));
    f->figure = (AgendaFigure)found;
    return true;
}

typedef struct Reader {
    const char *name;
    Take *take;
} Reader;

/* In the order that addresses have them. */
static const Reader readers[] = {
    {"calendario", take_calendar}, {"area", take_area},     {"tema", take_topic},
    {"lugar", take_place},         {"quien", take_person},  {"estado", take_status},
    {"tipo", take_kind},           {"figura", take_figure},
};
_Static_assert(COUNT(readers) == AGENDA_FILTER_COUNT, "each name has a reader");

static const Reader public_readers[] = {
    {"calendario", take_public_calendar},
    {"tema", take_topic},
};

/* ---- all of them ---- */

static bool fits(Ctx *ctx, const AgendaFilter *f)
{
    bool more = f->calendar || f->topic || f->place || f->person || f->status || f->kind;
    if (f->figure <= AGENDA_NOT_COVERED || !more)
        return true;
    return fault_field(ctx, "figura", "The list of the figure %s can be filtered by area only.",
                       word_name(agenda_figure_words, f->figure));
}

static bool read_with(Ctx *ctx, const Request *req, const Reader *reader, size_t n,
                      AgendaFilter *filter_out)
{
    AgendaFilter f = {0};
    for (size_t i = 0; i < n; i++) {
        const char *value = query_text(req, reader[i].name);
        if (!text_blank(value) && !reader[i].take(ctx, text_trim(ctx->arena, value), &f))
            return false;
    }
    if (faulted(ctx) || !fits(ctx, &f))
        return false;
    *filter_out = f;
    return true;
}

bool agenda_filter_read(Ctx *ctx, const Request *req, AgendaFilter *filter_out)
{
    return read_with(ctx, req, readers, COUNT(readers), filter_out);
}

bool agenda_filter_read_public(Ctx *ctx, const Request *req, AgendaFilter *filter_out)
{
    return read_with(ctx, req, public_readers, COUNT(public_readers), filter_out);
}

typedef struct Parsing {
    Ctx *ctx;
    AgendaFilter filter;
} Parsing;

static bool take_pair(void *to, const char *name, const char *value)
{
    Parsing *p = to;
    if (text_blank(value) || text_same(name, "vista"))
        return true;
    for (size_t i = 0; i < COUNT(readers); i++)
        if (text_same(readers[i].name, name))
            return readers[i].take(p->ctx, text_trim(p->ctx->arena, value), &p->filter);
    return fault_field(p->ctx, "query", "\"%s\" is nothing that the agenda is filtered by.",
                       shown(p->ctx, name));
}

bool agenda_filter_parse(Ctx *ctx, const char *query, AgendaFilter *filter_out)
{
    Parsing p = {.ctx = ctx};
    query = query ? query : "";
    if (!address_fields(ctx->arena, query, strlen(query), take_pair, &p))
        return !faulted(ctx) &&
               fault_field(ctx, "query", "These filters cannot be read: calendario=cultura&tipo=photo is how they look.");
    if (!fits(ctx, &p.filter))
        return false;
    *filter_out = p.filter;
    return true;
}
