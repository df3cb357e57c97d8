/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* report_pages_test.c: the report at its addresses: every form of it, what citizens see of it, and what bad input gets. */
#include "desks/report/report_test_office.h"
#include "store/search.h"

typedef struct Office {
    July july;
    PageTest page;
} Office;

static void open_office(Office *o, StoreTest *t)
{
    o->july = july_open(t);
    t->ctx.now = o->july.august + CLOCK_DAY;
    july_pages(&o->page, t);
    o->page.site.seal_key = test_key();
}

static void publish(Office *o)
{
    page_test_send_as(&o->page, &o->july.writes, "/mesa/informes/2022-07", "{\"highlights\": \"Se cubrió casi todo.\\n- Bacheo\\n- Luminarias\"}", 200);
    page_test_send_as(&o->page, &o->july.writes, "/mesa/informes/2022-07/revisar", "{}", 200);
    page_test_send_as(&o->page, &o->july.signs, "/mesa/informes/2022-07/firmar", "{\"version\": 1}", 200);
    page_test_send_as(&o->page, &o->july.signs, "/mesa/informes/2022-07/publicar", "{}", 200);
}

static void the_desks_pages_are_sound(StoreTest *t, const void *unused)
{
    Office o;
    open_office(&o, t);
    const PageAnswer *a = page_test_get_as(&o.page, &o.july.writes, "/mesa/informes/2022-07", 200);
    assert_page_sound(a);
    assert_has(a, "/mesa/agenda?mes=2022-07&amp;figura=events_covered");
    assert_has(a, "/mesa/informes/2022-07/revisar");
    assert_has_not(a, "/mesa/informes/2022-07/firmar");
    assert_page_sound(page_test_get_as(&o.page, &o.july.writes, "/mesa/informes", 200));
    assert_page_sound(page_test_get_as(&o.page, &o.july.writes, "/mesa/estrategias/metas?periodo=2022-07", 200));
    assert_page_sound(page_test_get_as(&o.page, &o.july.writes, "/mesa/estrategias/metas?periodo=2022", 200));
    assert_page_sound(page_test_get_as(&o.page, &o.july.writes, "/mesa/coberturas?figura=coverages_approved&mes=2022-07", 200));
    page_test_get_as(&o.page, &o.july.writes, "/mesa/informes/2022-7", 404);
    page_test_get_as(&o.page, &o.july.writes, "/mesa/informes/2022-07?version=9", 404);
    page_test_close(&o.page);
}

static void programs_get_what_the_interface_promises(StoreTest *t, const void *unused)
{
    Office o;
    open_office(&o, t);
    page_test_as(&o.page, &o.july.writes);
    const PageAnswer *a = page_test_json(&o.page, "/mesa/informes/2022-07");
    assert_has(a, "\"month\":\"2022-07\"");
    assert_has(a, "{\"key\":\"events_covered\"");
    assert_has(a, "\"value\":3,\"of\":5");
    assert_has(a, "\"sha256\":\"");
    assert_has(a, "/mesa/agenda?mes=2022-07\\u0026figura=events_covered\"");
    a = page_test_get(&o.page, "/mesa/informes/2022-07.csv");
    assert_has(a, "month,key,label,value,of,unit,goal");
    assert_has(a, "2022-07,events_not_covered,");
    page_test_close(&o.page);
}

static void each_document_is_one_and_the_same_twice(StoreTest *t, const void *unused)
{
    static const char *const begins[][2] = {{".pdf", "%PDF-"}, {".xlsx", "PK\x03\x04"}, {".docx", "PK\x03\x04"}};
    Office o;
    open_office(&o, t);
    publish(&o);
    for (size_t i = 0; i < COUNT(begins); i++) {
        const char *target = arena_printf(o.page.kept, "/informes/2022-07%s", begins[i][0]);
        const PageAnswer *first = page_test_get_as(&o.page, NULL, target, 200), *again = page_test_get_as(&o.page, NULL, target, 200);
        g_assert_true(memcmp(first->body, begins[i][1], strlen(begins[i][1])) == 0);
        g_assert_cmpmem(first->body, first->size, again->body, again->size);
        t->ctx.now += CLOCK_DAY; /* and on another day */
        again = page_test_get_as(&o.page, NULL, target, 200);
        g_assert_cmpmem(first->body, first->size, again->body, again->size);
    }
    page_test_close(&o.page);
}

static void what_was_published_can_be_found_by_its_files(StoreTest *t, const void *unused)
{
    Office o;
    open_office(&o, t);
    publish(&o);
    const PageAnswer *pdf = page_test_get_as(&o.page, NULL, "/informes/2022-07.pdf", 200);
    const char *sha256 = g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)pdf->body, pdf->size);
    const Seal *seal = seal_by_hash(&t->ctx, sha256);
    g_assert_nonnull(seal);
    g_assert_cmpstr(seal->subject, ==, "report");
    g_free((char *)sha256);
    page_test_close(&o.page);
}

static void citizens_see_what_is_published_and_nothing_else(StoreTest *t, const void *unused)
{
    Office o;
    open_office(&o, t);
    page_test_get_as(&o.page, NULL, "/informes/2022-07", 404);
    assert_has_not(page_test_get_as(&o.page, NULL, "/informes", 200), "/informes/2022-07");
    publish(&o);
    const PageAnswer *a = page_test_get_as(&o.page, NULL, "/informes/2022-07", 200);
    assert_page_sound(a);
    assert_has(a, "VOC-");
    assert_has(a, "/agenda?mes=2022-07");
    assert_has_not(a, "/mesa/");
    assert_has_not(a, "Renata");
    assert_has_not(a, "Dalia");
    a = page_test_get_as(&o.page, NULL, "/informes/2022-07.json", 200);
    assert_has(a, "\"signature\":\"");
    assert_has(a, "{\"key\":\"events_covered\"");
    assert_has_not(a, "/mesa/");
    assert_has_not(a, "\"people\"");
    assert_has_not(a, "\"sent_at\"");
    assert_has_not(a, "Renata");
    assert_has_not(a, "Dalia");
    assert_has_not(page_test_get_as(&o.page, NULL, "/informes/2022-07.csv", 200), "/mesa/");
    assert_page_sound(page_test_get_as(&o.page, NULL, "/informes", 200));
    page_test_get_as(&o.page, NULL, "/informes/2022-07?version=2", 404);
    page_test_get_as(&o.page, NULL, "/informes/2022-06", 404);
    List hits = search_find(&t->ctx, SEARCH_PUBLIC, "bacheo informe", 10);
    g_assert_cmpint((gint64)hits.count, ==, 1);
    page_test_close(&o.page);
}

static void the_signed_bytes_are_there_for_anybody(StoreTest *t, const void *unused)
{
    Office o;
    open_office(&o, t);
    publish(&o);
    const PageAnswer *a = page_test_get_as(&o.page, NULL, "/informes/2022-07.json?forma=canonica", 200);
    char *sha256 = g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)a->body, a->size);
    g_assert_cmpstr(sha256, ==, report_published(&t->ctx, "2022-07", 0)->sha256);
    g_free(sha256);
    page_test_close(&o.page);
}

static void a_month_that_runs_says_so(StoreTest *t, const void *unused)
{
    Office o;
    open_office(&o, t);
    t->ctx.now = o.july.august - CLOCK_DAY;
    const PageAnswer *a = page_test_send_as(&o.page, &o.july.writes, "/mesa/informes/2022-07/revisar", "{}", 409);
    assert_has(a, "1 de agosto de 2022");
    a = page_test_get_as(&o.page, &o.july.writes, "/mesa/informes/2022-07", 200);
    assert_has_not(a, "/mesa/informes/2022-07/revisar");
    page_test_send_as(&o.page, &o.july.writes, "/mesa/informes/2022-09/revisar", "{}", 404);
    page_test_close(&o.page);
}

static void a_wrong_form_comes_back_with_what_was_typed(StoreTest *t, const void *unused)
{
    Office o;
    open_office(&o, t);
    page_test_as(&o.page, &o.july.writes);
    const PageAnswer *a = page_test_status(page_test_post(&o.page, "/mesa/informes/2022-07", "highlights=Hola+otra+vez&revision=7"), 412);
    assert_has(a, "Hola otra vez");
    assert_page_sound(a);
    a = page_test_status(page_test_post(&o.page, "/mesa/informes/2022-07", "highlights=uno%02dos&revision=0"), 422);
    assert_page_sound(a);
    a = page_test_status(page_test_post(&o.page, "/mesa/estrategias/metas", "indicator=events_covered&period=julio&target=60"), 422);
    assert_has(a, "julio");
    assert_page_sound(a);
    a = page_test_status(page_test_post(&o.page, "/mesa/estrategias/metas", "indicator=ninguno&period=2022-07&target=60"), 422);
    assert_page_sound(a);
    a = page_test_status(page_test_post(&o.page, "/mesa/estrategias/cifras", "indicator=media_pickups&month=2022-07&value=31"), 422);
    assert_page_sound(a);
    page_test_close(&o.page);
}

static void a_returned_report_says_why(StoreTest *t, const void *unused)
{
    Office o;
    open_office(&o, t);
    page_test_send_as(&o.page, &o.july.writes, "/mesa/informes/2022-07/revisar", "{}", 200);
    page_test_send_as(&o.page, &o.july.signs, "/mesa/informes/2022-07/devolver", "{}", 422);
    page_test_as(&o.page, &o.july.signs);
    assert_page_sound(page_test_status(page_test_post(&o.page, "/mesa/informes/2022-07/devolver", "reason="), 422));
    page_test_send_as(&o.page, &o.july.signs, "/mesa/informes/2022-07/devolver", "{\"reason\": \"Falta la feria\"}", 200);
    assert_has(page_test_get_as(&o.page, &o.july.writes, "/mesa/informes/2022-07", 200), "Falta la feria");
    page_test_close(&o.page);
}

static void goals_are_set_and_shown_with_how_they_are_counted(StoreTest *t, const void *unused)
{
    Office o;
    open_office(&o, t);
    page_test_send_as(&o.page, &o.july.writes, "/mesa/estrategias/metas", "{\"indicator\": \"events_covered\", \"period\": \"2022-07\", \"target\": 4}", 200);
    page_test_send_as(&o.page, &o.july.writes, "/mesa/estrategias/cifras",
       "{\"indicator\": \"media_pickups\", \"month\": \"2022-07\", \"value\": 31, \"text\": \"Síntesis impresa\"}", 200);
    const PageAnswer *a = page_test_get_as(&o.page, &o.july.writes, "/mesa/estrategias/metas?periodo=2022-07", 200);
    assert_page_sound(a);
    assert_has(a, "Síntesis impresa");
    page_test_as(&o.page, &o.july.writes);
    a = page_test_json(&o.page, "/mesa/estrategias/metas?periodo=2022-07");
    assert_has(a, "\"target\":4,\"value\":3,\"of\":5");
    assert_has(a, "\"state\":\"missed\"");
    a = page_test_json(&o.page, "/mesa/estrategias/metas?periodo=2022");
    assert_has(a, "\"indicator\":\"events_covered\"");
    page_test_status(page_test_json(&o.page, "/mesa/estrategias/metas?periodo=nunca"), 422);
    page_test_send_as(&o.page, &o.july.writes, "/mesa/estrategias/metas/quitar", "{\"indicator\": \"events_covered\", \"period\": \"2022-07\"}", 200);
    page_test_send_as(&o.page, &o.july.writes, "/mesa/estrategias/metas/quitar", "{\"indicator\": \"events_covered\", \"period\": \"2022-07\"}", 404);
    page_test_close(&o.page);
}

static const PageAnswer *type_with_file(Office *o)
{
    const char *body = arena_printf(
        o->page.kept,
        "--xYx\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n%s\r\n"
        "--xYx\r\nContent-Disposition: form-data; name=\"indicator\"\r\n\r\nmedia_pickups\r\n"
        "--xYx\r\nContent-Disposition: form-data; name=\"month\"\r\n\r\n2022-07\r\n"
        "--xYx\r\nContent-Disposition: form-data; name=\"value\"\r\n\r\n31\r\n"
        "--xYx\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nSíntesis impresa\r\n"
        "--xYx\r\nContent-Disposition: form-data; name=\"file\"; filename=\"sintesis.pdf\"\r\n"
        "Content-Type: application/pdf\r\n\r\n%%PDF-1.4 recortes\r\n--xYx--\r\n",
        page_test_csrf(&o->page));
    return page_test_ask(&o->page, &(PageAsk){.method = "POST",
                                              .target = "/mesa/estrategias/cifras",
                                              .type = "multipart/form-data; boundary=xYx",
                                              .body = body,
                                              .body_size = strlen(body),
                                              .headers = {{"Accept", "text/html"}}});
}

static void a_typed_figure_gives_its_file_to_who_may_read_it(StoreTest *t, const void *unused)
{
    Office o;
    open_office(&o, t);
    page_test_as(&o.page, &o.july.writes);
    page_test_status(type_with_file(&o), 303);
    const PageAnswer *a = page_test_get_as(&o.page, &o.july.writes, "/mesa/estrategias/metas?periodo=2022-07", 200);
    assert_page_sound(a);
    const char *from = strstr(a->body, "/mesa/estrategias/cifras/");
    g_assert_nonnull(from);
    const char *file = arena_copy(o.page.kept, from, (size_t)(strchr(from, '"') - from));
    a = page_test_get_as(&o.page, &o.july.writes, file, 200);
    assert_has(a, "%PDF-1.4 recortes");
    g_assert_nonnull(strstr(page_test_header(a, "Content-Disposition"), "attachment"));
    Actor nobody = o.july.writes;
    nobody.rights = 0;
    page_test_get_as(&o.page, &nobody, file, 403);
    page_test_get_as(&o.page, &o.july.writes, "/mesa/estrategias/cifras/0000000000001", 404);
    page_test_close(&o.page);
}

static void figures_that_are_none_are_refused(StoreTest *t, const void *unused)
{
    Office o;
    open_office(&o, t);
    page_test_get_as(&o.page, &o.july.writes, "/mesa/coberturas?figura=events_held&mes=2022-07", 422);
    page_test_get_as(&o.page, &o.july.writes, "/mesa/coberturas?figura=coverages_approved&mes=2022-13", 422);
    page_test_get_as(&o.page, &o.july.writes, "/mesa/coberturas?figura=coverages_approved&mes=2022-07&tipo=danza", 422);
    page_test_get_as(&o.page, &o.july.writes, "/mesa/coberturas?figura=coverages_approved&mes=2022-07&area=%21", 422);
    page_test_close(&o.page);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    STORE_TEST("report_pages", the_desks_pages_are_sound);
    STORE_TEST("report_pages", programs_get_what_the_interface_promises);
    STORE_TEST("report_pages", each_document_is_one_and_the_same_twice);
    STORE_TEST("report_pages", what_was_published_can_be_found_by_its_files);
    STORE_TEST("report_pages", citizens_see_what_is_published_and_nothing_else);
    STORE_TEST("report_pages", the_signed_bytes_are_there_for_anybody);
    STORE_TEST("report_pages", a_month_that_runs_says_so);
    STORE_TEST("report_pages", a_wrong_form_comes_back_with_what_was_typed);
    STORE_TEST("report_pages", a_returned_report_says_why);
    STORE_TEST("report_pages", goals_are_set_and_shown_with_how_they_are_counted);
    STORE_TEST("report_pages", a_typed_figure_gives_its_file_to_who_may_read_it);
    STORE_TEST("report_pages", figures_that_are_none_are_refused);
    return g_test_run();
}
