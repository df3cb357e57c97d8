/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* likeness_runs.c: words into runs, runs into those that are kept (winnowing). */
#include "store/likeness_runs.h"
#include "base/folded.h"
#include "store/likeness.h"

#include <glib.h>

/* A text as a whole is no run: the two must not be taken for each other. */
static u64 whole_of(List words)
{
    return words.count ? ~folded_run(words.items, words.count) : 0;
}

static size_t words_within(List words, const char *text)
{
    const FoldedWord *w = words.items;
    size_t n = words.count;
    while (n && (size_t)(w[n - 1].at - text) >= LIKENESS_TEXT_MAX)
        n--;
    return n;
}

static u64 *runs_of(Arena *a, const FoldedWord *words, size_t n, size_t *count_out)
{
    size_t run = n < LIKENESS_RUN ? n : LIKENESS_RUN, count = n ? n - run + 1 : 0;
    u64 *runs = arena_array(a, u64, count + 1);
    for (size_t i = 0; i < count; i++)
        runs[i] = folded_run(words + i, run);
    *count_out = count;
    return runs;
}

/* The least of a window, the last one where several are: then it stays the least while the window moves on. */
static size_t least(const u64 *runs, size_t from, size_t to)
{
    size_t best = from;
    for (size_t i = from + 1; i < to; i++)
        if (runs[i] <= runs[best])
            best = i;
    return best;
}

static u64 *winnow(Arena *a, const u64 *runs, size_t n, size_t *count_out)
{
    u64 *chosen = arena_array(a, u64, n + 1);
    GHashTable *seen = g_hash_table_new(g_int64_hash, g_int64_equal);
    size_t window = n < LIKENESS_WINDOW ? n : LIKENESS_WINDOW, count = 0;
    for (size_t from = 0; n && from + window <= n; from++) {
        chosen[count] = runs[least(runs, from, from + window)];
        if (g_hash_table_contains(seen, &chosen[count]))
            continue;
        g_hash_table_add(seen, &chosen[count]);
        count++;
    }
    g_hash_table_unref(seen);
    *count_out = count;
    return chosen;
}

LikenessRuns likeness_runs(Arena *a, const char *text)
{
    List words = folded_words(a, text);
    LikenessRuns runs = {.whole = whole_of(words)};
    runs.all = runs_of(a, words.items, words_within(words, text), &runs.all_count);
    runs.chosen = winnow(a, runs.all, runs.all_count, &runs.chosen_count);
    return runs;
}
