/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* tongue_test.c: a small catalogue of its own takes the place of locale/es.po. */
#include "base/tongue.h"

#include <glib.h>
#include <sys/wait.h>
#include <unistd.h>

extern unsigned char words_es_mo[];
extern size_t words_es_mo_size;
unsigned char words_es_mo[4096];
size_t words_es_mo_size;

typedef struct Pair {
    const char *msgid, *text;
    size_t msgid_size, text_size;
} Pair;
#define PAIR(a, b)                         \
    {                                      \
        a, b, sizeof(a) - 1, sizeof(b) - 1 \
    }

static const Pair pairs[] = {
    PAIR("", "Plural-Forms: nplurals=2; plural=(n != 1);\n"),
    PAIR("%d event\0%d events", "%d evento\0%d eventos"),
    PAIR("Agenda", "Agenda pública"),
    PAIR("Save", "Guardar"),
    PAIR("a sheep\0sheep", "una oveja"),
    PAIR("untranslated", ""),
};

enum { COUNT_AT = 8, ORIGINALS_AT = 12, TRANSLATIONS_AT = 16, HEAD = 28 };

static void put(size_t at, size_t n)
{
    for (int i = 0; i < 4; i++)
        words_es_mo[at + (size_t)i] = (unsigned char)(n >> 8 * i);
}

static size_t put_text(size_t row, size_t at, const char *text, size_t n)
{
    put(row, n);
    put(row + 4, at);
    memcpy(words_es_mo + at, text, n);
    words_es_mo[at + n] = '\0';
    return at + n + 1;
}

static void build_catalogue(void)
{
    size_t at = HEAD + 16 * COUNT(pairs);
    put(0, 0x950412de);
    put(COUNT_AT, COUNT(pairs));
    put(ORIGINALS_AT, HEAD);
    put(TRANSLATIONS_AT, HEAD + 8 * COUNT(pairs));
    for (size_t i = 0; i < COUNT(pairs); i++) {
        at = put_text(HEAD + 8 * i, at, pairs[i].msgid, pairs[i].msgid_size);
        at = put_text(HEAD + 8 * (COUNT(pairs) + i), at, pairs[i].text, pairs[i].text_size);
    }
    words_es_mo_size = at;
}

static void spanish_is_looked_up_and_english_is_the_msgid(void)
{
    g_assert_cmpstr(tongue_say(TONGUE_ES, "Agenda"), ==, "Agenda pública");
    g_assert_cmpstr(tongue_say(TONGUE_ES, "Save"), ==, "Guardar");
    g_assert_cmpstr(tongue_say(TONGUE_EN, "Agenda"), ==, "Agenda");
}

static void what_is_not_translated_stays_as_it_is(void)
{
    static const char *const same[] = {"", "agenda", "Agend", "Agenda ", "untranslated", "zzz"};
    for (size_t i = 0; i < COUNT(same); i++)
        g_assert_true(tongue_say(TONGUE_ES, same[i]) == same[i]);
    g_assert_null(tongue_say(TONGUE_ES, NULL));
}

static void one_is_singular_and_all_else_plural(void)
{
    static const i64 many[] = {0, 2, 21, 101, 1000000, -1};
    g_assert_cmpstr(tongue_say_n(TONGUE_ES, "%d event", "%d events", 1), ==, "%d evento");
    g_assert_cmpstr(tongue_say_n(TONGUE_EN, "%d event", "%d events", 1), ==, "%d event");
    for (size_t i = 0; i < COUNT(many); i++) {
        g_assert_cmpstr(tongue_say_n(TONGUE_ES, "%d event", "%d events", many[i]), ==,
                        "%d eventos");
        g_assert_cmpstr(tongue_say_n(TONGUE_EN, "%d event", "%d events", many[i]), ==, "%d events");
    }
}

static void a_missing_plural_does_no_harm(void)
{
    g_assert_cmpstr(tongue_say_n(TONGUE_ES, "a sheep", "sheep", 5), ==, "una oveja");
    g_assert_cmpstr(tongue_say_n(TONGUE_ES, "a cat", "cats", 5), ==, "cats");
    g_assert_cmpstr(tongue_say_n(TONGUE_ES, "a cat", "cats", 1), ==, "a cat");
}

static void the_header_chooses_the_tongue_and_doubt_is_spanish(void)
{
    static const struct {
        const char *header;
        Tongue want;
    } table[] = {
        {NULL, TONGUE_ES},
        {"", TONGUE_ES},
        {"en", TONGUE_EN},
        {"EN-us,en;q=0.9", TONGUE_EN},
        {"es-MX,es;q=0.9,en;q=0.8", TONGUE_ES},
        {"en;q=0.7, es;q=0.8", TONGUE_ES},
        {"es;q=0.7 , en-GB;q=0.75", TONGUE_EN},
        {"en;q=0.755,es;q=0.754", TONGUE_EN},
        {"en, es", TONGUE_ES},
        {"fr, de;q=0.5", TONGUE_ES},
        {"fr, en;q=0.5", TONGUE_EN},
        {"*", TONGUE_ES},
        {"en;q=0", TONGUE_ES},
        {"es;q=0, *;q=0.5", TONGUE_EN},
        {"english", TONGUE_ES},
        {"en;q=1.000;x", TONGUE_EN},
        {"en;level=1", TONGUE_ES},
        {"en;q=", TONGUE_ES},
        {",,;;,= en", TONGUE_ES},
        {", ,en", TONGUE_EN},
    };
    for (size_t i = 0; i < COUNT(table); i++)
        if (tongue_choose(table[i].header) != table[i].want)
            g_error("\"%s\"", table[i].header);
    g_assert_cmpstr(tongue_code(TONGUE_ES), ==, "es-MX");
    g_assert_cmpstr(tongue_code(TONGUE_EN), ==, "en");
}

/* The catalogue is read once in a process, so each damage gets a process. */
static bool survives(size_t at, size_t n, size_t size, const char *want)
{
    pid_t child = fork();
    if (child == 0) {
        if (at)
            put(at, n);
        words_es_mo_size = size;
        const char *got = tongue_say(TONGUE_ES, "Agenda");
        _exit(strcmp(got, want) == 0 ? 0 : 1);
    }
    int status;
    g_assert_cmpint(waitpid(child, &status, 0), ==, child);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static void a_damaged_catalogue_is_not_read_beyond_its_end(void)
{
    size_t size = words_es_mo_size, agenda = HEAD + 8 * 2, agenda_es = agenda + 8 * COUNT(pairs);
    g_assert_true(survives(0, 0, size, "Agenda pública"));
    g_assert_true(survives(0, 0, 0, "Agenda"));
    g_assert_true(survives(0, 0, HEAD - 1, "Agenda"));
    g_assert_true(survives(0, 0, HEAD + 8, "Agenda"));
    g_assert_true(survives(COUNT_AT, 0xffffffff, size, "Agenda"));
    g_assert_true(survives(ORIGINALS_AT, 0xffffffff, size, "Agenda"));
    g_assert_true(survives(TRANSLATIONS_AT, size - 1, size, "Agenda"));
    g_assert_true(survives(agenda, 0xffffffff, size, "Agenda"));
    g_assert_true(survives(agenda + 4, 0xffffffff, size, "Agenda"));
    g_assert_true(survives(agenda_es, 5, size, "Agenda")); /* no terminator there */
    g_assert_true(survives(agenda_es + 4, size, size, "Agenda"));
    g_assert_false(survives(0, 0, size, "Agenda")); /* the test can fail */
}

static void *ask(void *unused)
{
    (void)unused;
    for (int i = 0; i < 10000; i++)
        g_assert_cmpstr(tongue_say(TONGUE_ES, "Save"), ==, "Guardar");
    return NULL;
}

static void many_threads_may_ask_first(void)
{
    GThread *threads[4];
    for (size_t i = 0; i < COUNT(threads); i++)
        threads[i] = g_thread_new("ask", ask, NULL);
    for (size_t i = 0; i < COUNT(threads); i++)
        g_thread_join(threads[i]);
}

#define TEST(name) g_test_add_func("/tongue/" #name, name)

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    build_catalogue();
    TEST(a_damaged_catalogue_is_not_read_beyond_its_end); /* before anything is read here */
    TEST(many_threads_may_ask_first);
    TEST(spanish_is_looked_up_and_english_is_the_msgid);
    TEST(what_is_not_translated_stays_as_it_is);
    TEST(one_is_singular_and_all_else_plural);
    TEST(a_missing_plural_does_no_harm);
    TEST(the_header_chooses_the_tongue_and_doubt_is_spanish);
    return g_test_run();
}
