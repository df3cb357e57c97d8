/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_tell.c: a change reaches who works on it, as what was and what is now. */
#include "desks/agenda/agenda_room.h"

enum { DIFFERENCES_MAX = 12, TOLD_MAX = 512 };

/* ---- what differs ---- */

typedef struct Differences {
    NoticeChange items[DIFFERENCES_MAX];
    size_t count;
} Differences;

static void note(Differences *all, NoticeChange d)
{
    if (!text_same(d.before, d.after))
        all->items[all->count++] = d;
}

static void note_text(Differences *all, const char *field, const char *label, const char *before,
                      const char *after)
{
    note(all, (NoticeChange){.field = field,
                           .label = label,
                           .before = text_blank(before) ? NULL : before,
                           .after = text_blank(after) ? NULL : after,
                           .as = "text"});
}

static const char *instant(Ctx *ctx, i64 at)
{
    return at ? clock_rfc3339(ctx->arena, ctx->city->zone, at) : NULL;
}

static void note_time(Ctx *ctx, Differences *all, const char *field, const char *label, i64 before,
                      i64 after, bool day)
{
    note(all, (NoticeChange){.field = field,
                           .label = label,
                           .before = instant(ctx, before),
                           .after = instant(ctx, after),
                           .as = day ? "day" : "moment"});
}

static const char *place_said(Ctx *ctx, const Place *p)
{
    if (!p->name || text_blank(p->address))
        return p->name;
    return arena_printf(ctx->arena, "%s, %s", p->name, p->address);
}

static void note_flag(Differences *all, const char *field, const char *label, bool before, bool after)
{
    note(all, (NoticeChange){.field = field,
                           .label = label,
                           .before = before ? "true" : "false",
                           .after = after ? "true" : "false",
                           .before_label = before ? N_("yes") : N_("no"),
                           .after_label = after ? N_("yes") : N_("no"),
                           .as = "word"});
}

/* The last instant of whole days is the first one after them. */
static i64 last_of(const Event *e)
{
    return e->all_day ? e->ends_at - CLOCK_HOUR : e->ends_at;
}

static List differences(Ctx *ctx, const Event *a, const Event *b)
{
    Differences *all = arena_new_of(ctx->arena, Differences);
    bool days = a->all_day && b->all_day;
    note_text(all, "title", N_("Title"), a->title, b->title);
    note(all, (NoticeChange){.field = "status",
                           .label = N_("State"),
                           .before = word_name(agenda_status_words, (int)a->status),
                           .after = word_name(agenda_status_words, (int)b->status),
                           .before_label = word_label(agenda_status_words, (int)a->status),
                           .after_label = word_label(agenda_status_words, (int)b->status),
                           .as = "word"});
    note_text(all, "reason", N_("Reason"), a->reason, b->reason);
    note_time(ctx, all, "starts_at", N_("Start"), a->starts_at, b->starts_at, days);
    note_time(ctx, all, "ends_at", N_("End"), last_of(a), last_of(b), days);
    note_flag(all, "all_day", N_("All day"), a->all_day, b->all_day);
    note_flag(all, "time_to_be_confirmed", N_("Hour to be confirmed"), a->time_to_be_confirmed,
              b->time_to_be_confirmed);
    note_text(all, "place", N_("Place"), place_said(ctx, &a->place), place_said(ctx, &b->place));
    note_text(all, "headed_by", N_("Headed by"), a->headed_by, b->headed_by);
    note_text(all, "accreditation", N_("Accreditation"), a->accreditation, b->accreditation);
    note_text(all, "internal_note", N_("Internal note"), a->internal_note, b->internal_note);
    note_text(all, "description", N_("Description"), a->description, b->description);
    return (List){all->items, all->count};
}

/* ---- to whom ---- */

typedef struct Told {
    i64 people[TOLD_MAX];
    size_t count;
} Told;

/* False: this one was told already, or is nobody. */
static bool once(Told *told, i64 person)
{
    for (size_t i = 0; i < told->count; i++) {
        if (told->people[i] == person)
            return false;
    }
    if (!person || told->count == TOLD_MAX)
        return false;
    told->people[told->count++] = person;
    return true;
}

static bool is_hidden(Visibility v)
{
    return v == VISIBLE_PRIVATE || v == VISIBLE_CONFIDENTIAL;
}

/* Whoever may not see a private event hears nothing of it. */
static bool may_know(Ctx *ctx, i64 person, Visibility v)
{
    return !is_hidden(v) || people_would_have(ctx, person, RIGHT_AGENDA_PRIVATE);
}

static bool tell(Ctx *ctx, Told *told, i64 person, Visibility v, const NoticeDraft *draft)
{
    if (!once(told, person) || !may_know(ctx, person, v))
        return !faulted(ctx);
    return people_notify(ctx, person, draft);
}

static bool tell_doers(Ctx *ctx, Told *told, const Coverage *c, Visibility v, const NoticeDraft *draft)
{
    if (c->assignee || !c->area)
        return tell(ctx, told, c->assignee, v, draft);
    List people = people_active(ctx);
    for (const Person *p = people.items, *end = p + people.count; p < end; p++) {
        if (p->area == c->area && !tell(ctx, told, p->id, v, draft))
            return false;
    }
    return !faulted(ctx);
}

/* ---- the doors ---- */

bool agenda_tell_change(Ctx *ctx, const Event *before, const Event *after)
{
    if (after->status == EVENT_CANCELLED)
        return true;
    List changes = differences(ctx, before, after);
    if (!changes.count)
        return !faulted(ctx);
    NoticeDraft draft = {.subject = "agenda_event",
                         .subject_id = after->id,
                         .address = agenda_desk_path(ctx->arena, after->id),
                         .kind = "changed",
                         .title = after->title,
                         .changes = changes};
    /* What was hidden is told with what it was: only to who might know that. */
    Visibility seen = is_hidden(before->visibility) ? before->visibility : after->visibility;
    Told *told = arena_new_of(ctx->arena, Told);
    List coverages = agenda_coverages_of(ctx, after->id);
    for (const Coverage *c = coverages.items, *end = c + coverages.count; c < end; c++) {
        if (agenda_coverage_is_open(c->state) && !tell_doers(ctx, told, c, seen, &draft))
            return false;
    }
    return !faulted(ctx);
}

static NoticeDraft of_coverage(Ctx *ctx, const Coverage *c, const char *kind, List changes, const char *key)
{
    return (NoticeDraft){.subject = "agenda_coverage",
                         .subject_id = c->id,
                         .address = arena_printf(ctx->arena, "/mesa/coberturas/%s", id_text(ctx->arena, c->id)),
                         .kind = kind,
                         .title = c->event_title,
                         .changes = changes,
                         .key = key};
}

bool agenda_tell_coverage(Ctx *ctx, const Coverage *c, const char *kind, List changes, const char *key)
{
    NoticeDraft draft = of_coverage(ctx, c, kind, changes, key);
    return tell_doers(ctx, arena_new_of(ctx->arena, Told), c, c->event_visibility, &draft);
}

bool agenda_tell_person(Ctx *ctx, i64 person, const Coverage *c, const char *kind, List changes, const char *key)
{
    NoticeDraft draft = of_coverage(ctx, c, kind, changes, key);
    return tell(ctx, arena_new_of(ctx->arena, Told), person, c->event_visibility, &draft);
}

bool agenda_tell_assigners(Ctx *ctx, const Coverage *c, const char *kind, List changes)
{
    NoticeDraft draft = of_coverage(ctx, c, kind, changes, NULL);
    Told *told = arena_new_of(ctx->arena, Told);
    List people = people_with_right(ctx, RIGHT_COVERAGE_ASSIGN);
    for (const Person *p = people.items, *end = p + people.count; p < end; p++) {
        if (!tell(ctx, told, p->id, c->event_visibility, &draft))
            return false;
    }
    return !faulted(ctx);
}
