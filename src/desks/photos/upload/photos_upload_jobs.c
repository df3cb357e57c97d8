/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_upload_jobs.c: uploads that nobody goes on with go, and their bytes. */
#include "desks/photos/photos_pages.h"
#include "desks/photos/upload/photos_upload.h"

enum { ROUNDS_MAX = 20 };

static bool expire(Ctx *ctx, const Job *job, void *prepared)
{
    (void)prepared;
    Vault *vault = job->tools ? job->tools->vault : NULL;
    for (int round = 0; round < ROUNDS_MAX; round++) {
        List ids;
        if (!photos_upload_expire(ctx, &ids))
            return false;
        for (const i64 *id = ids.items, *end = id + ids.count; vault && id < end; id++)
            vault_part_drop(vault, *id);
        if (!ids.count)
            break;
    }
    return true;
}

const JobHandler photos_upload_jobs[] = {
    {.kind = "photos_upload_expire", .apply = expire},
    {0},
};
