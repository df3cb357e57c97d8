/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_contact_pages.c: the book of media contacts: list, record, tables in and out. */
#include "desks/press/media/press_media_shown.h"
#include "desks/press/press_pages.h"
#include "web/cursor.h"
#include "web/site.h"
#include "press_contact_views.h"

#include <unistd.h>

static void place(Page *page, const char *title)
{
    page->title = title;
    page->here = "/mesa/prensa/contactos";
    page->noindex = true;
}

/* ---- the list ---- */

static Url list_address(Ctx *ctx, const ContactsShown *x, const char *after)
{
    Url url = url_query(ctx->arena, url_literal("/mesa/prensa/contactos"), "q", x->words);
    url = url_query(ctx->arena, url, "ver", x->archived ? "archivados" : NULL);
    return url_query(ctx->arena, url, "after", after);
}

static void read_contacts(Ctx *ctx, const Request *req, Page *page, ContactsShown *x)
{
    i64 at = 0, after = 0, limit = query_limit(req);
    cursor_read(ctx, req, &at, &after);
    x->words = text_trim(ctx->arena, query_text(req, "q"));
    x->words = text_blank(x->words) ? NULL : x->words;
    x->archived = text_same(query_text(req, "ver"), "archivados");
    ContactFilter filter = {x->words, x->archived};
    x->contacts = press_contacts(ctx, &filter, after, limit + 1);
    x->total = press_contacts_count(ctx, &filter);
    bool more = (i64)x->contacts.count > limit;
    x->contacts.count = more ? (size_t)limit : x->contacts.count;
    const char *next = more ? cursor_make(ctx, req, 0, ((const MediaContact *)x->contacts.items)[limit - 1].id) : NULL;
    x->next = next ? list_address(ctx, x, next) : (Url){0};
    x->csv = url_query(ctx->arena, url_query(ctx->arena, url_literal("/mesa/prensa/contactos.csv"), "q", x->words), "ver",
                       x->archived ? "archivados" : NULL);
    page_list(page, &press_contact_shape, x->contacts, x->total, next);
}

/* GET /mesa/prensa/contactos */
static void page_contacts(Ctx *ctx, const Request *req, Page *page)
{
    ContactsShown x = {.req = req};
    read_contacts(ctx, req, page, &x);
    if (faulted(ctx))
        return;
    place(page, say(ctx, "Media contacts"));
    if (page->format == FORMAT_HTML)
        press_view_contacts(page->html, &x);
    else
        press_media_trace(ctx, req, 0, "exported");
}

/* ---- one ---- */

static void draw_contact(Ctx *ctx, const Request *req, Page *page, const MediaContact *c)
{
    place(page, c ? c->name : say(ctx, "New contact"));
    ContactShown x = {.req = req, .contact = c, .reach = c ? press_contact_reach(c) : REACH_YES, .lists = press_media_lists(ctx)};
    if (c) {
        x.is_in = press_media_lists_of(ctx, c->id);
        x.journal = journal_of(ctx, "press_contact", c->id, 20);
    }
    press_view_media_contact(page->html, &x);
}

/* GET /mesa/prensa/contactos/nuevo */
static void page_new(Ctx *ctx, const Request *req, Page *page)
{
    if (people_may(ctx, RIGHT_PRESS_MEDIA))
        draw_contact(ctx, req, page, NULL);
}

/* GET /mesa/prensa/contactos/:id: who opens it leaves a line in the journal. */
static void page_contact(Ctx *ctx, const Request *req, Page *page)
{
    const MediaContact *c = press_contact(ctx, req->id);
    if (!c)
        return;
    page->version = page->format == FORMAT_HTML ? NONE : c->version;
    page_one(page, &press_contact_shape, c);
    if (page->format == FORMAT_HTML)
        draw_contact(ctx, req, page, c);
    if (req->method == GET)
        press_media_trace(ctx, req, c->id, "read");
}

static ContactDraft read_draft(Ctx *ctx, const Request *req, const MediaContact *c)
{
#define KEPT(field, most) (c && !form_has(req, #field) ? c->field : form_text(ctx, req, #field, most))
    return (ContactDraft){
        .name = KEPT(name, 120), .outlet = KEPT(outlet, 120), .mail = KEPT(mail, 254), .phone = KEPT(phone, 40), .note = KEPT(note, 2000),
        .beats = c && !form_has(req, "beats") ? c->beats : form_lines(ctx, req, "beats", 20),
        .outlet_kind = (OutletKind)form_word(ctx, req, "outlet_kind", press_outlet_words, c ? (int)c->outlet_kind : OUTLET_OTHER),
        .accredited = c && !form_has(req, "accredited") && !form_has(req, "accredited_seen") ? c->accredited : form_bool(req, "accredited"),
        .consent_how = form_text(ctx, req, "consent_how", 200),
    };
#undef KEPT
}

/* POST /mesa/prensa/contactos */
static void act_add(Ctx *ctx, const Request *req, Page *page)
{
    ContactDraft draft = read_draft(ctx, req, NULL);
    i64 id;
    if (faulted(ctx) || !press_contact_add(ctx, &draft, &id))
        return;
    page_one(page, &press_contact_shape, press_contact(ctx, id));
    page_created(page, press_contact_url(ctx->arena, id), say(ctx, "The contact was added."));
}

static void give(Ctx *ctx, const Request *req, Page *page, bool done, const char *notice)
{
    const MediaContact *c = done ? press_contact(ctx, req->id) : NULL;
    if (!c)
        return;
    page_one(page, &press_contact_shape, c);
    page->version = c->version;
    page_done(page, press_contact_url(ctx->arena, c->id), notice);
}

/* POST /mesa/prensa/contactos/:id */
static void act_change(Ctx *ctx, const Request *req, Page *page)
{
    const MediaContact *c = press_contact(ctx, req->id);
    if (!c)
        return;
    ContactDraft draft = read_draft(ctx, req, c);
    give(ctx, req, page, !faulted(ctx) && press_contact_change(ctx, req->id, req->version, &draft), say(ctx, "Saved."));
}

/* POST /mesa/prensa/contactos/:id/archivar */
static void act_archive(Ctx *ctx, const Request *req, Page *page)
{
    page->undo = url_id(ctx->arena, "/mesa/prensa/contactos/", req->id, "/restaurar");
    give(ctx, req, page, press_contact_archive(ctx, req->id, req->version, true), say(ctx, "The contact was put away."));
}

/* POST /mesa/prensa/contactos/:id/restaurar */
static void act_restore(Ctx *ctx, const Request *req, Page *page)
{
    give(ctx, req, page, press_contact_archive(ctx, req->id, req->version, false), say(ctx, "The contact is in use again."));
}

/* POST /mesa/prensa/contactos/:id/consentimiento */
static void act_consent(Ctx *ctx, const Request *req, Page *page)
{
    const char *how = form_text(ctx, req, "consent_how", 200);
    give(ctx, req, page, !faulted(ctx) && press_contact_consent(ctx, req->id, req->version, how), say(ctx, "Noted: it may be written to."));
}

/* POST /mesa/prensa/contactos/:id/baja */
static void act_opt_out(Ctx *ctx, const Request *req, Page *page)
{
    give(ctx, req, page, press_contact_opt_out(ctx, req->id, req->version), say(ctx, "Noted: it gets no more mail."));
}

/* ---- a table in ---- */

/* GET /mesa/prensa/contactos/importar */
static void page_import(Ctx *ctx, const Request *req, Page *page)
{
    if (!people_may(ctx, RIGHT_PRESS_MEDIA))
        return;
    place(page, say(ctx, "Bring in a table of contacts"));
    press_view_contact_import(page->html, &(ImportShown){.req = req});
}

static void close_fd(int *fd)
{
    if (*fd >= 0)
        close(*fd);
}

static const char *file_text(Ctx *ctx, const Request *req, const Upload *upload, size_t *size_out)
{
    i64 size;
    if (upload->size > MEDIA_CSV_MAX)
        return fault(ctx, FAULT_TOO_LARGE, "The table is larger than %d KB: bring it in parts.", MEDIA_CSV_MAX / 1024);
    int fd CLEANUP(close_fd) = vault_fd(ctx, req->site->vault, upload->sha256, &size);
    if (fd < 0)
        return NULL;
    char *text = arena_bytes(ctx->arena, (size_t)size + 1);
    for (i64 done = 0; done < size;) {
        ssize_t n = read(fd, text + done, (size_t)(size - done));
        if (n <= 0)
            return fault(ctx, FAULT_BROKEN, "the vault gave fewer bytes than it promised");
        done += n;
    }
    *size_out = (size_t)size;
    return text;
}

typedef struct Csv {
    const char *text;
    size_t size;
} Csv;

/* The file is read before the writer's turn comes. */
static bool prepare_import(Ctx *ctx, const Request *req, void **prepared_out)
{
    if (!people_may(ctx, RIGHT_PRESS_MEDIA))
        return false;
    Csv *csv = arena_new_of(ctx->arena, Csv);
    const char *typed = form_raw(req, "text");
    *prepared_out = csv;
    if (typed && *typed) {
        *csv = (Csv){typed, strlen(typed)};
        return true;
    }
    if (!req->uploads.count || !((const Upload *)req->uploads.items)->size)
        return fault_field(ctx, "text", "Paste the table, or choose its file.");
    csv->text = file_text(ctx, req, req->uploads.items, &csv->size);
    return csv->text != NULL;
}

/* POST /mesa/prensa/contactos/importar: shows what would come; with confirm it comes. */
static void act_import(Ctx *ctx, const Request *req, Page *page)
{
    const Csv *csv = req->prepared;
    ContactImport *import = arena_new_of(ctx->arena, ContactImport);
    bool confirm = form_bool(req, "confirm");
    if (!people_may(ctx, RIGHT_PRESS_MEDIA) || !csv)
        return;
    if (!(confirm ? press_contacts_import(ctx, csv->text, csv->size, import) : press_contacts_read(ctx, csv->text, csv->size, import)))
        return;
    place(page, say(ctx, "Bring in a table of contacts"));
    page_one(page, &press_contact_import_shape, import);
    if (import->done && page->format == FORMAT_HTML)
        page_done(page, url_literal("/mesa/prensa/contactos"),
                  arena_printf(ctx->arena, say_n(ctx, "%" PRId64 " contact was added.", "%" PRId64 " contacts were added.", import->added),
                               import->added));
    else if (page->format == FORMAT_HTML)
        press_view_contact_import(page->html, &(ImportShown){.req = req, .import = import, .csv = arena_copy(ctx->arena, csv->text, csv->size)});
}

#define FIELDS "name outlet outlet_kind mail phone beats note accredited accredited_seen consent_how version"
const Route press_contact_routes[] = {
    {GET, "/mesa/prensa/contactos", page_contacts, RIGHT_PRESS_MEDIA, "Media contacts, by name; data is an export and leaves a line in the journal",
     .query = "q ver", .list = true, .shape = &press_contact_shape},
    {POST, "/mesa/prensa/contactos", act_add, RIGHT_PRESS_MEDIA, "Adds a media contact",
     .fields = "name! outlet outlet_kind mail phone beats note accredited accredited_seen consent_how", .shape = &press_contact_shape,
     .form = page_new},
    {GET, "/mesa/prensa/contactos/nuevo", page_new, RIGHT_PRESS_MEDIA, "The form of a new media contact", .formats = AS_HTML},
    {GET, "/mesa/prensa/contactos/importar", page_import, RIGHT_PRESS_MEDIA, "The form for a table of contacts", .formats = AS_HTML},
    {POST, "/mesa/prensa/contactos/importar", act_import, RIGHT_PRESS_MEDIA,
     "Reads a table of contacts (CSV) and says what would come; with confirm it comes, all of it or nothing", .fields = "text file confirm",
     .shape = &press_contact_import_shape, .form = page_import, .prepare = prepare_import, .body_max = 2 * MEDIA_CSV_MAX, .files = true},
    {GET, "/mesa/prensa/contactos/:id", page_contact, RIGHT_PRESS_MEDIA, "A media contact; leaves a line in the journal",
     .shape = &press_contact_shape},
    {POST, "/mesa/prensa/contactos/:id", act_change, RIGHT_PRESS_MEDIA, "Changes a media contact", .fields = FIELDS,
     .shape = &press_contact_shape, .form = page_contact},
    {POST, "/mesa/prensa/contactos/:id/archivar", act_archive, RIGHT_PRESS_MEDIA, "Puts a media contact away", .fields = "version",
     .shape = &press_contact_shape, .form = page_contact},
    {POST, "/mesa/prensa/contactos/:id/restaurar", act_restore, RIGHT_PRESS_MEDIA, "Takes a media contact out again", .fields = "version",
     .shape = &press_contact_shape, .form = page_contact},
    {POST, "/mesa/prensa/contactos/:id/consentimiento", act_consent, RIGHT_PRESS_MEDIA, "Notes that a contact agreed, anew, to get mail",
     .fields = "consent_how! version", .shape = &press_contact_shape, .form = page_contact},
    {POST, "/mesa/prensa/contactos/:id/baja", act_opt_out, RIGHT_PRESS_MEDIA, "Notes that a contact wants no more mail", .fields = "version",
     .shape = &press_contact_shape, .form = page_contact},
    {0},
};
