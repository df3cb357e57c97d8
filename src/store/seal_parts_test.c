/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* seal_parts_test.c: codes as people type them, canonical JSON, and the key's file; no database. */
#include "base/base_test.h"
#include "base/text.h"
#include "store/seal_room.h"

#include <glib.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- codes ---- */
#define CODE "VOC-GQG9-SA"
static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

static void assert_reads(const char *typed, const char *code)
{
    char read[SEAL_CODE + 1] = "untouched";
    g_test_message("%s", typed);
    g_assert_true(seal_code_read(typed, read));
    g_assert_cmpstr(read, ==, code);
}

static void assert_unread(const char *typed)
{
    char read[SEAL_CODE + 1] = "untouched";
    g_autofree char *shown = g_strescape(typed ? typed : "", NULL);
    g_test_message("%s", shown);
    g_assert_false(seal_code_read(typed, read));
    g_assert_cmpstr(read, ==, "untouched");
}

static void a_code_is_read_as_people_type_it(void)
{
    static const char *const typed[] = {
        CODE,
        "voc-gqg9-sa",
        "VOCGQG9SA",
        "gqg9sa",
        "GQG9-SA",
        " voc gqg9 sa\n",
        "V0C-GQG9-SA",
        "VOC\u2013GQG9\u2014SA",
        "VOC\u00a0GQG9\u00a0SA",
    };
    for (size_t i = 0; i < COUNT(typed); i++)
        assert_reads(typed[i], CODE);
    assert_reads("voc-olio-1T", "VOC-0110-1T");
}

static void what_is_no_code_is_not_read(void)
{
    static const char *const typed[] = {
        "",
        "VOC",
        "VOC-GQG9-S",
        "VOC-GQG9-SAA",
        "VOX-GQG9-SA",
        "VOC-GQG9-S!",
        "VOC-UQG9-SA",
        "VOC-GQG9-SA/2",
        "VOC-GQG9-S\u00c1",
        "\xE2\x80",
        "VOCVOCVOCVOC",
    };
    for (size_t i = 0; i < COUNT(typed); i++)
        assert_unread(typed[i]);
    assert_unread(NULL);
}

static void every_single_typing_error_is_noticed(void)
{
    for (size_t i = 4; i < SEAL_CODE; i++) {
        char typed[] = CODE;
        for (size_t s = 0; typed[i] != '-' && s < 32; s++) {
            typed[i] = alphabet[s];
            if (typed[i] == CODE[i])
                assert_reads(typed, CODE);
            else
                assert_unread(typed);
        }
    }
}

static void every_swap_of_two_symbols_is_noticed(void)
{
    for (size_t i = 4; i < SEAL_CODE; i++)
        for (size_t k = i + 1; k < SEAL_CODE; k++) {
            char typed[] = CODE;
            typed[i] = CODE[k];
            typed[k] = CODE[i];
            if (CODE[i] != CODE[k] && CODE[i] != '-' && CODE[k] != '-')
                assert_unread(typed);
        }
}

static void a_signature_has_codes_of_its_own(void)
{
    unsigned char signature[SEAL_SIGNATURE] = {1}, other[SEAL_SIGNATURE] = {2};
    char code[SEAL_CODE + 1];
    for (int turn = 0; turn < SEAL_CODE_TURNS; turn++) {
        seal_code_make(signature, turn, code);
        assert_reads(code, code);
        g_assert_true(seal_code_belongs(signature, code));
        g_assert_false(seal_code_belongs(other, code));
    }
    seal_code_make(signature, SEAL_CODE_TURNS, code);
    g_assert_false(seal_code_belongs(signature, code));
    g_assert_false(seal_code_belongs(signature, NULL));
}

/* ---- canonical JSON ---- */
static Ctx ctx_new(void)
{
    return (Ctx){.arena = arena_new(0), .actor = &actor_system};
}

static void assert_canonical(const char *given, const char *expected)
{
    Ctx ctx = ctx_new();
    Buf *out = buf_new(ctx.arena, 64, SEAL_CANONICAL_MAX);
    g_test_message("%s", given);
    const Json *value = json_read(&ctx, given, strlen(given));
    g_assert_true(seal_canonical(&ctx, value, out));
    g_assert_cmpstr(buf_data(out), ==, expected);
    arena_free(ctx.arena);
}

static void canonical_json_has_one_spelling(void)
{
    assert_canonical(" { \"b\" : [ 1 , true , null ] , \"a\" : { } , \"\" : false } ",
                     "{\"\":false,\"a\":{},\"b\":[1,true,null]}");
    assert_canonical("[]", "[]");
    assert_canonical("\"a\"", "\"a\"");
    assert_canonical("-0", "0");
    assert_canonical("[9007199254740991,-9007199254740991]",
                     "[9007199254740991,-9007199254740991]");
}

/* RFC 8785 3.2.2.2 */
static void texts_escape_only_what_they_must(void)
{
    assert_canonical("\"\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\\"\\/\"",
                     "\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"");
    assert_canonical("\"\\b\\t\\n\\f\\r\\u000b\\u001f\\u007f<>&\\u00e1\\u2028\"",
                     "\"\\b\\t\\n\\f\\r\\u000b\\u001f\x7f<>&\u00e1\u2028\"");
}

/* The keys of RFC 8785 3.2.3, and where UTF-8's order differs from that of UTF-16's units */
static void keys_are_sorted_by_utf16_units(void)
{
    assert_canonical("{\"\\u20ac\":1,\"\\r\":2,\"\\ufb33\":3,\"1\":4,\"\\ud83d\\ude00\":5,"
                     "\"\\u0080\":6,\"\\u00f6\":7}",
                     "{\"\\r\":2,\"1\":4,\"\xC2\x80\":6,\"\u00f6\":7,\"\u20ac\":1,\"\U0001F600\":5,"
                     "\"\uFB33\":3}");
    assert_canonical(
        "{\"aa\":1,\"a\":2,\"\\ue000\":3,\"\\ud7ff\":4,\"\\udbff\\udfff\":5,\"\\uffff\":6}",
        "{\"a\":2,\"aa\":1,\"\uD7FF\":4,\"\U0010FFFF\":5,\"\uE000\":3,\"\uFFFF\":6}");
}

static void assert_unsignable(const char *given)
{
    Ctx ctx = ctx_new();
    Buf *out = buf_new(ctx.arena, 64, SEAL_CANONICAL_MAX);
    g_assert_false(seal_canonical(&ctx, json_read(&ctx, given, strlen(given)), out));
    g_assert_cmpint(fault_take(&ctx).kind, ==, FAULT_INVALID);
    arena_free(ctx.arena);
}

static void numbers_that_readers_disagree_on_are_refused(void)
{
    assert_unsignable("[1.5]");
    assert_unsignable("{\"a\":{\"b\":5.0}}");
    assert_unsignable("1e3");
    assert_unsignable("9007199254740992");
    assert_unsignable("[[-9007199254740992]]");
}

/* ---- the key's file ---- */
typedef struct Folder {
    const char *path, *why;
    char *key;
} Folder;

static void set_up(Folder *f, const void *unused)
{
    f->path = test_folder();
    f->key = g_build_filename(f->path, "seal.key", NULL);
}

static void tear_down(Folder *f, const void *unused)
{
    g_unlink(f->key);
    g_rmdir(f->key);
    g_assert_cmpint(g_rmdir(f->path), ==, 0); /* nothing else was left behind */
    g_free(f->key);
}

static void write_key(Folder *f, const void *bytes, size_t n, mode_t mode)
{
    g_assert_true(g_file_set_contents(f->key, bytes, (gssize)n, NULL));
    g_assert_cmpint(chmod(f->key, mode), ==, 0);
}

static void refuses(Folder *f, bool create, const char *because)
{
    SealKey key = {.id = "untouched"};
    f->why = NULL;
    g_assert_false(seal_key_load(f->key, create, &key, &f->why));
    g_assert_cmpstr(key.id, ==, "untouched");
    g_assert_nonnull(strstr(f->why, because));
    g_assert_nonnull(strstr(f->why, f->key));
}

static void a_key_is_made_once_and_for_the_owner_alone(Folder *f, const void *unused)
{
    SealKey first, second;
    struct stat s;
    g_assert_true(seal_key_load(f->key, true, &first, &f->why));
    g_assert_cmpint(stat(f->key, &s), ==, 0);
    g_assert_cmpint(s.st_mode & 07777, ==, 0600);
    g_assert_cmpint(s.st_size, ==, 64);
    g_assert_cmpint(s.st_nlink, ==, 1);
    g_assert_true(seal_key_load(f->key, true, &second, &f->why));
    g_assert_cmpmem(&first, sizeof first, &second, sizeof second);
    g_assert_cmpuint(strlen(first.id), ==, SEAL_KEY_ID);
    seal_key_forget(&first);
    static const SealKey nothing;
    g_assert_cmpmem(&first, sizeof first, &nothing, sizeof nothing);
}

static void a_key_that_is_not_there_is_not_made_unasked(Folder *f, const void *unused)
{
    refuses(f, false, "No such file");
    g_assert_false(g_file_test(f->key, G_FILE_TEST_EXISTS));
}

static void a_key_that_others_can_read_is_refused(Folder *f, const void *unused)
{
    SealKey key;
    g_assert_true(seal_key_load(f->key, true, &key, &f->why));
    static const mode_t modes[] = {0640, 0604, 0620, 0602, 0644};
    for (size_t i = 0; i < COUNT(modes); i++) {
        g_assert_cmpint(chmod(f->key, modes[i]), ==, 0);
        refuses(f, true, "chmod 600");
    }
    g_assert_cmpint(chmod(f->key, 0400), ==, 0);
    g_assert_true(seal_key_load(f->key, true, &key, &f->why));
}

static void a_key_of_a_wrong_size_is_refused_and_kept(Folder *f, const void *unused)
{
    static const char bytes[65] = "x";
    static const size_t sizes[] = {0, 32, 63, 65};
    for (size_t i = 0; i < COUNT(sizes); i++) {
        write_key(f, bytes, sizes[i], 0600);
        refuses(f, true, "no signing key");
        struct stat s;
        g_assert_cmpint(stat(f->key, &s), ==, 0);
        g_assert_cmpuint((size_t)s.st_size, ==, sizes[i]);
    }
}

static void a_damaged_key_is_noticed(Folder *f, const void *unused)
{
    SealKey key;
    g_assert_true(seal_key_load(f->key, true, &key, &f->why));
    for (size_t i = 0; i < sizeof key.secret; i += 21) {
        key.secret[i] ^= 4;
        write_key(f, key.secret, sizeof key.secret, 0600);
        refuses(f, true, "damaged");
        key.secret[i] ^= 4;
    }
    write_key(f, key.secret, sizeof key.secret, 0600);
    g_assert_true(seal_key_load(f->key, true, &key, &f->why));
}

static void what_is_no_file_is_refused(Folder *f, const void *unused)
{
    g_assert_cmpint(mkfifo(f->key, 0600), ==, 0);
    refuses(f, true, "not a file");
    g_assert_cmpint(g_unlink(f->key), ==, 0);
    g_assert_cmpint(g_mkdir(f->key, 0700), ==, 0);
    refuses(f, true, "not a file");
}

static void *load(void *data)
{
    static _Thread_local SealKey key;
    Folder *f = data;
    const char *why = NULL;
    g_assert_true(seal_key_load(f->key, true, &key, &why));
    return g_strdup(key.id);
}

static void many_who_make_a_key_have_the_same(Folder *f, const void *unused)
{
    GThread *threads[8];
    for (size_t i = 0; i < COUNT(threads); i++)
        threads[i] = g_thread_new("key", load, f);
    g_autofree char *id = g_thread_join(threads[0]);
    for (size_t i = 1; i < COUNT(threads); i++) {
        g_autofree char *other = g_thread_join(threads[i]);
        g_assert_cmpstr(id, ==, other);
    }
}

#define PART(name)      g_test_add_func("/seal/" #name, name)
#define FILE_PART(name) g_test_add("/seal/" #name, Folder, NULL, set_up, name, tear_down)

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    PART(a_code_is_read_as_people_type_it);
    PART(what_is_no_code_is_not_read);
    PART(every_single_typing_error_is_noticed);
    PART(every_swap_of_two_symbols_is_noticed);
    PART(a_signature_has_codes_of_its_own);
    PART(canonical_json_has_one_spelling);
    PART(texts_escape_only_what_they_must);
    PART(keys_are_sorted_by_utf16_units);
    PART(numbers_that_readers_disagree_on_are_refused);
    FILE_PART(a_key_is_made_once_and_for_the_owner_alone);
    FILE_PART(a_key_that_is_not_there_is_not_made_unasked);
    FILE_PART(a_key_that_others_can_read_is_refused);
    FILE_PART(a_key_of_a_wrong_size_is_refused_and_kept);
    FILE_PART(a_damaged_key_is_noticed);
    FILE_PART(what_is_no_file_is_refused);
    FILE_PART(many_who_make_a_key_have_the_same);
    return g_test_run();
}
