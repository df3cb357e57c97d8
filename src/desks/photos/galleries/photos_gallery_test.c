/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_gallery_test.c: galleries from the first picture to the public page and back. */
#include "desks/photos/galleries/photos_galleries.h"
#include "desks/photos/photos_test_office.h"
#include "store/queue.h"
#include "store/search.h"

#define RECIPE "0123456789ab"

static GalleryDraft draft(PhotoOffice *o, const char *title, List photos)
{
    return (GalleryDraft){.title = title, .lead = "Abre el parque.", .event = o->event, .photos = photos};
}

static i64 add(PhotoOffice *o, const char *title, List photos)
{
    GalleryDraft d = draft(o, title, photos);
    i64 id = 0;
    DONE(o, &o->editor, photos_gallery_add(o->ctx, &d, &id));
    return id;
}

static i64 copied(PhotoOffice *o, int n)
{
    i64 id = photo_ready(o, o->event, n);
    photo_copied(o, id, RECIPE);
    return id;
}

static const Gallery *look(PhotoOffice *o, i64 id)
{
    const Gallery *g = SEEN(o, &o->editor, photos_gallery(o->ctx, id));
    assert_no_fault(o->ctx);
    o->ctx->actor = &actor_system;
    return g;
}

static i64 number(PhotoOffice *o, const char *fmt, i64 id)
{
    return office_count(o, arena_printf(o->ctx->arena, "%s%" PRId64, fmt, id));
}

static i64 is_out(PhotoOffice *o, i64 photo)
{
    return number(o, "SELECT count(*) FROM photos_public WHERE photo = ", photo);
}

static i64 publish(PhotoOffice *o, const char *title, List photos)
{
    i64 id = add(o, title, photos);
    DONE(o, &o->editor, photos_gallery_publish(o->ctx, id, NONE));
    return id;
}

/* The one text that the statement finds. */
typedef struct OneText {
    const char *text;
} OneText;
static const Field text_fields[] = {FIELD_TEXT(OneText, text)};
static const Shape text_shape = SHAPE("text", OneText, text_fields);

static const char *text_of(PhotoOffice *o, const char *fmt, i64 id)
{
    Query q = {.name = "text", .sql = arena_printf(o->ctx->arena, "%s%" PRId64, fmt, id)};
    const OneText *one = db_one_(o->ctx, &q, &text_shape, NULL, 0);
    assert_no_fault(o->ctx);
    return one->text;
}

/* ---- in the making ---- */

static void its_address_is_its_title_and_its_day_and_nobody_elses(StoreTest *t, const void *unused)
{
    PhotoOffice o = photo_office(t);
    g_assert_cmpstr(look(&o, add(&o, "El parque nuevo", (List){0}))->slug, ==, "el-parque-nuevo-2022-07-14");
    g_assert_cmpstr(look(&o, add(&o, "¡El  parque nuevo!", (List){0}))->slug, ==, "el-parque-nuevo-2022-07-14-2");
    g_assert_cmpstr(look(&o, add(&o, "¿?", (List){0}))->slug, ==, "galeria-2022-07-14");
}

static void the_address_follows_the_title_until_somebody_saw_it(StoreTest *t, const void *unused)
{
    PhotoOffice o = photo_office(t);
    i64 photo = copied(&o, 1), id = add(&o, "El parque", one(&photo));
    GalleryDraft d = draft(&o, "El jardín", (List){0});
    DONE(&o, &o.editor, photos_gallery_change(o.ctx, id, 1, &d));
    g_assert_cmpstr(look(&o, id)->slug, ==, "el-jardin-2022-07-14");
    g_assert_cmpint(look(&o, id)->photos, ==, 1);
    DONE(&o, &o.editor, photos_gallery_publish(o.ctx, id, NONE));
    d.title = "La fuente";
    DONE(&o, &o.editor, photos_gallery_change(o.ctx, id, NONE, &d));
    g_assert_cmpstr(look(&o, id)->slug, ==, "el-jardin-2022-07-14");
    g_assert_cmpstr(look(&o, id)->title, ==, "La fuente");
    g_assert_true(look(&o, id)->changed);
}

static void what_cannot_be_a_gallery_is_said_at_its_field(StoreTest *t, const void *unused)
{
    PhotoOffice o = photo_office(t);
    i64 id, photo = photo_ready(&o, o.event, 1), secret = photo_ready(&o, o.private_event, 2), gone = photo_ready(&o, o.event, 3);
    office_script(&o, "UPDATE photos_photo SET removed_at = 5 WHERE id = %" PRId64, gone);
    GalleryDraft d = draft(&o, " ", one(&photo));
    g_assert_cmpstr(REFUSED(&o, &o.editor, FAULT_INVALID, photos_gallery_add(o.ctx, &d, &id)), ==, "title");
    d = draft(&o, "El parque", MANY(photo, photo));
    g_assert_cmpstr(REFUSED(&o, &o.editor, FAULT_INVALID, photos_gallery_add(o.ctx, &d, &id)), ==, "photos");
    d.photos = one(&secret);
    g_assert_cmpstr(REFUSED(&o, &o.editor, FAULT_INVALID, photos_gallery_add(o.ctx, &d, &id)), ==, "photos");
    d.photos = one(&gone);
    g_assert_cmpstr(REFUSED(&o, &o.editor, FAULT_INVALID, photos_gallery_add(o.ctx, &d, &id)), ==, "photos");
    d.photos = one(&photo);
    d.cover = 12345;
    g_assert_cmpstr(REFUSED(&o, &o.editor, FAULT_INVALID, photos_gallery_add(o.ctx, &d, &id)), ==, "cover");
    d.cover = 0;
    d.event = o.private_event;
    g_assert_cmpstr(REFUSED(&o, &o.editor, FAULT_INVALID, photos_gallery_add(o.ctx, &d, &id)), ==, "event");
    d = draft(&o, "El parque", (List){arena_array(o.ctx->arena, i64, PHOTOS_AT_ONCE + 1), PHOTOS_AT_ONCE + 1});
    g_assert_cmpstr(REFUSED(&o, &o.editor, FAULT_INVALID, photos_gallery_add(o.ctx, &d, &id)), ==, "photos");
}

static void the_second_editor_loses_politely(StoreTest *t, const void *unused)
{
    PhotoOffice o = photo_office(t);
    i64 a = copied(&o, 1), b = copied(&o, 2), id = add(&o, "El parque", MANY(a, b));
    DONE(&o, &o.editor, photos_gallery_order(o.ctx, id, 1, MANY(b, a)));
    REFUSED(&o, &o.editor, FAULT_STALE, photos_gallery_order(o.ctx, id, 1, MANY(a, b)));
    const Gallery *g = look(&o, id);
    g_assert_cmpint(((const Photo *)g->items.items)[0].id, ==, b);
    g_assert_cmpint(g->version, ==, 2);
    DONE(&o, &o.editor, photos_gallery_order(o.ctx, id, 2, MANY(b, a))); /* nothing changed: no new version */
    g_assert_cmpint(look(&o, id)->version, ==, 2);
}

static void a_cover_that_is_taken_out_is_no_cover(StoreTest *t, const void *unused)
{
    PhotoOffice o = photo_office(t);
    i64 a = copied(&o, 1), b = copied(&o, 2), id = add(&o, "El parque", MANY(a, b));
    GalleryDraft d = draft(&o, "El parque", (List){0});
    d.cover = b;
    DONE(&o, &o.editor, photos_gallery_change(o.ctx, id, NONE, &d));
    g_assert_cmpint(look(&o, id)->cover, ==, b);
    DONE(&o, &o.editor, photos_gallery_order(o.ctx, id, NONE, one(&a)));
    g_assert_cmpint(look(&o, id)->cover, ==, 0);
}

static void rights_are_asked_of_everybody(StoreTest *t, const void *unused)
{
    PhotoOffice o = photo_office(t);
    i64 photo = copied(&o, 1), id = publish(&o, "El parque", one(&photo)), made;
    GalleryDraft d = draft(&o, "Otra", (List){0});
    REFUSED(&o, &o.reader, FAULT_FORBIDDEN, photos_gallery_add(o.ctx, &d, &made));
    REFUSED(&o, &o.reader, FAULT_FORBIDDEN, photos_gallery_change(o.ctx, id, NONE, &d));
    REFUSED(&o, &o.reader, FAULT_FORBIDDEN, photos_gallery_order(o.ctx, id, NONE, one(&photo)));
    REFUSED(&o, &o.reader, FAULT_FORBIDDEN, photos_gallery_drop(o.ctx, id, NONE));
    REFUSED(&o, &o.photographer, FAULT_FORBIDDEN, photos_gallery_publish(o.ctx, id, NONE));
    REFUSED(&o, &o.photographer, FAULT_FORBIDDEN, photos_gallery_stop(o.ctx, id, NONE));
    REFUSED(&o, &o.photographer, FAULT_FORBIDDEN, photos_gallery_unpublish(o.ctx, id, NONE, "Error"));
}

static void only_what_never_was_public_is_dropped(StoreTest *t, const void *unused)
{
    PhotoOffice o = photo_office(t);
    i64 photo = copied(&o, 1), id = add(&o, "Borrador", one(&photo)), out = publish(&o, "Pública", one(&photo));
    DONE(&o, &o.editor, photos_gallery_drop(o.ctx, id, NONE));
    g_assert_null(SEEN(&o, &o.editor, photos_gallery(o.ctx, id)));
    assert_fault(o.ctx, FAULT_NOT_FOUND);
    REFUSED(&o, &o.editor, FAULT_CONFLICT, photos_gallery_drop(o.ctx, out, NONE));
}

static void lists_are_by_state_and_event_and_hide_private_ones(StoreTest *t, const void *unused)
{
    PhotoOffice o = photo_office(t);
    i64 photo = copied(&o, 1);
    add(&o, "Borrador", one(&photo));
    publish(&o, "Pública", one(&photo));
    i64 secret = add(&o, "Reservada", (List){0});
    office_script(&o, "UPDATE photos_gallery SET event = %" PRId64 " WHERE id = %" PRId64, o.private_event, secret);
    o.ctx->actor = &o.editor;
    g_assert_cmpuint(photos_galleries(o.ctx, NULL, 0, 0, 0, 10).count, ==, 2);
    g_assert_cmpint(photos_gallery_count(o.ctx, NULL, 0), ==, 2);
    g_assert_cmpuint(photos_galleries(o.ctx, "published", 0, 0, 0, 10).count, ==, 1);
    g_assert_cmpint(photos_gallery_count(o.ctx, "draft", 0), ==, 1);
    g_assert_cmpuint(photos_galleries(o.ctx, NULL, o.event, 0, 0, 10).count, ==, 2);
    g_assert_cmpint(photos_gallery_count(o.ctx, "draft", o.event), ==, 1);
    List first = photos_galleries(o.ctx, NULL, 0, 0, 0, 1);
    const Gallery *g = first.items;
    g_assert_cmpstr(g->title, ==, "Pública");
    List second = photos_galleries(o.ctx, NULL, 0, g->changed_at, g->id, 10);
    g_assert_cmpstr(((const Gallery *)second.items)->title, ==, "Borrador");
    o.ctx->actor = &o.director;
    g_assert_cmpint(photos_gallery_count(o.ctx, NULL, 0), ==, 3);
}

/* ---- published ---- */

static void publishing_freezes_what_stands_at_the_desk(StoreTest *t, const void *unused)
{
    PhotoOffice o = photo_office(t);
    i64 a = copied(&o, 1), b = copied(&o, 2), id = publish(&o, "El parque nuevo", MANY(b, a));
    const Gallery *g = look(&o, id);
    g_assert_cmpint(g->state, ==, GALLERY_PUBLISHED);
    g_assert_false(g->changed);
    g_assert_cmpint(g->published_at, ==, o.ctx->now);
    g_assert_nonnull(strstr(g->url, "/galerias/el-parque-nuevo-2022-07-14"));
    g_assert_cmpint(office_count(&o, "SELECT photo FROM photos_gallery_public_photo WHERE position = 1"), ==, b);
    g_assert_cmpint(office_count(&o, "SELECT cover FROM photos_gallery_public"), ==, b);
    g_assert_cmpstr(text_of(&o, "SELECT name AS text FROM photos_public WHERE photo = ", b), ==, "inauguracion-del-parque-2022-07-14-01");
    g_assert_cmpstr(text_of(&o, "SELECT name AS text FROM photos_public WHERE photo = ", a), ==, "inauguracion-del-parque-2022-07-14-02");
    g_assert_cmpuint(search_find(o.ctx, SEARCH_PUBLIC, "parque nuevo", 10).count, >=, 1);
}

static void a_draft_of_the_next_words_is_not_public(StoreTest *t, const void *unused)
{
    PhotoOffice o = photo_office(t);
    i64 a = copied(&o, 1), b = copied(&o, 2), id = publish(&o, "El parque", one(&a));
    i64 first = o.ctx->now;
    GalleryDraft d = draft(&o, "Otro título", MANY(b, a));
    DONE(&o, &o.editor, photos_gallery_change(o.ctx, id, NONE, &d));
    g_assert_cmpstr(text_of(&o, "SELECT title AS text FROM photos_gallery_public WHERE gallery = ", id), ==, "El parque");
    g_assert_cmpint(is_out(&o, b), ==, 0);
    DONE(&o, &o.editor, photos_gallery_publish(o.ctx, id, NONE));
    g_assert_cmpstr(text_of(&o, "SELECT title AS text FROM photos_gallery_public WHERE gallery = ", id), ==, "Otro título");
    g_assert_cmpint(is_out(&o, b), ==, 1);
    g_assert_cmpint(look(&o, id)->published_at, ==, first);
    g_assert_cmpint(office_count(&o, "SELECT published_at FROM photos_gallery_public"), ==, first);
    g_assert_cmpint(number(&o, "SELECT published_at FROM photos_public WHERE photo = ", a), ==, first);
    g_assert_cmpint(number(&o, "SELECT changed_at FROM photos_public WHERE photo = ", a), ==, first);
    g_assert_cmpstr(text_of(&o, "SELECT name AS text FROM photos_public WHERE photo = ", a), ==, "inauguracion-del-parque-2022-07-14-01");
}

static void what_stands_against_it_is_said_with_the_pictures_name(StoreTest *t, const void *unused)
{
    PhotoOffice o = photo_office(t);
    i64 a = copied(&o, 1), b = copied(&o, 2), id = add(&o, "El parque", MANY(a, b)), empty = add(&o, "Vacía", (List){0});
    REFUSED(&o, &o.editor, FAULT_CONFLICT, photos_gallery_publish(o.ctx, empty, NONE));
    office_script(&o, "UPDATE photos_photo SET minors = 'unreviewed' WHERE id = %" PRId64, b);
    office_begin(&o, &o.editor);
    g_assert_false(photos_gallery_publish(o.ctx, id, NONE));
    g_assert_nonnull(strstr(o.ctx->fault.what, "IMG_0002.JPG"));
    assert_fault(o.ctx, FAULT_CONFLICT);
    db_rollback(o.ctx);
    o.ctx->actor = &actor_system;
    g_assert_cmpint(look(&o, id)->state, ==, GALLERY_DRAFT);
}

static void copies_that_are_missing_are_waited_for(StoreTest *t, const void *unused)
{
    PhotoOffice o = photo_office(t);
    i64 a = copied(&o, 1), b = photo_ready(&o, o.event, 2), id = publish(&o, "El parque", MANY(a, b));
    const Gallery *g = look(&o, id);
    g_assert_cmpint(g->state, ==, GALLERY_PUBLISHING);
    g_assert_cmpint(g->ready, ==, 1);
    g_assert_cmpint(g->photos, ==, 2);
    g_assert_cmpint(is_out(&o, a), ==, 0);
    i64 jobs = office_count(&o, "SELECT count(*) FROM queue_job");
    g_assert_cmpint(jobs, >=, 1);
    DONE(&o, &o.editor, photos_gallery_publish(o.ctx, id, NONE)); /* again: no second job, still waiting */
    g_assert_cmpint(office_count(&o, "SELECT count(*) FROM queue_job"), ==, jobs);
    GalleryDraft d = draft(&o, "Otra", (List){0});
    REFUSED(&o, &o.editor, FAULT_CONFLICT, photos_gallery_change(o.ctx, id, NONE, &d));
    photo_copied(&o, b, RECIPE);
    DONE(&o, &actor_system, photos_galleries_go_on(o.ctx, b));
    g_assert_cmpint(look(&o, id)->state, ==, GALLERY_PUBLISHED);
    g_assert_cmpint(is_out(&o, a) + is_out(&o, b), ==, 2);
    i64 version = look(&o, id)->version;
    DONE(&o, &actor_system, photos_galleries_go_on(o.ctx, b)); /* once more: nothing */
    g_assert_cmpint(look(&o, id)->version, ==, version);
}

/* A job that was given up, or that is not there at all, is said; publishing again queues what is missing, once. */
static void a_gallery_that_would_wait_for_ever_says_so(StoreTest *t, const void *unused)
{
    PhotoOffice o = photo_office(t);
    i64 a = copied(&o, 1), b = photo_ready(&o, o.event, 2), c = photo_ready(&o, o.event, 3), id = publish(&o, "El parque", MANY(a, b, c));
    const char *waiting = "SELECT count(*) FROM queue_job WHERE kind = 'photos_public' AND state = 'waiting'";
    g_assert_false(photos_gallery_stall(o.ctx, look(&o, id)).stalled);
    g_assert_cmpint(office_count(&o, waiting), ==, 2);
    office_script(&o, "UPDATE queue_job SET state = 'leased' WHERE key = '%s'", photos_public_key(o.ctx, c));
    g_assert_false(photos_gallery_stall(o.ctx, look(&o, id)).stalled);
    office_script(&o, "UPDATE queue_job SET state = 'dead', error = 'El disco está lleno' WHERE key = '%s'", photos_public_key(o.ctx, b));
    GalleryStall stall = photos_gallery_stall(o.ctx, look(&o, id));
    g_assert_true(stall.stalled);
    g_assert_cmpint(stall.photos, ==, 1);
    g_assert_cmpstr(stall.why, ==, "El disco está lleno");
    office_script(&o, "DELETE FROM queue_job WHERE key = '%s'", photos_public_key(o.ctx, c));
    g_assert_cmpint(photos_gallery_stall(o.ctx, look(&o, id)).photos, ==, 2);
    DONE(&o, &o.editor, photos_gallery_publish(o.ctx, id, NONE));
    g_assert_false(photos_gallery_stall(o.ctx, look(&o, id)).stalled);
    g_assert_cmpint(office_count(&o, waiting), ==, 2);
}

/* The copies came by another way, and nobody let it out. */
static void a_gallery_with_all_copies_does_not_wait(StoreTest *t, const void *unused)
{
    PhotoOffice o = photo_office(t);
    i64 a = photo_ready(&o, o.event, 1), id = publish(&o, "El parque", one(&a));
    photo_copied(&o, a, RECIPE);
    GalleryStall stall = photos_gallery_stall(o.ctx, look(&o, id));
    g_assert_true(stall.stalled);
    g_assert_cmpint(stall.photos, ==, 0);
    DONE(&o, &o.editor, photos_gallery_publish(o.ctx, id, NONE));
    g_assert_cmpint(look(&o, id)->state, ==, GALLERY_PUBLISHED);
    g_assert_false(photos_gallery_stall(o.ctx, look(&o, id)).stalled);
}

static void an_obstacle_on_the_way_stops_it_and_who_published_is_told(StoreTest *t, const void *unused)
{
    PhotoOffice o = photo_office(t);
    i64 a = copied(&o, 1), b = photo_ready(&o, o.event, 2), id = publish(&o, "El parque", MANY(a, b));
    photo_copied(&o, b, RECIPE);
    office_script(&o, "UPDATE photos_photo SET minors = 'never' WHERE id = %" PRId64, a);
    DONE(&o, &actor_system, photos_galleries_go_on(o.ctx, b));
    g_assert_cmpint(look(&o, id)->state, ==, GALLERY_DRAFT);
    g_assert_cmpint(office_count(&o, "SELECT count(*) FROM photos_public"), ==, 0);
    g_assert_cmpint(office_count(&o, "SELECT person FROM people_notice WHERE subject = 'photos_gallery' AND kind = 'missed'"), ==, o.editor_id);
}

static void a_public_gallery_stays_as_it_was_when_the_next_one_is_stopped(StoreTest *t, const void *unused)
{
    PhotoOffice o = photo_office(t);
    i64 a = copied(&o, 1), id = publish(&o, "El parque", one(&a)), b = photo_ready(&o, o.event, 2);
    DONE(&o, &o.editor, photos_gallery_order(o.ctx, id, NONE, MANY(a, b)));
    DONE(&o, &o.editor, photos_gallery_publish(o.ctx, id, NONE));
    g_assert_cmpint(look(&o, id)->state, ==, GALLERY_PUBLISHING);
    DONE(&o, &o.editor, photos_gallery_stop(o.ctx, id, NONE));
    const Gallery *g = look(&o, id);
    g_assert_cmpint(g->state, ==, GALLERY_PUBLISHED);
    g_assert_true(g->changed);
    g_assert_cmpint(office_count(&o, "SELECT photos FROM photos_gallery_public"), ==, 1);
    REFUSED(&o, &o.editor, FAULT_CONFLICT, photos_gallery_stop(o.ctx, id, NONE));
}

static void another_watermark_is_another_copy(StoreTest *t, const void *unused)
{
    PhotoOffice o = photo_office(t);
    i64 a = copied(&o, 1), id = add(&o, "El parque", one(&a));
    GalleryDraft d = draft(&o, "El parque", (List){0});
    d.watermark = true;
    DONE(&o, &o.editor, photos_gallery_change(o.ctx, id, NONE, &d));
    DONE(&o, &o.editor, photos_gallery_publish(o.ctx, id, NONE));
    g_assert_cmpint(look(&o, id)->state, ==, GALLERY_PUBLISHING);
    g_assert_true(photo_look(&o, a)->watermark);
    photo_copied(&o, a, "ba9876543210");
    DONE(&o, &actor_system, photos_galleries_go_on(o.ctx, a));
    g_assert_cmpstr(text_of(&o, "SELECT recipe AS text FROM photos_public WHERE photo = ", a), ==, "ba9876543210");
    i64 other = publish(&o, "Otra sin marca", one(&a)); /* the marked one is public: it stays marked */
    g_assert_true(photo_look(&o, a)->watermark);
    g_assert_cmpint(look(&o, other)->state, ==, GALLERY_PUBLISHED);
}

static void names_are_no_ones_twice_and_tell_no_secret(StoreTest *t, const void *unused)
{
    PhotoOffice o = photo_office(t);
    i64 a = copied(&o, 1), b = copied(&o, 2), c = photo_ready(&o, o.other_event, 3);
    office_script(&o, "UPDATE agenda_event SET visibility = 'internal' WHERE id = %" PRId64, o.other_event);
    photo_copied(&o, c, RECIPE);
    publish(&o, "Primera", one(&a));
    publish(&o, "Segunda", one(&b));
    g_assert_cmpstr(text_of(&o, "SELECT name AS text FROM photos_public WHERE photo = ", b), ==, "inauguracion-del-parque-2022-07-14-02");
    GalleryDraft d = {.title = "Visita", .photos = one(&c)};
    i64 id = 0;
    DONE(&o, &o.editor, photos_gallery_add(o.ctx, &d, &id));
    DONE(&o, &o.editor, photos_gallery_publish(o.ctx, id, NONE));
    g_assert_cmpstr(text_of(&o, "SELECT name AS text FROM photos_public WHERE photo = ", c), ==, "visita-2022-07-14-01");
}

/* ---- back ---- */

static void unpublishing_takes_the_gallery_and_its_own_pictures(StoreTest *t, const void *unused)
{
    PhotoOffice o = photo_office(t);
    i64 a = copied(&o, 1), b = copied(&o, 2), id = publish(&o, "El parque", MANY(a, b));
    i64 other = publish(&o, "Lo mejor", one(&b)), first = look(&o, id)->published_at;
    REFUSED(&o, &o.editor, FAULT_INVALID, photos_gallery_unpublish(o.ctx, id, NONE, ""));
    DONE(&o, &o.editor, photos_gallery_unpublish(o.ctx, id, NONE, "Tenía un error."));
    const Gallery *g = look(&o, id);
    g_assert_cmpint(g->state, ==, GALLERY_UNPUBLISHED);
    g_assert_cmpstr(g->reason, ==, "Tenía un error.");
    g_assert_null(g->url);
    g_assert_cmpint(g->photos, ==, 2);
    g_assert_cmpint(is_out(&o, a), ==, 0);
    g_assert_cmpint(is_out(&o, b), ==, 1);
    g_assert_cmpint(look(&o, other)->state, ==, GALLERY_PUBLISHED);
    g_assert_cmpint(number(&o, "SELECT count(*) FROM photos_gallery_public WHERE withdrawn_at IS NOT NULL AND gallery = ", id), ==, 1);
    g_assert_cmpint(office_count(&o, "SELECT count(*) FROM photos_gone"), ==, 0);
    REFUSED(&o, &o.editor, FAULT_CONFLICT, photos_gallery_unpublish(o.ctx, id, NONE, "Otra vez"));
    DONE(&o, &o.editor, photos_gallery_publish(o.ctx, id, NONE));
    g_assert_cmpint(look(&o, id)->published_at, ==, first);
    g_assert_cmpint(is_out(&o, a), ==, 1);
    g_assert_cmpint(office_count(&o, "SELECT count(*) FROM photos_gallery_public WHERE withdrawn_at IS NOT NULL"), ==, 0);
}

static void a_picture_that_was_taken_out_is_not_public_after_the_next_publication(StoreTest *t, const void *unused)
{
    PhotoOffice o = photo_office(t);
    i64 a = copied(&o, 1), b = copied(&o, 2), id = publish(&o, "El parque", MANY(a, b));
    DONE(&o, &o.editor, photos_gallery_order(o.ctx, id, NONE, one(&b)));
    g_assert_cmpint(is_out(&o, a), ==, 1);
    DONE(&o, &o.editor, photos_gallery_publish(o.ctx, id, NONE));
    g_assert_cmpint(is_out(&o, a), ==, 0);
    g_assert_cmpint(is_out(&o, b), ==, 1);
}

static void one_picture_leaves_every_gallery_without_a_gap(StoreTest *t, const void *unused)
{
    PhotoOffice o = photo_office(t);
    i64 a = copied(&o, 1), b = copied(&o, 2), c = copied(&o, 3), d = copied(&o, 4);
    i64 id = publish(&o, "El parque", MANY(a, b, c, d)), best = publish(&o, "Lo mejor", MANY(b, a)), draft_id = add(&o, "Próxima", MANY(b, c));
    DONE(&o, &o.editor, photos_unpublish(o.ctx, b, "Lo pidió quien aparece."));
    g_assert_cmpint(is_out(&o, b), ==, 0);
    g_assert_cmpint(number(&o, "SELECT count(*) FROM photos_gone WHERE photo = ", b), ==, 1);
    g_assert_cmpint(number(&o, "SELECT max(position) FROM photos_gallery_public_photo WHERE gallery = ", id), ==, 3);
    g_assert_cmpint(number(&o, "SELECT min(position) FROM photos_gallery_public_photo WHERE gallery = ", id), ==, 1);
    g_assert_cmpint(office_count(&o, "SELECT photo FROM photos_gallery_public_photo WHERE position = 2"), ==, c);
    g_assert_cmpint(number(&o, "SELECT cover FROM photos_gallery_public WHERE gallery = ", best), ==, a);
    g_assert_cmpint(look(&o, draft_id)->photos, ==, 1);
    /* who brings it back means it */
    DONE(&o, &o.editor, photos_gallery_order(o.ctx, best, NONE, MANY(a, b)));
    DONE(&o, &o.editor, photos_gallery_publish(o.ctx, best, NONE));
    g_assert_cmpint(is_out(&o, b), ==, 1);
    g_assert_cmpint(office_count(&o, "SELECT count(*) FROM photos_gone"), ==, 0);
}

static void a_picture_that_leaves_stops_the_gallery_that_waits_for_it(StoreTest *t, const void *unused)
{
    PhotoOffice o = photo_office(t);
    i64 a = copied(&o, 1), b = photo_ready(&o, o.event, 2), id = publish(&o, "El parque", MANY(a, b));
    g_assert_cmpint(look(&o, id)->state, ==, GALLERY_PUBLISHING);
    DONE(&o, &o.director, photos_unpublish(o.ctx, a, "Lo pidió quien aparece."));
    g_assert_cmpint(look(&o, id)->state, ==, GALLERY_DRAFT);
    g_assert_cmpint(office_count(&o, "SELECT person FROM people_notice WHERE subject = 'photos_gallery'"), ==, o.editor_id);
}

static void desk_edits_write_nothing_public(StoreTest *t, const void *unused)
{
    PhotoOffice o = photo_office(t);
    i64 a = copied(&o, 1), b = copied(&o, 2), id = publish(&o, "El parque", MANY(a, b));
    GalleryDraft d = draft(&o, "Otro", (List){0});
    office_begin(&o, &o.editor);
    g_assert_true(photos_gallery_change(o.ctx, id, NONE, &d) && photos_gallery_order(o.ctx, id, NONE, MANY(b, a)));
    g_assert_false(db_touched_public(o.ctx->db));
    office_done(&o, true);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    STORE_TEST("photos_gallery", its_address_is_its_title_and_its_day_and_nobody_elses);
    STORE_TEST("photos_gallery", the_address_follows_the_title_until_somebody_saw_it);
    STORE_TEST("photos_gallery", what_cannot_be_a_gallery_is_said_at_its_field);
    STORE_TEST("photos_gallery", the_second_editor_loses_politely);
    STORE_TEST("photos_gallery", a_cover_that_is_taken_out_is_no_cover);
    STORE_TEST("photos_gallery", rights_are_asked_of_everybody);
    STORE_TEST("photos_gallery", only_what_never_was_public_is_dropped);
    STORE_TEST("photos_gallery", lists_are_by_state_and_event_and_hide_private_ones);
    STORE_TEST("photos_gallery", publishing_freezes_what_stands_at_the_desk);
    STORE_TEST("photos_gallery", a_draft_of_the_next_words_is_not_public);
    STORE_TEST("photos_gallery", what_stands_against_it_is_said_with_the_pictures_name);
    STORE_TEST("photos_gallery", copies_that_are_missing_are_waited_for);
    STORE_TEST("photos_gallery", a_gallery_that_would_wait_for_ever_says_so);
    STORE_TEST("photos_gallery", a_gallery_with_all_copies_does_not_wait);
    STORE_TEST("photos_gallery", an_obstacle_on_the_way_stops_it_and_who_published_is_told);
    STORE_TEST("photos_gallery", a_public_gallery_stays_as_it_was_when_the_next_one_is_stopped);
    STORE_TEST("photos_gallery", another_watermark_is_another_copy);
    STORE_TEST("photos_gallery", names_are_no_ones_twice_and_tell_no_secret);
    STORE_TEST("photos_gallery", unpublishing_takes_the_gallery_and_its_own_pictures);
    STORE_TEST("photos_gallery", a_picture_that_was_taken_out_is_not_public_after_the_next_publication);
    STORE_TEST("photos_gallery", one_picture_leaves_every_gallery_without_a_gap);
    STORE_TEST("photos_gallery", a_picture_that_leaves_stops_the_gallery_that_waits_for_it);
    STORE_TEST("photos_gallery", desk_edits_write_nothing_public);
    return g_test_run();
}
