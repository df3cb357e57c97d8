/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* demo_july.c: July 2022, the month of the office's own report: 70 events, 68 of them covered, goals, a signed report. */
#include "app/demo.h"
#include "base/text.h"
#include "desks/report/report.h"

#include <stdlib.h>

#define MONTH "2022-07"
enum { EVENTS_MOST = 200, UNCOVERED = 2 };

static i64 moment(Demo *demo, Wall wall)
{
    return clock_instant(demo->ctx->city->zone, wall, NULL);
}

static Span month_of(Demo *demo)
{
    Span span = {0};
    if (!clock_month(demo->ctx->city->zone, MONTH, &span))
        abort();
    return span;
}

/* ---- events ---- */

static EventDraft draft_of(const Event *e)
{
    const Zone *zone = zone_find(e->time_zone);
    return (EventDraft){
        .title = e->title, .description = e->description, .internal_note = e->internal_note, .topics = e->topics,
        .time_zone = e->time_zone, .starts = clock_wall(zone, e->starts_at), .ends = clock_wall(zone, e->ends_at),
        .all_day = e->all_day, .time_to_be_confirmed = e->time_to_be_confirmed, .status = e->status, .certainty = e->certainty,
        .visibility = e->visibility, .place = {.id = e->place.id}, .calendar = e->calendar, .area = e->area,
        .headed_by = e->headed_by, .attendees = e->attendees, .attendance = e->attendance, .accreditation = e->accreditation,
        .accreditation_until = e->accreditation_until,
    };
}

/* What a calendar file does not say: which calendar, who convenes and heads it, how many came. */
static bool dress(Demo *demo, const Event *e)
{
    EventDraft draft = draft_of(e);
    bool council = e->topics && strstr(e->topics, "cabildo");
    draft.calendar = demo_calendar_of(demo, e->topics);
    draft.area = demo->staff[council ? DEMO_DIRECTOR : DEMO_COORDINATOR].area;
    draft.headed_by = council ? "Presidencia municipal" : demo_throw(demo, 0, 2) ? "Presidencia municipal" : "Dirección del área convocante";
    draft.attendance = demo_throw(demo, 3, 40) * 10;
    return agenda_change(demo->ctx, e->id, NONE, &draft);
}

/* "Villerías 2, Centro Histórico": what stands last is the colonia. */
static bool dress_place(Demo *demo, const Place *p)
{
    const char *comma = p->address ? strrchr(p->address, ',') : NULL;
    if (!p->id || p->neighbourhood || !p->address)
        return true;
    Place better = *p;
    better.address = comma ? arena_copy(demo->ctx->arena, p->address, (size_t)(comma - p->address)) : NULL;
    better.neighbourhood = comma ? comma + 1 + strspn(comma + 1, " ") : p->address;
    return agenda_place_change(demo->ctx, p->id, NONE, &better);
}

static bool import(Demo *demo)
{
    ImportResult result;
    Bytes file = {demo_july_begin, (size_t)((uintptr_t)demo_july_end - (uintptr_t)demo_july_begin)};
    demo_as_office(demo, moment(demo, (Wall){2022, 6, 28, 9, 0, 0}));
    if (!agenda_import_ics(demo->ctx, file, false, &result))
        return false;
    List all = agenda_by_span(demo->ctx, month_of(demo), AGENDA_ALL, 0, 0, EVENTS_MOST);
    for (size_t i = 0; i < all.count; i++) {
        const Event *e = (const Event *)all.items + i;
        Lap lap CLEANUP(lap_end) = lap_begin(demo->ctx);
        const Event *now = agenda_find(demo->ctx, e->id); /* its place may be better known by now */
        if (!now || !dress_place(demo, &now->place) || (e->status != EVENT_CANCELLED && !dress(demo, now)))
            return false;
    }
    return !faulted(demo->ctx);
}

/* ---- coverage: all but two, which get the reason why not ---- */

static bool cover_all(Demo *demo)
{
    List held = agenda_by_span(demo->ctx, month_of(demo), AGENDA_HELD, 0, 0, EVENTS_MOST);
    for (size_t i = 0; i < held.count; i++) {
        const Event *e = (const Event *)held.items + i;
        Lap lap CLEANUP(lap_end) = lap_begin(demo->ctx);
        bool left = i + UNCOVERED >= held.count;
        bool council = e->topics && strstr(e->topics, "cabildo");
        if (left) {
            demo_as(demo, DEMO_COORDINATOR, e->ends_at + CLOCK_DAY);
            if (!agenda_set_uncovered_reason(demo->ctx, e->id, NONE, demo_reasons[held.count - 1 - i]))
                return false;
        } else if (!demo_cover(demo, e, council ? COVER_STREAM : -1) || (council && !demo_cover(demo, e, COVER_PHOTO))) {
            return false;
        }
    }
    return !faulted(demo->ctx);
}

/* ---- goals and the report ---- */

static bool set_goals(Demo *demo)
{
    static const struct {
        const char *indicator, *period;
        i64 target;
    } goals[] = {
        {"events_covered", MONTH, 60}, {"events_live", MONTH, 12}, {"events_photographed", MONTH, 40},
        {"coverages_on_time", MONTH, 60},
        {"events_covered", "2022", 720}, {"events_held", "2022", 800},
    };
    demo_as(demo, DEMO_DIRECTOR, moment(demo, (Wall){2022, 6, 30, 12, 0, 0}));
    for (size_t i = 0; i < COUNT(goals); i++) {
        const Indicator *indicator = report_indicator(goals[i].indicator);
        if (!indicator || !strategy_set_goal(demo->ctx, indicator, goals[i].period, 0, goals[i].target, NONE))
            return false;
    }
    return true;
}

static bool sign_report(Demo *demo)
{
    Narrative words = {
        .highlights = "El área cubrió 68 de los 70 eventos de la agenda pública y transmitió en vivo las sesiones de Cabildo.\n"
                      "- Bacheo: cada tramo con fecha compromiso publicada.\n- Esterilización: jornadas en siete colonias.\n"
                      "- Vía recreativa: aviso de cambio de horario con dos días de anticipación.",
        .difficulties = "Dos eventos quedaron sin cobertura: uno coincidió con la sesión de Cabildo y del otro se supo cuando había concluido.",
        .outlook = "En agosto se pedirá la convocatoria con 48 horas de anticipación y habrá guardia de fin de semana.",
    };
    Ctx *ctx = demo->ctx;
    demo_as(demo, DEMO_COORDINATOR, moment(demo, (Wall){2022, 8, 1, 10, 0, 0}));
    if (!report_write(ctx, MONTH, &words, NONE) || !report_send(ctx, MONTH))
        return false;
    demo_as(demo, DEMO_DIRECTOR, moment(demo, (Wall){2022, 8, 1, 13, 30, 0}));
    const Report *seen = report_find(ctx, MONTH, 0);
    if (!seen || !report_sign(ctx, MONTH, seen->sha256, NONE, demo->key))
        return false;
    const Report *signed_one = report_find(ctx, MONTH, 0);
    List files = signed_one ? report_files(ctx, signed_one) : (List){0};
    return !faulted(ctx) && report_publish(ctx, MONTH, files);
}

bool demo_july(Demo *demo)
{
    return import(demo) && cover_all(demo) && demo_press_july(demo, month_of(demo)) && demo_media(demo, month_of(demo).from) &&
           demo_pickups(demo, month_of(demo)) && set_goals(demo) && sign_report(demo);
}
