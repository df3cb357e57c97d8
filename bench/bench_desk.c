/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* bench_desk.c: a data folder opened for measuring. */
#include "bench_desk.h"
#include "base/id.h"

#include <stdarg.h>
#include <stdlib.h>
#include <time.h>

const Actor bench_actor = {.id = 1, .name = "Banco de pruebas", .rights = ~(u64)0};

void bench_die(const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    fputs("bench: ", stderr);
    vfprintf(stderr, fmt, ap);
    fputc('\n', stderr);
    va_end(ap);
    exit(1);
}

Settings bench_settings(Arena *arena, const char *data)
{
    Settings settings;
    const char *why = NULL;
    if (!settings_load(arena, &(Overrides){.data = data}, &settings, &why))
        bench_die("%s", why);
    return settings;
}

Ctx bench_open(Arena *arena, const Settings *settings, DbMode mode)
{
    const char *why = NULL;
    Db *db = db_open(settings->db_url, mode, &why);
    if (!db)
        bench_die("%s", why);
    return (Ctx){.arena = arena,
                 .db = db,
                 .actor = &bench_actor,
                 .city = &settings->city,
                 .now = clock_now()};
}

void bench_close(Ctx *ctx)
{
    db_close(ctx->db);
    ctx->db = NULL;
}

double bench_now_us(const Ctx *ctx)
{
    struct timespec t;
    clock_gettime(db_kind(ctx->db) == DB_POSTGRES ? CLOCK_MONOTONIC : CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}
