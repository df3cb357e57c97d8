/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* buf.c: bytes from malloc, doubled when they run out, freed with the arena. */
#include "base/buf.h"

#include <stdlib.h>

struct Buf {
    char *data;
    size_t size, room; /* room counts the terminator too */
    size_t max;
    bool over;
};

static void release(void *thing)
{
    Buf *b = thing;
    free(b->data);
}

static void set_room(Buf *b, size_t room)
{
    char *data = realloc(b->data, room);
    if (!data) {
        fprintf(stderr, "vocero: buf: the system has no memory left (%zu bytes)\n", room);
        abort();
    }
    b->data = data;
    b->room = room;
}

Buf *buf_new(Arena *a, size_t expected, size_t max)
{
    Buf *b = arena_new_of(a, Buf);
    b->max = max < SIZE_MAX / 4 ? max : SIZE_MAX / 4;
    set_room(b, (expected < b->max ? expected : b->max) + 1);
    arena_own(a, b, release);
    return b;
}

/* Room for n more bytes and the terminator; false past the maximum. */
static bool grow(Buf *b, size_t n)
{
    if (b->over || n > b->max - b->size) {
        b->over = true;
        return false;
    }
    size_t need = b->size + n + 1;
    if (need > b->room) {
        size_t twice = b->room * 2 < b->max + 1 ? b->room * 2 : b->max + 1;
        set_room(b, twice > need ? twice : need);
    }
    return true;
}

void buf_add(Buf *b, const void *bytes, size_t n)
{
    if (!n || !grow(b, n))
        return;
    memcpy(b->data + b->size, bytes, n);
    b->size += n;
}

void buf_text(Buf *b, const char *text)
{
    if (text)
        buf_add(b, text, strlen(text));
}

void buf_char(Buf *b, char c)
{
    buf_add(b, &c, 1);
}

void buf_int(Buf *b, i64 n)
{
    char digits[20], *end = digits + sizeof digits, *p = end;
    u64 rest = n < 0 ? -(u64)n : (u64)n;
    do {
        *--p = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest);
    if (n < 0)
        *--p = '-';
    buf_add(b, p, (size_t)(end - p));
}

void buf_printf(Buf *b, const char *fmt, ...)
{
    if (b->over)
        return;
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(b->data + b->size, b->room - b->size, fmt, ap);
    va_end(ap);
    if (n < 0)
        abort();
    bool fits = (size_t)n < b->room - b->size;
    if (!grow(b, (size_t)n))
        return;
    if (!fits) {
        va_start(ap, fmt);
        vsnprintf(b->data + b->size, (size_t)n + 1, fmt, ap);
        va_end(ap);
    }
    b->size += (size_t)n;
}

bool buf_over(const Buf *b)
{
    return b->over;
}

size_t buf_size(const Buf *b)
{
    return b->size;
}

char *buf_data(Buf *b)
{
    b->data[b->size] = '\0';
    return b->data;
}

void buf_cut(Buf *b, size_t size)
{
    if (size < b->size)
        b->size = size;
}
