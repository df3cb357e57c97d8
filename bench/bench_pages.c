/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* bench_pages.c: what one page costs: the exchange from its head to its answer, without a socket.
 *
 * usage: bench_pages ADDRESS DATA [DATA…]
 *
 * With several data folders their turns alternate in one process, so that their ratio is not the
 * machine's mood.  One line a folder: median, least and most microseconds of CPU of this thread, bytes
 * of the answer.  CPU and not the clock on the wall: a page from a warm database waits for nobody, and
 * others may use the machine. */
#include "bench_desk.h"
#include "app/rooms.h"
#include "base/id.h"
#include "web/exchange.h"
#include "web/router.h"

#include <stdlib.h>

#define COOKIE "vocero=banco-de-pruebas-0123456789abcdef"

enum { FOLDERS_MAX = 4, ROUNDS = 31, ROUND_US = 20000, TIMES_MAX = 2000 };

typedef struct Folder {
    const char *data;
    Arena *arena;
    Settings settings;
    Site site;
    Ctx ctx;
    int times;             /* a round's */
    double rounds[ROUNDS]; /* microseconds a page */
    size_t bytes;
} Folder;

static bool who(Ctx *ctx, Credential kind, const char *hash, Actor *actor_out)
{
    (void)ctx;
    (void)kind;
    (void)hash;
    *actor_out = bench_actor;
    return true;
}

static void folder_open(Folder *f, const char *data)
{
    const char *why = NULL;
    f->data = data;
    f->arena = arena_new(0);
    f->settings = bench_settings(f->arena, data);
    f->ctx = bench_open(f->arena, &f->settings, DB_READ);
    rooms_hang(&f->site);
    f->site.city = &f->settings.city;
    f->site.who = who;
    f->site.seen = NULL;
    f->site.router = router_new(f->site.routes);
    f->site.vault = vault_open(f->settings.vault_url, &why);
    if (!f->site.vault)
        bench_die("%s", why);
}

static void folder_close(Folder *f)
{
    bench_close(&f->ctx);
    vault_close(f->site.vault);
    router_free(f->site.router);
    arena_free(f->arena);
}

static void carry(Exchange *ex, Db *reader)
{
    exchange_open(ex, reader);
    if (ex->stage == STAGE_BODY)
        exchange_closed(ex);
    for (int turn = 0; ex->stage == STAGE_READ && turn < 3; turn++) {
        ex->ctx.db = reader;
        exchange_run(ex);
    }
    if (ex->stage != STAGE_ANSWER)
        bench_die("%s is more than a page that is read", ex->target);
    exchange_answer(ex);
}

/* One request as a browser's; the bytes of its answer. */
static size_t ask(Folder *f, const char *address)
{
    static const Header headers[] = {{"Host", "127.0.0.1"},
                                     {"Accept", "text/html"},
                                     {"Accept-Language", "es-MX"},
                                     {"Cookie", COOKIE}};
    Arena *arena = arena_new(0);
    char *path = arena_text(arena, address), *mark = strchr(path, '?');
    if (mark)
        *mark = '\0';
    Exchange ex = {.site = &f->site,
                   .method = "GET",
                   .target = path,
                   .query = mark ? mark + 1 : NULL,
                   .headers = headers,
                   .header_count = COUNT(headers),
                   .peer = "127.0.0.1"};
    ex.ctx = (Ctx){
        .arena = arena, .actor = &actor_nobody, .city = &f->settings.city, .now = clock_now()};
    id_write(ex.request_id, id_new(ex.ctx.now));
    carry(&ex, f->ctx.db);
    if (ex.status != 200)
        bench_die("%s of %s answers %d", address, f->data, ex.status);
    size_t bytes = ex.body.size;
    exchange_free(&ex);
    arena_free(arena);
    return bytes;
}

static double round_of(Folder *f, const char *address)
{
    double began = bench_now_us(&f->ctx);
    for (int i = 0; i < f->times; i++)
        f->bytes = ask(f, address);
    return (bench_now_us(&f->ctx) - began) / f->times;
}

/* Warms up, and finds how many pages make a round long enough for the clock. */
static void warm_up(Folder *f, const char *address)
{
    f->times = 10;
    round_of(f, address);
    double once = round_of(f, address);
    int wanted = (int)(ROUND_US / once) + 1;
    f->times = wanted > TIMES_MAX ? TIMES_MAX : wanted;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
    if (argc < 3 || argc > 2 + FOLDERS_MAX)
        bench_die("usage: bench_pages ADDRESS DATA [DATA…]");
    arena_keep_memory();
    static Folder folders[FOLDERS_MAX];
    int count = argc - 2;
    log_level(LOG_ERROR);
    for (int i = 0; i < count; i++) {
        folder_open(&folders[i], argv[i + 2]);
        warm_up(&folders[i], argv[1]);
    }
    for (int round = 0; round < ROUNDS; round++)
        for (int i = 0; i < count; i++)
            folders[i].rounds[round] = round_of(&folders[i], argv[1]);
    for (int i = 0; i < count; i++) {
        double *rounds = folders[i].rounds;
        qsort(rounds, ROUNDS, sizeof *rounds, by_size);
        printf("%.2f %.2f %.2f %zu\n", rounds[ROUNDS / 2], rounds[0], rounds[ROUNDS - 1],
               folders[i].bytes);
        folder_close(&folders[i]);
    }
    return 0;
}
