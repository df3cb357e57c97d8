/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* vault_room.h: what the files of the vault share; private to them. */
#pragma once
#include "store/vault.h"

#include <pthread.h>

enum { VAULT_TEMP_BYTES = 16, VAULT_TEMP_TEXT = 2 * VAULT_TEMP_BYTES, VAULT_FILE_MODE = 0600, VAULT_READ_SIZE = 128 * 1024 };

struct Vault {
    int dir;      /* PATH */
    int new_dir;  /* PATH/new */
    int part_dir; /* PATH/parts */
    pthread_mutex_t lock; /* of held and of its members' busy, lost and moved_at */
    VaultPart *held;
};

/* ---- vault.c ---- */
int vault_folder(int dir, const char *name, bool make, bool *made_out); /* below dir, or -1; made_out may be NULL */
void vault_close_fd(int *fd);
void vault_temp_name(char out[VAULT_TEMP_TEXT + 1]);
bool vault_write_all(int fd, const char *bytes, size_t n);
/* Renames a file of new/ that is on the disk to its name; true when the name is on the disk too. */
bool vault_settle_name(Vault *v, const char *temp, const char *sha256);
void *vault_disk_fault(Ctx *ctx, const char *doing); /* by errno */
