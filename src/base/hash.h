/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* hash.h: SHA-256 (FIPS 180-4) of some bytes, as 64 hex digits. */
#pragma once
#include "base/arena.h"

const char *hash_text(Arena *a, Bytes bytes);
