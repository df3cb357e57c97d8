/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* clock_text.c: instants and walls as texts, for programs and for people. */
#include "base/clock.h"

static const char *const http_days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
static const char *const http_months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
static const char *const weekdays[] = {N_("Monday"),   N_("Tuesday"), N_("Wednesday"),
                                       N_("Thursday"), N_("Friday"),  N_("Saturday"),
                                       N_("Sunday")};
static const char *const months[] = {
    N_("January"), N_("February"), N_("March"),     N_("April"),   N_("May"),      N_("June"),
    N_("July"),    N_("August"),   N_("September"), N_("October"), N_("November"), N_("December"),
};

/* ---- reading ---- */

static bool read_digits(const char **text, int count, int *n_out)
{
    int n = 0;
    for (int i = 0; i < count; i++) {
        char c = (*text)[i];
        if (c < '0' || c > '9')
            return false;
        n = n * 10 + (c - '0');
    }
    *text += count;
    *n_out = n;
    return true;
}

static bool read_any(const char **text, const char *chars)
{
    if (!**text || !strchr(chars, **text))
        return false;
    (*text)++;
    return true;
}

static bool read_word(const char **text, const char *word)
{
    size_t n = strlen(word);
    if (strncmp(*text, word, n) != 0)
        return false;
    *text += n;
    return true;
}

/* One of some names; its index. */
static bool read_name(const char **text, const char *const *names, size_t count, int *index_out)
{
    for (size_t i = 0; i < count; i++)
        if (read_word(text, names[i])) {
            *index_out = (int)i;
            return true;
        }
    return false;
}

static bool read_date(const char **text, Wall *w)
{
    return read_digits(text, 4, &w->year) && read_any(text, "-") &&
           read_digits(text, 2, &w->month) && read_any(text, "-") && read_digits(text, 2, &w->day);
}

static bool read_minutes(const char **text, int *hour, int *minute)
{
    return read_digits(text, 2, hour) && read_any(text, ":") && read_digits(text, 2, minute);
}

static bool read_time(const char **text, Wall *w)
{
    return read_minutes(text, &w->hour, &w->minute) && read_any(text, ":") &&
           read_digits(text, 2, &w->second);
}

bool wall_parse(const char *text, Wall *wall_out)
{
    Wall w = {0};
    if (!text || !read_date(&text, &w))
        return false;
    if (*text) {
        if (!read_any(&text, "T ") || !read_minutes(&text, &w.hour, &w.minute))
            return false;
        if (*text && (!read_any(&text, ":") || !read_digits(&text, 2, &w.second) || *text))
            return false;
    }
    if (!wall_valid(w))
        return false;
    *wall_out = w;
    return true;
}

static bool read_offset(const char **text, int *seconds_out)
{
    if (read_any(text, "Zz")) {
        *seconds_out = 0;
        return true;
    }
    int sign = **text == '-' ? -1 : 1, hours, minutes;
    if (!read_any(text, "+-") || !read_minutes(text, &hours, &minutes) || hours > 23 ||
        minutes > 59)
        return false;
    *seconds_out = sign * (hours * 3600 + minutes * 60);
    return true;
}

/* RFC 3339 5.6; a leap second (5.7) is read as the first of the next minute. */
bool clock_parse_rfc3339(const char *text, i64 *instant_out)
{
    Wall w;
    int offset, ignored;
    if (!text || !read_date(&text, &w) || !read_any(&text, "Tt ") || !read_time(&text, &w))
        return false;
    if (read_any(&text, ".")) {
        if (!read_digits(&text, 1, &ignored))
            return false;
        while (read_digits(&text, 1, &ignored))
            ;
    }
    bool leap = w.second == 60;
    w.second -= leap;
    if (!read_offset(&text, &offset) || *text || !wall_valid(w))
        return false;
    *instant_out = clock_instant(NULL, w, NULL) + (leap - offset) * CLOCK_SECOND;
    return true;
}

/* "Thu, 14 Jul 2022 15:00:00 GMT" */
static bool read_imf(const char *text, Wall *w)
{
    int day;
    return read_name(&text, http_days, 7, &day) && read_word(&text, ", ") &&
           read_digits(&text, 2, &w->day) && read_any(&text, " ") &&
           read_name(&text, http_months, 12, &w->month) && read_any(&text, " ") &&
           read_digits(&text, 4, &w->year) && read_any(&text, " ") && read_time(&text, w) &&
           read_word(&text, " GMT") && !*text;
}

/* "Thursday, 14-Jul-22 15:00:00 GMT"; two digits: at most 50 years from now (RFC 9110 5.6.7). */
static bool read_rfc850(const char *text, Wall *w)
{
    int day;
    if (!read_name(&text, weekdays, 7, &day) || !read_word(&text, ", ") ||
        !read_digits(&text, 2, &w->day) || !read_any(&text, "-") ||
        !read_name(&text, http_months, 12, &w->month) || !read_any(&text, "-") ||
        !read_digits(&text, 2, &w->year) || !read_any(&text, " ") || !read_time(&text, w) ||
        !read_word(&text, " GMT") || *text)
        return false;
    int this_year = clock_wall(NULL, clock_now()).year;
    w->year += this_year / 100 * 100;
    if (w->year > this_year + 50)
        w->year -= 100;
    return true;
}

/* "Thu Jul 14 15:00:00 2022", with a space for a missing digit of the day */
static bool read_asctime(const char *text, Wall *w)
{
    int day;
    if (!read_name(&text, http_days, 7, &day) || !read_any(&text, " ") ||
        !read_name(&text, http_months, 12, &w->month) || !read_any(&text, " "))
        return false;
    int digits = read_any(&text, " ") ? 1 : 2;
    return read_digits(&text, digits, &w->day) && read_any(&text, " ") && read_time(&text, w) &&
           read_any(&text, " ") && read_digits(&text, 4, &w->year) && !*text;
}

/* RFC 9110 5.6.7: all three forms must be understood. */
bool clock_parse_http(const char *text, i64 *instant_out)
{
    Wall w = {0};
    if (!text || (!read_imf(text, &w) && !read_rfc850(text, &w) && !read_asctime(text, &w)))
        return false;
    w.month++;
    if (!wall_valid(w))
        return false;
    *instant_out = clock_instant(NULL, w, NULL);
    return true;
}

/* ---- writing, for programs ---- */

const char *wall_text(Arena *a, Wall w)
{
    return arena_printf(a, "%04d-%02d-%02dT%02d:%02d:%02d", w.year, w.month, w.day, w.hour,
                        w.minute, w.second);
}

const char *clock_month_text(Arena *a, const Zone *z, i64 instant)
{
    Wall w = clock_wall(z, instant);
    return arena_printf(a, "%04d-%02d", w.year, w.month);
}

const char *clock_week_text(Arena *a, const Zone *z, i64 instant)
{
    Wall w = clock_wall(z, instant);
    Wall thursday = wall_add_days(w, 4 - wall_weekday(w)); /* ISO 8601: it decides the year */
    Wall new_year = {.year = thursday.year, .month = 1, .day = 1};
    i64 days =
        (clock_instant(NULL, thursday, NULL) - clock_instant(NULL, new_year, NULL)) / CLOCK_DAY;
    return arena_printf(a, "%04d-W%02d", thursday.year, (int)(days / 7) + 1);
}

const char *clock_day_text(Arena *a, const Zone *z, i64 instant)
{
    Wall w = clock_wall(z, instant);
    return arena_printf(a, "%04d-%02d-%02d", w.year, w.month, w.day);
}

static char *put(char *out, int n, int digits, char after)
{
    for (int i = digits - 1; i >= 0; i--) {
        out[i] = (char)('0' + n % 10);
        n /= 10;
    }
    out[digits] = after;
    return out + digits + 1;
}

/* Offsets of the 19th century have seconds, RFC 3339 has none: they are cut, in the time too. */
const char *clock_time_text(Arena *a, const Zone *z, i64 instant)
{
    char text[sizeof "10:00"];
    Wall w = clock_wall(z, instant);
    put(put(text, w.hour, 2, ':'), w.minute, 2, '\0');
    return arena_copy(a, text, sizeof text - 1);
}

void clock_write_rfc3339(char out[CLOCK_RFC3339 + 1], const Zone *z, i64 instant)
{
    int minutes = zone_offset(z, instant) / 60;
    Wall w = clock_wall(NULL, instant + minutes * CLOCK_MINUTE);
    int distance = minutes < 0 ? -minutes : minutes;
    out = put(out, w.year, 4, '-');
    out = put(out, w.month, 2, '-');
    out = put(out, w.day, 2, 'T');
    out = put(out, w.hour, 2, ':');
    out = put(out, w.minute, 2, ':');
    out = put(out, w.second, 2, minutes < 0 ? '-' : '+');
    out = put(out, distance / 60, 2, ':');
    put(out, distance % 60, 2, '\0');
}

const char *clock_rfc3339(Arena *a, const Zone *z, i64 instant)
{
    char text[CLOCK_RFC3339 + 1];
    clock_write_rfc3339(text, z, instant);
    return arena_copy(a, text, CLOCK_RFC3339);
}

const char *clock_http(Arena *a, i64 instant)
{
    Wall w = clock_wall(NULL, instant);
    return arena_printf(a, "%s, %02d %s %04d %02d:%02d:%02d GMT", http_days[wall_weekday(w) - 1],
                        w.day, http_months[w.month - 1], w.year, w.hour, w.minute, w.second);
}

/* ---- writing, for people ---- */

/* The short names are one message each, since the English "May" is short and long at once. */
static const char *nth_word(Arena *a, const char *words, int n)
{
    for (; n > 0; n--) {
        words += strcspn(words, " ");
        words += strspn(words, " ");
    }
    return arena_copy(a, words, strcspn(words, " "));
}

static const char *short_month(Arena *a, Tongue t, int month)
{
    return nth_word(a, tongue_say(t, N_("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec")),
                    month - 1);
}

static const char *short_weekday(Arena *a, Tongue t, int weekday)
{
    return nth_word(a, tongue_say(t, N_("Mon Tue Wed Thu Fri Sat Sun")), weekday - 1);
}

const char *clock_say(Arena *a, const Zone *z, Tongue t, ClockForm form, i64 instant)
{
    Wall w = clock_wall(z, instant);
    const char *month = tongue_say(t, months[w.month - 1]);
    switch (form) {
    case CLOCK_SAY_DAY:
        return arena_printf(a, tongue_say(t, N_("%s %d %s %d")),
                            tongue_say(t, weekdays[wall_weekday(w) - 1]), w.day, month, w.year);
    case CLOCK_SAY_DATE:
        return arena_printf(a, tongue_say(t, N_("%d %s %d")), w.day, month, w.year);
    case CLOCK_SAY_SHORT:
        return arena_printf(a, tongue_say(t, N_("%d %s")), w.day, short_month(a, t, w.month));
    case CLOCK_SAY_MONTH: return arena_printf(a, tongue_say(t, N_("%s %d")), month, w.year);
    case CLOCK_SAY_WEEKDAY: return short_weekday(a, t, wall_weekday(w));
    case CLOCK_SAY_MOMENT:
        return arena_printf(a, tongue_say(t, N_("%d %s %d, %02d:%02d")), w.day,
                            short_month(a, t, w.month), w.year, w.hour, w.minute);
    }
    return "";
}
