/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* lock_test.c: one serve a data folder, and a secret that stays the folder's own. */
#include "app/lock.h"
#include "base/base_test.h"

#include <glib.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct Folder {
    const char *path;
} Folder;

static char *inside(const Folder *f, const char *name)
{
    return g_build_filename(f->path, name, NULL);
}

static void folder_open(Folder *f, const void *unused)
{
    f->path = test_folder();
}

static void the_second_is_refused_until_the_first_lets_go(Folder *f, const void *unused)
{
    int first = lock_data(f->path);
    g_assert_cmpint(first, >=, 0);
    g_assert_cmpint(lock_data(f->path), ==, -1);
    lock_release(first);
    int second = lock_data(f->path);
    g_assert_cmpint(second, >=, 0);
    lock_release(second);
}

static void a_process_that_ends_lets_go(Folder *f, const void *unused)
{
    pid_t child = fork();
    if (child == 0)
        _exit(lock_data(f->path) >= 0 ? 0 : 1); /* never released */
    int status = -1;
    g_assert_cmpint(waitpid(child, &status, 0), ==, child);
    g_assert_cmpint(status, ==, 0);
    int mine = lock_data(f->path);
    g_assert_cmpint(mine, >=, 0);
    lock_release(mine);
}

static void the_lock_says_who_has_it(Folder *f, const void *unused)
{
    g_autofree char *path = inside(f, "vocero.lock"), *who = NULL, *me = g_strdup_printf("%d\n", (int)getpid());
    int lock = lock_data(f->path);
    g_assert_true(g_file_get_contents(path, &who, NULL, NULL));
    g_assert_cmpstr(who, ==, me);
    lock_release(lock);
}

static void a_folder_that_is_not_there_has_no_lock(Folder *f, const void *unused)
{
    g_assert_cmpint(lock_data("/nowhere/at/all"), ==, -1);
    lock_release(-1);
}

static void a_link_is_not_followed(Folder *f, const void *unused)
{
    g_autofree char *path = inside(f, "vocero.lock");
    g_assert_cmpint(symlink("/dev/null", path), ==, 0);
    g_assert_cmpint(lock_data(f->path), ==, -1);
}

static void the_secret_is_made_once_and_for_the_owner_alone(Folder *f, const void *unused)
{
    unsigned char first[32] = {0}, second[32] = {0}, nothing[32] = {0};
    const char *why = NULL;
    g_assert_true(secret_of(f->path, first, &why));
    g_assert_true(secret_of(f->path, second, &why));
    g_assert_cmpmem(first, sizeof first, second, sizeof second);
    g_assert_cmpint(memcmp(first, nothing, sizeof first), !=, 0);
    g_autofree char *path = inside(f, "secret");
    struct stat st;
    g_assert_cmpint(stat(path, &st), ==, 0);
    g_assert_cmpint(st.st_mode & 0777, ==, 0600);
    g_assert_true(g_unlink(path) == 0 && g_rmdir(f->path) == 0); /* nothing else was left behind */
}

static void a_secret_cut_short_is_refused(Folder *f, const void *unused)
{
    g_autofree char *path = inside(f, "secret");
    unsigned char secret[32];
    const char *why = NULL;
    g_assert_true(g_file_set_contents(path, "short", -1, NULL));
    g_assert_false(secret_of(f->path, secret, &why));
    g_assert_nonnull(strstr(why, "too short"));
}

#define ADD(name) g_test_add("/lock/" #name, Folder, NULL, folder_open, name, NULL)

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    ADD(the_second_is_refused_until_the_first_lets_go);
    ADD(a_process_that_ends_lets_go);
    ADD(the_lock_says_who_has_it);
    ADD(a_folder_that_is_not_there_has_no_lock);
    ADD(a_link_is_not_followed);
    ADD(the_secret_is_made_once_and_for_the_owner_alone);
    ADD(a_secret_cut_short_is_refused);
    return g_test_run();
}
