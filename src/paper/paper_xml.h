/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* paper_xml.h: text into XML 1.0. */
#pragma once
#include "base/buf.h"

/* Cleaned (check_clean) and escaped, for between tags and between quotes; NULL adds nothing. */
void xml_text(Arena *a, Buf *out, const char *text);
