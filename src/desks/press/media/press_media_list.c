/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_media_list.c: lists of contacts that a release is sent to. */
#include "desks/press/media/press_media.h"
#include "store/db.h"
#include "store/journal.h"
#include "press_media_queries.h"

enum { LISTS_MOST = 200 };

static const Field list_fields[] = {
    FIELD_ID(MediaList, id), FIELD_TEXT(MediaList, name), FIELD_INT(MediaList, members), FIELD_INT(MediaList, reached),
    FIELD_INT(MediaList, version),
};
const Shape press_media_list_shape = SHAPE("media_list", MediaList, list_fields);

List press_media_lists(Ctx *ctx)
{
    return people_may(ctx, RIGHT_PRESS_MEDIA) ? db_list(ctx, &q_press_media_lists, &press_media_list_shape, T(""), I(LISTS_MOST)) : (List){0};
}

const MediaList *press_media_list(Ctx *ctx, i64 id)
{
    return people_may(ctx, RIGHT_PRESS_MEDIA) ? db_one(ctx, &q_press_media_list_find, &press_media_list_shape, I(id)) : NULL;
}

List press_media_list_members(Ctx *ctx, i64 list, i64 limit)
{
    if (!people_may(ctx, RIGHT_PRESS_MEDIA))
        return (List){0};
    return db_list(ctx, &q_press_media_list_members, &press_contact_shape, I(list), I(limit));
}

List press_media_lists_of(Ctx *ctx, i64 contact)
{
    return people_may(ctx, RIGHT_PRESS_MEDIA) ? db_list(ctx, &q_press_media_lists_of, &press_media_list_shape, I(contact)) : (List){0};
}

static bool check_name(Ctx *ctx, const char *name)
{
    if (text_blank(name) || text_points(name) > 80 || text_has_control(name))
        return fault_field(ctx, "name", "Write a name of at most 80 characters.");
    return true;
}

/* The database keeps names apart; here it is said in words. */
static bool is_free(Ctx *ctx, const char *name, i64 id)
{
    List lists = press_media_lists(ctx);
    for (const MediaList *l = lists.items, *end = l + lists.count; l < end; l++)
        if (l->id != id && text_same(text_fold(ctx->arena, l->name), text_fold(ctx->arena, name)))
            return fault_field(ctx, "name", "There is a list of this name already.");
    return !faulted(ctx);
}

bool press_media_list_add(Ctx *ctx, const char *name, i64 *id_out)
{
    if (!people_may(ctx, RIGHT_PRESS_MEDIA) || !check_name(ctx, name) || !is_free(ctx, name, 0))
        return false;
    *id_out = id_new(ctx->now);
    return db_write(ctx, &q_press_media_list_add, I(*id_out), T(name)) && journal(ctx, "press_list", *id_out, "created");
}

static const MediaList *to_change(Ctx *ctx, i64 id, i64 version)
{
    const MediaList *l = press_media_list(ctx, id);
    if (l && version != NONE && version != l->version) {
        fault(ctx, FAULT_STALE, "Somebody else changed this list meanwhile: look at it again.");
        return NULL;
    }
    return l;
}

bool press_media_list_rename(Ctx *ctx, i64 id, i64 version, const char *name)
{
    const MediaList *l = to_change(ctx, id, version);
    return l && check_name(ctx, name) && is_free(ctx, name, id) &&
           db_write(ctx, &q_press_media_list_rename, I(id), I(l->version), T(name)) && journal(ctx, "press_list", id, "changed");
}

bool press_media_list_drop(Ctx *ctx, i64 id, i64 version)
{
    i64 members;
    const MediaList *l = to_change(ctx, id, version);
    if (!l)
        return false;
    if (db_number(ctx, &q_press_media_list_sendings, I(id)) > 0)
        return fault(ctx, FAULT_CONFLICT, "Releases were sent to this list: it stays, so that they can be accounted for. Take its members away instead.");
    return db_change(ctx, &q_press_media_list_empty, &members, I(id)) && db_write(ctx, &q_press_media_list_drop, I(id), I(l->version)) &&
           journal(ctx, "press_list", id, "removed");
}

bool press_media_list_set_member(Ctx *ctx, i64 list, i64 contact, bool member)
{
    i64 changed;
    if (!press_media_list(ctx, list) || !press_contact(ctx, contact))
        return false;
    return db_change(ctx, member ? &q_press_media_member_add : &q_press_media_member_drop, &changed, I(list), I(contact)) &&
           (!changed || journal(ctx, "press_list", list, "changed"));
}
