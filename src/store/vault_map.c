/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* vault_map.c: a file of the vault as bytes in memory. */
#include "store/vault.h"

#include <sys/mman.h>
#include <unistd.h>

static void unmap(void *file)
{
    const Bytes *b = file;
    munmap((void *)b->data, b->size);
}

static bool map(Ctx *ctx, int fd, size_t size, Bytes *out)
{
    void *bytes = mmap(NULL, size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (bytes == MAP_FAILED)
        return fault(ctx, FAULT_BUSY, "The file cannot be read just now. Try again in a moment.");
    Bytes *kept = arena_new_of(ctx->arena, Bytes);
    *kept = *out = (Bytes){bytes, size};
    arena_own(ctx->arena, kept, unmap);
    return true;
}

bool vault_map(Ctx *ctx, Vault *v, const char *sha256, Bytes *out)
{
    i64 size;
    int fd = vault_fd(ctx, v, sha256, &size);
    if (fd < 0)
        return false;
    *out = (Bytes){"", 0};
    bool mapped = size == 0 || map(ctx, fd, (size_t)size, out);
    close(fd);
    return mapped;
}
