/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* sanitize_parse.c: gumbo kept within bounds: its memory, its depth and its attributes are counted while it works.
 *
 * Some of what it does takes time that grows with the depth of the tree or with the attributes of a tag
 * (who is in scope, which name was there already), and its own clean-up calls itself once a level. It asks
 * for every byte here, so here is where it is stopped: by a jump back, its memory goes with the arena. */
#include <setjmp.h>
#include <stdalign.h>

#include "web/sanitize_room.h"

enum {
    MEMORY_MAX = 64 * 1024 * 1024,
    DEPTH_MAX = 3 * SANITIZE_DEPTH,
    ATTRIBUTES_MAX = 200,
    LOOK_EACH = 16, /* nodes; how far the depth may be passed */
};

/* What it asks for can be told by its size. */
_Static_assert(sizeof(GumboNode) != sizeof(GumboAttribute), "a node and an attribute look the same");

typedef struct Guard {
    Arena *arena;
    jmp_buf out;
    enum { TOO_MANY = 1, TOO_DEEP, TOO_WIDE } why;
    const GumboNode *last; /* the last one made: it hangs in the tree by now, or never will */
    u64 nodes;
    int attributes;        /* of the tag that is read */
} Guard;

/* Stands before each piece, because what is given back comes without its size. */
typedef struct Piece {
    alignas(max_align_t) size_t size;
} Piece;

__attribute__((noreturn)) static void stop(Guard *guard, int why)
{
    guard->why = why;
    longjmp(guard->out, why);
}

static bool is_deep(const GumboNode *node)
{
    int depth = 0;
    while (node && depth <= DEPTH_MAX) {
        node = node->parent;
        depth++;
    }
    return depth > DEPTH_MAX;
}

static void count_node(Guard *guard, const GumboNode *node)
{
    guard->attributes = 0;
    if (++guard->nodes % LOOK_EACH == 0 && is_deep(guard->last))
        stop(guard, TOO_DEEP);
    guard->last = node;
}

static void *give(void *to, size_t size)
{
    Guard *guard = to;
    if (size > MEMORY_MAX || arena_full(guard->arena))
        stop(guard, TOO_MANY);
    Piece *piece = arena_bytes(guard->arena, sizeof *piece + size);
    piece->size = size;
    if (size == sizeof(GumboNode))
        count_node(guard, (const GumboNode *)(piece + 1));
    else if (size == sizeof(GumboAttribute) && ++guard->attributes > ATTRIBUTES_MAX)
        stop(guard, TOO_WIDE);
    return piece + 1;
}

/* The memory itself goes with the arena. */
static void take_back(void *to, void *bytes)
{
    Guard *guard = to;
    if (bytes && ((Piece *)bytes - 1)->size == sizeof(GumboAttribute) && guard->attributes > 0)
        guard->attributes--;
}

static bool refuse(Ctx *ctx, const Guard *guard)
{
    switch (guard->why) {
    case TOO_DEEP:
        return fault(ctx, FAULT_TOO_LARGE, "the text is nested more than %d levels deep", DEPTH_MAX);
    case TOO_WIDE:
        return fault(ctx, FAULT_TOO_LARGE, "an element of the text has more than %d attributes",
                     ATTRIBUTES_MAX);
    default:
        return fault(ctx, FAULT_TOO_LARGE, "the text has too many elements");
    }
}

bool sanitize_parse(Ctx *ctx, const char *html, size_t n,
                    void (*visit)(void *to, const GumboNode *root), void *to)
{
    Arena *arena CLEANUP(arena_drop) = arena_new(MEMORY_MAX);
    Guard *guard = arena_new_of(arena, Guard);
    guard->arena = arena;
    GumboOptions options = kGumboDefaultOptions;
    options.allocator = give;
    options.deallocator = take_back;
    options.userdata = guard;
    options.max_errors = 0;
    options.fragment_context = GUMBO_TAG_DIV;
    if (setjmp(guard->out))
        return refuse(ctx, guard);
    const GumboOutput *tree = gumbo_parse_with_options(&options, html, n);
    visit(to, tree->root);
    return true;
}
