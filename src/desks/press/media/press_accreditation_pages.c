/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_accreditation_pages.c: media ask on a public page, the desk answers. */
#include "desks/press/media/press_media_shown.h"
#include "desks/press/press_pages.h"
#include "mail/mail.h"
#include "press_accreditation_views.h"
#include "web/cursor.h"

/* ---- anybody ---- */

static List event_choices(Ctx *ctx)
{
    List events = press_accreditation_events(ctx);
    Choice *choices = arena_array(ctx->arena, Choice, events.count + 1);
    for (size_t i = 0; i < events.count; i++) {
        const PublicEvent *e = (const PublicEvent *)events.items + i;
        choices[i] = (Choice){id_text(ctx->arena, e->id),
                                  arena_printf(ctx->arena, "%s · %s",
                                               clock_say(ctx->arena, ctx->city->zone, ctx->actor->tongue, CLOCK_SAY_MOMENT, e->starts_at), e->title)};
    }
    return (List){choices, events.count};
}

/* GET /prensa/acreditacion */
static void page_ask(Ctx *ctx, const Request *req, Page *page)
{
    page->title = say(ctx, "Accreditation for media");
    page->description = say(ctx, "For who works for a newspaper, a station or a site and wants to cover what the city government does.");
    AskShown x = {.req = req, .events = event_choices(ctx), .notice = press_notice_version(ctx)};
    if (!faulted(ctx) || req->method == POST)
        press_view_accreditation_ask(page->html, &x);
}

/* POST /prensa/acreditacion */
static void act_ask(Ctx *ctx, const Request *req, Page *page)
{
    AccreditationDraft draft = {
        .name = form_need(ctx, req, "name", 120), .outlet = form_need(ctx, req, "outlet", 120),
        .outlet_kind = (OutletKind)form_word(ctx, req, "outlet_kind", press_outlet_words, OUTLET_OTHER),
        .mail = form_need(ctx, req, "mail", 254), .phone = form_text(ctx, req, "phone", 40), .event = form_id(ctx, req, "event"),
        .text = form_text(ctx, req, "text", 2000), .notice = press_notice_version(ctx),
    };
    if (faulted(ctx) || !press_accreditation_ask(ctx, &draft))
        return;
    page->title = say(ctx, "Your request is here");
    press_view_accreditation_asked(page->html, draft.mail);
}

/* ---- the desk ---- */

/* GET /mesa/prensa/acreditaciones */
static void page_requests(Ctx *ctx, const Request *req, Page *page)
{
    i64 at = 0, id = 0, limit = query_limit(req);
    cursor_read(ctx, req, &at, &id);
    RequestsShown x = {.req = req, .decided = text_same(query_text(req, "ver"), "resueltas"), .mail = mail_is_set_up(ctx->city)};
    x.requests = press_accreditations(ctx, !x.decided, id, limit + 1);
    x.waiting = press_accreditations_waiting(ctx);
    x.active = req->method == POST ? req->id : 0;
    if (faulted(ctx))
        return;
    bool more = (i64)x.requests.count > limit;
    x.requests.count = more ? (size_t)limit : x.requests.count;
    const char *next = more ? cursor_make(ctx, req, 0, ((const Accreditation *)x.requests.items)[limit - 1].id) : NULL;
    if (next)
        x.next = url_query(ctx->arena, url_query(ctx->arena, url_literal("/mesa/prensa/acreditaciones"), "ver", x.decided ? "resueltas" : NULL),
                           "after", next);
    page->title = say(ctx, "Requests for accreditation");
    page->here = "/mesa/prensa/contactos";
    page->noindex = true;
    page_list(page, &press_accreditation_shape, x.requests, x.decided ? NONE : x.waiting, next);
    if (page->format == FORMAT_HTML)
        press_view_accreditations(page->html, &x);
}

static void answered(Ctx *ctx, const Request *req, Page *page, bool done)
{
    const Accreditation *q = done ? press_accreditation(ctx, req->id) : NULL;
    if (!q)
        return;
    page_one(page, &press_accreditation_shape, q);
    page_done(page, url_literal("/mesa/prensa/acreditaciones"),
              mail_is_set_up(ctx->city) ? say(ctx, "Decided; the answer goes out by mail.")
              : q->phone ? arena_printf(ctx->arena, say(ctx, "Decided. Mail is not set up: call %s at %s."), q->name, q->phone)
                         : arena_printf(ctx->arena, say(ctx, "Decided. Mail is not set up: write to %s yourself."), q->mail));
}

/* POST /mesa/prensa/acreditaciones/:id/otorgar */
static void act_grant(Ctx *ctx, const Request *req, Page *page)
{
    answered(ctx, req, page, press_accreditation_grant(ctx, req->id, req->version));
}

/* POST /mesa/prensa/acreditaciones/:id/negar */
static void act_refuse(Ctx *ctx, const Request *req, Page *page)
{
    const char *reason = form_text(ctx, req, "reason", 500);
    answered(ctx, req, page, !faulted(ctx) && press_accreditation_refuse(ctx, req->id, req->version, reason));
}

const Route press_accreditation_routes[] = {
    {GET, "/prensa/acreditacion", page_ask, PUBLIC, "The form by which media ask to be accredited", .formats = AS_HTML, .uncached = true},
    {POST, "/prensa/acreditacion", act_ask, PUBLIC, "Asks to be accredited", .formats = AS_HTML,
     .fields = "name! outlet! outlet_kind mail! phone event text", .form = page_ask, .body_max = 32 * 1024},
    {GET, "/mesa/prensa/acreditaciones", page_requests, RIGHT_PRESS_MEDIA, "Requests for accreditation: those that wait, or those decided", .list = true,
     .query = "ver", .shape = &press_accreditation_shape},
    {POST, "/mesa/prensa/acreditaciones/:id/otorgar", act_grant, RIGHT_PRESS_MEDIA, "Accredits: makes a contact, or marks the one that is there",
     .fields = "version", .shape = &press_accreditation_shape, .form = page_requests},
    {POST, "/mesa/prensa/acreditaciones/:id/negar", act_refuse, RIGHT_PRESS_MEDIA, "Refuses to accredit, with a reason",
     .fields = "reason! version", .shape = &press_accreditation_shape, .form = page_requests},
    {0},
};
