/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_test_desk.h: the agenda's addresses, asked for in tests as a browser and as a program would. */
#pragma once
#include "desks/agenda/agenda_pages.h"
#include "desks/agenda/agenda_test_office.h"
#include "web/web_test.h"

static const Route *const routes[] = {agenda_routes, agenda_list_routes, agenda_move_routes, agenda_event_routes, agenda_repeat_routes, agenda_calendar_routes, agenda_place_routes, agenda_attachment_routes,
                                      agenda_coverage_routes, agenda_board_routes, agenda_answer_routes, agenda_contact_routes, agenda_import_routes, agenda_source_routes, agenda_feed_routes,
                                      agenda_public_routes, NULL};
static const Panel *const panels[] = {agenda_panels, agenda_source_panels, agenda_public_panels, NULL};

typedef struct Desk {
    Office office;
    PageTest page;
    Ctx *ctx;
} Desk;

UNUSED
static void desk_open(Desk *d, StoreTest *t)
{
    d->office = open_office(t);
    d->ctx = &t->ctx;
    begin(&d->office);
    finish(&d->office);
    page_test_open(&d->page, t, routes);
    d->page.site.panels = panels;
    page_test_as(&d->page, &d->office.chief);
}

UNUSED
static const char *id_of(Desk *d, i64 id)
{
    return id_text(d->page.kept, id);
}

UNUSED
static const char *at(Desk *d, const char *before, i64 id, const char *after)
{
    return arena_printf(d->page.kept, "%s%s%s", before, id_of(d, id), after);
}

/* Rules between requests have a transaction of their own. */
UNUSED
static i64 new_event(Desk *d, const char *title)
{
    g_assert_true(db_begin(d->ctx));
    i64 id = make_event(&d->office, title);
    finish(&d->office);
    return id;
}

UNUSED
static i64 new_coverage(Desk *d, i64 event)
{
    g_assert_true(db_begin(d->ctx));
    i64 id = make_coverage(&d->office, event, COVER_PHOTO);
    finish(&d->office);
    return id;
}

UNUSED
UNUSED
static const char *drawn(Desk *d, const char *subject, const char *where)
{
    Html *h = html_new(d->ctx);
    Request req = {.site = &d->page.site};
    panels_draw(d->ctx, &req, subject, where, 0, h);
    assert_no_fault(d->ctx);
    return html_finish(h).s;
}
