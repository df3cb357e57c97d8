/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_sending_pages.c: a release to mailing lists: who would get it, the sending, and what became of each message. */
#include "desks/press/media/press_media_shown.h"
#include "desks/press/press_pages.h"
#include "mail/mail.h"
#include "web/site.h"
#include "press_sending_views.h"

static void place(Page *page, const char *title)
{
    page->title = title;
    page->here = "/mesa/comunicados";
    page->noindex = true;
}

static Url address(Ctx *ctx, i64 release)
{
    return url_id(ctx->arena, "/mesa/comunicados/", release, "/envios");
}

/* Of the form that is drawn again, else of the address; one a line. */
static const char *chosen_lists(Ctx *ctx, const Request *req)
{
    const char *chosen = req->method == POST ? form_lines(ctx, req, "lists", 20) : query_text(req, "listas");
    return text_blank(chosen) ? NULL : chosen;
}

static bool is_chosen(Ctx *ctx, const char *chosen, i64 id)
{
    List words = text_split(ctx->arena, chosen ? chosen : "", '\n');
    for (size_t i = 0; i < words.count; i++)
        if (text_same(((const char *const *)words.items)[i], id_text(ctx->arena, id)))
            return true;
    return false;
}

static List list_choices(Ctx *ctx, const char *chosen)
{
    List lists = press_media_lists(ctx);
    ListChoice *choices = arena_array(ctx->arena, ListChoice, lists.count + 1);
    for (size_t i = 0; i < lists.count; i++) {
        const MediaList *l = (const MediaList *)lists.items + i;
        choices[i] = (ListChoice){l, is_chosen(ctx, chosen, l->id)};
    }
    return (List){choices, lists.count};
}

/* For a mail program's blind copy field. */
static const char *blind_copies(Ctx *ctx, const Recipients *r)
{
    Buf *out = buf_new(ctx->arena, 1024, 512 * 1024);
    for (const Recipient *x = r->all.items, *end = x + r->all.count; x < end; x++)
        if (x->reach == REACH_YES)
            buf_printf(out, "%s%s", buf_size(out) ? ", " : "", x->mail);
    return buf_size(out) ? buf_data(out) : "";
}

static bool look(Ctx *ctx, const Request *req, SendShown *x)
{
    x->chosen = chosen_lists(ctx, req);
    x->lists = list_choices(ctx, x->chosen);
    x->sendings = press_sendings(ctx, x->release->id);
    x->mail = mail_is_set_up(ctx->city);
    x->possible = x->release->state == RELEASE_PUBLISHED || x->release->state == RELEASE_CORRECTED;
    if (!x->chosen || faulted(ctx))
        return !faulted(ctx);
    Recipients *r = arena_new_of(ctx->arena, Recipients);
    if (!press_recipients(ctx, x->release->id, x->chosen, r))
        return false;
    x->recipients = r;
    if (!x->mail) {
        x->text = press_sending_text(ctx, x->release);
        x->bcc = blind_copies(ctx, r);
    }
    return true;
}

/* GET /mesa/comunicados/:id/envios?listas= */
static void page_sendings(Ctx *ctx, const Request *req, Page *page)
{
    if (!people_may(ctx, RIGHT_PRESS_MEDIA))
        return;
    SendShown x = {.req = req, .release = press_find(ctx, req->id)};
    if (!x.release || !look(ctx, req, &x))
        return;
    place(page, say(ctx, "Send to media"));
    page_list(page, &press_sending_shape, x.sendings, (i64)x.sendings.count, NULL);
    if (page->format == FORMAT_HTML)
        press_view_sendings(page->html, &x);
    if (x.bcc && req->method == GET)
        press_media_trace(ctx, req, 0, "exported");
}

/* POST /mesa/comunicados/:id/envios */
static void act_send(Ctx *ctx, const Request *req, Page *page)
{
    const char *lists = form_lines(ctx, req, "lists", 20);
    i64 sent = 0;
    if (faulted(ctx) || !press_send_out(ctx, req->id, lists, &sent))
        return;
    List sendings = press_sendings(ctx, req->id);
    page_list(page, &press_sending_shape, sendings, (i64)sendings.count, NULL);
    page_done(page, address(ctx, req->id),
              arena_printf(ctx->arena, say_n(ctx, "%" PRId64 " message is on its way.", "%" PRId64 " messages are on their way.", sent), sent));
}

/* GET /mesa/prensa/envios/:id */
static void page_sending(Ctx *ctx, const Request *req, Page *page)
{
    const Sending *s = press_sending(ctx, req->id);
    if (!s)
        return;
    place(page, say(ctx, "What became of it"));
    page_one(page, &press_sending_shape, s);
    if (page->format == FORMAT_HTML)
        press_view_sending(page->html, &(SendingShown){req, s});
}

/* POST /mesa/prensa/envios/:id/rebote */
static void act_bounced(Ctx *ctx, const Request *req, Page *page)
{
    i64 contact = form_id(ctx, req, "contact");
    const char *text = form_text(ctx, req, "note", 300);
    if (faulted(ctx) || !press_sending_bounced(ctx, req->id, contact, text))
        return;
    page_one(page, &press_sending_shape, press_sending(ctx, req->id));
    page_done(page, url_id(ctx->arena, "/mesa/prensa/envios/", req->id, NULL), say(ctx, "Noted: it came back."));
}

const Route press_sending_routes[] = {
    {GET, "/mesa/comunicados/:id/envios", page_sendings, RIGHT_PRESS_MEDIA, "A release's sendings; with lists, who would get it and who would not", .list = true,
     .query = "listas", .shape = &press_sending_shape},
    {POST, "/mesa/comunicados/:id/envios", act_send, RIGHT_PRESS_MEDIA, "Sends a public release to mailing lists, one message each",
     .fields = "lists!", .shape = &press_sending_shape, .form = page_sendings},
    {GET, "/mesa/prensa/envios/:id", page_sending, RIGHT_PRESS_MEDIA, "A sending and what became of each message", .shape = &press_sending_shape},
    {POST, "/mesa/prensa/envios/:id/rebote", act_bounced, RIGHT_PRESS_MEDIA, "Notes that a message came back", .fields = "contact! note",
     .shape = &press_sending_shape, .form = page_sending},
    {0},
};
