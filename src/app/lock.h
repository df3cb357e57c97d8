/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* lock.h: one serve a data folder, and the folder's secret. */
#pragma once
#include "base/base.h"

/* Takes DATA/vocero.lock; the descriptor, or -1 after one clear line. The kernel lets go when the process ends, however it ends. */
int lock_data(const char *data);
void lock_release(int lock);

/* 32 random bytes of this data folder, made on first use (DATA/secret, 0600). */
bool secret_of(const char *data, unsigned char secret_out[32], const char **why_out);
