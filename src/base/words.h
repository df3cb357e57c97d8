/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* words.h: enum <-> the word in the database, in JSON and in addresses <-> the label on a screen. */
#pragma once
#include "base/base.h"

/* A table of words is indexed by the enum and ends with {0}. */
typedef struct Word {
    const char *name;  /* as the database and JSON spell it: English, lower case */
    const char *label; /* what a screen says: an English msgid marked with N_() */
} Word;

const char *word_name(const Word *words, int value);        /* aborts when value is not in the table */
const char *word_label(const Word *words, int value);       /* the msgid */
int word_find(const Word *words, const char *name);         /* -1 when no word is called so; NULL too */
