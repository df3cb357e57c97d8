/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_repeat_pages.c: the address where an event is made to repeat; the dates are shown before anything is written. */
#include "desks/agenda/agenda_pages.h"
#include "desks/agenda/series/agenda_repeat_shown.h"
#include "desks/agenda/series/agenda_repeat_step.h"
#include "agenda_repeat_views.h"

#include <stdlib.h>

enum { PREVIEW = 10 };

/* ---- how many events are meant ---- */

static const char *reach_said(Ctx *ctx, const ScopeReach *r, bool cancels)
{
    i64 n = cancels ? r->change + r->apart : r->change;
    Buf *out = buf_new(ctx->arena, 128, 2048);
    buf_printf(out, cancels ? say_n(ctx, "%" PRId64 " event will be cancelled", "%" PRId64 " events will be cancelled", n)
                            : say_n(ctx, "%" PRId64 " event will change", "%" PRId64 " events will change", n), n);
    if (r->past)
        buf_printf(out, say_n(ctx, ", %" PRId64 " took place already and stays", ", %" PRId64 " took place already and stay", r->past), r->past);
    if (r->apart && !cancels)
        buf_printf(out, say_n(ctx, ", %" PRId64 " was changed alone and stays", ", %" PRId64 " were changed alone and stay", r->apart), r->apart);
    buf_char(out, '.');
    return buf_data(out);
}

const ScopeShown *agenda_scope_shown(Ctx *ctx, const Form *form, const Event *e, const char *id, bool cancels)
{
    if (!e || !e->series)
        return NULL;
    ScopeReach following = agenda_scope_reach(ctx, e, SCOPE_FOLLOWING), all = agenda_scope_reach(ctx, e, SCOPE_ALL);
    ScopeShown *x = arena_new_of(ctx->arena, ScopeShown);
    *x = (ScopeShown){
        .form = form,
        .id = id,
        .following = reach_said(ctx, &following, cancels),
        .all = reach_said(ctx, &all, cancels),
    };
    return x;
}

/* ---- the next dates ---- */

static int by_number(const void *a, const void *b)
{
    i64 x = *(const i64 *)a, y = *(const i64 *)b;
    return (x > y) - (x < y);
}

static const char *date_said(Ctx *ctx, const Event *e, const Zone *zone, i64 at)
{
    const char *day = clock_say(ctx->arena, zone, ctx->actor->tongue, CLOCK_SAY_DAY, at);
    return e->all_day ? day : arena_printf(ctx->arena, "%s, %s", day, clock_time_text(ctx->arena, zone, at));
}

/* Ten of them from `at` on; one at a time, so that a rule that goes on for ever costs no more than another. */
static bool next_dates(Ctx *ctx, RepeatForm *f, const Series *s, i64 at)
{
    Choice *dates = arena_array(ctx->arena, Choice, PREVIEW);
    size_t n = 0;
    SeriesPlace place = {.found = true};
    List except = s->rule->exceptions;
    while (n < PREVIEW) {
        if (!agenda_series_place(ctx, s, at, &place))
            return false;
        if (!place.found)
            break;
        at = place.next.at;
        if (!bsearch(&at, except.items, except.count, sizeof at, by_number))
            dates[n++] = (Choice){clock_rfc3339(ctx->arena, s->zone, at), date_said(ctx, f->event, s->zone, at)};
        at++;
    }
    f->dates = (List){dates, n};
    f->more = place.found;
    return true;
}

static bool preview(Ctx *ctx, RepeatForm *f, const RepeatDraft *draft, AgendaScope scope)
{
    const Event *e = f->event;
    SeriesRow row;
    IcsRule rule = {0};
    Series s = {.rule = &rule};
    if (!agenda_repeat_try(ctx, e, draft, scope, &row, &rule, &s))
        return false;
    i64 from = e->series && scope == SCOPE_ALL ? ctx->now : clock_instant(s.zone, s.starts, NULL);
    f->preview = text_sentence(ctx->arena, agenda_rule_said(ctx, rule.text, s.starts, s.zone));
    f->rule = rule.text;
    return next_dates(ctx, f, &s, from);
}

/* ---- the form ---- */

static List frequencies(Ctx *ctx)
{
    Choice *c = arena_array(ctx->arena, Choice, 4);
    for (int i = 0; i < 4; i++)
        c[i] = (Choice){word_name(agenda_freq_words, i), say_word(ctx, agenda_freq_words, i)};
    return (List){c, 4};
}

static List weekdays(Ctx *ctx)
{
    static const char *const names[] = {"mo", "tu", "we", "th", "fr", "sa", "su"};
    static const char *const labels[] = {N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"),
                                         N_("Friday"), N_("Saturday"), N_("Sunday")};
    Choice *c = arena_array(ctx->arena, Choice, 7);
    for (int i = 0; i < 7; i++)
        c[i] = (Choice){names[i], text_sentence(ctx->arena, say(ctx, labels[i]))};
    return (List){c, 7};
}

static const char *as_rule(Ctx *ctx, const char *rule, Wall start)
{
    return agenda_rule_said(ctx, rule, start, NULL);
}

/* What the event's own day is in its month: the 14th, the second Thursday, perhaps the last one. */
static List months(Ctx *ctx, Wall start)
{
    static const char *const days[] = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};
    const char *day = days[wall_weekday(start) - 1];
    Choice *c = arena_array(ctx->arena, Choice, 4);
    size_t n = 0;
    Arena *a = ctx->arena;
    c[n++] = (Choice){"day", as_rule(ctx, arena_printf(a, "FREQ=MONTHLY;BYMONTHDAY=%d", start.day), start)};
    c[n++] = (Choice){"weekday", as_rule(ctx, arena_printf(a, "FREQ=MONTHLY;BYDAY=%d%s", (start.day + 6) / 7, day), start)};
    if (wall_add_days(start, 7).month != start.month)
        c[n++] = (Choice){"last_weekday", as_rule(ctx, arena_printf(a, "FREQ=MONTHLY;BYDAY=-1%s", day), start)};
    if (wall_add_days(start, 1).month != start.month)
        c[n++] = (Choice){"last_day", as_rule(ctx, "FREQ=MONTHLY;BYMONTHDAY=-1", start)};
    return (List){c, n};
}

static List ways(Ctx *ctx)
{
    Choice *c = arena_array(ctx->arena, Choice, 3);
    c[0] = (Choice){"never", say(ctx, "It goes on without an end")};
    c[1] = (Choice){"until", say(ctx, "Until a day")};
    c[2] = (Choice){"count", say(ctx, "So many times")};
    return (List){c, 3};
}

static List scopes(Ctx *ctx)
{
    Choice *c = arena_array(ctx->arena, Choice, 2);
    for (int i = 0; i < 2; i++)
        c[i] = (Choice){word_name(agenda_scope_words, i + 1), say_word(ctx, agenda_scope_words, i + 1)};
    return (List){c, 2};
}

static const char *own_day(Ctx *ctx, Wall start)
{
    static const char *const names[] = {"mo", "tu", "we", "th", "fr", "sa", "su"};
    return arena_text(ctx->arena, names[wall_weekday(start) - 1]);
}

/* What was chosen goes along with the button, so that what was seen is what is done. */
static List chosen(Ctx *ctx, const Request *req)
{
    static const char *const names[] = {"freq", "interval", "month_by", "month_day", "nth", "ends", "until", "count", "rule", "scope"};
    static const char *const lists[] = {"weekdays", "except"};
    Choice *c = arena_array(ctx->arena, Choice, COUNT(names) + COUNT(lists));
    size_t n = 0;
    for (size_t i = 0; i < COUNT(names); i++) {
        if (!text_blank(form_raw(req, names[i])))
            c[n++] = (Choice){names[i], form_raw(req, names[i])};
    }
    for (size_t i = 0; i < COUNT(lists); i++) {
        const char *lines = form_lines(ctx, req, lists[i], 5000);
        if (lines)
            c[n++] = (Choice){lists[i], lines};
    }
    return (List){c, n};
}

static const char *typed(const Request *req, const char *name, const char *otherwise)
{
    return text_blank(form_raw(req, name)) ? otherwise : form_raw(req, name);
}

static const char *one_line(Ctx *ctx, const char *lines)
{
    List parts = text_split(ctx->arena, lines, '\n');
    Buf *out = buf_new(ctx->arena, 256, 64 * 1024);
    for (size_t i = 0; i < parts.count; i++)
        buf_printf(out, "%s%s", i ? ", " : "", ((const char *const *)parts.items)[i]);
    return buf_data(out);
}

/* The weekdays of a rule, one a line, as the boxes want them. */
static const char *rule_days(Ctx *ctx, const struct icalrecurrencetype *r)
{
    static const char *const names[] = {"su", "mo", "tu", "we", "th", "fr", "sa"};
    Buf *out = buf_new(ctx->arena, 64, 1024);
    for (size_t i = 0; i < COUNT(r->by_day) && r->by_day[i] != ICAL_RECURRENCE_ARRAY_MAX; i++)
        buf_printf(out, "%s%s", i ? "\n" : "", names[icalrecurrencetype_day_day_of_week(r->by_day[i]) - 1]);
    return buf_size(out) ? buf_data(out) : NULL;
}

/* The form of a series begins with the rule that it has. */
static void begin_with_rule(Ctx *ctx, RepeatForm *f, const SeriesRow *row)
{
    struct icalrecurrencetype r = icalrecurrencetype_from_string(row->rule);
    const char *days = rule_days(ctx, &r);
    bool weekly = r.freq == ICAL_WEEKLY_RECURRENCE, monthly = r.freq == ICAL_MONTHLY_RECURRENCE;
    f->freq = weekly ? "weekly" : monthly ? "monthly" : r.freq == ICAL_YEARLY_RECURRENCE ? "yearly" : "daily";
    f->interval = r.interval;
    f->count = r.count;
    f->weekdays = weekly && days ? days : f->weekdays;
    f->ends = r.count ? "count" : icaltime_is_null_time(r.until) ? "never" : "until";
    if (monthly && days)
        f->month_by = icalrecurrencetype_day_position(r.by_day[0]) < 0 ? "last_weekday" : "weekday";
    if (monthly && r.by_month_day[0] == -1)
        f->month_by = "last_day";
    if (icaltime_is_null_time(r.until))
        return;
    Wall w = {r.until.year, r.until.month, r.until.day, r.until.hour, r.until.minute, r.until.second};
    i64 at = clock_instant(icaltime_is_utc(r.until) ? NULL : zone_find(row->time_zone), w, NULL);
    f->until = clock_day_text(ctx->arena, zone_find(row->time_zone), at);
}

static RepeatForm form_of(Ctx *ctx, const Request *req, const Event *e)
{
    Wall start = clock_wall(zone_find(e->time_zone), e->starts_at);
    i64 interval = 1, count = 0;
    text_int(typed(req, "interval", "1"), &interval);
    text_int(typed(req, "count", "0"), &count);
    const char *days = form_lines(ctx, req, "weekdays", 7), *except = form_lines(ctx, req, "except", 5000);
    return (RepeatForm){
        .event = e,
        .req = req,
        .said = agenda_repeat_said(ctx, e),
        .freq = typed(req, "freq", "weekly"),
        .interval = interval,
        .count = count,
        .weekdays = days ? days : own_day(ctx, start),
        .month_by = typed(req, "month_by", "day"),
        .ends = typed(req, "ends", "never"),
        .until = typed(req, "until", NULL),
        .except = except ? one_line(ctx, except) : NULL,
        .scope = typed(req, "scope", "following"),
        .freqs = frequencies(ctx),
        .days = weekdays(ctx),
        .months = months(ctx, start),
        .ways = ways(ctx),
        .scopes = scopes(ctx),
    };
}

/* What would become of a program's rule, without writing anything. */
typedef struct RepeatPreview {
    const char *rule, *said, *dates;
} RepeatPreview;
static const Field preview_fields[] = {
    FIELD_TEXT(RepeatPreview, rule),
    FIELD_TEXT(RepeatPreview, said),
    FIELD_LINES(RepeatPreview, dates),
};
static const Shape preview_shape = SHAPE("repetition", RepeatPreview, preview_fields);

static const RepeatPreview *as_data(Ctx *ctx, const RepeatForm *f)
{
    RepeatPreview *p = arena_new_of(ctx->arena, RepeatPreview);
    Buf *lines = buf_new(ctx->arena, 512, 4096);
    const Choice *date = f->dates.items;
    for (size_t i = 0; i < f->dates.count; i++)
        buf_printf(lines, "%s%s", i ? "\n" : "", date[i].value);
    *p = (RepeatPreview){f->rule, f->preview ? f->preview : f->said, buf_size(lines) ? buf_data(lines) : NULL};
    return p;
}

static void read_preview(Ctx *ctx, const Request *req, RepeatForm *f, bool forgiving)
{
    RepeatDraft draft;
    AgendaScope scope = f->event->series && form_has(req, "scope") ? agenda_scope_read(ctx, req) : SCOPE_FOLLOWING;
    bool shown = agenda_repeat_read(ctx, req, f->event, &draft) && preview(ctx, f, &draft, scope);
    if (shown && f->event->series) {
        ScopeReach reach = agenda_scope_reach(ctx, f->event, scope);
        f->counted = arena_printf(ctx->arena, say_n(ctx, "%" PRId64 " event that is still to come will follow the new rule or be cancelled.",
                                                    "%" PRId64 " events that are still to come will follow the new rule or be cancelled.", reach.change), reach.change);
    }
    f->hidden = shown ? chosen(ctx, req) : (List){0};
    if (faulted(ctx) && forgiving)
        f->trouble = fault_take(ctx).what;
}

/* GET /mesa/agenda/:id/repetir; also drawn again when what was sent was wrong */
static void page_repeat(Ctx *ctx, const Request *req, Page *page)
{
    const Event *e = people_may(ctx, RIGHT_AGENDA_EDIT) ? agenda_find(ctx, req->id) : NULL;
    if (!e)
        return;
    RepeatForm f = form_of(ctx, req, e);
    const SeriesRow *row = e->series && !form_has(req, "freq") ? agenda_series_find(ctx, e->series) : NULL;
    if (row && row->rule)
        begin_with_rule(ctx, &f, row);
    if (req->method == GET)
        read_preview(ctx, req, &f, page->format == FORMAT_HTML);
    if (faulted(ctx))
        return;
    page_one(page, &preview_shape, as_data(ctx, &f));
    page->title = say(ctx, "Repetition");
    page->here = "/mesa/agenda";
    if (page->format == FORMAT_HTML)
        agenda_view_repeat(page->html, &f);
}

/* POST /mesa/agenda/:id/repetir */
static void act_repeat(Ctx *ctx, const Request *req, Page *page)
{
    const Event *e = people_may(ctx, RIGHT_AGENDA_EDIT) ? agenda_find(ctx, req->id) : NULL;
    RepeatDraft draft;
    RepeatDone done = {0};
    if (!e)
        return;
    if (!agenda_repeat_read(ctx, req, e, &draft)) {
        if (!faulted(ctx))
            form_need(ctx, req, "freq", 40);
        return;
    }
    AgendaScope scope = e->series && form_has(req, "scope") ? agenda_scope_read(ctx, req) : SCOPE_FOLLOWING;
    bool kept = e->series ? agenda_repeat_change(ctx, e->id, req->version, &draft, scope, &done)
                          : agenda_repeat(ctx, e->id, req->version, &draft);
    if (!kept || faulted(ctx))
        return;
    const char *notice = e->series ? agenda_scope_notice(ctx, scope, &done, NULL) : say(ctx, "The event repeats now.");
    const Event *now = agenda_find(ctx, e->id);
    page_one(page, &agenda_event_shape, agenda_with_rule(ctx, now));
    page_done(page, agenda_url(ctx->arena, e->id), notice);
    if (now && agenda_undo_step(ctx, now))
        page->undo = agenda_act_url(ctx->arena, e->id, "deshacer");
}

#define REPEAT_FIELDS "freq interval weekdays month_by month_day nth ends until count except rule scope"

const Route agenda_repeat_routes[] = {
    {GET, "/mesa/agenda/:id/repetir", page_repeat, RIGHT_AGENDA_EDIT, "What dates a repetition would give, without writing anything",
     .query = REPEAT_FIELDS, .shape = &preview_shape},
    {POST, "/mesa/agenda/:id/repetir", act_repeat, RIGHT_AGENDA_EDIT, "Makes an event repeat, or gives a series another rule",
     .fields = REPEAT_FIELDS " version", .shape = &agenda_event_shape, .form = page_repeat},
    {0},
};
