/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* site_verify_read.c: what stands in a document that somebody hands in. */
#include "base/child.h"
#include "desks/site/verify/site_verdict.h"

#include <unistd.h>

enum { TEXT_MOST = 512 * 1024, FILE_MOST = 2 * 1024 * 1024 };

static const ChildLimits reader_limits = {.memory = 1024LL << 20, .cpu_seconds = 10, .timeout = 15 * CLOCK_SECOND, .output = TEXT_MOST};

/* In the order of the paper: what is a row there comes word by word. */
const char *verify_text_of_pdf(Ctx *ctx, int fd)
{
    const char *const argv[] = {"pdftotext", "-raw", "-nopgbrk", "-enc", "UTF-8", "-l", "60", "-", "-", NULL};
    Bytes out;
    if (lseek(fd, 0, SEEK_SET) != 0 || child_run(ctx->arena, argv, fd, &reader_limits, &out) != CHILD_DONE)
        return NULL;
    return text_valid(out.data, out.size) ? arena_copy(ctx->arena, out.data, out.size) : NULL;
}

static const char *text_of_file(Ctx *ctx, const Upload *u)
{
    if (u->size > FILE_MOST || lseek(u->fd, 0, SEEK_SET) != 0)
        return NULL;
    char *text = arena_bytes(ctx->arena, (size_t)u->size + 1);
    i64 done = 0;
    while (done < u->size) {
        ssize_t n = read(u->fd, text + done, (size_t)(u->size - done));
        if (n <= 0)
            return NULL;
        done += n;
    }
    return text_valid(text, (size_t)done) ? text : NULL;
}

const char *verify_text_of(Ctx *ctx, const Upload *u)
{
    if (text_same(u->type, "application/pdf"))
        return verify_text_of_pdf(ctx, u->fd);
    return text_starts(u->type, "text/") || text_same(u->type, "application/json") ? text_of_file(ctx, u) : NULL;
}
