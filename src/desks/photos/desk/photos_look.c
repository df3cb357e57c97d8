/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_look.c: what the desk's views ask of a photo: classes, icons, sentences, addresses. */
#include "desks/photos/desk/photos_desk.h"
#include "web/site.h"

#include <math.h>

/* ---- addresses ---- */

Url photos_desk_url(Arena *a, i64 photo)
{
    return url_id(a, "/mesa/fotos/", photo, NULL);
}

Url photos_desk_act_url(Arena *a, i64 photo, const char *act)
{
    return url_id(a, "/mesa/fotos/", photo, arena_printf(a, "/%s", act));
}

Url photos_desk_copy_url(Arena *a, i64 photo, const char *variant)
{
    return url_slug(a, url_id(a, "/mesa/fotos/", photo, "/").s, variant, NULL);
}

Url photos_sort_url(Arena *a, i64 event, i64 coverage)
{
    Url url = url_query(a, url_literal("/mesa/fotos/elegir"), "evento", id_text(a, event));
    return url_query(a, url, "cobertura", coverage ? id_text(a, coverage) : NULL);
}

Url photos_event_url(Arena *a, i64 event)
{
    return url_id(a, "/mesa/agenda/", event, NULL);
}

Url photos_consent_url(Arena *a, i64 consent)
{
    return url_id(a, "/mesa/fotos/consentimientos/", consent, NULL);
}

Url photos_look_srcset(Arena *a, const Photo *p)
{
    Url small = url_srcset(a, (Url){NULL}, photos_desk_copy_url(a, p->id, "320.webp"), 320);
    return url_srcset(a, small, photos_desk_copy_url(a, p->id, "640.jpg"), 640);
}

bool photos_look_route(const Request *req, Method method, const char *path)
{
    for (const Route *const *table = req->site->routes; *table; table++)
        for (const Route *r = *table; r->path; r++)
            if (r->method == method && text_same(r->path, path))
                return true;
    return false;
}

bool photos_look_has(const Html *h, RightName right)
{
    return people_has(html_ctx(h), right);
}

/* ---- what it is called ---- */

/* What the report counts: the keys of the room's indicators. */
const Word photos_figure_words[] = {
    {"photos_delivered", N_("Photos delivered")},
    {"photos_published", N_("Photos published")},
    {0},
};

const Word photos_there_words[] = {{"yes", N_("On the site")}, {"no", N_("Not on the site")}, {0}};

const char *photos_look_title(const Photo *p)
{
    return text_blank(p->headline) ? p->filename : p->headline;
}

const char *photos_look_alt(Html *h, const Photo *p)
{
    if (!text_blank(p->alt))
        return p->alt;
    return html_sayf(h, "%s, without alternative text", photos_look_title(p));
}

/* ---- marks and minors ---- */

const char *photos_look_mark(PhotoMark mark)
{
    switch (mark) {
    case MARK_KEEP: return "good";
    case MARK_STAR: return "warn";
    case MARK_DROP: return "bad";
    case MARK_NONE: break;
    }
    return "";
}

const char *photos_look_minors(Minors minors)
{
    switch (minors) {
    case MINORS_UNREVIEWED: return "warn";
    case MINORS_CONSENT: return "good";
    case MINORS_PIXELATE: return "info";
    case MINORS_NEVER: return "bad";
    case MINORS_NONE: break;
    }
    return "";
}

const char *photos_look_minors_icon(Minors minors)
{
    switch (minors) {
    case MINORS_UNREVIEWED: return "eye";
    case MINORS_CONSENT: return "certificate";
    case MINORS_PIXELATE: return "eye-off";
    case MINORS_NEVER: return "ban";
    case MINORS_NONE: break;
    }
    return "check";
}

const char *photos_look_minors_means(const Html *h, Minors minors)
{
    switch (minors) {
    case MINORS_UNREVIEWED: return html_say(h, "It cannot be published until somebody has looked.");
    case MINORS_NONE: return html_say(h, "You looked at the whole picture, its background too: nobody in it is under 18.");
    case MINORS_CONSENT: return html_say(h, "Every consent of the picture must stand: of who has custody, and of the child that was asked. When one ends, the picture goes from the site.");
    case MINORS_PIXELATE: return html_say(h, "What you mark with boxes becomes unrecognisable in every public copy. At least one box must be confirmed; names stay out of the words.");
    case MINORS_NEVER: break;
    }
    return html_say(h, "It stays at the desk for good: a child as a victim, in shelter or in conflict with the law is not shown even with a hidden face.");
}

/* ---- its life ---- */

static const Word verbs[] = {
    {"added", N_("handed it in")},
    {"ready", N_("looked at it")},
    {"failed", N_("could not read it")},
    {"retried", N_("had it looked at again")},
    {"described", N_("changed its words")},
    {"marked", N_("marked it")},
    {"marks_undone", N_("took a mark back")},
    {"undone", N_("took a change back")},
    {"box_added", N_("drew a box")},
    {"box_changed", N_("moved a box")},
    {"box_confirmed", N_("confirmed a box")},
    {"box_rejected", N_("rejected a box")},
    {"box_removed", N_("took a box away")},
    {"removed", N_("removed it")},
    {"brought_back", N_("brought it back")},
    {"published", N_("published it")},
    {"unpublished", N_("took it off the site")},
    {"forgotten", N_("deleted its bytes")},
    {0},
};

const char *photos_look_verb(const Html *h, const char *verb)
{
    int word = word_find(verbs, verb);
    return word < 0 ? verb : html_word(h, verbs, word);
}

/* ---- times and measures ---- */

const char *photos_look_wall(Html *h, i64 at)
{
    return at ? wall_text(html_arena(h), clock_wall(html_ctx(h)->city->zone, at)) : NULL;
}

const char *photos_look_time(Html *h, i64 at)
{
    const char *wall = photos_look_wall(h, at);
    return wall ? wall + strlen("2022-07-14T") : NULL;
}

const char *photos_look_size(Html *h, i64 bytes)
{
    if (bytes < 1024 * 1024)
        return arena_printf(html_arena(h), "%" PRId64 " KB", (bytes + 1023) / 1024);
    return arena_printf(html_arena(h), "%" PRId64 ".%" PRId64 " MB", bytes / 1048576, bytes % 1048576 * 10 / 1048576);
}

const char *photos_look_where(Html *h, const Photo *p)
{
    if (isnan(p->lat) || isnan(p->lon))
        return NULL;
    return arena_printf(html_arena(h), "%.5f, %.5f", p->lat, p->lon);
}

const char *photos_look_percent(Html *h, i64 part)
{
    i64 tenths = part * 1000 / PHOTOS_SCALE;
    return arena_printf(html_arena(h), "%" PRId64 ".%" PRId64 " %%", tenths / 10, tenths % 10);
}

const char *photos_look_box(Html *h, const PhotoBox *b, int number)
{
    return html_sayf(h, "Box %d: %s", number, html_word(h, photos_box_words, (int)b->state));
}

i64 photos_look_height(const Photo *p, i64 width)
{
    return p->width > 0 && p->height > 0 ? (p->height * width + p->width / 2) / p->width : 0;
}
