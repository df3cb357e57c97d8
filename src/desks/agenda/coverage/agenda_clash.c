/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_clash.c: can this person be there? Two events at a time, a way that is too long, an absence. It warns and
 * never forbids: who assigns may know better.
 *
 * Events without hours (whole days, hour to be confirmed) clash with nothing but an absence. */
#include "desks/agenda/coverage/agenda_cover.h"
#include "agenda_coverage_queries.h"

#include <math.h>
#include <stdlib.h>

enum { AROUND_MOST = 2000, ABSENT_MOST = 500, EARTH_RADIUS_KM = 6371 };

/* ---- distance and time ---- */

Slot agenda_slot(const Coverage *c)
{
    return (Slot){.event = c->event,
                  .from = c->event_starts_at,
                  .to = c->event_ends_at,
                  .hours = !c->event_all_day && !c->event_tbc,
                  .place_name = c->place_name,
                  .lat = c->place_lat,
                  .lon = c->place_lon};
}

/* Great circle, by the haversine. */
static double kilometres(const Slot *a, const Slot *b)
{
    double rad = M_PI / 180, lat1 = a->lat * rad, lat2 = b->lat * rad;
    double h = pow(sin((lat2 - lat1) / 2), 2) + cos(lat1) * cos(lat2) * pow(sin((b->lon - a->lon) * rad / 2), 2);
    return 2 * EARTH_RADIUS_KM * asin(fmin(1, sqrt(h)));
}

static bool on_map(const Slot *s)
{
    return !isnan(s->lat) && !isnan(s->lon);
}

i64 agenda_travel(const Slot *a, const Slot *b)
{
    if (!a->place_name || !b->place_name || text_same(a->place_name, b->place_name))
        return 0;
    if (!on_map(a) || !on_map(b))
        return TRAVEL_UNKNOWN;
    return (i64)(kilometres(a, b) * TRAVEL_DETOUR / TRAVEL_KMH * (double)CLOCK_HOUR) + TRAVEL_FIXED;
}

i64 agenda_slots_clash(const Slot *a, const Slot *b, bool *overlap_out)
{
    *overlap_out = false;
    if (a->event == b->event || !a->hours || !b->hours)
        return 0;
    i64 together = (a->to < b->to ? a->to : b->to) - (a->from > b->from ? a->from : b->from);
    *overlap_out = together > 0;
    if (together > 0)
        return together;
    i64 missing = agenda_travel(a, b) + together; /* together is minus the time between them */
    return missing > 0 ? missing : 0;
}

/* ---- one person ---- */

static const char *hours(Ctx *ctx, const Coverage *c)
{
    const Zone *zone = ctx->city->zone;
    return arena_printf(ctx->arena, "%s–%s", clock_time_text(ctx->arena, zone, c->event_starts_at),
                        clock_time_text(ctx->arena, zone, c->event_ends_at));
}

static Clash of_coverage(Ctx *ctx, const Coverage *c, i64 person, bool overlap, i64 missing)
{
    Clash clash = {.kind = overlap ? CLASH_OVERLAP : CLASH_TRAVEL, .person = person, .with = c->id,
                   .minutes_missing = (missing + CLOCK_MINUTE - 1) / CLOCK_MINUTE};
    const char *when = hours(ctx, c), *where = c->place_name;
    clash.brief = where ? arena_printf(ctx->arena, say(ctx, "busy %s in %s"), when, where)
                        : arena_printf(ctx->arena, say(ctx, "busy %s"), when);
    clash.message =
        overlap ? arena_printf(ctx->arena, say(ctx, "%s covers \"%s\" at that time, %s."), c->assignee_name,
                               c->event_title, when)
                : arena_printf(ctx->arena,
                               say(ctx, "%s covers \"%s\" from %s: %" PRId64 " minutes are missing for the way."),
                               c->assignee_name, c->event_title, when, clash.minutes_missing);
    return clash;
}

static Clash of_absence(Ctx *ctx, const Absence *a)
{
    const Zone *zone = ctx->city->zone;
    const char *kind = say_word(ctx, people_absence_words, (int)a->kind);
    const char *until = clock_say(ctx->arena, zone, ctx->actor->tongue, CLOCK_SAY_DATE, a->to_at - CLOCK_HOUR);
    return (Clash){.kind = CLASH_ABSENT, .person = a->person, .minutes_missing = NONE, .brief = text_lower(ctx->arena, kind),
                   .message = arena_printf(ctx->arena, say(ctx, "%s: %s until %s."), a->person_name, kind, until)};
}

Busy agenda_busy(Ctx *ctx, Slot slot, i64 but)
{
    Busy busy = {.slot = slot, .but = but};
    i64 from = slot.from - CLASH_AROUND, to = slot.to + CLASH_AROUND;
    busy.coverages = db_list(ctx, &q_agenda_coverages_around, &agenda_coverage_shape, I(from), I(to),
                             I(from - AGENDA_DAYS_MAX * CLOCK_DAY), I(AROUND_MOST));
    i64 end = slot.to > slot.from ? slot.to : slot.from + 1;
    busy.absences = people_absences_in(ctx, (Span){slot.from, end}, ABSENT_MOST);
    return busy;
}

/* A private event keeps somebody busy, and says no more than that to who may not see it. */
static Coverage shown_to(Ctx *ctx, const Coverage *c)
{
    Coverage shown = *c;
    bool hidden = c->event_visibility == VISIBLE_PRIVATE || c->event_visibility == VISIBLE_CONFIDENTIAL;
    if (hidden && !agenda_sees_private(ctx)) {
        shown.event_title = say(ctx, "another event");
        shown.place_name = NULL;
        shown.id = 0;
    }
    return shown;
}

static List among_coverages(Ctx *ctx, const Busy *busy, i64 person, i64 contact, Clash *all, size_t n)
{
    const Coverage *c = busy->coverages.items;
    for (size_t i = 0; i < busy->coverages.count; i++) {
        bool overlap, same = person ? c[i].assignee == person : !c[i].assignee && c[i].contact == contact;
        Slot other = agenda_slot(&c[i]);
        i64 missing =
            same && c[i].id != busy->but ? agenda_slots_clash(&busy->slot, &other, &overlap) : 0;
        Coverage shown = missing ? shown_to(ctx, &c[i]) : c[i];
        if (missing)
            all[n++] = of_coverage(ctx, &shown, person, overlap, missing);
    }
    return (List){all, n};
}

List agenda_clashes(Ctx *ctx, const Busy *busy, i64 person)
{
    const Absence *a = busy->absences.items;
    Clash *all = arena_array(ctx->arena, Clash, busy->coverages.count + busy->absences.count + 1);
    size_t n = 0;
    for (size_t i = 0; i < busy->absences.count; i++) {
        if (a[i].person == person && a[i].from_at < busy->slot.to && busy->slot.from < a[i].to_at)
            all[n++] = of_absence(ctx, &a[i]);
    }
    return among_coverages(ctx, busy, person, 0, all, n);
}

List agenda_clashes_outside(Ctx *ctx, const Busy *busy, i64 contact)
{
    Clash *all = arena_array(ctx->arena, Clash, busy->coverages.count + 1);
    return among_coverages(ctx, busy, 0, contact, all, 0);
}

/* ---- a team ---- */

typedef struct TeamFree {
    i64 members, free;
} TeamFree;

static TeamFree team_free(Ctx *ctx, const Busy *busy, List people, i64 area)
{
    TeamFree t = {0};
    for (const Person *p = people.items, *end = p + people.count; p < end; p++) {
        if (p->area != area)
            continue;
        t.members++;
        t.free += !agenda_clashes(ctx, busy, p->id).count;
    }
    return t;
}

static const char *free_said(Ctx *ctx, const TeamFree *t)
{
    return arena_printf(ctx->arena, say(ctx, "%" PRId64 " of %" PRId64 " free"), t->free, t->members);
}

/* A team whose members all have something else. */
static List clashes_of_team(Ctx *ctx, const Busy *busy, i64 area)
{
    TeamFree t = team_free(ctx, busy, people_active(ctx), area);
    if (!t.members || t.free)
        return (List){0};
    Clash *clash = arena_new_of(ctx->arena, Clash);
    *clash = (Clash){.kind = CLASH_OVERLAP,
                     .minutes_missing = NONE,
                     .brief = free_said(ctx, &t),
                     .message = say(ctx, "Nobody of this team is free at that time.")};
    return (List){clash, 1};
}

List agenda_clashes_of(Ctx *ctx, const Busy *busy, i64 person, i64 area, i64 contact)
{
    if (person)
        return agenda_clashes(ctx, busy, person);
    if (contact)
        return agenda_clashes_outside(ctx, busy, contact);
    return area ? clashes_of_team(ctx, busy, area) : (List){0};
}

List agenda_clashes_said(Ctx *ctx, const Busy *busy, const CoverageDraft *who)
{
    const Person *p = text_blank(who->assignee) ? NULL : people_by_mail_or_id(ctx, who->assignee);
    return agenda_clashes_of(ctx, busy, p ? p->id : 0, who->area, who->contact);
}

/* ---- whom it can be given to ---- */

List agenda_doer_choices(Ctx *ctx, const Busy *busy)
{
    return agenda_doers_among(ctx, busy, people_active(ctx));
}

List agenda_doers_among(Ctx *ctx, const Busy *busy, List people)
{
    const Person *p = people.items;
    Choice *choices = arena_array(ctx->arena, Choice, people.count + 1);
    for (size_t i = 0; i < people.count; i++) {
        List clashes = busy ? agenda_clashes(ctx, busy, p[i].id) : (List){0};
        const char *how = !busy ? NULL : clashes.count ? ((const Clash *)clashes.items)->brief : say(ctx, "free");
        choices[i] = (Choice){id_text(ctx->arena, p[i].id),
                              how ? arena_printf(ctx->arena, "%s · %s", p[i].name, how) : p[i].name};
    }
    return (List){choices, people.count};
}

List agenda_team_choices(Ctx *ctx, const Busy *busy)
{
    List areas = people_areas(ctx), people = people_active(ctx);
    const Area *a = areas.items;
    Choice *choices = arena_array(ctx->arena, Choice, areas.count + 1);
    for (size_t i = 0; i < areas.count; i++) {
        TeamFree t = team_free(ctx, busy, people, a[i].id);
        choices[i] = (Choice){id_text(ctx->arena, a[i].id),
                              t.members ? arena_printf(ctx->arena, "%s · %s", a[i].name, free_said(ctx, &t))
                                        : a[i].name};
    }
    return (List){choices, areas.count};
}

static const char *contact_label(Ctx *ctx, const Busy *busy, const Contact *c)
{
    List clashes = agenda_clashes_outside(ctx, busy, c->id);
    Buf *out = buf_new(ctx->arena, 128, 4096);
    buf_text(out, c->name);
    if (c->organisation)
        buf_printf(out, " · %s", c->organisation);
    if (clashes.count)
        buf_printf(out, " · %s", ((const Clash *)clashes.items)->brief);
    return buf_data(out);
}

List agenda_contact_choices(Ctx *ctx, const Busy *busy)
{
    List contacts = agenda_contacts(ctx, true, 500);
    const Contact *c = contacts.items;
    Choice *choices = arena_array(ctx->arena, Choice, contacts.count + 1);
    for (size_t i = 0; i < contacts.count; i++)
        choices[i] = (Choice){id_text(ctx->arena, c[i].id), contact_label(ctx, busy, &c[i])};
    return (List){choices, contacts.count};
}
