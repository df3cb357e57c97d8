/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_import_test.c: posts of another site become releases, once; what is wrong in a file is said, and nothing half is written. */
#include <glib.h>

#include "base/base_test.h"
#include "desks/press/import/press_import.h"
#include "store/queue.h"
#include "store/store_test.h"

typedef struct Desk {
    StoreTest *t;
    char *file;
    Vault *vault;
    WordpressReport report;
} Desk;

static Desk desk_new(StoreTest *t)
{
    const char *why = NULL;
    Desk d = {.t = t, .file = g_build_filename(test_folder(), "site.xml", NULL)};
    char *url = g_strdup_printf("file:%s", test_folder());
    d.vault = vault_open(url, &why);
    g_assert_nonnull(d.vault);
    g_free(url);
    t->ctx.actor = &actor_system;
    return d;
}

static void desk_end(Desk *d)
{
    vault_close(d->vault);
    g_free(d->file);
}

/* Of one item: what stands between <item> and </item>. */
static char *site_of(const char *items)
{
    return g_strconcat("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" xmlns:content=\"c\" xmlns:excerpt=\"e\" xmlns:wp=\"w\"><channel>"
                       "<wp:base_blog_url>https://viejo.example</wp:base_blog_url>\n",
                       items, "</channel></rss>\n", NULL);
}

static char *item_of(int id, const char *title, const char *content, const char *more)
{
    return g_strdup_printf("<item><title><![CDATA[%s]]></title><link>https://viejo.example/2019/05/nota-%d/</link>"
                           "<content:encoded><![CDATA[%s]]></content:encoded><wp:post_id>%d</wp:post_id><wp:post_type>post</wp:post_type>"
                           "<wp:post_name>nota-%d</wp:post_name><wp:status>publish</wp:status>%s</item>\n",
                           title, id, content, id, id, more ? more : "<wp:post_date_gmt>2019-05-03 15:00:00</wp:post_date_gmt>");
}

static bool bring(Desk *d, const char *bytes, gssize n, WordpressAsk ask)
{
    g_assert_true(g_file_set_contents(d->file, bytes, n, NULL));
    ask.file = d->file;
    ask.vault = d->vault;
    ask.transact = db_transact;
    d->report = (WordpressReport){0};
    return press_import_wordpress(&d->t->ctx, &ask, &d->report);
}

/* items is freed. */
static bool bring_items(Desk *d, char *items, WordpressAsk ask)
{
    g_autofree char *site = site_of(items);
    g_free(items);
    return bring(d, site, -1, ask);
}

static i64 releases(Desk *d)
{
    return press_count(&d->t->ctx, &(ReleaseFilter){0});
}

static bool is_told(const Desk *d, const char *what, const char *words)
{
    for (const WordpressLine *l = d->report.lines.items, *end = l + d->report.lines.count; l < end; l++)
        if (text_same(l->what, what) && strstr(l->why, words))
            return true;
    return false;
}

static void assert_refused(Desk *d, const char *bytes, gssize n, const char *words)
{
    g_assert_false(bring(d, bytes, n, (WordpressAsk){0}));
    g_assert_nonnull(strstr(d->t->ctx.fault.what, words));
    fault_take(&d->t->ctx);
    g_assert_cmpint(releases(d), ==, 0);
}

static void a_post_becomes_a_release_once(StoreTest *t, UNUSED const void *unused)
{
    Desk d = desk_new(t);
    char *items = item_of(7, "Bacheo &amp; <i>más</i> &#8220;hoy&#8221; 🚧", "Hola <b>mundo</b>.\n\nOtro.", NULL);
    g_autofree char *again = g_strdup(items);
    g_assert_true(bring_items(&d, items, (WordpressAsk){0}));
    g_assert_cmpint(d.report.created, ==, 1);
    const Release *r = press_by_folio_or_slug(&t->ctx, "nota-7");
    g_assert_nonnull(r);
    g_assert_cmpstr(r->title, ==, "Bacheo & más “hoy” 🚧");
    g_assert_cmpstr(r->body, ==, "Hola **mundo**.\n\nOtro.");
    g_assert_cmpstr(r->folio, ==, "WP/7/2019");
    g_assert_cmpint(r->state, ==, RELEASE_PUBLISHED);
    g_assert_cmpstr(clock_rfc3339(t->ctx.arena, NULL, r->published_at), ==, "2019-05-03T15:00:00+00:00");
    g_assert_null(r->code);
    g_assert_cmpstr(press_public_path_of(&t->ctx, "/2019/05/nota-7"), ==, "/comunicados/nota-7");
    g_assert_true(bring_items(&d, g_steal_pointer(&again), (WordpressAsk){0}));
    g_assert_cmpint(d.report.unchanged, ==, 1);
    g_assert_cmpint(releases(&d), ==, 1);
    desk_end(&d);
}

static bool edit(Ctx *ctx, void *data)
{
    const Release *r = data;
    const ReleaseDraft draft = {.title = r->title, .body = "escrito aquí"};
    return press_change(ctx, r->id, NONE, &draft, VERSION_SAVED);
}

static void what_was_edited_here_stays(StoreTest *t, UNUSED const void *unused)
{
    static const char waiting[] = "<wp:post_date_gmt>2190-05-03 15:00:00</wp:post_date_gmt>";
    Desk d = desk_new(t);
    g_assert_true(bring_items(&d, item_of(1, "Uno", "primero", waiting), (WordpressAsk){0}));
    const Release *r = press_by_folio_or_slug(&t->ctx, "nota-1");
    test_write(&t->ctx, edit, (void *)r);
    g_assert_true(bring_items(&d, item_of(1, "Uno", "segundo", waiting), (WordpressAsk){0}));
    g_assert_cmpint(d.report.kept, ==, 1);
    g_assert_true(is_told(&d, "kept", "se queda lo de aquí"));
    g_assert_cmpstr(press_find(&t->ctx, r->id)->body, ==, "escrito aquí");
    desk_end(&d);
}

static void what_changed_there_is_a_new_edition(StoreTest *t, UNUSED const void *unused)
{
    Desk d = desk_new(t);
    g_assert_true(bring_items(&d, item_of(1, "Uno", "primero", NULL), (WordpressAsk){0}));
    g_assert_true(bring_items(&d, item_of(1, "Uno", "segundo", NULL), (WordpressAsk){0}));
    g_assert_cmpint(d.report.updated, ==, 1);
    const PublicRelease *r = press_public_by_slug(&t->ctx, "nota-1", 0);
    g_assert_cmpstr(r->body, ==, "segundo");
    g_assert_cmpint(r->number, ==, 2);
    g_assert_true(bring_items(&d, item_of(1, "Uno", "segundo", NULL), (WordpressAsk){0}));
    g_assert_cmpint(d.report.unchanged, ==, 1);
    desk_end(&d);
}

static void a_bad_post_keeps_the_whole_file_out_unless_said_otherwise(StoreTest *t, UNUSED const void *unused)
{
    static const char *const bad[] = {"<wp:post_date_gmt>0000-00-00 00:00:00</wp:post_date_gmt>", "<wp:post_date>ayer</wp:post_date>"};
    Desk d = desk_new(t);
    for (size_t i = 0; i < COUNT(bad); i++) {
        g_autofree char *good = item_of(1, "Bien", "x", NULL), *wrong = item_of(2, "Mal", "y", bad[i]);
        g_autofree char *both = g_strconcat(good, wrong, NULL), *site = site_of(both);
        assert_refused(&d, site, -1, "2");
    }
    g_autofree char *good = item_of(1, "Bien", "x", NULL), *empty = item_of(3, "", "", NULL);
    g_assert_true(bring_items(&d, g_strconcat(good, empty, NULL), (WordpressAsk){.skip_bad = true}));
    g_assert_cmpint(d.report.created, ==, 1);
    g_assert_cmpint(d.report.refused, ==, 1);
    g_assert_true(is_told(&d, "refused", "título"));
    desk_end(&d);
}

static void a_file_that_is_none_is_refused(StoreTest *t, UNUSED const void *unused)
{
    Desk d = desk_new(t);
    g_autofree char *item = item_of(1, "Uno", "x", NULL), *site = site_of(item);
    assert_refused(&d, site, (gssize)strlen(site) - 30, "termina antes");
    assert_refused(&d, "", 0, "termina antes");
    assert_refused(&d, "<html></html>", -1, "WordPress");
    assert_refused(&d, "<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><rss>&b;</rss>", -1, "tipo de documento");
    assert_refused(&d, "<!DOCTYPE rss SYSTEM \"file:///etc/passwd\"><rss/>", -1, "tipo de documento");
    assert_refused(&d, "<?xml version=\"1.0\" encoding=\"UTF-8\"?><rss><title>a\xf1o</title></rss>", -1, "XML");
    assert_refused(&d, "<?xml version=\"1.0\" encoding=\"klingon\"?><rss/>", -1, "UTF-8");
    GString *deep = g_string_new("<rss>");
    for (int i = 0; i < 100000; i++)
        g_string_append(deep, "<a>");
    assert_refused(&d, deep->str, (gssize)deep->len, "niveles");
    g_string_free(deep, true);
    desk_end(&d);
}

static void latin_1_that_says_so_is_read(StoreTest *t, UNUSED const void *unused)
{
    Desk d = desk_new(t);
    g_autofree char *item = item_of(1, "A\xf1o", "x", NULL), *site = site_of(item);
    char *encoding = strstr(site, "UTF-8\"");
    memcpy(encoding, "latin1", 6); /* an unknown name first */
    g_assert_false(bring(&d, site, -1, (WordpressAsk){0}));
    fault_take(&t->ctx);
    g_autofree char *said = g_strconcat("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>", strchr(site, '\n'), NULL);
    g_assert_true(bring(&d, said, -1, (WordpressAsk){0}));
    g_assert_cmpstr(press_by_folio_or_slug(&t->ctx, "nota-1")->title, ==, "Año");
    desk_end(&d);
}

#define EVIL "<script>alert(1)</script><img src=x onerror=alert(2)>"

static void nothing_hostile_gets_through(StoreTest *t, UNUSED const void *unused)
{
    Desk d = desk_new(t);
    const char *more = "<wp:post_date_gmt>2019-05-03 15:00:00</wp:post_date_gmt><category domain=\"category\" nicename=\"" "x&quot;&gt;\">"
                       "<![CDATA[" EVIL "Obra]]></category><dc>" "x</dc><guid>javascript:alert(3)</guid><excerpt:encoded><![CDATA[" EVIL "r]]></excerpt:encoded>";
    g_assert_true(bring_items(&d, item_of(1, EVIL "Uno", EVIL "<a href=\"javascript:alert(4)\" onclick=x>dos</a>", more), (WordpressAsk){.no_pictures = true}));
    const PublicRelease *r = press_public_whole(&t->ctx, press_public_by_slug(&t->ctx, "nota-1", 0));
    g_assert_cmpstr(r->title, ==, "Uno");
    g_assert_cmpstr(r->lead, ==, "r");
    g_assert_cmpstr(r->topics, ==, "Obra");
    g_assert_cmpstr(r->body_html, ==, "<p>dos</p>");
    desk_end(&d);
}

/* What only this machine can reach is not asked for, and the report says so. */
static void pictures_of_the_inside_are_not_fetched(StoreTest *t, UNUSED const void *unused)
{
    Desk d = desk_new(t);
    g_assert_true(bring_items(&d, item_of(1, "Uno", "texto <img src=\"http://127.0.0.1:1/a.png\" alt=\"a\"> y <img src=\"http://169.254.169.254/latest/meta-data/\">"
                                          "<img src=\"file:///etc/passwd\"><img src=\"http://[::1]/x.png\">", NULL),
                              (WordpressAsk){0}));
    g_assert_cmpint(d.report.created, ==, 1);
    g_assert_cmpint(d.report.pictures, ==, 0);
    g_assert_true(is_told(&d, "lost", "http://127.0.0.1:1/a.png"));
    g_assert_true(is_told(&d, "lost", "http://169.254.169.254"));
    g_assert_true(is_told(&d, "lost", "file:///etc/passwd"));
    g_assert_true(is_told(&d, "lost", "http://[::1]/x.png"));
    desk_end(&d);
}

static void drafts_and_what_lies_ahead_wait_at_the_desk(StoreTest *t, UNUSED const void *unused)
{
    Desk d = desk_new(t);
    g_autofree char *ahead = item_of(1, "Uno", "x", "<wp:post_date_gmt>2190-05-03 15:00:00</wp:post_date_gmt>");
    g_autofree char *secret = item_of(2, "Dos", "x", "<wp:post_password>s</wp:post_password><wp:post_date_gmt>2019-05-03 15:00:00</wp:post_date_gmt>");
    g_assert_true(bring_items(&d, g_strconcat(ahead, secret, NULL), (WordpressAsk){0}));
    g_assert_cmpint(press_count(&t->ctx, &(ReleaseFilter){.state = "draft"}), ==, 2);
    g_assert_cmpint(press_public_count(&t->ctx, &(PublicFilter){0}), ==, 0);
    desk_end(&d);
}

static void a_dry_run_writes_nothing(StoreTest *t, UNUSED const void *unused)
{
    Desk d = desk_new(t);
    g_assert_true(bring_items(&d, item_of(1, "Uno", "x", NULL), (WordpressAsk){.dry_run = true}));
    g_assert_cmpint(d.report.created, ==, 1);
    g_assert_cmpint(releases(&d), ==, 0);
    desk_end(&d);
}

static void two_with_one_address_get_two(StoreTest *t, UNUSED const void *unused)
{
    Desk d = desk_new(t);
    g_autofree char *one = item_of(1, "Uno", "x", NULL), *other = item_of(2, "Dos", "y", NULL);
    memcpy(strstr(other, "<wp:post_name>nota-2"), "<wp:post_name>nota-1", 20);
    g_assert_true(bring_items(&d, g_strconcat(one, other, NULL), (WordpressAsk){0}));
    g_assert_cmpstr(press_public_path_of(&t->ctx, "/2019/05/nota-1"), ==, "/comunicados/nota-1");
    g_assert_cmpstr(press_public_path_of(&t->ctx, "/2019/05/nota-2"), ==, "/comunicados/nota-1-2");
    desk_end(&d);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define TEST(f) STORE_TEST("press_import", f)
    TEST(a_post_becomes_a_release_once);
    TEST(what_changed_there_is_a_new_edition);
    TEST(what_was_edited_here_stays);
    TEST(a_bad_post_keeps_the_whole_file_out_unless_said_otherwise);
    TEST(a_file_that_is_none_is_refused);
    TEST(latin_1_that_says_so_is_read);
    TEST(nothing_hostile_gets_through);
    TEST(pictures_of_the_inside_are_not_fetched);
    TEST(drafts_and_what_lies_ahead_wait_at_the_desk);
    TEST(a_dry_run_writes_nothing);
    TEST(two_with_one_address_get_two);
    return g_test_run();
}
