/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_import.c: the run of an import: a file is checked as a whole, then posts are taken one by one and written some at a time. */
#include "desks/press/import/press_import.h"

#include "store/db.h"

static void refuse(Import *im, const WpPost *post)
{
    Fault why = fault_take(im->ctx);
    im->report->refused++;
    press_import_tell(im, post, "refused", why.what);
}

/* ---- writing ---- */

static const char *copied(Import *im, const char *text)
{
    return arena_text(im->batch_arena, text);
}

/* The post's own arena ends before the batch is written. */
static ImportItem *for_later(Import *im, const ImportItem *item)
{
    ImportItem *kept = arena_new_of(im->batch_arena, ImportItem);
    *kept = *item;
    const char **texts[] = {&kept->source, &kept->source_hash, &kept->title, &kept->slug, &kept->lead, &kept->body,
                            &kept->topics, &kept->categories, &kept->category_slugs, &kept->link, &kept->path};
    for (size_t i = 0; i < COUNT(texts); i++)
        *texts[i] = copied(im, *texts[i]);
    for (size_t i = 0; i < kept->n_files; i++) {
        ImportFile *f = &kept->files[i];
        f->sha256 = copied(im, f->sha256);
        f->filename = copied(im, f->filename);
        f->type = copied(im, f->type);
        f->alt = copied(im, f->alt);
        f->old_url = copied(im, f->old_url);
    }
    return kept;
}

typedef struct Writing {
    ImportItem *const *items;
    size_t n;
    ImportFate fates[IMPORT_BATCH];
} Writing;

static bool write_items(Ctx *ctx, void *data)
{
    Writing *w = data;
    for (size_t i = 0; i < w->n; i++)
        if (!press_import_keep(ctx, w->items[i], &w->fates[i]))
            return false;
    return true;
}

static void count(Import *im, const Writing *w)
{
    WordpressReport *r = im->report;
    i64 *counts[] = {[KEPT_CREATED] = &r->created, [KEPT_UPDATED] = &r->updated, [KEPT_UNCHANGED] = &r->unchanged,
                     [KEPT_EDITED_HERE] = &r->kept};
    for (size_t i = 0; i < w->n; i++) {
        const ImportItem *item = w->items[i];
        const WpPost post = {.id = item->post, .title = item->title, .link = item->link};
        ++*counts[w->fates[i]];
        if (w->fates[i] == KEPT_EDITED_HERE)
            press_import_tell(im, &post, "kept", say(im->ctx, "it changed there and was edited here: what is here stays"));
    }
}

/* One by one, after a batch failed: the bad one is refused, the others are taken. */
static bool write_singly(Import *im)
{
    for (size_t i = 0; i < im->n_batch; i++) {
        Writing one = {.items = &im->batch[i], .n = 1};
        const WpPost post = {.id = im->batch[i]->post, .title = im->batch[i]->title, .link = im->batch[i]->link};
        if (im->ask->transact(im->ctx, write_items, &one))
            count(im, &one);
        else if (im->ctx->fault.kind == FAULT_BROKEN || im->ctx->fault.kind == FAULT_BUSY)
            return false;
        else
            refuse(im, &post);
    }
    return true;
}

static bool write_batch(Import *im)
{
    Ctx *ctx = im->ctx;
    if (!im->n_batch)
        return true;
    Arena *outer = ctx->arena, *inner = ctx->arena = arena_new(IMPORT_ARENA);
    Writing all = {.items = im->batch, .n = im->n_batch};
    bool done = im->ask->transact(ctx, write_items, &all);
    if (done) {
        count(im, &all);
    } else {
        fault_take(ctx);
        done = write_singly(im);
    }
    ctx->fault.what = arena_text(im->kept, ctx->fault.what);
    ctx->arena = outer;
    arena_free(inner);
    arena_reset(im->batch_arena);
    im->n_batch = 0;
    return done;
}

/* ---- one post ---- */

static bool is_wanted(Import *im, const WpPost *post)
{
    const WordpressAsk *ask = im->ask;
    Wall wall;
    const char *date = post->date_gmt ? post->date_gmt : post->date;
    if (ask->since && date && wall_parse(date, &wall) && clock_instant(NULL, wall, NULL) < ask->since)
        return false;
    if (!ask->category)
        return true;
    List slugs = post->category_slugs ? text_split(im->ctx->arena, post->category_slugs, '\n') : (List){0};
    for (size_t i = 0; i < slugs.count; i++)
        if (text_same(((const char *const *)slugs.items)[i], ask->category))
            return true;
    return false;
}

static bool is_post(const WpPost *post)
{
    static const char *const states[] = {"publish", "future", "draft", "pending", "private"};
    for (size_t i = 0; i < COUNT(states); i++)
        if (text_same(post->type, "post") && text_same(post->status, states[i]))
            return true;
    return false;
}

static bool take(Import *im, const WpPost *post)
{
    ImportItem item;
    const char *source = press_import_source(im, post), *hash = press_import_hash(im->ctx, post);
    if (press_import_known(im->ctx, source, hash)) {
        im->report->unchanged++;
        return !faulted(im->ctx);
    }
    if (!press_import_post(im, post, &item)) {
        if (im->ctx->fault.kind == FAULT_BROKEN || im->ctx->fault.kind == FAULT_BUSY)
            return false;
        refuse(im, post);
        return true;
    }
    if (im->ask->dry_run) {
        im->report->created++;
        return true;
    }
    im->batch[im->n_batch++] = for_later(im, &item);
    return im->n_batch < IMPORT_BATCH || write_batch(im);
}

static bool visit(Ctx *ctx, void *to, const WpPost *post)
{
    Import *im = to;
    WordpressReport *r = im->report;
    if (text_same(post->type, "attachment")) {
        if (im->checking)
            press_attachments_add(im, post);
        return true;
    }
    if (!is_post(post) || !is_wanted(im, post)) {
        r->ignored += !im->checking;
        return true;
    }
    r->posts++;
    bool done = take(im, post);
    if (im->ask->progress)
        im->ask->progress(im->ask->to, r->posts, r->created + r->updated + r->unchanged + (i64)im->n_batch);
    return done && !faulted(ctx);
}

/* ---- the first pass over a file ---- */

typedef struct Check {
    Import *im;
    i64 bad;
    Buf *what; /* the first few */
} Check;

static bool check(UNUSED Ctx *ctx, void *to, const WpPost *post)
{
    Check *c = to;
    Import *im = c->im;
    ImportItem item;
    if (text_same(post->type, "attachment")) {
        press_attachments_add(im, post);
        return true;
    }
    if (im->ask->skip_bad || !is_post(post) || !is_wanted(im, post) || press_import_post(im, post, &item))
        return !faulted(im->ctx);
    Fault why = fault_take(im->ctx);
    if (++c->bad <= 3)
        buf_printf(c->what, say(im->ctx, "Line %" PRId64 ": post %" PRId64 ": %s. "), post->line, post->id, why.what);
    return true;
}

static bool check_file(Import *im, FILE *file)
{
    Check c = {.im = im, .what = buf_new(im->kept, 256, 8192)};
    press_attachments_add(im, NULL);
    im->checking = true;
    bool done = press_wxr_read(im->ctx, file, &im->base, check, &c);
    im->checking = false;
    if (!done || !c.bad)
        return done;
    return fault(im->ctx, FAULT_INVALID,
                 "%s%" PRId64 " posts cannot be taken, so nothing was written. With --skip-bad the others are taken and these are listed.",
                 buf_data(c.what), c.bad);
}

static bool rewound(Ctx *ctx, FILE *file)
{
    return !fseek(file, 0, SEEK_SET) || fault(ctx, FAULT_INVALID, "The file is read twice: give its name, not a stream.");
}

static bool read_file(Import *im)
{
    FILE *file = fopen(im->ask->file, "rbe");
    if (!file)
        return fault(im->ctx, FAULT_NOT_FOUND, "%s cannot be opened.", im->ask->file);
    const char *base = NULL;
    bool done = check_file(im, file) && rewound(im->ctx, file) && press_wxr_read(im->ctx, file, &base, visit, im);
    fclose(file);
    return done;
}

/* Without a slash at its end: as WordPress writes it in its file. */
static const char *base_of(Arena *a, const char *url)
{
    const char *base = text_trim(a, url);
    size_t n = strlen(base);
    while (n > 0 && base[n - 1] == '/')
        n--;
    return arena_copy(a, base, n);
}

bool press_import_wordpress(Ctx *ctx, const WordpressAsk *ask, WordpressReport *report_out)
{
    if (!people_may(ctx, RIGHT_PRESS_PUBLISH))
        return false;
    WordpressReport report = {0};
    Import *im = arena_new_of(ctx->arena, Import);
    *im = (Import){.ctx = ctx, .ask = ask, .report = &report, .kept = ctx->arena, .batch_arena = arena_new(IMPORT_ARENA)};
    im->lines = arena_array(ctx->arena, WordpressLine, IMPORT_LINES_MAX);
    report.lines.items = im->lines;
    if (ask->url)
        im->base = base_of(ctx->arena, ask->url);
    bool read = ask->url ? press_rest_read(ctx, ask, visit, im) : read_file(im);
    Fault first = read ? (Fault){0} : fault_take(ctx); /* what was taken until then is written all the same */
    bool done = write_batch(im) && read;
    arena_free(im->batch_arena);
    if (!read && !faulted(ctx))
        ctx->fault = first;
    *report_out = report;
    return done;
}
