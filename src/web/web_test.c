/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* web_test.c: carries an exchange through its stages as the server does, in one thread. */
#include "web/web_test.h"
#include "web/pieces.h"

#include <glib.h>

#include "base/base_test.h"
#include "base/text.h"
#include "web/router.h"
#include "web/secret.h"

#define SESSION_TOKEN "prueba-de-sesion-0123456789abcdef"
#define PROGRAM_TOKEN "prueba-de-programa-0123456789abcd"

enum { USUAL_MAX = 24, TURNS_MAX = 12 };

static PageTest *asking; /* site->who has no place for it */

/* ---- who ---- */

static bool is_hash_of(const char *hash, const char *token)
{
    g_autofree char *wanted = g_compute_checksum_for_string(G_CHECKSUM_SHA256, token, -1);
    return !strcmp(hash, wanted);
}

static bool who(Ctx *ctx, Credential kind, const char *hash, Actor *actor_out)
{
    (void)ctx;
    if (!asking->actor.id ||
        !is_hash_of(hash, kind == CREDENTIAL_SESSION ? SESSION_TOKEN : PROGRAM_TOKEN))
        return false;
    *actor_out = asking->actor;
    return true;
}

void page_test_as(PageTest *p, const Actor *actor)
{
    p->actor = actor ? *actor : actor_nobody;
}

const char *page_test_csrf(PageTest *p)
{
    return secret_seal(p->kept, &p->site, "csrf", SESSION_TOKEN);
}

/* ---- opening ---- */

void page_test_open(PageTest *p, StoreTest *store, const Route *const *routes)
{
    const char *why = "";
    *p = (PageTest){
        .store = store, .city = store->city, .actor = actor_nobody, .kept = arena_new(0)};
    p->reader = store_test_connect(store, DB_READ);
    g_autofree char *url = g_strdup_printf("file:%s", test_folder());
    p->site = (Site){.city = &p->city, .routes = routes, .who = who, .version = "0"};
    p->site.vault = vault_open(url, &why);
    g_assert_nonnull(p->site.vault);
    memset(p->site.secret, 7, sizeof p->site.secret);
    p->site.router = router_new(routes);
}

void page_test_close(PageTest *p)
{
    router_free(p->site.router);
    vault_close(p->site.vault);
    db_close(p->reader);
    arena_free(p->kept);
}

/* ---- the request ---- */

typedef struct Head {
    Header items[USUAL_MAX];
    size_t count;
} Head;

static bool given(const PageAsk *ask, const char *name)
{
    for (size_t i = 0; i < COUNT(ask->headers) && ask->headers[i].name; i++)
        if (!g_ascii_strcasecmp(ask->headers[i].name, name))
            return true;
    return false;
}

static void usual(Head *head, const PageAsk *ask, const char *name, const char *value)
{
    if (value && !given(ask, name))
        head->items[head->count++] = (Header){name, value};
}

static size_t body_size(const PageAsk *ask)
{
    if (!ask->body)
        return 0;
    return ask->body_size ? ask->body_size : strlen(ask->body);
}

static void browser_headers(PageTest *p, const PageAsk *ask, Head *head)
{
    bool post = ask->method && strcmp(ask->method, "GET") && strcmp(ask->method, "HEAD") && strcmp(ask->method, "OPTIONS");
    bool https = text_starts(p->city.base_url, "https:");
    usual(head, ask, "Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8");
    usual(head, ask, "Accept-Language", "es-MX,es;q=0.9,en;q=0.5");
    usual(head, ask, "Sec-Fetch-Site", post ? "same-origin" : NULL);
    usual(head, ask, "Cookie",
          p->actor.id ? (https ? "__Host-vocero=" SESSION_TOKEN : "vocero=" SESSION_TOKEN) : NULL);
}

static void fill_head(PageTest *p, const PageAsk *ask, const char *body, size_t size, Head *head)
{
    for (size_t i = 0; i < COUNT(ask->headers) && ask->headers[i].name; i++)
        if (*ask->headers[i].value)
            head->items[head->count++] = ask->headers[i];
    usual(head, ask, "Host", "vocero.example");
    if (ask->program) {
        usual(head, ask, "Accept", "application/json");
        usual(head, ask, "Authorization", p->actor.id ? "Bearer " PROGRAM_TOKEN : NULL);
    } else {
        browser_headers(p, ask, head);
    }
    if (!body)
        return;
    usual(head, ask, "Content-Type", ask->type ? ask->type : "application/x-www-form-urlencoded");
    usual(head, ask, "Content-Length", arena_printf(p->kept, "%zu", size));
}

/* The form as the page would have had it: with the token of the login. */
static const char *with_csrf(PageTest *p, const PageAsk *ask)
{
    if (!ask->body || ask->type || ask->program || ask->no_csrf || !p->actor.id)
        return ask->body;
    return arena_printf(p->kept, "%s%scsrf=%s", ask->body, *ask->body ? "&" : "",
                        page_test_csrf(p));
}

/* ---- the stages ---- */

static void send_body(Exchange *ex, const PageAsk *ask, const char *body, size_t size)
{
    size_t step = ask->chunk ? ask->chunk : size;
    for (size_t at = 0; at < size; at += step)
        if (!exchange_body(ex, body + at, at + step < size ? step : size - at))
            return;
    exchange_closed(ex);
}

/* As the writer does it: a savepoint for the job, and nothing of it when it says no. */
static void write_once(PageTest *p, Exchange *ex)
{
    Ctx *ctx = &p->store->ctx;
    g_assert_true(db_begin(ctx) && db_savepoint(ctx));
    ex->ctx.db = ctx->db;
    bool done = exchange_run(ex) && !faulted(&ex->ctx);
    ex->ctx.db = NULL;
    if (done && !p->commit_fails) {
        g_assert_true(db_release(ctx) && db_commit(ctx));
        return;
    }
    db_rollback_to_savepoint(ctx);
    db_rollback(ctx);
    fault_take(ctx);
    if (done)
        fault(&ex->ctx, FAULT_BUSY, "the disk is full");
    p->commit_fails = false;
}

static void read_once(PageTest *p, Exchange *ex)
{
    ex->ctx.db = p->reader;
    exchange_run(ex);
    ex->ctx.db = NULL;
}

static void carry(PageTest *p, Exchange *ex, const PageAsk *ask, const char *body, size_t size)
{
    exchange_open(ex, p->reader);
    for (int turn = 0; ex->stage != STAGE_ANSWER && ex->stage != STAGE_STREAM; turn++) {
        g_assert_cmpint(turn, <, TURNS_MAX);
        switch (ex->stage) {
        case STAGE_BODY: send_body(ex, ask, body, size); break;
        case STAGE_PREPARE: exchange_prepare(ex, p->reader); break;
        case STAGE_READ: read_once(p, ex); break;
        default: write_once(p, ex); break;
        }
    }
    exchange_answer(ex);
}

/* ---- the answer ---- */

/* Many pieces, as the server would send them. */
static const char *whole_of(PageTest *p, const Exchange *ex)
{
    char *bytes = arena_bytes(p->kept, ex->body.size + 1);
    PieceReader reader = piece_reader(ex->page.pieces, p->site.vault);
    if (ex->body.size)
        g_assert_cmpint(pieces_read((Ctx *)&ex->ctx, &reader, 0, bytes, ex->body.size), ==, (i64)ex->body.size);
    piece_reader_close(&reader);
    return bytes;
}

static const PageAnswer *keep(PageTest *p, const Exchange *ex, u64 queries)
{
    PageAnswer *a = arena_new_of(p->kept, PageAnswer);
    Header *headers = arena_array(p->kept, Header, ex->out_count + 1);
    for (size_t i = 0; i < ex->out_count; i++)
        headers[i] =
            (Header){arena_text(p->kept, ex->out[i].name), arena_text(p->kept, ex->out[i].value)};
    a->status = ex->status;
    a->size = ex->body.size;
    a->body = ex->page.pieces ? whole_of(p, ex) : arena_copy(p->kept, ex->body.data ? ex->body.data : "", ex->body.size);
    a->headers = headers;
    a->header_count = ex->out_count;
    a->cache_key = arena_text(p->kept, ex->cache_key);
    a->channel = ex->page.stream ? arena_text(p->kept, ex->page.stream->channel) : NULL;
    a->queries = queries;
    a->arena_bytes = arena_used(ex->ctx.arena);
    return a;
}

const PageAnswer *page_test_ask(PageTest *p, const PageAsk *ask)
{
    Head head = {.count = 0};
    const char *body = with_csrf(p, ask);
    size_t size = body == ask->body ? body_size(ask) : strlen(body);
    fill_head(p, ask, body, size, &head);
    g_auto(GStrv) parts = g_strsplit(ask->target, "?", 2);
    Exchange ex = {.site = &p->site, .ctx = {.arena = arena_new(0), .city = &p->city}};
    ex.ctx.now = p->store->ctx.now;
    ex.method = ask->method ? ask->method : "GET";
    ex.target = parts[0];
    ex.query = parts[1];
    ex.headers = head.items;
    ex.header_count = head.count;
    ex.peer = "127.0.0.1";
    g_strlcpy(ex.request_id, "0000000000000", sizeof ex.request_id);
    asking = p;
    u64 before = db_queries(p->reader) + db_queries(p->store->ctx.db);
    carry(p, &ex, ask, body, size);
    const PageAnswer *answer =
        keep(p, &ex, db_queries(p->reader) + db_queries(p->store->ctx.db) - before);
    exchange_free(&ex);
    arena_free(ex.ctx.arena);
    return answer;
}

const PageAnswer *page_test_get(PageTest *p, const char *target)
{
    return page_test_ask(p, &(PageAsk){.target = target});
}

const PageAnswer *page_test_post(PageTest *p, const char *target, const char *form)
{
    return page_test_ask(p, &(PageAsk){.method = "POST", .target = target, .body = form});
}

const PageAnswer *page_test_json(PageTest *p, const char *target)
{
    return page_test_ask(p, &(PageAsk){.target = target, .program = true});
}

const PageAnswer *page_test_send_json(PageTest *p, const char *target, const char *json)
{
    return page_test_ask(p, &(PageAsk){.method = "POST",
                                       .target = target,
                                       .body = json,
                                       .type = "application/json",
                                       .program = true});
}

const PageAnswer *page_test_status(const PageAnswer *a, int status)
{
    if (a->status != status)
        g_error("%d instead of %d: %s", a->status, status, a->body);
    return a;
}

const PageAnswer *page_test_get_as(PageTest *p, const Actor *who, const char *target, int status)
{
    page_test_as(p, who);
    return page_test_status(page_test_get(p, target), status);
}

const PageAnswer *page_test_post_as(PageTest *p, const Actor *who, const char *target, const char *form, int status)
{
    page_test_as(p, who);
    return page_test_status(page_test_post(p, target, form), status);
}

const PageAnswer *page_test_send_as(PageTest *p, const Actor *who, const char *target, const char *json, int status)
{
    page_test_as(p, who);
    return page_test_status(page_test_send_json(p, target, json), status);
}

const char *page_test_header(const PageAnswer *a, const char *name)
{
    for (size_t i = 0; i < a->header_count; i++)
        if (!g_ascii_strcasecmp(a->headers[i].name, name))
            return a->headers[i].value;
    return NULL;
}

int page_test_header_count(const PageAnswer *a, const char *name)
{
    int n = 0;
    for (size_t i = 0; i < a->header_count; i++)
        n += !g_ascii_strcasecmp(a->headers[i].name, name);
    return n;
}

void page_test_has(const PageAnswer *a, const char *text, bool wanted, const char *file, int line)
{
    if ((strstr(a->body, text) != NULL) != wanted)
        g_error("%s:%d: the answer %d %s \"%s\":\n%s", file, line, a->status,
                wanted ? "lacks" : "holds", text, a->body);
}
