/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* work_test_harness.c: files in and out of the pictures' work, for its tests. */
#include "base/base_test.h"
#include "media/worker/work_test.h"

#include <fcntl.h>
#include <unistd.h>
#include <zlib.h>

static const Actor english = {.tongue = TONGUE_EN};

void table_up(Table *t, const void *unused)
{
    t->arena = arena_new(64 * 1024 * 1024);
    t->ctx = (Ctx){.arena = t->arena, .actor = &english};
    t->folder = test_folder();
}

void table_down(Table *t, const void *unused)
{
    g_assert_false(faulted(&t->ctx));
    arena_free(t->arena);
}

const char *path_at(Table *t, const char *name)
{
    return arena_printf(t->arena, "%s/%s", t->folder, name);
}

const char *scene_jpeg(Table *t, const char *name, unsigned seed, int width, int height)
{
    const char *ppm = picture_scene(t->arena, t->folder, arena_printf(t->arena, "%s.ppm", name), seed, width, height);
    return picture_made(t->arena, "copy", ppm, arena_printf(t->arena, "%s[Q=92]", path_at(t, name)), NULL);
}

static int opened(const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    g_assert_cmpint(fd, >=, 0);
    return fd;
}

static int file_to_write(Table *t)
{
    int fd = open(path_at(t, "out.bin"), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    g_assert_cmpint(fd, >=, 0);
    return fd;
}

MediaFacts facts_of(Table *t, const char *path)
{
    MediaFacts f;
    int fd = opened(path);
    if (!work_inspect(&t->ctx, fd, false, &f))
        g_error("%s: %s", path, t->ctx.fault.what);
    close(fd);
    return f;
}

void refused(Table *t, const char *path, const char *because)
{
    MediaFacts f;
    int fd = opened(path);
    if (work_inspect(&t->ctx, fd, false, &f))
        g_error("%s was taken", path);
    Fault fault = fault_take(&t->ctx);
    g_assert_cmpint(fault.kind, ==, FAULT_INVALID);
    g_assert_cmpstr(fault.field, ==, "file");
    if (!strstr(fault.what, because))
        g_error("%s was refused for another reason than “%s”: %s", path, because, fault.what);
    close(fd);
}

const char *with_facts(Table *t, const char *path, const MediaFacts *facts)
{
    int fd = opened(path), out = file_to_write(t);
    i64 size;
    const char *to = arena_printf(t->arena, "%s.facts.jpg", path);
    if (!work_write_facts(&t->ctx, fd, facts, out, &size))
        g_error("%s: %s", path, t->ctx.fault.what);
    Bytes bytes = picture_read(t->arena, path_at(t, "out.bin"));
    g_assert_cmpint((int)bytes.size, ==, (int)size);
    picture_write(to, bytes);
    close(fd);
    close(out);
    return to;
}

/* The copies lie one behind the other, and their sums are right. */
static void cut_up(Table *t, Made *m)
{
    Bytes all = picture_read(t->arena, path_at(t, "out.bin"));
    i64 sum = 0;
    m->files = arena_array(t->arena, Bytes, m->count);
    for (size_t i = 0; i < m->count; i++) {
        const WorkCopy *c = &m->copies[i];
        g_assert_cmpint((int)(c->offset + c->size), <=, (int)all.size);
        m->files[i] = (Bytes){all.data + c->offset, (size_t)c->size};
        g_assert_cmpint(c->crc, ==, (i64)crc32(0, (const Bytef *)m->files[i].data, (uInt)c->size));
        sum += c->size;
    }
    g_assert_cmpint((int)sum, ==, (int)all.size);
}

Made copies_of(Table *t, const char *path, const MediaRecipe *recipe)
{
    int fd = opened(path), out = file_to_write(t);
    List list;
    if (!work_make(&t->ctx, fd, recipe, out, &list))
        g_error("%s: %s", path, t->ctx.fault.what);
    Made m = {.copies = list.items, .count = list.count};
    cut_up(t, &m);
    close(fd);
    close(out);
    return m;
}

Pixels pixels_of(Table *t, Bytes file)
{
    Pixels p;
    PictureHead head;
    g_assert_true(media_head(file, &head));
    Original o = {.bytes = file, .type = head.type, .width = head.width, .height = head.height};
    if (!pixels_decode(&t->ctx, &o, head.width, head.height, &p))
        g_error("a copy cannot be decoded: %s", t->ctx.fault.what);
    g_assert_cmpint((int)head.width, ==, p.width);
    g_assert_cmpint((int)head.height, ==, p.height);
    return p;
}

Pixels seen(Table *t, const char *path, i64 width)
{
    MediaWish wish = {"x.png", "image/png", width, .bare = true};
    return pixels_of(t, copies_of(t, path, &(MediaRecipe){.wishes = &wish, .wish_count = 1}).files[0]);
}

const unsigned char *pixel(const Pixels *p, double x, double y)
{
    int column = (int)(x * (p->width - 1)), row = (int)(y * (p->height - 1));
    return p->at + ((size_t)row * (size_t)p->width + (size_t)column) * (size_t)p->bands;
}

const char *second_reader(Table *t, Bytes file, const char *name)
{
    const char *path = path_at(t, name);
    g_autofree char *program = g_find_program_in_path("exiftool");
    g_autofree char *said = NULL;
    int status;
    if (!program)
        return NULL;
    picture_write(path, file);
    const char *argv[] = {program, "-a", "-G1", "-s", "-e", "-charset", "UTF8", path, NULL};
    g_assert_true(g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &said, NULL, &status, NULL));
    g_assert_cmpint(status, ==, 0);
    return arena_text(t->arena, said);
}
