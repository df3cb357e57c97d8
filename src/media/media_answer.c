/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* media_answer.c: what the program that read foreign bytes said, held against what can be seen. */
#include "media/media_room.h"
#include "base/text.h"

#include <fcntl.h>
#include <glib.h>
#include <math.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

enum { THUMBHASH_MAX = 64 };

static void *odd(Ctx *ctx, const char *what)
{
    return fault(ctx, FAULT_BROKEN, "vocero-pictures gave %s", what);
}

/* ---- facts ---- */

/* Cut between letters; without what would steer a terminal or turn the direction of writing. */
static const char *sound_text(Arena *a, const char *said)
{
    if (!said || !text_valid(said, strlen(said)) || text_has_control(said))
        return NULL;
    size_t size = strlen(said);
    if (size > WIRE_TEXT_MAX)
        for (size = WIRE_TEXT_MAX; size && ((unsigned char)said[size] & 0xc0) == 0x80;)
            size--;
    const char *text = text_trim(a, arena_copy(a, said, size));
    return *text ? text : NULL;
}

static bool sound_box(const MediaBox *b)
{
    return b->x >= 0 && b->y >= 0 && b->width > 0 && b->height > 0 && b->x <= MEDIA_SCALE && b->y <= MEDIA_SCALE &&
           b->width <= MEDIA_SCALE - b->x && b->height <= MEDIA_SCALE - b->y;
}

static List sound_faces(Arena *a, List said)
{
    MediaBox *faces = arena_array(a, MediaBox, MEDIA_FACES_MAX);
    size_t count = 0;
    for (const MediaBox *b = said.items, *end = b + said.count; b < end && count < MEDIA_FACES_MAX; b++)
        if (sound_box(b))
            faces[count++] = *b;
    return (List){faces, count};
}

static void sound_place(MediaFacts *f)
{
    if (fabs(f->lat) <= 90 && fabs(f->lon) <= 180)
        return;
    f->lat = NAN;
    f->lon = NAN;
}

static void sound_time(Arena *a, MediaFacts *f)
{
    Wall wall;
    f->taken = f->taken && wall_parse(f->taken, &wall) ? wall_text(a, wall) : NULL;
    if (!f->taken || f->taken_offset < -24 * 60 || f->taken_offset > 24 * 60)
        f->taken_offset = NONE;
}

static bool sound_size(const PictureHead *head, const MediaFacts *f)
{
    return f->width > 0 && f->height > 0 && f->width <= MEDIA_SIDE_MAX && f->height <= MEDIA_SIDE_MAX &&
           f->width * f->height <= MEDIA_PIXELS_MAX && text_same(f->type, head->type);
}

bool media_facts_sound(Ctx *ctx, const PictureHead *head, const MediaFacts *said, MediaFacts *facts_out)
{
    MediaFacts f = *said;
    const char **const texts[] = {
        &f.camera, &f.headline, &f.caption, &f.creator, &f.credit, &f.rights, &f.alt, &f.place, &f.people, &f.keywords,
    };
    if (!sound_size(head, said))
        return odd(ctx, "a picture of another size or type");
    for (size_t i = 0; i < COUNT(texts); i++)
        *texts[i] = sound_text(ctx->arena, *texts[i]);
    f.type = head->type;
    f.thumbhash = f.thumbhash && strlen(f.thumbhash) <= THUMBHASH_MAX ? sound_text(ctx->arena, f.thumbhash) : NULL;
    f.faces = sound_faces(ctx->arena, said->faces);
    sound_place(&f);
    sound_time(ctx->arena, &f);
    *facts_out = f;
    return true;
}

/* ---- copies ---- */

/* What the program wrote, mapped; nobody can change it any more. */
typedef struct Written {
    const char *bytes;
    i64 size;
} Written;

static void unmap(Written *w)
{
    if (w->bytes)
        munmap((void *)w->bytes, (size_t)w->size);
}

static bool map(Ctx *ctx, int fd, Written *written_out)
{
    struct stat s;
    if (fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) != 0 || fstat(fd, &s) != 0 || s.st_size < 1)
        return odd(ctx, "no bytes");
    void *bytes = mmap(NULL, (size_t)s.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (bytes == MAP_FAILED)
        return fault(ctx, FAULT_BUSY, "There is not enough memory for a picture at the moment.");
    *written_out = (Written){bytes, s.st_size};
    return true;
}

static bool same_size(const WorkCopy *said, const PictureHead *head)
{
    return said->width == head->width && said->height == head->height;
}

/* As it was wished, and as its bytes say. */
static const char *what_is_odd(const Written *w, const MediaWish *wish, const WorkCopy *said)
{
    PictureHead head;
    if (!text_same(said->variant, wish->variant) || !text_same(said->type, wish->type))
        return "a copy that nobody wished";
    if (said->offset < 0 || said->size < 1 || said->offset > w->size || said->size > w->size - said->offset)
        return "a copy that is not there";
    if (!media_head((Bytes){w->bytes + said->offset, (size_t)said->size}, &head) || !text_same(head.type, wish->type))
        return "a copy of another type";
    if (!same_size(said, &head) || head.width > wish->width || (wish->height && head.height > wish->height))
        return "a copy of another size";
    if ((i64)crc32(0, (const unsigned char *)w->bytes + said->offset, (unsigned)said->size) != said->crc)
        return "a copy whose checksum is wrong";
    return NULL;
}

static bool keep(Ctx *ctx, Vault *vault, Bytes bytes, const char **sha256_out, i64 *size_out)
{
    VaultWriter *w = vault_begin(ctx, vault, (i64)bytes.size);
    return w && vault_add(ctx, w, bytes.data, bytes.size) && vault_keep(ctx, w, sha256_out, size_out);
}

static bool keep_copy(Ctx *ctx, Vault *vault, const Written *w, const MediaWish *wish, const WorkCopy *said, MediaCopy *copy_out)
{
    const char *why = what_is_odd(w, wish, said);
    if (why)
        return odd(ctx, why);
    *copy_out = (MediaCopy){.variant = wish->variant, .type = wish->type, .width = said->width, .height = said->height, .crc = said->crc};
    return keep(ctx, vault, (Bytes){w->bytes + said->offset, (size_t)said->size}, &copy_out->sha256, &copy_out->size);
}

bool media_keep_copies(Ctx *ctx, Vault *vault, int out_fd, const MediaRecipe *recipe, List said, List *copies_out)
{
    Written written CLEANUP(unmap) = {0};
    MediaCopy *copies = arena_array(ctx->arena, MediaCopy, recipe->wish_count);
    if (said.count != recipe->wish_count)
        return odd(ctx, "another number of copies");
    if (!map(ctx, out_fd, &written))
        return false;
    for (size_t i = 0; i < said.count; i++)
        if (!keep_copy(ctx, vault, &written, &recipe->wishes[i], (const WorkCopy *)said.items + i, &copies[i]))
            return false;
    *copies_out = (List){copies, said.count};
    return true;
}

bool media_keep_jpeg(Ctx *ctx, Vault *vault, int out_fd, i64 said, const char **sha256_out, i64 *size_out)
{
    Written written CLEANUP(unmap) = {0};
    PictureHead head;
    if (!map(ctx, out_fd, &written))
        return false;
    if (written.size != said || !media_head((Bytes){written.bytes, (size_t)written.size}, &head) || !text_same(head.type, "image/jpeg"))
        return odd(ctx, "no JPEG");
    return keep(ctx, vault, (Bytes){written.bytes, (size_t)written.size}, sha256_out, size_out);
}
