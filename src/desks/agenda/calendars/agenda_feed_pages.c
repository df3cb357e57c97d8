/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_feed_pages.c: the addresses of calendars out: one's secret ones, and what programs read there. */
#include "desks/agenda/calendars/agenda_feed.h"
#include "desks/agenda/agenda_pages.h"
#include "desks/agenda/agenda_room.h"
#include "web/site.h"
#include "agenda_feed_views.h"

/* ---- one's secret addresses ---- */

static List calendars(Ctx *ctx)
{
    List names = agenda_calendar_names(ctx, false);
    const CalendarName *k = names.items;
    Choice *choices = arena_array(ctx->arena, Choice, names.count + 1);
    for (size_t i = 0; i < names.count; i++)
        choices[i] = (Choice){k[i].slug, k[i].name};
    return (List){choices, names.count};
}

static List everybody(Ctx *ctx)
{
    List people = people_active(ctx);
    const Person *p = people.items;
    Choice *choices = arena_array(ctx->arena, Choice, people.count + 1);
    for (size_t i = 0; i < people.count; i++)
        choices[i] = (Choice){id_text(ctx->arena, p[i].id), p[i].name};
    return (List){choices, people.count};
}

/* GET /mesa/agenda/suscripciones */
static void page_subscriptions(Ctx *ctx, const Request *req, Page *page)
{
    List list = agenda_subscriptions(ctx);
    if (faulted(ctx))
        return;
    page->title = say(ctx, "Calendars to subscribe to");
    page->here = "/mesa/agenda";
    page_list(page, &agenda_subscription_shape, list, (i64)list.count, NULL);
    if (page->format == FORMAT_HTML)
        agenda_view_subscriptions(page->html, &(SubscriptionsShown){req, list, calendars(ctx), everybody(ctx)});
}

/* POST /mesa/agenda/suscripciones: the address is in the answer and nowhere else. */
static void act_subscribe(Ctx *ctx, const Request *req, Page *page)
{
    if (!people_may(ctx, RIGHT_AGENDA_READ))
        return;
    SubscriptionDraft draft = {
        .name = form_need(ctx, req, "name", 80),
        .what = (FeedKind)form_word(ctx, req, "what", agenda_feed_words, FEED_MINE),
        .who = form_text(ctx, req, "who", 254),
        .kind = form_text(ctx, req, "kind", 40),
        .calendar = form_text(ctx, req, "calendar", 80),
        .with_private = form_bool(req, "private"),
    };
    const Subscription *made;
    if (faulted(ctx) || !agenda_subscribe(ctx, &draft, &made))
        return;
    page->title = say(ctx, "Your new address");
    page->here = "/mesa/agenda";
    page->status = 201;
    page_one(page, &agenda_subscription_shape, made);
    if (page->format == FORMAT_HTML)
        agenda_view_subscription(page->html, made);
}

/* POST /mesa/agenda/suscripciones/:id/terminar */
static void act_unsubscribe(Ctx *ctx, const Request *req, Page *page)
{
    if (!agenda_unsubscribe(ctx, req->id))
        return;
    Subscription *ended = arena_new_of(ctx->arena, Subscription);
    ended->id = req->id;
    page_one(page, &agenda_subscription_shape, ended);
    page_done(page, url_literal("/mesa/agenda/suscripciones"), say(ctx, "The address answers nothing any more."));
}

/* ---- a program reads one ---- */

/* Noted beside the request, which does not wait for it. */
typedef struct Used {
    WriterJob job;
    Ctx ctx;
    i64 id;
} Used;

static bool note_used(Ctx *ctx, WriterJob *job)
{
    return agenda_subscription_note(ctx, ((const Used *)job)->id);
}

static void used_noted(Ctx *ctx, WriterJob *job)
{
    (void)job;
    arena_free(ctx->arena); /* the job lies in it */
}

static void note(const Ctx *ctx, const Request *req, const Subscription *s)
{
    if (!req->site->writer || s->used_at / CLOCK_HOUR == ctx->now / CLOCK_HOUR)
        return;
    Arena *arena = arena_new(0);
    Used *u = arena_new_of(arena, Used);
    u->ctx = (Ctx){arena, NULL, &actor_system, ctx->city, ctx->now, {0}};
    u->id = s->id;
    u->job = (WriterJob){.ctx = &u->ctx, .work = note_used, .done = used_noted};
    writer_submit(req->site->writer, &u->job);
}

/* GET /calendario/:token */
static void page_secret(Ctx *ctx, const Request *req, Page *page)
{
    const Subscription *s;
    List events;
    if (!agenda_subscription_read(ctx, req->token, &s, &events))
        return;
    page->noindex = true;
    agenda_feed_give(ctx, req, page, events,
                     (FeedHead){.name = arena_printf(ctx->arena, "%s · %s", s->name, s->shown), .page = "/mesa/agenda"},
                     "calendario.ics");
    if (!faulted(ctx))
        note(ctx, req, s);
}

const Route agenda_feed_routes[] = {
    {GET, "/mesa/agenda/suscripciones", page_subscriptions, RIGHT_AGENDA_READ, "One's secret calendar addresses", .list = true,
     .shape = &agenda_subscription_shape},
    {POST, "/mesa/agenda/suscripciones", act_subscribe, RIGHT_AGENDA_READ,
     "Makes a secret calendar address, shown this once", .fields = "name! what who kind calendar private",
     .shape = &agenda_subscription_shape, .form = page_subscriptions},
    {POST, "/mesa/agenda/suscripciones/:id/terminar", act_unsubscribe, RIGHT_AGENDA_READ, "Ends a secret calendar address",
     .shape = &agenda_subscription_shape, .form = page_subscriptions},
    {GET, "/calendario/:token", page_secret, PUBLIC, "A calendar at a secret address", .formats = AS_ICS,
     .query = "cancelled", .uncached = true},
    {0},
};
