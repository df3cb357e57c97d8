/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* address.h: percent-encoding in both directions, strictly (RFC 3986; the URL standard's form encoding). */
#pragma once
#include "base/buf.h"

enum { ADDRESS_MAX = 2048, QUERY_MAX = 8192, FIELDS_MAX = 600 }; /* a gallery of 500 pictures comes as one field each */

typedef enum { ADDRESS_FINE, ADDRESS_BROKEN, ADDRESS_LONG, ADDRESS_UNKNOWN } AddressFate;

/* The path of a request line.  BROKEN: a bad percent, bytes that are no UTF-8, an encoded slash or
 * control; UNKNOWN: dot segments and empty segments, which no address of ours has. path_out in the
 * arena, only when FINE. */
AddressFate address_path(Arena *a, const char *raw, const char **path_out);

/* Visits each name=value of a query or a form's body, decoded; false at the first broken one, at more
 * than FIELDS_MAX and when visit says so. name and value live in the arena. */
bool address_fields(Arena *a, const char *raw, size_t n,
                    bool (*visit)(void *to, const char *name, const char *value), void *to);

/* %XX for everything but letters, digits and -._~ and the signs in keep. */
void address_encode(Buf *out, const char *text, const char *keep);
const char *address_encoded(Arena *a, const char *text, const char *keep);
