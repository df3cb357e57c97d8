/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* steps.h: the struct that dev/stepgen.py fills, for the generators' tests. */
#pragma once
#include <stddef.h>

typedef struct Step {
    int number;
    const char *name;
    const char *sqlite;
    const char *postgres;
    const char *checksum;
} Step;

extern const Step store_steps[];
extern const size_t store_steps_count;
