/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_import.c: a calendar file as a whole: all of it, or nothing, or all that is good. */
#include "desks/agenda/calendars/agenda_import.h"
#include "desks/agenda/series/agenda_repeat.h"
#include "store/journal.h"
#include "agenda_queries.h"

#include <stdlib.h>

enum { TOLD_MAX = 3 };
enum { IMPORT_ARENA = 256 * 1024 * 1024 };
static const i64 rules_time = 3 * CLOCK_SECOND; /* that all rules of a file may take together */

static const Field line_fields[] = {
    FIELD_INT(ImportLine, line),
    FIELD_TEXT(ImportLine, what),
    FIELD_TEXT(ImportLine, title),
    FIELD_TEXT(ImportLine, why),
};
const Shape agenda_import_line_shape = SHAPE("import_line", ImportLine, line_fields);
static const Field result_fields[] = {
    FIELD_INT(ImportResult, events),
    FIELD_INT(ImportResult, created),
    FIELD_INT(ImportResult, changed),
    FIELD_INT(ImportResult, cancelled),
    FIELD_INT(ImportResult, unchanged),
    FIELD_INT(ImportResult, refused),
    FIELD_MANY(ImportResult, lines, &agenda_import_line_shape),
};
const Shape agenda_import_shape = SHAPE("import", ImportResult, result_fields);

/* ---- the report ---- */

static void tell(Import *im, i64 line, Met met, const char *title, const char *why)
{
    i64 *counts[] = {
        [MET_NEW] = &im->result.created,         [MET_CHANGED] = &im->result.changed,
        [MET_CANCELLED] = &im->result.cancelled, [MET_UNCHANGED] = &im->result.unchanged,
        [MET_REFUSED] = &im->result.refused,
    };
    ++*counts[met];
    im->result.events++;
    if ((met == MET_UNCHANGED && !why) || im->line_count == IMPORT_LINES_MAX)
        return;
    im->lines[im->line_count++] = (ImportLine){line, agenda_met_words[met], title, why};
}

static void refuse(Item *item, i64 line, const char *why)
{
    if (item->event.refused)
        return;
    item->event.refused = why;
    item->event.refused_line = line;
}

/* Everything wrong is a sentence with its line; the first few are told in one. */
static bool refuse_file(Import *im)
{
    Buf *out = buf_new(im->ctx->arena, 256, 16 * 1024);
    i64 refused = 0;
    for (size_t i = 0; i < im->count; i++) {
        const IcsEvent *e = &im->items[i].event;
        if (!e->refused || ++refused > TOLD_MAX)
            continue;
        buf_printf(out, say(im->ctx, "%sLine %" PRId64 ": %s."), refused > 1 ? " " : "",
                   e->refused_line, e->refused);
    }
    if (!refused)
        return true;
    if (refused > TOLD_MAX)
        buf_printf(out, say(im->ctx, " And %" PRId64 " more."), refused - TOLD_MAX);
    buf_printf(out, " %s", say(im->ctx, "Nothing was imported."));
    return fault(im->ctx, FAULT_INVALID, "%s", buf_data(out));
}

/* ---- reading ---- */

static bool read_items(Import *im, const IcsFile *file)
{
    if (file->events.count > AGENDA_ICS_EVENTS)
        return fault(im->ctx, FAULT_TOO_LARGE,
                     "There are more than %d events in the file: export fewer months at once.",
                     AGENDA_ICS_EVENTS);
    im->count = file->events.count;
    im->items = arena_array(im->ctx->arena, Item, im->count + 1);
    im->sorted = arena_array(im->ctx->arena, Item *, im->count + 1);
    const IcsComponent *c = file->events.items;
    for (size_t i = 0; i < im->count; i++) {
        im->items[i].event = agenda_ics_read(im->ctx, file, &c[i]);
        im->sorted[i] = &im->items[i];
        im->items[i].repeats =
            !im->items[i].event.override &&
            (im->items[i].event.rule.text || im->items[i].event.rule.additions.count);
    }
    return true;
}

static int by_uid(const void *a, const void *b)
{
    const Item *x = *(Item *const *)a, *y = *(Item *const *)b;
    int order = strcmp(x->event.uid ? x->event.uid : "", y->event.uid ? y->event.uid : "");
    if (order)
        return order;
    if (x->event.override != y->event.override) /* the series before what is moved in it */
        return x->event.override ? 1 : -1;
    if (x->event.recurrence_at != y->event.recurrence_at)
        return x->event.recurrence_at < y->event.recurrence_at ? -1 : 1;
    return x < y ? -1 : 1;
}

static bool same_uid(const Item *a, const Item *b)
{
    return a->event.uid && text_same(a->event.uid, b->event.uid);
}

static bool same_event(const Item *a, const Item *b)
{
    return same_uid(a, b) && a->event.override == b->event.override &&
           a->event.recurrence_at == b->event.recurrence_at;
}

static const char *twin_of(const Import *im, const Item *other)
{
    return arena_printf(im->ctx->arena,
                        say(im->ctx, "the event stands in line %" PRId64 " already (the same UID)"),
                        other->event.line);
}

/* The same UID twice: the higher SEQUENCE is meant; of two equal ones that differ nobody can say. */
static void settle_twins(Import *im)
{
    for (size_t i = 1; i < im->count; i++) {
        Item *a = im->sorted[i - 1], *b = im->sorted[i];
        if (!same_event(a, b) || a->event.refused || b->event.refused)
            continue;
        Item *older = a->event.sequence < b->event.sequence ? a : b;
        Item *newer = older == a ? b : a;
        if (older->event.sequence < newer->event.sequence ||
            text_same(older->event.hash, newer->event.hash))
            older->passed = twin_of(im, newer);
        else
            refuse(older, older->event.line, twin_of(im, newer));
        im->sorted[i] = newer; /* what follows is compared with it */
        im->sorted[i - 1] = older;
    }
}

static bool good(const Item *item)
{
    return !item->event.refused && !item->passed;
}

/* ---- series ---- */

static void expand_item(Import *im, Item *item)
{
    IcsEvent *e = &item->event;
    Ctx *ctx = im->ctx;
    i64 began = clock_monotonic(), line = e->rule_line ? e->rule_line : e->line;
    const SeriesRow *here = agenda_series_of_uid(ctx, e->uid);
    item->expanded_to = agenda_series_horizon(ctx->now, e->when.starts_at);
    if (here && text_same(here->source_hash, e->hash)) /* nothing new: no further than it is */
        item->expanded_to = here->expanded_to;
    Series s = {&e->rule, e->when.starts, e->when.zone};
    if (im->rules_spent > rules_time)
        refuse(item, line,
               say(ctx, "the rules of this file take too long: import fewer series at once"));
    else if (!faulted(ctx) && !agenda_series_expand(ctx, &s, item->expanded_to, &item->found))
        refuse(item, line, fault_take(ctx).what);
    im->rules_spent += clock_monotonic() - began;
}

static bool expand_all(Import *im)
{
    size_t all = im->count;
    for (size_t i = 0; i < im->count && !faulted(im->ctx); i++) {
        Item *item = &im->items[i];
        if (!good(item) || !item->repeats)
            continue;
        expand_item(im, item);
        all += item->found.list.count;
        if (all > AGENDA_ICS_EVENTS)
            return fault(im->ctx, FAULT_TOO_LARGE,
                         "With all repetitions there are more than %d events in the file: export "
                         "fewer months at once.",
                         AGENDA_ICS_EVENTS);
    }
    return !faulted(im->ctx);
}

/* ---- writing ---- */

static bool apply(Import *im, const Item *item, const Wanted *w, bool *told)
{
    Ctx *ctx = im->ctx;
    Meeting meeting = {0};
    Lap lap CLEANUP(lap_end)
    = lap_begin(ctx);
    if (!agenda_import_row(ctx, w, &meeting))
        return false;
    bool first_words = meeting.why && !*told; /* one series says it once */
    *told |= meeting.why != NULL;
    tell(im, item->event.line, meeting.met, agenda_import_title(im, &item->event, meeting.hidden),
         first_words ? arena_text(lap.outer, meeting.why) : NULL);
    return true;
}

/* An occurrence that the file tells apart is not written from the rule. */
static bool told_apart(const Import *im, size_t at, i64 recurrence_at)
{
    for (size_t i = at + 1; i < im->count && same_uid(im->sorted[i], im->sorted[at]); i++) {
        const IcsEvent *e = &im->sorted[i]->event;
        if (e->override && good(im->sorted[i]) && e->recurrence_at == recurrence_at)
            return true;
    }
    return false;
}

/* Occurrences that exist here and that the rule does not give any more are cancelled. */
static bool cancel_gone(Import *im, size_t at, i64 series)
{
    const Item *item = im->sorted[at];
    Ctx *ctx = im->ctx;
    if (im->from.source) /* a person decides about what a source lacks */
        return true;
    List here = db_list(ctx, &q_agenda_series_events, &agenda_key_shape, I(series));
    const EventKey *key = here.items;
    for (size_t i = 0; i < here.count; i++) {
        bool stays = key[i].status == EVENT_CANCELLED || agenda_import_in_rule(item, key[i].recurrence_at) ||
                     key[i].source_sequence > item->event.sequence ||
                     told_apart(im, at, key[i].recurrence_at) ||
                     (item->found.cut &&
                      key[i].recurrence_at < ((const Occurrence *)item->found.list.items)->at);
        if (stays)
            continue;
        if (!agenda_import_cancel(ctx, &key[i], &item->event,
                                  say(ctx, "It is no longer part of the series.")))
            return false;
        tell(im, item->event.line, MET_CANCELLED,
             agenda_import_title(im, &item->event, key[i].visibility > VISIBLE_INTERNAL),
             say(ctx, "It is no longer part of the series."));
    }
    return !faulted(ctx);
}

/* Why a file says nothing new of a series that the desk made, moved or divided; NULL: it may say something. */
static const char *series_is_ours(Ctx *ctx, const SeriesRow *here, const IcsEvent *e, bool same)
{
    if (agenda_series_divided(ctx, here->id))
        return say(ctx, "the series was divided at the desk and follows its file no more");
    if (here->made_here && (same || e->sequence <= here->sequence))
        return say(ctx, "what is here is newer (SEQUENCE)");
    return NULL;
}

static bool apply_series(Import *im, size_t at)
{
    Item *item = im->sorted[at];
    Ctx *ctx = im->ctx;
    const SeriesRow *here = agenda_series_of_uid(ctx, item->event.uid);
    bool same = here && text_same(here->source_hash, item->event.hash);
    bool older = here && !same && item->event.sequence < here->sequence;
    i64 series = here ? here->id : 0;
    const char *ours = here ? series_is_ours(ctx, here, &item->event, same) : NULL;
    if (here && agenda_import_is_foreign(im, here->source)) {
        tell(im, item->event.line, MET_REFUSED, agenda_import_title(im, &item->event, false), agenda_import_foreign_said(ctx));
        return true;
    }
    if (ours) {
        tell(im, item->event.line, MET_UNCHANGED, agenda_import_title(im, &item->event, false), ours);
        return !faulted(ctx);
    }
    if (faulted(ctx) ||
        (!same && !older &&
         (!agenda_series_keep(ctx, &item->event, &item->found, item->expanded_to, &series) ||
          !agenda_import_mark_series(im, series))))
        return false;
    if (older) {
        tell(im, item->event.line, MET_UNCHANGED, agenda_import_title(im, &item->event, false),
             say(ctx, "what is here is newer (SEQUENCE)"));
        return true;
    }
    Series rule = {&item->event.rule, item->event.when.starts, item->event.when.zone};
    const Occurrence *o = item->found.list.items;
    bool told = false;
    for (size_t i = 0; i < item->found.list.count; i++) {
        Wanted w = {
            &item->event,
            agenda_series_when(&rule, item->event.duration, item->event.when.all_day, &o[i]),
            o[i].at, series, agenda_occurrence_hash(ctx->arena, item->event.face, o[i].at), &im->from};
        if (!told_apart(im, at, o[i].at) && !apply(im, item, &w, &told))
            return false;
    }
    return same || cancel_gone(im, at, series);
}

/* RFC 5546 3.2.5: all that is here of the UID, or the one occurrence. Taken back twice is taken back once. */
static bool apply_cancel(Import *im, const Item *item)
{
    Ctx *ctx = im->ctx;
    List here = db_list(ctx, &q_agenda_import_of_uid, &agenda_key_shape, T(item->event.uid));
    const EventKey *key = here.items;
    bool any = false;
    for (size_t i = 0; i < here.count; i++) {
        bool meant = !item->event.override || key[i].recurrence_at == item->event.recurrence_at;
        if (!meant || agenda_import_is_foreign(im, key[i].source) || key[i].status == EVENT_CANCELLED ||
            item->event.sequence < key[i].source_sequence)
            continue;
        any = true;
        if (!agenda_import_cancel(ctx, &key[i], &item->event,
                                  say(ctx, "The calendar took the event back.")))
            return false;
        tell(im, item->event.line, MET_CANCELLED,
             agenda_import_title(im, &item->event, key[i].visibility > VISIBLE_INTERNAL), NULL);
    }
    if (!any)
        tell(im, item->event.line, MET_UNCHANGED, agenda_import_title(im, &item->event, false),
             say(ctx, "there is nothing here to cancel"));
    return !faulted(ctx);
}

/* What is moved in a hidden series stays hidden unless it says otherwise itself. */
static void inherit_visibility(Import *im, Item *item, const Item *master, const SeriesRow *series)
{
    if (item->event.visibility_said)
        return;
    if (master && master->event.visibility > item->event.visibility)
        item->event.visibility = master->event.visibility;
    else if (!master && series && series->visibility > item->event.visibility)
        item->event.visibility = series->visibility;
    agenda_ics_print(im->ctx, &item->event);
}

static bool apply_single(Import *im, size_t at)
{
    Item *item = im->sorted[at];
    const SeriesRow *series =
        item->event.override ? agenda_series_of_uid(im->ctx, item->event.uid) : NULL;
    const Item *master = NULL;
    for (size_t i = at; item->event.override && i-- > 0 && same_uid(im->sorted[i], item);) {
        if (!im->sorted[i]->event.override && good(im->sorted[i]))
            master = im->sorted[i];
    }
    if (item->event.override)
        inherit_visibility(im, item, master, series);
    Wanted w = {&item->event, item->event.when, item->event.recurrence_at, series ? series->id : 0,
                item->event.hash, &im->from};
    bool told = false;
    return !faulted(im->ctx) && apply(im, item, &w, &told);
}

static bool apply_all(Import *im, const IcsFile *file)
{
    const IcsComponent *components = file->events.items;
    const IcsCalendar *calendars = file->calendars.items;
    for (size_t i = 0; i < im->count; i++) {
        Item *item = im->sorted[i];
        const IcsComponent *c = components + (item - im->items);
        bool done;
        if (item->event.refused) {
            tell(im, item->event.refused_line, MET_REFUSED,
                 agenda_import_title(im, &item->event, false), item->event.refused);
            continue;
        }
        if (item->passed) {
            tell(im, item->event.line, MET_UNCHANGED, agenda_import_title(im, &item->event, false), item->passed);
            continue;
        }
        if (calendars[c->calendar].cancels)
            done = apply_cancel(im, item);
        else
            done = item->repeats ? apply_series(im, i) : apply_single(im, i);
        if (!done)
            return false;
    }
    return true;
}

static bool run(Import *im, Bytes bytes)
{
    IcsFile file;
    im->lines = arena_array(im->ctx->arena, ImportLine, IMPORT_LINES_MAX);
    if (!agenda_ics_scan(im->ctx, bytes, &file) || !read_items(im, &file))
        return false;
    qsort(im->sorted, im->count, sizeof *im->sorted, by_uid);
    settle_twins(im);
    return expand_all(im) && (im->skip_bad || refuse_file(im)) && agenda_import_missing(im) &&
           (im->fate.held || (apply_all(im, &file) && agenda_import_mark_missing(im))) &&
           agenda_series_watch(im->ctx);
}

/* ---- the door ---- */

static int by_line(const void *a, const void *b)
{
    const ImportLine *x = a, *y = b;
    return (x->line > y->line) - (x->line < y->line);
}

/* The import's own memory goes; its report moves to who asked. */
static ImportResult kept(Import *im, Arena *outer)
{
    ImportResult result = im->result;
    ImportLine *lines = arena_array(outer, ImportLine, im->line_count + 1);
    for (size_t i = 0; i < im->line_count; i++) {
        lines[i] = im->lines[i];
        lines[i].title =
            arena_text(outer, text_clip(im->ctx->arena, lines[i].title ? lines[i].title : "", 120));
        lines[i].why = arena_text(outer, lines[i].why);
    }
    qsort(lines, im->line_count, sizeof *lines, by_line);
    result.lines = (List){lines, im->line_count};
    return result;
}

static bool import(Ctx *ctx, Bytes file, Import *im)
{
    if (!people_may(ctx, RIGHT_AGENDA_EDIT))
        return false;
    icalerror_set_errors_are_fatal(false);
    Lap lap CLEANUP(lap_end)
    = {.ctx = ctx, .outer = ctx->arena};
    ctx->arena = arena_new(IMPORT_ARENA);
    im->ctx = ctx;
    if (!run(im, file))
        return false;
    im->fate.result = kept(im, lap.outer);
    return true;
}

bool agenda_import_ics(Ctx *ctx, Bytes file, bool skip_bad, ImportResult *result_out)
{
    Import im = {.skip_bad = skip_bad};
    if (!import(ctx, file, &im))
        return false;
    *result_out = im.fate.result;
    return true;
}

bool agenda_import_source(Ctx *ctx, Bytes file, const ImportFrom *from, ImportFate *fate_out)
{
    Import im = {.skip_bad = true, .from = *from};
    if (!import(ctx, file, &im))
        return false;
    *fate_out = im.fate;
    return true;
}
