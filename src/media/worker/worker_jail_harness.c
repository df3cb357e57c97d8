/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* worker_jail_harness.c: a program that closes the jail around itself and then tries one thing that it should not. */
#include "media/worker/worker_jail.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

/* What it exits with; a signal is seen from outside. */
enum { REFUSED = 10, SUCCEEDED = 20, NO_JAIL = 30 };

static int because(bool done, int wanted)
{
    return done ? SUCCEEDED : errno == wanted ? REFUSED : 100 + errno % 100;
}

static int open_a_file(void)
{
    return because(open("/etc/passwd", O_RDONLY) >= 0, EACCES);
}

static int make_a_file(void)
{
    return because(open("/tmp/vocero-jail", O_WRONLY | O_CREAT | O_EXCL, 0600) >= 0, EACCES);
}

static int look_up(void)
{
    struct stat s;
    return because(lstat("/etc/passwd", &s) == 0, EACCES);
}

static int delete_a_file(void)
{
    return because(unlink("/tmp/vocero-jail") == 0, EACCES);
}

static int talk(void)
{
    return because(socket(AF_INET, SOCK_STREAM, 0) >= 0, EPERM);
}

static int run_a_program(void)
{
    char *const argv[] = {(char *)"/bin/true", NULL};
    execv("/bin/true", argv);
    return because(false, EPERM);
}

static int be_two(void)
{
    pid_t pid = fork();
    if (pid == 0)
        _exit(0);
    return because(pid > 0, EPERM);
}

static int kill_another(void)
{
    return because(kill(getppid(), 0) == 0, EPERM);
}

static int run_what_was_written(void)
{
    return because(mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED, EPERM);
}

static int take_memory(void)
{
    return because(mmap(NULL, (size_t)4 << 30, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0) != MAP_FAILED, ENOMEM);
}

static int lift_a_limit(void)
{
    const struct rlimit more = {RLIM_INFINITY, RLIM_INFINITY};
    return because(setrlimit(RLIMIT_AS, &more) == 0, EPERM);
}

/* Standard output is a file of the test's. */
static int write_much(void)
{
    static const char piece[1 << 20];
    for (u64 i = 0; i < JAIL_FILE / sizeof piece + 2; i++)
        if (write(STDOUT_FILENO, piece, sizeof piece) < 0)
            return because(false, EFBIG);
    return SUCCEEDED;
}

static int compute_for_ever(void)
{
    volatile u64 n = 1;
    while (n)
        n = n * 3 | 1;
    return SUCCEEDED;
}

static void *nothing(void *to)
{
    return to;
}

static int begin_a_thread(void)
{
    pthread_t thread;
    return because(pthread_create(&thread, NULL, nothing, NULL) == 0 && pthread_join(thread, NULL) == 0, EPERM);
}

static int compute_and_read(void)
{
    void *bytes = malloc(64 << 20);
    struct stat s;
    bool done = bytes && fstat(STDIN_FILENO, &s) == 0 && lseek(STDIN_FILENO, 0, SEEK_CUR) >= 0;
    free(bytes);
    return because(done, EPERM);
}

typedef struct Try {
    const char *name;
    int (*run)(void);
} Try;

static const Try tries[] = {
    {"open", open_a_file},       {"create", make_a_file},       {"stat", look_up},       {"unlink", delete_a_file},
    {"socket", talk},            {"exec", run_a_program},       {"fork", be_two},        {"kill", kill_another},
    {"code", run_what_was_written}, {"memory", take_memory},    {"limit", lift_a_limit}, {"write", write_much},
    {"spin", compute_for_ever},  {"thread", begin_a_thread},    {"work", compute_and_read},
};

int main(int argc, char **argv)
{
    const char *why = NULL;
    const struct rlimit second = {1, 2};
    if (argc != 2 || setrlimit(RLIMIT_CPU, &second) != 0 || !jail_close(&why))
        return NO_JAIL;
    for (size_t i = 0; i < COUNT(tries); i++)
        if (!strcmp(tries[i].name, argv[1]))
            return tries[i].run();
    return NO_JAIL;
}
