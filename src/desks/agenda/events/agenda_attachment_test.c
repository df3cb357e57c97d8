/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_attachment_test.c: files of events: what may be one, who may have it, and that nothing else leaks. */
#include "desks/agenda/events/agenda_attachment.h"
#include "desks/agenda/agenda_test_desk.h"

#define PDF "%PDF-1.7 un texto cualquiera"

static const PageAnswer *send(Desk *d, i64 event, const char *name, const char *bytes, size_t n, const char *more)
{
    const char *head = arena_printf(d->page.kept,
                                    "--xYx\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n%s\r\n%s"
                                    "--xYx\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\n"
                                    "Content-Type: application/pdf\r\n\r\n",
                                    page_test_csrf(&d->page), more, name);
    Buf *body = buf_new(d->page.kept, 4096, 64 * 1024 * 1024);
    buf_text(body, head);
    buf_add(body, bytes, n);
    buf_text(body, "\r\n--xYx--\r\n");
    return page_test_ask(&d->page, &(PageAsk){.method = "POST",
                                              .target = at(d, "/mesa/agenda/", event, "/archivos"),
                                              .type = "multipart/form-data; boundary=xYx",
                                              .body = buf_data(body),
                                              .body_size = buf_size(body),
                                              .headers = {{"Accept", "text/html"}}});
}

#define IS_PUBLIC "--xYx\r\nContent-Disposition: form-data; name=\"is_public\"\r\n\r\n1\r\n"

static const Attachment *first_file(Desk *d, i64 event)
{
    List files = agenda_attachments_of(d->ctx, event);
    g_assert_cmpint((i64)files.count, >, 0);
    return files.items;
}

static void a_file_comes_is_given_and_goes(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t);
    i64 event = new_event(&d, "Concierto");
    page_test_status(send(&d, event, "../invitaci\xc3\xb3n.pdf", PDF, strlen(PDF), ""), 303);
    const Attachment *a = first_file(&d, event);
    g_assert_cmpstr(a->filename, ==, "invitación.pdf");
    g_assert_cmpstr(a->type, ==, "application/pdf");
    const PageAnswer *page = page_test_status(page_test_get(&d.page, at(&d, "/mesa/agenda/", event, "")), 200);
    assert_page_sound(page);
    assert_has(page, "invitación.pdf");
    const char *where = at(&d, "/mesa/agenda/archivos/", a->id, "");
    const PageAnswer *file = page_test_status(page_test_get(&d.page, where), 200);
    g_assert_cmpmem(file->body, file->size, PDF, strlen(PDF));
    g_assert_cmpstr(page_test_header(file, "Content-Type"), ==, "application/pdf");
    g_assert_cmpstr(page_test_header(file, "X-Content-Type-Options"), ==, "nosniff");
    g_assert_true(text_starts(page_test_header(file, "Content-Disposition"), "attachment;"));
    g_assert_nonnull(strstr(page_test_header(file, "ETag"), a->sha256));
    assert_has(page_test_status(page_test_json(&d.page, at(&d, "/mesa/agenda/", event, "/archivos")), 200), "\"total\":1");
    page_test_status(page_test_post(&d.page, at(&d, "/mesa/agenda/archivos/", a->id, "/quitar"), ""), 303);
    page_test_status(page_test_get(&d.page, where), 404);
    page_test_close(&d.page);
}

static void what_is_no_document_is_refused(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t);
    i64 event = new_event(&d, "Concierto");
    const char macros[] = "PK\3\4word/document.xml word/vbaProject.bin";
    const struct {
        const char *name, *bytes;
        size_t n;
    } bad[] = {
        {"pagina.pdf", "<!doctype html><script>1</script>", 33},
        {"dibujo.png", "  <svg xmlns='http://www.w3.org/2000/svg'/>", 43},
        {"datos.pdf", "<?xml version='1.0'?><x/>", 25},
        {"programa.exe", "MZ\x90\0\3\0\0\0", 8},
        {"carta.docm", macros, sizeof macros - 1},
        {"vacio.pdf", "", 0},
    };
    for (size_t i = 0; i < COUNT(bad); i++) {
        const PageAnswer *a = send(&d, event, bad[i].name, bad[i].bytes, bad[i].n, "");
        if (a->status != 415 && a->status != 422)
            g_error("%s was answered with %d", bad[i].name, a->status);
    }
    g_assert_cmpint((i64)agenda_attachments_of(d.ctx, event).count, ==, 0);
    const char docx[] = "PK\3\4[Content_Types].xml word/document.xml";
    page_test_status(send(&d, event, "carta.docx", docx, sizeof docx - 1, ""), 303);
    g_assert_nonnull(strstr(first_file(&d, event)->type, "wordprocessingml"));
    page_test_close(&d.page);
}

static void files_are_not_too_large_nor_too_many(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t);
    i64 event = new_event(&d, "Concierto"), id;
    size_t n = (size_t)ATTACHMENT_MAX + 1;
    char *big = g_malloc0(n);
    memcpy(big, PDF, strlen(PDF));
    page_test_status(send(&d, event, "grande.pdf", big, n, ""), 413);
    g_free(big);
    g_assert_true(db_begin(d.ctx));
    AttachmentDraft draft = {.sha256 = "x", .filename = "a.pdf", .type = "application/pdf", .size = 1};
    for (int i = 0; i < ATTACHMENTS_MOST; i++)
        g_assert_true(agenda_attach(d.ctx, event, &draft, &id));
    g_assert_false(agenda_attach(d.ctx, event, &draft, &id));
    says(&d.office, FAULT_INVALID, "file", "at most 20 files");
    finish(&d.office);
    page_test_close(&d.page);
}

static void citizens_have_public_files_of_public_events_only(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t);
    i64 event = new_event(&d, "Concierto"), hidden = new_event(&d, "Secreto");
    page_test_status(send(&d, event, "abierto.pdf", PDF, strlen(PDF), IS_PUBLIC), 303);
    page_test_status(send(&d, event, "cerrado.pdf", PDF " 2", strlen(PDF) + 2, ""), 303);
    page_test_status(send(&d, hidden, "del-secreto.pdf", PDF " 3", strlen(PDF) + 3, IS_PUBLIC), 303);
    page_test_status(page_test_send_json(&d.page, at(&d, "/mesa/agenda/", hidden, ""), "{\"visibility\":\"private\"}"), 200);
    List files = agenda_attachments_of(d.ctx, event);
    const Attachment *open = files.items, *closed = open + 1, *private = first_file(&d, hidden);
    const char *slug = agenda_find(d.ctx, event)->slug, *slug_hidden = agenda_find(d.ctx, hidden)->slug;
    g_assert_cmpint((i64)agenda_public_attachments_of(d.ctx, event).count, ==, 1);
    g_assert_cmpint((i64)agenda_public_attachments_of(d.ctx, hidden).count, ==, 0);
    page_test_as(&d.page, NULL);
    const struct {
        const char *slug;
        i64 id;
        int status;
    } asked[] = {
        {slug, open->id, 200},           {slug, closed->id, 404},      {slug, private->id, 404},
        {slug_hidden, private->id, 404}, {slug_hidden, open->id, 404}, {slug, 1, 404},
    };
    for (size_t i = 0; i < COUNT(asked); i++)
        page_test_status(page_test_get(&d.page, arena_printf(d.page.kept, "/agenda/%s/archivos/%s", asked[i].slug,
                                                    id_of(&d, asked[i].id))),
                asked[i].status);
    const PageAnswer *page = page_test_status(page_test_get(&d.page, arena_printf(d.page.kept, "/agenda/%s", slug)), 200);
    assert_page_sound(page);
    assert_has(page, "abierto.pdf");
    assert_has_not(page, "cerrado");
    page_test_status(page_test_json(&d.page, at(&d, "/mesa/agenda/archivos/", open->id, "")), 401);
    page_test_as(&d.page, &d.office.sofia); /* of the desk, without private events */
    page_test_status(page_test_get(&d.page, at(&d, "/mesa/agenda/archivos/", closed->id, "")), 200);
    page_test_status(page_test_get(&d.page, at(&d, "/mesa/agenda/archivos/", private->id, "")), 404);
    page_test_status(page_test_post(&d.page, at(&d, "/mesa/agenda/archivos/", private->id, "/quitar"), ""), 404);
    page_test_status(page_test_get(&d.page, at(&d, "/mesa/agenda/", hidden, "/archivos.json")), 404);
    page_test_as(&d.page, &d.office.reader);
    page_test_status(page_test_post(&d.page, at(&d, "/mesa/agenda/archivos/", open->id, "/quitar"), ""), 403);
    page_test_close(&d.page);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    STORE_TEST("attachment", a_file_comes_is_given_and_goes);
    STORE_TEST("attachment", what_is_no_document_is_refused);
    STORE_TEST("attachment", files_are_not_too_large_nor_too_many);
    STORE_TEST("attachment", citizens_have_public_files_of_public_events_only);
    return g_test_run();
}
