/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_set_up.h: what the files of this folder share: topics, templates, times of silence, and what their pages show. */
#pragma once
#include "desks/press/press_room.h"
#include "store/db.h"
#include "store/journal.h"
#include "web/form_views.h"
#include "web/page.h"

enum { PRESS_TOPICS_MOST = 200, PRESS_TEMPLATES_MOST = 200, PRESS_NAME_MAX = 60, PRESS_BASIS_MAX = 300 };

/* One line, not blank, at most max characters, as it would be shown. */
CHECKED bool press_check_name(Ctx *ctx, const char *field, const char *name, size_t max);
const Silence *press_silence(Ctx *ctx, i64 id);          /* FAULT_NOT_FOUND */

/* ---- pages ---- */
typedef struct TopicsShown {
    const Request *req;
    List topics;             /* of PressTopic */
    const char *active;      /* the slug whose form was wrong; "": the new one's; NULL: none */
    bool may_set_up;
} TopicsShown;
typedef struct TemplatesShown {
    const Request *req;
    List templates, archived; /* of ReleaseTemplate */
    bool may_set_up;
} TemplatesShown;
typedef struct TemplateShown {
    const Request *req;
    const ReleaseTemplate *template; /* id 0: a new one */
    List topics;             /* of PressTopic */
    Url action;
    bool may_set_up;
} TemplateShown;
typedef struct SilencesShown {
    const Request *req;
    List ahead, over;        /* of Silence */
    List speaking;           /* of PressTopic: that may speak */
    i64 active;              /* whose form was wrong; 0: the new one's; NONE: none */
    const char *zone;
    bool may_set_up;
} SilencesShown;
Url press_topic_form_url(Arena *a, const char *slug);
Url press_template_url(Arena *a, i64 id);
Url press_silence_url(Arena *a, i64 id, const char *act);
const char *press_silence_wall(Ctx *ctx, i64 at);        /* for datetime-local */
const char *press_silence_span(Ctx *ctx, const Silence *s);
bool press_silence_holds(Ctx *ctx, const Silence *s);    /* now */
