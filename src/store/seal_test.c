/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* seal_test.c: what is sealed is found and proved, and whoever alters it is found out. */
#include "store/seal.h"
#include "base/text.h"
#include "store/store_test.h"

#include <sodium.h>

#define REPORT "{\"figures\":[68,70],\"report\":\"2022-07\",\"título\":\"Informe de julio\"}"

typedef struct Asked {
    SealKey key;
    SealDraft draft;
    const Seal *seal;
} Asked;

static SealDraft draft_of(i64 subject_id, i64 version, const char *canonical)
{
    return (SealDraft){
        .subject = "report",
        .subject_id = subject_id,
        .version = version,
        .title = "Informe mensual, julio de 2022",
        .address = "/informes/2022-07",
        .canonical = {.data = canonical, .size = strlen(canonical)},
    };
}

static bool make(Ctx *ctx, void *data)
{
    Asked *asked = data;
    return seal_make(ctx, &asked->key, &asked->draft, &asked->seal);
}

static const Seal *sealed_by(Ctx *ctx, unsigned char key, i64 subject_id, i64 version)
{
    Asked asked = {.key = test_key_of(key), .draft = draft_of(subject_id, version, REPORT)};
    test_write(ctx, make, &asked);
    return asked.seal;
}

static const Seal *sealed(Ctx *ctx, i64 subject_id, i64 version)
{
    return sealed_by(ctx, 0, subject_id, version);
}

static void refused(Ctx *ctx, Asked asked, FaultKind kind)
{
    g_assert_false(db_transact(ctx, make, &asked));
    assert_fault(ctx, kind);
}

/* ---- sealing ---- */
/* Key, signature, hash and code as openssl and sha256sum make them of the same bytes. */
static void anybody_can_compute_it(StoreTest *t, const void *unused)
{
    const Seal *seal = sealed(&t->ctx, 7, 1);
    g_assert_cmpstr(seal->key, ==, "56475aa75463474c");
    g_assert_cmpstr(
        seal->signature, ==,
        "ypVq4kb-mL9Uncj4d4YGT5i5RXDsY08AXXDFvs99iFmF6_SMCrjWCr5cCi6LRnaUW8oZtzW-oS5WZU_WBMfHAA");
    g_assert_cmpstr(seal->sha256, ==,
                    "aa6493b8c7d4315dc1b7d6048f491c0a3e1877f2d1397e87d50ea4467f0b60a9");
    g_assert_cmpstr(seal->code, ==, "VOC-GQG9-SA");
}

static void assert_same_seal(const Seal *a, const Seal *b)
{
    g_assert_nonnull(a);
    g_assert_nonnull(b);
    g_assert_cmpint(a->id, ==, b->id);
    g_assert_cmpstr(a->code, ==, b->code);
    g_assert_cmpstr(a->subject, ==, b->subject);
    g_assert_cmpint(a->subject_id, ==, b->subject_id);
    g_assert_cmpint(a->version, ==, b->version);
    g_assert_cmpstr(a->title, ==, b->title);
    g_assert_cmpstr(a->address, ==, b->address);
    g_assert_cmpint(a->at, ==, b->at);
    g_assert_cmpint(a->withdrawn_at, ==, b->withdrawn_at);
    g_assert_cmpstr(a->sha256, ==, b->sha256);
    g_assert_cmpstr(a->signature, ==, b->signature);
    g_assert_cmpstr(a->key, ==, b->key);
    g_assert_cmpstr(a->canonical, ==, b->canonical);
}

static void a_seal_is_found_by_code_hash_and_subject(StoreTest *t, const void *unused)
{
    Ctx *ctx = &t->ctx;
    const Seal *seal = sealed(ctx, 7, 1);
    g_assert_cmpint(seal->at, ==, ctx->now);
    assert_same_seal(seal_by_code(ctx, seal->code), seal);
    assert_same_seal(seal_by_hash(ctx, seal->sha256), seal);
    assert_same_seal(seal_of(ctx, "report", 7, 1), seal);
    g_assert_true(seal_check(ctx, seal_by_code(ctx, seal->code)));
    g_assert_null(seal_of(ctx, "report", 7, 2));
    g_assert_null(seal_of(ctx, "release", 7, 1));
    g_assert_null(seal_by_hash(ctx, "aa"));
    g_assert_null(seal_by_hash(ctx, NULL));
    g_assert_null(seal_by_code(ctx, "VOC-0000-00"));
    assert_no_fault(ctx);
}

static void the_youngest_version_is_version_zero(StoreTest *t, const void *unused)
{
    Ctx *ctx = &t->ctx;
    sealed(ctx, 7, 2);
    sealed(ctx, 7, 10);
    sealed(ctx, 7, 9);
    g_assert_cmpint(seal_of(ctx, "report", 7, 0)->version, ==, 10);
    g_assert_null(seal_of(ctx, "report", 8, 0));
}

static void a_version_is_sealed_once(StoreTest *t, const void *unused)
{
    sealed(&t->ctx, 7, 1);
    refused(&t->ctx, (Asked){.key = test_key_of(0), .draft = draft_of(7, 1, "{}")}, FAULT_CONFLICT);
    sealed(&t->ctx, 7, 2);
}

static void the_same_text_twice_has_two_codes(StoreTest *t, const void *unused)
{
    Ctx *ctx = &t->ctx;
    const Seal *first = sealed(ctx, 7, 1), *second = sealed(ctx, 8, 1);
    g_assert_cmpstr(first->signature, ==, second->signature);
    g_assert_cmpstr(second->code, ==, "VOC-TMCJ-CF");
    g_assert_true(seal_check(ctx, seal_by_code(ctx, second->code)));
    g_assert_cmpint(seal_by_code(ctx, first->code)->subject_id, ==, 7);
    g_assert_cmpint(seal_by_hash(ctx, first->sha256)->subject_id, ==, 8); /* the younger one */
}

static void only_canonical_text_is_sealed(StoreTest *t, const void *unused)
{
    static const struct {
        const char *text;
        FaultKind kind;
    } texts[] = {
        {"{\"b\":1,\"a\":2}", FAULT_BROKEN},   {"{\"a\": 1}", FAULT_BROKEN},
        {"{\"a\":\"\\u00e1\"}", FAULT_BROKEN}, {"{\"a\":1}\n", FAULT_BROKEN},
        {"{\"a\":1.5}", FAULT_INVALID},        {"", FAULT_MALFORMED},
        {"{\"a\":1", FAULT_MALFORMED},         {"{\"a\":1,\"a\":1}", FAULT_MALFORMED},
    };
    for (size_t i = 0; i < COUNT(texts); i++)
        refused(&t->ctx, (Asked){.key = test_key_of(0), .draft = draft_of(7, 1, texts[i].text)},
                texts[i].kind);
    g_assert_null(seal_of(&t->ctx, "report", 7, 0));
    g_assert_cmpuint(seal_keys(&t->ctx, 10).count, ==, 0);
}

static bool withdraw(Ctx *ctx, void *data)
{
    return seal_withdraw(ctx, *(const i64 *)data);
}

static void what_was_said_can_be_withdrawn_once(StoreTest *t, const void *unused)
{
    Ctx *ctx = &t->ctx;
    const Seal *seal = sealed(ctx, 7, 1);
    i64 id = seal->id;
    ctx->now += CLOCK_DAY;
    test_write(ctx, withdraw, &id);
    const Seal *after = seal_by_code(ctx, seal->code);
    g_assert_cmpint(after->withdrawn_at, ==, ctx->now);
    g_assert_true(seal_check(ctx, after)); /* said it was, all the same */
    g_assert_false(db_transact(ctx, withdraw, &id));
    assert_fault(ctx, FAULT_CONFLICT);
}

/* ---- altering ---- */
static const Seal *after(StoreTest *t, const char *sql)
{
    test_script(&t->ctx, sql);
    const Seal *seal = seal_of(&t->ctx, "report", 7, 1);
    g_assert_nonnull(seal);
    return seal;
}

static void whatever_is_altered_is_noticed(StoreTest *t, const void *unused)
{
    static const char *const crimes[] = {
        "UPDATE store_seal SET canonical = '{\"figures\":[70,70]}' WHERE subject_id = 7",
        "UPDATE store_seal SET sha256 = (SELECT o.sha256 FROM store_seal AS o WHERE o.subject_id = "
        "8) WHERE subject_id = 7",
        "UPDATE store_seal SET signature = (SELECT o.signature FROM store_seal AS o WHERE "
        "o.subject_id = 8)"
        " WHERE subject_id = 7",
        "UPDATE store_seal SET canonical = (SELECT o.canonical FROM store_seal AS o WHERE "
        "o.subject_id = 8),"
        " sha256 = (SELECT o.sha256 FROM store_seal AS o WHERE o.subject_id = 8) WHERE subject_id "
        "= 7",
        "UPDATE store_seal SET code = 'VOC-0000-00' WHERE subject_id = 7",
        "UPDATE store_seal SET signature = '' WHERE subject_id = 7",
        "UPDATE store_seal SET signature = signature || 'A' WHERE subject_id = 7",
    };
    Ctx *ctx = &t->ctx;
    const Seal *seal = sealed(ctx, 7, 1);
    Asked other = {.key = test_key_of(0), .draft = draft_of(8, 1, "{\"figures\":[1,2]}")};
    test_write(ctx, make, &other);
    const char *mend =
        arena_printf(ctx->arena,
                     "UPDATE store_seal SET canonical = '%s', sha256 = '%s', signature = '%s',"
                     " code = '%s' WHERE subject_id = 7",
                     seal->canonical, seal->sha256, seal->signature, seal->code);
    for (size_t i = 0; i < COUNT(crimes); i++) {
        g_test_message("%s", crimes[i]);
        g_assert_false(seal_check(ctx, after(t, crimes[i])));
        g_assert_true(seal_check(ctx, after(t, mend)));
    }
    assert_no_fault(ctx);
}

static void another_key_in_its_place_is_noticed(StoreTest *t, const void *unused)
{
    Ctx *ctx = &t->ctx;
    sealed(ctx, 7, 1);
    ctx->now += CLOCK_DAY;
    const Seal *other = sealed_by(ctx, 9, 8, 1);
    /* a forger who owns the database signs with a key of his own under the old key's name */
    const char *forge = arena_printf(
        ctx->arena,
        "UPDATE store_seal_key SET public_key = (SELECT o.public_key FROM store_seal_key AS o"
        " WHERE o.id = '%s') WHERE id = '56475aa75463474c';"
        "DELETE FROM store_seal WHERE subject_id = 8;"
        "UPDATE store_seal SET signature = '%s', code = '%s' WHERE subject_id = 7",
        other->key, other->signature, other->code);
    g_assert_false(seal_check(ctx, after(t, forge)));
    refused(ctx, (Asked){.key = test_key_of(0), .draft = draft_of(9, 1, "{}")}, FAULT_BROKEN);
}

static void a_seal_proves_itself_without_a_database(StoreTest *t, const void *unused)
{
    Seal seal = *sealed(&t->ctx, 7, 1);
    SealKey right = test_key_of(0), wrong = test_key_of(1);
    g_assert_true(seal_verify(&seal, right.public_key));
    g_assert_false(seal_verify(&seal, wrong.public_key));
    seal.canonical = NULL;
    g_assert_false(seal_verify(&seal, right.public_key));
}

/* ---- keys ---- */
static const SealPublic *public_at(List keys, size_t i)
{
    g_assert_cmpuint(i, <, keys.count);
    return (const SealPublic *)keys.items + i;
}

static void a_new_key_takes_over_and_the_old_one_still_proves(StoreTest *t, const void *unused)
{
    Ctx *ctx = &t->ctx;
    i64 begun = ctx->now;
    const Seal *old = sealed_by(ctx, 0, 7, 1);
    ctx->now += CLOCK_DAY;
    sealed_by(ctx, 0, 7, 2);
    ctx->now += CLOCK_DAY;
    const Seal *young = sealed_by(ctx, 9, 7, 3);

    List keys = seal_keys(ctx, 10);
    g_assert_cmpuint(keys.count, ==, 2);
    g_assert_cmpstr(public_at(keys, 0)->id, ==, young->key);
    g_assert_cmpint(public_at(keys, 0)->from_at, ==, ctx->now);
    g_assert_cmpint(public_at(keys, 0)->to_at, ==, 0);
    g_assert_cmpstr(public_at(keys, 1)->id, ==, old->key);
    g_assert_cmpstr(public_at(keys, 1)->public_key, ==,
                    "A6EHv_POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg");
    g_assert_cmpint(public_at(keys, 1)->from_at, ==, begun);
    g_assert_cmpint(public_at(keys, 1)->to_at, ==, ctx->now);
    g_assert_true(seal_check(ctx, old));
    g_assert_true(seal_check(ctx, young));
}

static void a_key_that_was_replaced_signs_nothing_more(StoreTest *t, const void *unused)
{
    Ctx *ctx = &t->ctx;
    sealed_by(ctx, 0, 7, 1);
    sealed_by(ctx, 9, 7, 2);
    refused(ctx, (Asked){.key = test_key_of(0), .draft = draft_of(7, 3, "{}")}, FAULT_CONFLICT);
    g_assert_null(seal_of(ctx, "report", 7, 3));
}

static void sealing_makes_public_pages_anew(StoreTest *t, const void *unused)
{
    Ctx *ctx = &t->ctx;
    Asked asked = {.key = test_key_of(0), .draft = draft_of(7, 1, REPORT)};
    g_assert_true(db_begin(ctx));
    g_assert_false(db_touched_public(ctx->db));
    g_assert_true(make(ctx, &asked));
    g_assert_true(db_touched_public(ctx->db));
    g_assert_true(db_commit(ctx));
}

/* ---- files ---- */
#define PDF_HASH "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

static bool note(Ctx *ctx, void *data)
{
    const SealFile *file = data;
    return seal_note_file(ctx, file->seal, file->sha256, file->name);
}

static void a_file_is_found_by_its_bytes(StoreTest *t, const void *unused)
{
    Ctx *ctx = &t->ctx;
    const Seal *seal = sealed(ctx, 7, 1);
    SealFile pdf = {.seal = seal->id, .sha256 = PDF_HASH, .name = "informe-2022-07.pdf"};
    test_write(ctx, note, &pdf);
    test_write(ctx, note, &pdf); /* made again, the same bytes */
    g_assert_cmpint(seal_by_hash(ctx, PDF_HASH)->id, ==, seal->id);
    g_assert_cmpint(
        seal_by_hash(ctx, " 00112233445566778899AABBCCDDEEFF00112233445566778899aabbccddeeff\n")
            ->id,
        ==, seal->id);
    List files = seal_files(ctx, seal->id);
    g_assert_cmpuint(files.count, ==, 1);
    const SealFile *file = files.items;
    g_assert_cmpstr(file->name, ==, "informe-2022-07.pdf");
    g_assert_cmpstr(file->sha256, ==, PDF_HASH);
    g_assert_cmpint(file->at, ==, ctx->now);
}

static void a_file_needs_a_hash_and_a_seal(StoreTest *t, const void *unused)
{
    Ctx *ctx = &t->ctx;
    SealFile file = {.seal = sealed(ctx, 7, 1)->id, .sha256 = "informe.pdf", .name = "informe.pdf"};
    g_assert_false(db_transact(ctx, note, &file));
    assert_fault(ctx, FAULT_BROKEN);
    file = (SealFile){.seal = 12, .sha256 = PDF_HASH, .name = "informe.pdf"};
    g_assert_false(db_transact(ctx, note, &file));
    assert_fault(ctx, FAULT_CONFLICT);
}

/* ---- two at once ---- */
typedef struct Racer {
    Ctx ctx;
    Asked asked;
    bool made;
    FaultKind kind;
} Racer;

static void *race(void *data)
{
    Racer *racer = data;
    racer->made = db_transact(&racer->ctx, make, &racer->asked);
    racer->kind = fault_take(&racer->ctx).kind;
    return NULL;
}

static void two_who_seal_the_same_version_make_one_seal(StoreTest *t, const void *unused)
{
    Racer racers[2];
    GThread *threads[2];
    for (size_t i = 0; i < 2; i++) {
        racers[i] =
            (Racer){.ctx = t->ctx, .asked = {.key = test_key_of(0), .draft = draft_of(7, 1, REPORT)}};
        racers[i].ctx.arena = arena_new(0);
        racers[i].ctx.db = store_test_connect(t, DB_WRITE);
    }
    for (size_t i = 0; i < 2; i++)
        threads[i] = g_thread_new("seal", race, &racers[i]);
    for (size_t i = 0; i < 2; i++) {
        g_thread_join(threads[i]);
        db_close(racers[i].ctx.db);
        arena_free(racers[i].ctx.arena);
    }
    g_assert_true(racers[0].made != racers[1].made);
    g_assert_cmpint(racers[racers[0].made ? 1 : 0].kind, ==, FAULT_CONFLICT);
    g_assert_true(seal_check(&t->ctx, seal_of(&t->ctx, "report", 7, 1)));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    STORE_TEST("seal", anybody_can_compute_it);
    STORE_TEST("seal", a_seal_is_found_by_code_hash_and_subject);
    STORE_TEST("seal", the_youngest_version_is_version_zero);
    STORE_TEST("seal", a_version_is_sealed_once);
    STORE_TEST("seal", the_same_text_twice_has_two_codes);
    STORE_TEST("seal", only_canonical_text_is_sealed);
    STORE_TEST("seal", what_was_said_can_be_withdrawn_once);
    STORE_TEST("seal", whatever_is_altered_is_noticed);
    STORE_TEST("seal", another_key_in_its_place_is_noticed);
    STORE_TEST("seal", a_seal_proves_itself_without_a_database);
    STORE_TEST("seal", a_new_key_takes_over_and_the_old_one_still_proves);
    STORE_TEST("seal", a_key_that_was_replaced_signs_nothing_more);
    STORE_TEST("seal", sealing_makes_public_pages_anew);
    STORE_TEST("seal", a_file_is_found_by_its_bytes);
    STORE_TEST("seal", a_file_needs_a_hash_and_a_seal);
    STORE_TEST("seal", two_who_seal_the_same_version_make_one_seal);
    return g_test_run();
}
