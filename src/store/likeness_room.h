/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* likeness_room.h: what likeness*.c tell each other; private to them. */
#pragma once
#include "store/likeness.h"

const Seal *likeness_seal(Ctx *ctx, i64 id);
/* The best first, one of each subject, at most limit: all is sorted by who calls, the youngest first among equals. */
List likeness_best(Ctx *ctx, const Likeness *sorted, size_t count, i64 limit);
