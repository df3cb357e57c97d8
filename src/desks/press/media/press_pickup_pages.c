/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_pickup_pages.c: what media made of the releases: noted at each, listed by month. */
#include "desks/press/media/press_media_shown.h"
#include "desks/press/press_pages.h"
#include "press_pickup_views.h"
#include "web/cursor.h"

enum { EVIDENCE_MAX = 32 * 1024 * 1024 };

static Url release_address(Ctx *ctx, i64 release)
{
    return url_id(ctx->arena, "/mesa/comunicados/", release, "#retomas");
}

/* ---- the list of a month ---- */

static Url list_address(Ctx *ctx, const char *month, const char *area, const char *after)
{
    Url url = url_query(ctx->arena, url_literal("/mesa/prensa/retomas"), "mes", month);
    return url_query(ctx->arena, url_query(ctx->arena, url, "area", area), "after", after);
}

static bool read_span(Ctx *ctx, const Request *req, PickupsShown *x, Span *span_out)
{
    const char *said = query_text(req, "mes");
    x->month = text_blank(said) ? clock_month_text(ctx->arena, ctx->city->zone, ctx->now) : said;
    return strategy_period(ctx, x->month, span_out);
}

static i64 read_area(Ctx *ctx, const Request *req)
{
    i64 area = 0;
    const char *said = query_text(req, "area");
    if (!text_blank(said) && !id_parse(said, &area))
        fault_field(ctx, "area", "\"%s\" is no record's number.", said);
    return area;
}

/* GET /mesa/prensa/retomas?mes=2022-07 */
static void page_pickups(Ctx *ctx, const Request *req, Page *page)
{
    i64 at = 0, id = 0, limit = query_limit(req);
    Span span;
    PickupsShown x = {.req = req, .may = people_has(ctx, RIGHT_PRESS_MEDIA)};
    cursor_read(ctx, req, &at, &id);
    i64 area = read_area(ctx, req);
    if (faulted(ctx) || !read_span(ctx, req, &x, &span))
        return;
    x.pickups = press_pickups(ctx, span, area, at, id, limit + 1);
    x.total = press_pickups_count(ctx, span, area);
    x.before = clock_month_text(ctx->arena, ctx->city->zone, span.from - 1);
    x.after = span.to <= ctx->now ? clock_month_text(ctx->arena, ctx->city->zone, span.to) : NULL;
    if (faulted(ctx))
        return;
    bool more = (i64)x.pickups.count > limit;
    x.pickups.count = more ? (size_t)limit : x.pickups.count;
    const Pickup *last = more ? (const Pickup *)x.pickups.items + limit - 1 : NULL;
    const char *next = last ? cursor_make(ctx, req, last->day, last->id) : NULL;
    x.next = next ? list_address(ctx, x.month, query_text(req, "area"), next) : (Url){0};
    page->title = say(ctx, "In the media");
    page->here = "/mesa/prensa/contactos";
    page_list(page, &press_pickup_shape, x.pickups, x.total, next);
    if (page->format == FORMAT_HTML)
        press_view_pickups(page->html, &x);
}

/* ---- noting ---- */

static i64 read_day(Ctx *ctx, const Request *req)
{
    Wall day;
    return form_wall(ctx, req, "day", &day) ? zone_day_start(ctx->city->zone, day) : 0;
}

static void take_file(const Request *req, PickupDraft *draft)
{
    const Upload *file = req->uploads.count ? req->uploads.items : NULL;
    draft->size = NONE;
    if (!file || !file->size)
        return;
    draft->sha256 = file->sha256;
    draft->filename = file->filename;
    draft->type = file->type;
    draft->size = file->size;
}

/* POST /mesa/comunicados/:id/retomas */
static void act_add(Ctx *ctx, const Request *req, Page *page)
{
    i64 id;
    if (!people_may(ctx, RIGHT_PRESS_MEDIA))
        return;
    PickupDraft draft = {
        .outlet = form_need(ctx, req, "outlet", 120), .kind = (OutletKind)form_word(ctx, req, "kind", press_outlet_words, OUTLET_PRINT),
        .day = read_day(ctx, req), .url = form_text(ctx, req, "url", 1000), .note = form_text(ctx, req, "note", 500),
    };
    take_file(req, &draft);
    if (faulted(ctx) || !press_pickup_add(ctx, req->id, &draft, &id))
        return;
    page_one(page, &press_pickup_shape, press_pickup(ctx, id));
    page_created(page, release_address(ctx, req->id), say(ctx, "Noted: it was taken up."));
}

/* GET /mesa/comunicados/:id/retomas: the form again, and the list of one release. */
static void page_of_release(Ctx *ctx, const Request *req, Page *page)
{
    const Release *r = press_find(ctx, req->id);
    if (!r)
        return;
    PickupPanel x = {req, r, press_pickups_of(ctx, r->id, MEDIA_PAGE_MOST), people_has(ctx, RIGHT_PRESS_MEDIA)};
    page->title = say(ctx, "In the media");
    page->here = "/mesa/comunicados";
    page_list(page, &press_pickup_shape, x.pickups, (i64)x.pickups.count, NULL);
    if (page->format == FORMAT_HTML)
        press_view_pickups_of(page->html, &x);
}

static void remove_or_not(Ctx *ctx, const Request *req, Page *page, bool removed, const char *notice)
{
    if (!press_pickup_remove(ctx, req->id, removed))
        return;
    const Pickup *k = press_pickup(ctx, req->id);
    if (!k)
        return;
    if (removed)
        page->undo = url_id(ctx->arena, "/mesa/prensa/retomas/", k->id, "/recuperar");
    page_one(page, &press_pickup_shape, k);
    page_done(page, release_address(ctx, k->release), notice);
}

/* POST /mesa/prensa/retomas/:id/quitar */
static void act_remove(Ctx *ctx, const Request *req, Page *page)
{
    remove_or_not(ctx, req, page, true, say(ctx, "It does not count any more."));
}

/* POST /mesa/prensa/retomas/:id/recuperar */
static void act_restore(Ctx *ctx, const Request *req, Page *page)
{
    remove_or_not(ctx, req, page, false, say(ctx, "It counts again."));
}

/* GET /mesa/prensa/retomas/:id/archivo */
static void page_evidence(Ctx *ctx, const Request *req, Page *page)
{
    const Pickup *k = press_pickup(ctx, req->id);
    if (!k)
        return;
    if (!k->sha256) {
        fault(ctx, FAULT_NOT_FOUND, "This was noted without a file.");
        return;
    }
    if (!page_file(ctx, req, page, k->sha256, k->type, k->filename ? k->filename : "evidencia"))
        return;
}

const Route press_pickup_routes[] = {
    {GET, "/mesa/prensa/retomas", page_pickups, RIGHT_PRESS_READ, "What media made of the releases in a month", .query = "mes area",
     .list = true, .shape = &press_pickup_shape},
    {GET, "/mesa/comunicados/:id/retomas", page_of_release, RIGHT_PRESS_READ, "What media made of one release", .list = true, .shape = &press_pickup_shape},
    {POST, "/mesa/comunicados/:id/retomas", act_add, RIGHT_PRESS_MEDIA, "Notes that a medium took a release up, with evidence: link, note or file",
     .fields = "outlet! kind day! url note file", .shape = &press_pickup_shape, .form = page_of_release, .files = true,
     .body_max = EVIDENCE_MAX},
    {POST, "/mesa/prensa/retomas/:id/quitar", act_remove, RIGHT_PRESS_MEDIA, "Takes a pick-up away", .shape = &press_pickup_shape},
    {POST, "/mesa/prensa/retomas/:id/recuperar", act_restore, RIGHT_PRESS_MEDIA, "Brings a pick-up back", .shape = &press_pickup_shape},
    {GET, "/mesa/prensa/retomas/:id/archivo", page_evidence, RIGHT_PRESS_READ, "The file that proves a pick-up", .formats = AS_HTML},
    {0},
};
