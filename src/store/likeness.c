/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* likeness.c: texts that were published, noted by some of their runs of words and found again by them.
 *
 * Most texts of an office share formulas ("El Ayuntamiento de San Luis Potosí informa que…").  A run that more than COMMON
 * texts have is therefore not followed and says nothing, unless the text that is asked for has no other. */
#include "store/likeness.h"
#include "base/text.h"
#include "store/likeness_room.h"
#include "store/likeness_runs.h"
#include "likeness_queries.h"

#include <glib.h>
#include <stdlib.h>

enum { ASKED_ALL = 24, ASKED_MOST = 96, COMMON = 32, COMPARED = 8, AT_ONCE = 16 };

/* ---- noting ---- */
static bool note_prints(Ctx *ctx, i64 seal, const u64 *prints, size_t n)
{
    for (size_t i = 0; i < n && !faulted(ctx); i += AT_ONCE) {
        Bind binds[AT_ONCE + 2] = {[1] = I(seal)}; /* $1 is the second, as BINDS() has it */
        i64 added;
        for (size_t k = 0; k < AT_ONCE; k++)
            binds[k + 2] = I((i64)prints[i + k < n ? i + k : n - 1]);
        if (!db_write_(ctx, &q_store_likeness_print_add, &added, binds, COUNT(binds) - 1))
            return false;
    }
    return !faulted(ctx);
}

bool likeness_note_text(Ctx *ctx, i64 seal, const char *text)
{
    Lap lap CLEANUP(lap_end) = lap_begin(ctx);
    LikenessRuns runs = likeness_runs(ctx->arena, text);
    return db_write(ctx, &q_store_likeness_text_add, I(seal), T(text)) &&
           (!runs.whole || note_prints(ctx, seal, &runs.whole, 1)) &&
           note_prints(ctx, seal, runs.chosen, runs.chosen_count);
}

/* ---- asking ---- */
typedef struct Holder {
    i64 seal;
} Holder;
static const Field holder_fields[] = {FIELD_INT(Holder, seal)};
static const Shape holder_shape = SHAPE("holder", Holder, holder_fields);

typedef struct Print {
    u64 hash;
    List holders; /* of Holder: at most COMMON + 1, the youngest */
} Print;

typedef struct Asked {
    LikenessRuns runs;
    List whole;      /* of Holder: texts of just these words */
    Print *prints;
    size_t count;
    bool rare_only;  /* there are prints that few texts or none have: the others do not count */
} Asked;

static List holders_of(Ctx *ctx, u64 hash)
{
    return db_list(ctx, &q_store_likeness_postings, &holder_shape, I((i64)hash), I(COMMON + 1));
}

static bool is_rare(const Print *print)
{
    return print->holders.count <= COMMON;
}

static bool counts(const Asked *asked, const Print *print)
{
    return !asked->rare_only || is_rare(print);
}

/* A short text is asked for by all its runs, a long one by some of the chosen, from its beginning to its end. */
static Asked ask(Ctx *ctx, const char *text)
{
    Asked asked = {.runs = likeness_runs(ctx->arena, text)};
    bool all = asked.runs.all_count <= ASKED_ALL;
    const u64 *from = all ? asked.runs.all : asked.runs.chosen;
    size_t n = all ? asked.runs.all_count : asked.runs.chosen_count;
    asked.count = n < ASKED_MOST ? n : ASKED_MOST;
    asked.prints = arena_array(ctx->arena, Print, asked.count + 1);
    if (asked.runs.whole)
        asked.whole = holders_of(ctx, asked.runs.whole);
    for (size_t i = 0; i < asked.count; i++) {
        u64 hash = from[i * n / asked.count];
        asked.prints[i] = (Print){hash, holders_of(ctx, hash)};
        asked.rare_only = asked.rare_only || is_rare(&asked.prints[i]);
    }
    return asked;
}

/* ---- candidates ---- */
typedef struct Candidate {
    i64 seal;
    double weight; /* a run that few have says more */
} Candidate;

static int by_seal(const void *one, const void *other)
{
    const Candidate *x = one, *y = other;
    return (x->seal > y->seal) - (x->seal < y->seal);
}

static int by_weight(const void *one, const void *other)
{
    const Candidate *x = one, *y = other;
    int order = (y->weight > x->weight) - (y->weight < x->weight);
    return order ? order : -by_seal(one, other);
}

static size_t take(Candidate *to, List holders, double weight)
{
    const Holder *h = holders.items;
    for (size_t i = 0; i < holders.count; i++)
        to[i] = (Candidate){h[i].seal, weight};
    return holders.count;
}

static size_t merge(Candidate *all, size_t n)
{
    size_t kept = 0;
    qsort(all, n, sizeof *all, by_seal);
    for (size_t i = 0; i < n; i++) {
        if (kept && all[kept - 1].seal == all[i].seal)
            all[kept - 1].weight += all[i].weight;
        else
            all[kept++] = all[i];
    }
    qsort(all, kept, sizeof *all, by_weight);
    return kept;
}

static List candidates(Ctx *ctx, const Asked *asked)
{
    Candidate *all = arena_array(ctx->arena, Candidate, (asked->count + 1) * (COMMON + 1));
    size_t n = take(all, asked->whole, (double)asked->count + 1);
    for (size_t i = 0; i < asked->count; i++) {
        const Print *print = &asked->prints[i];
        if (counts(asked, print) && print->holders.count)
            n += take(all + n, print->holders, 1.0 / (double)print->holders.count);
    }
    n = merge(all, n);
    return (List){all, n < COMPARED ? n : COMPARED};
}

/* ---- comparing ---- */
typedef struct Compared {
    Likeness like;  /* first: what is given back */
    size_t together; /* of all runs, also those that many have */
    bool whole;
} Compared;

static GHashTable *set_of(const LikenessRuns *runs)
{
    GHashTable *set = g_hash_table_new(g_int64_hash, g_int64_equal);
    for (size_t i = 0; i < runs->all_count; i++)
        g_hash_table_add(set, (void *)&runs->all[i]);
    return set;
}

static void count_shared(const Asked *asked, const LikenessRuns *theirs, Compared *c)
{
    GHashTable *set = set_of(theirs);
    for (size_t i = 0; i < asked->runs.all_count; i++)
        c->together += g_hash_table_contains(set, &asked->runs.all[i]);
    for (size_t i = 0; i < asked->count; i++) {
        const Print *print = &asked->prints[i];
        c->like.asked += counts(asked, print);
        c->like.shared += counts(asked, print) && g_hash_table_contains(set, &print->hash);
    }
    c->whole = theirs->whole == asked->runs.whole;
    g_hash_table_unref(set);
}

typedef struct Noted {
    i64 seal;
    const char *text;
} Noted;
static const Field noted_fields[] = {FIELD_INT(Noted, seal), FIELD_TEXT(Noted, text)};
static const Shape noted_shape = SHAPE("noted", Noted, noted_fields);

const char *likeness_text(Ctx *ctx, i64 seal)
{
    const Noted *noted = db_maybe(ctx, &q_store_likeness_text_of, &noted_shape, I(seal));
    return noted ? noted->text : NULL;
}

static bool compare(Ctx *ctx, const Asked *asked, i64 seal, Compared *compared_out)
{
    const char *text = likeness_text(ctx, seal);
    Compared c = {.like = {.seal = text ? likeness_seal(ctx, seal) : NULL, .text = text}};
    if (!c.like.seal)
        return false;
    Lap lap CLEANUP(lap_end) = lap_begin(ctx);
    LikenessRuns theirs = likeness_runs(ctx->arena, text);
    count_shared(asked, &theirs, &c);
    if (c.whole)
        c.like.shared = c.like.asked;
    if (c.whole || c.like.shared)
        *compared_out = c;
    return c.whole || c.like.shared;
}

static int by_likeness(const void *one, const void *other)
{
    const Compared *x = one, *y = other;
    if (x->whole != y->whole)
        return y->whole - x->whole;
    if (x->together != y->together)
        return x->together < y->together ? 1 : -1;
    return (x->like.seal->id < y->like.seal->id) - (x->like.seal->id > y->like.seal->id);
}

List likeness_find_text(Ctx *ctx, const char *text, i64 limit)
{
    Asked asked = ask(ctx, text);
    List found = candidates(ctx, &asked);
    const Candidate *candidate = found.items;
    Compared *all = arena_array(ctx->arena, Compared, found.count + 1);
    size_t n = 0;
    for (size_t i = 0; i < found.count && !faulted(ctx); i++)
        n += compare(ctx, &asked, candidate[i].seal, &all[n]);
    if (faulted(ctx))
        return (List){0};
    qsort(all, n, sizeof *all, by_likeness);
    Likeness *sorted = arena_array(ctx->arena, Likeness, n + 1);
    for (size_t i = 0; i < n; i++)
        sorted[i] = all[i].like;
    return likeness_best(ctx, sorted, n, limit);
}
