/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* operator_pages.c: /salud, /metrics, /mesa/openapi.json. */
#include "app/operator_pages.h"
#include "base/text.h"
#include "store/db.h"
#include "store/queue.h"
#include "web/form.h"
#include "web/router.h"
#include "web/secret.h"
#include "web/server.h"

#include <sys/statvfs.h>

#define LEAST_FREE_BYTES (64.0 * 1024 * 1024)

/* ---- health ---- */
typedef struct Health {
    bool ok, database, writer, disk;
    i64 waiting, leased, dead; /* jobs */
    const char *version;
} Health;
static const Field health_fields[] = {
    FIELD_BOOL(Health, ok),    FIELD_BOOL(Health, database), FIELD_BOOL(Health, writer), FIELD_BOOL(Health, disk),
    FIELD_INT(Health, waiting), FIELD_INT(Health, leased),   FIELD_INT(Health, dead),    FIELD_TEXT(Health, version),
};
static const Shape health_shape = SHAPE("health", Health, health_fields);

static bool disk_has_room(const Site *site)
{
    struct statvfs fs;
    return statvfs(site->data, &fs) == 0 && (double)fs.f_bavail * (double)fs.f_frsize > LEAST_FREE_BYTES;
}

/* GET /salud: 503 when this node should not get traffic. */
static void page_health(Ctx *ctx, const Request *req, Page *page)
{
    Health *h = arena_new_of(ctx->arena, Health);
    queue_counts(ctx, &h->waiting, &h->leased, &h->dead);
    h->database = !faulted(ctx);
    fault_take(ctx);
    h->writer = req->site->server && server_healthy(req->site->server);
    h->disk = disk_has_room(req->site);
    h->ok = h->database && h->writer && h->disk;
    h->version = req->site->version;
    page->status = h->ok ? 200 : 503;
    page_one(page, &health_shape, h);
}

/* ---- figures ---- */
static bool loopback(const char *address)
{
    return text_starts(address, "127.") || text_same(address, "::1"); /* behind a proxy's socket may be anybody */
}

static bool may_measure(const Request *req)
{
    const char *wanted = req->site->settings.metrics_token;
    const char *given = req->bearer;
    return loopback(req->address) || secret_same(wanted, given);
}

/* GET /metrics: Prometheus' text format; loopback or the operator's token only. */
static void page_metrics(Ctx *ctx, const Request *req, Page *page)
{
    if (!may_measure(req)) {
        fault(ctx, FAULT_FORBIDDEN, "The figures are for this machine or for who has the token of [server] metrics_token.");
        return;
    }
    Buf *out = buf_new(ctx->arena, 8192, 1024 * 1024);
    if (req->site->server) /* tests ask without one */
        server_metrics(req->site->server, out);
    i64 waiting = 0, leased = 0, dead = 0;
    queue_counts(ctx, &waiting, &leased, &dead);
    buf_printf(out, "# TYPE vocero_jobs gauge\nvocero_jobs{state=\"waiting\"} %" PRId64 "\n", waiting);
    buf_printf(out, "vocero_jobs{state=\"leased\"} %" PRId64 "\nvocero_jobs{state=\"dead\"} %" PRId64 "\n", leased, dead);
    page_bytes(page, "text/plain; version=0.0.4; charset=utf-8", NULL, out);
}

/* GET /mesa/openapi.json */
static void page_openapi(Ctx *ctx, const Request *req, Page *page)
{
    Buf *out = buf_new(ctx->arena, 64 * 1024, 4 * 1024 * 1024);
    openapi_write(ctx, req->site, out);
    page_bytes(page, "application/json; charset=utf-8", NULL, out);
}

const Route operator_routes[] = {
    {GET, "/salud", page_health, PUBLIC, "Health of this node", .formats = AS_JSON, .shape = &health_shape, .uncached = true},
    {GET, "/metrics", page_metrics, PUBLIC, "Figures for Prometheus", .formats = AS_JSON, .uncached = true},
    {GET, "/mesa/openapi", page_openapi, LOGIN, "This description", .formats = AS_JSON},
    {0},
};
