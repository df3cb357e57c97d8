/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* ctx.c: the first fault, the reader's language, and laps. */
#include "base/ctx.h"
#include "base/text.h"

enum { LAP_MAX = 4 * 1024 * 1024 };

const Actor actor_nobody = {.name = "", .tongue = TONGUE_ES};
const Actor actor_system = {.name = "Vocero", .rights = UINT64_MAX, .tongue = TONGUE_ES};

const Word fault_words[] = {
    [FAULT_NONE] = {"none", N_("Nothing went wrong")},
    [FAULT_NOT_FOUND] = {"not_found", N_("Not found")},
    [FAULT_GONE] = {"gone", N_("No longer available")},
    [FAULT_LOGIN] = {"login", N_("Please log in")},
    [FAULT_FORBIDDEN] = {"forbidden", N_("Not allowed")},
    [FAULT_INVALID] = {"invalid", N_("Something needs correcting")},
    [FAULT_MALFORMED] = {"malformed", N_("The request cannot be read")},
    [FAULT_CONFLICT] = {"conflict", N_("It does not fit the present state")},
    [FAULT_STALE] = {"stale", N_("Somebody else was first")},
    [FAULT_TOO_LARGE] = {"too_large", N_("Too large")},
    [FAULT_UNSUPPORTED] = {"unsupported", N_("This kind of content is not supported")},
    [FAULT_LOCKED] = {"locked", N_("Somebody else is at it")},
    [FAULT_DAMAGED] = {"damaged", N_("It was damaged on its way")},
    [FAULT_TOO_MANY] = {"too_many", N_("Too many requests")},
    [FAULT_BUSY] = {"busy", N_("Busy at the moment")},
    [FAULT_FULL] = {"full", N_("The disk is full")},
    [FAULT_BROKEN] = {"broken", N_("Something broke on our side")},
    [FAULT_COUNT] = {0},
};

void *fault_at(Ctx *ctx, const char *where, FaultKind kind, const char *field, const char *fmt, ...)
{
    if (faulted(ctx))
        return NULL;
    va_list ap;
    va_start(ap, fmt);
    const char *what = arena_vprintf(ctx->arena, tongue_say(ctx->actor->tongue, fmt), ap);
    va_end(ap);
    ctx->fault = (Fault){.kind = kind, .what = what, .where = where, .field = field};
    return NULL;
}

bool faulted(const Ctx *ctx)
{
    return ctx->fault.kind != FAULT_NONE;
}

Fault fault_take(Ctx *ctx)
{
    Fault taken = ctx->fault;
    ctx->fault = (Fault){.kind = FAULT_NONE};
    return taken;
}

const char *say(const Ctx *ctx, const char *msgid)
{
    return tongue_say(ctx->actor->tongue, msgid);
}

const char *say_n(const Ctx *ctx, const char *one, const char *many, i64 n)
{
    return tongue_say_n(ctx->actor->tongue, one, many, n);
}

const char *say_word(const Ctx *ctx, const Word *words, int value)
{
    return say(ctx, word_label(words, value));
}

Lap lap_begin(Ctx *ctx)
{
    Lap lap = {.ctx = ctx, .outer = ctx->arena};
    ctx->arena = arena_new(LAP_MAX);
    return lap;
}

void lap_end(Lap *lap)
{
    Fault *fault = &lap->ctx->fault;
    Arena *inner = lap->ctx->arena;
    fault->what = arena_text(lap->outer, fault->what);
    fault->where = arena_text(lap->outer, fault->where);
    fault->field = arena_text(lap->outer, fault->field);
    lap->ctx->arena = lap->outer;
    arena_free(inner);
}

bool check_text(Ctx *ctx, const char *field, const char *text, size_t max)
{
    if (!text)
        return true;
    if (!text_valid(text, strlen(text)) || text_has_control(text))
        return fault_field(ctx, field, "There are characters in it that cannot be shown.");
    if (!text_fits(text, max))
        return fault_field(ctx, field, "This is too long: at most %zu characters.", max);
    return true;
}
