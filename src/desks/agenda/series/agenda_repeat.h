/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_repeat.h: series at the desk: an event that repeats, and changes of one, of the following, or of all.
 *
 * one        the occurrence alone; it is *apart* from then on, and "all" leaves it as it is
 * following  the series is divided: the old one ends before this occurrence (UNTIL), a new one (split_from) goes on.
 *            The events keep their ids, slugs and coverages; COUNT, EXDATE and RDATE are divided between the two.
 * all        the series itself changes
 *
 * Whatever began stays as it was, because it happened; what is cancelled or apart stays too.  Times move by the wall
 * clock, so that ten o'clock stays ten o'clock when the clocks change.  What a rule gives no longer is cancelled
 * with a reason, never removed; when the rule gives it again, it stands again.
 *
 * Calendars out: every occurrence is a VEVENT of its own with the UID of its series and RECURRENCE-ID (the original
 * start, Event.recurrence_at), without a master: rows exist for 400 days, a master would promise more than can be
 * covered or cancelled.  What is read back that way is older than or equal to what is here and changes nothing. */
#pragma once
#include "desks/agenda/calendars/agenda_ics.h"

typedef enum { REPEAT_DAILY, REPEAT_WEEKLY, REPEAT_MONTHLY, REPEAT_YEARLY } RepeatFreq;
extern const Word agenda_freq_words[]; /* "daily", "weekly", "monthly", "yearly" */

/* How an event repeats. Days and hours are those of the event. */
typedef struct RepeatDraft {
    RepeatFreq freq;
    i64 interval;      /* every so many days, weeks, months, years; 0: 1 */
    unsigned weekdays; /* of a week: bit 0 Monday … bit 6 Sunday; 0: the event's own */
    i64 month_day;     /* of a month: 1..31, -1 the last one; 0: the event's own */
    i64 nth;           /* of a month: which weekday of that name, 1..5, -1 the last one; 0: by the day */
    Wall until;        /* the last day; year 0: none */
    i64 count;         /* how many in all, this one too; 0: no such end */
    const char *rule;  /* a whole RRULE value instead of all this; NULL */
    bool except_said;
    List except;       /* of Wall: days on which it does not take place (EXDATE) */
} RepeatDraft;

/* What became of the events. */
typedef struct RepeatDone {
    i64 changed, added, cancelled, past;
    i64 series; /* that the event belongs to now */
} RepeatDone;

/* ---- agenda_repeat.c ---- */
/* A single event becomes the first of a series. The day of the event must be one that the rule gives. */
CHECKED
bool agenda_repeat(Ctx *ctx, i64 id, i64 version, const RepeatDraft *draft);
/* The same without writing: the rule and the start that the series would have. */
CHECKED
bool agenda_repeat_try(Ctx *ctx, const Event *e, const RepeatDraft *draft, AgendaScope scope,
                       SeriesRow *row_out, IcsRule *rule_out, Series *series_out);
/* The event with the text of its series' rule, for JSON. */
const Event *agenda_with_rule(Ctx *ctx, const Event *e);
/* Another rule for a series, from this occurrence on or as a whole. */
CHECKED
bool agenda_repeat_change(Ctx *ctx, i64 id, i64 version, const RepeatDraft *draft,
                          AgendaScope scope, RepeatDone *done_out);

/* ---- agenda_repeat_scope.c: what agenda.c does with one event, with many; SCOPE_ONE is just that ---- */
CHECKED
bool agenda_change_scoped(Ctx *ctx, i64 id, i64 version, const EventDraft *draft, AgendaScope scope,
                          RepeatDone *done_out);
CHECKED
bool agenda_cancel_scoped(Ctx *ctx, i64 id, i64 version, const char *reason, AgendaScope scope,
                          RepeatDone *done_out);
CHECKED
bool agenda_reschedule_scoped(Ctx *ctx, i64 id, i64 version, Wall starts, Wall ends,
                              const char *reason, AgendaScope scope, RepeatDone *done_out);

/* How many events a scope reaches. */
typedef struct ScopeReach {
    i64 change, apart, past;
} ScopeReach;
ScopeReach agenda_scope_reach(Ctx *ctx, const Event *e, AgendaScope scope);

/* ---- agenda_repeat_fields.c ---- */
/* The field scope; absent: one. A scope for an event without a series is a fault. */
AgendaScope agenda_scope_read(Ctx *ctx, const Request *req);
/* False: nothing was said of repeating (no freq and no rule), or it was wrong (faulted). */
bool agenda_repeat_read(Ctx *ctx, const Request *req, const Event *e, RepeatDraft *draft_out);
/* The event that was just made repeats, when the request says how. */
CHECKED
bool agenda_repeat_said_so(Ctx *ctx, const Request *req, i64 id);
/* What to say after a change: "37 events changed. 4 that took place stay as they were."; one: when only one was meant. */
const char *agenda_scope_notice(Ctx *ctx, AgendaScope scope, const RepeatDone *done, const char *one);

/* ---- agenda_repeat_words.c ---- */
/* "every Tuesday and Thursday until 14 July 2023"; a rule that is too odd for words is given as it is. */
const char *agenda_rule_said(Ctx *ctx, const char *rule, Wall starts, const Zone *zone);
/* Of the series of an event; NULL: it has none. */
const char *agenda_repeat_said(Ctx *ctx, const Event *e);

/* ---- agenda_repeat_rule.c: RRULE values out of drafts and out of each other ---- */
/* Checked against the start: the rule gives it, and something after it. */
const char *agenda_rule_of(Ctx *ctx, const RepeatDraft *draft, const Series *s, bool all_day);
const char *agenda_rule_draft(Ctx *ctx, const RepeatDraft *draft, const Series *s, bool all_day); /* the text alone */
const char *agenda_rule_until(Ctx *ctx, const Series *s, i64 before, bool all_day); /* ends before that instant */
const char *agenda_rule_counted(Ctx *ctx, const char *rule, i64 count);             /* rules without COUNT stay as they are */
i64 agenda_rule_count(const char *rule);                                            /* 0: without */

/* A move by the wall clock, from one zone into another. */
typedef struct Shift {
    i64 seconds;
    const Zone *from, *to;
    bool all_day; /* afterwards */
} Shift;
Wall agenda_shift_wall(const Shift *shift, Wall w);
i64 agenda_shift_instant(const Shift *shift, i64 at);
bool agenda_shift_skips(const Shift *shift, i64 at); /* the clocks leave out the hour that it would come to */
/* The rule for the moved series. Faults on starts_at when a rule says the day or the hour itself, or ends before. */
const char *agenda_rule_shifted(Ctx *ctx, const Series *s, const Shift *shift);

/* ---- agenda_extend.c ---- */
const Series *agenda_series_read(Ctx *ctx, const SeriesRow *row); /* NULL: faulted */
/* After a step was taken back: an occurrence that is like its series again is apart no more. */
CHECKED
bool agenda_repeat_compare(Ctx *ctx, i64 event);
/* Another series goes on with this one. */
bool agenda_series_divided(Ctx *ctx, i64 id);
/* The row of one occurrence, when there is none yet; added_out tells. */
CHECKED
bool agenda_series_add(Ctx *ctx, const SeriesRow *s, const Series *rule, const Occurrence *o,
                       bool *added_out);
