/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* hash.c: what a record or a file is, in 64 hex digits. */
#include "base/hash.h"

#include <glib.h>

const char *hash_text(Arena *a, Bytes bytes)
{
    g_autofree char *hex = g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)bytes.data, bytes.size);
    return arena_text(a, hex);
}
