/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_check.c: what an event must be like before it is written. */
#include "desks/agenda/agenda_room.h"

enum { TOPICS_MAX = 20, TOPIC_MAX = 60, REASON_MAX = 500, UID_MAX = 255 };

bool agenda_sees_private(const Ctx *ctx)
{
    return people_has(ctx, RIGHT_AGENDA_PRIVATE);
}

static bool proper(const char *text)
{
    return text_valid(text, strlen(text)) && !text_has_control(text);
}

static bool check_text(Ctx *ctx, const char *field, const char *text, size_t max)
{
    if (!text)
        return true;
    if (!proper(text))
        return fault_field(ctx, field, "There are characters in it that cannot be shown.");
    if (text_graphemes(text) > max)
        return fault_field(ctx, field, "This is too long: at most %zu characters.", max);
    return true;
}

static bool check_title(Ctx *ctx, const char *title)
{
    if (text_blank(title))
        return fault_field(ctx, "title", "An event needs a title.");
    if (strchr(title, '\n') || strlen(title) > 1000)
        return fault_field(ctx, "title", "A title is one line of at most %d characters.",
                           AGENDA_TITLE_MAX);
    return check_text(ctx, "title", title, AGENDA_TITLE_MAX);
}

static bool check_topics(Ctx *ctx, const char *topics)
{
    if (!topics)
        return true;
    List lines = text_split(ctx->arena, topics, '\n');
    if (lines.count > TOPICS_MAX)
        return fault_field(ctx, "topics", "An event has at most %d topics.", TOPICS_MAX);
    for (size_t i = 0; i < lines.count; i++) {
        if (!check_text(ctx, "topics", ((const char *const *)lines.items)[i], TOPIC_MAX))
            return false;
    }
    return true;
}

static bool check_uid(Ctx *ctx, const char *uid)
{
    if (!uid)
        return true;
    if (text_blank(uid) || strlen(uid) > UID_MAX || !proper(uid))
        return fault_field(ctx, "uid", "A UID is a text of at most %d bytes.", UID_MAX);
    return true;
}

bool agenda_check_draft(Ctx *ctx, const EventDraft *draft)
{
    return check_title(ctx, draft->title) &&
           check_text(ctx, "description", draft->description, AGENDA_TEXT_MAX) &&
           check_text(ctx, "internal_note", draft->internal_note, AGENDA_NOTE_MAX) &&
           check_topics(ctx, draft->topics) && check_uid(ctx, draft->uid);
}

bool agenda_check_reason(Ctx *ctx, const char *reason)
{
    if (text_blank(reason))
        return fault_field(ctx, "reason", "Say why: it is kept with the record.");
    return check_text(ctx, "reason", reason, REASON_MAX);
}

bool agenda_check_version(Ctx *ctx, i64 seen, i64 real)
{
    if (seen != NONE && seen != real)
        return fault(ctx, FAULT_STALE,
                     "Somebody else changed this meanwhile. Open it again and repeat your change.");
    return true;
}
