/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* bench_desk.h: what the measuring programs share: an opened data folder and somebody who may do everything. */
#pragma once
#include "app/settings.h"
#include "store/db.h"

/* Says why on standard error and ends the program with 1. */
void bench_die(const char *fmt, ...) PRINTF(1, 2) __attribute__((noreturn));

/* A person with every right; rights are bits, so that all ones is everything. */
extern const Actor bench_actor;

/* The settings of a data folder, in the arena. Ends the program when there are none. */
Settings bench_settings(Arena *arena, const char *data);
/* A context on the folder's database; closed by bench_close(). */
Ctx bench_open(Arena *arena, const Settings *settings, DbMode mode);
void bench_close(Ctx *ctx);
/* Microseconds that passed since some moment: of this thread's CPU, so that others may use the machine; where a server answers, on
 * the wall. */
double bench_now_us(const Ctx *ctx);
