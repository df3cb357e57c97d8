/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* base_test.c: each process has one folder on the disk and one in memory, named after its pid; those that it gives lie inside. */
#include "base/base_test.h"
#include "base/base.h"

#include <errno.h>
#include <glib.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define PREFIX "vocero-test-"

typedef struct Root {
    const char *path;
    pid_t owner; /* a forked child knows the path too, and makes a folder of its own */
    unsigned given;
} Root;

static Root on_disk, in_memory;

/* ---- taking away ---- */
static bool is_folder(const char *path, uid_t *owner_out)
{
    struct stat s;
    if (lstat(path, &s) != 0 || !S_ISDIR(s.st_mode))
        return false;
    *owner_out = s.st_uid;
    return true;
}

void test_folder_drop(const char *folder)
{
    g_chmod(folder, 0700); /* a test may have shut it */
    GDir *dir = g_dir_open(folder, 0, NULL);
    for (const char *name; dir && (name = g_dir_read_name(dir));) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        uid_t owner;
        if (is_folder(path, &owner))
            test_folder_drop(path);
        else
            g_unlink(path);
    }
    if (dir)
        g_dir_close(dir);
    g_rmdir(folder);
}

static void end_process(void)
{
    if (on_disk.owner == getpid())
        test_folder_drop(on_disk.path);
    if (in_memory.owner == getpid())
        test_folder_drop(in_memory.path);
}

static bool process_is_gone(const char *name)
{
    int pid = g_str_has_prefix(name, PREFIX) ? atoi(name + strlen(PREFIX)) : 0;
    return pid > 1 && kill(pid, 0) != 0 && errno == ESRCH;
}

/* A test that fails aborts its process, and leaves its folder behind. */
static void sweep(const char *place)
{
    GDir *dir = g_dir_open(place, 0, NULL);
    for (const char *name; dir && (name = g_dir_read_name(dir));) {
        g_autofree char *path = g_build_filename(place, name, NULL);
        uid_t owner;
        if (process_is_gone(name) && is_folder(path, &owner) && owner == geteuid())
            test_folder_drop(path);
    }
    if (dir)
        g_dir_close(dir);
}

/* ---- giving ---- */
static void open_root(Root *root, const char *place)
{
    sweep(place);
    g_autofree char *path = g_strdup_printf("%s/" PREFIX "%d-XXXXXX", place, (int)getpid());
    if (!g_mkdtemp(path))
        g_error("%s cannot be made: %s", path, g_strerror(errno));
    if (!on_disk.owner && !in_memory.owner)
        atexit(end_process);
    *root = (Root){.path = g_intern_string(path), .owner = getpid()};
}

static const char *new_folder(Root *root, const char *place)
{
    if (root->owner != getpid())
        open_root(root, place);
    g_autofree char *path = g_strdup_printf("%s/%u", root->path, ++root->given);
    if (g_mkdir(path, 0700) != 0)
        g_error("%s cannot be made: %s", path, g_strerror(errno));
    return g_intern_string(path);
}

const char *test_folder(void)
{
    return new_folder(&on_disk, g_get_tmp_dir());
}

const char *test_folder_in_memory(void)
{
    return access("/dev/shm", W_OK) == 0 ? new_folder(&in_memory, "/dev/shm") : test_folder();
}
