/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_words.c: the vocabulary of the room, as the database spells it, and its addresses. */
#include "desks/photos/photos_room.h"

const Word photos_state_words[] = {
    [PHOTO_PROCESSING] = {"processing", N_("Being looked at")},
    [PHOTO_READY] = {"ready", N_("Ready")},
    [PHOTO_FAILED] = {"failed", N_("Cannot be read")},
    {0},
};

const Word photos_taken_words[] = {
    [TAKEN_WITH_OFFSET] = {"offset", N_("The camera says its time zone")},
    [TAKEN_IN_ZONE] = {"zone", N_("The camera’s clock, in the city’s time")},
    [TAKEN_AT_UPLOAD] = {"upload", N_("When it came: the file says no time")},
    {0},
};

const Word photos_mark_words[] = {
    [MARK_NONE] = {"none", N_("Not chosen yet")},
    [MARK_KEEP] = {"keep", N_("Keep")},
    [MARK_DROP] = {"drop", N_("Leave out")},
    [MARK_STAR] = {"star", N_("Outstanding")},
    {0},
};

const Word photos_step_words[] = {
    [STEP_MARKED] = {"marked", N_("Marked")},
    [STEP_MOVED] = {"moved", N_("Moved")},
    [STEP_DESCRIBED] = {"described", N_("Described")},
    [STEP_REMOVED] = {"removed", N_("Removed")},
    {0},
};

const Word photos_minors_words[] = {
    [MINORS_UNREVIEWED] = {"unreviewed", N_("Nobody has looked yet")},
    [MINORS_NONE] = {"none", N_("No minors appear")},
    [MINORS_CONSENT] = {"consent", N_("Minors appear, with consent")},
    [MINORS_PIXELATE] = {"pixelate", N_("Minors appear: make them unrecognisable")},
    [MINORS_NEVER] = {"never", N_("Not to be published")},
    {0},
};

const Word photos_box_words[] = {
    [BOX_PROPOSED] = {"proposed", N_("Proposed")},
    [BOX_CONFIRMED] = {"confirmed", N_("Confirmed")},
    [BOX_REJECTED] = {"rejected", N_("Rejected")},
    {0},
};

const Word photos_gallery_words[] = {
    [GALLERY_DRAFT] = {"draft", N_("Draft")},
    [GALLERY_PUBLISHING] = {"publishing", N_("Being published")},
    [GALLERY_PUBLISHED] = {"published", N_("Published")},
    [GALLERY_UNPUBLISHED] = {"unpublished", N_("Unpublished")},
    {0},
};

const Word photos_trouble_words[] = {
    [TROUBLE_STALLED] = {"stalled", N_("Does not get on by itself")},
    [TROUBLE_OBSTACLE] = {"obstacle", N_("Something stands against a photo")},
    {0},
};

const Word photos_use_words[] = {
    [CONSENT_WEB] = {"web", N_("The web page")},
    [CONSENT_NETWORKS] = {"networks", N_("The web page and social networks")},
    [CONSENT_ALL] = {"all", N_("Web page, social networks and print")},
    {0},
};

static const char *path(Arena *a, const char *before, i64 id)
{
    return url_id(a, before, id, NULL).s;
}

const char *photos_path(Arena *a, i64 photo)
{
    return path(a, "/mesa/fotos/", photo);
}

const char *photos_copy_path(Arena *a, i64 photo, const char *variant)
{
    return url_slug(a, url_id(a, "/mesa/fotos/", photo, "/").s, variant, NULL).s;
}

const char *photos_gallery_path(Arena *a, i64 gallery)
{
    return path(a, "/mesa/galerias/", gallery);
}

const char *photos_public_path(Arena *a, const char *slug)
{
    return url_slug(a, "/galerias/", slug, NULL).s;
}

/* 1280.webp of the recipe 0123456789ab: 1280-0123456789ab.webp. */
const char *photos_medium_path(Arena *a, i64 photo, const char *recipe, const char *variant)
{
    const char *dot = strchr(variant, '.');
    int n = dot ? (int)(dot - variant) : (int)strlen(variant);
    const char *name = arena_printf(a, "%.*s-%s%s", n, variant, recipe, dot ? dot : "");
    return url_slug(a, url_id(a, "/medios/", photo, "/").s, name, NULL).s;
}
