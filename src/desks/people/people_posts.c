/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* people_posts.c: areas, posts, who stands in for whom, and what each role may do. */
#include "base/id.h"
#include "base/text.h"
#include "desks/people/people_room.h"
#include "store/db.h"
#include "store/journal.h"
#include "people_queries.h"

/* ---- posts ---- */
bool people_hold_post(Ctx *ctx, i64 post, i64 person)
{
    if (!people_may(ctx, RIGHT_PEOPLE_EDIT) || !people_post(ctx, post))
        return false;
    const Person *p = person ? people_find(ctx, person) : NULL;
    if (person && !p)
        return false;
    if (p && p->state != PERSON_ACTIVE)
        return fault_field(ctx, "holder", "%s is blocked and cannot hold a post.", p->name);
    /* who stands in there gets the new holder's rights */
    bool stood_for = db_number(ctx, &q_people_acting_overlap, I(post), I(ctx->now), I(INT64_MAX)) > 0;
    if (p && stood_for && !people_may_touch(ctx, p->role))
        return false;
    return db_write(ctx, &q_people_post_hold, I(post), I_OR_NULL(person)) &&
           journal(ctx, "post", post, person ? "held" : "vacated");
}

bool people_act_for(Ctx *ctx, i64 post, i64 person, i64 from_at, i64 to_at)
{
    if (!people_may(ctx, RIGHT_PEOPLE_EDIT))
        return false;
    const Post *t = people_post(ctx, post);
    const Person *p = t ? people_find(ctx, person) : NULL;
    if (!p)
        return false;
    if (p->state != PERSON_ACTIVE)
        return fault_field(ctx, "person", "%s is blocked and cannot stand in.", p->name);
    if (t->holder == person)
        return fault_field(ctx, "person", "%s holds this post already.", p->name);
    const Person *holder = t->holder ? people_find(ctx, t->holder) : NULL;
    if (holder && !people_may_touch(ctx, holder->role))
        return false;
    if (to_at <= from_at)
        return fault_field(ctx, "to_at", "The last day must not be before the first.");
    if (db_number(ctx, &q_people_acting_overlap, I(post), I(from_at), I(to_at)) > 0)
        return fault(ctx, FAULT_CONFLICT, "Somebody stands in for this post in that time already.");
    i64 id = id_new(ctx->now);
    return db_write(ctx, &q_people_acting_add, I(id), I(post), I(person), I(from_at), I(to_at)) &&
           journal(ctx, "post", post, "acting_named");
}

bool people_act_end(Ctx *ctx, i64 id)
{
    i64 ended = 0, dropped = 0;
    if (!people_may(ctx, RIGHT_PEOPLE_EDIT) || !db_change(ctx, &q_people_acting_drop, &dropped, I(id), I(ctx->now)) ||
        !db_change(ctx, &q_people_acting_end, &ended, I(id), I(ctx->now)))
        return false;
    if (!ended && !dropped)
        return fault(ctx, FAULT_NOT_FOUND, "Nobody stands in there any more.");
    return journal(ctx, "acting", id, "ended");
}

/* ---- who speaks for the office ---- */
static bool is_mine(const Ctx *ctx, const Post *post)
{
    return ctx->actor->id && (post->holder == ctx->actor->id || post->acting == ctx->actor->id);
}

const char *people_signing_post(Ctx *ctx, const char **titles_out)
{
    i64 rank = ctx->city->signing_rank ? ctx->city->signing_rank : 1;
    List posts = people_posts(ctx);
    *titles_out = NULL;
    for (const Post *p = posts.items, *end = p + posts.count; p < end; p++) {
        if (p->rank > rank || (!p->holder && !p->acting))
            continue;
        *titles_out = *titles_out ? arena_printf(ctx->arena, "%s, %s", *titles_out, p->title) : p->title;
        if (is_mine(ctx, p))
            return p->holder == ctx->actor->id ? p->title : arena_printf(ctx->arena, say(ctx, "%s (acting head)"), p->title);
    }
    return NULL;
}

/* ---- the matrix ---- */
bool people_role_set(Ctx *ctx, Role role, RightName right, bool allowed)
{
    if (!people_may(ctx, RIGHT_ROLES_EDIT))
        return false;
    if (role == ROLE_ADMIN)
        return fault(ctx, FAULT_CONFLICT, "An administrator has every right; the others can be chosen.");
    const char *name = word_name(people_role_words, role);
    i64 changed = 0;
    bool done = allowed ? db_change(ctx, &q_people_role_right_add, &changed, T(name), W(people_right_words, right))
                        : db_change(ctx, &q_people_role_right_drop, &changed, T(name), W(people_right_words, right));
    if (!done || !changed)
        return done;
    const char *what = arena_printf(ctx->arena, "%s: %s", name, word_name(people_right_words, right));
    return journal_detail(ctx, "role", (i64)role + 1, allowed ? "right_given" : "right_taken", what);
}

/* ---- a new city ---- */
typedef struct Grant {
    Role role;
    RightName rights[RIGHT_COUNT];
} Grant;
static const Grant grants[] = {
    {ROLE_DIRECTOR, {RIGHT_AGENDA_READ, RIGHT_AGENDA_EDIT, RIGHT_AGENDA_PRIVATE, RIGHT_COVERAGE_ASSIGN, RIGHT_COVERAGE_APPROVE,
                     RIGHT_REPORT_READ, RIGHT_REPORT_EDIT, RIGHT_PEOPLE_READ, RIGHT_PEOPLE_EDIT, RIGHT_JOURNAL_READ,
                     RIGHT_REPORT_SIGN, RIGHT_REPORT_PUBLISH, RIGHT_STRATEGY_READ, RIGHT_STRATEGY_EDIT, RIGHT_PRESS_READ,
                     RIGHT_PRESS_WRITE, RIGHT_PRESS_APPROVE, RIGHT_PRESS_PUBLISH, RIGHT_PRESS_MEDIA, RIGHT_PRESS_SET_UP,
                     RIGHT_SITE_EDIT, RIGHT_SITE_ALERT, RIGHT_PHOTOS_READ, RIGHT_PHOTOS_UPLOAD, RIGHT_PHOTOS_EDIT,
                     RIGHT_PHOTOS_PUBLISH, RIGHT_PHOTOS_CONSENT}},
    {ROLE_COORDINATOR, {RIGHT_AGENDA_READ, RIGHT_AGENDA_EDIT, RIGHT_AGENDA_PRIVATE, RIGHT_COVERAGE_ASSIGN, RIGHT_COVERAGE_DELIVER,
                        RIGHT_COVERAGE_APPROVE, RIGHT_REPORT_READ, RIGHT_REPORT_EDIT, RIGHT_PEOPLE_READ, RIGHT_JOURNAL_READ,
                        RIGHT_REPORT_PUBLISH, RIGHT_STRATEGY_READ, RIGHT_STRATEGY_EDIT, RIGHT_PRESS_READ, RIGHT_PRESS_WRITE,
                        RIGHT_PRESS_APPROVE, RIGHT_PRESS_PUBLISH, RIGHT_PRESS_MEDIA, RIGHT_PRESS_SET_UP, RIGHT_SITE_EDIT,
                        RIGHT_SITE_ALERT, RIGHT_PHOTOS_READ, RIGHT_PHOTOS_UPLOAD, RIGHT_PHOTOS_EDIT, RIGHT_PHOTOS_PUBLISH,
                        RIGHT_PHOTOS_CONSENT}},
    {ROLE_EDITOR, {RIGHT_AGENDA_READ, RIGHT_AGENDA_EDIT, RIGHT_COVERAGE_ASSIGN, RIGHT_COVERAGE_DELIVER, RIGHT_COVERAGE_APPROVE,
                   RIGHT_REPORT_READ, RIGHT_PEOPLE_READ, RIGHT_STRATEGY_READ, RIGHT_PRESS_READ, RIGHT_PRESS_WRITE, RIGHT_PRESS_APPROVE,
                   RIGHT_PRESS_PUBLISH, RIGHT_PRESS_MEDIA, RIGHT_SITE_ALERT, RIGHT_PHOTOS_READ, RIGHT_PHOTOS_UPLOAD,
                   RIGHT_PHOTOS_EDIT, RIGHT_PHOTOS_PUBLISH, RIGHT_PHOTOS_CONSENT}},
    {ROLE_COMMUNITY_MANAGER, {RIGHT_AGENDA_READ, RIGHT_COVERAGE_DELIVER, RIGHT_REPORT_READ, RIGHT_PEOPLE_READ,
                              RIGHT_STRATEGY_READ, RIGHT_PRESS_READ, RIGHT_PRESS_WRITE, RIGHT_PHOTOS_READ, RIGHT_PHOTOS_UPLOAD,
                              RIGHT_PHOTOS_EDIT}},
    {ROLE_PHOTOGRAPHER, {RIGHT_AGENDA_READ, RIGHT_COVERAGE_DELIVER, RIGHT_PRESS_READ, RIGHT_PHOTOS_READ, RIGHT_PHOTOS_UPLOAD,
                         RIGHT_PHOTOS_EDIT}},
    {ROLE_CITIZEN_ATTENTION, {RIGHT_AGENDA_READ, RIGHT_REPORT_READ, RIGHT_STRATEGY_READ, RIGHT_PRESS_READ, RIGHT_PHOTOS_READ}},
    {ROLE_READER, {RIGHT_AGENDA_READ, RIGHT_REPORT_READ, RIGHT_STRATEGY_READ, RIGHT_PRESS_READ, RIGHT_PHOTOS_READ}},
};

static bool seed_rights(Ctx *ctx)
{
    for (size_t g = 0; g < COUNT(grants); g++)
        for (const RightName *r = grants[g].rights; *r; r++)
            if (!people_role_set(ctx, grants[g].role, *r, true))
                return false;
    return true;
}

static bool seed_area(Ctx *ctx, i64 parent, i64 level, const char *name, i64 *id_out)
{
    *id_out = id_new(ctx->now);
    return db_write(ctx, &q_people_area_add, I(*id_out), I_OR_NULL(parent), T(name), T(text_slug(ctx->arena, name)), I(level));
}

static bool seed_post(Ctx *ctx, i64 area, i64 rank, const char *title)
{
    return db_write(ctx, &q_people_post_add, I(id_new(ctx->now)), I(area), T(title), I(rank), I_OR_NULL(0));
}

/* The hierarchy of the monthly report of July 2022; the titles are the city's own words. */
bool people_seed(Ctx *ctx)
{
    i64 direction, coordination, networks, attention;
    return people_may(ctx, RIGHT_PEOPLE_EDIT) &&
           seed_area(ctx, 0, 1, "Dirección General de Comunicación Social", &direction) &&
           seed_area(ctx, direction, 2, "Coordinación de Difusión y Comunicación Digital", &coordination) &&
           seed_area(ctx, coordination, 3, "Redes Sociales", &networks) &&
           seed_area(ctx, direction, 2, "Atención Ciudadana", &attention) &&
           seed_post(ctx, direction, 1, "Dirección General, vocería oficial") &&
           seed_post(ctx, coordination, 2, "Coordinación de Difusión y Comunicación Digital") &&
           seed_post(ctx, networks, 3, "Titular de Redes Sociales") &&
           seed_post(ctx, attention, 2, "Enlace de Atención Ciudadana") && seed_rights(ctx) &&
           journal(ctx, "area", direction, "seeded");
}
