/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* paper_zip.h: named parts into a ZIP archive, the same bytes each time. */
#pragma once
#include "base/buf.h"

typedef struct ZipPart {
    const char *name; /* "word/document.xml" */
    Bytes bytes;
} ZipPart;

/* False when it did not fit out, or libarchive could not. No part has a date: each says 1980-01-01. */
CHECKED bool zip_write(const ZipPart *parts, size_t count, Buf *out);
