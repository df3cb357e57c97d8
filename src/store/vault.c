/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* vault.c: a folder of files, each named by the SHA-256 of its bytes.
 *
 *     PATH/new/9f86d081884c7d65…   an upload on its way in (32 random hex digits)
 *     PATH/parts/0D4XKJ8QG7W2M      an upload that comes in parts (vault_part.c)
 *     PATH/ab/cdef…                kept: two digits of the hash, then the other 62
 *
 * Everything happens below open folders and follows no symbolic link, so nobody who can write into
 * PATH makes Vocero read or write elsewhere.  Folders are 0700, files 0600.
 *
 * Keeping renames onto the name.  When the content is there already that replaces equal bytes by
 * equal bytes: it is stored once, and a copy that the disk had damaged is healed.  Deleting knows
 * nothing of that: whoever deletes must know, inside the writer's transaction, that no record speaks
 * of the content any more. */
#include "store/vault_room.h"
#include "base/id.h"
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
    FOLDER_MODE = 0700
};
#define UNFINISHED_MAX CLOCK_DAY
#define PART_MAX       (2 * CLOCK_DAY) /* longer than any upload that comes in parts lives */

struct VaultWriter {
    Vault *vault;
    int fd; /* -1 once kept or dropped */
    char temp[VAULT_TEMP_TEXT + 1];
    GChecksum *sum;
    i64 size, max;
    bool failed; /* bytes are missing: it can only be dropped */
};

/* ---- opening ---- */
/* A folder below dir; made when it is not there. made_out may be NULL. */
int vault_folder(int dir, const char *name, bool make, bool *made_out)
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
    *v = (Vault){.dir = -1, .new_dir = -1, .part_dir = -1, .lock = PTHREAD_MUTEX_INITIALIZER};
    if (g_mkdir_with_parents(path, FOLDER_MODE) != 0)
        return open_failed(v, path, why_out);
    v->dir = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (v->dir < 0)
        return open_failed(v, path, why_out);
    v->new_dir = vault_folder(v->dir, "new", true, NULL);
    v->part_dir = v->new_dir < 0 ? -1 : vault_folder(v->dir, "parts", true, NULL);
    if (v->part_dir < 0 || !folder_sync(v->dir))
        return open_failed(v, path, why_out);
    return v;
}

void vault_close_fd(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

void vault_close(Vault *v)
{
    if (!v)
        return;
    vault_close_fd(&v->part_dir);
    vault_close_fd(&v->new_dir);
    vault_close_fd(&v->dir);
    g_free(v);
}

/* ---- faults of the disk ---- */
void *vault_disk_fault(Ctx *ctx, const char *doing)
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

void vault_temp_name(char out[VAULT_TEMP_TEXT + 1])
{
    unsigned char bytes[VAULT_TEMP_BYTES];
    if (getrandom(bytes, sizeof bytes, 0) != sizeof bytes)
        g_error("getrandom: %s", g_strerror(errno));
    for (int i = 0; i < VAULT_TEMP_BYTES; i++)
        snprintf(out + 2 * i, 3, "%02x", bytes[i]);
}

VaultWriter *vault_begin(Ctx *ctx, Vault *v, i64 max_bytes)
{
    if (faulted(ctx))
        return NULL;
    VaultWriter *w = arena_new_of(ctx->arena, VaultWriter);
    *w = (VaultWriter){.vault = v, .max = max_bytes};
    vault_temp_name(w->temp);
    w->fd = openat(v->new_dir, w->temp, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                   VAULT_FILE_MODE);
    if (w->fd < 0)
        return vault_disk_fault(ctx, "begin");
    w->sum = g_checksum_new(G_CHECKSUM_SHA256);
    arena_own(ctx->arena, w, writer_release);
    return w;
}

/* write() may take fewer bytes than it was given, most of all right before the disk is full. */
bool vault_write_all(int fd, const char *bytes, size_t n)
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
    if (!vault_write_all(w->fd, bytes, n)) {
        w->failed = true;
        return vault_disk_fault(ctx, "add");
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
    vault_close_fd(&w->fd);
    g_clear_pointer(&w->sum, g_checksum_free);
}

/* ---- keeping ---- */
bool vault_settle_name(Vault *v, const char *temp, const char *sha256)
{
    char fan[FAN_TEXT + 1] = {sha256[0], sha256[1]};
    bool made = false;
    int dir = vault_folder(v->dir, fan, true, &made);
    bool done = dir >= 0 && renameat(v->new_dir, temp, dir, sha256 + FAN_TEXT) == 0 && folder_sync(dir) &&
                (!made || folder_sync(v->dir));
    int why = errno;
    vault_close_fd(&dir);
    errno = why;
    return done;
}

/* Bytes and name are on the disk when it returns true. */
static bool settle(VaultWriter *w, const char *sha256)
{
    if (fsync(w->fd) != 0 || !vault_settle_name(w->vault, w->temp, sha256))
        return false;
    vault_close_fd(&w->fd); /* from here on there is nothing to drop */
    return true;
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
        return vault_disk_fault(ctx, "keep");
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
    return vault_folder(v->dir, fan, false, NULL);
}

static void *missing(Ctx *ctx)
{
    if (errno == ENOENT || errno == ENOTDIR || errno == ELOOP)
        return fault(ctx, FAULT_NOT_FOUND, "There is no such file, or no longer.");
    return vault_disk_fault(ctx, "open");
}

/* O_NONBLOCK: a pipe that somebody put in a file's place must not hold us up. */
static int open_kept(const Vault *v, const char *sha256, struct stat *about)
{
    int dir = fan_of(v, sha256);
    if (dir < 0)
        return -1;
    int fd = openat(dir, sha256 + FAN_TEXT, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    int why = errno;
    vault_close_fd(&dir);
    errno = why;
    if (fd >= 0 && (fstat(fd, about) != 0 || !S_ISREG(about->st_mode))) {
        vault_close_fd(&fd);
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
    vault_close_fd(&dir);
    return has;
}

bool vault_delete(Ctx *ctx, Vault *v, const char *sha256)
{
    if (faulted(ctx))
        return false;
    int dir = fan_of(v, sha256);
    bool gone = dir >= 0 && unlinkat(dir, sha256 + FAN_TEXT, 0) == 0 && folder_sync(dir);
    int why = errno;
    vault_close_fd(&dir);
    errno = why;
    if (gone)
        return true;
    return missing(ctx);
}

/* ---- is it still what its name says? ---- */
static bool read_all(int fd, GChecksum *sum)
{
    char *bytes = g_malloc(VAULT_READ_SIZE);
    ssize_t n;
    while ((n = read(fd, bytes, VAULT_READ_SIZE)) != 0) {
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
    vault_close_fd(&fd);
    return same;
}

/* ---- what nobody finished ---- */
static bool unfinished(int dir, const char *name, size_t name_size, i64 before)
{
    struct stat about;
    if (strlen(name) != name_size || fstatat(dir, name, &about, AT_SYMLINK_NOFOLLOW) != 0)
        return false;
    i64 touched = about.st_mtim.tv_sec * CLOCK_SECOND + about.st_mtim.tv_nsec / 1000;
    return S_ISREG(about.st_mode) && touched < before;
}

static i64 sweep(int dir, size_t name_size, i64 before)
{
    /* a handle of its own, which closedir() closes */
    int own = openat(dir, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *list = own >= 0 ? fdopendir(own) : NULL;
    if (!list) {
        vault_close_fd(&own);
        return 0;
    }
    i64 gone = 0;
    for (struct dirent *e = readdir(list); e; e = readdir(list))
        if (unfinished(dir, e->d_name, name_size, before))
            gone += unlinkat(dir, e->d_name, 0) == 0;
    closedir(list);
    return gone;
}

void vault_sweep(Vault *v, i64 now)
{
    i64 gone = sweep(v->new_dir, VAULT_TEMP_TEXT, now - UNFINISHED_MAX) + sweep(v->part_dir, ID_TEXT, now - PART_MAX);
    if (gone)
        log_line(LOG_INFO, "vault_swept", LOG_N("uploads", gone));
}
