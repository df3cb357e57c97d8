/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* child_test.c: what a child may and may not. */
#include "base/child.h"
#include "base/base_test.h"
#include "base/clock.h"

#include <fcntl.h>
#include <glib.h>
#include <unistd.h>

static const ChildLimits usual = {256 << 20, 5, 10 * CLOCK_SECOND, 64 * 1024};

static ChildFate run(Arena *a, const char *script, const ChildLimits *limits, Bytes *out)
{
    int in = open("/dev/null", O_RDONLY);
    ChildFate fate = child_run(a, (const char *const[]){"sh", "-c", script, NULL}, in, limits, out);
    close(in);
    return fate;
}

static void its_output_is_read_to_the_end(void)
{
    Arena *a CLEANUP(arena_drop) = arena_new(0);
    Bytes out = {0};
    g_assert_cmpint(run(a, "printf hello; printf ' world'", &usual, &out), ==, CHILD_DONE);
    g_assert_cmpmem(out.data, out.size, "hello world", 11);
}

static void it_reads_the_file_that_it_was_given(void)
{
    Arena *a CLEANUP(arena_drop) = arena_new(0);
    Bytes out = {0};
    int pipes[2];
    g_assert_cmpint(pipe(pipes), ==, 0);
    g_assert_cmpint((int)write(pipes[1], "abc", 3), ==, 3);
    close(pipes[1]);
    g_assert_cmpint(child_run(a, (const char *const[]){"cat", NULL}, pipes[0], &usual, &out), ==, CHILD_DONE);
    close(pipes[0]);
    g_assert_cmpmem(out.data, out.size, "abc", 3);
}

static void what_goes_wrong_is_told_apart(void)
{
    Arena *a CLEANUP(arena_drop) = arena_new(0);
    Bytes out = {0};
    ChildLimits little = usual, short_time = usual;
    little.output = 10;
    short_time.timeout = CLOCK_SECOND / 5;
    g_assert_cmpint(child_run(a, (const char *const[]){"no-such-program-here", NULL}, 0, &usual, &out), ==, CHILD_MISSING);
    g_assert_cmpint(run(a, "exit 3", &usual, &out), ==, CHILD_FAILED);
    g_assert_cmpint(run(a, "kill -9 $$", &usual, &out), ==, CHILD_FAILED);
    g_assert_cmpint(run(a, "while :; do echo much; done", &little, &out), ==, CHILD_TALKS);
    i64 began = clock_monotonic();
    g_assert_cmpint(run(a, "while :; do :; done", &short_time, &out), ==, CHILD_LATE);
    g_assert_cmpint(clock_monotonic() - began, <, 3 * CLOCK_SECOND);
    g_assert_cmpint((int)out.size, ==, 0);
}

static void it_writes_no_file_and_sees_only_the_environment_it_is_given(void)
{
    Arena *a CLEANUP(arena_drop) = arena_new(0);
    Bytes out = {0};
    const char *dir = test_folder();
    g_autofree char *script = g_strdup_printf("trap '' XFSZ; echo text > %s/file; test -s %s/file && echo written; echo \"[$HOME$USER]\"", dir, dir);
    g_assert_cmpint(run(a, script, &usual, &out), ==, CHILD_DONE);
    g_assert_cmpmem(out.data, out.size, "[]\n", 3);
    ChildLimits named = usual;
    named.environment = (const char *const[]){"HOME=/nowhere", NULL};
    g_assert_cmpint(run(a, "echo \"[$HOME$USER]\"", &named, &out), ==, CHILD_DONE);
    g_assert_cmpmem(out.data, out.size, "[/nowhere]\n", 11);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/child/its_output_is_read_to_the_end", its_output_is_read_to_the_end);
    g_test_add_func("/child/it_reads_the_file_that_it_was_given", it_reads_the_file_that_it_was_given);
    g_test_add_func("/child/what_goes_wrong_is_told_apart", what_goes_wrong_is_told_apart);
    g_test_add_func("/child/it_writes_no_file_and_sees_only_the_environment_it_is_given", it_writes_no_file_and_sees_only_the_environment_it_is_given);
    return g_test_run();
}
