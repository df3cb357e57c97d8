/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* report_test_office.h: July 2022 of a small office, for the tests of this room: five events that stood, three of them
 * covered; what does not count; and the people who write, sign and publish. */
#pragma once
#include "base/text.h"
#include "desks/agenda/agenda_pages.h"
#include "desks/people/people.h"
#include "desks/photos/photos_pages.h"
#include "desks/press/press_pages.h"
#include "desks/report/report_pages.h"
#include "desks/report/report_room.h"
#include "store/seal.h"
#include "store/store_test.h"
#include "web/web_test.h"

typedef struct July {
    StoreTest *test;
    i64 events[5]; /* three covered, one delivered only, one nothing */
    i64 photographer, writer, director, august;
    Actor writes, signs; /* the coordinator, and the director who holds the highest post */
} July;

UNUSED
static bool add_event(Ctx *ctx, int day, Visibility visibility, i64 *id_out)
{
    EventDraft draft = {
        .title = "Entrega de luminarias", .time_zone = "America/Mexico_City", .starts = {2022, 7, day, 10, 0, 0},
        .ends = {2022, 7, day, 11, 0, 0}, .status = EVENT_CONFIRMED, .visibility = visibility, .topics = "Bacheo",
        .certainty = CERTAINTY_BY_STATUS, .attendance = NONE,
    };
    return agenda_create(ctx, &draft, id_out);
}

UNUSED
static bool cover(Ctx *ctx, i64 event, CoverageKind kind, bool approve)
{
    EvidenceDraft note = {.kind = EVIDENCE_NOTE, .text = "Doce fotos en la fototeca."};
    i64 id;
    return agenda_cover(ctx, event, &(CoverageDraft){.kind = kind, .assignee = "renata@sanluis.example"}, &id) &&
           agenda_accept(ctx, id, NONE) && agenda_deliver(ctx, id, NONE, (List){&note, 1}) &&
           (!approve || agenda_approve(ctx, id, NONE));
}

UNUSED
static bool decline(Ctx *ctx, i64 event)
{
    i64 id;
    return agenda_cover(ctx, event, &(CoverageDraft){.kind = COVER_VIDEO, .assignee = "renata@sanluis.example"}, &id) &&
           agenda_decline(ctx, id, NONE, "Sin cámara");
}

UNUSED
static bool hire(Ctx *ctx, July *july)
{
    return people_seed(ctx) &&
           people_add(ctx, &(PersonDraft){"renata@sanluis.example", "Renata", NULL, ROLE_PHOTOGRAPHER, 0}, &july->photographer) &&
           people_add(ctx, &(PersonDraft){"sofia@sanluis.example", "Sofía", NULL, ROLE_COORDINATOR, 0}, &july->writer) &&
           people_add(ctx, &(PersonDraft){"dalia@sanluis.example", "Dalia", NULL, ROLE_DIRECTOR, 0}, &july->director);
}

UNUSED
static bool fill(Ctx *ctx, void *data)
{
    July *july = data;
    i64 id;
    if (!hire(ctx, july))
        return false;
    for (int i = 0; i < 5; i++)
        if (!add_event(ctx, 1 + i, VISIBLE_PUBLIC, &july->events[i]) ||
            (i < 4 && !cover(ctx, july->events[i], i == 2 ? COVER_STREAM : COVER_PHOTO, i < 3)))
            return false;
    /* what does not count: private, internal, cancelled, postponed */
    return add_event(ctx, 6, VISIBLE_PRIVATE, &id) && add_event(ctx, 7, VISIBLE_INTERNAL, &id) &&
           add_event(ctx, 8, VISIBLE_PUBLIC, &id) && agenda_cancel(ctx, id, NONE, "Lluvia") &&
           add_event(ctx, 9, VISIBLE_PUBLIC, &id) && agenda_postpone(ctx, id, NONE, "Obra") && decline(ctx, july->events[4]) &&
           agenda_set_uncovered_reason(ctx, july->events[4], NONE, "No hubo fotógrafo");
}

/* On the 14th of July; july_close() goes on to August. */
UNUSED
static July july_open(StoreTest *t)
{
    July july = {.test = t};
    Span month;
    test_write(&t->ctx, fill, &july);
    g_assert_true(clock_month(t->city.zone, "2022-07", &month));
    july.august = month.to;
    july.writes = (Actor){.id = july.writer, .name = "Sofía", .rights = people_rights_of(&t->ctx, ROLE_COORDINATOR)};
    july.signs = (Actor){.id = july.director, .name = "Dalia", .rights = people_rights_of(&t->ctx, ROLE_DIRECTOR)};
    return july;
}

UNUSED
static const Report *july_report(July *july)
{
    const Report *r = report_find(&july->test->ctx, "2022-07", 0);
    assert_no_fault(&july->test->ctx);
    return r;
}

UNUSED
static const Figure *figure(const Report *r, const char *key)
{
    const Figure *f = report_figure_of(r, key);
    if (!f)
        g_error("no figure %s", key);
    return f;
}

typedef struct GoalWanted {
    const char *key, *period;
    i64 target;
} GoalWanted;

UNUSED
static bool write_goal(Ctx *ctx, void *data)
{
    const GoalWanted *w = data;
    return strategy_set_goal(ctx, report_indicator(w->key), w->period, 0, w->target, NONE);
}

UNUSED
static void set_goal(StoreTest *t, const char *key, const char *period, i64 target)
{
    test_write(&t->ctx, write_goal, &(GoalWanted){key, period, target});
}

static const Route *const july_routes[] = {report_routes, report_public_routes, report_goal_routes, agenda_routes,
                                           agenda_coverage_routes, press_list_routes, press_pickup_routes, photos_routes, photos_figure_routes, NULL};
static const Panel *const july_panels[] = {report_panels, report_public_panels, NULL};

UNUSED
static void july_pages(PageTest *p, StoreTest *t)
{
    page_test_open(p, t, july_routes);
    p->site.panels = july_panels;
    page_test_as(p, &(Actor){.id = 7, .name = "Dalia", .rights = ~UINT64_C(0)});
}
