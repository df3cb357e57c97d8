/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* multipart_fuzz.c: any bytes as a form in parts: cut anywhere, the same comes out. */
#include <stdlib.h>

#include "base/buf.h"
#include "base/text.h"
#include "web/multipart.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds)
        abort();
}

static bool begin(void *to, const Part *part)
{
    must(part->name && strlen(part->name) <= MULTIPART_NAME_MAX &&
         text_valid(part->name, strlen(part->name)));
    if (part->filename)
        must(!strpbrk(part->filename, "/\\\r\n") && strcmp(part->filename, "..") &&
             !text_has_control(part->filename));
    buf_printf(to, "[%s|%s|%s:", part->name, part->filename ? part->filename : "-",
               part->type ? part->type : "-");
    return true;
}

static bool data_came(void *to, const char *bytes, size_t n)
{
    must(n > 0);
    buf_add(to, bytes, n);
    return true;
}

static bool end(void *to)
{
    buf_char(to, ']');
    return true;
}

/* What came out, and whether it was a whole form. */
static Buf *parsed(Arena *a, const char *bytes, size_t size, size_t chunk, bool *whole_out)
{
    static const PartSink sink = {begin, data_came, end};
    Buf *out = buf_new(a, 1024, 8 * 1024 * 1024);
    Multipart *m = multipart_new(a, "b", 20, &sink, out);
    bool fine = true;
    for (size_t at = 0; at < size && fine; at += chunk)
        fine = multipart_feed(m, bytes + at, at + chunk < size ? chunk : size - at);
    *whole_out = fine && multipart_closed(m);
    must(*whole_out || multipart_trouble(m));
    return out;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena *a = arena_new(64 * 1024 * 1024);
    const char *bytes = (const char *)data;
    bool whole, again;
    Buf *at_once = parsed(a, bytes, size, size + 1, &whole);
    static const size_t chunks[] = {1, 2, 7};
    for (size_t i = 0; i < COUNT(chunks); i++) {
        Buf *cut = parsed(a, bytes, size, chunks[i], &again);
        must(whole == again && buf_size(cut) == buf_size(at_once));
        must(!memcmp(buf_data(cut), buf_data(at_once), buf_size(cut)));
    }
    char *boundary = arena_copy(a, bytes, size < 80 ? size : 80);
    multipart_new(a, boundary, 1, NULL, NULL);
    arena_free(a);
    return 0;
}
