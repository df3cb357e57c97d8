/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* vault_test.c: bytes come back as they were given, once, and nothing else can be reached. */
#include "store/vault.h"
#include "base/base_test.h"
#include "base/log.h"
#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MB = 1024 * 1024 };

typedef struct VaultTest {
    Ctx ctx;
    char *path;
    Vault *vault;
} VaultTest;

#define assert_fault(ctx, kind_) g_assert_cmpint(fault_take(ctx).kind, ==, kind_)

static void set_up(VaultTest *t, const void *unused)
{
    t->path = g_build_filename(test_folder(), "files", NULL);
    g_autofree char *url = g_strconcat("file:", t->path, NULL);
    const char *why = NULL;
    t->ctx = (Ctx){.arena = arena_new(0), .actor = &actor_system, .now = clock_now()};
    t->vault = vault_open(url, &why);
    g_assert_cmpstr(why, ==, NULL);
    g_assert_nonnull(t->vault);
}

static void tear_down(VaultTest *t, const void *unused)
{
    arena_free(t->ctx.arena); /* drops what is still on its way */
    vault_close(t->vault);
    g_free(t->path);
}

/* ---- helpers ---- */
static const char *keep(VaultTest *t, const char *bytes, size_t n)
{
    const char *sha256 = NULL;
    i64 size = -1;
    VaultWriter *w = vault_begin(&t->ctx, t->vault, 10 * MB);
    g_assert_true(vault_add(&t->ctx, w, bytes, n));
    g_assert_true(vault_keep(&t->ctx, w, &sha256, &size));
    g_assert_cmpint(size, ==, (i64)n);
    return sha256;
}

static const char *file_of(VaultTest *t, const char *sha256)
{
    return arena_printf(t->ctx.arena, "%s/%.2s/%s", t->path, sha256, sha256 + 2);
}

/* How many files are in a folder, and in the folders below it. */
static int files_below(const char *path)
{
    int n = 0;
    GDir *dir = g_dir_open(path, 0, NULL);
    for (const char *name = dir ? g_dir_read_name(dir) : NULL; name; name = g_dir_read_name(dir)) {
        g_autofree char *inside = g_build_filename(path, name, NULL);
        n += g_file_test(inside, G_FILE_TEST_IS_DIR) ? files_below(inside) : 1;
    }
    if (dir)
        g_dir_close(dir);
    return n;
}

static mode_t mode_of(const char *path)
{
    struct stat about;
    g_assert_cmpint(lstat(path, &about), ==, 0);
    return about.st_mode & 07777;
}

static void assert_content(VaultTest *t, const char *sha256, const char *bytes, size_t n)
{
    i64 size = -1;
    int fd = vault_fd(&t->ctx, t->vault, sha256, &size);
    g_assert_cmpint(fd, >=, 0);
    g_assert_cmpint(size, ==, (i64)n);
    char *found = arena_bytes(t->ctx.arena, n + 1);
    g_assert_cmpint(read(fd, found, n + 1), ==, (ssize_t)n);
    g_assert_cmpmem(found, n, bytes, n);
    close(fd);
    Bytes mapped;
    g_assert_true(vault_map(&t->ctx, t->vault, sha256, &mapped));
    g_assert_cmpmem(mapped.data, mapped.size, bytes, n);
}

/* ---- in and out ---- */
static void bytes_come_back(VaultTest *t, const void *unused)
{
    const char *sha256 = keep(t, "hola\0mundo", 10);
    g_autofree char *expected =
        g_compute_checksum_for_data(G_CHECKSUM_SHA256, (void *)"hola\0mundo", 10);
    g_assert_cmpstr(sha256, ==, expected);
    g_assert_true(vault_has(t->vault, sha256));
    g_assert_true(vault_verify(&t->ctx, t->vault, sha256));
    assert_content(t, sha256, "hola\0mundo", 10);
}

static void nothing_at_all_is_a_file_too(VaultTest *t, const void *unused)
{
    const char *sha256 = keep(t, "", 0);
    g_assert_cmpstr(sha256, ==, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assert_content(t, sha256, "", 0);
}

static void only_the_owner_may_look(VaultTest *t, const void *unused)
{
    const char *sha256 = keep(t, "a", 1);
    const char *file = file_of(t, sha256);
    g_autofree char *fan = g_path_get_dirname(file);
    g_autofree char *fresh = g_build_filename(t->path, "new", NULL);
    g_assert_cmpint(mode_of(t->path), ==, 0700);
    g_assert_cmpint(mode_of(fresh), ==, 0700);
    g_assert_cmpint(mode_of(fan), ==, 0700);
    g_assert_cmpint(mode_of(file), ==, 0600);
}

static void the_same_content_is_kept_once(VaultTest *t, const void *unused)
{
    const char *first = keep(t, "una foto", 8);
    const char *second = keep(t, "una foto", 8);
    g_assert_cmpstr(first, ==, second);
    g_assert_cmpint(files_below(t->path), ==, 1);
    keep(t, "otra foto", 9);
    g_assert_cmpint(files_below(t->path), ==, 2);
}

static void a_vault_is_found_again(VaultTest *t, const void *unused)
{
    const char *sha256 = keep(t, "a", 1), *why = NULL;
    g_autofree char *url = g_strconcat("file:", t->path, NULL);
    Vault *again = vault_open(url, &why);
    g_assert_nonnull(again);
    g_assert_true(vault_has(again, sha256));
    vault_close(again);
}

static void what_is_deleted_is_gone(VaultTest *t, const void *unused)
{
    i64 size;
    const char *sha256 = keep(t, "a", 1);
    g_assert_true(vault_delete(&t->ctx, t->vault, sha256));
    g_assert_false(vault_has(t->vault, sha256));
    g_assert_cmpint(vault_fd(&t->ctx, t->vault, sha256, &size), ==, -1);
    assert_fault(&t->ctx, FAULT_NOT_FOUND);
    g_assert_false(vault_delete(&t->ctx, t->vault, sha256));
    assert_fault(&t->ctx, FAULT_NOT_FOUND);
    g_assert_cmpint(files_below(t->path), ==, 0);
}

/* ---- uploads ---- */
static void a_dropped_upload_leaves_nothing(VaultTest *t, const void *unused)
{
    VaultWriter *w = vault_begin(&t->ctx, t->vault, MB);
    g_assert_true(vault_add(&t->ctx, w, "half", 4));
    g_assert_cmpint(files_below(t->path), ==, 1);
    vault_drop(w);
    g_assert_cmpint(files_below(t->path), ==, 0);
    vault_drop(w);
    vault_drop(NULL);
}

static void an_upload_ends_with_its_request(VaultTest *t, const void *unused)
{
    {
        Lap lap CLEANUP(lap_end) = lap_begin(&t->ctx);
        VaultWriter *w = vault_begin(&t->ctx, t->vault, MB);
        g_assert_true(vault_add(&t->ctx, w, "half", 4));
    }
    g_assert_cmpint(files_below(t->path), ==, 0);
}

static void dropping_what_is_kept_does_nothing(VaultTest *t, const void *unused)
{
    const char *sha256 = NULL;
    i64 size;
    VaultWriter *w = vault_begin(&t->ctx, t->vault, MB);
    g_assert_true(vault_add(&t->ctx, w, "whole", 5));
    g_assert_true(vault_keep(&t->ctx, w, &sha256, &size));
    vault_drop(w);
    g_assert_true(vault_has(t->vault, sha256));
    g_assert_false(vault_add(&t->ctx, w, "more", 4));
    assert_fault(&t->ctx, FAULT_BROKEN);
    g_assert_false(vault_keep(&t->ctx, w, &sha256, &size));
    assert_fault(&t->ctx, FAULT_BROKEN);
}

static void what_is_only_looked_at_is_not_kept(VaultTest *t, const void *unused)
{
    const char *sha256 = NULL;
    i64 size = -1;
    char bytes[16] = {0};
    VaultWriter *w = vault_begin(&t->ctx, t->vault, MB);
    g_assert_true(vault_add(&t->ctx, w, "looked at", 9));
    int fd = vault_glance(&t->ctx, w, &sha256, &size);
    g_assert_cmpint(fd, >=, 0);
    g_assert_cmpint(size, ==, 9);
    g_assert_cmpint((int)read(fd, bytes, sizeof bytes), ==, 9);
    g_assert_cmpstr(bytes, ==, "looked at");
    g_assert_false(vault_has(t->vault, sha256));
    vault_drop(w);
    g_assert_cmpint((int)read(fd, bytes, sizeof bytes), ==, -1);
}

static void a_limit_is_said(VaultTest *t, const void *unused)
{
    const char *sha256 = "untouched";
    i64 size = 7;
    VaultWriter *w = vault_begin(&t->ctx, t->vault, 25000000);
    char *piece = arena_bytes(t->ctx.arena, 5000000);
    for (int i = 0; i < 5; i++)
        g_assert_true(vault_add(&t->ctx, w, piece, 5000000));
    g_assert_false(vault_add(&t->ctx, w, "x", 1));
    Fault f = fault_take(&t->ctx);
    g_assert_cmpint(f.kind, ==, FAULT_TOO_LARGE);
    g_assert_nonnull(strstr(f.what, "25"));
    g_assert_false(vault_keep(&t->ctx, w, &sha256, &size)); /* a part is not the file */
    assert_fault(&t->ctx, FAULT_BROKEN);
    g_assert_cmpstr(sha256, ==, "untouched");
    vault_drop(w);
    g_assert_cmpint(files_below(t->path), ==, 0);
}

static i64 memory_at_most(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (i64)usage.ru_maxrss * 1024;
}

static void a_large_upload_takes_constant_memory(VaultTest *t, const void *unused)
{
    enum { PIECE = 64 * 1024, SIZE = 100 * MB };
    char *piece = arena_bytes(t->ctx.arena, PIECE);
    memset(piece, 'v', PIECE);
    VaultWriter *w = vault_begin(&t->ctx, t->vault, SIZE);
    size_t arena = arena_used(t->ctx.arena);
    i64 memory = memory_at_most();
    for (int i = 0; i < SIZE / PIECE; i++)
        g_assert_true(vault_add(&t->ctx, w, piece, PIECE));
    g_assert_cmpuint(arena_used(t->ctx.arena), ==, arena);
    const char *sha256 = NULL;
    i64 size = 0;
    g_assert_true(vault_keep(&t->ctx, w, &sha256, &size));
    g_assert_cmpint(size, ==, SIZE);
    g_assert_true(vault_verify(&t->ctx, t->vault, sha256));
    g_assert_cmpint(memory_at_most() - memory, <, 16 * MB);
}

/* The kernel's limit on one file writes short first and then not at all, as a full disk does. */
static void a_full_disk_is_said_and_leaves_nothing(VaultTest *t, const void *unused)
{
    struct rlimit before, small = {3 * MB + 100, RLIM_INFINITY};
    getrlimit(RLIMIT_FSIZE, &before);
    small.rlim_max = before.rlim_max;
    signal(SIGXFSZ, SIG_IGN);
    char *bytes = arena_bytes(t->ctx.arena, MB);
    VaultWriter *w = vault_begin(&t->ctx, t->vault, 10 * MB);
    g_assert_cmpint(setrlimit(RLIMIT_FSIZE, &small), ==, 0);
    for (int i = 0; i < 3; i++)
        g_assert_true(vault_add(&t->ctx, w, bytes, MB));
    bool added = vault_add(&t->ctx, w, bytes, MB);
    g_assert_cmpint(setrlimit(RLIMIT_FSIZE, &before), ==, 0);
    g_assert_false(added);
    Fault f = fault_take(&t->ctx);
    g_assert_cmpint(f.kind, ==, FAULT_BUSY);
    g_assert_false(text_blank(f.what));
    vault_drop(w);
    g_assert_cmpint(files_below(t->path), ==, 0);
}

static void unfinished_uploads_are_swept_after_a_day(VaultTest *t, const void *unused)
{
    const char *kept = keep(t, "kept", 4);
    VaultWriter *w = vault_begin(&t->ctx, t->vault, MB);
    g_assert_true(vault_add(&t->ctx, w, "half", 4));
    g_autofree char *other = g_build_filename(t->path, "new", "README", NULL);
    g_assert_true(g_file_set_contents(other, "not ours", -1, NULL));

    vault_sweep(t->vault, clock_now() + CLOCK_DAY - CLOCK_HOUR);
    g_assert_cmpint(files_below(t->path), ==, 3);
    vault_sweep(t->vault, clock_now() + CLOCK_DAY + CLOCK_HOUR);
    g_assert_cmpint(files_below(t->path), ==, 2);
    g_assert_true(vault_has(t->vault, kept));
    g_assert_true(g_file_test(other, G_FILE_TEST_EXISTS));
}

/* ---- damage and deceit ---- */
static void a_tampered_file_is_found_and_healed(VaultTest *t, const void *unused)
{
    const char *sha256 = keep(t, "una foto", 8);
    int fd = open(file_of(t, sha256), O_WRONLY);
    g_assert_cmpint(pwrite(fd, "X", 1, 3), ==, 1);
    close(fd);
    g_assert_false(vault_verify(&t->ctx, t->vault, sha256));
    g_assert_false(faulted(&t->ctx));
    keep(t, "una foto", 8);
    g_assert_true(vault_verify(&t->ctx, t->vault, sha256));
}

static void a_shortened_file_is_found(VaultTest *t, const void *unused)
{
    const char *sha256 = keep(t, "una foto", 8);
    g_assert_cmpint(truncate(file_of(t, sha256), 7), ==, 0);
    g_assert_false(vault_verify(&t->ctx, t->vault, sha256));
    g_assert_false(faulted(&t->ctx));
}

static void assert_refused(VaultTest *t, const char *name)
{
    i64 size = 7;
    g_assert_cmpint(vault_fd(&t->ctx, t->vault, name, &size), ==, -1);
    assert_fault(&t->ctx, FAULT_NOT_FOUND);
    g_assert_cmpint(size, ==, 7);
    g_assert_false(vault_has(t->vault, name));
    g_assert_false(vault_verify(&t->ctx, t->vault, name));
    assert_fault(&t->ctx, FAULT_NOT_FOUND);
    g_assert_false(vault_delete(&t->ctx, t->vault, name));
    assert_fault(&t->ctx, FAULT_NOT_FOUND);
}

static void lying_names_are_refused(VaultTest *t, const void *unused)
{
    const char *sha256 = keep(t, "a", 1);
    g_autofree char *upper = g_ascii_strup(sha256, -1);
    g_autofree char *longer = g_strconcat(sha256, "0", NULL);
    g_autofree char *shorter = g_strndup(sha256, 63);
    g_autofree char *line = g_strdup(sha256);
    line[63] = '\n';
    const char *const names[] = {
        NULL,
        "",
        "new",
        ".",
        "..",
        "../files",
        upper,
        longer,
        shorter,
        line,
        "../../../../../../../../../../../../../../../../../../etc/passwd",
        "ne/w/00000000000000000000000000000000000000000000000000000000000",
    };
    for (size_t i = 0; i < COUNT(names); i++)
        assert_refused(t, names[i]);
    g_assert_true(vault_has(t->vault, sha256));
}

static void links_and_pipes_are_not_files(VaultTest *t, const void *unused)
{
    const char *sha256 = keep(t, "a", 1);
    const char *file = file_of(t, sha256);
    g_assert_cmpint(unlink(file), ==, 0);
    g_assert_cmpint(symlink("/etc/passwd", file), ==, 0);
    i64 size;
    g_assert_cmpint(vault_fd(&t->ctx, t->vault, sha256, &size), ==, -1);
    assert_fault(&t->ctx, FAULT_NOT_FOUND);
    g_assert_false(vault_has(t->vault, sha256));

    g_assert_cmpint(unlink(file), ==, 0);
    g_assert_cmpint(mkfifo(file, 0600), ==, 0);
    g_assert_cmpint(vault_fd(&t->ctx, t->vault, sha256, &size), ==, -1); /* does not wait for it */
    assert_fault(&t->ctx, FAULT_NOT_FOUND);
    keep(t, "a", 1); /* takes the place of whatever is there */
    g_assert_true(vault_verify(&t->ctx, t->vault, sha256));
}

static void a_linked_folder_is_not_followed(VaultTest *t, const void *unused)
{
    const char *sha256 = keep(t, "a", 1);
    g_autofree char *fan = g_path_get_dirname(file_of(t, sha256));
    g_autofree char *elsewhere = g_strconcat(t->path, "-elsewhere", NULL);
    g_assert_cmpint(rename(fan, elsewhere), ==, 0);
    g_assert_cmpint(symlink(elsewhere, fan), ==, 0);
    assert_refused(t, sha256);
    i64 size;
    VaultWriter *w = vault_begin(&t->ctx, t->vault, MB);
    g_assert_true(vault_add(&t->ctx, w, "a", 1));
    g_assert_false(vault_keep(&t->ctx, w, &sha256, &size));
    assert_fault(&t->ctx, FAULT_BROKEN);
    vault_drop(w);
}

static void what_is_no_vault_is_said(VaultTest *t, const void *unused)
{
    g_autofree char *file = g_build_filename(t->path, "a file", NULL);
    g_assert_true(g_file_set_contents(file, "x", -1, NULL));
    g_autofree char *inside = g_strconcat("file:", file, "/vault", NULL);
    const char *const urls[] = {"", "file:", "s3://bucket", "/tmp", inside};
    for (size_t i = 0; i < COUNT(urls); i++) {
        const char *why = NULL;
        g_assert_null(vault_open(urls[i], &why));
        g_assert_false(text_blank(why));
    }
    vault_close(NULL);
}

#define VAULT_TEST(fn) g_test_add("/vault/" #fn, VaultTest, NULL, set_up, fn, tear_down)

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    log_level(LOG_SILENT); /* the disk's failures here are ours */
    VAULT_TEST(bytes_come_back);
    VAULT_TEST(nothing_at_all_is_a_file_too);
    VAULT_TEST(only_the_owner_may_look);
    VAULT_TEST(the_same_content_is_kept_once);
    VAULT_TEST(a_vault_is_found_again);
    VAULT_TEST(what_is_deleted_is_gone);
    VAULT_TEST(a_dropped_upload_leaves_nothing);
    VAULT_TEST(an_upload_ends_with_its_request);
    VAULT_TEST(dropping_what_is_kept_does_nothing);
    VAULT_TEST(what_is_only_looked_at_is_not_kept);
    VAULT_TEST(a_limit_is_said);
    VAULT_TEST(a_large_upload_takes_constant_memory);
    VAULT_TEST(a_full_disk_is_said_and_leaves_nothing);
    VAULT_TEST(unfinished_uploads_are_swept_after_a_day);
    VAULT_TEST(a_tampered_file_is_found_and_healed);
    VAULT_TEST(a_shortened_file_is_found);
    VAULT_TEST(lying_names_are_refused);
    VAULT_TEST(links_and_pipes_are_not_files);
    VAULT_TEST(a_linked_folder_is_not_followed);
    VAULT_TEST(what_is_no_vault_is_said);
    return g_test_run();
}
