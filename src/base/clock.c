/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* clock.c: zones as tables of changes, and the arithmetic between instants, walls and days. */
#include "base/clock.h"

#include <fcntl.h>
#include <glib.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { DAY_SECONDS = 24 * 60 * 60, WIDEST_OFFSET = 26 * 60 * 60, ZONE_NAME_MAX = 64 };

/* Changes are looked for in 1811..2200; before and after the first and the last offset hold. */
#define SEARCH_FROM ((i64)-5000000000)
#define SEARCH_TO   ((i64)7289654400)

/* From the second since[i] on, until since[i + 1], it is offset[i] seconds east of UTC. */
struct Zone {
    const char *name;
    size_t count;
    i64 *since;
    int *offset;
};

static const Zone utc = {
    .name = "UTC",
    .count = 1,
    .since = (i64[]){INT64_MIN},
    .offset = (int[]){0},
};

static GMutex zones_lock;
static GHashTable *zones; /* name -> Zone, for ever */

static i64 read_clock(clockid_t which)
{
    struct timespec t;
    clock_gettime(which, &t);
    return (i64)t.tv_sec * CLOCK_SECOND + t.tv_nsec / 1000;
}

i64 clock_now(void)
{
    return read_clock(CLOCK_REALTIME);
}

i64 clock_monotonic(void)
{
    return read_clock(CLOCK_MONOTONIC);
}

/* ---- zones ---- */

/* Letters, digits, _ + - in parts between single slashes: nothing that could leave the folder. */
static bool name_is_tame(const char *name)
{
    size_t n = strlen(name);
    if (n == 0 || n > ZONE_NAME_MAX || strncmp(name, "right/", 6) == 0)
        return false;
    for (size_t i = 0; i < n; i++) {
        bool starts = i == 0 || name[i - 1] == '/';
        if (!g_ascii_isalnum(name[i]) && (starts || !strchr("/_+-", name[i])))
            return false;
    }
    return name[n - 1] != '/';
}

/* GLib complains aloud about files that are no time zones, so those are not shown to it. */
static bool file_is_zone(const char *name)
{
    const char *folder = getenv("TZDIR");
    char path[512], magic[4] = "";
    int n = snprintf(path, sizeof path, "%s/%s", folder ? folder : "/usr/share/zoneinfo", name);
    if (n < 0 || (size_t)n >= sizeof path)
        return false;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    ssize_t got = read(fd, magic, sizeof magic);
    close(fd);
    return got == sizeof magic && memcmp(magic, "TZif", sizeof magic) == 0;
}

static void add_change(Zone *z, i64 since, int offset)
{
    if (z->count && z->offset[z->count - 1] == offset)
        return;
    z->since = g_renew(i64, z->since, z->count + 1);
    z->offset = g_renew(int, z->offset, z->count + 1);
    z->since[z->count] = since;
    z->offset[z->count++] = offset;
}

/* All changes in (from, to], found by halving until both ends lie in neighbouring seconds. */
static void gather(Zone *z, GTimeZone *tz, i64 from, i64 to, int from_interval, int to_interval)
{
    if (from_interval == to_interval)
        return;
    if (to - from == 1) {
        add_change(z, to, g_time_zone_get_offset(tz, to_interval));
        return;
    }
    i64 middle = from + (to - from) / 2;
    int interval = g_time_zone_find_interval(tz, G_TIME_TYPE_UNIVERSAL, middle);
    gather(z, tz, from, middle, from_interval, interval);
    gather(z, tz, middle, to, interval, to_interval);
}

static Zone *zone_load(const char *name)
{
    if (!file_is_zone(name))
        return NULL;
    GTimeZone *tz = g_time_zone_new_identifier(name);
    if (!tz)
        return NULL;
    Zone *z = g_new0(Zone, 1);
    z->name = g_strdup(name);
    int first = g_time_zone_find_interval(tz, G_TIME_TYPE_UNIVERSAL, SEARCH_FROM);
    int last = g_time_zone_find_interval(tz, G_TIME_TYPE_UNIVERSAL, SEARCH_TO);
    add_change(z, INT64_MIN, g_time_zone_get_offset(tz, first));
    gather(z, tz, SEARCH_FROM, SEARCH_TO, first, last);
    g_time_zone_unref(tz);
    return z;
}

const Zone *zone_find(const char *iana)
{
    if (!iana || !name_is_tame(iana))
        return NULL;
    if (strcmp(iana, "UTC") == 0)
        return &utc;
    g_mutex_lock(&zones_lock);
    if (!zones)
        zones = g_hash_table_new(g_str_hash, g_str_equal);
    Zone *z = g_hash_table_lookup(zones, iana);
    if (!z && (z = zone_load(iana)))
        g_hash_table_insert(zones, (void *)z->name, z);
    g_mutex_unlock(&zones_lock);
    return z;
}

const char *zone_name(const Zone *z)
{
    return (z ? z : &utc)->name;
}

/* The last interval that begins at or before a second. */
static size_t interval_at(const Zone *z, i64 second)
{
    size_t low = 0, high = z->count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (z->since[middle] <= second)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static i64 floor_div(i64 a, i64 b)
{
    return a / b - (a % b < 0);
}

int zone_offset(const Zone *z, i64 instant)
{
    z = z ? z : &utc;
    return z->offset[interval_at(z, floor_div(instant, CLOCK_SECOND))];
}

/* ---- days: the proleptic Gregorian calendar in eras of 400 years that begin in March ---- */

enum { ERA_DAYS = 146097, EPOCH_DAYS = 719468 /* from 0000-03-01 to 1970-01-01 */ };

static i64 days_of(Wall w)
{
    i64 year = (i64)w.year - (w.month <= 2);
    i64 era = floor_div(year, 400), year_of_era = year - era * 400;
    i64 month = (w.month + 9) % 12; /* March is 0 */
    i64 day_of_year = (153 * month + 2) / 5 + w.day - 1;
    i64 day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * ERA_DAYS + day_of_era - EPOCH_DAYS;
}

static Wall date_of(i64 days)
{
    days += EPOCH_DAYS;
    i64 era = floor_div(days, ERA_DAYS), day_of_era = days - era * ERA_DAYS;
    i64 year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    i64 day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    i64 month = (5 * day_of_year + 2) / 153;
    int calendar = (int)(month < 10 ? month + 3 : month - 9);
    return (Wall){
        .year = (int)(year_of_era + era * 400 + (calendar <= 2)),
        .month = calendar,
        .day = (int)(day_of_year - (153 * month + 2) / 5 + 1),
    };
}

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int month_days(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return days[month - 1] + (month == 2 && is_leap(year));
}

bool wall_valid(Wall w)
{
    return w.year >= 1 && w.year <= 9999 && w.month >= 1 && w.month <= 12 && w.day >= 1 &&
           w.day <= month_days(w.year, w.month) && w.hour >= 0 && w.hour <= 23 && w.minute >= 0 &&
           w.minute <= 59 && w.second >= 0 && w.second <= 59;
}

int wall_weekday(Wall w)
{
    i64 thursdays = days_of(w) + 3; /* 1970-01-01 was a Thursday */
    return (int)(thursdays - floor_div(thursdays, 7) * 7) + 1;
}

Wall wall_add_days(Wall w, int days)
{
    Wall date = date_of(days_of(w) + days);
    w.year = date.year;
    w.month = date.month;
    w.day = date.day;
    return w;
}

/* ---- instants and walls ---- */

Wall clock_wall(const Zone *z, i64 instant)
{
    i64 local = floor_div(instant, CLOCK_SECOND) + zone_offset(z, instant);
    i64 days = floor_div(local, DAY_SECONDS);
    int second = (int)(local - days * DAY_SECONDS);
    Wall w = date_of(days);
    w.hour = second / 3600;
    w.minute = second / 60 % 60;
    w.second = second % 60;
    return w;
}

i64 clock_instant(const Zone *z, Wall w, WallFate *fate_out)
{
    z = z ? z : &utc;
    i64 local = days_of(w) * DAY_SECONDS + w.hour * 3600 + w.minute * 60 + w.second;
    i64 found = local;
    WallFate fate = WALL_SKIPPED;
    for (size_t i = interval_at(z, local - WIDEST_OFFSET); i < z->count; i++) {
        i64 second = local - z->offset[i];
        if (second < z->since[i])
            break;
        bool inside = i + 1 == z->count || second < z->since[i + 1];
        if (inside && fate == WALL_ONCE) {
            fate = WALL_DOUBLED;
            break;
        }
        if (inside)
            fate = WALL_ONCE;
        if (inside || fate == WALL_SKIPPED) /* not inside: the offset before a gap */
            found = second;
    }
    if (fate_out)
        *fate_out = fate;
    return found * CLOCK_SECOND;
}

i64 zone_day_start(const Zone *z, Wall date)
{
    z = z ? z : &utc;
    date.hour = date.minute = date.second = 0;
    WallFate fate;
    i64 start = clock_instant(z, date, &fate);
    if (fate == WALL_SKIPPED)
        start = z->since[interval_at(z, start / CLOCK_SECOND)] * CLOCK_SECOND;
    return start;
}
