/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* words.c: tables are short, so they are walked. */
#include "base/words.h"

#include <stdlib.h>

static const Word *word_at(const Word *words, int value)
{
    int i = 0;
    while (i < value && words[i].name)
        i++;
    if (value < 0 || !words[i].name) {
        fprintf(stderr, "vocero: words: no word for %d in the table of \"%s\"\n", value,
                words[0].name ? words[0].name : "");
        abort();
    }
    return &words[i];
}

const char *word_name(const Word *words, int value)
{
    return word_at(words, value)->name;
}

const char *word_label(const Word *words, int value)
{
    return word_at(words, value)->label;
}

int word_find(const Word *words, const char *name)
{
    for (int i = 0; name && words[i].name; i++)
        if (strcmp(words[i].name, name) == 0)
            return i;
    return -1;
}
