/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* folder_test.c: the folders of tests are empty, and go with their process, however it ends. */
#include "base/base.h"
#include "base/base_test.h"

#include <glib.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static unsigned names_in(const char *folder)
{
    unsigned n = 0;
    GDir *dir = g_dir_open(folder, 0, NULL);
    g_assert_nonnull(dir);
    while (g_dir_read_name(dir))
        n++;
    g_dir_close(dir);
    return n;
}

static void write_in(const char *folder, const char *name)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_assert_true(g_file_set_contents(path, "text", -1, NULL));
}

static bool has(const char *folder, const char *name)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    return g_file_test(path, G_FILE_TEST_EXISTS);
}

/* ---- processes of their own: they make their folders in OUTSIDE/tmp; what lies in OUTSIDE/desk is not theirs ---- */
static void fill(void)
{
    const char *folder = test_folder(), *outside = g_getenv("OUTSIDE");
    g_autofree char *shut = g_build_filename(folder, "shut", NULL), *link = g_build_filename(folder, "link", NULL),
                    *desk = g_build_filename(outside, "desk", NULL);
    g_assert_true(g_str_has_prefix(folder, outside));
    g_assert_true(g_mkdir(shut, 0700) == 0 && symlink(desk, link) == 0);
    write_in(folder, "file");
    write_in(shut, "file");
    g_assert_cmpint(chmod(shut, 0), ==, 0);
}

static void fill_and_be_killed(void)
{
    fill();
    raise(SIGKILL);
}

static void fork_a_child(void)
{
    const char *folder = test_folder();
    write_in(folder, "file");
    for (int asks = 0; asks < 2; asks++) {
        pid_t child = fork();
        if (child == 0) {
            if (asks)
                write_in(test_folder(), "file");
            exit(0);
        }
        int status = -1;
        g_assert_cmpint(waitpid(child, &status, 0), ==, child);
        g_assert_cmpint(status, ==, 0);
        g_assert_true(has(folder, "file"));
    }
    g_assert_cmpuint(names_in(test_folder()), ==, 0);
}

static const char *begin_outside(void)
{
    const char *outside = test_folder();
    g_autofree char *tmp = g_build_filename(outside, "tmp", NULL), *desk = g_build_filename(outside, "desk", NULL);
    g_assert_true(g_mkdir(tmp, 0700) == 0 && g_mkdir(desk, 0700) == 0);
    write_in(desk, "letter");
    g_setenv("OUTSIDE", outside, true);
    g_setenv("TMPDIR", tmp, true);
    return outside;
}

/* What one process after another left behind. */
static unsigned left_in(const char *outside)
{
    g_autofree char *tmp = g_build_filename(outside, "tmp", NULL);
    return names_in(tmp);
}

/* ---- what is promised ---- */
static void a_folder_is_new_empty_and_the_owners_alone(void)
{
    const char *folders[] = {test_folder(), test_folder(), test_folder_in_memory(), test_folder_in_memory()};
    for (size_t i = 0; i < COUNT(folders); i++) {
        struct stat s;
        g_assert_cmpint(stat(folders[i], &s), ==, 0);
        g_assert_cmpint(s.st_mode & 07777, ==, 0700);
        g_assert_cmpuint(names_in(folders[i]), ==, 0);
        write_in(folders[i], "file"); /* the next one must not be this one */
    }
}

static void it_goes_at_the_end_and_links_are_not_followed(void)
{
    const char *outside = begin_outside();
    g_test_trap_subprocess("/folder/subprocess/fills", 0, 0);
    g_test_trap_assert_passed();
    g_assert_cmpuint(left_in(outside), ==, 0);
    g_assert_true(has(outside, "desk/letter"));
}

static void who_is_killed_is_swept_by_the_next(void)
{
    const char *outside = begin_outside();
    g_test_trap_subprocess("/folder/subprocess/is_killed", 0, 0);
    g_test_trap_assert_failed();
    g_assert_cmpuint(left_in(outside), ==, 1);
    g_test_trap_subprocess("/folder/subprocess/fills", 0, 0);
    g_test_trap_assert_passed();
    g_assert_cmpuint(left_in(outside), ==, 0);
    g_assert_true(has(outside, "desk/letter"));
}

static void what_only_looks_like_one_stays(void)
{
    const char *outside = begin_outside();
    g_autofree char *tmp = g_build_filename(outside, "tmp", NULL), *desk = g_build_filename(outside, "desk", NULL),
                    *link = g_build_filename(tmp, "vocero-test-999999999-link", NULL);
    g_assert_cmpint(symlink(desk, link), ==, 0);
    write_in(tmp, "vocero-test-999999999-file");
    write_in(tmp, "vocero-test-file");
    g_test_trap_subprocess("/folder/subprocess/fills", 0, 0);
    g_test_trap_assert_passed();
    g_assert_cmpuint(left_in(outside), ==, 3);
    g_assert_true(has(outside, "desk/letter"));
}

static void a_forked_child_takes_away_only_its_own(void)
{
    const char *outside = begin_outside();
    g_test_trap_subprocess("/folder/subprocess/forks", 0, 0);
    g_test_trap_assert_passed();
    g_assert_cmpuint(left_in(outside), ==, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/folder/subprocess/fills", fill);
    g_test_add_func("/folder/subprocess/is_killed", fill_and_be_killed);
    g_test_add_func("/folder/subprocess/forks", fork_a_child);
#define TEST(name) g_test_add_func("/folder/" #name, name)
    TEST(a_folder_is_new_empty_and_the_owners_alone);
    TEST(it_goes_at_the_end_and_links_are_not_followed);
    TEST(who_is_killed_is_swept_by_the_next);
    TEST(what_only_looks_like_one_stays);
    TEST(a_forked_child_takes_away_only_its_own);
    return g_test_run();
}
