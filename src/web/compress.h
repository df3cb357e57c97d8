/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* compress.h: bytes made smaller for a public page's stay in memory: gzip 6 and brotli 5, which
 * cost about as much as rendering; what higher levels would save is not worth a reader's wait. */
#pragma once
#include "base/base.h"

/* malloc'd, or NULL when it would not become smaller. */
char *compress_gzip(Bytes in, size_t *size_out);
char *compress_brotli(Bytes in, size_t *size_out);
