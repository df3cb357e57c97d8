/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* media_process.h: one process that works on pictures, from its start to its burial. */
#pragma once
#include "media/media_pool.h"

typedef struct Process {
    pid_t pid;      /* 0: none */
    int socket;
    int done;       /* pictures */
} Process;

/* Called by the thread that it shall end with. False: why_out (g_free()) says what and the cure. */
CHECKED bool process_start(const char *program, Process *process_out, char **why_out);
bool process_alive(Process *p);                 /* and silent, as it should be between asks */
void process_allow(const Process *p, i64 cpu_seconds); /* so much processor time from now on */
/* Closed, killed when it does not end at once by itself (kind) or at once, and buried. What it died of. */
PoolFate process_end(Process *p, bool kind);
