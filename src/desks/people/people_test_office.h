/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* people_test_office.h: a small office, for the tests of this room. */
#pragma once
#include "desks/people/people_room.h"
#include "store/store_test.h"

#define PASSWORD "una frase larga y tranquila"

typedef struct Office {
    StoreTest *t;
    i64 director, editor, photographer;
    Actor admin;
} Office;

typedef bool Rule(Ctx *ctx, void *data);

UNUSED static bool refused(Office *o, Rule *rule, void *data, FaultKind kind)
{
    bool done = db_transact(&o->t->ctx, rule, data);
    if (!done)
        assert_fault(&o->t->ctx, kind);
    return !done;
}

static bool hire(Ctx *ctx, void *data)
{
    Office *o = data;
    const char *hash = people_password_hash(ctx, PASSWORD);
    return hash && people_seed(ctx) &&
           people_add(ctx, &(PersonDraft){"dalia@sanluis.example", "Dalia Guardaluz", hash, ROLE_DIRECTOR, 0}, &o->director) &&
           people_add(ctx, &(PersonDraft){"sofia@sanluis.example", "Sofía Valdeprosa", hash, ROLE_EDITOR, 0}, &o->editor) &&
           people_add(ctx, &(PersonDraft){"renata@sanluis.example", "Renata Piedraclara", hash, ROLE_PHOTOGRAPHER, 0}, &o->photographer);
}

UNUSED static Office open_office(StoreTest *t)
{
    Office o = {.t = t};
    test_write(&t->ctx, hire, &o);
    return o;
}

UNUSED static void act_as(Office *o, i64 person, Actor *actor)
{
    const Person *p = people_find(&o->t->ctx, person);
    *actor = (Actor){.id = p->id, .name = p->name, .rights = people_rights_of_person(&o->t->ctx, p)};
    o->t->ctx.actor = actor;
}

UNUSED static bool block(Ctx *ctx, void *data)
{
    return people_set_state(ctx, *(i64 *)data, PERSON_BLOCKED, NONE);
}
