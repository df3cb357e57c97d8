/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_public_compare.c: what a correction changed, word for word: the pieces of the older text that went and what came. */
#include "base/diff.h"
#include "desks/press/public/press_public.h"

typedef struct Pieces {
    Ctx *ctx;
    Piece *items;
    size_t count;
} Pieces;

static void add(Pieces *to, PieceKind kind, const char *text, size_t n)
{
    if (n)
        to->items[to->count++] = (Piece){kind, arena_copy(to->ctx->arena, text, n)};
}

static size_t skip_blank(const char *text, size_t at)
{
    while (text[at] && strchr(" \t\r\n\v\f", text[at]))
        at++;
    return at;
}

/* Where the words of `was` end in the older text, which may have other white space between them. */
static size_t end_of(const char *older, size_t at, const char *was)
{
    size_t end = at;
    for (const char *w = was; *w;) {
        size_t word = strcspn(w, " ");
        at = skip_blank(older, at);
        at += word;
        end = at;
        w += word + (w[word] == ' ');
    }
    return end;
}

static void add_change(Pieces *to, const char *older, const DiffChange *change, size_t *at)
{
    size_t begin = *change->was ? skip_blank(older, change->at) : change->at;
    if (begin < *at)
        begin = *at;
    add(to, PIECE_SAME, older + *at, begin - *at);
    size_t end = end_of(older, begin, change->was);
    add(to, PIECE_GONE, older + begin, end - begin);
    if (*change->is)
        add(to, PIECE_NEW, change->is, strlen(change->is));
    *at = end;
}

static Comparison compare(Ctx *ctx, const char *part, const char *older, const char *newer)
{
    List changes;
    Comparison c = {.part = part};
    Pieces pieces = {.ctx = ctx};
    if (!diff_words(ctx->arena, older, newer, &changes)) {
        pieces.items = arena_array(ctx->arena, Piece, 2);
        add(&pieces, PIECE_GONE, older, strlen(older));
        add(&pieces, PIECE_NEW, newer, strlen(newer));
        c.whole = true;
    } else {
        size_t at = 0;
        pieces.items = arena_array(ctx->arena, Piece, 3 * changes.count + 1);
        for (size_t i = 0; i < changes.count; i++)
            add_change(&pieces, older, (const DiffChange *)changes.items + i, &at);
        add(&pieces, PIECE_SAME, older + at, strlen(older + at));
    }
    c.pieces = (List){pieces.items, pieces.count};
    return c;
}

static const char *or_empty(const char *text)
{
    return text ? text : "";
}

static const char *plain(Ctx *ctx, const char *markdown)
{
    return or_empty(text_trim(ctx->arena, markdown ? markdown_text(ctx, markdown) : ""));
}

List press_compare(Ctx *ctx, const PublicRelease *older, const PublicRelease *newer)
{
    const char *const parts[][3] = {
        {say(ctx, "Headline"), older->title, newer->title},
        {say(ctx, "Summary"), or_empty(older->lead), or_empty(newer->lead)},
        {say(ctx, "Text"), plain(ctx, older->body), plain(ctx, newer->body)},
    };
    Comparison *found = arena_array(ctx->arena, Comparison, COUNT(parts));
    size_t n = 0;
    for (size_t i = 0; i < COUNT(parts); i++)
        if (!text_same(parts[i][1], parts[i][2]))
            found[n++] = compare(ctx, parts[i][0], parts[i][1], parts[i][2]);
    return (List){found, n};
}
