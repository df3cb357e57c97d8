/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* json_fuzz.c: any bytes at json_read(): a sentence that says no, or a value that can be walked. */
#include "base/json.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void walk(void *to, const char *key, const Json *v)
{
    JsonOut *j = to;
    switch (json_kind(v)) {
    case JSON_NULL: json_raw(j, key, "null"); break;
    case JSON_BOOL: json_bool(j, key, json_bool_of(v)); break;
    case JSON_INT: json_int(j, key, json_int_of(v)); break;
    case JSON_REAL: json_real(j, key, json_real_of(v)); break;
    case JSON_TEXT: json_text(j, key, json_text_of(v)); break;
    case JSON_LIST:
        json_open(j, key, '[');
        for (size_t i = 0; i < json_count(v); i++)
            walk(j, NULL, json_at(v, i));
        json_close(j, ']');
        break;
    case JSON_OBJECT:
        json_open(j, key, '{');
        json_each(v, walk, j);
        json_close(j, '}');
        break;
    }
}

/* What was read and written again is JSON again. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena *arena CLEANUP(arena_drop)
    = arena_new(0);
    Ctx ctx = {.arena = arena, .actor = &actor_nobody};
    const Json *v = json_read(&ctx, (const char *)data, size);
    if (!v) {
        if (ctx.fault.kind != FAULT_MALFORMED)
            abort();
        return 0;
    }
    Buf *out = buf_new(arena, size, size * 8 + 1024);
    JsonOut j = json_out(out);
    walk(&j, NULL, v);
    if (!buf_over(out) && !json_read(&ctx, buf_data(out), buf_size(out)))
        abort();
    return 0;
}
