/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* people_test.c: the rules of the people room, a sentence each. */
#include "base/id.h"
#include "base/text.h"
#include "desks/people/people_pages.h"
#include "desks/people/people_room.h"
#include "store/store_test.h"
#include "web/page.h"
#include "web/web_test.h"

#define PASSWORD "una frase larga y tranquila"

/* ---- a small office ---- */
typedef struct Office {
    StoreTest *t;
    i64 director, editor, photographer;
    Actor admin;
} Office;

typedef bool Rule(Ctx *ctx, void *data);

static bool refused(Office *o, Rule *rule, void *data, FaultKind kind)
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

static Office open_office(StoreTest *t)
{
    Office o = {.t = t};
    test_write(&t->ctx, hire, &o);
    return o;
}

static void act_as(Office *o, i64 person, Actor *actor)
{
    const Person *p = people_find(&o->t->ctx, person);
    *actor = (Actor){.id = p->id, .name = p->name, .rights = people_rights_of_person(&o->t->ctx, p)};
    o->t->ctx.actor = actor;
}

/* ---- persons ---- */
static bool add_twice(Ctx *ctx, void *data)
{
    i64 id;
    return people_add(ctx, &(PersonDraft){"  SOFIA@sanluis.example ", "Otra Sofía", NULL, ROLE_READER, 0}, &id);
}

static void a_mail_comes_in_once_whatever_its_case(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    g_assert_true(refused(&o, add_twice, NULL, FAULT_INVALID));
}

static bool add_wrong(Ctx *ctx, void *data)
{
    i64 id;
    return people_add(ctx, data, &id);
}

static void a_person_needs_a_mail_and_a_name(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    g_assert_true(refused(&o, add_wrong, &(PersonDraft){"no mail", "Ana", NULL, ROLE_READER, 0}, FAULT_INVALID));
    g_assert_true(refused(&o, add_wrong, &(PersonDraft){"ana@sanluis.example", "   ", NULL, ROLE_READER, 0}, FAULT_INVALID));
    g_assert_true(refused(&o, add_wrong, &(PersonDraft){"ana@sanluis.example", "A\u202Ena", NULL, ROLE_READER, 0}, FAULT_INVALID));
}

static void who_may_not_edit_people_changes_nothing(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    Actor actor;
    act_as(&o, o.photographer, &actor);
    g_assert_true(refused(&o, add_wrong, &(PersonDraft){"ana@sanluis.example", "Ana", NULL, ROLE_READER, 0}, FAULT_FORBIDDEN));
}

static void a_director_makes_no_administrator(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    Actor actor;
    act_as(&o, o.director, &actor);
    g_assert_true(refused(&o, add_wrong, &(PersonDraft){"ana@sanluis.example", "Ana", NULL, ROLE_ADMIN, 0}, FAULT_FORBIDDEN));
}

typedef struct Change {
    i64 id, version;
    Role role;
} Change;

static bool change_role(Ctx *ctx, void *data)
{
    const Change *c = data;
    return people_set_role(ctx, c->id, c->role, c->version);
}

static void the_second_editor_loses(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    test_write(&t->ctx, change_role, &(Change){o.editor, 1, ROLE_COORDINATOR});
    g_assert_true(refused(&o, change_role, &(Change){o.editor, 1, ROLE_READER}, FAULT_STALE));
    g_assert_cmpint(people_find(&t->ctx, o.editor)->role, ==, ROLE_COORDINATOR);
}

static void the_last_administrator_stays(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    test_write(&t->ctx, change_role, &(Change){o.editor, NONE, ROLE_ADMIN});
    g_assert_true(refused(&o, change_role, &(Change){o.editor, NONE, ROLE_EDITOR}, FAULT_CONFLICT));
    test_write(&t->ctx, change_role, &(Change){o.director, NONE, ROLE_ADMIN});
    test_write(&t->ctx, change_role, &(Change){o.editor, NONE, ROLE_EDITOR});
}

/* ---- passwords ---- */
static void weak_passwords_are_refused(StoreTest *t, const void *unused)
{
    const char *weak[] = {"", "corta", "aaaaaaaaaaaa", "Contraseña1", "1234567890", "\xff\xfe\xfd zzzzzzzzz"};
    for (size_t i = 0; i < COUNT(weak); i++) {
        g_assert_null(people_password_hash(&t->ctx, weak[i]));
        assert_fault(&t->ctx, FAULT_INVALID);
    }
}

typedef struct Entry {
    const char *mail, *password, *session;
    const Verdict *verdict;
} Entry;

static bool enter(Ctx *ctx, void *data)
{
    Entry *e = data;
    return people_enter(ctx, e->mail, "192.0.2.7", e->verdict, "Firefox · Linux", &e->session);
}

static const char *come_in(Ctx *ctx, const char *mail, const char *password)
{
    Entry e = {.mail = mail, .password = password};
    e.verdict = people_try(ctx, mail, "192.0.2.7", password);
    test_write(ctx, enter, &e);
    return e.session;
}

static void the_right_password_opens_a_session(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    const char *session = come_in(&t->ctx, "Sofia@sanluis.example", PASSWORD);
    g_assert_nonnull(session);
    Actor actor = {0};
    g_assert_true(people_who_session(&t->ctx, people_secret_hash(&t->ctx, session), &actor));
    g_assert_cmpint(actor.id, ==, o.editor);
    g_assert_false(people_who_session(&t->ctx, people_secret_hash(&t->ctx, "made up"), &actor));
}

static void unknown_and_wrong_get_the_same_answer(StoreTest *t, const void *unused)
{
    open_office(t);
    const Verdict *wrong = people_try(&t->ctx, "sofia@sanluis.example", "192.0.2.7", "otra frase distinta");
    const Verdict *unknown = people_try(&t->ctx, "nadie@sanluis.example", "192.0.2.7", "otra frase distinta");
    g_assert_cmpmem(wrong, sizeof *wrong, unknown, sizeof *unknown);
}

static void trying_again_and_again_has_to_wait(StoreTest *t, const void *unused)
{
    open_office(t);
    for (int i = 0; i < 4; i++)
        g_assert_null(come_in(&t->ctx, "sofia@sanluis.example", "otra frase distinta"));
    g_assert_null(come_in(&t->ctx, "sofia@sanluis.example", PASSWORD));
    t->ctx.now += 10 * CLOCK_MINUTE;
    g_assert_nonnull(come_in(&t->ctx, "sofia@sanluis.example", PASSWORD));
}

static void a_session_ends_by_idling_and_by_age(StoreTest *t, const void *unused)
{
    open_office(t);
    const char *hash = people_secret_hash(&t->ctx, come_in(&t->ctx, "sofia@sanluis.example", PASSWORD));
    Actor actor = {0};
    t->ctx.now += SESSION_IDLE - CLOCK_MINUTE;
    g_assert_true(people_who_session(&t->ctx, hash, &actor));
    t->ctx.now += 2 * CLOCK_MINUTE;
    g_assert_false(people_who_session(&t->ctx, hash, &actor));
}

static bool keep_using(Ctx *ctx, void *data)
{
    return people_note_seen(ctx, *(i64 *)data);
}

static void a_session_in_use_ends_after_thirty_days(StoreTest *t, const void *unused)
{
    open_office(t);
    const char *hash = people_secret_hash(&t->ctx, come_in(&t->ctx, "sofia@sanluis.example", PASSWORD));
    Actor actor = {0};
    for (i64 end = t->ctx.now + SESSION_END - CLOCK_HOUR; t->ctx.now < end; t->ctx.now += 6 * CLOCK_HOUR) {
        g_assert_true(people_who_session(&t->ctx, hash, &actor));
        test_write(&t->ctx, keep_using, &actor.session);
    }
    t->ctx.now += 6 * CLOCK_HOUR;
    g_assert_false(people_who_session(&t->ctx, hash, &actor));
}

static bool block(Ctx *ctx, void *data)
{
    return people_set_state(ctx, *(i64 *)data, PERSON_BLOCKED, NONE);
}

static void a_blocked_person_is_out_at_once(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    const char *hash = people_secret_hash(&t->ctx, come_in(&t->ctx, "sofia@sanluis.example", PASSWORD));
    Actor actor = {0};
    test_write(&t->ctx, block, &o.editor);
    g_assert_false(people_who_session(&t->ctx, hash, &actor));
    g_assert_null(come_in(&t->ctx, "sofia@sanluis.example", PASSWORD));
}

/* ---- links and tokens ---- */
typedef struct Reset {
    i64 person;
    const char *token, *hash;
} Reset;

static bool make_link(Ctx *ctx, void *data)
{
    Reset *r = data;
    return people_reset_make(ctx, r->person, &r->token);
}

static bool use_link(Ctx *ctx, void *data)
{
    const Reset *r = data;
    return people_reset_use(ctx, r->token, r->hash);
}

static void a_reset_link_works_once_and_a_day_long(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    Reset r = {.person = o.editor, .hash = people_password_hash(&t->ctx, "otra frase, igual de larga")};
    test_write(&t->ctx, make_link, &r);
    test_write(&t->ctx, use_link, &r);
    g_assert_nonnull(come_in(&t->ctx, "sofia@sanluis.example", "otra frase, igual de larga"));
    g_assert_true(refused(&o, use_link, &r, FAULT_GONE));
    test_write(&t->ctx, make_link, &r);
    t->ctx.now += RESET_END + 1;
    g_assert_true(refused(&o, use_link, &r, FAULT_GONE));
}

typedef struct NewToken {
    i64 person, ends;
    const char *scope, *token;
} NewToken;

static bool make_token(Ctx *ctx, void *data)
{
    NewToken *n = data;
    return people_token_make(ctx, n->person, "tablero", n->scope, n->ends, &n->token);
}

static void a_token_has_scope_and_end(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    NewToken n = {.person = o.editor, .scope = "read", .ends = t->ctx.now + CLOCK_DAY};
    test_write(&t->ctx, make_token, &n);
    Actor actor = {0};
    const char *hash = people_secret_hash(&t->ctx, n.token);
    g_assert_true(people_who_token(&t->ctx, hash, &actor));
    g_assert_true(actor.reads_only);
    t->ctx.now += CLOCK_DAY;
    g_assert_false(people_who_token(&t->ctx, hash, &actor));
    n.scope = "everything";
    g_assert_true(refused(&o, make_token, &n, FAULT_INVALID));
}

/* ---- posts ---- */
typedef struct StandIn {
    i64 post, person, from, to;
} StandIn;

static bool stand_in(Ctx *ctx, void *data)
{
    const StandIn *s = data;
    return people_act_for(ctx, s->post, s->person, s->from, s->to);
}

static bool hold(Ctx *ctx, void *data)
{
    const StandIn *s = data;
    return people_hold_post(ctx, s->post, s->person);
}

static void an_acting_head_has_the_holders_rights_for_that_time(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    Ctx *ctx = &t->ctx;
    i64 post = ((const Post *)people_posts(ctx).items)->id;
    test_write(ctx, hold, &(StandIn){post, o.director, 0, 0});
    i64 from = ctx->now + CLOCK_DAY;
    test_write(ctx, stand_in, &(StandIn){post, o.editor, from, from + CLOCK_DAY});
    const Person *editor = people_find(ctx, o.editor);
    g_assert_false(people_rights_of_person(ctx, editor) >> RIGHT_PEOPLE_EDIT & 1);
    ctx->now = from;
    g_assert_true(people_rights_of_person(ctx, editor) >> RIGHT_PEOPLE_EDIT & 1);
    g_assert_cmpint(((const Post *)people_posts(ctx).items)->acting, ==, o.editor);
    ctx->now = from + CLOCK_DAY;
    g_assert_false(people_rights_of_person(ctx, editor) >> RIGHT_PEOPLE_EDIT & 1);
}

static void two_acting_heads_at_once_are_refused(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    i64 post = ((const Post *)people_posts(&t->ctx).items)->id, now = t->ctx.now;
    test_write(&t->ctx, stand_in, &(StandIn){post, o.editor, now, now + CLOCK_DAY});
    g_assert_true(refused(&o, stand_in, &(StandIn){post, o.photographer, now + CLOCK_HOUR, now + 2 * CLOCK_DAY}, FAULT_CONFLICT));
    test_write(&t->ctx, stand_in, &(StandIn){post, o.photographer, now + CLOCK_DAY, now + 2 * CLOCK_DAY});
}

/* ---- the matrix ---- */
static bool take_right(Ctx *ctx, void *data)
{
    return people_role_set(ctx, ROLE_EDITOR, RIGHT_AGENDA_EDIT, false);
}

static bool change_admin(Ctx *ctx, void *data)
{
    return people_role_set(ctx, ROLE_ADMIN, RIGHT_AGENDA_EDIT, false);
}

static void the_matrix_changes_what_a_role_may(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    g_assert_true(people_rights_of(&t->ctx, ROLE_EDITOR) >> RIGHT_AGENDA_EDIT & 1);
    test_write(&t->ctx, take_right, NULL);
    g_assert_false(people_rights_of(&t->ctx, ROLE_EDITOR) >> RIGHT_AGENDA_EDIT & 1);
    g_assert_true(refused(&o, change_admin, NULL, FAULT_CONFLICT));
}

/* ---- pages ---- */
static const Route *const routes[] = {people_self_routes, people_routes, NULL};

static void login_over_http(StoreTest *t, const void *unused)
{
    open_office(t);
    PageTest p;
    page_test_open(&p, t, routes);
    page_test_as(&p, NULL);
    const PageAnswer *a = page_test_get(&p, "/entrar");
    g_assert_cmpint(a->status, ==, 200);
    assert_page_sound(a);
    a = page_test_post(&p, "/entrar", "mail=sofia%40sanluis.example&password=una+frase+larga+y+tranquila&volver=%2Fmesa%2Fyo");
    g_assert_cmpint(a->status, ==, 303);
    g_assert_true(text_ends(page_test_header(a, "Location"), "/mesa/yo"));
    g_assert_nonnull(strstr(page_test_header(a, "Set-Cookie"), "HttpOnly"));
    a = page_test_post(&p, "/entrar", "mail=sofia%40sanluis.example&password=no&volver=https%3A%2F%2Felsewhere.example");
    g_assert_cmpint(a->status, ==, 401);
    assert_page_sound(a);
    page_test_close(&p);
}

static void every_page_is_sound(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    PageTest p;
    page_test_open(&p, t, routes);
    page_test_as(&p, &(Actor){.id = o.editor, .name = "Sofía", .rights = ~UINT64_C(0)});
    const char *paths[] = {"/mesa/yo", "/mesa/personas", "/mesa/personas/nueva", "/mesa/puestos", "/mesa/roles",
                           arena_printf(t->ctx.arena, "/mesa/personas/%s", id_text(t->ctx.arena, o.editor))};
    for (size_t i = 0; i < COUNT(paths); i++) {
        const PageAnswer *a = page_test_get(&p, paths[i]);
        g_assert_cmpint(a->status, ==, 200);
        assert_page_sound(a);
        g_assert_cmpint((int)a->queries, <, 30);
    }
    g_assert_cmpint(page_test_get(&p, "/mesa/personas/0000000000009")->status, ==, 404);
    page_test_close(&p);
}

static void a_form_keeps_what_was_typed(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    PageTest p;
    page_test_open(&p, t, routes);
    page_test_as(&p, &(Actor){.id = o.director, .name = "Dalia", .rights = ~UINT64_C(0)});
    const PageAnswer *a = page_test_post(&p, "/mesa/personas", "name=Lupe+%3Cb%3E&mail=wrong&role=editor");
    g_assert_cmpint(a->status, ==, 422);
    assert_has(a, "Lupe &lt;b&gt;");
    assert_page_sound(a);
    page_test_close(&p);
}

static void programs_get_the_record(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    PageTest p;
    page_test_open(&p, t, routes);
    page_test_as(&p, &(Actor){.id = o.director, .name = "Dalia", .rights = ~UINT64_C(0)});
    const PageAnswer *a = page_test_send_json(&p, "/mesa/personas", "{\"name\":\"Lupe\",\"mail\":\"lupe@sanluis.example\",\"role\":\"editor\"}");
    g_assert_cmpint(a->status, ==, 201);
    assert_has(a, "\"role\":\"editor\"");
    assert_has_not(a, "password");
    page_test_close(&p);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    STORE_TEST("people", a_mail_comes_in_once_whatever_its_case);
    STORE_TEST("people", a_person_needs_a_mail_and_a_name);
    STORE_TEST("people", who_may_not_edit_people_changes_nothing);
    STORE_TEST("people", a_director_makes_no_administrator);
    STORE_TEST("people", the_second_editor_loses);
    STORE_TEST("people", the_last_administrator_stays);
    STORE_TEST("people", weak_passwords_are_refused);
    STORE_TEST("people", the_right_password_opens_a_session);
    STORE_TEST("people", unknown_and_wrong_get_the_same_answer);
    STORE_TEST("people", trying_again_and_again_has_to_wait);
    STORE_TEST("people", a_session_ends_by_idling_and_by_age);
    STORE_TEST("people", a_session_in_use_ends_after_thirty_days);
    STORE_TEST("people", a_blocked_person_is_out_at_once);
    STORE_TEST("people", a_reset_link_works_once_and_a_day_long);
    STORE_TEST("people", a_token_has_scope_and_end);
    STORE_TEST("people", an_acting_head_has_the_holders_rights_for_that_time);
    STORE_TEST("people", two_acting_heads_at_once_are_refused);
    STORE_TEST("people", the_matrix_changes_what_a_role_may);
    STORE_TEST("people", login_over_http);
    STORE_TEST("people", every_page_is_sound);
    STORE_TEST("people", a_form_keeps_what_was_typed);
    STORE_TEST("people", programs_get_the_record);
    return g_test_run();
}
