/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* likeness_runs.h: which runs of a text's words are kept to recognise it by; no database. */
#pragma once
#include "base/arena.h"

typedef struct LikenessRuns {
    u64 whole;          /* of all its words: texts that differ in nothing that counts have the same; 0: no word */
    const u64 *all;     /* every run of LIKENESS_RUN words, in their order; one of all words where they are fewer */
    size_t all_count;
    const u64 *chosen;  /* winnowed, each once, in their order */
    size_t chosen_count;
} LikenessRuns;

/* Of what begins in the first LIKENESS_TEXT_MAX bytes; whole is of everything. */
LikenessRuns likeness_runs(Arena *a, const char *text);
