/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_alarm.c: what nobody covers is told while there is time; what is late, to who is late; and afterwards, why. */
#include "desks/agenda/coverage/agenda_board.h"
#include "desks/agenda/agenda_pages.h"
#include "store/queue.h"
#include "agenda_coverage_queries.h"

enum { TOLD_MOST = 500, WATCH_MINUTES = 15 };
/* A reminder before it is due. */
#define DUE_SOON (3 * CLOCK_HOUR)
/* What was due longer ago than this is told no more: the list shows it. */
#define LATE_PAST (7 * CLOCK_DAY)
#define LEAD_DEFAULT (48 * CLOCK_HOUR)

const Word agenda_whynot_words[] = {
    {"no_crew", N_("Nobody was free")},
    {"late_notice", N_("We were told too late")},
    {"not_of_interest", N_("It was not for us to cover")},
    {"weather", N_("Weather")},
    {"access", N_("We were not let in")},
    {"other", N_("Something else")},
    {0},
};
enum { WHYNOT_OTHER = 5 };

/* ---- what nobody covers ---- */

i64 agenda_uncovered_lead(const Ctx *ctx)
{
    return ctx->city->uncovered_lead ? ctx->city->uncovered_lead : LEAD_DEFAULT;
}

List agenda_uncovered(Ctx *ctx, Span span, i64 limit)
{
    return db_list(ctx, &q_agenda_alarm_uncovered, &agenda_event_shape, I(span.from), I(span.to), I(limit));
}

i64 agenda_uncovered_count(Ctx *ctx, Span span)
{
    i64 n = db_number(ctx, &q_agenda_alarm_uncovered_count, I(span.from), I(span.to));
    return n == NONE ? 0 : n;
}

List agenda_unexplained(Ctx *ctx, Span span, i64 limit)
{
    return db_list(ctx, &q_agenda_unexplained, &agenda_event_shape, I(span.from), I(span.to), I(ctx->now), I(limit));
}

const char *agenda_read_whynot(Ctx *ctx, const Request *req)
{
    int choice = form_word(ctx, req, "choice", agenda_whynot_words, -1);
    const char *text = form_text(ctx, req, "reason", 400);
    if (choice < 0 || choice == WHYNOT_OTHER)
        return text;
    const char *label = say_word(ctx, agenda_whynot_words, choice);
    return text ? arena_printf(ctx->arena, "%s: %s", label, text) : label;
}

/* ---- the watch ---- */

static bool tell_uncovered(Ctx *ctx)
{
    List events = agenda_uncovered(ctx, (Span){ctx->now, ctx->now + agenda_uncovered_lead(ctx)}, TOLD_MOST);
    List people = events.count ? people_with_right(ctx, RIGHT_COVERAGE_ASSIGN) : (List){0};
    for (const Event *e = events.items, *end = e + events.count; e < end; e++) {
        NoticeChange start = {.field = "starts_at", .label = N_("Start"), .as = "moment",
                              .after = clock_rfc3339(ctx->arena, ctx->city->zone, e->starts_at)};
        NoticeDraft draft = {.subject = "agenda_event", .subject_id = e->id, .kind = "uncovered", .title = e->title,
                             .address = agenda_desk_path(ctx->arena, e->id), .changes = {&start, 1},
                             .key = arena_printf(ctx->arena, "uncovered:%s:%" PRId64, id_text(ctx->arena, e->id), e->starts_at)};
        for (const Person *p = people.items, *last = p + people.count; p < last; p++) {
            if (!people_notify(ctx, p->id, &draft))
                return false;
        }
    }
    return !faulted(ctx);
}

/* A new due time tells anew: it is part of the key. */
static bool tell_due(Ctx *ctx, Span span, const char *kind)
{
    List open = db_list(ctx, &q_agenda_alarm_due, &agenda_coverage_shape, I(span.from), I(span.to), I(TOLD_MOST));
    for (const Coverage *c = open.items, *end = c + open.count; c < end; c++) {
        NoticeChange due = {.field = "due_at", .label = N_("Due"), .as = "moment",
                            .after = clock_rfc3339(ctx->arena, ctx->city->zone, c->due_at)};
        const char *key = arena_printf(ctx->arena, "%s:%s:%" PRId64, kind, id_text(ctx->arena, c->id), c->due_at);
        if (!agenda_tell_coverage(ctx, c, kind, (List){&due, 1}, key))
            return false;
    }
    return !faulted(ctx);
}

/* One live job for each quarter of an hour, whoever asks. */
bool agenda_watch_begin(Ctx *ctx)
{
    i64 step = WATCH_MINUTES * CLOCK_MINUTE, due = ctx->now - ctx->now % step + step, id;
    const char *key = arena_printf(ctx->arena, "agenda_watch:%" PRId64, due / step);
    return queue_add(ctx, "agenda_watch", key, "{}", due, &id);
}

bool agenda_watch(Ctx *ctx)
{
    return agenda_watch_begin(ctx) && tell_uncovered(ctx) &&
           tell_due(ctx, (Span){ctx->now, ctx->now + DUE_SOON}, "due_soon") &&
           tell_due(ctx, (Span){ctx->now - LATE_PAST, ctx->now}, "late");
}
