/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* tongue.c: the compiled catalogue, checked once, with an index of its own for finding. */
#include "base/tongue.h"

#include <ctype.h>
#include <pthread.h>
#include <stdlib.h>
#include <strings.h>

/* locale/es.po as msgfmt compiles it; dev/mogen.py writes the C file. */
extern const unsigned char words_es_mo[];
extern const size_t words_es_mo_size;

/* "The Format of GNU MO Files": magic, revision, count, offsets of the two tables of texts. */
#define MO_MAGIC 0x950412deu
enum { MO_COUNT = 8, MO_ORIGINALS = 12, MO_TRANSLATIONS = 16, MO_HEAD = 28 };

typedef struct Entry {
    const char *msgid, *text, *plural; /* plural NULL: there is only one form */
} Entry;

static pthread_once_t once = PTHREAD_ONCE_INIT;
static Entry *catalogue; /* open addressing, at most half full; lives as long as the program */
static size_t mask;

/* dev/mogen.py has it compiled with the low byte first, whatever the machine is. */
static uint32_t number_at(size_t at)
{
    const unsigned char *p = words_es_mo + at;
    return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

/* The text that row i of a table tells of, or NULL when it leaves the file. */
static const char *text_at(size_t table, size_t i, size_t *length_out)
{
    size_t length = number_at(table + 8 * i), at = number_at(table + 8 * i + 4);
    if (at >= words_es_mo_size || length >= words_es_mo_size - at || words_es_mo[at + length])
        return NULL;
    *length_out = length;
    return (const char *)words_es_mo + at;
}

static size_t hash(const char *text)
{
    u64 h = 0xcbf29ce484222325u; /* FNV-1a */
    for (; *text; text++)
        h = (h ^ (unsigned char)*text) * 0x100000001b3u;
    return (size_t)(h ^ h >> 32);
}

static Entry *place_of(const char *msgid)
{
    size_t at = hash(msgid) & mask;
    while (catalogue[at].msgid && strcmp(catalogue[at].msgid, msgid) != 0)
        at = (at + 1) & mask;
    return &catalogue[at];
}

static void remember(size_t originals, size_t translations, size_t i)
{
    size_t length, text_length;
    const char *msgid = text_at(originals, i, &length);
    const char *text = text_at(translations, i, &text_length);
    if (!msgid || !text || !*msgid || !*text)
        return; /* the head entry, or not translated yet */
    size_t first = strlen(text);
    const char *plural = first < text_length ? text + first + 1 : NULL;
    *place_of(msgid) = (Entry){.msgid = msgid, .text = text, .plural = plural};
}

static bool table_fits(size_t at, size_t count)
{
    return at <= words_es_mo_size && count <= (words_es_mo_size - at) / 8;
}

static void read_catalogue(void)
{
    size_t count = 0, originals = 0, translations = 0;
    if (words_es_mo_size >= MO_HEAD && number_at(0) == MO_MAGIC) {
        count = number_at(MO_COUNT);
        originals = number_at(MO_ORIGINALS);
        translations = number_at(MO_TRANSLATIONS);
    }
    if (!table_fits(originals, count) || !table_fits(translations, count))
        count = 0;
    size_t places = 16;
    while (places < count * 2)
        places *= 2;
    mask = places - 1;
    catalogue = calloc(places, sizeof *catalogue);
    if (!catalogue)
        abort();
    for (size_t i = 0; i < count; i++)
        remember(originals, translations, i);
}

static const Entry *find(const char *msgid)
{
    pthread_once(&once, read_catalogue);
    const Entry *e = place_of(msgid);
    return e->msgid ? e : NULL;
}

const char *tongue_say(Tongue t, const char *msgid)
{
    const Entry *e = t == TONGUE_ES && msgid ? find(msgid) : NULL;
    return e ? e->text : msgid;
}

const char *tongue_say_n(Tongue t, const char *one, const char *many, i64 n)
{
    const Entry *e = t == TONGUE_ES ? find(one) : NULL;
    if (!e)
        return n == 1 ? one : many;
    return n == 1 || !e->plural ? e->text : e->plural; /* Plural-Forms of Spanish: n != 1 */
}

const char *tongue_code(Tongue t)
{
    return t == TONGUE_EN ? "en" : "es-MX";
}

/* The weight of "…;q=0.8" in thousandths (RFC 9110 12.4.2); 1000 when none is given. */
static int weight(const char *range, size_t n)
{
    const char *semi = memchr(range, ';', n);
    if (!semi)
        return 1000;
    const char *p = semi + 1, *end = range + n;
    while (p < end && (*p == ' ' || *p == '\t'))
        p++;
    if (end - p < 3 || (*p != 'q' && *p != 'Q') || p[1] != '=' || (p[2] != '0' && p[2] != '1'))
        return 0;
    int q = (p[2] - '0') * 1000, unit = 100;
    for (p += 3; p < end && unit && (*p == '.' || isdigit((unsigned char)*p)); p++) {
        if (*p == '.')
            continue;
        q += (*p - '0') * unit;
        unit /= 10;
    }
    return q < 1000 ? q : 1000;
}

static bool range_is(const char *range, size_t n, const char *language)
{
    size_t k = strlen(language);
    return n >= k && strncasecmp(range, language, k) == 0 &&
           (n == k || strchr("-; \t", range[k]) != NULL);
}

Tongue tongue_choose(const char *accept_language)
{
    int spanish = -1, english = -1, any = -1;
    const char *p = accept_language ? accept_language : "";
    while (*p) {
        p += strspn(p, ", \t");
        size_t n = strcspn(p, ",");
        int *which = range_is(p, n, "es")   ? &spanish
                     : range_is(p, n, "en") ? &english
                     : range_is(p, n, "*")  ? &any
                                            : NULL;
        int q = weight(p, n);
        if (which && q > *which)
            *which = q;
        p += n;
    }
    spanish = spanish < 0 ? any : spanish;
    english = english < 0 ? any : english;
    return english > 0 && english > spanish ? TONGUE_EN : TONGUE_ES;
}
