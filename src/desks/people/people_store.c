/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* people_store.c: queries in, structs out. */
#include "desks/people/people_room.h"
#include "store/db.h"
#include "people_queries.h"

static const Field person_fields[] = {
    FIELD_ID(Person, id),          FIELD_TEXT(Person, mail),
    FIELD_TEXT(Person, name),      FIELD_WORD(Person, role, people_role_words),
    FIELD_WORD(Person, state, people_state_words), FIELD_ID(Person, area),
    FIELD_TEXT(Person, area_name), FIELD_TIME(Person, created_at),
    FIELD_INT(Person, version),
};
const Shape people_shape = SHAPE("person", Person, person_fields);

static const Field area_fields[] = {
    FIELD_ID(Area, id), FIELD_ID(Area, parent), FIELD_TEXT(Area, name), FIELD_TEXT(Area, slug), FIELD_INT(Area, level),
};
const Shape people_area_shape = SHAPE("area", Area, area_fields);

static const Field post_fields[] = {
    FIELD_ID(Post, id),            FIELD_ID(Post, area),          FIELD_ID(Post, holder),
    FIELD_INT(Post, rank),         FIELD_TEXT(Post, title),       FIELD_TEXT(Post, area_name),
    FIELD_TEXT(Post, holder_name), FIELD_ID(Post, acting),        FIELD_TEXT(Post, acting_name),
    FIELD_TIME(Post, acting_from), FIELD_TIME(Post, acting_to),
};
const Shape people_post_shape = SHAPE("post", Post, post_fields);

static const Field session_fields[] = {
    FIELD_ID(Session, id), FIELD_TIME(Session, created_at), FIELD_TIME(Session, seen_at), FIELD_TEXT(Session, device),
};
static const Shape session_shape = SHAPE("session", Session, session_fields);

static const Field token_fields[] = {
    FIELD_ID(Token, id),           FIELD_TIME(Token, created_at), FIELD_TIME(Token, used_at),
    FIELD_TIME(Token, expires_at), FIELD_TEXT(Token, name),       FIELD_TEXT(Token, scope),
};
static const Shape token_shape = SHAPE("token", Token, token_fields);

static const Field acting_fields[] = {
    FIELD_ID(Acting, id),        FIELD_ID(Acting, post),    FIELD_ID(Acting, person),
    FIELD_TIME(Acting, from_at), FIELD_TIME(Acting, to_at), FIELD_TEXT(Acting, person_name),
};
static const Shape acting_shape = SHAPE("acting", Acting, acting_fields);

static const Field role_right_fields[] = {
    FIELD_TEXT(RoleRight, role),
    FIELD_TEXT(RoleRight, right_name),
};
static const Shape role_right_shape = SHAPE("role_right", RoleRight, role_right_fields);

typedef struct Line {
    const char *text;
} Line;
static const Field line_fields[] = {FIELD_TEXT(Line, text)};
static const Shape line_shape = SHAPE("line", Line, line_fields);

/* ---- persons ---- */
const Person *people_find(Ctx *ctx, i64 id)
{
    return db_one(ctx, &q_people_find, &people_shape, I(id));
}

const Person *people_by_mail(Ctx *ctx, const char *mail)
{
    return db_maybe(ctx, &q_people_by_mail, &people_shape, T(mail));
}

List people_active(Ctx *ctx)
{
    return db_list(ctx, &q_people_by_state, &people_shape, W(people_state_words, PERSON_ACTIVE), I(PEOPLE_MOST));
}

List people_all(Ctx *ctx)
{
    List active = people_active(ctx);
    List blocked = db_list(ctx, &q_people_by_state, &people_shape, W(people_state_words, PERSON_BLOCKED), I(PEOPLE_MOST));
    Person *all = arena_array(ctx->arena, Person, active.count + blocked.count + 1);
    if (active.count)
        memcpy(all, active.items, active.count * sizeof *all);
    if (blocked.count)
        memcpy(all + active.count, blocked.items, blocked.count * sizeof *all);
    return (List){all, active.count + blocked.count};
}

i64 people_count_administrators(Ctx *ctx)
{
    return db_number(ctx, &q_people_count_role, W(people_role_words, ROLE_ADMIN));
}

const char *people_password_of(Ctx *ctx, i64 id)
{
    const Line *line = db_maybe(ctx, &q_people_password_of, &line_shape, I(id));
    return line ? line->text : NULL;
}

/* ---- areas, posts, the matrix ---- */
List people_areas(Ctx *ctx)
{
    return db_list(ctx, &q_people_areas, &people_area_shape, I(PEOPLE_MOST));
}

const Area *people_area(Ctx *ctx, i64 id)
{
    return db_one(ctx, &q_people_area, &people_area_shape, I(id));
}

List people_posts(Ctx *ctx)
{
    return db_list(ctx, &q_people_posts, &people_post_shape, I(ctx->now), I(PEOPLE_MOST));
}

const Post *people_post(Ctx *ctx, i64 id)
{
    return db_one(ctx, &q_people_post, &people_post_shape, I(id));
}

List people_actings(Ctx *ctx)
{
    return db_list(ctx, &q_people_actings, &acting_shape, I(ctx->now), I(PEOPLE_MOST));
}

static u64 bits_of(List rows)
{
    u64 bits = 0;
    for (const RoleRight *r = rows.items, *end = r + rows.count; r < end; r++) {
        int right = word_find(people_right_words, r->right_name);
        if (right >= RIGHT_AGENDA_READ) /* a word of an older program gives nothing */
            bits |= UINT64_C(1) << right;
    }
    return bits;
}

u64 people_rights_of(Ctx *ctx, Role role)
{
    if (role == ROLE_ADMIN)
        return ~UINT64_C(0);
    return 1u << 1 | bits_of(db_list(ctx, &q_people_rights_of_role, &role_right_shape, W(people_role_words, role)));
}

u64 people_rights_of_person(Ctx *ctx, const Person *person)
{
    u64 bits = people_rights_of(ctx, person->role);
    List stood_for = db_list(ctx, &q_people_acting_roles, &role_right_shape, I(person->id), I(ctx->now));
    for (const RoleRight *r = stood_for.items, *end = r + stood_for.count; r < end; r++) {
        int role = word_find(people_role_words, r->role);
        if (role >= 0)
            bits |= people_rights_of(ctx, (Role)role);
    }
    return bits;
}

/* ---- one's own ---- */
List people_sessions(Ctx *ctx)
{
    List list = db_list(ctx, &q_people_sessions, &session_shape, I(ctx->actor->id), I(ctx->now - SESSION_IDLE));
    Session *all = arena_array(ctx->arena, Session, list.count + 1);
    for (size_t i = 0; i < list.count; i++) {
        all[i] = ((const Session *)list.items)[i];
        all[i].here = all[i].id == ctx->actor->session;
    }
    return (List){all, list.count};
}

List people_tokens(Ctx *ctx)
{
    return db_list(ctx, &q_people_tokens, &token_shape, I(ctx->actor->id));
}
