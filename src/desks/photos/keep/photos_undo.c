/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_undo.c: a step is taken back, picture by picture; what somebody else made of one of them since stays. */
#include "desks/photos/keep/photos_step.h"
#include "photos_keep_queries.h"

enum { NAMED = 5, NAMES_MAX = 4096 };

typedef struct Back {       /* while it is taken back */
    const Step *step;
    PhotoUndone undone;
    i64 first;
    Buf *names;             /* of those that are left */
} Back;

static const char *text_of(const Json *one, const char *name)
{
    return json_text_of(json_get(one, name));
}

static i64 id_of(const Json *one, const char *name)
{
    i64 id = 0;
    const char *text = text_of(one, name);
    return text && id_parse(text, &id) ? id : 0;
}

static bool broken(Ctx *ctx)
{
    return fault(ctx, FAULT_BROKEN, "a step says nothing that could be taken back");
}

/* ---- one picture: kept_out is true where it is no longer what the step made of it ---- */

static bool back_mark(Ctx *ctx, const Photo *p, const Json *one, bool *kept_out)
{
    i64 changed;
    int mark = word_find(photos_mark_words, text_of(one, "mark"));
    const char *made = text_of(one, "mark_now");
    if (mark < 0)
        return broken(ctx);
    *kept_out = made && !text_same(made, word_name(photos_mark_words, (int)p->mark));
    return *kept_out || db_change(ctx, &q_photos_set_mark, &changed, I(p->id), W(photos_mark_words, mark));
}

/* False: it is of something else by now. */
static bool read_place(const Photo *p, const Json *one, PhotoWords *w)
{
    i64 event = id_of(one, "event");
    if (!event)
        return true;
    w->event = event;
    w->coverage = id_of(one, "coverage");
    return p->event == id_of(one, "event_now") && p->coverage == id_of(one, "coverage_now");
}

/* False: other words stand there by now. What a step leaves out was empty. */
static bool read_texts(const Photo *p, const Json *one, PhotoWords *w)
{
    for (const StepText *text = photos_step_texts; text->name; text++) {
        const char *was = text_of(one, text->name), *made = text_of(one, text->name_now);
        if (!was && !made)
            continue;
        if (!text_same(made, photos_step_text(p, text)))
            return false;
        *(const char **)((char *)w + text->of_words) = was ? was : "";
    }
    return true;
}

static bool back_words(Ctx *ctx, const Photo *p, const Json *one, bool *kept_out)
{
    PhotoWords w = {.focal_x = NONE, .focal_y = NONE, .taken_at = NONE, .event = NONE, .coverage = NONE};
    *kept_out = !read_place(p, one, &w) || !read_texts(p, one, &w);
    return *kept_out || photos_describe_back(ctx, p, &w, kept_out);
}

/* What somebody brought back already is where it was. */
static bool back_removed(Ctx *ctx, const Photo *p, const Json *one, bool *kept_out)
{
    *kept_out = p->removed_at && p->removed_at != json_int_of(json_get(one, "removed_now"));
    return *kept_out || photos_remove_back(ctx, p);
}

static bool (*const ways[])(Ctx *ctx, const Photo *p, const Json *one, bool *kept_out) = {
    [STEP_MARKED] = back_mark,
    [STEP_MOVED] = back_words,
    [STEP_DESCRIBED] = back_words,
    [STEP_REMOVED] = back_removed,
};

/* ---- all of them ---- */

static bool leave(Ctx *ctx, Back *back, const Photo *p)
{
    if (p && back->undone.left < NAMED)
        buf_printf(back->names, "%s%s", buf_size(back->names) ? "\n" : "", p->filename);
    back->undone.left++;
    return !faulted(ctx);
}

static bool count(Ctx *ctx, Back *back, const Photo *p, const Json *one)
{
    PhotoUndone *u = &back->undone;
    i64 event = id_of(one, "event");
    event = event ? event : p->event;
    if (!u->photos++) {
        back->first = p->id;
        u->event = event;
    }
    u->event = u->event == event ? event : 0;
    return !faulted(ctx);
}

/* Also where the actor may not see its event any more. */
static const Photo *photo_of(Ctx *ctx, const Json *one)
{
    const Photo *p = photos_seen(ctx, id_of(one, "photo"));
    if (!p && faulted(ctx) && ctx->fault.kind == FAULT_NOT_FOUND)
        fault_take(ctx);
    return p;
}

static bool put_back(Ctx *ctx, Back *back, const Json *one)
{
    Lap lap CLEANUP(lap_end) = lap_begin(ctx);
    const Photo *p = photo_of(ctx, one);
    bool kept = false;
    if (!p)
        return leave(ctx, back, NULL);
    if (!ways[back->step->verb](ctx, p, one, &kept))
        return false;
    return kept ? leave(ctx, back, p) : count(ctx, back, p, one);
}

/* Marks have one line for all of them; other changes one at each picture. */
static bool note(Ctx *ctx, const Back *back)
{
    if (back->step->verb != STEP_MARKED || !back->undone.photos)
        return true;
    return journal_detail(ctx, "photos_photo", back->first, "marks_undone", arena_printf(ctx->arena, "%" PRId64, back->undone.photos));
}

bool photos_take_back(Ctx *ctx, const Step *step, PhotoUndone *undone_out)
{
    Back back = {.step = step, .undone.verb = step->verb, .names = buf_new(ctx->arena, 256, NAMES_MAX)};
    const Json *before = json_read(ctx, step->before, strlen(step->before));
    for (size_t i = 0; i < json_count(before); i++)
        if (!put_back(ctx, &back, json_at(before, i)))
            return false;
    if (faulted(ctx) || !photos_step_drop(ctx, step) || !note(ctx, &back))
        return false;
    back.undone.left_names = buf_size(back.names) ? buf_data(back.names) : NULL;
    *undone_out = back.undone;
    return true;
}

bool photos_undo(Ctx *ctx, i64 step, PhotoUndone *undone_out)
{
    const Step *found = people_may(ctx, RIGHT_PHOTOS_EDIT) ? photos_step_find(ctx, step) : NULL;
    if (found)
        return photos_take_back(ctx, found, undone_out);
    return faulted(ctx) ? false : fault(ctx, FAULT_NOT_FOUND, "There is nothing to take back: it was taken back already, or more than a day ago.");
}
