/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_cover.h: what the files of coverages share: finding one for a change, keeping it, whom it is given to,
 * clashes, links that answer, contacts outside. */
#pragma once
#include "desks/agenda/agenda_room.h"

/* A state as a bit of a set. */
#define STATE_BIT(state) (1u << (state))
enum {
    FROM_ASSIGN = STATE_BIT(COVERAGE_PROPOSED) | STATE_BIT(COVERAGE_ASSIGNED) | STATE_BIT(COVERAGE_ACCEPTED) |
                  STATE_BIT(COVERAGE_IN_PROGRESS) | STATE_BIT(COVERAGE_DECLINED) | STATE_BIT(COVERAGE_RETURNED),
    FROM_ACCEPT = STATE_BIT(COVERAGE_ASSIGNED),
    FROM_START = STATE_BIT(COVERAGE_ACCEPTED) | STATE_BIT(COVERAGE_RETURNED),
    FROM_DECLINE = STATE_BIT(COVERAGE_ASSIGNED) | STATE_BIT(COVERAGE_ACCEPTED),
    FROM_DELIVER = STATE_BIT(COVERAGE_ACCEPTED) | STATE_BIT(COVERAGE_IN_PROGRESS) | STATE_BIT(COVERAGE_RETURNED),
    FROM_WITHDRAW = FROM_DELIVER | STATE_BIT(COVERAGE_DELIVERED),
    FROM_APPROVE = STATE_BIT(COVERAGE_DELIVERED),
    FROM_RETURN = STATE_BIT(COVERAGE_DELIVERED) | STATE_BIT(COVERAGE_APPROVED),
    FROM_CANCEL = FROM_ASSIGN | STATE_BIT(COVERAGE_DELIVERED),
    FROM_CHANGE = FROM_CANCEL,
    FROM_NOTE = STATE_BIT(COVERAGE_ASSIGNED) | FROM_WITHDRAW,
};

/* ---- agenda_coverage.c ---- */
/* For a change: of the version that was seen, in one of the states; else a fault that says which. */
const Coverage *agenda_coverage_to(Ctx *ctx, i64 id, i64 version, unsigned from);
/* The same for whoever does it, or may assign. */
const Coverage *agenda_coverage_to_answer(Ctx *ctx, i64 id, i64 version, unsigned from);
/* Keeps what is different in after, with a line in the journal; loses when somebody was first. */
CHECKED
bool agenda_coverage_keep(Ctx *ctx, const Coverage *before, const Coverage *after, const char *verb,
                          const char *detail);
/* Is it the actor's: her own, or her team's that nobody took yet? */
bool agenda_coverage_mine(const Ctx *ctx, const Coverage *c);

/* ---- agenda_cover.c ---- */
CHECKED
bool agenda_check_cover(Ctx *ctx, const CoverageDraft *draft); /* its fields, not whom it goes to */

/* ---- agenda_clash.c ---- */
/* Travel: the way between two places is longer than the great circle (factor 1.4, the usual detour of a street grid),
 * a car of the office makes 25 km/h across the city, and ten minutes go for leaving, parking and setting up. */
#define TRAVEL_DETOUR 1.4
#define TRAVEL_KMH 25.0
#define TRAVEL_FIXED (10 * CLOCK_MINUTE)
/* Between different places of which one is not on the map. */
#define TRAVEL_UNKNOWN (15 * CLOCK_MINUTE)
/* How far around an event others are looked at. */
#define CLASH_AROUND (3 * CLOCK_HOUR)


/* Where and when somebody is wanted. */
typedef struct Slot {
    i64 event, from, to;
    bool hours;           /* false: whole days, or the hour is not sure yet */
    const char *place_name;
    double lat, lon;      /* NAN: not on the map */
} Slot;
Slot agenda_slot(const Coverage *c);
Slot agenda_slot_of_event(const Event *e);
/* How long from the one place to the other; 0 at the same place, or when one of them has none. */
i64 agenda_travel(const Slot *a, const Slot *b);
/* Microseconds that are missing between them: 0 no clash. overlap_out: they are at the same time. */
i64 agenda_slots_clash(const Slot *a, const Slot *b, bool *overlap_out);

/* All that may clash with a slot, read at once for any number of persons. */
typedef struct Busy {
    Slot slot;
    i64 but;              /* a coverage that does not count: the one that is given away */
    List coverages;       /* of Coverage: around it */
    List absences;        /* of Absence: that touch it */
} Busy;
Busy agenda_busy(Ctx *ctx, Slot slot, i64 but);
List agenda_clashes(Ctx *ctx, const Busy *busy, i64 person); /* of Clash */
List agenda_clashes_outside(Ctx *ctx, const Busy *busy, i64 contact); /* likewise, of a contact */
/* Of whom it is given to: a person, a contact, or a team, which clashes when none of its members is free. */
List agenda_clashes_of(Ctx *ctx, const Busy *busy, i64 person, i64 area, i64 contact);
List agenda_clashes_said(Ctx *ctx, const Busy *busy, const CoverageDraft *who); /* the same, as it was typed */
/* Whom it can be given to, each with what she has at that time: "Renata Paz · busy 10:00–11:00 in Plaza de Armas". */
List agenda_doer_choices(Ctx *ctx, const Busy *busy); /* of Choice; busy NULL: names alone */
List agenda_doers_among(Ctx *ctx, const Busy *busy, List people); /* the same of a list of Person */
List agenda_team_choices(Ctx *ctx, const Busy *busy);    /* of Choice: areas, with how many of theirs are free */
List agenda_contact_choices(Ctx *ctx, const Busy *busy); /* of Choice: contacts in use */

/* ---- agenda_cover_fields.c ---- */
Doers agenda_doers(Ctx *ctx, const Busy *busy);

/* ---- agenda_answer.c ---- */
#define ANSWER_LONGEST (14 * CLOCK_DAY)
/* A link for whoever the coverage is given to now; earlier links of it end. The secret is in the answer and nowhere else. */
CHECKED
bool agenda_answer_make(Ctx *ctx, i64 coverage, const char **token_out);
/* FAULT_NOT_FOUND: there never was such a link; FAULT_GONE with a sentence: used, late, or not for this person any more. */
const AnswerShown *agenda_answer_find(Ctx *ctx, const char *token);
CHECKED
bool agenda_answer_give(Ctx *ctx, const char *token, bool yes, const char *reason);
