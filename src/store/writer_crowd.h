/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* writer_crowd.h: jobs that are handed in together and looked at later, for the tests of the writer. */
#pragma once
#include "store/store_test.h"
#include "store/writer.h"

typedef struct Crowd Crowd;
typedef struct Member {
    WriterJob job;
    Ctx ctx;
    Crowd *crowd;
    i64 id;
    bool ran, done;
} Member;

struct Crowd {
    GMutex lock;
    GCond changed;
    size_t answered;
    bool gate_reached, gate_open;
    Member *members;
    size_t count;
};

extern const Query q_note; /* a public note: id, body */

Crowd *crowd_new(size_t count); /* each job adds the note with its number, 1, 2 … */
void crowd_free(Crowd *crowd);
bool add_note(Ctx *ctx, WriterJob *job);
void close_gate(Crowd *crowd, Writer *w); /* a job that holds the writer until open_gate() */
void submit_all(Crowd *crowd, Writer *w);
void open_gate(Crowd *crowd);
void wait_for_answers(Crowd *crowd);
void run_together(Crowd *crowd, Writer *w); /* all in one transaction */
