/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* child.h: another program, run with limits on what it may take, its output read to the end.
 *
 * For programs that read foreign bytes (pdftotext): they get an open file, never a path, no
 * environment but what is said here, no way to gain rights, no file to write, and end with us. */
#pragma once
#include "base/arena.h"

typedef struct ChildLimits {
    i64 memory;      /* bytes of address space */
    i64 cpu_seconds;
    i64 timeout;     /* microseconds from its start to its end */
    size_t output;   /* bytes of its standard output */
    const char *const *environment; /* "NAME=value", NULL at its end; NULL: nothing */
} ChildLimits;

typedef enum {
    CHILD_DONE,
    CHILD_MISSING,   /* there is no such program here */
    CHILD_FAILED,    /* it could not be started, was killed, or ended with another status than 0 */
    CHILD_LATE,      /* it took longer than the timeout */
    CHILD_TALKS      /* it wrote more than the limit */
} ChildFate;

/* argv[0] is looked for in the usual folders; argv ends with NULL. in_fd becomes its standard input;
 * its standard error goes nowhere. out lives in the arena; untouched unless CHILD_DONE. */
CHECKED ChildFate child_run(Arena *a, const char *const *argv, int in_fd, const ChildLimits *limits, Bytes *out);
