/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_step.h: what one person did last with pictures, and how it is taken back. */
#pragma once
#include "base/json.h"
#include "desks/photos/keep/photos_keep.h"

typedef struct Step {
    i64 id, event;         /* event: of the first picture */
    PhotoStep verb;
    const char *before;    /* JSON: see the step of the database that added its verb */
} Step;

typedef struct StepOut {   /* while it is done */
    PhotoStep verb;
    Buf *buf;
    JsonOut json;
    i64 event, photos, first;
    bool moved;            /* one of them went to another event or coverage */
} StepOut;

/* One of the words: how a step spells it, and where it stands. */
typedef struct StepText {
    const char *name, *name_now;
    size_t of_photo, of_words;
} StepText;
extern const StepText photos_step_texts[]; /* the last has no name */
const char *photos_step_text(const Photo *photo, const StepText *text);

/* ---- photos_step.c ---- */
StepOut photos_step_begin(Ctx *ctx, PhotoStep verb);
/* One picture that changes; once for each. */
void photos_step_mark(Ctx *ctx, StepOut *step, const Photo *before, PhotoMark mark);
void photos_step_describe(Ctx *ctx, StepOut *step, const Photo *before, const Photo *now); /* words, event and coverage */
void photos_step_remove(Ctx *ctx, StepOut *step, const Photo *before);
/* Keeps it, where a person did something. */
CHECKED bool photos_step_end(Ctx *ctx, StepOut *step);
const Step *photos_step_find(Ctx *ctx, i64 id);              /* the actor's, not older than a day; NULL without a fault: none */
const Step *photos_step_last_mark(Ctx *ctx, i64 event);      /* likewise */
CHECKED bool photos_step_drop(Ctx *ctx, const Step *step);

/* ---- photos_undo.c ---- */
CHECKED bool photos_take_back(Ctx *ctx, const Step *step, PhotoUndone *undone_out);

/* ---- photos_describe.c, photos_remove.c: one picture goes back; kept_out: what stands now is left as it is ---- */
CHECKED bool photos_describe_back(Ctx *ctx, const Photo *photo, const PhotoWords *words, bool *kept_out);
CHECKED bool photos_remove_back(Ctx *ctx, const Photo *photo);
