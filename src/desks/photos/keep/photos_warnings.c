/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_warnings.c: what a person should look at again: words beside a minors' flag that may say who a child is. */
#include "desks/photos/keep/photos_keep.h"
#include "desks/photos/keep/photos_lint.h"

enum { WARNINGS = 30, KNOWN = 4 };

typedef struct Warnings {
    Ctx *ctx;
    const char **said;
    size_t n;
} Warnings;

static const char *sentence(Ctx *ctx, LintKind kind, const char *field, const char *what)
{
    Arena *a = ctx->arena;
    switch (kind) {
    case LINT_NAME: return arena_printf(a, say(ctx, "%s: “%s” reads like a name. Where minors appear, nothing may say who they are."), field, what);
    case LINT_SCHOOL:
        return arena_printf(a, say(ctx, "%s: “%s” names a school. Where minors appear, nothing may say where they study."), field, what);
    case LINT_ADDRESS:
        return arena_printf(a, say(ctx, "%s: “%s” reads like an address. Where minors appear, nothing may say where they live."), field, what);
    case LINT_AGE: break;
    }
    return arena_printf(a, say(ctx, "%s: “%s” gives an age. With a name, a place or a school it says who a child is."), field, what);
}

static void warn(Warnings *w, const char *field, List findings)
{
    for (const LintFinding *f = findings.items, *end = f + findings.count; f < end && w->n < WARNINGS; f++)
        w->said[w->n++] = sentence(w->ctx, f->kind, say(w->ctx, field), f->what);
}

static List known_of(Ctx *ctx, const Photo *p)
{
    const char *texts[] = {p->event_title, p->place, ctx->city->name, ctx->city->office};
    const char **known = arena_array(ctx->arena, const char *, KNOWN);
    size_t n = 0;
    for (size_t i = 0; i < COUNT(texts); i++)
        if (!text_blank(texts[i]))
            known[n++] = text_fold(ctx->arena, text_squeeze(ctx->arena, texts[i]));
    return (List){known, n};
}

List photos_warnings(Ctx *ctx, const Photo *p)
{
    Warnings w = {ctx, arena_array(ctx->arena, const char *, WARNINGS), 0};
    if (p->minors != MINORS_CONSENT && p->minors != MINORS_PIXELATE)
        return (List){0};
    List known = known_of(ctx, p);
    warn(&w, N_("Caption"), photos_lint(ctx->arena, p->caption, known));
    warn(&w, N_("Title"), photos_lint(ctx->arena, p->headline, known));
    warn(&w, N_("Alternative text"), photos_lint(ctx->arena, p->alt, known));
    warn(&w, N_("People"), photos_lint_people(ctx->arena, p->people, known));
    return (List){w.said, w.n};
}
