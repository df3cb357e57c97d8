/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* db.c: what both databases share: faults, shapes, counting, public tables, exactly one row. */
#include "store/db.h"
#include "base/log.h"
#include "store/db_driver.h"
#include "store/db_shape.h"

#include <glib.h>

/* ---- connections ---- */
static const DbDriver *driver_of(const char *url)
{
    if (g_str_has_prefix(url, "sqlite:"))
        return &db_sqlite;
    if (g_str_has_prefix(url, "postgresql://") || g_str_has_prefix(url, "postgres://"))
        return &db_postgres;
    return NULL;
}

Db *db_open(const char *url, DbMode mode, const char **why_out)
{
    const DbDriver *driver = driver_of(url);
    if (!driver) {
        *why_out = db_why("The database \"%s\" is neither sqlite:PATH nor postgresql://…", url);
        return NULL;
    }
    void *handle = driver->open(url, mode, why_out);
    if (!handle)
        return NULL;
    Db *db = g_new0(Db, 1);
    db->driver = driver;
    db->handle = handle;
    db->mode = mode;
    db->maps = db_maps_new();
    return db;
}

void db_close(Db *db)
{
    if (!db)
        return;
    if (db->in_transaction)
        db->driver->rollback(db->handle);
    db->driver->close(db->handle);
    db_maps_free(db->maps);
    g_free(db);
}

DbKind db_kind(const Db *db)
{
    return db->driver->kind;
}

bool db_readonly(const Db *db)
{
    return db->mode == DB_READ;
}

u64 db_queries(const Db *db)
{
    return db->queries;
}

u64 db_commits(const Db *db)
{
    return db->commits;
}

bool db_touched_public(const Db *db)
{
    return db->done.touched_public;
}

DbElsewhere db_changed_elsewhere(Db *db)
{
    return db->driver->changed_elsewhere(db->handle);
}

int db_news_socket(Db *db)
{
    return db->driver->news_socket ? db->driver->news_socket(db->handle) : -1;
}

void db_heed(Db *db)
{
    if (db->driver->heed)
        db->driver->heed(db->handle);
}

bool db_heeded(Db *db)
{
    return !db->driver->heeded || db->driver->heeded(db->handle);
}

/* ---- faults ---- */
void *db_fault(Ctx *ctx, const Db *db, DbStep step, const char *query)
{
    switch (step) {
    case DB_CONSTRAINT:
        return fault(
            ctx, FAULT_CONFLICT,
            "This clashes with a record that is there already, or one that it needs is gone.");
    case DB_LOCKED:
        return fault(ctx, FAULT_BUSY, "Somebody else is writing just now. Try again in a moment.");
    case DB_SLOW:
        return fault(ctx, FAULT_BUSY,
                     "This takes too long just now. Ask for less, or try again later.");
    case DB_FULL:
        return fault(ctx, FAULT_BUSY,
                     "The disk is full: nothing was saved. Make room on it, then try again.");
    case DB_REFUSED:
        return fault(
            ctx, FAULT_BUSY,
            "The disk takes no data: nothing was saved. Look at the disk, then try again.");
    case DB_GONE:
        return fault(ctx, FAULT_BUSY,
                     "The database does not answer: nothing was saved. Try again in a moment.");
    case DB_UNSURE:
        return fault(ctx, FAULT_BUSY,
                     "The database went away while it saved. Look whether your change is there "
                     "before you repeat it.");
    default: return fault(ctx, FAULT_BROKEN, "%s: %s", query, db->driver->error(db->handle));
    }
}

void *db_fail(Ctx *ctx, DbStep step, const char *query)
{
    Db *db = ctx->db;
    if (faulted(ctx))
        return NULL;
    if (step != DB_CONSTRAINT && step != DB_ERROR)
        log_line(LOG_WARN, "db_failed", LOG_T("query", query),
                 LOG_T("error", db->driver->error(db->handle)));
    return db_fault(ctx, db, step, query);
}

/* PostgreSQL gives up a transaction at its first error, SQLite when its disk is full. */
static void *fail(Ctx *ctx, DbStep step, const char *query)
{
    Db *db = ctx->db;
    if (db->in_transaction && !db->broken && !db->driver->healthy(db->handle)) {
        db->broken = true;
        db->failed = step;
    }
    return db_fail(ctx, step, query);
}

/* ---- running a statement ---- */
typedef struct Running {
    const DbDriver *driver;
    DbRows *rows;
} Running;

static void running_end(Running *running)
{
    if (running->rows)
        running->driver->finish(running->rows);
}

static bool may_write(Ctx *ctx, const char *query)
{
    Db *db = ctx->db;
    if (db->mode == DB_READ)
        return fault(ctx, FAULT_BROKEN, "%s writes, but this connection only reads", query);
    if (!db->in_transaction)
        return fault(ctx, FAULT_BROKEN, "%s writes outside a transaction", query);
    return true;
}

static DbRows *start(Ctx *ctx, const Query *q, const Bind *binds, size_t n)
{
    if (faulted(ctx))
        return NULL;
    Db *db = ctx->db;
    if (q->writes && !may_write(ctx, q->name))
        return NULL;
    if (db->broken)
        return fault(ctx, FAULT_BROKEN, "%s: the transaction failed before", q->name);
    db->queries++;
    DbRows *rows = db->driver->start(db->handle, q, binds + 1, n); /* BINDS has a dummy at [0] */
    return rows ? rows : fail(ctx, db->driver->failure(db->handle), q->name);
}

static void wrote(Db *db, const Query *q)
{
    db->done.wrote = true;
    if (q->touches_public)
        db->done.touched_public = true;
}

/* Another row? False at the end and after a fault. */
static bool next(Ctx *ctx, DbRows *rows, const Query *q)
{
    DbStep step = ctx->db->driver->step(rows);
    if (step == DB_ROW) {
        if (q->writes) /* RETURNING */
            wrote(ctx->db, q);
        return true;
    }
    if (step != DB_DONE)
        fail(ctx, step, q->name);
    return false;
}

/* ---- reading ---- */
const void *db_maybe_(Ctx *ctx, const Query *q, const Shape *shape, const Bind *binds, size_t n)
{
    Running running CLEANUP(running_end)
    = {ctx->db->driver, start(ctx, q, binds, n)};
    if (!running.rows || !next(ctx, running.rows, q))
        return NULL;
    void *item = arena_bytes(ctx->arena, shape->size);
    const DbMap *map = db_map(ctx->db->maps, running.driver, running.rows, shape);
    return db_map_fill(ctx, map, running.driver, running.rows, item) ? item : NULL;
}

const void *db_one_(Ctx *ctx, const Query *q, const Shape *shape, const Bind *binds, size_t n)
{
    const void *item = db_maybe_(ctx, q, shape, binds, n);
    return item ? item : fault(ctx, FAULT_NOT_FOUND, "There is no such record, or no longer.");
}

static char *grown(Ctx *ctx, const char *items, size_t used, size_t room)
{
    char *more = arena_bytes(ctx->arena, room);
    memcpy(more, items, used);
    return more;
}

static List collect(Ctx *ctx, DbRows *rows, const Query *q, const Shape *shape)
{
    enum { FIRST = 16 };
    const DbDriver *driver = ctx->db->driver;
    size_t count = 0, room = 0;
    char *items = NULL;
    while (next(ctx, rows, q)) {
        if (arena_full(ctx->arena)) {
            fault(ctx, FAULT_TOO_LARGE,
                  "This is more than fits into one answer. Ask for a smaller part.");
            break;
        }
        if (count == room) {
            room = room ? 2 * room : FIRST;
            items = grown(ctx, items ? items : "", count * shape->size, room * shape->size);
        }
        const DbMap *map = db_map(ctx->db->maps, driver, rows, shape);
        if (!db_map_fill(ctx, map, driver, rows, items + count * shape->size))
            break;
        count++;
    }
    return faulted(ctx) ? (List){0} : (List){items, count};
}

List db_list_(Ctx *ctx, const Query *q, const Shape *shape, const Bind *binds, size_t n)
{
    Running running CLEANUP(running_end)
    = {ctx->db->driver, start(ctx, q, binds, n)};
    return running.rows ? collect(ctx, running.rows, q, shape) : (List){0};
}

i64 db_number_(Ctx *ctx, const Query *q, const Bind *binds, size_t n)
{
    Running running CLEANUP(running_end)
    = {ctx->db->driver, start(ctx, q, binds, n)};
    if (!running.rows || !next(ctx, running.rows, q))
        return NONE;
    bool nothing = running.driver->column_null(running.rows, 0);
    return nothing ? NONE : running.driver->column_int(running.rows, 0);
}

/* ---- writing ---- */
static bool exactly_one(Ctx *ctx, const Query *q, i64 changed)
{
    if (changed == 1)
        return true;
    if (changed == 0)
        return fault(
            ctx, FAULT_CONFLICT,
            "Somebody else changed this first. Look at it again, then repeat your change.");
    return fault(ctx, FAULT_BROKEN, "%s changed %" PRId64 " rows instead of one", q->name, changed);
}

bool db_write_(Ctx *ctx, const Query *q, i64 *changed_out, const Bind *binds, size_t n)
{
    if (!faulted(ctx) && !q->writes)
        return fault(ctx, FAULT_BROKEN, "%s writes nothing", q->name);
    Running running CLEANUP(running_end)
    = {ctx->db->driver, start(ctx, q, binds, n)};
    if (!running.rows)
        return false;
    while (next(ctx, running.rows, q))
        ; /* RETURNING rows that nobody wants */
    if (faulted(ctx))
        return false;
    i64 changed = running.driver->changed(running.rows);
    if (changed > 0)
        wrote(ctx->db, q);
    if (!changed_out)
        return exactly_one(ctx, q, changed);
    *changed_out = changed;
    return true;
}

/* ---- checks ---- */
bool db_run_script(Ctx *ctx, const char *sql)
{
    if (faulted(ctx) || !may_write(ctx, "a script"))
        return false;
    ctx->db->queries++;
    DbStep step = ctx->db->driver->script(ctx->db->handle, sql);
    if (step != DB_DONE)
        return fail(ctx, step, "a script");
    ctx->db->done.wrote = true;
    return true;
}

enum { PLAN_MAX = 256 * 1024 };

bool db_explain(Ctx *ctx, const Query *q, const char **plan_out, bool *scans_out)
{
    if (faulted(ctx))
        return false;
    Db *db = ctx->db;
    Buf *plan = buf_new(ctx->arena, 1024, PLAN_MAX);
    bool scans = false;
    if (!db->driver->explain(db->handle, q, plan, &scans))
        return fail(ctx, db->driver->failure(db->handle), q->name);
    *plan_out = buf_data(plan);
    *scans_out = scans;
    return true;
}

bool db_integrity(Ctx *ctx, const char **trouble_out)
{
    if (faulted(ctx))
        return false;
    Db *db = ctx->db;
    Buf *trouble = buf_new(ctx->arena, 256, PLAN_MAX);
    if (!db->driver->integrity(db->handle, trouble))
        return fail(ctx, db->driver->failure(db->handle), "integrity");
    *trouble_out = buf_size(trouble) ? buf_data(trouble) : NULL;
    return buf_size(trouble) == 0;
}
