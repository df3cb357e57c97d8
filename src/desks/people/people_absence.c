/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* people_absence.c: who is away when; why is told to few. */
#include "desks/people/people_room.h"
#include "store/db.h"
#include "people_notice_queries.h"

enum { DAYS_MOST = 400 };

const Word people_absence_words[] = {
    [ABSENCE_AWAY] = {"away", N_("Away")},
    [ABSENCE_VACATION] = {"vacation", N_("On vacation")},
    [ABSENCE_SICK] = {"sick_leave", N_("On sick leave")},
    [ABSENCE_LEAVE] = {"leave", N_("On leave")},
    [ABSENCE_TRAINING] = {"training", N_("In training")},
    {0},
};

static const Field absence_fields[] = {
    FIELD_ID(Absence, id),        FIELD_ID(Absence, person),  FIELD_TEXT(Absence, person_name),
    FIELD_TIME(Absence, from_at), FIELD_TIME(Absence, to_at), FIELD_WORD(Absence, kind, people_absence_words),
};
const Shape people_absence_shape = SHAPE("absence", Absence, absence_fields);

bool people_may_note_absence(const Ctx *ctx, i64 person)
{
    return people_has(ctx, RIGHT_PEOPLE_EDIT) || (person && person == ctx->actor->id);
}

/* Health is nobody's business but the person's and of who keeps the people's records. */
static List masked(Ctx *ctx, List rows)
{
    Absence *all = (Absence *)rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (all[i].kind != ABSENCE_VACATION && !people_may_note_absence(ctx, all[i].person))
            all[i].kind = ABSENCE_AWAY;
    return rows;
}

List people_absences_in(Ctx *ctx, Span span, i64 limit)
{
    if (!people_has(ctx, RIGHT_AGENDA_READ) && !people_has(ctx, RIGHT_PEOPLE_READ))
        return (List){0};
    return masked(ctx, db_list(ctx, &q_people_absences_in, &people_absence_shape, I(span.from), I(span.to), I(limit)));
}

List people_absences_of(Ctx *ctx, i64 person, i64 limit)
{
    return masked(ctx, db_list(ctx, &q_people_absences_of, &people_absence_shape, I(person), I(ctx->now), I(limit)));
}

static bool may_note(Ctx *ctx, i64 person)
{
    return people_may_note_absence(ctx, person) || people_may(ctx, RIGHT_PEOPLE_EDIT);
}

bool people_absence_add(Ctx *ctx, i64 person, Span days, AbsenceKind kind, i64 *id_out)
{
    const Person *p = may_note(ctx, person) ? people_find(ctx, person) : NULL;
    if (!p)
        return false;
    if (days.to <= days.from)
        return fault_field(ctx, "to_at", "The last day must not be before the first.");
    if (days.to - days.from > DAYS_MOST * CLOCK_DAY)
        return fault_field(ctx, "to_at", "An absence has at most %d days: write a shorter one.", DAYS_MOST);
    if (db_number(ctx, &q_people_absence_overlaps, I(person), I(days.from), I(days.to)) > 0)
        return fault(ctx, FAULT_CONFLICT, "%s is away in that time already.", p->name);
    *id_out = id_new(ctx->now);
    return db_write(ctx, &q_people_absence_add, I(*id_out), I(person), I(days.from), I(days.to),
                    W(people_absence_words, kind), I_OR_NULL(ctx->actor->id), I(ctx->now)) &&
           journal(ctx, "absence", *id_out, "noted");
}

bool people_absence_drop(Ctx *ctx, i64 id)
{
    const Absence *a = db_one(ctx, &q_people_absence_find, &people_absence_shape, I(id));
    return a && may_note(ctx, a->person) && db_write(ctx, &q_people_absence_drop, I(id)) &&
           journal(ctx, "absence", id, "dropped");
}
