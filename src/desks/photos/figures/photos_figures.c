/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_figures.c: what the month's report counts of pictures: one table, and who took them. */
#include "desks/photos/figures/photos_figures.h"
#include "store/db.h"
#include "photos_figure_queries.h"
#include "photos_queries.h"

/* ---- counts ---- */

/* What the list of the figure counts (keep/photos_list.c), also for who may read the report and not the photos. */
static i64 counted(Ctx *ctx, const Query *query, const Measure *m)
{
    i64 n = db_number_(ctx, query, BINDS(I(m->span.from), I(m->span.to), I(0), I(0), I(0), I(m->area)));
    return n == NONE ? 0 : n;
}

static i64 delivered(Ctx *ctx, const Measure *m, const char *key)
{
    (void)key;
    return counted(ctx, &q_photos_count_handed, m);
}

static i64 published(Ctx *ctx, const Measure *m, const char *key)
{
    (void)key;
    return counted(ctx, &q_photos_count_out, m);
}

static i64 events(Ctx *ctx, const Measure *m, const char *key)
{
    (void)key;
    return photos_figure_events_count(ctx, m);
}

static i64 held(Ctx *ctx, const Measure *m, const char *key)
{
    (void)key;
    return agenda_figure_count(ctx, m, AGENDA_HELD);
}

/* ---- lists ---- */

static const char *list(Ctx *ctx, const char *path, const Measure *m, const char *key)
{
    const char *area = m->area ? arena_printf(ctx->arena, "&area=%s", id_text(ctx->arena, m->area)) : "";
    const char *figure = key ? arena_printf(ctx->arena, "&figura=%s", key) : "";
    return arena_printf(ctx->arena, "%s?mes=%s%s%s", path, m->period, figure, area);
}

static const char *in_photos(Ctx *ctx, const Measure *m, const char *key)
{
    return list(ctx, "/mesa/fotos", m, key);
}

static const char *in_events(Ctx *ctx, const Measure *m, const char *key)
{
    (void)key;
    return list(ctx, "/mesa/fotos/eventos", m, NULL);
}

#define PHOTO_UNIT .unit = N_("photo"), .units = N_("photos"), .source = N_("The photos of the desk, but for those of private events.")

const Indicator photos_indicators[] = {
    {.key = "photos_delivered", .label = N_("Photos delivered"), PHOTO_UNIT, .records = in_photos,
     .formula = N_("Photos handed in with their coverage in the month and not removed since."),
     .direction = DIRECTION_UP, .form = FIGURE_COUNT, .count = delivered},
    {.key = "photos_published", .label = N_("Photos published"), PHOTO_UNIT, .records = in_photos,
     .formula = N_("Photos whose first publication falls in the month and that citizens can still open in a gallery."),
     .direction = DIRECTION_UP, .form = FIGURE_COUNT, .count = published},
    {.key = "events_with_photo", .label = N_("Events with delivered photos"), .unit = N_("event"), .units = N_("events"),
     .source = N_("The public agenda and the photos of the desk."), .records = in_events,
     .formula = N_("Public events that begin in the month, were neither cancelled nor left without a date, and have at least one delivered photo."),
     .direction = DIRECTION_UP, .form = FIGURE_COUNT, .count = events, .of = held},
    {0},
};

/* ---- events with pictures ---- */

static const Field event_fields[] = {
    FIELD_ID(PhotographedEvent, id),        FIELD_TEXT(PhotographedEvent, slug),  FIELD_TEXT(PhotographedEvent, title),
    FIELD_TIME(PhotographedEvent, starts_at), FIELD_INT(PhotographedEvent, photos), FIELD_INT(PhotographedEvent, published),
};
const Shape photos_event_figure_shape = SHAPE("photographed_event", PhotographedEvent, event_fields);

List photos_figure_events(Ctx *ctx, const Measure *m, i64 after_at, i64 after_id, i64 limit)
{
    bool first = !after_at && !after_id;
    if (!people_may(ctx, RIGHT_PHOTOS_READ))
        return (List){0};
    return db_list(ctx, &q_photos_figure_events, &photos_event_figure_shape, I(m->span.from), I(m->span.to), I(m->area),
                   I(first ? INT64_MAX : after_at), I(first ? INT64_MAX : after_id), I(limit));
}

i64 photos_figure_events_count(Ctx *ctx, const Measure *m)
{
    i64 n = db_number(ctx, &q_photos_figure_events_count, I(m->span.from), I(m->span.to), I(m->area));
    return n == NONE ? 0 : n;
}

/* ---- who took them ---- */

static const Field photographer_fields[] = {
    FIELD_ID(PhotographerFigure, person), FIELD_TEXT(PhotographerFigure, name), FIELD_INT(PhotographerFigure, delivered),
    FIELD_INT(PhotographerFigure, published),
};
static const Shape photographer_shape = SHAPE("photographer", PhotographerFigure, photographer_fields);

List photos_by_photographer(Ctx *ctx, Span span, i64 limit)
{
    if (!people_may(ctx, RIGHT_PHOTOS_READ))
        return (List){0};
    return db_list(ctx, &q_photos_figure_people, &photographer_shape, I(span.from), I(span.to), I(limit));
}

/* ---- one event ---- */

static const Field counts_fields[] = {
    FIELD_INT(EventPhotos, all),       FIELD_INT(EventPhotos, kept),       FIELD_INT(EventPhotos, delivered),
    FIELD_INT(EventPhotos, published), FIELD_INT(EventPhotos, unreviewed), FIELD_INT(EventPhotos, failed),
};
static const Shape counts_shape = SHAPE("event_photos", EventPhotos, counts_fields);

EventPhotos photos_event_counts(Ctx *ctx, i64 event)
{
    const EventPhotos *found = db_one(ctx, &q_photos_figure_of_event, &counts_shape, I(event));
    EventPhotos counts = found ? *found : (EventPhotos){0};
    counts.event = event;
    return counts;
}
