/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_test_office.h: who writes, approves and publishes, for the tests of this room: each step in a transaction of its own. */
#pragma once
#include "desks/press/flow/press_flow.h"
#include "desks/press/press_pages.h"
#include "store/queue.h"
#include "store/store_test.h"
#include "store/worker.h"

typedef struct Newsroom {
    StoreTest *t;
    i64 writer_id, editor_id, second_id, director_id;
    Actor writer, editor, second, director; /* the director holds the post of signing rank */
} Newsroom;

/* ---- steps: what a person does ---- */
typedef struct Step Step;
struct Step {
    bool (*verb)(Ctx *ctx, Step *s);
    i64 id, version;
    ReleaseDraft draft;
    VersionKind kind;
    const char *text;
    Schedule schedule;
    FileDraft file;
    i64 made; /* what it made */
};

UNUSED static bool step_create(Ctx *ctx, Step *s)
{
    return press_create(ctx, &s->draft, &s->made);
}
UNUSED static bool step_change(Ctx *ctx, Step *s)
{
    return press_change(ctx, s->id, s->version, &s->draft, s->kind);
}
UNUSED static bool step_restore(Ctx *ctx, Step *s)
{
    return press_restore(ctx, s->id, NONE, s->version);
}
UNUSED static bool step_discard(Ctx *ctx, Step *s)
{
    return press_discard(ctx, s->id, s->version);
}
UNUSED static bool step_slug(Ctx *ctx, Step *s)
{
    return press_set_slug(ctx, s->id, s->version, s->text);
}
UNUSED static bool step_send(Ctx *ctx, Step *s)
{
    return press_send(ctx, s->id, s->version);
}
UNUSED static bool step_return(Ctx *ctx, Step *s)
{
    return press_return(ctx, s->id, s->version, s->text);
}
UNUSED static bool step_approve(Ctx *ctx, Step *s)
{
    return press_approve(ctx, s->id, s->version, s->text);
}
UNUSED static bool step_schedule(Ctx *ctx, Step *s)
{
    return press_schedule(ctx, s->id, s->version, &s->schedule);
}
UNUSED static bool step_unschedule(Ctx *ctx, Step *s)
{
    return press_unschedule(ctx, s->id, s->version);
}
UNUSED static bool step_publish(Ctx *ctx, Step *s)
{
    return press_publish(ctx, s->id, s->version, test_key());
}
UNUSED static bool step_publish_unsigned(Ctx *ctx, Step *s)
{
    return press_publish(ctx, s->id, s->version, NULL);
}
UNUSED static bool step_correct(Ctx *ctx, Step *s)
{
    return press_correct(ctx, s->id, s->version, &s->draft, s->text, test_key());
}
UNUSED static bool step_withdraw(Ctx *ctx, Step *s)
{
    return press_withdraw(ctx, s->id, s->version, s->text);
}
UNUSED static bool step_override(Ctx *ctx, Step *s)
{
    return press_override(ctx, s->id, s->version, s->text, test_key());
}
UNUSED static bool step_comment(Ctx *ctx, Step *s)
{
    return press_comment(ctx, s->id, s->text, NULL, &s->made);
}
UNUSED static bool step_resolve(Ctx *ctx, Step *s)
{
    return press_comment_resolve(ctx, s->id, s->version != 0);
}
UNUSED static bool step_file(Ctx *ctx, Step *s)
{
    return press_file_add(ctx, s->id, s->version, &s->file, &s->made);
}
UNUSED static bool step_file_words(Ctx *ctx, Step *s)
{
    return press_file_change(ctx, s->id, &s->file);
}
UNUSED static bool step_file_remove(Ctx *ctx, Step *s)
{
    return press_file_remove(ctx, s->id);
}

UNUSED static bool take_step(Ctx *ctx, void *data)
{
    Step *s = data;
    return s->verb(ctx, s);
}

/* As who: done, or refused with that kind of fault. */
UNUSED static i64 done(Newsroom *n, const Actor *who, Step s)
{
    Ctx *ctx = &n->t->ctx;
    ctx->actor = who;
    ctx->now += CLOCK_SECOND;
    test_write(ctx, take_step, &s);
    ctx->actor = &actor_system;
    return s.made;
}

UNUSED static const char *refused(Newsroom *n, const Actor *who, Step s, FaultKind kind)
{
    Ctx *ctx = &n->t->ctx;
    ctx->actor = who;
    g_assert_false(db_transact(ctx, take_step, &s));
    const char *said = ctx->fault.field ? ctx->fault.field : ctx->fault.what;
    assert_fault(ctx, kind);
    ctx->actor = &actor_system;
    return said;
}

/* ---- the office ---- */
UNUSED static bool hire(Ctx *ctx, void *data)
{
    Newsroom *n = data;
    return people_seed(ctx) &&
           people_add(ctx, &(PersonDraft){"iris@sanluis.example", "Iris", NULL, ROLE_COMMUNITY_MANAGER, 0}, &n->writer_id) &&
           people_add(ctx, &(PersonDraft){"sofia@sanluis.example", "Sofía", NULL, ROLE_EDITOR, 0}, &n->editor_id) &&
           people_add(ctx, &(PersonDraft){"bruno@sanluis.example", "Bruno", NULL, ROLE_EDITOR, 0}, &n->second_id) &&
           people_add(ctx, &(PersonDraft){"dalia@sanluis.example", "Dalia", NULL, ROLE_DIRECTOR, 0}, &n->director_id) &&
           people_hold_post(ctx, ((const Post *)people_posts(ctx).items)->id, n->director_id);
}

UNUSED static Actor actor_of(StoreTest *t, i64 id, const char *name, Role role)
{
    return (Actor){.id = id, .name = name, .rights = people_rights_of(&t->ctx, role)};
}

UNUSED static Newsroom newsroom(StoreTest *t)
{
    Newsroom n = {.t = t};
    test_write(&t->ctx, hire, &n);
    n.writer = actor_of(t, n.writer_id, "Iris", ROLE_COMMUNITY_MANAGER);
    n.editor = actor_of(t, n.editor_id, "Sofía", ROLE_EDITOR);
    n.second = actor_of(t, n.second_id, "Bruno", ROLE_EDITOR);
    n.director = actor_of(t, n.director_id, "Dalia", ROLE_DIRECTOR);
    test_script(&t->ctx, "INSERT INTO press_topic (slug, name, sensitive, in_silence) VALUES ('obra-publica', 'Obra pública', 0, 0), "
                         "('salud', 'Salud', 0, 1), ('proteccion-civil', 'Protección civil', 0, 1), ('justicia', 'Justicia', 1, 0)");
    return n;
}

#define STEP(verb_, ...)          ((Step){.verb = verb_, .version = NONE, __VA_ARGS__})
#define STEP_AT(verb_, at_, ...) ((Step){.verb = verb_, .version = at_, __VA_ARGS__}) /* with the version that was seen */

UNUSED static ReleaseDraft words(const char *title, const char *topics)
{
    return (ReleaseDraft){
        .title = title, .lead = "Se invierten 12 millones.", .body = "Este jueves **arranca** el bacheo.\n\n- Ocho cuadrillas.", .topics = topics,
    };
}

UNUSED static const Release *look(Newsroom *n, i64 id)
{
    const Release *r = press_find(&n->t->ctx, id);
    assert_no_fault(&n->t->ctx);
    return r;
}

UNUSED static void assert_state(Newsroom *n, i64 id, ReleaseState state)
{
    g_assert_cmpstr(word_name(press_state_words, (int)look(n, id)->state), ==, word_name(press_state_words, (int)state));
}

UNUSED static i64 draft_of(Newsroom *n, const char *title, const char *topics)
{
    return done(n, &n->writer, STEP(step_create, .draft = words(title, topics)));
}

UNUSED static i64 approved_of(Newsroom *n, const char *title, const char *topics)
{
    i64 id = draft_of(n, title, topics);
    done(n, &n->writer, STEP(step_send, .id = id));
    done(n, &n->editor, STEP(step_approve, .id = id));
    return id;
}

UNUSED static i64 published_of(Newsroom *n, const char *title, const char *topics)
{
    i64 id = approved_of(n, title, topics);
    done(n, &n->editor, STEP(step_publish, .id = id));
    return id;
}

UNUSED static i64 count_of(Newsroom *n, const char *sql)
{
    Query q = {.name = "count", .sql = sql};
    i64 count = db_number_(&n->t->ctx, &q, BINDS(I(0)));
    assert_no_fault(&n->t->ctx);
    return count;
}

/* ---- the worker, at this instant ---- */
UNUSED static bool do_due(Ctx *ctx, void *data)
{
    const JobTools tools = {.seal_key = test_key()};
    const Job *leased = queue_lease(ctx, CLOCK_MINUTE);
    *(bool *)data = leased != NULL;
    if (!leased)
        return !faulted(ctx);
    Job job = *leased;
    job.tools = &tools;
    for (const JobHandler *h = press_jobs; h->kind; h++)
        if (text_same(h->kind, job.kind))
            return h->apply(ctx, &job, NULL) && queue_done(ctx, &job);
    return queue_done(ctx, &job);
}

UNUSED static void work(Newsroom *n)
{
    bool more = true;
    n->t->ctx.actor = &actor_system;
    while (more)
        test_write(&n->t->ctx, do_due, &more);
}
