/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* site_alert_pages.c: /mesa/sitio/avisos: alerts are written here, and confirmed by another person. */
#include "base/id.h"
#include "base/text.h"
#include "desks/site/alerts/site_alert.h"
#include "web/cursor.h"
#include "web/form.h"
#include "site_alert_views.h"

/* ---- reading the form ---- */
/* What was not sent stays as it was (of a draft, or of the alert that is updated). */
static AlertDraft read_draft(Ctx *ctx, const Request *req, const Alert *old)
{
    const Alert none = {.level = ALERT_WARNING, .severity = 2, .certainty = 1};
    const Alert *o = old ? old : &none;
#define KEPT(field, most) (old && !form_has(req, #field) ? o->field : form_text(ctx, req, #field, most))
    AlertDraft d = {
        .level = (AlertLevel)form_word(ctx, req, "level", site_level_words, (int)o->level),
        .category = form_word(ctx, req, "category", site_category_words, o->category),
        .urgency = form_word(ctx, req, "urgency", site_urgency_words, o->urgency),
        .severity = form_word(ctx, req, "severity", site_severity_words, o->severity),
        .certainty = form_word(ctx, req, "certainty", site_certainty_words, o->certainty),
        .event = KEPT(event, ALERT_EVENT_MAX), .headline = KEPT(headline, ALERT_HEADLINE_MAX),
        .text = KEPT(text, ALERT_TEXT_MAX), .instruction = KEPT(instruction, ALERT_TEXT_MAX),
        .area = KEPT(area, ALERT_AREA_MAX), .url = KEPT(url, 2000),
        .exercise = form_bool(req, "exercise"),
        .expires_at = form_instant(ctx, req, "expires_at", ctx->city->zone),
    };
#undef KEPT
    if (old && !form_has(req, "expires_at"))
        d.expires_at = o->expires_at;
    return d;
}

/* ---- pages ---- */
/* GET /mesa/sitio/avisos */
static void page_list_of_alerts(Ctx *ctx, const Request *req, Page *page)
{
    if (!people_may(ctx, RIGHT_SITE_ALERT))
        return;
    i64 none = 0, before = 0, limit = query_limit(req);
    cursor_read(ctx, req, &none, &before);
    List alerts = site_alerts_before(ctx, before, limit + 1);
    bool more = (i64)alerts.count > limit;
    alerts.count = more ? (size_t)limit : alerts.count;
    const Alert *last = alerts.count ? (const Alert *)alerts.items + alerts.count - 1 : NULL;
    page->title = say(ctx, "Alerts");
    page->here = "/mesa/sitio";
    page_list(page, &site_alert_shape, alerts, NONE, more ? cursor_make(ctx, req, 0, last->id) : NULL);
    if (page->format == FORMAT_HTML)
        site_view_desk_alerts(page->html, site_alerts_open(ctx), alerts, page->next);
}

static void draw_form(Ctx *ctx, const Request *req, Page *page, const Alert *old, const Alert *updated)
{
    page->here = "/mesa/sitio";
    page->title = old ? old->headline : updated ? say(ctx, "Update an alert") : say(ctx, "New alert");
    site_view_alert_form(page->html, old, updated, req->form);
}

/* GET /mesa/sitio/avisos/nuevo?actualiza=ID; also drawn again when the form was wrong */
static void page_new(Ctx *ctx, const Request *req, Page *page)
{
    i64 id = 0;
    if (!people_may(ctx, RIGHT_SITE_ALERT))
        return;
    const char *text = req->method == POST ? form_value(req->form, "updates", NULL) : query_text(req, "actualiza");
    const Alert *updated = text && id_parse(text, &id) ? site_alert(ctx, id) : NULL;
    if (!faulted(ctx))
        draw_form(ctx, req, page, NULL, updated);
}

/* GET /mesa/sitio/avisos/:id */
static void page_one_alert(Ctx *ctx, const Request *req, Page *page)
{
    const Alert *a = people_may(ctx, RIGHT_SITE_ALERT) ? site_alert(ctx, req->id) : NULL;
    if (!a)
        return;
    page->title = a->headline;
    page->here = "/mesa/sitio";
    page->version = page->format == FORMAT_HTML ? NONE : a->version;
    page_one(page, &site_alert_shape, a);
    if (page->format == FORMAT_HTML)
        site_view_desk_alert(page->html, a, req->form);
}

/* GET /mesa/sitio/avisos/:id/editar */
static void page_edit(Ctx *ctx, const Request *req, Page *page)
{
    const Alert *a = people_may(ctx, RIGHT_SITE_ALERT) ? site_alert(ctx, req->id) : NULL;
    if (!a)
        return;
    if (a->state != ALERT_DRAFT)
        fault(ctx, FAULT_CONFLICT, "What was confirmed is not changed: update it or end it.");
    else
        draw_form(ctx, req, page, a, NULL);
}

/* ---- changes ---- */
static void shown(Ctx *ctx, Page *page, i64 id, bool created, const char *notice)
{
    const Alert *a = site_alert(ctx, id);
    if (!a)
        return;
    page_one(page, &site_alert_shape, a);
    page->version = a->version;
    Url where = site_alert_desk_url(ctx->arena, id, NULL);
    if (created)
        page_created(page, where, notice);
    else
        page_done(page, where, notice);
}

/* POST /mesa/sitio/avisos */
static void act_raise(Ctx *ctx, const Request *req, Page *page)
{
    i64 id, updates = form_id(ctx, req, "updates");
    if (!people_may(ctx, RIGHT_SITE_ALERT))
        return;
    const Alert *updated = updates ? site_alert(ctx, updates) : NULL;
    if (faulted(ctx))
        return;
    AlertDraft draft = read_draft(ctx, req, updated);
    draft.updates = updates;
    if (!faulted(ctx) && site_alert_raise(ctx, &draft, &id))
        shown(ctx, page, id, true, say(ctx, "The alert waits for a second person. Nobody sees it until then."));
}

/* POST /mesa/sitio/avisos/:id */
static void act_change(Ctx *ctx, const Request *req, Page *page)
{
    const Alert *a = people_may(ctx, RIGHT_SITE_ALERT) ? site_alert(ctx, req->id) : NULL;
    if (!a)
        return;
    AlertDraft draft = read_draft(ctx, req, a);
    if (!faulted(ctx) && site_alert_change(ctx, req->id, req->version, &draft))
        shown(ctx, page, req->id, false, say(ctx, "Saved. Another person confirms it."));
}

/* POST /mesa/sitio/avisos/:id/confirmar */
static void act_confirm(Ctx *ctx, const Request *req, Page *page)
{
    if (site_alert_confirm(ctx, req->id, req->version))
        shown(ctx, page, req->id, false, say(ctx, "Confirmed: it stands above every public page now."));
}

/* POST /mesa/sitio/avisos/:id/rechazar */
static void act_refuse(Ctx *ctx, const Request *req, Page *page)
{
    if (site_alert_refuse(ctx, req->id, req->version, form_text(ctx, req, "reason", ALERT_TEXT_MAX)))
        shown(ctx, page, req->id, false, say(ctx, "Refused: it will not be shown."));
}

/* POST /mesa/sitio/avisos/:id/terminar */
static void act_end(Ctx *ctx, const Request *req, Page *page)
{
    if (site_alert_end(ctx, req->id, req->version, form_text(ctx, req, "reason", ALERT_TEXT_MAX)))
        shown(ctx, page, req->id, false, say(ctx, "Ended: it is not shown above the pages any more."));
}

#define ALERT_FIELDS "level headline! text instruction area! category event! urgency severity certainty url exercise expires_at!"

const Route site_alert_routes[] = {
    {GET, "/mesa/sitio/avisos", page_list_of_alerts, RIGHT_SITE_ALERT, "Alerts, newest first", .list = true, .query = "limit after",
     .shape = &site_alert_shape},
    {GET, "/mesa/sitio/avisos/nuevo", page_new, RIGHT_SITE_ALERT, "The form of a new alert", .formats = AS_HTML, .query = "actualiza"},
    {GET, "/mesa/sitio/avisos/:id", page_one_alert, RIGHT_SITE_ALERT, "An alert", .shape = &site_alert_shape},
    {GET, "/mesa/sitio/avisos/:id/editar", page_edit, RIGHT_SITE_ALERT, "The form of an alert that is not confirmed", .formats = AS_HTML},
    {POST, "/mesa/sitio/avisos", act_raise, RIGHT_SITE_ALERT, "Raises an alert; it is shown when another person has confirmed it",
     .fields = ALERT_FIELDS " updates", .shape = &site_alert_shape, .form = page_new},
    {POST, "/mesa/sitio/avisos/:id", act_change, RIGHT_SITE_ALERT, "Changes an alert that is not confirmed",
     .fields = "level headline text instruction area category event urgency severity certainty url exercise expires_at version",
     .shape = &site_alert_shape, .form = page_edit},
    {POST, "/mesa/sitio/avisos/:id/confirmar", act_confirm, RIGHT_SITE_ALERT, "Confirms another person's alert: it is public at once",
     .fields = "version", .shape = &site_alert_shape, .form = page_one_alert},
    {POST, "/mesa/sitio/avisos/:id/rechazar", act_refuse, RIGHT_SITE_ALERT, "Refuses an alert", .fields = "reason! version",
     .shape = &site_alert_shape, .form = page_one_alert},
    {POST, "/mesa/sitio/avisos/:id/terminar", act_end, RIGHT_SITE_ALERT, "Ends an alert before its time",
     .fields = "reason! version", .shape = &site_alert_shape, .form = page_one_alert},
    {0},
};
