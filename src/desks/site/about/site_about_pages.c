/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* site_about_pages.c: the addresses at which the city says who it is: organisation, contact, privacy, accessibility. */
#include "base/diff.h"
#include "base/text.h"
#include "desks/site/about/site_about.h"
#include "desks/site/about/site_about_shown.h"
#include "web/form.h"
#include "web/markdown.h"
#include "site_about_views.h"

/* GET /organizacion */
static void page_organisation(Ctx *ctx, const Request *req, Page *page)
{
    (void)req;
    List areas = site_organisation(ctx);
    const SiteSettings *settings = site_settings(ctx);
    page->title = say(ctx, "Who we are");
    page->description = say(ctx, "The office that informs about the city government, and its levels of hierarchy.");
    page->expires = site_organisation_until(ctx);
    if (!faulted(ctx))
        site_view_organisation(page->html, areas, site_organisation_data(ctx, areas, settings));
}

/* GET /contacto */
static void page_contact(Ctx *ctx, const Request *req, Page *page)
{
    const SiteSettings *settings = site_settings(ctx);
    (void)req;
    page->title = say(ctx, "Contact");
    page->description = say(ctx, "Where and how to reach the communication office, and which accounts are really its own.");
    page_one(page, &site_settings_shape, settings);
    if (page->format == FORMAT_HTML)
        site_view_contact(page->html, settings);
}

/* GET /accesibilidad */
static void page_accessibility(Ctx *ctx, const Request *req, Page *page)
{
    (void)req;
    page->title = say(ctx, "Accessibility");
    page->description = say(ctx, "How this site can be used by everybody, what was tested, and where to say that something does not work.");
    site_view_accessibility(page->html, site_settings(ctx));
}

/* ---- the privacy notice ---- */
const char *site_privacy_words(const Ctx *ctx, const PrivacyNotice *n)
{
    return ctx->actor->tongue == TONGUE_EN && n->body_en ? n->body_en : n->body;
}

List site_privacy_changes(Ctx *ctx, const PrivacyNotice *older, const PrivacyNotice *newer, bool *much_out)
{
    List changes = {0};
    const char *was = markdown_text(ctx, site_privacy_words(ctx, older)), *is = markdown_text(ctx, site_privacy_words(ctx, newer));
    *much_out = !was || !is || !diff_words(ctx->arena, was, is, &changes);
    return changes;
}

/* GET /privacidad?version= */
static void page_privacy(Ctx *ctx, const Request *req, Page *page)
{
    static const SanitizeRules rules = {.anchors = true};
    PrivacyShown x = {.versions = site_privacy_versions(ctx)};
    i64 youngest = x.versions.count ? ((const PrivacyNotice *)x.versions.items)->version : 0;
    x.notice = site_privacy(ctx, query_int(req, "version", 0));
    Sanitized text = {0};
    if (!x.notice || !markdown_html(ctx, site_privacy_words(ctx, x.notice), &rules, &text))
        return;
    x.html = text.html;
    x.is_youngest = x.notice->version == youngest;
    x.only_spanish = ctx->actor->tongue == TONGUE_EN && !x.notice->body_en;
    const PrivacyNotice *before = x.notice->version > 1 ? site_privacy(ctx, x.notice->version - 1) : NULL;
    if (before)
        x.changes = site_privacy_changes(ctx, before, x.notice, &x.much);
    page->title = say(ctx, "Privacy notice");
    page->noindex = !x.is_youngest;
    page->modified = x.notice->from_at;
    page_one(page, &site_privacy_shape, x.notice);
    if (page->format == FORMAT_HTML && !faulted(ctx))
        site_view_privacy(page->html, &x);
}

const Route site_about_routes[] = {
    {GET, "/organizacion", page_organisation, PUBLIC, "The office and its hierarchy", .formats = AS_HTML},
    {GET, "/privacidad", page_privacy, PUBLIC, "The privacy notice, also in earlier versions", .query = "version",
     .shape = &site_privacy_shape},
    {GET, "/accesibilidad", page_accessibility, PUBLIC, "Accessibility statement", .formats = AS_HTML},
    {GET, "/contacto", page_contact, PUBLIC, "How to reach the office, and its official accounts", .shape = &site_settings_shape},
    {0},
};
