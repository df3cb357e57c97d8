/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_import_files.c: pictures and attachments of another site: asked for once, by the rules of net/, kept in the vault. */
#include <stdlib.h>

#include "desks/press/import/press_import.h"
#include "desks/press/pictures/press_pictures.h"
#include "net/net.h"
#include "web/address.h"
#include "web/sniff.h"

enum { NAME_MAX = 120, TRIES = 3, ATTACHMENTS_ARENA = 512 * 1024 * 1024 };

/* ---- what a file says of its attachments ---- */

typedef struct WpFile {
    i64 id;
    const char *url, *alt;
} WpFile;

struct Attachments {
    Arena *texts;
    WpFile *items;
    size_t n, room;
    bool sorted;
};

static void forget(void *thing)
{
    Attachments *all = thing;
    free(all->items);
    arena_free(all->texts);
}

void press_attachments_add(Import *im, const WpPost *post)
{
    Attachments *all = im->attachments;
    if (!all) {
        all = im->attachments = arena_new_of(im->kept, Attachments);
        all->texts = arena_new(ATTACHMENTS_ARENA);
        arena_own(im->kept, all, forget);
    }
    if (!post || !post->id || !post->file_url)
        return;
    if (all->n == all->room) {
        all->room = all->room ? 2 * all->room : 256;
        all->items = realloc(all->items, all->room * sizeof *all->items);
        if (!all->items)
            abort();
    }
    all->items[all->n++] = (WpFile){post->id, arena_text(all->texts, post->file_url), arena_text(all->texts, post->file_alt)};
    all->sorted = false;
}

static int by_id(const void *a, const void *b)
{
    const WpFile *one = a, *other = b;
    return (one->id > other->id) - (one->id < other->id);
}

bool press_attachment(const Import *im, i64 id, const char **url_out, const char **alt_out)
{
    Attachments *all = im->attachments;
    if (!all || !all->n || !id)
        return false;
    if (!all->sorted)
        qsort(all->items, all->n, sizeof *all->items, by_id);
    all->sorted = true;
    const WpFile wanted = {.id = id}, *found = bsearch(&wanted, all->items, all->n, sizeof wanted, by_id);
    if (!found)
        return false;
    *url_out = found->url;
    *alt_out = found->alt;
    return true;
}

/* ---- fetching ---- */

static const char *whole_address(Import *im, const char *url)
{
    Arena *a = im->ctx->arena;
    if (text_starts(url, "//"))
        return arena_printf(a, "%s%s", im->base && text_starts(im->base, "http://") ? "http:" : "https:", url);
    if (url[0] == '/' && im->base)
        return arena_printf(a, "%s%s", im->base, url);
    return url;
}

static bool ask(Import *im, const char *url, NetAnswer *answer_out)
{
    const NetRequest request = {.url = url, .max_bytes = PRESS_FILE_MAX, .timeout_us = 30 * CLOCK_SECOND, .redirects = 3,
                                .inside_allowed = im->ctx->city->net_inside};
    for (int i = 1;; i++) {
        if (net_fetch(im->ctx, &request, answer_out))
            break;
        if (im->ctx->fault.kind != FAULT_BUSY || i == TRIES)
            return false;
        fault_take(im->ctx);
    }
    return answer_out->status == 200 || fault(im->ctx, FAULT_BUSY, "the other site answered %d", answer_out->status);
}

static const char *name_of(Import *im, const char *url)
{
    Arena *a = im->ctx->arena;
    const char *path = NULL, *raw = strstr(url, "://");
    raw = raw ? strchr(raw + 3, '/') : NULL;
    if (!raw || address_path(a, arena_copy(a, raw, strcspn(raw, "?#")), &path) != ADDRESS_FINE)
        return "archivo";
    const char *name = strrchr(path, '/') + 1;
    return *name && !text_has_control(name) ? text_clip(a, name, NAME_MAX) : "archivo";
}

static bool keep(Import *im, Bytes bytes, ImportFile *file)
{
    VaultWriter *writer = vault_begin(im->ctx, im->ask->vault, PRESS_FILE_MAX);
    return writer && vault_add(im->ctx, writer, bytes.data, bytes.size) && vault_keep(im->ctx, writer, &file->sha256, &file->size);
}

static bool fetch(Import *im, const char *url, bool picture, ImportFile *file)
{
    NetAnswer answer;
    if (!ask(im, url, &answer))
        return false;
    file->filename = name_of(im, url);
    file->type = press_file_type(im->ctx, answer.body, sniff(answer.body.data, answer.body.size < SNIFF_BYTES ? answer.body.size : SNIFF_BYTES),
                                 file->filename);
    if (!file->type)
        return false;
    if (picture && !press_is_picture(file->type))
        return fault(im->ctx, FAULT_UNSUPPORTED, "this is no picture (%s)", file->type);
    return keep(im, answer.body, file);
}

static const ImportFile *had(const ImportItem *item, const char *url)
{
    for (size_t i = 0; i < item->n_files; i++)
        if (text_same(item->files[i].old_url, url))
            return &item->files[i];
    return NULL;
}

const ImportFile *press_import_fetch(Import *im, const WpPost *post, ImportItem *item, const char *url, bool picture)
{
    Ctx *ctx = im->ctx;
    if (im->checking || im->ask->dry_run || im->ask->no_pictures || text_blank(url))
        return NULL;
    const ImportFile *before = had(item, url);
    if (before)
        return before;
    ImportFile file = {.id = id_new(ctx->now), .old_url = url};
    bool fits = item->n_files < PRESS_FILES_MAX || fault(ctx, FAULT_CONFLICT, "A release has at most %d files.", PRESS_FILES_MAX);
    if (!fits || !fetch(im, whole_address(im, url), picture, &file)) {
        Fault why = fault_take(ctx);
        press_import_tell(im, post, "lost", arena_printf(ctx->arena, "%s: %s", url, why.what));
        return NULL;
    }
    im->report->pictures++;
    item->files[item->n_files] = file;
    return &item->files[item->n_files++];
}
