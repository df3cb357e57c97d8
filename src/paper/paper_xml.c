/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* paper_xml.c: text into XML 1.0. */
#include "paper/paper_xml.h"

#include "paper/paper_check.h"

void xml_text(Arena *a, Buf *out, const char *text)
{
    const char *p = check_clean(a, text);
    while (p && *p) {
        size_t plain = strcspn(p, "&<>\"");
        buf_add(out, p, plain);
        p += plain;
        if (*p)
            buf_text(out, *p == '&' ? "&amp;" : *p == '<' ? "&lt;" : *p == '>' ? "&gt;" : "&quot;");
        p += *p != 0;
    }
}
