/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_archive_test.c: the archive of a gallery: its plan says every byte ahead, and others' programs read it. */
#include "base/base_test.h"
#include "desks/photos/public/photos_public_test_city.h"

/* ---- reading numbers ---- */

static u64 number_at(const char *bytes, size_t place, int n)
{
    u64 value = 0;
    for (int i = n - 1; i >= 0; i--)
        value = value << 8 | (unsigned char)bytes[place + (size_t)i];
    return value;
}

/* What Python's zipfile says of it: every CRC is counted, the names come one a line. */
static char *names_by_python(const char *bytes, size_t n)
{
    g_autofree char *path = g_build_filename(test_folder(), "fotos.zip", NULL);
    g_assert_true(g_file_set_contents(path, bytes, (gssize)n, NULL));
    const char *const argv[] = {"python3", "-c",
        "import sys, zipfile\nz = zipfile.ZipFile(sys.argv[1])\nassert z.testzip() is None\n"
        "assert all(i.compress_type == 0 for i in z.infolist())\nprint('\\n'.join(z.namelist()))", path, NULL};
    char *out = NULL;
    int status = 0;
    g_assert_true(g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &out, NULL, &status, NULL));
    g_assert_cmpint(status, ==, 0);
    return out;
}

/* ---- over the page ---- */

static void others_read_the_archive(StoreTest *t, const void *unused)
{
    Citizen c;
    citizen_open(&c, t);
    const PageAnswer *a = get(&c, 200, "/galerias/inauguracion/fotos.zip");
    g_autofree char *names = names_by_python(a->body, a->size);
    const char *const wanted[] = {"inauguracion-2022-07-14-01.jpg\n", "inauguracion-2022-07-14-02.jpg\n", "inauguracion-2022-07-14-03.jpg\n", "LEEME.txt\n"};
    for (size_t i = 0; i < COUNT(wanted); i++)
        g_assert_nonnull(strstr(names, wanted[i]));
    g_assert_cmpstr(page_test_header(a, "Content-Type"), ==, "application/zip");
    g_assert_cmpstr(page_test_header(a, "Accept-Ranges"), ==, "bytes");
    g_assert_nonnull(strstr(page_test_header(a, "Content-Disposition"), "filename=\"inauguracion.zip\""));
    g_assert_nonnull(page_test_header(a, "ETag"));
    g_assert_null(strstr(page_test_header(a, "ETag"), "W/"));
    g_assert_nonnull(memmem(a->body, a->size, "Foto: Renata Paz", 16));
    g_assert_nonnull(memmem(a->body, a->size, "El parque <nuevo> & su fuente, 2", 31));
    citizen_close(&c);
}

static void the_same_records_give_the_same_bytes(StoreTest *t, const void *unused)
{
    Citizen c;
    citizen_open(&c, t);
    const PageAnswer *one = get(&c, 200, "/galerias/inauguracion/fotos.zip");
    c.ctx->now += CLOCK_HOUR;
    const PageAnswer *two = get(&c, 200, "/galerias/inauguracion/fotos.zip");
    g_assert_cmpmem(one->body, one->size, two->body, two->size);
    g_assert_cmpstr(page_test_header(one, "ETag"), ==, page_test_header(two, "ETag"));
    office_script(&c.office, "UPDATE photos_public SET caption = 'Otro pie' WHERE photo = %" PRId64, c.photos[2]);
    g_assert_cmpstr(page_test_header(get(&c, 200, "/galerias/inauguracion/fotos.zip"), "ETag"), !=, page_test_header(one, "ETag"));
    citizen_close(&c);
}

/* A picture that goes while the archive is sent ends it: the server asks this when something public changed. */
static void a_picture_that_goes_breaks_the_promise(StoreTest *t, const void *unused)
{
    Citizen c;
    citizen_open(&c, t);
    Request req = {.site = &c.page.site, .slug = "inauguracion"};
    Page page = {.format = FORMAT_HTML};
    c.ctx->actor = &actor_nobody;
    photos_page_archive(c.ctx, &req, &page);
    assert_no_fault(c.ctx);
    g_assert_true(page.pieces->still(c.ctx, page.pieces->what));
    office_script(&c.office, "UPDATE photos_public SET alt = 'Otra cosa' WHERE photo = %" PRId64, c.hidden);
    g_assert_true(page.pieces->still(c.ctx, page.pieces->what));
    office_script(&c.office, "INSERT INTO photos_gone (photo, at) VALUES (%" PRId64 ", 1)", c.photos[0]);
    g_assert_false(page.pieces->still(c.ctx, page.pieces->what));
    office_script(&c.office, "DELETE FROM photos_gone");
    g_assert_true(page.pieces->still(c.ctx, page.pieces->what));
    office_script(&c.office, "UPDATE photos_gallery_public SET withdrawn_at = 1");
    g_assert_false(page.pieces->still(c.ctx, page.pieces->what));
    citizen_close(&c);
}

static void a_file_that_is_shorter_than_said_ends_it(StoreTest *t, const void *unused)
{
    Citizen c;
    citizen_open(&c, t);
    const char *sha256 = kept_bytes(&c, "abcdef", 6);
    PagePiece pieces[] = {{.bytes = {"0123", 4}}, {.sha256 = sha256, .size = 6}, {.bytes = {"x", 1}}};
    PagePieces plan = {.items = pieces, .count = 3};
    Page page = {.format = FORMAT_HTML};
    char out[16];
    page_pieces(&page, &plan, "tag", "application/zip", "a.zip");
    g_assert_cmpint(plan.size, ==, 11);
    PieceReader r = piece_reader(&plan, c.page.site.vault);
    g_assert_cmpint(pieces_read(c.ctx, &r, 0, out, 16), ==, 11);
    g_assert_cmpmem(out, 11, "0123abcdefx", 11);
    g_assert_cmpint(pieces_read(c.ctx, &r, 3, out, 3), ==, 3); /* back, and over a border */
    g_assert_cmpmem(out, 3, "3ab", 3);
    g_assert_cmpint(pieces_read(c.ctx, &r, 11, out, 16), ==, 0);
    pieces[1].size = 7;
    piece_reader_close(&r);
    r = piece_reader(&plan, c.page.site.vault);
    g_assert_cmpint(pieces_read(c.ctx, &r, 0, out, 16), ==, -1);
    assert_no_fault(c.ctx);
    pieces[1].sha256 = "00000000000000000000000000000000000000000000000000000000000000ff";
    g_assert_cmpint(pieces_read(c.ctx, &r, 0, out, 16), ==, -1);
    fault_take(c.ctx);
    piece_reader_close(&r);
    citizen_close(&c);
}

/* ---- the plan alone ---- */

static void plan_is_whole(Ctx *ctx, const ArchiveFile *files, size_t count)
{
    const PagePieces *plan = photos_archive_plan(ctx, files, count);
    i64 size = 0;
    for (size_t i = 0; i < plan->count; i++)
        size += plan->items[i].sha256 ? plan->items[i].size : (i64)plan->items[i].bytes.size;
    g_assert_cmpint(size, ==, photos_archive_size(files, count));
    g_assert_cmpint(size, ==, plan->size);
}

/* 5 GB: from the second file on places need more than 32 bits (APPNOTE 4.3.14, 4.5.3). */
static void large_archives_are_zip64(StoreTest *t, const void *unused)
{
    Ctx *ctx = &t->ctx;
    i64 big = (i64)5 * 1024 * 1024 * 1024;
    ArchiveFile files[] = {{.name = "a.jpg", .sha256 = "a", .size = big, .crc = 1, .at = ctx->now},
                           {.name = "b.jpg", .sha256 = "b", .size = 10, .crc = 2, .at = ctx->now}};
    plan_is_whole(ctx, files, 2);
    const PagePieces *plan = photos_archive_plan(ctx, files, 2);
    const char *head = plan->items[0].bytes.data;
    g_assert_cmpuint(number_at(head, 4, 2), ==, 45);
    g_assert_cmpuint(number_at(head, 22, 4), ==, 0xffffffff);
    g_assert_cmpuint(number_at(head, 30 + 5 + 4, 8), ==, (u64)big);
    Bytes end = plan->items[4].bytes;
    size_t second = 46 + 5 + 28; /* the second entry of the directory */
    g_assert_cmpuint(number_at(end.data, second, 4), ==, 0x02014b50);
    g_assert_cmpuint(number_at(end.data, second + 42, 4), ==, 0xffffffff);
    g_assert_cmpuint(number_at(end.data, second + 46 + 5 + 4 + 16, 8), ==, (u64)(30 + 5 + 20 + big));
    g_assert_cmpuint(number_at(end.data, end.size - 22 - 20, 4), ==, 0x07064b50);
    g_assert_cmpuint(number_at(end.data, end.size - 22 - 20 - 56, 4), ==, 0x06064b50);
    g_assert_cmpuint(number_at(end.data, end.size - 22 - 20 - 56 + 32, 8), ==, 2);
    g_assert_cmpuint(number_at(end.data, end.size - 22 - 20 + 8, 8), ==, (u64)(plan->size - 22 - 20 - 56));
}

static void many_files_are_zip64(StoreTest *t, const void *unused)
{
    Ctx *ctx = &t->ctx;
    size_t count = 70000;
    ArchiveFile *files = g_new0(ArchiveFile, count);
    for (size_t i = 0; i < count; i++)
        files[i] = (ArchiveFile){.name = "a", .bytes = {"", 0}, .at = ctx->now};
    i64 wide = photos_archive_size(files, count), entries = (i64)count * (30 + 1 + 46 + 1);
    g_assert_cmpint(wide, ==, entries + 22 + 56 + 20);
    g_assert_cmpint(photos_archive_size(files, 65534), ==, (i64)65534 * (30 + 1 + 46 + 1) + 22);
    g_free(files);
}

static void crc_is_what_everybody_counts(StoreTest *t, const void *unused)
{
    g_assert_cmpuint((u64)photos_crc("123456789", 9), ==, 0xcbf43926);
    g_assert_cmpuint((u64)photos_crc("", 0), ==, 0);
}

static void an_archive_may_be_empty(StoreTest *t, const void *unused)
{
    plan_is_whole(&t->ctx, NULL, 0);
    g_assert_cmpint(photos_archive_size(NULL, 0), ==, 22);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    STORE_TEST("photos_archive", others_read_the_archive);
    STORE_TEST("photos_archive", the_same_records_give_the_same_bytes);
    STORE_TEST("photos_archive", a_picture_that_goes_breaks_the_promise);
    STORE_TEST("photos_archive", a_file_that_is_shorter_than_said_ends_it);
    STORE_TEST("photos_archive", large_archives_are_zip64);
    STORE_TEST("photos_archive", many_files_are_zip64);
    STORE_TEST("photos_archive", crc_is_what_everybody_counts);
    STORE_TEST("photos_archive", an_archive_may_be_empty);
    return g_test_run();
}
