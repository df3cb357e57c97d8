/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* frame.c: what stands around a page: gathered here, drawn by frame_views.html. */
#include "web/frame.h"

#include "base/text.h"
#include "frame_views.h"
#include "web/form_data.h"
#include "web/panel.h"
#include "web/router.h"
#include "web/site.h"

enum { GROUPS_MAX = 6, LINKS_MAX = 32, PHONE_LEFT = 2, PHONE_MAX = 3, BELLS_MAX = 4, CREATES_MOST = 6 };

/* ---- links ---- */

/* Is there such a page?  Rooms come one by one: what does not exist yet is not linked. */
static bool exists(const Ctx *ctx, const Request *req, const char *path)
{
    Request scratch = *req;
    const Site *site = req->site;
    return site && site->router &&
           router_match(site->router, ctx->arena, GET, path, &scratch).route != NULL;
}

static bool may(const Ctx *ctx, Right right)
{
    if (right == PUBLIC)
        return true;
    return right == LOGIN ? ctx->actor->id != 0 : (ctx->actor->rights >> right) & 1;
}

/* The entry whose address the page's own begins with; a page may name it. */
static bool is_current(const Request *req, const Page *page, const char *path)
{
    if (page->here)
        return !strcmp(page->here, path);
    size_t n = strlen(path);
    if (!strcmp(path, "/mesa") || !strcmp(path, "/"))
        return !strcmp(req->path, path);
    return !strncmp(req->path, path, n) && (req->path[n] == '\0' || req->path[n] == '/');
}

static FrameLink link_of(Ctx *ctx, const Request *req, const Page *page, const MenuItem *item)
{
    FrameLink link = {.label = say(ctx, item->label), .icon = item->icon ? item->icon : "point"};
    url_inside(ctx->arena, item->path, &link.path);
    link.current = is_current(req, page, item->path);
    if (item->count && ctx->db && !faulted(ctx))
        link.count = item->count(ctx);
    return link;
}

/* ---- the desk ---- */

typedef struct Rail {
    FrameGroup groups[GROUPS_MAX];
    FrameLink links[LINKS_MAX];
    size_t group_count, link_count;
    FrameLink phone[PHONE_MAX];
    size_t phone_count;
    FrameLink bells[BELLS_MAX];
    size_t bell_count;
    int group;
} Rail;

static void rail_add(Rail *rail, const MenuItem *item, FrameLink link)
{
    if (rail->link_count == LINKS_MAX)
        return;
    bool opens = rail->group_count == 0 || item->group != rail->group;
    if (opens && rail->group_count < GROUPS_MAX)
        rail->groups[rail->group_count++].links = (List){&rail->links[rail->link_count], 0};
    rail->group = item->group;
    rail->links[rail->link_count++] = link;
    rail->groups[rail->group_count - 1].links.count++;
    if (item->phone && rail->phone_count < PHONE_MAX)
        rail->phone[rail->phone_count++] = link;
}

/* The first bell is always there, so that it can begin to ring while the page is looked at. */
static void bell_add(Arena *a, Rail *rail, FrameLink link)
{
    if (rail->bell_count == BELLS_MAX || (rail->bell_count && !link.count))
        return;
    link.fresh = url_query(a, link.path, "limit", "1");
    rail->bells[rail->bell_count++] = link;
}

static void gather_creates(Ctx *ctx, const Request *req, const Page *page, Frame *f)
{
    const MenuItem *item = req->site ? req->site->desk_create : NULL;
    FrameLink *links = arena_array(ctx->arena, FrameLink, CREATES_MOST);
    size_t n = 0;
    for (; item && item->label && n < CREATES_MOST; item++)
        if (may(ctx, item->right))
            links[n++] = link_of(ctx, req, page, item);
    f->creates = (List){links, n};
}

static void gather_rail(Ctx *ctx, const Request *req, const Page *page, Frame *f)
{
    Rail *rail = arena_new_of(ctx->arena, Rail);
    const MenuItem *item = req->site ? req->site->desk_menu : NULL;
    for (; item && item->label; item++) {
        if (!may(ctx, item->right))
            continue;
        FrameLink link = link_of(ctx, req, page, item);
        rail_add(rail, item, link);
        if (item->bell)
            bell_add(ctx->arena, rail, link);
    }
    size_t left = rail->phone_count < PHONE_LEFT ? rail->phone_count : PHONE_LEFT;
    f->groups = (List){rail->groups, rail->group_count};
    f->first = (List){rail->phone, left};
    f->after = (List){rail->phone + left, rail->phone_count - left};
    f->bells = (List){rail->bells, rail->bell_count};
    gather_creates(ctx, req, page, f);
}

static void gather_desk(Ctx *ctx, const Request *req, const Page *page, Frame *f)
{
    gather_rail(ctx, req, page, f);
    f->initials = text_initials(ctx->arena, ctx->actor->name ? ctx->actor->name : "");
    f->tone = arena_printf(ctx->arena, "tone-%d", (int)(1 + ctx->actor->id % 5));
    f->csrf = form_csrf(req->form);
    f->has_search = exists(ctx, req, "/mesa/buscar");
    f->has_flow = exists(ctx, req, "/mesa/flujo");
}

/* ---- the site ---- */

typedef struct Known {
    const char *label, *icon, *path;
} Known;

static const Known footer_pages[] = {
    {N_("Citizen Attention"), NULL, "/reportes"}, {N_("Press room"), NULL, "/prensa"},
    {N_("Contact"), NULL, "/contacto"},           {N_("Who we are"), NULL, "/organizacion"},
    {N_("Is it official?"), NULL, "/verificar"},  {N_("Alerts"), NULL, "/avisos"},
    {N_("Privacy notice"), NULL, "/privacidad"},  {N_("Accessibility"), NULL, "/accesibilidad"},
};
static const Known footer_feeds[] = {
    {N_("News (Atom)"), "rss", "/novedades.atom"},
    {N_("Releases (RSS)"), "rss", "/comunicados.rss"},
    {N_("Agenda (ICS)"), "calendar", "/agenda.ics"},
    {N_("Monthly report"), "file-text", "/informes"},
    {N_("Bulletin by mail"), "mail", "/boletin"},
};

static List known_links(Ctx *ctx, const Request *req, const Known *known, size_t n)
{
    FrameLink *links = arena_array(ctx->arena, FrameLink, n);
    size_t count = 0;
    for (size_t i = 0; i < n; i++) {
        if (!exists(ctx, req, known[i].path))
            continue;
        links[count] = (FrameLink){.label = say(ctx, known[i].label), .icon = known[i].icon};
        url_inside(ctx->arena, known[i].path, &links[count++].path);
    }
    return (List){links, count};
}

static List site_links(Ctx *ctx, const Request *req, const Page *page)
{
    FrameLink *links = arena_array(ctx->arena, FrameLink, LINKS_MAX);
    size_t count = 0;
    const MenuItem *item = req->site ? req->site->site_menu : NULL;
    for (; item && item->label && count < LINKS_MAX; item++)
        if (item->right == PUBLIC)
            links[count++] = link_of(ctx, req, page, item);
    return (List){links, count};
}

/* The page's one true address, and itself in the other tongue. */
static void gather_addresses(Ctx *ctx, const Request *req, Frame *f)
{
    if (!req->route || req->method != GET)
        return;
    const char *query = form_named_query(ctx->arena, req);
    const char *path = address_encoded(ctx->arena, req->path, "/");
    const char *whole =
        arena_printf(ctx->arena, "%s%s%s", path, *query ? "?" : "", *query ? query + 1 : "");
    if (f->page->canonical.s)
        whole = f->page->canonical.s;
    const char *absolute = arena_printf(ctx->arena, "%s%s", ctx->city->base_url, whole);
    if (url_outside(ctx->arena, absolute, &f->canonical))
        f->canonical_text = absolute;
    Url here;
    if (url_inside(ctx->arena, whole, &here))
        f->other = url_query(ctx->arena, here, "idioma", f->other_lang);
}

static const char *absolute(Ctx *ctx, Url path)
{
    return path.s ? arena_printf(ctx->arena, "%s%s", ctx->city->base_url, path.s) : NULL;
}

/* The page in other languages; machines want whole addresses. */
static List gather_tongues(Ctx *ctx, const Page *page)
{
    const PageTongue *tongue = page->tongues.items;
    FrameLink *links = arena_array(ctx->arena, FrameLink, page->tongues.count + 1);
    size_t n = 0;
    for (size_t i = 0; i < page->tongues.count; i++) {
        links[n] = (FrameLink){.label = tongue[i].code};
        n += url_outside(ctx->arena, absolute(ctx, tongue[i].url), &links[n].path);
    }
    return (List){links, n};
}

static FrameLook look_of(Ctx *ctx, const Request *req)
{
    FrameLook look = {0};
    if (req->site && req->site->look && ctx->db && !faulted(ctx))
        req->site->look(ctx, &look);
    return look;
}

static void gather_site(Ctx *ctx, const Request *req, const Page *page, Frame *f)
{
    bool english = ctx->actor->tongue == TONGUE_EN;
    f->other_lang = english ? "es" : "en";
    f->other_name = english ? "Español" : "English";
    gather_addresses(ctx, req, f);
    f->tongues = gather_tongues(ctx, page);
    f->image = page->share ? absolute(ctx, page->share->image) : NULL;
    f->menu = site_links(ctx, req, page);
    f->footer = known_links(ctx, req, footer_pages, COUNT(footer_pages));
    f->feeds = known_links(ctx, req, footer_feeds, COUNT(footer_feeds));
    f->has_search = exists(ctx, req, "/buscar");
    f->has_official = exists(ctx, req, "/verificar");
    f->look = req->offer ? req->offer->look : look_of(ctx, req);
}

/* Who saves data: this page as it is for others, and the other way round. */
static void gather_data(Ctx *ctx, const Request *req, Frame *f)
{
    const char *query = form_named_query(ctx->arena, req);
    const char *here = arena_printf(ctx->arena, "%s%s%s", address_encoded(ctx->arena, req->path, "/"), *query ? "?" : "",
                                    *query ? query + 1 : "");
    Url url;
    f->lean = req->lean;
    if (req->route && req->method == GET && url_inside(ctx->arena, here, &url)) {
        f->whole = url_query(ctx->arena, url, "datos", "todos");
        f->little = url_query(ctx->arena, url, "datos", "pocos");
    }
    if (f->lean)
        f->inside = frame_without_pictures(ctx, f->inside);
}

/* ---- the document ---- */

static bool is_desk(const Ctx *ctx, const Request *req)
{
    return ctx->actor->id != 0 && text_starts(req->path, "/mesa");
}

static SafeHtml panels(Ctx *ctx, const Request *req, const char *subject, const char *where)
{
    Html *h = html_new(ctx);
    if (ctx->db && req->site)
        panels_draw(ctx, req, subject, where, 0, h);
    return html_finish(h);
}

const FrameOffer *frame_offer(Ctx *ctx, const Request *req)
{
    if (!ctx->db || text_starts(req->path, "/mesa"))
        return NULL;
    Fault kept = fault_take(ctx);
    FrameOffer *offer = arena_new_of(ctx->arena, FrameOffer);
    *offer = (FrameOffer){panels(ctx, req, "site_trouble", "main"), panels(ctx, req, "site_frame", "top"), look_of(ctx, req)};
    if (faulted(ctx))
        fault_take(ctx);
    ctx->fault = kept;
    return offer;
}

SafeHtml frame_page(Ctx *ctx, const Request *req, const Page *page)
{
    Frame f = {.ctx = ctx,
               .req = req,
               .page = page,
               .title = page->title,
               .description = page->description};
    f.lang = tongue_code(ctx->actor->tongue);
    f.inside = page->html ? html_finish(page->html) : safe_literal("");
    Html *h = html_new(ctx);
    if (page->bare) {
        frame_view_alone(h, &f);
    } else if (is_desk(ctx, req)) {
        gather_desk(ctx, req, page, &f);
        f.top = panels(ctx, req, "desk_frame", "top");
        frame_view_desk(h, &f);
    } else {
        gather_site(ctx, req, page, &f);
        gather_data(ctx, req, &f);
        f.top = req->offer ? req->offer->above : panels(ctx, req, "site_frame", "top");
        frame_view_site(h, &f);
    }
    if (html_over(h))
        fault(ctx, FAULT_TOO_LARGE, "this page would be too large: ask for less at once");
    return html_finish(h);
}

i64 frame_until(Ctx *ctx, const Request *req)
{
    return ctx->db && req->site ? panels_until(ctx, req, "site_frame", "top") : 0;
}

/* ---- faults ---- */

int fault_status(FaultKind kind)
{
    static const int statuses[FAULT_COUNT] = {
        [FAULT_NONE] = 500,      [FAULT_NOT_FOUND] = 404,   [FAULT_GONE] = 410,
        [FAULT_LOGIN] = 401,     [FAULT_FORBIDDEN] = 403,   [FAULT_INVALID] = 422,
        [FAULT_MALFORMED] = 400, [FAULT_CONFLICT] = 409,    [FAULT_STALE] = 412,
        [FAULT_TOO_LARGE] = 413, [FAULT_UNSUPPORTED] = 415, [FAULT_TOO_MANY] = 429,
        [FAULT_BUSY] = 503,      [FAULT_BROKEN] = 500,      [FAULT_LOCKED] = 423,
        [FAULT_DAMAGED] = 460,   [FAULT_FULL] = 507,
    };
    return statuses[kind];
}

static const char *heading_of(FaultKind kind)
{
    static const char *const headings[FAULT_COUNT] = {
        [FAULT_NONE] = N_("Something broke on our side"),
        [FAULT_NOT_FOUND] = N_("There is nothing here"),
        [FAULT_GONE] = N_("This is not here any more"),
        [FAULT_LOGIN] = N_("Log in first"),
        [FAULT_FORBIDDEN] = N_("You may not do this"),
        [FAULT_INVALID] = N_("Something is to be corrected"),
        [FAULT_MALFORMED] = N_("This request is broken"),
        [FAULT_CONFLICT] = N_("This is not possible now"),
        [FAULT_STALE] = N_("Somebody else was first"),
        [FAULT_TOO_LARGE] = N_("This is too large"),
        [FAULT_UNSUPPORTED] = N_("This kind is not taken here"),
        [FAULT_LOCKED] = N_("Somebody else is at it"),
        [FAULT_DAMAGED] = N_("It was damaged on its way"),
        [FAULT_TOO_MANY] = N_("Too many requests"),
        [FAULT_BUSY] = N_("One moment, please"),
        [FAULT_FULL] = N_("The disk is full"),
        [FAULT_BROKEN] = N_("Something broke on our side"),
    };
    return headings[kind];
}

/* Where one goes on from here: at the desk to its agenda, on the site to the public one. */
static void set_ways(Ctx *ctx, const Request *req, Trouble *t)
{
    bool desk = is_desk(ctx, req);
    t->search = desk ? url_literal("/mesa/buscar") : url_literal("/buscar");
    t->may_search = exists(ctx, req, t->search.s);
    t->home = desk ? url_literal("/mesa") : url_literal("/");
    t->home_label = desk ? say(ctx, "To the desk") : say(ctx, "To the front page");
    t->main = desk ? url_literal("/mesa/agenda") : url_literal("/agenda");
    t->main_label = say(ctx, "To the agenda");
    if (!exists(ctx, req, t->main.s))
        t->main = (Url){NULL};
}

/* "/comunicados/arranca-el-bacheo" was not found: "comunicados arranca el bacheo" may be. */
static const char *words_of(Ctx *ctx, const char *path)
{
    char *words = arena_text(ctx->arena, text_clip(ctx->arena, path, 80));
    for (char *p = words; *p; p++)
        if (strchr("/-_.+%", *p))
            *p = ' ';
    words = arena_text(ctx->arena, text_squeeze(ctx->arena, words));
    return *words && !text_has_control(words) ? words : NULL;
}

/* What is not there, or not any more: what may have been meant. */
static void offer_others(Ctx *ctx, const Request *req, Trouble *t)
{
    static const Page nowhere = {.here = ""};
    t->words = words_of(ctx, req->path);
    t->sections = site_links(ctx, req, &nowhere);
    if (req->offer)
        t->found = req->offer->found;
}

SafeHtml frame_fault(Ctx *ctx, const Request *req, const Fault *fault, int status,
                     const char *request_id)
{
    Trouble t = {.heading = say(ctx, heading_of(fault->kind)), .sentence = fault->what, .found = safe_literal("")};
    t.status = arena_printf(ctx->arena, "%d", status);
    t.request = status >= 500 ? request_id : NULL;
    set_ways(ctx, req, &t);
    if ((status == 404 || status == 410) && !is_desk(ctx, req))
        offer_others(ctx, req, &t);
    Page page = {.html = html_new(ctx), .title = t.heading, .noindex = true, .version = NONE};
    page.bare = !is_desk(ctx, req) && text_starts(req->path, "/mesa");
    frame_view_trouble(page.html, &t);
    return frame_page(ctx, req, &page);
}
