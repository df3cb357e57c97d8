/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* sanitize_parse.c: gumbo kept within bounds: its memory, its depth and its attributes are counted while it works.
 *
 * Some of what it does takes time that grows with the depth of the tree or with the attributes of a tag
 * (who is in scope, which name was there already), and its own clean-up calls itself once a level. It asks
 * for every byte here, so here is where it is stopped: by a jump back, its memory goes with the arena. */
#include <setjmp.h>
#include <stdalign.h>
#include <stdlib.h>

#include "web/sanitize_room.h"

enum {
    MEMORY_MAX = 64 * 1024 * 1024,
    NODES_LEAST = 256,   /* and one for each byte of the source: elements that nobody wrote are few */
    NODES_MOST = 250000,
    DEPTH_MAX = 3 * SANITIZE_DEPTH,
    ATTRIBUTES_MAX = 200,
    LOOK_EACH = 16,      /* nodes; how far the depth may be passed */
};

/* Stands before each piece, because what is given back comes without its size. */
typedef struct Piece {
    alignas(max_align_t) size_t size;
} Piece;

/* Nodes and attributes are told by their sizes. A text may have the size of a node: it gets a slot too, and
 * its bytes may look like anything; so a parent is believed only when it is a slot itself. */
typedef struct Slot {
    Piece piece;
    GumboNode node;
} Slot;
_Static_assert(sizeof(GumboNode) != sizeof(GumboAttribute), "a node and an attribute look the same");

typedef struct Guard {
    Arena *arena;
    jmp_buf out;
    enum { TOO_MANY = 1, TOO_DEEP, TOO_WIDE } why;
    Slot *slots;
    size_t n_slots, max_slots;
    int attributes;   /* since the slot begun, taken back ones not counted */
    size_t begun;
} Guard;

__attribute__((noreturn)) static void stop(Guard *guard, int why)
{
    guard->why = why;
    longjmp(guard->out, why);
}

static bool is_node(const Guard *guard, const GumboNode *node)
{
    uintptr_t at = (uintptr_t)node - (uintptr_t)guard->slots;
    return node && at < guard->n_slots * sizeof(Slot) && at % sizeof(Slot) == offsetof(Slot, node);
}

static bool is_deep(const Guard *guard, const GumboNode *node)
{
    int depth = 0;
    for (; depth <= DEPTH_MAX && is_node(guard, node); depth++)
        node = node->parent;
    return depth > DEPTH_MAX;
}

/* The node made before hangs in the tree by now, or never will. */
static void *give_node(Guard *guard)
{
    size_t n = guard->n_slots;
    if (n == guard->max_slots)
        stop(guard, TOO_MANY);
    if (n % LOOK_EACH == LOOK_EACH - 1 && is_deep(guard, &guard->slots[n - 1].node))
        stop(guard, TOO_DEEP);
    guard->n_slots++;
    Slot *slot = &guard->slots[n];
    *slot = (Slot){.piece.size = sizeof(GumboNode)};
    return &slot->node;
}

/* Whether an element was made since the attributes were counted from the beginning: then they are of several
 * tags. A text has no zero among its first bytes, an element's kind has three. */
static bool new_element(const Guard *guard)
{
    for (size_t i = guard->begun; i < guard->n_slots; i++)
        if (guard->slots[i].node.type == GUMBO_NODE_ELEMENT)
            return true;
    return false;
}

static void count_attribute(Guard *guard)
{
    if (++guard->attributes <= ATTRIBUTES_MAX)
        return;
    if (!new_element(guard))
        stop(guard, TOO_WIDE);
    guard->attributes = 0;
    guard->begun = guard->n_slots;
}

static void *give(void *to, size_t size)
{
    Guard *guard = to;
    if (size == sizeof(GumboNode))
        return give_node(guard);
    if (size > MEMORY_MAX || arena_full(guard->arena))
        stop(guard, TOO_MANY);
    if (size == sizeof(GumboAttribute))
        count_attribute(guard);
    Piece *piece = arena_bytes(guard->arena, sizeof *piece + size);
    piece->size = size;
    return piece + 1;
}

/* The memory itself goes with the arena. */
static void take_back(void *to, void *bytes)
{
    Guard *guard = to;
    if (bytes && ((Piece *)bytes - 1)->size == sizeof(GumboAttribute) && guard->attributes > 0)
        guard->attributes--;
}

/* The slots are not the arena's own: only those that are used are ever touched. */
static Guard *guard_new(Arena *arena, size_t n)
{
    Guard *guard = arena_new_of(arena, Guard);
    guard->arena = arena;
    guard->max_slots = n + NODES_LEAST < NODES_MOST ? n + NODES_LEAST : NODES_MOST;
    guard->slots = malloc(guard->max_slots * sizeof(Slot));
    if (!guard->slots)
        abort();
    arena_own(arena, guard->slots, free);
    return guard;
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
    Guard *guard = guard_new(arena, n);
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
