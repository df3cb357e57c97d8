/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_jobs.c: the jobs of this folder, by name. */
#include "desks/photos/pictures/photos_jobs.h"

const JobHandler photos_jobs[] = {
    {.kind = "photos_look", .prepare = photos_look_prepare, .apply = photos_look_apply},
    {.kind = "photos_public", .prepare = photos_public_prepare, .apply = photos_public_apply},
    {.kind = "photos_round", .apply = photos_round_apply},
    {0},
};
