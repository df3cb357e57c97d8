/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_coverage_test.c: the rules of coverages, a sentence each. */
#include "desks/agenda/agenda_test_office.h"
#include "store/journal.h"

static Span july(void)
{
    Span span;
    g_assert_true(clock_month(zone_find("America/Mexico_City"), "2022-07", &span));
    return span;
}

static void a_coverage_goes_its_way(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    i64 event = make_event(&o, "Banderazo"), id;
    g_assert_true(agenda_cover(o.ctx, event,
                               &(CoverageDraft){.kind = COVER_PHOTO, .brief = "20 fotos"}, &id));
    const Coverage *c = agenda_coverage(o.ctx, id);
    g_assert_cmpint(c->state, ==, COVERAGE_PROPOSED);
    g_assert_cmpint(c->due_at, ==, agenda_find(o.ctx, event)->ends_at + CLOCK_DAY);
    g_assert_true(agenda_assign(o.ctx, id, c->version, "renata@sanluis.example"));
    o.ctx->actor = &o.renata;
    g_assert_true(agenda_accept(o.ctx, id, NONE));
    g_assert_true(agenda_start(o.ctx, id, NONE));
    g_assert_true(agenda_deliver(o.ctx, id, NONE, one_link()));
    c = agenda_coverage(o.ctx, id);
    g_assert_cmpint((i64)c->evidence.count, ==, 1);
    g_assert_cmpstr(((const Evidence *)c->evidence.items)->by, ==, "Renata Piedraclara");
    g_assert_cmpint(agenda_find(o.ctx, event)->approved_count, ==, 0);
    g_assert_false(agenda_approve(o.ctx, id, NONE));
    says(&o, FAULT_FORBIDDEN, NULL, NULL);
    begin(&o);
    g_assert_true(agenda_return(o.ctx, id, NONE, "Faltan pies de foto"));
    o.ctx->actor = &o.renata;
    g_assert_true(agenda_deliver(o.ctx, id, NONE, one_link()));
    begin(&o);
    g_assert_true(agenda_approve(o.ctx, id, NONE));
    c = agenda_coverage(o.ctx, id);
    g_assert_cmpint(c->state, ==, COVERAGE_APPROVED);
    g_assert_null(c->reason);
    g_assert_cmpint((i64)c->evidence.count, ==, 2);
    g_assert_cmpint(agenda_find(o.ctx, event)->approved_count, ==, 1);
    g_assert_false(agenda_uncover(o.ctx, id, NONE, "ya no"));
    says(&o, FAULT_CONFLICT, NULL, "Approved");
    finish(&o);
}

typedef bool Act(Office *o, i64 id);
static bool do_assign(Office *o, i64 id)
{
    return agenda_assign(o->ctx, id, NONE, "renata@sanluis.example");
}
static bool do_accept(Office *o, i64 id)
{
    return agenda_accept(o->ctx, id, NONE);
}
static bool do_start(Office *o, i64 id)
{
    return agenda_start(o->ctx, id, NONE);
}
static bool do_decline(Office *o, i64 id)
{
    return agenda_decline(o->ctx, id, NONE, "enferma");
}
static bool do_deliver(Office *o, i64 id)
{
    return agenda_deliver(o->ctx, id, NONE, one_link());
}
static bool do_approve(Office *o, i64 id)
{
    return agenda_approve(o->ctx, id, NONE);
}
static bool do_return(Office *o, i64 id)
{
    return agenda_return(o->ctx, id, NONE, "falta");
}
static bool do_cancel(Office *o, i64 id)
{
    return agenda_uncover(o->ctx, id, NONE, "no");
}

static const struct {
    Act *act;
    const char *from; /* p a A i d P D r c: the states from which it may be done */
    CoverageState to;
} acts[] = {
    {do_assign, "paAiDr", COVERAGE_ASSIGNED}, {do_accept, "a", COVERAGE_ACCEPTED},
    {do_start, "Ar", COVERAGE_IN_PROGRESS},   {do_decline, "aA", COVERAGE_DECLINED},
    {do_deliver, "Air", COVERAGE_DELIVERED},  {do_approve, "d", COVERAGE_APPROVED},
    {do_return, "dP", COVERAGE_RETURNED},     {do_cancel, "paAidDr", COVERAGE_CANCELLED},
};

/* A new coverage, led into the state. */
static i64 coverage_in(Office *o, i64 event, CoverageState state)
{
    Act *const ways[][4] = {
        [COVERAGE_PROPOSED] = {NULL},
        [COVERAGE_ASSIGNED] = {do_assign},
        [COVERAGE_ACCEPTED] = {do_assign, do_accept},
        [COVERAGE_IN_PROGRESS] = {do_assign, do_accept, do_start},
        [COVERAGE_DELIVERED] = {do_assign, do_accept, do_deliver},
        [COVERAGE_APPROVED] = {do_assign, do_accept, do_deliver, do_approve},
        [COVERAGE_DECLINED] = {do_assign, do_decline},
        [COVERAGE_RETURNED] = {do_assign, do_accept, do_deliver, do_return},
        [COVERAGE_CANCELLED] = {do_cancel},
    };
    i64 id;
    g_assert_true(agenda_cover(o->ctx, event, &(CoverageDraft){.kind = COVER_PHOTO}, &id));
    for (size_t i = 0; i < 4 && ways[state][i]; i++)
        g_assert_true(ways[state][i](o, id));
    g_assert_cmpint(agenda_coverage(o->ctx, id)->state, ==, state);
    return id;
}

static void from_each_state_only_its_ways_lead_out(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    static const char letters[] = "paAidPDrc";
    i64 event = make_event(&o, "Banderazo");
    for (int state = 0; state <= COVERAGE_CANCELLED; state++) {
        for (size_t i = 0; i < COUNT(acts); i++) {
            i64 id = coverage_in(&o, event, (CoverageState)state);
            bool allowed = strchr(acts[i].from, letters[state]);
            g_assert_cmpint(acts[i].act(&o, id), ==, allowed);
            if (allowed)
                g_assert_cmpint(agenda_coverage(o.ctx, id)->state, ==, acts[i].to);
            else
                says(&o, FAULT_CONFLICT, NULL, "this cannot be done"); /* "now", "again" */
            if (i % 4 == 0)
                event = make_event(&o, "Banderazo"); /* an event lists its first 200 coverages */
        }
    }
    finish(&o);
}

static void nobody_answers_for_others_without_the_right(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    i64 id = make_coverage(&o, make_event(&o, "Banderazo"), COVER_PHOTO);
    o.ctx->actor = &o.sofia;
    g_assert_false(agenda_accept(o.ctx, id, NONE));
    says(&o, FAULT_FORBIDDEN, NULL, "somebody else's");
    o.ctx->actor = &o.reader;
    g_assert_false(agenda_accept(o.ctx, id, NONE));
    says(&o, FAULT_FORBIDDEN, NULL, NULL);
    begin(&o);
    g_assert_true(agenda_accept(o.ctx, id, NONE));
    const JournalLine *line = journal_of(o.ctx, "agenda_coverage", id, 1).items;
    g_assert_cmpstr(line->verb, ==, "accepted");
    g_assert_cmpstr(line->detail, ==, "on behalf of Renata Piedraclara");
    finish(&o);
}

static void who_gets_a_task_must_be_working_here(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    i64 event = make_event(&o, "Banderazo"), id;
    const char *nobodies[] = {"nadie@sanluis.example", "0000000000000", "x"};
    for (size_t i = 0; i < COUNT(nobodies); i++) {
        g_assert_false(agenda_cover(o.ctx, event, &(CoverageDraft){.assignee = nobodies[i]}, &id));
        says(&o, FAULT_INVALID, "assignee", NULL);
    }
    g_assert_true(people_set_state(o.ctx, o.photographer, PERSON_BLOCKED, NONE));
    g_assert_false(
        agenda_cover(o.ctx, event, &(CoverageDraft){.assignee = "renata@sanluis.example"}, &id));
    says(&o, FAULT_INVALID, "assignee", NULL);
    g_assert_true(agenda_cover(o.ctx, event,
                               &(CoverageDraft){.assignee = id_text(o.ctx->arena, o.writer)}, &id));
    g_assert_false(agenda_assign(o.ctx, id, NONE, ""));
    says(&o, FAULT_INVALID, "assignee", "Say who");
    finish(&o);
}

static void delivering_wants_something_to_show(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    i64 id = make_coverage(&o, make_event(&o, "Banderazo"), COVER_PHOTO);
    g_assert_true(agenda_accept(o.ctx, id, NONE));
    g_assert_false(agenda_deliver(o.ctx, id, NONE, (List){0}));
    says(&o, FAULT_INVALID, "evidence", "at least one");
    const EvidenceDraft bad[] = {
        {EVIDENCE_LINK, "javascript:alert(1)", NULL}, {EVIDENCE_LINK, "ftp://a.example/b", NULL},
        {EVIDENCE_LINK, NULL, "sin dirección"},       {EVIDENCE_NOTE, NULL, "  "},
        {EVIDENCE_PHOTO, "file:///etc/passwd", "x"},
    };
    for (size_t i = 0; i < COUNT(bad); i++) {
        g_assert_false(agenda_deliver(o.ctx, id, NONE, (List){&bad[i], 1}));
        says(&o, FAULT_INVALID, "evidence", NULL);
    }
    EvidenceDraft note = {EVIDENCE_NOTE, NULL, "Se entregó en memoria USB"};
    g_assert_true(agenda_deliver(o.ctx, id, NONE, (List){&note, 1}));
    finish(&o);
}

static void reasons_are_wanted_where_somebody_is_let_down(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    i64 event = make_event(&o, "Banderazo");
    i64 assigned = coverage_in(&o, event, COVERAGE_ASSIGNED),
        delivered = coverage_in(&o, event, COVERAGE_DELIVERED);
    g_assert_false(agenda_decline(o.ctx, assigned, NONE, "  "));
    says(&o, FAULT_INVALID, "reason", NULL);
    g_assert_false(agenda_uncover(o.ctx, assigned, NONE, NULL));
    says(&o, FAULT_INVALID, "reason", NULL);
    g_assert_false(agenda_return(o.ctx, delivered, NONE, ""));
    says(&o, FAULT_INVALID, "reason", NULL);
    g_assert_false(agenda_accept(o.ctx, assigned, 99));
    says(&o, FAULT_STALE, NULL, NULL);
    finish(&o);
}

static void a_covered_event_needs_no_excuse(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    i64 id = make_event(&o, "Banderazo");
    g_assert_true(agenda_set_uncovered_reason(o.ctx, id, NONE, "Sin equipo"));
    g_assert_cmpstr(agenda_find(o.ctx, id)->uncovered_reason, ==, "Sin equipo");
    cover_fully(&o, id);
    g_assert_false(agenda_set_uncovered_reason(o.ctx, id, NONE, "Sin equipo"));
    says(&o, FAULT_CONFLICT, NULL, "covered");
    finish(&o);
}

static void lists_bring_coverages_and_evidence(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    i64 first = make_event(&o, "Uno"), second = make_event(&o, "Dos");
    cover_fully(&o, second);
    make_coverage(&o, first, COVER_AUDIO);
    make_coverage(&o, second, COVER_VIDEO);
    List events = agenda_with_coverages(o.ctx, agenda_by_span(o.ctx, july(), AGENDA_ALL, 0, 0, 10));
    const Event *e = events.items;
    g_assert_cmpint((i64)e[0].coverages.count, ==, 1);
    g_assert_cmpint((i64)e[1].coverages.count, ==, 2);
    g_assert_cmpint((i64)((const Coverage *)e[1].coverages.items)[0].evidence.count, ==, 1);
    g_assert_cmpint((i64)((const Coverage *)e[1].coverages.items)[1].evidence.count, ==, 0);
    finish(&o);
}

static void open_coverages_come_soonest_first(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    i64 event = make_event(&o, "Banderazo"), late, soon;
    g_assert_true(
        agenda_cover(o.ctx, event, &(CoverageDraft){.due_at = o.ctx->now + CLOCK_DAY}, &late));
    g_assert_true(agenda_cover(
        o.ctx, event,
        &(CoverageDraft){.assignee = "renata@sanluis.example", .due_at = o.ctx->now - CLOCK_HOUR},
        &soon));
    coverage_in(&o, event, COVERAGE_APPROVED);
    coverage_in(&o, event, COVERAGE_CANCELLED);
    List open = agenda_coverages_open(o.ctx, 0, 10);
    g_assert_cmpint((i64)open.count, ==, 2);
    g_assert_cmpint(((const Coverage *)open.items)[0].id, ==, soon);
    g_assert_cmpint((i64)agenda_coverages_open(o.ctx, o.photographer, 10).count, ==, 1);
    g_assert_cmpint(agenda_coverages_count(o.ctx, (CoverageFilter){.state = -1}), ==, 2);
    g_assert_cmpint(
        agenda_coverages_count(o.ctx, (CoverageFilter){.state = -1, .assignee = o.photographer}),
        ==, 1);
    g_assert_cmpint(agenda_coverages_count(o.ctx, (CoverageFilter){.state = COVERAGE_APPROVED}), ==,
                    1);
    g_assert_cmpint(
        (i64)agenda_coverages_list(o.ctx, (CoverageFilter){.state = COVERAGE_APPROVED}, 9).count,
        ==, 1);
    g_assert_cmpint(agenda_coverages_late(o.ctx), ==, 1);
    finish(&o);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    STORE_TEST("coverage", a_coverage_goes_its_way);
    STORE_TEST("coverage", from_each_state_only_its_ways_lead_out);
    STORE_TEST("coverage", nobody_answers_for_others_without_the_right);
    STORE_TEST("coverage", who_gets_a_task_must_be_working_here);
    STORE_TEST("coverage", delivering_wants_something_to_show);
    STORE_TEST("coverage", reasons_are_wanted_where_somebody_is_let_down);
    STORE_TEST("coverage", a_covered_event_needs_no_excuse);
    STORE_TEST("coverage", lists_bring_coverages_and_evidence);
    STORE_TEST("coverage", open_coverages_come_soonest_first);
    return g_test_run();
}
