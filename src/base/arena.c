/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* arena.c: a chain of blocks, cut from the front. */
#include "base/arena.h"

#include <malloc.h>
#include <stdalign.h>
#include <stdlib.h>

#if defined(__SANITIZE_ADDRESS__)
#define FENCED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define FENCED 1
#endif
#endif

#ifdef FENCED
#include <sanitizer/asan_interface.h>
enum { FENCE = 32 };

/* Not inlined: gcc would take the const pointer for a read of fresh memory. */
static __attribute__((noinline)) void poison(void *p, size_t n)
{
    __asan_poison_memory_region(p, n);
}

static void unpoison(void *p, size_t n)
{
    __asan_unpoison_memory_region(p, n);
}
#else
enum { FENCE = 0 };

static void poison(UNUSED void *p, UNUSED size_t n)
{
}
static void unpoison(UNUSED void *p, UNUSED size_t n)
{
}
#endif

enum {
    ALIGN = alignof(max_align_t),
    FIRST_BLOCK = 32 * 1024,
    LARGEST_BLOCK = 1024 * 1024,
    ABORT_FACTOR = 4,
};

typedef struct Block {
    struct Block *older;
    size_t size, used;
    alignas(max_align_t) char bytes[];
} Block;

typedef struct Owned {
    struct Owned *older;
    void *thing;
    void (*release)(void *thing);
} Owned;

struct Arena {
    Block *block; /* the youngest: pieces are cut from it */
    Owned *owned; /* the youngest first */
    size_t used, max;
};

__attribute__((noreturn)) static void die(const char *why, size_t n)
{
    fprintf(stderr, "vocero: arena: %s (%zu bytes)\n", why, n);
    abort();
}

static Block *block_new(size_t size, Block *older)
{
    Block *b = malloc(sizeof *b + size);
    if (!b)
        die("the system has no memory left", size);
    b->older = older;
    b->size = size;
    b->used = 0;
    poison(b->bytes, size);
    return b;
}

static void block_free(Block *b)
{
    unpoison(b->bytes, b->size);
    free(b);
}

Arena *arena_new(size_t max)
{
    Arena *a = calloc(1, sizeof *a);
    if (!a)
        die("the system has no memory left", sizeof *a);
    a->max = max ? max : ARENA_REQUEST_MAX;
    a->block = block_new(FIRST_BLOCK, NULL);
    return a;
}

static void release_all(Arena *a)
{
    while (a->owned) { /* a release may own something new */
        Owned *o = a->owned;
        a->owned = o->older;
        o->release(o->thing);
    }
}

void arena_reset(Arena *a)
{
    release_all(a);
    while (a->block->older) {
        Block *b = a->block;
        a->block = b->older;
        block_free(b);
    }
    poison(a->block->bytes, a->block->size);
    a->block->used = 0;
    a->used = 0;
}

void arena_free(Arena *a)
{
    if (!a)
        return;
    arena_reset(a);
    block_free(a->block);
    free(a);
}

void arena_drop(Arena **a)
{
    arena_free(*a);
    *a = NULL;
}

size_t arena_used(const Arena *a)
{
    return a->used;
}

bool arena_full(const Arena *a)
{
    return a->used > a->max;
}

/* What n bytes cost: rounded up for the next piece's alignment, with the fence. */
static size_t step_of(size_t n)
{
    size_t step;
    if (__builtin_add_overflow(n ? n : 1, (size_t)(ALIGN - 1) + FENCE, &step))
        die("a piece is larger than the address space", n);
    return step & ~(size_t)(ALIGN - 1);
}

static Block *block_with(Arena *a, size_t step)
{
    Block *b = a->block;
    if (b->size - b->used >= step)
        return b;
    if (b->older &&
        step > b->size / 2) { /* a large piece alone, so that the rest of b stays in use */
        b->older = block_new(step, b->older);
        return b->older;
    }
    size_t size = b->size * 2 < LARGEST_BLOCK ? b->size * 2 : LARGEST_BLOCK;
    a->block = block_new(size > step ? size : step, b);
    return a->block;
}

/* Not cleared. */
static char *cut(Arena *a, size_t n)
{
    size_t step = step_of(n);
    if (step / ABORT_FACTOR > a->max || a->used + step > a->max * ABORT_FACTOR)
        die("far beyond its maximum; somebody did not look at arena_full()", a->max);
    Block *b = block_with(a, step);
    char *p = b->bytes + b->used;
    b->used += step;
    a->used += step;
    unpoison(p, n);
    return p;
}

void *arena_bytes(Arena *a, size_t n)
{
    return memset(cut(a, n), 0, n);
}

void *arena_items(Arena *a, size_t size, size_t n)
{
    size_t all;
    if (__builtin_mul_overflow(size, n, &all))
        die("an array larger than the address space", n);
    return arena_bytes(a, all);
}

char *arena_copy(Arena *a, const char *text, size_t n)
{
    if (n == SIZE_MAX)
        die("a piece is larger than the address space", n);
    char *p = cut(a, n + 1);
    if (n)
        memcpy(p, text, n);
    p[n] = '\0';
    return p;
}

char *arena_text(Arena *a, const char *text)
{
    return text ? arena_copy(a, text, strlen(text)) : NULL;
}

/* Nearly all formats say nothing but %s: copying is several times as quick as formatting. */
static bool only_texts(const char *fmt)
{
    for (const char *p = strchr(fmt, '%'); p; p = strchr(p + 2, '%'))
        if (p[1] != 's')
            return false;
    return true;
}

static size_t join(char *out, const char *bytes, size_t n)
{
    if (out)
        memcpy(out, bytes, n);
    return n;
}

/* Into out, which may be NULL; how many bytes. */
static size_t join_texts(char *out, const char *fmt, va_list ap)
{
    size_t n = 0;
    for (;;) {
        size_t plain = strcspn(fmt, "%");
        n += join(out ? out + n : NULL, fmt, plain);
        if (!fmt[plain])
            return n;
        const char *text = va_arg(ap, const char *);
        text = text ? text : "(null)"; /* as printf says it */
        n += join(out ? out + n : NULL, text, strlen(text));
        fmt += plain + strlen("%s");
    }
}

static char *joined_texts(Arena *a, const char *fmt, va_list ap)
{
    va_list again;
    va_copy(again, ap);
    size_t n = join_texts(NULL, fmt, ap);
    char *text = cut(a, n + 1);
    join_texts(text, fmt, again);
    text[n] = '\0';
    va_end(again);
    return text;
}

char *arena_vprintf(Arena *a, const char *fmt, va_list ap)
{
    if (only_texts(fmt))
        return joined_texts(a, fmt, ap);
    char shortly[256]; /* most texts are formatted only once */
    va_list again;
    va_copy(again, ap);
    int n = vsnprintf(shortly, sizeof shortly, fmt, ap);
    if (n < 0)
        die("a text that cannot be formatted", 0);
    char *text;
    if ((size_t)n < sizeof shortly) {
        text = arena_copy(a, shortly, (size_t)n);
    } else {
        text = arena_bytes(a, (size_t)n + 1);
        vsnprintf(text, (size_t)n + 1, fmt, again);
    }
    va_end(again);
    return text;
}

char *arena_printf(Arena *a, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    char *text = arena_vprintf(a, fmt, ap);
    va_end(ap);
    return text;
}

void arena_own(Arena *a, void *thing, void (*release)(void *thing))
{
    Owned *o = arena_new_of(a, Owned);
    *o = (Owned){.older = a->owned, .thing = thing, .release = release};
    a->owned = o;
}

void arena_keep_memory(void)
{
    mallopt(M_TRIM_THRESHOLD, 1024 * 1024);
    mallopt(M_TOP_PAD, 256 * 1024);
    mallopt(M_MMAP_THRESHOLD, 1024 * 1024);
}
