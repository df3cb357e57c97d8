/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_hints_test.c: syllables, sentences, ease, what is remarked on a draft, and what the dictionary does not know. */
#include "desks/press/flow/press_test_office.h"
#include "desks/press/hints/press_hints.h"
#include "web/web_test.h"

/* ---- reading ---- */

static void syllables_are_counted_as_they_are_said(void)
{
    static const struct {
        const char *word;
        i64 syllables;
    } words[] = {
        {"sol", 1}, {"casa", 2}, {"cielo", 2}, {"leía", 3}, {"poeta", 3}, {"país", 2}, {"baúl", 2}, {"Uruguay", 3}, {"queso", 2}, {"guerra", 2},
        {"pingüino", 3}, {"agua", 2}, {"construí", 2}, {"ciudadanía", 5}, {"mantenimiento", 5}, {"ahorro", 3}, {"prohibido", 3}, {"rey", 1},
        {"playa", 2}, {"ÁRBOLES", 3}, {"x", 1}, {"buey", 1}, {"aéreo", 4}, {"comunicación", 5},
    };
    for (size_t i = 0; i < COUNT(words); i++) {
        i64 n = press_syllables(words[i].word, strlen(words[i].word));
        if (n != words[i].syllables)
            g_error("%s has %" PRId64 " syllables, not %" PRId64, words[i].word, words[i].syllables, n);
    }
}

static size_t count_sentences(Ctx *ctx, const char *text)
{
    return press_sentences(ctx, text).count;
}

static void sentences_end_where_they_end(StoreTest *t, const void *unused)
{
    Ctx *ctx = &t->ctx;
    g_assert_cmpint((int)count_sentences(ctx, "Arranca la obra. Termina en julio."), ==, 2);
    g_assert_cmpint((int)count_sentences(ctx, "En San Luis Potosí, S.L.P., la Av. Muñoz núm. 12 costó 12.5 millones."), ==, 1);
    g_assert_cmpint((int)count_sentences(ctx, "«¿Cuándo?» dijo. ¡Hoy! Y ya"), ==, 3);
    g_assert_cmpint((int)count_sentences(ctx, "Trabajos\nBacheo de calles\n\n- - -\n"), ==, 2);
    g_assert_cmpint((int)count_sentences(ctx, ""), ==, 0);
}

static const char easy[] = "La calle se abrió hoy. Los niños ya van a pie a la escuela. El paso es seguro. Hay luz de noche. La obra costó poco y duró un mes. "
                           "Todos pueden usarla desde ahora. La gente del barrio ayudó a pintar los muros y a sembrar los árboles.";
static const char hard[] = "La implementación interinstitucional de mecanismos administrativos extraordinarios posibilitará la consolidación de procedimientos "
                           "jurisdiccionales especializados orientados al fortalecimiento institucional de las capacidades operativas municipales, "
                           "garantizando consecuentemente la sustentabilidad presupuestaria correspondiente al ejercicio inmediatamente posterior.";

static Reading reading(Ctx *ctx, const char *text)
{
    return press_reading(text, (i64)count_sentences(ctx, text));
}

static void an_easy_text_is_told_from_a_hard_one(StoreTest *t, const void *unused)
{
    Reading light = reading(&t->ctx, easy), heavy = reading(&t->ctx, arena_printf(t->ctx.arena, "%s %s", hard, hard));
    g_assert_cmpint(light.ease, >, 80);
    g_assert_cmpint(heavy.ease, <, 40);
    g_assert_cmpint(reading(&t->ctx, "Cuatro palabras nada más.").ease, ==, NONE);
    g_assert_nonnull(strstr(press_ease_said(&t->ctx, 70), "fácil"));
}

/* ---- remarks ---- */

static bool remarks(const Hints *h, const char *field, const char *words)
{
    for (const Hint *hint = h->hints.items, *end = hint + h->hints.count; hint < end; hint++)
        if (text_same(hint->field, field) && (strstr(hint->text, words) || (hint->quote && strstr(hint->quote, words))))
            return true;
    return false;
}

static Release draft(const char *title, const char *lead, const char *body)
{
    return (Release){.title = title, .lead = lead, .body = body, .tongue = "es"};
}

static const Hints *hints_of(StoreTest *t, Release r)
{
    static Actor reader;
    reader = actor_system;
    reader.tongue = TONGUE_EN;
    t->ctx.actor = &reader;
    const Hints *h = press_hints(&t->ctx, &r);
    assert_no_fault(&t->ctx);
    return h;
}

static void what_is_missing_is_told(StoreTest *t, const void *unused)
{
    const Hints *h = hints_of(t, draft("ARRANCA EL BACHEO EN LA CIUDAD.", NULL, "Arranca [obra] en [colonia](https://x.example). Nada más."));
    g_assert_true(remarks(h, "title", "capitals"));
    g_assert_true(remarks(h, "title", "full stop"));
    g_assert_true(remarks(h, "lead", "no lead"));
    g_assert_true(remarks(h, "body", "[obra]"));
    g_assert_true(remarks(h, "body", "quoted"));
    g_assert_true(remarks(h, "contact", "contact"));
    g_assert_true(remarks(h, "topics", "topic"));
    g_assert_true(remarks(h, "files", "cover"));
}

static void a_good_draft_is_left_in_peace(StoreTest *t, const void *unused)
{
    ReleaseFile cover = {.filename = "a.jpg", .type = "image/jpeg", .alt = "Una calle", .is_cover = true};
    Release r = draft("Arranca el bacheo de 38 colonias", "El programa empezó hoy en la avenida.", "La calle se abrió hoy.\n\n> «Ya se puede pasar», dijo Ana.");
    r.contact_name = "Ana";
    r.topics = "Obra pública";
    r.files = (List){&cover, 1};
    const Hints *h = hints_of(t, r);
    for (const Hint *hint = h->hints.items, *end = hint + h->hints.count; hint < end; hint++)
        g_error("%s: %s", hint->field, hint->text);
    g_assert_cmpint(h->title_characters, ==, 32);
    g_assert_cmpint(h->minutes, ==, 1);
}

static void style_is_remarked_with_its_passage(StoreTest *t, const void *unused)
{
    const char *body = "La obra fue inaugurada. El parque fue renovado. Las luces fueron cambiadas. Se busca coadyuvar en aras de la mejora. "
                       "Y esta oración es muy larga porque sigue y sigue con una palabra tras otra sin que nadie la detenga hasta que quien lee ya no "
                       "recuerda cómo empezó ni de qué se trataba ni por qué importaba tanto a los demás vecinos.";
    const Hints *h = hints_of(t, draft("Uno", "Dos.", body));
    g_assert_true(remarks(h, "body", "nobody does it"));
    g_assert_true(remarks(h, "body", "coadyuvar"));
    g_assert_true(remarks(h, "body", "en aras de"));
    g_assert_true(remarks(h, "body", "esta oración es muy larga"));
    Release english = draft("One", "Two.", body);
    english.tongue = "en";
    h = hints_of(t, english);
    g_assert_false(remarks(h, "body", "coadyuvar")); /* that is said of Spanish only */
    g_assert_nonnull(h->spelling);
}

/* ---- spelling ---- */

static bool tells(const Hints *h, const char *word)
{
    for (const Misspelling *m = h->misspelt.items, *end = m + h->misspelt.count; m < end; m++)
        if (text_same(m->word, word))
            return true;
    return false;
}

static void misspelt_words_are_told_and_names_are_not(StoreTest *t, const void *unused)
{
    Release r = draft("Arranca la obrra", "El programma empezó.",
                      "Los trabajos en el parque Tangamanga los hace Interapas con la SEDUVOP. Tangamanga abre hoy. El Meshico de antes.\n\n"
                      "Xilitlazo es un nombre de colonia, y potosinas una palabra de aquí.");
    r.topics = "Xilitlazo\npotosinas";
    const Hints *h = hints_of(t, r);
    if (h->spelling) {
        g_test_skip("hunspell is not installed");
        return;
    }
    g_assert_true(tells(h, "obrra"));
    g_assert_true(tells(h, "programma"));
    g_assert_false(tells(h, "Tangamanga")); /* with a capital inside a sentence */
    g_assert_false(tells(h, "Interapas"));
    g_assert_false(tells(h, "SEDUVOP"));
    g_assert_false(tells(h, "Xilitlazo"));  /* a word of the city's own */
    g_assert_false(tells(h, "potosinas"));
    const Misspelling *first = h->misspelt.items;
    g_assert_cmpstr(first->word, ==, "obrra");
    g_assert_cmpstr(first->sentence, ==, "Arranca la obrra");
}

/* ---- at its address ---- */

static const Route *const routes[] = {press_hint_routes, NULL};

static void they_are_given_as_a_piece_of_a_page_and_as_data(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    PageTest p;
    i64 id = draft_of(&n, "Arranca el bacheo <b>", "Obra pública");
    page_test_open(&p, t, routes);
    page_test_as(&p, &n.writer);
    const char *where = arena_printf(p.kept, "/mesa/comunicados/%s/sugerencias", id_text(p.kept, id));
    const PageAnswer *a = page_test_get(&p, where);
    g_assert_cmpint(a->status, ==, 200);
    assert_has(a, "<h2>");
    assert_has_not(a, "<html");
    a = page_test_json(&p, where);
    g_assert_cmpint(a->status, ==, 200);
    assert_has(a, "\"title_characters\":21");
    page_test_as(&p, &(Actor){.id = 9, .name = "X", .rights = 3});
    g_assert_cmpint(page_test_get(&p, where)->status, ==, 403);
    page_test_close(&p);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/press_hints/syllables_are_counted_as_they_are_said", syllables_are_counted_as_they_are_said);
    STORE_TEST("press_hints", sentences_end_where_they_end);
    STORE_TEST("press_hints", an_easy_text_is_told_from_a_hard_one);
    STORE_TEST("press_hints", what_is_missing_is_told);
    STORE_TEST("press_hints", a_good_draft_is_left_in_peace);
    STORE_TEST("press_hints", style_is_remarked_with_its_passage);
    STORE_TEST("press_hints", misspelt_words_are_told_and_names_are_not);
    STORE_TEST("press_hints", they_are_given_as_a_piece_of_a_page_and_as_data);
    return g_test_run();
}
