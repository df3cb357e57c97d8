/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_medium.c: /medios/ID/VARIANT of a photo: exactly the copy that is public now, or the way to it. */
#include "desks/photos/public/photos_public.h"

/* 1280-0123456789ab.webp: 1280.webp of the recipe 0123456789ab; recipe NULL: none is named. */
typedef struct Named {
    const char *variant, *recipe, *ending;
} Named;

static Named named(Arena *a, const char *text)
{
    size_t stem = strcspn(text, "-.");
    const char *dot = strchr(text, '.');
    Named n = {.variant = text, .ending = dot ? dot : ""};
    if (text[stem] == '-' && dot) {
        n.variant = arena_printf(a, "%.*s%s", (int)stem, text, dot);
        n.recipe = arena_copy(a, text + stem + 1, (size_t)(dot - text - (ptrdiff_t)stem - 1));
    }
    return n;
}

/* As people keep it: the event, its day, a number. */
static const char *public_name(Ctx *ctx, const PublicPhoto *p, const Named *n)
{
    return arena_printf(ctx->arena, "%s%s", p->name, n->ending);
}

static bool give(Ctx *ctx, const Request *req, Page *page, const PublicPhoto *p, const Named *n)
{
    const Rendition *copy = photos_public_copy(ctx, p->id, n->variant);
    bool kept = query_text(req, "descargar") != NULL;
    if (!copy)
        return true; /* the fault says it */
    if (!text_same(n->recipe, p->recipe)) { /* plain, or what it was before: never those bytes again */
        page->redirect = photos_medium_url(ctx->arena, p, n->variant);
        page->redirect = url_query(ctx->arena, page->redirect, "descargar", kept ? "1" : NULL);
        return true;
    }
    bool given = kept ? page_file(ctx, req, page, copy->sha256, copy->type, public_name(ctx, p, n))
                      : page_picture(ctx, req, page, copy->sha256, copy->type);
    page->filename = public_name(ctx, p, n);
    return given || faulted(ctx);
}

bool photos_give_medium(Ctx *ctx, const Request *req, Page *page)
{
    const PublicPhoto *p = photos_public_one(ctx, req->id);
    Named n = named(ctx->arena, req->variant);
    if (faulted(ctx))
        return true;
    if (p)
        return give(ctx, req, page, p, &n);
    if (!photos_public_was(ctx, req->id))
        return false;
    fault(ctx, FAULT_GONE, "this picture was withdrawn");
    return true;
}
