/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* paper_zip.h: named parts into a ZIP archive, the same bytes each time. */
#pragma once
#include "base/buf.h"

typedef struct ZipPart {
    const char *name; /* "word/document.xml" */
    Bytes bytes;
    bool stored;      /* as it is: what is compressed already (pictures) */
} ZipPart;

/* False when it did not fit out, or libarchive could not. No part has a date: each says 1980-01-01. */
/* The same in pieces, as they come: an archive may be larger than memory. sink returns false to stop. */
typedef bool ZipSink(void *to, const void *bytes, size_t n);
CHECKED bool zip_write_to(const ZipPart *parts, size_t count, ZipSink *sink, void *to);
CHECKED bool zip_write(const ZipPart *parts, size_t count, Buf *out);
