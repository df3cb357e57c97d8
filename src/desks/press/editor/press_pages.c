/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_pages.c: one release at the desk: its page, and how it is begun, written and put away. */
#include "desks/press/editor/press_editor.h"
#include "desks/press/press_pages.h"
#include "web/form.h"
#include "web/markdown.h"
#include "web/site.h"
#include "press_views.h"

enum { HISTORY = 30, VERSIONS_SHOWN = 6, VERSIONS_LOOKED_AT = 100, WORDS_A_MINUTE = 200, BODY_MAX = 4 * 1024 * 1024 };

/* ---- one release ---- */

static const char *why_not_approve(Ctx *ctx, const Release *r)
{
    if (r->state != RELEASE_IN_REVIEW || !people_has(ctx, RIGHT_PRESS_APPROVE))
        return NULL;
    if (ctx->city->four_eyes && r->author && r->author == ctx->actor->id)
        return say(ctx, "You wrote it: another person says yes.");
    for (const ReleaseApproval *a = r->approvals.items, *end = a + r->approvals.count; a < end; a++)
        if (a->person == ctx->actor->id)
            return say(ctx, "You said yes already: the second one is another person's.");
    return NULL;
}

/* The version that somebody read before: what was sent or went out before the present one. */
static i64 base_of(List versions)
{
    const ReleaseVersion *v = versions.items, *end = v + versions.count;
    for (const ReleaseVersion *old = v + 1; old < end; old++)
        if (!text_same(old->hash, v->hash) && old->kind != VERSION_AUTOSAVED && old->kind != VERSION_SAVED)
            return old->number;
    return 0;
}

static QuickTime quick(Ctx *ctx, const char *label, Wall wall)
{
    return (QuickTime){label, arena_copy(ctx->arena, wall_text(ctx->arena, wall), 16)};
}

/* "in an hour" is rounded up to five minutes: nobody plans 10:03. */
static List quick_times(Ctx *ctx)
{
    const Zone *zone = ctx->city->zone;
    i64 step = 5 * CLOCK_MINUTE, soon = (ctx->now + CLOCK_HOUR + step - 1) / step * step;
    Wall today = clock_wall(zone, ctx->now), tomorrow = wall_add_days(today, 1);
    QuickTime *times = arena_array(ctx->arena, QuickTime, 4);
    size_t n = 0;
    times[n++] = quick(ctx, say(ctx, "In an hour"), clock_wall(zone, soon));
    if (today.hour < 17)
        times[n++] = quick(ctx, say(ctx, "Today at 18:00"), (Wall){today.year, today.month, today.day, 18, 0, 0});
    times[n++] = quick(ctx, say(ctx, "Tomorrow at 8:00"), (Wall){tomorrow.year, tomorrow.month, tomorrow.day, 8, 0, 0});
    times[n++] = quick(ctx, say(ctx, "Tomorrow at 10:00"), (Wall){tomorrow.year, tomorrow.month, tomorrow.day, 10, 0, 0});
    return (List){times, n};
}

static void draw_release(Ctx *ctx, const Request *req, Page *page, const Release *r)
{
    List versions = press_versions(ctx, r->id, 0, VERSIONS_LOOKED_AT);
    DeskRelease x = {
        .release = r, .req = req,
        .active = req->method == POST ? strrchr(req->route->path, '/') + 1 : NULL,
        .next = press_look_next(ctx, r), .why_not_approve = why_not_approve(ctx, r),
        .zone = zone_name(ctx->city->zone),
        .obstacles = press_look_open(r->state) ? press_obstacles(ctx, r, ctx->now) : (List){0},
        .comments = press_comments(ctx, r->id),
        .versions = versions,
        .versions_last = versions.count ? ((const ReleaseVersion *)versions.items)->number : 0,
        .base = base_of(versions),
        .journal = journal_of(ctx, "press_release", r->id, HISTORY),
        .times = quick_times(ctx),
        .may_write = people_has(ctx, RIGHT_PRESS_WRITE),
        .may_publish = people_has(ctx, RIGHT_PRESS_PUBLISH),
        .may_add_files = people_has(ctx, RIGHT_PRESS_WRITE) && press_look_open(r->state) &&
                         press_look_route(req, POST, "/mesa/comunicados/:id/archivos"),
    };
    x.may_comment = (x.may_write || people_has(ctx, RIGHT_PRESS_APPROVE)) && (press_look_open(r->state) || press_look_public(r->state));
    if (x.versions.count > VERSIONS_SHOWN)
        x.versions.count = VERSIONS_SHOWN;
    x.may_answer = people_has(ctx, RIGHT_PRESS_SET_UP) && press_look_open(r->state) &&
                   press_silence_against(ctx, r, r->publish_at ? r->publish_at : ctx->now);
    x.may_approve = people_has(ctx, RIGHT_PRESS_APPROVE) && r->state == RELEASE_IN_REVIEW && !x.why_not_approve;
    press_view_release(page->html, &x);
}

/* GET /mesa/comunicados/:id; also drawn again when one of its forms was wrong */
void press_page_release(Ctx *ctx, const Request *req, Page *page)
{
    const Release *r = people_may(ctx, RIGHT_PRESS_READ) ? press_find(ctx, req->id) : NULL;
    if (!r)
        return;
    page->title = r->title;
    page->here = "/mesa/comunicados";
    page->version = page->format == FORMAT_HTML ? NONE : r->version; /* comments and files change what is seen */
    page_one(page, &press_release_shape, r);
    if (page->format == FORMAT_HTML)
        draw_release(ctx, req, page, r);
}

void press_give_release(Ctx *ctx, const Request *req, Page *page, i64 id, const char *notice)
{
    const Release *r = press_find(ctx, id);
    if (!r)
        return;
    page_one(page, &press_release_shape, r);
    page->version = r->version;
    page_done(page, press_url(ctx->arena, id), notice);
}

/* ---- begun ---- */

/* GET /mesa/comunicados/nuevo?evento=…&plantilla=… */
static const Release *from_template(Ctx *ctx, const Request *req, Release *r)
{
    const char *text = query_text(req, "plantilla");
    i64 id;
    if (text_blank(text))
        return r;
    if (!id_parse(text, &id))
        return fault(ctx, FAULT_NOT_FOUND, "This template is not there.");
    const ReleaseTemplate *t = press_template(ctx, id);
    if (!t)
        return NULL;
    r->title = t->title;
    r->lead = t->lead;
    r->body = t->body;
    r->topics = t->topics;
    r->dateline_place = t->dateline_place;
    return r;
}

static const Release *from_event(Ctx *ctx, const Request *req, Release *r)
{
    const char *text = query_text(req, "evento");
    i64 id;
    if (text_blank(text))
        return r;
    const Event *e = id_parse(text, &id) ? agenda_find(ctx, id) : NULL;
    if (!e)
        return faulted(ctx) ? NULL : fault(ctx, FAULT_NOT_FOUND, "This event is not there.");
    r->event = e->id;
    r->event_title = e->title;
    r->title = r->title ? r->title : e->title;
    r->topics = r->topics ? r->topics : e->topics;
    r->area = e->area;
    r->dateline_day = clock_day_text(ctx->arena, ctx->city->zone, e->starts_at);
    return r;
}

static void page_new(Ctx *ctx, const Request *req, Page *page)
{
    Release *r = arena_new_of(ctx->arena, Release);
    r->tongue = "es";
    if (people_may(ctx, RIGHT_PRESS_WRITE) && from_template(ctx, req, r) && from_event(ctx, req, r) &&
        page->format == FORMAT_HTML)
        press_draw_editor(ctx, req, page, r, EDIT_NEW);
}

/* GET /mesa/comunicados/:id/editar */
static void page_edit(Ctx *ctx, const Request *req, Page *page)
{
    const Release *r = people_may(ctx, RIGHT_PRESS_WRITE) ? press_find(ctx, req->id) : NULL;
    if (!r)
        return;
    if (!press_look_open(r->state)) {
        fault(ctx, FAULT_CONFLICT, "It is %s: it is not edited any more.", say_word(ctx, press_state_words, (int)r->state));
        return;
    }
    page_one(page, &press_release_shape, r);
    page->version = r->version;
    if (page->format == FORMAT_HTML)
        press_draw_editor(ctx, req, page, r, EDIT_DRAFT);
}

/* Without a title of its own: as the event or the template says. */
static bool create(Ctx *ctx, const Request *req, i64 *id_out)
{
    ReleaseDraft draft = press_read_draft(ctx, req, NULL);
    i64 template = form_id(ctx, req, "template");
    if (faulted(ctx))
        return false;
    if (draft.title || (!draft.event && !template))
        return press_create(ctx, &draft, id_out);
    return template ? press_create_from_template(ctx, template, id_out) : press_create_from_event(ctx, draft.event, id_out);
}

/* When it should go out, where that was said already. */
static bool wished(Ctx *ctx, const Request *req, i64 id)
{
    Schedule schedule;
    if (!press_read_schedule(ctx, req, &schedule))
        return !faulted(ctx);
    return press_wish(ctx, id, NONE, &schedule);
}

static bool asked_to_send(const Request *req)
{
    return text_same(form_raw(req, "then"), "send");
}

/* POST /mesa/comunicados */
static void act_create(Ctx *ctx, const Request *req, Page *page)
{
    i64 id;
    if (!people_may(ctx, RIGHT_PRESS_WRITE) || !create(ctx, req, &id) || !wished(ctx, req, id))
        return;
    bool send = asked_to_send(req);
    if (send && !press_send(ctx, id, NONE))
        return;
    const Release *r = press_find(ctx, id);
    if (!r)
        return;
    page_one(page, &press_release_shape, r);
    page->version = r->version;
    page_created(page, press_url(ctx->arena, id), send ? say(ctx, "Saved and sent to review.") : say(ctx, "The release was begun."));
}

/* POST /mesa/comunicados/:id */
static void act_change(Ctx *ctx, const Request *req, Page *page)
{
    const Release *r = people_may(ctx, RIGHT_PRESS_WRITE) ? press_find(ctx, req->id) : NULL;
    if (!r)
        return;
    ReleaseDraft draft = press_read_draft(ctx, req, r);
    bool send = asked_to_send(req);
    VersionKind kind = form_bool(req, "autosave") ? VERSION_AUTOSAVED : VERSION_SAVED;
    if (faulted(ctx) || !press_change(ctx, r->id, req->version, &draft, kind) || !wished(ctx, req, r->id) || (send && !press_send(ctx, r->id, NONE)))
        return;
    press_give_release(ctx, req, page, r->id, send ? say(ctx, "Saved and sent to review.") : say(ctx, "Saved."));
}

/* POST /mesa/comunicados/:id/descartar */
static void act_discard(Ctx *ctx, const Request *req, Page *page)
{
    if (!press_discard(ctx, req->id, req->version))
        return;
    press_give_release(ctx, req, page, req->id, say(ctx, "The draft was discarded."));
    page->redirect = page->format == FORMAT_HTML ? url_literal("/mesa/comunicados") : page->redirect;
}

/* POST /mesa/comunicados/:id/direccion */
static void act_slug(Ctx *ctx, const Request *req, Page *page)
{
    if (!people_may(ctx, RIGHT_PRESS_WRITE))
        return;
    const char *slug = form_need(ctx, req, "slug", 80);
    if (slug && press_set_slug(ctx, req->id, req->version, slug))
        press_give_release(ctx, req, page, req->id, say(ctx, "The address was changed; the earlier one leads to it."));
}

/* ---- as it will look ---- */

static const Field preview_fields[] = {
    FIELD_TEXT(Preview, title),           FIELD_TEXT(Preview, lead),  FIELD_TEXT(Preview, body_html), FIELD_TEXT(Preview, text),
    FIELD_INT(Preview, title_characters), FIELD_INT(Preview, lead_characters), FIELD_INT(Preview, words),
    FIELD_INT(Preview, minutes),
};
const Shape press_preview_shape = SHAPE("release_preview", Preview, preview_fields);

static i64 count_words(const char *text)
{
    i64 n = 0;
    for (const char *p = text; p && *p; p++)
        n += (unsigned char)*p > ' ' && (p == text || (unsigned char)p[-1] <= ' ');
    return n;
}

/* POST /mesa/comunicados/previa */
static bool prepare_preview(Ctx *ctx, const Request *req, void **prepared_out)
{
    Preview *x = arena_new_of(ctx->arena, Preview);
    const char *body = form_text(ctx, req, "body", PRESS_BODY_MAX);
    *x = (Preview){.title = form_text(ctx, req, "title", 4 * PRESS_TITLE_MAX), .lead = form_text(ctx, req, "lead", 4 * PRESS_LEAD_MAX)};
    Sanitized made = {0};
    if (!people_may(ctx, RIGHT_PRESS_WRITE) || faulted(ctx) ||
        !markdown_html(ctx, body ? body : "", &(SanitizeRules){.anchors = true, .images = true, .image_url = sanitize_own_picture}, &made))
        return false;
    x->html = made.html;
    x->body_html = made.html.s;
    x->text = made.text;
    x->title_characters = x->title ? (i64)text_graphemes(x->title) : 0;
    x->lead_characters = x->lead ? (i64)text_graphemes(x->lead) : 0;
    x->words = count_words(made.text);
    x->minutes = (x->words + WORDS_A_MINUTE - 1) / WORDS_A_MINUTE;
    *prepared_out = x;
    return true;
}

static void act_preview(Ctx *ctx, const Request *req, Page *page)
{
    if (!people_may(ctx, RIGHT_PRESS_WRITE) || !req->prepared)
        return;
    const Preview *x = req->prepared;
    page_one(page, &press_preview_shape, x);
    page->title = say(ctx, "Preview");
    page->here = "/mesa/comunicados";
    if (page->format == FORMAT_HTML)
        press_view_preview(page->html, x);
}

const Route press_routes[] = {
    {GET, "/mesa/comunicados/nuevo", page_new, RIGHT_PRESS_WRITE, "The editor for a new release, from an event or a template",
     .formats = AS_HTML, .query = "evento plantilla"},
    {POST, "/mesa/comunicados", act_create, RIGHT_PRESS_WRITE, "Begins a release",
     .fields = PRESS_FIELDS " publish_at embargo_until template then autosave", .shape = &press_release_shape, .form = page_new, .body_max = BODY_MAX},
    {POST, "/mesa/comunicados/previa", act_preview, RIGHT_PRESS_WRITE, "How a text will look: Markdown into HTML",
     .fields = "title lead body", .shape = &press_preview_shape, .prepare = prepare_preview, .body_max = BODY_MAX},
    {GET, "/mesa/comunicados/:id", press_page_release, RIGHT_PRESS_READ, "A release with its files, versions and comments",
     .shape = &press_release_shape},
    {GET, "/mesa/comunicados/:id/editar", page_edit, RIGHT_PRESS_WRITE, "The editor of a release", .shape = &press_release_shape},
    {POST, "/mesa/comunicados/:id", act_change, RIGHT_PRESS_WRITE, "Changes a release that is not public",
     .fields = PRESS_FIELDS " publish_at embargo_until version theirs was then autosave", .shape = &press_release_shape, .form = page_edit,
     .body_max = BODY_MAX},
    {POST, "/mesa/comunicados/:id/descartar", act_discard, RIGHT_PRESS_WRITE, "Discards a draft that was never public",
     .fields = "version", .shape = &press_release_shape, .form = press_page_release},
    {POST, "/mesa/comunicados/:id/direccion", act_slug, RIGHT_PRESS_WRITE,
     "Changes the public address; the earlier one leads to it", .fields = "slug! version", .shape = &press_release_shape,
     .form = press_page_release},
    {0},
};
