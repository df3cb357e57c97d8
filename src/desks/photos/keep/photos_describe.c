/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_describe.c: a picture's words, its time, its place in a crop, its event, and whether minors appear. */
#include "desks/photos/keep/photos_step.h"
#include "photos_keep_queries.h"

/* ---- tidying: what is left out stays, what is empty goes ---- */

static const char *text_after(Ctx *ctx, const char *before, const char *said, bool line)
{
    if (!said)
        return before;
    if (!text_valid(said, strlen(said)))
        return said; /* refused afterwards */
    const char *tidy = text_nfc(ctx->arena, line ? text_squeeze(ctx->arena, said) : text_trim(ctx->arena, said));
    return text_blank(tidy) ? NULL : tidy;
}

/* One name a line, each trimmed. */
static const char *people_after(Ctx *ctx, const char *before, const char *said)
{
    if (!said || !text_valid(said, strlen(said)))
        return said ? said : before;
    List names = text_split(ctx->arena, said, '\n');
    Buf *out = buf_new(ctx->arena, 256, 64 * 1024);
    for (size_t i = 0; i < names.count; i++) {
        const char *name = text_squeeze(ctx->arena, ((const char *const *)names.items)[i]);
        if (!text_blank(name))
            buf_printf(out, "%s%s", buf_size(out) ? "\n" : "", name);
    }
    return buf_size(out) ? text_nfc(ctx->arena, buf_data(out)) : NULL;
}

static i64 number_after(i64 before, i64 said)
{
    return said == NONE ? before : said;
}

/* An instant or a record cannot be nothing: 0 leaves it too. */
static i64 thing_after(i64 before, i64 said)
{
    return said == NONE || !said ? before : said;
}

/* ---- what must hold ---- */

static bool same_words(Ctx *ctx, const char *one, const char *other)
{
    return one && other &&
           text_same(text_fold(ctx->arena, text_squeeze(ctx->arena, one)), text_fold(ctx->arena, text_squeeze(ctx->arena, other)));
}

static bool check_alt(Ctx *ctx, const Photo *p)
{
    if (!photos_check_line(ctx, "alt", p->alt, PHOTOS_ALT_MAX))
        return false;
    if (same_words(ctx, p->alt, p->caption))
        return fault_field(ctx, "alt", "The alternative text says what is seen; it cannot repeat the caption.");
    return true;
}

static bool check_focal(Ctx *ctx, const Photo *p)
{
    if (p->focal_x < 0 || p->focal_x > PHOTOS_SCALE || p->focal_y < 0 || p->focal_y > PHOTOS_SCALE)
        return fault_field(ctx, "focal_x", "The focal point lies inside the picture: from 0 to %d.", PHOTOS_SCALE);
    return true;
}

static bool check_texts(Ctx *ctx, const Photo *p)
{
    return photos_check_line(ctx, "headline", p->headline, PHOTOS_HEADLINE_MAX) &&
           check_text(ctx, "caption", p->caption, PHOTOS_CAPTION_MAX) &&
           check_text(ctx, "people", p->people, PHOTOS_PEOPLE_MAX) && photos_check_line(ctx, "credit", p->credit, PHOTOS_CREDIT_MAX) &&
           photos_check_line(ctx, "place", p->place, PHOTOS_PLACE_MAX) && check_alt(ctx, p) && check_focal(ctx, p);
}

/* A year before cameras, or tomorrow, is a mistyped one. */
static bool check_time(Ctx *ctx, const Photo *before, const Photo *p)
{
    const i64 first = -3786825600 * CLOCK_SECOND; /* 1850 */
    if (p->taken_at == before->taken_at || (p->taken_at > first && p->taken_at < ctx->now + CLOCK_DAY))
        return true;
    return fault_field(ctx, "taken_at", "The picture cannot have been taken then: write the day and the hour of the event.");
}

static bool check_links(Ctx *ctx, const Photo *before, const Photo *p)
{
    if (p->event == before->event && p->coverage == before->coverage)
        return true;
    return photos_check_event(ctx, p->event, p->coverage);
}

static bool check_minors(Ctx *ctx, const PhotoWords *w)
{
    if (!w->minors || word_find(photos_minors_words, w->minors) >= 0)
        return true;
    return fault_field(ctx, "minors", "“%s” is no answer: say none, consent, pixelate, never or unreviewed.", text_clip(ctx->arena, w->minors, 40));
}

/* ---- one ---- */

static void look_at_minors(Ctx *ctx, Photo *p, Minors minors)
{
    if (p->minors == minors)
        return;
    p->minors = minors;
    p->minors_at = minors == MINORS_UNREVIEWED ? 0 : ctx->now;
}

static Photo described(Ctx *ctx, const Photo *before, const PhotoWords *w)
{
    Photo p = *before;
    p.headline = text_after(ctx, p.headline, w->headline, true);
    p.caption = text_after(ctx, p.caption, w->caption, false);
    p.people = people_after(ctx, p.people, w->people);
    p.alt = text_after(ctx, p.alt, w->alt, true);
    p.credit = text_after(ctx, p.credit, w->credit, true);
    p.place = text_after(ctx, p.place, w->place, true);
    p.focal_x = number_after(p.focal_x, w->focal_x);
    p.focal_y = number_after(p.focal_y, w->focal_y);
    p.taken_at = thing_after(p.taken_at, w->taken_at);
    if (p.taken_at != before->taken_at)
        p.taken_from = TAKEN_WITH_OFFSET;
    p.event = thing_after(p.event, w->event);
    p.coverage = number_after(p.event == before->event ? p.coverage : 0, w->coverage);
    if (w->minors)
        look_at_minors(ctx, &p, (Minors)word_find(photos_minors_words, w->minors));
    return p;
}

static bool same_text(const Photo *one, const Photo *other)
{
    return text_same(one->headline, other->headline) && text_same(one->caption, other->caption) && text_same(one->people, other->people) &&
           text_same(one->alt, other->alt) && text_same(one->credit, other->credit) && text_same(one->place, other->place);
}

static bool is_same(const Photo *one, const Photo *other)
{
    return same_text(one, other) && one->focal_x == other->focal_x && one->focal_y == other->focal_y && one->taken_at == other->taken_at &&
           one->event == other->event && one->coverage == other->coverage && one->minors == other->minors;
}

/* Who looked stays where nobody looked again. */
static i64 who_looked(Ctx *ctx, const Photo *before, const Photo *p)
{
    i64 before_by = db_number(ctx, &q_photos_minors_by, I(p->id));
    if (p->minors == before->minors)
        return before_by == NONE ? 0 : before_by;
    return p->minors == MINORS_UNREVIEWED ? 0 : ctx->actor->id;
}

static const char *what_changed(Ctx *ctx, const Photo *before, const Photo *p)
{
    if (before->minors == p->minors)
        return NULL;
    return arena_printf(ctx->arena, "minors: %s", word_name(photos_minors_words, (int)p->minors));
}

/* Frames of a burst are of one event and one minute. */
static bool moved(Ctx *ctx, const Photo *before, const Photo *p)
{
    if (before->event == p->event && before->taken_at == p->taken_at)
        return true;
    return photos_bursts_again(ctx, before->event, before->taken_at) && photos_bursts_again(ctx, p->event, p->taken_at);
}

static bool keep(Ctx *ctx, const Photo *before, const Photo *p, const char *verb)
{
    return db_write(ctx, &q_photos_set_words, I(p->id), I(before->version), T(p->headline), T(p->caption), T(p->people), T(p->alt), T(p->credit),
                    T(p->place), I(p->focal_x), I(p->focal_y), I(p->taken_at), W(photos_taken_words, p->taken_from),
                    W(photos_minors_words, p->minors), I_OR_NULL(who_looked(ctx, before, p)), I_OR_NULL(p->minors_at), I(p->event),
                    I_OR_NULL(p->coverage)) &&
           moved(ctx, before, p) && photos_changed(ctx, before) &&
           journal_detail(ctx, "photos_photo", p->id, verb, what_changed(ctx, before, p));
}

static bool fits(Ctx *ctx, const Photo *before, const Photo *p)
{
    return check_texts(ctx, p) && check_time(ctx, before, p) && check_links(ctx, before, p);
}

/* Nothing is written where nothing changed. */
static bool describe(Ctx *ctx, const Photo *before, const PhotoWords *w, StepOut *step)
{
    if (before->removed_at)
        return fault(ctx, FAULT_CONFLICT, "“%s” was removed: bring it back first.", before->filename);
    Photo p = described(ctx, before, w);
    if (!fits(ctx, before, &p))
        return false;
    if (is_same(before, &p))
        return true;
    photos_step_describe(ctx, step, before, &p);
    return keep(ctx, before, &p, "described");
}

/* Who looked for minors, and when, cannot be put back. */
static bool can_go_back(const PhotoWords *w)
{
    return !w->minors;
}

static StepOut begin(Ctx *ctx, const PhotoWords *w)
{
    return photos_step_begin(ctx, w->event == NONE && w->coverage == NONE ? STEP_DESCRIBED : STEP_MOVED);
}

/* A form saves all words of a picture, one after the other; only where it went is a step. */
bool photos_describe(Ctx *ctx, i64 id, i64 version, const PhotoWords *words)
{
    const Photo *p = photos_to_edit(ctx, id, version);
    if (!p || !check_minors(ctx, words))
        return false;
    StepOut step = begin(ctx, words);
    return describe(ctx, p, words, &step) && (!step.moved || !can_go_back(words) || photos_step_end(ctx, &step));
}

/* ---- many: all or none, the caller's transaction sees to it ---- */

bool photos_describe_all(Ctx *ctx, List ids, const PhotoWords *words)
{
    if (!people_may(ctx, RIGHT_PHOTOS_EDIT) || !photos_check_many(ctx, ids) || !check_minors(ctx, words))
        return false;
    const i64 *id = ids.items;
    StepOut step = begin(ctx, words);
    for (size_t i = 0; i < ids.count; i++) {
        Lap lap CLEANUP(lap_end) = lap_begin(ctx);
        const Photo *p = photos_to_edit(ctx, id[i], NONE);
        if (!p || !describe(ctx, p, words, &step))
            return false;
    }
    return !can_go_back(words) || photos_step_end(ctx, &step);
}

/* ---- back ---- */

/* What does not fit any more (its event is gone, its words are the caption by now) stays as it is. */
bool photos_describe_back(Ctx *ctx, const Photo *before, const PhotoWords *w, bool *kept_out)
{
    Photo p = described(ctx, before, w);
    if (!before->removed_at && fits(ctx, before, &p))
        return is_same(before, &p) || keep(ctx, before, &p, "undone");
    if (faulted(ctx) && ctx->fault.kind != FAULT_INVALID)
        return false;
    fault_take(ctx);
    *kept_out = true;
    return true;
}
