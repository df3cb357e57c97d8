/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* seal_token_test.c: a link is read by the city that made it, for what it was made; nothing else is. */
#include "store/seal.h"
#include "store/store_test.h"

#include <glib.h>

typedef struct Keys {
    SealKey city, other;
} Keys;

static void set_up(Keys *k, gconstpointer unused)
{
    k->city = test_key_of(0);
    k->other = test_key_of(1);
}

static bool reads(const SealKey *key, const char *purpose, const char *token)
{
    i64 id, expires;
    return seal_token_read(key, purpose, token, &id, &expires);
}

static void what_was_made_is_read(Keys *k, gconstpointer unused)
{
    Arena *a = arena_new(0);
    const i64 ids[] = {1, 1234567890123456789, INT64_MAX};
    for (size_t i = 0; i < COUNT(ids); i++) {
        const char *token = seal_token_make(a, &k->city, "press-preview", ids[i], 1657810800000000);
        i64 id = 0, expires = 0;
        g_assert_cmpuint(strlen(token), ==, SEAL_TOKEN);
        g_assert_true(seal_token_read(&k->city, "press-preview", token, &id, &expires));
        g_assert_cmpint(id, ==, ids[i]);
        g_assert_cmpint(expires, ==, 1657810800000000);
    }
    arena_free(a);
}

static void no_symbol_of_it_can_be_changed(Keys *k, gconstpointer unused)
{
    static const char symbols[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    Arena *a = arena_new(0);
    const char *token = seal_token_make(a, &k->city, "press-preview", 7, 1657810800000000);
    for (size_t i = 0; i < SEAL_TOKEN; i++)
        for (const char *s = symbols; *s; s++) {
            char *changed = arena_text(a, token);
            if (changed[i] == *s)
                continue;
            changed[i] = *s;
            g_assert_false(reads(&k->city, "press-preview", changed));
        }
    arena_free(a);
}

static void it_is_of_one_city_and_one_purpose(Keys *k, gconstpointer unused)
{
    Arena *a = arena_new(0);
    const char *token = seal_token_make(a, &k->city, "press-preview", 7, 1657810800000000);
    g_assert_false(reads(&k->other, "press-preview", token));
    g_assert_false(reads(&k->city, "press-leave", token));
    g_assert_false(reads(&k->city, "", token));
    g_assert_cmpstr(token, !=, seal_token_make(a, &k->city, "press-preview", 8, 1657810800000000));
    arena_free(a);
}

static void what_is_no_link_is_not_read(Keys *k, gconstpointer unused)
{
    Arena *a = arena_new(0);
    const char *token = seal_token_make(a, &k->city, "press-preview", 7, 1657810800000000);
    g_assert_false(reads(&k->city, "press-preview", NULL));
    g_assert_false(reads(&k->city, "press-preview", ""));
    g_assert_false(reads(&k->city, "press-preview", arena_copy(a, token, SEAL_TOKEN - 1)));
    g_assert_false(reads(&k->city, "press-preview", arena_printf(a, "%sA", token)));
    g_assert_false(reads(&k->city, "press-preview", arena_printf(a, "%s=", arena_copy(a, token, SEAL_TOKEN - 1))));
    arena_free(a);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add("/seal_token/what_was_made_is_read", Keys, NULL, set_up, what_was_made_is_read, NULL);
    g_test_add("/seal_token/no_symbol_of_it_can_be_changed", Keys, NULL, set_up, no_symbol_of_it_can_be_changed, NULL);
    g_test_add("/seal_token/it_is_of_one_city_and_one_purpose", Keys, NULL, set_up, it_is_of_one_city_and_one_purpose, NULL);
    g_test_add("/seal_token/what_is_no_link_is_not_read", Keys, NULL, set_up, what_is_no_link_is_not_read, NULL);
    return g_test_run();
}
