/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_upload_test.c: tus 1.0.0 as its words say, every bad input, and what two, a full disk and a lost answer do to an upload. */
#include "base/hash.h"
#include "desks/photos/photos_pages.h"
#include "desks/photos/photos_test_office.h"
#include "desks/photos/upload/photos_upload.h"
#include "web/web_test.h"

#include <signal.h>
#include <sys/resource.h>

#define PLACE "/mesa/fotos/subidas"

typedef struct Desk {
    PhotoOffice o;
    PageTest p;
    const char *metadata;
    const char *upload;      /* the address of the one that was begun last */
} Desk;

static Desk open_desk(StoreTest *t)
{
    static const Route *const routes[] = {photos_upload_routes, NULL};
    Desk d = {.o = photo_office(t)};
    page_test_open(&d.p, t, routes);
    page_test_as(&d.p, &d.o.photographer);
    return d;
}

static const char *encoded(Desk *d, const char *text)
{
    return base64_text(d->p.kept, (Bytes){text, strlen(text)});
}

static const char *metadata_of(Desk *d, i64 event, i64 coverage)
{
    Arena *a = d->p.kept;
    const char *base = arena_printf(a, "filename %s,event %s", encoded(d, "DSC_0001.JPG"), encoded(d, id_text(a, event)));
    return coverage ? arena_printf(a, "%s,coverage %s", base, encoded(d, id_text(a, coverage))) : base;
}

/* ---- asking ---- */

static const PageAnswer *ask(Desk *d, const char *method, const char *target, const char *body, size_t size, const Header *more, size_t n)
{
    PageAsk ask = {.method = method, .target = target, .program = true, .body = body, .body_size = size};
    ask.headers[0] = (Header){"Tus-Resumable", "1.0.0"};
    for (size_t i = 0; i < n; i++)
        ask.headers[i + 1] = more[i];
    if (body)
        ask.type = "application/offset+octet-stream";
    return page_test_ask(&d->p, &ask);
}
#define ASK(d, method, target, body, size, ...) \
    ask(d, method, target, body, size, (Header[]){{NULL, NULL}, __VA_ARGS__} + 1, COUNT(((Header[]){{NULL, NULL}, __VA_ARGS__})) - 1)

static const PageAnswer *begin_with(Desk *d, const char *length, const char *metadata)
{
    const PageAnswer *a = ASK(d, "POST", PLACE, NULL, 0, {"Upload-Length", length}, {"Upload-Metadata", metadata});
    d->upload = page_test_header(a, "Location");
    return a;
}

static const PageAnswer *begin(Desk *d, i64 size)
{
    const PageAnswer *a = begin_with(d, arena_printf(d->p.kept, "%" PRId64, size), metadata_of(d, d->o.event, d->o.coverage));
    g_assert_cmpint(a->status, ==, 201);
    g_assert_nonnull(d->upload);
    return a;
}

static i64 id_of(const Desk *d)
{
    i64 id = 0;
    g_assert_true(id_parse(strrchr(d->upload, '/') + 1, &id));
    return id;
}

static const PageAnswer *send(Desk *d, i64 offset, const char *bytes)
{
    return ASK(d, "PATCH", d->upload, bytes, strlen(bytes), {"Upload-Offset", arena_printf(d->p.kept, "%" PRId64, offset)});
}

static const PageAnswer *send_summed(Desk *d, i64 offset, const char *bytes, const char *sum)
{
    return ASK(d, "PATCH", d->upload, bytes, strlen(bytes), {"Upload-Offset", arena_printf(d->p.kept, "%" PRId64, offset)},
               {"Upload-Checksum", sum});
}

static const PageAnswer *look(Desk *d)
{
    return ASK(d, "HEAD", d->upload, NULL, 0);
}

static const char *sum_of(Desk *d, HashKind kind, const char *bytes)
{
    Hash *h = hash_begin(d->p.kept, kind);
    hash_add(h, bytes, strlen(bytes));
    return arena_printf(d->p.kept, "%s %s", kind == HASH_SHA1 ? "sha1" : "sha256", base64_text(d->p.kept, hash_end(h)));
}

static i64 offset_of(const PageAnswer *a)
{
    i64 n = NONE;
    const char *text = page_test_header(a, "Upload-Offset");
    g_assert_true(text && text_int(text, &n));
    return n;
}

#define assert_status(a, wanted)       g_assert_cmpint((a)->status, ==, wanted)
#define assert_header(a, name, value) g_assert_cmpstr(page_test_header(a, name), ==, value)

/* ---- as the protocol says ---- */

static void what_is_spoken_is_told_to_anybody(StoreTest *t, const void *unused)
{
    Desk d = open_desk(t);
    page_test_as(&d.p, NULL);
    const PageAnswer *a = page_test_ask(&d.p, &(PageAsk){.method = "OPTIONS", .target = PLACE});
    assert_status(a, 204);
    assert_header(a, "Tus-Version", "1.0.0");
    assert_header(a, "Tus-Extension", "creation,creation-with-upload,checksum,termination,expiration");
    assert_header(a, "Tus-Max-Size", "209715200");
    assert_header(a, "Tus-Checksum-Algorithm", "sha256,sha1");
    assert_header(a, "Allow", "POST, OPTIONS");
    page_test_close(&d.p);
}

static void pieces_become_a_photo(StoreTest *t, const void *unused)
{
    Desk d = open_desk(t);
    const PageAnswer *a = begin(&d, 10);
    assert_header(a, "Tus-Resumable", "1.0.0");
    g_assert_nonnull(page_test_header(a, "Upload-Expires"));
    a = send(&d, 0, "12345");
    assert_status(a, 204);
    g_assert_cmpint(a->size, ==, 0);
    g_assert_cmpint(offset_of(a), ==, 5);
    g_assert_null(page_test_header(a, "Vocero-Record"));
    a = look(&d);
    g_assert_cmpint(offset_of(a), ==, 5);
    assert_header(a, "Upload-Length", "10");
    assert_header(a, "Upload-Metadata", metadata_of(&d, d.o.event, d.o.coverage));
    assert_header(a, "Cache-Control", "private, no-store");
    a = send_summed(&d, 5, "67890", sum_of(&d, HASH_SHA256, "67890"));
    assert_status(a, 204);
    g_assert_cmpint(offset_of(a), ==, 10);
    g_assert_true(text_starts(page_test_header(a, "Vocero-Record"), "/mesa/fotos/"));
    g_assert_cmpint(office_count(&d.o, "SELECT count(*) FROM photos_photo WHERE size = 10 AND filename = 'DSC_0001.JPG' AND coverage IS NOT NULL"), ==, 1);
    g_assert_cmpint(office_count(&d.o, "SELECT count(*) FROM queue_job WHERE kind = 'photos_look'"), ==, 1);
    page_test_close(&d.p);
}

static void the_first_bytes_may_come_with_the_beginning(StoreTest *t, const void *unused)
{
    Desk d = open_desk(t);
    const char *metadata = metadata_of(&d, d.o.event, 0);
    const PageAnswer *a = ASK(&d, "POST", PLACE, "12345", 5, {"Upload-Length", "9"}, {"Upload-Metadata", metadata});
    assert_status(a, 201);
    g_assert_cmpint(offset_of(a), ==, 5);
    d.upload = page_test_header(a, "Location");
    g_assert_nonnull(page_test_header(send(&d, 5, "6789"), "Vocero-Record"));
    a = ASK(&d, "POST", PLACE, "all", 3, {"Upload-Length", "3"}, {"Upload-Metadata", metadata});
    assert_status(a, 201);
    g_assert_nonnull(page_test_header(a, "Vocero-Record"));
    page_test_close(&d.p);
}

static void an_upload_is_given_up(StoreTest *t, const void *unused)
{
    Desk d = open_desk(t);
    begin(&d, 5);
    send(&d, 0, "12");
    assert_status(ASK(&d, "DELETE", d.upload, NULL, 0), 204);
    assert_status(look(&d), 404);
    assert_status(send(&d, 2, "345"), 404);
    assert_status(ASK(&d, "DELETE", d.upload, NULL, 0), 404);
    page_test_close(&d.p);
}

static void another_version_is_told_which_one_is_spoken(StoreTest *t, const void *unused)
{
    Desk d = open_desk(t);
    begin(&d, 5);
    static const char *const versions[] = {"0.2.2", "1.0.1", ""};
    for (size_t i = 0; i < COUNT(versions); i++) {
        PageAsk ask = {.method = "PATCH", .target = d.upload, .program = true, .body = "12", .type = "application/offset+octet-stream",
                       .headers = {{"Upload-Offset", "0"}, {"Tus-Resumable", versions[i]}}};
        const PageAnswer *a = page_test_ask(&d.p, &ask);
        assert_status(a, 412);
        assert_header(a, "Tus-Version", "1.0.0");
        assert_header(a, "Tus-Resumable", "1.0.0");
        ask.method = "HEAD";
        ask.body = NULL;
        assert_status(page_test_ask(&d.p, &ask), 412);
    }
    g_assert_cmpint(offset_of(look(&d)), ==, 0);
    page_test_close(&d.p);
}

/* ---- what is refused ---- */

static void sizes_that_cannot_be_are_refused_before_a_byte(StoreTest *t, const void *unused)
{
    Desk d = open_desk(t);
    const char *metadata = metadata_of(&d, d.o.event, 0);
    assert_status(begin_with(&d, "53687091200", metadata), 413); /* 50 GB */
    assert_status(begin_with(&d, "209715201", metadata), 413);
    assert_status(begin_with(&d, "0", metadata), 422);
    static const char *const broken[] = {"-1", "1.5", "12 ", "x", "9999999999999999999", "0x10"};
    for (size_t i = 0; i < COUNT(broken); i++)
        assert_status(begin_with(&d, broken[i], metadata), 400);
    assert_status(ASK(&d, "POST", PLACE, NULL, 0, {"Upload-Metadata", metadata}), 400);
    assert_status(ASK(&d, "POST", PLACE, NULL, 0, {"Upload-Defer-Length", "1"}, {"Upload-Metadata", metadata}), 400);
    g_assert_cmpint(office_count(&d.o, "SELECT count(*) FROM photos_upload"), ==, 0);
    page_test_close(&d.p);
}

static void metadata_is_read_with_care(StoreTest *t, const void *unused)
{
    Desk d = open_desk(t);
    Arena *a = d.p.kept;
    const char *event = encoded(&d, id_text(a, d.o.event)), *name = encoded(&d, "a.jpg");
    const char *const malformed[] = {"filename ?,event ?", ",", "filename YQ==,,event YQ==", "filename YQ,event YQ==",
                                     arena_printf(a, "filename %s,filename %s,event %s", name, name, event),
                                     arena_printf(a, "filename  %s,event %s", name, event)};
    const char *const invalid[] = {arena_printf(a, "event %s", event), arena_printf(a, "filename %s", name), "filename ,event ", "filename",
                                   arena_printf(a, "filename %s,event %s", name, encoded(&d, "no id")),
                                   arena_printf(a, "filename %s,event %s", encoded(&d, "\xff\xfe"), event),
                                   arena_printf(a, "filename %s,event %s,coverage %s", name, encoded(&d, id_text(a, d.o.other_event)),
                                                encoded(&d, id_text(a, d.o.coverage))),
                                   arena_printf(a, "filename %s,event %s", name, encoded(&d, id_text(a, d.o.private_event)))};
    for (size_t i = 0; i < COUNT(malformed); i++)
        assert_status(begin_with(&d, "5", malformed[i]), 400);
    for (size_t i = 0; i < COUNT(invalid); i++)
        assert_status(begin_with(&d, "5", invalid[i]), 422);
    char *long_one = arena_bytes(a, 6001);
    memset(long_one, 'x', 6000);
    assert_status(begin_with(&d, "5", long_one), 400);
    page_test_close(&d.p);
}

static void a_name_is_only_its_last_part(StoreTest *t, const void *unused)
{
    Desk d = open_desk(t);
    Arena *a = d.p.kept;
    const char *metadata = arena_printf(a, "filename %s,event %s,other %s", encoded(&d, "C:\\fotos\\../../Año.jpg"),
                                        encoded(&d, id_text(a, d.o.event)), encoded(&d, "is let be"));
    assert_status(begin_with(&d, "3", metadata), 201);
    g_assert_cmpint(office_count(&d.o, "SELECT count(*) FROM photos_upload WHERE filename = 'Año.jpg'"), ==, 1);
    page_test_close(&d.p);
}

static void a_piece_must_fit_where_the_upload_stands(StoreTest *t, const void *unused)
{
    Desk d = open_desk(t);
    begin(&d, 6);
    send(&d, 0, "123");
    assert_status(send(&d, 0, "123"), 409);
    assert_status(send(&d, 4, "56"), 409);
    assert_status(send(&d, 3, "4567"), 413);
    assert_status(ASK(&d, "PATCH", d.upload, "456", 3, {"Upload-Offset", "three"}), 400);
    assert_status(ASK(&d, "PATCH", d.upload, "456", 3), 400);
    assert_status(ASK(&d, "PATCH", d.upload, NULL, 0, {"Upload-Offset", "3"}), 415);
    PageAsk other = {.method = "PATCH", .target = d.upload, .program = true, .body = "456", .type = "image/jpeg",
                     .headers = {{"Upload-Offset", "3"}, {"Tus-Resumable", "1.0.0"}}};
    assert_status(page_test_ask(&d.p, &other), 415);
    g_assert_cmpint(offset_of(look(&d)), ==, 3);
    g_assert_nonnull(page_test_header(send(&d, 3, "456"), "Vocero-Record"));
    page_test_close(&d.p);
}

static void a_damaged_piece_is_thrown_away(StoreTest *t, const void *unused)
{
    Desk d = open_desk(t);
    begin(&d, 6);
    assert_status(send_summed(&d, 0, "1x3", sum_of(&d, HASH_SHA256, "123")), 460);
    assert_status(send_summed(&d, 0, "1x3", sum_of(&d, HASH_SHA1, "123")), 460);
    assert_status(send_summed(&d, 0, "123", "md5 ICy5YqxZB1uWSwcVLSNLcA=="), 400);
    assert_status(send_summed(&d, 0, "123", "sha256 AAAA"), 400);
    assert_status(send_summed(&d, 0, "123", "sha256"), 400);
    g_assert_cmpint(offset_of(look(&d)), ==, 0);
    assert_status(send_summed(&d, 0, "123", sum_of(&d, HASH_SHA1, "123")), 204);
    g_assert_cmpint(offset_of(look(&d)), ==, 3);
    page_test_close(&d.p);
}

static void an_upload_is_the_senders_alone(StoreTest *t, const void *unused)
{
    Desk d = open_desk(t);
    begin(&d, 6);
    page_test_as(&d.p, &d.o.editor);
    assert_status(look(&d), 404);
    assert_status(send(&d, 0, "123"), 404);
    assert_status(ASK(&d, "DELETE", d.upload, NULL, 0), 404);
    page_test_as(&d.p, &d.o.reader);
    assert_status(look(&d), 403);
    assert_status(begin_with(&d, "5", metadata_of(&d, d.o.event, 0)), 403);
    page_test_close(&d.p);
}

static void nobody_announces_without_end(StoreTest *t, const void *unused)
{
    Desk d = open_desk(t);
    for (int i = 0; i < 20; i++)
        begin(&d, PHOTOS_FILE_MAX);
    const PageAnswer *a = begin_with(&d, "209715200", metadata_of(&d, d.o.event, 0));
    assert_status(a, 429);
    g_assert_nonnull(page_test_header(a, "Retry-After"));
    d.o.ctx->now += 2 * PHOTOS_UPLOAD_LIFE;
    begin(&d, 5);
    page_test_close(&d.p);
}

/* A login by cookie cannot be used by another site's page. */
static void a_cookie_alone_does_not_send(StoreTest *t, const void *unused)
{
    Desk d = open_desk(t);
    begin(&d, 5);
    PageAsk ask = {.method = "PATCH", .target = d.upload, .body = "12345", .type = "application/offset+octet-stream",
                   .headers = {{"Upload-Offset", "0"}, {"Tus-Resumable", "1.0.0"}}};
    assert_status(page_test_ask(&d.p, &ask), 403);
    ask.headers[2] = (Header){"X-CSRF-Token", page_test_csrf(&d.p)};
    ask.headers[3] = (Header){"Sec-Fetch-Site", "cross-site"};
    assert_status(page_test_ask(&d.p, &ask), 403);
    ask.headers[3] = (Header){"Sec-Fetch-Site", "same-origin"};
    assert_status(page_test_ask(&d.p, &ask), 204);
    page_test_close(&d.p);
}

/* ---- cut off ---- */

static void the_last_piece_may_be_sent_again(StoreTest *t, const void *unused)
{
    Desk d = open_desk(t);
    begin(&d, 6);
    send(&d, 0, "123");
    const char *record = page_test_header(send(&d, 3, "456"), "Vocero-Record");
    const PageAnswer *again = send(&d, 3, "456"); /* the answer was lost */
    assert_status(again, 204);
    assert_header(again, "Vocero-Record", record);
    g_assert_cmpint(offset_of(again), ==, 6);
    assert_header(look(&d), "Vocero-Record", record);
    assert_status(send(&d, 0, "123"), 409);
    g_assert_cmpint(office_count(&d.o, "SELECT count(*) FROM photos_photo"), ==, 1);
    page_test_close(&d.p);
}

/* Between the bytes and the record: the last byte is asked for once more. */
static void a_cut_before_the_record_asks_for_the_last_byte_again(StoreTest *t, const void *unused)
{
    Desk d = open_desk(t);
    begin(&d, 6);
    d.p.commit_fails = true;
    assert_status(send(&d, 0, "123456"), 503);
    const PageAnswer *a = look(&d);
    g_assert_cmpint(offset_of(a), ==, 5);
    g_assert_null(page_test_header(a, "Vocero-Record"));
    assert_status(send(&d, 0, "123456"), 409);
    a = send_summed(&d, 5, "6", sum_of(&d, HASH_SHA256, "6"));
    assert_status(a, 204);
    g_assert_nonnull(page_test_header(a, "Vocero-Record"));
    page_test_close(&d.p);
}

static void two_at_one_upload_do_not_mix(StoreTest *t, const void *unused)
{
    Desk d = open_desk(t);
    begin(&d, 6);
    Ctx other = {.arena = arena_new(0), .actor = &actor_system};
    VaultPart *first = vault_part_open(&other, d.p.site.vault, id_of(&d), false);
    g_assert_true(vault_part_append(&other, first, "12", 2));
    const PageAnswer *a = send(&d, 2, "3456");
    assert_status(a, 423);
    g_assert_nonnull(page_test_header(a, "Retry-After"));
    g_assert_cmpstr(page_test_header(look(&d), "Vocero-Held"), ==, "1");
    arena_free(other.arena); /* its connection is over */
    g_assert_null(page_test_header(look(&d), "Vocero-Held"));
    assert_status(send(&d, 2, "3456"), 204);
    page_test_close(&d.p);
}

static void a_full_disk_is_507_and_the_upload_goes_on(StoreTest *t, const void *unused)
{
    struct rlimit before, small;
    Desk d = open_desk(t);
    char bytes[4097];
    memset(bytes, 'a', sizeof bytes - 1);
    bytes[sizeof bytes - 1] = '\0';
    begin(&d, 8192);
    send(&d, 0, bytes);
    getrlimit(RLIMIT_FSIZE, &before);
    small = (struct rlimit){5000, before.rlim_max};
    signal(SIGXFSZ, SIG_IGN);
    g_assert_cmpint(setrlimit(RLIMIT_FSIZE, &small), ==, 0);
    const PageAnswer *full = send(&d, 4096, bytes);
    g_assert_cmpint(setrlimit(RLIMIT_FSIZE, &before), ==, 0);
    assert_status(full, 507);
    g_assert_nonnull(page_test_header(full, "Retry-After"));
    i64 at = offset_of(look(&d));
    g_assert_cmpint(at, ==, 5000);
    g_assert_nonnull(page_test_header(send(&d, at, bytes + at - 4096), "Vocero-Record"));
    page_test_close(&d.p);
}

/* ---- time ---- */

static bool run_expiry(Ctx *ctx, void *data)
{
    const JobTools tools = {.vault = data};
    const Job job = {.kind = "photos_upload_expire", .tools = &tools};
    return photos_upload_jobs[0].apply(ctx, &job, NULL);
}

static void what_nobody_goes_on_with_goes(StoreTest *t, const void *unused)
{
    Desk d = open_desk(t);
    begin(&d, 6);
    send(&d, 0, "123");
    d.o.ctx->now += PHOTOS_UPLOAD_LIFE - CLOCK_MINUTE;
    assert_status(send(&d, 3, "4"), 204); /* and lives on */
    d.o.ctx->now += PHOTOS_UPLOAD_LIFE - CLOCK_MINUTE;
    assert_status(look(&d), 204);
    d.o.ctx->now += 2 * CLOCK_HOUR;
    assert_status(look(&d), 410);
    assert_status(send(&d, 4, "56"), 410);
    g_assert_cmpint(office_count(&d.o, "SELECT count(*) FROM queue_job WHERE kind = 'photos_upload_expire'"), >=, 1);
    test_write(d.o.ctx, run_expiry, d.p.site.vault);
    assert_status(look(&d), 404);
    g_assert_cmpint(vault_part_size(d.o.ctx, d.p.site.vault, id_of(&d)), ==, NONE);
    page_test_close(&d.p);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    STORE_TEST("upload", what_is_spoken_is_told_to_anybody);
    STORE_TEST("upload", pieces_become_a_photo);
    STORE_TEST("upload", the_first_bytes_may_come_with_the_beginning);
    STORE_TEST("upload", an_upload_is_given_up);
    STORE_TEST("upload", another_version_is_told_which_one_is_spoken);
    STORE_TEST("upload", sizes_that_cannot_be_are_refused_before_a_byte);
    STORE_TEST("upload", metadata_is_read_with_care);
    STORE_TEST("upload", a_name_is_only_its_last_part);
    STORE_TEST("upload", a_piece_must_fit_where_the_upload_stands);
    STORE_TEST("upload", a_damaged_piece_is_thrown_away);
    STORE_TEST("upload", an_upload_is_the_senders_alone);
    STORE_TEST("upload", nobody_announces_without_end);
    STORE_TEST("upload", a_cookie_alone_does_not_send);
    STORE_TEST("upload", the_last_piece_may_be_sent_again);
    STORE_TEST("upload", a_cut_before_the_record_asks_for_the_last_byte_again);
    STORE_TEST("upload", two_at_one_upload_do_not_mix);
    STORE_TEST("upload", a_full_disk_is_507_and_the_upload_goes_on);
    STORE_TEST("upload", what_nobody_goes_on_with_goes);
    return g_test_run();
}
