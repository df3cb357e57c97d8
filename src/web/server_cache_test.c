/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* server_cache_test.c: public pages and assets from memory: rendered once, never stale, in every
 * form. */
#include "web/asset.h"
#include "web/cache.h"
#include "web/server_test.h"
#include <unistd.h>

static char *etag_of(const TestServer *t, const char *target, const char *headers)
{
    Reply r CLEANUP(reply_free)
    = test_get(t, target, headers);
    g_assert_cmpint(r.status, ==, 200);
    return reply_header(&r, "ETag");
}

static void a_page_is_rendered_once(TestServer *t, const void *unused)
{
    for (int i = 0; i < 10; i++) {
        Reply r CLEANUP(reply_free)
        = test_get(t, "/cuenta", NULL);
        g_assert_cmpstr(r.body, ==, "<0>");
    }
    g_assert_cmpint(atomic_load(&test_rendered), ==, 1);
    /* another address of the same page, and a field that means nothing */
    Reply same CLEANUP(reply_free)
    = test_get(t, "/cuenta?nada=1", NULL);
    g_assert_cmpint(atomic_load(&test_rendered), ==, 1);
    Reply other CLEANUP(reply_free)
    = test_get(t, "/cuenta?de=1", NULL);
    g_assert_cmpint(atomic_load(&test_rendered), ==, 2);
    g_assert_cmpuint(cache_figures(t->site.cache).hits, >=, 10);
}

static void each_coding_has_its_bytes_and_its_tag(TestServer *t, const void *unused)
{
    g_autofree char *plain = etag_of(t, "/hola", NULL);
    g_autofree char *gzip = etag_of(t, "/hola", "Accept-Encoding: gzip, deflate\r\n");
    g_autofree char *brotli = etag_of(t, "/hola", "Accept-Encoding: gzip, deflate, br\r\n");
    g_assert_cmpstr(plain, !=, gzip);
    g_assert_cmpstr(gzip, !=, brotli);
    Reply r CLEANUP(reply_free)
    = test_get(t, "/hola", "Accept-Encoding: br;q=0, gzip;q=0.5\r\n");
    g_autofree char *coding = reply_header(&r, "Content-Encoding");
    g_autofree char *vary = reply_header(&r, "Vary");
    g_assert_cmpstr(coding, ==, "gzip");
    g_assert_nonnull(strstr(vary, "Accept-Encoding"));
    g_assert_cmpuint(r.size, <, 8 * 1024);
    g_assert_cmpint((unsigned char)r.body[0], ==, 0x1f);
    Reply none CLEANUP(reply_free)
    = test_get(t, "/hola", "Accept-Encoding: identity\r\n");
    g_autofree char *no_coding = reply_header(&none, "Content-Encoding");
    g_assert_null(no_coding);
}

static void who_has_it_already_gets_304(TestServer *t, const void *unused)
{
    static const char *const codings[] = {"", "Accept-Encoding: gzip\r\n",
                                          "Accept-Encoding: br\r\n"};
    for (size_t i = 0; i < COUNT(codings); i++)
        for (int turn = 0; turn < 2; turn++) {
            g_autofree char *etag = etag_of(t, "/hola", codings[i]);
            g_autofree char *headers =
                g_strdup_printf("%sIf-None-Match: \"x\", W/%s\r\n", codings[i], etag);
            Reply r CLEANUP(reply_free)
            = test_get(t, "/hola", headers);
            g_autofree char *again = reply_header(&r, "ETag");
            g_assert_cmpint(r.status, ==, 304);
            g_assert_cmpstr(again, ==, etag);
        }
    Reply other CLEANUP(reply_free)
    = test_get(t, "/hola", "If-None-Match: \"x\"\r\n");
    g_assert_cmpint(other.status, ==, 200);
}

static void a_304_leaves_the_connection_in_step(TestServer *t, const void *unused)
{
    g_autofree char *etag = etag_of(t, "/hola", NULL);
    g_autofree char *request =
        g_strdup_printf("GET /hola HTTP/1.1\r\nHost: a\r\nIf-None-Match: %s\r\n\r\n", etag);
    int fd = test_connect(t);
    for (int i = 0; i < 3; i++) {
        test_send(fd, request);
        Reply r CLEANUP(reply_free)
        = test_reply(fd, false);
        g_assert_cmpint(r.status, ==, 304);
    }
    close(fd);
}

static void the_head_is_that_of_the_page(TestServer *t, const void *unused)
{
    int fd = test_connect(t);
    for (int i = 0; i < 3; i++) { /* rendered, by its key, by its raw bytes */
        test_send(fd, "HEAD /hola HTTP/1.1\r\nHost: a\r\n\r\n");
        Reply r CLEANUP(reply_free)
        = test_reply(fd, true);
        g_autofree char *length = reply_header(&r, "Content-Length");
        g_assert_cmpint(r.status, ==, 200);
        g_assert_cmpint(g_ascii_strtoll(length, NULL, 10), >, 20 * 1024);
    }
    test_send(fd, "GET /hola HTTP/1.1\r\nHost: a\r\n\r\n");
    Reply r CLEANUP(reply_free)
    = test_reply(fd, false);
    g_assert_cmpuint(r.size, >, 20 * 1024);
    close(fd);
}

static void languages_do_not_mix(TestServer *t, const void *unused)
{
    for (int i = 0; i < 2; i++) {
        Reply es CLEANUP(reply_free)
        = test_get(t, "/cuenta", "Accept-Language: es\r\n");
        Reply en CLEANUP(reply_free)
        = test_get(t, "/cuenta", "Accept-Language: en\r\n");
        g_autofree char *spanish = reply_header(&es, "Content-Language");
        g_autofree char *english = reply_header(&en, "Content-Language");
        g_assert_cmpstr(spanish, ==, "es-MX");
        g_assert_cmpstr(english, ==, "en");
    }
}

/* Also from memory, by the short way: each is asked for twice, and made once. */
static void who_saves_data_gets_pages_of_their_own(TestServer *t, const void *unused)
{
    for (int i = 0; i < 2; i++) {
        Reply whole CLEANUP(reply_free)
        = test_get(t, "/cuenta", NULL);
        Reply lean CLEANUP(reply_free)
        = test_get(t, "/cuenta", "Save-Data: on\r\n");
        g_assert_cmpint(whole.status, ==, lean.status);
    }
    g_assert_cmpint(atomic_load(&test_rendered), ==, 2);
}

/* ---- one renders, the others wait ---- */

static gpointer ask_count(gpointer data)
{
    Reply r = test_get(data, "/cuenta", NULL);
    char *body = g_strdup(r.body);
    reply_free(&r);
    return body;
}

static void a_crowd_costs_one_rendering(TestServer *t, const void *unused)
{
    GThread *threads[12];
    atomic_store(&test_slow, 200 * 1000);
    for (size_t i = 0; i < COUNT(threads); i++)
        threads[i] = g_thread_new("asking", ask_count, t);
    for (size_t i = 0; i < COUNT(threads); i++) {
        g_autofree char *body = g_thread_join(threads[i]);
        g_assert_cmpstr(body, ==, "<0>");
    }
    g_assert_cmpint(atomic_load(&test_rendered), ==, 1);
}

static void a_page_begun_before_a_commit_is_not_kept(TestServer *t, const void *unused)
{
    atomic_store(&test_slow, 300 * 1000);
    GThread *before = g_thread_new("before", ask_count, t);
    while (atomic_load(&test_rendered) < 1)
        g_usleep(1000);
    g_usleep(20 * 1000); /* it has read, and sleeps */
    Reply w CLEANUP(reply_free)
    = test_ask(
        t, "POST /cuenta HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\n"
           "Content-Length: 6\r\n\r\nnota=a");
    g_assert_cmpint(w.status, ==, 200);
    g_autofree char *after = ask_count(t); /* while the old rendering still runs */
    g_assert_cmpstr(after, ==, "<1>");
    g_autofree char *old = g_thread_join(before);
    g_assert_cmpstr(old, ==, "<0>");
    g_autofree char *later = ask_count(t);
    g_assert_cmpstr(later, ==, "<1>");
}

static void time_ends_a_page(TestServer *t, const void *unused)
{
    atomic_store(&test_expires, 300 * 1000);
    Reply first CLEANUP(reply_free)
    = test_get(t, "/viejo", NULL);
    Reply second CLEANUP(reply_free)
    = test_get(t, "/viejo", NULL);
    g_assert_cmpstr(first.body, ==, second.body);
    g_usleep(350 * 1000);
    Reply third CLEANUP(reply_free)
    = test_get(t, "/viejo", NULL);
    g_assert_cmpstr(first.body, !=, third.body);
}

/* ---- assets ---- */

static const Asset *some_asset(void)
{
    for (size_t i = 0; i < assets_count; i++)
        if (assets[i].immutable && assets[i].brotli.size)
            return &assets[i];
    g_error("no asset is embedded");
}

static void assets_are_kept_for_ever(TestServer *t, const void *unused)
{
    const Asset *asset = some_asset();
    Reply r CLEANUP(reply_free)
    = test_get(t, asset->path, NULL);
    g_autofree char *keep = reply_header(&r, "Cache-Control");
    g_assert_cmpint(r.status, ==, 200);
    g_assert_cmpuint(r.size, ==, asset->plain.size);
    g_assert_nonnull(strstr(keep, "immutable"));
    Reply small CLEANUP(reply_free)
    = test_get(t, asset->path, "Accept-Encoding: br\r\n");
    g_assert_cmpuint(small.size, ==, asset->brotli.size);
    g_autofree char *etag = reply_header(&small, "ETag");
    g_autofree char *again = g_strdup_printf("Accept-Encoding: br\r\nIf-None-Match: %s\r\n", etag);
    Reply same CLEANUP(reply_free)
    = test_get(t, asset->path, again);
    g_assert_cmpint(same.status, ==, 304);
    Reply missing CLEANUP(reply_free)
    = test_get(t, "/estatico/no-hay.css", NULL);
    g_assert_cmpint(missing.status, ==, 404);
    Reply icon CLEANUP(reply_free)
    = test_get(t, "/favicon.ico", NULL);
    g_assert_cmpint(icon.status, ==, 200);
    Reply manifest CLEANUP(reply_free)
    = test_get(t, "/manifest.webmanifest", NULL);
    g_assert_cmpint(manifest.status, ==, 200);
}

static void a_part_of_an_asset(TestServer *t, const void *unused)
{
    const Asset *asset = some_asset();
    Reply r CLEANUP(reply_free)
    = test_get(t, asset->path, "Range: bytes=10-19\r\nAccept-Encoding: br\r\n");
    g_autofree char *range = reply_header(&r, "Content-Range");
    g_autofree char *wanted = g_strdup_printf("bytes 10-19/%zu", asset->plain.size);
    g_assert_cmpint(r.status, ==, 206);
    g_assert_cmpstr(range, ==, wanted);
    g_assert_cmpuint(r.size, ==, 10);
    g_assert_cmpint(memcmp(r.body, asset->plain.data + 10, 10), ==, 0);
    Reply outside CLEANUP(reply_free)
    = test_get(t, asset->path, "Range: bytes=99999999-\r\n");
    g_assert_cmpint(outside.status, ==, 416);
    Reply changed CLEANUP(reply_free)
    = test_get(t, asset->path, "Range: bytes=1-2\r\nIf-Range: \"old\"\r\n");
    g_assert_cmpint(changed.status, ==, 200);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    SERVER_TEST(a_page_is_rendered_once);
    SERVER_TEST(each_coding_has_its_bytes_and_its_tag);
    SERVER_TEST(who_has_it_already_gets_304);
    SERVER_TEST(a_304_leaves_the_connection_in_step);
    SERVER_TEST(the_head_is_that_of_the_page);
    SERVER_TEST(languages_do_not_mix);
    SERVER_TEST(who_saves_data_gets_pages_of_their_own);
    SERVER_TEST(a_crowd_costs_one_rendering);
    SERVER_TEST(a_page_begun_before_a_commit_is_not_kept);
    SERVER_TEST(time_ends_a_page);
    SERVER_TEST(assets_are_kept_for_ever);
    SERVER_TEST(a_part_of_an_asset);
    return g_test_run();
}
