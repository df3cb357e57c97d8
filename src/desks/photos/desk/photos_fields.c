/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_fields.c: what a form or a program says about photos. */
#include "desks/photos/desk/photos_desk.h"
#include "web/form.h"

enum { PEOPLE_TYPED = 2000, PLACE_TYPED = 200 };

PhotoWords photos_no_words(void)
{
    return (PhotoWords){.focal_x = NONE, .focal_y = NONE, .taken_at = NONE, .event = NONE, .coverage = NONE};
}

/* Sent and blank: taken away. */
static const char *text(Ctx *ctx, const Request *req, const char *name, size_t max)
{
    if (!form_has(req, name))
        return NULL;
    const char *typed = form_text(ctx, req, name, max);
    return typed ? typed : "";
}

/* One name a line; a list in JSON. */
static const char *people(Ctx *ctx, const Request *req)
{
    if (!form_has(req, "people"))
        return NULL;
    const char *lines = form_lines(ctx, req, "people", 100);
    return lines ? lines : "";
}

static void read_place(Ctx *ctx, const Request *req, PhotoWords *w)
{
    w->place = text(ctx, req, "place", PLACE_TYPED);
    if (form_has(req, "focal_x"))
        w->focal_x = form_int(ctx, req, "focal_x", 0, PHOTOS_SCALE);
    if (form_has(req, "focal_y"))
        w->focal_y = form_int(ctx, req, "focal_y", 0, PHOTOS_SCALE);
    i64 at = form_has(req, "taken_at") ? form_instant(ctx, req, "taken_at", ctx->city->zone) : 0;
    w->taken_at = at ? at : NONE;
    i64 event = form_has(req, "event") ? form_id(ctx, req, "event") : 0;
    w->event = event ? event : NONE;
    if (form_has(req, "coverage"))
        w->coverage = form_id(ctx, req, "coverage");
    if (!text_blank(form_raw(req, "target")))
        photos_read_target(ctx, req, &w->event, &w->coverage);
}

static const char *read_minors(Ctx *ctx, const Request *req)
{
    if (!form_has(req, "minors") || text_blank(form_raw(req, "minors")))
        return NULL;
    int word = form_word(ctx, req, "minors", photos_minors_words, -1);
    return word < 0 ? NULL : word_name(photos_minors_words, word);
}

PhotoWords photos_read_words(Ctx *ctx, const Request *req)
{
    PhotoWords w = photos_no_words();
    w.headline = text(ctx, req, "headline", PHOTOS_HEADLINE_MAX);
    w.caption = text(ctx, req, "caption", PHOTOS_CAPTION_MAX);
    w.people = people(ctx, req);
    w.alt = text(ctx, req, "alt", PHOTOS_ALT_MAX);
    w.credit = text(ctx, req, "credit", PHOTOS_CREDIT_MAX);
    w.minors = read_minors(ctx, req);
    read_place(ctx, req, &w);
    return w;
}

static const char *said(const char *typed)
{
    return typed && *typed ? typed : NULL;
}

bool photos_read_common(Ctx *ctx, const Request *req, PhotoWords *words_out)
{
    PhotoWords typed = photos_read_words(ctx, req), w = photos_no_words();
    w.headline = said(typed.headline);
    w.caption = said(typed.caption);
    w.people = said(typed.people);
    w.alt = said(typed.alt);
    w.credit = said(typed.credit);
    w.place = said(typed.place);
    *words_out = w;
    return !faulted(ctx) && (w.headline || w.caption || w.people || w.alt || w.credit || w.place);
}

List photos_read_ids(Ctx *ctx, const Request *req)
{
    const char *lines = form_lines(ctx, req, "photos", PHOTOS_AT_ONCE);
    List parts = lines ? text_split(ctx->arena, lines, '\n') : (List){0};
    if (!parts.count && !faulted(ctx))
        fault_field(ctx, "photos", "Choose at least one photo.");
    const char *const *part = parts.items;
    i64 *ids = arena_array(ctx->arena, i64, parts.count + 1);
    for (size_t i = 0; i < parts.count; i++)
        if (!id_parse(part[i], &ids[i])) {
            fault_field(ctx, "photos", "\"%s\" is no photo's number.", part[i]);
            return (List){0};
        }
    return faulted(ctx) ? (List){0} : (List){ids, parts.count};
}

bool photos_query_id(Ctx *ctx, const Request *req, const char *name, i64 *id_out)
{
    const char *typed = query_text(req, name);
    if (text_blank(typed))
        return true;
    return id_parse(typed, id_out) || fault_field(ctx, name, "\"%s\" is no record's number.", typed);
}

static i64 side(Ctx *ctx, const Request *req, const char *name, i64 least)
{
    i64 n = form_int(ctx, req, name, least, PHOTOS_SCALE);
    if (n == NONE && !faulted(ctx))
        fault_field(ctx, name, "Say it in ten-thousandths of the picture: 0 to 10000.");
    return n;
}

bool photos_read_box(Ctx *ctx, const Request *req, PhotoBox *box_out)
{
    PhotoBox box = {.x = side(ctx, req, "x", 0), .y = side(ctx, req, "y", 0),
                    .width = side(ctx, req, "width", 1), .height = side(ctx, req, "height", 1)};
    if (faulted(ctx))
        return false;
    *box_out = box;
    return true;
}
