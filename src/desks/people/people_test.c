/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* people_test.c: the rules of the people room, a sentence each. */
#include "desks/people/people_pages.h"
#include "desks/people/people_test_office.h"
#include "web/page.h"
#include "web/web_test.h"

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

static bool add_admin(Ctx *ctx, void *data)
{
    return people_add(ctx, &(PersonDraft){"ana@sanluis.example", "Ana", NULL, ROLE_ADMIN, 0}, data);
}

/* Standing in first and naming the administrator holder afterwards gives no more than the other way round. */
static void nobody_becomes_administrator_by_standing_in(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    i64 post = ((const Post *)people_posts(&t->ctx).items)->id, now = t->ctx.now, admin;
    test_write(&t->ctx, add_admin, &admin);
    Actor actor;
    act_as(&o, o.director, &actor);
    test_write(&t->ctx, hold, &(StandIn){post, admin, 0, 0});
    g_assert_true(refused(&o, stand_in, &(StandIn){post, o.director, now, now + CLOCK_DAY}, FAULT_FORBIDDEN));
    test_write(&t->ctx, hold, &(StandIn){post, 0, 0, 0});
    test_write(&t->ctx, stand_in, &(StandIn){post, o.director, now + CLOCK_DAY, now + 2 * CLOCK_DAY});
    g_assert_true(refused(&o, hold, &(StandIn){post, admin, 0, 0}, FAULT_FORBIDDEN));
    test_write(&t->ctx, hold, &(StandIn){post, o.editor, 0, 0});
}

static bool token_for(Ctx *ctx, void *data)
{
    const char *token;
    return people_token_make(ctx, *(i64 *)data, "informes", "desk", 0, &token);
}

static bool link_for(Ctx *ctx, void *data)
{
    const char *token;
    return people_reset_make(ctx, *(i64 *)data, &token);
}

/* ---- the matrix ---- */
static bool let_editors_rule(Ctx *ctx, void *data)
{
    return people_role_set(ctx, ROLE_EDITOR, RIGHT_ROLES_EDIT, true);
}

static void who_rules_the_matrix_is_touched_by_none_below(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    test_write(&t->ctx, let_editors_rule, NULL);
    Actor actor;
    act_as(&o, o.director, &actor);
    g_assert_true(refused(&o, change_role, &(Change){o.director, NONE, ROLE_EDITOR}, FAULT_FORBIDDEN));
    g_assert_true(refused(&o, change_role, &(Change){o.editor, NONE, ROLE_READER}, FAULT_FORBIDDEN));
    g_assert_true(refused(&o, add_wrong, &(PersonDraft){"ana@sanluis.example", "Ana", NULL, ROLE_EDITOR, 0}, FAULT_FORBIDDEN));
    g_assert_true(refused(&o, block, &o.editor, FAULT_FORBIDDEN));
    g_assert_true(refused(&o, token_for, &o.editor, FAULT_FORBIDDEN));
    g_assert_true(refused(&o, link_for, &o.editor, FAULT_FORBIDDEN));
    test_write(&t->ctx, token_for, &o.photographer);
    test_write(&t->ctx, link_for, &o.photographer);
}

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
    assert_has(page_test_get(&p, "/entrar?volver=%2Fmesa%2Fyo"), "name=\"volver\" value=\"/mesa/yo\"");
    assert_has(page_test_get(&p, "/entrar?volver=https%3A%2F%2Felsewhere.example"), "name=\"volver\" value=\"/mesa\"");
    a = page_test_post(&p, "/entrar", "mail=sofia%40sanluis.example&password=una+frase+larga+y+tranquila&volver=%2Fmesa%2Fyo");
    g_assert_cmpint(a->status, ==, 303);
    g_assert_true(text_ends(page_test_header(a, "Location"), "/mesa/yo"));
    g_assert_nonnull(strstr(page_test_header(a, "Set-Cookie"), "HttpOnly"));
    a = page_test_post(&p, "/entrar", "mail=sofia%40sanluis.example&password=no&volver=https%3A%2F%2Felsewhere.example");
    g_assert_cmpint(a->status, ==, 401);
    assert_page_sound(a);
    assert_has_not(a, "elsewhere.example");
    a = page_test_post(&p, "/entrar", "mail=sofia%40sanluis.example&password=no&volver=%2Fmesa%2Fyo");
    assert_has(a, "name=\"volver\" value=\"/mesa/yo\"");
    page_test_close(&p);
}

static void a_wrong_present_password_is_said_and_counted(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    PageTest p;
    page_test_open(&p, t, routes);
    page_test_as(&p, &(Actor){.id = o.editor, .name = "Sofía", .rights = 1u << LOGIN});
    const char *form = "current=no+es+esta&password=una+frase+nueva+y+larga";
    for (int i = 0; i < 4; i++) {
        const PageAnswer *a = page_test_post(&p, "/mesa/yo/clave", form);
        g_assert_cmpint(a->status, ==, 422);
        assert_has(a, "aria-invalid");
        assert_page_sound(a);
    }
    g_assert_cmpint(page_test_post(&p, "/mesa/yo/clave", form)->status, ==, 429);
    const PageAnswer *a = page_test_send_json(&p, "/mesa/yo/clave", "{\"current\":\"x\",\"password\":\"una frase nueva y larga\"}");
    g_assert_cmpint(a->status, ==, 429);
    assert_has(a, "{\"error\":{\"kind\":\"too_many\"");
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
    STORE_TEST("people", an_acting_head_has_the_holders_rights_for_that_time);
    STORE_TEST("people", two_acting_heads_at_once_are_refused);
    STORE_TEST("people", nobody_becomes_administrator_by_standing_in);
    STORE_TEST("people", who_rules_the_matrix_is_touched_by_none_below);
    STORE_TEST("people", the_matrix_changes_what_a_role_may);
    STORE_TEST("people", login_over_http);
    STORE_TEST("people", a_wrong_present_password_is_said_and_counted);
    STORE_TEST("people", every_page_is_sound);
    STORE_TEST("people", a_form_keeps_what_was_typed);
    STORE_TEST("people", programs_get_the_record);
    return g_test_run();
}
