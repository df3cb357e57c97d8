/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* diff.c: two texts as words; what is the same at both ends is set aside, the middle is compared in a table. */
#include "base/diff.h"
#include "base/buf.h"

enum { BEFORE_WORDS = 6 };

typedef struct Piece {
    const char *text; /* in the text itself, not terminated */
    size_t size;
} Piece;

typedef struct Words {
    Piece *pieces;
    size_t count;
} Words;

typedef struct Diff {
    Arena *arena;
    const char *older;
    Words a, b;
    size_t from, a_to, b_to;  /* what lies between the common ends */
    uint16_t *common;         /* [i][j]: the most words that a from i on and b from j on share */
    DiffChange *changes;
    size_t count;
} Diff;

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static Words words_of(Arena *arena, const char *text)
{
    size_t room = strlen(text) / 2 + 1, n = 0;
    Piece *pieces = arena_array(arena, Piece, room);
    for (const char *p = text; *p;) {
        while (is_space(*p))
            p++;
        const char *end = p;
        while (*end && !is_space(*end))
            end++;
        if (end > p)
            pieces[n++] = (Piece){p, (size_t)(end - p)};
        p = end;
    }
    return (Words){pieces, n};
}

static bool same(const Piece *x, const Piece *y)
{
    return x->size == y->size && memcmp(x->text, y->text, x->size) == 0;
}

static void set_ends_aside(Diff *d)
{
    d->a_to = d->a.count;
    d->b_to = d->b.count;
    while (d->from < d->a_to && d->from < d->b_to && same(&d->a.pieces[d->from], &d->b.pieces[d->from]))
        d->from++;
    while (d->a_to > d->from && d->b_to > d->from && same(&d->a.pieces[d->a_to - 1], &d->b.pieces[d->b_to - 1])) {
        d->a_to--;
        d->b_to--;
    }
}

static uint16_t *cell(const Diff *d, size_t i, size_t j)
{
    return &d->common[(i - d->from) * (d->b_to - d->from + 1) + (j - d->from)];
}

static void fill_table(Diff *d)
{
    d->common = arena_array(d->arena, uint16_t, (d->a_to - d->from + 1) * (d->b_to - d->from + 1));
    for (size_t i = d->a_to; i-- > d->from;)
        for (size_t j = d->b_to; j-- > d->from;) {
            uint16_t down = *cell(d, i + 1, j), right = *cell(d, i, j + 1);
            if (same(&d->a.pieces[i], &d->b.pieces[j]))
                *cell(d, i, j) = (uint16_t)(*cell(d, i + 1, j + 1) + 1);
            else
                *cell(d, i, j) = down > right ? down : right;
        }
}

static const char *joined(Arena *a, const Words *w, size_t from, size_t to)
{
    Buf *out = buf_new(a, 64, 64 * 1024);
    for (size_t i = from; i < to; i++) {
        if (i > from)
            buf_char(out, ' ');
        buf_add(out, w->pieces[i].text, w->pieces[i].size);
    }
    return buf_data(out);
}

static void note(Diff *d, size_t a_from, size_t a_to, size_t b_from, size_t b_to)
{
    if (a_from == a_to && b_from == b_to)
        return;
    size_t first = a_from > BEFORE_WORDS ? a_from - BEFORE_WORDS : 0;
    const char *at = a_from < d->a.count ? d->a.pieces[a_from].text : d->older + strlen(d->older);
    d->changes[d->count++] = (DiffChange){
        .was = joined(d->arena, &d->a, a_from, a_to),
        .is = joined(d->arena, &d->b, b_from, b_to),
        .before = joined(d->arena, &d->a, first, a_from),
        .at = (size_t)(at - d->older),
    };
}

/* Along the words that both have; what lies between two of them was changed. */
static void walk(Diff *d)
{
    size_t i = d->from, j = i, a_from = i, b_from = i;
    while (i < d->a_to && j < d->b_to) {
        if (same(&d->a.pieces[i], &d->b.pieces[j])) {
            note(d, a_from, i, b_from, j);
            a_from = ++i;
            b_from = ++j;
        } else if (*cell(d, i + 1, j) >= *cell(d, i, j + 1)) {
            i++;
        } else {
            j++;
        }
    }
    note(d, a_from, d->a_to, b_from, d->b_to);
}

bool diff_words(Arena *a, const char *older, const char *newer, List *changes_out)
{
    Diff d = {.arena = a, .older = older, .a = words_of(a, older), .b = words_of(a, newer)};
    set_ends_aside(&d);
    if (d.a_to - d.from > DIFF_WORDS || d.b_to - d.from > DIFF_WORDS)
        return false;
    fill_table(&d);
    d.changes = arena_array(a, DiffChange, d.a_to - d.from + d.b_to - d.from + 1);
    walk(&d);
    *changes_out = (List){d.changes, d.count};
    return true;
}
