/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_review_pages.c: comments, versions, and what one version has changed of another. */
#include "desks/press/editor/press_editor.h"
#include "desks/press/press_pages.h"
#include "web/cursor.h"
#include "web/form.h"
#include "press_review_views.h"

enum { COMMENT_MAX = 4000, QUOTE_MAX = 1000, VERSIONS_MOST = 200 };

/* ---- comments ---- */

static void give_comments(Ctx *ctx, const Request *req, Page *page, i64 release)
{
    (void)req;
    List comments = press_comments(ctx, release);
    page_list(page, &press_comment_shape, comments, (i64)comments.count, NULL);
}

/* GET /mesa/comunicados/:id/comentarios */
static void page_comments(Ctx *ctx, const Request *req, Page *page)
{
    if (people_may(ctx, RIGHT_PRESS_READ) && press_find(ctx, req->id))
        give_comments(ctx, req, page, req->id);
}

static const ReleaseComment *comment_of(Ctx *ctx, i64 release, i64 id)
{
    List all = press_comments(ctx, release);
    for (const ReleaseComment *c = all.items, *end = c + all.count; c < end; c++)
        if (c->id == id)
            return c;
    return NULL;
}

/* POST /mesa/comunicados/:id/comentarios */
static void act_comment(Ctx *ctx, const Request *req, Page *page)
{
    const char *text = form_text(ctx, req, "text", COMMENT_MAX), *quote = form_text(ctx, req, "quote", QUOTE_MAX);
    i64 id;
    if (faulted(ctx) || !press_comment(ctx, req->id, text, quote, &id))
        return;
    page_one(page, &press_comment_shape, comment_of(ctx, req->id, id));
    page_created(page, press_act_url(ctx->arena, req->id, "comentarios"), say(ctx, "Your comment was added."));
    if (page->format == FORMAT_HTML)
        page->redirect = press_url(ctx->arena, req->id);
}

/* POST /mesa/comunicados/comentarios/:id/resolver */
static void act_resolve(Ctx *ctx, const Request *req, Page *page)
{
    bool resolved = !form_has(req, "resolved") || form_bool(req, "resolved");
    if (!press_comment_resolve(ctx, req->id, resolved))
        return;
    Url back = url_literal("/mesa/comunicados");
    url_inside(ctx->arena, form_raw(req, "volver"), &back);
    page_done(page, back, resolved ? say(ctx, "Settled.") : say(ctx, "Open again."));
}

/* ---- versions ---- */

static const Release *release_here(Ctx *ctx, const Request *req, Page *page, const char *title)
{
    const Release *r = people_may(ctx, RIGHT_PRESS_READ) ? press_find(ctx, req->id) : NULL;
    page->title = r ? arena_printf(ctx->arena, "%s · %s", title, r->title) : title;
    page->here = "/mesa/comunicados";
    return r;
}

/* GET /mesa/comunicados/:id/versiones */
static void page_versions(Ctx *ctx, const Request *req, Page *page)
{
    const Release *r = release_here(ctx, req, page, say(ctx, "Versions"));
    if (!r)
        return;
    i64 limit = query_limit(req), none = 0, before = 0;
    cursor_read(ctx, req, &none, &before);
    List versions = press_versions(ctx, r->id, before, limit + 1);
    bool more = (i64)versions.count > limit;
    versions.count = more ? (size_t)limit : versions.count;
    const ReleaseVersion *oldest = more ? (const ReleaseVersion *)versions.items + limit - 1 : NULL;
    const char *next = oldest ? cursor_make(ctx, req, 0, oldest->number) : NULL;
    page_list(page, &press_version_shape, versions, NONE, next);
    if (page->format != FORMAT_HTML)
        return;
    CompareShown x = {.release = r, .versions = versions, .req = req};
    i64 last = versions.count ? ((const ReleaseVersion *)versions.items)[0].number : 0;
    press_view_versions_page(page->html, &x, before ? 0 : last, next);
}

static i64 newest_number(Ctx *ctx, i64 release)
{
    List newest = press_versions(ctx, release, 0, 1);
    return newest.count ? ((const ReleaseVersion *)newest.items)->number : 0;
}

/* GET /mesa/comunicados/:id/versiones/una?numero=3 */
static void page_version(Ctx *ctx, const Request *req, Page *page)
{
    const Release *r = release_here(ctx, req, page, say(ctx, "Version"));
    i64 last = r ? newest_number(ctx, r->id) : 0;
    const ReleaseVersion *v = r ? press_version(ctx, r->id, query_int(req, "numero", last)) : NULL;
    if (!v)
        return;
    page_one(page, &press_version_shape, v);
    if (page->format != FORMAT_HTML)
        return;
    VersionShown x = {.release = r, .version = v, .then = press_version_read(ctx, v), .last = last, .req = req};
    if (x.then)
        press_view_version(page->html, &x);
}

static const Field piece_fields[] = {
    FIELD_TEXT(FieldDiff, name), FIELD_TEXT(FieldDiff, label), FIELD_TEXT(FieldDiff, older), FIELD_TEXT(FieldDiff, newer),
};
static const Shape difference_shape = SHAPE("release_difference", FieldDiff, piece_fields);

/* GET /mesa/comunicados/:id/versiones/diferencias?de=3&a=5; without de: the one before */
static void page_differences(Ctx *ctx, const Request *req, Page *page)
{
    const Release *r = release_here(ctx, req, page, say(ctx, "What changed"));
    if (!r)
        return;
    i64 to = query_int(req, "a", newest_number(ctx, r->id)), from = query_int(req, "de", to > 1 ? to - 1 : to);
    CompareShown x = {.release = r, .req = req, .to = press_version(ctx, r->id, to), .from = press_version(ctx, r->id, from)};
    const Release *older = x.to && x.from ? press_version_read(ctx, x.from) : NULL;
    const Release *newer = older ? press_version_read(ctx, x.to) : NULL;
    if (!newer)
        return;
    x.fields = press_differences(ctx, older, newer);
    page_list(page, &difference_shape, x.fields, (i64)x.fields.count, NULL);
    if (page->format != FORMAT_HTML)
        return;
    x.versions = press_versions(ctx, r->id, 0, VERSIONS_MOST);
    press_view_compare(page->html, &x);
}

/* POST /mesa/comunicados/:id/restaurar */
static void act_restore(Ctx *ctx, const Request *req, Page *page)
{
    if (!people_may(ctx, RIGHT_PRESS_WRITE))
        return;
    i64 number = form_int(ctx, req, "number", 1, INT32_MAX);
    if (number == NONE && !faulted(ctx))
        fault_field(ctx, "number", "Say which version comes back.");
    if (!faulted(ctx) && press_restore(ctx, req->id, req->version, number))
        press_give_release(ctx, req, page, req->id,
                           arena_printf(ctx->arena, say(ctx, "Version %" PRId64 " is the present one again."), number));
}

const Route press_review_routes[] = {
    {GET, "/mesa/comunicados/:id/comentarios", page_comments, RIGHT_PRESS_READ, "What was said about a release at the desk",
     .list = true, .formats = AS_JSON, .shape = &press_comment_shape},
    {POST, "/mesa/comunicados/:id/comentarios", act_comment, RIGHT_PRESS_READ, "Comments a release, or a passage of it",
     .fields = "text! quote", .shape = &press_comment_shape, .form = press_page_release},
    {POST, "/mesa/comunicados/comentarios/:id/resolver", act_resolve, RIGHT_PRESS_READ, "Settles a comment, or opens it again",
     .fields = "resolved volver"},
    {GET, "/mesa/comunicados/:id/versiones", page_versions, RIGHT_PRESS_READ, "The versions of a release, the youngest first",
     .list = true, .query = "limit after", .shape = &press_version_shape},
    {GET, "/mesa/comunicados/:id/versiones/una", page_version, RIGHT_PRESS_READ, "One version of a release", .query = "numero",
     .shape = &press_version_shape},
    {GET, "/mesa/comunicados/:id/versiones/diferencias", page_differences, RIGHT_PRESS_READ,
     "What one version has changed of another", .list = true, .query = "de a", .shape = &difference_shape},
    {POST, "/mesa/comunicados/:id/restaurar", act_restore, RIGHT_PRESS_WRITE, "Makes an earlier version the present one",
     .fields = "number! version", .shape = &press_release_shape, .form = press_page_release},
    {0},
};
