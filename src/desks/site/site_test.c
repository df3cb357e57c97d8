/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* site_test.c: the front of the house and the desk's hall. */
#include "base/text.h"
#include "desks/agenda/agenda.h"
#include "desks/agenda/agenda_pages.h"
#include "desks/site/site_pages.h"
#include "desks/site/site_room.h"
#include "store/store_test.h"
#include "web/web_test.h"

static const Route *const routes[] = {site_routes, site_about_routes, site_find_routes, site_desk_routes, agenda_public_routes, agenda_routes, NULL};
static const Panel *const panels[] = {agenda_public_panels, agenda_panels, site_panels, site_public_panels, NULL};

static void open_house(PageTest *p, StoreTest *t)
{
    page_test_open(p, t, routes);
    p->site.panels = panels;
    page_test_as(p, NULL);
}

static bool begin(Ctx *ctx, void *unused)
{
    return site_begin(ctx);
}

static void public_pages_are_sound_and_set_no_cookie(StoreTest *t, const void *unused)
{
    PageTest p;
    test_write(&t->ctx, begin, NULL);
    open_house(&p, t);
    const char *paths[] = {"/", "/buscar", "/buscar?q=luminarias", "/organizacion", "/privacidad", "/accesibilidad", "/contacto"};
    for (size_t i = 0; i < COUNT(paths); i++) {
        const PageAnswer *a = page_test_get(&p, paths[i]);
        if (a->status != 200)
            g_error("%s: %d %s", paths[i], a->status, a->body);
        assert_page_sound(a);
        g_assert_null(page_test_header(a, "Set-Cookie"));
        g_assert_cmpuint(a->size, <, 60000);
    }
    page_test_close(&p);
}

static bool hide_and_show(Ctx *ctx, void *data)
{
    i64 id;
    EventDraft open = {.title = "Entrega de luminarias", .time_zone = "America/Mexico_City", .starts = {2022, 7, 15, 10, 0, 0},
                       .status = EVENT_CONFIRMED, .visibility = VISIBLE_PUBLIC, .internal_note = "canarioamarillo"};
    EventDraft hidden = open;
    hidden.title = "canariorojo";
    hidden.visibility = VISIBLE_PRIVATE;
    return agenda_create(ctx, &open, &id) && agenda_create(ctx, &hidden, &id);
}

static void citizens_find_what_is_public_and_nothing_else(StoreTest *t, const void *unused)
{
    PageTest p;
    test_write(&t->ctx, hide_and_show, NULL);
    open_house(&p, t);
    assert_has(page_test_get(&p, "/buscar?q=luminaria"), "Entrega de <mark>luminarias</mark>");
    assert_has_not(page_test_get(&p, "/buscar?q=canarioamarillo"), "Entrega de");
    assert_has_not(page_test_get(&p, "/buscar.json?q=canariorojo"), "\"title\"");
    assert_has(page_test_get(&p, "/novedades.atom"), "Entrega de luminarias");
    assert_has_not(page_test_get(&p, "/novedades.atom"), "canario");
    assert_has_not(page_test_get(&p, "/sitemap.xml"), "canario");
    page_test_close(&p);
}

static void the_desk_hall_is_sound(StoreTest *t, const void *unused)
{
    PageTest p;
    test_write(&t->ctx, hide_and_show, NULL);
    open_house(&p, t);
    page_test_as(&p, &(Actor){.id = 7, .name = "Dalia", .rights = ~UINT64_C(0)});
    const char *paths[] = {"/mesa", "/mesa/buscar?q=luminarias", "/mesa/bitacora", "/mesa/trabajos"};
    for (size_t i = 0; i < COUNT(paths); i++) {
        const PageAnswer *a = page_test_get(&p, paths[i]);
        g_assert_cmpint(a->status, ==, 200);
        assert_page_sound(a);
    }
    page_test_close(&p);
}

static bool bury_job(Ctx *ctx, void *data)
{
    i64 *id = data;
    if (!queue_add(ctx, "test", NULL, "{}", ctx->now, id))
        return false;
    for (const Job *job; (job = queue_lease(ctx, CLOCK_MINUTE)); ctx->now += 7 * CLOCK_HOUR)
        if (!queue_fail(ctx, job, "the other side is closed"))
            return false;
    return true;
}

static void a_failed_job_is_seen_and_tried_again(StoreTest *t, const void *unused)
{
    PageTest p;
    i64 id;
    test_write(&t->ctx, bury_job, &id);
    open_house(&p, t);
    page_test_as(&p, &(Actor){.id = 7, .name = "Dalia", .rights = ~UINT64_C(0)});
    assert_has(page_test_get(&p, "/mesa/trabajos"), "the other side is closed");
    assert_has(page_test_get(&p, "/mesa"), "/mesa/trabajos");
    const char *again = arena_printf(t->ctx.arena, "/mesa/trabajos/%s/reintentar", id_text(t->ctx.arena, id));
    g_assert_cmpint(page_test_post(&p, again, "")->status, ==, 303);
    g_assert_cmpint(site_dead_jobs(&t->ctx), ==, 0);
    page_test_close(&p);
}

static void the_stream_replays_what_was_missed(StoreTest *t, const void *unused)
{
    PageTest p;
    test_write(&t->ctx, hide_and_show, NULL);
    open_house(&p, t);
    page_test_as(&p, &(Actor){.id = 7, .name = "Dalia", .rights = 1u << LOGIN});
    PageAsk ask = {.method = "GET", .target = "/mesa/flujo", .headers = {{"Accept", "text/event-stream"}}};
    g_assert_cmpstr(page_test_ask(&p, &ask)->channel, ==, "desk");
    page_test_as(&p, NULL);
    g_assert_null(page_test_ask(&p, &ask)->channel);
    page_test_close(&p);
}

static void the_journal_pages_through(StoreTest *t, const void *unused)
{
    PageTest p;
    test_write(&t->ctx, hide_and_show, NULL);
    open_house(&p, t);
    page_test_as(&p, &(Actor){.id = 7, .name = "Dalia", .rights = ~UINT64_C(0)});
    const PageAnswer *a = page_test_json(&p, "/mesa/bitacora?limit=1");
    assert_has(a, "\"next\":");
    assert_has(a, "\"total\":2");
    page_test_close(&p);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    STORE_TEST("site", public_pages_are_sound_and_set_no_cookie);
    STORE_TEST("site", citizens_find_what_is_public_and_nothing_else);
    STORE_TEST("site", the_desk_hall_is_sound);
    STORE_TEST("site", a_failed_job_is_seen_and_tried_again);
    STORE_TEST("site", the_stream_replays_what_was_missed);
    STORE_TEST("site", the_journal_pages_through);
    return g_test_run();
}
