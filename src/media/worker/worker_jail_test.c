/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* worker_jail_test.c: what a process in the jail cannot do, tried by a program that is in it; and what it still can. */
#include "base/base.h"

#include <fcntl.h>
#include <glib.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

enum { REFUSED = 10, SUCCEEDED = 20 };

static const char *program;

/* The wait status of the program that tries it; its output is a file that nobody keeps. */
static int try(const char *what)
{
    FILE *out = tmpfile(), *in = tmpfile();
    pid_t pid = fork();
    if (pid == 0) {
        dup2(fileno(in), STDIN_FILENO);
        dup2(fileno(out), STDOUT_FILENO);
        execl(program, program, what, NULL);
        _exit(127);
    }
    int status = 0;
    g_assert_cmpint(waitpid(pid, &status, 0), ==, pid);
    fclose(in);
    fclose(out);
    return status;
}

static void refused(const char *what)
{
    int status = try(what);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != REFUSED)
        g_error("%s: exit %d, signal %d", what, WIFEXITED(status) ? WEXITSTATUS(status) : -1, WIFSIGNALED(status) ? WTERMSIG(status) : 0);
}

static void killed(const char *what, int by)
{
    int status = try(what);
    if (!WIFSIGNALED(status) || WTERMSIG(status) != by)
        g_error("%s: exit %d, signal %d", what, WIFEXITED(status) ? WEXITSTATUS(status) : -1, WIFSIGNALED(status) ? WTERMSIG(status) : 0);
}

static void succeeds(const char *what)
{
    int status = try(what);
    g_assert_true(WIFEXITED(status));
    g_assert_cmpint(WEXITSTATUS(status), ==, SUCCEEDED);
}

static void paths_lead_nowhere(void)
{
    refused("open");
    refused("create");
    refused("stat");
    refused("unlink");
}

static void who_wants_a_socket_ends(void)
{
    killed("socket", SIGSYS);
}

static void who_wants_another_process_ends(void)
{
    killed("exec", SIGSYS);
    killed("fork", SIGSYS);
    killed("kill", SIGSYS);
}

static void what_was_written_is_not_run(void)
{
    refused("code");
}

static void four_gigabytes_are_not_given(void)
{
    refused("memory");
}

static void limits_stay(void)
{
    refused("limit");
}

static void a_file_has_an_end(void)
{
    killed("write", SIGXFSZ);
}

static void computing_for_ever_ends(void)
{
    killed("spin", SIGXCPU);
}

static void what_the_work_needs_is_left(void)
{
    succeeds("work");
    succeeds("thread");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_autofree char *folder = g_path_get_dirname(argv[0]);
    g_autofree char *path = g_build_filename(folder, "jail_probe", NULL);
    program = path;
    g_test_add_func("/jail/paths_lead_nowhere", paths_lead_nowhere);
    g_test_add_func("/jail/who_wants_a_socket_ends", who_wants_a_socket_ends);
    g_test_add_func("/jail/who_wants_another_process_ends", who_wants_another_process_ends);
    g_test_add_func("/jail/what_was_written_is_not_run", what_was_written_is_not_run);
    g_test_add_func("/jail/four_gigabytes_are_not_given", four_gigabytes_are_not_given);
    g_test_add_func("/jail/limits_stay", limits_stay);
    g_test_add_func("/jail/a_file_has_an_end", a_file_has_an_end);
    g_test_add_func("/jail/computing_for_ever_ends", computing_for_ever_ends);
    g_test_add_func("/jail/what_the_work_needs_is_left", what_the_work_needs_is_left);
    return g_test_run();
}
