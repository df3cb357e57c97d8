/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_check.c: what an event must be like before it is written. */
#include "desks/agenda/agenda_room.h"

enum { TOPICS_MAX = 20, TOPIC_MAX = 60, REASON_MAX = 500, UID_MAX = 255, HEADED_MAX = 200, ACCREDITATION_MAX = 500 };

bool agenda_sees_private(const Ctx *ctx)
{
    return people_has(ctx, RIGHT_AGENDA_PRIVATE);
}

static bool proper(const char *text)
{
    return text_valid(text, strlen(text)) && !text_has_control(text);
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

/* ---- does what was said fit together? ---- */

static const char *certainties_of(Ctx *ctx, EventStatus status)
{
    if (status == EVENT_TENTATIVE)
        return say(ctx, "a tentative event is eos1, eos2, eos3 or eos4");
    if (status == EVENT_CANCELLED)
        return say(ctx, "a cancelled event is eos6");
    return say(ctx, "an event that stands is eos5, or eos0 when it was not planned");
}

/* Two words for one thing must not contradict each other. */
static bool check_certainty(Ctx *ctx, Certainty said, EventStatus status)
{
    if (said == CERTAINTY_BY_STATUS || agenda_certainty_for(said, status) == said)
        return true;
    return fault_field(ctx, "certainty", "\"%s\" does not fit the state \"%s\": %s.",
                       say_word(ctx, agenda_certainty_words, (int)said),
                       say_word(ctx, agenda_status_words, (int)status),
                       certainties_of(ctx, status));
}

static bool check_area(Ctx *ctx, i64 area, i64 before)
{
    if (!area || area == before)
        return true;
    List areas = people_areas(ctx);
    for (const Area *a = areas.items, *end = a + areas.count; a < end; a++)
        if (a->id == area)
            return true;
    return fault_field(ctx, "area", "There is no such area.");
}

static bool check_line(Ctx *ctx, const char *field, const char *text, size_t max)
{
    if (text && strchr(text, '\n'))
        return fault_field(ctx, field, "This is one line.");
    return check_text(ctx, field, text, max);
}

static bool check_attendance(Ctx *ctx, i64 people)
{
    if (people != NONE && (people < 0 || people > 1000000))
        return fault_field(ctx, "attendance", "How many people: a number between 0 and 1,000,000.");
    return true;
}

bool agenda_check_draft(Ctx *ctx, const EventDraft *draft, const Event *before)
{
    return check_title(ctx, draft->title) &&
           check_text(ctx, "description", draft->description, AGENDA_TEXT_MAX) &&
           check_text(ctx, "internal_note", draft->internal_note, AGENDA_NOTE_MAX) &&
           check_topics(ctx, draft->topics) && check_uid(ctx, draft->uid) &&
           check_certainty(ctx, draft->certainty, draft->status) &&
           agenda_check_calendar(ctx, draft->calendar, before ? before->calendar : 0) &&
           check_area(ctx, draft->area, before ? before->area : 0) &&
           check_line(ctx, "headed_by", draft->headed_by, HEADED_MAX) &&
           check_text(ctx, "attendees", draft->attendees, AGENDA_NOTE_MAX) &&
           check_text(ctx, "accreditation", draft->accreditation, ACCREDITATION_MAX) &&
           check_attendance(ctx, draft->attendance);
}

bool agenda_check_times(Ctx *ctx, const EventDraft *draft, const When *when)
{
    if (draft->accreditation_until > when->ends_at)
        return fault_field(ctx, "accreditation_until",
                           "Media would register after the event is over: choose a moment before %s.",
                           wall_text(ctx->arena, when->ends));
    return true;
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
