/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* work_make.c: the copies of one picture, from one decoding.
 *
 * The picture is decoded once, as large as the largest wish wants it; what must not be seen is hidden in it at once, before
 * anything smaller exists. Cropped wishes come first, each with a watermark of its own; then the picture gets its watermark
 * and becomes smaller step by step. Pixels of the same size and kind are encoded once, whatever words go with them. */
#include "media/worker/work_room.h"

#include <stdlib.h>
#include <unistd.h>
#include <zlib.h>

enum { WISHES_MAX = 32 };

/* What becomes of a wish: the whole picture at this size, and the part of it that is kept. */
typedef struct Plan {
    size_t wish;
    EncodeKind kind;
    i64 width, height;      /* of the whole */
    i64 left, top, cut_width, cut_height; /* cut_width 0: all of it */
} Plan;

typedef struct Making {
    Ctx *ctx;
    const MediaRecipe *recipe;
    const char *xmp;        /* NULL: no words */
    int fd;
    i64 offset;             /* of the next copy */
    WorkCopy *copies;
    Plan encoded_for;       /* what the bytes below are of */
    GByteArray *encoded;
} Making;

/* ---- plans ---- */

static i64 scaled(i64 n, double by)
{
    i64 whole = (i64)((double)n * by + 0.5);
    return whole < 1 ? 1 : whole;
}

/* So wide, and at most twice as tall as that. */
static void plan_whole(const Original *o, const MediaWish *w, Plan *plan)
{
    double by = (double)w->width / (double)o->width, tall = 2.0 * (double)w->width / (double)o->height;
    by = by > tall ? tall : by;
    by = by > 1 ? 1 : by;
    plan->width = scaled(o->width, by);
    plan->height = scaled(o->height, by);
}

/* Where a part of this length begins, so that the focal point is as near its middle as the picture allows. */
static i64 around(i64 focal, i64 whole, i64 part)
{
    i64 begin = focal * whole / MEDIA_SCALE - part / 2;
    return begin < 0 ? 0 : begin > whole - part ? whole - part : begin;
}

/* The wished shape; smaller than wished where the picture is. */
static void plan_cut(const Original *o, const MediaRecipe *recipe, const MediaWish *w, Plan *plan)
{
    double across = (double)w->width / (double)o->width, down = (double)w->height / (double)o->height;
    double cover = across > down ? across : down, by = cover > 1 ? 1 : cover;
    plan->width = scaled(o->width, by);
    plan->height = scaled(o->height, by);
    i64 width = scaled(w->width, by / cover), height = scaled(w->height, by / cover);
    plan->cut_width = width > plan->width ? plan->width : width;
    plan->cut_height = height > plan->height ? plan->height : height;
    plan->left = around(recipe->focal_x, plan->width, plan->cut_width);
    plan->top = around(recipe->focal_y, plan->height, plan->cut_height);
}

/* The cropped before the whole, the large before the small, of one size those of one kind beside each other. */
static int in_order(const void *one, const void *other)
{
    const Plan *a = one, *b = other;
    if (!a->cut_width != !b->cut_width)
        return a->cut_width ? -1 : 1;
    if (a->width != b->width)
        return a->width > b->width ? -1 : 1;
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    return a->wish < b->wish ? -1 : 1;
}

static bool planned(Ctx *ctx, const Original *o, const MediaRecipe *recipe, Plan *plans)
{
    if (recipe->wish_count < 1 || recipe->wish_count > WISHES_MAX)
        return fault(ctx, FAULT_BROKEN, "%d copies cannot be made at once", (int)recipe->wish_count);
    for (size_t i = 0; i < recipe->wish_count; i++) {
        const MediaWish *w = &recipe->wishes[i];
        plans[i] = (Plan){.wish = i};
        if (!encode_kind(w->type, &plans[i].kind) || w->width < 1 || w->width > MEDIA_SIDE_MAX || w->height < 0 ||
            w->height > MEDIA_SIDE_MAX)
            return fault(ctx, FAULT_BROKEN, "no copy of this type and size can be made");
        if (w->height)
            plan_cut(o, recipe, w, &plans[i]);
        else
            plan_whole(o, w, &plans[i]);
    }
    qsort(plans, recipe->wish_count, sizeof plans[0], in_order);
    return true;
}

/* ---- one copy ---- */

static bool write_all(Making *m, const void *bytes, size_t size)
{
    for (size_t done = 0; done < size;) {
        ssize_t n = write(m->fd, (const char *)bytes + done, size - done);
        if (n <= 0)
            return fault(m->ctx, FAULT_BROKEN, "a copy could not be written");
        done += (size_t)n;
    }
    return true;
}

static bool same_pixels(const Plan *a, const Plan *b)
{
    return a->kind == b->kind && a->width == b->width && a->height == b->height && a->cut_width == b->cut_width &&
           a->cut_height == b->cut_height && a->left == b->left && a->top == b->top;
}

/* The file of pixels, from memory where the copy before had the same. */
static bool encoded(Making *m, const Plan *plan, const Pixels *p, const char *xmp)
{
    bool again = m->encoded && plan->kind != ENCODE_AVIF && same_pixels(plan, &m->encoded_for);
    if (again)
        return true;
    encode_drop(&m->encoded);
    m->encoded_for = *plan;
    return encode(m->ctx, p, plan->kind, xmp, &m->encoded);
}

/* IPTC first: who writes it would write the packet anew in a way of its own. */
static bool with_words(Making *m, const MediaWish *w, EncodeKind kind, const char *xmp, GByteArray *out)
{
    Bytes pixels = {(const char *)m->encoded->data, m->encoded->len};
    if (!w->stamped || w->bare || kind != ENCODE_JPEG)
        return container_with_xmp(m->ctx, kind, pixels, xmp, out);
    GByteArray *stamped = g_byte_array_append(g_byte_array_new(), m->encoded->data, m->encoded->len);
    bool done = stamp_iptc(m->ctx, &m->recipe->words, stamped) &&
                container_with_xmp(m->ctx, kind, (Bytes){(const char *)stamped->data, stamped->len}, xmp, out);
    encode_drop(&stamped);
    return done;
}

static bool keep(Making *m, const Plan *plan, const Pixels *p)
{
    const MediaWish *w = &m->recipe->wishes[plan->wish];
    const char *xmp = w->bare ? NULL : m->xmp;
    GByteArray *file = g_byte_array_new();
    bool done = encoded(m, plan, p, xmp) && with_words(m, w, plan->kind, xmp, file) && write_all(m, file->data, file->len);
    if (done) {
        m->copies[plan->wish] = (WorkCopy){w->variant, w->type, p->width, p->height, m->offset, file->len,
                                           (i64)crc32(0, file->data, file->len)};
        m->offset += file->len;
    }
    encode_drop(&file);
    return done;
}

/* ---- all of them ---- */

static bool make_cut(Making *m, const Plan *plan, const Pixels *whole)
{
    Pixels smaller = {0}, cut = {0};
    bool done = pixels_resized(m->ctx, whole, plan->width, plan->height, &smaller) &&
                pixels_cut(m->ctx, &smaller, plan->left, plan->top, plan->cut_width, plan->cut_height, &cut);
    pixels_drop(&smaller);
    if (done && m->recipe->watermark)
        pixels_mark(m->ctx, &cut, m->recipe->watermark);
    done = done && keep(m, plan, &cut);
    pixels_drop(&cut);
    return done;
}

/* The larger one is given up for the smaller. */
static bool step_down(Making *m, const Plan *plan, Pixels *p)
{
    Pixels smaller;
    if (plan->width == p->width && plan->height == p->height)
        return true;
    if (!pixels_resized(m->ctx, p, plan->width, plan->height, &smaller))
        return false;
    pixels_drop(p);
    *p = smaller;
    return true;
}

static bool make_all(Making *m, const Plan *plans, Pixels *p)
{
    size_t i = 0;
    for (; i < m->recipe->wish_count && plans[i].cut_width; i++)
        if (!make_cut(m, &plans[i], p))
            return false;
    if (m->recipe->watermark)
        pixels_mark(m->ctx, p, m->recipe->watermark);
    for (; i < m->recipe->wish_count; i++)
        if (!step_down(m, &plans[i], p) || !keep(m, &plans[i], p))
            return false;
    return true;
}

static bool decoded(Making *m, const Original *o, const Plan *plans, Pixels *p)
{
    i64 width = 1, height = 1;
    for (size_t i = 0; i < m->recipe->wish_count; i++) {
        width = plans[i].width > width ? plans[i].width : width;
        height = plans[i].height > height ? plans[i].height : height;
    }
    if (!pixels_decode(m->ctx, o, width, height, p))
        return false;
    const MediaBox *boxes = m->recipe->boxes.items;
    for (size_t i = 0; i < m->recipe->boxes.count; i++)
        pixels_hide(p, &boxes[i]);
    return true;
}

bool work_make(Ctx *ctx, int fd, const MediaRecipe *recipe, int out_fd, List *copies_out)
{
    Original o;
    Plan plans[WISHES_MAX];
    Pixels p = {0};
    if (!original_open(ctx, fd, &o))
        return false;
    Making m = {.ctx = ctx, .recipe = recipe, .xmp = xmp_packet(ctx->arena, &recipe->words), .fd = out_fd,
                .copies = arena_array(ctx->arena, WorkCopy, recipe->wish_count)};
    bool done = planned(ctx, &o, recipe, plans) && decoded(&m, &o, plans, &p);
    original_close(&o);
    done = done && make_all(&m, plans, &p);
    pixels_drop(&p);
    encode_drop(&m.encoded);
    if (done)
        *copies_out = (List){m.copies, recipe->wish_count};
    return done;
}
