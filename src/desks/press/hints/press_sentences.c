/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_sentences.c: where a sentence ends. */
#include "desks/press/hints/press_hints.h"

enum { SENTENCES_MOST = 5000 };

/* What stands before a full stop that ends nothing. */
static const char *const shortened[] = {
    "av", "blvd", "calz", "col", "fracc", "núm", "num", "no", "art", "arts", "sr", "sra", "srta", "dr", "dra", "ing", "lic", "mtro", "mtra",
    "arq", "profr", "profra", "gral", "cap", "pág", "págs", "tel", "ext", "mdp", "aprox", "etc", "vs", "op", "cit", "depto", "esq", "int",
};

/* The word right before the stop: letters only. */
static bool is_shortened(const char *begin, const char *stop)
{
    const char *word = stop;
    while (word > begin && !strchr(" \t\n(«\"", word[-1]))
        word--;
    size_t n = (size_t)(stop - word);
    const char *dot = memchr(word, '.', n);
    if (n <= 1 || dot) /* an initial; S.L.P. */
        return true;
    for (size_t i = 0; i < COUNT(shortened); i++)
        if (strlen(shortened[i]) == n && !strncasecmp(shortened[i], word, n))
            return true;
    return false;
}

/* «¿Cuándo?» dijo: what goes on in a small letter has not ended. */
static bool goes_on(const char *after)
{
    while (*after && strchr(" \t\")", *after))
        after++;
    if (text_starts(after, "»") || text_starts(after, "”"))
        return goes_on(after + (text_starts(after, "»") ? 2 : 3));
    unsigned char first = (unsigned char)after[0], second = first ? (unsigned char)after[1] : 0;
    return (first >= 'a' && first <= 'z') || (first == 0xc3 && second >= 0xa0);
}

static bool ends_here(const char *begin, const char *at)
{
    if (*at == '\n')
        return true;
    if (!strchr(".!?", *at) || (at[1] && !strchr(" \n\t\")", at[1]) && strncmp(at + 1, "»", 2) != 0 && strncmp(at + 1, "”", 3) != 0))
        return false;
    if (goes_on(at + 1))
        return false;
    if (*at != '.' || !at[1] || at[1] == '\n')
        return true;
    return !is_shortened(begin, at);
}

List press_sentences(Ctx *ctx, const char *text)
{
    const char **all = arena_array(ctx->arena, const char *, SENTENCES_MOST);
    size_t n = 0;
    const char *begin = text;
    for (const char *at = text; *at && n < SENTENCES_MOST; at++) {
        if (!ends_here(begin, at) && at[1])
            continue;
        const char *sentence = text_squeeze(ctx->arena, arena_copy(ctx->arena, begin, (size_t)(at + 1 - begin)));
        if (press_word_count(sentence) > 0)
            all[n++] = sentence;
        begin = at + 1;
    }
    return (List){all, n};
}
