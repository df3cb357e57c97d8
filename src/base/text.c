/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* text.c: normal forms, graphemes and white space; text_shape.c has slugs and checks. */
#include "base/text.h"

#include <stdlib.h>
#include <unicase.h>
#include <unictype.h>
#include <unigbrk.h>
#include <uninorm.h>
#include <unistr.h>

static const uint8_t *u8(const char *s)
{
    return (const uint8_t *)s;
}

/* How many bytes from here on are ASCII, looked at eight at a time: nearly all of most texts. */
static size_t ascii_run(const char *s, size_t n)
{
    size_t i = 0;
    for (uint64_t eight; i + sizeof eight <= n; i += sizeof eight) {
        memcpy(&eight, s + i, sizeof eight);
        if (eight & 0x8080808080808080)
            break;
    }
    while (i < n && (unsigned char)s[i] < 0x80)
        i++;
    return i;
}

static bool is_ascii(const char *s)
{
    size_t n = strlen(s);
    return ascii_run(s, n) == n;
}

/* What libunistring made with malloc, moved into the arena. */
static char *adopt(Arena *a, uint8_t *made, size_t n)
{
    if (!made) {
        fprintf(stderr, "vocero: text: libunistring gave nothing back\n");
        abort();
    }
    char *text = arena_copy(a, (const char *)made, n);
    free(made);
    return text;
}

/* The next character and how many bytes it has; 0 at the end. What is no UTF-8 counts as U+FFFD. */
static size_t next_char(const char *s, ucs4_t *c_out)
{
    if (!*s)
        return 0;
    if ((unsigned char)*s < 0x80) {
        *c_out = (unsigned char)*s;
        return 1;
    }
    return (size_t)u8_mbtouc(c_out, u8(s), strnlen(s, 4));
}

bool text_valid(const char *bytes, size_t n)
{
    if (n == 0)
        return true;
    size_t ascii = ascii_run(bytes, n);
    return !memchr(bytes, '\0', n) && (ascii == n || !u8_check(u8(bytes + ascii), n - ascii));
}

const char *text_nfc(Arena *a, const char *s)
{
    size_t n = strlen(s), made;
    if (is_ascii(s))
        return arena_copy(a, s, n);
    uint8_t *nfc = u8_normalize(UNINORM_NFC, u8(s), n, NULL, &made);
    return adopt(a, nfc, made);
}

/* What a grapheme has had so far. libunistring 1.0 looks at two characters only, but a flag is a
 * pair of regional indicators (GB12, GB13), and a joiner joins only after a picture (GB11). */
typedef struct Cluster {
    ucs4_t last;
    int indicators; /* regional indicators up to the last character */
    enum {
        NO_PICTURE,
        PICTURE,
        JOINER
    } picture; /* ends in a picture and its marks, or in a joiner after it */
} Cluster;

static void cluster_take(Cluster *k, ucs4_t c)
{
    int property = uc_graphemeclusterbreak_property(c);
    k->indicators = property == GBP_RI ? k->indicators + 1 : 0;
    if (uc_is_property_extended_pictographic(c))
        k->picture = PICTURE;
    else if (k->picture == PICTURE && property == GBP_ZWJ)
        k->picture = JOINER;
    else if (k->picture != PICTURE || property != GBP_EXTEND)
        k->picture = NO_PICTURE;
    k->last = c;
}

static bool cluster_ends(const Cluster *k, ucs4_t next)
{
    if (k->indicators && uc_graphemeclusterbreak_property(next) == GBP_RI)
        return k->indicators % 2 == 0;
    if (k->picture == JOINER && uc_is_property_extended_pictographic(next))
        return false;
    return uc_is_grapheme_break(k->last, next);
}

/* Where the grapheme that begins at s < end ends. */
static const char *grapheme_end(const char *s, const char *end)
{
    bool plain = (unsigned char)s[0] < 0x80 && (unsigned char)s[1] < 0x80 && s[0] != '\r';
    if (plain) /* no mark can follow */
        return s + 1;
    Cluster k = {0};
    ucs4_t c;
    s += u8_mbtouc(&c, u8(s), (size_t)(end - s));
    cluster_take(&k, c);
    while (s < end) {
        int n = u8_mbtouc(&c, u8(s), (size_t)(end - s));
        if (cluster_ends(&k, c))
            break;
        cluster_take(&k, c);
        s += n;
    }
    return s;
}

static size_t first_grapheme(const char *s)
{
    return *s ? (size_t)(grapheme_end(s, s + strlen(s)) - s) : 0;
}

/* How many characters from here on are ASCII that no mark follows: each is a grapheme. */
static size_t plain_run(const char *s)
{
    size_t n = 0;
    while (s[n] && !((s[n] | s[n + 1]) & 0x80) && s[n] != '\r')
        n++;
    return n;
}

size_t text_graphemes(const char *s)
{
    const char *end = s + strlen(s);
    size_t n = 0;
    while (s < end) {
        size_t plain = plain_run(s);
        n += plain;
        s += plain;
        if (s < end) {
            s = grapheme_end(s, end);
            n++;
        }
    }
    return n;
}

bool text_fits(const char *s, size_t max)
{
    return text_points(s) <= 4 * max && text_graphemes(s) <= max;
}

size_t text_points(const char *s)
{
    size_t n = 0;
    for (; *s; s++)
        n += (*s & 0xc0) != 0x80; /* not the later bytes of one */
    return n;
}

static bool is_space(ucs4_t c)
{
    return c < 0x80 ? c == ' ' || (c >= '\t' && c <= '\r') : uc_is_property_white_space(c);
}

static const char *skip_space(const char *s)
{
    ucs4_t c;
    for (size_t n = next_char(s, &c); n && is_space(c); n = next_char(s, &c))
        s += n;
    return s;
}

static const char *skip_word(const char *s)
{
    ucs4_t c;
    for (size_t n = next_char(s, &c); n && !is_space(c); n = next_char(s, &c))
        s += n;
    return s;
}

/* Where the last word of [s, end) ends. */
static const char *last_end(const char *s, const char *end)
{
    if (s < end && (unsigned char)end[-1] < 0x80 && !is_space((unsigned char)end[-1]))
        return end;
    const char *last = s;
    for (s = skip_space(s); s < end; s = skip_space(s)) {
        s = skip_word(s);
        last = s < end ? s : end;
    }
    return last;
}

const char *text_clip(Arena *a, const char *s, size_t graphemes)
{
    static const char more[] = "…";
    const char *all = s + strlen(s), *cut = s,
               *shorter = s; /* after all of them, after all but one */
    for (size_t i = 0; i < graphemes && cut < all; i++) {
        shorter = cut;
        cut = grapheme_end(cut, all);
    }
    if (cut == all)
        return arena_text(a, s);
    if (!graphemes)
        return arena_copy(a, "", 0);
    size_t n = (size_t)(last_end(s, shorter) - s);
    char *clipped = arena_bytes(a, n + sizeof more);
    memcpy(clipped, s, n);
    memcpy(clipped + n, more, sizeof more);
    return clipped;
}

const char *text_trim(Arena *a, const char *s)
{
    if (!s)
        return NULL;
    const char *start = skip_space(s);
    return arena_copy(a, start, (size_t)(last_end(start, start + strlen(start)) - start));
}

const char *text_squeeze(Arena *a, const char *s)
{
    if (!s)
        return NULL;
    char *line = arena_bytes(a, strlen(s) + 1), *to = line;
    for (s = skip_space(s); *s; s = skip_space(s)) {
        const char *end = skip_word(s);
        if (to > line)
            *to++ = ' ';
        memcpy(to, s, (size_t)(end - s));
        to += end - s;
        s = end;
    }
    return line;
}

bool text_blank(const char *s)
{
    return !s || !*skip_space(s);
}

static bool is_control(ucs4_t c)
{
    return (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7f && c <= 0x9f) /* C0, DEL, C1 */
           || (c >= 0x202a && c <= 0x202e) ||
           (c >= 0x2066 && c <= 0x2069); /* UAX #9: overrides, isolates */
}

bool text_has_control(const char *s)
{
    ucs4_t c;
    for (size_t n = 1; n; s += n) {
        while (*s >= ' ' && *s < 0x7f)
            s++;
        n = next_char(s, &c);
        if (n && is_control(c))
            return true;
    }
    return false;
}

static char *ascii_lower(Arena *a, const char *s)
{
    char *lower = arena_copy(a, s, strlen(s));
    for (char *p = lower; *p; p++)
        if (*p >= 'A' && *p <= 'Z')
            *p = (char)(*p - 'A' + 'a');
    return lower;
}

const char *text_lower(Arena *a, const char *s)
{
    if (is_ascii(s))
        return ascii_lower(a, s);
    size_t n;
    uint8_t *lower = u8_tolower(u8(s), strlen(s), NULL, NULL, NULL, &n);
    return adopt(a, lower, n);
}

/* Without the combining marks, which stand alone in a decomposed text. */
static size_t strip_marks(uint8_t *s, size_t n)
{
    size_t kept = 0;
    for (size_t i = 0; i < n;) {
        ucs4_t c;
        size_t size = (size_t)u8_mbtouc(&c, s + i, n - i);
        if (!uc_is_general_category(c, UC_NON_SPACING_MARK)) {
            memmove(s + kept, s + i, size);
            kept += size;
        }
        i += size;
    }
    return kept;
}

const char *text_fold(Arena *a, const char *s)
{
    if (is_ascii(s))
        return ascii_lower(a, s);
    size_t n, made;
    uint8_t *apart = u8_normalize(UNINORM_NFKD, u8(s), strlen(s), NULL, &n);
    if (apart)
        n = strip_marks(apart, n);
    uint8_t *folded = apart ? u8_casefold(apart, n, NULL, UNINORM_NFKD, NULL, &made) : NULL;
    free(apart);
    if (folded)
        made = strip_marks(folded, made);
    return adopt(a, folded, folded ? made : 0);
}

const char *text_initials(Arena *a, const char *name)
{
    const char *first = skip_space(name), *second = skip_space(skip_word(first)), *p = second;
    ucs4_t c;
    while (next_char(p, &c) && !uc_is_upper(c)) /* "de", "la" are passed over */
        p = skip_space(skip_word(p));
    second = *p ? p : second;
    size_t n = first_grapheme(first), m = first_grapheme(second);
    char *both = arena_bytes(a, n + m + 1);
    memcpy(both, first, n);
    memcpy(both + n, second, m);
    size_t made;
    uint8_t *upper = u8_toupper(u8(both), n + m, NULL, UNINORM_NFC, NULL, &made);
    return adopt(a, upper, made);
}
