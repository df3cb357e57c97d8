/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* media_process.c: starting, limiting and burying a process that works on pictures. */
#include "media/media_process.h"
#include "media/media_wire.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { CANNOT_START = 127, NICE = 10, IO_WHO_PROCESS = 1, IO_CLASS_IDLE = 3 << 13 };
#define BEGIN_PATIENCE (20 * CLOCK_SECOND)
#define END_PATIENCE   (2 * CLOCK_SECOND)

/* No loader that libvips itself does not trust; one thread; no file on disk, and no code made at run time (Orc). */
static char *const environment[] = {
    (char *)"VIPS_BLOCK_UNTRUSTED=1", (char *)"VIPS_CONCURRENCY=1", (char *)"VIPS_NOVECTOR=1", (char *)"VIPS_DISC_THRESHOLD=4g",
    (char *)"MALLOC_ARENA_MAX=2", (char *)"LC_ALL=C.UTF-8", NULL,
};

/* ---- in the child: nothing here may allocate or lock (another thread may hold the lock for ever) ---- */

static void be_modest(void)
{
    setpriority(PRIO_PROCESS, 0, NICE);
    syscall(SYS_ioprio_set, IO_WHO_PROCESS, 0, IO_CLASS_IDLE);
}

static void become(const char *program, int socket, pid_t parent)
{
    char *const argv[] = {(char *)program, NULL};
    int null = open("/dev/null", O_RDWR);
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || getppid() != parent)
        _exit(CANNOT_START);
    if (null < 0 || dup2(socket, STDIN_FILENO) < 0 || dup2(null, STDOUT_FILENO) < 0 || dup2(null, STDERR_FILENO) < 0)
        _exit(CANNOT_START);
    close_range(STDERR_FILENO + 1, ~0U, 0);
    setsid();
    be_modest();
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    signal(SIGPIPE, SIG_DFL);
    if (chdir("/") == 0)
        execve(program, argv, environment);
    _exit(CANNOT_START);
}

/* ---- here ---- */

static char *cannot(const char *program, const char *why)
{
    return g_strdup_printf("%s: %s", program, why);
}

/* The first thing that it says is whether it can begin. */
static char *first_word(Process *p, const char *program)
{
    Arena *arena CLEANUP(arena_drop) = arena_new(0);
    Ctx ctx = {.arena = arena, .actor = &actor_system};
    WireMessage m;
    WireAnswer answer;
    if (!wire_receive(p->socket, clock_monotonic() + BEGIN_PATIENCE, &m))
        return cannot(program, "it ends before it begins; does it run at all (ldd)?");
    bool read = wire_read(&ctx, (Bytes){m.bytes, m.size}, &wire_answer, &answer);
    wire_drop(&m);
    if (!read)
        return cannot(program, "another program stands there");
    return answer.done ? NULL : cannot(program, answer.what ? answer.what : "it cannot begin");
}

static bool fork_it(const char *program, Process *p, char **why)
{
    int ends[2];
    pid_t parent = getpid();
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
        *why = cannot(program, g_strerror(errno));
        return false;
    }
    pid_t pid = fork();
    if (pid == 0)
        become(program, ends[1], parent);
    close(ends[1]);
    if (pid < 0) {
        *why = cannot(program, g_strerror(errno));
        close(ends[0]);
        return false;
    }
    *p = (Process){.pid = pid, .socket = ends[0]};
    return true;
}

bool process_start(const char *program, Process *process_out, char **why_out)
{
    Process p = {0};
    if (!fork_it(program, &p, why_out))
        return false;
    *why_out = first_word(&p, program);
    if (*why_out)
        process_end(&p, false);
    else
        *process_out = p;
    return !*why_out;
}

bool process_alive(Process *p)
{
    struct pollfd socket = {.fd = p->socket, .events = POLLIN};
    return p->pid && poll(&socket, 1, 0) == 0; /* readable: its end, or a word that nobody asked for */
}

/* The soft limit counts from its start, so each picture moves it. */
void process_allow(const Process *p, i64 cpu_seconds)
{
    clockid_t clock;
    struct timespec used;
    struct rlimit limit;
    if (clock_getcpuclockid(p->pid, &clock) != 0 || clock_gettime(clock, &used) != 0 ||
        prlimit(p->pid, RLIMIT_CPU, NULL, &limit) != 0)
        return;
    rlim_t most = (rlim_t)(used.tv_sec + 1 + cpu_seconds);
    limit.rlim_cur = most < limit.rlim_max ? most : limit.rlim_max;
    prlimit(p->pid, RLIMIT_CPU, &limit, NULL);
}

/* GLib ends with SIGTRAP or SIGABRT when there is no memory; SIGSYS is the jail's. */
static PoolFate fate_of(int status)
{
    static const int limits[] = {SIGSYS, SIGXCPU, SIGXFSZ, SIGABRT, SIGTRAP};
    for (size_t i = 0; i < COUNT(limits); i++)
        if (WIFSIGNALED(status) && WTERMSIG(status) == limits[i])
            return POOL_STOPPED;
    return POOL_DIED;
}

/* Its number is ours until it is buried, so it can be no other's. */
PoolFate process_end(Process *p, bool kind)
{
    int status = 0;
    i64 deadline = clock_monotonic() + END_PATIENCE;
    if (!p->pid)
        return POOL_DIED;
    close(p->socket);
    pid_t buried = 0;
    while (kind && (buried = waitpid(p->pid, &status, WNOHANG)) == 0 && clock_monotonic() < deadline)
        g_usleep(2000);
    if (buried != p->pid) {
        kill(p->pid, SIGKILL);
        while (waitpid(p->pid, &status, 0) < 0 && errno == EINTR)
            continue;
    }
    *p = (Process){0};
    return fate_of(status);
}
