/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* site_alert_test.c: alerts: two persons, what citizens see until when, and what other systems are told. */
#include "base/id.h"
#include "base/text.h"
#include "desks/site/site_pages.h"
#include "desks/site/alerts/site_alert.h"
#include "store/store_test.h"
#include "web/web_test.h"

static const Route *const routes[] = {site_routes, site_alert_routes, site_alert_public_routes, NULL};
static const Panel *const panels[] = {site_alert_panels, NULL};

typedef struct Office {
    i64 dalia, renata;
} Office;

static bool hire(Ctx *ctx, void *data)
{
    Office *o = data;
    return people_seed(ctx) && people_add(ctx, &(PersonDraft){"dalia@sanluis.example", "Dalia", NULL, ROLE_EDITOR, 0}, &o->dalia) &&
           people_add(ctx, &(PersonDraft){"renata@sanluis.example", "Renata", NULL, ROLE_EDITOR, 0}, &o->renata);
}

static Actor somebody(i64 id, const char *name)
{
    return (Actor){.id = id, .name = name, .rights = 1u << LOGIN | UINT64_C(1) << RIGHT_SITE_ALERT};
}

static AlertDraft rain(const Ctx *ctx)
{
    return (AlertDraft){.level = ALERT_WARNING, .severity = 1, .certainty = 1, .event = "Lluvia intensa",
                        .headline = "Lluvia intensa en la zona norte", .instruction = "No cruces el río Santiago.",
                        .area = "Municipio de San Luis Potosí", .expires_at = ctx->now + 2 * CLOCK_HOUR};
}

/* ---- in one transaction each ---- */
typedef struct Step {
    const Actor *actor;
    AlertDraft draft;
    i64 id, version;
    const char *reason;
    bool done;
} Step;

static bool raise_it(Ctx *ctx, void *data)
{
    Step *s = data;
    ctx->actor = s->actor;
    return (s->done = site_alert_raise(ctx, &s->draft, &s->id));
}

static bool confirm_it(Ctx *ctx, void *data)
{
    Step *s = data;
    ctx->actor = s->actor;
    return (s->done = site_alert_confirm(ctx, s->id, s->version));
}

static bool end_it(Ctx *ctx, void *data)
{
    Step *s = data;
    ctx->actor = s->actor;
    return (s->done = site_alert_end(ctx, s->id, NONE, s->reason));
}

static bool refuse_it(Ctx *ctx, void *data)
{
    Step *s = data;
    ctx->actor = s->actor;
    return (s->done = site_alert_refuse(ctx, s->id, NONE, s->reason));
}

static bool change_it(Ctx *ctx, void *data)
{
    Step *s = data;
    ctx->actor = s->actor;
    return (s->done = site_alert_change(ctx, s->id, s->version, &s->draft));
}

static i64 given(StoreTest *t, const Office *o, const AlertDraft *draft)
{
    Actor dalia = somebody(o->dalia, "Dalia"), renata = somebody(o->renata, "Renata");
    Step s = {.actor = &dalia, .draft = *draft, .version = NONE};
    test_write(&t->ctx, raise_it, &s);
    s.actor = &renata;
    test_write(&t->ctx, confirm_it, &s);
    t->ctx.actor = &actor_system;
    return s.id;
}

/* ---- the rules ---- */
static void who_wrote_an_alert_never_confirms_it(StoreTest *t, const void *unused)
{
    Office o;
    test_write(&t->ctx, hire, &o);
    t->city.four_eyes = false; /* whatever the city says */
    Actor dalia = somebody(o.dalia, "Dalia"), renata = somebody(o.renata, "Renata");
    Step s = {.actor = &dalia, .draft = rain(&t->ctx), .version = NONE};
    test_write(&t->ctx, raise_it, &s);
    g_assert_false(db_transact(&t->ctx, confirm_it, &s));
    assert_fault(&t->ctx, FAULT_FORBIDDEN);
    t->ctx.actor = &actor_system;
    g_assert_cmpint(site_alerts_shown(&t->ctx).count, ==, 0);
    s.actor = &renata; /* who changes the draft has written it */
    s.draft.headline = "Lluvia intensa en toda la ciudad";
    test_write(&t->ctx, change_it, &s);
    g_assert_false(db_transact(&t->ctx, confirm_it, &s));
    assert_fault(&t->ctx, FAULT_FORBIDDEN);
    s.actor = &dalia;
    test_write(&t->ctx, confirm_it, &s);
    g_assert_cmpint(site_alerts_shown(&t->ctx).count, ==, 1);
}

static void the_system_itself_confirms_nothing(StoreTest *t, const void *unused)
{
    Step s = {.actor = &actor_system, .draft = rain(&t->ctx), .version = NONE};
    test_write(&t->ctx, raise_it, &s);
    g_assert_false(db_transact(&t->ctx, confirm_it, &s));
    assert_fault(&t->ctx, FAULT_FORBIDDEN);
}

static void an_alert_ends_by_its_time(StoreTest *t, const void *unused)
{
    Office o;
    test_write(&t->ctx, hire, &o);
    AlertDraft draft = rain(&t->ctx);
    i64 id = given(t, &o, &draft);
    g_assert_cmpint(site_alerts_until(&t->ctx), ==, draft.expires_at);
    t->ctx.now = draft.expires_at - 1;
    g_assert_cmpint(site_alerts_shown(&t->ctx).count, ==, 1);
    t->ctx.now = draft.expires_at;
    g_assert_cmpint(site_alerts_shown(&t->ctx).count, ==, 0);
    g_assert_cmpint(site_alerts_until(&t->ctx), ==, 0);
    Actor dalia = somebody(o.dalia, "Dalia");
    Step s = {.actor = &dalia, .id = id, .reason = "Ya pasó"};
    g_assert_false(db_transact(&t->ctx, end_it, &s));
    assert_fault(&t->ctx, FAULT_CONFLICT);
}

static void an_end_before_its_time_wants_a_reason(StoreTest *t, const void *unused)
{
    Office o;
    test_write(&t->ctx, hire, &o);
    AlertDraft draft = rain(&t->ctx);
    Actor dalia = somebody(o.dalia, "Dalia");
    Step s = {.actor = &dalia, .id = given(t, &o, &draft), .reason = " "};
    g_assert_false(db_transact(&t->ctx, end_it, &s));
    assert_fault(&t->ctx, FAULT_INVALID);
    s.reason = "La lluvia cesó";
    test_write(&t->ctx, end_it, &s);
    g_assert_cmpint(site_alerts_shown(&t->ctx).count, ==, 0);
    g_assert_cmpstr(site_alert_public(&t->ctx, s.id)->reason, ==, "La lluvia cesó");
}

static void what_was_refused_is_never_public(StoreTest *t, const void *unused)
{
    Office o;
    test_write(&t->ctx, hire, &o);
    Actor dalia = somebody(o.dalia, "Dalia"), renata = somebody(o.renata, "Renata");
    Step s = {.actor = &dalia, .draft = rain(&t->ctx), .version = NONE, .reason = "No está confirmado por Protección Civil"};
    test_write(&t->ctx, raise_it, &s);
    g_assert_null(site_alert_public(&t->ctx, s.id));
    assert_fault(&t->ctx, FAULT_NOT_FOUND);
    s.actor = &renata;
    test_write(&t->ctx, refuse_it, &s);
    g_assert_null(site_alert_public(&t->ctx, s.id));
    assert_fault(&t->ctx, FAULT_NOT_FOUND);
    g_assert_false(db_transact(&t->ctx, confirm_it, &s));
    assert_fault(&t->ctx, FAULT_CONFLICT);
    g_assert_cmpint(site_alerts_public_count(&t->ctx), ==, 0);
}

static void an_update_takes_the_place_of_the_one_before(StoreTest *t, const void *unused)
{
    Office o;
    test_write(&t->ctx, hire, &o);
    AlertDraft draft = rain(&t->ctx);
    i64 first = given(t, &o, &draft);
    draft.headline = "La lluvia sigue hasta la noche";
    draft.updates = first;
    i64 second = given(t, &o, &draft);
    List shown = site_alerts_shown(&t->ctx);
    g_assert_cmpint(shown.count, ==, 1);
    g_assert_cmpint(((const Alert *)shown.items)->id, ==, second);
    g_assert_cmpint(site_alert_public(&t->ctx, first)->follower, ==, second);
    Actor dalia = somebody(o.dalia, "Dalia");
    Step late = {.actor = &dalia, .draft = draft};
    g_assert_false(db_transact(&t->ctx, raise_it, &late)); /* the first is not in force any more */
    assert_fault(&t->ctx, FAULT_CONFLICT);
}

static void of_two_who_decide_at_once_the_second_loses(StoreTest *t, const void *unused)
{
    Office o;
    test_write(&t->ctx, hire, &o);
    Actor dalia = somebody(o.dalia, "Dalia"), renata = somebody(o.renata, "Renata");
    Step s = {.actor = &dalia, .draft = rain(&t->ctx), .version = 1};
    test_write(&t->ctx, raise_it, &s);
    test_write(&t->ctx, change_it, &s);
    s.actor = &renata;
    g_assert_false(db_transact(&t->ctx, confirm_it, &s)); /* she saw version 1 */
    assert_fault(&t->ctx, FAULT_STALE);
}

static void an_alert_says_when_it_ends_and_what_it_is(StoreTest *t, const void *unused)
{
    const char *const fields[] = {"headline", "event", "area", "url", "expires_at", "expires_at"};
    AlertDraft wrong[6];
    for (size_t i = 0; i < COUNT(wrong); i++)
        wrong[i] = rain(&t->ctx);
    wrong[0].headline = "  ";
    wrong[1].event = NULL;
    wrong[2].area = "a\x1b" "b";
    wrong[3].url = "javascript:alert(1)";
    wrong[4].expires_at = t->ctx.now;
    wrong[5].expires_at = t->ctx.now + 31 * CLOCK_DAY;
    for (size_t i = 0; i < COUNT(wrong); i++) {
        Step s = {.actor = &actor_system, .draft = wrong[i]};
        g_assert_false(db_transact(&t->ctx, raise_it, &s));
        g_assert_cmpstr(t->ctx.fault.field, ==, fields[i]);
        assert_fault(&t->ctx, FAULT_INVALID);
    }
}

/* ---- pages ---- */
static void open_site(PageTest *p, StoreTest *t)
{
    page_test_open(p, t, routes);
    p->site.panels = panels;
    page_test_as(p, NULL);
}

static void an_alert_stands_above_every_public_page(StoreTest *t, const void *unused)
{
    Office o;
    PageTest p;
    test_write(&t->ctx, hire, &o);
    open_site(&p, t);
    assert_has_not(page_test_get(&p, "/"), "role=\"alert\"");
    AlertDraft draft = rain(&t->ctx);
    draft.exercise = true;
    i64 id = given(t, &o, &draft);
    const PageAnswer *a = page_test_get(&p, "/");
    assert_page_sound(a);
    assert_has(a, "role=\"alert\"");
    assert_has(a, "SIMULACRO");
    assert_has(a, "Lluvia intensa en la zona norte");
    a = page_test_get(&p, arena_printf(p.kept, "/avisos/%s", id_text(p.kept, id)));
    assert_page_sound(a);
    assert_has(a, "No cruces el río Santiago.");
    assert_has_not(a, "Dalia");
    assert_page_sound(page_test_get(&p, "/avisos"));
    assert_has_not(page_test_get(&p, "/avisos.json"), "Dalia");
    page_test_close(&p);
}

static void cap_is_as_its_schema_wants_it(StoreTest *t, const void *unused)
{
    Office o;
    test_write(&t->ctx, hire, &o);
    AlertDraft draft = rain(&t->ctx);
    draft.headline = "Río <crecido> & \"peligroso\"";
    i64 first = given(t, &o, &draft);
    draft.updates = first;
    i64 second = given(t, &o, &draft);
    Actor dalia = somebody(o.dalia, "Dalia");
    Step s = {.actor = &dalia, .id = second, .reason = "Terminó"};
    test_write(&t->ctx, end_it, &s);
    const Alert *a = site_alert_public(&t->ctx, first), *b = site_alert_public(&t->ctx, second);
    const char *alert = buf_data(site_cap(&t->ctx, a, NULL, false)), *update = buf_data(site_cap(&t->ctx, b, a, false));
    const char *cancel = buf_data(site_cap(&t->ctx, b, NULL, true));
    g_assert_nonnull(strstr(alert, "<sent>2022-07-14T10:00:00-05:00</sent>\n<status>Actual</status>\n<msgType>Alert</msgType>"));
    g_assert_nonnull(strstr(alert, "Río &lt;crecido&gt; &amp; &quot;peligroso&quot;"));
    g_assert_null(strstr(alert, "<references>"));
    g_assert_nonnull(strstr(update, "<msgType>Update</msgType>"));
    g_assert_nonnull(strstr(update, ",2022-07-14T10:00:00-05:00</references>"));
    g_assert_nonnull(strstr(cancel, "<msgType>Cancel</msgType>"));
    g_assert_nonnull(strstr(cancel, "<urgency>Past</urgency>"));
    g_assert_nonnull(strstr(cancel, "Terminó"));
    g_assert_nonnull(strstr(cancel, "-fin</identifier>"));
    t->city.zone = zone_find("UTC");
    g_assert_nonnull(strstr(buf_data(site_cap(&t->ctx, a, NULL, false)), "-00:00</sent>"));
}

static void an_end_is_told_once_and_an_update_is_no_end(StoreTest *t, const void *unused)
{
    Office o;
    PageTest p;
    test_write(&t->ctx, hire, &o);
    open_site(&p, t);
    AlertDraft draft = rain(&t->ctx);
    i64 first = given(t, &o, &draft);
    draft.updates = first;
    i64 second = given(t, &o, &draft);
    Actor dalia = somebody(o.dalia, "Dalia");
    Step s = {.actor = &dalia, .id = second, .reason = "Terminó"};
    test_write(&t->ctx, end_it, &s);
    const char *end = arena_printf(p.kept, "/avisos/%s/fin.cap", id_text(p.kept, second));
    g_assert_cmpint(page_test_get(&p, end)->status, ==, 200);
    g_assert_cmpstr(page_test_header(page_test_get(&p, end), "Content-Type"), ==, "application/cap+xml; charset=utf-8");
    g_assert_cmpint(page_test_get(&p, arena_printf(p.kept, "/avisos/%s/fin.cap", id_text(p.kept, first)))->status, ==, 404);
    const PageAnswer *feed = page_test_get(&p, "/avisos.atom");
    assert_has(feed, end);
    assert_has(feed, "type=\"application/cap+xml\"");
    page_test_close(&p);
}

static void the_desk_raises_and_confirms_by_its_pages(StoreTest *t, const void *unused)
{
    Office o;
    PageTest p;
    test_write(&t->ctx, hire, &o);
    page_test_open(&p, t, routes);
    p.site.panels = panels;
    Actor dalia = somebody(o.dalia, "Dalia"), renata = somebody(o.renata, "Renata");
    page_test_as(&p, &dalia);
    assert_page_sound(page_test_get(&p, "/mesa/sitio/avisos"));
    assert_page_sound(page_test_get(&p, "/mesa/sitio/avisos/nuevo"));
    const PageAnswer *a = page_test_post(&p, "/mesa/sitio/avisos", "level=danger&headline=&event=Incendio&area=Centro&category=Fire&urgency=Immediate&severity=Severe&certainty=Observed");
    g_assert_cmpint(a->status, ==, 422);
    assert_page_sound(a);
    assert_has(a, "Incendio"); /* what was typed is kept */
    const char *ends = clock_rfc3339(p.kept, t->city.zone, t->ctx.now + CLOCK_HOUR);
    const char *json = arena_printf(p.kept, "{\"level\":\"danger\",\"headline\":\"Incendio en el Centro\",\"event\":\"Incendio\",\"area\":\"Centro\","
                                            "\"category\":\"Fire\",\"expires_at\":\"%s\"}", ends);
    a = page_test_send_json(&p, "/mesa/sitio/avisos", json);
    g_assert_cmpint(a->status, ==, 201);
    const char *where = page_test_header(a, "Location");
    assert_page_sound(page_test_get(&p, where));
    assert_page_sound(page_test_get(&p, arena_printf(p.kept, "%s/editar", where)));
    g_assert_cmpint(page_test_post(&p, arena_printf(p.kept, "%s/confirmar", where), "version=1")->status, ==, 403);
    page_test_as(&p, &renata);
    g_assert_cmpint(page_test_post(&p, arena_printf(p.kept, "%s/confirmar", where), "version=1")->status, ==, 303);
    assert_page_sound(page_test_get(&p, where));
    assert_has(page_test_get(&p, "/"), "Incendio en el Centro");
    g_assert_cmpint(page_test_post(&p, arena_printf(p.kept, "%s/terminar", where), "reason=Controlado")->status, ==, 303);
    assert_has_not(page_test_get(&p, "/"), "Incendio en el Centro");
    page_test_close(&p);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    STORE_TEST("site_alert", who_wrote_an_alert_never_confirms_it);
    STORE_TEST("site_alert", the_system_itself_confirms_nothing);
    STORE_TEST("site_alert", an_alert_ends_by_its_time);
    STORE_TEST("site_alert", an_end_before_its_time_wants_a_reason);
    STORE_TEST("site_alert", what_was_refused_is_never_public);
    STORE_TEST("site_alert", an_update_takes_the_place_of_the_one_before);
    STORE_TEST("site_alert", of_two_who_decide_at_once_the_second_loses);
    STORE_TEST("site_alert", an_alert_says_when_it_ends_and_what_it_is);
    STORE_TEST("site_alert", an_alert_stands_above_every_public_page);
    STORE_TEST("site_alert", cap_is_as_its_schema_wants_it);
    STORE_TEST("site_alert", an_end_is_told_once_and_an_update_is_no_end);
    STORE_TEST("site_alert", the_desk_raises_and_confirms_by_its_pages);
    return g_test_run();
}
