/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_grid_pages.c: the desk's grid of all photos: what it is filtered by, and a page of it. */
#include "desks/photos/desk/photos_desk.h"
#include "web/cursor.h"
#include "web/form.h"
#include "photos_grid_views.h"

/* Every filter of the address; what a page's other links keep. */
static const char *const filters[] = {"q",      "desde",     "hasta",  "mes",     "evento",   "cobertura", "lugar",
                                      "persona", "marca", "menores", "estado", "publicada", "figura",   "area",   "quitadas"};

/* ---- the filter ---- */

static const char *typed(const Request *req, const char *name)
{
    const char *text = query_text(req, name);
    return text_blank(text) ? NULL : text;
}

static bool read_word(Ctx *ctx, const Request *req, const char *name, const Word *words, const char **out)
{
    const char *word = typed(req, name);
    *out = word;
    return !word || word_find(words, word) >= 0 || fault_field(ctx, name, "\"%s\" is none of the words to choose from.", word);
}

static bool read_day(Ctx *ctx, const Request *req, const char *name, Span *span_out)
{
    const char *day = typed(req, name);
    if (!day)
        return false;
    if (!clock_day(ctx->city->zone, day, span_out))
        return fault_field(ctx, name, "\"%s\" is no day: write it like 2022-07-14.", day);
    return true;
}

/* A month or a year, or from a day to another. */
static bool read_span(Ctx *ctx, const Request *req, PhotoFilter *f)
{
    const char *period = typed(req, "mes");
    Span day;
    if (period)
        return strategy_period(ctx, period, &f->span);
    bool from = read_day(ctx, req, "desde", &day);
    f->span.from = from ? day.from : 0;
    bool to = !faulted(ctx) && read_day(ctx, req, "hasta", &day);
    f->span.to = to ? day.to : from ? ctx->now + 366 * CLOCK_DAY : 0;
    return !faulted(ctx);
}

static bool read_person(Ctx *ctx, const Request *req, GridShown *x)
{
    x->mine = text_same(typed(req, "persona"), "yo");
    if (!x->mine)
        return photos_query_id(ctx, req, "persona", &x->filter.person);
    x->filter.person = ctx->actor->id;
    return true;
}

static bool read_filter(Ctx *ctx, const Request *req, GridShown *x)
{
    PhotoFilter *f = &x->filter;
    f->words = typed(req, "q");
    f->place = typed(req, "lugar");
    f->removed = typed(req, "quitadas") != NULL;
    return read_word(ctx, req, "publicada", photos_there_words, &f->published) &&
           read_word(ctx, req, "marca", photos_mark_words, &f->mark) &&
           read_word(ctx, req, "menores", photos_minors_words, &f->minors) &&
           read_word(ctx, req, "estado", photos_state_words, &f->state) && read_word(ctx, req, "figura", photos_figure_words, &f->figure) && read_span(ctx, req, f) &&
           read_person(ctx, req, x) && photos_query_id(ctx, req, "evento", &f->event) &&
           photos_query_id(ctx, req, "cobertura", &f->coverage) && photos_query_id(ctx, req, "area", &f->area);
}

/* ---- addresses ---- */

/* The same list, without one of its filters; without NULL: with all. */
static Url with_filters(Ctx *ctx, const Request *req, Url url, const char *without)
{
    for (size_t i = 0; i < COUNT(filters); i++)
        if (!text_same(filters[i], without))
            url = url_query(ctx->arena, url, filters[i], typed(req, filters[i]));
    return url;
}

static const char *day_said(Ctx *ctx, const char *day)
{
    Span span;
    return clock_day(ctx->city->zone, day, &span)
               ? clock_say(ctx->arena, ctx->city->zone, ctx->actor->tongue, CLOCK_SAY_DATE, span.from)
               : day;
}

static const char *name_of(Ctx *ctx, i64 person)
{
    const Person *p = people_find(ctx, person);
    if (p)
        return p->name;
    fault_take(ctx);
    return say(ctx, "Somebody");
}

static const char *word_said(Ctx *ctx, const Word *words, const char *word)
{
    return say_word(ctx, words, word_find(words, word));
}

/* What one filter says, as a person reads it. */
static const char *part_said(Ctx *ctx, const GridShown *x, const char *name, const char *value)
{
    Arena *a = ctx->arena;
    if (text_same(name, "evento"))
        return x->event_title ? x->event_title : say(ctx, "An event");
    if (text_same(name, "persona"))
        return name_of(ctx, x->filter.person);
    if (text_same(name, "desde"))
        return arena_printf(a, say(ctx, "From %s"), day_said(ctx, value));
    if (text_same(name, "hasta"))
        return arena_printf(a, say(ctx, "Until %s"), day_said(ctx, value));
    if (text_same(name, "marca"))
        return word_said(ctx, photos_mark_words, value);
    if (text_same(name, "menores"))
        return word_said(ctx, photos_minors_words, value);
    if (text_same(name, "estado"))
        return word_said(ctx, photos_state_words, value);
    if (text_same(name, "publicada"))
        return word_said(ctx, photos_there_words, value);
    if (text_same(name, "figura"))
        return word_said(ctx, photos_figure_words, value);
    if (text_same(name, "cobertura"))
        return say(ctx, "One coverage");
    if (text_same(name, "area"))
        return say(ctx, "One area");
    return text_same(name, "quitadas") ? say(ctx, "Removed ones") : value;
}

static List parts_of(Ctx *ctx, const GridShown *x)
{
    GridPart *parts = arena_array(ctx->arena, GridPart, COUNT(filters));
    size_t n = 0;
    for (size_t i = 0; i < COUNT(filters); i++) {
        const char *value = typed(x->req, filters[i]);
        if (value)
            parts[n++] = (GridPart){part_said(ctx, x, filters[i], value),
                                    with_filters(ctx, x->req, url_literal("/mesa/fotos"), filters[i])};
    }
    return (List){parts, n};
}

/* ---- tabs ---- */

static GridTab tab(Ctx *ctx, const GridShown *x, const char *label, const char *name, const char *value)
{
    bool only = x->parts.count == 1 && name && text_same(typed(x->req, name), value);
    Url url = name ? url_query(ctx->arena, url_literal("/mesa/fotos"), name, value) : url_literal("/mesa/fotos");
    return (GridTab){label, url, NONE, name ? only : x->parts.count == 0};
}

static GridTab counted(Ctx *ctx, GridTab t, const PhotoFilter *filter)
{
    t.count = photos_count(ctx, filter);
    t.is_least = photos_count_stopped(filter, t.count);
    return t;
}

static List tabs_of(Ctx *ctx, const GridShown *x)
{
    GridTab *tabs = arena_array(ctx->arena, GridTab, 6);
    tabs[0] = tab(ctx, x, say(ctx, "All photos"), NULL, NULL);
    tabs[1] = tab(ctx, x, say(ctx, "My photos"), "persona", "yo");
    tabs[2] = counted(ctx, tab(ctx, x, say(ctx, "Minors: nobody has looked"), "menores", "unreviewed"),
                      &(PhotoFilter){.minors = "unreviewed"});
    tabs[3] = counted(ctx, tab(ctx, x, say(ctx, "Cannot be read"), "estado", "failed"), &(PhotoFilter){.state = "failed"});
    tabs[4] = tab(ctx, x, say(ctx, "On the site"), "publicada", "yes");
    tabs[5] = tab(ctx, x, say(ctx, "Removed ones"), "quitadas", "1");
    return (List){tabs, 6};
}

/* ---- a page of it ---- */

static const char *find_page(Ctx *ctx, const Request *req, GridShown *x)
{
    i64 at = 0, id = 0, limit = query_limit(req);
    x->later = cursor_read(ctx, req, &at, &id);
    if (faulted(ctx))
        return NULL;
    x->photos = photos_list(ctx, &x->filter, at, id, limit + 1);
    x->total = photos_count(ctx, &x->filter);
    x->is_least = photos_count_stopped(&x->filter, x->total);
    bool more = (i64)x->photos.count > limit;
    x->photos.count = more ? (size_t)limit : x->photos.count;
    const Photo *last = x->photos.count ? (const Photo *)x->photos.items + x->photos.count - 1 : NULL;
    const char *cursor = more && last ? cursor_make(ctx, req, last->taken_at, last->id) : NULL;
    Url here = with_filters(ctx, req, url_literal("/mesa/fotos"), NULL);
    x->first = x->later ? here : (Url){NULL};
    x->next = cursor ? url_query(ctx->arena, here, "after", cursor) : (Url){NULL};
    return cursor;
}

static List people_to_choose(Ctx *ctx)
{
    List people = people_active(ctx);
    const Person *p = people.items;
    Choice *choices = arena_array(ctx->arena, Choice, people.count + 1);
    for (size_t i = 0; i < people.count; i++)
        choices[i] = (Choice){id_text(ctx->arena, p[i].id), p[i].name};
    return (List){choices, people.count};
}

/* Each event once, of whatever coverage. */
static List events_to_choose(Ctx *ctx, i64 chosen)
{
    List events = photos_targets(ctx, chosen, 0).others;
    const PhotoTarget *t = events.items;
    Choice *choices = arena_array(ctx->arena, Choice, events.count + 1);
    for (size_t i = 0; i < events.count; i++)
        choices[i] = (Choice){t[i].value, t[i].label};
    return (List){choices, events.count};
}

static void set_ways(Ctx *ctx, const Request *req, GridShown *x)
{
    i64 event = x->filter.event;
    x->csv = with_filters(ctx, req, url_literal("/mesa/fotos.csv"), NULL);
    if (event)
        x->sort = photos_sort_url(ctx->arena, event, x->filter.coverage);
    if (people_has(ctx, RIGHT_PHOTOS_UPLOAD) && photos_look_route(req, GET, "/mesa/fotos/subir"))
        x->upload = url_query(ctx->arena, url_literal("/mesa/fotos/subir"), "evento", event ? id_text(ctx->arena, event) : NULL);
}

static const char *title_of_event(Ctx *ctx, i64 id)
{
    const Event *e = id ? agenda_find(ctx, id) : NULL;
    if (id && !e)
        fault_take(ctx);
    return e ? e->title : NULL;
}

/* GET /mesa/fotos */
void photos_page_grid(Ctx *ctx, const Request *req, Page *page)
{
    GridShown x = {.req = req};
    if (!people_may(ctx, RIGHT_PHOTOS_READ) || !read_filter(ctx, req, &x))
        return;
    const char *next = find_page(ctx, req, &x);
    page->title = say(ctx, "Photos");
    page->here = "/mesa/fotos";
    page_list(page, &photos_shape, x.photos, x.is_least ? NONE : x.total, next);
    if (page->format != FORMAT_HTML || faulted(ctx))
        return;
    x.event_title = title_of_event(ctx, x.filter.event);
    x.parts = parts_of(ctx, &x);
    x.tabs = tabs_of(ctx, &x);
    x.people = people_to_choose(ctx);
    x.events = events_to_choose(ctx, x.event_title ? x.filter.event : 0);
    x.may_edit = people_has(ctx, RIGHT_PHOTOS_EDIT);
    set_ways(ctx, req, &x);
    photos_view_grid(page->html, &x);
}
