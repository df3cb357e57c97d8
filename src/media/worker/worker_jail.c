/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* worker_jail.c: limits, Landlock, and the list of calls that are left. */
#include "media/worker/worker_jail.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

/* ---- limits ---- */

static bool limit(int what, u64 most)
{
    const struct rlimit r = {most, most};
    return setrlimit(what, &r) == 0;
}

static bool set_limits(void)
{
    return limit(RLIMIT_AS, JAIL_MEMORY) && limit(RLIMIT_FSIZE, JAIL_FILE) && limit(RLIMIT_NOFILE, JAIL_FILES) && limit(RLIMIT_CORE, 0);
}

/* ---- Landlock: no rule is added, so all that is handled is denied ---- */

/* What each version of the kernel's interface can deny: landlock(7). Version 1 knows 13 rights, 2 one more (refer), 3 one more
 * (truncate), 5 one more (device ioctls). */
static u64 rights_of(long version)
{
    unsigned known = version >= 5 ? 16 : version >= 3 ? 15 : version == 2 ? 14 : 13;
    return ((u64)1 << known) - 1;
}

/* A kernel without it says so; the list of calls stands anyway. */
static bool deny_files(void)
{
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    if (version < 1)
        return true;
    const struct landlock_ruleset_attr rules = {.handled_access_fs = rights_of(version)};
    int ruleset = (int)syscall(SYS_landlock_create_ruleset, &rules, sizeof rules, 0);
    if (ruleset < 0)
        return false;
    long done = syscall(SYS_landlock_restrict_self, ruleset, 0);
    close(ruleset);
    return done == 0;
}

/* ---- calls ---- */

static const int allowed[] = {
    SCMP_SYS(read),          SCMP_SYS(write),           SCMP_SYS(readv),          SCMP_SYS(writev),
    SCMP_SYS(pread64),       SCMP_SYS(pwrite64),        SCMP_SYS(lseek),          SCMP_SYS(close),
    SCMP_SYS(fstat),         SCMP_SYS(ftruncate),       SCMP_SYS(fallocate),      SCMP_SYS(dup),
    SCMP_SYS(recvmsg),       SCMP_SYS(sendmsg),         SCMP_SYS(sendto),         SCMP_SYS(recvfrom),
    SCMP_SYS(poll),          SCMP_SYS(ppoll),           SCMP_SYS(munmap),         SCMP_SYS(mremap),
    SCMP_SYS(madvise),       SCMP_SYS(brk),             SCMP_SYS(futex),          SCMP_SYS(sched_yield),
    SCMP_SYS(sched_getaffinity), SCMP_SYS(getcpu),      SCMP_SYS(rt_sigreturn),   SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigaction),  SCMP_SYS(sigaltstack),     SCMP_SYS(restart_syscall), SCMP_SYS(clock_gettime),
    SCMP_SYS(clock_getres),  SCMP_SYS(clock_nanosleep), SCMP_SYS(nanosleep),      SCMP_SYS(gettimeofday),
    SCMP_SYS(time),          SCMP_SYS(getpid),          SCMP_SYS(gettid),         SCMP_SYS(getuid),
    SCMP_SYS(geteuid),       SCMP_SYS(getgid),          SCMP_SYS(getegid),        SCMP_SYS(getrusage),
    SCMP_SYS(sysinfo),       SCMP_SYS(uname),           SCMP_SYS(getrandom),      SCMP_SYS(set_robust_list),
    SCMP_SYS(rseq),          SCMP_SYS(exit),            SCMP_SYS(exit_group),
};

/* Libraries look for files and do without. */
static const int denied[] = {
    SCMP_SYS(open),      SCMP_SYS(openat),     SCMP_SYS(openat2),  SCMP_SYS(creat),    SCMP_SYS(access),   SCMP_SYS(faccessat),
    SCMP_SYS(faccessat2), SCMP_SYS(stat),      SCMP_SYS(lstat),    SCMP_SYS(statx),    SCMP_SYS(statfs),   SCMP_SYS(readlink),
    SCMP_SYS(readlinkat), SCMP_SYS(getcwd),    SCMP_SYS(unlink),   SCMP_SYS(unlinkat), SCMP_SYS(mkdir),    SCMP_SYS(mkdirat),
    SCMP_SYS(rename),    SCMP_SYS(renameat),   SCMP_SYS(renameat2), SCMP_SYS(link),    SCMP_SYS(linkat),   SCMP_SYS(symlink),
    SCMP_SYS(symlinkat), SCMP_SYS(chmod),      SCMP_SYS(fchmodat), SCMP_SYS(chown),    SCMP_SYS(fchownat), SCMP_SYS(truncate),
    SCMP_SYS(chdir),     SCMP_SYS(memfd_create),
};

/* No library that decodes a picture has a reason for these. */
static const int deadly[] = {
    SCMP_SYS(socket),     SCMP_SYS(socketpair), SCMP_SYS(connect),           SCMP_SYS(bind),    SCMP_SYS(listen),
    SCMP_SYS(accept),     SCMP_SYS(accept4),    SCMP_SYS(execve),            SCMP_SYS(execveat), SCMP_SYS(fork),
    SCMP_SYS(vfork),      SCMP_SYS(kill),       SCMP_SYS(tkill),             SCMP_SYS(ptrace),  SCMP_SYS(process_vm_readv),
    SCMP_SYS(process_vm_writev), SCMP_SYS(pidfd_open), SCMP_SYS(pidfd_getfd), SCMP_SYS(mount),   SCMP_SYS(unshare),
    SCMP_SYS(setns),      SCMP_SYS(bpf),        SCMP_SYS(perf_event_open),   SCMP_SYS(keyctl),  SCMP_SYS(add_key),
    SCMP_SYS(io_uring_setup), SCMP_SYS(userfaultfd), SCMP_SYS(setrlimit),    SCMP_SYS(personality),
};

static bool list_calls(scmp_filter_ctx filter, uint32_t action, const int *calls, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (seccomp_rule_add(filter, action, calls[i], 0) != 0)
            return false;
    return true;
}

/* Memory that is written is never run; threads may begin, processes may not; a limit may be read. */
static bool list_careful(scmp_filter_ctx f)
{
    const uint32_t yes = SCMP_ACT_ALLOW;
    return seccomp_rule_add(f, yes, SCMP_SYS(mmap), 1, SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) == 0 &&
           seccomp_rule_add(f, yes, SCMP_SYS(mprotect), 1, SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) == 0 &&
           seccomp_rule_add(f, yes, SCMP_SYS(clone), 1, SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD)) == 0 &&
           seccomp_rule_add(f, SCMP_ACT_KILL_PROCESS, SCMP_SYS(clone), 1, SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, 0)) == 0 &&
           seccomp_rule_add(f, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0) == 0 &&
           seccomp_rule_add(f, yes, SCMP_SYS(newfstatat), 1, SCMP_A3(SCMP_CMP_MASKED_EQ, AT_EMPTY_PATH, AT_EMPTY_PATH)) == 0 &&
           seccomp_rule_add(f, SCMP_ACT_ERRNO(EACCES), SCMP_SYS(newfstatat), 1, SCMP_A3(SCMP_CMP_MASKED_EQ, AT_EMPTY_PATH, 0)) == 0 &&
           seccomp_rule_add(f, yes, SCMP_SYS(prctl), 1, SCMP_A0(SCMP_CMP_EQ, PR_SET_NAME)) == 0 &&
           seccomp_rule_add(f, yes, SCMP_SYS(prlimit64), 2, SCMP_A0(SCMP_CMP_EQ, 0), SCMP_A2(SCMP_CMP_EQ, 0)) == 0 &&
           seccomp_rule_add(f, yes, SCMP_SYS(fcntl), 1, SCMP_A1(SCMP_CMP_EQ, F_GETFL)) == 0 &&
           seccomp_rule_add(f, yes, SCMP_SYS(fcntl), 1, SCMP_A1(SCMP_CMP_EQ, F_GETFD)) == 0 &&
           seccomp_rule_add(f, yes, SCMP_SYS(fcntl), 1, SCMP_A1(SCMP_CMP_EQ, F_SETFD)) == 0 &&
           seccomp_rule_add(f, yes, SCMP_SYS(fcntl), 1, SCMP_A1(SCMP_CMP_EQ, F_DUPFD_CLOEXEC)) == 0;
}

/* For every thread that runs already, too. */
static bool close_calls(void)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
    if (!filter)
        return false;
    bool closed = seccomp_attr_set(filter, SCMP_FLTATR_CTL_TSYNC, 1) == 0 &&
                  list_calls(filter, SCMP_ACT_ALLOW, allowed, COUNT(allowed)) &&
                  list_calls(filter, SCMP_ACT_ERRNO(EACCES), denied, COUNT(denied)) &&
                  list_calls(filter, SCMP_ACT_KILL_PROCESS, deadly, COUNT(deadly)) && list_careful(filter) && seccomp_load(filter) == 0;
    seccomp_release(filter);
    return closed;
}

bool jail_close(const char **why_out)
{
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        *why_out = "this kernel does not keep a process from gaining rights (no_new_privs)";
    else if (!set_limits())
        *why_out = "its limits cannot be set (setrlimit)";
    else if (!deny_files())
        *why_out = "Landlock cannot be closed";
    else if (!close_calls())
        *why_out = "the list of its system calls cannot be set (seccomp): does the container or the service's unit forbid it?";
    else
        return true;
    return false;
}
