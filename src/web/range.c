/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* range.c: reading "bytes=0-499", "bytes=500-" and "bytes=-500". */
#include "web/range.h"

/* Digits as a number; NONE when there are none, a large one when there are too many. */
static i64 digits(const char **at)
{
    const char *s = *at;
    i64 n = 0;
    while (*s >= '0' && *s <= '9') {
        n = n < INT64_MAX / 100 ? n * 10 + (*s - '0') : INT64_MAX / 100;
        s++;
    }
    i64 read = s == *at ? NONE : n;
    *at = s;
    return read;
}

RangeFate range_read(const char *header, i64 size, i64 *first_out, i64 *last_out)
{
    static const char unit[] = "bytes=";
    if (!header || strncmp(header, unit, strlen(unit)) != 0)
        return RANGE_WHOLE;
    const char *at = header + strlen(unit);
    i64 first = digits(&at);
    if (*at++ != '-')
        return RANGE_WHOLE;
    i64 last = digits(&at);
    if (*at || (first == NONE && last == NONE) || (first != NONE && last != NONE && last < first))
        return RANGE_WHOLE;
    if (first == NONE) { /* the last so many */
        first = last < size ? size - last : 0;
        last = last > 0 ? size - 1 : -1;
    }
    if (first >= size || last == -1)
        return RANGE_OUTSIDE;
    *first_out = first;
    *last_out = last == NONE || last >= size ? size - 1 : last;
    return RANGE_PART;
}
