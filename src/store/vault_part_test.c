/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* vault_part_test.c: what comes in pieces is there after a cut, a restart and a full disk; and only one writes at a time. */
#include "base/base_test.h"
#include "base/id.h"
#include "base/log.h"
#include "store/vault_room.h"

#include <glib.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { KB = 1024 };

typedef struct PartTest {
    Ctx ctx;
    const char *path;
    char *url;
    Vault *vault;
    i64 id;
} PartTest;

#define assert_fault(ctx, kind_) g_assert_cmpint(fault_take(ctx).kind, ==, kind_)

static Ctx new_ctx(void)
{
    return (Ctx){.arena = arena_new(0), .actor = &actor_system, .now = clock_now()};
}

/* The arena ends before the vault, as the vault asks. */
static void reopen(PartTest *t)
{
    const char *why = NULL;
    if (t->vault) {
        arena_free(t->ctx.arena);
        vault_close(t->vault);
        t->ctx = new_ctx();
    }
    t->vault = vault_open(t->url, &why);
    g_assert_cmpstr(why, ==, NULL);
}

static void set_up(PartTest *t, const void *unused)
{
    t->path = test_folder();
    t->url = g_strconcat("file:", t->path, NULL);
    t->ctx = new_ctx();
    t->id = id_new(t->ctx.now);
    reopen(t);
    g_assert_true(vault_part_make(&t->ctx, t->vault, t->id));
}

static void tear_down(PartTest *t, const void *unused)
{
    arena_free(t->ctx.arena);
    vault_close(t->vault);
    g_free(t->url);
}

static VaultPart *open_part(PartTest *t, bool apart)
{
    VaultPart *p = vault_part_open(&t->ctx, t->vault, t->id, apart);
    g_assert_nonnull(p);
    return p;
}

static void add(PartTest *t, VaultPart *p, const char *text)
{
    g_assert_true(vault_part_append(&t->ctx, p, text, strlen(text)));
}

static i64 size_of(PartTest *t)
{
    i64 size = vault_part_size(&t->ctx, t->vault, t->id);
    g_assert_false(faulted(&t->ctx));
    return size;
}

static void put(PartTest *t, const char *text, bool apart)
{
    VaultPart *p = open_part(t, apart);
    add(t, p, text);
    g_assert_true(vault_part_settle(&t->ctx, p));
    vault_part_close(p);
}

/* ---- growing ---- */

static void pieces_become_one_file(PartTest *t, const void *unused)
{
    const char *sha256;
    i64 size;
    put(t, "Palacio ", false);
    put(t, "Municipal", true);
    g_assert_cmpint(size_of(t), ==, 17);
    VaultPart *p = open_part(t, false);
    g_assert_true(vault_part_keep(&t->ctx, p, &sha256, &size));
    g_assert_cmpint(size, ==, 17);
    g_assert_true(vault_has(t->vault, sha256) && vault_verify(&t->ctx, t->vault, sha256));
    g_autofree char *wanted = g_compute_checksum_for_string(G_CHECKSUM_SHA256, "Palacio Municipal", -1);
    g_assert_cmpstr(sha256, ==, wanted);
}

static void what_came_stays_when_the_sender_goes_away(PartTest *t, const void *unused)
{
    Ctx request = new_ctx();
    VaultPart *p = vault_part_open(&request, t->vault, t->id, false);
    g_assert_true(vault_part_append(&request, p, "half", 4));
    arena_free(request.arena); /* the connection broke */
    g_assert_cmpint(size_of(t), ==, 4);
    g_assert_cmpint(vault_part_at(open_part(t, false)), ==, 4);
}

static void what_came_apart_counts_only_when_it_is_settled(PartTest *t, const void *unused)
{
    Ctx request = new_ctx();
    put(t, "good", false);
    VaultPart *p = vault_part_open(&request, t->vault, t->id, true);
    g_assert_true(vault_part_append(&request, p, "unsure", 6));
    g_assert_cmpint(vault_part_at(p), ==, 10);
    arena_free(request.arena);
    g_assert_cmpint(size_of(t), ==, 4);
}

static void a_part_is_found_again(PartTest *t, const void *unused)
{
    put(t, "before", false);
    reopen(t);
    put(t, " after", true);
    g_assert_cmpint(size_of(t), ==, 12);
}

static void a_part_is_cut(PartTest *t, const void *unused)
{
    put(t, "123456", false);
    VaultPart *p = open_part(t, false);
    g_assert_true(vault_part_truncate(&t->ctx, p, 5));
    add(t, p, "7");
    g_assert_true(vault_part_settle(&t->ctx, p));
    g_assert_cmpint(size_of(t), ==, 6);
}

/* ---- one at a time ---- */

static void the_second_is_refused_while_the_first_sends(PartTest *t, const void *unused)
{
    VaultPart *first = open_part(t, false);
    add(t, first, "1");
    g_assert_null(vault_part_open(&t->ctx, t->vault, t->id, false));
    assert_fault(&t->ctx, FAULT_LOCKED);
    g_assert_true(vault_part_held(t->vault, t->id));
    vault_part_close(first);
    g_assert_false(vault_part_held(t->vault, t->id));
    g_assert_nonnull(open_part(t, false));
}

static void who_brings_nothing_for_long_loses_it(PartTest *t, const void *unused)
{
    VaultPart *first = open_part(t, false);
    add(t, first, "1");
    g_usleep(VAULT_PART_STALLED + 200 * 1000);
    g_assert_false(vault_part_held(t->vault, t->id));
    VaultPart *second = open_part(t, false);
    g_assert_cmpint(vault_part_at(second), ==, 1);
    g_assert_false(vault_part_append(&t->ctx, first, "x", 1));
    assert_fault(&t->ctx, FAULT_LOCKED);
    add(t, second, "2");
    g_assert_cmpint(size_of(t), ==, 2);
}

/* Another node works on the same folder. */
static void another_process_is_kept_out_too(PartTest *t, const void *unused)
{
    VaultPart *p = open_part(t, false);
    pid_t child = fork();
    if (child == 0) {
        const char *why = NULL;
        Ctx ctx = new_ctx();
        Vault *other = vault_open(t->url, &why);
        bool refused = other && !vault_part_open(&ctx, other, t->id, false) && fault_take(&ctx).kind == FAULT_LOCKED;
        _exit(refused ? 0 : 1);
    }
    int status = 0;
    g_assert_cmpint(waitpid(child, &status, 0), ==, child);
    g_assert_cmpint(status, ==, 0);
    vault_part_close(p);
}

/* ---- whole ---- */

static void a_whole_part_stays_and_takes_nothing_more(PartTest *t, const void *unused)
{
    const char *kept, *again;
    i64 size;
    put(t, "whole", false);
    VaultPart *p = open_part(t, false);
    g_assert_true(vault_part_keep(&t->ctx, p, &kept, &size));
    vault_part_close(p);
    g_autofree char *first = g_strdup(kept);
    reopen(t); /* it was killed before anybody noted what became of it */
    p = open_part(t, true);
    g_assert_true(vault_part_whole(p));
    g_assert_false(vault_part_append(&t->ctx, p, "x", 1));
    assert_fault(&t->ctx, FAULT_BROKEN);
    g_assert_false(vault_part_truncate(&t->ctx, p, 1));
    assert_fault(&t->ctx, FAULT_BROKEN);
    g_assert_true(vault_part_keep(&t->ctx, p, &again, &size));
    g_assert_cmpstr(first, ==, again);
    vault_part_drop(t->vault, t->id);
    g_assert_cmpint(size_of(t), ==, NONE);
    g_assert_true(vault_verify(&t->ctx, t->vault, first));
}

static void equal_bytes_are_kept_once(PartTest *t, const void *unused)
{
    const char *first, *second;
    i64 size, other = id_new(t->ctx.now);
    put(t, "same", false);
    VaultPart *p = open_part(t, false);
    g_assert_true(vault_part_keep(&t->ctx, p, &first, &size));
    g_assert_true(vault_part_make(&t->ctx, t->vault, other));
    VaultPart *q = vault_part_open(&t->ctx, t->vault, other, false);
    g_assert_true(vault_part_append(&t->ctx, q, "same", 4) && vault_part_settle(&t->ctx, q));
    g_assert_true(vault_part_keep(&t->ctx, q, &second, &size));
    g_assert_cmpstr(first, ==, second);
    g_assert_true(vault_verify(&t->ctx, t->vault, first));
}

/* ---- no room, and nobody ---- */

static void a_full_disk_keeps_what_came_and_goes_on_later(PartTest *t, const void *unused)
{
    struct rlimit before, small;
    char bytes[KB] = {0};
    getrlimit(RLIMIT_FSIZE, &before);
    small = (struct rlimit){2 * KB + 100, before.rlim_max};
    signal(SIGXFSZ, SIG_IGN);
    VaultPart *p = open_part(t, false);
    g_assert_cmpint(setrlimit(RLIMIT_FSIZE, &small), ==, 0);
    bool fine = vault_part_append(&t->ctx, p, bytes, KB) && vault_part_append(&t->ctx, p, bytes, KB);
    bool more = vault_part_append(&t->ctx, p, bytes, KB);
    g_assert_cmpint(setrlimit(RLIMIT_FSIZE, &before), ==, 0);
    g_assert_true(fine && !more);
    assert_fault(&t->ctx, FAULT_FULL);
    vault_part_close(p);
    g_assert_cmpint(size_of(t), ==, 2 * KB + 100);
    put(t, "there is room", true);
    g_assert_cmpint(size_of(t), ==, 2 * KB + 113);
}

static void a_piece_that_does_not_fit_leaves_the_part_as_it_was(PartTest *t, const void *unused)
{
    struct rlimit before, small;
    char bytes[KB] = {0};
    getrlimit(RLIMIT_FSIZE, &before);
    small = (struct rlimit){KB + 100, before.rlim_max};
    signal(SIGXFSZ, SIG_IGN);
    put(t, "1234567890", false);
    VaultPart *p = open_part(t, true);
    g_assert_true(vault_part_append(&t->ctx, p, bytes, KB) && vault_part_append(&t->ctx, p, bytes, 100));
    g_assert_cmpint(setrlimit(RLIMIT_FSIZE, &small), ==, 0);
    bool settled = vault_part_settle(&t->ctx, p);
    g_assert_cmpint(setrlimit(RLIMIT_FSIZE, &before), ==, 0);
    g_assert_false(settled);
    assert_fault(&t->ctx, FAULT_FULL);
    g_assert_cmpint(size_of(t), ==, 10);
}

static void what_is_not_there_is_said(PartTest *t, const void *unused)
{
    i64 nobody = id_new(t->ctx.now);
    g_assert_cmpint(vault_part_size(&t->ctx, t->vault, nobody), ==, NONE);
    g_assert_null(vault_part_open(&t->ctx, t->vault, nobody, false));
    assert_fault(&t->ctx, FAULT_NOT_FOUND);
    vault_part_drop(t->vault, nobody);
}

static void forgotten_parts_are_swept_after_two_days(PartTest *t, const void *unused)
{
    put(t, "alone", false);
    vault_sweep(t->vault, clock_now() + CLOCK_DAY);
    g_assert_cmpint(size_of(t), ==, 5);
    vault_sweep(t->vault, clock_now() + 3 * CLOCK_DAY);
    g_assert_cmpint(size_of(t), ==, NONE);
}

#define PART_TEST(name) g_test_add("/part/" #name, PartTest, NULL, set_up, name, tear_down)

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    log_level(LOG_SILENT);
    PART_TEST(pieces_become_one_file);
    PART_TEST(what_came_stays_when_the_sender_goes_away);
    PART_TEST(what_came_apart_counts_only_when_it_is_settled);
    PART_TEST(a_part_is_found_again);
    PART_TEST(a_part_is_cut);
    PART_TEST(the_second_is_refused_while_the_first_sends);
    PART_TEST(who_brings_nothing_for_long_loses_it);
    PART_TEST(another_process_is_kept_out_too);
    PART_TEST(a_whole_part_stays_and_takes_nothing_more);
    PART_TEST(equal_bytes_are_kept_once);
    PART_TEST(a_full_disk_keeps_what_came_and_goes_on_later);
    PART_TEST(a_piece_that_does_not_fit_leaves_the_part_as_it_was);
    PART_TEST(what_is_not_there_is_said);
    PART_TEST(forgotten_parts_are_swept_after_two_days);
    return g_test_run();
}
