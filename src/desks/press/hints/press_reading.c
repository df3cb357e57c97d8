/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_reading.c: words, syllables and how hard they are together.
 *
 * Ease = 206.835 - 62.3 * syllables / words - words / sentences (Szigriszt Pazos 1993, after Fernández Huerta 1959). */
#include "desks/press/hints/press_hints.h"

enum { WORDS_LEAST = 40 }; /* of fewer nothing can be said */

/* ---- letters: UTF-8 of Spanish, a code point at a time ---- */

typedef enum { LETTER_NONE, LETTER_CONSONANT, LETTER_WEAK, LETTER_WEAK_ACCENTED, LETTER_STRONG, LETTER_DIGIT } Letter;

static unsigned point_at(const char *s, size_t n, size_t *length_out)
{
    const unsigned char *b = (const unsigned char *)s;
    size_t length = b[0] < 0x80 ? 1 : b[0] < 0xe0 ? 2 : b[0] < 0xf0 ? 3 : 4;
    *length_out = length <= n ? length : n;
    if (length == 2 && n >= 2)
        return (b[0] & 0x1fu) << 6 | (b[1] & 0x3fu);
    return length == 1 ? b[0] : 0xfffd;
}

static unsigned lower(unsigned c)
{
    if ((c >= 'A' && c <= 'Z') || (c >= 0xc0 && c <= 0xde && c != 0xd7))
        return c + 0x20;
    return c;
}

static Letter letter(unsigned c)
{
    switch (lower(c)) {
    case 'a': case 'e': case 'o': case 0xe1: case 0xe9: case 0xf3: return LETTER_STRONG;
    case 'i': case 'u': case 0xfc: return LETTER_WEAK;
    case 0xed: case 0xfa: return LETTER_WEAK_ACCENTED;
    default: break;
    }
    if (c >= '0' && c <= '9')
        return LETTER_DIGIT;
    return (lower(c) >= 'a' && lower(c) <= 'z') || c >= 0xc0 ? LETTER_CONSONANT : LETTER_NONE;
}

/* ---- syllables ---- */

typedef struct Count {
    unsigned previous;      /* the letter before, lower case */
    Letter group;           /* the last vowel of the run that is open; LETTER_NONE: none is */
    i64 syllables;
} Count;

/* Two strong vowels, or a strong and an accented weak one, are apart (le-í-a); others flow together (cie-lo). */
static bool is_apart(Letter a, Letter b)
{
    bool a_full = a == LETTER_STRONG || a == LETTER_WEAK_ACCENTED, b_full = b == LETTER_STRONG || b == LETTER_WEAK_ACCENTED;
    return a_full && b_full;
}

static bool is_silent_u(const Count *c, unsigned point, const char *rest, size_t n)
{
    size_t length;
    if (point != 'u' || !n)
        return false;
    unsigned next = lower(point_at(rest, n, &length));
    return (c->previous == 'q' || c->previous == 'g') && (next == 'e' || next == 'i' || next == 0xe9 || next == 0xed);
}

static void take(Count *c, unsigned point, const char *rest, size_t n)
{
    Letter l = point == 'y' && !n ? LETTER_WEAK : letter(point);
    if (l == LETTER_DIGIT) {
        c->syllables += 2; /* said aloud a digit is about that long */
        c->group = LETTER_NONE;
    } else if (is_silent_u(c, point, rest, n)) {
        c->group = LETTER_NONE;
    } else if (l == LETTER_STRONG || l == LETTER_WEAK || l == LETTER_WEAK_ACCENTED) {
        c->syllables += c->group == LETTER_NONE || is_apart(c->group, l);
        c->group = l;
    } else if (point != 'h') {
        c->group = LETTER_NONE;
    }
    c->previous = point;
}

i64 press_syllables(const char *word, size_t n)
{
    Count c = {0};
    for (size_t at = 0, length; at < n; at += length) {
        unsigned point = lower(point_at(word + at, n - at, &length));
        take(&c, point, word + at + length, n - at - length);
    }
    return c.syllables ? c.syllables : 1;
}

/* ---- texts ---- */

static bool in_word(const char *s, size_t *length_out)
{
    return letter(point_at(s, strlen(s), length_out)) != LETTER_NONE;
}

i64 press_word_count(const char *text)
{
    i64 n = 0;
    bool inside = false;
    for (size_t length; *text; text += length) {
        bool now = in_word(text, &length);
        n += now && !inside;
        inside = now;
    }
    return n;
}

static void add_words(const char *text, Reading *r)
{
    const char *begin = NULL;
    for (size_t length;; text += length) {
        bool inside = *text && in_word(text, &length);
        if (inside && !begin)
            begin = text;
        if (!inside && begin) {
            r->words++;
            r->syllables += press_syllables(begin, (size_t)(text - begin));
            begin = NULL;
        }
        if (!*text)
            return;
    }
}

Reading press_reading(const char *text, i64 sentences)
{
    Reading r = {.sentences = sentences, .ease = NONE};
    add_words(text, &r);
    if (r.words >= WORDS_LEAST && r.sentences)
        r.ease = (i64)(206.835 - 62.3 * (double)r.syllables / (double)r.words - (double)r.words / (double)r.sentences + 0.5);
    return r;
}

const char *press_ease_said(Ctx *ctx, i64 ease)
{
    static const struct {
        i64 below;
        const char *said;
    } scale[] = {
        {40, N_("very hard to read: like a scientific paper")}, {55, N_("rather hard to read: like a law")},
        {65, N_("normal: like a newspaper")}, {80, N_("rather easy to read")}, {INT64_MAX, N_("very easy to read")},
    };
    if (ease == NONE)
        return NULL;
    for (size_t i = 0; i < COUNT(scale); i++)
        if (ease < scale[i].below)
            return say(ctx, scale[i].said);
    return NULL;
}
