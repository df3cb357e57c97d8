/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* demo_hands.c: who acts in the demo and when, its dice, and its drawings. */
#include "app/demo.h"
#include "app/demo_picture.h"

enum { PICTURE_MOST = 2 * 1024 * 1024 };

void demo_as(Demo *demo, size_t staff, i64 now)
{
    demo->ctx->actor = &demo->staff[staff];
    demo->ctx->now = now;
}

void demo_as_office(Demo *demo, i64 now)
{
    demo->ctx->actor = &actor_system;
    demo->ctx->now = now;
}

/* xorshift64* */
int demo_throw(Demo *demo, int least, int most)
{
    demo->dice ^= demo->dice >> 12;
    demo->dice ^= demo->dice << 25;
    demo->dice ^= demo->dice >> 27;
    return least + (int)(demo->dice * 0x2545F4914F6CDD1DULL >> 33) % (most - least + 1);
}

bool demo_draw(Demo *demo, DemoScene *scene_out)
{
    Ctx *ctx = demo->ctx;
    Buf *png = buf_new(ctx->arena, 64 * 1024, PICTURE_MOST);
    VaultWriter *w = vault_begin(ctx, demo->vault, PICTURE_MOST);
    if (!demo_picture(demo->seed + ++demo->pictures, png))
        return fault(ctx, FAULT_BROKEN, "a picture of the demo could not be drawn");
    scene_out->filename = arena_printf(ctx->arena, "escena-%03d.png", (int)demo->pictures);
    return vault_add(ctx, w, buf_data(png), buf_size(png)) && vault_keep(ctx, w, &scene_out->sha256, &scene_out->size);
}
