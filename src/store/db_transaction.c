/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* db_transaction.c: begin, savepoints, commit; what a transaction has done so far. */
#include "store/db_driver.h"

static void forget(Db *db)
{
    db->in_transaction = false;
    db->broken = false;
    db->savepoints = 0;
}

bool db_begin(Ctx *ctx)
{
    Db *db = ctx->db;
    if (faulted(ctx))
        return false;
    if (db->in_transaction)
        return fault(ctx, FAULT_BROKEN, "a transaction inside a transaction");
    db->done = (DbDone){0};
    DbStep step = db->driver->begin(db->handle);
    if (step != DB_DONE) {
        db->failed = step;
        return db_fail(ctx, step, "BEGIN");
    }
    db->in_transaction = true;
    return true;
}

void db_rollback(Ctx *ctx)
{
    Db *db = ctx->db;
    if (!db->in_transaction)
        return;
    db->driver->rollback(db->handle);
    db->done = (DbDone){0};
    forget(db);
}

static bool may_commit(Ctx *ctx)
{
    if (faulted(ctx))
        return false;
    if (!ctx->db->in_transaction)
        return fault(ctx, FAULT_BROKEN, "COMMIT without a transaction");
    if (ctx->db->broken)
        return fault(ctx, FAULT_BROKEN, "COMMIT after the transaction failed");
    return true;
}

bool db_commit(Ctx *ctx)
{
    Db *db = ctx->db;
    if (!may_commit(ctx) || (db->before_commit && !db->before_commit(ctx))) {
        db_rollback(ctx);
        return false;
    }
    DbStep step = db->driver->commit(db->handle);
    if (step != DB_DONE) {
        db->failed = step;
        db_fail(ctx, step, "COMMIT");
        db_rollback(ctx);
        return false;
    }
    db->commits += db->done.wrote;
    forget(db);
    return true;
}

/* ---- savepoints ---- */
static bool marked(Ctx *ctx, DbMark what)
{
    Db *db = ctx->db;
    DbStep step = db->broken ? db->failed : db->driver->mark(db->handle, what);
    if (step == DB_DONE)
        return true;
    db->broken = true;
    db->failed = step;
    return db_fail(ctx, step, "SAVEPOINT");
}

bool db_savepoint(Ctx *ctx)
{
    Db *db = ctx->db;
    if (faulted(ctx))
        return false;
    if (!db->in_transaction || db->savepoints == DB_SAVEPOINTS_MAX)
        return fault(ctx, FAULT_BROKEN, "no place for a savepoint");
    if (!marked(ctx, DB_SAVEPOINT))
        return false;
    db->saved[db->savepoints++] = db->done;
    return true;
}

bool db_release(Ctx *ctx)
{
    Db *db = ctx->db;
    if (faulted(ctx))
        return false;
    if (!db->savepoints)
        return fault(ctx, FAULT_BROKEN, "RELEASE without a savepoint");
    if (!marked(ctx, DB_RELEASE))
        return false;
    db->savepoints--;
    return true;
}

void db_rollback_to_savepoint(Ctx *ctx)
{
    Db *db = ctx->db;
    if (!db->savepoints)
        return;
    db->done = db->saved[--db->savepoints];
    bool back = db->driver->mark(db->handle, DB_ROLLBACK_TO) == DB_DONE &&
                db->driver->mark(db->handle, DB_RELEASE) == DB_DONE;
    if (!back && !db->broken)
        db->failed = db->driver->failure(db->handle);
    db->broken = !back;
}

void db_note_journal(Db *db, i64 id)
{
    if (!db->done.journal_first)
        db->done.journal_first = id;
    db->done.journal_last = id;
}

bool db_transact(Ctx *ctx, bool (*work)(Ctx *ctx, void *data), void *data)
{
    if (!db_begin(ctx))
        return false;
    if (work(ctx, data) && !faulted(ctx))
        return db_commit(ctx);
    db_rollback(ctx);
    return false;
}
