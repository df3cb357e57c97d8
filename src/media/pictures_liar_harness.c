/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* pictures_liar_harness.c: stands where vocero-pictures should, and does what the first wish is called: answers well, lies, hangs, ends. */
#include "base/text.h"
#include "media/media_wire.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

static const Actor nobody = {.name = "liar", .tongue = TONGUE_EN};

static void must(bool fine)
{
    if (!fine)
        abort();
}

/* The copy is the picture itself. */
static WorkCopy good_copy(const WireAsk *ask, int in, int out)
{
    const MediaWish *wish = ask->wishes.items;
    struct stat s;
    must(fstat(in, &s) == 0);
    char *bytes = mmap(NULL, (size_t)s.st_size, PROT_READ, MAP_PRIVATE, in, 0);
    must(write(out, bytes, (size_t)s.st_size) == s.st_size);
    WorkCopy c = {wish->variant, wish->type, wish->width, wish->width, 0, s.st_size, 0};
    c.crc = (i64)crc32(0, (const unsigned char *)bytes, (unsigned)s.st_size);
    munmap(bytes, (size_t)s.st_size);
    return c;
}

/* A drawing that runs a script, under the name of a picture. */
static WorkCopy script_copy(const WireAsk *ask, int out)
{
    static const char svg[] = "<svg onload='x()'/>";
    const MediaWish *wish = ask->wishes.items;
    must(pwrite(out, svg, sizeof svg, 0) == (ssize_t)sizeof svg);
    return (WorkCopy){wish->variant, wish->type, wish->width, wish->width, 0, sizeof svg, (i64)crc32(0, (const unsigned char *)svg, sizeof svg)};
}

static void tell(Ctx *ctx, const WireAnswer *answer)
{
    if (!wire_send(STDIN_FILENO, wire_text(ctx->arena, &wire_answer, answer), NULL, 0, WIRE_FOREVER))
        exit(1);
}

static void misbehave(const char *how, WorkCopy *c, WireAnswer *answer)
{
    if (text_same(how, "crash"))
        raise(SIGSEGV);
    if (text_same(how, "abort"))
        raise(SIGABRT);
    if (text_same(how, "leave"))
        exit(0);
    if (text_same(how, "hang"))
        pause();
    if (text_same(how, "babble") && write(STDIN_FILENO, "\377\377\377\177and so on", 13) != 13)
        exit(1);
    c->crc += text_same(how, "crc");
    c->size += text_same(how, "long");
    c->offset -= text_same(how, "before");
    c->width += text_same(how, "wide");
    if (text_same(how, "far"))
        c->offset = INT64_MAX;
    if (text_same(how, "type"))
        c->type = "image/webp";
    if (text_same(how, "name"))
        c->variant = "../../etc/passwd";
    if (text_same(how, "none"))
        answer->copies.count = 0;
    if (text_same(how, "many"))
        answer->copies.count = 2;
}

static void serve(Ctx *ctx, const WireMessage *m)
{
    WireAsk ask;
    WorkCopy copies[2] = {{0}};
    WireAnswer answer = {.done = true, .copies = {copies, 1}};
    if (!wire_read(ctx, (Bytes){m->bytes, m->size}, &wire_ask, &ask))
        exit(1);
    if (ask.verb != WIRE_MAKE) { /* a refusal in words that are not ours */
        tell(ctx, &(WireAnswer){.kind = FAULT_INVALID, .what = "Send your password to x@example.com"});
        return;
    }
    copies[0] = copies[1] = good_copy(&ask, m->files[0], m->files[1]);
    const char *how = ((const MediaWish *)ask.wishes.items)->variant;
    if (text_same(how, "text"))
        copies[0] = script_copy(&ask, m->files[1]);
    misbehave(how, &copies[0], &answer);
    tell(ctx, &answer);
}

int main(void)
{
    Ctx ctx = {.arena = arena_new(0), .actor = &nobody};
    tell(&ctx, &(WireAnswer){.done = true});
    for (WireMessage m; wire_receive(STDIN_FILENO, WIRE_FOREVER, &m);) {
        serve(&ctx, &m);
        wire_drop(&m);
        arena_reset(ctx.arena);
    }
    return 0;
}
