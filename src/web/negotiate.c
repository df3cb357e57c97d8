/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* negotiate.c: media types and Accept. */
#include "web/negotiate.h"

#include <glib.h>

#include "base/text.h"

enum { ACCEPT_RANGES_MAX = 64 };

const char *const format_types[] = {
    [FORMAT_HTML] = "text/html; charset=utf-8",
    [FORMAT_JSON] = "application/json; charset=utf-8",
    [FORMAT_CSV] = "text/csv; charset=utf-8; header=present",
    [FORMAT_ATOM] = "application/atom+xml; charset=utf-8",
    [FORMAT_ICS] = "text/calendar; charset=utf-8",
    [FORMAT_TEXT] = "text/plain; charset=utf-8",
    [FORMAT_NINJS] = "application/vnd.iptc.g2.newsitem+json; charset=utf-8", /* as ninjs 3.1 is announced */
    [FORMAT_PDF] = "application/pdf",
    [FORMAT_XLSX] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    [FORMAT_DOCX] = "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    [FORMAT_RSS] = "application/rss+xml; charset=utf-8",
    [FORMAT_CAP] = "application/cap+xml; charset=utf-8", /* OASIS CAP 1.2, 3.3 */
    [FORMAT_STREAM] = "text/event-stream",
};

static bool is_token(const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!g_ascii_isalnum(s[i]) && !strchr("!#$%&'*+-.^_`|~", s[i]))
            return false;
    return n > 0;
}

const char *media_type(Arena *a, const char *header)
{
    if (!header)
        return NULL;
    header += strspn(header, " \t");
    size_t n = strcspn(header, "; \t,");
    const char *slash = memchr(header, '/', n);
    size_t main = slash ? (size_t)(slash - header) : 0;
    if (!slash || !is_token(header, main) || !is_token(slash + 1, n - main - 1))
        return NULL;
    return text_lower(a, arena_copy(a, header, n));
}

/* A token or a quoted string; *text moves behind it. NULL when it is neither. */
static const char *read_value(Arena *a, const char **text)
{
    const char *p = *text;
    if (*p != '"') {
        size_t n = strcspn(p, "; \t,");
        *text = p + n;
        return is_token(p, n) ? arena_copy(a, p, n) : NULL;
    }
    char *value = arena_bytes(a, strlen(p) + 1), *to = value;
    for (p++; *p && *p != '"'; p++) {
        if (*p == '\\' && (p[1] == '"' || p[1] == '\\'))
            p++;
        *to++ = *p;
    }
    *text = *p ? p + 1 : p;
    return *p ? value : NULL;
}

const char *media_param(Arena *a, const char *header, const char *name)
{
    const char *p = header ? strchr(header, ';') : NULL;
    while (p && *p == ';') {
        p += 1 + strspn(p + 1, " \t");
        size_t n = strcspn(p, "=; \t");
        bool wanted = n == strlen(name) && !g_ascii_strncasecmp(p, name, n);
        p += n;
        if (*p != '=') {
            p = strchr(p, ';');
            continue;
        }
        p++;
        const char *value = read_value(a, &p);
        if (wanted)
            return value;
        p += strspn(p, " \t");
    }
    return NULL;
}

/* ---- Accept ---- */

/* 0..1000 thousandths; a broken q counts as 1, as most servers read it. */
static int quality(const char *params, size_t n)
{
    for (size_t i = 0; i + 2 < n; i++) {
        if (params[i] != ';')
            continue;
        size_t at = i + 1;
        while (at < n && (params[at] == ' ' || params[at] == '\t'))
            at++;
        if (at + 2 < n && (params[at] | 32) == 'q' && params[at + 1] == '=') {
            double q = g_ascii_strtod(params + at + 2, NULL);
            return q >= 0 && q <= 1 ? (int)(q * 1000 + 0.5) : 1000;
        }
    }
    return 1000;
}

/* How narrowly a range names a type: 3 exactly, 2 the family, 1 anything, 0 not at all. */
static int fit(const char *range, size_t n, const char *type)
{
    size_t size = strcspn(type, ";");
    size_t family = strcspn(type, "/") + 1;
    if (n == 3 && !strncmp(range, "*/*", 3))
        return 1;
    if (n == family + 1 && range[family] == '*' && !g_ascii_strncasecmp(range, type, family))
        return 2;
    return n == size && !g_ascii_strncasecmp(range, type, n) ? 3 : 0;
}

/* The quality that the header gives a type: of the range that names it most narrowly. */
static int quality_of(const char *accept, const char *type)
{
    int best_fit = 0, best = 0, ranges = 0;
    for (const char *p = accept; *p && ranges < ACCEPT_RANGES_MAX; ranges++) {
        p += strspn(p, " \t,");
        size_t whole = strcspn(p, ",");
        size_t n = strcspn(p, ";, \t");
        int f = fit(p, n, type);
        if (f > best_fit) {
            best_fit = f;
            best = quality(p + n, whole - n);
        }
        p += whole;
    }
    return best;
}

bool negotiate(const char *accept, unsigned formats, bool program, Format *format_out)
{
    static const Format of_people[] = {
        FORMAT_HTML, FORMAT_JSON, FORMAT_CSV,  FORMAT_ATOM, FORMAT_ICS,    FORMAT_TEXT,
        FORMAT_PDF,  FORMAT_XLSX, FORMAT_DOCX, FORMAT_NINJS, FORMAT_RSS, FORMAT_CAP, FORMAT_STREAM};
    static const Format of_programs[] = {
        FORMAT_JSON, FORMAT_CSV,  FORMAT_ATOM, FORMAT_ICS,  FORMAT_HTML,  FORMAT_NINJS,
        FORMAT_TEXT, FORMAT_XLSX, FORMAT_PDF,  FORMAT_DOCX, FORMAT_RSS, FORMAT_CAP, FORMAT_STREAM};
    _Static_assert(COUNT(of_people) == FORMAT_COUNT && COUNT(of_programs) == FORMAT_COUNT,
                   "every format has its place");
    const Format *order = program ? of_programs : of_people;
    int best = 0;
    for (size_t i = 0; i < COUNT(of_people); i++) {
        if (!(formats & (1u << order[i])))
            continue;
        int q = accept ? quality_of(accept, format_types[order[i]]) : 1000;
        if (q > best) {
            best = q;
            *format_out = order[i];
        }
    }
    return best > 0;
}
