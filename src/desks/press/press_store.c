/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_store.c: releases as the desk sees them: queries in, structs out. */
#include "desks/press/press_room.h"
#include "store/db.h"
#include "web/markdown.h"
#include "press_queries.h"

/* ---- what belongs to one release ---- */

static const char *absolute(Ctx *ctx, const char *path)
{
    return arena_printf(ctx->arena, "%s%s", ctx->city->base_url, path);
}

static void with_url(Ctx *ctx, Release *r)
{
    if (r->edition)
        r->url = absolute(ctx, press_public_path(ctx->arena, r->slug));
}

static List files_of(Ctx *ctx, i64 release, FileStanding standing)
{
    List files = db_list(ctx, &q_press_files, &press_file_shape, I(release), W(press_standing_words, standing));
    for (ReleaseFile *f = (ReleaseFile *)files.items, *end = f + files.count; f < end; f++)
        f->url = press_file_path(ctx->arena, f->id);
    return files;
}

static void with_cover(Ctx *ctx, Release *r)
{
    const ReleaseFile *f = press_cover_of(r);
    r->picture = (ReleaseCover){.width = NONE, .height = NONE};
    if (f)
        r->picture = (ReleaseCover){absolute(ctx, f->url), f->alt, f->caption, f->credit, f->width, f->height};
}

const ReleaseFile *press_cover_of(const Release *r)
{
    for (const ReleaseFile *f = r->files.items, *end = f + r->files.count; f < end; f++)
        if (f->is_cover)
            return f;
    return NULL;
}

const PressTopic *press_topic_of(Ctx *ctx, const char *word)
{
    const char *slug = text_slug(ctx->arena, word);
    return *slug ? db_maybe(ctx, &q_press_topic_of, &press_topic_shape, T(slug)) : NULL;
}

static bool is_sensitive(Ctx *ctx, const char *topics)
{
    List words = topics ? text_split(ctx->arena, topics, '\n') : (List){0};
    for (size_t i = 0; i < words.count; i++) {
        const PressTopic *topic = press_topic_of(ctx, ((const char *const *)words.items)[i]);
        if (topic && topic->sensitive)
            return true;
    }
    return false;
}

Release *press_row(Ctx *ctx, i64 id)
{
    Release *r = (Release *)db_one(ctx, &q_press_find, &press_release_shape, I(id), B(people_has(ctx, RIGHT_AGENDA_PRIVATE)));
    if (!r)
        return NULL;
    with_url(ctx, r);
    r->texts = db_list(ctx, &q_press_texts, &press_text_shape, I(id));
    r->files = files_of(ctx, id, FILE_IN);
    r->waiting = r->edition ? files_of(ctx, id, FILE_WAITING) : (List){0};
    r->corrections = db_list(ctx, &q_press_corrections, &press_correction_shape, I(id));
    r->approvals = db_list(ctx, &q_press_approvals, &press_approval_shape, I(id), T(r->hash));
    r->sensitive = is_sensitive(ctx, r->topics);
    with_cover(ctx, r);
    return faulted(ctx) ? NULL : r;
}

static const char *rendered(Ctx *ctx, const char *markdown)
{
    Sanitized clean = {0};
    return markdown && markdown_html(ctx, markdown, NULL, &clean) ? clean.html.s : "";
}

void press_render(Ctx *ctx, Release *r)
{
    r->body_html = rendered(ctx, r->body);
    for (ReleaseText *t = (ReleaseText *)r->texts.items, *end = t + r->texts.count; t < end; t++)
        t->body_html = rendered(ctx, t->body);
}

/* ---- one ---- */

const Release *press_find(Ctx *ctx, i64 id)
{
    Release *r = people_may(ctx, RIGHT_PRESS_READ) ? press_row(ctx, id) : NULL;
    if (r)
        press_render(ctx, r);
    return faulted(ctx) ? NULL : r;
}

const Release *press_by_folio_or_slug(Ctx *ctx, const char *text)
{
    const Query *const ways[] = {&q_press_id_of_folio, &q_press_id_of_slug, &q_press_id_of_old_slug};
    if (text_blank(text) || !people_has(ctx, RIGHT_PRESS_READ))
        return NULL;
    for (size_t i = 0; i < COUNT(ways); i++) {
        i64 id = db_number_(ctx, ways[i], BINDS(T(text)));
        if (id != NONE)
            return press_find(ctx, id);
    }
    return NULL;
}

const ReleaseFile *press_file(Ctx *ctx, i64 file)
{
    ReleaseFile *f = people_may(ctx, RIGHT_PRESS_READ) ? (ReleaseFile *)db_one(ctx, &q_press_file, &press_file_shape, I(file)) : NULL;
    if (f)
        f->url = press_file_path(ctx->arena, f->id);
    return f;
}

/* ---- many ---- */

/* What a figure of the report counts: first publications, corrections, or what was published and did not stand. */
typedef struct Meaning {
    Span published, corrected;
    const char *state;
} Meaning;

static Meaning meaning_of(const ReleaseFilter *f)
{
    if (text_same(f->figure, "releases_corrected"))
        return (Meaning){.corrected = f->span, .state = f->state};
    if (text_same(f->figure, "releases_withdrawn"))
        return (Meaning){.published = f->span, .state = word_name(press_state_words, RELEASE_WITHDRAWN)};
    return (Meaning){.published = f->span, .state = f->state};
}

/* A correction's span takes the place of the publication's: where one is asked for, the other is not. */
#define FILTER_BINDS(f, m) \
    T((m).state ? (m).state : ""), I((m).corrected.to ? (m).corrected.from : (m).published.from), \
    I((m).corrected.to ? (m).corrected.to : (m).published.to), I((f)->event), I((f)->area), I((f)->author)

/* By which index a list goes: a hundred thousand releases cost what a hundred do. */
typedef enum Way { BY_ALL, BY_STATE, BY_OPEN, BY_AUTHOR, BY_EVENT, BY_SPAN, BY_CORRECTION, BY_CHANGE } Way;

/* Of the states before publication there are few releases, whoever wrote them. */
static bool is_before(const char *state)
{
    int found = state ? word_find(press_state_words, state) : -1;
    return found >= 0 && found < RELEASE_PUBLISHED;
}

static Way way_of(const ReleaseFilter *f, Meaning m)
{
    bool open = text_same(m.state, "open"), timed = m.published.from || m.published.to;
    if (m.corrected.to)
        return BY_CORRECTION;
    if (f->event)
        return BY_EVENT;
    if (m.published.from && m.published.to && !open)
        return BY_SPAN;
    if (timed || f->area)
        return BY_CHANGE;
    if (f->author)
        return is_before(m.state) ? BY_STATE : BY_AUTHOR;
    return open ? BY_OPEN : m.state ? BY_STATE : BY_ALL;
}

static List list_of(Ctx *ctx, const ReleaseFilter *f, i64 at, i64 id, i64 limit)
{
    const Query *const wide[] = {[BY_ALL] = &q_press_list,       [BY_CHANGE] = &q_press_list,
                                 [BY_EVENT] = &q_press_list_event, [BY_CORRECTION] = &q_press_list_corrected,
                                 [BY_SPAN] = &q_press_list_span};
    Meaning m = meaning_of(f);
    Way way = way_of(f, m);
    Bind hidden = B(people_has(ctx, RIGHT_AGENDA_PRIVATE));
    if (way == BY_OPEN)
        return db_list(ctx, &q_press_list_open, &press_release_shape, hidden, I(at), I(id), I(limit));
    if (way == BY_STATE)
        return db_list(ctx, &q_press_list_state, &press_release_shape, T(m.state), hidden, I(f->author), I(at), I(id), I(limit));
    if (way == BY_AUTHOR)
        return db_list(ctx, &q_press_list_author, &press_release_shape, I(f->author), T(m.state ? m.state : ""), hidden, I(at), I(id),
                       I(limit));
    return db_list(ctx, wide[way], &press_release_shape, FILTER_BINDS(f, m), hidden, I(at), I(id), I(limit));
}

static i64 count_of(Ctx *ctx, const ReleaseFilter *f)
{
    Meaning m = meaning_of(f);
    switch (way_of(f, m)) {
    case BY_ALL: return db_number_(ctx, &q_press_count_all, NULL, 0);
    case BY_OPEN: return db_number_(ctx, &q_press_count_open, NULL, 0);
    case BY_STATE:
        return f->author ? db_number(ctx, &q_press_count_state_of, T(m.state), I(f->author)) : db_number(ctx, &q_press_count_state, T(m.state));
    case BY_AUTHOR: return db_number(ctx, &q_press_count_author, I(f->author), T(m.state ? m.state : ""));
    case BY_EVENT: return db_number(ctx, &q_press_count_event, FILTER_BINDS(f, m));
    case BY_SPAN: return db_number(ctx, &q_press_count_span, FILTER_BINDS(f, m));
    case BY_CORRECTION: return db_number(ctx, &q_press_count_corrected, FILTER_BINDS(f, m));
    case BY_CHANGE: break;
    }
    return db_number(ctx, &q_press_count, FILTER_BINDS(f, m));
}

List press_list(Ctx *ctx, const ReleaseFilter *f, i64 after_at, i64 after_id, i64 limit)
{
    if (!people_may(ctx, RIGHT_PRESS_READ))
        return (List){0};
    List all = list_of(ctx, f, after_at ? after_at : INT64_MAX, after_id ? after_id : INT64_MAX, limit);
    for (Release *r = (Release *)all.items, *end = r + all.count; r < end; r++)
        with_url(ctx, r);
    return all;
}

i64 press_count(Ctx *ctx, const ReleaseFilter *f)
{
    i64 n = people_may(ctx, RIGHT_PRESS_READ) ? count_of(ctx, f) : 0;
    return n == NONE ? 0 : n;
}

List press_of_event(Ctx *ctx, i64 event, i64 limit)
{
    if (!people_has(ctx, RIGHT_PRESS_READ))
        return (List){0};
    List all = db_list(ctx, &q_press_of_event, &press_release_shape, I(event), I(limit));
    for (Release *r = (Release *)all.items, *end = r + all.count; r < end; r++)
        with_url(ctx, r);
    return all;
}

/* ---- versions ---- */

List press_versions(Ctx *ctx, i64 release, i64 before, i64 limit)
{
    if (!people_may(ctx, RIGHT_PRESS_READ))
        return (List){0};
    return db_list(ctx, &q_press_versions, &press_version_shape, I(release), I(before ? before : INT64_MAX), I(limit));
}

const ReleaseVersion *press_version(Ctx *ctx, i64 release, i64 number)
{
    return people_may(ctx, RIGHT_PRESS_READ) ? db_one(ctx, &q_press_version, &press_version_shape, I(release), I(number)) : NULL;
}
