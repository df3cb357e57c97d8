/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_pictures_test.c: what the jobs make of pictures, with the real program where it is built: looked at once, never half, and
 * public copies by recipe. */
#include "base/base_test.h"
#include "desks/photos/photos_test_office.h"
#include "desks/photos/pictures/photos_jobs.h"
#include "media/media_test_pictures.h"

#include <fcntl.h>
#include <glib.h>
#include <math.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

typedef struct Lab {
    PhotoOffice o;
    const char *folder;
    Vault *vault;
    Media *media;
    JobTools tools;
} Lab;

/* False: the program is not built here; the test is skipped. */
static bool open_lab(StoreTest *t, Lab *lab)
{
    const char *why = NULL;
    *lab = (Lab){.o = photo_office(t), .folder = test_folder(), .media = media_new(NULL, 1)};
    lab->vault = vault_open(arena_printf(t->ctx.arena, "file:%s/vault", lab->folder), &why);
    g_assert_nonnull(lab->vault);
    lab->tools = (JobTools){.vault = lab->vault, .media = lab->media};
    if (!media_trouble(&t->ctx, lab->media))
        return true;
    g_test_skip("vocero-pictures is not built");
    return false;
}

static void close_lab(Lab *lab)
{
    arena_reset(lab->o.ctx->arena);
    media_free(lab->media);
    vault_close(lab->vault);
}

/* ---- a picture comes in ---- */

static const char *keep_bytes(Lab *lab, Bytes bytes, i64 *size_out)
{
    const char *sha256 = NULL;
    VaultWriter *w = vault_begin(lab->o.ctx, lab->vault, 50 * 1024 * 1024);
    g_assert_true(vault_add(lab->o.ctx, w, bytes.data, bytes.size) && vault_keep(lab->o.ctx, w, &sha256, size_out));
    return sha256;
}

static i64 brought(Lab *lab, const char *name, const char *sha256, i64 size)
{
    i64 id = 0;
    bool again;
    PhotoDraft d = {.sha256 = sha256, .filename = name, .size = size, .event = lab->o.event, .coverage = lab->o.coverage};
    DONE(&lab->o, &lab->o.photographer, photos_add(lab->o.ctx, &d, &id, &again));
    return id;
}

/* A scene as a camera writes it. */
static i64 shot(Lab *lab, unsigned seed, int width, const MediaFacts *facts)
{
    Ctx *ctx = lab->o.ctx;
    i64 size = 0;
    const char *sha256 = NULL, *scene = picture_scene(ctx->arena, lab->folder, "scene.ppm", seed, 800, 600);
    const char *jpeg = picture_made(ctx->arena, "thumbnail", scene, arena_printf(ctx->arena, "%s/scene.jpg[Q=88]", lab->folder),
                                    arena_printf(ctx->arena, "%d", width));
    int fd = open(jpeg, O_RDONLY);
    g_assert_cmpint(fd, >=, 0);
    g_assert_true(media_write_facts(ctx, lab->media, lab->vault, fd, facts, &sha256, &size));
    close(fd);
    return brought(lab, arena_printf(ctx->arena, "IMG_%04u.JPG", seed), sha256, size);
}

static MediaFacts facts_at(const char *taken)
{
    return (MediaFacts){.taken = taken, .taken_offset = NONE, .lat = NAN, .lon = NAN};
}

/* ---- the worker, one job at a time ---- */

typedef struct Turn {
    Job job;
    const JobHandler *handler;
    void *prepared;
    bool more;
} Turn;

static bool lease(Ctx *ctx, void *data)
{
    Turn *turn = data;
    const Job *job = queue_lease(ctx, CLOCK_MINUTE);
    turn->more = job != NULL;
    if (job)
        turn->job = *job;
    return !faulted(ctx);
}

static bool apply(Ctx *ctx, void *data)
{
    Turn *turn = data;
    bool known = turn->handler->kind != NULL;
    return (!known || turn->handler->apply(ctx, &turn->job, turn->prepared)) && queue_done(ctx, &turn->job);
}

static Turn leased(Lab *lab)
{
    Turn turn = {.handler = photos_jobs};
    lab->o.ctx->actor = &actor_system;
    test_write(lab->o.ctx, lease, &turn);
    turn.job.tools = &lab->tools;
    while (turn.more && turn.handler->kind && !text_same(turn.handler->kind, turn.job.kind))
        turn.handler++;
    return turn;
}

static bool prepare(Lab *lab, Turn *turn)
{
    return !turn->handler->prepare || turn->handler->prepare(lab->o.ctx, &turn->job, &turn->prepared);
}

static void work(Lab *lab)
{
    for (Turn turn = leased(lab); turn.more; turn = leased(lab)) {
        if (turn.handler->kind && !prepare(lab, &turn))
            g_error("%s: %s", turn.job.kind, lab->o.ctx->fault.what);
        test_write(lab->o.ctx, apply, &turn);
    }
}

static i64 copies(Lab *lab)
{
    return office_count(&lab->o, "SELECT count(*) FROM photos_rendition");
}

/* ---- looking ---- */

static void a_picture_is_looked_at_and_its_maker_s_words_fill_what_is_empty(StoreTest *t, const void *unused)
{
    Lab lab;
    if (!open_lab(t, &lab)) {
        close_lab(&lab);
        return;
    }
    MediaFacts facts = facts_at("2022-07-14T10:30:00");
    facts.caption = "Corte del listón en el parque";
    facts.creator = "Renata Paz";
    facts.lat = 22.1301;
    facts.lon = -101.0002;
    i64 id = shot(&lab, 7, 1600, &facts);
    work(&lab);
    lab.o.ctx->actor = &lab.o.editor;
    const Photo *p = photos_find(lab.o.ctx, id);
    g_assert_cmpint((i64)p->state, ==, PHOTO_READY);
    g_assert_cmpint(p->width, ==, 1600);
    g_assert_cmpstr(p->type, ==, "image/jpeg");
    g_assert_cmpstr(p->caption, ==, "Corte del listón en el parque");
    g_assert_cmpstr(p->credit, ==, "Renata Paz");
    g_assert_cmpstr(p->place, ==, "Parque Tangamanga");
    g_assert_cmpint((i64)p->taken_from, ==, TAKEN_IN_ZONE);
    g_assert_cmpstr(clock_rfc3339(lab.o.ctx->arena, lab.o.ctx->city->zone, p->taken_at), ==, "2022-07-14T10:30:00-05:00");
    g_assert_cmpint((i64)p->renditions.count, ==, 3);
    g_assert_cmpint(office_count(&lab.o, "SELECT count(*) FROM photos_look"), ==, 8);
    g_assert_cmpint(office_count(&lab.o, "SELECT count(*) FROM queue_job"), ==, 0);
    close_lab(&lab);
}

static void a_worker_that_dies_leaves_nothing_half(StoreTest *t, const void *unused)
{
    Lab lab;
    if (!open_lab(t, &lab)) {
        close_lab(&lab);
        return;
    }
    MediaFacts facts = facts_at("2022-07-14T10:30:00");
    i64 id = shot(&lab, 8, 900, &facts);
    Turn lost = leased(&lab);
    g_assert_true(prepare(&lab, &lost)); /* the copies lie in the vault: and here it dies */
    g_assert_cmpint(copies(&lab), ==, 0);
    g_assert_cmpint((i64)photo_look(&lab.o, id)->state, ==, PHOTO_PROCESSING);
    lab.o.ctx->now += 3 * CLOCK_MINUTE; /* its lease is over */
    work(&lab);
    g_assert_cmpint((i64)photo_look(&lab.o, id)->state, ==, PHOTO_READY);
    g_assert_cmpint(copies(&lab), ==, 3);
    i64 version = photo_look(&lab.o, id)->version;
    lab.o.ctx->actor = &actor_system;
    g_assert_true(db_begin(lab.o.ctx));
    g_assert_true(photos_look_apply(lab.o.ctx, &lost.job, lost.prepared)); /* the dead one's turn comes late */
    g_assert_true(db_commit(lab.o.ctx));
    g_assert_cmpint(photo_look(&lab.o, id)->version, ==, version);
    g_assert_cmpint(copies(&lab), ==, 3);
    close_lab(&lab);
}

static void files_as_small_as(rlim_t bytes)
{
    struct rlimit limit;
    getrlimit(RLIMIT_FSIZE, &limit);
    limit.rlim_cur = bytes < limit.rlim_max ? bytes : limit.rlim_max;
    g_assert_cmpint(setrlimit(RLIMIT_FSIZE, &limit), ==, 0);
}

static void a_disk_without_room_is_tried_again(StoreTest *t, const void *unused)
{
    Lab lab;
    if (!open_lab(t, &lab)) {
        close_lab(&lab);
        return;
    }
    MediaFacts facts = facts_at("2022-07-14T10:30:00");
    i64 id = shot(&lab, 9, 900, &facts);
    Turn turn = leased(&lab);
    signal(SIGXFSZ, SIG_IGN);
    files_as_small_as(2000); /* no copy fits: the vault's writing ends in the middle */
    bool prepared = prepare(&lab, &turn);
    files_as_small_as(RLIM_INFINITY);
    g_assert_false(prepared);
    g_assert_cmpint((i64)lab.o.ctx->fault.kind, !=, FAULT_INVALID);
    fault_take(lab.o.ctx);
    g_assert_cmpint(copies(&lab), ==, 0);
    g_assert_cmpint((i64)photo_look(&lab.o, id)->state, ==, PHOTO_PROCESSING);
    lab.o.ctx->now += 3 * CLOCK_MINUTE;
    work(&lab);
    g_assert_cmpint((i64)photo_look(&lab.o, id)->state, ==, PHOTO_READY);
    close_lab(&lab);
}

static void what_cannot_be_read_says_so_with_its_name(StoreTest *t, const void *unused)
{
    Lab lab;
    if (!open_lab(t, &lab)) {
        close_lab(&lab);
        return;
    }
    i64 size = 0;
    const char *sha256 = keep_bytes(&lab, (Bytes){"MZ this is a program", 20}, &size);
    i64 id = brought(&lab, "foto.jpg", sha256, size);
    work(&lab);
    const Photo *p = photo_look(&lab.o, id);
    g_assert_cmpint((i64)p->state, ==, PHOTO_FAILED);
    g_assert_true(text_starts(p->error, "foto.jpg: "));
    g_assert_cmpint(office_count(&lab.o, "SELECT count(*) FROM people_notice WHERE subject = 'photos_photo'"), ==, 1);
    DONE(&lab.o, &lab.o.photographer, photos_retry(lab.o.ctx, id));
    work(&lab);
    g_assert_cmpint((i64)photo_look(&lab.o, id)->state, ==, PHOTO_FAILED);
    close_lab(&lab);
}

static void without_the_program_it_waits(StoreTest *t, const void *unused)
{
    Lab lab;
    open_lab(t, &lab);
    i64 size = 0, id = brought(&lab, "a.jpg", keep_bytes(&lab, (Bytes){"x", 1}, &size), 1);
    Turn turn = leased(&lab);
    turn.job.tools = NULL;
    g_assert_false(prepare(&lab, &turn));
    assert_fault(lab.o.ctx, FAULT_UNSUPPORTED);
    g_assert_cmpint((i64)photo_look(&lab.o, id)->state, ==, PHOTO_PROCESSING);
    close_lab(&lab);
}

/* ---- bursts and twins ---- */

static void a_burst_is_gathered_and_the_same_picture_recognised(StoreTest *t, const void *unused)
{
    Lab lab;
    if (!open_lab(t, &lab)) {
        close_lab(&lab);
        return;
    }
    MediaFacts first_facts = facts_at("2022-07-14T10:30:00"), next_facts = facts_at("2022-07-14T10:30:20"), other = facts_at("2022-07-14T10:30:40");
    MediaFacts late = facts_at("2022-07-14T11:45:00");
    i64 next = shot(&lab, 11, 700, &next_facts), first = shot(&lab, 11, 1200, &first_facts), alone = shot(&lab, 99, 700, &other);
    i64 again = shot(&lab, 11, 1000, &late);
    work(&lab);
    g_assert_cmpint(photo_look(&lab.o, first)->burst, ==, first);
    g_assert_cmpint(photo_look(&lab.o, next)->burst, ==, first);
    g_assert_cmpint(photo_look(&lab.o, alone)->burst, ==, 0);
    g_assert_cmpint(photo_look(&lab.o, first)->best + photo_look(&lab.o, next)->best, ==, 1);
    g_assert_cmpint(photo_look(&lab.o, again)->burst, ==, 0);
    g_assert_cmpint(photo_look(&lab.o, again)->twin, ==, next);
    DONE(&lab.o, &lab.o.editor, photos_remove(lab.o.ctx, one(&next), "Movida"));
    g_assert_cmpint(photo_look(&lab.o, first)->burst, ==, 0);
    g_assert_false(photo_look(&lab.o, first)->best);
    close_lab(&lab);
}

/* ---- public copies ---- */

static void public_copies_follow_words_and_boxes_and_the_gallery_goes_out(StoreTest *t, const void *unused)
{
    Lab lab;
    if (!open_lab(t, &lab)) {
        close_lab(&lab);
        return;
    }
    MediaFacts facts = facts_at("2022-07-14T10:30:00");
    facts.creator = "Renata Paz";
    i64 id = shot(&lab, 12, 1400, &facts), gallery = 0, box = 0;
    work(&lab);
    PhotoWords w = {.alt = "Un parque con una fuente", .minors = "none", .focal_x = NONE, .focal_y = NONE, .taken_at = NONE, .event = NONE,
                    .coverage = NONE};
    DONE(&lab.o, &lab.o.editor, photos_describe(lab.o.ctx, id, NONE, &w));
    DONE(&lab.o, &lab.o.editor,
         photos_gallery_add(lab.o.ctx, &(GalleryDraft){.title = "El parque", .event = lab.o.event, .photos = one(&id)}, &gallery));
    DONE(&lab.o, &lab.o.editor, photos_gallery_publish(lab.o.ctx, gallery, NONE));
    g_assert_false(photo_look(&lab.o, id)->published);
    work(&lab);
    g_assert_true(photo_look(&lab.o, id)->published);
    const char *first = photo_look(&lab.o, id)->recipe;
    g_assert_cmpint((i64)strlen(first), ==, 12);
    g_assert_true(photos_copied(lab.o.ctx, id, first));
    w.minors = "pixelate";
    DONE(&lab.o, &lab.o.editor, photos_describe(lab.o.ctx, id, NONE, &w));
    g_assert_false(photo_look(&lab.o, id)->published);
    const PhotoBox face = {.x = 1000, .y = 1000, .width = 3000, .height = 3000};
    DONE(&lab.o, &lab.o.editor, photos_box_add(lab.o.ctx, id, &face, &box));
    DONE(&lab.o, &lab.o.editor, photos_gallery_publish(lab.o.ctx, gallery, NONE));
    work(&lab);
    g_assert_true(photo_look(&lab.o, id)->published);
    g_assert_cmpstr(photo_look(&lab.o, id)->recipe, !=, first);
    g_assert_cmpint(copies(&lab), ==, 3 + 2 * 9);
    close_lab(&lab);
}

static void a_change_while_copies_are_made_makes_them_anew(StoreTest *t, const void *unused)
{
    Lab lab;
    if (!open_lab(t, &lab)) {
        close_lab(&lab);
        return;
    }
    MediaFacts facts = facts_at("2022-07-14T10:30:00");
    i64 id = shot(&lab, 13, 700, &facts);
    work(&lab);
    DONE(&lab.o, &lab.o.editor, photos_queue_public(lab.o.ctx, id));
    Turn turn = leased(&lab);
    g_assert_true(prepare(&lab, &turn));
    PhotoWords w = {.caption = "Otro pie", .focal_x = NONE, .focal_y = NONE, .taken_at = NONE, .event = NONE, .coverage = NONE};
    DONE(&lab.o, &lab.o.editor, photos_describe(lab.o.ctx, id, NONE, &w));
    test_write(lab.o.ctx, apply, &turn);
    g_assert_null(photo_look(&lab.o, id)->recipe);
    work(&lab);
    const Photo *p = photo_look(&lab.o, id);
    g_assert_cmpstr(p->recipe, ==, photos_recipe(lab.o.ctx, p, photos_boxes(lab.o.ctx, id)));
    close_lab(&lab);
}

static void another_record_keeps_a_copy_only_of_what_may_go_out(StoreTest *t, const void *unused)
{
    Lab lab;
    if (!open_lab(t, &lab)) {
        close_lab(&lab);
        return;
    }
    PhotoMaster master = {0};
    MediaFacts facts = facts_at("2022-07-14T10:30:00");
    facts.creator = "Renata Paz";
    i64 id = shot(&lab, 14, 900, &facts);
    work(&lab);
    lab.o.ctx->actor = &lab.o.editor;
    g_assert_false(photos_master(lab.o.ctx, lab.media, lab.vault, id, &master));
    assert_fault(lab.o.ctx, FAULT_CONFLICT);
    g_assert_cmpint((i64)photos_choice(lab.o.ctx, lab.o.event, NULL, 10).count, ==, 0);
    office_script(&lab.o, "UPDATE photos_photo SET minors = 'none', alt = 'Un parque'");
    lab.o.ctx->actor = &lab.o.editor;
    g_assert_cmpint((i64)photos_choice(lab.o.ctx, lab.o.event, NULL, 10).count, ==, 1);
    g_assert_true(photos_master(lab.o.ctx, lab.media, lab.vault, id, &master));
    g_assert_true(vault_has(lab.vault, master.sha256));
    g_assert_cmpstr(master.filename, ==, "inauguracion-del-parque-2022-07-14.jpg");
    g_assert_cmpint(master.width, ==, 900);
    close_lab(&lab);
}

/* ---- after thirty days ---- */

static void what_was_removed_goes_with_its_bytes_unless_others_have_them(StoreTest *t, const void *unused)
{
    Lab lab;
    open_lab(t, &lab);
    i64 size = 0;
    const char *shared = keep_bytes(&lab, (Bytes){"one", 3}, &size), *own = keep_bytes(&lab, (Bytes){"two", 3}, &size);
    i64 a = brought(&lab, "a.jpg", shared, 3), b = brought(&lab, "b.jpg", own, 3), other = photo_ready(&lab.o, lab.o.other_event, 1);
    office_script(&lab.o, "UPDATE photos_photo SET sha256 = '%s' WHERE id = %" PRId64, shared, other);
    office_script(&lab.o, "DELETE FROM queue_job");
    DONE(&lab.o, &lab.o.editor, photos_remove(lab.o.ctx, MANY(a, b), "Repetidas"));
    office_begin(&lab.o, &actor_system);
    office_done(&lab.o, photos_begin(lab.o.ctx));
    work(&lab);
    g_assert_cmpint(office_count(&lab.o, "SELECT count(*) FROM photos_photo"), ==, 3);
    lab.o.ctx->now += 31 * CLOCK_DAY;
    Turn turn = leased(&lab);
    g_assert_cmpstr(turn.job.kind, ==, "photos_round");
    test_write(lab.o.ctx, apply, &turn);
    g_assert_cmpint(office_count(&lab.o, "SELECT count(*) FROM photos_photo"), ==, 1);
    g_assert_true(vault_has(lab.vault, shared));
    g_assert_false(vault_has(lab.vault, own));
    g_assert_cmpint(office_count(&lab.o, "SELECT count(*) FROM queue_job WHERE kind = 'photos_round'"), ==, 1);
    close_lab(&lab);
}

/* ---- time ---- */

static Photo timed(PhotoOffice *o, const char *taken, i64 offset)
{
    MediaFacts facts = facts_at(taken);
    facts.taken_offset = offset;
    Photo p = {.event = o->event, .taken_at = o->ctx->now, .at = o->ctx->now, .taken_from = TAKEN_AT_UPLOAD, .lat = NAN, .lon = NAN};
    return photos_with_facts(o->ctx, &p, &facts);
}

static void a_camera_s_clock_is_read_as_the_city_reads_its_own(StoreTest *t, const void *unused)
{
    PhotoOffice o = photo_office(t);
    const Zone *zone = o.ctx->city->zone;
    Arena *a = o.ctx->arena;
    Photo p = timed(&o, "2022-07-14T10:00:00", 120);
    g_assert_cmpstr(clock_rfc3339(a, NULL, p.taken_at), ==, "2022-07-14T08:00:00+00:00");
    g_assert_cmpint((i64)p.taken_from, ==, TAKEN_WITH_OFFSET);
    p = timed(&o, "2022-04-03T02:30:00", NONE); /* that hour was skipped */
    g_assert_cmpstr(clock_rfc3339(a, zone, p.taken_at), ==, "2022-04-03T03:30:00-05:00");
    p = timed(&o, "2021-10-31T01:30:00", NONE); /* that hour was there twice: the first */
    g_assert_cmpstr(clock_rfc3339(a, zone, p.taken_at), ==, "2021-10-31T01:30:00-05:00");
    p = timed(&o, "1980-01-01T00:00:00", NONE);
    g_assert_cmpint((i64)p.taken_from, ==, TAKEN_AT_UPLOAD);
    p = timed(&o, "2031-01-01T00:00:00", NONE);
    g_assert_cmpint((i64)p.taken_from, ==, TAKEN_AT_UPLOAD);
    g_assert_cmpint(p.taken_at, ==, o.ctx->now);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    STORE_TEST("photos_pictures", a_picture_is_looked_at_and_its_maker_s_words_fill_what_is_empty);
    STORE_TEST("photos_pictures", a_worker_that_dies_leaves_nothing_half);
    STORE_TEST("photos_pictures", a_disk_without_room_is_tried_again);
    STORE_TEST("photos_pictures", what_cannot_be_read_says_so_with_its_name);
    STORE_TEST("photos_pictures", without_the_program_it_waits);
    STORE_TEST("photos_pictures", a_burst_is_gathered_and_the_same_picture_recognised);
    STORE_TEST("photos_pictures", public_copies_follow_words_and_boxes_and_the_gallery_goes_out);
    STORE_TEST("photos_pictures", a_change_while_copies_are_made_makes_them_anew);
    STORE_TEST("photos_pictures", another_record_keeps_a_copy_only_of_what_may_go_out);
    STORE_TEST("photos_pictures", what_was_removed_goes_with_its_bytes_unless_others_have_them);
    STORE_TEST("photos_pictures", a_camera_s_clock_is_read_as_the_city_reads_its_own);
    return g_test_run();
}
