/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_contact_pages.c: the book of those who cover from outside. */
#include "desks/agenda/coverage/agenda_cover.h"
#include "desks/agenda/agenda_pages.h"
#include "agenda_contact_views.h"

enum { CONTACTS_MOST = 500 };

static bool may_see(Ctx *ctx)
{
    return people_may(ctx, RIGHT_COVERAGE_ASSIGN); /* telephones are nobody else's business */
}

static Contact read_contact(Ctx *ctx, const Request *req, const Contact *c)
{
#define KEPT(field, most) (c && !form_has(req, #field) ? c->field : form_text(ctx, req, #field, most))
    return (Contact){
        .name = KEPT(name, 120), .organisation = KEPT(organisation, 120), .mail = KEPT(mail, 254),
        .phone = KEPT(phone, 40), .note = KEPT(note, 2000),
    };
#undef KEPT
}

/* GET /mesa/contactos?ver=archivados */
static void page_contacts(Ctx *ctx, const Request *req, Page *page)
{
    if (!may_see(ctx))
        return;
    bool archived = text_same(query_text(req, "ver"), "archivados");
    List list = agenda_contacts(ctx, !archived, CONTACTS_MOST);
    page->title = say(ctx, "Contacts outside");
    page->here = "/mesa/contactos";
    page_list(page, &agenda_contact_shape, list, (i64)list.count, NULL);
    if (page->format == FORMAT_HTML)
        agenda_view_contacts(page->html, list, archived, req->form);
}

/* GET /mesa/contactos/:id */
static void page_contact(Ctx *ctx, const Request *req, Page *page)
{
    const Contact *c = may_see(ctx) ? agenda_contact(ctx, req->id) : NULL;
    if (!c)
        return;
    page->title = c->name;
    page->here = "/mesa/contactos";
    page->version = page->format == FORMAT_HTML ? NONE : c->version;
    page_one(page, &agenda_contact_shape, c);
    if (page->format == FORMAT_HTML)
        agenda_view_contact(page->html, c, req->form);
}

/* POST /mesa/contactos */
static void act_add(Ctx *ctx, const Request *req, Page *page)
{
    i64 id;
    Contact draft = read_contact(ctx, req, NULL);
    if (faulted(ctx) || !agenda_contact_add(ctx, &draft, &id))
        return;
    page_one(page, &agenda_contact_shape, agenda_contact(ctx, id));
    page_created(page, page->format == FORMAT_HTML ? url_literal("/mesa/contactos") : agenda_contact_url(ctx->arena, id),
                 say(ctx, "The contact was added."));
}

static void saved(Ctx *ctx, const Request *req, Page *page, bool done)
{
    const Contact *c = done ? agenda_contact(ctx, req->id) : NULL;
    if (!c)
        return;
    page_one(page, &agenda_contact_shape, c);
    page->version = c->version;
    page_done(page, url_literal("/mesa/contactos"), say(ctx, "Saved."));
}

/* POST /mesa/contactos/:id */
static void act_change(Ctx *ctx, const Request *req, Page *page)
{
    const Contact *c = may_see(ctx) ? agenda_contact(ctx, req->id) : NULL;
    if (!c)
        return;
    Contact draft = read_contact(ctx, req, c);
    saved(ctx, req, page, !faulted(ctx) && agenda_contact_change(ctx, req->id, req->version, &draft));
}

/* POST /mesa/contactos/:id/archivar */
static void act_archive(Ctx *ctx, const Request *req, Page *page)
{
    saved(ctx, req, page, agenda_contact_archive(ctx, req->id, req->version, true));
}

/* POST /mesa/contactos/:id/restaurar */
static void act_restore(Ctx *ctx, const Request *req, Page *page)
{
    saved(ctx, req, page, agenda_contact_archive(ctx, req->id, req->version, false));
}

const Route agenda_contact_routes[] = {
    {GET, "/mesa/contactos", page_contacts, RIGHT_COVERAGE_ASSIGN, "Who covers from outside the desk", .query = "ver",
     .list = true, .shape = &agenda_contact_shape},
    {GET, "/mesa/contactos/:id", page_contact, RIGHT_COVERAGE_ASSIGN, "A contact outside", .shape = &agenda_contact_shape},
    {POST, "/mesa/contactos", act_add, RIGHT_COVERAGE_ASSIGN, "Adds a contact", .fields = "name! organisation mail phone note",
     .shape = &agenda_contact_shape, .form = page_contacts},
    {POST, "/mesa/contactos/:id", act_change, RIGHT_COVERAGE_ASSIGN, "Changes a contact",
     .fields = "name organisation mail phone note version", .shape = &agenda_contact_shape, .form = page_contact},
    {POST, "/mesa/contactos/:id/archivar", act_archive, RIGHT_COVERAGE_ASSIGN, "Puts a contact away: not offered any more",
     .fields = "version", .shape = &agenda_contact_shape, .form = page_contact},
    {POST, "/mesa/contactos/:id/restaurar", act_restore, RIGHT_COVERAGE_ASSIGN, "Offers a contact again",
     .fields = "version", .shape = &agenda_contact_shape, .form = page_contact},
    {0},
};
