/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_media_trace.c: who looked at whose data: a line in the journal, written beside the request, which does not wait for it. */
#include "desks/press/media/press_media.h"
#include "store/journal.h"
#include "web/site.h"

typedef struct Trace {
    WriterJob job;
    Ctx ctx;
    Actor actor; /* outlives the request */
    i64 id;
    const char *verb;
} Trace;

static bool write_trace(Ctx *ctx, WriterJob *job)
{
    const Trace *t = (const Trace *)job;
    return journal(ctx, "press_contact", t->id, t->verb);
}

static void trace_written(Ctx *ctx, WriterJob *job)
{
    (void)job;
    arena_free(ctx->arena); /* the job lies in it */
}

void press_media_trace(const Ctx *ctx, const Request *req, i64 id, const char *verb)
{
    if (!req->site->writer || faulted(ctx))
        return;
    Arena *arena = arena_new(0);
    Trace *t = arena_new_of(arena, Trace);
    t->actor = *ctx->actor;
    t->actor.name = arena_text(arena, ctx->actor->name);
    t->ctx = (Ctx){arena, NULL, &t->actor, ctx->city, ctx->now, {0}};
    t->id = id;
    t->verb = arena_text(arena, verb);
    t->job = (WriterJob){.ctx = &t->ctx, .work = write_trace, .done = trace_written};
    writer_submit(req->site->writer, &t->job);
}
