/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* writer_crowd.c: a crowd waits at a gate, so that all of it falls into one transaction. */
#include "store/writer_crowd.h"

const Query q_note = {
    .name = "note_add",
    .sql = "INSERT INTO note (id, body) VALUES ($1, $2)",
    .table = "note",
    .writes = true,
    .touches_public = true,
};
static void member_done(Ctx *ctx, WriterJob *job)
{
    Crowd *crowd = ((Member *)job->data)->crowd;
    g_mutex_lock(&crowd->lock);
    ((Member *)job->data)->done = true;
    crowd->answered++;
    g_cond_broadcast(&crowd->changed);
    g_mutex_unlock(&crowd->lock);
}

bool add_note(Ctx *ctx, WriterJob *job)
{
    Member *member = job->data;
    member->ran = true;
    return db_write(ctx, &q_note, I(member->id), T("x"));
}

/* Holds the writer until the crowd is complete: all of it falls into the next transaction. */
static bool wait_at_gate(Ctx *ctx, WriterJob *job)
{
    Crowd *crowd = ((Member *)job->data)->crowd;
    g_mutex_lock(&crowd->lock);
    crowd->gate_reached = true;
    g_cond_broadcast(&crowd->changed);
    while (!crowd->gate_open)
        g_cond_wait(&crowd->changed, &crowd->lock);
    g_mutex_unlock(&crowd->lock);
    return true;
}

Crowd *crowd_new(size_t count)
{
    Crowd *crowd = g_new0(Crowd, 1);
    crowd->members = g_new0(Member, count + 1); /* the last one holds the gate */
    crowd->count = count;
    for (size_t i = 0; i <= count; i++) {
        Member *member = &crowd->members[i];
        member->crowd = crowd;
        member->id = (i64)i + 1;
        member->ctx = (Ctx){.arena = arena_new(0), .actor = &actor_system};
        member->job =
            (WriterJob){.ctx = &member->ctx, .work = add_note, .done = member_done, .data = member};
    }
    crowd->members[count].job.work = wait_at_gate;
    return crowd;
}

void crowd_free(Crowd *crowd)
{
    for (size_t i = 0; i <= crowd->count; i++)
        arena_free(crowd->members[i].ctx.arena);
    g_free(crowd->members);
    g_free(crowd);
}

void close_gate(Crowd *crowd, Writer *w)
{
    writer_submit(w, &crowd->members[crowd->count].job);
    g_mutex_lock(&crowd->lock);
    while (!crowd->gate_reached)
        g_cond_wait(&crowd->changed, &crowd->lock);
    g_mutex_unlock(&crowd->lock);
}

void submit_all(Crowd *crowd, Writer *w)
{
    for (size_t i = 0; i < crowd->count; i++)
        writer_submit(w, &crowd->members[i].job);
}

void open_gate(Crowd *crowd)
{
    g_mutex_lock(&crowd->lock);
    crowd->gate_open = true;
    g_cond_broadcast(&crowd->changed);
    g_mutex_unlock(&crowd->lock);
}

void wait_for_answers(Crowd *crowd)
{
    g_mutex_lock(&crowd->lock);
    while (crowd->answered < crowd->count + 1)
        g_cond_wait(&crowd->changed, &crowd->lock);
    g_mutex_unlock(&crowd->lock);
}

void run_together(Crowd *crowd, Writer *w)
{
    close_gate(crowd, w);
    submit_all(crowd, w);
    open_gate(crowd);
    wait_for_answers(crowd);
}
