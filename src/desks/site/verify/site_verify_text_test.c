/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* site_verify_text_test.c: what is said of texts and data that somebody got: ours, a part of ours, changed, or nobody's. */
#include "base/hash.h"
#include "base/text.h"
#include "desks/site/site_pages.h"
#include "desks/site/site_room.h"
#include "store/likeness.h"
#include "store/seal_document.h"
#include "store/store_test.h"
#include "web/web_test.h"

#include <glib/gstdio.h>
#include <sodium.h>

static const Route *const routes[] = {site_verify_routes, NULL};

#define LEAD "Este jueves se puso en marcha el nuevo pozo de la colonia Las Piedras, que dará agua a 2,350 familias."
#define BODY \
    "La obra costó once millones de pesos y se concluyó tres semanas antes de lo previsto. Nadie tiene que pagar por la " \
    "conexión ni entregar documentos a personas que llamen por teléfono."
#define TITLE "Nuevo pozo en Las Piedras"

/* ---- a release as the press room seals it ---- */
typedef struct Edition {
    i64 id, number;
    const char *title, *lead, *body, *correction;
    const char *code;
} Edition;

static const char *canonical_of(Ctx *ctx, const Edition *e)
{
    Buf *plain = buf_new(ctx->arena, 1024, 1 << 16), *out = buf_new(ctx->arena, 1024, 1 << 16);
    JsonOut json = json_out(plain);
    json_open(&json, NULL, '{');
    json_text(&json, "type", "release");
    json_text(&json, "folio", "CS/0001/2022");
    json_int(&json, "edition", e->number);
    json_text(&json, "title", e->title);
    json_text(&json, "lead", e->lead);
    json_text(&json, "body", e->body);
    json_text(&json, "dateline_place", "San Luis Potosí, S.L.P.");
    json_text(&json, "dateline_day", "2022-07-14");
    json_text(&json, "published_at", "2022-07-14T10:00:00-05:00");
    json_text(&json, "correction", e->correction);
    json_close(&json, '}');
    g_assert_true(seal_canonical(ctx, json_read(ctx, buf_data(plain), buf_size(plain)), out));
    return buf_data(out);
}

static bool seal_edition(Ctx *ctx, void *data)
{
    Edition *e = data;
    const char *canonical = canonical_of(ctx, e);
    SealDraft draft = {.subject = "release", .subject_id = e->id, .version = e->number, .title = e->title,
                       .address = "/comunicados/nuevo-pozo", .canonical = {canonical, strlen(canonical)}};
    const Seal *seal = NULL;
    if (!seal_make(ctx, test_key(), &draft, &seal))
        return false;
    e->code = g_strdup(seal->code);
    const char *text = arena_printf(ctx->arena, "%s\n%s\n%s", e->title, e->lead, e->body);
    return likeness_note_text(ctx, seal->id, text) && likeness_note_picture(ctx, seal->id, hash_text(ctx->arena, (Bytes){"GIF89a", 6}), 77, "pozo.jpg");
}

static char *publish(StoreTest *t, i64 number, const char *body, const char *correction)
{
    Edition e = {7, number, TITLE, LEAD, body, correction, NULL};
    test_write(&t->ctx, seal_edition, &e);
    return (char *)e.code;
}

static bool withdraw(Ctx *ctx, void *code)
{
    const Seal *seal = seal_by_code(ctx, code);
    return seal && seal_withdraw(ctx, seal->id);
}

/* ---- asking ---- */
static void open_page(PageTest *p, StoreTest *t)
{
    page_test_open(p, t, routes);
    page_test_as(p, NULL);
}

static const PageAnswer *post(PageTest *p, const char *accept, const char *field, const char *filename, const char *value)
{
    const char *name = filename ? arena_printf(p->kept, "\"; filename=\"%s", filename) : "";
    const char *body = arena_printf(p->kept, "--xYx\r\nContent-Disposition: form-data; name=\"%s%s\"\r\n\r\n%s\r\n--xYx--\r\n", field, name, value);
    return page_test_ask(p, &(PageAsk){.method = "POST", .target = "/verificar", .type = "multipart/form-data; boundary=xYx",
                                       .body = body, .no_csrf = true, .headers = {{"Accept", accept}}});
}

static const PageAnswer *pasted(PageTest *p, const char *text)
{
    const PageAnswer *a = post(p, "text/html", "q", NULL, text);
    g_assert_cmpint(a->status, ==, 200);
    assert_page_sound(a);
    return a;
}

static const PageAnswer *data_of(PageTest *p, const char *text)
{
    const PageAnswer *a = post(p, "application/json", "q", NULL, text);
    g_assert_cmpint(a->status, ==, 200);
    return a;
}

static const PageAnswer *file(PageTest *p, const char *name, const char *text)
{
    const PageAnswer *a = post(p, "application/json", "archivo", name, text);
    g_assert_cmpint(a->status, ==, 200);
    return a;
}

static const char *with(PageTest *p, const char *text, const char *was, const char *is)
{
    g_auto(GStrv) parts = g_strsplit(text, was, 2);
    g_assert_nonnull(parts[1]);
    g_autofree char *joined = g_strjoinv(is, parts);
    return arena_text(p->kept, joined);
}

/* ---- texts ---- */
static void a_text_of_ours_is_known_in_whole_and_in_part(StoreTest *t, const void *unused)
{
    PageTest p;
    g_free(publish(t, 1, BODY, NULL));
    open_page(&p, t);
    assert_has(pasted(&p, TITLE "\n\n" LEAD "\n" BODY), "verdict good");
    assert_has(pasted(&p, "*" LEAD "*\r\n" BODY " 💧"), "verdict good");
    assert_has(data_of(&p, TITLE " " LEAD " " BODY), "\"part\":false");
    const PageAnswer *part = data_of(&p, "La obra costó once millones de pesos y se concluyó tres semanas antes de lo previsto");
    assert_has(part, "\"state\":\"official\"");
    assert_has(part, "\"part\":true");
    assert_has(part, "\"folio\":\"CS/0001/2022\"");
    g_autofree char *ask = g_uri_escape_string(LEAD, NULL, false);
    const PageAnswer *get = page_test_get(&p, arena_printf(p.kept, "/verificar?q=%s", ask));
    g_assert_cmpint(get->status, ==, 200);
    assert_has(get, "verdict good");
    page_test_close(&p);
}

static void what_was_changed_is_shown(StoreTest *t, const void *unused)
{
    PageTest p;
    g_free(publish(t, 1, BODY, NULL));
    open_page(&p, t);
    const char *forged = with(&p, TITLE "\n" LEAD "\n" BODY, "Nadie tiene que pagar", "Cada familia tiene que pagar 900 pesos");
    const PageAnswer *a = pasted(&p, forged);
    assert_has(a, "verdict bad");
    assert_has(a, "<ins>Nadie</ins>");
    assert_has(a, "<del>Cada familia</del>");
    assert_has(a, "<del>900 pesos</del>");
    const PageAnswer *json = data_of(&p, forged);
    assert_has(json, "\"state\":\"changed\"");
    assert_has(json, "{\"kind\":\"was\",\"text\":\"Nadie\"}");
    assert_has(json, "\"differences\":[{\"what\":");
    assert_has(data_of(&p, LEAD " " BODY " Regístrate en http://agua-gratis.example/alta"), "agua-gratis.example/alta");
    page_test_close(&p);
}

static void our_own_links_and_codes_are_no_change(StoreTest *t, const void *unused)
{
    PageTest p;
    g_autofree char *code = publish(t, 1, BODY, NULL);
    open_page(&p, t);
    const char *shared = arena_printf(p.kept, "%s %s Código: %s. %s/comunicados/nuevo-pozo", LEAD, BODY, code, t->city.base_url);
    const PageAnswer *a = data_of(&p, shared);
    assert_has(a, "\"state\":\"changed\""); /* the word "Código" is the sender's */
    assert_has(a, "{\"kind\":\"is\",\"text\":\"Código\"}");
    assert_has(data_of(&p, arena_printf(p.kept, "%s %s %s/verificar?codigo=%s", LEAD, BODY, t->city.base_url, code)), "\"state\":\"official\"");
    const char *copied = arena_printf(p.kept, "CS/0001/2022\n\n" TITLE "\n\n" LEAD "\n\nSan Luis Potosí, S.L.P., 14 de julio de 2022\n\n" BODY
                                              "\n%s %s", say(&t->ctx, "Verification code:"), code);
    assert_has(data_of(&p, copied), "\"state\":\"official\"");
    const char *false_friend = arena_printf(p.kept, "El ayuntamiento regala despensas a quien mande su credencial de elector hoy. %s", code);
    assert_has(data_of(&p, false_friend), "\"state\":\"changed\"");
    page_test_close(&p);
}

static void what_is_nobodys_is_said(StoreTest *t, const void *unused)
{
    PageTest p;
    g_free(publish(t, 1, BODY, NULL));
    open_page(&p, t);
    const PageAnswer *a = pasted(&p, "Atención vecinos: mañana cierran todas las escuelas de la ciudad por orden de la autoridad, reenvía a todos");
    assert_has(a, "verdict warn");
    assert_has_not(a, "Nuevo pozo");
    assert_has(a, "reenvía a todos</textarea>");
    assert_has(data_of(&p, "agua para familias"), "\"short_text\":true");
    assert_has(data_of(&p, "💧💧 … 🚰"), "\"short_text\":true");
    assert_has(data_of(&p, "<script>alert(1)</script> y otras cosas"), "\"state\":\"unknown\"");
    assert_has(pasted(&p, "<script>alert(1)</script> y otras cosas"), "&lt;script&gt;");
    g_assert_cmpint(post(&p, "text/html", "q", NULL, "   ")->status, ==, 422);
    Buf *big = buf_new(p.kept, 1024, 1 << 20);
    while (buf_size(big) <= VERIFY_TEXT_MAX)
        buf_text(big, "palabra tras palabra ");
    g_assert_cmpint(post(&p, "text/html", "q", NULL, buf_data(big))->status, ==, 422);
    page_test_close(&p);
}

static void corrections_and_withdrawals_are_told(StoreTest *t, const void *unused)
{
    PageTest p;
    g_autofree char *first = publish(t, 1, BODY, NULL);
    open_page(&p, t);
    const char *corrected = with(&p, BODY, "once", "doce");
    g_autofree char *second = publish(t, 2, corrected, "Costó doce millones, no once.");
    const PageAnswer *a = pasted(&p, LEAD " " BODY);
    assert_has(a, "verdict warn");
    assert_has(a, "Costó doce millones, no once.");
    assert_has(a, "?edicion=1");
    assert_has(a, first);
    const PageAnswer *json = data_of(&p, LEAD " " BODY);
    assert_has(json, "\"newer\":2");
    assert_has(json, "\"corrections\":[{\"version\":2");
    assert_has(data_of(&p, arena_printf(p.kept, LEAD " %s", corrected)), second);
    test_write(&t->ctx, withdraw, second);
    assert_has(data_of(&p, LEAD " " BODY), "\"state\":\"withdrawn\"");
    page_test_close(&p);
}

/* ---- links ---- */
static void a_link_says_whose_it_is(StoreTest *t, const void *unused)
{
    PageTest p;
    g_autofree char *code = publish(t, 1, BODY, NULL);
    open_page(&p, t);
    assert_has(data_of(&p, "https://sanluis-falso.example/comunicados/nuevo-pozo"), "\"other_host\":\"sanluis-falso.example\"");
    assert_has(pasted(&p, "https://sanluis-falso.example/comunicados/nuevo-pozo"), "sanluis-falso.example");
    const PageAnswer *other = data_of(&p, arena_printf(p.kept, "https://falso.example/verificar?codigo=%s", code));
    assert_has(other, "\"state\":\"official\"");
    assert_has(other, "\"other_host\":\"falso.example\"");
    assert_has_not(data_of(&p, arena_printf(p.kept, "%s/verificar?x=1&codigo=%s#a", t->city.base_url, code)), "other_host");
    assert_has(data_of(&p, "/comunicados/no-hay"), "\"state\":\"unknown\"");
    assert_has(data_of(&p, "/informes/2022-13"), "\"state\":\"unknown\"");
    assert_has(data_of(&p, "/comunicados/a/b/../../c"), "\"state\":\"unknown\"");
    page_test_close(&p);
}

/* ---- files ---- */
static void data_is_compared_member_by_member(StoreTest *t, const void *unused)
{
    PageTest p;
    g_autofree char *code = publish(t, 1, BODY, NULL);
    open_page(&p, t);
    const Seal *seal = seal_by_code(&t->ctx, code);
    assert_has(file(&p, "a.json", seal->canonical), "\"state\":\"official\"");
    const PageAnswer *a = file(&p, "a.json", with(&p, seal->canonical, "once millones", "noventa millones"));
    assert_has(a, "\"state\":\"changed\"");
    assert_has(a, "\"was\":\"once\",\"is\":\"noventa\"");
    assert_has(file(&p, "a.json", with(&p, seal->canonical, "{", "{\"nota\":\"pague aquí\",")), "\"what\":\"nota\",\"is\":\"pague aquí\"");
    const char *public_data = arena_printf(p.kept, "{\"code\":\"%s\",\"title\":\"%s\",\"lead\":\"%s\",\"body_html\":\"<p>%s</p>\",\"state\":\"published\"}",
                                           code, TITLE, LEAD, BODY);
    assert_has(file(&p, "b.json", public_data), "\"state\":\"official\"");
    assert_has(file(&p, "b.json", with(&p, public_data, "once", "uno")), "\"is\":\"uno\"");
    assert_has(file(&p, "b.json", with(&p, public_data, "2,350", "9,350")), "\"state\":\"changed\"");
    assert_has(file(&p, "c.json", "{\"x\":1}"), "\"state\":\"unknown\"");
    assert_has(file(&p, "c.json", "{"), "\"unread\":true");
    page_test_close(&p);
}

static void a_file_that_proves_itself_is_proved(StoreTest *t, const void *unused)
{
    PageTest p;
    g_autofree char *code = publish(t, 1, BODY, NULL);
    open_page(&p, t);
    const PageAnswer *document = page_test_get(&p, arena_printf(p.kept, "/verificar/documento?codigo=%s", code));
    g_assert_cmpint(document->status, ==, 200);
    assert_has(document, "\"canonical\":");
    assert_has(file(&p, "d.json", document->body), "\"state\":\"official\"");
    assert_has(file(&p, "d.json", with(&p, document->body, "once", "dos")), "\"state\":\"changed\"");
    assert_has(file(&p, "d.json", with(&p, document->body, "\"signature\":\"", "\"signature\":\"AA")), "\"state\":\"changed\"");
    g_assert_cmpint(page_test_get(&p, "/verificar/documento?codigo=VOC-0000-00")->status, ==, 404);
    g_assert_cmpint(page_test_get(&p, "/verificar/documento")->status, ==, 404);
    page_test_close(&p);
}

static void a_text_file_is_read_like_a_pasted_text(StoreTest *t, const void *unused)
{
    PageTest p;
    g_free(publish(t, 1, BODY, NULL));
    open_page(&p, t);
    assert_has(file(&p, "a.txt", LEAD "\n\n" BODY), "\"state\":\"official\"");
    assert_has(file(&p, "a.txt", LEAD "\n\nLa obra costó cien millones de pesos y se concluyó tres semanas antes."), "\"state\":\"changed\"");
    assert_has(file(&p, "a.gif", "GIF89a"), "\"picture\":\"pozo.jpg\"");
    assert_has(file(&p, "b.gif", "GIF89a no more"), "\"unread\":true");
    page_test_close(&p);
}

/* ---- the QR code ---- */
static void a_code_has_a_square(StoreTest *t, const void *unused)
{
    PageTest p;
    g_autofree char *code = publish(t, 1, BODY, NULL);
    open_page(&p, t);
    const PageAnswer *a = page_test_get(&p, arena_printf(p.kept, "/verificar/qr?codigo=%s", code));
    g_assert_cmpint(a->status, ==, 200);
    g_assert_cmpstr(page_test_header(a, "Content-Type"), ==, "image/svg+xml");
    assert_has(a, "<path d=\"M");
    g_assert_nonnull(strstr(page_test_header(a, "Cache-Control"), "immutable"));
    g_assert_cmpint(page_test_get(&p, "/verificar/qr?codigo=VOC-0000-00")->status, ==, 404);
    g_assert_cmpint(page_test_get(&p, "/verificar/qr?codigo=%3Cscript%3E")->status, ==, 404);
    page_test_close(&p);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_assert_cmpint(sodium_init(), >=, 0);
    STORE_TEST("verify_text", a_text_of_ours_is_known_in_whole_and_in_part);
    STORE_TEST("verify_text", what_was_changed_is_shown);
    STORE_TEST("verify_text", our_own_links_and_codes_are_no_change);
    STORE_TEST("verify_text", what_is_nobodys_is_said);
    STORE_TEST("verify_text", corrections_and_withdrawals_are_told);
    STORE_TEST("verify_text", a_link_says_whose_it_is);
    STORE_TEST("verify_text", data_is_compared_member_by_member);
    STORE_TEST("verify_text", a_file_that_proves_itself_is_proved);
    STORE_TEST("verify_text", a_text_file_is_read_like_a_pasted_text);
    STORE_TEST("verify_text", a_code_has_a_square);
    return g_test_run();
}
