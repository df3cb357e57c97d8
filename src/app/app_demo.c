/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* app_demo.c: vocero demo: a lively invented city: July 2022, and a present in which something is always going on. */
#include "app/app_commands.h"
#include "app/app_init.h"
#include "app/demo.h"
#include "base/text.h"
#include "media/media.h"

#define DEMO_MAIL     "demo@sanluis.example"
#define DEMO_PASSWORD "mesa-de-demostracion"

typedef struct Making {
    Demo demo;
    const char *hash;
    i64 now;
} Making;

static bool fill(Ctx *ctx, void *data)
{
    Making *m = data;
    bool done = demo_city(&m->demo, m->hash) && demo_july(&m->demo) && demo_present_days(&m->demo, m->now);
    demo_as_office(&m->demo, m->now);
    return done && !faulted(ctx);
}

static int make_city(Desk *desk, const char *hash, u64 seed)
{
    const char *why = NULL;
    SealKey key CLEANUP(seal_key_forget) = {0};
    Vault *vault = vault_open(desk->settings.vault_url, &why);
    if (!vault || !seal_key_load(desk->settings.seal_key, true, &key, &why)) {
        vault_close(vault);
        return complain("%s", why);
    }
    Making m = {
        .demo = {.ctx = &desk->ctx, .vault = vault, .media = media_new(NULL, 2), .key = &key, .seed = seed, .dice = seed * 0x9E3779B97F4A7C15ULL + 1},
        .hash = hash, .now = clock_now(),
    };
    int status = desk_do(desk, fill, &m);
    desk->ctx.actor = &actor_system;
    media_free(m.demo.media);
    vault_close(vault);
    return status;
}

static int set_up(const Overrides *over, u64 seed)
{
    Desk desk CLEANUP(desk_close) = {0};
    if (!desk_open(&desk, over))
        return FAILED;
    desk.ctx.actor = &actor_system; /* the city's journal is in Spanish, whoever sets it up */
    desk.ctx.now = clock_instant(desk.ctx.city->zone, (Wall){2022, 6, 1, 9, 0, 0}, NULL); /* they all were there in July */
    InitAdmin admin = {.mail = DEMO_MAIL, .name = "Demostración", .password = DEMO_PASSWORD};
    if (!init_people(&desk, &admin))
        return FAILED;
    return make_city(&desk, admin.hash, seed);
}

int command_demo(const Command *self, int argc, char **argv)
{
    Overrides over = {0};
    const char *seed_text = "2022";
    int status = DONE;
    i64 seed;
    const Option own[] = {{"seed", OPTION_TEXT, &seed_text, "NUMBER", "another number, another city (2022)"}};
    if (!options_parse(self, &argc, &argv, own, COUNT(own), &over, &status))
        return status;
    if (!text_int(seed_text, &seed) || seed < 0) {
        complain("--seed %s: a whole number is wanted", seed_text);
        return USAGE;
    }
    if (!init_folder(&over, "San Luis Potosí", "America/Mexico_City"))
        return FAILED;
    status = set_up(&over, (u64)seed);
    if (status != DONE) {
        init_undo(&over);
        return status;
    }
    puts("An invented city is in place: July 2022 with its signed report, and today.");
    puts("Come in at /entrar with " DEMO_MAIL " and the password " DEMO_PASSWORD);
    puts("The others, with the same password: direccion@, coordinacion@, redes@, foto@ … sanluis.example");
    return DONE;
}
