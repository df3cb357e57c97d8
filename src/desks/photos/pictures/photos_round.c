/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_round.c: once a day: what was removed 30 days ago goes, with its bytes where nothing else has them. */
#include "desks/photos/pictures/photos_jobs.h"
#include "store/search.h"
#include "photos_picture_queries.h"

enum { AT_ONCE = 100, FILES_MAX = 1000 };
#define EVERY CLOCK_DAY

/* ---- bytes ---- */

static bool drop_file(Ctx *ctx, Vault *vault, const char *sha256)
{
    if (!vault || db_number(ctx, &q_photos_bytes_used, T(sha256)) != 0 || !vault_has(vault, sha256))
        return !faulted(ctx);
    return vault_delete(ctx, vault, sha256);
}

static bool drop_files(Ctx *ctx, Vault *vault, const Photo *p, List copies)
{
    for (const Rendition *c = copies.items, *end = c + copies.count; c < end; c++)
        if (!drop_file(ctx, vault, c->sha256))
            return false;
    return drop_file(ctx, vault, p->sha256);
}

/* ---- records ---- */

static bool drop_record(Ctx *ctx, i64 photo)
{
    const Query *const queries[] = {&q_photos_forget_looks,  &q_photos_forget_boxes, &q_photos_forget_copies, &q_photos_forget_consents,
                                    &q_photos_forget_places, &q_photos_forget_covers};
    i64 dropped;
    for (size_t i = 0; i < COUNT(queries); i++)
        if (!db_write_(ctx, queries[i], &dropped, BINDS(I(photo))))
            return false;
    return true;
}

/* Public tables are not written where there is nothing: pages would be made anew for it. */
static bool drop_gone(Ctx *ctx, i64 photo)
{
    if (db_number(ctx, &q_photos_gone_any, I(photo)) == 0)
        return !faulted(ctx);
    i64 gone, before;
    return db_change(ctx, &q_photos_forget_gone, &gone, I(photo)) && db_change(ctx, &q_photos_forget_gone_before, &before, I(photo));
}

static bool forget(Ctx *ctx, Vault *vault, const Photo *p)
{
    Lap lap CLEANUP(lap_end) = lap_begin(ctx);
    List copies = db_list(ctx, &q_photos_files_of, &photos_rendition_shape, I(p->id));
    return drop_record(ctx, p->id) && drop_gone(ctx, p->id) && search_remove(ctx, "photos_photo", p->id) &&
           db_write(ctx, &q_photos_forget, I(p->id)) && drop_files(ctx, vault, p, copies) &&
           journal_detail(ctx, "photos_photo", p->id, "forgotten", p->filename);
}

static bool forget_old(Ctx *ctx, Vault *vault, bool *more_out)
{
    List old = db_list(ctx, &q_photos_to_forget, &photos_shape, I(ctx->now - PHOTOS_REMOVED_LIFE), I(AT_ONCE));
    for (const Photo *p = old.items, *end = p + old.count; p < end; p++)
        if (!forget(ctx, vault, p))
            return false;
    *more_out = old.count == AT_ONCE;
    return !faulted(ctx);
}

/* An event that was made private since takes its pictures out of the search. */
static bool hide_secret(Ctx *ctx)
{
    List found = db_list(ctx, &q_photos_secret_found, &photos_shape);
    for (const Photo *p = found.items, *end = p + found.count; p < end; p++)
        if (!search_remove(ctx, "photos_photo", p->id))
            return false;
    return !faulted(ctx);
}

/* ---- the round ---- */

/* Each has the key of its moment, so that the round under way does not stand in the way of the next. */
static bool queue_round(Ctx *ctx, i64 due)
{
    i64 job;
    return queue_add(ctx, "photos_round", arena_printf(ctx->arena, "photos_round:%" PRId64, due / EVERY), "{}", due, &job);
}

bool photos_round_apply(Ctx *ctx, const Job *job, void *prepared)
{
    bool more = false;
    Vault *vault = job->tools ? job->tools->vault : NULL;
    i64 next = (ctx->now / EVERY + 1) * EVERY;
    if (!forget_old(ctx, vault, &more) || !hide_secret(ctx))
        return false;
    return !more ? queue_round(ctx, next)
                 : queue_round(ctx, next) && queue_add(ctx, "photos_round", arena_printf(ctx->arena, "photos_round:more:%" PRId64, ctx->now), "{}",
                                                       ctx->now + CLOCK_MINUTE, &(i64){0});
}

/* A round more than needed does nothing. */
bool photos_begin(Ctx *ctx)
{
    return queue_round(ctx, ctx->now) && photos_consent_plan(ctx);
}
