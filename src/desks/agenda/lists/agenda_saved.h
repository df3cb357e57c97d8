/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_saved.h: lists of the agenda that somebody wants to see again: their filters under a name, without the time.
 *
 * One's own, or shared with the whole desk; only who saved a view renames or deletes it. */
#pragma once
#include "base/ctx.h"
#include "base/shape.h"

enum { SAVED_NAME_MAX = 80, SAVED_VIEWS_MOST = 100 };

typedef struct SavedView {
    i64 id, person;
    const char *name;
    const char *query; /* as agenda_filter_query() writes it, and vista=semana, dia or lista */
    bool shared, mine;
    const char *person_name;
    const char *url;   /* of the present time; the rule fills it in */
} SavedView;
extern const Shape agenda_saved_shape;

typedef struct SavedDraft {
    const char *name, *query;
    bool shared;
} SavedDraft;

List agenda_saved_views(Ctx *ctx); /* of SavedView: one's own and the shared ones, by name */
const SavedView *agenda_saved_view(Ctx *ctx, i64 id); /* FAULT_NOT_FOUND when it is not there or not for who asks */
/* The query is read and written anew: what is no filter is refused. */
CHECKED bool agenda_saved_add(Ctx *ctx, const SavedDraft *draft, i64 *id_out);
CHECKED bool agenda_saved_change(Ctx *ctx, i64 id, const char *name, bool shared);
CHECKED bool agenda_saved_delete(Ctx *ctx, i64 id);
