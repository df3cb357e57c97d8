/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_saved.c: saved views: whose they are, and that what they filter by can be read. */
#include "desks/agenda/agenda_room.h"
#include "store/db.h"
#include "web/address.h"
#include "agenda_list_queries.h"

static const Field saved_fields[] = {
    FIELD_ID(SavedView, id),        FIELD_ID(SavedView, person),
    FIELD_TEXT(SavedView, name),    FIELD_TEXT(SavedView, query),
    FIELD_BOOL(SavedView, shared),  FIELD_BOOL(SavedView, mine),
    FIELD_TEXT(SavedView, person_name), FIELD_TEXT(SavedView, url),
};
const Shape agenda_saved_shape = SHAPE("saved_view", SavedView, saved_fields);

/* ---- reading ---- */

static void complete(Ctx *ctx, SavedView *v)
{
    v->mine = v->person == ctx->actor->id;
    v->url = arena_printf(ctx->arena, "%s/mesa/agenda%s%s", ctx->city->base_url,
                          v->query[0] ? "?" : "", v->query);
}

List agenda_saved_views(Ctx *ctx)
{
    List views = db_list(ctx, &q_agenda_saved_views, &agenda_saved_shape, I(ctx->actor->id),
                         I(2 * SAVED_VIEWS_MOST));
    for (size_t i = 0; i < views.count; i++)
        complete(ctx, (SavedView *)views.items + i);
    return views;
}

const SavedView *agenda_saved_view(Ctx *ctx, i64 id)
{
    SavedView *v = people_may(ctx, RIGHT_AGENDA_READ)
                       ? (SavedView *)db_one(ctx, &q_agenda_saved_view, &agenda_saved_shape, I(id),
                                             I(ctx->actor->id))
                       : NULL;
    if (v)
        complete(ctx, v);
    return v;
}

/* ---- what is kept ---- */

typedef struct Kept {
    Ctx *ctx;
    const char *view;
} Kept;

/* vista= of how a list is drawn: semana and dia say which period, lista that there is no grid. */
static bool take_view(void *to, const char *name, const char *value)
{
    static const char *const known[] = {"semana", "dia", "lista"};
    Kept *kept = to;
    for (size_t i = 0; text_same(name, "vista") && i < COUNT(known); i++)
        if (text_same(known[i], value))
            kept->view = known[i];
    return true;
}

/* The same filters, whoever wrote them; NULL with a fault. */
static const char *query_anew(Ctx *ctx, const char *query)
{
    AgendaFilter filter;
    Kept kept = {.ctx = ctx};
    query = query ? query : "";
    if (!agenda_filter_parse(ctx, query, &filter))
        return NULL;
    address_fields(ctx->arena, query, strlen(query), take_view, &kept);
    const char *anew = agenda_filter_query(ctx, &filter);
    if (!kept.view)
        return anew;
    return arena_printf(ctx->arena, "%s%svista=%s", anew, anew[0] ? "&" : "", kept.view);
}

static const char *checked_name(Ctx *ctx, const char *name, i64 id)
{
    name = text_blank(name) ? NULL : text_squeeze(ctx->arena, name);
    if (!name)
        return fault_field(ctx, "name", "A saved view needs a name.");
    if (text_points(name) > SAVED_NAME_MAX || text_has_control(name))
        return fault_field(ctx, "name", "The name is too long: at most %d characters.",
                           SAVED_NAME_MAX);
    i64 same = db_number(ctx, &q_agenda_saved_named, I(ctx->actor->id), T(name));
    if (same != NONE && same != id)
        return fault_field(ctx, "name", "You have a view called \"%s\" already.", name);
    return faulted(ctx) ? NULL : name;
}

/* ---- changing ---- */

bool agenda_saved_add(Ctx *ctx, const SavedDraft *draft, i64 *id_out)
{
    if (!people_may(ctx, RIGHT_AGENDA_READ))
        return false;
    if (!ctx->actor->id)
        return fault(ctx, FAULT_FORBIDDEN, "Only a person can save a view.");
    const char *name = checked_name(ctx, draft->name, 0), *query = query_anew(ctx, draft->query);
    if (!name || !query)
        return false;
    if (db_number(ctx, &q_agenda_saved_count, I(ctx->actor->id)) >= SAVED_VIEWS_MOST)
        return fault(ctx, FAULT_CONFLICT, "You have %d saved views: delete one first.",
                     SAVED_VIEWS_MOST);
    i64 id = id_new(ctx->now);
    if (!db_write(ctx, &q_agenda_saved_insert, I(id), I(ctx->actor->id), T(name), T(query),
                  B(draft->shared)) ||
        !journal(ctx, "agenda_saved_view", id, "created"))
        return false;
    *id_out = id;
    return true;
}

static bool is_own(Ctx *ctx, i64 id)
{
    const SavedView *v = agenda_saved_view(ctx, id);
    return v && (v->mine || fault(ctx, FAULT_FORBIDDEN, "%s saved this view: only they change it.",
                                  v->person_name));
}

bool agenda_saved_change(Ctx *ctx, i64 id, const char *name, bool shared)
{
    if (!is_own(ctx, id))
        return false;
    name = checked_name(ctx, name, id);
    return name &&
           db_write(ctx, &q_agenda_saved_update, I(id), I(ctx->actor->id), T(name), B(shared)) &&
           journal(ctx, "agenda_saved_view", id, "changed");
}

bool agenda_saved_delete(Ctx *ctx, i64 id)
{
    return is_own(ctx, id) &&
           db_write(ctx, &q_agenda_saved_delete, I(id), I(ctx->actor->id)) &&
           journal(ctx, "agenda_saved_view", id, "deleted");
}
