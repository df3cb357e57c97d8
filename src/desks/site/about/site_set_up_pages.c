/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* site_set_up_pages.c: /mesa/sitio: what the office decides about its public site. */
#include "base/text.h"
#include "desks/site/about/site_about.h"
#include "desks/site/about/site_about_shown.h"
#include "web/form.h"
#include "web/markdown.h"
#include "site_set_up_views.h"

/* ---- the room's hall ---- */
/* GET /mesa/sitio */
static void page_hall(Ctx *ctx, const Request *req, Page *page)
{
    (void)req;
    page->title = say(ctx, "Site");
    page->here = "/mesa/sitio";
    site_view_hall(page->html, people_has(ctx, RIGHT_SITE_EDIT), people_has(ctx, RIGHT_SITE_ALERT), site_settings(ctx));
}

/* ---- contact ---- */
/* GET /mesa/sitio/contacto */
static void page_contact(Ctx *ctx, const Request *req, Page *page)
{
    if (!people_may(ctx, RIGHT_SITE_EDIT))
        return;
    const SiteSettings *settings = site_settings(ctx);
    page->title = say(ctx, "Contact of the site");
    page->here = "/mesa/sitio";
    page->version = page->format == FORMAT_HTML ? NONE : settings->version;
    page_one(page, &site_settings_shape, settings);
    if (page->format == FORMAT_HTML)
        site_view_set_contact(page->html, settings, req->form);
}

static SiteSettings read_contact(Ctx *ctx, const Request *req, const SiteSettings *old)
{
#define KEPT(field) (form_has(req, #field) ? form_text(ctx, req, #field, 400) : old->field)
    SiteSettings d = {.address = KEPT(address), .phone = KEPT(phone), .mail = KEPT(mail), .hours = KEPT(hours),
                      .press_phone = KEPT(press_phone), .press_mail = KEPT(press_mail)};
#undef KEPT
    for (size_t i = 0; i < NETWORKS; i++) {
        const char *name = site_networks[i].name;
        d.accounts[i] = form_has(req, name) ? form_text(ctx, req, name, 400) : old->accounts[i];
    }
    return d;
}

/* POST /mesa/sitio/contacto */
static void act_contact(Ctx *ctx, const Request *req, Page *page)
{
    if (!people_may(ctx, RIGHT_SITE_EDIT))
        return;
    SiteSettings draft = read_contact(ctx, req, site_settings(ctx));
    if (faulted(ctx) || !site_set_contact(ctx, req->version, &draft))
        return;
    const SiteSettings *now = site_settings(ctx);
    page_one(page, &site_settings_shape, now);
    page->version = now->version;
    page_done(page, url_literal("/mesa/sitio/contacto"), say(ctx, "Saved. The public page says so now."));
}

/* ---- look ---- */
/* GET /mesa/sitio/aspecto */
static void page_look(Ctx *ctx, const Request *req, Page *page)
{
    if (!people_may(ctx, RIGHT_SITE_EDIT))
        return;
    const SiteSettings *settings = site_settings(ctx);
    page->title = say(ctx, "Look of the site");
    page->here = "/mesa/sitio";
    page->version = page->format == FORMAT_HTML ? NONE : settings->version;
    page_one(page, &site_settings_shape, settings);
    if (page->format == FORMAT_HTML)
        site_view_set_look(page->html, settings, req->form);
}

/* POST /mesa/sitio/aspecto */
static void act_look(Ctx *ctx, const Request *req, Page *page)
{
    if (!people_may(ctx, RIGHT_SITE_EDIT))
        return;
    int theme = form_word(ctx, req, "theme", site_theme_words, (int)site_settings(ctx)->theme);
    if (faulted(ctx) || !site_set_theme(ctx, req->version, (Theme)theme))
        return;
    page_one(page, &site_settings_shape, site_settings(ctx));
    page_done(page, url_literal("/mesa/sitio/aspecto"), say(ctx, "The site has its new colours."));
}

/* ---- the privacy notice ---- */
static i64 youngest(List versions)
{
    return versions.count ? ((const PrivacyNotice *)versions.items)->version : 0;
}

/* GET /mesa/sitio/privacidad; drawn again when something is wrong */
static void page_privacy(Ctx *ctx, const Request *req, Page *page)
{
    if (!people_may(ctx, RIGHT_SITE_EDIT))
        return;
    NoticeShown x = {.versions = site_privacy_versions(ctx), .form = req->form};
    x.seen = youngest(x.versions);
    x.notice = x.seen ? site_privacy(ctx, 0) : &(PrivacyNotice){.body = site_privacy_first, .body_en = site_privacy_first_en};
    page->title = say(ctx, "Privacy notice");
    page->here = "/mesa/sitio";
    page_list(page, &site_privacy_shape, x.versions, (i64)x.versions.count, NULL);
    if (page->format == FORMAT_HTML && x.notice)
        site_view_set_privacy(page->html, &x);
}

static PrivacyNotice read_notice(Ctx *ctx, const Request *req)
{
    return (PrivacyNotice){.body = form_need(ctx, req, "body", NOTICE_BODY_MAX), .body_en = form_text(ctx, req, "body_en", NOTICE_BODY_MAX),
                           .note = form_need(ctx, req, "note", NOTICE_NOTE_MAX), .from_at = ctx->now};
}

/* The data of an answer outlives the handler. */
static const PrivacyNotice *keep(Ctx *ctx, const PrivacyNotice *draft)
{
    PrivacyNotice *kept = arena_new_of(ctx->arena, PrivacyNotice);
    *kept = *draft;
    return kept;
}

/* POST /mesa/sitio/privacidad/vista: how it would look, and what changes; nothing is written */
static void act_preview(Ctx *ctx, const Request *req, Page *page)
{
    if (!people_may(ctx, RIGHT_SITE_EDIT))
        return;
    PrivacyNotice draft = read_notice(ctx, req);
    if (faulted(ctx) || !site_privacy_check(ctx, &draft))
        return;
    NoticeShown x = {.versions = site_privacy_versions(ctx), .form = req->form, .notice = &draft};
    x.seen = youngest(x.versions);
    Sanitized text = {0};
    const PrivacyNotice *before = x.seen ? site_privacy(ctx, 0) : NULL;
    if (faulted(ctx) || !markdown_html(ctx, draft.body, NULL, &text))
        return;
    x.preview = text.html;
    if (before)
        x.changes = site_privacy_changes(ctx, before, &draft, &x.much);
    page->title = say(ctx, "Preview of the privacy notice");
    page->here = "/mesa/sitio";
    page_one(page, &site_privacy_shape, keep(ctx, &draft));
    if (page->format == FORMAT_HTML)
        site_view_set_privacy(page->html, &x);
}

/* POST /mesa/sitio/privacidad */
static void act_publish(Ctx *ctx, const Request *req, Page *page)
{
    i64 version;
    if (!people_may(ctx, RIGHT_SITE_EDIT))
        return;
    PrivacyNotice draft = read_notice(ctx, req);
    if (faulted(ctx) || !site_privacy_add(ctx, req->version, &draft, &version) || !site_begin(ctx))
        return;
    page_one(page, &site_privacy_shape, site_privacy(ctx, version));
    page_created(page, url_query(ctx->arena, url_literal("/privacidad"), "version", arena_printf(ctx->arena, "%" PRId64, version)),
                 say(ctx, "The new version is published."));
}

#define NETWORK_FIELDS "facebook x instagram youtube tiktok whatsapp threads bluesky mastodon telegram"

const Route site_set_up_routes[] = {
    {GET, "/mesa/sitio", page_hall, LOGIN, "What the office decides about its site", .formats = AS_HTML},
    {GET, "/mesa/sitio/contacto", page_contact, RIGHT_SITE_EDIT, "Contact and official accounts", .shape = &site_settings_shape},
    {POST, "/mesa/sitio/contacto", act_contact, RIGHT_SITE_EDIT, "Changes contact and official accounts",
     .fields = "address phone mail hours press_phone press_mail " NETWORK_FIELDS " version", .shape = &site_settings_shape,
     .form = page_contact},
    {GET, "/mesa/sitio/aspecto", page_look, RIGHT_SITE_EDIT, "The colours of the public site", .shape = &site_settings_shape},
    {POST, "/mesa/sitio/aspecto", act_look, RIGHT_SITE_EDIT, "Chooses the colours of the public site", .fields = "theme! version",
     .shape = &site_settings_shape, .form = page_look},
    {GET, "/mesa/sitio/privacidad", page_privacy, RIGHT_SITE_EDIT, "The privacy notice's versions", .list = true, .shape = &site_privacy_shape},
    {POST, "/mesa/sitio/privacidad/vista", act_preview, RIGHT_SITE_EDIT, "Shows how a new version would look; writes nothing",
     .fields = "body! body_en note! version", .shape = &site_privacy_shape, .form = page_privacy},
    {POST, "/mesa/sitio/privacidad", act_publish, RIGHT_SITE_EDIT, "Publishes a new version; no version is ever changed",
     .fields = "body! body_en note! version", .shape = &site_privacy_shape, .form = page_privacy},
    {0},
};
