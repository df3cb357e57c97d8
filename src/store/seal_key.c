/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* seal_key.c: the city's key in its file: read, or made once and never over another. */
#include "store/seal_room.h"
#include "store/db_driver.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <sodium.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SECRET = crypto_sign_SECRETKEYBYTES };

void seal_key_name(const unsigned char public_key[32], char id_out[SEAL_KEY_ID + 1])
{
    unsigned char hash[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(hash, public_key, crypto_sign_PUBLICKEYBYTES);
    sodium_bin2hex(id_out, SEAL_KEY_ID + 1, hash, SEAL_KEY_ID / 2);
}

void seal_key_forget(SealKey *key)
{
    sodium_memzero(key, sizeof *key);
}

/* ---- reading ---- */
/* The second half of the file is the public key: it must be the one that the first half makes. */
static bool take(const unsigned char secret[SECRET], SealKey *key_out)
{
    unsigned char seed[crypto_sign_SEEDBYTES];
    SealKey key;
    crypto_sign_ed25519_sk_to_seed(seed, secret);
    crypto_sign_seed_keypair(key.public_key, key.secret, seed);
    sodium_memzero(seed, sizeof seed);
    bool whole = sodium_memcmp(key.secret, secret, SECRET) == 0;
    if (whole) {
        seal_key_name(key.public_key, key.id);
        *key_out = key;
    }
    seal_key_forget(&key);
    return whole;
}

/* What is wrong with the file before a byte of it is read; NULL when nothing is. */
static const char *why_not(int fd, const char *path)
{
    struct stat s;
    if (fstat(fd, &s) != 0)
        return db_why("%s cannot be read: %s", path, g_strerror(errno));
    if (!S_ISREG(s.st_mode))
        return db_why("%s is not a file", path);
    if (s.st_mode & 077)
        return db_why("%s holds the city's signing key and others may read it: chmod 600 %s", path,
                      path);
    if (s.st_size != SECRET)
        return db_why(
            "%s is no signing key: it has %lld bytes, not %d; bring it back from the backup", path,
            (long long)s.st_size, SECRET);
    return NULL;
}

static bool read_key(int fd, const char *path, SealKey *key_out, const char **why_out)
{
    const char *why = why_not(fd, path);
    if (!why) {
        unsigned char secret[SECRET];
        ssize_t n = pread(fd, secret, SECRET, 0);
        if (n != SECRET)
            why = db_why("%s cannot be read: %s", path,
                         n < 0 ? g_strerror(errno) : "it is too short");
        else if (!take(secret, key_out))
            why = db_why("%s is damaged: bring it back from the backup", path);
        sodium_memzero(secret, sizeof secret);
    }
    if (why)
        *why_out = why;
    return !why;
}

/* ---- making ---- */
static bool fill(int fd)
{
    unsigned char public_key[crypto_sign_PUBLICKEYBYTES], secret[SECRET];
    crypto_sign_keypair(public_key, secret);
    bool written = write(fd, secret, SECRET) == SECRET && fsync(fd) == 0;
    sodium_memzero(secret, sizeof secret);
    return written;
}

static bool keep_folder(const char *path)
{
    g_autofree char *folder = g_path_get_dirname(path);
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool kept = fd >= 0 && fsync(fd) == 0;
    if (fd >= 0)
        close(fd);
    return kept;
}

/* A whole key under a name of its own gets its real name at once: nobody reads half a key, and of two who
 * make one the second finds the first's. False with errno. */
static bool make_key(const char *path)
{
    g_autofree char *draft = g_strconcat(path, ".XXXXXX", NULL);
    int fd = g_mkstemp_full(draft, O_WRONLY | O_CLOEXEC, 0600);
    if (fd < 0)
        return false;
    bool made = fill(fd) && (link(draft, path) == 0 || errno == EEXIST);
    int error = errno;
    close(fd);
    unlink(draft);
    made = made && keep_folder(path);
    if (!made && error)
        errno = error;
    return made;
}

bool seal_key_load(const char *path, bool create, SealKey *key_out, const char **why_out)
{
    if (sodium_init() < 0) {
        *why_out = "libsodium cannot start";
        return false;
    }
    int fd =
        open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK); /* a pipe in its place must not hold us */
    if (fd < 0 && errno == ENOENT && create) {
        if (!make_key(path)) {
            *why_out = db_why("%s cannot be made: %s", path, g_strerror(errno));
            return false;
        }
        fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    }
    if (fd < 0) {
        *why_out = db_why("%s cannot be read: %s", path, g_strerror(errno));
        return false;
    }
    bool right = read_key(fd, path, key_out, why_out);
    close(fd);
    return right;
}
