/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* negotiate.h: media types: which one is sent, which one is wanted (RFC 9110, 8.3 and 12.5.1). */
#pragma once
#include "web/page.h"

/* The type of a Content-Type header, lower case, without parameters; NULL when it is none. */
const char *media_type(Arena *a, const char *header);
/* A parameter's value (quotes undone) or NULL. */
const char *media_param(Arena *a, const char *header, const char *name);
extern const char *const format_types[]; /* "text/html; charset=utf-8"… by Format */

/* The best of formats (AS_…) for an Accept header, which may be NULL; false: nothing fits.  Where the
 * header likes two alike, a program gets data and a person a page. */
bool negotiate(const char *accept, unsigned formats, bool program, Format *format_out);
