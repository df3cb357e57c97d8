/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* form_fuzz.c: any bytes as a form or as JSON: every reader takes it or notes what was wrong, and
 * what is
 * shown again cannot leave its place. */
#include <stdlib.h>

#include "base/text.h"
#include "web/form_data.h"
#include "web/form_views.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds)
        abort();
}

static bool add(void *to, const char *name, const char *value)
{
    must(text_valid(name, strlen(name)) && text_valid(value, strlen(value)));
    return form_add(to, name, value);
}

static const Word words[] = {{"red", "Red"}, {"green", "Green"}, {0}};

static void read_all(Ctx *ctx, const Request *req)
{
    const char *text = form_text(ctx, req, "a", 40);
    must(!text || (text_graphemes(text) <= 40 && !text_has_control(text)));
    const char *lines = form_lines(ctx, req, "b", 10);
    must(!lines || (*lines && !strstr(lines, "\n\n")));
    i64 n = form_int(ctx, req, "c", -5, 5);
    must(n == NONE || (n >= -5 && n <= 5));
    double x = form_real(ctx, req, "d", -90, 90);
    must(x != x || (x >= -90 && x <= 90));
    must(form_id(ctx, req, "e") >= 0);
    must(form_word(ctx, req, "f", words, 0) <= 1);
    Wall wall;
    if (form_wall(ctx, req, "g", &wall))
        must(wall_valid(wall));
    form_instant(ctx, req, "h", ctx->city->zone);
    form_bool(req, "i");
    for (size_t i = 0; i < req->form->errors.count; i++)
        must(faulted(ctx) && *req->form->errors.items[i].value);
}

/* The control is one element whatever was typed into it: its quotes and brackets are counted. */
static size_t signs(const char *html, char sign)
{
    size_t n = 0;
    for (; *html; html++)
        n += *html == sign;
    return n;
}

static void show(Ctx *ctx, const Request *req)
{
    form_return(req->form, &(Fault){.kind = FAULT_CONFLICT, .what = "no"});
    Form *empty = form_new(ctx->arena);
    form_note(empty, "a", "x");
    form_return(empty, &(Fault){.kind = FAULT_CONFLICT, .what = "no"});
    form_add(empty, "a", "x");
    if (!form_first(&req->form->body, "a") || !form_error(req->form, "a"))
        return;
    Html *h = html_new(ctx), *plain = html_new(ctx);
    form_view_input(h, &(Input){.form = req->form, .name = "a", .label = "A"});
    form_view_input(plain, &(Input){.form = empty, .name = "a", .label = "A"});
    static const char guarded[] = "<>\"";
    for (size_t i = 0; i < sizeof guarded - 1; i++)
        must(signs(html_finish(h).s, guarded[i]) == signs(html_finish(plain).s, guarded[i]));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    City city = {
        .name = "C", .office = "O", .base_url = "https://vocero.example", .zone = zone_find("UTC")};
    Ctx ctx = {.arena = arena_new(64 * 1024 * 1024), .actor = &actor_nobody, .city = &city};
    Request req = {.method = POST, .form = form_new(ctx.arena), .version = NONE};
    const char *bytes = (const char *)data;
    bool fine = size && bytes[0] == '{' ? form_add_json(&ctx, req.form, bytes, size)
                                        : address_fields(ctx.arena, bytes, size, add, req.form);
    must(req.form->body.count <= FIELDS_MAX);
    if (fine) {
        read_all(&ctx, &req);
        show(&ctx, &req);
    }
    arena_free(ctx.arena);
    return 0;
}
