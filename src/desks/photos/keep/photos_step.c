/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_step.c: a step of a person with pictures, kept for a day: of each picture what it was and what it became. */
#include "desks/photos/keep/photos_step.h"
#include "photos_keep_queries.h"

#include <stddef.h>

enum { STEP_MAX = 8 * 1024 * 1024 }; /* 500 pictures with the longest words take half of it */

static const Field step_fields[] = {
    FIELD_ID(Step, id),
    FIELD_ID(Step, event),
    FIELD_WORD(Step, verb, photos_step_words),
    FIELD_TEXT(Step, before),
};
static const Shape step_shape = SHAPE("step", Step, step_fields);

const StepText photos_step_texts[] = {
    {"headline", "headline_now", offsetof(Photo, headline), offsetof(PhotoWords, headline)},
    {"caption", "caption_now", offsetof(Photo, caption), offsetof(PhotoWords, caption)},
    {"people", "people_now", offsetof(Photo, people), offsetof(PhotoWords, people)},
    {"alt", "alt_now", offsetof(Photo, alt), offsetof(PhotoWords, alt)},
    {"credit", "credit_now", offsetof(Photo, credit), offsetof(PhotoWords, credit)},
    {"place", "place_now", offsetof(Photo, place), offsetof(PhotoWords, place)},
    {0},
};

const char *photos_step_text(const Photo *p, const StepText *text)
{
    return *(const char *const *)((const char *)p + text->of_photo);
}

/* ---- while it is done ---- */

StepOut photos_step_begin(Ctx *ctx, PhotoStep verb)
{
    StepOut s = {.verb = verb, .buf = buf_new(ctx->arena, 4096, STEP_MAX)};
    s.json = json_out(s.buf);
    json_open(&s.json, NULL, '[');
    return s;
}

static void begin_photo(Ctx *ctx, StepOut *s, const Photo *p)
{
    if (!s->photos++) {
        s->first = p->id;
        s->event = p->event;
    }
    json_open(&s->json, NULL, '{');
    json_text(&s->json, "photo", id_text(ctx->arena, p->id));
}

static void end_photo(StepOut *s)
{
    json_close(&s->json, '}');
}

void photos_step_mark(Ctx *ctx, StepOut *s, const Photo *before, PhotoMark mark)
{
    begin_photo(ctx, s, before);
    json_text(&s->json, "mark", word_name(photos_mark_words, (int)before->mark));
    json_text(&s->json, "mark_now", word_name(photos_mark_words, (int)mark));
    end_photo(s);
}

static const char *id_or_none(Ctx *ctx, i64 id)
{
    return id ? id_text(ctx->arena, id) : NULL;
}

static void add_place(Ctx *ctx, StepOut *s, const Photo *before, const Photo *now)
{
    if (before->event == now->event && before->coverage == now->coverage)
        return;
    s->moved = true;
    json_text(&s->json, "event", id_text(ctx->arena, before->event));
    json_text(&s->json, "event_now", id_text(ctx->arena, now->event));
    json_text(&s->json, "coverage", id_or_none(ctx, before->coverage));
    json_text(&s->json, "coverage_now", id_or_none(ctx, now->coverage));
}

void photos_step_describe(Ctx *ctx, StepOut *s, const Photo *before, const Photo *now)
{
    begin_photo(ctx, s, before);
    add_place(ctx, s, before, now);
    for (const StepText *text = photos_step_texts; text->name; text++) {
        const char *was = photos_step_text(before, text), *is = photos_step_text(now, text);
        if (text_same(was, is))
            continue;
        json_text(&s->json, text->name, was);
        json_text(&s->json, text->name_now, is);
    }
    end_photo(s);
}

void photos_step_remove(Ctx *ctx, StepOut *s, const Photo *before)
{
    begin_photo(ctx, s, before);
    json_int(&s->json, "removed_now", ctx->now);
    end_photo(s);
}

/* A step that nobody made, or that is too long, cannot be taken back; it is done all the same. */
bool photos_step_end(Ctx *ctx, StepOut *s)
{
    i64 forgotten;
    if (!s->photos || !ctx->actor->id)
        return !faulted(ctx);
    json_close(&s->json, ']');
    if (buf_over(s->buf))
        return !faulted(ctx);
    return db_change(ctx, &q_photos_step_forget, &forgotten, I(ctx->actor->id), I(ctx->now - CLOCK_DAY)) &&
           db_write(ctx, &q_photos_step_add, I(id_new(ctx->now)), I(ctx->actor->id), I(s->event), T(buf_data(s->buf)), I(ctx->now),
                    W(photos_step_words, s->verb));
}

/* ---- later ---- */

i64 photos_step_made(Ctx *ctx)
{
    i64 id = db_number(ctx, &q_photos_step_made, I(ctx->actor->id), I(ctx->now));
    return id == NONE ? 0 : id;
}

const Step *photos_step_find(Ctx *ctx, i64 id)
{
    return db_maybe(ctx, &q_photos_step_find, &step_shape, I(id), I(ctx->actor->id), I(ctx->now - CLOCK_DAY));
}

const Step *photos_step_last_mark(Ctx *ctx, i64 event)
{
    return db_maybe(ctx, &q_photos_step_last, &step_shape, I(ctx->actor->id), I(event));
}

bool photos_step_drop(Ctx *ctx, const Step *step)
{
    return db_write(ctx, &q_photos_step_drop, I(step->id));
}
