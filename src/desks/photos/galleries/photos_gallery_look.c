/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_gallery_look.c: what the desk's views ask of a gallery: classes, icons, sentences, addresses. */
#include "desks/photos/galleries/photos_gallery_shown.h"

Url photos_gallery_desk_url(Arena *a, i64 gallery)
{
    return url_id(a, "/mesa/galerias/", gallery, NULL);
}

Url photos_gallery_act_url(Arena *a, i64 gallery, const char *act)
{
    return url_id(a, "/mesa/galerias/", gallery, arena_printf(a, "/%s", act));
}

Url photos_gallery_site_url(Arena *a, const Gallery *g)
{
    return url_slug(a, "/galerias/", g->slug, NULL);
}

const char *photos_gallery_look(GalleryState state)
{
    switch (state) {
    case GALLERY_PUBLISHING: return "info";
    case GALLERY_PUBLISHED: return "good";
    case GALLERY_UNPUBLISHED: return "bad";
    case GALLERY_DRAFT: break;
    }
    return "";
}

const char *photos_gallery_icon(GalleryState state)
{
    switch (state) {
    case GALLERY_PUBLISHING: return "hourglass";
    case GALLERY_PUBLISHED: return "world";
    case GALLERY_UNPUBLISHED: return "ban";
    case GALLERY_DRAFT: break;
    }
    return "pencil";
}

static const Word verbs[] = {
    {"created", N_("began it")},
    {"changed", N_("changed it")},
    {"ordered", N_("put its photos in another order")},
    {"filled", N_("changed which photos it has")},
    {"publishing", N_("sent it to publication")},
    {"published", N_("published it")},
    {"halted", N_("stopped its publication")},
    {"unpublished", N_("unpublished it")},
    {"photo_lost", N_("lost a photo that was withdrawn")},
    {0},
};

const char *photos_gallery_verb(const Html *h, const char *verb)
{
    int word = word_find(verbs, verb);
    return word < 0 ? verb : html_word(h, verbs, word);
}

const char *photos_gallery_when(Html *h, const Gallery *g)
{
    if (g->state == GALLERY_PUBLISHED && g->published_at)
        return html_sayf(h, "public since %s", html_when(h, CLOCK_SAY_MOMENT, g->published_at));
    if (g->state == GALLERY_UNPUBLISHED && g->unpublished_at)
        return html_sayf(h, "unpublished %s", html_when(h, CLOCK_SAY_MOMENT, g->unpublished_at));
    return html_sayf(h, "changed %s", html_when(h, CLOCK_SAY_MOMENT, g->changed_at));
}
