/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* vault.h: files by the SHA-256 of their bytes, written once, never changed.
 *
 * file:PATH keeps them as PATH/ab/cdef…; the interface fits an object store (put whole, get by
 * range, no rename seen outside).  Bytes stream through in constant memory: an upload goes to a
 * temporary file, is fsynced, then renamed to its name and its folder fsynced. */
#pragma once
#include "base/ctx.h"

typedef struct Vault Vault;
typedef struct VaultWriter VaultWriter; /* an upload on its way in; dropped unless kept */

Vault *vault_open(const char *url, const char **why_out); /* file:PATH */
void vault_close(Vault *v);

/* Lives in ctx's arena and is dropped with it, so a request that fails leaves nothing behind. The arena ends before the vault. */
VaultWriter *vault_begin(Ctx *ctx, Vault *v, i64 max_bytes);
CHECKED bool vault_add(Ctx *ctx, VaultWriter *w, const void *bytes, size_t n); /* FAULT_TOO_LARGE, FAULT_BUSY when the disk is full */
/* On disk when it returns true; sha256_out 64 hex digits in the arena. */
CHECKED bool vault_keep(Ctx *ctx, VaultWriter *w, const char **sha256_out, i64 *size_out);
/* What came, to be looked at and not kept: hashed, open for reading from its beginning until the writer is dropped
 * with its arena. -1 after a fault; the caller does not close it. */
int vault_glance(Ctx *ctx, VaultWriter *w, const char **sha256_out, i64 *size_out);
void vault_drop(VaultWriter *w); /* NULL and kept ones are fine */

/* ---- parts: what comes in pieces and outlives a request, a connection and a restart ----
 *
 * A part is named by an id. One writes to it at a time: who holds it keeps others out until it is closed, at the latest with
 * ctx's arena; but who holds it and brought nothing for VAULT_PART_STALLED loses it to the next who asks.
 * What vault_part_settle() and vault_part_size() said is on the disk. What came and was not settled stays too when the one who
 * brought it goes away, unless it came apart: then it counts only once it was settled. After vault_part_keep() the part
 * is whole: it stays until it is dropped, so that who was cut off before the record was written can ask again.
 * FAULT_NOT_FOUND: no such part; FAULT_LOCKED: another holds it; FAULT_FULL: the disk is full, what came before is kept. */
#define VAULT_PART_STALLED (5 * CLOCK_SECOND)
typedef struct VaultPart VaultPart;
CHECKED bool vault_part_make(Ctx *ctx, Vault *v, i64 id);                  /* empty */
VaultPart *vault_part_open(Ctx *ctx, Vault *v, i64 id, bool apart);        /* held; NULL with a fault */
i64 vault_part_at(const VaultPart *p);                                     /* bytes so far, with those of this turn */
bool vault_part_whole(const VaultPart *p);                                 /* vault_part_keep() was there: it takes nothing more */
CHECKED bool vault_part_append(Ctx *ctx, VaultPart *p, const void *bytes, size_t n);
CHECKED bool vault_part_truncate(Ctx *ctx, VaultPart *p, i64 size);        /* never of a whole one */
CHECKED bool vault_part_settle(Ctx *ctx, VaultPart *p);                    /* slow: on the disk when it returns true */
CHECKED bool vault_part_keep(Ctx *ctx, VaultPart *p, const char **sha256_out, i64 *size_out); /* slow: hashed, and under its name in the vault */
void vault_part_close(VaultPart *p);                                       /* lets others at it; NULL and closed ones are fine */
i64 vault_part_size(Ctx *ctx, Vault *v, i64 id);                           /* slow; NONE without a fault: there is none */
bool vault_part_held(Vault *v, i64 id);                                    /* somebody of this process, and would not lose it yet */
void vault_part_drop(Vault *v, i64 id);                                    /* whoever holds it loses it; none is fine */

int vault_fd(Ctx *ctx, Vault *v, const char *sha256, i64 *size_out); /* open for reading, or -1 with FAULT_NOT_FOUND; the caller closes */
/* All its bytes, read-only, as long as ctx's arena lives: mapped, so that pages come and go as they are read. FAULT_NOT_FOUND, FAULT_BUSY. */
CHECKED bool vault_map(Ctx *ctx, Vault *v, const char *sha256, Bytes *out);
CHECKED bool vault_has(Vault *v, const char *sha256);
/* Inside the writer's transaction that saw that no record speaks of it any more: the vault does not count. */
CHECKED bool vault_delete(Ctx *ctx, Vault *v, const char *sha256);
bool vault_verify(Ctx *ctx, Vault *v, const char *sha256); /* reads it all: are the bytes still what the name says? */
void vault_sweep(Vault *v, i64 now);                       /* uploads that nobody finished for a day go */
