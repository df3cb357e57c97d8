/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* child.c: another program, run with limits. */
#include "base/child.h"
#include "base/buf.h"
#include "base/clock.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { CANNOT_START = 127, PIECE = 16 * 1024 };

/* ---- in the child: nothing here may allocate or lock (another thread may hold the lock for ever) ---- */

static void limit(int what, i64 most)
{
    struct rlimit r = {(rlim_t)most, (rlim_t)most};
    if (setrlimit(what, &r) != 0)
        _exit(CANNOT_START);
}

static void become(const char *path, char *const *argv, int in_fd, int out_fd, const ChildLimits *l)
{
    static char *const nothing[] = {NULL};
    int null = open("/dev/null", O_WRONLY);
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || null < 0 ||
        dup2(in_fd, STDIN_FILENO) < 0 || dup2(out_fd, STDOUT_FILENO) < 0 || dup2(null, STDERR_FILENO) < 0)
        _exit(CANNOT_START);
    limit(RLIMIT_AS, l->memory);
    limit(RLIMIT_CPU, l->cpu_seconds);
    limit(RLIMIT_FSIZE, 0);
    limit(RLIMIT_CORE, 0);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    execve(path, argv, l->environment ? (char *const *)l->environment : nothing);
    _exit(CANNOT_START);
}

/* ---- here ---- */

typedef struct Child {
    pid_t pid;
    int out; /* what it writes; -1 once closed */
} Child;

/* The child is gone when this returns, whatever it was doing. */
static void end(Child *c)
{
    if (c->out >= 0)
        close(c->out);
    if (c->pid <= 0)
        return;
    kill(c->pid, SIGKILL);
    while (waitpid(c->pid, NULL, 0) < 0 && errno == EINTR)
        continue;
}

static bool start(const char *path, char *const *argv, int in_fd, const ChildLimits *l, Child *child_out)
{
    int pipes[2];
    if (pipe2(pipes, O_CLOEXEC) != 0)
        return false;
    pid_t pid = fork();
    if (pid == 0)
        become(path, argv, in_fd, pipes[1], l);
    close(pipes[1]);
    if (pid < 0) {
        close(pipes[0]);
        return false;
    }
    *child_out = (Child){pid, pipes[0]};
    return true;
}

static ChildFate read_all(const Child *c, i64 deadline, Buf *out)
{
    char piece[PIECE];
    for (;;) {
        i64 left = deadline - clock_monotonic();
        struct pollfd p = {.fd = c->out, .events = POLLIN};
        if (left <= 0)
            return CHILD_LATE;
        int ready = poll(&p, 1, (int)(left / 1000) + 1);
        if (ready < 0 && errno != EINTR)
            return CHILD_FAILED;
        if (ready <= 0)
            continue;
        ssize_t n = read(c->out, piece, sizeof piece);
        if (n == 0)
            return CHILD_DONE;
        if (n < 0 && errno != EINTR)
            return CHILD_FAILED;
        if (n > 0)
            buf_add(out, piece, (size_t)n);
        if (buf_over(out))
            return CHILD_TALKS;
    }
}

/* It has closed its output, which is nearly its end. */
static ChildFate await(Child *c, i64 deadline)
{
    for (;;) {
        int status;
        pid_t ended = waitpid(c->pid, &status, WNOHANG);
        if (ended == c->pid) {
            c->pid = 0;
            return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? CHILD_DONE : CHILD_FAILED;
        }
        if (ended < 0 && errno != EINTR)
            return CHILD_FAILED;
        if (clock_monotonic() > deadline)
            return CHILD_LATE;
        g_usleep(1000);
    }
}

ChildFate child_run(Arena *a, const char *const *argv, int in_fd, const ChildLimits *limits, Bytes *out)
{
    g_autofree char *path = g_find_program_in_path(argv[0]);
    Child child CLEANUP(end) = {0, -1};
    Buf *buf = buf_new(a, PIECE, limits->output);
    i64 deadline = clock_monotonic() + limits->timeout;
    if (!path)
        return CHILD_MISSING;
    if (!start(path, (char *const *)argv, in_fd, limits, &child))
        return CHILD_FAILED;
    ChildFate fate = read_all(&child, deadline, buf);
    if (fate == CHILD_DONE)
        fate = await(&child, deadline);
    if (fate == CHILD_DONE)
        *out = (Bytes){buf_data(buf), buf_size(buf)};
    return fate;
}
