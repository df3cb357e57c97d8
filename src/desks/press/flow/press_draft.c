/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_draft.c: releases are begun, changed, taken back to an earlier version, discarded. */
#include "desks/press/flow/press_flow.h"
#include "press_flow_queries.h"

/* ---- what was said, tidied ---- */

static const char *line(Ctx *ctx, const char *text)
{
    return text_blank(text) || !text_valid(text, strlen(text)) ? (text_blank(text) ? NULL : text) : text_squeeze(ctx->arena, text);
}

/* Line ends as one sign, whatever machine they came from. */
static const char *paragraphs(Ctx *ctx, const char *text)
{
    char *copy = arena_text(ctx->arena, text ? text : ""), *to = copy;
    for (const char *from = copy; *from; from++)
        if (*from != '\r')
            *to++ = *from;
    *to = '\0';
    return copy;
}

static bool is_listed(Ctx *ctx, const char *lines, const char *word)
{
    List before = lines ? text_split(ctx->arena, lines, '\n') : (List){0};
    for (size_t i = 0; i < before.count; i++)
        if (text_same(((const char *const *)before.items)[i], word))
            return true;
    return false;
}

/* One a line, each once. */
static const char *words_of(Ctx *ctx, const char *topics)
{
    List said = topics ? text_split(ctx->arena, topics, '\n') : (List){0};
    const char *lines = NULL;
    for (size_t i = 0; i < said.count; i++) {
        const char *word = line(ctx, ((const char *const *)said.items)[i]);
        if (word && !is_listed(ctx, lines, word))
            lines = lines ? arena_printf(ctx->arena, "%s\n%s", lines, word) : word;
    }
    return lines;
}

/* In the order in which they are kept, so that the same languages have the same hash. */
static List texts_of(Ctx *ctx, List said)
{
    ReleaseText *texts = arena_array(ctx->arena, ReleaseText, said.count + 1);
    size_t n = 0;
    for (const ReleaseText *t = said.items, *end = t + said.count; t < end; t++) {
        ReleaseText text = {t->tongue, line(ctx, t->title), line(ctx, t->lead), paragraphs(ctx, t->body), NULL};
        size_t at = n++;
        for (; at && text.tongue && texts[at - 1].tongue && strcmp(texts[at - 1].tongue, text.tongue) > 0; at--)
            texts[at] = texts[at - 1];
        texts[at] = text;
    }
    return (List){texts, n};
}

static void take(Ctx *ctx, Release *r, const ReleaseDraft *d)
{
    r->title = line(ctx, d->title);
    r->lead = line(ctx, d->lead);
    r->body = paragraphs(ctx, d->body);
    r->topics = words_of(ctx, d->topics);
    r->dateline_place = line(ctx, d->dateline_place);
    r->dateline_day = line(ctx, d->dateline_day);
    r->event = d->event;
    r->area = d->area;
    r->contact_name = line(ctx, d->contact_name);
    r->contact_phone = line(ctx, d->contact_phone);
    r->contact_mail = line(ctx, d->contact_mail);
    r->tongue = text_blank(d->tongue) ? word_name(press_tongue_words, 0) : d->tongue;
    r->texts = texts_of(ctx, d->texts);
}

/* ---- a new one ---- */

bool press_create(Ctx *ctx, const ReleaseDraft *draft, i64 *id_out)
{
    Release r = {.id = id_new(ctx->now), .state = RELEASE_DRAFT, .author = ctx->actor->id};
    if (!people_may(ctx, RIGHT_PRESS_WRITE))
        return false;
    take(ctx, &r, draft);
    if (!press_check_draft(ctx, &r) || !press_check_links(ctx, &r, NULL))
        return false;
    r.slug = press_slug_free(ctx, r.title);
    if (!press_keep_new(ctx, &r, VERSION_SAVED) || !press_index(ctx, r.id) || !journal(ctx, "press_release", r.id, "created"))
        return false;
    *id_out = r.id;
    return true;
}

static const char *first_words(Ctx *ctx, const char *topics)
{
    List words = topics ? text_split(ctx->arena, topics, '\n') : (List){0};
    const char *lines = NULL;
    for (size_t i = 0; i < words.count && i < PRESS_TOPICS_MAX; i++) {
        const char *word = text_clip(ctx->arena, ((const char *const *)words.items)[i], PRESS_TOPIC_MAX);
        lines = lines ? arena_printf(ctx->arena, "%s\n%s", lines, word) : word;
    }
    return lines;
}

bool press_create_from_event(Ctx *ctx, i64 event, i64 *id_out)
{
    const Event *e = people_may(ctx, RIGHT_PRESS_WRITE) ? agenda_find(ctx, event) : NULL;
    if (!e)
        return false;
    ReleaseDraft draft = {
        .title = text_clip(ctx->arena, e->title, PRESS_TITLE_MAX),
        .body = e->description,
        .topics = first_words(ctx, e->topics),
        .dateline_place = text_clip(ctx->arena, e->place.name ? e->place.name : ctx->city->name, 120),
        .dateline_day = clock_day_text(ctx->arena, ctx->city->zone, e->starts_at),
        .event = e->id,
        .area = e->area,
    };
    return press_create(ctx, &draft, id_out);
}

bool press_create_from_template(Ctx *ctx, i64 template, i64 *id_out)
{
    const ReleaseTemplate *t =
        people_may(ctx, RIGHT_PRESS_WRITE) ? db_one(ctx, &q_press_template_of, &press_template_shape, I(template)) : NULL;
    if (!t)
        return false;
    ReleaseDraft draft = {
        .title = text_blank(t->title) ? t->name : t->title,
        .lead = t->lead,
        .body = t->body,
        .topics = t->topics,
        .dateline_place = t->dateline_place,
    };
    return press_create(ctx, &draft, id_out);
}

/* ---- changing ---- */

/* An address that was made of the title follows it until somebody has seen it. */
static const char *slug_after(Ctx *ctx, const Release *before, const Release *after)
{
    if (before->edition || text_same(before->title, after->title) || !press_slug_is_of(ctx, before->slug, before->title) ||
        press_slug_is_of(ctx, before->slug, after->title))
        return before->slug;
    return press_slug_free(ctx, after->title);
}

static bool change(Ctx *ctx, const Release *before, Release *after, VersionKind kind, const char *verb)
{
    if (!press_check_draft(ctx, after) || !press_check_links(ctx, after, before))
        return false;
    after->slug = slug_after(ctx, before, after);
    if (!press_keep_change(ctx, before, after, kind) || text_same(before->hash, after->hash))
        return !faulted(ctx);
    return press_index(ctx, after->id) && (kind == VERSION_AUTOSAVED || journal(ctx, "press_release", after->id, verb));
}

bool press_change(Ctx *ctx, i64 id, i64 version, const ReleaseDraft *draft, VersionKind kind)
{
    Release *before = people_may(ctx, RIGHT_PRESS_WRITE) ? press_in(ctx, id, version, BEFORE_PUBLICATION) : NULL;
    if (!before)
        return false;
    Release after = *before;
    take(ctx, &after, draft);
    return change(ctx, before, &after, kind == VERSION_AUTOSAVED ? VERSION_AUTOSAVED : VERSION_SAVED, "changed");
}

bool press_rewrite(Ctx *ctx, const Release *before, const ReleaseDraft *draft)
{
    Release after = *before;
    take(ctx, &after, draft);
    return press_check_draft(ctx, &after) && press_check_links(ctx, &after, before) &&
           press_keep_change(ctx, before, &after, VERSION_AUTOSAVED);
}

bool press_discard(Ctx *ctx, i64 id, i64 version)
{
    Release *r = people_may(ctx, RIGHT_PRESS_WRITE) ? press_in(ctx, id, version, STATE_BIT(RELEASE_DRAFT)) : NULL;
    return r && db_write(ctx, &q_press_set_state, I(id), I(r->version), W(press_state_words, r->state), W(press_state_words, RELEASE_DISCARDED),
                         T(NULL), T(r->reason), I(ctx->now)) &&
           press_index(ctx, id) && journal(ctx, "press_release", id, "discarded");
}

/* ---- back to an earlier version ---- */

/* The words of its files come back; what was added since stays, and what was taken away is in the vault but not here any more. */
static bool restore_files(Ctx *ctx, const Release *now, List then)
{
    i64 cover = 0;
    for (const ReleaseFile *f = then.items, *end = f + then.count; f < end; f++) {
        if (!press_file_in(now->files, f->id))
            continue;
        if (!db_write(ctx, &q_press_file_set, I(f->id), T(f->alt), T(f->caption), T(f->credit)))
            return false;
        if (f->is_cover)
            cover = f->id;
    }
    return db_write(ctx, &q_press_set_cover, I(now->id), I_OR_NULL(cover ? cover : now->cover));
}

bool press_restore(Ctx *ctx, i64 id, i64 version, i64 number)
{
    Release *before = people_may(ctx, RIGHT_PRESS_WRITE) ? press_in(ctx, id, version, BEFORE_PUBLICATION) : NULL;
    const ReleaseVersion *v = before ? press_version(ctx, id, number) : NULL;
    const Release *then = v ? press_version_read(ctx, v) : NULL;
    if (!then || !restore_files(ctx, before, then->files))
        return false;
    Release *after = press_row(ctx, id);
    if (!after)
        return false;
    after->title = then->title;
    after->lead = then->lead;
    after->body = then->body;
    after->topics = then->topics;
    after->tongue = then->tongue;
    after->dateline_place = then->dateline_place;
    after->dateline_day = then->dateline_day;
    after->event = then->event;
    after->area = then->area;
    after->contact_name = then->contact_name;
    after->contact_phone = then->contact_phone;
    after->contact_mail = then->contact_mail;
    after->texts = then->texts;
    return change(ctx, before, after, VERSION_SAVED, "restored");
}
