/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* people_absence_pages.c: who is away: the list, noting one, taking one out. */
#include "desks/people/people_pages.h"
#include "desks/people/people_room.h"
#include "people_notice_views.h"

enum { ABSENCES_MOST = 500, AHEAD_DAYS = 400 };

static List person_choices(Ctx *ctx)
{
    List people = people_active(ctx);
    Choice *choices = arena_array(ctx->arena, Choice, people.count + 1);
    size_t n = 0;
    for (const Person *p = people.items, *end = p + people.count; p < end; p++)
        if (people_may_note_absence(ctx, p->id))
            choices[n++] = (Choice){id_text(ctx->arena, p->id), p->name};
    return (List){choices, n};
}

/* GET /mesa/ausencias: one's own; everybody's for who may see people or the agenda */
static void page_absences(Ctx *ctx, const Request *req, Page *page)
{
    bool all = people_has(ctx, RIGHT_PEOPLE_READ) || people_has(ctx, RIGHT_AGENDA_READ);
    Span ahead = {ctx->now, ctx->now + AHEAD_DAYS * CLOCK_DAY};
    List list = all ? people_absences_in(ctx, ahead, ABSENCES_MOST) : people_absences_of(ctx, ctx->actor->id, ABSENCES_MOST);
    page->title = say(ctx, "Absences");
    page->here = "/mesa/ausencias";
    page_list(page, &people_absence_shape, list, (i64)list.count, NULL);
    if (page->format == FORMAT_HTML)
        people_view_absences(page->html, list, person_choices(ctx), req->form);
}

/* POST /mesa/ausencias */
static void act_add(Ctx *ctx, const Request *req, Page *page)
{
    i64 person = form_id(ctx, req, "person"), id;
    Span days = {people_form_day(ctx, req, "from_at", 0), people_form_day(ctx, req, "to_at", 1)};
    int kind = form_word(ctx, req, "kind", people_absence_words, ABSENCE_AWAY);
    if (faulted(ctx) || !people_absence_add(ctx, person ? person : ctx->actor->id, days, (AbsenceKind)kind, &id))
        return;
    List mine = people_absences_of(ctx, person ? person : ctx->actor->id, ABSENCES_MOST);
    for (const Absence *a = mine.items, *end = a + mine.count; a < end; a++)
        if (a->id == id)
            page_one(page, &people_absence_shape, a);
    page_created(page, url_literal("/mesa/ausencias"), say(ctx, "The absence was noted."));
}

/* POST /mesa/ausencias/:id/quitar */
static void act_drop(Ctx *ctx, const Request *req, Page *page)
{
    if (people_absence_drop(ctx, req->id))
        page_done(page, url_literal("/mesa/ausencias"), say(ctx, "The absence was taken out."));
}

const Route people_absence_routes[] = {
    {GET, "/mesa/ausencias", page_absences, LOGIN, "Who is away, now and ahead", .list = true, .shape = &people_absence_shape},
    {POST, "/mesa/ausencias", act_add, LOGIN, "Notes an absence, from a day to a day", .fields = "person from_at! to_at! kind",
     .shape = &people_absence_shape, .form = page_absences},
    {POST, "/mesa/ausencias/:id/quitar", act_drop, LOGIN, "Takes an absence out", .form = page_absences},
    {0},
};
