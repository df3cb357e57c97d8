/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* site_find_look.c: the kinds of records that citizens choose from, and what the search's view asks for. */
#include "base/text.h"
#include "desks/site/find/site_find.h"

const FindKind site_find_kinds[] = {
    {"comunicados", "press_release", N_("Releases"), "news"},
    {"agenda", "agenda_event", N_("Agenda"), "calendar-event"},
    {"galerias", "photos_gallery", N_("Galleries"), "photo"},
    {"informes", "report", N_("Monthly reports"), "report"},
    {"paginas", "site_page", N_("Pages"), "file-text"},
    {0},
};

const FindKind *site_find_kind(const char *word)
{
    for (const FindKind *k = site_find_kinds; k->word; k++)
        if (text_same(k->word, word))
            return k;
    return NULL;
}

const FindKind *site_find_kind_of(const char *subject)
{
    for (const FindKind *k = site_find_kinds; k->word; k++)
        if (text_same(k->subject, subject))
            return k;
    return NULL;
}

/* ---- for the view ---- */
i64 site_find_count(const FindShown *x, const FindKind *kind)
{
    i64 total = 0;
    if (x->found.by_age)
        return NONE;
    for (const SearchKind *k = x->found.kinds.items, *end = k + x->found.kinds.count; k < end; k++)
        if (!kind || text_same(k->subject, kind->subject))
            total += k->records;
    return total;
}

Url site_find_url(Arena *a, const FindShown *x, const FindKind *kind)
{
    Url url = url_query(a, url_literal("/buscar"), "q", x->words);
    url = url_query(a, url, "tipo", kind ? kind->word : NULL);
    url = url_query(a, url, "anio", x->year);
    return url_query(a, url, "tema", x->topic);
}

Url site_find_hit(Arena *a, const SearchHit *hit)
{
    Url url = url_literal("/");
    url_inside(a, hit->address, &url);
    return url;
}
