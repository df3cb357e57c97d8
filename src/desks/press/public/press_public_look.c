/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_public_look.c: what the views of the list ask: addresses of the list otherwise filtered, what stands on a card. */
#include "desks/press/public/press_public.h"

/* ---- addresses ---- */

static Url with_filter(Arena *a, Url url, const char *topic, const char *year, const char *month)
{
    url = url_query(a, url, "tema", topic);
    url = url_query(a, url, "anio", month ? NULL : year);
    return url_query(a, url, "mes", month);
}

Url press_list_url(Arena *a, const PublicListShown *x, const char *suffix, const char *after)
{
    Url url = url_slug(a, "/comunicados", "", suffix);
    return url_query(a, with_filter(a, url, x->filter.topic, x->year, x->month), "after", after);
}

Url press_archive_url(Arena *a, const PublicListShown *x, const char *year, const char *month)
{
    return with_filter(a, url_literal("/comunicados"), x->filter.topic, year, month);
}

Url press_list_topic_url(Arena *a, const PublicListShown *x, const char *slug)
{
    return with_filter(a, url_literal("/comunicados"), slug, x->year, x->month);
}

/* ---- a card ---- */

const char *press_first_topic(Arena *a, const char *topics)
{
    size_t n = topics ? strcspn(topics, "\n") : 0;
    return n ? arena_copy(a, topics, n) : NULL;
}

Url press_card_picture(Arena *a, const PublicRelease *r)
{
    return r->cover.url ? press_media_url(a, r->cover_id, "640.jpg") : (Url){NULL};
}
