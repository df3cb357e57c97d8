/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_set_up_test.c: topics, templates and times of silence: what they refuse, and their pages. */
#include "desks/press/flow/press_test_office.h"
#include "desks/press/setup/press_set_up.h"
#include "web/web_test.h"

typedef struct Set {
    const char *slug;
    PressTopic topic;
    ReleaseTemplate template;
    Silence silence;
    i64 id, version;
} Set;

static bool set_topic(Ctx *ctx, void *data)
{
    Set *s = data;
    return press_topic_set(ctx, s->slug, s->version, &s->topic);
}
static bool set_template(Ctx *ctx, void *data)
{
    Set *s = data;
    return press_template_set(ctx, s->id, s->version, &s->template, &s->id);
}
static bool set_silence(Ctx *ctx, void *data)
{
    Set *s = data;
    return press_silence_set(ctx, s->id, s->version, &s->silence, &s->id);
}
static bool drop_silence(Ctx *ctx, void *data)
{
    Set *s = data;
    return press_silence_drop(ctx, s->id, s->version);
}
static bool seed(Ctx *ctx, void *data)
{
    return press_seed(ctx);
}

static void does(Newsroom *n, bool (*verb)(Ctx *ctx, void *data), Set *set)
{
    n->t->ctx.actor = &n->director;
    test_write(&n->t->ctx, verb, set);
}

static void refuses(Newsroom *n, const Actor *who, bool (*verb)(Ctx *ctx, void *data), Set set, FaultKind kind, const char *field)
{
    n->t->ctx.actor = who;
    g_assert_false(db_transact(&n->t->ctx, verb, &set));
    g_assert_cmpstr(n->t->ctx.fault.field, ==, field);
    assert_fault(&n->t->ctx, kind);
}

/* ---- topics ---- */

static void a_topic_is_one_word_whatever_its_accents(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    does(&n, set_topic, &(Set){.version = NONE, .topic = {.name = "  Medio   ambiente "}});
    t->ctx.actor = &n.director;
    g_assert_cmpstr(press_topic_of(&t->ctx, "Medio Ambiente")->slug, ==, "medio-ambiente");
    g_assert_cmpstr(press_topic_of(&t->ctx, "medio ambiente")->name, ==, "Medio ambiente");
    refuses(&n, &n.director, set_topic, (Set){.version = NONE, .topic = {.name = "MEDIO AMBIENTE"}}, FAULT_INVALID, "name");
    refuses(&n, &n.director, set_topic, (Set){.version = NONE, .topic = {.name = "…"}}, FAULT_INVALID, "name");
    refuses(&n, &n.director, set_topic, (Set){.version = NONE, .topic = {.name = "dos\nlíneas"}}, FAULT_INVALID, "name");
    refuses(&n, &n.director, set_topic, (Set){.version = NONE}, FAULT_INVALID, "name");
    refuses(&n, &n.editor, set_topic, (Set){.version = NONE, .topic = {.name = "Turismo"}}, FAULT_FORBIDDEN, NULL);
    refuses(&n, &n.director, set_topic, (Set){.slug = "medio-ambiente", .version = NONE, .topic = {.name = "Parques"}}, FAULT_INVALID, "name");
    refuses(&n, &n.director, set_topic, (Set){.slug = "no-hay", .version = NONE, .topic = {.name = "No hay"}}, FAULT_NOT_FOUND, NULL);
    does(&n, set_topic, &(Set){.slug = "medio-ambiente", .version = 1, .topic = {.name = "Medio Ambiente", .sensitive = true}});
    refuses(&n, &n.director, set_topic, (Set){.slug = "medio-ambiente", .version = 1, .topic = {.name = "Medio ambiente"}}, FAULT_STALE, NULL);
}

static void what_is_sensitive_needs_two_approvals_from_then_on(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    i64 id = draft_of(&n, "Parques nuevos", "Obra pública");
    g_assert_false(look(&n, id)->sensitive);
    does(&n, set_topic, &(Set){.slug = "obra-publica", .version = NONE, .topic = {.name = "Obra pública", .sensitive = true}});
    t->ctx.actor = &actor_system;
    g_assert_true(look(&n, id)->sensitive);
}

static void topics_tell_how_much_is_public_of_them(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    published_of(&n, "Uno", "Obra pública");
    published_of(&n, "Dos", "Obra pública\nSalud");
    List topics = press_topics(&t->ctx);
    i64 works = 0;
    for (const PressTopic *p = topics.items, *end = p + topics.count; p < end; p++)
        if (text_same(p->slug, "obra-publica"))
            works = p->releases;
    g_assert_cmpint(works, ==, 2);
}

/* ---- templates ---- */

static const ReleaseTemplate works = {.name = "Obra", .title = "Arranca [obra]", .body = "## Lo que se hará\n\n- [Trabajo]", .topics = "Obra pública"};

static void a_template_becomes_a_draft(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    Set s = {.version = NONE, .template = works};
    i64 release;
    does(&n, set_template, &s);
    t->ctx.actor = &n.writer;
    g_assert_true(db_begin(&t->ctx));
    g_assert_true(press_create_from_template(&t->ctx, s.id, &release) && db_commit(&t->ctx));
    g_assert_cmpstr(look(&n, release)->title, ==, "Arranca [obra]");
    g_assert_nonnull(strstr(look(&n, release)->body, "[Trabajo]"));
}

static void a_template_is_refused_without_name_or_text(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    Set s = {.version = NONE, .template = works}, other = s, long_title = s;
    does(&n, set_template, &s);
    refuses(&n, &n.director, set_template, other, FAULT_INVALID, "name"); /* there already */
    other.template.name = "Otra";
    other.template.body = " ";
    refuses(&n, &n.director, set_template, other, FAULT_INVALID, "body");
    long_title.template.name = "Larga";
    long_title.template.title = arena_printf(t->ctx.arena, "%0161d", 7);
    refuses(&n, &n.director, set_template, long_title, FAULT_INVALID, "title");
    refuses(&n, &n.editor, set_template, (Set){.version = NONE, .template = {.name = "X", .body = "y"}}, FAULT_FORBIDDEN, NULL);
    s.template.archived = true;
    s.version = 1;
    does(&n, set_template, &s);
    refuses(&n, &n.director, set_template, s, FAULT_STALE, NULL);
    t->ctx.actor = &n.director;
    g_assert_cmpint((int)press_templates(&t->ctx, false).count, ==, 0);
    g_assert_cmpint((int)press_templates(&t->ctx, true).count, ==, 1);
}

/* ---- silence ---- */

static Silence campaign(const StoreTest *t)
{
    return (Silence){.name = "Proceso electoral", .basis = "Art. 41 constitucional", .from_at = t->ctx.now - CLOCK_DAY, .to_at = t->ctx.now + 30 * CLOCK_DAY};
}

static void silence_holds_what_may_not_speak(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    Set s = {.version = NONE, .silence = campaign(t)};
    i64 works_release = approved_of(&n, "Parques", "Obra pública"), health = approved_of(&n, "Vacunas", "Salud");
    does(&n, set_silence, &s);
    refused(&n, &n.editor, STEP(step_publish, .id = works_release), FAULT_CONFLICT);
    done(&n, &n.editor, STEP(step_publish, .id = health));
    does(&n, drop_silence, &(Set){.id = s.id, .version = 1});
    done(&n, &n.editor, STEP(step_publish, .id = works_release));
}

static void a_time_of_silence_has_an_order_and_a_basis(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    Set good = {.version = NONE, .silence = campaign(t)}, bad = good;
    bad.silence.to_at = bad.silence.from_at;
    refuses(&n, &n.director, set_silence, bad, FAULT_INVALID, "to_at");
    bad.silence.to_at = bad.silence.from_at + 400 * CLOCK_DAY;
    refuses(&n, &n.director, set_silence, bad, FAULT_INVALID, "to_at");
    bad = good;
    bad.silence.from_at = 0;
    refuses(&n, &n.director, set_silence, bad, FAULT_INVALID, "from_at");
    bad = good;
    bad.silence.basis = NULL;
    refuses(&n, &n.director, set_silence, bad, FAULT_INVALID, "basis");
    refuses(&n, &n.editor, set_silence, good, FAULT_FORBIDDEN, NULL);
    does(&n, set_silence, &good);
    good.version = 7;
    refuses(&n, &n.director, set_silence, good, FAULT_STALE, NULL);
    refuses(&n, &n.director, drop_silence, good, FAULT_STALE, NULL);
}

static void what_somebody_answered_for_stays_on_record(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    Set s = {.version = NONE, .silence = campaign(t)};
    does(&n, set_silence, &s);
    i64 release = approved_of(&n, "Parques", "Obra pública");
    done(&n, &n.director, STEP(step_override, .id = release, .text = "Es un aviso de cierre."));
    refuses(&n, &n.director, drop_silence, s, FAULT_CONFLICT, NULL);
}

/* ---- a new city ---- */

static void a_new_city_has_topics_and_templates_once(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    t->ctx.actor = &actor_system;
    test_write(&t->ctx, seed, NULL);
    test_write(&t->ctx, seed, NULL);
    g_assert_cmpint((int)press_topics(&t->ctx).count, ==, 16); /* one of them was there */
    g_assert_cmpint((int)press_templates(&t->ctx, false).count, ==, 3);
    g_assert_true(press_topic_of(&t->ctx, "Seguridad")->sensitive);
    g_assert_true(press_topic_of(&t->ctx, "Protección civil")->in_silence);
    g_assert_false(press_topic_of(&t->ctx, "Obra pública")->in_silence);
    g_assert_nonnull(n.t);
}

/* ---- pages ---- */

static const Route *const routes[] = {press_set_up_routes, NULL};

static void the_pages_are_sound_and_keep_what_was_typed(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    PageTest p;
    page_test_open(&p, t, routes);
    page_test_as(&p, &n.director);
    page_test_status(page_test_post(&p, "/mesa/comunicados/temas", "name=Turismo&in_silence=1&in_silence=0"), 303);
    page_test_status(page_test_post(&p, "/mesa/comunicados/temas/turismo", "name=Turismo&sensitive=0&in_silence=0&version=1"), 303);
    t->ctx.actor = &n.director;
    g_assert_false(press_topic_of(&t->ctx, "Turismo")->in_silence);
    const PageAnswer *page = page_test_status(page_test_get(&p, "/mesa/comunicados/temas"), 200);
    assert_page_sound(page);
    assert_has(page, "Turismo");
    page = page_test_status(page_test_post(&p, "/mesa/comunicados/temas/turismo", "name=Playas&version=2"), 422);
    assert_page_sound(page);
    assert_has(page, "Playas");
    page_test_status(page_test_post(&p, "/mesa/comunicados/plantillas", "name=Obra&body=Texto%20de%20la%20obra&topics=Obra%20p%C3%BAblica"), 303);
    page = page_test_status(page_test_post(&p, "/mesa/comunicados/plantillas", "name=Otra&body=&title=Tecleado"), 422);
    assert_page_sound(page);
    assert_has(page, "Tecleado");
    page = page_test_status(page_test_get(&p, "/mesa/comunicados/plantillas"), 200);
    assert_page_sound(page);
    assert_has(page, "Obra");
    assert_page_sound(page_test_status(page_test_get(&p, "/mesa/comunicados/plantillas/nueva"), 200));
    page_test_status(page_test_post(&p, "/mesa/comunicados/silencio", "name=Proceso&basis=Art.%2041&from_at=2022-08-01T00:00&to_at=2022-08-31T23:59"), 303);
    page = page_test_status(page_test_post(&p, "/mesa/comunicados/silencio", "name=Tecleado&basis=Art.%2041&from_at=2022-08-01T00:00&to_at=2022-07-01T00:00"), 422);
    assert_page_sound(page);
    assert_has(page, "Tecleado");
    page = page_test_status(page_test_get(&p, "/mesa/comunicados/silencio"), 200);
    assert_page_sound(page);
    assert_has(page, "Art. 41");
    assert_has(page, "Protección civil");
    assert_has(page_test_status(page_test_json(&p, "/mesa/comunicados/silencio"), 200), "\"basis\":\"Art. 41\"");
    page_test_as(&p, &n.editor);
    page = page_test_status(page_test_get(&p, "/mesa/comunicados/silencio"), 200);
    assert_page_sound(page);
    assert_has_not(page, "datetime-local");
    page_test_status(page_test_post(&p, "/mesa/comunicados/temas", "name=Otro"), 403);
    page_test_close(&p);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    STORE_TEST("press_set_up", a_topic_is_one_word_whatever_its_accents);
    STORE_TEST("press_set_up", what_is_sensitive_needs_two_approvals_from_then_on);
    STORE_TEST("press_set_up", topics_tell_how_much_is_public_of_them);
    STORE_TEST("press_set_up", a_template_becomes_a_draft);
    STORE_TEST("press_set_up", a_template_is_refused_without_name_or_text);
    STORE_TEST("press_set_up", silence_holds_what_may_not_speak);
    STORE_TEST("press_set_up", a_time_of_silence_has_an_order_and_a_basis);
    STORE_TEST("press_set_up", what_somebody_answered_for_stays_on_record);
    STORE_TEST("press_set_up", a_new_city_has_topics_and_templates_once);
    STORE_TEST("press_set_up", the_pages_are_sound_and_keep_what_was_typed);
    return g_test_run();
}
