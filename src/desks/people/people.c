/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* people.c: who may do what; persons come, change their role and go. */
#include "base/id.h"
#include "base/text.h"
#include "desks/people/people_room.h"
#include "store/db.h"
#include "store/journal.h"
#include "people_queries.h"

/* ---- rights ---- */
bool people_has(const Ctx *ctx, RightName right)
{
    return ctx->actor->rights >> right & 1;
}

bool people_may(Ctx *ctx, RightName right)
{
    if (people_has(ctx, right))
        return true;
    return fault(ctx, FAULT_FORBIDDEN, "Your role does not include the right \"%s\". Who administers the desk can give it.",
                 say_word(ctx, people_right_words, right));
}

bool people_may_touch(Ctx *ctx, Role role)
{
    bool rules = people_rights_of(ctx, role) >> RIGHT_ROLES_EDIT & 1;
    return !faulted(ctx) && (!rules || people_may(ctx, RIGHT_ROLES_EDIT));
}

const Person *people_by_mail_or_id(Ctx *ctx, const char *text)
{
    i64 id;
    const Person *p = NULL;
    if (strchr(text, '@'))
        p = people_by_mail(ctx, text_lower(ctx->arena, text));
    else if (id_parse(text, &id))
        p = db_maybe(ctx, &q_people_find, &people_shape, I(id));
    if (p && p->state == PERSON_ACTIVE)
        return p;
    return fault_field(ctx, "assignee", "There is no active person %s: a mail address or an id of the desk is wanted.", text);
}

/* ---- coming ---- */
static const char *clean_mail(Ctx *ctx, const char *mail)
{
    if (text_blank(mail) || !text_mail_valid(text_trim(ctx->arena, mail)))
        return fault_field(ctx, "mail", "Write a mail address like name@example.org.");
    return text_lower(ctx->arena, text_trim(ctx->arena, mail));
}

static const char *clean_name(Ctx *ctx, const char *name)
{
    const char *clean = text_blank(name) ? "" : text_squeeze(ctx->arena, text_nfc(ctx->arena, name));
    if (!*clean || text_points(clean) > 120 || text_has_control(clean))
        return fault_field(ctx, "name", "Write the name, at most 120 characters.");
    return clean;
}

bool people_add(Ctx *ctx, const PersonDraft *draft, i64 *id_out)
{
    if (!people_may(ctx, RIGHT_PEOPLE_EDIT))
        return false;
    const char *mail = clean_mail(ctx, draft->mail), *name = clean_name(ctx, draft->name);
    if (!mail || !name)
        return false;
    if (people_by_mail(ctx, mail))
        return fault_field(ctx, "mail", "Somebody with the mail %s is here already.", mail);
    if (!people_may_touch(ctx, draft->role))
        return false;
    i64 id = id_new(ctx->now);
    if (!db_write(ctx, &q_people_add, I(id), T(mail), T(name), W(people_role_words, draft->role), I_OR_NULL(draft->area),
                  T(draft->password_hash), I(ctx->now)) ||
        !journal(ctx, "person", id, "created"))
        return false;
    *id_out = id;
    return true;
}

/* ---- changing ---- */
static const Person *to_change(Ctx *ctx, i64 id, i64 version)
{
    if (!people_may(ctx, RIGHT_PEOPLE_EDIT))
        return NULL;
    const Person *p = people_find(ctx, id);
    if (p && version != NONE && version != p->version)
        return fault(ctx, FAULT_STALE, "Somebody changed this person in the meantime. Look at it again, then repeat your change.");
    return p;
}

/* A desk without an administrator could never be mended from inside. */
static bool leaves_an_administrator(Ctx *ctx, const Person *p)
{
    if (p->role != ROLE_ADMIN || p->state != PERSON_ACTIVE || people_count_administrators(ctx) > 1)
        return !faulted(ctx);
    return fault(ctx, FAULT_CONFLICT, "%s is the only administrator: make somebody else one first.", p->name);
}

bool people_set_role(Ctx *ctx, i64 id, Role role, i64 version)
{
    const Person *p = to_change(ctx, id, version);
    if (!p)
        return false;
    if (!people_may_touch(ctx, role) || !people_may_touch(ctx, p->role))
        return false;
    if (role != ROLE_ADMIN && !leaves_an_administrator(ctx, p))
        return false;
    return db_write(ctx, &q_people_set_role, I(id), W(people_role_words, role), I(p->version)) &&
           journal_detail(ctx, "person", id, "role_changed", word_name(people_role_words, role));
}

bool people_set_state(Ctx *ctx, i64 id, PersonState state, i64 version)
{
    const Person *p = to_change(ctx, id, version);
    if (!p)
        return false;
    if (!people_may_touch(ctx, p->role))
        return false;
    if (state == PERSON_BLOCKED && !leaves_an_administrator(ctx, p))
        return false;
    i64 ended = 0;
    return db_write(ctx, &q_people_set_state, I(id), W(people_state_words, state), I(p->version)) &&
           db_change(ctx, &q_people_sessions_drop_others, &ended, I(id), I(0)) &&
           journal(ctx, "person", id, state == PERSON_BLOCKED ? "blocked" : "unblocked");
}

bool people_set_name(Ctx *ctx, i64 id, const char *name, i64 area, i64 version)
{
    const Person *p = to_change(ctx, id, version);
    const char *clean = p ? clean_name(ctx, name) : NULL;
    if (!clean || (area && !people_area(ctx, area)))
        return false;
    return db_write(ctx, &q_people_set_name, I(id), T(clean), I_OR_NULL(area), I(p->version)) &&
           journal(ctx, "person", id, "changed");
}

bool people_set_password_hash(Ctx *ctx, i64 id, const char *hash)
{
    const Person *p = to_change(ctx, id, NONE);
    if (!p || !people_may_touch(ctx, p->role))
        return false;
    i64 ended = 0;
    return db_write(ctx, &q_people_set_password, I(id), T(hash)) &&
           db_change(ctx, &q_people_sessions_drop_others, &ended, I(id), I(0)) &&
           journal(ctx, "person", id, "password_set");
}
