/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* site_desk_pages.c: the desk's hall: home, search, the journal, failed jobs, and the stream of what others change. */
#include "base/text.h"
#include "desks/site/site_pages.h"
#include "desks/site/site_room.h"
#include "web/cursor.h"
#include "web/live.h"
#include "site_desk_views.h"

enum { HITS = 50, RECENT = 8, DEAD = 200, REPLAY = 200 };

/* GET /mesa */
static void page_home(Ctx *ctx, const Request *req, Page *page)
{
    page->title = say(ctx, "Desk");
    page->here = "/mesa";
    const char *headline = people_has(ctx, RIGHT_AGENDA_READ) ? site_headline(ctx) : ctx->actor->name;
    site_view_home(page->html, req, headline, people_has(ctx, RIGHT_AGENDA_EDIT));
}

/* GET /mesa/buscar?q= */
static void page_search(Ctx *ctx, const Request *req, Page *page)
{
    if (!people_may(ctx, RIGHT_AGENDA_READ))
        return;
    const char *words = text_trim(ctx->arena, query_text(req, "q"));
    List hits = words && *words ? search_find(ctx, SEARCH_DESK, words, HITS) : (List){0};
    page->title = say(ctx, "Search");
    page_list(page, &search_shape, hits, (i64)hits.count, NULL);
    if (page->format == FORMAT_HTML)
        site_view_desk_search(page->html, words && *words ? words : NULL, hits);
}

/* ---- the journal ---- */
/* GET /mesa/bitacora */
static void page_journal(Ctx *ctx, const Request *req, Page *page)
{
    if (!people_may(ctx, RIGHT_JOURNAL_READ))
        return;
    i64 before = 0, none = 0, limit = query_limit(req);
    cursor_read(ctx, req, &none, &before);
    List lines = journal_recent(ctx, before, limit);
    const JournalLine *all = lines.items;
    bool more = (i64)lines.count == limit && all[lines.count - 1].id > 1;
    page->title = say(ctx, "Journal");
    page->here = "/mesa/bitacora";
    page_list(page, &journal_shape, lines, journal_last(ctx), more ? cursor_make(ctx, req, 0, all[lines.count - 1].id) : NULL);
    if (page->format == FORMAT_HTML)
        site_view_journal(page->html, lines, page->next);
}

/* ---- failed jobs ---- */
i64 site_dead_jobs(Ctx *ctx)
{
    return queue_count_dead(ctx);
}

/* GET /mesa/trabajos */
static void page_jobs(Ctx *ctx, const Request *req, Page *page)
{
    if (!people_may(ctx, RIGHT_QUEUE_EDIT))
        return;
    i64 waiting = 0, leased = 0, dead = 0;
    queue_counts(ctx, &waiting, &leased, &dead);
    List jobs = queue_dead(ctx, DEAD);
    page->title = say(ctx, "Failed jobs");
    page->here = "/mesa/trabajos";
    page_list(page, &job_shape, jobs, dead, NULL);
    if (page->format == FORMAT_HTML)
        site_view_jobs(page->html, jobs, waiting, leased, req->form);
}

/* POST /mesa/trabajos/:id/reintentar */
static void act_retry(Ctx *ctx, const Request *req, Page *page)
{
    if (people_may(ctx, RIGHT_QUEUE_EDIT) && queue_retry(ctx, req->id))
        page_done(page, url_literal("/mesa/trabajos"), say(ctx, "It will be tried again now."));
}

/* POST /mesa/trabajos/:id/descartar */
static void act_drop(Ctx *ctx, const Request *req, Page *page)
{
    if (people_may(ctx, RIGHT_QUEUE_EDIT) && queue_drop(ctx, req->id))
        page_done(page, url_literal("/mesa/trabajos"), say(ctx, "Dropped."));
}

/* ---- what others change ---- */
static void replay(Ctx *ctx, i64 after, Buf *out)
{
    List lines = journal_after(ctx, after, REPLAY);
    for (const JournalLine *l = lines.items, *end = l + lines.count; l < end; l++)
        live_frame(out, l->id, "journal", journal_news(ctx->arena, l));
}

/* GET /mesa/flujo */
static void page_stream(Ctx *ctx, const Request *req, Page *page)
{
    static const Stream stream = {"desk", replay};
    page->stream = &stream;
}

/* ---- panels of the home ---- */
static void panel_dead(Ctx *ctx, const Request *req, i64 id, Html *h)
{
    i64 dead = site_dead_jobs(ctx);
    if (dead)
        site_view_dead_first(h, dead);
}

static void panel_recent(Ctx *ctx, const Request *req, i64 id, Html *h)
{
    site_view_recent(h, journal_recent(ctx, 0, RECENT));
}

const Panel site_panels[] = {
    {"desk_home", "first", 90, RIGHT_QUEUE_EDIT, panel_dead},
    {"desk_home", "side", 90, RIGHT_JOURNAL_READ, panel_recent},
    {0},
};

const Route site_desk_routes[] = {
    {GET, "/mesa", page_home, LOGIN, "The desk's home", .formats = AS_HTML},
    {GET, "/mesa/buscar", page_search, RIGHT_AGENDA_READ, "Search in the desk", .list = true, .query = "q", .shape = &search_shape},
    {GET, "/mesa/bitacora", page_journal, RIGHT_JOURNAL_READ, "Who changed what, newest first", .list = true, .shape = &journal_shape},
    {GET, "/mesa/trabajos", page_jobs, RIGHT_QUEUE_EDIT, "Jobs that failed for good", .list = true, .shape = &job_shape},
    {POST, "/mesa/trabajos/:id/reintentar", act_retry, RIGHT_QUEUE_EDIT, "Tries a failed job again"},
    {POST, "/mesa/trabajos/:id/descartar", act_drop, RIGHT_QUEUE_EDIT, "Drops a failed job"},
    {GET, "/mesa/flujo", page_stream, LOGIN, "What others change, as server-sent events", .formats = AS_STREAM},
    {0},
};
