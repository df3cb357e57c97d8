/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* worker_main.c: vocero-pictures: takes pictures from its standard input, a socket, one after the other, until that closes. */
#include "media/media_wire.h"
#include "media/worker/worker_jail.h"

#include <sys/socket.h>
#include <unistd.h>

enum { PARENT = STDIN_FILENO };
#define WORKER_ARENA_MAX ((size_t)32 << 20)

static const Actor nobody = {.name = "vocero-pictures", .tongue = TONGUE_EN};

/* ---- one picture ---- */

static bool do_ask(Ctx *ctx, const WireAsk *ask, int in, int out, WireAnswer *answer)
{
    const MediaRecipe recipe = {
        .wishes = ask->wishes.items,
        .wish_count = ask->wishes.count,
        .boxes = ask->boxes,
        .focal_x = ask->focal_x,
        .focal_y = ask->focal_y,
        .watermark = ask->watermark,
        .words = ask->words,
    };
    switch (ask->verb) {
    case WIRE_INSPECT: return work_inspect(ctx, in, ask->faces, &answer->facts);
    case WIRE_MAKE: return work_make(ctx, in, &recipe, out, &answer->copies);
    case WIRE_WRITE_FACTS: return work_write_facts(ctx, in, &ask->facts, out, &answer->size);
    default: return fault(ctx, FAULT_BROKEN, "nobody knows how to do that");
    }
}

static bool tell(Ctx *ctx, WireAnswer *answer)
{
    if (faulted(ctx)) {
        Fault f = fault_take(ctx);
        *answer = (WireAnswer){.kind = (int)f.kind, .what = f.what};
    }
    return wire_send(PARENT, wire_text(ctx->arena, &wire_answer, answer), NULL, 0, WIRE_FOREVER);
}

static bool serve(Ctx *ctx, const WireMessage *m)
{
    WireAsk ask;
    WireAnswer answer = {0};
    if (m->files[0] < 0 || m->files[1] < 0)
        fault(ctx, FAULT_BROKEN, "two open files are wanted");
    else if (wire_read(ctx, (Bytes){m->bytes, m->size}, &wire_ask, &ask))
        answer.done = do_ask(ctx, &ask, m->files[0], m->files[1], &answer);
    return tell(ctx, &answer);
}

/* ---- all of them ---- */

static bool begin(const char **why)
{
    return work_begin(why) && jail_close(why);
}

static int work(Arena *arena)
{
    const char *why = NULL;
    Ctx first = {.arena = arena, .actor = &nobody};
    bool begun = begin(&why);
    if (!tell(&first, &(WireAnswer){.done = begun, .what = why}) || !begun)
        return 1;
    for (;;) {
        WireMessage m;
        Ctx ctx = {.arena = arena, .actor = &nobody};
        if (!wire_receive(PARENT, WIRE_FOREVER, &m))
            return 0; /* nobody wants more */
        bool told = serve(&ctx, &m);
        wire_drop(&m);
        arena_reset(arena);
        if (!told)
            return 1;
    }
}

static bool is_socket(int fd)
{
    int type = 0;
    socklen_t size = sizeof type;
    return getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &size) == 0 && type == SOCK_STREAM;
}

int main(void)
{
    if (!is_socket(PARENT)) {
        fputs("vocero-pictures is started by vocero, which sends it pictures.\n", stderr);
        return 2;
    }
    int status = work(arena_new(WORKER_ARENA_MAX));
    _exit(status); /* what libraries would tidy up needs calls that are closed now */
}
