/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_cover.c: asking for a coverage, giving it to somebody, changing what is wanted. */
#include "desks/agenda/coverage/agenda_cover.h"
#include "store/journal.h"
#include "agenda_coverage_queries.h"
#include "agenda_queries.h"

enum { BRIEF_MAX = 2000 };

/* ---- what is wanted ---- */

static i64 said(i64 number)
{
    return number == NONE ? 0 : number;
}

static bool check_brief(Ctx *ctx, const char *brief)
{
    if (!brief)
        return true;
    if (!text_valid(brief, strlen(brief)) || text_has_control(brief))
        return fault_field(ctx, "brief", "There are characters in it that cannot be shown.");
    if (!text_fits(brief, BRIEF_MAX))
        return fault_field(ctx, "brief", "This is too long: at most %d characters.", BRIEF_MAX);
    return true;
}

bool agenda_check_cover(Ctx *ctx, const CoverageDraft *d)
{
    i64 least = said(d->quantity_min), most = said(d->quantity_max);
    if (!check_brief(ctx, d->brief))
        return false;
    if (least < 0 || most < 0 || (most && most < least))
        return fault_field(ctx, "quantity_max", "At most cannot be less than at least.");
    if (d->priority < 0 || d->priority > 5)
        return fault_field(ctx, "priority", "The priority is a number from 1, the most urgent, to 5.");
    return true;
}

/* ---- whom it goes to ---- */

typedef struct Doer {
    i64 person, area, contact;
} Doer;

static bool find_person(Ctx *ctx, const char *text, Doer *doer_out)
{
    const Person *p = people_by_mail_or_id(ctx, text);
    doer_out->person = p ? p->id : 0;
    return p != NULL;
}

static bool find_area(Ctx *ctx, i64 id, Doer *doer_out)
{
    List areas = people_areas(ctx);
    for (const Area *a = areas.items, *end = a + areas.count; a < end; a++) {
        if (a->id == id) {
            doer_out->area = id;
            return true;
        }
    }
    return fault_field(ctx, "area", "There is no such team.");
}

static bool find_contact(Ctx *ctx, i64 id, Doer *doer_out)
{
    const Contact *c = agenda_contact(ctx, id);
    if (!c || !c->active) {
        fault_take(ctx);
        return fault_field(ctx, "contact", "There is no such contact in use.");
    }
    doer_out->contact = id;
    return true;
}

/* Nobody, or one of: a person, a team, somebody outside. */
static bool find_doer(Ctx *ctx, const CoverageDraft *d, Doer *doer_out)
{
    bool person = !text_blank(d->assignee);
    *doer_out = (Doer){0};
    if (person + (d->area != 0) + (d->contact != 0) > 1)
        return fault_field(ctx, "assignee", "Choose one: a person, a team or somebody outside.");
    if (person)
        return find_person(ctx, d->assignee, doer_out);
    if (d->area)
        return find_area(ctx, d->area, doer_out);
    return !d->contact || find_contact(ctx, d->contact, doer_out);
}

static bool is_somebody(const Doer *d)
{
    return d->person || d->area || d->contact;
}

static List brief_of(Ctx *ctx, const Coverage *c)
{
    NoticeChange *all = arena_array(ctx->arena, NoticeChange, 3);
    size_t n = 0;
    all[n++] = (NoticeChange){.field = "event_starts_at",
                              .label = N_("Start"),
                              .after = clock_rfc3339(ctx->arena, ctx->city->zone, c->event_starts_at),
                              .as = "moment"};
    if (c->place_name)
        all[n++] = (NoticeChange){.field = "place", .label = N_("Place"), .after = c->place_name, .as = "text"};
    if (c->brief)
        all[n++] = (NoticeChange){.field = "brief", .label = N_("What is wanted"), .after = c->brief, .as = "text"};
    return (List){all, n};
}

static bool tell_new_doer(Ctx *ctx, i64 coverage)
{
    const Coverage *c = agenda_coverage(ctx, coverage);
    return c && agenda_tell_coverage(ctx, c, "assigned", brief_of(ctx, c), NULL);
}

bool agenda_cover(Ctx *ctx, i64 event, const CoverageDraft *d, i64 *id_out)
{
    Doer who;
    if (!people_may(ctx, RIGHT_COVERAGE_ASSIGN))
        return false;
    const Event *e = agenda_find(ctx, event);
    if (!e || !agenda_check_cover(ctx, d))
        return false;
    if (e->status == EVENT_CANCELLED)
        return fault(ctx, FAULT_CONFLICT, "The event is cancelled: there is nothing to cover.");
    if (!find_doer(ctx, d, &who))
        return false;
    i64 id = id_new(ctx->now), due = d->due_at ? d->due_at : e->ends_at + CLOCK_DAY;
    CoverageState state = is_somebody(&who) ? COVERAGE_ASSIGNED : COVERAGE_PROPOSED;
    if (!db_write(ctx, &q_agenda_coverage_insert, I(id), I(event), W(agenda_kind_words, d->kind),
                  W(agenda_state_words, state), I_OR_NULL(who.person), I(due), T(d->brief), I(ctx->now),
                  I(ctx->now), I_OR_NULL(who.area), I_OR_NULL(who.contact), I_OR_NULL(said(d->quantity_min)),
                  I_OR_NULL(said(d->quantity_max)), I(d->priority ? d->priority : 3),
                  W(agenda_news_words, d->news_status)) ||
        !journal(ctx, "agenda_coverage", id, word_name(agenda_state_words, (int)state)))
        return false;
    *id_out = id;
    return !is_somebody(&who) || tell_new_doer(ctx, id);
}

/* ---- giving it to somebody ---- */

static bool same_doer(const Coverage *c, const Doer *who)
{
    return c->assignee == who->person && c->contact == who->contact && (who->person || c->area == who->area);
}

static bool give(Ctx *ctx, const Coverage *c, const Doer *who)
{
    Coverage next = *c;
    next.state = COVERAGE_ASSIGNED;
    next.assignee = who->person;
    next.area = who->area;
    next.contact = who->contact;
    next.reason = NULL;
    next.accepted_at = next.started_at = 0;
    bool gone = c->assignee && c->assignee != who->person && c->state != COVERAGE_DECLINED;
    return agenda_coverage_keep(ctx, c, &next, "assigned", NULL) &&
           (!gone || agenda_tell_person(ctx, c->assignee, c, "taken", (List){0}, NULL)) &&
           ((same_doer(c, who) && c->state == COVERAGE_ASSIGNED) || tell_new_doer(ctx, c->id));
}

bool agenda_assign_to(Ctx *ctx, i64 coverage, i64 version, const CoverageDraft *draft)
{
    Doer who;
    if (!people_may(ctx, RIGHT_COVERAGE_ASSIGN))
        return false;
    const Coverage *c = agenda_coverage_to(ctx, coverage, version, FROM_ASSIGN);
    if (!c || !find_doer(ctx, draft, &who))
        return false;
    if (!is_somebody(&who))
        return fault_field(ctx, "assignee", "Say who: a mail address or a person's number.");
    return give(ctx, c, &who);
}

bool agenda_assign(Ctx *ctx, i64 coverage, i64 version, const char *assignee)
{
    return agenda_assign_to(ctx, coverage, version, &(CoverageDraft){.assignee = assignee});
}

/* ---- changing what is wanted ---- */

static const char *number_text(Ctx *ctx, i64 n)
{
    return said(n) ? arena_printf(ctx->arena, "%" PRId64, n) : NULL;
}

static List differences(Ctx *ctx, const Coverage *c, const CoverageDraft *d)
{
    const Zone *zone = ctx->city->zone;
    NoticeChange found[] = {
        {.field = "kind", .label = N_("Kind"), .before = word_name(agenda_kind_words, (int)c->kind),
         .after = word_name(agenda_kind_words, (int)d->kind), .before_label = word_label(agenda_kind_words, (int)c->kind),
         .after_label = word_label(agenda_kind_words, (int)d->kind), .as = "word"},
        {.field = "due_at", .label = N_("Due"), .before = clock_rfc3339(ctx->arena, zone, c->due_at),
         .after = clock_rfc3339(ctx->arena, zone, d->due_at), .as = "moment"},
        {.field = "brief", .label = N_("What is wanted"), .before = c->brief, .after = d->brief, .as = "text"},
        {.field = "quantity_min", .label = N_("At least"), .before = number_text(ctx, c->quantity_min),
         .after = number_text(ctx, d->quantity_min), .as = "text"},
        {.field = "quantity_max", .label = N_("At most"), .before = number_text(ctx, c->quantity_max),
         .after = number_text(ctx, d->quantity_max), .as = "text"},
        {.field = "priority", .label = N_("Priority"), .before = number_text(ctx, c->priority),
         .after = number_text(ctx, d->priority), .as = "text"},
    };
    NoticeChange *all = arena_array(ctx->arena, NoticeChange, COUNT(found));
    size_t n = 0;
    for (size_t i = 0; i < COUNT(found); i++) {
        if (!text_same(found[i].before, found[i].after))
            all[n++] = found[i];
    }
    return (List){all, n};
}

bool agenda_coverage_change(Ctx *ctx, i64 coverage, i64 version, const CoverageDraft *draft)
{
    if (!people_may(ctx, RIGHT_COVERAGE_ASSIGN))
        return false;
    const Coverage *c = agenda_coverage_to(ctx, coverage, version, FROM_CHANGE);
    if (!c || !agenda_check_cover(ctx, draft))
        return false;
    CoverageDraft d = *draft;
    d.due_at = d.due_at ? d.due_at : c->due_at;
    d.priority = d.priority ? d.priority : c->priority;
    List changes = differences(ctx, c, &d);
    if (!changes.count && d.news_status == c->news_status)
        return true;
    return db_write(ctx, &q_agenda_coverage_change, I(c->id), I(c->version), W(agenda_kind_words, d.kind),
                    I(d.due_at), T(d.brief), I_OR_NULL(said(d.quantity_min)), I_OR_NULL(said(d.quantity_max)),
                    I(d.priority), W(agenda_news_words, d.news_status), I(ctx->now)) &&
           journal(ctx, "agenda_coverage", c->id, "changed") &&
           (!changes.count || agenda_tell_coverage(ctx, c, "changed", changes, NULL));
}
