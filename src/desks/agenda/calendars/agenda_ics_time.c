/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_ics_time.c: the times in a calendar file, computed by our own clock.
 *
 * libical reads the digits; which instant they are is said by the city's time zone data, not by the VTIMEZONE that
 * some program wrote years ago. */
#include "desks/agenda/calendars/agenda_ics.h"

static const char *property_name(icalproperty *p)
{
    return icalproperty_get_property_name(p);
}

/* EXDATE, RDATE, DTSTART… are one kind of value each time, whatever the property. */
static bool digits_of(Ctx *ctx, icalproperty *p, struct icaltimetype *t_out)
{
    icalvalue *v = icalproperty_get_value(p);
    icalvalue_kind kind = v ? icalvalue_isa(v) : ICAL_NO_VALUE;
    if (kind == ICAL_DATE_VALUE) {
        *t_out = icalvalue_get_date(v);
        return true;
    }
    if (kind == ICAL_DATETIME_VALUE || kind == ICAL_DATETIMEDATE_VALUE) {
        *t_out = icalvalue_get_datetime(v);
        return true;
    }
    if (kind == ICAL_DATETIMEPERIOD_VALUE) {
        struct icaldatetimeperiodtype both = icalvalue_get_datetimeperiod(v);
        *t_out = both.time;
        if (icaltime_is_null_time(both.period.start))
            return true;
    }
    return fault(ctx, FAULT_INVALID, "%s is no date and no date with a time", property_name(p));
}

static bool zone_of(Ctx *ctx, const IcsFile *file, const Zone *home, icalproperty *p,
                    const struct icaltimetype *t, const Zone **zone_out)
{
    *zone_out = home;
    if (icaltime_is_utc(*t)) {
        *zone_out = zone_find("UTC");
        return true;
    }
    icalparameter *param = icalproperty_get_first_parameter(p, ICAL_TZID_PARAMETER);
    const char *tzid = param ? icalparameter_get_tzid(param) : NULL;
    if (!tzid || t->is_date)
        return true;
    *zone_out = agenda_ics_zone(file, tzid);
    if (!*zone_out)
        return fault(
            ctx, FAULT_INVALID,
            "the time zone \"%s\" of %s is unknown: use an IANA name like America/Mexico_City",
            text_clip(ctx->arena, tzid, 60), property_name(p));
    return true;
}

bool agenda_ics_moment(Ctx *ctx, const IcsFile *file, const Zone *home, icalproperty *p,
                       IcsMoment *moment_out)
{
    struct icaltimetype t = icaltime_null_time();
    IcsMoment m = {0};
    if (!digits_of(ctx, p, &t) || !zone_of(ctx, file, home, p, &t, &m.zone))
        return false;
    m.is_date = t.is_date;
    m.wall = (Wall){t.year, t.month, t.day, t.hour, t.minute, t.second > 59 ? 59 : t.second};
    if (t.is_date)
        m.wall.hour = m.wall.minute = m.wall.second = 0;
    if (!wall_valid(m.wall) || t.year < 1970 || t.year > 2199)
        return fault(ctx, FAULT_INVALID, "%s is no day of the calendar between 1970 and 2199",
                     property_name(p));
    m.at = clock_instant(m.zone, m.wall, NULL);
    m.wall = clock_wall(m.zone, m.at);
    *moment_out = m;
    return true;
}

/* Days and weeks of a duration are days of the calendar, hours are hours (RFC 5545 3.3.6). */
static i64 after_duration(const IcsMoment *start, struct icaldurationtype d)
{
    Wall w = wall_add_days(start->wall, (int)d.days + 7 * (int)d.weeks);
    i64 seconds = ((i64)d.hours * 60 + d.minutes) * 60 + d.seconds;
    return clock_instant(start->zone, w, NULL) + seconds * CLOCK_SECOND;
}

static i64 natural_end(const IcsMoment *start)
{
    return start->is_date ? clock_instant(start->zone, wall_add_days(start->wall, 1), NULL)
                          : start->at;
}

static bool from_duration(Ctx *ctx, icalproperty *p, const IcsMoment *start, i64 *ends_at_out)
{
    struct icaldurationtype d = icalproperty_get_duration(p);
    if (icaldurationtype_is_bad_duration(d) || d.is_neg || d.days > 10000 || d.weeks > 1000)
        return fault(ctx, FAULT_INVALID, "DURATION is no length of time: write it like PT1H30M");
    *ends_at_out = after_duration(start, d);
    return true;
}

bool agenda_ics_end(Ctx *ctx, const IcsFile *file, const Zone *home, icalcomponent *c,
                    const IcsMoment *start, i64 *ends_at_out)
{
    icalproperty *end = icalcomponent_get_first_property(c, ICAL_DTEND_PROPERTY);
    icalproperty *duration = icalcomponent_get_first_property(c, ICAL_DURATION_PROPERTY);
    i64 ends_at = natural_end(start);
    if (end && duration)
        return fault(ctx, FAULT_INVALID, "DTEND and DURATION stand both there: take one out");
    if (duration && !from_duration(ctx, duration, start, &ends_at))
        return false;
    if (end) {
        IcsMoment m;
        if (!agenda_ics_moment(ctx, file, home, end, &m))
            return false;
        ends_at = m.at;
        if (start->is_date &&
            m.at == start->at) /* many programs write the last day, not the one after it */
            ends_at = natural_end(start);
    }
    if (ends_at < start->at)
        return fault(ctx, FAULT_INVALID,
                     "DTEND is before DTSTART: the event would end before it begins");
    if (ends_at - start->at > AGENDA_DAYS_MAX * CLOCK_DAY)
        return fault(ctx, FAULT_INVALID, "the event lasts longer than %d days: make several of it",
                     AGENDA_DAYS_MAX);
    *ends_at_out = ends_at;
    return true;
}
