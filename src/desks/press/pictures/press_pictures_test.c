/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_pictures_test.c: covers and attachments from the upload to the citizen, the card and the press kit. */
#include "desks/press/pictures/press_test_darkroom.h"
#include "paper/paper_card.h"

#include <archive.h>
#include <archive_entry.h>

static const Route *const routes[] = {press_file_routes, press_share_routes, press_routes, press_public_routes, NULL};

static void a_picture_comes_is_seen_and_reaches_citizens_as_a_copy(StoreTest *t, const void *unused)
{
    Darkroom *d = opened(t, routes);
    i64 id = draft_of(&d->n, "Arranca el bacheo", NULL);
    Bytes photo = photograph(d, 1);
    g_assert_nonnull(picture_metadata(photo));
    page_test_status(bring(d, id, "IMG_20220714.jpg", photo, as_cover), 303);
    const ReleaseFile *f = first_file(d, id);
    g_assert_true(f->is_cover && f->width == 900 && f->height == 600 && f->look != NONE && !f->trouble);
    const char *desk = arena_printf(d->a, "%s/640.jpg", f->url);
    const PageAnswer *small = page_test_status(page_test_get(&d->page, desk), 200);
    g_assert_cmpstr(page_test_header(small, "Content-Type"), ==, "image/jpeg");
    g_assert_null(page_test_header(small, "Content-Disposition"));
    g_assert_null(picture_metadata((Bytes){small->body, small->size}));
    const PageAnswer *original = page_test_status(page_test_get(&d->page, f->url), 200);
    g_assert_cmpmem(original->body, original->size, photo.data, photo.size);
    g_assert_true(text_starts(page_test_header(original, "Content-Disposition"), "attachment;"));
    g_assert_cmpint(work_through(d), ==, 0);
    page_test_as(&d->page, NULL);
    page_test_status(page_test_get(&d->page, at(d, "/medios/", f->id, "/1280.jpg")), 404); /* nothing is public yet */
    send_and_publish(d, id);
    const char *address = at(d, "/medios/", f->id, "/1280.webp");
    const PageAnswer *copy = page_test_status(page_test_get(&d->page, address), 200);
    g_assert_cmpstr(page_test_header(copy, "Content-Type"), ==, "image/webp");
    g_assert_nonnull(strstr(page_test_header(copy, "Cache-Control"), "immutable"));
    g_assert_null(page_test_header(copy, "Vary"));
    g_assert_null(picture_metadata((Bytes){copy->body, copy->size}));
    page_test_status(page_test_ask(&d->page, &(PageAsk){.method = "GET", .target = address, .headers = {{"Accept", "image/webp"}}}), 200);
    page_test_status(page_test_ask(&d->page, &(PageAsk){.method = "GET", .target = address,
                                               .headers = {{"If-None-Match", page_test_header(copy, "ETag")}}}), 304);
    page_test_status(page_test_get(&d->page, at(d, "/medios/", f->id, "/4000.jpg")), 404);
    done(&d->n, &d->n.editor, STEP(step_withdraw, .id = id, .text = "Era otra obra."));
    page_test_status(page_test_get(&d->page, address), 404);
    closed(d);
}

static void the_job_makes_what_is_missing_once(StoreTest *t, const void *unused)
{
    Darkroom *d = opened(t, routes);
    i64 id = draft_of(&d->n, "Arranca el bacheo", NULL);
    page_test_status(bring(d, id, "foto.jpg", photograph(d, 1), as_cover), 303);
    const ReleaseFile *f = first_file(d, id);
    g_assert_cmpint((int)press_copies(&t->ctx, f->id).count, ==, 1);
    g_assert_cmpint(work_through(d), ==, 0);
    List copies = press_copies(&t->ctx, f->id);
    g_assert_cmpint((int)copies.count, ==, 7);
    g_assert_true(press_picture_complete(&t->ctx, f->id));
    g_assert_cmpint(press_largest(copies)->width, ==, 900); /* never enlarged */
    for (const PictureCopy *c = copies.items, *end = c + copies.count; c < end; c++)
        g_assert_true(vault_has(d->page.site.vault, c->sha256) && c->height * 3 >= c->width * 2 - 3);
    closed(d);
}

static bool queue_picture(Ctx *ctx, void *file)
{
    return press_picture_queue(ctx, *(i64 *)file);
}

static void a_picture_that_nobody_looked_at_is_looked_at_by_the_job(StoreTest *t, const void *unused)
{
    Darkroom *d = opened(t, routes);
    i64 id = draft_of(&d->n, "Importado", NULL);
    const char *sha256 = NULL;
    FileDraft file = {.filename = "rota.jpg", .type = "image/jpeg"};
    Bytes photo = photograph(d, 2);
    VaultWriter *w = vault_begin(&t->ctx, d->page.site.vault, 1 << 24);
    g_assert_true(vault_add(&t->ctx, w, photo.data, photo.size / 2) && vault_keep(&t->ctx, w, &sha256, &file.size));
    file.sha256 = sha256;
    i64 broken = done(&d->n, &d->n.writer, STEP(step_file, .id = id, .file = file));
    test_write(&t->ctx, queue_picture, &broken);
    g_assert_cmpint(work_through(d), ==, 0);
    const ReleaseFile *f = first_file(d, id);
    g_assert_cmpint(f->width, ==, NONE);
    g_assert_nonnull(f->trouble);
    done(&d->n, &d->n.writer, STEP(step_file_remove, .id = broken));
    test_write(&t->ctx, queue_picture, &broken);
    g_assert_cmpint(work_through(d), ==, 0); /* a file that is there no more is no trouble */
    closed(d);
}

/* ---- what is refused ---- */

static void what_may_not_be_published_is_refused(StoreTest *t, const void *unused)
{
    Darkroom *d = opened(t, routes);
    i64 id = draft_of(&d->n, "Uno", NULL);
    const char macros[] = "PK\3\4word/document.xml word/vbaProject.bin", zip[] = "PK\3\4fotos.txt";
    Bytes photo = photograph(d, 3), png = picture_read(d->a, scene(d, "a.png", 3));
    char *bomb = arena_copy(d->a, png.data, png.size);
    memcpy(bomb + 16, "\0\0\x75\x30\0\0\x75\x30", 8); /* 30,000 x 30,000 */
    const struct {
        const char *name;
        Bytes bytes;
        int status;
    } bad[] = {
        {"foto.jpg", {"  <svg xmlns='http://www.w3.org/2000/svg'/>", 43}, 415}, {"pagina.pdf", {"<!doctype html><script>1</script>", 33}, 415},
        {"datos.csv", {"<?xml version='1.0'?><x/>", 25}, 415}, {"programa.exe", {"MZ\x90\0\3\0\0\0", 8}, 415},
        {"carta.docm", {macros, sizeof macros - 1}, 415}, {"todo.zip", {zip, sizeof zip - 1}, 415}, {"vacio.pdf", {"", 0}, 422},
        {"imagen.gif", {"GIF89a\1\0\1\0\0\0\0;", 14}, 415}, {"cortada.jpg", {photo.data, photo.size / 2}, 422},
        {"bomba.png", {bomb, png.size}, 422}, {"latin1.txt", {"ma\xf1" "ana", 6}, 415},
    };
    for (size_t i = 0; i < COUNT(bad); i++) {
        const PageAnswer *a = bring(d, id, bad[i].name, bad[i].bytes, NULL);
        if (a->status != bad[i].status)
            g_error("%s was answered with %d instead of %d: %s", bad[i].name, a->status, bad[i].status, a->body);
    }
    g_assert_cmpint((int)look(&d->n, id)->files.count, ==, 0);
    closed(d);
}

static void documents_are_taken_by_what_is_in_them(StoreTest *t, const void *unused)
{
    Darkroom *d = opened(t, routes);
    i64 id = draft_of(&d->n, "Uno", NULL);
    const char docx[] = "PK\3\4[Content_Types].xml word/document.xml";
    const struct {
        const char *name;
        Bytes bytes;
        const char *type;
    } good[] = {
        {"bases.pdf", {"%PDF-1.7 x", 10}, "application/pdf"}, {"calles.csv", {"calle,colonia\nMu\xc3\xb1oz,Centro\n", 28}, "text/csv; charset=utf-8"},
        {"calles.txt", {"Mu\xc3\xb1oz", 6}, "text/plain; charset=utf-8"},
        {"carta.docx", {docx, sizeof docx - 1}, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    };
    for (size_t i = 0; i < COUNT(good); i++) {
        page_test_status(bring(d, id, good[i].name, good[i].bytes, NULL), 303);
        List files = look(&d->n, id)->files;
        g_assert_cmpstr(((const ReleaseFile *)files.items)[files.count - 1].type, ==, good[i].type);
    }
    g_assert_cmpint(bring(d, id, "bases.pdf", good[0].bytes, as_cover)->status, ==, 422); /* no cover of paper */
    g_assert_cmpint((int)look(&d->n, id)->files.count, ==, 4);
    closed(d);
}

static void a_file_too_large_is_refused(StoreTest *t, const void *unused)
{
    Darkroom *d = opened(t, routes);
    i64 id = draft_of(&d->n, "Uno", NULL);
    size_t size = PRESS_FILE_MAX + 1;
    char *large = g_malloc0(size);
    memcpy(large, "%PDF-1.7", 8);
    page_test_status(bring(d, id, "grande.pdf", (Bytes){large, size}, NULL), 413);
    g_free(large);
    closed(d);
}

/* ---- words, going and coming back ---- */

static void a_cover_without_words_is_kept_and_says_so(StoreTest *t, const void *unused)
{
    Darkroom *d = opened(t, routes);
    i64 id = draft_of(&d->n, "Uno", NULL);
    const char *const bare[] = {"is_cover", "1", NULL};
    Actor reader = d->n.editor;
    reader.tongue = TONGUE_EN;
    page_test_as(&d->page, &reader);
    const PageAnswer *a = page_test_status(bring(d, id, "foto.jpg", photograph(d, 1), bare), 303);
    g_assert_nonnull(strstr(page_test_header(a, "Set-Cookie"), "can%20be%20published"));
    const ReleaseFile *f = first_file(d, id);
    g_assert_true(f->is_cover && !f->alt);
    page_test_status(page_test_send_json(&d->page, f->url, "{\"alt\":\"Una calle\"}"), 200);
    f = first_file(d, id);
    g_assert_cmpstr(f->alt, ==, "Una calle");
    g_assert_true(f->is_cover); /* what was not sent stays */
    page_test_status(page_test_send_json(&d->page, f->url, "{\"is_cover\":false}"), 200);
    g_assert_false(first_file(d, id)->is_cover);
    closed(d);
}

/* The address behind the notice, which comes percent-encoded in its cookie. */
static const char *undo_of(Darkroom *d, const PageAnswer *a)
{
    const char *cookie = page_test_header(a, "Set-Cookie");
    const char *value = cookie ? strchr(cookie, '=') : NULL;
    g_assert_nonnull(value);
    const char *amp = strchr(value, '&');
    g_assert_nonnull(amp);
    g_autofree char *plain = g_uri_unescape_segment(amp + 1, amp + 1 + strcspn(amp + 1, ".;"), NULL);
    g_assert_cmpint((int)strlen(cookie), <, 2048);
    return arena_text(d->a, plain);
}

static void what_was_taken_away_can_come_back(StoreTest *t, const void *unused)
{
    Darkroom *d = opened(t, routes);
    i64 id = draft_of(&d->n, "Uno", NULL);
    page_test_status(bring(d, id, "calle ñ.jpg", photograph(d, 1), as_cover), 303);
    const ReleaseFile *before = first_file(d, id);
    const PageAnswer *a = page_test_status(page_test_post(&d->page, arena_printf(d->a, "%s/quitar", before->url), ""), 303);
    g_assert_cmpint((int)look(&d->n, id)->files.count, ==, 0);
    const char *undo = undo_of(d, a);
    g_assert_true(text_starts(undo, at(d, "/mesa/comunicados/", id, "/archivos/devolver")));
    char *forged = arena_text(d->a, undo);
    char *sha = strstr(forged, "registro=") + strlen("registro=");
    *sha = *sha == '0' ? '1' : '0';
    page_test_status(page_test_post(&d->page, forged, ""), 409); /* another file of the vault cannot be fetched this way */
    page_test_status(page_test_post(&d->page, undo, ""), 303);
    const ReleaseFile *after = first_file(d, id);
    g_assert_cmpstr(after->sha256, ==, before->sha256);
    g_assert_cmpstr(after->alt, ==, before->alt);
    g_assert_cmpstr(after->filename, ==, before->filename);
    g_assert_true(after->is_cover);
    g_assert_cmpint(work_through(d), ==, 0);
    g_assert_cmpint(first_file(d, id)->width, ==, 900);
    closed(d);
}

static void citizens_never_get_what_a_camera_wrote(StoreTest *t, const void *unused)
{
    Darkroom *d = opened(t, routes);
    i64 id = draft_of(&d->n, "Arranca el bacheo", NULL);
    page_test_status(bring(d, id, "IMG_20220714_093012.jpg", photograph(d, 1), NULL), 303); /* no cover: an attachment */
    page_test_status(bring(d, id, "bases.pdf", (Bytes){"%PDF-1.7 x", 10}, NULL), 303);
    g_assert_cmpint(work_through(d), ==, 0);
    send_and_publish(d, id);
    const ReleaseFile *f = look(&d->n, id)->files.items;
    page_test_as(&d->page, NULL);
    const PageAnswer *picture = page_test_status(page_test_get(&d->page, at(d, "/comunicados/arranca-el-bacheo/archivos/", f[0].id, "")), 200);
    g_assert_cmpstr(page_test_header(picture, "Content-Type"), ==, "image/jpeg");
    g_assert_null(picture_metadata((Bytes){picture->body, picture->size}));
    g_assert_null(strstr(page_test_header(picture, "Content-Disposition"), "20220714"));
    const PageAnswer *paper = page_test_status(page_test_get(&d->page, at(d, "/comunicados/arranca-el-bacheo/archivos/", f[1].id, "")), 200);
    g_assert_cmpmem(paper->body, paper->size, "%PDF-1.7 x", 10);
    closed(d);
}

/* ---- the card ---- */

static void a_release_has_a_card(StoreTest *t, const void *unused)
{
    Darkroom *d = opened(t, routes);
    i64 id = draft_of(&d->n, "Arranca el bacheo", "Obra pública");
    page_test_as(&d->page, NULL);
    page_test_status(page_test_get(&d->page, "/comunicados/arranca-el-bacheo/tarjeta.png"), 404);
    send_and_publish(d, id);
    const PageAnswer *a = page_test_status(page_test_get(&d->page, "/comunicados/arranca-el-bacheo/tarjeta.png"), 200);
    g_assert_cmpstr(page_test_header(a, "Content-Type"), ==, "image/png");
    g_assert_null(page_test_header(a, "Content-Disposition"));
    g_assert_cmpmem(a->body + 16, 8, "\0\0\4\xb0\0\0\2\x76", 8); /* 1200 x 630 */
    g_assert_cmpint((i64)a->size, <=, CARD_BYTES_MAX);
    page_test_status(page_test_get(&d->page, "/tarjeta.png"), 200);
    done(&d->n, &d->n.editor, STEP(step_withdraw, .id = id, .text = "Era otra obra."));
    page_test_status(page_test_get(&d->page, "/comunicados/arranca-el-bacheo/tarjeta.png"), 410);
    closed(d);
}

/* ---- the press kit ---- */

typedef struct Unpacked {
    const char *names;   /* each in a line */
    const char *readme, *json, *captions;
    Bytes picture;
} Unpacked;

static Bytes entry_bytes(Darkroom *d, struct archive *zip)
{
    Buf *out = buf_new(d->a, 4096, 16 * 1024 * 1024);
    char piece[4096];
    for (la_ssize_t n; (n = archive_read_data(zip, piece, sizeof piece)) > 0;)
        buf_add(out, piece, (size_t)n);
    return (Bytes){buf_data(out), buf_size(out)};
}

static Unpacked unpack(Darkroom *d, const PageAnswer *a)
{
    Unpacked u = {.names = ""};
    struct archive_entry *entry;
    struct archive *zip = archive_read_new();
    g_assert_cmpint(archive_read_support_format_zip(zip), ==, ARCHIVE_OK);
    g_assert_cmpint(archive_read_open_memory(zip, a->body, a->size), ==, ARCHIVE_OK);
    while (archive_read_next_header(zip, &entry) == ARCHIVE_OK) {
        const char *name = arena_text(d->a, archive_entry_pathname(entry));
        Bytes bytes = entry_bytes(d, zip);
        u.names = arena_printf(d->a, "%s%s\n", u.names, name);
        if (text_same(name, "LEEME.txt"))
            u.readme = bytes.data;
        if (text_same(name, "comunicado.json"))
            u.json = bytes.data;
        if (text_same(name, "pies-de-foto.txt"))
            u.captions = bytes.data;
        if (text_same(name, "fotos/01.jpg"))
            u.picture = bytes;
    }
    archive_read_free(zip);
    return u;
}

static void the_press_kit_holds_all_of_a_release(StoreTest *t, const void *unused)
{
    Darkroom *d = opened(t, routes);
    i64 id = draft_of(&d->n, "Arranca el bacheo", "Obra pública");
    page_test_status(bring(d, id, "IMG_20220714.jpg", photograph(d, 1), as_cover), 303);
    page_test_status(bring(d, id, "bases.pdf", (Bytes){"%PDF-1.7 x", 10}, NULL), 303);
    send_and_publish(d, id);
    page_test_as(&d->page, NULL);
    const PageAnswer *soon = page_test_status(page_test_get(&d->page, "/comunicados/arranca-el-bacheo/kit.zip"), 503);
    g_assert_nonnull(page_test_header(soon, "Retry-After"));
    for (int i = 0; i < 3 && work_through(d); i++)
        t->ctx.now += CLOCK_MINUTE; /* the kit waits for the copies */
    const PageAnswer *a = page_test_status(page_test_get(&d->page, "/comunicados/arranca-el-bacheo/kit.zip"), 200);
    g_assert_cmpstr(page_test_header(a, "Content-Type"), ==, "application/zip");
    g_assert_nonnull(strstr(page_test_header(a, "Content-Disposition"), "arranca-el-bacheo.zip"));
    g_assert_nonnull(page_test_header(a, "ETag"));
    Unpacked u = unpack(d, a);
    g_assert_cmpstr(u.names, ==, "LEEME.txt\ncomunicado.txt\ncomunicado.html\ncomunicado.json\nfotos/01.jpg\ndocumentos/01-bases.pdf\npies-de-foto.txt\n");
    const Release *r = look(&d->n, id);
    g_assert_nonnull(strstr(u.readme, r->code));
    g_assert_cmpstr(u.json, ==, seal_by_code(&t->ctx, r->code)->canonical);
    g_assert_nonnull(strstr(u.captions, "R. Paz"));
    g_assert_null(picture_metadata(u.picture));
    g_assert_null(memmem(a->body, a->size, "IMG_20220714", 12)); /* a telephone's file name tells the hour */
    done(&d->n, &d->n.editor, STEP(step_withdraw, .id = id, .text = "Era otra obra."));
    page_test_status(page_test_get(&d->page, "/comunicados/arranca-el-bacheo/kit.zip"), 410);
    closed(d);
}

static void a_correction_has_a_kit_of_its_own_and_the_same_words_the_same_bytes(StoreTest *t, const void *unused)
{
    Darkroom *d = opened(t, routes);
    i64 id = published_of(&d->n, "Arranca el bacheo", "Obra pública"), size;
    const char *one = NULL, *two = NULL;
    g_assert_cmpint(work_through(d), ==, 0);
    const PublicRelease *r = press_public_whole(&t->ctx, press_public_by_slug(&t->ctx, "arranca-el-bacheo", 0));
    g_assert_true(press_kit_make(&t->ctx, d->page.site.vault, r, &one, &size) && press_kit_make(&t->ctx, d->page.site.vault, r, &two, &size));
    g_assert_cmpstr(one, ==, two);
    g_assert_cmpstr(press_kit(&t->ctx, id, 1)->sha256, ==, one);
    done(&d->n, &d->n.editor, STEP(step_correct, .id = id, .draft = {.title = "Arranca el bacheo en Pavón"}, .text = "La colonia."));
    g_assert_null(press_kit(&t->ctx, id, 2));
    g_assert_cmpint(work_through(d), ==, 0);
    g_assert_cmpstr(press_kit(&t->ctx, id, 2)->sha256, !=, one);
    closed(d);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    STORE_TEST("press_pictures", a_picture_comes_is_seen_and_reaches_citizens_as_a_copy);
    STORE_TEST("press_pictures", the_job_makes_what_is_missing_once);
    STORE_TEST("press_pictures", a_picture_that_nobody_looked_at_is_looked_at_by_the_job);
    STORE_TEST("press_pictures", what_may_not_be_published_is_refused);
    STORE_TEST("press_pictures", documents_are_taken_by_what_is_in_them);
    STORE_TEST("press_pictures", a_file_too_large_is_refused);
    STORE_TEST("press_pictures", a_cover_without_words_is_kept_and_says_so);
    STORE_TEST("press_pictures", what_was_taken_away_can_come_back);
    STORE_TEST("press_pictures", citizens_never_get_what_a_camera_wrote);
    STORE_TEST("press_pictures", a_release_has_a_card);
    STORE_TEST("press_pictures", the_press_kit_holds_all_of_a_release);
    STORE_TEST("press_pictures", a_correction_has_a_kit_of_its_own_and_the_same_words_the_same_bytes);
    return g_test_run();
}
