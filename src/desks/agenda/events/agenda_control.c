/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_control.c: what an event says in each control of its form. */
#include "desks/agenda/agenda_room.h"

/* As a datetime-local control wants it: 2022-07-14T10:00. */
static const char *control_time(Ctx *ctx, const Event *e, i64 instant)
{
    const Zone *zone = zone_find(e->time_zone);
    return arena_copy(ctx->arena, wall_text(ctx->arena, clock_wall(zone, instant)), 16);
}

/* Whole days end with their last minute: people read the day, and it is read back as the same. */
static const char *control_end(Ctx *ctx, const Event *e)
{
    return control_time(ctx, e, e->all_day ? e->ends_at - CLOCK_MINUTE : e->ends_at);
}

static const char *control_certainty(const Event *e)
{
    bool usual = e->certainty == agenda_certainty_for(CERTAINTY_BY_STATUS, e->status);
    return word_name(agenda_certainty_words, usual ? CERTAINTY_BY_STATUS : (int)e->certainty);
}

static const char *control_id(Ctx *ctx, i64 id)
{
    return id ? id_text(ctx->arena, id) : NULL;
}

static const char *control_number(Ctx *ctx, i64 n)
{
    return n == NONE || n == 0 ? NULL : arena_printf(ctx->arena, "%" PRId64, n);
}

static const char *control_topics(Ctx *ctx, const char *topics)
{
    List lines = text_split(ctx->arena, topics ? topics : "", '\n');
    Buf *out = buf_new(ctx->arena, 64, 8192);
    for (size_t i = 0; i < lines.count; i++)
        buf_printf(out, "%s%s", i ? ", " : "", ((const char *const *)lines.items)[i]);
    return buf_size(out) ? buf_data(out) : NULL;
}

const char *agenda_control(Ctx *ctx, const Event *e, const char *name)
{
    if (!e)
        return NULL;
    const struct {
        const char *name, *value;
    } controls[] = {
        {"title", e->title},
        {"description", e->description},
        {"starts_at", control_time(ctx, e, e->starts_at)},
        {"ends_at", control_end(ctx, e)},
        {"all_day", e->all_day ? "1" : "0"},
        {"time_to_be_confirmed", e->time_to_be_confirmed ? "1" : "0"},
        {"time_zone", e->time_zone},
        {"place", e->place.name},
        {"calendar", control_id(ctx, e->calendar)},
        {"topics", control_topics(ctx, e->topics)},
        {"area", control_id(ctx, e->area)},
        {"headed_by", e->headed_by},
        {"attendees", e->attendees},
        {"attendance", control_number(ctx, e->attendance)},
        {"accreditation", e->accreditation},
        {"accreditation_until",
         e->accreditation_until ? control_time(ctx, e, e->accreditation_until) : NULL},
        {"status", word_name(agenda_status_words, (int)e->status)},
        {"certainty", control_certainty(e)},
        {"visibility", word_name(agenda_visibility_words, (int)e->visibility)},
        {"internal_note", e->internal_note},
    };
    for (size_t i = 0; i < COUNT(controls); i++)
        if (text_same(controls[i].name, name))
            return controls[i].value;
    return NULL;
}
