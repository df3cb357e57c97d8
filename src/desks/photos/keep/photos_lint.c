/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_lint.c: a text's words, and which of them together may say who a child is. */
#include "desks/photos/keep/photos_lint.h"
#include "base/buf.h"

enum { FINDINGS = 20, WORDS_MAX = 2000, SCHOOL_REACH = 5, STREET_REACH = 8 };

/* ---- words ---- */

typedef struct Token {
    const char *at;      /* in the text */
    size_t size;
    const char *folded;
    bool large;          /* its first letter */
    bool opens;          /* a sentence */
    bool apart;          /* something but spaces stands between the word before and this one */
    bool quoted;         /* a quotation mark stands right before it */
} Token;

typedef struct Tokens {
    const Token *items;
    size_t n;
} Tokens;

/* Part of a word: letters and digits of any script; not the punctuation of ASCII, nor U+2000…206F and U+00A0…00BF. */
static bool is_word_byte(const char *s)
{
    unsigned char c = (unsigned char)*s, next = (unsigned char)s[1];
    if (c < 0x80)
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (c == 0xE2 && (next == 0x80 || next == 0x81))
        return false;
    return !(c == 0xC2 && next < 0xC0);
}

static size_t step(const char *s)
{
    unsigned char c = (unsigned char)*s;
    return c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
}

static bool is_large(Arena *a, const char *word)
{
    const char *first = arena_copy(a, word, step(word));
    return !text_same(first, text_lower(a, first));
}

/* What stands between two words. */
typedef struct Between {
    bool apart, ends, quote;
} Between;

static Between between(const char **s)
{
    Between b = {0};
    for (; **s && !is_word_byte(*s); *s += step(*s)) {
        b.quote = !strncmp(*s, "“", 3) || !strncmp(*s, "«", 2) || **s == '"' || !strncmp(*s, "‘", 3);
        b.apart |= **s != ' ' && **s != '-';
        b.ends |= strchr(".!?:\n", **s) != NULL || !strncmp(*s, "¡", 2) || !strncmp(*s, "¿", 2);
    }
    return b;
}

static Tokens tokens_of(Arena *a, const char *text)
{
    Token *all = arena_array(a, Token, WORDS_MAX);
    size_t n = 0;
    const char *s = text;
    Between b = between(&s);
    b.ends = true;
    while (*s && n < WORDS_MAX) {
        const char *at = s;
        while (*s && is_word_byte(s))
            s += step(s);
        Token t = {.at = at, .size = (size_t)(s - at), .opens = b.ends, .apart = n == 0 || b.apart, .quoted = b.quote};
        t.folded = text_fold(a, arena_copy(a, at, t.size));
        t.large = is_large(a, at);
        all[n++] = t;
        b = between(&s);
    }
    return (Tokens){all, n};
}

/* ---- findings ---- */

typedef struct Finder {
    Arena *a;
    Tokens t;
    List known;
    LintFinding *found;
    size_t n;
} Finder;

static void find(Finder *f, LintKind kind, size_t from, size_t to)
{
    const Token *first = &f->t.items[from], *last = &f->t.items[to];
    if (f->n < FINDINGS)
        f->found[f->n++] = (LintFinding){kind, arena_copy(f->a, first->at, (size_t)(last->at + last->size - first->at))};
}

static const char *run_folded(Finder *f, size_t from, size_t to)
{
    Buf *out = buf_new(f->a, 64, 4096);
    for (size_t i = from; i <= to; i++)
        buf_printf(out, "%s%s", i > from ? " " : "", f->t.items[i].folded);
    return buf_data(out);
}

static bool is_known(Finder *f, size_t from, size_t to)
{
    const char *run = run_folded(f, from, to);
    for (size_t i = 0; i < f->known.count; i++)
        if (strstr(((const char *const *)f->known.items)[i], run))
            return true;
    return false;
}

/* ---- names: two words or more that begin large, with de, la, y between them ---- */

/* The last word of the run that begins at `from`. */
static size_t run_end(const Tokens *t, size_t from)
{
    size_t end = from;
    for (size_t i = from + 1; i < t->n && !t->items[i].apart; i++) {
        if (t->items[i].large)
            end = i;
        else if (!photos_lint_is_particle(t->items[i].folded))
            break;
    }
    return end;
}

static size_t count_large(const Tokens *t, size_t from, size_t to)
{
    size_t n = 0;
    for (size_t i = from; i <= to; i++)
        n += t->items[i].large;
    return n;
}

static bool has_office(const Tokens *t, size_t from, size_t to)
{
    for (size_t i = from; i <= to; i++)
        if (photos_lint_is_office(t->items[i].folded))
            return true;
    return false;
}

/* "la maestra Ana Pérez", "Lic. Ana Pérez": a title stands right before. */
static bool is_titled(const Tokens *t, size_t from)
{
    for (size_t back = 1; back <= 3 && back <= from; back++) {
        const Token *w = &t->items[from - back];
        if (photos_lint_is_title(w->folded))
            return true;
        if (!photos_lint_is_office(w->folded) && !photos_lint_is_particle(w->folded))
            return false;
    }
    return false;
}

/* "la primaria “Miguel Hidalgo”" is the school's, and found as such. */
static bool is_of_school(const Tokens *t, size_t from)
{
    return from > 0 && t->items[from].quoted && photos_lint_is_school(t->items[from - 1].folded);
}

static void names(Finder *f)
{
    const Tokens *t = &f->t;
    for (size_t i = 0; i < t->n; i++) {
        const Token *w = &t->items[i];
        bool begins = w->large && !(w->opens && photos_lint_is_opener(w->folded)) && !(w->at[0] >= '0' && w->at[0] <= '9');
        if (!begins)
            continue;
        size_t end = run_end(t, i);
        if (count_large(t, i, end) >= 2 && !has_office(t, i, end) && !is_titled(t, i) && !is_of_school(t, i) &&
            !is_known(f, i, end))
            find(f, LINT_NAME, i, end);
        i = end;
    }
}

/* ---- schools: what kind, and then its name or number ---- */

static bool is_number(const Token *w)
{
    return w->at[0] >= '0' && w->at[0] <= '9';
}

static bool is_school_word(const Tokens *t, size_t i)
{
    if (!text_same(t->items[i].folded, "jardin"))
        return photos_lint_is_school(t->items[i].folded);
    return i + 2 < t->n && text_same(t->items[i + 2].folded, "ninos");
}

static bool is_its_name(const Token *w)
{
    return (w->large && !photos_lint_is_office(w->folded) && !text_same(w->folded, "ninos")) || w->quoted || is_number(w);
}

static void schools(Finder *f)
{
    const Tokens *t = &f->t;
    for (size_t i = 0; i < t->n; i++) {
        if (!is_school_word(t, i))
            continue;
        for (size_t j = i + 1; j < t->n && j <= i + SCHOOL_REACH && !t->items[j].opens; j++) {
            if (!is_its_name(&t->items[j]) || (t->items[j].apart && !t->items[j].quoted))
                continue;
            size_t end = run_end(t, j);
            find(f, LINT_SCHOOL, i, end);
            i = end;
            break;
        }
    }
}

/* ---- addresses: a street and a number ---- */

static void addresses(Finder *f)
{
    const Tokens *t = &f->t;
    for (size_t i = 0; i + 1 < t->n; i++) {
        if (!photos_lint_is_street(t->items[i].folded))
            continue;
        for (size_t j = i + 2; j < t->n && j <= i + STREET_REACH; j++) {
            if (is_number(&t->items[j]) && !(j + 1 < t->n && text_same(t->items[j + 1].folded, "anos"))) {
                find(f, LINT_ADDRESS, i, j);
                i = j;
                break;
            }
        }
    }
}

/* ---- ages: under 18 ---- */

static bool is_word(const Tokens *t, size_t i, const char *folded)
{
    return i < t->n && text_same(t->items[i].folded, folded);
}

/* "de 8 años", "tiene ocho años", "8 años de edad", "Ana, 8 años": not "8 años de servicio", not "hace 8 años". */
static bool is_age(const Tokens *t, size_t i)
{
    bool of_age = is_word(t, i + 2, "de") && is_word(t, i + 3, "edad");
    bool of_else = is_word(t, i + 2, "de") && !of_age && !t->items[i + 2].apart;
    if (of_else)
        return false;
    if (of_age || t->items[i].apart)
        return true;
    return i > 0 && (is_word(t, i - 1, "de") || is_word(t, i - 1, "tiene") || is_word(t, i - 1, "tienen") || is_word(t, i - 1, "con") ||
                     is_word(t, i - 1, "y") || is_word(t, i - 1, "a"));
}

static void ages(Finder *f)
{
    const Tokens *t = &f->t;
    for (size_t i = 0; i + 1 < t->n; i++) {
        int n = photos_lint_number(t->items[i].folded);
        bool years = (is_word(t, i + 1, "anos") || is_word(t, i + 1, "anitos") || is_word(t, i + 1, "meses")) && !t->items[i + 1].apart;
        if (n >= 0 && n < 18 && years && is_age(t, i))
            find(f, LINT_AGE, i, i + 1);
    }
}

/* ---- the door ---- */

static Finder finder_of(Arena *a, const char *text, List known)
{
    return (Finder){.a = a, .t = tokens_of(a, text), .known = known, .found = arena_array(a, LintFinding, FINDINGS)};
}

List photos_lint(Arena *a, const char *text, List known)
{
    if (text_blank(text))
        return (List){0};
    Finder f = finder_of(a, text, known);
    names(&f);
    schools(&f);
    addresses(&f);
    ages(&f);
    return (List){f.found, f.n};
}

List photos_lint_people(Arena *a, const char *lines, List known)
{
    List people = lines ? text_split(a, lines, '\n') : (List){0};
    LintFinding *found = arena_array(a, LintFinding, FINDINGS);
    size_t n = 0;
    for (size_t i = 0; i < people.count && n < FINDINGS; i++) {
        const char *line = text_trim(a, ((const char *const *)people.items)[i]);
        Finder f = finder_of(a, line, known);
        if (f.t.n && !has_office(&f.t, 0, f.t.n - 1) && count_large(&f.t, 0, f.t.n - 1) && !is_known(&f, 0, f.t.n - 1))
            found[n++] = (LintFinding){LINT_NAME, line};
    }
    return (List){found, n};
}
