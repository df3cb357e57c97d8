/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* site_verify_test.c: what the office says of a code or a document that somebody holds. */
#include "base/hash.h"
#include "base/text.h"
#include "desks/site/site_pages.h"
#include "desks/site/site_room.h"
#include "store/store_test.h"
#include "web/web_test.h"

#include <sodium.h>

static const Route *const routes[] = {site_verify_routes, NULL};

static const char canonical[] = "{\"figures\":[],\"month\":\"2022-07\",\"version\":1}";

static bool seal_it(Ctx *ctx, void *to)
{
    SealDraft draft = {.subject = "paper", .subject_id = 7, .version = 1, .title = "Un documento", .address = "/informes/2022-07",
                       .canonical = {canonical, sizeof canonical - 1}};
    const Seal *seal = NULL;
    bool made = seal_make(ctx, test_key(), &draft, &seal);
    if (made)
        *(const char **)to = g_strdup(seal->code);
    return made;
}

static bool withdraw(Ctx *ctx, void *code)
{
    const Seal *seal = seal_by_code(ctx, code);
    return seal && seal_withdraw(ctx, seal->id);
}

static char *sealed(StoreTest *t)
{
    char *code = NULL;
    test_write(&t->ctx, seal_it, &code);
    return code;
}

static const PageAnswer *asked(PageTest *p, const char *what)
{
    const PageAnswer *a = page_test_get(p, arena_printf(p->kept, "/verificar?codigo=%s", what));
    g_assert_cmpint(a->status, ==, 200);
    assert_page_sound(a);
    return a;
}

static void a_code_is_answered_as_people_type_it(StoreTest *t, const void *unused)
{
    PageTest p;
    g_autofree char *code = sealed(t);
    page_test_open(&p, t, routes);
    page_test_as(&p, NULL);
    assert_has(asked(&p, code), "verdict good");
    assert_has(asked(&p, code), "Un documento");
    g_autofree char *lower = g_ascii_strdown(code + 4, -1);
    assert_has(asked(&p, lower), "verdict good");
    assert_has(asked(&p, arena_printf(p.kept, "https%%3A%%2F%%2Fx.example%%2Fverificar%%3Fcodigo%%3D%s", code)), "verdict good");
    assert_has(asked(&p, hash_text(p.kept, (Bytes){canonical, sizeof canonical - 1})), "verdict good");
    page_test_close(&p);
}

static void what_is_not_ours_is_said(StoreTest *t, const void *unused)
{
    PageTest p;
    g_autofree char *code = sealed(t);
    page_test_open(&p, t, routes);
    page_test_as(&p, NULL);
    code[5] = code[5] == 'A' ? 'B' : 'A'; /* one sign wrong: the check sign notices */
    assert_has(asked(&p, code), "verdict warn");
    assert_has(asked(&p, "hola"), "verdict warn");
    assert_has(asked(&p, "<script>alert(1)</script>"), "&lt;script&gt;");
    assert_has(asked(&p, "0000000000000000000000000000000000000000000000000000000000000000"), "verdict warn");
    g_assert_cmpint(page_test_get(&p, "/verificar")->status, ==, 200);
    g_assert_cmpint(page_test_get(&p, "/verificar.json")->status, ==, 422);
    page_test_close(&p);
}

static void what_was_withdrawn_is_said(StoreTest *t, const void *unused)
{
    PageTest p;
    g_autofree char *code = sealed(t);
    test_write(&t->ctx, withdraw, code);
    page_test_open(&p, t, routes);
    page_test_as(&p, NULL);
    assert_has(asked(&p, code), "verdict bad");
    assert_has(page_test_get(&p, arena_printf(p.kept, "/verificar.json?codigo=%s", code)), "\"withdrawn\"");
    page_test_close(&p);
}

static void keys_are_there_for_everybody(StoreTest *t, const void *unused)
{
    PageTest p;
    g_free(sealed(t));
    page_test_open(&p, t, routes);
    page_test_as(&p, NULL);
    const PageAnswer *a = page_test_get(&p, "/.well-known/vocero-keys.json");
    g_assert_cmpint(a->status, ==, 200);
    assert_has(a, "public_key");
    page_test_close(&p);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_assert_cmpint(sodium_init(), >=, 0);
    STORE_TEST("verify", a_code_is_answered_as_people_type_it);
    STORE_TEST("verify", what_is_not_ours_is_said);
    STORE_TEST("verify", what_was_withdrawn_is_said);
    STORE_TEST("verify", keys_are_there_for_everybody);
    return g_test_run();
}
