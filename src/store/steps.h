/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* steps.h: the data model, step by step.
 *
 * src/store/steps/NNNN_name.sql are numbered, run in order, one transaction each, and remembered with
 * their SHA-256 in store_step.  A database whose steps were altered, or that knows steps which this
 * program does not (it was written by a newer one), is refused with one clear line. */
#pragma once
#include "store/db.h"

typedef struct Step {
    int number;
    const char *name;     /* 0010_agenda */
    const char *sqlite;   /* the statements for each database */
    const char *postgres;
    const char *checksum; /* SHA-256 of the .sql file, hex */
} Step;

extern const Step store_steps[];
extern const size_t store_steps_count;

/* Brings the database up to date; ran_out (may be NULL) is how many steps ran. FAULT_CONFLICT with the sentence when refused. */
CHECKED bool steps_run(Ctx *ctx, const Step *steps, size_t count, int *ran_out);
/* True when the database is exactly as this program wants it; else the fault says what to do. Reads only. */
CHECKED bool steps_check(Ctx *ctx, const Step *steps, size_t count);
