/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* paper_sample_harness.c: prints the example report: paper_sample pdf|docx|xlsx [further rows] > FILE */
#include "paper/paper_example_harness.h"

#include <stdlib.h>

typedef bool Writer(Ctx *ctx, const Paper *paper, Buf *out);

static Writer *writer_of(const char *name)
{
    return !strcmp(name, "pdf")    ? paper_pdf
           : !strcmp(name, "docx") ? paper_docx
           : !strcmp(name, "xlsx") ? paper_xlsx
                                   : NULL;
}

/* PAPER_TIMES=n makes it n times more and says how long each took. */
static void measure(Ctx *ctx, Writer *write, const Paper *paper)
{
    const char *times = getenv("PAPER_TIMES");
    for (int i = times ? atoi(times) : 0; i > 0; i--) {
        i64 from = clock_monotonic();
        Buf *out = buf_new(ctx->arena, 1 << 16, 1 << 26);
        if (!write(ctx, paper, out))
            return;
        fprintf(stderr, "%.1f ms\n", (double)(clock_monotonic() - from) / 1000);
    }
}

int main(int argc, char **argv)
{
    Writer *write = argc > 1 ? writer_of(argv[1]) : NULL;
    if (!write) {
        fputs("usage: paper_sample pdf|docx|xlsx [further rows] > FILE\n", stderr);
        return 2;
    }
    Arena *arena CLEANUP(arena_drop)
    = arena_new(1 << 28);
    Ctx ctx = {.arena = arena, .actor = &actor_nobody};
    const Paper *paper = example_paper(arena, argc > 2 ? strtoul(argv[2], NULL, 10) : 0);
    Buf *out = buf_new(arena, 1 << 16, 1 << 26);
    if (!write(&ctx, paper, out)) {
        fprintf(stderr, "paper_sample: %s (%s)\n", ctx.fault.what, ctx.fault.where);
        return 1;
    }
    fwrite(buf_data(out), 1, buf_size(out), stdout);
    measure(&ctx, write, paper);
    return 0;
}
