/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* vault_part.c: uploads that come in parts: a file each in PATH/parts, named by an id, that grows until it is whole.
 *
 * Who holds a part has its file locked (flock), so that other processes stay out, and stands in the vault's list, so that this
 * process can take it away from somebody whose connection died without saying so. What comes apart lies in a file without a
 * name meanwhile: a crash leaves nothing of it.
 *
 * Keeping gives the file a second name, its hash, and leaves the first: by the second link a part is known to be whole, also
 * after a crash before anybody noted what became of it. Equal bytes that were there already are replaced by these. */
#include "store/vault_room.h"
#include "base/id.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

struct VaultPart {
    Vault *vault;
    VaultPart *next;  /* of those that are held */
    char name[ID_TEXT + 1];
    int fd;           /* -1: closed, or lost */
    int apart;        /* where this turn's bytes are until they are settled; -1: in the part itself */
    i64 start, size;  /* settled before this turn; with this turn's bytes */
    i64 moved_at;     /* monotonic: when bytes came last */
    bool whole, busy, lost;
};

/* ---- faults ---- */

static void *part_fault(Ctx *ctx, const char *doing)
{
    if (errno == ENOENT)
        return fault(ctx, FAULT_NOT_FOUND, "There is no such upload, or no longer.");
    if (errno == ENOSPC || errno == EDQUOT || errno == EFBIG)
        return fault(ctx, FAULT_FULL, "The disk is full. What came so far is kept: go on when there is room on it.");
    return vault_disk_fault(ctx, doing);
}

static void *locked(Ctx *ctx)
{
    return fault(ctx, FAULT_LOCKED, "This upload is being sent over another connection just now. Try again in a moment.");
}

/* ---- holding ---- */

static VaultPart **place_of(Vault *v, const char *name)
{
    VaultPart **at = &v->held;
    while (*at && strcmp((*at)->name, name) != 0)
        at = &(*at)->next;
    return at;
}

/* With the lock. */
static void take_away(VaultPart **at)
{
    VaultPart *p = *at;
    *at = p->next;
    p->lost = true;
    vault_close_fd(&p->fd); /* and its flock with it */
}

/* With the lock. */
static bool has_stalled(const VaultPart *p)
{
    return !p->busy && clock_monotonic() - p->moved_at >= VAULT_PART_STALLED;
}

/* Nobody of this process holds it, or he brought nothing for long and loses it. */
static bool make_room(Vault *v, VaultPart *mine)
{
    pthread_mutex_lock(&v->lock);
    VaultPart **at = place_of(v, mine->name);
    if (*at && has_stalled(*at))
        take_away(at);
    bool room = !*place_of(v, mine->name);
    if (room) {
        mine->next = v->held;
        v->held = mine;
    }
    pthread_mutex_unlock(&v->lock);
    return room;
}

void vault_part_close(VaultPart *p)
{
    if (!p)
        return;
    pthread_mutex_lock(&p->vault->lock);
    VaultPart **at = &p->vault->held;
    while (*at && *at != p)
        at = &(*at)->next;
    if (*at)
        *at = p->next;
    vault_close_fd(&p->fd);
    pthread_mutex_unlock(&p->vault->lock);
    vault_close_fd(&p->apart);
}

static void release(void *p)
{
    vault_part_close(p);
}

/* While it is busy nobody takes it away. */
static bool enter(Ctx *ctx, VaultPart *p)
{
    if (faulted(ctx))
        return false;
    pthread_mutex_lock(&p->vault->lock);
    bool mine = p->fd >= 0 && !p->lost;
    p->busy = mine;
    pthread_mutex_unlock(&p->vault->lock);
    return mine || locked(ctx);
}

static bool leave(VaultPart *p, bool done)
{
    int why = errno;
    pthread_mutex_lock(&p->vault->lock);
    p->busy = false;
    p->moved_at = clock_monotonic();
    pthread_mutex_unlock(&p->vault->lock);
    errno = why;
    return done;
}

/* ---- making and opening ---- */

bool vault_part_make(Ctx *ctx, Vault *v, i64 id)
{
    char name[ID_TEXT + 1];
    if (faulted(ctx))
        return false;
    id_write(name, id);
    int fd = openat(v->part_dir, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, VAULT_FILE_MODE);
    if (fd < 0)
        return part_fault(ctx, "make a part");
    vault_close_fd(&fd);
    return true;
}

static bool open_file(VaultPart *p, bool apart)
{
    struct stat about;
    p->fd = openat(p->vault->part_dir, p->name, O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (p->fd < 0 || flock(p->fd, LOCK_EX | LOCK_NB) != 0 || fstat(p->fd, &about) != 0)
        return false;
    p->start = p->size = about.st_size;
    p->whole = about.st_nlink > 1;
    if (apart && !p->whole)
        p->apart = openat(p->vault->part_dir, ".", O_RDWR | O_TMPFILE | O_CLOEXEC, VAULT_FILE_MODE);
    return !apart || p->whole || p->apart >= 0;
}

VaultPart *vault_part_open(Ctx *ctx, Vault *v, i64 id, bool apart)
{
    if (faulted(ctx))
        return NULL;
    VaultPart *p = arena_new_of(ctx->arena, VaultPart);
    *p = (VaultPart){.vault = v, .fd = -1, .apart = -1, .busy = true, .moved_at = clock_monotonic()};
    id_write(p->name, id);
    if (!make_room(v, p))
        return locked(ctx);
    arena_own(ctx->arena, p, release);
    bool opened = leave(p, open_file(p, apart));
    if (opened)
        return p;
    errno == EWOULDBLOCK ? locked(ctx) : part_fault(ctx, "open a part");
    vault_part_close(p);
    return NULL;
}

i64 vault_part_at(const VaultPart *p)
{
    return p->size;
}

bool vault_part_whole(const VaultPart *p)
{
    return p->whole;
}

/* ---- growing ---- */

/* Where write() stopped counts: of a part that is written to itself the bytes before the disk was full are kept. */
static bool add(VaultPart *p, const char *bytes, size_t n)
{
    int fd = p->apart >= 0 ? p->apart : p->fd;
    i64 at = p->apart >= 0 ? p->size - p->start : p->size;
    while (n > 0) {
        ssize_t taken = pwrite(fd, bytes, n, at);
        if (taken < 0 && errno == EINTR)
            continue;
        if (taken <= 0)
            return false;
        bytes += taken;
        at += taken;
        n -= (size_t)taken;
        p->size += taken;
    }
    return true;
}

bool vault_part_append(Ctx *ctx, VaultPart *p, const void *bytes, size_t n)
{
    if (p->whole)
        return fault(ctx, FAULT_BROKEN, "vault: bytes for a part that is whole");
    if (!enter(ctx, p))
        return false;
    return leave(p, add(p, bytes, n)) || part_fault(ctx, "add to a part");
}

bool vault_part_truncate(Ctx *ctx, VaultPart *p, i64 size)
{
    if (p->whole || p->size != p->start || size > p->size)
        return fault(ctx, FAULT_BROKEN, "vault: a part cannot be cut here");
    if (!enter(ctx, p))
        return false;
    if (!leave(p, ftruncate(p->fd, size) == 0))
        return part_fault(ctx, "cut a part");
    p->start = p->size = size;
    return true;
}

/* ---- on the disk ---- */

static bool copy_in(VaultPart *p)
{
    char *bytes = g_malloc(VAULT_READ_SIZE);
    i64 at = 0, n = p->size - p->start;
    while (at < n) {
        ssize_t got = pread(p->apart, bytes, VAULT_READ_SIZE, at);
        ssize_t put = got > 0 ? pwrite(p->fd, bytes, (size_t)got, p->start + at) : got;
        if (put < 0 && errno == EINTR)
            continue;
        if (put <= 0)
            break;
        at += put;
    }
    int why = errno;
    g_free(bytes);
    errno = why;
    return at == n;
}

/* The first bytes of a part make sure of its name too. */
static bool settle(VaultPart *p)
{
    bool done = (p->apart < 0 || copy_in(p)) && fdatasync(p->fd) == 0 && (p->start > 0 || fsync(p->vault->part_dir) == 0);
    if (done)
        return true;
    int why = errno;
    if (ftruncate(p->fd, p->start) == 0)
        p->size = p->start;
    errno = why;
    return false;
}

bool vault_part_settle(Ctx *ctx, VaultPart *p)
{
    if (p->whole)
        return !faulted(ctx);
    if (!enter(ctx, p))
        return false;
    if (!leave(p, settle(p)))
        return part_fault(ctx, "settle a part");
    p->start = p->size;
    vault_close_fd(&p->apart);
    return true;
}

/* ---- whole ---- */

static bool hash(VaultPart *p, GChecksum *sum)
{
    char *bytes = g_malloc(VAULT_READ_SIZE);
    i64 at = 0;
    ssize_t n;
    while ((n = pread(p->fd, bytes, VAULT_READ_SIZE, at)) != 0) {
        if (n < 0 && errno != EINTR)
            break;
        if (n > 0)
            g_checksum_update(sum, (const unsigned char *)bytes, n);
        at += n > 0 ? n : 0;
    }
    int why = errno;
    g_free(bytes);
    errno = why;
    return n == 0 && at == p->size;
}

/* By a name of its own first: link() replaces nothing, rename() does. Two names of one file it leaves alone. */
static bool name_it(VaultPart *p, const char *sha256)
{
    char temp[VAULT_TEMP_TEXT + 1];
    vault_temp_name(temp);
    bool named = linkat(p->vault->part_dir, p->name, p->vault->new_dir, temp, 0) == 0 &&
                 vault_settle_name(p->vault, temp, sha256);
    int why = errno;
    unlinkat(p->vault->new_dir, temp, 0);
    errno = why;
    return named;
}

bool vault_part_keep(Ctx *ctx, VaultPart *p, const char **sha256_out, i64 *size_out)
{
    if (!enter(ctx, p))
        return false;
    GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA256);
    bool kept = p->size == p->start && hash(p, sum) && name_it(p, g_checksum_get_string(sum));
    leave(p, kept);
    if (kept) {
        p->whole = true;
        *sha256_out = arena_text(ctx->arena, g_checksum_get_string(sum));
        *size_out = p->size;
    } else {
        part_fault(ctx, "keep a part");
    }
    g_checksum_free(sum);
    return kept;
}

/* ---- without holding it ---- */

i64 vault_part_size(Ctx *ctx, Vault *v, i64 id)
{
    char name[ID_TEXT + 1];
    struct stat about;
    if (faulted(ctx))
        return NONE;
    id_write(name, id);
    int fd = openat(v->part_dir, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0 && errno == ENOENT)
        return NONE;
    bool known = fd >= 0 && fstat(fd, &about) == 0 && fdatasync(fd) == 0;
    if (!known)
        part_fault(ctx, "measure a part");
    vault_close_fd(&fd);
    return known ? about.st_size : NONE;
}

bool vault_part_held(Vault *v, i64 id)
{
    char name[ID_TEXT + 1];
    id_write(name, id);
    pthread_mutex_lock(&v->lock);
    const VaultPart *p = *place_of(v, name);
    bool held = p && !has_stalled(p);
    pthread_mutex_unlock(&v->lock);
    return held;
}

void vault_part_drop(Vault *v, i64 id)
{
    char name[ID_TEXT + 1];
    id_write(name, id);
    pthread_mutex_lock(&v->lock);
    VaultPart **at = place_of(v, name);
    if (*at && !(*at)->busy)
        take_away(at);
    unlinkat(v->part_dir, name, 0);
    pthread_mutex_unlock(&v->lock);
}
