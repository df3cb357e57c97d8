/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* paper_example_harness.h: an invented month's report, for the tests and the sample program. */
#pragma once
#include "paper/paper.h"

/* extra: how many further rows its long table has; 0 makes the one page of the look. Lives in the arena. */
const Paper *example_paper(Arena *a, size_t extra);
