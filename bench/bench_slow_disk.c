/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* bench_slow_disk.c: preloaded into a server, makes each sync last 5 ms longer.
 *
 * A virtual machine's disk often answers a sync from the host's memory in a fraction of a millisecond.
 * Then processors, not commits, are what writers and readers wait for, and a server whose commits block
 * its readers would not be found out. */
#include <fcntl.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static int slowly(long call, int fd)
{
    nanosleep(&(struct timespec){.tv_nsec = 5 * 1000 * 1000}, NULL);
    return (int)syscall(call, fd);
}

int fsync(int fd)
{
    return slowly(SYS_fsync, fd);
}

int fdatasync(int fd)
{
    return slowly(SYS_fdatasync, fd);
}
