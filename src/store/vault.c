/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* vault.c: a folder of files, each named by the SHA-256 of its bytes.
 *
 *     PATH/new/9f86d081884c7d65…   an upload on its way in (32 random hex digits)
 *     PATH/ab/cdef…                kept: two digits of the hash, then the other 62
 *
 * Everything happens below open folders and follows no symbolic link, so nobody who can write into
 * PATH makes Vocero read or write elsewhere.  Folders are 0700, files 0600.
 *
 * Keeping renames onto the name.  When the content is there already that replaces equal bytes by
 * equal bytes: it is stored once, and a copy that the disk had damaged is healed.  Deleting knows
 * nothing of that: whoever deletes must know, inside the writer's transaction, that no record speaks
 * of the content any more. */
#include "store/vault.h"
#include "base/log.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    SHA_TEXT = 64,
    FAN_TEXT = 2,
    TEMP_BYTES = 16,
    TEMP_TEXT = 2 * TEMP_BYTES,
    READ_SIZE = 128 * 1024,
    FOLDER_MODE = 0700,
    FILE_MODE = 0600
};
#define UNFINISHED_MAX CLOCK_DAY

struct Vault {
    int dir;     /* PATH */
    int new_dir; /* PATH/new */
};

struct VaultWriter {
    Vault *vault;
    int fd; /* -1 once kept or dropped */
    char temp[TEMP_TEXT + 1];
    GChecksum *sum;
    i64 size, max;
    bool failed; /* bytes are missing: it can only be dropped */
};

/* ---- opening ---- */
/* A folder below dir; made when it is not there. made_out may be NULL. */
static int folder(int dir, const char *name, bool make, bool *made_out)
{
    bool made = make && mkdirat(dir, name, FOLDER_MODE) == 0;
    if (make && !made && errno != EEXIST)
        return -1;
    if (made_out)
        *made_out = made;
    return openat(dir, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

/* Interned: it is never freed, and said once or twice in a program's life. */
static Vault *open_failed(Vault *v, const char *path, const char **why_out)
{
    g_autofree char *why =
        g_strdup_printf("The vault's folder \"%s\" cannot be used: %s", path, g_strerror(errno));
    *why_out = g_intern_string(why);
    vault_close(v);
    return NULL;
}

static bool folder_sync(int dir)
{
    return fsync(dir) == 0;
}

Vault *vault_open(const char *url, const char **why_out)
{
    const char *path = g_str_has_prefix(url, "file:") ? url + strlen("file:") : "";
    if (!*path) {
        g_autofree char *why = g_strdup_printf("The vault \"%s\" is not file:PATH", url);
        *why_out = g_intern_string(why);
        return NULL;
    }
    Vault *v = g_new(Vault, 1);
    *v = (Vault){-1, -1};
    if (g_mkdir_with_parents(path, FOLDER_MODE) != 0)
        return open_failed(v, path, why_out);
    v->dir = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (v->dir < 0)
        return open_failed(v, path, why_out);
    v->new_dir = folder(v->dir, "new", true, NULL);
    if (v->new_dir < 0 || !folder_sync(v->dir))
        return open_failed(v, path, why_out);
    return v;
}

static void close_fd(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

void vault_close(Vault *v)
{
    if (!v)
        return;
    close_fd(&v->new_dir);
    close_fd(&v->dir);
    g_free(v);
}

/* ---- faults of the disk ---- */
static void *disk_fault(Ctx *ctx, const char *doing)
{
    int why = errno;
    log_line(LOG_WARN, "vault_failed", LOG_T("doing", doing), LOG_T("error", g_strerror(why)));
    switch (why) {
    case ENOSPC:
    case EDQUOT:
    case EFBIG: /* the process's or the file system's limit on one file */
        return fault(ctx, FAULT_BUSY,
                     "The disk is full: the file was not saved. Make room on it, then try again.");
    case EROFS:
    case EIO:
        return fault(
            ctx, FAULT_BUSY,
            "The disk takes no data: the file was not saved. Look at the disk, then try again.");
    case EMFILE:
    case ENFILE:
        return fault(ctx, FAULT_BUSY, "Too many files are open just now. Try again in a moment.");
    default: return fault(ctx, FAULT_BROKEN, "vault: %s: %s", doing, g_strerror(why));
    }
}

/* ---- an upload ---- */
static void writer_release(void *w)
{
    vault_drop(w);
}

static void temp_name(char out[TEMP_TEXT + 1])
{
    unsigned char bytes[TEMP_BYTES];
    if (getrandom(bytes, sizeof bytes, 0) != sizeof bytes)
        g_error("getrandom: %s", g_strerror(errno));
    for (int i = 0; i < TEMP_BYTES; i++)
        snprintf(out + 2 * i, 3, "%02x", bytes[i]);
}

VaultWriter *vault_begin(Ctx *ctx, Vault *v, i64 max_bytes)
{
    if (faulted(ctx))
        return NULL;
    VaultWriter *w = arena_new_of(ctx->arena, VaultWriter);
    *w = (VaultWriter){.vault = v, .max = max_bytes};
    temp_name(w->temp);
    w->fd = openat(v->new_dir, w->temp, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                   FILE_MODE);
    if (w->fd < 0)
        return disk_fault(ctx, "begin");
    w->sum = g_checksum_new(G_CHECKSUM_SHA256);
    arena_own(ctx->arena, w, writer_release);
    return w;
}

/* write() may take fewer bytes than it was given, most of all right before the disk is full. */
static bool write_all(int fd, const char *bytes, size_t n)
{
    while (n > 0) {
        ssize_t taken = write(fd, bytes, n);
        if (taken < 0 && errno == EINTR)
            continue;
        if (taken <= 0)
            return false;
        bytes += taken;
        n -= (size_t)taken;
    }
    return true;
}

static void *too_large(Ctx *ctx, i64 max)
{
    /* 25.0 MB: powers of 1000, as files are shown */
    g_autofree char *limit = g_format_size((u64)max);
    return fault(ctx, FAULT_TOO_LARGE, "The file is larger than %s, the most that is taken here.",
                 limit);
}

bool vault_add(Ctx *ctx, VaultWriter *w, const void *bytes, size_t n)
{
    if (faulted(ctx))
        return false;
    if (w->fd < 0 || w->failed)
        return fault(ctx, FAULT_BROKEN, "vault: bytes for an upload that is over");
    if (n > (u64)(w->max - w->size)) {
        w->failed = true;
        return too_large(ctx, w->max);
    }
    if (!write_all(w->fd, bytes, n)) {
        w->failed = true;
        return disk_fault(ctx, "add");
    }
    g_checksum_update(w->sum, bytes, (gssize)n);
    w->size += (i64)n;
    return true;
}

void vault_drop(VaultWriter *w)
{
    if (!w)
        return;
    if (w->fd >= 0)
        unlinkat(w->vault->new_dir, w->temp, 0);
    close_fd(&w->fd);
    g_clear_pointer(&w->sum, g_checksum_free);
}

/* ---- keeping ---- */
/* Renames the upload to its name; true when name and bytes are on the disk. */
static bool settle(VaultWriter *w, const char *sha256)
{
    char fan[FAN_TEXT + 1] = {sha256[0], sha256[1]};
    bool made = false;
    int dir = folder(w->vault->dir, fan, true, &made);
    bool done = dir >= 0 && fsync(w->fd) == 0 &&
                renameat(w->vault->new_dir, w->temp, dir, sha256 + FAN_TEXT) == 0;
    if (done)
        close_fd(&w->fd); /* from here on there is nothing to drop */
    done = done && folder_sync(dir) && (!made || folder_sync(w->vault->dir));
    int why = errno;
    close_fd(&dir);
    errno = why;
    return done;
}

bool vault_keep(Ctx *ctx, VaultWriter *w, const char **sha256_out, i64 *size_out)
{
    if (faulted(ctx))
        return false;
    if (w->fd < 0 || w->failed)
        return fault(ctx, FAULT_BROKEN, "vault: an upload that is over cannot be kept");
    const char *sha256 = arena_text(ctx->arena, g_checksum_get_string(w->sum));
    if (!settle(w, sha256)) {
        w->failed = true;
        return disk_fault(ctx, "keep");
    }
    *sha256_out = sha256;
    *size_out = w->size;
    return true;
}

int vault_glance(Ctx *ctx, VaultWriter *w, const char **sha256_out, i64 *size_out)
{
    if (faulted(ctx))
        return -1;
    if (w->fd < 0 || w->failed || lseek(w->fd, 0, SEEK_SET) != 0) {
        fault(ctx, FAULT_BROKEN, "vault: an upload that is over cannot be looked at");
        return -1;
    }
    *sha256_out = arena_text(ctx->arena, g_checksum_get_string(w->sum));
    *size_out = w->size;
    return w->fd;
}

/* ---- what is kept ---- */
static bool name_valid(const char *sha256)
{
    return sha256 && strlen(sha256) == SHA_TEXT && strspn(sha256, "0123456789abcdef") == SHA_TEXT;
}

/* The folder of a name, or -1. */
static int fan_of(const Vault *v, const char *sha256)
{
    if (!name_valid(sha256)) {
        errno = ENOENT;
        return -1;
    }
    char fan[FAN_TEXT + 1] = {sha256[0], sha256[1]};
    return folder(v->dir, fan, false, NULL);
}

static void *missing(Ctx *ctx)
{
    if (errno == ENOENT || errno == ENOTDIR || errno == ELOOP)
        return fault(ctx, FAULT_NOT_FOUND, "There is no such file, or no longer.");
    return disk_fault(ctx, "open");
}

/* O_NONBLOCK: a pipe that somebody put in a file's place must not hold us up. */
static int open_kept(const Vault *v, const char *sha256, struct stat *about)
{
    int dir = fan_of(v, sha256);
    if (dir < 0)
        return -1;
    int fd = openat(dir, sha256 + FAN_TEXT, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    int why = errno;
    close_fd(&dir);
    errno = why;
    if (fd >= 0 && (fstat(fd, about) != 0 || !S_ISREG(about->st_mode))) {
        close_fd(&fd);
        errno = ENOENT;
    }
    return fd;
}

int vault_fd(Ctx *ctx, Vault *v, const char *sha256, i64 *size_out)
{
    if (faulted(ctx))
        return -1;
    struct stat about;
    int fd = open_kept(v, sha256, &about);
    if (fd < 0) {
        missing(ctx);
        return -1;
    }
    *size_out = about.st_size;
    return fd;
}

bool vault_has(Vault *v, const char *sha256)
{
    struct stat about;
    int dir = fan_of(v, sha256);
    bool has = dir >= 0 && fstatat(dir, sha256 + FAN_TEXT, &about, AT_SYMLINK_NOFOLLOW) == 0 &&
               S_ISREG(about.st_mode);
    close_fd(&dir);
    return has;
}

bool vault_delete(Ctx *ctx, Vault *v, const char *sha256)
{
    if (faulted(ctx))
        return false;
    int dir = fan_of(v, sha256);
    bool gone = dir >= 0 && unlinkat(dir, sha256 + FAN_TEXT, 0) == 0 && folder_sync(dir);
    int why = errno;
    close_fd(&dir);
    errno = why;
    if (gone)
        return true;
    return missing(ctx);
}

/* ---- is it still what its name says? ---- */
static bool read_all(int fd, GChecksum *sum)
{
    char *bytes = g_malloc(READ_SIZE);
    ssize_t n;
    while ((n = read(fd, bytes, READ_SIZE)) != 0) {
        if (n < 0 && errno != EINTR)
            break;
        if (n > 0)
            g_checksum_update(sum, (const unsigned char *)bytes, n);
    }
    int why = errno;
    g_free(bytes);
    errno = why;
    return n == 0;
}

bool vault_verify(Ctx *ctx, Vault *v, const char *sha256)
{
    i64 size;
    int fd = vault_fd(ctx, v, sha256, &size);
    if (fd < 0)
        return false;
    GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA256);
    bool read = read_all(fd, sum);
    if (!read)
        fault(ctx, FAULT_BUSY, "The disk does not give the file %s back.", sha256);
    bool same = read && strcmp(g_checksum_get_string(sum), sha256) == 0;
    g_checksum_free(sum);
    close_fd(&fd);
    return same;
}

/* ---- what nobody finished ---- */
static bool unfinished(int dir, const char *name, i64 before)
{
    struct stat about;
    if (strlen(name) != TEMP_TEXT || fstatat(dir, name, &about, AT_SYMLINK_NOFOLLOW) != 0)
        return false;
    i64 touched = about.st_mtim.tv_sec * CLOCK_SECOND + about.st_mtim.tv_nsec / 1000;
    return S_ISREG(about.st_mode) && touched < before;
}

void vault_sweep(Vault *v, i64 now)
{
    /* a handle of its own, which closedir() closes */
    int own = openat(v->new_dir, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *list = own >= 0 ? fdopendir(own) : NULL;
    if (!list) {
        close_fd(&own);
        return;
    }
    i64 gone = 0;
    for (struct dirent *e = readdir(list); e; e = readdir(list))
        if (unfinished(v->new_dir, e->d_name, now - UNFINISHED_MAX))
            gone += unlinkat(v->new_dir, e->d_name, 0) == 0;
    closedir(list);
    if (gone)
        log_line(LOG_INFO, "vault_swept", LOG_N("uploads", gone));
}
