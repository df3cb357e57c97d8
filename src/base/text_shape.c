/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* text_shape.c: slugs, parts, numbers and mail addresses: texts that have to have a shape. */
#include "base/text.h"

#include <glib.h>

enum {
    SLUG_MAX = 80,
    MAIL_MAX = 254,
    LOCAL_MAX = 64,
    LABEL_MAX = 63
}; /* RFC 5321 4.5.3.1, RFC 1035 2.3.4 */

bool text_same(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

bool text_starts(const char *s, const char *prefix)
{
    return strncmp(s, prefix, strlen(prefix)) == 0;
}

bool text_ends(const char *s, const char *suffix)
{
    size_t n = strlen(s), m = strlen(suffix);
    return n >= m && strcmp(s + n - m, suffix) == 0;
}

/* ---- slugs ---- */

static bool is_lower_alnum(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* Latin letters that no normal form takes apart; folding has made them lower case. */
static const char *plain_letters(const char *s, size_t *used_out)
{
    static const struct {
        const char *letter, *plain;
    } table[] = {
        {"ø", "o"}, {"æ", "ae"}, {"œ", "oe"}, {"ł", "l"},
        {"đ", "d"}, {"ð", "d"},  {"þ", "th"}, {"ı", "i"},
    };
    for (size_t i = 0; i < COUNT(table); i++)
        if (text_starts(s, table[i].letter)) {
            *used_out = strlen(table[i].letter);
            return table[i].plain;
        }
    return NULL;
}

/* At most SLUG_MAX bytes, and no half word unless it is the only one. */
static size_t slug_length(const char *slug, size_t n)
{
    if (n > SLUG_MAX) {
        n = SLUG_MAX + 1; /* a dash just behind the limit ends a whole word too */
        while (n && slug[n - 1] != '-')
            n--;
        n = n ? n - 1 : SLUG_MAX;
    }
    while (n && slug[n - 1] == '-')
        n--;
    return n;
}

const char *text_slug(Arena *a, const char *s)
{
    s = text_fold(a, s);
    char *slug = arena_bytes(a, strlen(s) + 1);
    size_t n = 0;
    while (*s) {
        size_t used = 1;
        const char *plain = plain_letters(s, &used);
        if (plain) {
            memcpy(slug + n, plain, strlen(plain));
            n += strlen(plain);
        } else if (is_lower_alnum(*s)) {
            slug[n++] = *s;
        } else if (n && slug[n - 1] != '-') {
            slug[n++] = '-';
        }
        s += used;
    }
    slug[slug_length(slug, n)] = '\0';
    return slug;
}

bool text_slug_valid(const char *s)
{
    size_t n = s ? strlen(s) : 0;
    if (n == 0 || n > SLUG_MAX || s[0] == '-' || s[n - 1] == '-')
        return false;
    for (size_t i = 0; i < n; i++)
        if (!is_lower_alnum(s[i]) && (s[i] != '-' || s[i - 1] == '-'))
            return false;
    return true;
}

/* ---- parts and numbers ---- */

List text_split(Arena *a, const char *s, char at)
{
    char *copy = arena_text(a, s);
    size_t count = 0, most = 1;
    for (const char *p = s; *p; p++)
        most += *p == at;
    const char **parts = arena_array(a, const char *, most);
    while (*copy) {
        char *end = strchr(copy, at);
        if (end != copy)
            parts[count++] = copy;
        if (!end)
            break;
        *end = '\0';
        copy = end + 1;
    }
    return (List){.items = parts, .count = count};
}

bool text_int(const char *s, i64 *n_out)
{
    i64 n = 0;
    bool negative = s && *s == '-';
    if (negative)
        s++;
    if (!s || !*s)
        return false;
    for (; *s; s++) {
        if (*s < '0' || *s > '9')
            return false;
        int digit = *s - '0';
        if (__builtin_mul_overflow(n, 10, &n) ||
            __builtin_add_overflow(n, negative ? -digit : digit, &n))
            return false;
    }
    *n_out = n;
    return true;
}

/* ---- mail addresses ---- */

static bool is_alnum(char c)
{
    return is_lower_alnum(c) || (c >= 'A' && c <= 'Z');
}

/* RFC 5322 3.2.3: a dot-atom. Quoted local parts exist on paper only. */
static bool local_valid(const char *s, size_t n)
{
    if (n == 0 || n > LOCAL_MAX || s[0] == '.' || s[n - 1] == '.')
        return false;
    for (size_t i = 0; i < n; i++) {
        bool dot = s[i] == '.' && s[i - 1] != '.';
        if (!dot && !is_alnum(s[i]) && (!s[i] || !strchr("!#$%&'*+-/=?^_`{|}~", s[i])))
            return false;
    }
    return true;
}

static bool label_valid(const char *s, size_t n)
{
    if (n == 0 || n > LABEL_MAX || s[0] == '-' || s[n - 1] == '-')
        return false;
    for (size_t i = 0; i < n; i++)
        if (!is_alnum(s[i]) && s[i] != '-')
            return false;
    return true;
}

/* At least two labels, and the last is no number. */
static bool domain_valid(const char *s)
{
    size_t labels = 0, n = 0;
    for (;; s += n + 1) {
        n = strcspn(s, ".");
        if (!label_valid(s, n))
            return false;
        labels++;
        if (!s[n])
            break;
    }
    return labels > 1 && n > 1 && strspn(s, "0123456789") < n;
}

bool text_mail_valid(const char *s)
{
    const char *at = s && strlen(s) <= MAIL_MAX ? strrchr(s, '@') : NULL;
    return at && local_valid(s, (size_t)(at - s)) && domain_valid(at + 1);
}

const char *text_sentence(Arena *a, const char *s)
{
    if (!*s)
        return s;
    const char *rest = g_utf8_next_char(s);
    char large[6];
    int n = g_unichar_to_utf8(g_unichar_totitle(g_utf8_get_char(s)), large);
    return arena_printf(a, "%.*s%s", n, large, rest);
}
