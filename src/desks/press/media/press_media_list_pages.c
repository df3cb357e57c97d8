/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_media_list_pages.c: the addresses of mailing lists. */
#include "desks/press/media/press_media_shown.h"
#include "desks/press/press_pages.h"
#include "press_media_list_views.h"

enum { MEMBERS_MOST = 1000, FOUND_MOST = 20 };

static void place(Page *page, const char *title)
{
    page->title = title;
    page->here = "/mesa/prensa/contactos";
    page->noindex = true;
}

/* GET /mesa/prensa/listas */
static void page_lists(Ctx *ctx, const Request *req, Page *page)
{
    List lists = press_media_lists(ctx);
    if (faulted(ctx))
        return;
    place(page, say(ctx, "Mailing lists"));
    page_list(page, &press_media_list_shape, lists, (i64)lists.count, NULL);
    if (page->format == FORMAT_HTML)
        press_view_media_lists(page->html, lists, req->form);
}

/* Those who are not in it yet. */
static List found(Ctx *ctx, const char *words, List members)
{
    List all = press_contacts(ctx, &(ContactFilter){words, false}, 0, FOUND_MOST + (i64)members.count);
    MediaContact *out = arena_array(ctx->arena, MediaContact, FOUND_MOST);
    size_t n = 0;
    for (const MediaContact *c = all.items, *end = c + all.count; c < end && n < FOUND_MOST; c++) {
        bool is_in = false;
        for (const MediaContact *m = members.items, *last = m + members.count; m < last; m++)
            is_in |= m->id == c->id;
        if (!is_in)
            out[n++] = *c;
    }
    return (List){out, n};
}

static void draw(Ctx *ctx, const Request *req, Page *page, const MediaList *l)
{
    ListShownMedia x = {.req = req, .list = l, .members = press_media_list_members(ctx, l->id, MEMBERS_MOST)};
    x.words = text_trim(ctx->arena, query_text(req, "q"));
    x.words = text_blank(x.words) ? NULL : x.words;
    x.found = x.words ? found(ctx, x.words, x.members) : (List){0};
    place(page, l->name);
    press_view_media_list(page->html, &x);
}

/* GET /mesa/prensa/listas/:id */
static void page_one_list(Ctx *ctx, const Request *req, Page *page)
{
    const MediaList *l = press_media_list(ctx, req->id);
    if (!l)
        return;
    page->version = page->format == FORMAT_HTML ? NONE : l->version;
    page_one(page, &press_media_list_shape, l);
    if (page->format == FORMAT_HTML)
        draw(ctx, req, page, l);
}

/* POST /mesa/prensa/listas */
static void act_add(Ctx *ctx, const Request *req, Page *page)
{
    const char *name = form_need(ctx, req, "name", 80);
    i64 id;
    if (faulted(ctx) || !press_media_list_add(ctx, name, &id))
        return;
    page_one(page, &press_media_list_shape, press_media_list(ctx, id));
    page_created(page, press_media_list_url(ctx->arena, id), say(ctx, "The list is there: now put contacts on it."));
}

static void give(Ctx *ctx, const Request *req, Page *page, bool done, Url where, const char *notice)
{
    const MediaList *l = done ? press_media_list(ctx, req->id) : NULL;
    if (!l)
        return;
    page_one(page, &press_media_list_shape, l);
    page->version = l->version;
    page_done(page, where, notice);
}

/* POST /mesa/prensa/listas/:id */
static void act_rename(Ctx *ctx, const Request *req, Page *page)
{
    const char *name = form_need(ctx, req, "name", 80);
    give(ctx, req, page, !faulted(ctx) && press_media_list_rename(ctx, req->id, req->version, name), press_media_list_url(ctx->arena, req->id),
         say(ctx, "Saved."));
}

/* POST /mesa/prensa/listas/:id/miembros */
static void act_member(Ctx *ctx, const Request *req, Page *page)
{
    i64 contact = form_id(ctx, req, "contact");
    bool member = !form_has(req, "member") || form_bool(req, "member");
    bool from_contact = text_same(form_text(ctx, req, "back", 20), "contact");
    Url where = from_contact ? press_contact_url(ctx->arena, contact) : press_media_list_url(ctx->arena, req->id);
    give(ctx, req, page, !faulted(ctx) && press_media_list_set_member(ctx, req->id, contact, member), where,
         member ? say(ctx, "It is on the list.") : say(ctx, "It is off the list."));
}

/* POST /mesa/prensa/listas/:id/borrar */
static void act_drop(Ctx *ctx, const Request *req, Page *page)
{
    if (!press_media_list_drop(ctx, req->id, req->version))
        return;
    MediaList *gone = arena_new_of(ctx->arena, MediaList);
    gone->id = req->id;
    page_one(page, &press_media_list_shape, gone);
    page_done(page, url_literal("/mesa/prensa/listas"), say(ctx, "The list is gone; its contacts stay."));
}

const Route press_media_list_routes[] = {
    {GET, "/mesa/prensa/listas", page_lists, RIGHT_PRESS_MEDIA, "Mailing lists", .list = true, .shape = &press_media_list_shape},
    {POST, "/mesa/prensa/listas", act_add, RIGHT_PRESS_MEDIA, "Makes a mailing list", .fields = "name!", .shape = &press_media_list_shape,
     .form = page_lists},
    {GET, "/mesa/prensa/listas/:id", page_one_list, RIGHT_PRESS_MEDIA, "A mailing list and who is on it", .query = "q",
     .shape = &press_media_list_shape},
    {POST, "/mesa/prensa/listas/:id", act_rename, RIGHT_PRESS_MEDIA, "Calls a mailing list otherwise", .fields = "name! version",
     .shape = &press_media_list_shape, .form = page_one_list},
    {POST, "/mesa/prensa/listas/:id/miembros", act_member, RIGHT_PRESS_MEDIA, "Puts a contact on the list, or takes it off",
     .fields = "contact! member back", .shape = &press_media_list_shape, .form = page_one_list},
    {POST, "/mesa/prensa/listas/:id/borrar", act_drop, RIGHT_PRESS_MEDIA, "Ends a list that nothing was sent to", .fields = "version",
     .shape = &press_media_list_shape, .form = page_one_list},
    {0},
};
