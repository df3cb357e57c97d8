/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_pages_test.c: the desk's addresses of releases, as a browser and as a program ask for them. */
#include "desks/press/editor/press_editor.h"
#include "desks/press/flow/press_test_office.h"
#include "web/web_test.h"

static const Route *const routes[] = {press_list_routes, press_routes, press_way_routes, press_review_routes, NULL};

typedef struct Desk {
    Newsroom room;
    PageTest page;
} Desk;

static void open_desk(Desk *d, StoreTest *t)
{
    d->room = newsroom(t);
    page_test_open(&d->page, t, routes);
    d->page.site.seal_key = test_key();
    page_test_as(&d->page, &d->room.writer);
}

static const char *at(Desk *d, i64 id, const char *after)
{
    return arena_printf(d->page.kept, "/mesa/comunicados/%s%s", id_text(d->page.kept, id), after);
}

static bool make_event(Ctx *ctx, void *data)
{
    EventDraft event = {.title = "Banderazo <b>del</b> bacheo", .time_zone = "America/Mexico_City", .starts = clock_wall(ctx->city->zone, ctx->now + CLOCK_DAY),
                        .topics = "Obra pública", .status = EVENT_CONFIRMED, .visibility = VISIBLE_PUBLIC};
    return agenda_create(ctx, &event, data);
}

static i64 event_of(Desk *d)
{
    i64 id;
    d->room.t->ctx.actor = &actor_system;
    test_write(&d->room.t->ctx, make_event, &id);
    return id;
}

/* ---- every page ---- */

static void every_page_can_be_used_by_everybody(StoreTest *t, const void *unused)
{
    Desk d;
    open_desk(&d, t);
    i64 event = event_of(&d), draft = draft_of(&d.room, "Arranca <b>el</b> \"bacheo\" & más", "Obra pública\nJusticia");
    i64 cleared = approved_of(&d.room, "Feria del libro", NULL), gone = published_of(&d.room, "Cine <b>en</b> tu colonia", "Cultura");
    done(&d.room, &d.room.writer, STEP(step_comment, .id = draft, .text = "¿Son <b>ocho</b>?"));
    done(&d.room, &d.room.editor, STEP(step_correct, .id = gone, .draft = words("Cine en tu barrio", "Cultura"), .text = "Era en el barrio."));
    const char *pages[] = {
        "/mesa/comunicados", "/mesa/comunicados?estado=draft", "/mesa/comunicados?estado=withdrawn", "/mesa/comunicados?autor=yo",
        "/mesa/comunicados?mes=2022-07", "/mesa/comunicados/nuevo",
        arena_printf(d.page.kept, "/mesa/comunicados/nuevo?evento=%s", id_text(d.page.kept, event)),
        at(&d, draft, ""), at(&d, draft, "/editar"), at(&d, draft, "/versiones"), at(&d, draft, "/versiones/una"),
        at(&d, cleared, ""), at(&d, cleared, "/editar"), at(&d, cleared, "/versiones/diferencias"),
        at(&d, gone, ""), at(&d, gone, "/corregir"), at(&d, gone, "/versiones"), at(&d, gone, "/versiones/diferencias?de=1&a=4"),
    };
    for (size_t i = 0; i < COUNT(pages); i++) {
        g_test_message("%s", pages[i]);
        const PageAnswer *a = page_test_get_as(&d.page, &d.room.director, pages[i], 200);
        assert_page_sound(a);
        assert_has_not(a, "<b>el</b>");
        assert_has_not(a, "<b>del</b>");
        assert_has_not(a, "<b>ocho</b>");
        g_assert_cmpint(a->queries, <, 60);
    }
    page_test_close(&d.page);
}

static void what_is_not_there_is_not_found(StoreTest *t, const void *unused)
{
    Desk d;
    open_desk(&d, t);
    i64 draft = draft_of(&d.room, "Arranca el bacheo", NULL);
    const char *gone[] = {"/mesa/comunicados/0CN7507RA053A", "/mesa/comunicados/0CN7507RA053A/editar", "/mesa/comunicados/0CN7507RA053A/corregir",
                          "/mesa/comunicados/0CN7507RA053A/versiones", "/mesa/comunicados/0CN7507RA053A/versiones/diferencias",
                          "/mesa/comunicados/nuevo?evento=0CN7507RA053A", "/mesa/comunicados/nuevo?evento=bacheo",
                          at(&d, draft, "/versiones/una?numero=77"), at(&d, draft, "/versiones/diferencias?de=1&a=9")};
    for (size_t i = 0; i < COUNT(gone); i++)
        page_test_get_as(&d.page, &d.room.editor, gone[i], 404);
    const char *wrong[] = {"/mesa/comunicados?estado=perdido", "/mesa/comunicados?mes=julio", "/mesa/comunicados?figura=todas",
                           "/mesa/comunicados?evento=x", "/mesa/comunicados?after=inventado"};
    for (size_t i = 0; i < COUNT(wrong); i++)
        page_test_get_as(&d.page, &d.room.editor, wrong[i], 422);
    page_test_post_as(&d.page, &d.room.editor, "/mesa/comunicados/0CN7507RA053A/enviar", "", 404);
    page_test_get_as(&d.page, &d.room.editor, at(&d, draft, "/corregir"), 409);
    page_test_close(&d.page);
}

/* ---- writing ---- */

static void a_form_begins_a_release_and_keeps_what_was_typed(StoreTest *t, const void *unused)
{
    Desk d;
    open_desk(&d, t);
    const PageAnswer *a = page_test_post_as(&d.page, &d.room.writer, "/mesa/comunicados", "title=&lead=Doce+cuadrillas&body=%23%23+D%C3%B3nde", 422);
    assert_has(a, "Doce cuadrillas");
    assert_has(a, "## Dónde");
    assert_page_sound(a);
    a = page_test_post_as(&d.page, &d.room.writer, "/mesa/comunicados",
             "title=Arranca+el+bacheo&lead=Doce+cuadrillas&body=Hola&topics=Obra+p%C3%BAblica%2C+Calles&dateline_day=2022-07-14"
             "&texts.0.tongue=en&texts.0.title=Potholes&texts.0.body=Hello&texts.1.tongue=nah&texts.1.title=&texts.1.body=", 303);
    const char *where = page_test_header(a, "Location");
    a = page_test_get_as(&d.page, &d.room.writer, where, 200);
    assert_has(a, "Potholes");
    assert_has(a, "Calles");
    assert_has(a, "14 de julio de 2022");
    a = page_test_post_as(&d.page, &d.room.writer, "/mesa/comunicados", "title=Otra&dateline_day=ayer", 422);
    assert_has(a, "ayer");
    a = page_test_post_as(&d.page, &d.room.writer, "/mesa/comunicados", "title=Otra&event=No+hay+tal", 422);
    assert_has(a, "No hay tal");
    page_test_close(&d.page);
}

static void an_event_becomes_a_release(StoreTest *t, const void *unused)
{
    Desk d;
    open_desk(&d, t);
    i64 event = event_of(&d);
    const char *id = id_text(d.page.kept, event);
    const PageAnswer *a = page_test_get_as(&d.page, &d.room.writer, arena_printf(d.page.kept, "/mesa/comunicados/nuevo?evento=%s", id), 200);
    assert_has(a, "Banderazo &lt;b&gt;del");
    assert_has(a, arena_printf(d.page.kept, "name=\"event_seen\" value=\"%s\"", id));
    a = page_test_send_as(&d.page, &d.room.writer, "/mesa/comunicados", arena_printf(d.page.kept, "{\"event\": \"%s\"}", id), 201);
    assert_has(a, "\"title\":\"Banderazo");
    assert_has(a, id);
    /* when it should go out may be said at once; it happens only when somebody schedules it */
    const char *when = clock_rfc3339(d.page.kept, t->ctx.city->zone, (t->ctx.now / CLOCK_HOUR + 48) * CLOCK_HOUR);
    a = page_test_send_as(&d.page, &d.room.writer, "/mesa/comunicados", arena_printf(d.page.kept, "{\"event\": \"%s\", \"publish_at\": \"%s\"}", id, when), 201);
    assert_has(a, arena_printf(d.page.kept, "\"publish_at\":\"%s\"", when));
    assert_has(a, "\"state\":\"draft\"");
    page_test_send_as(&d.page, &d.room.writer, "/mesa/comunicados", "{\"title\": \"X\", \"publish_at\": \"1999-07-14T10:00\"}", 422);
    /* what the list of suggestions calls it is its event too */
    const Event *e = agenda_find(&t->ctx, event);
    const char *label = press_look_event(&t->ctx, e);
    a = page_test_send_as(&d.page, &d.room.writer, "/mesa/comunicados", arena_printf(d.page.kept, "{\"title\": \"X\", \"event\": \"%s\"}", label), 201);
    assert_has(a, arena_printf(d.page.kept, "\"event\":\"%s\"", id));
    page_test_close(&d.page);
}

static void the_second_writer_loses_politely(StoreTest *t, const void *unused)
{
    Desk d;
    open_desk(&d, t);
    i64 id = draft_of(&d.room, "Arranca el bacheo", "Obra pública");
    const Release *r = look(&d.room, id);
    const char *was = press_signs_of(d.page.kept, r);
    page_test_post_as(&d.page, &d.room.editor, at(&d, id, ""), "title=Arranca+el+bacheo+mayor&body=Texto+de+Sof%C3%ADa&version=1", 303);
    const char *form = arena_printf(d.page.kept, "title=Arranca+el+bacheo&lead=Mi+entrada+nueva&body=Mi+propio+texto&version=1&was=%s", was);
    const PageAnswer *a = page_test_post_as(&d.page, &d.room.writer, at(&d, id, ""), form, 412);
    assert_page_sound(a);
    assert_has(a, "Sofía guardó este comunicado");
    assert_has(a, "Mi propio texto");
    assert_has(a, "de Sofía</del>");
    assert_has(a, "Arranca el bacheo mayor</textarea>"); /* only she touched the title */
    assert_has(a, "name=\"version\" value=\"2\"");
    page_test_post_as(&d.page, &d.room.writer, at(&d, id, ""), "title=Arranca+el+bacheo+mayor&lead=Mi+entrada+nueva&body=Mi+propio+texto&version=2&theirs=body", 303);
    r = look(&d.room, id);
    g_assert_cmpstr(r->body, ==, "Texto de Sofía");
    g_assert_cmpstr(r->lead, ==, "Mi entrada nueva");
    page_test_close(&d.page);
}

static void a_program_writes_with_the_same_names(StoreTest *t, const void *unused)
{
    Desk d;
    open_desk(&d, t);
    const PageAnswer *a = page_test_send_as(&d.page, &d.room.writer, "/mesa/comunicados",
                               "{\"title\": \"Bacheo\", \"lead\": \"Hoy\", \"body\": \"**Doce**\", \"topics\": [\"Obra pública\", \"Calles\"], "
                               "\"texts\": [{\"tongue\": \"en\", \"title\": \"Potholes\", \"body\": \"Twelve\"}]}", 201);
    assert_has(a, "\"state\":\"draft\"");
    assert_has(a, "\"topics\":[\"Obra pública\",\"Calles\"]");
    assert_has(a, "\"title\":\"Potholes\"");
    const char *where = page_test_header(a, "Location");
    a = page_test_send_as(&d.page, &d.room.writer, where, "{\"lead\": \"Mañana\", \"version\": 1, \"autosave\": true}", 200);
    assert_has(a, "\"title\":\"Bacheo\"");
    assert_has(a, "\"lead\":\"Mañana\"");
    page_test_send_as(&d.page, &d.room.writer, where, "{\"lead\": \"Ayer\", \"version\": 1}", 412);
    a = page_test_send_as(&d.page, &d.room.writer, arena_printf(d.page.kept, "%s/enviar", where), "{}", 200);
    assert_has(a, "\"state\":\"in_review\"");
    a = page_test_send_as(&d.page, &d.room.editor, arena_printf(d.page.kept, "%s/aprobar", where), "{\"hash\": \"0000\"}", 412);
    assert_has(a, "\"kind\":\"stale\"");
    a = page_test_send_as(&d.page, &d.room.editor, arena_printf(d.page.kept, "%s/aprobar", where), "{}", 200);
    assert_has(a, "\"state\":\"approved\"");
    a = page_test_send_as(&d.page, &d.room.editor, arena_printf(d.page.kept, "%s/publicar", where), "{}", 200);
    assert_has(a, "\"folio\":\"CS/0001/2022\"");
    a = page_test_send_as(&d.page, &d.room.editor, arena_printf(d.page.kept, "%s/corregir", where), "{\"title\": \"Bacheo mayor\"}", 422);
    assert_has(a, "\"field\":\"note\"");
    a = page_test_send_as(&d.page, &d.room.editor, arena_printf(d.page.kept, "%s/corregir", where), "{\"title\": \"Bacheo mayor\", \"note\": \"Faltaba decir cuánto.\"}", 200);
    assert_has(a, "\"state\":\"corrected\"");
    assert_has(a, "\"note\":\"Faltaba decir cuánto.\"");
    a = page_test_send_as(&d.page, &d.room.editor, arena_printf(d.page.kept, "%s/retirar", where), "{\"reason\": \"No era nuestro.\"}", 200);
    assert_has(a, "\"state\":\"withdrawn\"");
    page_test_close(&d.page);
}

static void the_server_shows_how_a_text_will_look(StoreTest *t, const void *unused)
{
    Desk d;
    open_desk(&d, t);
    const PageAnswer *a = page_test_send_as(&d.page, &d.room.writer, "/mesa/comunicados/previa",
                               "{\"title\": \"Uno\", \"body\": \"Doce **cuadrillas** <script>alert(1)</script>\\n\\n[mal](javascript:alert(2))\"}", 200);
    assert_has(a, "cuadrillas\\u003c/strong");
    assert_has_not(a, "href=\\\"javascript");
    assert_has(a, "\"title_characters\":3");
    a = page_test_post_as(&d.page, &d.room.writer, "/mesa/comunicados/previa", "title=Uno&body=Dos+%3Cscript%3Ealert(1)%3C%2Fscript%3E+**tres**", 200);
    assert_page_sound(a);
    assert_has(a, "<strong>tres</strong>");
    assert_has(a, "&lt;script");
    assert_has_not(a, "<script>alert");
    page_test_as(&d.page, &(Actor){.id = 9, .name = "Lectora", .rights = 1u << LOGIN | 1u << RIGHT_PRESS_READ});
    page_test_status(page_test_send_json(&d.page, "/mesa/comunicados/previa", "{\"body\": \"x\"}"), 403);
    page_test_close(&d.page);
}

/* ---- review ---- */

static void who_reads_it_decides_on_one_page(StoreTest *t, const void *unused)
{
    Desk d;
    open_desk(&d, t);
    i64 id = draft_of(&d.room, "Arranca el bacheo", NULL);
    done(&d.room, &d.room.writer, STEP(step_send, .id = id));
    const PageAnswer *a = page_test_get_as(&d.page, &d.room.editor, at(&d, id, ""), 200);
    assert_has(a, "class=\"review-bar");
    assert_has(a, look(&d.room, id)->hash);
    assert_has_not(page_test_get_as(&d.page, &d.room.writer, at(&d, id, ""), 200), "class=\"review-bar");
    a = page_test_post_as(&d.page, &d.room.editor, at(&d, id, "/devolver"), "reason=", 422);
    assert_page_sound(a);
    page_test_post_as(&d.page, &d.room.editor, at(&d, id, "/devolver"), "reason=Falta+el+horario", 303);
    assert_has(page_test_get_as(&d.page, &d.room.writer, at(&d, id, ""), 200), "Falta el horario");
    a = page_test_get_as(&d.page, &d.room.writer, "/mesa/comunicados", 200);
    assert_has(a, "id=\"te-espera\"");
    page_test_close(&d.page);
}

static void a_passage_is_commented_and_settled(StoreTest *t, const void *unused)
{
    Desk d;
    open_desk(&d, t);
    i64 id = draft_of(&d.room, "Arranca el bacheo", NULL);
    const PageAnswer *a = page_test_send_as(&d.page, &d.room.editor, at(&d, id, "/comentarios"), "{\"text\": \"¿Ocho o doce?\", \"quote\": \"Ocho cuadrillas\"}", 201);
    assert_has(a, "\"quote\":\"Ocho cuadrillas\"");
    a = page_test_get_as(&d.page, &d.room.writer, at(&d, id, ""), 200);
    assert_has(a, "data-passage>Ocho cuadrillas</blockquote>");
    List comments = press_comments(&t->ctx, id);
    const ReleaseComment *c = comments.items;
    const char *settle = arena_printf(d.page.kept, "/mesa/comunicados/comentarios/%s/resolver", id_text(d.page.kept, c->id));
    a = page_test_post_as(&d.page, &d.room.writer, settle, arena_printf(d.page.kept, "resolved=1&volver=%s", at(&d, id, "")), 303);
    g_assert_cmpstr(page_test_header(a, "Location"), ==, at(&d, id, ""));
    a = page_test_post_as(&d.page, &d.room.writer, settle, "resolved=0&volver=https%3A%2F%2Fmalo.example%2F", 303);
    g_assert_cmpstr(page_test_header(a, "Location"), ==, "/mesa/comunicados");
    page_test_post_as(&d.page, &d.room.writer, at(&d, id, "/comentarios"), "text=", 422);
    page_test_close(&d.page);
}

static void its_minute_is_planned_in_the_citys_time(StoreTest *t, const void *unused)
{
    Desk d;
    open_desk(&d, t);
    i64 id = approved_of(&d.room, "Arranca el bacheo", NULL);
    const PageAnswer *a = page_test_post_as(&d.page, &d.room.editor, at(&d, id, "/programar"), "publish_at=&embargo_until=", 422);
    assert_page_sound(a);
    a = page_test_post_as(&d.page, &d.room.editor, at(&d, id, "/programar"), "publish_at=2001-01-01T10%3A00", 422);
    assert_has(a, "2001-01-01T10:00");
    const char *day = clock_day_text(d.page.kept, t->ctx.city->zone, t->ctx.now + 2 * CLOCK_DAY);
    page_test_post_as(&d.page, &d.room.editor, at(&d, id, "/programar"), arena_printf(d.page.kept, "publish_at=%sT08%%3A00", day), 303);
    assert_state(&d.room, id, RELEASE_SCHEDULED);
    assert_has(page_test_get_as(&d.page, &d.room.editor, at(&d, id, ""), 200), arena_printf(d.page.kept, "value=\"%sT08:00\"", day));
    a = page_test_send_as(&d.page, &d.room.editor, at(&d, id, "/programar"), arena_printf(d.page.kept, "{\"embargo_until\": \"%sT09:00:00-05:00\"}", day), 200);
    assert_has(a, "\"state\":\"embargoed\"");
    page_test_post_as(&d.page, &d.room.editor, at(&d, id, "/desprogramar"), "", 303);
    assert_state(&d.room, id, RELEASE_APPROVED);
    page_test_close(&d.page);
}

/* ---- what changed ---- */

static void words_taken_and_added_are_marked(StoreTest *t, const void *unused)
{
    Desk d;
    open_desk(&d, t);
    i64 id = draft_of(&d.room, "Arranca el bacheo", NULL);
    ReleaseDraft other = words("Arranca el bacheo", NULL);
    other.body = "Este viernes **arranca** el bacheo.\n\n- Ocho cuadrillas nuevas.";
    done(&d.room, &d.room.writer, STEP(step_change, .id = id, .draft = other));
    const PageAnswer *a = page_test_get_as(&d.page, &d.room.writer, at(&d, id, "/versiones/diferencias?de=1&a=2"), 200);
    assert_has(a, "<del>jueves</del>");
    assert_has(a, "<ins>viernes</ins>");
    assert_has(a, "<ins>cuadrillas nuevas.</ins>");
    assert_has_not(a, "<h3>Título</h3>");
    a = page_test_get_as(&d.page, &d.room.writer, at(&d, id, "/versiones/diferencias?de=2&a=2"), 200);
    assert_has(a, "Los dos dicen lo mismo");
    page_test_post_as(&d.page, &d.room.writer, at(&d, id, "/restaurar"), "number=1", 303);
    g_assert_nonnull(strstr(look(&d.room, id)->body, "jueves"));
    page_test_post_as(&d.page, &d.room.writer, at(&d, id, "/restaurar"), "number=99", 404);
    page_test_close(&d.page);
}

static void a_difference_gives_back_the_newer_text(StoreTest *t, const void *unused)
{
    static const char *const pairs[][2] = {
        {"uno dos tres", "uno tres"}, {"uno tres", "uno dos tres"}, {"", "nuevo"}, {"viejo", ""}, {"a b\n\nc d", "a b\n\nx d e"},
        {"  uno", "dos  "}, {"ñandú áéí", "ñandú óú áéí"},
    };
    for (size_t i = 0; i < COUNT(pairs); i++) {
        Release older = {.body = pairs[i][0]}, newer = {.body = pairs[i][1]};
        List fields = press_differences(&t->ctx, &older, &newer);
        g_assert_cmpuint(fields.count, ==, 1);
        const FieldDiff *f = fields.items;
        GString *kept = g_string_new(NULL);
        for (const DiffPiece *p = f->pieces.items, *end = p + f->pieces.count; p < end; p++)
            if (p->kind == DIFF_SAME || p->kind == DIFF_ADDED)
                g_string_append(kept, p->text);
        g_assert_cmpstr(text_squeeze(t->ctx.arena, kept->str), ==, text_squeeze(t->ctx.arena, pairs[i][1]));
        g_string_free(kept, TRUE);
    }
}

/* ---- the list ---- */

static void the_list_goes_by_state_and_page(StoreTest *t, const void *unused)
{
    Desk d;
    open_desk(&d, t);
    for (int i = 0; i < 5; i++)
        draft_of(&d.room, arena_printf(d.page.kept, "Borrador %d", i), NULL);
    published_of(&d.room, "Público", NULL);
    page_test_as(&d.page, &d.room.editor);
    const PageAnswer *a = page_test_status(page_test_json(&d.page, "/mesa/comunicados?estado=draft&limit=2"), 200);
    assert_has(a, "\"total\":5");
    assert_has(a, "Borrador 4");
    assert_has_not(a, "Borrador 2");
    assert_has(a, "\"next\":\"");
    a = page_test_get_as(&d.page, &d.room.editor, "/mesa/comunicados?estado=draft&limit=2", 200);
    assert_has(a, "after=");
    assert_has_not(a, "Público");
    a = page_test_get_as(&d.page, &d.room.editor, "/mesa/comunicados.csv", 200);
    assert_has(a, "CS/0001/2022");
    g_assert_cmpint(press_menu_count(&t->ctx), ==, 0);
    page_test_close(&d.page);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    STORE_TEST("press_pages", every_page_can_be_used_by_everybody);
    STORE_TEST("press_pages", what_is_not_there_is_not_found);
    STORE_TEST("press_pages", a_form_begins_a_release_and_keeps_what_was_typed);
    STORE_TEST("press_pages", an_event_becomes_a_release);
    STORE_TEST("press_pages", the_second_writer_loses_politely);
    STORE_TEST("press_pages", a_program_writes_with_the_same_names);
    STORE_TEST("press_pages", the_server_shows_how_a_text_will_look);
    STORE_TEST("press_pages", who_reads_it_decides_on_one_page);
    STORE_TEST("press_pages", a_passage_is_commented_and_settled);
    STORE_TEST("press_pages", its_minute_is_planned_in_the_citys_time);
    STORE_TEST("press_pages", words_taken_and_added_are_marked);
    STORE_TEST("press_pages", a_difference_gives_back_the_newer_text);
    STORE_TEST("press_pages", the_list_goes_by_state_and_page);
    return g_test_run();
}
