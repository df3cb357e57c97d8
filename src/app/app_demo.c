/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* app_demo.c: vocero demo: a lively invented city: July 2022, and a present in which something is always going on.
 *
 * Everything goes through the rooms' own doors. The same day gives the same city: what varies comes from
 * counters, not from chance. The names are invented. */
#include "app/app_commands.h"
#include "app/app_init.h"
#include "app/demo_text.h"
#include "base/text.h"
#include "desks/agenda/agenda.h"
#include "desks/people/people.h"

#define DEMO_MAIL     "demo@sanluis.example"
#define DEMO_PASSWORD "mesa-de-demostracion"

enum { COVERED_MOST = 200 };

typedef struct Demo {
    const char *hash;
    const char *staff[DEMO_STAFF]; /* ids as text, for assigning */
    size_t turn;                   /* whose turn it is */
} Demo;

/* ---- people ---- */
static i64 area_of_level(Ctx *ctx, i64 level, const char *slug)
{
    List areas = people_areas(ctx);
    for (const Area *a = areas.items, *end = a + areas.count; a < end; a++)
        if (a->level == level && (!slug || text_same(a->slug, slug)))
            return a->id;
    return 0;
}

static bool hire(Ctx *ctx, Demo *demo)
{
    for (size_t i = 0; i < DEMO_STAFF; i++) {
        const DemoPerson *p = &demo_staff[i];
        PersonDraft draft = {.mail = p->mail, .name = p->name, .role = p->role, .password_hash = demo->hash,
                             .area = area_of_level(ctx, p->level, p->area)};
        i64 id;
        if (!people_add(ctx, &draft, &id))
            return false;
        demo->staff[i] = p->mail;
    }
    return true;
}

/* ---- covering ---- */
static const char *next_assignee(Demo *demo)
{
    return demo->staff[DEMO_FIRST_IN_FIELD + demo->turn++ % (DEMO_STAFF - DEMO_FIRST_IN_FIELD)];
}

static bool cover_wholly(Ctx *ctx, Demo *demo, const Event *e)
{
    static const CoverageKind kinds[] = {COVER_PHOTO, COVER_STREAM, COVER_POST, COVER_VIDEO};
    CoverageDraft draft = {.kind = kinds[demo->turn % COUNT(kinds)], .assignee = next_assignee(demo)};
    EvidenceDraft evidence = {
        .kind = EVIDENCE_LINK,
        .url = arena_printf(ctx->arena, "https://fototeca.sanluis.example/%s", e->slug),
    };
    i64 id;
    return agenda_cover(ctx, e->id, &draft, &id) && agenda_accept(ctx, id, NONE) &&
           agenda_deliver(ctx, id, NONE, (List){&evidence, 1}) && agenda_approve(ctx, id, NONE);
}

/* All of the month but its last two events, which get the reason why not. */
static bool cover_month(Ctx *ctx, Demo *demo, Span month)
{
    List held = agenda_by_span(ctx, month, AGENDA_HELD, 0, 0, COVERED_MOST);
    for (size_t i = 0; i < held.count; i++) {
        const Event *e = (const Event *)held.items + i;
        Lap lap CLEANUP(lap_end) = lap_begin(ctx);
        bool last_two = i + 2 >= held.count;
        if (last_two ? !agenda_set_uncovered_reason(ctx, e->id, NONE, demo_reasons[held.count - 1 - i]) : !cover_wholly(ctx, demo, e))
            return false;
    }
    return !faulted(ctx);
}

/* ---- July 2022 ---- */
static bool july(Ctx *ctx, Demo *demo)
{
    Buf *ics = buf_new(ctx->arena, 64 * 1024, 1024 * 1024);
    demo_july(ics);
    ImportResult result;
    Span month;
    return agenda_import_ics(ctx, (Bytes){buf_data(ics), buf_size(ics)}, false, &result) &&
           clock_month(ctx->city->zone, "2022-07", &month) && cover_month(ctx, demo, month);
}

/* ---- the present ---- */
static Wall at(Ctx *ctx, int days, int minutes)
{
    Wall day = wall_add_days(clock_wall(ctx->city->zone, ctx->now), days);
    return (Wall){day.year, day.month, day.day, minutes / 60, minutes % 60, 0};
}

static bool put_event(Ctx *ctx, const DemoEvent *e, int days, int minutes, i64 *id_out)
{
    EventDraft draft = {
        .title = e->title, .description = e->description, .topics = e->topic, .time_zone = zone_name(ctx->city->zone),
        .starts = at(ctx, days, minutes), .ends = at(ctx, days, minutes + e->minutes), .status = EVENT_CONFIRMED,
        .visibility = VISIBLE_PUBLIC,
        .place = {.name = e->place->name, .address = e->place->address, .lat = e->place->lat, .lon = e->place->lon},
    };
    return agenda_create(ctx, &draft, id_out);
}

static bool assign(Ctx *ctx, i64 event, CoverageKind kind, const char *who, bool accepted, i64 due_at, i64 *id_out)
{
    CoverageDraft draft = {.kind = kind, .assignee = who, .due_at = due_at, .brief = "Tres fotos para redes y una para el portal."};
    return agenda_cover(ctx, event, &draft, id_out) && (!accepted || agenda_accept(ctx, *id_out, NONE));
}

/* One event is over and late, one is running, one is near and uncovered, two clash for one person. */
static bool today(Ctx *ctx, Demo *demo)
{
    Wall now = clock_wall(ctx->city->zone, ctx->now);
    int minute = now.hour * 60 + now.minute;
    int starts[] = {minute - 240, minute - 40, minute + 75, minute + 90, minute + 300};
    for (size_t i = 0; i < COUNT(starts); i++) {
        const DemoEvent *e = &demo_present[i];
        int start = starts[i] < 0 ? 0 : starts[i] > 1425 - e->minutes ? 1425 - e->minutes : starts[i] / 15 * 15;
        i64 event, coverage;
        if (!put_event(ctx, e, 0, start, &event))
            return false;
        const char *first = demo->staff[DEMO_FIRST_IN_FIELD], *second = demo->staff[DEMO_FIRST_IN_FIELD + 1];
        bool done = true;
        if (i == 0)
            done = assign(ctx, event, COVER_PHOTO, second, true, ctx->now - CLOCK_HOUR, &coverage);
        else if (i == 1)
            done = assign(ctx, event, COVER_STREAM, first, true, 0, &coverage) && agenda_start(ctx, coverage, NONE);
        else if (i == 2 || i == 3)
            done = assign(ctx, event, COVER_PHOTO, second, i == 2, 0, &coverage);
        if (!done)
            return false;
    }
    return true;
}

static bool days_around(Ctx *ctx, Demo *demo)
{
    for (int day = -6; day <= 20; day++) {
        for (int n = 0; day != 0 && n < 1 + (day + 60) % 3; n++) {
            Lap lap CLEANUP(lap_end) = lap_begin(ctx);
            const DemoEvent *e = &demo_present[(size_t)(day + 30 + 3 * n) % DEMO_PRESENT];
            i64 event, coverage;
            if (!put_event(ctx, e, day, 9 * 60 + 150 * n, &event))
                return false;
            if (day < 0 ? !cover_wholly(ctx, demo, agenda_find(ctx, event))
                        : day < 8 && !assign(ctx, event, COVER_PHOTO, next_assignee(demo), n == 0, 0, &coverage))
                return false;
        }
    }
    return !faulted(ctx);
}

static bool fill(Ctx *ctx, void *data)
{
    Demo *demo = data;
    return hire(ctx, demo) && july(ctx, demo) && days_around(ctx, demo) && today(ctx, demo);
}

static int set_up(const Overrides *over)
{
    Desk desk CLEANUP(desk_close) = {0};
    if (!desk_open(&desk, over))
        return FAILED;
    desk.ctx.actor = &actor_system; /* the city's journal is in Spanish, whoever sets it up */
    InitAdmin admin = {.mail = DEMO_MAIL, .name = "Demostración", .password = DEMO_PASSWORD};
    if (!init_people(&desk, &admin))
        return FAILED;
    Demo demo = {.hash = admin.hash};
    return desk_do(&desk, fill, &demo);
}

int command_demo(const Command *self, int argc, char **argv)
{
    Overrides over = {0};
    int status = DONE;
    if (!options_parse(self, &argc, &argv, NULL, 0, &over, &status))
        return status;
    if (!init_folder(&over, "San Luis Potosí", "America/Mexico_City"))
        return FAILED;
    status = set_up(&over);
    if (status != DONE) {
        init_undo(&over);
        return status;
    }
    puts("An invented city is in place: July 2022, and today.");
    puts("Come in at /entrar with " DEMO_MAIL " and the password " DEMO_PASSWORD);
    return DONE;
}
