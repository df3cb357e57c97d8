/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* server_parts_test.c: the server's parts without a socket: pages kept, limits, ranges, channels,
 * the pool. */
#include <glib.h>
#include <stdatomic.h>
#include <zlib.h>
#include "base/clock.h"
#include "web/cache.h"
#include "web/compress.h"
#include "web/live.h"
#include "web/pool.h"
#include "web/range.h"
#include "web/throttle.h"

/* ---- pages kept ---- */

static atomic_int released;

static void release(void *page)
{
    atomic_fetch_add(&released, 1);
    g_free(page);
}

static void never_suspend(CacheWaiter *w)
{
    w->next = NULL;
}

static void count_wake(CacheWaiter *w)
{
    w->next = w; /* says that it was woken */
}

static CacheFate take(PageCache *c, const char *key, CacheEntry **entry_out,
                      CacheFlight **flight_out, CacheWaiter *w)
{
    *w = (CacheWaiter){.suspend = never_suspend, .wake = count_wake};
    return cache_take(c, key, 1000, w, entry_out, flight_out);
}

static void render(PageCache *c, const char *key, i64 bytes, i64 expires)
{
    CacheEntry *entry = NULL;
    CacheFlight *flight = NULL;
    CacheWaiter w;
    g_assert_cmpint(take(c, key, &entry, &flight, &w), ==, CACHE_RENDER);
    cache_release(cache_land(c, flight, g_strdup(key), release, bytes, expires));
}

static bool kept(PageCache *c, const char *key)
{
    CacheEntry *entry = NULL;
    CacheFlight *flight = NULL;
    CacheWaiter w;
    if (take(c, key, &entry, &flight, &w) == CACHE_HIT) {
        g_assert_cmpstr(entry->page, ==, key);
        cache_release(entry);
        return true;
    }
    cache_crash(c, flight);
    return false;
}

static void the_page_that_was_used_longest_ago_makes_room(void)
{
    atomic_store(&released, 0);
    PageCache *c = cache_new(10 * 1024);
    render(c, "a", 4000, 0);
    render(c, "b", 4000, 0);
    g_assert_true(kept(c, "a"));
    render(c, "c", 4000, 0);
    g_assert_true(kept(c, "a"));
    g_assert_false(kept(c, "b"));
    g_assert_true(kept(c, "c"));
    g_assert_cmpint(atomic_load(&released), ==, 1);
    g_assert_cmpuint(cache_figures(c).evictions, ==, 1);
    g_assert_cmpint(cache_figures(c).bytes, <=, 10 * 1024);
    cache_free(c);
    g_assert_cmpint(atomic_load(&released), ==, 3);
}

static void a_commit_ends_every_page(void)
{
    PageCache *c = cache_new(1 << 20);
    render(c, "a", 100, 0);
    render(c, "b", 100, 0);
    cache_new_generation(c);
    g_assert_false(kept(c, "a"));
    render(c, "a", 100, 0);
    g_assert_true(kept(c, "a"));
    for (int i = 0; i < 10; i++) {
        g_autofree char *key = g_strdup_printf("other %d", i);
        render(c, key, 100, 0);
    }
    g_assert_cmpint(cache_figures(c).entries, ==, 11); /* b is gone although nobody asked for it */
    cache_free(c);
}

static void who_waits_is_given_the_page(void)
{
    PageCache *c = cache_new(1 << 20);
    CacheEntry *entry = NULL;
    CacheFlight *flight = NULL, *second = NULL;
    CacheWaiter first, waiting, late;
    g_assert_cmpint(take(c, "a", &entry, &flight, &first), ==, CACHE_RENDER);
    g_assert_cmpint(take(c, "a", &entry, &second, &waiting), ==, CACHE_WAIT);
    cache_new_generation(c);
    g_assert_cmpint(take(c, "a", &entry, &second, &late), ==,
                    CACHE_RENDER); /* must see the commit */
    cache_release(cache_land(c, flight, g_strdup("a"), release, 10, 0));
    g_assert_true(waiting.next == &waiting);
    g_assert_cmpstr(waiting.entry->page, ==, "a");
    cache_release(waiting.entry);
    g_assert_cmpint(cache_figures(c).entries, ==, 0); /* too old to be kept */
    cache_release(cache_land(c, second, g_strdup("a"), release, 10, 0));
    g_assert_true(kept(c, "a"));
    cache_free(c);
}

static void who_waits_for_nothing_does_it_alone(void)
{
    PageCache *c = cache_new(1 << 20);
    CacheEntry *entry = NULL;
    CacheFlight *flight = NULL;
    CacheWaiter first, waiting;
    take(c, "a", &entry, &flight, &first);
    take(c, "a", &entry, &flight, &waiting);
    cache_crash(c, flight);
    g_assert_true(waiting.next == &waiting);
    g_assert_null(waiting.entry);
    cache_free(c);
}

static i64 at_5000(void)
{
    return 5000;
}

static void the_short_way_knows_time_and_commits(void)
{
    PageCache *c = cache_new(1 << 20);
    CacheEntry *entry = NULL;
    CacheFlight *flight = NULL;
    CacheWaiter w;
    take(c, "a", &entry, &flight, &w);
    entry = cache_land(c, flight, g_strdup("a"), release, 10, 6000);
    cache_quick_add(c, "raw", 3, entry);
    cache_release(entry);
    entry = cache_quick(c, "raw", 3, at_5000);
    g_assert_cmpstr(entry->page, ==, "a");
    cache_release(entry);
    g_assert_null(cache_quick(c, "rav", 3, at_5000));
    g_assert_null(cache_quick(c, "ra", 2, at_5000));
    g_assert_null(cache_quick(c, "raw", 3, clock_now));
    cache_new_generation(c);
    g_assert_null(cache_quick(c, "raw", 3, at_5000));
    cache_free(c);
}

/* ---- limits ---- */

static void tokens_come_back_with_time(void)
{
    Throttle *l = throttle_new();
    u64 key = throttle_key_of_address(l, "192.0.2.1");
    i64 wait = 0, now = CLOCK_HOUR;
    for (int i = 0; i < 60; i++)
        g_assert_true(throttle_take(l, key, 60, now, &wait));
    g_assert_false(throttle_take(l, key, 60, now, &wait));
    g_assert_cmpint(wait, ==, 2);
    g_assert_true(throttle_take(l, key, 60, now + CLOCK_SECOND, &wait));
    g_assert_false(throttle_take(l, key, 60, now + CLOCK_SECOND, &wait));
    g_assert_true(throttle_take(l, key, 0, now, &wait));
    throttle_free(l);
}

static void a_household_is_one_address(void)
{
    Throttle *l = throttle_new();
    u64 one = throttle_key_of_address(l, "2001:db8:0:1::7");
    g_assert_cmpuint(one, ==, throttle_key_of_address(l, "2001:db8:0:1:ffff::9"));
    g_assert_cmpuint(one, !=, throttle_key_of_address(l, "2001:db8:0:2::7"));
    g_assert_cmpuint(throttle_key_of_address(l, "::ffff:192.0.2.1"), ==,
                     throttle_key_of_address(l, "192.0.2.1"));
    g_assert_cmpuint(throttle_key_of_account(l, 1), !=, throttle_key_of_account(l, 2));
    throttle_free(l);
}

static void a_flood_of_addresses_does_not_free_who_asks_all_the_time(void)
{
    Throttle *l = throttle_new();
    u64 key = throttle_key_of_address(l, "192.0.2.1");
    i64 wait = 0, now = CLOCK_HOUR;
    int taken = 0;
    for (int i = 0; i < 20000; i++) {
        g_autofree char *other = g_strdup_printf("10.%d.%d.1", i / 250, i % 250);
        throttle_take(l, throttle_key_of_address(l, other), 60, now + i, &wait);
        taken += throttle_take(l, key, 60, now + i, &wait);
    }
    g_assert_cmpint(taken, ==, 60);
    throttle_free(l);
}

static void connections_are_counted(void)
{
    Throttle *l = throttle_new();
    throttle_enter(l, 7);
    throttle_enter(l, 7);
    throttle_leave(l, 7);
    g_assert_cmpint(throttle_entered(l, 7), ==, 1);
    throttle_leave(l, 7);
    g_assert_cmpint(throttle_entered(l, 7), ==, 0);
    throttle_free(l);
}

/* ---- ranges ---- */

static void ranges_are_read(void)
{
    static const struct {
        const char *text;
        RangeFate fate;
        i64 first, last;
    } cases[] = {
        {"bytes=0-499", RANGE_PART, 0, 499},
        {"bytes=500-", RANGE_PART, 500, 999},
        {"bytes=-1", RANGE_PART, 999, 999},
        {"bytes=-5000", RANGE_PART, 0, 999},
        {"bytes=0-99999999999999999999999", RANGE_PART, 0, 999},
        {"bytes=1000-", RANGE_OUTSIDE, 0, 0},
        {"bytes=-0", RANGE_OUTSIDE, 0, 0},
        {"bytes=5-4", RANGE_WHOLE, 0, 0},
        {"bytes=0-1,5-6", RANGE_WHOLE, 0, 0},
        {"bytes=-", RANGE_WHOLE, 0, 0},
        {"lines=1-2", RANGE_WHOLE, 0, 0},
        {"bytes=a-b", RANGE_WHOLE, 0, 0},
        {NULL, RANGE_WHOLE, 0, 0},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        i64 first = 0, last = 0;
        g_assert_cmpint(range_read(cases[i].text, 1000, &first, &last), ==, cases[i].fate);
        g_assert_cmpint(first, ==, cases[i].first);
        g_assert_cmpint(last, ==, cases[i].last);
    }
}

/* ---- smaller ---- */

static void what_is_compressed_comes_back(void)
{
    g_autofree char *text = g_strnfill(50000, 'a');
    size_t n = 0, m = 0;
    char *gzip = compress_gzip((Bytes){text, 50000}, &n);
    char *brotli = compress_brotli((Bytes){text, 50000}, &m);
    char back[60000];
    z_stream z = {.next_in = (unsigned char *)gzip,
                  .avail_in = (unsigned)n,
                  .next_out = (unsigned char *)back,
                  .avail_out = sizeof back};
    g_assert_cmpint(inflateInit2(&z, 15 + 16), ==, Z_OK);
    g_assert_cmpint(inflate(&z, Z_FINISH), ==, Z_STREAM_END);
    g_assert_cmpuint(z.total_out, ==, 50000);
    inflateEnd(&z);
    g_assert_cmpmem(back, 50000, text, 50000);
    g_assert_cmpuint(m, <, 1000);
    g_assert_null(compress_gzip((Bytes){"x", 1}, &n));
    free(gzip);
    free(brotli);
}

/* ---- channels ---- */

static int wakes, cuts;

static void on_wake(void *to)
{
    wakes++;
}

static void on_cut(void *to)
{
    cuts++;
}

static char *read_all(Viewer *v)
{
    GString *all = g_string_new(NULL);
    char bytes[7]; /* small, so that frames are cut anywhere */
    for (ssize_t n; (n = live_read(v, bytes, sizeof bytes, 0)) > 0;)
        g_string_append_len(all, bytes, n);
    return g_string_free(all, FALSE);
}

static Live *channels(void)
{
    static const LiveHands hands = {on_wake, on_cut};
    wakes = cuts = 0;
    return live_new(&hands);
}

static void frames_are_read_in_pieces(void)
{
    Live *live = channels();
    Viewer *v = live_join(live, "a", NONE, NULL);
    live_publish(live, "a", 1, "x", "{}");
    live_publish(live, "b", 2, "x", "{}");
    g_autofree char *first = read_all(v);
    g_assert_cmpstr(first, ==, "id: 1\nevent: x\ndata: {}\n\n");
    g_assert_cmpint(wakes, ==, 0); /* it had not rested yet */
    live_publish(live, "a", 3, "y", "[]");
    live_publish(live, "a", 4, "y", "[]");
    g_assert_cmpint(wakes, ==, 1); /* once is enough */
    g_autofree char *second = read_all(v);
    g_assert_cmpstr(second, ==, "id: 3\nevent: y\ndata: []\n\nid: 4\nevent: y\ndata: []\n\n");
    live_leave(v);
    live_free(live);
}

static void what_was_replayed_is_not_sent_again(void)
{
    Live *live = channels();
    live_publish(live, "a", 10, "x", "{}");
    Viewer *v = live_join(live, "a", 5, NULL);
    g_assert_true(live_needs_replay(v));
    live_publish(live, "a", 11, "x", "{}");
    live_publish(live, "a", 12, "x", "{}");
    static const char replay[] = "id: 10\nevent: x\ndata: {}\n\nid: 11\nevent: x\ndata: {}\n\n";
    live_prepend(v, replay, strlen(replay));
    g_autofree char *all = read_all(v);
    g_assert_cmpstr(all, ==,
                    "id: 10\nevent: x\ndata: {}\n\nid: 11\nevent: x\ndata: {}\n\nid: 12\nevent: "
                    "x\ndata: {}\n\n");
    live_leave(v);
    live_free(live);
}

static void a_viewer_that_does_not_read_is_cut_once(void)
{
    Live *live = channels();
    g_autofree char *much = g_strnfill(10000, '1');
    Viewer *v = live_join(live, "a", NONE, NULL);
    for (i64 id = 1; id <= 6; id++)
        live_publish(live, "a", id, "x", much);
    g_assert_cmpint(cuts, ==, 0);
    for (i64 id = 7; id <= 300; id++)
        live_publish(live, "a", id, "x", much);
    g_assert_cmpint(cuts, ==, 1);
    char byte;
    g_assert_cmpint(live_read(v, &byte, 1, 0), ==, -1);
    live_leave(v);
    live_free(live);
}

static void the_ring_keeps_so_many(void)
{
    Live *live = channels();
    for (i64 id = 1; id <= LIVE_RING + 10; id++)
        live_publish(live, "a", id, "x", "{}");
    Viewer *within = live_join(live, "a", 11, NULL), *before = live_join(live, "a", 9, NULL);
    g_assert_false(live_needs_replay(within));
    g_assert_true(live_needs_replay(before));
    g_autofree char *all = read_all(within);
    g_assert_true(g_str_has_prefix(all, "id: 12\n"));
    live_leave(within);
    live_leave(before);
    live_free(live);
}

/* ---- the pool ---- */

static atomic_int worked;

static void work(PoolJob *job)
{
    g_usleep(1000);
    atomic_fetch_add(&worked, 1);
}

static void the_pool_ends_what_waits(void)
{
    PoolJob jobs[100];
    Pool *p = pool_start(3);
    atomic_store(&worked, 0);
    for (size_t i = 0; i < COUNT(jobs); i++) {
        jobs[i] = (PoolJob){.work = work};
        g_assert_true(pool_submit(p, &jobs[i]));
    }
    pool_stop(p);
    g_assert_cmpint(atomic_load(&worked), ==, COUNT(jobs));
}

#define PART_TEST(part, function) g_test_add_func("/" part "/" #function, function)

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    PART_TEST("cache", the_page_that_was_used_longest_ago_makes_room);
    PART_TEST("cache", a_commit_ends_every_page);
    PART_TEST("cache", who_waits_is_given_the_page);
    PART_TEST("cache", who_waits_for_nothing_does_it_alone);
    PART_TEST("cache", the_short_way_knows_time_and_commits);
    PART_TEST("throttle", tokens_come_back_with_time);
    PART_TEST("throttle", a_household_is_one_address);
    PART_TEST("throttle", a_flood_of_addresses_does_not_free_who_asks_all_the_time);
    PART_TEST("throttle", connections_are_counted);
    PART_TEST("range", ranges_are_read);
    PART_TEST("compress", what_is_compressed_comes_back);
    PART_TEST("live", frames_are_read_in_pieces);
    PART_TEST("live", what_was_replayed_is_not_sent_again);
    PART_TEST("live", a_viewer_that_does_not_read_is_cut_once);
    PART_TEST("live", the_ring_keeps_so_many);
    PART_TEST("pool", the_pool_ends_what_waits);
    return g_test_run();
}
