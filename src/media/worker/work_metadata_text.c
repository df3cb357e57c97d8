/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* work_metadata_text.c: foreign bytes as text that can be kept, and foreign times as ours. */
#include "base/text.h"
#include "media/worker/work_room.h"

#include <stdlib.h>

enum { TEXT_BYTES_MAX = 4096 };

/* 0x80 to 0x9f of Windows-1252 as the WHATWG's Encoding Standard has it; the rest is Latin-1. */
static const uint16_t windows_1252[32] = {
    0x20ac, 0x81,   0x201a, 0x192,  0x201e, 0x2026, 0x2020, 0x2021, 0x2c6,  0x2030, 0x160,
    0x2039, 0x152,  0x8d,   0x17d,  0x8f,   0x90,   0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
    0x2013, 0x2014, 0x2dc,  0x2122, 0x161,  0x203a, 0x153,  0x9d,   0x17e,  0x178,
};

static char *from_windows(const char *bytes, size_t n)
{
    GString *text = g_string_sized_new(n * 2);
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)bytes[i];
        g_string_append_unichar(text, c >= 0x80 && c < 0xa0 ? windows_1252[c - 0x80] : c);
    }
    return g_string_free(text, FALSE);
}

/* ISO 2022 escapes that say Latin-1: ESC . A and ESC - A. */
static bool says_latin(const char *charset)
{
    return charset && (!strcmp(charset, "\x1b.A") || !strcmp(charset, "\x1b-A"));
}

/* Control characters (C0, DEL, C1) and what turns a line's direction become nothing; the line's end stays. */
static bool is_kept(gunichar c)
{
    bool turns = (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0xfeff;
    return c == '\n' || (c >= 0x20 && c != 0x7f && !(c >= 0x80 && c < 0xa0) && !turns);
}

static char *cleaned(const char *text)
{
    GString *clean = g_string_new(NULL);
    for (const char *at = text; *at; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        if (c == '\r')
            c = at[1] == '\n' ? 0 : '\n';
        if (c == '\t')
            c = ' ';
        if (is_kept(c) && clean->len + 4 <= TEXT_BYTES_MAX)
            g_string_append_unichar(clean, c);
    }
    return g_string_free(clean, FALSE);
}

const char *metadata_text(Arena *a, const char *bytes, size_t n, const char *charset)
{
    const char *end = memchr(bytes, 0, n);
    n = end ? (size_t)(end - bytes) : n;
    n = n > 4 * TEXT_BYTES_MAX ? 4 * TEXT_BYTES_MAX : n;
    while (n && n == 4 * TEXT_BYTES_MAX && ((unsigned char)bytes[n] & 0xc0) == 0x80)
        n--; /* not in the middle of a character */
    bool utf8 = !says_latin(charset) && g_utf8_validate(bytes, (gssize)n, NULL);
    g_autofree char *text = utf8 ? g_strndup(bytes, n) : from_windows(bytes, n);
    g_autofree char *clean = cleaned(text);
    const char *trimmed = text_trim(a, arena_text(a, clean));
    return *trimmed ? trimmed : NULL;
}

/* ---- times ---- */

static bool digits(const char *at, int n, int *out)
{
    *out = 0;
    for (int i = 0; i < n; i++) {
        if (at[i] < '0' || at[i] > '9')
            return false;
        *out = *out * 10 + (at[i] - '0');
    }
    return true;
}

bool metadata_offset(const char *text, i64 *minutes_out)
{
    int hours, minutes;
    if (*text == 'Z') {
        *minutes_out = 0;
        return true;
    }
    if ((*text != '+' && *text != '-') || !digits(text + 1, 2, &hours))
        return false;
    const char *rest = text + 3 + (text[3] == ':');
    if (!digits(rest, 2, &minutes) || hours > 14 || minutes > 59)
        return false;
    *minutes_out = (*text == '-' ? -1 : 1) * (hours * 60 + minutes);
    return true;
}

static bool is_wall(const int n[6])
{
    static const int least[] = {1826, 1, 1, 0, 0, 0}, most[] = {9999, 12, 31, 23, 59, 59};
    for (int i = 0; i < 6; i++)
        if (n[i] < least[i] || n[i] > most[i])
            return false;
    return g_date_valid_dmy((GDateDay)n[2], (GDateMonth)n[1], (GDateYear)n[0]);
}

/* Date and time up to the seconds, which some leave out; the end of it. */
static const char *wall(const char *text, int n[6])
{
    static const char *const behind[] = {":-", ":-", "T ", ":", ":"};
    const char *at = text;
    for (int i = 0; i < 6; i++) {
        int length = i ? 2 : 4;
        if (!digits(at, length, &n[i]))
            return NULL;
        at += length;
        if (i == 4 && *at != ':')
            break;
        if (i < 5 && (!*at || !strchr(behind[i], *at++)))
            return NULL;
    }
    return at;
}

bool metadata_time(Arena *a, const char *text, const char **taken_out, i64 *offset_out)
{
    int n[6] = {0};
    const char *at = wall(text, n);
    if (!at || !is_wall(n))
        return false;
    *taken_out = arena_printf(a, "%04d-%02d-%02dT%02d:%02d:%02d", n[0], n[1], n[2], n[3], n[4], n[5]);
    if (*at == '.')
        at += 1 + strspn(at + 1, "0123456789");
    metadata_offset(at, offset_out);
    return true;
}
