/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_list_pages.c: the desk's list of releases, by state, month and what waits for the reader. */
#include "desks/press/editor/press_editor.h"
#include "desks/press/press_pages.h"
#include "web/cursor.h"
#include "press_list_views.h"

enum { WAITING_MOST = 20 };

/* ---- the filter ---- */

static const Indicator *figure_named(const char *key)
{
    for (const Indicator *i = press_indicators; i->key; i++)
        if (text_same(i->key, key))
            return i;
    return NULL;
}

static bool read_figure(Ctx *ctx, const Request *req, ListShown *x)
{
    const char *key = query_text(req, "figura") ? query_text(req, "figura") : query_text(req, "figure");
    if (text_blank(key))
        return true;
    const Indicator *found = figure_named(key);
    if (!found)
        return fault_field(ctx, "figura", "No figure is called \"%s\".", key);
    x->filter.figure = found->key;
    x->figure_label = say(ctx, found->label);
    return true;
}

static bool read_state(Ctx *ctx, const Request *req, ListShown *x)
{
    x->state = query_text(req, "estado");
    if (text_blank(x->state))
        x->state = NULL;
    if (x->state && !text_same(x->state, "open") && word_find(press_state_words, x->state) < 0)
        return fault_field(ctx, "estado", "No state is called \"%s\".", x->state);
    x->filter.state = x->state;
    return true;
}

static bool read_record(Ctx *ctx, const Request *req, const char *name, i64 *id_out)
{
    const char *text = query_text(req, name);
    if (text_blank(text))
        return true;
    return id_parse(text, id_out) || fault_field(ctx, name, "\"%s\" is no record's number.", text);
}

/* One's own, or somebody's. */
static bool read_author(Ctx *ctx, const Request *req, ListShown *x)
{
    x->mine = text_same(query_text(req, "autor"), "yo");
    if (!x->mine)
        return read_record(ctx, req, "autor", &x->filter.author);
    x->filter.author = ctx->actor->id;
    return true;
}

static bool read_filter(Ctx *ctx, const Request *req, ListShown *x)
{
    const char *period = query_text(req, "mes");
    if (!read_state(ctx, req, x) || !read_figure(ctx, req, x) || !read_author(ctx, req, x) ||
        !read_record(ctx, req, "evento", &x->filter.event) || !read_record(ctx, req, "area", &x->filter.area))
        return false;
    if (!text_blank(period)) {
        if (!strategy_period(ctx, period, &x->filter.span))
            return false;
        x->period = period;
    }
    x->narrowed = x->filter.figure || x->period || x->filter.event || x->filter.area || (x->filter.author && !x->mine);
    return true;
}

/* ---- what is shown ---- */

static Url address(Ctx *ctx, const char *state, bool mine)
{
    Url url = url_query(ctx->arena, url_literal("/mesa/comunicados"), "estado", state);
    return url_query(ctx->arena, url, "autor", mine ? "yo" : NULL);
}

static i64 count_of(Ctx *ctx, const char *state)
{
    return press_count(ctx, &(ReleaseFilter){.state = state});
}

static ListTab tab(Ctx *ctx, const ListShown *x, const char *state, const char *label, bool counted)
{
    bool current = !x->narrowed && !x->mine && text_same(x->state, state);
    if (!state)
        current = !x->narrowed && !x->mine && !x->state;
    return (ListTab){label, address(ctx, state, false), counted ? count_of(ctx, state) : NONE, current};
}

static List tabs_of(Ctx *ctx, const ListShown *x)
{
    ListTab *tabs = arena_array(ctx->arena, ListTab, 10);
    tabs[0] = tab(ctx, x, NULL, say(ctx, "All"), false);
    tabs[1] = (ListTab){say(ctx, "My releases"), address(ctx, NULL, true), NONE, !x->narrowed && x->mine && !x->state};
    tabs[2] = tab(ctx, x, "draft", say(ctx, "Drafts"), true);
    tabs[3] = tab(ctx, x, "in_review", say(ctx, "In review"), true);
    tabs[4] = tab(ctx, x, "approved", say(ctx, "Approved ones"), true);
    tabs[5] = tab(ctx, x, "scheduled", say(ctx, "Scheduled ones"), true);
    tabs[6] = tab(ctx, x, "embargoed", say(ctx, "Under embargo"), true);
    tabs[7] = tab(ctx, x, "published", say(ctx, "Published ones"), false);
    tabs[8] = tab(ctx, x, "corrected", say(ctx, "Corrected ones"), false);
    tabs[9] = tab(ctx, x, "withdrawn", say(ctx, "Withdrawn ones"), false);
    return (List){tabs, 10};
}

static bool waits_for_me(Ctx *ctx, const Release *r)
{
    bool mine = r->author == ctx->actor->id;
    switch (r->state) {
    case RELEASE_IN_REVIEW: return people_has(ctx, RIGHT_PRESS_APPROVE) && !(ctx->city->four_eyes && mine);
    case RELEASE_DRAFT: return mine && r->reason; /* it came back */
    case RELEASE_APPROVED: return people_has(ctx, RIGHT_PRESS_PUBLISH);
    default: break;
    }
    return false;
}

/* What passed its minute first, then what waits for a yes, then what came back. */
static List waiting(Ctx *ctx)
{
    static const char *const states[] = {"approved", "in_review", "draft"};
    Release *found = arena_array(ctx->arena, Release, COUNT(states) * WAITING_MOST + 1);
    size_t n = 0;
    for (size_t i = 0; i < COUNT(states); i++) {
        ReleaseFilter filter = {.state = states[i], .author = i == 2 ? ctx->actor->id : 0};
        List list = press_list(ctx, &filter, 0, 0, WAITING_MOST);
        for (const Release *r = list.items, *end = r + list.count; r < end; r++)
            if (waits_for_me(ctx, r))
                found[n++] = *r;
    }
    return (List){found, n};
}

static Url with_filter(Ctx *ctx, Url url, const ListShown *x)
{
    static const char *const names[] = {"estado", "figura", "figure", "mes", "evento", "area", "autor"};
    for (size_t i = 0; i < COUNT(names); i++)
        url = url_query(ctx->arena, url, names[i], query_text(x->req, names[i]));
    return url;
}

/* A page of the list, and where the next one begins. */
static const char *find_page(Ctx *ctx, const Request *req, ListShown *x)
{
    i64 at = 0, id = 0, limit = query_limit(req);
    bool later = cursor_read(ctx, req, &at, &id);
    if (faulted(ctx))
        return NULL;
    x->releases = press_list(ctx, &x->filter, at, id, limit + 1);
    x->total = press_count(ctx, &x->filter);
    bool more = (i64)x->releases.count > limit;
    x->releases.count = more ? (size_t)limit : x->releases.count;
    const Release *last = x->releases.count ? (const Release *)x->releases.items + x->releases.count - 1 : NULL;
    const char *cursor = more && last ? cursor_make(ctx, req, last->changed_at, last->id) : NULL;
    Url here = with_filter(ctx, url_literal("/mesa/comunicados"), x);
    x->first = later ? here : (Url){NULL};
    x->next = cursor ? url_query(ctx->arena, here, "after", cursor) : (Url){NULL};
    return cursor;
}

/* GET /mesa/comunicados */
static void page_list_of_releases(Ctx *ctx, const Request *req, Page *page)
{
    ListShown x = {.req = req};
    if (!people_may(ctx, RIGHT_PRESS_READ) || !read_filter(ctx, req, &x))
        return;
    const char *next = find_page(ctx, req, &x);
    page->title = say(ctx, "Releases");
    page->here = "/mesa/comunicados";
    page_list(page, &press_release_shape, x.releases, x.total, next);
    if (page->format != FORMAT_HTML || faulted(ctx))
        return;
    x.tabs = tabs_of(ctx, &x);
    x.csv = with_filter(ctx, url_literal("/mesa/comunicados.csv"), &x);
    if (!x.state && !x.narrowed && !x.first.s)
        x.waiting = waiting(ctx);
    const Event *event = x.filter.event ? agenda_find(ctx, x.filter.event) : NULL;
    x.event_title = event ? event->title : NULL;
    press_view_list(page->html, &x);
}

i64 press_menu_count(Ctx *ctx)
{
    if (!people_has(ctx, RIGHT_PRESS_APPROVE))
        return 0;
    i64 all = press_count(ctx, &(ReleaseFilter){.state = "in_review"});
    i64 own = ctx->city->four_eyes && all
                  ? press_count(ctx, &(ReleaseFilter){.state = "in_review", .author = ctx->actor->id})
                  : 0;
    return all - own;
}

const Route press_list_routes[] = {
    {GET, "/mesa/comunicados", page_list_of_releases, RIGHT_PRESS_READ,
     "Releases, the youngest change first, filtered by state, month, event, area or author",
     .list = true, .query = "estado figura figure mes evento area autor limit after",
     .shape = &press_release_shape},
    {0},
};
