/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_templates.c: releases to begin with. */
#include "desks/press/setup/press_set_up.h"
#include "press_set_up_queries.h"

enum { PLACE_MAX = 120, TOPIC_MAX = 60 };

List press_templates(Ctx *ctx, bool archived)
{
    return people_may(ctx, RIGHT_PRESS_READ) ? db_list(ctx, &q_press_templates, &press_template_shape, B(archived)) : (List){0};
}

const ReleaseTemplate *press_template(Ctx *ctx, i64 id)
{
    return people_may(ctx, RIGHT_PRESS_READ) ? db_one(ctx, &q_press_template, &press_template_shape, I(id)) : NULL;
}

/* ---- what must hold ---- */

static bool check_line(Ctx *ctx, const char *field, const char *text, size_t max)
{
    if (text && strchr(text, '\n'))
        return fault_field(ctx, field, "This is one line.");
    return check_text(ctx, field, text, max);
}

static bool check_topics(Ctx *ctx, const char *topics)
{
    List words = topics ? text_split(ctx->arena, topics, '\n') : (List){0};
    if (words.count > PRESS_TOPICS_MAX)
        return fault_field(ctx, "topics", "A release has at most %d topics.", PRESS_TOPICS_MAX);
    for (size_t i = 0; i < words.count; i++)
        if (!check_line(ctx, "topics", ((const char *const *)words.items)[i], TOPIC_MAX))
            return false;
    return true;
}

static bool check_body(Ctx *ctx, const char *body)
{
    if (text_blank(body))
        return fault_field(ctx, "body", "Write the text that releases begin with.");
    if (strlen(body) > PRESS_BODY_MAX)
        return fault_field(ctx, "body", "The text is too long: at most %d KB.", PRESS_BODY_MAX / 1024);
    return check_text(ctx, "body", body, PRESS_BODY_MAX);
}

static bool check(Ctx *ctx, i64 id, const ReleaseTemplate *d)
{
    if (!press_check_name(ctx, "name", d->name, PRESS_NAME_MAX))
        return false;
    i64 other = db_number(ctx, &q_press_template_named, T(text_squeeze(ctx->arena, d->name)));
    if (other != NONE && other != id)
        return fault_field(ctx, "name", "There is a template with this name already.");
    return check_line(ctx, "title", d->title, PRESS_TITLE_MAX) && check_line(ctx, "lead", d->lead, PRESS_LEAD_MAX) &&
           check_body(ctx, d->body) && check_topics(ctx, d->topics) && check_line(ctx, "dateline_place", d->dateline_place, PLACE_MAX);
}

/* ---- writing ---- */

static bool add(Ctx *ctx, const ReleaseTemplate *d, i64 *id_out)
{
    i64 id = id_new(ctx->now);
    if (db_list(ctx, &q_press_templates, &press_template_shape, B(false)).count >= PRESS_TEMPLATES_MOST)
        return fault(ctx, FAULT_CONFLICT, "There are %d templates already: archive some first.", PRESS_TEMPLATES_MOST);
    if (!db_write(ctx, &q_press_template_add, I(id), T(d->name), T(d->title), T(d->lead), T(d->body), T(d->topics), T(d->dateline_place),
                  B(d->archived)) ||
        !journal_detail(ctx, "press_template", id, "created", d->name))
        return false;
    *id_out = id;
    return true;
}

static bool change(Ctx *ctx, const ReleaseTemplate *before, i64 version, const ReleaseTemplate *d)
{
    if (version != NONE && version != before->version)
        return fault(ctx, FAULT_STALE, "Somebody else changed this template meanwhile. Open it again and repeat your change.");
    const char *verb = d->archived == before->archived ? "changed" : d->archived ? "archived" : "restored";
    return db_write(ctx, &q_press_template_change, I(before->id), I(before->version), T(d->name), T(d->title), T(d->lead), T(d->body),
                    T(d->topics), T(d->dateline_place), B(d->archived)) &&
           journal_detail(ctx, "press_template", before->id, verb, d->name);
}

bool press_template_set(Ctx *ctx, i64 id, i64 version, const ReleaseTemplate *draft, i64 *id_out)
{
    if (!people_may(ctx, RIGHT_PRESS_SET_UP))
        return false;
    const ReleaseTemplate *before = id ? press_template(ctx, id) : NULL;
    if (faulted(ctx) || !check(ctx, id, draft))
        return false;
    ReleaseTemplate d = *draft;
    d.name = text_squeeze(ctx->arena, draft->name);
    if (!before)
        return add(ctx, &d, id_out);
    *id_out = id;
    return change(ctx, before, version, &d);
}
