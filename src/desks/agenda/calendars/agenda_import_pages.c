/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_import_pages.c: a calendar file comes in by the browser or from a program. */
#include "desks/agenda/agenda_pages.h"
#include "desks/agenda/agenda_room.h"
#include "web/site.h"
#include "agenda_import_views.h"

#include <stdlib.h>
#include <unistd.h>

enum { BODY_MAX = AGENDA_ICS_MAX + 64 * 1024 };

/* GET /mesa/agenda/importar */
static void page_import(Ctx *ctx, const Request *req, Page *page)
{
    if (!people_may(ctx, RIGHT_AGENDA_EDIT))
        return;
    page->title = say(ctx, "Import a calendar");
    page->here = "/mesa/agenda";
    if (page->format == FORMAT_HTML)
        agenda_view_import(page->html, req->form);
}

static void free_bytes(void *bytes)
{
    free(bytes);
}

static void close_fd(int *fd)
{
    if (*fd >= 0)
        close(*fd);
}

static bool read_whole(int fd, char *to, size_t size)
{
    for (size_t done = 0; done < size;) {
        ssize_t n = read(fd, to + done, size - done);
        if (n <= 0)
            return false;
        done += (size_t)n;
    }
    return true;
}

/* The bytes live until the request ends, outside of its arena: they may be many. */
static bool read_file(Ctx *ctx, const Request *req, const Upload *upload, Bytes *out)
{
    i64 size;
    if (upload->size > AGENDA_ICS_MAX)
        return fault(ctx, FAULT_TOO_LARGE,
                     "The file is larger than %d MB: export fewer months at once.",
                     AGENDA_ICS_MAX / 1024 / 1024);
    int fd CLEANUP(close_fd)
    = vault_fd(ctx, req->site->vault, upload->sha256, &size);
    if (fd < 0)
        return false;
    char *bytes = malloc((size_t)size + 1);
    if (!bytes)
        return fault(ctx, FAULT_BUSY, "There is no memory for the file now: try again in a while.");
    arena_own(ctx->arena, bytes, free_bytes);
    if (!read_whole(fd, bytes, (size_t)size))
        return fault(ctx, FAULT_BROKEN, "the vault gave fewer bytes than it promised");
    *out = (Bytes){bytes, (size_t)size};
    return true;
}

/* The file is read before the writer's turn comes. */
static bool prepare(Ctx *ctx, const Request *req, void **prepared_out)
{
    if (!people_may(ctx, RIGHT_AGENDA_EDIT))
        return false;
    if (!req->uploads.count)
        return fault_field(ctx, "file", "Choose a calendar file (.ics).");
    Bytes *bytes = arena_new_of(ctx->arena, Bytes);
    *prepared_out = bytes;
    return read_file(ctx, req, req->uploads.items, bytes);
}

/* POST /mesa/agenda/importar */
static void act_import(Ctx *ctx, const Request *req, Page *page)
{
    ImportResult *result = arena_new_of(ctx->arena, ImportResult);
    const Bytes *file = req->prepared;
    bool skip_bad = form_bool(req, "skip_bad") || text_same(query_text(req, "skip_bad"), "1");
    if (!agenda_import_ics(ctx, *file, skip_bad, result)) {
        ctx->fault.field = ctx->fault.kind == FAULT_INVALID ? "file" : ctx->fault.field;
        return;
    }
    page->title = say(ctx, "Report of the import");
    page->here = "/mesa/agenda";
    page_one(page, &agenda_import_shape, result);
    if (page->format == FORMAT_HTML)
        agenda_view_import_result(page->html, result);
}

const Route agenda_import_routes[] = {
    {GET, "/mesa/agenda/importar", page_import, RIGHT_AGENDA_EDIT, "The form for a calendar file",
     .formats = AS_HTML},
    {POST, "/mesa/agenda/importar", act_import, RIGHT_AGENDA_EDIT,
     "Imports a calendar (.ics), all of it or nothing", .query = "skip_bad",
     .fields = "file! skip_bad", .shape = &agenda_import_shape, .form = page_import,
     .prepare = prepare, .body_max = BODY_MAX, .files = true},
    {0},
};
