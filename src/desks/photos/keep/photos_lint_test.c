/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_lint_test.c: sentences as people write them beside pictures of children, and what the linter says of each. */
#include "desks/photos/keep/photos_lint.h"

#include <glib.h>

typedef struct Sentence {
    const char *text;
    const char *found; /* kind and words, one after the other; "": nothing */
} Sentence;

static const Sentence sentences[] = {
    {"Niños corren junto a la fuente del parque nuevo.", ""},
    {"Ana Pérez recibe su diploma.", "name Ana Pérez;"},
    {"Recibe su diploma Ana Sofía Pérez López, del grupo de danza.", "name Ana Sofía Pérez López;"},
    {"El alcalde Enrique Galindo inaugura el parque.", ""},
    {"La maestra Ana Pérez con su grupo.", ""},
    {"Lic. Laura Martínez, titular del DIF Municipal.", ""},
    {"El Presidente Municipal Enrique Galindo Ceballos saluda a las familias.", ""},
    {"María de los Ángeles Ruiz y su hermano.", "name María de los Ángeles Ruiz;"},
    {"Con Juan Carlos Rivera, ganador de la carrera.", "name Juan Carlos Rivera;"},
    {"Ayer Juan ganó la carrera.", ""},
    {"Niñas de la colonia Satélite plantan árboles.", ""},
    {"El Parque Tangamanga recibe a cien familias.", ""},
    {"Vecinos de San Luis Potosí en la Plaza de Armas.", ""},
    {"La Orquesta Sinfónica Infantil en el Teatro de la Paz.", ""},
    {"Alumnos de la Escuela Primaria Benito Juárez.", "school Escuela Primaria Benito Juárez;"},
    {"Alumnos de la primaria “Miguel Hidalgo” cantan.", "school primaria “Miguel Hidalgo;"},
    {"La secundaria técnica número 14 ganó el torneo.", "school secundaria técnica número 14;"},
    {"El Jardín de Niños Rosaura Zapata visitó el museo.", "school Jardín de Niños Rosaura Zapata;"},
    {"Una escuela del municipio recibe libros.", ""},
    {"El Jardín de San Francisco al atardecer.", ""},
    {"Vive en la calle Aldama núm. 120.", "address calle Aldama núm. 120;"},
    {"La avenida Himalaya 450 tiene banquetas nuevas.", "address avenida Himalaya 450;"},
    {"Rehabilitan la calle Aldama.", ""},
    {"Un niño de 8 años planta un árbol.", "age 8 años;"},
    {"Una niña de ocho años canta.", "age ocho años;"},
    {"Tiene 12 años de edad y corre cada día.", "age 12 años;"},
    {"El programa cumple 15 años de servicio.", ""},
    {"Hace 8 años se plantó el primer árbol.", ""},
    {"Un señor de 72 años enseña a tallar madera.", ""},
    {"Mateo, 9 años, y su perro.", "age 9 años;"},
    {"Foto: Renata Paz.", ""},
    {"¡Felicidades, Camila Torres!", "name Camila Torres;"},
    {"La Feria Nacional Potosina abre en agosto.", ""},
};

static const char *const kinds[] = {[LINT_NAME] = "name", [LINT_SCHOOL] = "school", [LINT_ADDRESS] = "address", [LINT_AGE] = "age"};

static const char *said(Arena *a, List findings)
{
    char *all = arena_text(a, "");
    for (const LintFinding *f = findings.items, *end = f + findings.count; f < end; f++)
        all = arena_printf(a, "%s%s %s;", all, kinds[f->kind], f->what);
    return all;
}

static List known_texts(void)
{
    static const char *const known[] = {"san luis potosi", "inauguracion del parque"};
    return (List){known, COUNT(known)};
}

static void each_sentence_is_read_as_a_person_would(void)
{
    Arena *a = arena_new(0);
    for (size_t i = 0; i < COUNT(sentences); i++) {
        const char *found = said(a, photos_lint(a, sentences[i].text, known_texts()));
        if (!text_same(found, sentences[i].found)) {
            g_test_message("“%s”: found \"%s\", not \"%s\"", sentences[i].text, found, sentences[i].found);
            g_test_fail();
        }
    }
    arena_free(a);
}

static void who_is_seen_is_a_name_also_alone(void)
{
    Arena *a = arena_new(0);
    g_assert_cmpstr(said(a, photos_lint_people(a, "Camila\nPresidenta Municipal Laura Ruiz\nniña con globo\nJosé Luis Mata", known_texts())), ==,
                    "name Camila;name José Luis Mata;");
    g_assert_cmpstr(said(a, photos_lint_people(a, NULL, known_texts())), ==, "");
    arena_free(a);
}

static void odd_bytes_and_long_texts_are_read_to_their_end(void)
{
    Arena *a = arena_new(0);
    char *many = arena_text(a, "");
    for (int i = 0; i < 60; i++)
        many = arena_printf(a, "%sCamila Torres, ", many);
    g_assert_cmpint((i64)photos_lint(a, many, known_texts()).count, ==, 20);
    g_assert_cmpint((i64)photos_lint(a, "“”—…«»¿?¡! º ª €", known_texts()).count, ==, 0);
    g_assert_cmpint((i64)photos_lint(a, "", known_texts()).count, ==, 0);
    arena_free(a);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/photos_lint/each_sentence_is_read_as_a_person_would", each_sentence_is_read_as_a_person_would);
    g_test_add_func("/photos_lint/who_is_seen_is_a_name_also_alone", who_is_seen_is_a_name_also_alone);
    g_test_add_func("/photos_lint/odd_bytes_and_long_texts_are_read_to_their_end", odd_bytes_and_long_texts_are_read_to_their_end);
    return g_test_run();
}
