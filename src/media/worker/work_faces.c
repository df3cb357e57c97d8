/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* work_faces.c: where faces may be: proposals, which a person confirms.
 *
 * The window of the cascade goes over the picture at one size after the other; windows that found the same face are merged, and
 * only what several of them found is proposed. Faces from the side or held askew are not found: the cascade does not know them. */
#include "media/worker/cascade.h"
#include "media/worker/work_room.h"

#include <math.h>

enum { FOUND_MAX = 4000, NEIGHBOURS = 3 };
static const double step = 1.1, alike = 0.2;

typedef struct Found {
    double x, y, side;   /* pixels of the picture */
    int group;
} Found;

typedef struct Faces {
    Found *found;
    int count;
} Faces;

/* For each pixel of the smaller side: the first of the two it lies between, and the second's weight in 1/256. */
typedef struct Between {
    int at, weight;
} Between;

static void between(int from, int to, Between *out)
{
    for (int i = 0; i < to; i++) {
        i64 place = ((2 * (i64)i + 1) * from * 256 / to - 256) / 2;
        place = place < 0 ? 0 : place;
        i64 last = (i64)(from - 2) * 256;
        out[i] = place >= last ? (Between){from - 2, place >= last + 256 ? 256 : (int)(place - last)}
                               : (Between){(int)(place >> 8), (int)(place & 255)};
    }
}

static void grey_scaled(const unsigned char *from, int width, int height, unsigned char *to, int to_width, int to_height)
{
    g_autofree Between *across = g_new(Between, to_width), *down = g_new(Between, to_height);
    between(width, to_width, across);
    between(height, to_height, down);
    for (int y = 0; y < to_height; y++) {
        const unsigned char *upper = from + (size_t)down[y].at * (size_t)width, *lower = upper + width;
        int dy = down[y].weight;
        for (int x = 0; x < to_width; x++) {
            int at = across[x].at, dx = across[x].weight;
            int above = upper[at] * (256 - dx) + upper[at + 1] * dx, below = lower[at] * (256 - dx) + lower[at + 1] * dx;
            *to++ = (unsigned char)((above * (256 - dy) + below * dy + (1 << 15)) >> 16);
        }
    }
}

/* Everything but the picture that looking at one size needs. */
typedef struct Room {
    unsigned char *grey;
    uint32_t *sums;
    int *corners;
} Room;

static void look_at_size(const Room *room, int width, int height, double scale, Faces *faces)
{
    int side = faces_cascade.side, stride = scale > 2 ? 1 : 2;
    cascade_sums(room->grey, width, height, room->sums);
    cascade_corners(&faces_cascade, width + 1, room->corners);
    for (int y = 0; y + side <= height; y += stride)
        for (int x = 0; x + side <= width; x += stride)
            if (faces->count < FOUND_MAX &&
                cascade_passes(&faces_cascade, room->corners, room->sums + (size_t)y * (size_t)(width + 1) + x))
                faces->found[faces->count++] = (Found){x * scale, y * scale, side * scale, -1};
}

static bool same_face(const Found *a, const Found *b)
{
    double near = alike * fmin(a->side, b->side);
    return fabs(a->x - b->x) <= near && fabs(a->y - b->y) <= near && fabs(a->x + a->side - b->x - b->side) <= near &&
           fabs(a->y + a->side - b->y - b->side) <= near;
}

/* All that are alike by way of others too. */
static void spread(Faces *f, int from, int group)
{
    int *queue = g_new(int, f->count), head = 0, tail = 0;
    queue[tail++] = from;
    f->found[from].group = group;
    while (head < tail) {
        const Found *one = &f->found[queue[head++]];
        for (int i = 0; i < f->count; i++)
            if (f->found[i].group < 0 && same_face(one, &f->found[i])) {
                f->found[i].group = group;
                queue[tail++] = i;
            }
    }
    g_free(queue);
}

static int grouped(Faces *f)
{
    int groups = 0;
    for (int i = 0; i < f->count; i++)
        if (f->found[i].group < 0)
            spread(f, i, groups++);
    return groups;
}

static i64 scaled(double at, int side)
{
    double n = floor(at * MEDIA_SCALE / side + 0.5);
    return (i64)fmin(fmax(n, 0), MEDIA_SCALE);
}

static bool merged(const Faces *f, int group, const Pixels *p, MediaBox *box_out)
{
    double x = 0, y = 0, side = 0;
    int n = 0;
    for (int i = 0; i < f->count; i++)
        if (f->found[i].group == group) {
            x += f->found[i].x;
            y += f->found[i].y;
            side += f->found[i].side;
            n++;
        }
    if (n < NEIGHBOURS)
        return false;
    i64 left = scaled(x / n, p->width), top = scaled(y / n, p->height);
    *box_out = (MediaBox){left, top, scaled((x + side) / n, p->width) - left, scaled((y + side) / n, p->height) - top};
    return box_out->width > 0 && box_out->height > 0;
}

static void look_everywhere(const Pixels *p, const unsigned char *grey, Faces *faces)
{
    size_t n = (size_t)(p->width + 1) * (size_t)(p->height + 1);
    Room room = {g_malloc(n), g_new(uint32_t, n), g_new(int, faces_cascade.cell_count * CASCADE_CORNERS)};
    int side = faces_cascade.side;
    for (double scale = 1; p->width / scale >= side && p->height / scale >= side; scale *= step) {
        int width = (int)(p->width / scale), height = (int)(p->height / scale);
        grey_scaled(grey, p->width, p->height, room.grey, width, height);
        look_at_size(&room, width, height, scale, faces);
    }
    g_free(room.grey);
    g_free(room.sums);
    g_free(room.corners);
}

List measure_faces(Ctx *ctx, const Pixels *p)
{
    MediaBox *boxes = arena_array(ctx->arena, MediaBox, MEDIA_FACES_MAX);
    Faces faces = {arena_array(ctx->arena, Found, FOUND_MAX), 0};
    size_t count = 0;
    look_everywhere(p, pixels_grey(ctx->arena, p), &faces);
    int groups = grouped(&faces);
    for (int g = 0; g < groups && count < MEDIA_FACES_MAX; g++)
        count += merged(&faces, g, p, &boxes[count]);
    return (List){boxes, count};
}
