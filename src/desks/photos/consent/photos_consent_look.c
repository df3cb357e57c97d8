/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_consent_look.c: what the desk's views ask of a consent: classes, sentences, days. */
#include "desks/photos/consent/photos_consent_shown.h"

Url photos_consent_act_url(Arena *a, i64 consent, const char *act)
{
    return url_id(a, "/mesa/fotos/consentimientos/", consent, arena_printf(a, "/%s", act));
}

const char *photos_consent_look(Html *h, const Consent *c)
{
    if (c->stands)
        return html_say(h, "It stands");
    if (c->revoked_at)
        return html_say(h, "Revoked");
    if (c->expires_at && c->expires_at <= html_ctx(h)->now)
        return html_say(h, "Its time is over");
    return html_say(h, "The child was not asked");
}

const char *photos_consent_chip(const Consent *c)
{
    return c->stands ? "good" : c->revoked_at ? "bad" : "warn";
}

static const Word verbs[] = {
    {"created", N_("added it")},
    {"changed", N_("changed it")},
    {"covered", N_("linked photos")},
    {"uncovered", N_("unlinked photos")},
    {"name_read", N_("read the names")},
    {"scan_read", N_("opened the signed paper")},
    {"revoked", N_("revoked it")},
    {"expired", N_("ended it: its time was over")},
    {0},
};

const char *photos_consent_verb(const Html *h, const char *verb)
{
    int word = word_find(verbs, verb);
    return word < 0 ? verb : html_word(h, verbs, word);
}

const char *photos_consent_day(Html *h, const char *day)
{
    Span span;
    const Zone *zone = html_ctx(h)->city->zone;
    return day && clock_day(zone, day, &span) ? html_when(h, CLOCK_SAY_DATE, span.from) : day;
}

/* It ends with the first instant after that day. */
const char *photos_consent_last_day(Html *h, i64 expires_at)
{
    return expires_at ? clock_day_text(html_arena(h), html_ctx(h)->city->zone, expires_at - 1) : NULL;
}
