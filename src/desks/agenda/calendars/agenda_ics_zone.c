/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_ics_zone.c: what calendars call a time zone, and which one it is. */
#include "desks/agenda/calendars/agenda_ics.h"

#include <strings.h>

/* Names that Windows and Outlook write (Unicode CLDR 42, windowsZones.xml), for Mexico and its neighbours. */
static const struct {
    const char *theirs, *iana;
} windows_names[] = {
    {"Central Standard Time (Mexico)", "America/Mexico_City"},
    {"Mexico Standard Time", "America/Mexico_City"},
    {"Guadalajara, Mexico City, Monterrey", "America/Mexico_City"},
    {"(UTC-06:00) Guadalajara, Mexico City, Monterrey", "America/Mexico_City"},
    {"(GMT-06:00) Guadalajara, Mexico City, Monterrey", "America/Mexico_City"},
    {"Mountain Standard Time (Mexico)", "America/Mazatlan"},
    {"Mexico Standard Time 2", "America/Mazatlan"},
    {"(UTC-07:00) Chihuahua, La Paz, Mazatlan", "America/Mazatlan"},
    {"Pacific Standard Time (Mexico)", "America/Tijuana"},
    {"(UTC-08:00) Baja California", "America/Tijuana"},
    {"Eastern Standard Time (Mexico)", "America/Cancun"},
    {"(UTC-05:00) Chetumal", "America/Cancun"},
    {"US Mountain Standard Time", "America/Phoenix"},
    {"Central America Standard Time", "America/Guatemala"},
    {"Central Standard Time", "America/Chicago"},
    {"Mountain Standard Time", "America/Denver"},
    {"Pacific Standard Time", "America/Los_Angeles"},
    {"Eastern Standard Time", "America/New_York"},
    {"Romance Standard Time", "Europe/Paris"},
    {"UTC", "UTC"},
    {"GMT", "UTC"},
    {"Etc/UTC", "UTC"},
};

static const Zone *windows_zone(const char *name)
{
    for (size_t i = 0; i < COUNT(windows_names); i++) {
        if (!strcasecmp(windows_names[i].theirs, name))
            return zone_find(windows_names[i].iana);
    }
    return NULL;
}

/* "/mozilla.org/20050126_1/America/Mexico_City": whatever stands before the last two or three parts. */
static const Zone *tail_zone(const char *name)
{
    for (const char *slash = strchr(name, '/'); slash; slash = strchr(slash + 1, '/')) {
        const Zone *z = strchr(slash + 1, '/') ? zone_find(slash + 1) : NULL;
        if (z)
            return z;
    }
    return NULL;
}

static const Zone *named(const char *name)
{
    const Zone *z = zone_find(name);
    if (!z)
        z = windows_zone(name);
    return z ? z : tail_zone(name);
}

const Zone *agenda_ics_zone(const IcsFile *file, const char *tzid)
{
    if (text_blank(tzid))
        return NULL;
    const Zone *z = named(tzid);
    const IcsZone *zones = file->zones.items;
    for (size_t i = 0; !z && i < file->zones.count; i++) {
        if (text_same(zones[i].tzid, tzid) && zones[i].location)
            z = named(zones[i].location);
    }
    return z;
}
