/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* work_test.h: what the tests of the pictures' work share: a table with a folder, files looked at, copies made, a second reader. */
#pragma once
#include "media/media_test_pictures.h"
#include "media/worker/work_room.h"

typedef struct Table {
    Arena *arena;
    Ctx ctx;
    const char *folder;
} Table;
void table_up(Table *t, const void *unused);
void table_down(Table *t, const void *unused);

const char *path_at(Table *t, const char *name);
/* A scene as a JPEG of quality 92. */
const char *scene_jpeg(Table *t, const char *name, unsigned seed, int width, int height);

MediaFacts facts_of(Table *t, const char *path);            /* aborts on a fault */
void refused(Table *t, const char *path, const char *because); /* part of the sentence */
/* The file with the facts written into it, beside it. */
const char *with_facts(Table *t, const char *path, const MediaFacts *facts);

typedef struct Made {
    const WorkCopy *copies;
    Bytes *files;
    size_t count;
} Made;
Made copies_of(Table *t, const char *path, const MediaRecipe *recipe);
/* One copy of the whole as PNG without words, decoded again. */
Pixels seen(Table *t, const char *path, i64 width);
Pixels pixels_of(Table *t, Bytes file);
const unsigned char *pixel(const Pixels *p, double x, double y); /* in parts of the sides */

/* What ExifTool finds, "[group] Name: value" a line; NULL: it is not installed. */
const char *second_reader(Table *t, Bytes file, const char *name);
