/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* proof_test.c: what proves itself, what refutes itself, and what a list of keys cannot say. No database. */
#include "store/proof.h"
#include "base/hash.h"
#include "base/text.h"
#include "store/seal_room.h"
#include "store/store_test.h"

#include <glib.h>
#include <sodium.h>

#define PICTURE "\x89PNG not really"

typedef struct Case {
    Arena *arena;
    City city;
    Ctx ctx;
    SealKey key;
    Seal seal;
    SealPublic listed;
} Case;

static const char *base64url(Arena *a, const unsigned char *bytes, size_t n)
{
    size_t size = sodium_base64_ENCODED_LEN(n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    return sodium_bin2base64(arena_bytes(a, size), size, bytes, n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

/* Signed as seal_make() does, without a database. */
static void seal_it(Case *c, const char *canonical)
{
    unsigned char signature[SEAL_SIGNATURE];
    char code[SEAL_CODE + 1];
    crypto_sign_detached(signature, NULL, (const unsigned char *)canonical, strlen(canonical), c->key.secret);
    seal_code_make(signature, 0, code);
    c->seal = (Seal){.canonical = canonical, .code = arena_text(c->arena, code), .key = c->key.id,
                     .sha256 = hash_text(c->arena, (Bytes){canonical, strlen(canonical)}),
                     .signature = base64url(c->arena, signature, sizeof signature)};
}

static void begin(Case *c)
{
    g_assert_cmpint(sodium_init(), >=, 0);
    *c = (Case){.arena = arena_new(64 * 1024 * 1024), .city = {.zone = zone_find("UTC")}, .key = test_key_of(1)};
    c->ctx = (Ctx){.arena = c->arena, .actor = &actor_system, .city = &c->city};
    c->listed = (SealPublic){.id = c->key.id, .public_key = base64url(c->arena, c->key.public_key, 32), .from_at = 1};
    const char *hash = hash_text(c->arena, (Bytes){PICTURE, sizeof PICTURE - 1});
    seal_it(c, arena_printf(c->arena, "{\"at\":\"2022-07-14T15:00:00Z\",\"body\":\"La obra costó **once millones** de pesos y se concluyó tres "
                                      "semanas antes de lo previsto.\",\"files\":[{\"sha256\":\"%s\"}],\"title\":\"Nuevo pozo\"}", hash));
}

static void end(Case *c)
{
    g_assert_false(faulted(&c->ctx));
    arena_free(c->arena);
}

static const char *document(Case *c)
{
    Buf *out = buf_new(c->arena, 4096, 1 << 20);
    seal_document_write(&c->seal, out);
    return buf_data(out);
}

static Bytes bytes_of(const char *text)
{
    return (Bytes){text, strlen(text)};
}

static const Proof *proof(Case *c, const char *file, const char *sealed)
{
    return proof_of(&c->ctx, &(ProofFile){.bytes = bytes_of(file)}, sealed ? bytes_of(sealed) : (Bytes){0}, (List){&c->listed, 1});
}

static const char *with(Case *c, const char *text, const char *was, const char *is)
{
    g_auto(GStrv) parts = g_strsplit(text, was, 2);
    g_assert_nonnull(parts[1]);
    g_autofree char *joined = g_strjoinv(is, parts);
    return arena_text(c->arena, joined);
}

/* ---- the document itself ---- */
static void a_document_proves_itself(void)
{
    Case c;
    begin(&c);
    const Proof *p = proof(&c, document(&c), NULL);
    g_assert_cmpint(p->state, ==, PROVED);
    g_assert_cmpstr(p->title, ==, "Nuevo pozo");
    g_assert_cmpstr(p->code, ==, c.seal.code);
    end(&c);
}

/* Only in the names of code and hash, which need not be there, may a byte be another. */
static void no_byte_of_it_can_be_another(void)
{
    Case c;
    begin(&c);
    const char *whole = document(&c);
    size_t n = strlen(whole);
    for (size_t i = 0; i < n; i++) {
        Lap lap CLEANUP(lap_end) = lap_begin(&c.ctx);
        char *altered = arena_text(c.ctx.arena, whole);
        altered[i] = altered[i] == 'x' ? 'y' : 'x';
        const Proof *p = proof(&c, altered, NULL);
        g_assert_true(p->state != PROVED || !p->code || !strstr(altered, "\"sha256\":\""));
    }
    end(&c);
}

static void a_cut_document_proves_nothing(void)
{
    Case c;
    begin(&c);
    const char *whole = document(&c);
    for (size_t n = 0; n < strlen(whole) - 2; n++) {
        Lap lap CLEANUP(lap_end) = lap_begin(&c.ctx);
        g_assert_cmpint(proof(&c, arena_copy(c.ctx.arena, whole, n), NULL)->state, !=, PROVED);
    }
    end(&c);
}

static void what_stands_beside_the_signed_text_must_agree(void)
{
    Case c;
    begin(&c);
    const char *doc = document(&c);
    g_assert_cmpint(proof(&c, with(&c, doc, "{", "{\"title\":\"Nuevo pozo\","), NULL)->state, ==, PROVED);
    const Proof *p = proof(&c, with(&c, doc, "{", "{\"title\":\"Pozo clausurado\","), NULL);
    g_assert_cmpint(p->state, ==, REFUTED);
    g_assert_cmpuint(p->differences.count, ==, 1);
    end(&c);
}

/* ---- keys ---- */
static void another_key_proves_nothing(void)
{
    Case c;
    begin(&c);
    const char *doc = document(&c);
    SealKey other = test_key_of(2);
    c.listed = (SealPublic){.id = other.id, .public_key = base64url(c.arena, other.public_key, 32)};
    g_assert_cmpint(proof(&c, doc, NULL)->state, ==, UNPROVED);
    c.listed.id = c.key.id; /* a list that calls a strange key by our name */
    const Proof *p = proof(&c, doc, NULL);
    g_assert_cmpint(p->state, ==, REFUTED);
    g_assert_cmpint(p->signature, ==, PROOF_KEY);
    c.listed.public_key = "AAAA";
    g_assert_cmpint(proof(&c, doc, NULL)->signature, ==, PROOF_KEY);
    end(&c);
}

static void an_ended_key_proves_what_was_said_before_its_end(void)
{
    Case c;
    i64 said;
    begin(&c);
    g_assert_true(clock_parse_rfc3339("2022-07-14T15:00:00Z", &said));
    c.listed.to_at = said + 1;
    g_assert_cmpint(proof(&c, document(&c), NULL)->state, ==, PROVED);
    c.listed.to_at = said - 1;
    const Proof *p = proof(&c, document(&c), NULL);
    g_assert_cmpint(p->state, ==, REFUTED);
    g_assert_cmpint(p->signature, ==, PROOF_ENDED);
    end(&c);
}

static void keys_are_read_as_they_are_published(void)
{
    Case c;
    List keys;
    begin(&c);
    const char *text = arena_printf(c.arena, "{\"items\":[{\"id\":\"%s\",\"public_key\":\"%s\",\"from_at\":\"2022-07-01T00:00:00-05:00\"}],\"total\":1}",
                                    c.listed.id, c.listed.public_key);
    g_assert_true(seal_keys_read(&c.ctx, json_read(&c.ctx, text, strlen(text)), &keys));
    g_assert_cmpuint(keys.count, ==, 1);
    g_assert_cmpint(((const SealPublic *)keys.items)->to_at, ==, 0);
    static const char *const wrong[] = {"{}", "{\"items\":[]}", "{\"items\":[1]}", "{\"items\":[{\"id\":\"a\"}]}", "[]"};
    for (size_t i = 0; i < COUNT(wrong); i++) {
        g_assert_false(seal_keys_read(&c.ctx, json_read(&c.ctx, wrong[i], strlen(wrong[i])), &keys));
        g_assert_cmpint(fault_take(&c.ctx).kind, ==, FAULT_MALFORMED);
    }
    end(&c);
}

/* ---- other files ---- */
static void a_file_that_is_named_belongs_to_it(void)
{
    Case c;
    begin(&c);
    g_assert_cmpint(proof(&c, PICTURE, document(&c))->state, ==, PROVED);
    g_assert_cmpint(proof(&c, PICTURE "!", document(&c))->state, !=, PROVED);
    g_assert_cmpint(proof(&c, PICTURE, NULL)->state, ==, UNPROVED);
    g_assert_cmpint(proof(&c, PICTURE, "{}")->state, ==, UNPROVED);
    g_assert_cmpint(proof(&c, PICTURE, with(&c, document(&c), "once", "doce"))->state, ==, REFUTED);
    const ProofFile large = {.sha256 = hash_text(c.arena, (Bytes){PICTURE, sizeof PICTURE - 1})}; /* too large to be read */
    g_assert_cmpint(proof_of(&c.ctx, &large, bytes_of(document(&c)), (List){&c.listed, 1})->state, ==, PROVED);
    end(&c);
}

static void words_are_held_against_the_signed_ones(void)
{
    Case c;
    begin(&c);
    const char *doc = document(&c);
    g_assert_cmpint(proof(&c, "NUEVO POZO\n\nLa obra costó once millones de pesos y se concluyó tres semanas antes de lo previsto", doc)->state, ==, PROVED);
    const Proof *part = proof(&c, "se concluyó tres semanas antes de lo previsto", doc);
    g_assert_cmpint(part->state, ==, PROVED);
    g_assert_true(part->part);
    const Proof *p = proof(&c, "La obra costó noventa millones de pesos y se concluyó tres semanas antes", doc);
    g_assert_cmpint(p->state, ==, REFUTED);
    g_assert_cmpstr(((const ProofDifference *)p->differences.items)[0].was, ==, "once");
    const ProofFile pdf = {.bytes = bytes_of("%PDF-1.7 \xff"), .text = "Nuevo pozo"};
    g_assert_cmpint(proof_of(&c.ctx, &pdf, bytes_of(doc), (List){&c.listed, 1})->state, ==, PROVED);
    g_assert_cmpint(proof(&c, "\xff\xfe garbage", doc)->state, ==, UNPROVED);
    g_assert_cmpint(proof(&c, "", doc)->state, ==, UNPROVED);
    g_assert_cmpint(proof(&c, c.seal.canonical, doc)->state, ==, PROVED); /* the signed bytes themselves */
    g_assert_cmpint(proof(&c, with(&c, c.seal.canonical, "once", "doce"), doc)->state, ==, REFUTED);
    end(&c);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/proof/a_document_proves_itself", a_document_proves_itself);
    g_test_add_func("/proof/no_byte_of_it_can_be_another", no_byte_of_it_can_be_another);
    g_test_add_func("/proof/a_cut_document_proves_nothing", a_cut_document_proves_nothing);
    g_test_add_func("/proof/what_stands_beside_the_signed_text_must_agree", what_stands_beside_the_signed_text_must_agree);
    g_test_add_func("/proof/another_key_proves_nothing", another_key_proves_nothing);
    g_test_add_func("/proof/an_ended_key_proves_what_was_said_before_its_end", an_ended_key_proves_what_was_said_before_its_end);
    g_test_add_func("/proof/keys_are_read_as_they_are_published", keys_are_read_as_they_are_published);
    g_test_add_func("/proof/a_file_that_is_named_belongs_to_it", a_file_that_is_named_belongs_to_it);
    g_test_add_func("/proof/words_are_held_against_the_signed_ones", words_are_held_against_the_signed_ones);
    return g_test_run();
}
