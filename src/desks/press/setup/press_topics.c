/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_topics.c: what releases are filed under; which of them need two approvals, and which may speak in silence. */
#include "desks/press/setup/press_set_up.h"
#include "press_set_up_queries.h"

bool press_check_name(Ctx *ctx, const char *field, const char *name, size_t max)
{
    if (text_blank(name))
        return fault_field(ctx, field, "Give it a name.");
    if (!text_valid(name, strlen(name)) || strchr(name, '\n') || text_has_control(name) || !text_fits(name, max))
        return fault_field(ctx, field, "A name is one line of at most %zu characters.", max);
    return true;
}

List press_topics(Ctx *ctx)
{
    return people_may(ctx, RIGHT_PRESS_READ) ? db_list(ctx, &q_press_topics, &press_topic_shape) : (List){0};
}

static bool add(Ctx *ctx, const PressTopic *t)
{
    const char *slug = text_slug(ctx->arena, t->name);
    if (!*slug)
        return fault_field(ctx, "name", "A name needs letters or digits.");
    if (press_topic_of(ctx, t->name))
        return fault_field(ctx, "name", "There is a topic with this name already.");
    if (db_number(ctx, &q_press_topic_count) >= PRESS_TOPICS_MOST)
        return fault(ctx, FAULT_CONFLICT, "There are %d topics already: nobody finds anything among more.", PRESS_TOPICS_MOST);
    return db_write(ctx, &q_press_topic_add, T(slug), T(t->name), B(t->sensitive), B(t->in_silence)) &&
           journal_detail(ctx, "press_topic", 0, "created", t->name);
}

/* What a release says is found by its letters: another word would be another topic. */
static bool change(Ctx *ctx, const char *slug, i64 version, const PressTopic *t)
{
    const PressTopic *before = press_topic_of(ctx, slug);
    if (!before)
        return fault(ctx, FAULT_NOT_FOUND, "there is no such topic");
    if (!text_same(text_slug(ctx->arena, t->name), before->slug))
        return fault_field(ctx, "name", "Only accents and capital letters may change: releases are found by this word. Make a new topic for another one.");
    if (version != NONE && version != before->version)
        return fault(ctx, FAULT_STALE, "Somebody else changed this topic meanwhile. Open it again and repeat your change.");
    const char *detail = arena_printf(ctx->arena, "%s%s%s", t->name, t->sensitive ? say(ctx, ", two approvals") : "",
                                      t->in_silence ? say(ctx, ", may speak in silence") : "");
    return db_write(ctx, &q_press_topic_change, T(slug), I(before->version), T(t->name), B(t->sensitive), B(t->in_silence)) &&
           journal_detail(ctx, "press_topic", 0, "changed", detail);
}

bool press_topic_set(Ctx *ctx, const char *slug, i64 version, const PressTopic *topic)
{
    if (!people_may(ctx, RIGHT_PRESS_SET_UP) || !press_check_name(ctx, "name", topic->name, PRESS_NAME_MAX))
        return false;
    PressTopic t = *topic;
    t.name = text_squeeze(ctx->arena, topic->name);
    return slug ? change(ctx, slug, version, &t) : add(ctx, &t);
}
