/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* sniff.h: what a file is, by its first bytes: uploads are typed by content, not by name. */
#pragma once
#include "base/base.h"

enum { SNIFF_BYTES = 512 };

/* A media type, static; "application/octet-stream" when unknown. */
const char *sniff(const char *bytes, size_t n);
