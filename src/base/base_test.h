/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* base_test.h: folders for tests, which nobody has to take away.
 *
 * They go, with all that is in them, when the process ends.  What a process left that was killed or
 * aborted goes when the next one asks for its first folder.  Links in them are not followed. */
#pragma once

/* A new empty folder, for the owner alone; the path stays to the end of the process.  It lies below
 * TMPDIR, else in /tmp, where large files have room. */
const char *test_folder(void);
/* For databases, which would wait for a disk: in memory, where the machine has /dev/shm. */
const char *test_folder_in_memory(void);
/* Takes one away before the end: for who asks for so many that the memory would fill. */
void test_folder_drop(const char *folder);
