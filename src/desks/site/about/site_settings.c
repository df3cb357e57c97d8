/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* site_settings.c: contact and look of the site, a key and its value each. */
#include "base/text.h"
#include "desks/site/about/site_about.h"
#include "store/db.h"
#include "store/journal.h"
#include "site_about_queries.h"

enum { SETTINGS_MOST = 100, TEXT_MOST = 400, SETTINGS_RECORD = 1 };

const Network site_networks[NETWORKS] = {
    {"facebook", "Facebook", "brand-facebook"},    {"x", "X", "brand-x"},
    {"instagram", "Instagram", "brand-instagram"}, {"youtube", "YouTube", "brand-youtube"},
    {"tiktok", "TikTok", "brand-tiktok"},          {"whatsapp", "WhatsApp", "brand-whatsapp"},
    {"threads", "Threads", "brand-threads"},       {"bluesky", "Bluesky", "brand-bluesky"},
    {"mastodon", "Mastodon", "brand-mastodon"},    {"telegram", "Telegram", "brand-telegram"},
};

const Word site_theme_words[] = {
    [THEME_CANTERA] = {"cantera", N_("Cantera: petrol ink and pink quarry stone")},
    [THEME_LAGUNA] = {"laguna", N_("Laguna: deep blue and green water")},
    [THEME_TUNA] = {"tuna", N_("Tuna: prickly pear, magenta and cactus green")},
    [THEME_NOCHE] = {"noche", N_("Noche: violet night and gold")},
    {0},
};

static const Field fields[] = {
    FIELD_INT(SiteSettings, version),      FIELD_WORD(SiteSettings, theme, site_theme_words),
    FIELD_TEXT(SiteSettings, address),     FIELD_TEXT(SiteSettings, phone),
    FIELD_TEXT(SiteSettings, mail),        FIELD_TEXT(SiteSettings, hours),
    FIELD_TEXT(SiteSettings, press_phone), FIELD_TEXT(SiteSettings, press_mail),
};
const Shape site_settings_shape = SHAPE("site_settings", SiteSettings, fields);

typedef struct Setting {
    const char *name, *value;
    i64 version;
} Setting;
static const Field setting_fields[] = {FIELD_TEXT(Setting, name), FIELD_TEXT(Setting, value), FIELD_INT(Setting, version)};
static const Shape setting_shape = SHAPE("setting", Setting, setting_fields);

/* ---- reading ---- */
/* Where a setting of that name is kept; NULL for one that is none of these texts. */
static const char **place_of(SiteSettings *s, const char *name)
{
    const struct {
        const char *name, **place;
    } places[] = {{"address", &s->address}, {"phone", &s->phone}, {"mail", &s->mail}, {"hours", &s->hours},
                  {"press_phone", &s->press_phone}, {"press_mail", &s->press_mail}};
    for (size_t i = 0; i < COUNT(places); i++)
        if (text_same(places[i].name, name))
            return places[i].place;
    for (size_t i = 0; i < NETWORKS; i++)
        if (text_same(site_networks[i].name, name))
            return &s->accounts[i];
    return NULL;
}

static void take(SiteSettings *s, const Setting *setting)
{
    const char **place = place_of(s, setting->name);
    int theme = text_same(setting->name, "theme") ? word_find(site_theme_words, setting->value) : -1;
    s->version += setting->version;
    if (place && !text_blank(setting->value))
        *place = setting->value;
    if (theme >= 0)
        s->theme = (Theme)theme;
}

const SiteSettings *site_settings(Ctx *ctx)
{
    SiteSettings *s = arena_new_of(ctx->arena, SiteSettings);
    List rows = db_list(ctx, &q_site_settings, &setting_shape, T(""), I(SETTINGS_MOST));
    for (const Setting *row = rows.items, *end = row + rows.count; row < end; row++)
        take(s, row);
    return s;
}

void site_look(Ctx *ctx, FrameLook *look_out)
{
    const SiteSettings *s = site_settings(ctx);
    FrameAccount *accounts = arena_array(ctx->arena, FrameAccount, NETWORKS);
    size_t n = 0;
    for (size_t i = 0; i < NETWORKS; i++)
        if (s->accounts[i] && url_outside(ctx->arena, s->accounts[i], &accounts[n].url)) {
            accounts[n].label = site_networks[i].label;
            accounts[n++].icon = site_networks[i].icon;
        }
    look_out->palette = s->theme == THEME_CANTERA ? NULL : word_name(site_theme_words, (int)s->theme);
    look_out->accounts = (List){accounts, n};
}

/* ---- changing ---- */
static bool check_version(Ctx *ctx, i64 version)
{
    if (version == NONE || version == site_settings(ctx)->version)
        return !faulted(ctx);
    return fault(ctx, FAULT_STALE, "Somebody else changed this meanwhile. Open it again and repeat your change.");
}

static bool keep(Ctx *ctx, const char *name, const char *value, i64 *changed)
{
    i64 n = 0;
    bool done = db_change(ctx, &q_site_setting_put, &n, T(name), T(value ? value : ""), I_OR_NULL(ctx->actor->id), I(ctx->now));
    *changed += n;
    return done;
}

static bool check_mail(Ctx *ctx, const char *field, const char *mail)
{
    if (text_blank(mail) || text_mail_valid(mail))
        return true;
    return fault_field(ctx, field, "This is no mail address.");
}

static bool check_account(Ctx *ctx, const Network *network, const char *address)
{
    Url url;
    if (text_blank(address) || (text_starts(address, "https://") && url_outside(ctx->arena, address, &url)))
        return true;
    return fault_field(ctx, network->name, "A whole address is wanted, beginning with https://.");
}

static bool check(Ctx *ctx, const SiteSettings *d)
{
    bool fine = check_text(ctx, "address", d->address, TEXT_MOST) && check_text(ctx, "phone", d->phone, TEXT_MOST) &&
                check_text(ctx, "hours", d->hours, TEXT_MOST) && check_text(ctx, "press_phone", d->press_phone, TEXT_MOST) &&
                check_mail(ctx, "mail", d->mail) && check_mail(ctx, "press_mail", d->press_mail);
    for (size_t i = 0; fine && i < NETWORKS; i++)
        fine = check_account(ctx, &site_networks[i], d->accounts[i]);
    return fine;
}

static bool keep_all(Ctx *ctx, const SiteSettings *d, i64 *changed)
{
    bool done = keep(ctx, "address", d->address, changed) && keep(ctx, "phone", d->phone, changed) &&
                keep(ctx, "mail", d->mail, changed) && keep(ctx, "hours", d->hours, changed) &&
                keep(ctx, "press_phone", d->press_phone, changed) && keep(ctx, "press_mail", d->press_mail, changed);
    for (size_t i = 0; done && i < NETWORKS; i++)
        done = keep(ctx, site_networks[i].name, d->accounts[i], changed);
    return done;
}

bool site_set_contact(Ctx *ctx, i64 version, const SiteSettings *draft)
{
    i64 changed = 0;
    return people_may(ctx, RIGHT_SITE_EDIT) && check_version(ctx, version) && check(ctx, draft) &&
           keep_all(ctx, draft, &changed) && (!changed || journal(ctx, "site_contact", SETTINGS_RECORD, "changed"));
}

bool site_set_theme(Ctx *ctx, i64 version, Theme theme)
{
    i64 changed = 0;
    const char *name = word_name(site_theme_words, (int)theme);
    return people_may(ctx, RIGHT_SITE_EDIT) && check_version(ctx, version) && keep(ctx, "theme", name, &changed) &&
           (!changed || journal_detail(ctx, "site_look", SETTINGS_RECORD, "changed", name));
}
