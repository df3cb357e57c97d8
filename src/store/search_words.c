/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* search_words.c: text into words, words into stems and forms, and the piece of text that shows a match. */
#include "store/search_words.h"
#include "base/buf.h"
#include "base/text.h"
#include "store/search.h"

#include <glib.h>
#include <libstemmer.h>
#include <stdlib.h>

enum { WORD_MAX = 64, WORD_ROOM = 2 * WORD_MAX, SNIPPET_BEFORE = 60, CUT_BACK = 100, MARKS_MOST = 50 };

typedef struct sb_stemmer Stemmer;

/* What a word becomes. */
typedef struct Term {
    char stem[WORD_ROOM], form[WORD_ROOM];
} Term;

static const char *const stopwords[] = {
    /* in the order of strcmp */
    "a", "al",   "con", "de",  "del", "e",  "el",  "en", "es", "la",  "las",  "lo",   "los",
    "o", "para", "por", "que", "se",  "su", "sus", "u",  "un", "una", "unas", "unos", "y",
};

static Stemmer *stemmer_new(void)
{
    Stemmer *s = sb_stemmer_new("spanish", "UTF_8");
    if (!s)
        g_error("libstemmer knows no Spanish");
    return s;
}

static void stemmer_drop(Stemmer **s)
{
    sb_stemmer_delete(*s);
}

/* ---- words ---- */
static bool is_ascii(const char *s)
{
    for (; *s; s++)
        if ((unsigned char)*s >= 0x80)
            return false;
    return true;
}

/* Most of Spanish is ASCII, which needs no tables. */
static bool begins_word(const char *p)
{
    return (unsigned char)*p < 0x80 ? g_ascii_isalnum(*p) : g_unichar_isalnum(g_utf8_get_char(p));
}

static bool in_word(const char *p)
{
    return begins_word(p) || ((unsigned char)*p >= 0x80 && g_unichar_ismark(g_utf8_get_char(p)));
}

static const char *word_end(const char *p)
{
    while (*p && in_word(p))
        p = g_utf8_next_char(p);
    return p;
}

/* The next word at or after p, its end in end_out; NULL when there is none. */
static const char *word_next(const char *p, const char **end_out)
{
    while (*p && !begins_word(p))
        p = g_utf8_next_char(p);
    if (!*p)
        return NULL;
    *end_out = word_end(p);
    return p;
}

/* The longest beginning of at most max bytes that ends between two characters. */
static size_t whole_characters(const char *text, size_t max)
{
    size_t n = strnlen(text, max + 1);
    if (n <= max)
        return n;
    n = max;
    while (n > 0 && ((unsigned char)text[n] & 0xC0) == 0x80)
        n--;
    return n;
}

static int stopword_compare(const void *word, const void *entry)
{
    return strcmp(word, *(const char *const *)entry);
}

static bool is_stopword(const char *word)
{
    return bsearch(word, stopwords, COUNT(stopwords), sizeof *stopwords, stopword_compare) != NULL;
}

/* ---- lower case, then folded, then stemmed ---- */
/* Case and accents go, and whatever folding made that is neither letter nor digit. */
static void fold(Arena *a, char word[WORD_ROOM])
{
    if (is_ascii(word))
        return; /* words are in lower case already */
    char *to = word;
    for (const char *p = text_fold(a, word); *p; p = g_utf8_next_char(p)) {
        size_t n = (size_t)(g_utf8_next_char(p) - p);
        if ((size_t)(to - word) + n >= WORD_ROOM)
            break;
        if (g_unichar_isalnum(g_utf8_get_char(p)))
            to = (char *)memcpy(to, p, n) + n;
    }
    *to = '\0';
}

/* ---- stems ---- */
/* Spanish words in -ion have an accent there; a headline in capitals or a hurried typist may not. */
static bool restore_accent(char word[WORD_ROOM], const char *ending, const char *accented)
{
    if (!is_ascii(word) || !text_ends(word, ending) || strlen(word) < strlen(ending) + 2)
        return false;
    /* one byte longer: WORD_ROOM has it, words are at most WORD_MAX */
    strcpy(word + strlen(word) - strlen(ending), accented);
    return true;
}

static bool is_vowel(char c)
{
    return c && strchr("aeiou", c);
}

/* What the stemmer leaves different in short words: obra and obras, luz and luces. */
static void even_out(char *stem)
{
    size_t n = strlen(stem);
    if (n >= 4 && stem[n - 1] == 's' && is_vowel(stem[n - 2]))
        stem[n - 1] = '\0';
    else if (n >= 3 && stem[n - 1] == 'z')
        stem[n - 1] = 'c';
}

static void stem(Arena *a, Stemmer *s, const char *word, char out[WORD_ROOM])
{
    char spelt[WORD_ROOM];
    g_strlcpy(spelt, word, sizeof spelt);
    restore_accent(spelt, "ion", "ión");
    const sb_symbol *found = sb_stemmer_stem(s, (const sb_symbol *)spelt, (int)strlen(spelt));
    g_strlcpy(out, found ? (const char *)found : spelt, WORD_ROOM);
    fold(a, out);
    even_out(out);
}

/* Lower case, accents as one character with their letter (NFC), at most WORD_MAX bytes. */
static void lower(Arena *a, const char *word, size_t size, char out[WORD_ROOM])
{
    size_t n = whole_characters(word, MIN(size, WORD_MAX));
    for (size_t i = 0; i < n; i++)
        out[i] = g_ascii_tolower(word[i]);
    out[n] = '\0';
    if (is_ascii(out))
        return;
    const char *normal = text_lower(a, text_nfc(a, out));
    n = whole_characters(normal, WORD_MAX);
    memcpy(out, normal, n);
    out[n] = '\0';
}

/* False for a word that is none. */
static bool understand(Arena *a, Stemmer *s, const char *word, size_t size, Term *term_out)
{
    lower(a, word, size, term_out->form);
    if (is_stopword(term_out->form))
        return false;
    stem(a, s, term_out->form, term_out->stem);
    fold(a, term_out->form);
    return *term_out->stem && *term_out->form;
}

/* ---- texts into terms ---- */
static void add_term(Buf *terms, const char *mark, const char *term)
{
    if (buf_size(terms))
        buf_char(terms, ' ');
    buf_text(terms, mark);
    buf_text(terms, term);
}

static const char *terms_of(Arena *a, const char *text, bool forms)
{
    Stemmer *s CLEANUP(stemmer_drop) = stemmer_new();
    const char *all = search_cut(a, text, SEARCH_TEXT_MAX);
    size_t expected = strlen(all) + 1;
    Buf *terms = buf_new(a, forms ? 2 * expected : expected, 4 * expected + WORD_ROOM);
    const char *end = all;
    Term term;
    for (const char *word = word_next(all, &end); word; word = word_next(end, &end)) {
        if (!understand(a, s, word, (size_t)(end - word), &term))
            continue;
        add_term(terms, "", term.stem);
        if (forms)
            add_term(terms, "_", term.form);
    }
    return buf_data(terms);
}

const char *search_terms(Arena *a, const char *text)
{
    return terms_of(a, text, false);
}

const char *search_index_terms(Arena *a, const char *text)
{
    return terms_of(a, text, true);
}

/* ---- queries into words ---- */
/* The stem with the accent that was perhaps left out; NULL when it makes no difference. */
static const char *other_stem(Arena *a, Stemmer *s, const Term *term)
{
    char spelt[WORD_ROOM], out[WORD_ROOM];
    g_strlcpy(spelt, term->form, sizeof spelt);
    if (strlen(spelt) > WORD_MAX ||
        !(restore_accent(spelt, "ia", "ía") || restore_accent(spelt, "ias", "ías")))
        return NULL;
    stem(a, s, spelt, out);
    return strcmp(out, term->stem) == 0 ? NULL : arena_text(a, out);
}

List search_words(Arena *a, const char *text)
{
    Stemmer *s CLEANUP(stemmer_drop) = stemmer_new();
    size_t count = 0, room = strlen(text) / 2 + 1; /* words of one letter */
    SearchWord *words = arena_array(a, SearchWord, room);
    const char *end = text;
    Term term;
    for (const char *word = word_next(text, &end); word && count < room;
         word = word_next(end, &end))
        if (understand(a, s, word, (size_t)(end - word), &term))
            words[count++] = (SearchWord){
                .stem = arena_text(a, term.stem),
                .other = other_stem(a, s, &term),
                .form = arena_text(a, term.form),
            };
    return (List){words, count};
}

/* ---- snippets ---- */
static gunichar first_letter(const char *word)
{
    gunichar c;
    g_unichar_fully_decompose(g_utf8_get_char(word), TRUE, &c, 1);
    return g_unichar_tolower(c);
}

/* Stemming is dear: most words differ in the first letter already. */
static bool may_match(const char *word, List words)
{
    const SearchWord *wanted = words.items;
    for (size_t i = 0; i < words.count; i++)
        if (g_utf8_get_char(wanted[i].form) == first_letter(word))
            return true;
    return false;
}

static bool matches(const Term *term, List words)
{
    const SearchWord *wanted = words.items;
    for (size_t i = 0; i < words.count; i++) {
        bool last = i + 1 == words.count;
        if (text_same(term->stem, wanted[i].stem) || text_same(term->stem, wanted[i].other) ||
            text_same(term->form, wanted[i].form) ||
            (last && text_starts(term->form, wanted[i].form)))
            return true;
    }
    return false;
}

/* The first word of the text that was looked for, or NULL. */
static const char *first_match(Arena *a, const char *text, List words)
{
    Stemmer *s CLEANUP(stemmer_drop) = stemmer_new();
    const char *end = text;
    Term term;
    for (const char *word = word_next(text, &end); word; word = word_next(end, &end)) {
        if (!may_match(word, words))
            continue;
        if (understand(a, s, word, (size_t)(end - word), &term) && matches(&term, words))
            return word;
    }
    return NULL;
}

/* A few words before the match: never inside one, so never inside a grapheme. */
static const char *snippet_start(const char *text, const char *match)
{
    const char *start = match, *p = match;
    for (int i = 0; i < SNIPPET_BEFORE && p > text; i++) {
        const char *before = g_utf8_prev_char(p);
        if (g_unichar_isspace(g_utf8_get_char(before)))
            start = p;
        p = before;
    }
    return p == text ? text : start;
}

const char *search_snippet(Arena *a, const char *text, List words)
{
    const char *match = first_match(a, text, words);
    const char *start = match ? snippet_start(text, match) : text;
    const char *rest = text_squeeze(a, start);
    if (start > text)
        rest = arena_printf(a, "…%s", rest);
    return text_clip(a, rest, SEARCH_SNIPPET_GRAPHEMES);
}

List search_marks(Arena *a, const char *text, const char *query)
{
    Stemmer *s CLEANUP(stemmer_drop) = stemmer_new();
    List words = search_words(a, query ? query : "");
    SearchMark *marks = arena_array(a, SearchMark, MARKS_MOST);
    size_t n = 0;
    const char *end = text;
    Term term;
    for (const char *word = text ? word_next(text, &end) : NULL; word && n < MARKS_MOST; word = word_next(end, &end))
        if (may_match(word, words) && understand(a, s, word, (size_t)(end - word), &term) && matches(&term, words))
            marks[n++] = (SearchMark){(size_t)(word - text), (size_t)(end - word)};
    return (List){marks, n};
}

const char *search_cut(Arena *a, const char *text, size_t max)
{
    if (!text)
        return "";
    size_t n = whole_characters(text, max);
    if (!text[n])
        return text;
    for (size_t back = 0; back < CUT_BACK && back < n; back++)
        if (g_ascii_isspace(text[n - back - 1]))
            return arena_copy(a, text, n - back - 1);
    return arena_copy(a, text, n);
}
