/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* worker_jail.h: from here on this process computes with what it has, and nothing else.
 *
 * Limits (setrlimit): memory JAIL_MEMORY, one written file JAIL_FILE, open files JAIL_FILES, no core. Calls (seccomp): of memory,
 * of threads, reading and writing what is open, the clock. Opening, looking up and changing paths fails with EACCES; a socket,
 * another program, another process ends it at once (SIGSYS); anything else fails with EPERM. Landlock, where the kernel has it,
 * denies all files a second time. Processor time is limited from outside (media_process.c), for it counts by picture. */
#pragma once
#include "base/base.h"

#define JAIL_MEMORY ((u64)1536 << 20)
#define JAIL_FILE   ((u64)256 << 20)
enum { JAIL_FILES = 64 };

/* False: why_out says which wall does not stand. */
CHECKED bool jail_close(const char **why_out);
