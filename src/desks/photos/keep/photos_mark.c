/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_mark.c: keep, drop and star, for many at once; each step of a person can be taken back. */
#include "desks/photos/keep/photos_keep.h"
#include "photos_keep_queries.h"

enum { STEP_MAX = 1024 * 1024 };

/* ---- a step: how it was before ---- */

typedef struct Step {
    i64 id;
    const char *before; /* JSON: [{"photo","mark"}] */
} Step;
static const Field step_fields[] = {FIELD_ID(Step, id), FIELD_TEXT(Step, before)};
static const Shape step_shape = SHAPE("step", Step, step_fields);

typedef struct Marking { /* while it is written */
    Buf *buf;
    JsonOut json;
    i64 event, changed, first;
} Marking;

static Marking begin(Ctx *ctx, i64 event)
{
    Marking m = {.buf = buf_new(ctx->arena, 4096, STEP_MAX), .event = event};
    m.json = json_out(m.buf);
    return m;
}

static bool set(Ctx *ctx, Marking *m, const Photo *p, PhotoMark mark)
{
    i64 changed;
    if (p->mark == mark)
        return !faulted(ctx);
    json_open(&m->json, NULL, '{');
    json_text(&m->json, "photo", id_text(ctx->arena, p->id));
    json_text(&m->json, "mark", word_name(photos_mark_words, (int)p->mark));
    json_close(&m->json, '}');
    m->first = m->first ? m->first : p->id;
    m->changed++;
    return db_change(ctx, &q_photos_set_mark, &changed, I(p->id), W(photos_mark_words, mark));
}

/* One line for all of it: who chose, and how many. */
static bool end(Ctx *ctx, Marking *m, const char *verb, const char *mark)
{
    i64 forgotten;
    if (!m->changed)
        return !faulted(ctx);
    json_close(&m->json, ']');
    if (buf_over(m->buf))
        return fault(ctx, FAULT_INVALID, "These are too many pictures at once: choose fewer.");
    return db_change(ctx, &q_photos_step_forget, &forgotten, I(ctx->actor->id), I(ctx->now - CLOCK_DAY)) &&
           db_write(ctx, &q_photos_step_add, I(id_new(ctx->now)), I(ctx->actor->id), I(m->event), T(buf_data(m->buf)), I(ctx->now)) &&
           journal_detail(ctx, "photos_photo", m->first, verb, arena_printf(ctx->arena, "%s: %" PRId64, mark, m->changed));
}

/* ---- marking ---- */

static bool is_a_person(Ctx *ctx)
{
    return ctx->actor->id || fault(ctx, FAULT_FORBIDDEN, "Only a person chooses pictures.");
}

static const Photo *to_mark(Ctx *ctx, i64 id, i64 event)
{
    const Photo *p = photos_to_edit(ctx, id, NONE);
    if (!p)
        return NULL;
    if (p->removed_at)
        return fault(ctx, FAULT_CONFLICT, "“%s” was removed: bring it back first.", p->filename);
    if (event && p->event != event)
        return fault_field(ctx, "photos", "Choose pictures of one event at once: “%s” is of another one.", p->filename);
    return p;
}

static bool mark_each(Ctx *ctx, Marking *m, List ids, PhotoMark mark)
{
    const i64 *id = ids.items;
    for (size_t i = 0; i < ids.count; i++) {
        const Photo *p = to_mark(ctx, id[i], m->event);
        if (!p || !set(ctx, m, p, mark))
            return false;
        m->event = p->event;
    }
    return true;
}

bool photos_mark(Ctx *ctx, List ids, PhotoMark mark)
{
    if (!people_may(ctx, RIGHT_PHOTOS_EDIT) || !is_a_person(ctx) || !photos_check_many(ctx, ids))
        return false;
    Marking m = begin(ctx, 0);
    json_open(&m.json, NULL, '[');
    return mark_each(ctx, &m, ids, mark) && end(ctx, &m, "marked", word_name(photos_mark_words, (int)mark));
}

/* ---- the proposal ---- */

bool photos_mark_proposed(Ctx *ctx, i64 event, i64 coverage, i64 *photos_out)
{
    if (!people_may(ctx, RIGHT_PHOTOS_EDIT) || !is_a_person(ctx) || !photos_check_event(ctx, event, coverage))
        return false;
    List all = db_list(ctx, &q_photos_proposal, &photos_shape, I(event), I(coverage));
    Marking m = begin(ctx, event);
    json_open(&m.json, NULL, '[');
    for (const Photo *p = all.items, *last = p + all.count; p < last; p++)
        if (!set(ctx, &m, p, p->best ? MARK_KEEP : MARK_DROP))
            return false;
    if (!end(ctx, &m, "marked", "proposal"))
        return false;
    *photos_out = m.changed;
    return true;
}

/* ---- back ---- */

static bool put_back(Ctx *ctx, const Json *one, i64 *photos, i64 *first)
{
    i64 id = 0, changed = 0;
    int mark = word_find(photos_mark_words, json_text_of(json_get(one, "mark")));
    const char *text = json_text_of(json_get(one, "photo"));
    if (mark < 0 || !text || !id_parse(text, &id))
        return fault(ctx, FAULT_BROKEN, "a step says nothing that could be taken back");
    if (!db_change(ctx, &q_photos_set_mark, &changed, I(id), W(photos_mark_words, mark)))
        return false;
    *photos += changed;
    *first = *first ? *first : id;
    return true;
}

bool photos_mark_undo(Ctx *ctx, i64 event, i64 *photos_out)
{
    i64 photos = 0, first = 0;
    if (!people_may(ctx, RIGHT_PHOTOS_EDIT) || !photos_check_event(ctx, event, 0))
        return false;
    const Step *step = db_maybe(ctx, &q_photos_step_last, &step_shape, I(ctx->actor->id), I(event));
    if (!step)
        return fault(ctx, FAULT_CONFLICT, "There is nothing to take back: you chose no picture of this event today.");
    const Json *before = json_read(ctx, step->before, strlen(step->before));
    for (size_t i = 0; i < json_count(before); i++)
        if (!put_back(ctx, json_at(before, i), &photos, &first))
            return false;
    if (!db_write(ctx, &q_photos_step_drop, I(step->id)) ||
        !journal_detail(ctx, "photos_photo", first, "marks_undone", arena_printf(ctx->arena, "%" PRId64, photos)))
        return false;
    *photos_out = photos;
    return true;
}
