/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_sort_pages.c: choosing from an event's pictures: marks, words for a selection, handing in. */
#include "desks/photos/desk/photos_desk.h"
#include "desks/photos/photos_pages.h"
#include "web/cursor.h"
#include "web/form.h"
#include "photos_sort_views.h"

enum { NOTE_MAX = 500 };

/* ---- the page ---- */

static List tabs_of(Ctx *ctx, const Event *e, i64 chosen)
{
    List coverages = agenda_coverages_of(ctx, e->id);
    SortTab *tabs = arena_array(ctx->arena, SortTab, coverages.count + 1);
    size_t n = 0;
    tabs[n++] = (SortTab){say(ctx, "The whole event"), photos_sort_url(ctx->arena, e->id, 0), !chosen};
    for (const Coverage *c = coverages.items, *end = c + coverages.count; c < end; c++) {
        if (c->kind != COVER_PHOTO || c->state == COVERAGE_CANCELLED || c->state == COVERAGE_DECLINED)
            continue;
        const char *kind = say_word(ctx, agenda_kind_words, (int)c->kind);
        const char *label = c->assignee_name ? arena_printf(ctx->arena, "%s: %s", kind, c->assignee_name) : kind;
        tabs[n++] = (SortTab){label, photos_sort_url(ctx->arena, e->id, c->id), chosen == c->id};
    }
    return n > 1 ? (List){tabs, n} : (List){0};
}

static bool takes_delivery(const Coverage *c)
{
    return c->state == COVERAGE_ACCEPTED || c->state == COVERAGE_IN_PROGRESS || c->state == COVERAGE_RETURNED ||
           c->state == COVERAGE_ASSIGNED;
}

/* The one that is delivered from here: the chosen one, or the event's only one that waits. */
static const Coverage *to_deliver(Ctx *ctx, const SortShown *x)
{
    if (x->coverage)
        return takes_delivery(x->coverage) ? x->coverage : NULL;
    List coverages = agenda_coverages_of(ctx, x->event->id);
    const Coverage *found = NULL;
    for (const Coverage *c = coverages.items, *end = c + coverages.count; c < end; c++) {
        if (c->kind != COVER_PHOTO || !takes_delivery(c))
            continue;
        if (found)
            return NULL;
        found = c;
    }
    return found;
}

static void set_ways(Ctx *ctx, const Request *req, SortShown *x)
{
    Arena *a = ctx->arena;
    const Coverage *delivered = people_has(ctx, RIGHT_PHOTOS_UPLOAD) ? to_deliver(ctx, x) : NULL;
    const char *event = id_text(a, x->event->id), *coverage = x->coverage ? id_text(a, x->coverage->id) : NULL;
    if (people_has(ctx, RIGHT_PHOTOS_UPLOAD) && photos_look_route(req, GET, "/mesa/fotos/subir")) {
        x->upload = url_query(a, url_literal("/mesa/fotos/subir"), "evento", event);
        x->upload = url_query(a, x->upload, "cobertura", coverage);
    }
    if (delivered)
        x->hand_in = url_query(a, url_literal("/mesa/fotos/entregar"), "cobertura", id_text(a, delivered->id));
    x->progress = url_query(a, url_literal("/mesa/fotos/elegir/avance.json"), "evento", event);
    x->progress = url_query(a, x->progress, "cobertura", coverage);
    x->may_edit = people_has(ctx, RIGHT_PHOTOS_EDIT);
    x->may_make_gallery = x->may_edit && photos_look_route(req, POST, "/mesa/galerias");
}

/* What the form was sent from. */
static bool read_typed(Ctx *ctx, const Request *req, i64 *event_out, i64 *coverage_out)
{
    *event_out = form_has(req, "event") ? form_id(ctx, req, "event") : 0;
    *coverage_out = form_has(req, "coverage") ? form_id(ctx, req, "coverage") : 0;
    return !faulted(ctx);
}

/* Which event, and which of its coverages, the address or the form names. */
static bool read_where(Ctx *ctx, const Request *req, i64 *event_out, i64 *coverage_out)
{
    i64 event = 0, coverage = 0;
    bool typed = req->method == POST && form_has(req, "event");
    if (typed ? !read_typed(ctx, req, &event, &coverage)
              : !photos_query_id(ctx, req, "evento", &event) || !photos_query_id(ctx, req, "cobertura", &coverage))
        return false;
    const Coverage *c = coverage ? agenda_coverage(ctx, coverage) : NULL;
    if (faulted(ctx))
        return false;
    if (!event && c)
        event = c->event;
    if (!event)
        return fault_field(ctx, "evento", "Say of which event.");
    *event_out = event;
    *coverage_out = coverage;
    return true;
}

static void draw_sort(Ctx *ctx, const Request *req, Page *page, const Event *e, i64 coverage, List photos, const char *next)
{
    SortShown x = {.req = req, .form = req->method == POST ? req->form : NULL, .event = e, .coverage = coverage ? agenda_coverage(ctx, coverage) : NULL,
                   .shown = (i64)photos.count};
    x.groups = photos_sort_groups(ctx->arena, photos, &x.bursts);
    x.counts = photos_sort_count(ctx, e->id, coverage);
    x.tabs = tabs_of(ctx, e, coverage);
    x.caption = photos_sort_caption(ctx, e);
    x.place = e->place.name;
    x.credit = photos_sort_credit(ctx, photos, x.coverage);
    if (next)
        x.next = url_query(ctx->arena, photos_sort_url(ctx->arena, e->id, coverage), "after", next);
    set_ways(ctx, req, &x);
    if (x.may_edit)
        x.targets = photos_targets_open(ctx, e->id, coverage), x.elsewhere = photos_elsewhere(ctx, photos);
    if (!faulted(ctx))
        photos_view_sort(page->html, &x);
}

/* GET /mesa/fotos/elegir?evento=…&cobertura=…; also drawn again when one of its forms was wrong */
void photos_page_sort(Ctx *ctx, const Request *req, Page *page)
{
    i64 event, coverage, at = 0, id = 0;
    if (!people_may(ctx, RIGHT_PHOTOS_READ) || !read_where(ctx, req, &event, &coverage))
        return;
    const Event *e = agenda_find(ctx, event);
    if (!e)
        return;
    if (req->method == GET)
        cursor_read(ctx, req, &at, &id);
    List photos = photos_of(ctx, event, coverage, at, id, PHOTOS_AT_ONCE + 1);
    if (faulted(ctx))
        return;
    bool more = photos.count > PHOTOS_AT_ONCE;
    photos.count = more ? PHOTOS_AT_ONCE : photos.count;
    const Photo *last = photos.count ? (const Photo *)photos.items + photos.count - 1 : NULL;
    const char *next = more ? cursor_make(ctx, req, last->taken_at, last->id) : NULL;
    page->title = arena_printf(ctx->arena, say(ctx, "Choose: %s"), e->title);
    page->here = "/mesa/fotos";
    page->version = NONE;
    page_list(page, &photos_shape, photos, photos_count(ctx, &(PhotoFilter){.event = event, .coverage = coverage}), next);
    if (page->format == FORMAT_HTML)
        draw_sort(ctx, req, page, e, coverage, photos, next);
}

/* GET /mesa/fotos/elegir/avance: how far it is, for the page that shows it */
static void page_progress(Ctx *ctx, const Request *req, Page *page)
{
    i64 event, coverage;
    if (!people_may(ctx, RIGHT_PHOTOS_READ) || !read_where(ctx, req, &event, &coverage) || !agenda_find(ctx, event))
        return;
    SortCounts *counts = arena_new_of(ctx->arena, SortCounts);
    *counts = photos_sort_count(ctx, event, coverage);
    page_one(page, &photos_sort_shape, counts);
}

/* ---- marks ---- */

/* Where a form of the page goes back to: the event's pictures. */
static Url back_of(Ctx *ctx, const Request *req)
{
    Url back;
    if (form_has(req, "back") && url_inside(ctx->arena, form_raw(req, "back"), &back))
        return back;
    i64 event = form_has(req, "event") ? form_id(ctx, req, "event") : 0;
    i64 coverage = form_has(req, "coverage") ? form_id(ctx, req, "coverage") : 0;
    return event ? photos_sort_url(ctx->arena, event, coverage) : url_literal("/mesa/fotos");
}

/* How the event stands now, for programs and for the page's script. */
static void give_counts(Ctx *ctx, const Request *req, Page *page, i64 event, i64 coverage, const char *notice)
{
    SortCounts *counts = arena_new_of(ctx->arena, SortCounts);
    if (page->format != FORMAT_HTML) {
        *counts = photos_sort_count(ctx, event, coverage);
        page_one(page, &photos_sort_shape, counts);
    }
    page_done(page, back_of(ctx, req), notice);
}

static const char *undo_path(Ctx *ctx, i64 event, i64 coverage)
{
    Url url = url_query(ctx->arena, url_literal("/mesa/fotos/elegir/deshacer"), "evento", id_text(ctx->arena, event));
    return url_query(ctx->arena, url, "cobertura", coverage ? id_text(ctx->arena, coverage) : NULL).s;
}

static void offer_undo(Ctx *ctx, Page *page, i64 event, i64 coverage)
{
    Url undo;
    if (url_inside(ctx->arena, undo_path(ctx, event, coverage), &undo))
        page->undo = undo;
}

/* POST /mesa/fotos/marcar */
static void act_mark(Ctx *ctx, const Request *req, Page *page)
{
    if (!people_may(ctx, RIGHT_PHOTOS_EDIT))
        return;
    List ids = photos_read_ids(ctx, req);
    int mark = form_word(ctx, req, "mark", photos_mark_words, -1);
    if (mark < 0 && !faulted(ctx))
        fault_field(ctx, "mark", "Say keep, drop, star or none.");
    if (faulted(ctx) || !photos_mark(ctx, ids, (PhotoMark)mark))
        return;
    const Photo *first = photos_row(ctx, *(const i64 *)ids.items);
    if (!first)
        return;
    i64 coverage = form_has(req, "coverage") ? form_id(ctx, req, "coverage") : 0, n = (i64)ids.count;
    give_counts(ctx, req, page, first->event, coverage,
                arena_printf(ctx->arena, say_n(ctx, "%" PRId64 " photo was marked.", "%" PRId64 " photos were marked.", n), n));
    offer_undo(ctx, page, first->event, coverage);
}

/* POST /mesa/fotos/elegir/deshacer: the actor's last mark there; programs get every picture's mark as it is now */
static void act_undo(Ctx *ctx, const Request *req, Page *page)
{
    i64 event, coverage;
    PhotoUndone undone;
    if (!people_may(ctx, RIGHT_PHOTOS_EDIT) || !read_where(ctx, req, &event, &coverage) || !photos_mark_undo(ctx, event, &undone))
        return;
    page_list(page, &photos_marked_shape, photos_of(ctx, event, coverage, 0, 0, PHOTOS_AT_ONCE), NONE, NULL);
    page_done(page, photos_sort_url(ctx->arena, event, coverage), undone.left ? photos_undone_said(ctx, &undone) : say(ctx, "The last mark was taken back."));
}

/* POST /mesa/fotos/elegir/propuesta */
static void act_proposed(Ctx *ctx, const Request *req, Page *page)
{
    if (!people_may(ctx, RIGHT_PHOTOS_EDIT))
        return;
    i64 event = form_id(ctx, req, "event"), coverage = form_has(req, "coverage") ? form_id(ctx, req, "coverage") : 0, n;
    if (!event && !faulted(ctx))
        fault_field(ctx, "event", "Say of which event.");
    if (faulted(ctx) || !photos_mark_proposed(ctx, event, coverage, &n))
        return;
    give_counts(ctx, req, page, event, coverage,
                arena_printf(ctx->arena,
                             say_n(ctx, "The proposal marked %" PRId64 " photo.", "The proposal marked %" PRId64 " photos.", n), n));
    if (n)
        offer_undo(ctx, page, event, coverage);
}

/* ---- words for a selection ---- */

/* The words of one photo for the others: its caption, people, place and credit. */
static bool words_of(Ctx *ctx, const Request *req, PhotoWords *words_out)
{
    const Photo *p = photos_find(ctx, form_id(ctx, req, "from"));
    if (!p)
        return false;
    PhotoWords w = photos_no_words();
    w.caption = p->caption;
    w.people = p->people;
    w.place = p->place;
    w.credit = p->credit;
    *words_out = w;
    return w.caption || w.people || w.place || w.credit || fault_field(ctx, "from", "This photo has no words to copy yet.");
}

static bool read_words_for_all(Ctx *ctx, const Request *req, PhotoWords *words_out)
{
    if (form_has(req, "from") && !text_blank(form_raw(req, "from")))
        return words_of(ctx, req, words_out);
    if (photos_read_common(ctx, req, words_out))
        return true;
    return faulted(ctx) ? false : fault_field(ctx, "caption", "Write at least one of the words: caption, people, place or credit.");
}

static const char *written(Ctx *ctx, i64 n)
{
    return arena_printf(ctx->arena, say_n(ctx, "The words were written to %" PRId64 " photo.", "The words were written to %" PRId64 " photos.", n), n);
}

/* POST /mesa/fotos/palabras */
static void act_describe(Ctx *ctx, const Request *req, Page *page)
{
    PhotoWords words;
    if (!people_may(ctx, RIGHT_PHOTOS_EDIT))
        return;
    List ids = photos_read_ids(ctx, req);
    if (faulted(ctx) || !read_words_for_all(ctx, req, &words) || !photos_describe_all(ctx, ids, &words))
        return;
    page_done(page, back_of(ctx, req), written(ctx, (i64)ids.count));
    photos_offer_undo(ctx, page);
}

/* POST /mesa/fotos/menores */
static void act_minors(Ctx *ctx, const Request *req, Page *page)
{
    if (!people_may(ctx, RIGHT_PHOTOS_EDIT))
        return;
    List ids = photos_read_ids(ctx, req);
    int minors = form_word(ctx, req, "minors", photos_minors_words, -1);
    if (minors < 0 && !faulted(ctx))
        fault_field(ctx, "minors", "Say whether minors appear.");
    if (faulted(ctx))
        return;
    PhotoWords words = photos_no_words();
    words.minors = word_name(photos_minors_words, minors);
    if (!photos_describe_all(ctx, ids, &words))
        return;
    i64 n = (i64)ids.count;
    page_done(page, back_of(ctx, req),
              arena_printf(ctx->arena, say_n(ctx, "%" PRId64 " photo: %s", "%" PRId64 " photos: %s", n), n, say_word(ctx, photos_minors_words, minors)));
}

/* POST /mesa/fotos/mover: to another event, or to another coverage */
static void act_move(Ctx *ctx, const Request *req, Page *page)
{
    PhotoWords words = photos_no_words();
    if (!people_may(ctx, RIGHT_PHOTOS_EDIT))
        return;
    List ids = photos_read_ids(ctx, req);
    if (faulted(ctx) || !photos_read_target(ctx, req, &words.event, &words.coverage))
        return;
    if (!words.event) {
        fault_field(ctx, "target", "Choose the event that they show.");
        return;
    }
    if (!photos_describe_all(ctx, ids, &words))
        return;
    i64 n = (i64)ids.count;
    page_done(page, back_of(ctx, req),
              arena_printf(ctx->arena, say_n(ctx, "%" PRId64 " photo was moved.", "%" PRId64 " photos were moved.", n), n));
    photos_offer_undo(ctx, page);
}

/* ---- handing in ---- */

static i64 coverage_of(Ctx *ctx, const Request *req)
{
    i64 id = 0;
    if (req->method == POST)
        return form_id(ctx, req, "coverage");
    return photos_query_id(ctx, req, "cobertura", &id) ? id : 0;
}

/* GET /mesa/fotos/entregar?cobertura=…: what goes, and what it lacks */
static void page_hand_in(Ctx *ctx, const Request *req, Page *page)
{
    i64 id = people_may(ctx, RIGHT_PHOTOS_UPLOAD) ? coverage_of(ctx, req) : 0;
    if (!faulted(ctx) && !id)
        fault_field(ctx, "cobertura", "Say which coverage.");
    const Coverage *c = faulted(ctx) ? NULL : agenda_coverage(ctx, id);
    if (!c)
        return;
    HandInShown x = photos_sort_hand_in(ctx, c);
    x.req = req;
    page->title = say(ctx, "Hand in");
    page->here = "/mesa/fotos";
    if (!faulted(ctx))
        photos_view_hand_in(page->html, &x);
}

/* POST /mesa/fotos/entregar */
static void act_hand_in(Ctx *ctx, const Request *req, Page *page)
{
    i64 n;
    if (!people_may(ctx, RIGHT_PHOTOS_UPLOAD))
        return;
    i64 id = form_id(ctx, req, "coverage");
    const char *note = form_text(ctx, req, "note", NOTE_MAX);
    if (!id && !faulted(ctx))
        fault_field(ctx, "coverage", "Say which coverage.");
    if (faulted(ctx) || !photos_hand_in(ctx, id, note, &n))
        return;
    const Coverage *c = agenda_coverage(ctx, id);
    if (!c)
        return;
    page_one(page, &agenda_coverage_shape, c);
    page_done(page, url_id(ctx->arena, "/mesa/coberturas/", id, NULL),
              arena_printf(ctx->arena, say_n(ctx, "The coverage was delivered with %" PRId64 " photo.", "The coverage was delivered with %" PRId64 " photos.", n), n));
}

const Route photos_sort_routes[] = {
    {GET, "/mesa/fotos/elegir", photos_page_sort, RIGHT_PHOTOS_READ, "An event's photos by time, to choose from", .list = true, .query = "evento cobertura after",
     .shape = &photos_shape},
    {GET, "/mesa/fotos/elegir/avance", page_progress, RIGHT_PHOTOS_READ, "How many of an event's photos are chosen, and how many are still looked at",
     .formats = AS_JSON, .query = "evento cobertura", .shape = &photos_sort_shape},
    {POST, "/mesa/fotos/marcar", act_mark, RIGHT_PHOTOS_EDIT, "Marks photos of one event: keep, drop, star or none", .fields = "photos! mark! event coverage back",
     .shape = &photos_sort_shape, .form = photos_page_sort},
    {POST, "/mesa/fotos/elegir/deshacer", act_undo, RIGHT_PHOTOS_EDIT, "Takes back the last mark that one made in an event", .query = "evento cobertura",
     .shape = &photos_marked_shape},
    {POST, "/mesa/fotos/elegir/propuesta", act_proposed, RIGHT_PHOTOS_EDIT, "Accepts what is proposed for each burst: the best is kept, the others go",
     .fields = "event! coverage back", .shape = &photos_sort_shape},
    {POST, "/mesa/fotos/palabras", act_describe, RIGHT_PHOTOS_EDIT, "Writes the same words to several photos, or those of one of them",
     .fields = "photos! " PHOTOS_WORD_FIELDS " from event coverage back", .form = photos_page_sort},
    {POST, "/mesa/fotos/menores", act_minors, RIGHT_PHOTOS_EDIT, "Says of several photos whether minors appear", .fields = "photos! minors! event coverage back", .form = photos_page_sort},
    {POST, "/mesa/fotos/mover", act_move, RIGHT_PHOTOS_EDIT, "Moves several photos to another event, or event/coverage: target",
     .fields = "photos! target! event coverage back", .form = photos_page_sort},
    {GET, "/mesa/fotos/entregar", page_hand_in, RIGHT_PHOTOS_UPLOAD, "What a coverage would be delivered with, and what it lacks", .formats = AS_HTML,
     .query = "cobertura"},
    {POST, "/mesa/fotos/entregar", act_hand_in, RIGHT_PHOTOS_UPLOAD, "Delivers a coverage with the photos that are kept", .fields = "coverage! note",
     .shape = &agenda_coverage_shape, .form = page_hand_in},
    {0},
};
