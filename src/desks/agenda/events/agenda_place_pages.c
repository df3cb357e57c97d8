/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_place_pages.c: the book of places at its addresses. */
#include "desks/agenda/events/agenda_book.h"
#include "desks/agenda/agenda_pages.h"
#include "desks/agenda/events/agenda_place_shown.h"
#include "desks/agenda/agenda_room.h"
#include "web/cursor.h"
#include "agenda_place_views.h"

#include <math.h>

enum { HISTORY = 20, EVENTS_SHOWN = 10, PLACES_SUGGESTED = 500, WORDS_MOST = 100 };

static Url place_url(Ctx *ctx, i64 id)
{
    return url_id(ctx->arena, "/mesa/lugares/", id, NULL);
}

/* ---- the list ---- */

static List choices_of(Ctx *ctx, List names, const char *any)
{
    Choice *choices = arena_array(ctx->arena, Choice, names.count + 1);
    const Named *n = names.items;
    choices[0] = (Choice){"", any};
    for (size_t i = 0; i < names.count; i++)
        choices[i + 1] = (Choice){n[i].name, n[i].name};
    return (List){choices, names.count + 1};
}

static BookFilter read_filter(Ctx *ctx, const Request *req)
{
    BookFilter f = {
        .text = query_text(req, "q"),
        .neighbourhood = query_text(req, "colonia"),
        .district = query_text(req, "delegacion"),
        .archived = text_same(query_text(req, "archivados"), "1"),
        .after = "",
    };
    if (f.text && text_points(f.text) > WORDS_MOST) /* and the databases' patterns end somewhere */
        fault_field(ctx, "q", "This is too long: at most %d characters.", WORDS_MOST);
    i64 number, id;
    const BookPlace *last =
        cursor_read(ctx, req, &number, &id) && id ? agenda_book_find(ctx, id) : NULL;
    if (last) {
        f.after = last->folded;
        f.after_id = last->id;
    }
    return f;
}

/* GET /mesa/lugares */
static void page_places(Ctx *ctx, const Request *req, Page *page)
{
    if (!people_may(ctx, RIGHT_AGENDA_READ))
        return;
    BookFilter f = read_filter(ctx, req);
    i64 limit = query_limit(req);
    if (faulted(ctx))
        return;
    List places = agenda_book(ctx, &f, limit + 1);
    bool more = (i64)places.count > limit;
    places.count = more ? (size_t)limit : places.count;
    const BookPlace *last =
        places.count ? (const BookPlace *)places.items + places.count - 1 : NULL;
    page->title = say(ctx, "Places");
    page->here = "/mesa/lugares";
    page_list(page, &agenda_book_shape, places, agenda_book_count(ctx, &f),
              more ? cursor_make(ctx, req, 0, last->id) : NULL);
    if (page->format != FORMAT_HTML)
        return;
    PlacesShown x = {
        .places = places,
        .total = page->total,
        .filter = &f,
        .next = page->next,
        .colonias = choices_of(ctx, agenda_book_colonias(ctx), say(ctx, "all")),
        .districts = choices_of(ctx, agenda_book_districts(ctx), say(ctx, "all")),
    };
    agenda_view_places(page->html, &x);
}

/* ---- one place ---- */

/* GET /mesa/lugares/:id */
static void page_place(Ctx *ctx, const Request *req, Page *page)
{
    const BookPlace *p =
        people_may(ctx, RIGHT_AGENDA_READ) ? agenda_book_find(ctx, req->id) : NULL;
    if (!p)
        return;
    page->title = p->name;
    page->here = "/mesa/lugares";
    page->version = p->version;
    page_one(page, &agenda_book_shape, p);
    if (page->format != FORMAT_HTML)
        return;
    page->version = NONE; /* the events at the place change without it */
    PlaceShown x = {
        .place = p,
        .form = req->form,
        .merging = req->method == POST && text_ends(req->route->path, "/unir"),
        .events = agenda_events_at(ctx, p->id, EVENTS_SHOWN),
        .others = agenda_places(ctx, PLACES_SUGGESTED),
        .journal = journal_of(ctx, "agenda_place", p->id, HISTORY),
    };
    agenda_view_place(page->html, &x);
}

static const char *kept(Ctx *ctx, const Request *req, const char *name, size_t max,
                        const char *otherwise)
{
    return form_has(req, name) ? form_text(ctx, req, name, max) : otherwise;
}

static void read_coordinates(Ctx *ctx, const Request *req, Place *draft)
{
    if (form_has(req, "coordinates")) {
        if (!agenda_coordinates(ctx, "coordinates", form_text(ctx, req, "coordinates", 80),
                                &draft->lat, &draft->lon))
            return;
    } else {
        if (form_has(req, "lat"))
            draft->lat = form_real(ctx, req, "lat", -90, 90);
        if (form_has(req, "lon"))
            draft->lon = form_real(ctx, req, "lon", -180, 180);
    }
    if (!faulted(ctx) && !agenda_check_coordinates(ctx, "coordinates", draft->lat, draft->lon,
                                                   form_bool(req, "far")))
        return;
}

static Place read_draft(Ctx *ctx, const Request *req, const BookPlace *p)
{
    Place draft = {
        .name = form_has(req, "name") ? form_need(ctx, req, "name", 200) : p->name,
        .address = kept(ctx, req, "address", 300, p->address),
        .neighbourhood = kept(ctx, req, "neighbourhood", 120, p->neighbourhood),
        .district = kept(ctx, req, "district", 120, p->district),
        .postcode = kept(ctx, req, "postcode", 10, p->postcode),
        .internal_note = kept(ctx, req, "internal_note", AGENDA_NOTE_MAX, p->internal_note),
        .lat = p->lat,
        .lon = p->lon,
    };
    if (form_has(req, "coordinates") || form_has(req, "lat") || form_has(req, "lon"))
        read_coordinates(ctx, req, &draft);
    return draft;
}

static void give(Ctx *ctx, Page *page, i64 id, const char *notice)
{
    const BookPlace *p = agenda_book_find(ctx, id);
    if (!p)
        return;
    page_one(page, &agenda_book_shape, p);
    page->version = p->version;
    page_done(page, place_url(ctx, id), notice);
}

/* POST /mesa/lugares/:id */
static void act_change(Ctx *ctx, const Request *req, Page *page)
{
    const BookPlace *p =
        people_may(ctx, RIGHT_AGENDA_EDIT) ? agenda_book_find(ctx, req->id) : NULL;
    if (!p)
        return;
    Place draft = read_draft(ctx, req, p);
    if (!faulted(ctx) && agenda_place_change(ctx, p->id, req->version, &draft))
        give(ctx, page, p->id, say(ctx, "Saved."));
}

/* POST /mesa/lugares/:id/archivar */
static void act_archive(Ctx *ctx, const Request *req, Page *page)
{
    if (agenda_place_archive(ctx, req->id, req->version, true))
        give(ctx, page, req->id, say(ctx, "Archived: it is not suggested any more."));
}

/* POST /mesa/lugares/:id/recuperar */
static void act_unarchive(Ctx *ctx, const Request *req, Page *page)
{
    if (agenda_place_archive(ctx, req->id, req->version, false))
        give(ctx, page, req->id, say(ctx, "The place is suggested again."));
}

/* The other one by its id, its suggestion or its name. */
static i64 read_into(Ctx *ctx, const Request *req)
{
    const char *text = form_need(ctx, req, "into", 400);
    if (!text)
        return 0;
    const Place *p = agenda_place_said(ctx, text);
    const char *folded;
    if (!p && !faulted(ctx))
        p = agenda_place_by_name(ctx, (agenda_place_key(ctx, text, NULL, &folded), folded));
    if (!p)
        return fault_field(ctx, "into", "There is no place \"%s\" in the book.",
                           text_clip(ctx->arena, text, 80)), 0;
    return p->id;
}

/* POST /mesa/lugares/:id/unir */
static void act_merge(Ctx *ctx, const Request *req, Page *page)
{
    if (!people_may(ctx, RIGHT_AGENDA_EDIT) || !agenda_book_find(ctx, req->id))
        return;
    i64 into = read_into(ctx, req), events;
    if (faulted(ctx))
        return;
    if (!form_bool(req, "confirm")) {
        fault_field(ctx, "confirm", "This cannot be taken back: tick that you want it.");
        return;
    }
    if (agenda_place_merge(ctx, req->id, into, &events))
        give(ctx, page, into,
             arena_printf(ctx->arena,
                          say_n(ctx, "The two are one now; %" PRId64 " event moved.",
                                "The two are one now; %" PRId64 " events moved.", events),
                          events));
}

#define PLACE_FIELDS "address neighbourhood district postcode coordinates lat lon far internal_note"

const Route agenda_place_routes[] = {
    {GET, "/mesa/lugares", page_places, RIGHT_AGENDA_READ, "The book of places",
     .list = true, .query = "q colonia delegacion archivados",
     .shape = &agenda_book_shape},
    {GET, "/mesa/lugares/:id", page_place, RIGHT_AGENDA_READ, "A place and the events at it",
     .shape = &agenda_book_shape},
    {POST, "/mesa/lugares/:id", act_change, RIGHT_AGENDA_EDIT, "Changes a place",
     .fields = "name version " PLACE_FIELDS, .shape = &agenda_book_shape, .form = page_place},
    {POST, "/mesa/lugares/:id/archivar", act_archive, RIGHT_AGENDA_EDIT,
     "A place is not suggested any more", .fields = "version", .shape = &agenda_book_shape,
     .form = page_place},
    {POST, "/mesa/lugares/:id/recuperar", act_unarchive, RIGHT_AGENDA_EDIT,
     "A place is suggested again", .fields = "version", .shape = &agenda_book_shape,
     .form = page_place},
    {POST, "/mesa/lugares/:id/unir", act_merge, RIGHT_AGENDA_EDIT,
     "Makes two places one: the events of this one move", .fields = "into! confirm!",
     .shape = &agenda_book_shape, .form = page_place},
    {0},
};
