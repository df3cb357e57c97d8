/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_spelling.c: which words the dictionary does not know: hunspell in a process of its own, told nothing but the text.
 *
 * Names would drown everything else: what is written with a capital inside a sentence, in capitals throughout, or with digits
 * is taken for a name, and so is what the city's own records say. */
#include "desks/press/hints/press_hints.h"
#include "base/child.h"

#include <sys/mman.h>
#include <unistd.h>

enum { OUTPUT_MOST = 64 * 1024, ACRONYM_LEAST = 2 };

static const ChildLimits limits = {512LL << 20, 3, 4 * CLOCK_SECOND, OUTPUT_MOST, NULL};

static ChildFate ask(Ctx *ctx, const char *text, Bytes *out)
{
    static const char *const argv[] = {"hunspell", "-i", "UTF-8", "-d", "es_MX", "-l", NULL};
    int fd = memfd_create("vocero-text", MFD_CLOEXEC);
    size_t n = strlen(text);
    ChildFate fate = CHILD_FAILED;
    if (fd >= 0 && write(fd, text, n) == (ssize_t)n && lseek(fd, 0, SEEK_SET) == 0)
        fate = child_run(ctx->arena, argv, fd, &limits, out);
    if (fd >= 0)
        close(fd);
    return fate;
}

/* ---- names ---- */

static bool is_upper(const char *s)
{
    return (*s >= 'A' && *s <= 'Z') || ((unsigned char)s[0] == 0xc3 && (unsigned char)s[1] >= 0x80 && (unsigned char)s[1] <= 0x9e);
}

static bool is_acronym(const char *word)
{
    size_t points = 0;
    for (const char *p = word; *p; p++) {
        if (((unsigned char)*p & 0xc0) == 0x80)
            continue;
        if (!is_upper(p))
            return false;
        points++;
    }
    return points >= ACRONYM_LEAST;
}

static bool is_letter(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80 || (c >= '0' && c <= '9');
}

/* The next place where it stands as a whole word. */
static const char *whole_word(const char *text, const char *from, const char *word)
{
    size_t n = strlen(word);
    for (const char *p = strstr(from, word); p; p = strstr(p + n, word))
        if ((p == text || !is_letter((unsigned char)p[-1])) && !is_letter((unsigned char)p[n]))
            return p;
    return NULL;
}

static const char *sentence_with(List sentences, const char *word)
{
    const char *const *s = sentences.items;
    for (size_t i = 0; i < sentences.count; i++)
        if (whole_word(s[i], s[i], word))
            return s[i];
    return NULL;
}

/* With a capital where no sentence begins. */
static bool is_name_within(List sentences, const char *word)
{
    const char *const *s = sentences.items;
    for (size_t i = 0; is_upper(word) && i < sentences.count; i++) {
        const char *at = whole_word(s[i], s[i], word);
        while (at && at < s[i] + strcspn(s[i], " ")) /* the first word of it */
            at = whole_word(s[i], at + strlen(word), word);
        if (at)
            return true;
    }
    return false;
}

static bool is_known(const char *known, const char *word)
{
    return known && whole_word(known, known, word);
}

static bool was_told(const Misspelling *all, size_t n, const char *word)
{
    for (size_t i = 0; i < n; i++)
        if (text_same(all[i].word, word))
            return true;
    return false;
}

static List to_tell(Ctx *ctx, const char *text, const char *known, Bytes out)
{
    Misspelling *all = arena_array(ctx->arena, Misspelling, SPELLING_MOST);
    List sentences = press_sentences(ctx, text), words = text_split(ctx->arena, arena_copy(ctx->arena, out.data, out.size), '\n');
    const char *const *word = words.items;
    size_t n = 0;
    for (size_t i = 0; i < words.count && n < SPELLING_MOST; i++) {
        const char *sentence = sentence_with(sentences, word[i]);
        if (sentence && !strpbrk(word[i], "0123456789") && !is_acronym(word[i]) && !is_known(known, word[i]) &&
            !is_name_within(sentences, word[i]) && !was_told(all, n, word[i]))
            all[n++] = (Misspelling){word[i], text_clip(ctx->arena, sentence, 160)};
    }
    return (List){all, n};
}

SpellingFate press_spelling(Ctx *ctx, const char *text, const char *known, List *words_out)
{
    Bytes out = {"", 0};
    *words_out = (List){0};
    switch (ask(ctx, text, &out)) {
    case CHILD_DONE:
        if (text_valid(out.data, out.size))
            *words_out = to_tell(ctx, text, known, out);
        return SPELLING_DONE;
    case CHILD_LATE:
    case CHILD_TALKS:
        return SPELLING_LATE;
    default: /* without its dictionary it ends with an error */
        return SPELLING_MISSING;
    }
}
