/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* hash_test.c: hashes piece by piece, and base64 as it must be written. */
#include "base/hash.h"

#include <glib.h>
#include <string.h>

static const char *hex_of(Arena *a, Bytes bytes)
{
    char *out = arena_bytes(a, bytes.size * 2 + 1);
    for (size_t i = 0; i < bytes.size; i++)
        snprintf(out + 2 * i, 3, "%02x", (unsigned char)bytes.data[i]);
    return out;
}

/* The examples of FIPS 180-4 for "abc". */
static void pieces_give_the_same_as_the_whole(void)
{
    Arena *a = arena_new(0);
    Hash *one = hash_begin(a, HASH_SHA256), *two = hash_begin(a, HASH_SHA1);
    for (const char *p = "abc"; *p; p++) {
        hash_add(one, p, 1);
        hash_add(two, p, 1);
    }
    g_assert_cmpstr(hex_of(a, hash_end(one)), ==, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    g_assert_cmpstr(hex_of(a, hash_end(two)), ==, "a9993e364706816aba3e25717850c26c9cd0d89d");
    g_assert_cmpstr(hash_text(a, (Bytes){"abc", 3}), ==, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    arena_free(a);
}

static bool reads(Arena *a, const char *text, const char *wanted)
{
    Bytes out = {0};
    return base64_read(a, text, strlen(text), &out) && out.size == strlen(wanted) && !memcmp(out.data, wanted, out.size);
}

/* RFC 4648, 10. */
static void base64_comes_back(void)
{
    static const char *const pairs[][2] = {{"", ""},         {"Zg==", "f"},        {"Zm8=", "fo"},        {"Zm9v", "foo"},
                                           {"Zm9vYg==", "foob"}, {"Zm9vYmE=", "fooba"}, {"Zm9vYmFy", "foobar"}};
    Arena *a = arena_new(0);
    for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++) {
        g_assert_true(reads(a, pairs[i][0], pairs[i][1]));
        g_assert_cmpstr(base64_text(a, (Bytes){pairs[i][1], strlen(pairs[i][1])}), ==, pairs[i][0]);
    }
    arena_free(a);
}

static void what_is_no_base64_is_refused(void)
{
    static const char *const broken[] = {"Z", "Zg", "Zg=", "Zh==", "Zm9=", "=", "====", "Z===", "Zm 9", "Zm9v\n", "Zm9-", "Zg==Zg==", "Zé=="};
    Arena *a = arena_new(0);
    Bytes out;
    for (size_t i = 0; i < G_N_ELEMENTS(broken); i++)
        if (base64_read(a, broken[i], strlen(broken[i]), &out)) {
            g_test_message("taken: %s", broken[i]);
            g_test_fail();
        }
    arena_free(a);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/hash/pieces_give_the_same_as_the_whole", pieces_give_the_same_as_the_whole);
    g_test_add_func("/hash/base64_comes_back", base64_comes_back);
    g_test_add_func("/hash/what_is_no_base64_is_refused", what_is_no_base64_is_refused);
    return g_test_run();
}
