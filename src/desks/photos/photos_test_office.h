/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_test_office.h: an office with an event, a coverage and pictures, for the tests of this room.
 *
 *     PhotoOffice o = photo_office(t);
 *     i64 id = photo_ready(&o, o.event, 1);                     a picture as the job leaves it, with nothing against publishing
 *     DONE(&o, &o.photographer, photos_mark(o.ctx, one(&id), MARK_KEEP));
 *     REFUSED(&o, &o.reader, FAULT_FORBIDDEN, photos_mark(o.ctx, one(&id), MARK_KEEP));
 *
 * Each step runs in a transaction of its own, a second after the one before. Between steps the system asks. */
#pragma once
#include "desks/photos/photos_room.h"
#include "store/store_test.h"

typedef struct PhotoOffice {
    StoreTest *t;
    Ctx *ctx;
    i64 director_id, editor_id, photographer_id, reader_id;
    Actor director, editor, photographer, reader; /* as the matrix of a new city gives them rights; texts in English */
    i64 event;         /* public: "Inauguración del parque" */
    i64 other_event;   /* public: "Feria del libro" */
    i64 private_event; /* that editors, photographers and readers do not see */
    i64 coverage;      /* of event: photography, accepted by the photographer */
} PhotoOffice;

/* ---- steps ---- */
UNUSED static void office_begin(PhotoOffice *o, const Actor *who)
{
    o->ctx->actor = who;
    o->ctx->now += CLOCK_SECOND;
    g_assert_true(db_begin(o->ctx));
}

UNUSED static void office_done(PhotoOffice *o, bool done)
{
    assert_no_fault(o->ctx);
    g_assert_true(done && db_commit(o->ctx));
    o->ctx->actor = &actor_system;
}

/* What was said: the field, else the sentence. */
UNUSED static const char *office_refused(PhotoOffice *o, bool done, FaultKind kind)
{
    g_assert_false(done);
    const char *said = o->ctx->fault.field ? o->ctx->fault.field : o->ctx->fault.what;
    assert_fault(o->ctx, kind);
    db_rollback(o->ctx);
    o->ctx->actor = &actor_system;
    return said;
}

#define DONE(o, who, call) (office_begin(o, who), office_done(o, call))
#define REFUSED(o, who, kind, call) (office_begin(o, who), office_refused(o, call, kind))
/* What reads: as somebody, without a transaction. */
#define SEEN(o, who, call) ((o)->ctx->actor = (who), (call))

UNUSED static List one(const i64 *id)
{
    return (List){id, 1};
}
#define MANY(...) ((List){(i64[]){__VA_ARGS__}, sizeof((i64[]){__VA_ARGS__}) / sizeof(i64)})

UNUSED static i64 office_count(PhotoOffice *o, const char *sql)
{
    Query q = {.name = "count", .sql = sql};
    i64 n = db_number_(o->ctx, &q, NULL, 0);
    assert_no_fault(o->ctx);
    return n;
}

/* ---- pictures as rows ---- */
UNUSED static void office_script(PhotoOffice *o, const char *fmt, ...) PRINTF(2, 3);
UNUSED static void office_script(PhotoOffice *o, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    test_script(o->ctx, arena_vprintf(o->ctx->arena, fmt, ap));
    va_end(ap);
}

/* Looked at, 4000 x 3000, taken on 14 July 2022 at 10:00 and n minutes, described, with its desk copies and nothing against it. */
UNUSED static i64 photo_ready(PhotoOffice *o, i64 event, int n)
{
    i64 id = id_new(o->ctx->now), taken = o->ctx->now - (o->ctx->now % CLOCK_HOUR) + n * CLOCK_MINUTE;
    office_script(o, "INSERT INTO photos_photo (id, sha256, size, filename, event, person, state, type, width, height, look, edges, sharpness, "
                     "taken_at, taken_from, caption, alt, credit, minors, at) VALUES (%" PRId64 ", '%064x', 5000000, 'IMG_%04d.JPG', %" PRId64
                     ", %" PRId64 ", 'ready', 'image/jpeg', 4000, 3000, %d, %d, %d, %" PRId64
                     ", 'zone', 'El parque nuevo, foto %d', 'Niños corren junto a una fuente', 'Renata Paz', 'none', %" PRId64 ")",
                  id, (unsigned)n, n, event, o->photographer_id, n, n, 1000 + n, taken, n, o->ctx->now);
    office_script(o, "INSERT INTO photos_rendition (photo, recipe, variant, sha256, type, width, height, size, crc) VALUES "
                     "(%" PRId64 ", 'desk', '1280.jpg', '%064x', 'image/jpeg', 1280, 960, 300000, 1), "
                     "(%" PRId64 ", 'desk', '640.jpg', '%064x', 'image/jpeg', 640, 480, 80000, 2), "
                     "(%" PRId64 ", 'desk', '320.webp', '%064x', 'image/webp', 320, 240, 15000, 3)",
                  id, 0x100000u + (unsigned)n, id, 0x200000u + (unsigned)n, id, 0x300000u + (unsigned)n);
    return id;
}

/* Its public copies are there: as the job leaves them, without a byte in the vault. */
UNUSED static void photo_copied(PhotoOffice *o, i64 id, const char *recipe)
{
    static const char *const variants[][2] = {{"2048.jpg", "image/jpeg"}, {"1280.jpg", "image/jpeg"}, {"640.jpg", "image/jpeg"},
                                              {"1280.webp", "image/webp"}, {"640.webp", "image/webp"}, {"320.webp", "image/webp"},
                                              {"1280.avif", "image/avif"}, {"share.jpg", "image/jpeg"}, {"press.jpg", "image/jpeg"}};
    for (size_t i = 0; i < COUNT(variants); i++)
        office_script(o, "INSERT INTO photos_rendition (photo, recipe, variant, sha256, type, width, height, size, crc) VALUES (%" PRId64
                         ", '%s', '%s', '%064x', '%s', 1280, 960, 100000, 7)",
                      id, recipe, variants[i][0], 0x400000u + (unsigned)i, variants[i][1]);
    office_script(o, "UPDATE photos_photo SET recipe = '%s' WHERE id = %" PRId64, recipe, id);
}

UNUSED static const Photo *photo_look(PhotoOffice *o, i64 id)
{
    const Photo *p = photos_row(o->ctx, id);
    assert_no_fault(o->ctx);
    return p;
}

/* ---- the office ---- */
UNUSED static bool office_hire(Ctx *ctx, void *data)
{
    PhotoOffice *o = data;
    return people_seed(ctx) &&
           people_add(ctx, &(PersonDraft){"dalia@sanluis.example", "Dalia", NULL, ROLE_DIRECTOR, 0}, &o->director_id) &&
           people_add(ctx, &(PersonDraft){"sofia@sanluis.example", "Sofía", NULL, ROLE_EDITOR, 0}, &o->editor_id) &&
           people_add(ctx, &(PersonDraft){"renata@sanluis.example", "Renata Paz", NULL, ROLE_PHOTOGRAPHER, 0}, &o->photographer_id) &&
           people_add(ctx, &(PersonDraft){"lucas@sanluis.example", "Lucas", NULL, ROLE_READER, 0}, &o->reader_id);
}

UNUSED static bool office_events(Ctx *ctx, void *data)
{
    PhotoOffice *o = data;
    EventDraft d = {
        .title = "Inauguración del parque", .starts = {2022, 7, 14, 10, 0, 0}, .ends = {2022, 7, 14, 12, 0, 0}, .status = EVENT_CONFIRMED,
        .place = {.name = "Parque Tangamanga", .address = "Himalaya", .lat = 22.13, .lon = -101.0},
    };
    EventDraft fair = d, secret = d;
    fair.title = "Feria del libro";
    secret.title = "Reunión reservada";
    secret.visibility = VISIBLE_PRIVATE;
    return agenda_create(ctx, &d, &o->event) && agenda_create(ctx, &fair, &o->other_event) && agenda_create(ctx, &secret, &o->private_event) &&
           agenda_cover(ctx, o->event, &(CoverageDraft){.kind = COVER_PHOTO, .assignee = "renata@sanluis.example"}, &o->coverage) &&
           agenda_accept(ctx, o->coverage, NONE);
}

UNUSED static Actor office_actor(StoreTest *t, i64 id, const char *name, Role role)
{
    return (Actor){.id = id, .name = name, .rights = people_rights_of(&t->ctx, role), .tongue = TONGUE_EN};
}

UNUSED static PhotoOffice photo_office(StoreTest *t)
{
    PhotoOffice o = {.t = t, .ctx = &t->ctx};
    test_write(&t->ctx, office_hire, &o);
    test_write(&t->ctx, office_events, &o);
    o.director = office_actor(t, o.director_id, "Dalia", ROLE_DIRECTOR);
    o.editor = office_actor(t, o.editor_id, "Sofía", ROLE_EDITOR);
    o.photographer = office_actor(t, o.photographer_id, "Renata Paz", ROLE_PHOTOGRAPHER);
    o.reader = office_actor(t, o.reader_id, "Lucas", ROLE_READER);
    return o;
}
