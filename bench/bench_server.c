/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* bench_server.c: Vocero's server with a few addresses that only measuring needs.
 *
 * usage: bench_server DATA THREADS
 *
 *   POST /banco/renglon    writes one row of the form's field text; answers after the commit
 *   GET  /banco/renglones  reads 20 of 1,000 rows, never from memory
 *   POST /banco/archivo    a file of up to 2 GB into the vault
 *   GET  /banco/flujo      a stream of events; SIGUSR1 publishes one
 *
 * Prints its address on one line, and ends on SIGTERM.  Limits by address are out of the way: all
 * the load comes from this machine. */
#include "bench_desk.h"
#include "base/id.h"
#include "store/steps.h"
#include "web/form.h"
#include "web/live.h"
#include "web/server.h"

#include <signal.h>
#include <stdlib.h>

enum { ROWS = 1000, SHOWN = 20 };

/* ---- rows ---- */
typedef struct Row {
    i64 id;
    const char *text;
} Row;
static const Field row_fields[] = {FIELD_ID(Row, id), FIELD_TEXT(Row, text)};
static const Shape row_shape = SHAPE("row", Row, row_fields);

static const char make_table[] =
    "CREATE TABLE IF NOT EXISTS bench_row (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT";
static const Query insert_row = {.name = "bench_insert",
                                 .sql = "INSERT INTO bench_row (id, text) VALUES ($1, $2)",
                                 .table = "bench_row",
                                 .writes = true};
static const Query read_rows = {.name = "bench_rows",
                                .sql = "SELECT id, text FROM bench_row ORDER BY id LIMIT $1"};

static bool fill_rows(Ctx *ctx, void *data)
{
    (void)data;
    if (!db_run_script(ctx, make_table))
        return false;
    for (int i = 0; i < ROWS; i++)
        if (!db_write(ctx, &insert_row, I(id_new(ctx->now)),
                      T("Un renglón como otros que se leen de veinte en veinte.")))
            return false;
    return true;
}

static void act_row(Ctx *ctx, const Request *req, Page *page)
{
    const char *text = form_text(ctx, req, "text", 2000);
    Row *row = arena_new_of(ctx->arena, Row);
    *row = (Row){id_new(ctx->now), text ? text : ""};
    if (db_write(ctx, &insert_row, I(row->id), T(row->text)))
        page_one(page, &row_shape, row);
}

static void page_rows(Ctx *ctx, const Request *req, Page *page)
{
    (void)req;
    page_list(page, &row_shape, db_list(ctx, &read_rows, &row_shape, I(SHOWN)), NONE, NULL);
}

/* ---- a file, a stream ---- */
static void act_file(Ctx *ctx, const Request *req, Page *page)
{
    const Upload *upload = req->uploads.items;
    Row *row = arena_new_of(ctx->arena, Row);
    *row = (Row){upload->size, upload->sha256};
    page_one(page, &row_shape, row);
}

static void page_stream(Ctx *ctx, const Request *req, Page *page)
{
    static const Stream stream = {.channel = "banco"};
    (void)ctx;
    (void)req;
    page->stream = &stream;
}

static void publish(const Site *site)
{
    live_publish(site->live, "banco", id_new(clock_now()), "message",
                 "{\"title\":\"Arranca la sesión de Cabildo\",\"text\":\"Se pasa lista: quince de "
                 "quince presentes.\"}");
}

static const Route bench_routes[] = {
    {POST, "/banco/renglon", act_row, PUBLIC, "Writes a row.", .formats = AS_JSON,
     .fields = "text"},
    {GET, "/banco/renglones", page_rows, PUBLIC, "Reads rows.", .formats = AS_JSON,
     .uncached = true},
    {POST, "/banco/archivo", act_file, PUBLIC, "Takes a file.", .formats = AS_JSON, .files = true,
     .body_max = (i64)2 * 1024 * 1024 * 1024},
    {GET, "/banco/flujo", page_stream, PUBLIC, "Events.", .formats = AS_STREAM, .uncached = true},
    {0},
};
static const Route *const routes[] = {bench_routes, NULL};

/* ---- the house ---- */
static Server *server;

static bool nobody(Ctx *ctx, Credential kind, const char *hash, Actor *actor_out)
{
    (void)ctx;
    (void)kind;
    (void)hash;
    (void)actor_out;
    return false;
}

static void on_news(void *to, const WriterNews *news)
{
    (void)to;
    Server *s = __atomic_load_n(&server, __ATOMIC_ACQUIRE);
    if (s)
        server_news(s, news);
}

static void prepare_database(const Settings *settings)
{
    Arena *arena = arena_new(0);
    Ctx ctx = bench_open(arena, settings, DB_WRITE);
    if (!steps_run(&ctx, store_steps, store_steps_count, NULL) ||
        !db_transact(&ctx, fill_rows, NULL))
        bench_die("%s", fault_take(&ctx).what);
    bench_close(&ctx);
    arena_free(arena);
}

static void open_site(Site *site, Settings *settings, int threads)
{
    const char *why = "";
    settings->web.listen = "127.0.0.1:0";
    settings->web.threads = threads;
    settings->web.address_per_minute = settings->web.account_per_minute = 100000000;
    settings->web.connections = settings->web.connections_per_address = 12000;
    site->who = nobody;
    site->settings = settings->web;
    site->city = &settings->city;
    site->db_url = settings->db_url;
    site->data = settings->data;
    site->routes = routes;
    site->vault = vault_open(settings->vault_url, &why);
    site->writer = writer_start(settings->db_url, on_news, NULL, &why);
    if (!site->vault || !site->writer)
        bench_die("%s", why);
    Server *s = server_start(site, &why);
    if (!s)
        bench_die("%s", why);
    __atomic_store_n(&server, s, __ATOMIC_RELEASE);
}

static void serve(Site *site, const sigset_t *signals)
{
    printf("%s\n", server_address(server));
    fflush(stdout);
    for (int got = 0; sigwait(signals, &got) == 0 && got == SIGUSR1;)
        publish(site);
}

int main(int argc, char **argv)
{
    if (argc != 3)
        bench_die("usage: bench_server DATA THREADS");
    arena_keep_memory();
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGUSR1);
    pthread_sigmask(SIG_BLOCK, &signals, NULL);
    signal(SIGPIPE, SIG_IGN);
    Arena *arena = arena_new(0);
    Settings settings = bench_settings(arena, argv[1]);
    static Site site;
    prepare_database(&settings);
    log_level(LOG_WARN); /* a line a request is measured with the real program */
    open_site(&site, &settings, atoi(argv[2]));
    serve(&site, &signals);
    server_stop(server, CLOCK_SECOND);
    writer_stop(site.writer);
    vault_close(site.vault);
    arena_free(arena);
    return 0;
}
