/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* passages.c: two texts laid beside each other at what only they share, then the gaps word by word, then as passages. */
#include "base/passages.h"
#include "base/buf.h"
#include "base/folded.h"

#include <glib.h>
#include <stdlib.h>

enum { RUN = 4, TABLE = 250 * 1000, EDGE = 3 };

typedef struct Words {
    const FoldedWord *w;
    size_t n;
} Words;

/* Some words of the older text against some of the newer; one of the two may be empty. */
typedef struct Block {
    int kind; /* PASSAGE_SAME, WAS, IS */
    size_t from, to;
} Block;

typedef struct Anchor {
    size_t a, b;
} Anchor;

typedef struct Work {
    Arena *arena;
    Words a, b;
    Block *blocks;
    size_t count, room;
    uint16_t *table;
} Work;

/* ---- blocks ---- */
static void put(Work *w, int kind, size_t from, size_t to)
{
    if (from >= to)
        return;
    Block *last = w->count ? &w->blocks[w->count - 1] : NULL;
    if (last && last->kind == kind && last->to == from) {
        last->to = to;
        return;
    }
    if (w->count == w->room) {
        Block *more = arena_array(w->arena, Block, w->room * 2);
        memcpy(more, w->blocks, w->count * sizeof *more);
        w->blocks = more;
        w->room *= 2;
    }
    w->blocks[w->count++] = (Block){kind, from, to};
}

/* ---- anchors: runs that stand once in each text ---- */
typedef struct Seen {
    u64 hash;
    size_t a, b;
    unsigned in_a, in_b;
} Seen;

static void look(GHashTable *table, Seen *all, size_t *count, Words words, bool older)
{
    for (size_t i = 0; i + RUN <= words.n; i++) {
        u64 hash = folded_run(words.w + i, RUN);
        Seen *seen = g_hash_table_lookup(table, &hash);
        if (!seen) {
            if (!older)
                continue;
            seen = &all[(*count)++];
            seen->hash = hash;
            g_hash_table_add(table, seen);
        }
        *(older ? &seen->a : &seen->b) = i;
        *(older ? &seen->in_a : &seen->in_b) += 1;
    }
}

static bool run_same(const Work *w, size_t a, size_t b)
{
    for (size_t i = 0; i < RUN; i++)
        if (!folded_same(&w->a.w[a + i], &w->b.w[b + i]))
            return false;
    return true;
}

/* In the order of the older text. */
static Anchor *anchors_of(Work *w, size_t *count_out)
{
    size_t seen_count = 0, n = 0;
    Seen *seen = arena_array(w->arena, Seen, w->a.n + 1);
    GHashTable *table = g_hash_table_new(g_int64_hash, g_int64_equal);
    look(table, seen, &seen_count, w->a, true);
    look(table, seen, &seen_count, w->b, false);
    g_hash_table_unref(table);
    Anchor *anchors = arena_array(w->arena, Anchor, seen_count + 1);
    for (size_t i = 0; i < seen_count; i++)
        if (seen[i].in_a == 1 && seen[i].in_b == 1 && run_same(w, seen[i].a, seen[i].b))
            anchors[n++] = (Anchor){seen[i].a, seen[i].b};
    *count_out = n;
    return anchors;
}

/* Where among the ends of chains, the least first, this one belongs. */
static size_t place_of(const Anchor *anchors, const size_t *ends, size_t chains, size_t b)
{
    size_t low = 0, high = chains;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (anchors[ends[middle]].b < b)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The longest chain that goes on in both texts (patience sorting). */
static size_t chain(Arena *a, Anchor *anchors, size_t n)
{
    size_t *ends = arena_array(a, size_t, n + 1), *before = arena_array(a, size_t, n + 1), chains = 0;
    for (size_t i = 0; i < n; i++) {
        size_t at = place_of(anchors, ends, chains, anchors[i].b);
        before[i] = at ? ends[at - 1] : n;
        ends[at] = i;
        chains += at == chains;
    }
    size_t i = chains ? ends[chains - 1] : n;
    Anchor *kept = arena_array(a, Anchor, chains + 1);
    for (size_t k = chains; k-- > 0; i = before[i])
        kept[k] = anchors[i];
    memcpy(anchors, kept, chains * sizeof *kept);
    return chains;
}

/* ---- what lies between two anchors: the most words that both have, by a table ---- */
static void fill_table(const Work *w, uint16_t *t, Anchor from, size_t rows, size_t columns)
{
    for (size_t i = rows + 1; i-- > 0;)
        for (size_t j = columns + 1; j-- > 0;) {
            uint16_t *cell = &t[i * (columns + 1) + j];
            if (i == rows || j == columns)
                *cell = 0;
            else if (folded_same(&w->a.w[from.a + i], &w->b.w[from.b + j]))
                *cell = (uint16_t)(cell[columns + 2] + 1);
            else
                *cell = cell[1] > cell[columns + 1] ? cell[1] : cell[columns + 1];
        }
}

static void walk_table(Work *w, const uint16_t *t, Anchor from, Anchor to)
{
    size_t rows = to.a - from.a, columns = to.b - from.b, i = 0, j = 0;
    while (i < rows && j < columns) {
        size_t a = i, b = j;
        const uint16_t *cell = &t[i * (columns + 1) + j];
        while (i < rows && j < columns && !folded_same(&w->a.w[from.a + i], &w->b.w[from.b + j])) {
            if (cell[columns + 1] >= cell[1])
                i++;
            else
                j++;
            cell = &t[i * (columns + 1) + j];
        }
        put(w, PASSAGE_WAS, from.a + a, from.a + i);
        put(w, PASSAGE_IS, from.b + b, from.b + j);
        if (i < rows && j < columns) {
            put(w, PASSAGE_SAME, from.a + i, from.a + i + 1);
            i++;
            j++;
        }
    }
    put(w, PASSAGE_WAS, from.a + i, to.a);
    put(w, PASSAGE_IS, from.b + j, to.b);
}

static bool same_at(const Work *w, size_t a, size_t b)
{
    return folded_same(&w->a.w[a], &w->b.w[b]);
}

static void by_table(Work *w, Anchor from, Anchor to)
{
    size_t rows = to.a - from.a, columns = to.b - from.b;
    if (rows && columns && (rows + 1) * (columns + 1) <= TABLE) {
        if (!w->table)
            w->table = arena_array(w->arena, uint16_t, TABLE);
        fill_table(w, w->table, from, rows, columns);
        walk_table(w, w->table, from, to);
    } else {
        put(w, PASSAGE_WAS, from.a, to.a);
        put(w, PASSAGE_IS, from.b, to.b);
    }
}

/* What is the same at both ends needs no table. */
static void between(Work *w, Anchor from, Anchor to)
{
    Anchor head = from, tail = to;
    while (head.a < to.a && head.b < to.b && same_at(w, head.a, head.b)) {
        head.a++;
        head.b++;
    }
    while (tail.a > head.a && tail.b > head.b && same_at(w, tail.a - 1, tail.b - 1)) {
        tail.a--;
        tail.b--;
    }
    put(w, PASSAGE_SAME, from.a, head.a);
    by_table(w, head, tail);
    put(w, PASSAGE_SAME, tail.a, to.a);
}

/* ---- from beginning to end ---- */
static void drop(Work *w, size_t at)
{
    memmove(w->blocks + at, w->blocks + at + 1, (w->count - at - 1) * sizeof *w->blocks);
    w->count--;
}

/* A part does not begin where the older text begins: of what stands before it there only so many words are looked at as
 * the text in hand has of its own, and those that it does not have are no change. */
static void put_beginning(Work *w, Anchor first)
{
    bool whole = first.a <= first.b + EDGE;
    if (!first.b)
        return;
    between(w, (Anchor){whole ? 0 : first.a - first.b - EDGE, 0}, first);
    bool instead = whole && w->count > 1 && w->blocks[1].kind == PASSAGE_IS;
    if (w->count && w->blocks->kind == PASSAGE_WAS && !instead)
        drop(w, 0);
}

/* Messaging programs cut long texts in the middle of a word; a number that was cut is another number. */
static bool is_cut_word(const FoldedWord *cut, const FoldedWord *ours)
{
    return !g_ascii_isdigit(*cut->folded) && strlen(cut->folded) > 1 && g_str_has_prefix(ours->folded, cut->folded);
}

static void put_ending(Work *w, Anchor last)
{
    size_t a_left = w->a.n - last.a, b_left = w->b.n - last.b, before = w->count;
    bool whole = a_left <= b_left + EDGE;
    if (!b_left || (b_left == 1 && a_left && is_cut_word(&w->b.w[last.b], &w->a.w[last.a])))
        return;
    between(w, last, (Anchor){whole ? w->a.n : last.a + b_left + EDGE, w->b.n});
    for (size_t i = w->count; i-- > before && w->blocks[i].kind != PASSAGE_SAME;) {
        bool instead = whole && i + 1 < w->count && w->blocks[i + 1].kind == PASSAGE_IS;
        if (w->blocks[i].kind == PASSAGE_WAS && !instead)
            drop(w, i);
    }
}

/* An anchor as long as it goes, both ways; done is where what was put ends. */
static Anchor put_anchor(Work *w, Anchor done, Anchor at, bool first)
{
    Anchor from = at, to = at;
    while (from.a > done.a && from.b > done.b && same_at(w, from.a - 1, from.b - 1)) {
        from.a--;
        from.b--;
    }
    while (to.a < w->a.n && to.b < w->b.n && same_at(w, to.a, to.b)) {
        to.a++;
        to.b++;
    }
    if (first)
        put_beginning(w, from);
    else
        between(w, done, from);
    put(w, PASSAGE_SAME, from.a, to.a);
    return to;
}

/* Nothing that stands once in both: a short text, or one that says the same again and again. */
static void lay_without_anchors(Work *w)
{
    between(w, (Anchor){0, 0}, (Anchor){w->a.n, w->b.n});
    Block *last = w->blocks + w->count - 1;
    if (w->count > 1 && last->kind == PASSAGE_WAS)
        w->count--;
    if (w->count > 1 && w->blocks->kind == PASSAGE_WAS && w->blocks[1].kind != PASSAGE_IS)
        drop(w, 0);
}

static void lay(Work *w)
{
    size_t n;
    Anchor *anchors = anchors_of(w, &n), done = {0, 0};
    n = chain(w->arena, anchors, n);
    for (size_t i = 0; i < n; i++)
        if (anchors[i].a >= done.a && anchors[i].b >= done.b)
            done = put_anchor(w, done, anchors[i], i == 0);
    if (n)
        put_ending(w, done);
    else
        lay_without_anchors(w);
}

/* ---- as passages ---- */
static const char *slice(Arena *a, const FoldedWord *w, size_t from, size_t to)
{
    const FoldedWord *last = &w[to - 1];
    return arena_copy(a, w[from].at, (size_t)(last->at + last->size - w[from].at));
}

typedef struct Writer {
    Work *work;
    Passage *list;
    size_t count;
    Passages *out;
} Writer;

static void write_words(Writer *wr, int kind, const FoldedWord *w, size_t from, size_t to)
{
    if (from < to)
        wr->list[wr->count++] = (Passage){kind, slice(wr->work->arena, w, from, to)};
}

static void write_gap(Writer *wr)
{
    if (!wr->count || wr->list[wr->count - 1].kind != PASSAGE_GAP)
        wr->list[wr->count++] = (Passage){PASSAGE_GAP, NULL};
}

/* Only what stands near a change. */
static void write_same(Writer *wr, const Block *b, bool after_change, bool before_change)
{
    size_t before = after_change ? PASSAGES_CONTEXT : 0, behind = before_change ? PASSAGES_CONTEXT : 0;
    const FoldedWord *w = wr->work->a.w;
    if (b->to - b->from <= before + behind) {
        write_words(wr, PASSAGE_SAME, w, b->from, b->to);
        return;
    }
    write_words(wr, PASSAGE_SAME, w, b->from, b->from + before);
    write_gap(wr);
    write_words(wr, PASSAGE_SAME, w, b->to - behind, b->to);
}

static void write_change(Writer *wr, const Block *b)
{
    size_t to = b->to;
    if (to - b->from > PASSAGES_WORDS) {
        to = b->from + PASSAGES_WORDS;
        wr->out->cut = true;
    }
    write_words(wr, b->kind, b->kind == PASSAGE_WAS ? wr->work->a.w : wr->work->b.w, b->from, to);
    if (to < b->to)
        write_gap(wr);
}

static void write_all(Work *w, Passages *out)
{
    Writer wr = {.work = w, .list = arena_array(w->arena, Passage, 4 * w->count + 4), .out = out};
    i64 changes = 0;
    for (size_t i = 0; i < w->count; i++) {
        const Block *b = &w->blocks[i];
        bool change = b->kind != PASSAGE_SAME;
        if (change && (i == 0 || w->blocks[i - 1].kind == PASSAGE_SAME))
            changes++;
        if (changes > PASSAGES_CHANGES) {
            out->cut = true;
            write_gap(&wr);
            break;
        }
        if (change)
            write_change(&wr, b);
        else
            write_same(&wr, b, i > 0, i + 1 < w->count);
    }
    out->list = (List){wr.list, wr.count};
}

static void count_blocks(const Work *w, Passages *out)
{
    for (size_t i = 0; i < w->count; i++) {
        const Block *b = &w->blocks[i];
        i64 words = (i64)(b->to - b->from);
        if (b->kind == PASSAGE_SAME) {
            out->same += words;
            out->longest = words > out->longest ? words : out->longest;
        } else if (i == 0 || w->blocks[i - 1].kind == PASSAGE_SAME) {
            out->changes++;
        }
    }
}

/* Of the older text, the first and the last word that was laid beside the other. */
static void note_edges(const Work *w, Passages *out)
{
    size_t first = w->a.n, last = 0;
    for (size_t i = 0; i < w->count; i++)
        if (w->blocks[i].kind != PASSAGE_IS) {
            first = w->blocks[i].from < first ? w->blocks[i].from : first;
            last = w->blocks[i].to > last ? w->blocks[i].to : last;
        }
    out->begins_later = out->same && first > 0;
    out->ends_sooner = out->same && last < w->a.n;
}

Passages passages_compare(Arena *a, const char *older, const char *newer)
{
    List as = folded_words(a, older), bs = folded_words(a, newer);
    Work w = {.arena = a, .a = {as.items, as.count}, .b = {bs.items, bs.count}, .room = 64};
    Passages out = {.older = (i64)as.count, .newer = (i64)bs.count};
    w.blocks = arena_array(a, Block, w.room);
    lay(&w);
    count_blocks(&w, &out);
    note_edges(&w, &out);
    if (out.changes)
        write_all(&w, &out);
    return out;
}
