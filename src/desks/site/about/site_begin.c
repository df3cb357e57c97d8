/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* site_begin.c: what a city has from its first start: a privacy notice, and fixed pages that the search finds. */
#include "base/buf.h"
#include "desks/site/about/site_about.h"
#include "store/db.h"
#include "store/search.h"
#include "web/markdown.h"
#include "site_about_queries.h"

typedef struct Fixed {
    const char *path, *title, *text; /* msgids */
} Fixed;

static const Fixed fixed[] = {
    {"/organizacion", N_("Who we are"),
     N_("Hierarchy of the communication office: areas, posts, holders, organisation chart, directory, levels.")},
    {"/contacto", N_("Contact"),
     N_("Address, telephone, mail, opening hours and official accounts of the communication office; subscriptions and open data.")},
    {"/accesibilidad", N_("Accessibility"),
     N_("Accessibility statement, WCAG 2.2, screen readers, keyboard, large type, what was tested, how to complain.")},
    {"/avisos", N_("Alerts"), N_("Warnings in force: rain, closed roads, water, civil protection; feed CAP 1.2.")},
    {"/verificar", N_("Is it official?"),
     N_("Check whether a text, a link, a code or a document really is from this office: false news, forged release, rumour.")},
};

/* In the city's language: the site is Spanish first. */
static bool index_page(Ctx *ctx, i64 id, const char *path, const char *title, const char *text)
{
    SearchEntry entry = {.subject = "site_page", .id = id, .title = title, .public_text = text, .public_address = path,
                         .desk_address = path, .at = 0};
    return search_put(ctx, &entry);
}

static bool index_fixed(Ctx *ctx)
{
    for (size_t i = 0; i < COUNT(fixed); i++)
        if (!index_page(ctx, (i64)i + 2, fixed[i].path, tongue_say(TONGUE_ES, fixed[i].title), tongue_say(TONGUE_ES, fixed[i].text)))
            return false;
    return true;
}

/* The city's own names where the text of a new city has a place for them. */
static const char *named(Ctx *ctx, const char *text)
{
    static const char office[] = "{office}", city[] = "{city}";
    Buf *out = buf_new(ctx->arena, strlen(text) + 1024, NOTICE_BODY_MAX);
    while (*text) {
        bool is_office = !strncmp(text, office, strlen(office)), is_city = !strncmp(text, city, strlen(city));
        if (is_office || is_city)
            buf_text(out, is_office ? ctx->city->office : ctx->city->name);
        else
            buf_char(out, *text);
        text += is_office ? strlen(office) : is_city ? strlen(city) : 1;
    }
    return buf_data(out);
}

static bool first_notice(Ctx *ctx)
{
    if (db_number(ctx, &q_site_privacy_last) != NONE)
        return true;
    i64 version;
    PrivacyNotice first = {.body = named(ctx, site_privacy_first), .body_en = named(ctx, site_privacy_first_en),
                           .note = tongue_say(TONGUE_ES, N_("First version; what is marked “to be confirmed” is the city's to fill in."))};
    return site_privacy_add(ctx, 0, &first, &version);
}

bool site_begin(Ctx *ctx)
{
    const PrivacyNotice *n = first_notice(ctx) ? site_privacy(ctx, 0) : NULL;
    return n && index_page(ctx, 1, "/privacidad", tongue_say(TONGUE_ES, N_("Privacy notice")), markdown_text(ctx, n->body)) &&
           index_fixed(ctx);
}
