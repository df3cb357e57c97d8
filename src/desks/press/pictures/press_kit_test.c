/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_kit_test.c: a press kit is made anew when one of its photos must not be shown any more, and says so. */
#include "desks/press/pictures/press_test_darkroom.h"
#include "desks/press/public/press_public.h"

#include <archive.h>
#include <archive_entry.h>

static const Route *const routes[] = {press_file_routes, press_share_routes, press_routes, press_public_routes, NULL};
static const char *const kit_zip = "/comunicados/abre-el-parque/kit.zip";

typedef struct Kit {
    Darkroom *d;
    i64 release, event, photo;
} Kit;

static bool add_event(Ctx *ctx, void *data)
{
    const EventDraft d = {.title = "Inauguración del parque", .starts = {2022, 7, 14, 9, 0, 0}, .status = EVENT_CONFIRMED};
    return agenda_create(ctx, &d, data);
}

/* The second picture of the release is a copy of a photo. */
static void make_photo(Kit *k)
{
    Arena *a = k->d->a;
    k->photo = id_new(k->d->n.t->ctx.now);
    test_write(&k->d->n.t->ctx, add_event, &k->event);
    test_script(&k->d->n.t->ctx,
                arena_printf(a, "INSERT INTO photos_photo (id, sha256, size, filename, event, person, state, type, taken_at, taken_from, minors, at) "
                                "VALUES (%" PRId64 ", '%064x', 5, 'IMG_1.jpg', %" PRId64 ", %" PRId64 ", 'ready', 'image/jpeg', 1, 'zone', 'none', 1); "
                                "UPDATE press_file SET photo = %" PRId64 " WHERE caption = 'La fuente nueva'",
                             k->photo, 77u, k->event, k->d->n.writer_id, k->photo));
}

/* The kit waits for the copies of its pictures. */
static void make_all(Kit *k)
{
    for (int i = 0; i < 3 && work_through(k->d); i++)
        k->d->n.t->ctx.now += CLOCK_MINUTE;
}

static Kit with_kit(StoreTest *t)
{
    Kit k = {.d = opened(t, routes)};
    k.release = draft_of(&k.d->n, "Abre el parque", "Obra pública");
    static const char *const words[] = {"alt", "Una fuente", "caption", "La fuente nueva", "credit", "R. Paz", NULL};
    page_test_status(bring(k.d, k.release, "portada.jpg", photograph(k.d, 1), as_cover), 303);
    page_test_status(bring(k.d, k.release, "fuente.jpg", photograph(k.d, 2), words), 303);
    make_photo(&k);
    send_and_publish(k.d, k.release);
    make_all(&k);
    page_test_as(&k.d->page, NULL);
    return k;
}

static bool withdraw(Ctx *ctx, void *data)
{
    return photos_unpublish(ctx, ((Kit *)data)->photo, "Lo pide la familia");
}

static bool queue_again(Ctx *ctx, void *data)
{
    return press_kit_queue(ctx, ((Kit *)data)->release, 1);
}

/* The text of an entry; NULL: there is none. */
static const char *entry(Kit *k, const PageAnswer *a, const char *wanted)
{
    struct archive_entry *e;
    const char *found = NULL;
    struct archive *zip = archive_read_new();
    g_assert_cmpint(archive_read_support_format_zip(zip), ==, ARCHIVE_OK);
    g_assert_cmpint(archive_read_open_memory(zip, a->body, a->size), ==, ARCHIVE_OK);
    while (!found && archive_read_next_header(zip, &e) == ARCHIVE_OK)
        if (text_same(archive_entry_pathname(e), wanted)) {
            char *text = g_malloc0(1024 * 1024);
            g_assert_cmpint((int)archive_read_data(zip, text, 1024 * 1024 - 1), >, 0);
            found = arena_text(k->d->a, text);
            g_free(text);
        }
    archive_read_free(zip);
    return found;
}

static void the_rest_is_given_when_a_photo_was_withdrawn(StoreTest *t, const void *unused)
{
    Kit k = with_kit(t);
    const PageAnswer *a = page_test_status(page_test_get(&k.d->page, kit_zip), 200);
    g_assert_nonnull(entry(&k, a, "fotos/02.jpg"));
    g_assert_null(strstr(entry(&k, a, "LEEME.txt"), "se retiró"));
    const char *before = press_kit(&t->ctx, k.release, 1)->sha256;
    test_write(&t->ctx, withdraw, &k);
    g_assert_null(press_kit(&t->ctx, k.release, 1));
    g_assert_nonnull(page_test_header(page_test_status(page_test_get(&k.d->page, kit_zip), 503), "Retry-After"));
    make_all(&k);
    a = page_test_status(page_test_get(&k.d->page, kit_zip), 200);
    g_assert_nonnull(entry(&k, a, "fotos/01.jpg"));
    g_assert_null(entry(&k, a, "fotos/02.jpg"));
    g_assert_null(strstr(entry(&k, a, "pies-de-foto.txt"), "La fuente nueva"));
    g_assert_nonnull(strstr(entry(&k, a, "LEEME.txt"), "1 imagen de este comunicado se retiró después de publicarse"));
    g_assert_false(vault_has(k.d->page.site.vault, before)); /* the old archive held it */
    closed(k.d);
}

static void a_photo_that_comes_back_is_in_it_again(StoreTest *t, const void *unused)
{
    Kit k = with_kit(t);
    test_write(&t->ctx, withdraw, &k);
    make_all(&k);
    test_script(&t->ctx, "DELETE FROM photos_gone; DELETE FROM photos_gone_before");
    page_test_status(page_test_get(&k.d->page, kit_zip), 200); /* the one without it, until the other is made */
    test_write(&t->ctx, queue_again, &k);
    make_all(&k);
    const PageAnswer *a = page_test_status(page_test_get(&k.d->page, kit_zip), 200);
    g_assert_nonnull(entry(&k, a, "fotos/02.jpg"));
    const char *now = press_kit(&t->ctx, k.release, 1)->sha256;
    test_write(&t->ctx, queue_again, &k); /* nothing changed: nothing is made */
    make_all(&k);
    g_assert_cmpstr(press_kit(&t->ctx, k.release, 1)->sha256, ==, now);
    closed(k.d);
}

typedef struct Late {
    const JobHandler *handler;
    Job job;
    void *prepared;
    FaultKind kind;
} Late;

static bool note_late(Ctx *ctx, void *data)
{
    Late *late = data;
    g_assert_false(late->handler->apply(ctx, &late->job, late->prepared));
    late->kind = fault_take(ctx).kind;
    return true;
}

/* The photo goes while the kit with it was put together. */
static void one_that_goes_meanwhile_is_not_noted(StoreTest *t, const void *unused)
{
    Kit k = with_kit(t);
    const JobTools tools = {.vault = k.d->page.site.vault};
    Late late = {.handler = handler_of("press_kit"), .job.tools = &tools};
    late.job.payload = arena_printf(k.d->a, "{\"release\":\"%s\",\"number\":1}", id_text(k.d->a, k.release));
    test_script(&t->ctx, "DELETE FROM press_kit_photo; DELETE FROM press_kit");
    g_assert_true(late.handler->prepare(&t->ctx, &late.job, &late.prepared) && late.prepared);
    test_script(&t->ctx, arena_printf(k.d->a, "INSERT INTO photos_gone (photo, at) VALUES (%" PRId64 ", 9)", k.photo));
    test_write(&t->ctx, note_late, &late);
    g_assert_cmpint((int)late.kind, ==, FAULT_BUSY);
    g_assert_null(press_kit(&t->ctx, k.release, 1));
    closed(k.d);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    STORE_TEST("press_kit", the_rest_is_given_when_a_photo_was_withdrawn);
    STORE_TEST("press_kit", a_photo_that_comes_back_is_in_it_again);
    STORE_TEST("press_kit", one_that_goes_meanwhile_is_not_noted);
    return g_test_run();
}
