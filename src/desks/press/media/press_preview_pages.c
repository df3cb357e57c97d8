/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_preview_pages.c: links that are given to accredited media, and what stands behind them. */
#include "desks/press/editor/press_editor.h"
#include "desks/press/media/press_media_shown.h"
#include "desks/press/press_pages.h"
#include "web/site.h"
#include "press_preview_views.h"

enum { CHOICES_MOST = 1000 };

/* ---- at the desk ---- */

static List accredited(Ctx *ctx)
{
    List all = press_contacts(ctx, &(ContactFilter){0}, 0, CHOICES_MOST);
    Choice *choices = arena_array(ctx->arena, Choice, all.count + 1);
    size_t n = 0;
    for (const MediaContact *c = all.items, *end = c + all.count; c < end; c++)
        if (c->accredited)
            choices[n++] = (Choice){id_text(ctx->arena, c->id), c->outlet ? arena_printf(ctx->arena, "%s · %s", c->name, c->outlet) : c->name};
    return (List){choices, n};
}

/* GET /mesa/comunicados/:id/avances */
static void page_previews(Ctx *ctx, const Request *req, Page *page)
{
    if (!people_may(ctx, RIGHT_PRESS_MEDIA))
        return;
    const Release *r = press_find(ctx, req->id);
    if (!r)
        return;
    PreviewsShown x = {.req = req, .release = r, .previews = press_previews(ctx, r->id, req->site->seal_key)};
    x.possible = r->embargo_until > ctx->now && r->approved_hash && text_same(r->hash, r->approved_hash) &&
                 (r->state == RELEASE_EMBARGOED || r->state == RELEASE_APPROVED);
    x.contacts = x.possible && page->format == FORMAT_HTML ? accredited(ctx) : (List){0};
    if (faulted(ctx))
        return;
    page->title = say(ctx, "Before the embargo ends");
    page->here = "/mesa/comunicados";
    page->noindex = true;
    page_list(page, &press_avance_shape, x.previews, (i64)x.previews.count, NULL);
    if (page->format == FORMAT_HTML)
        press_view_previews(page->html, &x);
}

static void give_all(Ctx *ctx, const Request *req, Page *page, i64 release, const char *notice)
{
    List all = press_previews(ctx, release, req->site->seal_key);
    page_list(page, &press_avance_shape, all, (i64)all.count, NULL);
    page_done(page, url_id(ctx->arena, "/mesa/comunicados/", release, "/avances"), notice);
}

/* POST /mesa/comunicados/:id/avances */
static void act_give(Ctx *ctx, const Request *req, Page *page)
{
    i64 contact = form_id(ctx, req, "contact"), hours = form_int(ctx, req, "grace", 0, 168), id;
    if (faulted(ctx) || !press_preview_give(ctx, req->id, contact, hours == NONE ? 0 : hours * CLOCK_HOUR, &id))
        return;
    give_all(ctx, req, page, req->id, say(ctx, "The link is made: copy it and send it to that person only."));
}

/* POST /mesa/prensa/avances/:id/revocar */
static void act_revoke(Ctx *ctx, const Request *req, Page *page)
{
    i64 release;
    if (press_preview_revoke(ctx, req->id, &release))
        give_all(ctx, req, page, release, say(ctx, "The link opens nothing any more."));
}

/* ---- behind the link ---- */

/* Noted beside the request, which does not wait for it. */
typedef struct Opening {
    WriterJob job;
    Ctx ctx;
    i64 id;
} Opening;

static bool note_opening(Ctx *ctx, WriterJob *job)
{
    return press_preview_note(ctx, ((const Opening *)job)->id);
}

static void opening_noted(Ctx *ctx, WriterJob *job)
{
    (void)job;
    arena_free(ctx->arena); /* the job lies in it */
}

static void note(const Ctx *ctx, const Request *req, i64 id)
{
    if (!req->site->writer)
        return;
    Arena *arena = arena_new(0);
    Opening *o = arena_new_of(arena, Opening);
    o->ctx = (Ctx){arena, NULL, &actor_system, ctx->city, ctx->now, {0}};
    o->id = id;
    o->job = (WriterJob){.ctx = &o->ctx, .work = note_opening, .done = opening_noted};
    writer_submit(req->site->writer, &o->job);
}

/* Whoever passes the text on passes the name on with it. */
static const char *marked(Ctx *ctx, const PreviewOpened *o)
{
    const char *until = clock_say(ctx->arena, ctx->city->zone, ctx->actor->tongue, CLOCK_SAY_MOMENT, o->release->embargo_until);
    return arena_printf(ctx->arena, "%s\n%s\n\n%s", arena_printf(ctx->arena, say(ctx, "UNDER EMBARGO until %s"), until),
                        arena_printf(ctx->arena, say(ctx, "Given to %s in person"), o->preview->contact_name),
                        press_sending_text(ctx, o->release));
}

/* GET /prensa/avance/:token */
static void page_preview(Ctx *ctx, const Request *req, Page *page)
{
    PreviewOpened opened;
    if (!press_preview_open(ctx, req->token, req->site->seal_key, &opened))
        return;
    page->noindex = true;
    if (opened.published) {
        url_inside(ctx->arena, opened.published, &page->redirect);
        return;
    }
    AvanceShown x = {.req = req, .opened = &opened, .files = opened.release->files, .plain = marked(ctx, &opened)};
    if (faulted(ctx))
        return;
    page->title = opened.shown->title;
    press_view_avance(page->html, &x);
    note(ctx, req, opened.preview->id);
}

const Route press_embargo_routes[] = {
    {GET, "/mesa/comunicados/:id/avances", page_previews, RIGHT_PRESS_MEDIA, "Links by which accredited media read a release before its embargo ends", .list = true,
     .shape = &press_avance_shape},
    {POST, "/mesa/comunicados/:id/avances", act_give, RIGHT_PRESS_MEDIA, "Gives an accredited contact a link of its own",
     .fields = "contact! grace", .shape = &press_avance_shape, .form = page_previews},
    {POST, "/mesa/prensa/avances/:id/revocar", act_revoke, RIGHT_PRESS_MEDIA, "Takes such a link back", .shape = &press_avance_shape},
    {0},
};

const Route press_preview_routes[] = {
    {GET, "/prensa/avance/:token", page_preview, PUBLIC, "A release under embargo, for whom it was given to", .formats = AS_HTML, .uncached = true},
    {0},
};
