/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_test_darkroom.h: an office with a vault and a decoder, for tests of pictures and files: they come by the page, jobs do the rest. */
#pragma once
#include "base/base_test.h"
#include "desks/press/flow/press_test_office.h"
#include "desks/press/pictures/press_pictures.h"
#include "media/media.h"
#include "media/media_test_pictures.h"
#include "web/web_test.h"

typedef struct Darkroom {
    Newsroom n;
    PageTest page;
    Arena *a;
    const char *folder;
} Darkroom;

UNUSED static Darkroom *opened(StoreTest *t, const Route *const *routes)
{
    Darkroom *d = g_new0(Darkroom, 1);
    d->n = newsroom(t);
    page_test_open(&d->page, t, routes);
    d->page.site.seal_key = test_key();
    d->page.site.media = media_new(NULL, 1);
    page_test_as(&d->page, &d->n.editor);
    d->a = d->page.kept;
    d->folder = test_folder();
    return d;
}

UNUSED static void closed(Darkroom *d)
{
    media_free(d->page.site.media);
    page_test_close(&d->page);
    g_free(d);
}

UNUSED static const char *at(Darkroom *d, const char *before, i64 id, const char *after)
{
    return arena_printf(d->a, "%s%s%s", before, id_text(d->a, id), after);
}

/* ---- what people send ---- */

UNUSED static const char *scene(Darkroom *d, const char *name, unsigned seed)
{
    const char *ppm = picture_scene(d->a, d->folder, "scene.ppm", seed, 900, 600);
    return picture_made(d->a, "copy", ppm, arena_printf(d->a, "%s/%s", d->folder, name), NULL);
}

UNUSED static Bytes photograph(Darkroom *d, unsigned seed)
{
    const char *jpeg = scene(d, "plain.jpg", seed);
    return picture_read(d->a, picture_with_exif(d->a, jpeg, arena_printf(d->a, "%s/camera.jpg", d->folder), 1));
}

UNUSED static void add_field(Buf *body, const char *name, const char *value)
{
    buf_printf(body, "--xYx\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n", name, value);
}

/* As a browser's form with a file; more: name, value, …, NULL. */
UNUSED static const PageAnswer *bring_to(Darkroom *d, const char *target, const char *name, Bytes file, const char *const *more)
{
    Buf *body = buf_new(d->a, 4096, 64 * 1024 * 1024);
    add_field(body, "csrf", page_test_csrf(&d->page));
    for (; more && *more; more += 2)
        add_field(body, more[0], more[1]);
    buf_printf(body, "--xYx\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\n\r\n", name);
    buf_add(body, file.data, file.size);
    buf_text(body, "\r\n--xYx--\r\n");
    return page_test_ask(&d->page, &(PageAsk){.method = "POST", .target = target,
                                              .type = "multipart/form-data; boundary=xYx", .body = buf_data(body),
                                              .body_size = buf_size(body), .headers = {{"Accept", "text/html"}}});
}

UNUSED static const PageAnswer *bring(Darkroom *d, i64 release, const char *name, Bytes file, const char *const *more)
{
    return bring_to(d, at(d, "/mesa/comunicados/", release, "/archivos"), name, file, more);
}

UNUSED static const char *const as_cover[] = {"is_cover", "1", "alt", "Una máquina rompe el asfalto", "caption", "Av. Muñoz", "credit", "R. Paz", NULL};

UNUSED static const ReleaseFile *first_file(Darkroom *d, i64 release)
{
    const Release *r = look(&d->n, release);
    g_assert_cmpint((int)r->files.count, >, 0);
    return r->files.items;
}

/* ---- the worker, with a vault ---- */

typedef struct Turn {
    const JobTools *tools;
    bool had;
    i64 failed;
} Turn;

UNUSED static const JobHandler *handler_of(const char *kind)
{
    const JobHandler *const tables[] = {press_picture_jobs, press_kit_jobs, press_jobs};
    for (size_t i = 0; i < COUNT(tables); i++)
        for (const JobHandler *h = tables[i]; h->kind; h++)
            if (text_same(h->kind, kind))
                return h;
    return NULL;
}

UNUSED static bool do_one(Ctx *ctx, void *data)
{
    Turn *turn = data;
    void *prepared = NULL;
    const Job *leased = queue_lease(ctx, CLOCK_MINUTE);
    turn->had = leased != NULL;
    if (!leased)
        return !faulted(ctx);
    Job job = *leased;
    const JobHandler *h = handler_of(job.kind);
    job.tools = turn->tools;
    if (h && ((h->prepare && !h->prepare(ctx, &job, &prepared)) || !h->apply(ctx, &job, prepared))) {
        turn->failed++;
        return queue_fail(ctx, &job, fault_take(ctx).what);
    }
    return queue_done(ctx, &job);
}

/* How many jobs could not be done now. */
UNUSED static i64 work_through(Darkroom *d)
{
    const JobTools tools = {.vault = d->page.site.vault, .media = d->page.site.media, .seal_key = test_key()};
    Turn turn = {.tools = &tools, .had = true};
    for (d->n.t->ctx.actor = &actor_system; turn.had;)
        test_write(&d->n.t->ctx, do_one, &turn);
    return turn.failed;
}

UNUSED static void send_and_publish(Darkroom *d, i64 release)
{
    done(&d->n, &d->n.writer, STEP(step_send, .id = release));
    done(&d->n, &d->n.second, STEP(step_approve, .id = release));
    done(&d->n, &d->n.editor, STEP(step_publish, .id = release));
}
