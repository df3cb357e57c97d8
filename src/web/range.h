/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* range.h: one range of bytes (RFC 9110 14); several at once are answered whole, as it allows. */
#pragma once
#include "base/base.h"

typedef enum {
    RANGE_WHOLE, /* none, none that is understood, or several: the whole answer */
    RANGE_PART,
    RANGE_OUTSIDE /* 416 */
} RangeFate;

/* first and last are inclusive. */
RangeFate range_read(const char *header, i64 size, i64 *first_out, i64 *last_out);
