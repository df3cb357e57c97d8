/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* steps_run.c: runs the steps that a database lacks, and refuses one that is not ours. */
#include "store/steps.h"
#include "base/log.h"

/* The only statements outside the .sql files: they must work before there is any table. */
static const Query q_has_table = {
    .name = "step_has_table",
    .sql = "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'store_step'",
    .sql_postgres =
        "SELECT count(*) FROM pg_catalog.pg_class WHERE oid = to_regclass('store_step')",
};
static const Query q_all = {
    .name = "step_all",
    .sql = "SELECT number, name, checksum FROM store_step ORDER BY number",
};
static const Query q_ran = {
    .name = "step_ran",
    .sql = "SELECT count(*) FROM store_step WHERE number = $1",
};
static const Query q_remember = {
    .name = "step_remember",
    .sql = "INSERT INTO store_step (number, name, checksum, ran_at) VALUES ($1, $2, $3, $4)",
    .table = "store_step",
    .writes = true,
};
static const char table_sqlite[] =
    "CREATE TABLE IF NOT EXISTS store_step (number INTEGER PRIMARY KEY,"
    " name TEXT NOT NULL, checksum TEXT NOT NULL,"
    " ran_at INTEGER NOT NULL) STRICT";
static const char table_postgres[] =
    "CREATE TABLE IF NOT EXISTS store_step (number BIGINT PRIMARY KEY,"
    " name TEXT NOT NULL, checksum TEXT NOT NULL,"
    " ran_at BIGINT NOT NULL)";

typedef struct Ran {
    i64 number;
    const char *name, *checksum;
} Ran;

static const Field ran_fields[] = {
    FIELD_INT(Ran, number),
    FIELD_TEXT(Ran, name),
    FIELD_TEXT(Ran, checksum),
};
static const Shape ran_shape = SHAPE("step", Ran, ran_fields);

static bool has_table(Ctx *ctx)
{
    return db_number(ctx, &q_has_table) > 0;
}

static bool make_table(Ctx *ctx, void *unused)
{
    (void)unused;
    return db_run_script(ctx, db_kind(ctx->db) == DB_SQLITE ? table_sqlite : table_postgres);
}

/* ---- what the database says that it has seen ---- */
static const Step *step_find(const Step *steps, size_t count, i64 number)
{
    for (size_t i = 0; i < count; i++)
        if (steps[i].number == number)
            return &steps[i];
    return NULL;
}

static bool ran_is_ours(Ctx *ctx, const Step *steps, size_t count, const Ran *ran)
{
    const Step *step = step_find(steps, count, ran->number);
    if (!step)
        return fault(
            ctx, FAULT_CONFLICT,
            "The database was written by a newer Vocero: this one does not know its step %s. "
            "Install the newer version, or restore a backup.",
            ran->name);
    if (strcmp(step->checksum, ran->checksum) != 0)
        return fault(ctx, FAULT_CONFLICT,
                     "The database was made with another text of step %s than this Vocero has. "
                     "Install the version that made it, or restore a backup.",
                     ran->name);
    return true;
}

static bool all_ours(Ctx *ctx, const Step *steps, size_t count, List seen)
{
    const Ran *ran = seen.items;
    for (size_t i = 0; i < seen.count; i++)
        if (!ran_is_ours(ctx, steps, count, &ran[i]))
            return false;
    return !faulted(ctx);
}

static bool has_run(List seen, int number)
{
    const Ran *ran = seen.items;
    for (size_t i = 0; i < seen.count; i++)
        if (ran[i].number == number)
            return true;
    return false;
}

/* ---- running ---- */
typedef struct Turn {
    const Step *step;
    bool ran;
} Turn;

static bool run_one(Ctx *ctx, void *data)
{
    Turn *turn = data;
    const Step *step = turn->step;
    if (db_number(ctx, &q_ran, I(step->number)) > 0)
        return true; /* another node was faster; the transaction waited for it */
    turn->ran = true;
    return db_run_script(ctx, db_kind(ctx->db) == DB_SQLITE ? step->sqlite : step->postgres) &&
           db_write(ctx, &q_remember, I(step->number), T(step->name), T(step->checksum),
                    I(ctx->now));
}

static bool run_missing(Ctx *ctx, const Step *steps, size_t count, List seen, int *ran_out)
{
    for (size_t i = 0; i < count; i++) {
        if (has_run(seen, steps[i].number))
            continue;
        Turn turn = {.step = &steps[i]};
        if (!db_transact(ctx, run_one, &turn)) {
            log_line(LOG_ERROR, "step_failed", LOG_T("step", steps[i].name));
            return false;
        }
        *ran_out += turn.ran;
    }
    return true;
}

bool steps_run(Ctx *ctx, const Step *steps, size_t count, int *ran_out)
{
    int ran = 0;
    if (!has_table(ctx) && !db_transact(ctx, make_table, NULL))
        return false;
    List seen = db_list(ctx, &q_all, &ran_shape);
    if (!all_ours(ctx, steps, count, seen) || !run_missing(ctx, steps, count, seen, &ran))
        return false;
    if (ran_out)
        *ran_out = ran;
    return true;
}

bool steps_check(Ctx *ctx, const Step *steps, size_t count)
{
    if (!has_table(ctx))
        return fault(ctx, FAULT_CONFLICT, "The database is empty. Make it ready with vocero init.");
    List seen = db_list(ctx, &q_all, &ran_shape);
    if (!all_ours(ctx, steps, count, seen))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!has_run(seen, steps[i].number))
            return fault(ctx, FAULT_CONFLICT,
                         "The database lacks step %s. Start vocero serve once: it brings the "
                         "database up to date.",
                         steps[i].name);
    return true;
}
