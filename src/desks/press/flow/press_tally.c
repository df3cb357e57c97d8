/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_tally.c: how many releases are public, by month and topic and of each topic, kept in the transaction that changes it. */
#include "desks/press/flow/press_flow.h"
#include "press_flow_queries.h"

static bool count(Ctx *ctx, const char *topic, i64 published_at, i64 more)
{
    return db_write(ctx, &q_press_tally_add, T(topic), T(clock_month_text(ctx->arena, ctx->city->zone, published_at)), I(more));
}

static bool count_topic(Ctx *ctx, const char *slug, i64 published_at, i64 more)
{
    return db_write(ctx, &q_press_topic_tally, T(slug), I(more)) && count(ctx, slug, published_at, more);
}

static bool is_before(const char *const *slugs, size_t n, const char *slug)
{
    for (size_t i = 0; i < n; i++)
        if (text_same(slugs[i], slug))
            return true;
    return false;
}

/* Addresses of those topics that the office lists; the others are just words. */
static List listed(Ctx *ctx, const char *topics)
{
    List words = topics ? text_split(ctx->arena, topics, '\n') : (List){0};
    const char **slugs = arena_array(ctx->arena, const char *, words.count + 1);
    size_t n = 0;
    for (size_t i = 0; i < words.count; i++) {
        const PressTopic *topic = press_topic_of(ctx, ((const char *const *)words.items)[i]);
        if (topic && !is_before(slugs, n, topic->slug))
            slugs[n++] = topic->slug;
    }
    return (List){slugs, n};
}

bool press_tally_add(Ctx *ctx, const Release *r, bool is_new)
{
    List topics = listed(ctx, r->topics);
    const char *const *slugs = topics.items;
    for (size_t i = 0; i < topics.count; i++)
        if (!db_write(ctx, &q_press_edition_topic_add, T(slugs[i]), I(r->published_at), I(r->id)) || !count_topic(ctx, slugs[i], r->published_at, 1))
            return false;
    return !is_new || count(ctx, "", r->published_at, 1);
}

bool press_tally_take(Ctx *ctx, const Release *r, bool for_good)
{
    List topics = db_list(ctx, &q_press_edition_topics, &press_topic_shape, I(r->id));
    i64 dropped;
    for (const PressTopic *t = topics.items, *end = t + topics.count; t < end; t++)
        if (!count_topic(ctx, t->slug, r->published_at, -1))
            return false;
    return db_change(ctx, &q_press_edition_topics_drop, &dropped, I(r->id)) && (!for_good || count(ctx, "", r->published_at, -1));
}
