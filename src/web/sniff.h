/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* sniff.h: what a file is, by its first bytes: uploads are typed by content, not by name. */
#pragma once
#include "base/base.h"

enum { SNIFF_BYTES = 512 };

/* A media type, static; "application/octet-stream" when unknown. */
const char *sniff(const char *bytes, size_t n);
/* What a ZIP is as an office document: a media type, static; NULL: another archive. */
const char *sniff_office(Bytes file);
bool sniff_macros(Bytes zip);  /* an office document with programs in it */
bool sniff_markup(Bytes text); /* begins as HTML, SVG and XML do: a browser might run it */
