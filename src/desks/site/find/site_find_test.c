/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* site_find_test.c: the public search: filters, pages, marks, and words that stand in very many records. */
#include "base/text.h"
#include "desks/site/find/site_find.h"
#include "desks/site/site_pages.h"
#include "store/search.h"
#include "store/store_test.h"
#include "web/web_test.h"

static const Route *const routes[] = {site_routes, site_find_routes, NULL};

enum { MANY = SEARCH_FEW + 120 };

static bool enter(Ctx *ctx, const char *subject, i64 id, const char *title, const char *text, const char *topics, i64 at)
{
    SearchEntry e = {.subject = subject, .id = id, .title = title, .public_text = text, .at = at, .topics = topics,
                     .public_address = arena_printf(ctx->arena, "/x/%" PRId64, id), .desk_address = "/mesa"};
    return search_put(ctx, &e);
}

static bool fill(Ctx *ctx, void *unused)
{
    i64 july, december;
    return clock_parse_rfc3339("2022-07-14T10:00:00-05:00", &july) && clock_parse_rfc3339("2021-12-31T23:30:00-06:00", &december) &&
           enter(ctx, "press_release", 1, "Arranca el bacheo", "Cuadrillas en <b>treinta</b> colonias & avenidas", "Obra pública", july) &&
           enter(ctx, "agenda_event", 2, "Entrega de luminarias", "El bacheo sigue en la colonia", "servicios", july) &&
           enter(ctx, "press_release", 3, "Bacheo del año pasado", "Colonias del norte", "Cultura\nObra pública", december);
}

static bool fill_many(Ctx *ctx, void *unused)
{
    for (i64 i = 0; i < MANY; i++)
        if (!enter(ctx, i % 10 ? "press_release" : "report", 100 + i, "Ayuntamiento", "ciudad", NULL, (1 + i) * CLOCK_HOUR))
            return false;
    return true;
}

static SearchFound ask(Ctx *ctx, SearchAsk a)
{
    a.limit = a.limit ? a.limit : 20;
    SearchFound f = search_ask(ctx, &a);
    assert_no_fault(ctx);
    return f;
}

static i64 first(SearchFound f)
{
    g_assert_cmpint(f.hits.count, >, 0);
    return ((const SearchHit *)f.hits.items)->id;
}

/* ---- what is found ---- */
static void kinds_topics_and_years_filter(StoreTest *t, const void *unused)
{
    Ctx *ctx = &t->ctx;
    Span year;
    test_write(ctx, fill, NULL);
    g_assert_cmpint(ask(ctx, (SearchAsk){.words = "bacheo"}).total, ==, 3);
    g_assert_cmpint(first(ask(ctx, (SearchAsk){.words = "bacheo", .subject = "agenda_event"})), ==, 2);
    SearchFound topic = ask(ctx, (SearchAsk){.words = "bacheo", .topic = "obra-publica"});
    g_assert_cmpint(topic.total, ==, 2);
    g_assert_cmpint(topic.kinds.count, ==, 1);
    g_assert_cmpint(ask(ctx, (SearchAsk){.words = "bacheo", .topic = "obra"}).total, ==, 0);
    g_assert_true(clock_month(t->city.zone, "2021-12", &year)); /* the last minutes of the city's year */
    g_assert_cmpint(first(ask(ctx, (SearchAsk){.words = "bacheo", .span = year})), ==, 3);
    g_assert_cmpint(ask(ctx, (SearchAsk){.words = ""}).total, ==, 0);
}

static void a_word_of_the_title_weighs_more(StoreTest *t, const void *unused)
{
    test_write(&t->ctx, fill, NULL);
    SearchFound f = ask(&t->ctx, (SearchAsk){.words = "bacheo"});
    g_assert_cmpint(((const SearchHit *)f.hits.items)[2].id, ==, 2); /* only in its text */
}

static void very_common_words_give_the_youngest_first(StoreTest *t, const void *unused)
{
    Ctx *ctx = &t->ctx;
    test_write(ctx, fill_many, NULL);
    SearchFound f = ask(ctx, (SearchAsk){.words = "ciudad"});
    g_assert_true(f.by_age);
    g_assert_cmpint(f.total, ==, NONE);
    g_assert_cmpint(first(f), ==, 100 + MANY - 1);
    i64 seen = 0, at = 0, row = 0, before = INT64_MAX;
    do {
        f = ask(ctx, (SearchAsk){.words = "ciudad", .after_at = at, .after_row = row, .limit = 100});
        for (size_t i = 0; i < f.hits.count; i++) {
            const SearchHit *hit = (const SearchHit *)f.hits.items + i;
            g_assert_cmpint(hit->at, <, before);
            before = at = hit->at;
            row = hit->row;
        }
        seen += (i64)f.hits.count;
    } while (f.more);
    g_assert_cmpint(seen, ==, MANY);
    f = ask(ctx, (SearchAsk){.words = "ciudad", .subject = "report"});
    for (size_t i = 0; i < f.hits.count; i++)
        g_assert_cmpstr(((const SearchHit *)f.hits.items)[i].subject, ==, "report");
    f = ask(ctx, (SearchAsk){.words = "ciudad", .span = {CLOCK_HOUR, 5 * CLOCK_HOUR}});
    g_assert_cmpint(f.hits.count, ==, 4);
}

static void ranked_hits_go_on_where_they_ended(StoreTest *t, const void *unused)
{
    test_write(&t->ctx, fill, NULL);
    SearchFound one = ask(&t->ctx, (SearchAsk){.words = "bacheo", .limit = 2});
    g_assert_true(one.more);
    SearchFound two = ask(&t->ctx, (SearchAsk){.words = "bacheo", .limit = 2, .offset = 2});
    g_assert_false(two.more);
    g_assert_cmpint(two.hits.count, ==, 1);
    g_assert_cmpint(first(two), ==, 2);
}

static void the_words_are_marked_where_they_stand(StoreTest *t, const void *unused)
{
    const char *text = "Arranca el BACHEO: baches y bachilleres";
    List marks = search_marks(t->ctx.arena, text, "bacheo");
    g_assert_cmpint(marks.count, ==, 1);
    const SearchMark *m = marks.items;
    g_assert_cmpint(strncmp(text + m->at, "BACHEO", m->size), ==, 0);
    g_assert_cmpint(search_marks(t->ctx.arena, text, "").count, ==, 0);
    g_assert_cmpint(search_marks(t->ctx.arena, NULL, "bacheo").count, ==, 0);
}

/* ---- the page ---- */
static void the_page_shows_marks_and_nothing_that_runs(StoreTest *t, const void *unused)
{
    PageTest p;
    test_write(&t->ctx, fill, NULL);
    page_test_open(&p, t, routes);
    page_test_as(&p, NULL);
    const PageAnswer *a = page_test_get(&p, "/buscar?q=bacheo");
    g_assert_cmpint(a->status, ==, 200);
    assert_page_sound(a);
    assert_has(a, "<mark>bacheo</mark>");
    assert_has(a, "&lt;b&gt;treinta&lt;/b&gt; colonias &amp; avenidas");
    assert_has(a, "tipo=comunicados");
    assert_page_sound(page_test_get(&p, "/buscar"));
    assert_page_sound(page_test_get(&p, "/buscar?q=nadadenada&tipo=agenda&anio=2022"));
    assert_has(page_test_get(&p, "/buscar.json?q=bacheo&tipo=agenda"), "\"total\":1");
    const char *next = strstr(page_test_get(&p, "/buscar.json?q=bacheo&limit=2")->body, "\"next\":\"");
    g_assert_nonnull(next);
    page_test_close(&p);
}

static void what_is_no_filter_is_refused(StoreTest *t, const void *unused)
{
    PageTest p;
    page_test_open(&p, t, routes);
    page_test_as(&p, NULL);
    const char *paths[] = {"/buscar?q=a&tipo=nada", "/buscar?q=a&anio=22", "/buscar?q=a&tema=A%20B", "/buscar?q=a&after=zzz"};
    for (size_t i = 0; i < COUNT(paths); i++) {
        g_assert_cmpint(page_test_get(&p, paths[i])->status, ==, 422);
        assert_page_sound(page_test_get(&p, paths[i]));
    }
    g_assert_cmpint(page_test_get(&p, "/buscar?q=%22%20OR%201%20*%20NEAR(")->status, ==, 200);
    page_test_close(&p);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    STORE_TEST("site_find", kinds_topics_and_years_filter);
    STORE_TEST("site_find", a_word_of_the_title_weighs_more);
    STORE_TEST("site_find", very_common_words_give_the_youngest_first);
    STORE_TEST("site_find", ranked_hits_go_on_where_they_ended);
    STORE_TEST("site_find", the_words_are_marked_where_they_stand);
    STORE_TEST("site_find", the_page_shows_marks_and_nothing_that_runs);
    STORE_TEST("site_find", what_is_no_filter_is_refused);
    return g_test_run();
}
