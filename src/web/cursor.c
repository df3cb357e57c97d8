/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* cursor.c: "at.id.seal": the seal covers the list's address, so that a cursor fits only its own
 * list. */
#include "web/cursor.h"

#include "base/id.h"
#include "base/text.h"
#include "web/form.h"
#include "web/secret.h"

static const char *seal_of(Ctx *ctx, const Request *req, const char *place)
{
    const char *text = arena_printf(ctx->arena, "%s %s", req->route ? req->route->path : "", place);
    return secret_seal(ctx->arena, req->site, "cursor", text);
}

const char *cursor_make(Ctx *ctx, const Request *req, i64 at, i64 id)
{
    const char *place = arena_printf(ctx->arena, "%" PRId64 ".%s", at, id_text(ctx->arena, id));
    return arena_printf(ctx->arena, "%s.%s", place, seal_of(ctx, req, place));
}

static bool refuse(Ctx *ctx)
{
    return fault_field(ctx, "after",
                       "this is no place in this list: begin again without \"after\"");
}

bool cursor_read(Ctx *ctx, const Request *req, i64 *at_out, i64 *id_out)
{
    const char *text = query_text(req, "after");
    if (!text)
        return false;
    const char *dot = strchr(text, '.'), *last = strrchr(text, '.');
    i64 at, id;
    if (!dot || dot == last || strlen(text) > 100)
        return refuse(ctx);
    const char *place = arena_copy(ctx->arena, text, (size_t)(last - text));
    if (!secret_same(seal_of(ctx, req, place), last + 1))
        return refuse(ctx);
    const char *at_text = arena_copy(ctx->arena, text, (size_t)(dot - text));
    if (!text_int(at_text, &at) || !id_parse(place + (dot - text) + 1, &id))
        return refuse(ctx);
    *at_out = at;
    *id_out = id;
    return true;
}
