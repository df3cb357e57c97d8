/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_photo_test.c: a release's cover comes from the photos, and goes when the photo is gone. */
#include "base/base_test.h"
#include "desks/agenda/agenda.h"
#include "desks/press/flow/press_test_office.h"
#include "desks/press/pictures/press_photo.h"
#include "desks/press/pictures/press_pictures.h"
#include "media/media.h"
#include "media/media_test_pictures.h"
#include "web/web_test.h"

#include <fcntl.h>
#include <unistd.h>

static const Route *const routes[] = {press_photo_routes, press_file_routes, press_way_routes, press_share_routes, press_routes,
                                      press_public_routes, NULL};
static const Panel *const panels[] = {press_photo_panels, NULL};

typedef struct Shelf {
    Newsroom n;
    PageTest page;
    Arena *a;
    const char *folder;
    i64 event, photo, release;
} Shelf;

static bool add_event(Ctx *ctx, void *data)
{
    return agenda_create(ctx, &(EventDraft){.title = "Inauguración del parque", .starts = {2022, 7, 14, 9, 0, 0}, .status = EVENT_CONFIRMED},
                         &((Shelf *)data)->event);
}

static const char *keep(Shelf *s, Bytes bytes)
{
    const char *sha256 = NULL;
    i64 size;
    VaultWriter *w = vault_begin(&s->n.t->ctx, s->page.site.vault, (i64)bytes.size);
    g_assert_true(w && vault_add(&s->n.t->ctx, w, bytes.data, bytes.size) && vault_keep(&s->n.t->ctx, w, &sha256, &size));
    return sha256;
}

/* A photo of the event, with nothing against it. */
static void add_photo(Shelf *s)
{
    const char *scene = picture_scene(s->a, s->folder, "scene.ppm", 3, 900, 600);
    const char *jpeg = picture_made(s->a, "copy", scene, arena_printf(s->a, "%s/camera.jpg", s->folder), NULL);
    s->photo = id_new(s->n.t->ctx.now);
    test_script(&s->n.t->ctx,
                arena_printf(s->a, "INSERT INTO photos_photo (id, sha256, size, filename, event, person, state, type, width, height, taken_at, taken_from, "
                                   "caption, alt, credit, minors, at) VALUES (%" PRId64 ", '%s', 5, 'IMG_20220714_101500.jpg', %" PRId64
                                   ", %" PRId64 ", 'ready', 'image/jpeg', 900, 600, %" PRId64 ", 'zone', 'El parque abre', 'Una fuente entre árboles', 'R. Paz', "
                                   "'none', 1)",
                             s->photo, keep(s, picture_read(s->a, jpeg)), s->event, s->n.writer_id, s->n.t->ctx.now));
}

static Shelf *opened(StoreTest *t)
{
    Shelf *s = g_new0(Shelf, 1);
    s->n = newsroom(t);
    page_test_open(&s->page, t, routes);
    s->page.site.seal_key = test_key();
    s->page.site.media = media_new(NULL, 1);
    s->page.site.panels = panels;
    s->a = s->page.kept;
    s->folder = test_folder();
    test_write(&t->ctx, add_event, s);
    add_photo(s);
    s->release = draft_of(&s->n, "Abre el parque", "Obra pública");
    page_test_as(&s->page, &s->n.writer);
    return s;
}

static void closed(Shelf *s)
{
    media_free(s->page.site.media);
    page_test_close(&s->page);
    g_free(s);
}

static const char *at(Shelf *s, const char *after)
{
    return arena_printf(s->a, "/mesa/comunicados/%s%s", id_text(s->a, s->release), after);
}

static const ReleaseFile *choose(Shelf *s)
{
    page_test_status(page_test_post(&s->page, at(s, "/fotos"), arena_printf(s->a, "photo=%s&is_cover=1", id_text(s->a, s->photo))), 303);
    const Release *r = look(&s->n, s->release);
    g_assert_cmpint((i64)r->files.count, ==, 1);
    return r->files.items;
}

static void out_with_it(Shelf *s)
{
    done(&s->n, &s->n.writer, STEP(step_send, .id = s->release));
    done(&s->n, &s->n.second, STEP(step_approve, .id = s->release));
    done(&s->n, &s->n.editor, STEP(step_publish, .id = s->release));
    page_test_as(&s->page, NULL);
}

static void unpublish(Shelf *s)
{
    test_script(&s->n.t->ctx, arena_printf(s->a, "INSERT INTO photos_gone (photo, at) VALUES (%" PRId64 ", 9)", s->photo));
}

/* ---- choosing ---- */

static void the_editor_chooses_among_what_may_be_published(StoreTest *t, const void *unused)
{
    Shelf *s = opened(t);
    const PageAnswer *a = page_test_status(page_test_get(&s->page, at(s, "/fotos")), 200);
    assert_page_sound(a);
    g_assert_nonnull(strstr(a->body, "El parque abre"));
    g_assert_null(strstr(a->body, "IMG_20220714"));
    test_script(&t->ctx, "UPDATE photos_photo SET minors = 'unreviewed'");
    g_assert_null(strstr(page_test_status(page_test_get(&s->page, at(s, "/fotos")), 200)->body, "El parque abre"));
    page_test_status(page_test_get(&s->page, at(s, "/fotos?q=nada")), 200);
    closed(s);
}

static void a_chosen_photo_is_the_cover_with_its_words(StoreTest *t, const void *unused)
{
    Shelf *s = opened(t);
    const ReleaseFile *f = choose(s);
    g_assert_true(f->is_cover);
    g_assert_cmpint(f->photo, ==, s->photo);
    g_assert_cmpint(f->width, ==, 900);
    g_assert_cmpstr(f->alt, ==, "Una fuente entre árboles");
    g_assert_cmpstr(f->caption, ==, "El parque abre");
    g_assert_cmpstr(f->credit, ==, "R. Paz");
    g_assert_null(strstr(f->filename, "IMG_")); /* a telephone's file name tells the hour */
    closed(s);
}

static void what_may_not_be_published_is_not_taken(StoreTest *t, const void *unused)
{
    Shelf *s = opened(t);
    const char *form = arena_printf(s->a, "photo=%s&is_cover=1", id_text(s->a, s->photo));
    test_script(&t->ctx, "UPDATE photos_photo SET minors = 'never'");
    page_test_status(page_test_post(&s->page, at(s, "/fotos"), form), 409);
    test_script(&t->ctx, "UPDATE photos_photo SET minors = 'none'");
    unpublish(s);
    page_test_status(page_test_post(&s->page, at(s, "/fotos"), form), 410);
    page_test_status(page_test_post(&s->page, at(s, "/fotos"), ""), 422);
    g_assert_cmpint((i64)look(&s->n, s->release)->files.count, ==, 0);
    closed(s);
}

/* ---- gone ---- */

static const char *medium(Shelf *s, i64 file)
{
    return arena_printf(s->a, "/medios/%s/640.jpg", id_text(s->a, file));
}

static void a_photo_that_is_gone_is_gone_from_the_release(StoreTest *t, const void *unused)
{
    Shelf *s = opened(t);
    i64 file = choose(s)->id;
    out_with_it(s);
    page_test_status(page_test_get(&s->page, medium(s, file)), 200);
    g_assert_nonnull(strstr(page_test_status(page_test_get(&s->page, "/comunicados/abre-el-parque"), 200)->body, "/medios/"));
    g_assert_nonnull(strstr(page_test_status(page_test_get(&s->page, "/comunicados"), 200)->body, "/medios/"));
    unpublish(s);
    page_test_status(page_test_get(&s->page, medium(s, file)), 410);
    static const char *const pages[] = {"/comunicados/abre-el-parque", "/comunicados", "/comunicados.atom", "/comunicados.rss",
                                        "/comunicados.json", "/comunicados/abre-el-parque.json"};
    for (size_t i = 0; i < COUNT(pages); i++) {
        const PageAnswer *a = page_test_status(page_test_get(&s->page, pages[i]), 200);
        if (strstr(a->body, "/medios/") || strstr(a->body, "Una fuente entre árboles"))
            g_error("%s shows a photo that is gone", pages[i]);
    }
    test_script(&t->ctx, "DELETE FROM photos_gone");
    page_test_status(page_test_get(&s->page, medium(s, file)), 200);
    closed(s);
}

static void a_copy_from_before_faces_were_hidden_stays_away(StoreTest *t, const void *unused)
{
    Shelf *s = opened(t);
    i64 file = choose(s)->id;
    out_with_it(s);
    test_script(&t->ctx, arena_printf(s->a, "INSERT INTO photos_gone_before (photo, at) VALUES (%" PRId64 ", %" PRId64 ")", s->photo, t->ctx.now + 1));
    page_test_status(page_test_get(&s->page, medium(s, file)), 410);
    g_assert_null(strstr(page_test_status(page_test_get(&s->page, "/comunicados/abre-el-parque"), 200)->body, "/medios/"));
    closed(s);
}

static void a_draft_with_a_photo_that_is_gone_is_not_published(StoreTest *t, const void *unused)
{
    Shelf *s = opened(t);
    choose(s);
    unpublish(s);
    const Release *r = look(&s->n, s->release);
    g_assert_true(((const ReleaseFile *)r->files.items)->gone);
    List obstacles = press_obstacles(&t->ctx, r, t->ctx.now);
    bool said = false;
    for (size_t i = 0; i < obstacles.count; i++)
        said = said || strstr(((const char *const *)obstacles.items)[i], "parque-2022-07-14.jpg");
    g_assert_true(said);
    page_test_as(&s->page, &s->n.writer);
    g_assert_nonnull(strstr(page_test_status(page_test_get(&s->page, at(s, "")), 200)->body, "/fotos"));
    closed(s);
}

static void a_kit_with_a_photo_that_is_gone_is_not_given(StoreTest *t, const void *unused)
{
    Shelf *s = opened(t);
    choose(s);
    out_with_it(s);
    const char *sha256 = keep(s, (Bytes){"PK", 2});
    test_script(&t->ctx, arena_printf(s->a, "INSERT INTO press_kit (release, number, sha256, size, at) VALUES (%" PRId64 ", 1, '%s', 2, 1); "
                                             "INSERT INTO press_kit_photo SELECT %" PRId64 ", 1, id FROM press_file WHERE photo IS NOT NULL",
                                       s->release, sha256, s->release));
    page_test_status(page_test_get(&s->page, "/comunicados/abre-el-parque/kit.zip"), 200);
    unpublish(s);
    page_test_status(page_test_get(&s->page, "/comunicados/abre-el-parque/kit.zip"), 503); /* another one is to be made */
    test_script(&t->ctx, "DELETE FROM queue_job");
    page_test_status(page_test_get(&s->page, "/comunicados/abre-el-parque/kit.zip"), 410);
    closed(s);
}

static void a_release_shows_its_events_photos(StoreTest *t, const void *unused)
{
    Shelf *s = opened(t);
    const char *photo = arena_printf(s->a, "/mesa/fotos/%s/320.webp", id_text(s->a, s->photo));
    g_assert_null(strstr(page_test_status(page_test_get(&s->page, at(s, "")), 200)->body, photo)); /* it has no event yet */
    test_script(&t->ctx, arena_printf(s->a, "UPDATE press_release SET event = %" PRId64, s->event));
    const PageAnswer *a = page_test_status(page_test_get(&s->page, at(s, "")), 200);
    assert_page_sound(a);
    g_assert_nonnull(strstr(a->body, photo));
    g_assert_nonnull(strstr(a->body, at(s, "/fotos\"")));
    test_script(&t->ctx, "UPDATE photos_photo SET removed_at = 1");
    g_assert_null(strstr(page_test_status(page_test_get(&s->page, at(s, "")), 200)->body, photo));
    closed(s);
}

/* ---- corrected ---- */

static void a_correction_chooses_another_photo_and_not_one_that_is_gone(StoreTest *t, const void *unused)
{
    Shelf *s = opened(t);
    out_with_it(s);
    page_test_as(&s->page, &s->n.editor);
    const PageAnswer *a = page_test_status(page_test_get(&s->page, at(s, "/corregir")), 200);
    assert_page_sound(a);
    g_assert_nonnull(strstr(a->body, "El parque abre"));
    const char *search = "then=photos&photo_words=nada&note=La+portada";
    a = page_test_status(page_test_post(&s->page, at(s, "/corregir"), search), 200);
    assert_page_sound(a);
    g_assert_null(strstr(a->body, "El parque abre"));
    g_assert_nonnull(strstr(a->body, "La portada</textarea>"));
    const char *choice = arena_printf(s->a, "photo=%s&note=La+portada&file_is_cover=1", id_text(s->a, s->photo));
    a = page_test_status(page_test_post(&s->page, at(s, "/corregir"), choice), 200);
    assert_page_sound(a);
    const Release *r = look(&s->n, s->release);
    g_assert_cmpint((i64)r->waiting.count, ==, 1);
    const ReleaseFile *f = r->waiting.items;
    g_assert_cmpint(f->photo, ==, s->photo);
    g_assert_nonnull(strstr(a->body, arena_printf(s->a, "name=\"cover\" value=\"%s\" checked", id_text(s->a, f->id))));
    unpublish(s);
    const char *form = arena_printf(s->a, "note=La+portada&files.0.id=%s&cover=%s", id_text(s->a, f->id), id_text(s->a, f->id));
    g_assert_nonnull(strstr(page_test_status(page_test_post(&s->page, at(s, "/corregir"), form), 409)->body, "ya no debe mostrarse"));
    a = page_test_status(page_test_post(&s->page, at(s, "/corregir"), choice), 409);
    g_assert_nonnull(strstr(a->body, "La portada</textarea>")); /* refused, and nothing typed is lost */
    g_assert_cmpint(look(&s->n, s->release)->edition, ==, 1);
    closed(s);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    STORE_TEST("press_photo", the_editor_chooses_among_what_may_be_published);
    STORE_TEST("press_photo", a_chosen_photo_is_the_cover_with_its_words);
    STORE_TEST("press_photo", what_may_not_be_published_is_not_taken);
    STORE_TEST("press_photo", a_photo_that_is_gone_is_gone_from_the_release);
    STORE_TEST("press_photo", a_copy_from_before_faces_were_hidden_stays_away);
    STORE_TEST("press_photo", a_draft_with_a_photo_that_is_gone_is_not_published);
    STORE_TEST("press_photo", a_kit_with_a_photo_that_is_gone_is_not_given);
    STORE_TEST("press_photo", a_release_shows_its_events_photos);
    STORE_TEST("press_photo", a_correction_chooses_another_photo_and_not_one_that_is_gone);
    return g_test_run();
}
