/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* frame_lean.c: a page for who pays by the megabyte: its pictures become the words that describe them.
 *
 * What comes in was written by compiled views: every < of a text is escaped and every attribute stands in double quotes, so
 * "<img " begins a picture and nothing else. */
#include "base/buf.h"
#include "web/frame_room.h"

static const char *attribute(Arena *a, const char *tag, size_t n, const char *name)
{
    const char *wanted = arena_printf(a, " %s=\"", name), *at = strstr(tag, wanted);
    if (!at || (size_t)(at - tag) >= n)
        return "";
    at += strlen(wanted);
    return arena_copy(a, at, strcspn(at, "\""));
}

/* Decoration has no words and leaves no trace. */
static void describe(Arena *a, Buf *out, const char *tag, size_t n)
{
    const char *alt = attribute(a, tag, n, "alt");
    if (*alt)
        buf_printf(out, "<span class=\"left-out\">%s</span>", alt);
}

SafeHtml frame_without_pictures(Ctx *ctx, SafeHtml page)
{
    const char *next = page.s ? strstr(page.s, "<img ") : NULL;
    if (!next)
        return page;
    Buf *out = buf_new(ctx->arena, strlen(page.s) + 256, HTML_MAX);
    const char *from = page.s;
    for (; next; next = strstr(from, "<img ")) {
        size_t n = strcspn(next, ">") + 1;
        buf_add(out, from, (size_t)(next - from));
        describe(ctx->arena, out, next, n);
        from = next + n;
    }
    buf_text(out, from);
    return (SafeHtml){buf_data(out)};
}
