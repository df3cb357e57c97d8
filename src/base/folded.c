/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* folded.c: a text into words without what does not count. */
#include "base/folded.h"
#include "base/text.h"

#include <glib.h>

/* FNV-1a, 64 bits, then the end of splitmix64, so that all bits depend on all. */
static const u64 fnv_start = 14695981039346656037u, fnv_prime = 1099511628211u;

static u64 mixed(u64 x)
{
    x ^= x >> 30;
    x *= 0xbf58476d1ce4e5b9u;
    x ^= x >> 27;
    x *= 0x94d049bb133111ebu;
    return x ^ x >> 31;
}

static u64 hash_of(const char *s)
{
    u64 hash = fnv_start;
    for (; *s; s++)
        hash = (hash ^ (unsigned char)*s) * fnv_prime;
    return mixed(hash);
}

u64 folded_run(const FoldedWord *words, size_t n)
{
    u64 hash = mixed(n + 1);
    for (size_t i = 0; i < n; i++)
        hash = mixed(hash * fnv_prime ^ words[i].hash);
    return hash;
}

bool folded_same(const FoldedWord *one, const FoldedWord *other)
{
    return one->hash == other->hash && strcmp(one->folded, other->folded) == 0;
}

/* ---- characters ---- */
typedef enum { GAP, LETTER, MARK, UNSEEN, ALONE } Sort;

/* Joiners, soft hyphens and marks of direction: messaging programs put them anywhere. */
static bool is_unseen(gunichar c)
{
    return c == 0xAD || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2064) ||
           (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF;
}

static bool is_minus(gunichar c)
{
    return c == '-' || c == 0x2212;
}

/* Scripts that put no gaps between words. */
static bool is_without_gaps(gunichar c)
{
    GUnicodeScript script = g_unichar_get_script(c);
    return script == G_UNICODE_SCRIPT_HAN || script == G_UNICODE_SCRIPT_HIRAGANA || script == G_UNICODE_SCRIPT_KATAKANA;
}

static Sort ascii_sort(const char *p, bool after_gap)
{
    if (g_ascii_isalnum(*p))
        return LETTER;
    if (*p == '$' || *p == '%')
        return ALONE;
    return is_minus((gunichar)*p) && after_gap && g_ascii_isdigit(p[1]) ? ALONE : GAP;
}

static Sort sort_of(const char *p, bool after_gap)
{
    if ((unsigned char)*p < 0x80)
        return ascii_sort(p, after_gap);
    gunichar c = g_utf8_get_char(p);
    if (is_unseen(c))
        return UNSEEN;
    if (is_minus(c))
        return after_gap && g_ascii_isdigit(*g_utf8_next_char(p)) ? ALONE : GAP;
    if (g_unichar_ismark(c))
        return MARK;
    if (g_unichar_isalnum(c))
        return is_without_gaps(c) ? ALONE : LETTER;
    return GAP;
}

/* ---- words ---- */
typedef struct Reader {
    Arena *arena;
    const char *p;
    char *room;      /* where words of ASCII letters are folded into */
    bool after_gap;
    FoldedWord *words;
    size_t count, size;
} Reader;

static bool is_ascii(const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if ((unsigned char)s[i] >= 0x80)
            return false;
    return true;
}

static const char *fold_ascii(Reader *r, const char *at, size_t n)
{
    char *folded = r->room;
    for (size_t i = 0; i < n; i++)
        folded[i] = g_ascii_tolower(at[i]);
    folded[n] = '\0';
    r->room += n + 1;
    return folded;
}

/* What folding makes that is no letter, and what nobody sees, goes too. */
static const char *fold_other(Reader *r, const char *at, size_t n)
{
    char *folded = (char *)text_fold(r->arena, arena_copy(r->arena, at, n)), *to = folded;
    for (const char *p = folded; *p;) {
        const char *next = g_utf8_next_char(p);
        gunichar c = g_utf8_get_char(p);
        if (g_unichar_isalnum(c) && !is_unseen(c)) {
            memmove(to, p, (size_t)(next - p));
            to += next - p;
        }
        p = next;
    }
    *to = '\0';
    return folded;
}

static void grow(Reader *r)
{
    if (r->count < r->size)
        return;
    FoldedWord *more = arena_array(r->arena, FoldedWord, r->size * 2);
    memcpy(more, r->words, r->count * sizeof *more);
    r->words = more;
    r->size *= 2;
}

static void keep(Reader *r, const char *at, const char *folded)
{
    if (!*folded)
        return;
    grow(r);
    r->words[r->count++] = (FoldedWord){at, (size_t)(r->p - at), folded, hash_of(folded)};
}

static void take_alone(Reader *r)
{
    const char *at = r->p;
    bool minus = is_minus(g_utf8_get_char(at));
    r->p = g_utf8_next_char(at);
    keep(r, at, minus ? "-" : *at == '$' ? "$" : *at == '%' ? "%" : arena_copy(r->arena, at, (size_t)(r->p - at)));
    r->after_gap = false;
}

static void take_letters(Reader *r)
{
    const char *at = r->p;
    for (int letters = 0; *r->p; r->p = g_utf8_next_char(r->p)) {
        Sort sort = sort_of(r->p, false);
        if (sort == GAP || sort == ALONE || (sort == LETTER && letters == FOLDED_LETTERS))
            break;
        letters += sort == LETTER;
    }
    size_t n = (size_t)(r->p - at);
    keep(r, at, is_ascii(at, n) ? fold_ascii(r, at, n) : fold_other(r, at, n));
    r->after_gap = false;
}

List folded_words(Arena *a, const char *text)
{
    size_t n = strlen(text);
    Reader r = {.arena = a, .p = text, .room = arena_bytes(a, 2 * n + 1), .after_gap = true, .size = n / 5 + 8};
    r.words = arena_array(a, FoldedWord, r.size);
    while (*r.p) {
        Sort sort = sort_of(r.p, r.after_gap);
        if (sort == LETTER) {
            take_letters(&r);
        } else if (sort == ALONE) {
            take_alone(&r);
        } else {
            r.after_gap = sort == GAP || r.after_gap;
            r.p = g_utf8_next_char(r.p);
        }
    }
    return (List){r.words, r.count};
}
