/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_public_store.c: what citizens may read of releases, out of rows: the view press_public and public tables. */
#include "desks/press/public/press_public.h"
#include "store/db.h"
#include "press_public_queries.h"

static const Span press_ever = {INT64_MIN, INT64_MAX};

static const Field month_fields[] = {FIELD_TEXT(PressMonth, month), FIELD_INT(PressMonth, releases)};
static const Shape month_shape = SHAPE("release_month", PressMonth, month_fields);

static const Field event_fields[] = {
    FIELD_ID(ToldEvent, id),           FIELD_TEXT(ToldEvent, slug),       FIELD_TEXT(ToldEvent, title),
    FIELD_TEXT(ToldEvent, place_name), FIELD_TIME(ToldEvent, starts_at), FIELD_BOOL(ToldEvent, all_day),
};
static const Shape event_shape = SHAPE("told_event", ToldEvent, event_fields);

/* ---- addresses ---- */

Url press_public_url(Arena *a, const char *slug)
{
    return url_slug(a, "/comunicados/", slug, NULL);
}

Url press_public_edition_url(Arena *a, const char *slug, i64 number)
{
    return url_query(a, press_public_url(a, slug), "edicion", arena_printf(a, "%" PRId64, number));
}

Url press_topic_url(Arena *a, const char *slug)
{
    return url_query(a, url_literal("/comunicados"), "tema", slug);
}

Url press_media_url(Arena *a, i64 file, const char *variant)
{
    return url_id(a, "/medios/", file, arena_printf(a, "/%s", variant));
}

Url press_file_url(Arena *a, const char *slug, i64 file)
{
    return url_id(a, url_slug(a, "/comunicados/", slug, "/archivos/").s, file, NULL);
}

Url press_month_url(Ctx *ctx, const PublicRelease *r)
{
    return url_query(ctx->arena, url_literal("/comunicados"), "mes", clock_month_text(ctx->arena, ctx->city->zone, r->published_at));
}

static const char *absolute(Ctx *ctx, const char *path)
{
    return arena_printf(ctx->arena, "%s%s", ctx->city->base_url, path);
}

/* ---- what a row lacks ---- */

/* The row has the picture's variant where the address belongs. */
static void complete(Ctx *ctx, PublicRelease *r)
{
    r->url = absolute(ctx, press_public_path(ctx->arena, r->slug));
    if (r->cover.url)
        r->cover.url = absolute(ctx, press_media_url(ctx->arena, r->cover_id, r->cover.url).s);
}

/* Of what was withdrawn nothing is said but that it was: neither its text nor its pictures. */
static void keep_notice_only(PublicRelease *r)
{
    if (r->state != RELEASE_WITHDRAWN)
        return;
    r->lead = r->body = r->topics = r->note = NULL;
    r->contact_name = r->contact_phone = r->contact_mail = NULL;
    r->cover = (ReleaseCover){.width = NONE, .height = NONE};
    r->cover_id = r->event = 0;
}

static List completed(Ctx *ctx, List list)
{
    PublicRelease *r = (PublicRelease *)list.items;
    for (size_t i = 0; i < list.count; i++) {
        keep_notice_only(&r[i]);
        complete(ctx, &r[i]);
    }
    return list;
}

/* ---- lists ---- */

/* Where a list goes on: nothing younger is looked at, so that a late page costs what the first one does. */
typedef struct ListPlace {
    i64 from, to, at, id;
} ListPlace;

static ListPlace place_of(Span span, i64 after_at, i64 after_id)
{
    span = span.to ? span : press_ever;
    if (!after_id)
        return (ListPlace){span.from, span.to, INT64_MAX, INT64_MAX};
    return (ListPlace){span.from, after_at < span.to ? after_at + 1 : span.to, after_at, after_id};
}

List press_public_list(Ctx *ctx, const PublicFilter *filter, i64 after_at, i64 after_id, i64 limit)
{
    ListPlace p = place_of(filter->span, after_at, after_id);
    List list = filter->topic ? db_list(ctx, &q_press_public_listed_of, &press_public_shape, I(p.from), I(p.to), I(p.at), I(p.id),
                                        I(limit), T(filter->topic))
                              : db_list(ctx, &q_press_public_listed, &press_public_shape, I(p.from), I(p.to), I(p.at), I(p.id), I(limit));
    return completed(ctx, list);
}

List press_public_addresses(Ctx *ctx, Span span, i64 after_at, i64 after_id, i64 limit)
{
    ListPlace p = place_of(span, after_at, after_id);
    return db_list(ctx, &q_press_public_addresses, &press_public_shape, I(p.from), I(p.to), I(p.at), I(p.id), I(limit));
}

List press_public_changed(Ctx *ctx, i64 limit)
{
    return completed(ctx, db_list(ctx, &q_press_public_changed, &press_public_shape, I(limit)));
}

List press_public_of_event(Ctx *ctx, i64 event, i64 limit)
{
    return event ? completed(ctx, db_list(ctx, &q_press_public_of_event, &press_public_shape, I(event), I(limit))) : (List){0};
}

/* ---- figures ---- */

static bool starts_a_month(Ctx *ctx, i64 at)
{
    return clock_month_of(ctx->city->zone, at).from == at;
}

static i64 or_none(i64 n)
{
    return n == NONE ? 0 : n;
}

static i64 tallied(Ctx *ctx, const char *topic, const char *from, const char *to)
{
    return or_none(db_number(ctx, &q_press_public_tallied, T(topic ? topic : ""), T(from), T(to)));
}

i64 press_public_count(Ctx *ctx, const PublicFilter *filter)
{
    Span span = filter->span;
    const Zone *zone = ctx->city->zone;
    if (!span.to)
        return tallied(ctx, filter->topic, "", "9999");
    if (starts_a_month(ctx, span.from) && starts_a_month(ctx, span.to))
        return tallied(ctx, filter->topic, clock_month_text(ctx->arena, zone, span.from), clock_month_text(ctx->arena, zone, span.to));
    if (filter->topic)
        return or_none(db_number(ctx, &q_press_public_counted_of, I(span.from), I(span.to), T(filter->topic)));
    return or_none(db_number(ctx, &q_press_public_counted, I(span.from), I(span.to)));
}

List press_public_months(Ctx *ctx, const char *topic)
{
    return db_list(ctx, &q_press_public_months, &month_shape, T(topic ? topic : ""));
}

List press_public_topics(Ctx *ctx)
{
    return db_list(ctx, &q_press_public_topics, &press_topic_shape);
}

const PressTopic *press_public_topic(Ctx *ctx, const char *slug)
{
    return db_maybe(ctx, &q_press_public_topic, &press_topic_shape, T(slug));
}

List press_public_topics_of(Ctx *ctx, i64 release)
{
    return db_list(ctx, &q_press_public_topics_of, &press_topic_shape, I(release));
}

/* ---- one ---- */

const PublicRelease *press_public_by_id(Ctx *ctx, i64 release)
{
    return db_maybe(ctx, &q_press_public_by_id, &press_public_shape, I(release));
}

static const PublicRelease *youngest(Ctx *ctx, const char *slug)
{
    const PublicRelease *found = db_maybe(ctx, &q_press_public_by_slug, &press_public_shape, T(slug));
    if (found || faulted(ctx))
        return found;
    i64 id = db_number(ctx, &q_press_public_by_old_slug, T(slug));
    return id == NONE ? NULL : press_public_by_id(ctx, id);
}

const PublicRelease *press_public_by_slug(Ctx *ctx, const char *slug, i64 number)
{
    const PublicRelease *found = slug ? youngest(ctx, slug) : NULL;
    if (faulted(ctx))
        return NULL;
    const char *address = found ? found->slug : NULL;
    bool other = found && number && number != found->number && found->state != RELEASE_WITHDRAWN;
    i64 corrected_at = found ? found->corrected_at : 0;
    if (other)
        found = db_maybe(ctx, &q_press_public_edition, &press_public_shape, I(found->id), I(number));
    if (!found)
        return fault(ctx, FAULT_NOT_FOUND, other ? "this release has no such edition" : "there is no such release");
    PublicRelease *r = (PublicRelease *)found;
    r->slug = address;
    r->corrected_at = corrected_at;
    keep_notice_only(r);
    complete(ctx, r);
    return r;
}

const char *press_public_path_of(Ctx *ctx, const char *path)
{
    const PublicRelease *found = db_maybe(ctx, &q_press_public_by_path, &press_public_shape, T(path));
    return found ? press_public_path(ctx->arena, found->slug) : NULL;
}

const ToldEvent *press_told_event(Ctx *ctx, i64 event)
{
    return event ? db_maybe(ctx, &q_press_public_event, &event_shape, I(event)) : NULL;
}

/* ---- what belongs to an edition ---- */

const char *press_public_texts(Ctx *ctx, i64 release, i64 number)
{
    const PublicRelease *row = db_maybe(ctx, &q_press_public_texts, &press_public_shape, I(release), I(number));
    return row ? row->body : NULL;
}

List press_public_corrections(Ctx *ctx, i64 release)
{
    return db_list(ctx, &q_press_public_corrections, &press_correction_shape, I(release));
}

List press_public_files(Ctx *ctx, i64 release, i64 number)
{
    return db_list(ctx, &q_press_public_files, &press_file_shape, I(release), I(number));
}

i64 press_public_file_in(Ctx *ctx, i64 release, i64 file)
{
    return db_number(ctx, &q_press_public_file_in, I(release), I(file));
}

/* ---- pictures ---- */

static bool has_width(const PictureCopy *copies, size_t n, const PictureCopy *c)
{
    for (size_t i = 0; i < n; i++)
        if (copies[i].width == c->width && text_same(copies[i].type, c->type))
            return true;
    return false;
}

/* A small picture has the same width under several names: it is offered once. */
Url press_srcset(Arena *a, List copies, const char *type)
{
    const PictureCopy *c = copies.items;
    Url set = {NULL};
    for (size_t i = 0; i < copies.count; i++)
        if (text_same(c[i].type, type) && !text_starts(c[i].variant, "card") && !has_width(c, i, &c[i]))
            set = url_srcset(a, set, press_media_url(a, c[i].file, c[i].variant), c[i].width);
    return set;
}

const char *press_size_said(Ctx *ctx, i64 bytes)
{
    if (bytes < 1024 * 1024)
        return arena_printf(ctx->arena, "%" PRId64 " kB", (bytes + 1023) / 1024);
    i64 tenths = bytes * 10 / (1024 * 1024);
    return arena_printf(ctx->arena, "%" PRId64 ".%" PRId64 " MB", tenths / 10, tenths % 10);
}

/* ---- related ---- */

static bool among(const PublicRelease *list, size_t n, i64 id)
{
    for (size_t i = 0; i < n; i++)
        if (list[i].id == id)
            return true;
    return false;
}

typedef struct Gathered {
    PublicRelease *items;
    size_t count, limit;
    i64 but;             /* the release that they are related to */
} Gathered;

static void gather(Gathered *to, List list)
{
    const PublicRelease *r = list.items;
    for (size_t i = 0; i < list.count && to->count < to->limit; i++)
        if (r[i].id != to->but && !among(to->items, to->count, r[i].id))
            to->items[to->count++] = r[i];
}

/* First what tells of the same event, then the youngest of each of its topics. */
List press_public_related(Ctx *ctx, const PublicRelease *release, i64 limit)
{
    Gathered all = {arena_array(ctx->arena, PublicRelease, (size_t)limit + 1), 0, (size_t)limit, release->id};
    gather(&all, press_public_of_event(ctx, release->event, limit + 1));
    List topics = all.count < all.limit ? press_public_topics_of(ctx, release->id) : (List){0};
    const PressTopic *t = topics.items;
    for (size_t i = 0; i < topics.count && all.count < all.limit; i++)
        gather(&all, press_public_list(ctx, &(PublicFilter){.topic = t[i].slug}, 0, 0, 2 * limit));
    return (List){all.items, all.count};
}
