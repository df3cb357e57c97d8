/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_public_compare_files.c: what a correction changed of a release's files, in sentences: which words, which file, which cover. */
#include "desks/press/public/press_public.h"

enum { WORDS_OF_A_FILE = 4 }; /* what can be said of one file at most */

typedef struct Changes {
    Ctx *ctx;
    FileChange *items;
    size_t count;
} Changes;

static const ReleaseFile *file_in(List files, i64 id)
{
    for (const ReleaseFile *f = files.items, *end = f + files.count; f < end; f++)
        if (f->id == id)
            return f;
    return NULL;
}

static const ReleaseFile *cover_in(List files)
{
    for (const ReleaseFile *f = files.items, *end = f + files.count; f < end; f++)
        if (f->is_cover)
            return f;
    return NULL;
}

/* As people know it: by its caption, else by its name; a camera's name of a picture says nothing. */
static const char *called(const ReleaseFile *f)
{
    if (!text_blank(f->caption))
        return f->caption;
    return press_is_picture(f->type) && !text_blank(f->alt) ? f->alt : f->filename;
}

static void add(Changes *to, const char *what, const char *before, const char *now)
{
    to->items[to->count++] = (FileChange){what, before, now};
}

static void compare(Changes *to, const char *what, const char *before, const char *now)
{
    before = text_blank(before) ? NULL : before;
    now = text_blank(now) ? NULL : now;
    if ((before || now) && !text_same(before ? before : "", now ? now : ""))
        add(to, what, before, now);
}

/* A sentence about a file. */
#define OF_FILE(said, f) arena_printf(ctx->arena, said, called(f))

/* ---- the same file, with other words ---- */

static const char *caption_of(Ctx *ctx, const ReleaseFile *f, bool is_cover)
{
    if (is_cover)
        return say(ctx, "Caption of the cover");
    return press_is_picture(f->type) ? OF_FILE(say(ctx, "Caption of “%s”"), f) : OF_FILE(say(ctx, "Name of “%s”"), f);
}

static void compare_words(Changes *to, const ReleaseFile *was, const ReleaseFile *is)
{
    Ctx *ctx = to->ctx;
    bool cover = is->is_cover;
    compare(to, cover ? say(ctx, "Alternative text of the cover") : OF_FILE(say(ctx, "Alternative text of “%s”"), was), was->alt, is->alt);
    compare(to, caption_of(ctx, was, cover), was->caption, is->caption);
    compare(to, cover ? say(ctx, "Credit of the cover") : OF_FILE(say(ctx, "Credit of “%s”"), was), was->credit, is->credit);
}

/* ---- another cover ---- */

static const char *seen(const ReleaseFile *f)
{
    return !f ? NULL : text_blank(f->alt) ? called(f) : f->alt;
}

static void compare_cover(Changes *to, const ReleaseFile *was, const ReleaseFile *is)
{
    Ctx *ctx = to->ctx;
    if ((was ? was->id : 0) == (is ? is->id : 0))
        return;
    const char *what = !was ? say(ctx, "The release has a cover now")
                       : !is ? say(ctx, "The release has no cover any more")
                             : say(ctx, "The cover is another picture");
    add(to, what, seen(was), seen(is));
}

/* ---- all of them ---- */

List press_compare_files(Ctx *ctx, const PublicRelease *older, const PublicRelease *newer)
{
    size_t most = older->files.count * WORDS_OF_A_FILE + newer->files.count + 1;
    Changes to = {ctx, arena_array(ctx->arena, FileChange, most), 0};
    const ReleaseFile *cover = cover_in(older->files), *now = cover_in(newer->files);
    compare_cover(&to, cover, now);
    for (const ReleaseFile *was = older->files.items, *end = was + older->files.count; was < end; was++) {
        const ReleaseFile *is = file_in(newer->files, was->id);
        if (is)
            compare_words(&to, was, is);
        else if (was != cover)
            add(&to, OF_FILE(say(ctx, "The file “%s” was taken away"), was), NULL, NULL);
    }
    for (const ReleaseFile *is = newer->files.items, *end = is + newer->files.count; is < end; is++)
        if (is != now && !file_in(older->files, is->id))
            add(&to, OF_FILE(say(ctx, "The file “%s” was added"), is), NULL, NULL);
    return (List){to.items, to.count};
}
