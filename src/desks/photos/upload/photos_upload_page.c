/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_upload_page.c: the page where pictures are handed in, and the form that does it without a script. */
#include "desks/photos/upload/photos_upload_page.h"
#include "desks/photos/photos_pages.h"
#include "desks/photos/upload/photos_upload.h"
#include "photos_upload_views.h"

enum { FORM_FILES_MAX = 50 };
#define FORM_BYTES_MAX ((i64)1024 * 1024 * 1024)

/* ---- reading ---- */

static bool read_id(Ctx *ctx, const char *text, const char *field, i64 *id_out)
{
    return text_blank(text) || id_parse(text, id_out) || fault_field(ctx, field, "This is no name of a record.");
}

static bool read_query(Ctx *ctx, const Request *req, i64 *event_out, i64 *coverage_out)
{
    if (!read_id(ctx, query_text(req, "evento"), "event", event_out) || !read_id(ctx, query_text(req, "cobertura"), "coverage", coverage_out))
        return false;
    const Coverage *c = *coverage_out ? agenda_coverage(ctx, *coverage_out) : NULL;
    if (c)
        *event_out = c->event;
    return !faulted(ctx);
}

/* target of the page's form, or event and coverage of a program's. */
static bool read_form(Ctx *ctx, const Request *req, i64 *event_out, i64 *coverage_out)
{
    if (form_has(req, "target"))
        return photos_read_target(ctx, req, event_out, coverage_out);
    return read_id(ctx, form_raw(req, "event"), "event", event_out) && read_id(ctx, form_raw(req, "coverage"), "coverage", coverage_out);
}

/* GET /mesa/fotos/subir */
static void page_upload(Ctx *ctx, const Request *req, Page *page)
{
    i64 event = 0, coverage = 0;
    bool typed = req->method == POST;
    if (!people_may(ctx, RIGHT_PHOTOS_UPLOAD) || !(typed ? read_form : read_query)(ctx, req, &event, &coverage))
        return;
    UploadShown x = {.form = req->form, .targets = photos_targets(ctx, event, coverage),
                     .person = id_text(ctx->arena, ctx->actor->id), .file_max = PHOTOS_FILE_MAX};
    page->title = say(ctx, "Hand photos in");
    page->here = "/mesa/fotos";
    if (!faulted(ctx))
        photos_view_upload(page->html, &x);
}

/* ---- without a script: all in one request ---- */

typedef struct Taken {
    List ids;                        /* of const i64 */
    const char *refused;             /* the last one's name and why; NULL: none was */
    size_t refused_count;
} Taken;

/* One that is refused does not take the others with it. */
static bool take_one(Ctx *ctx, const Upload *u, i64 event, i64 coverage, Taken *taken)
{
    const PhotoDraft draft = {.sha256 = u->sha256, .filename = u->filename ? u->filename : "foto", .size = u->size, .event = event,
                              .coverage = coverage};
    bool again;
    if (photos_add(ctx, &draft, (i64 *)taken->ids.items + taken->ids.count, &again)) {
        taken->ids.count++;
        return true;
    }
    if (ctx->fault.kind != FAULT_INVALID || text_same(ctx->fault.field, "event") || text_same(ctx->fault.field, "coverage"))
        return false;
    taken->refused = arena_printf(ctx->arena, "%s: %s", draft.filename, fault_take(ctx).what);
    taken->refused_count++;
    return true;
}

static bool take_all(Ctx *ctx, const Request *req, Taken *taken)
{
    i64 event = 0, coverage = 0;
    if (!people_may(ctx, RIGHT_PHOTOS_UPLOAD) || !read_form(ctx, req, &event, &coverage))
        return false;
    if (!req->uploads.count)
        return fault_field(ctx, "files", "Choose at least one picture.");
    if (req->uploads.count > FORM_FILES_MAX)
        return fault_field(ctx, "files", "At most %d pictures at once.", FORM_FILES_MAX);
    taken->ids = (List){arena_array(ctx->arena, i64, req->uploads.count), 0};
    for (const Upload *u = req->uploads.items, *end = u + req->uploads.count; u < end; u++)
        if (!take_one(ctx, u, event, coverage, taken))
            return false;
    return taken->ids.count || fault_field(ctx, "files", "%s", taken->refused);
}

static const char *said(Ctx *ctx, const Taken *taken)
{
    const char *in = arena_printf(ctx->arena, say_n(ctx, "%d photo was handed in.", "%d photos were handed in.", (i64)taken->ids.count),
                                  (int)taken->ids.count);
    if (!taken->refused)
        return in;
    return arena_printf(ctx->arena, say(ctx, "%s Refused: %s"), in, taken->refused);
}

/* POST /mesa/fotos */
static void act_upload(Ctx *ctx, const Request *req, Page *page)
{
    Taken taken = {0};
    if (!take_all(ctx, req, &taken))
        return;
    Photo *photos = arena_array(ctx->arena, Photo, taken.ids.count);
    for (size_t i = 0; i < taken.ids.count; i++) {
        const Photo *p = photos_row(ctx, ((const i64 *)taken.ids.items)[i]);
        if (!p)
            return;
        photos[i] = *p;
    }
    page_list(page, &photos_shape, (List){photos, taken.ids.count}, (i64)taken.ids.count, NULL);
    page_created(page, url_query(ctx->arena, url_literal("/mesa/fotos"), "evento", id_text(ctx->arena, photos->event)), said(ctx, &taken));
}

const Route photos_hand_in_routes[] = {
    {GET, "/mesa/fotos/subir", page_upload, RIGHT_PHOTOS_UPLOAD, "The page where photos are handed in", .formats = AS_HTML,
     .query = "evento cobertura"},
    {POST, "/mesa/fotos", act_upload, RIGHT_PHOTOS_UPLOAD, "Hands in one or several photos of an event, at most 1 GB in all",
     .fields = "files! target event coverage", .shape = &photos_shape, .form = page_upload, .body_max = FORM_BYTES_MAX, .files = true},
    {0},
};
