/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_import_keep.c: an item written as release, edition, files, old addresses; once, whatever is repeated. */
#include "desks/press/flow/press_flow.h"
#include "desks/press/import/press_import.h"
#include "desks/press/pictures/press_pictures.h"
#include "press_flow_queries.h"
#include "press_import_queries.h"
#include "press_queries.h"

enum { FOLIO_TRIES = 50 };

/* What is kept of where it came from: the hash of what came, a blank, the hash of what became of it here. */
typedef struct Known {
    i64 id, version;
    ReleaseState state;
    const char *hash, *source, *source_hash;
} Known;
static const Field known_fields[] = {
    FIELD_ID(Known, id),          FIELD_TEXT(Known, hash),    FIELD_TEXT(Known, source), FIELD_TEXT(Known, source_hash),
    FIELD_WORD(Known, state, press_state_words), FIELD_INT(Known, version),
};
static const Shape known_shape = SHAPE("press_known", Known, known_fields);

static const Known *find(Ctx *ctx, const char *source)
{
    return db_maybe(ctx, &q_press_import_find, &known_shape, T(source));
}

static const char *marked(Ctx *ctx, const char *came, const char *became)
{
    return arena_printf(ctx->arena, "%s %s", came, became);
}

bool press_import_known(Ctx *ctx, const char *source, const char *hash)
{
    const Known *known = find(ctx, source);
    return known && known->source_hash && text_starts(known->source_hash, hash);
}

/* ---- files ---- */

static List files_of(Ctx *ctx, const ImportItem *item)
{
    ReleaseFile *files = arena_array(ctx->arena, ReleaseFile, item->n_files + 1);
    for (size_t i = 0; i < item->n_files; i++) {
        const ImportFile *f = &item->files[i];
        files[i] = (ReleaseFile){.id = f->id, .sha256 = f->sha256, .filename = f->filename, .type = f->type, .size = f->size,
                                 .alt = text_blank(f->alt) ? NULL : f->alt, .is_cover = f->id == item->cover, .width = NONE, .height = NONE};
    }
    return (List){files, item->n_files};
}

static bool add_files(Ctx *ctx, i64 release, List files)
{
    for (const ReleaseFile *f = files.items, *end = f + files.count; f < end; f++)
        if (!db_write(ctx, &q_press_file_add, I(f->id), I(release), T(f->sha256), T(f->filename), T(f->type), I(f->size), T(f->alt),
                      T(NULL), T(NULL), I_OR_NULL(ctx->actor->id), I(ctx->now), I_OR_NULL(0), W(press_standing_words, FILE_IN)) ||
            (press_is_picture(f->type) && !press_picture_queue(ctx, f->id)))
            return false;
    return true;
}

/* ---- names ---- */

static const char *slug_for(Ctx *ctx, const ImportItem *item)
{
    bool kept = text_slug_valid(item->slug) && press_slug_is_of(ctx, press_slug_free(ctx, item->slug), item->slug) &&
                db_number(ctx, &q_press_import_slug_taken, T(item->slug)) == 0;
    return kept ? item->slug : press_slug_free(ctx, *item->slug ? item->slug : item->title);
}

/* Numbers of the office are its own; these say where they come from. */
static const char *folio_for(Ctx *ctx, const ImportItem *item)
{
    int year = clock_wall(ctx->city->zone, item->published_at).year;
    const char *folio = arena_printf(ctx->arena, "WP/%" PRId64 "/%d", item->post, year);
    for (int n = 2; n < FOLIO_TRIES && db_number(ctx, &q_press_id_of_folio, T(folio)) != NONE; n++)
        folio = arena_printf(ctx->arena, "WP/%" PRId64 "-%d/%d", item->post, n, year);
    return folio;
}

/* Its categories are topics that citizens can choose; tags are words. */
static bool add_topics(Ctx *ctx, const ImportItem *item)
{
    List names = item->topics && item->categories ? text_split(ctx->arena, item->topics, '\n') : (List){0};
    size_t categories = item->categories ? text_split(ctx->arena, item->categories, '\n').count : 0;
    i64 added;
    for (size_t i = 0; i < names.count && i < categories; i++) {
        const char *name = ((const char *const *)names.items)[i], *slug = text_slug(ctx->arena, name);
        if (*slug && !press_topic_of(ctx, name) && !db_change(ctx, &q_press_import_topic, &added, T(slug), T(name)))
            return false;
    }
    return !faulted(ctx);
}

static bool add_paths(Ctx *ctx, i64 release, const ImportItem *item)
{
    i64 added;
    return db_change(ctx, &q_press_import_path, &added, T(arena_printf(ctx->arena, "/?p=%" PRId64, item->post)), I(release)) &&
           (!item->path || db_change(ctx, &q_press_import_path, &added, T(item->path), I(release)));
}

/* Links to documents lead to the copies that are here now. */
static const char *body_for(Ctx *ctx, const ImportItem *item, const char *slug)
{
    const char *body = item->body;
    for (size_t i = 0; i < item->n_files; i++) {
        const ImportFile *f = &item->files[i];
        const char *at = press_is_picture(f->type) ? NULL : strstr(body, f->old_url);
        while (at) {
            const char *here = arena_printf(ctx->arena, "/comunicados/%s/archivos/%s", slug, id_text(ctx->arena, f->id));
            size_t before = (size_t)(at - body);
            body = arena_printf(ctx->arena, "%.*s%s%s", (int)before, body, here, at + strlen(f->old_url));
            at = strstr(body + before + strlen(here), f->old_url);
        }
    }
    return body;
}

/* ---- the first time ---- */

static Release release_of(Ctx *ctx, const ImportItem *item)
{
    Release r = {.id = id_new(ctx->now), .state = RELEASE_DRAFT, .title = item->title, .lead = item->lead, .topics = item->topics,
                 .tongue = word_name(press_tongue_words, 0), .author = ctx->actor->id, .cover = item->cover, .version = 1};
    r.slug = slug_for(ctx, item);
    r.body = body_for(ctx, item, r.slug);
    r.files = files_of(ctx, item);
    return r;
}

static bool write_new(Ctx *ctx, Release *r, const ImportItem *item)
{
    return press_check_draft(ctx, r) && press_keep_new(ctx, r, VERSION_IMPORTED) && add_files(ctx, r->id, r->files) &&
           (!r->cover || db_write(ctx, &q_press_set_cover, I(r->id), I(r->cover))) && add_topics(ctx, item) &&
           db_write(ctx, &q_press_import_mark, I(r->id), T(item->source), T(marked(ctx, item->source_hash, r->hash)),
                    T(item->published_at ? folio_for(ctx, item) : NULL), I_OR_NULL(item->published_at));
}

/* Nothing that is old becomes news: it is written as if it had been here at its minute. */
static bool create(Ctx *ctx, const ImportItem *item)
{
    i64 now = ctx->now;
    if (item->published_at)
        ctx->now = item->published_at;
    Release r = release_of(ctx, item);
    bool done = write_new(ctx, &r, item);
    Release *row = done ? press_row(ctx, r.id) : NULL;
    done = row && (item->published_at ? press_put_out(ctx, row, NULL, NULL) && add_paths(ctx, r.id, item) : press_index(ctx, r.id));
    ctx->now = now;
    return done && journal_detail(ctx, "press_release", r.id, "imported", item->source);
}

/* ---- again, with another content ---- */

/* A file that came before keeps its number: editions speak of it. */
static ImportItem with_old_files(Ctx *ctx, const ImportItem *item, const Release *before)
{
    ImportItem now = *item;
    now.n_files = 0;
    for (size_t i = 0; i < item->n_files; i++) {
        const ImportFile *f = &item->files[i];
        const ReleaseFile *old = before->files.items, *end = old + before->files.count;
        while (old < end && !text_same(old->sha256, f->sha256))
            old++;
        if (old == end) {
            now.files[now.n_files++] = *f;
            continue;
        }
        const char *from = id_text(ctx->arena, f->id), *to = id_text(ctx->arena, old->id);
        for (char *at = strstr((char *)(now.body = arena_text(ctx->arena, now.body)), from); at; at = strstr(at, from))
            memcpy(at, to, ID_TEXT);
        if (now.cover == f->id)
            now.cover = old->id;
    }
    return now;
}

/* The words and pictures that came in place of those that are here. */
static Release *rewrite(Ctx *ctx, const Release *before, const ImportItem *item)
{
    if (!add_files(ctx, before->id, files_of(ctx, item)) || !add_topics(ctx, item) ||
        !db_write(ctx, &q_press_set_cover, I(before->id), I_OR_NULL(item->cover)))
        return NULL;
    Release *whole = press_row(ctx, before->id);
    if (!whole)
        return NULL;
    Release after = *whole;
    after.title = item->title;
    after.lead = item->lead;
    after.topics = item->topics;
    after.body = body_for(ctx, item, whole->slug);
    bool done = press_check_draft(ctx, &after) && press_keep_change(ctx, whole, &after, VERSION_IMPORTED);
    return done ? press_row(ctx, before->id) : NULL;
}

/* A new edition of what is public; the first one of what was a draft there until now. */
static bool give_out(Ctx *ctx, Release *row, const ImportItem *item)
{
    if (row->edition)
        return press_put_out(ctx, row, say(ctx, "Changed on the site that it was brought from."), NULL);
    if (!item->published_at)
        return press_index(ctx, row->id);
    row->folio = folio_for(ctx, item);
    row->published_at = item->published_at;
    return press_put_out(ctx, row, NULL, NULL) && add_paths(ctx, row->id, item);
}

static bool update(Ctx *ctx, const Known *known, const ImportItem *item)
{
    Release *before = press_row(ctx, known->id);
    if (!before)
        return false;
    ImportItem now = with_old_files(ctx, item, before);
    Release *row = rewrite(ctx, before, &now);
    if (!row)
        return false;
    bool first = !row->edition && item->published_at, same = text_same(row->hash, before->hash);
    return ((same && !first) || give_out(ctx, row, &now)) &&
           db_write(ctx, &q_press_import_remember, I(known->id), T(marked(ctx, item->source_hash, row->hash))) &&
           journal_detail(ctx, "press_release", known->id, "imported", item->source);
}

/* Its content is what the last run made of it, and nobody took it down. */
static bool is_untouched(const Known *known)
{
    const char *became = known->source_hash ? strchr(known->source_hash, ' ') : NULL;
    bool here = known->state != RELEASE_WITHDRAWN && known->state != RELEASE_DISCARDED;
    return here && became && text_same(became + 1, known->hash);
}

bool press_import_keep(Ctx *ctx, const ImportItem *item, ImportFate *fate_out)
{
    const Known *known = find(ctx, item->source);
    if (faulted(ctx))
        return false;
    if (known && known->source_hash && text_starts(known->source_hash, item->source_hash)) {
        *fate_out = KEPT_UNCHANGED;
        return true;
    }
    if (known && !is_untouched(known)) {
        *fate_out = KEPT_EDITED_HERE;
        return true;
    }
    *fate_out = known ? KEPT_UPDATED : KEPT_CREATED;
    return known ? update(ctx, known, item) : create(ctx, item);
}
