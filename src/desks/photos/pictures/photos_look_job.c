/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_look_job.c: the job that looks at a picture: facts, desk copies, faces that it proposes, and where it belongs.
 *
 * What is slow is done before the writer's turn, and leaves bytes in the vault that nothing speaks of yet. All that others can
 * see is written in the one transaction that ends the job: a worker that dies leaves nothing half. */
#include "desks/photos/pictures/photos_jobs.h"
#include "photos_picture_queries.h"

#include <unistd.h>

/* ---- slow ---- */

static bool inspect(Ctx *ctx, const JobTools *tools, const Photo *p, MediaFacts *facts_out)
{
    i64 size;
    if (!tools || !tools->media || !tools->vault)
        return fault(ctx, FAULT_UNSUPPORTED, "Pictures are worked on by a program that is not here: vocero check says what is missing.");
    int fd = vault_fd(ctx, tools->vault, p->sha256, &size);
    if (fd < 0)
        return false;
    bool seen = media_inspect(ctx, tools->media, fd, true, facts_out);
    close(fd);
    return seen;
}

static bool look(Ctx *ctx, const JobTools *tools, const Photo *p, PhotoFound *found)
{
    return inspect(ctx, tools, p, &found->facts) && photos_make(ctx, tools->media, tools->vault, p, (List){0}, PHOTOS_DESK, &found->copies);
}

/* What is no picture stays none however often it is tried (media.h); anything else, a full disk too, is tried again. */
static bool is_final(const Ctx *ctx)
{
    return ctx->fault.kind == FAULT_INVALID || ctx->fault.kind == FAULT_NOT_FOUND;
}

static const char *trouble_of(Ctx *ctx, const Photo *p)
{
    return arena_printf(ctx->arena, "%s: %s", p->filename, fault_take(ctx).what);
}

bool photos_look_prepare(Ctx *ctx, const Job *job, void **prepared_out)
{
    PhotoFound *found = arena_new_of(ctx->arena, PhotoFound);
    const Photo *p = db_maybe(ctx, &q_photos_to_look, &photos_shape, I(photos_job_photo(ctx, job)));
    if (!p)
        return !faulted(ctx); /* somebody looked already, or it is gone */
    *prepared_out = found;
    if (look(ctx, job->tools, p, found))
        return true;
    if (!is_final(ctx))
        return false;
    found->trouble = trouble_of(ctx, p);
    return true;
}

/* ---- in the transaction ---- */

static bool propose_boxes(Ctx *ctx, i64 photo, List faces)
{
    if (db_number(ctx, &q_photos_box_any, I(photo)) != NONE)
        return true;
    const MediaBox *b = faces.items;
    for (size_t i = 0; i < faces.count && i < MEDIA_FACES_MAX; i++)
        if (b[i].width > 0 && b[i].height > 0 &&
            !db_write(ctx, &q_photos_box_propose, I(id_new(ctx->now)), I(photo), I(b[i].x), I(b[i].y), I(b[i].width), I(b[i].height), I(ctx->now)))
            return false;
    return !faulted(ctx);
}

static bool write_facts(Ctx *ctx, const Photo *p)
{
    return db_write(ctx, &q_photos_looked, I(p->id), T(p->type), I(p->width), I(p->height), I(p->look), I(p->edges), I(p->sharpness),
                    T(p->thumbhash), I(p->taken_at), W(photos_taken_words, p->taken_from), R(p->lat), R(p->lon), T(p->place), T(p->camera),
                    T(p->headline), T(p->caption), T(p->people), T(p->alt), T(p->credit), I_OR_NULL(photos_twin_of(ctx, p)));
}

static bool ready(Ctx *ctx, const Photo *before, const PhotoFound *found)
{
    Photo p = photos_with_facts(ctx, before, &found->facts);
    return !faulted(ctx) && write_facts(ctx, &p) && photos_note_look(ctx, &p) && photos_note_copies(ctx, p.id, PHOTOS_DESK, found->copies) &&
           propose_boxes(ctx, p.id, found->facts.faces) && photos_bursts_again(ctx, p.event, p.taken_at) && photos_index(ctx, p.id) &&
           journal(ctx, "photos_photo", p.id, "ready");
}

bool photos_cannot_be_read(Ctx *ctx, const Photo *p, const char *trouble)
{
    NoticeChange why = {.field = "error", .label = N_("Reason"), .after = trouble, .as = "text"};
    NoticeDraft notice = {.subject = "photos_photo", .subject_id = p->id, .address = photos_path(ctx->arena, p->id), .kind = "told",
                          .title = p->filename, .changes = {&why, 1}};
    return db_write(ctx, &q_photos_unreadable, I(p->id), T(trouble), W(photos_state_words, p->state)) &&
           people_notify(ctx, p->person, &notice) && journal_detail(ctx, "photos_photo", p->id, "failed", trouble);
}

bool photos_look_apply(Ctx *ctx, const Job *job, void *prepared)
{
    const PhotoFound *found = prepared;
    const Photo *p = found ? db_maybe(ctx, &q_photos_to_look, &photos_shape, I(photos_job_photo(ctx, job))) : NULL;
    if (!p)
        return !faulted(ctx);
    return found->trouble ? photos_cannot_be_read(ctx, p, found->trouble) : ready(ctx, p, found);
}
