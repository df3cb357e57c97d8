/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* exchange_room_test.c: the small room of the exchange's tests. */
#include "base/id.h"
#include "base/text.h"
#include "store/journal.h"
#include "web/cursor.h"
#include "web/exchange_test.h"
#include "web/form.h"
#include "web/router.h"

const Actor test_editor = {
    .id = 7, .name = "Renata Paz", .rights = 1u << LOGIN | 1u << RIGHT_TEST, .session = 9};
const Actor test_reader = {.id = 8, .name = "Iker Mora", .rights = 1u << LOGIN, .session = 10};

static const Field note_fields[] = {
    FIELD_ID(Note, id),
    FIELD_TEXT(Note, title),
    FIELD_INT(Note, version),
};
static const Shape note_shape = SHAPE("note", Note, note_fields);

#define NOTE_ADDRESS "0000000000001"
static const Note notes[] = {
    {.id = 1, .version = 3, .title = "Bacheo <ñ>"},
    {.id = 2, .version = 1, .title = "=SUM(A1)"},
};
static const Note *const note = &notes[0];

static void draw(Page *page, const char *title)
{
    page->title = title;
    if (page->format != FORMAT_HTML)
        return;
    html_raw(page->html, "<h1>", 4);
    html_text(page->html, title);
    html_raw(page->html, "</h1>", 5);
}

/* ---- public ---- */

static void page_notes(Ctx *ctx, const Request *req, Page *page)
{
    bool last = text_same(query_text(req, "limit"), "200"); /* the rest of a table */
    page_list(page, &note_shape, (List){notes, 2}, 2, last ? NULL : cursor_make(ctx, req, 5, 2));
    draw(page, query_text(req, "tema") ? query_text(req, "tema") : say(ctx, "Agenda"));
    page->modified = INT64_C(1657724400000000);
    page->alternate_atom = url_literal("/notas.atom");
    if (page->format == FORMAT_ICS) {
        Buf *out = buf_new(ctx->arena, 64, 1024);
        buf_text(out, "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n");
        page_bytes(page, NULL, "notas año.ics", out);
    }
}

/* It never ends; with ?cuenta it says so from the beginning. */
static void page_endless(Ctx *ctx, const Request *req, Page *page)
{
    page_list(page, &note_shape, (List){notes, 2}, query_text(req, "cuenta") ? 10001 : NONE, cursor_make(ctx, req, 5, 2));
}

static void page_note(Ctx *ctx, const Request *req, Page *page)
{
    if (strcmp(req->slug, "bacheo")) {
        fault(ctx, FAULT_NOT_FOUND, "there is no such note");
        return;
    }
    page_one(page, &note_shape, note);
    draw(page, note->title);
}

static void page_broken(Ctx *ctx, const Request *req, Page *page)
{
    (void)req;
    draw(page, "half of a page");
    fault(ctx, FAULT_BROKEN, "secret detail of the disk");
}

static void page_flow(Ctx *ctx, const Request *req, Page *page)
{
    static const Stream stream = {.channel = "notas"};
    (void)ctx, (void)req;
    page->stream = &stream;
}

static void page_login(Ctx *ctx, const Request *req, Page *page)
{
    (void)ctx, (void)req;
    page->bare = true;
    draw(page, "Login");
}

static void act_login(Ctx *ctx, const Request *req, Page *page)
{
    (void)ctx, (void)req;
    page->set_session = "nueva-sesion-0123456789abcdefghij";
    page_done(page, url_literal("/mesa"), "Welcome");
}

static void act_report(Ctx *ctx, const Request *req, Page *page)
{
    const char *text = form_need(ctx, req, "texto", 100);
    if (text && journal(ctx, "test", 1, text))
        page_created(page, url_literal("/notas/bacheo"), "Thank you");
}

/* ---- the desk ---- */

static void page_home(Ctx *ctx, const Request *req, Page *page)
{
    (void)ctx, (void)req;
    draw(page, "Desk");
}

static void page_desk_note(Ctx *ctx, const Request *req, Page *page)
{
    if (req->id != note->id) {
        fault(ctx, FAULT_NOT_FOUND, "there is no such note");
        return;
    }
    page_one(page, &note_shape, note);
    page->version = note->version;
    draw(page, note->title);
}

static void form_note_page(Ctx *ctx, const Request *req, Page *page)
{
    (void)ctx;
    draw(page, "A note");
    html_raw(page->html, "<p>", 3);
    html_text(page->html, form_value(req->form, "title", "(nothing)"));
    html_raw(page->html, "|", 1);
    html_text(page->html, form_error(req->form, "title"));
    html_raw(page->html, "|", 1);
    html_text(page->html, form_error(req->form, "count"));
    html_raw(page->html, "|", 1);
    html_text(page->html, form_trouble(req->form));
    html_raw(page->html, "</p>", 4);
}

static void act_change(Ctx *ctx, const Request *req, Page *page)
{
    const char *title = form_need(ctx, req, "title", 20);
    form_int(ctx, req, "count", 1, 9);
    if (!form_version(ctx, req, note->version) || faulted(ctx) || !journal(ctx, "test", 1, title))
        return;
    if (!strcmp(title, "choque")) {
        fault(ctx, FAULT_CONFLICT, "somebody has this title already");
        return;
    }
    page_one(page, &note_shape, note);
    page_done(page, url_id(ctx->arena, "/mesa/notas/", note->id, NULL), "Saved: <b>título</b>");
}

static void act_create(Ctx *ctx, const Request *req, Page *page)
{
    (void)req;
    if (!journal(ctx, "test", 1, "created"))
        return;
    page_one(page, &note_shape, note);
    page_created(page, url_id(ctx->arena, "/mesa/notas/", note->id, NULL), "Created");
}

static void act_delete(Ctx *ctx, const Request *req, Page *page)
{
    (void)req;
    if (journal(ctx, "test", 1, "deleted"))
        page_done(page, url_literal("/mesa"), "Gone");
}

static void act_upload(Ctx *ctx, const Request *req, Page *page)
{
    const Upload *uploads = req->uploads.items;
    Buf *out = buf_new(ctx->arena, 256, 64 * 1024);
    for (size_t i = 0; i < req->uploads.count; i++)
        buf_printf(out, "%s|%s|%s|%" PRId64 "|%.8s\n", uploads[i].field,
                   uploads[i].filename ? uploads[i].filename : "-", uploads[i].type,
                   uploads[i].size, uploads[i].sha256);
    const char *note_text = form_text(ctx, req, "nota", 100);
    buf_printf(out, "nota=%s\n", note_text ? note_text : "-");
    page_bytes(page, "text/plain; charset=utf-8", NULL, out);
}

static bool prepare_slowly(Ctx *ctx, const Request *req, void **prepared_out)
{
    const char *word = form_need(ctx, req, "palabra", 20);
    if (!word)
        return false;
    *prepared_out = arena_printf(ctx->arena, "<%s>", word);
    return true;
}

static void act_prepared(Ctx *ctx, const Request *req, Page *page)
{
    (void)ctx;
    draw(page, req->prepared);
}

static void page_writes(Ctx *ctx, const Request *req, Page *page)
{
    (void)req;
    if (!journal(ctx, "test", 1, "by a GET"))
        return;
    draw(page, "written");
}

static void page_huge(Ctx *ctx, const Request *req, Page *page)
{
    (void)ctx, (void)req;
    draw(page, "Huge");
    for (size_t i = 0; !html_over(page->html); i++)
        html_text(page->html, "many more letters than anybody would read on one page");
}

static void act_head(Ctx *ctx, const Request *req, Page *page)
{
    (void)ctx, (void)req;
    page_done(page, (Url){"/mesa\r\nSet-Cookie: x=1"}, NULL); /* what no url_…() would make */
}

static void act_denied(Ctx *ctx, const Request *req, Page *page)
{
    (void)ctx, (void)req;
    page->status = 400;
    page_done(page, url_literal("/mesa"), "No");
}

const Route test_routes[] = {
    {GET, "/notas", page_notes, PUBLIC, .list = true, .formats = AS_HTML | AS_JSON | AS_ICS,
     .query = "tema", .shape = &note_shape, .summary = "All notes."},
    {GET, "/notas/:slug", page_note, PUBLIC, .shape = &note_shape},
    {GET, "/sinfin", page_endless, PUBLIC, .list = true, .query = "cuenta", .shape = &note_shape},
    {GET, "/rota", page_broken, PUBLIC},
    {GET, "/flujo", page_flow, PUBLIC, .formats = AS_STREAM},
    {GET, "/entrar", page_login, PUBLIC, .uncached = true},
    {POST, "/entrar", act_login, PUBLIC},
    {POST, "/reportar", act_report, PUBLIC, .fields = "texto!"},
    {GET, "/mesa", page_home, LOGIN},
    {GET, "/mesa/escribe", page_writes, LOGIN},
    {GET, "/mesa/enorme", page_huge, LOGIN},
    {GET, "/mesa/notas/:id", page_desk_note, LOGIN, .shape = &note_shape},
    {GET, "/mesa/notas/:id/editar", form_note_page, RIGHT_TEST},
    {POST, "/mesa/notas/:id", act_change, RIGHT_TEST, .fields = "title! count",
     .form = form_note_page, .shape = &note_shape},
    {POST, "/mesa/notas", act_create, RIGHT_TEST, .shape = &note_shape},
    {POST, "/mesa/notas/:id/borrar", act_delete, RIGHT_TEST},
    {POST, "/mesa/subir", act_upload, LOGIN, .files = true, .body_max = 200 * 1024,
     .fields = "nota"},
    {POST, "/mesa/lento", act_prepared, LOGIN, .prepare = prepare_slowly, .form = form_note_page},
    {POST, "/mesa/grande", act_upload, LOGIN, .files = true, .body_max = 64 * 1024 * 1024,
     .fields = "nota"},
    {POST, "/mesa/cabeza", act_head, LOGIN},
    {POST, "/mesa/negado", act_denied, LOGIN},
    {0},
};

void test_open(PageTest *p, StoreTest *t)
{
    static const Route *const tables[] = {test_routes, NULL};
    page_test_open(p, t, tables);
    p->site.right_names[RIGHT_TEST] = "notes_edit";
    page_test_as(p, &test_editor);
}

i64 test_changes(PageTest *p)
{
    return journal_last(&p->store->ctx);
}
