/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* server_test.c: the server of the tests, its routes, and a client that writes what is told. */
#include "web/server_test.h"
#include "base/base_test.h"
#include "web/pieces.h"
#include "web/form.h"
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

atomic_int test_rendered, test_entered;
_Atomic i64 test_slow, test_expires;
atomic_bool test_still = true;

/* ---- routes ---- */

static const Query q_count = {.name = "count", .sql = "SELECT count(*) FROM test_note"};
static const Query q_add = {.name = "add",
                            .sql = "INSERT INTO test_note (body) VALUES ($1)",
                            .table = "test_note",
                            .writes = true,
                            .touches_public = true};

static void say_number(Ctx *ctx, Page *page, i64 number)
{
    Buf *out = buf_new(ctx->arena, 64, 1024);
    buf_printf(out, "<%" PRId64 ">", number);
    page_bytes(page, "text/plain; charset=utf-8", NULL, out);
}

static void page_hello(Ctx *ctx, const Request *req, Page *page)
{
    Buf *out = buf_new(ctx->arena, 32 * 1024, 64 * 1024);
    for (int i = 0; buf_size(out) < 20 * 1024; i++)
        buf_printf(out, "Línea %d de un texto que se repite un poco.\n", i * 7919);
    page_bytes(page, "text/plain; charset=utf-8", NULL, out);
}

static void page_count(Ctx *ctx, const Request *req, Page *page)
{
    atomic_fetch_add(&test_rendered, 1);
    i64 number = db_number(ctx, &q_count);
    g_usleep((gulong)atomic_load(&test_slow));
    say_number(ctx, page, number);
}

static void page_old(Ctx *ctx, const Request *req, Page *page)
{
    say_number(ctx, page, atomic_fetch_add(&test_rendered, 1));
    page->expires = ctx->now + atomic_load(&test_expires);
}

static void page_slow(Ctx *ctx, const Request *req, Page *page)
{
    atomic_fetch_add(&test_entered, 1);
    g_usleep((gulong)atomic_load(&test_slow));
    say_number(ctx, page, db_number(ctx, &q_count));
}

static void act_count(Ctx *ctx, const Request *req, Page *page)
{
    if (db_write(ctx, &q_add, T(form_text(ctx, req, "nota", 100))))
        say_number(ctx, page, db_number(ctx, &q_count));
}

static void act_fault(Ctx *ctx, const Request *req, Page *page)
{
    if (db_write(ctx, &q_add, T("in vain")))
        fault(ctx, FAULT_CONFLICT, "no");
}

static bool prepare_slowly(Ctx *ctx, const Request *req, void **prepared_out)
{
    atomic_fetch_add(&test_entered, 1);
    g_usleep((gulong)atomic_load(&test_slow));
    *prepared_out = arena_text(ctx->arena, "ready");
    return true;
}

static void act_prepared(Ctx *ctx, const Request *req, Page *page)
{
    if (req->prepared && strcmp(req->prepared, "ready") == 0 &&
        db_write(ctx, &q_add, T("prepared")))
        say_number(ctx, page, db_number(ctx, &q_count));
}

static char last_file[65]; /* SHA-256 of what came in last */
static i64 last_size;

static void act_upload(Ctx *ctx, const Request *req, Page *page)
{
    const Upload *uploads = req->uploads.items;
    i64 total = 0;
    for (size_t i = 0; i < req->uploads.count; i++) {
        total += uploads[i].size;
        g_strlcpy(last_file, uploads[i].sha256, sizeof last_file);
        last_size = uploads[i].size;
    }
    say_number(ctx, page, total);
}

static void page_last(Ctx *ctx, const Request *req, Page *page)
{
    if (!page_file(ctx, req, page, last_file, "image/jpeg", "plano «1».jpg"))
        return;
}

static bool still(Ctx *ctx, const void *what)
{
    return db_number(ctx, &q_count) != NONE && atomic_load(&test_still);
}

static void page_put_together(Ctx *ctx, const Request *req, Page *page)
{
    enum { COPIES = 12 };
    PagePiece *pieces = arena_array(ctx->arena, PagePiece, COPIES + 2);
    pieces[0] = (PagePiece){.bytes = {"uno", 3}};
    for (int i = 1; i <= COPIES; i++)
        pieces[i] = (PagePiece){.sha256 = arena_text(ctx->arena, last_file), .size = last_size};
    pieces[COPIES + 1] = (PagePiece){.bytes = {"dos", 3}};
    PagePieces *plan = arena_new_of(ctx->arena, PagePieces);
    *plan = (PagePieces){.items = pieces, .count = COPIES + 2, .still = still};
    page_pieces(page, plan, last_file, "application/zip", "todo.zip");
}

static void replay(Ctx *ctx, i64 after, Buf *out)
{
    live_frame(out, after + 1, "replayed", "{}");
}

static void page_stream(Ctx *ctx, const Request *req, Page *page)
{
    static const Stream stream = {.channel = "prueba", .replay = replay};
    page->stream = &stream;
}

static const Route routes[] = {
    {GET, "/hola", page_hello, PUBLIC},
    {GET, "/cuenta", page_count, PUBLIC, .query = "de"},
    {GET, "/viejo", page_old, PUBLIC},
    {GET, "/despacio", page_slow, PUBLIC, .uncached = true},
    {POST, "/cuenta", act_count, PUBLIC},
    {POST, "/falla", act_fault, PUBLIC},
    {POST, "/preparado", act_prepared, PUBLIC, .prepare = prepare_slowly},
    {POST, "/subida", act_upload, PUBLIC, .files = true, .body_max = (i64)4 << 30},
    {GET, "/archivo", page_last, PUBLIC, .uncached = true},
    {GET, "/pedazos", page_put_together, PUBLIC, .uncached = true, .one_kind = true},
    {GET, "/flujo", page_stream, PUBLIC, .formats = AS_STREAM},
    {0},
};
static const Route *const tables[] = {routes, NULL};

/* ---- the server ---- */

static void on_news(void *to, const WriterNews *news)
{
    TestServer *t = to;
    if (t->server)
        server_news(t->server, news);
}

static WebSettings usual(void)
{
    return (WebSettings){
        .listen = "127.0.0.1:0",
        .proxies = "",
        .threads = 2,
        .cache_max = 1 << 20,
        .address_per_minute = 0,
        .account_per_minute = 0,
        .head_deadline = 10 * CLOCK_SECOND,
        .body_rate = 1024,
        .idle = 10 * CLOCK_SECOND,
        .connections = 2000,
        .connections_per_address = 2000,
    };
}

void server_test_open(TestServer *t, const void *settings)
{
    const char *why = "";
    *t = (TestServer){0};
    atomic_store(&test_rendered, 0);
    atomic_store(&test_entered, 0);
    atomic_store(&test_slow, 0);
    g_assert_true(store_test_open(&t->store, DB_SQLITE));
    test_script(&t->store.ctx, "CREATE TABLE test_note (id INTEGER PRIMARY KEY, body TEXT)");
    g_autofree char *vault_url = g_strdup_printf("file:%s", test_folder());
    t->site =
        (Site){.city = &t->store.city, .db_url = t->store.url, .routes = tables, .version = "test"};
    t->site.settings = settings ? *(const WebSettings *)settings : usual();
    t->site.vault = vault_open(vault_url, &why);
    t->site.writer = writer_start(t->store.url, on_news, t, &why);
    g_assert_nonnull(t->site.writer);
    t->server = server_start(&t->site, &why);
    if (!t->server)
        g_error("the server does not start: %s", why);
    const char *colon = strrchr(server_address(t->server), ':');
    t->port = (int)g_ascii_strtoll(colon + 1, NULL, 10);
}

void server_test_stop(TestServer *t, i64 grace)
{
    Server *server = t->server;
    server_stop(server, grace);
    t->server = NULL;
    t->stopped = true;
}

void server_test_close(TestServer *t, const void *unused)
{
    if (!t->stopped)
        server_test_stop(t, CLOCK_SECOND);
    writer_stop(t->site.writer);
    vault_close(t->site.vault);
    store_test_close(&t->store);
}

/* ---- the client ---- */

int test_connect(const TestServer *t)
{
    struct sockaddr_in to = {.sin_family = AF_INET,
                             .sin_port = htons((uint16_t)t->port),
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    g_assert_cmpint(connect(fd, (struct sockaddr *)&to, sizeof to), ==, 0);
    return fd;
}

void test_send(int fd, const char *text)
{
    for (size_t n = strlen(text), at = 0; at < n;) {
        ssize_t sent = send(fd, text + at, n - at, MSG_NOSIGNAL);
        if (sent <= 0)
            return; /* closed: the reply says so */
        at += (size_t)sent;
    }
}

static bool read_some(int fd, GString *into)
{
    char bytes[16 * 1024];
    struct pollfd p = {.fd = fd, .events = POLLIN};
    if (poll(&p, 1, 5000) <= 0)
        return false;
    ssize_t n = recv(fd, bytes, sizeof bytes, 0);
    if (n > 0)
        g_string_append_len(into, bytes, n);
    return n > 0;
}

char *reply_header(const Reply *r, const char *name)
{
    g_autofree char *mark = g_strdup_printf("\r\n%s: ", name);
    const char *at = r->head ? strcasestr(r->head, mark) : NULL;
    if (!at)
        return NULL;
    at += strlen(mark);
    return g_strndup(at, strcspn(at, "\r"));
}

/* How long the body is; SIZE_MAX: to the end. */
static size_t body_length(const Reply *r, bool head_only)
{
    g_autofree char *length = reply_header(r, "Content-Length");
    if (head_only || r->status == 304 || r->status == 204 || r->status == 100)
        return 0;
    return length ? (size_t)g_ascii_strtoull(length, NULL, 10) : SIZE_MAX;
}

/* Reads no byte behind the answer's end, so that several can be read from one connection. */
static bool read_head(int fd, GString *head)
{
    while (!g_str_has_suffix(head->str, "\r\n\r\n")) {
        char c;
        struct pollfd p = {.fd = fd, .events = POLLIN};
        if (poll(&p, 1, 5000) <= 0 || recv(fd, &c, 1, 0) != 1)
            return false;
        g_string_append_c(head, c);
    }
    return true;
}

Reply test_reply(int fd, bool head_only)
{
    Reply r = {0};
    GString *head = g_string_new(NULL), *body = g_string_new(NULL);
    bool whole = read_head(fd, head);
    r.head = g_string_free(head, FALSE);
    if (whole && strncmp(r.head, "HTTP/1.", 7) == 0)
        r.status = (int)g_ascii_strtoll(r.head + 9, NULL, 10);
    size_t length = whole ? body_length(&r, head_only) : 0;
    while (body->len < length) {
        size_t want = MIN(length - body->len, 16 * 1024);
        char bytes[16 * 1024];
        struct pollfd p = {.fd = fd, .events = POLLIN};
        ssize_t n = poll(&p, 1, 5000) > 0 ? recv(fd, bytes, want, 0) : -1;
        if (n <= 0)
            break;
        g_string_append_len(body, bytes, n);
    }
    r.size = body->len;
    r.body = g_string_free(body, FALSE);
    r.ended = !whole;
    return r;
}

void reply_free(Reply *r)
{
    g_free(r->head);
    g_free(r->body);
}

Reply test_ask(const TestServer *t, const char *request)
{
    int fd = test_connect(t);
    test_send(fd, request);
    Reply r = test_reply(fd, g_str_has_prefix(request, "HEAD "));
    close(fd);
    return r;
}

Reply test_get(const TestServer *t, const char *target, const char *more_headers)
{
    g_autofree char *request = g_strdup_printf("GET %s HTTP/1.1\r\nHost: prueba\r\n%s\r\n", target,
                                               more_headers ? more_headers : "");
    return test_ask(t, request);
}

bool test_closed(int fd, i64 within)
{
    i64 until = clock_monotonic() + within;
    g_autoptr(GString) scrap = g_string_new(NULL);
    for (i64 now = clock_monotonic(); now < until; now = clock_monotonic()) {
        struct pollfd p = {.fd = fd, .events = POLLIN};
        if (poll(&p, 1, (int)((until - now) / 1000) + 1) > 0 && !read_some(fd, scrap))
            return true;
    }
    return false;
}
