/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* media_pool_test.c: a program that works on pictures and does everything wrong that it can. */
#include "base/base_test.h"
#include "media/media_room.h"
#include "media/media_test_pictures.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <signal.h>
#include <unistd.h>

enum { SIDE = 64 };

static const char *liar; /* the program */
static const Actor english = {.tongue = TONGUE_EN};

typedef struct Bench {
    Arena *arena;
    Ctx ctx;
    const char *folder, *picture;
    Vault *vault;
    Media *media;
} Bench;

static void set_up(Bench *b, const void *unused)
{
    const char *why = NULL;
    b->arena = arena_new(64 * 1024 * 1024);
    b->ctx = (Ctx){.arena = b->arena, .actor = &english};
    b->folder = test_folder();
    const char *scene = picture_scene(b->arena, b->folder, "a.ppm", 1, SIDE, SIDE);
    b->picture = picture_made(b->arena, "copy", scene, arena_printf(b->arena, "%s/a.jpg", b->folder), NULL);
    b->vault = vault_open(arena_printf(b->arena, "file:%s/vault", b->folder), &why);
    b->media = media_new(liar, 2);
    g_assert_nonnull(b->vault);
}

static void tear_down(Bench *b, const void *unused)
{
    media_free(b->media);
    vault_close(b->vault);
    arena_free(b->arena);
}

/* Asks for one copy, called how; true when it came. */
static bool asked(Bench *b, Ctx *ctx, const char *how)
{
    const MediaWish wish = {.variant = how, .type = "image/jpeg", .width = SIDE};
    const MediaRecipe recipe = {.wishes = &wish, .wish_count = 1};
    List copies;
    int fd = open(b->picture, O_RDONLY);
    g_assert_cmpint(fd, >=, 0);
    bool made = media_make(ctx, b->media, b->vault, fd, &recipe, &copies);
    g_assert_cmpint(fcntl(fd, F_GETFD), >=, 0); /* it stays open here */
    close(fd);
    if (made) {
        const MediaCopy *c = copies.items;
        g_assert_cmpint((i64)copies.count, ==, 1);
        g_assert_cmpstr(c->variant, ==, how);
        g_assert_true(vault_has(b->vault, c->sha256));
    }
    return made;
}

static void works(Bench *b)
{
    if (!asked(b, &b->ctx, "good"))
        g_error("%s", b->ctx.fault.what);
}

static void refused(Bench *b, const char *how, FaultKind kind, const char *because)
{
    if (asked(b, &b->ctx, how))
        g_error("“%s” was believed", how);
    Fault f = fault_take(&b->ctx);
    if (f.kind != kind || !strstr(f.what, because))
        g_error("“%s”: fault %d, %s", how, f.kind, f.what);
}

static pid_t one_process(Bench *b)
{
    pid_t pids[POOL_MAX];
    g_assert_cmpint(pool_processes(media_pool(b->media), pids), ==, 1);
    return pids[0];
}

static void limit(Bench *b, i64 patience, int recycle)
{
    pool_limit(media_pool(b->media), (PoolLimits){.cpu_seconds = 30, .patience = patience, .recycle = recycle});
}

/* ---- what it says is not believed ---- */

static void copies_are_as_they_were_wished_or_refused(Bench *b, const void *unused)
{
    static const char *const lies[] = {"crc", "long", "before", "wide", "far", "type", "name", "none", "many", "text"};
    works(b);
    for (size_t i = 0; i < COUNT(lies); i++)
        refused(b, lies[i], FAULT_BROKEN, "vocero-pictures gave");
    works(b);
}

static void its_words_reach_nobody_unless_they_are_ours(Bench *b, const void *unused)
{
    MediaFacts facts;
    int fd = open(b->picture, O_RDONLY);
    g_assert_false(media_inspect(&b->ctx, b->media, fd, false, &facts));
    g_assert_cmpstr(b->ctx.fault.what, ==, "The picture cannot be read: it is damaged, or was cut off on its way.");
    g_assert_cmpint(b->ctx.fault.kind, ==, FAULT_INVALID);
    close(fd);
}

static void babble_ends_it(Bench *b, const void *unused)
{
    refused(b, "babble", FAULT_BUSY, "Try again");
    works(b);
}

/* ---- it ends ---- */

static void a_process_that_dies_takes_one_answer_with_it(Bench *b, const void *unused)
{
    works(b);
    refused(b, "crash", FAULT_BUSY, "Try again");
    works(b);
    refused(b, "leave", FAULT_BUSY, "Try again");
    works(b);
}

static void a_picture_that_kills_thrice_is_refused(Bench *b, const void *unused)
{
    refused(b, "crash", FAULT_BUSY, "Try again");
    refused(b, "crash", FAULT_BUSY, "Try again");
    refused(b, "crash", FAULT_INVALID, "stopped in the middle");
    works(b);
}

static void limits_are_the_pictures_fault(Bench *b, const void *unused)
{
    refused(b, "abort", FAULT_INVALID, "more memory or time");
    works(b);
}

static void waiting_has_an_end(Bench *b, const void *unused)
{
    limit(b, CLOCK_SECOND / 2, MEDIA_RECYCLE);
    i64 before = clock_monotonic();
    refused(b, "hang", FAULT_INVALID, "too long");
    g_assert_cmpint(clock_monotonic() - before, <, 5 * CLOCK_SECOND);
    limit(b, 60 * CLOCK_SECOND, MEDIA_RECYCLE);
    works(b);
}

static void one_killed_while_idle_is_replaced_unnoticed(Bench *b, const void *unused)
{
    works(b);
    pid_t first = one_process(b);
    kill(first, SIGKILL);
    g_usleep(50000);
    works(b);
    g_assert_cmpint(one_process(b), !=, first);
}

typedef struct Waiter {
    Bench *bench;
    const char *how;
    FaultKind kind; /* what came of it */
} Waiter;

static void *wait_for_it(void *to)
{
    Waiter *w = to;
    Arena *arena = arena_new(0);
    Ctx ctx = {.arena = arena, .actor = &english};
    asked(w->bench, &ctx, w->how);
    w->kind = ctx.fault.kind;
    arena_free(arena);
    return NULL;
}

static void one_killed_in_the_middle_is_to_be_asked_again(Bench *b, const void *unused)
{
    Waiter w = {b, "hang", FAULT_NONE};
    works(b);
    pid_t first = one_process(b);
    GThread *thread = g_thread_new("waiter", wait_for_it, &w);
    g_usleep(200000);
    kill(first, SIGKILL);
    g_thread_join(thread);
    g_assert_cmpint(w.kind, ==, FAULT_BUSY);
    works(b);
}

/* ---- many ---- */

static void it_is_replaced_after_so_many_pictures(Bench *b, const void *unused)
{
    limit(b, 60 * CLOCK_SECOND, 2);
    works(b);
    pid_t first = one_process(b);
    works(b);
    for (int turn = 0; turn < 1000 && kill(first, 0) == 0; turn++)
        g_usleep(10000); /* it is being buried */
    g_assert_true(kill(first, 0) != 0 && errno == ESRCH);
    works(b);
    g_assert_cmpint(one_process(b), !=, first);
}

static void two_threads_are_served_by_two_processes(Bench *b, const void *unused)
{
    enum { THREADS = 6 };
    Waiter waiters[THREADS];
    GThread *threads[THREADS];
    pid_t pids[POOL_MAX];
    for (int i = 0; i < THREADS; i++) {
        waiters[i] = (Waiter){b, "good", FAULT_BROKEN};
        threads[i] = g_thread_new("waiter", wait_for_it, &waiters[i]);
    }
    for (int i = 0; i < THREADS; i++) {
        g_thread_join(threads[i]);
        g_assert_cmpint(waiters[i].kind, ==, FAULT_NONE);
    }
    g_assert_cmpint(pool_processes(media_pool(b->media), pids), <=, 2);
}

static void none_outlives_the_media(Bench *b, const void *unused)
{
    works(b);
    pid_t pid = one_process(b);
    media_free(b->media);
    b->media = NULL;
    g_assert_true(kill(pid, 0) != 0 && errno == ESRCH);
}

static void without_the_program_somebody_hears_the_cure(Bench *b, const void *unused)
{
    media_free(b->media);
    b->media = media_new("/nowhere/vocero-pictures", 1);
    g_assert_nonnull(strstr(media_trouble(&b->ctx, b->media), "make install"));
    refused(b, "good", FAULT_UNSUPPORTED, "/nowhere/vocero-pictures");
    media_free(b->media);
    b->media = media_new("/bin/true", 1);
    g_assert_nonnull(strstr(media_trouble(&b->ctx, b->media), "ends before it begins"));
    media_free(b->media);
    b->media = media_new(liar, 1);
    g_assert_null(media_trouble(&b->ctx, b->media));
}

#define CASE(name) g_test_add("/media_pool/" #name, Bench, NULL, set_up, name, tear_down)

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_autofree char *folder = g_path_get_dirname(argv[0]);
    g_autofree char *path = g_build_filename(folder, "pictures_liar", NULL);
    g_autofree char *whole = g_canonicalize_filename(path, NULL);
    liar = whole;
    CASE(copies_are_as_they_were_wished_or_refused);
    CASE(its_words_reach_nobody_unless_they_are_ours);
    CASE(babble_ends_it);
    CASE(a_process_that_dies_takes_one_answer_with_it);
    CASE(a_picture_that_kills_thrice_is_refused);
    CASE(limits_are_the_pictures_fault);
    CASE(waiting_has_an_end);
    CASE(one_killed_while_idle_is_replaced_unnoticed);
    CASE(one_killed_in_the_middle_is_to_be_asked_again);
    CASE(it_is_replaced_after_so_many_pictures);
    CASE(two_threads_are_served_by_two_processes);
    CASE(none_outlives_the_media);
    CASE(without_the_program_somebody_hears_the_cure);
    return g_test_run();
}
