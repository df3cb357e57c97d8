/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_public_test.c: what citizens read of releases: lists, articles, editions, notices, feeds; and what they never read. */
#include "base/id.h"
#include "desks/agenda/agenda_pages.h"
#include "desks/press/flow/press_test_office.h"
#include "desks/press/public/press_public.h"
#include "store/search.h"
#include "web/web_test.h"

#define CANARY "canariosecreto"

static const Route *const routes[] = {press_public_routes, press_file_routes, press_share_routes, agenda_public_routes, NULL};
static const Panel *const panels[] = {press_public_panels, NULL};

typedef struct Reader {
    Newsroom news;
    PageTest page;
    Ctx *ctx;
} Reader;

static void reader_open(Reader *r, StoreTest *t)
{
    r->news = newsroom(t);
    r->ctx = &t->ctx;
    page_test_open(&r->page, t, routes);
    r->page.site.panels = panels;
    page_test_as(&r->page, NULL);
}

static void reader_close(Reader *r)
{
    page_test_close(&r->page);
}

static const PageAnswer *get(Reader *r, int status, const char *target)
{
    return page_test_status(page_test_get(&r->page, target), status);
}

/* A release with a body of its own. */
static i64 published(Reader *r, ReleaseDraft draft)
{
    i64 id = done(&r->news, &r->news.writer, STEP(step_create, .draft = draft));
    done(&r->news, &r->news.writer, STEP(step_send, .id = id));
    done(&r->news, &r->news.editor, STEP(step_approve, .id = id));
    done(&r->news, &r->news.editor, STEP(step_publish, .id = id));
    return id;
}

/* ---- the list ---- */

static void the_list_goes_by_topic_year_and_month(StoreTest *t, const void *unused)
{
    Reader r;
    reader_open(&r, t);
    assert_page_sound(get(&r, 200, "/comunicados"));
    assert_has(get(&r, 200, "/comunicados.json"), "\"total\":0");
    published_of(&r.news, "Arranca el bacheo", "Obra pública");
    published_of(&r.news, "Jornada de vacunación", "Salud");
    const PageAnswer *a = get(&r, 200, "/comunicados");
    assert_page_sound(a);
    assert_has(a, "Arranca el bacheo");
    assert_has(a, "CS/0002/2022");
    assert_has(a, "application/rss+xml");
    assert_page_sound(get(&r, 200, "/comunicados?tema=salud"));
    assert_has_not(get(&r, 200, "/comunicados?tema=salud"), "Arranca el bacheo");
    assert_has(get(&r, 200, "/comunicados.json?mes=2022-07"), "\"total\":2");
    assert_has(get(&r, 200, "/comunicados.json?anio=2022&tema=salud"), "\"total\":1");
    assert_has(get(&r, 200, "/comunicados.json?anio=2021"), "\"total\":0");
    assert_has(get(&r, 200, "/comunicados.csv"), "Jornada de vacunación");
    assert_page_sound(get(&r, 200, "/comunicados?mes=2021-01"));
    get(&r, 422, "/comunicados?mes=julio");
    get(&r, 422, "/comunicados?anio=22");
    get(&r, 422, "/comunicados?tema=no-hay");
    reader_close(&r);
}

static void the_list_goes_on_where_it_stopped(StoreTest *t, const void *unused)
{
    Reader r;
    reader_open(&r, t);
    i64 seen = 0;
    for (int i = 0; i < 5; i++)
        published_of(&r.news, arena_printf(r.ctx->arena, "Comunicado %d", i), i % 2 ? "Salud" : "Obra pública");
    const char *target = "/comunicados.json?limit=2";
    for (int pages = 0; target && pages < 4; pages++) {
        const PageAnswer *a = get(&r, 200, target);
        const Json *list = json_read(r.ctx, a->body, a->size);
        seen += (i64)json_count(json_get(list, "items"));
        const char *next = json_text_of(json_get(list, "next"));
        target = next;
    }
    g_assert_cmpint(seen, ==, 5);
    g_assert_null(target);
    reader_close(&r);
}

/* ---- the article ---- */

static void an_article_says_all_of_it(StoreTest *t, const void *unused)
{
    Reader r;
    reader_open(&r, t);
    ReleaseText texts[] = {{.tongue = "en", .title = "Pothole works begin", .body = "It **begins** today."},
                           {.tongue = "es-x-plain", .title = "Empieza el arreglo de calles", .body = "Hoy empieza."}};
    published(&r, (ReleaseDraft){.title = "Arranca el bacheo", .lead = "Un resumen & más.", .topics = "Obra pública",
                                 .body = "Hola <script>alert(1)</script>\n\n## Uno\n\n> Cita\n\n## Dos\n\n### Tres\n\n[mal](javascript:alert(1))",
                                 .dateline_place = "San Luis Potosí, S.L.P.", .contact_name = "Ana", .contact_mail = "ana@x.example",
                                 .texts = {texts, 2}});
    const PageAnswer *a = get(&r, 200, "/comunicados/arranca-el-bacheo");
    assert_page_sound(a);
    const char *const wanted[] = {"CS/0001/2022", "<h1 lang=\"es-MX\">Arranca el bacheo</h1>", "class=\"contents\"", "<blockquote>",
        "San Luis Potosí, S.L.P., 14 de julio de 2022", "hreflang=\"en\"", "idioma=es-x-plain", "\"@type\":\"NewsArticle\"",
        "property=\"og:type\" content=\"article\"", "article:published_time", "summary_large_image", "/tarjeta.png", "rel=\"canonical\"",
        "https://wa.me/", "ana@x.example", "VOC-", "mailto:?subject=", NULL};
    for (size_t i = 0; wanted[i]; i++)
        assert_has(a, wanted[i]);
    assert_has_not(a, "<script>alert");
    assert_has_not(a, "javascript:alert");
    assert_page_sound(get(&r, 200, "/comunicados/arranca-el-bacheo?idioma=en"));
    assert_has(get(&r, 200, "/comunicados/arranca-el-bacheo?idioma=en"), "<h1 lang=\"en\">Pothole works begin</h1>");
    assert_has(get(&r, 200, "/comunicados/arranca-el-bacheo?idioma=es-x-plain"), "Empieza el arreglo de calles</h1>");
    assert_has(get(&r, 200, "/comunicados/arranca-el-bacheo.json"), "\"body_html\":");
    assert_has(get(&r, 200, "/comunicados/arranca-el-bacheo.txt"), "Un resumen & más.");
    assert_has(get(&r, 200, "/comunicados/arranca-el-bacheo.atom"), "tag:vocero,2022:release:");
    get(&r, 404, "/comunicados/no-hay");
    get(&r, 404, "/comunicados/arranca-el-bacheo?edicion=2");
    get(&r, 404, "/comunicados/arranca-el-bacheo?edicion=x");
    reader_close(&r);
}

static void a_correction_is_compared_word_for_word(StoreTest *t, const void *unused)
{
    Reader r;
    reader_open(&r, t);
    i64 id = published(&r, (ReleaseDraft){.title = "Arranca el bacheo", .body = "Se atienden 38 colonias\n\ndesde hoy.", .topics = "Obra pública"});
    done(&r.news, &r.news.editor, STEP(step_correct, .id = id, .draft = {.body = "Se atienden 36 colonias\n\ndesde hoy."}, .text = "Eran 36."));
    const PageAnswer *now = get(&r, 200, "/comunicados/arranca-el-bacheo");
    assert_page_sound(now);
    assert_has(now, "Eran 36.");
    assert_has(now, "edicion=1");
    assert_has(now, "CorrectionComment");
    const PageAnswer *then = get(&r, 200, "/comunicados/arranca-el-bacheo?edicion=1");
    assert_page_sound(then);
    assert_has(then, "<del>38</del>");
    assert_has(then, "<ins>36</ins>");
    assert_has(then, "content=\"noindex\"");
    assert_has(then, "Se atienden 38 colonias");
    assert_has(get(&r, 200, "/comunicados/arranca-el-bacheo.json?edicion=1"), "38 colonias");
    assert_has(get(&r, 200, "/comunicados.atom"), "Eran 36.");
    reader_close(&r);
}

static void what_was_withdrawn_leaves_a_notice(StoreTest *t, const void *unused)
{
    Reader r;
    reader_open(&r, t);
    i64 id = published(&r, (ReleaseDraft){.title = "Arranca el bacheo", .lead = "Falso resumen", .body = "Texto que no se sostiene.", .topics = "Salud"});
    published_of(&r.news, "Otro comunicado", "Salud");
    done(&r.news, &r.news.editor, STEP(step_withdraw, .id = id, .text = "Los datos eran falsos."));
    const char *const forms[] = {"", ".json", ".txt", "?edicion=1"};
    for (size_t i = 0; i < COUNT(forms); i++) {
        const PageAnswer *a = get(&r, 410, arena_printf(r.page.kept, "/comunicados/arranca-el-bacheo%s", forms[i]));
        assert_has(a, "Los datos eran falsos.");
        assert_has(a, "CS/0001/2022");
        assert_has_not(a, "no se sostiene");
        assert_has_not(a, "Falso resumen");
    }
    assert_page_sound(get(&r, 410, "/comunicados/arranca-el-bacheo"));
    assert_has_not(get(&r, 200, "/comunicados"), "Arranca el bacheo");
    assert_has(get(&r, 200, "/comunicados.json"), "\"total\":1");
    assert_has(get(&r, 200, "/comunicados.atom"), "Los datos eran falsos.");
    assert_has_not(get(&r, 200, "/comunicados.rss"), "no se sostiene");
    reader_close(&r);
}

static void earlier_addresses_lead_to_the_present_one(StoreTest *t, const void *unused)
{
    Reader r;
    reader_open(&r, t);
    r.page.site.moved = press_public_path_of;
    i64 id = published_of(&r.news, "Arranca el bacheo", "Salud");
    done(&r.news, &r.news.editor, STEP(step_slug, .id = id, .text = "bacheo-2022"));
    g_assert_cmpstr(page_test_header(get(&r, 301, "/comunicados/arranca-el-bacheo"), "Location"), ==, "/comunicados/bacheo-2022");
    g_assert_cmpstr(page_test_header(get(&r, 301, "/comunicados/arranca-el-bacheo.json"), "Location"), ==, "/comunicados/bacheo-2022.json");
    get(&r, 200, "/comunicados/bacheo-2022");
    test_script(r.ctx, arena_printf(r.ctx->arena, "INSERT INTO press_path (path, release) VALUES ('/2019/05/arranca', %" PRId64 ")", id));
    g_assert_cmpstr(page_test_header(get(&r, 301, "/2019/05/arranca/"), "Location"), ==, "/comunicados/bacheo-2022");
    g_assert_cmpstr(page_test_header(get(&r, 301, "/2019/05/arranca"), "Location"), ==, "/comunicados/bacheo-2022");
    get(&r, 404, "/2019/05/otra/");
    reader_close(&r);
}

/* ---- what never gets out ---- */

static i64 secret(Reader *r, int n)
{
    ReleaseText text = {.tongue = "en", .title = "Title " CANARY, .lead = CANARY, .body = CANARY};
    ReleaseDraft draft = {.title = arena_printf(r->ctx->arena, "Bacheo %d " CANARY, n), .lead = "resumen " CANARY, .body = "cuerpo " CANARY,
                          .topics = "Salud\n" CANARY, .dateline_place = CANARY, .contact_name = CANARY, .contact_phone = CANARY,
                          .contact_mail = CANARY "@x.example", .texts = {&text, 1}};
    i64 id = done(&r->news, &r->news.writer, STEP(step_create, .draft = draft));
    done(&r->news, &r->news.writer, STEP(step_comment, .id = id, .text = "comentario " CANARY));
    return id;
}

/* One in each state before publication, and a correction that is only thought of. */
static void hide_canaries(Reader *r)
{
    Newsroom *n = &r->news;
    i64 ids[6];
    for (int i = 0; i < 6; i++)
        ids[i] = secret(r, i);
    for (int i = 1; i < 6; i++)
        done(n, &n->writer, STEP(step_send, .id = ids[i]));
    done(n, &n->editor, STEP(step_return, .id = ids[1], .text = "motivo " CANARY));
    for (int i = 3; i < 6; i++)
        done(n, &n->editor, STEP(step_approve, .id = ids[i]));
    done(n, &n->editor, STEP(step_schedule, .id = ids[4], .schedule = {.publish = {2022, 8, 1, 10, 0, 0}}));
    done(n, &n->editor, STEP(step_schedule, .id = ids[5], .schedule = {.publish = {2022, 8, 1, 10, 0, 0}, .embargo = {2022, 8, 1, 10, 0, 0}}));
    i64 open = published_of(n, "Comunicado abierto", "Salud");
    done(n, &n->writer, STEP(step_comment, .id = open, .text = "comentario " CANARY));
    assert_state(n, ids[5], RELEASE_EMBARGOED);
    assert_state(n, ids[4], RELEASE_SCHEDULED);
}

static void nothing_leaves_before_its_time(StoreTest *t, const void *unused)
{
    Reader r;
    reader_open(&r, t);
    hide_canaries(&r);
    static const char *const targets[] = {
        "/comunicados", "/comunicados?tema=salud", "/comunicados?mes=2022-07", "/comunicados?anio=2022", "/comunicados.json",
        "/comunicados.csv", "/comunicados.atom", "/comunicados.rss", "/comunicados.atom?tema=salud", "/comunicados.rss?tema=salud",
        "/comunicados/comunicado-abierto", "/comunicados/comunicado-abierto.json", "/comunicados/comunicado-abierto.txt",
        "/comunicados/comunicado-abierto.atom",
    };
    for (size_t i = 0; i < COUNT(targets); i++) {
        const PageAnswer *a = get(&r, 200, targets[i]);
        assert_has_not(a, CANARY);
        assert_has(a, "Comunicado abierto");
    }
    assert_has(get(&r, 200, "/comunicados.json"), "\"total\":1");
    for (int i = 0; i < 6; i++) {
        const char *slug = arena_printf(r.page.kept, "/comunicados/bacheo-%d-" CANARY, i);
        assert_has_not(get(&r, 404, slug), "resumen");
        get(&r, 404, arena_printf(r.page.kept, "%s.json", slug));
        get(&r, 404, arena_printf(r.page.kept, "%s?edicion=1", slug));
    }
    g_assert_cmpint((i64)search_find(r.ctx, SEARCH_PUBLIC, CANARY, 10).count, ==, 0);
    g_assert_cmpint((i64)search_find(r.ctx, SEARCH_PUBLIC, "abierto", 10).count, ==, 1);
    reader_close(&r);
}

/* ---- other rooms' pages ---- */

static const char *drawn(Reader *r, const char *subject, const char *where, i64 id)
{
    Html *h = html_new(r->ctx);
    Request req = {.site = &r->page.site};
    panels_draw(r->ctx, &req, subject, where, id, h);
    assert_no_fault(r->ctx);
    return html_finish(h).s;
}

static void the_front_page_shows_the_youngest(StoreTest *t, const void *unused)
{
    Reader r;
    reader_open(&r, t);
    r.ctx->actor = &actor_nobody;
    g_assert_cmpstr(drawn(&r, "site_home", "first", 0), ==, "");
    published_of(&r.news, "El primero", "Salud");
    published_of(&r.news, "El segundo", "Salud");
    r.ctx->actor = &actor_nobody;
    g_assert_nonnull(strstr(drawn(&r, "site_home", "first", 0), "El segundo"));
    g_assert_null(strstr(drawn(&r, "site_home", "main", 0), "El segundo"));
    g_assert_nonnull(strstr(drawn(&r, "site_home", "main", 0), "El primero"));
    reader_close(&r);
}

/* ---- feeds ---- */

static void feeds_name_entries_for_good(StoreTest *t, const void *unused)
{
    Reader r;
    reader_open(&r, t);
    r.page.city.hub = "https://hub.example/push";
    i64 id = published(&r, (ReleaseDraft){.title = "Arranca <el> bacheo & más", .body = "[agenda](/agenda) ]]> \xef\xbf\xbe", .topics = "Salud"});
    const char *entry = arena_printf(r.page.kept, "tag:vocero,2022:release:%s", id_text(r.page.kept, id));
    const PageAnswer *atom = get(&r, 200, "/comunicados.atom"), *rss = get(&r, 200, "/comunicados.rss");
    assert_has(atom, entry);
    assert_has(rss, entry);
    assert_has(rss, "isPermaLink=\"false\"");
    assert_has(atom, "rel=\"hub\"");
    assert_has(atom, "<category term=\"Salud\"/>");
    assert_has(atom, arena_printf(r.page.kept, "%s/agenda", r.page.city.base_url));
    g_assert_nonnull(strstr(page_test_header(atom, "Link"), "rel=\"hub\""));
    done(&r.news, &r.news.editor, STEP(step_slug, .id = id, .text = "otra-direccion"));
    assert_has(get(&r, 200, "/comunicados.atom"), entry);
    reader_close(&r);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    STORE_TEST("press_public", the_list_goes_by_topic_year_and_month);
    STORE_TEST("press_public", the_list_goes_on_where_it_stopped);
    STORE_TEST("press_public", an_article_says_all_of_it);
    STORE_TEST("press_public", a_correction_is_compared_word_for_word);
    STORE_TEST("press_public", what_was_withdrawn_leaves_a_notice);
    STORE_TEST("press_public", earlier_addresses_lead_to_the_present_one);
    STORE_TEST("press_public", nothing_leaves_before_its_time);
    STORE_TEST("press_public", the_front_page_shows_the_youngest);
    STORE_TEST("press_public", feeds_name_entries_for_good);
    return g_test_run();
}
