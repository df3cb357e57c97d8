/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* multipart.h: multipart/form-data (RFC 7578) as it arrives, in constant memory.
 *
 * Strict: nothing before the first boundary, nothing after the last, heads of at most 4 KB, no
 * transfer encodings.  What it refuses is said in multipart_trouble(). */
#pragma once
#include "base/arena.h"

enum { MULTIPART_HEAD_MAX = 4096, MULTIPART_BOUNDARY_MAX = 70, MULTIPART_NAME_MAX = 100 };

typedef struct Part {
    const char *name;
    const char *filename; /* NULL: a field; "" : a file field without a file; no folders, no controls */
    const char *type;     /* as the sender says; NULL when not said */
} Part;

/* Each returns false to stop. */
typedef struct PartSink {
    bool (*begin)(void *to, const Part *part);
    bool (*data)(void *to, const char *bytes, size_t n);
    bool (*end)(void *to);
} PartSink;

typedef struct Multipart Multipart;

/* NULL when the boundary is none (RFC 2046, 5.1.1). The arena holds names and file names. */
Multipart *multipart_new(Arena *a, const char *boundary, int parts_max, const PartSink *sink, void *to);
bool multipart_feed(Multipart *m, const char *bytes, size_t n);
bool multipart_closed(Multipart *m);           /* was the last boundary there? */
const char *multipart_trouble(const Multipart *m); /* a msgid, or NULL when the sink stopped it */

/* The last part of a path, without controls; "archivo" when nothing is left. */
const char *multipart_filename(Arena *a, const char *sent);
