/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* lock.c: who has the data folder; what only this folder knows. */
#include "app/lock.h"
#include "app/command.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <sodium.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>

static bool cannot_write(const char *path)
{
    complain("%s cannot be written: %s. Give the folder to the user that runs vocero.", path, g_strerror(errno));
    return false;
}

static bool served_by_another(int fd, const char *data)
{
    char who[32] = "";
    ssize_t n = pread(fd, who, sizeof who - 1, 0);
    who[n > 0 ? n : 0] = 0;
    complain("%s is served already by process %s; stop it first, or give this one another --data", data, g_strstrip(who));
    return false;
}

/* The process is noted for whoever comes second. */
static bool take(int fd, const char *data, const char *path)
{
    if (flock(fd, LOCK_EX | LOCK_NB) != 0)
        return errno == EWOULDBLOCK ? served_by_another(fd, data) : cannot_write(path);
    char who[32];
    int n = g_snprintf(who, sizeof who, "%d\n", (int)getpid());
    return (ftruncate(fd, 0) == 0 && pwrite(fd, who, (size_t)n, 0) == n) || cannot_write(path);
}

int lock_data(const char *data)
{
    g_autofree char *path = g_build_filename(data, "vocero.lock", NULL);
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd >= 0 && take(fd, data, path))
        return fd;
    if (fd >= 0)
        close(fd);
    else
        cannot_write(path);
    return -1;
}

void lock_release(int lock)
{
    if (lock >= 0)
        close(lock);
}

static bool make_secret(const char *path, unsigned char secret_out[32])
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        return false;
    randombytes_buf(secret_out, 32);
    bool written = write(fd, secret_out, 32) == 32 && fsync(fd) == 0;
    close(fd);
    if (!written)
        unlink(path);
    return written;
}

bool secret_of(const char *data, unsigned char secret_out[32], const char **why_out)
{
    static char why[600];
    g_autofree char *path = g_build_filename(data, "secret", NULL);
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0 && errno == ENOENT && sodium_init() >= 0 && make_secret(path, secret_out))
        return true;
    ssize_t n = fd >= 0 ? read(fd, secret_out, 32) : -1;
    if (fd >= 0)
        close(fd);
    if (n == 32)
        return true;
    g_snprintf(why, sizeof why, "%s cannot be read or made: %s", path, n < 0 ? g_strerror(errno) : "it is too short");
    *why_out = why;
    return false;
}
