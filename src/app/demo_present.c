/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* demo_present.c: the days around today: something is running, something is late, something clashes. */
#include "app/demo.h"

#include <math.h>

static Wall at(Demo *demo, i64 now, int days, int minutes)
{
    Wall day = wall_add_days(clock_wall(demo->ctx->city->zone, now), days);
    return (Wall){day.year, day.month, day.day, minutes / 60, minutes % 60, 0};
}

/* July's places are in the book already. */
static Place place_of(const DemoPlace *p)
{
    if (p->in_july)
        return (Place){.name = p->name, .lat = NAN, .lon = NAN};
    return (Place){.name = p->name, .address = p->address, .neighbourhood = p->neighbourhood, .lat = p->lat, .lon = p->lon};
}

static bool put_event(Demo *demo, const DemoEvent *e, i64 now, int days, int minutes, i64 *id_out)
{
    Ctx *ctx = demo->ctx;
    int end = minutes + e->minutes;
    EventDraft draft = {
        .title = e->title, .description = e->description, .topics = e->topic, .time_zone = zone_name(ctx->city->zone),
        .starts = at(demo, now, days, minutes), .ends = at(demo, now, days + end / 1440, end % 1440), .status = EVENT_CONFIRMED,
        .visibility = VISIBLE_PUBLIC, .calendar = demo_calendar_of(demo, e->topic), .area = demo->staff[DEMO_COORDINATOR].area,
        .headed_by = "Presidencia municipal",
        .place = place_of(e->place),
    };
    demo_as(demo, DEMO_COORDINATOR, now - 9 * CLOCK_DAY);
    return agenda_create(ctx, &draft, id_out);
}

/* ---- today ---- */

typedef struct Today {
    int minutes;          /* from now to its beginning */
    int who;              /* place in the field; -1: nobody yet */
    CoverageKind kind;
    enum { WAITS, ACCEPTED, RUNS, LATE } state;
} Today;

/* One is over and late, one is running, two clash for one person, one is near and uncovered, one is for the evening. */
static const Today today[] = {
    {-240, 1, COVER_PHOTO, LATE}, {-40, 0, COVER_STREAM, RUNS},    {75, 1, COVER_PHOTO, ACCEPTED},
    {90, 1, COVER_PHOTO, WAITS},  {300, -1, COVER_PHOTO, WAITS},   {150, 2, COVER_POST, ACCEPTED},
};

static bool work_on(Demo *demo, const Today *t, i64 event, i64 now)
{
    i64 coverage;
    if (t->who < 0)
        return true;
    demo_as(demo, DEMO_COORDINATOR, now - 5 * CLOCK_HOUR);
    if (!demo_assign(demo, event, t->kind, (size_t)(DEMO_FIRST_IN_FIELD + t->who), t->state == LATE ? now - CLOCK_HOUR : 0, &coverage))
        return false;
    demo_as(demo, (size_t)(DEMO_FIRST_IN_FIELD + t->who), now - 4 * CLOCK_HOUR);
    if (t->state != WAITS && !agenda_accept(demo->ctx, coverage, NONE))
        return false;
    demo->ctx->now = now - 40 * CLOCK_MINUTE;
    return t->state != RUNS || agenda_start(demo->ctx, coverage, NONE);
}

static bool put_today(Demo *demo, i64 now)
{
    Wall wall = clock_wall(demo->ctx->city->zone, now);
    int minute = wall.hour * 60 + wall.minute;
    for (size_t i = 0; i < COUNT(today); i++) {
        const DemoEvent *e = &demo_present[i];
        int start = minute + today[i].minutes;
        start = start < 0 ? 0 : start > 1425 - e->minutes ? 1425 - e->minutes : start / 15 * 15;
        i64 event;
        if (!put_event(demo, e, now, 0, start, &event) || !work_on(demo, &today[i], event, now))
            return false;
    }
    return true;
}

/* ---- around ---- */

static bool put_day(Demo *demo, i64 now, int day, int n)
{
    Lap lap CLEANUP(lap_end) = lap_begin(demo->ctx);
    const DemoEvent *e = &demo_present[(size_t)(day + 30 + 3 * n) % DEMO_PRESENT];
    i64 event, coverage;
    if (!put_event(demo, e, now, day, 9 * 60 + 150 * n, &event))
        return false;
    if (day < 0)
        return demo_cover(demo, agenda_find(demo->ctx, event), COVER_PHOTO) && (n != 1 || demo_cover(demo, agenda_find(demo->ctx, event), COVER_POST));
    if (day >= 8)
        return true;
    demo_as(demo, DEMO_COORDINATOR, now - CLOCK_DAY);
    size_t who = demo_next_in_field(demo);
    if (!demo_assign(demo, event, COVER_PHOTO, who, 0, &coverage))
        return false;
    demo_as(demo, who, now - 20 * CLOCK_HOUR);
    return n != 0 || agenda_accept(demo->ctx, coverage, NONE);
}

static bool put_days(Demo *demo, i64 now)
{
    for (int day = -6; day <= 20; day++)
        for (int n = 0; day != 0 && n < 1 + (day + 60) % 3; n++)
            if (!put_day(demo, now, day, n))
                return false;
    return !faulted(demo->ctx);
}

/* Somebody is on vacation, and somebody outside helps now and then. */
static bool put_people(Demo *demo, i64 now)
{
    i64 id;
    Span away = {clock_day_of(demo->ctx->city->zone, now + 2 * CLOCK_DAY).from, clock_day_of(demo->ctx->city->zone, now + 6 * CLOCK_DAY).to};
    demo_as_office(demo, now);
    return people_absence_add(demo->ctx, demo->staff[DEMO_LAST_IN_FIELD].id, away, ABSENCE_VACATION, &id);
}

bool demo_present_days(Demo *demo, i64 now)
{
    demo->with_photos = true;
    return put_days(demo, now) && demo_galleries(demo, now) && demo_read_notices(demo) && put_today(demo, now) && put_people(demo, now) &&
           demo_press_present(demo, now) && demo_pickups(demo, (Span){now - 7 * CLOCK_DAY, now}) && demo_accreditation(demo, now);
}
