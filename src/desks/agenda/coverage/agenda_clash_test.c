/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_clash_test.c: who cannot be where, by minutes and kilometres; links that answer once. */
#include "desks/agenda/coverage/agenda_cover.h"
#include "desks/agenda/agenda_test_desk.h"

/* ---- two slots ---- */

#define AT(from, to, where) AT_(from, to, where)
#define AT_(from_, to_, place, lat_, lon_)                                                                 \
    {.from = (from_) * CLOCK_MINUTE, .to = (to_) * CLOCK_MINUTE, .hours = true, .place_name = place, .lat = lat_, .lon = lon_}
#define PLAZA  "Plaza de Armas", 22.15159, -100.97655
#define PARK   "Parque Tangamanga", 22.1250, -101.0020 /* 3.95 km away: 13.3 min of driving, 23.3 in all */
#define NOWHERE "Salón ejidal", NAN, NAN
#define UNSAID NULL, NAN, NAN

static const struct {
    Slot a, b;
    i64 minutes; /* missing, or together; 0: no clash */
    bool overlap;
} pairs[] = {
    {AT(600, 660, PLAZA), AT(660, 720, PLAZA), 0, false},   /* they touch, at one place */
    {AT(600, 660, PLAZA), AT(659, 720, PLAZA), 1, true},    /* by a minute */
    {AT(600, 660, PLAZA), AT(620, 640, PLAZA), 20, true},   /* inside */
    {AT(600, 660, PLAZA), AT(540, 600, PLAZA), 0, false},   /* before */
    {AT(600, 660, PLAZA), AT(660, 720, PARK), 24, false},   /* the whole way is missing */
    {AT(600, 660, PLAZA), AT(680, 720, PARK), 4, false},    /* a part of it */
    {AT(600, 660, PLAZA), AT(684, 720, PARK), 0, false},    /* just enough */
    {AT(684, 720, PARK), AT(600, 660, PLAZA), 0, false},    /* the other way round */
    {AT(600, 660, PLAZA), AT(670, 720, NOWHERE), 5, false}, /* not on the map: fifteen minutes */
    {AT(600, 660, PLAZA), AT(675, 720, NOWHERE), 0, false},
    {AT(600, 660, NOWHERE), AT(660, 720, NOWHERE), 0, false}, /* the same place by name */
    {AT(600, 660, UNSAID), AT(660, 720, PLAZA), 0, false}, /* nowhere said: nothing to travel */
};

static void touching_is_no_clash_and_travel_is(void)
{
    for (size_t i = 0; i < COUNT(pairs); i++) {
        Slot a = pairs[i].a, b = pairs[i].b;
        bool overlap;
        a.event = 1;
        b.event = 2;
        i64 missing = agenda_slots_clash(&a, &b, &overlap);
        i64 minutes = (missing + CLOCK_MINUTE - 1) / CLOCK_MINUTE;
        if (minutes != pairs[i].minutes || overlap != pairs[i].overlap)
            g_error("pair %zu: %" PRId64 " minutes, %s", i, minutes, overlap ? "overlap" : "travel");
        b.event = 1; /* two tasks of one event */
        g_assert_cmpint(agenda_slots_clash(&a, &b, &overlap), ==, 0);
        b.event = 2;
        b.hours = false; /* whole days, or nobody knows the hour */
        g_assert_cmpint(agenda_slots_clash(&a, &b, &overlap), ==, 0);
    }
}

/* ---- one person's day ---- */

static i64 event_at(Office *o, const char *title, int from, int to, const char *place, Visibility visibility)
{
    EventDraft draft = plaza_draft(title);
    draft.starts.hour = from;
    draft.ends = (Wall){2022, 7, 14, to, 0, 0};
    draft.place = (Place){.name = place, .lat = NAN, .lon = NAN};
    draft.visibility = visibility;
    i64 id;
    g_assert_true(agenda_create(o->ctx, &draft, &id));
    return id;
}

static void what_somebody_has_is_said_beside_the_name(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    make_coverage(&o, event_at(&o, "Banderazo", 10, 11, "Plaza", VISIBLE_PUBLIC), COVER_PHOTO);
    i64 later = event_at(&o, "Feria", 10, 12, "Parque", VISIBLE_PUBLIC);
    Busy busy = agenda_busy(o.ctx, agenda_slot_of_event(agenda_find(o.ctx, later)), 0);
    List clashes = agenda_clashes(o.ctx, &busy, o.photographer);
    g_assert_cmpint((i64)clashes.count, ==, 1);
    const Clash *c = clashes.items;
    g_assert_cmpint(c->kind, ==, CLASH_OVERLAP);
    g_assert_cmpint(c->minutes_missing, ==, 60);
    g_assert_cmpstr(c->brief, ==, "busy 10:00–11:00 in Plaza");
    g_assert_cmpint((i64)agenda_clashes(o.ctx, &busy, o.writer).count, ==, 0);
    i64 absence;
    g_assert_true(people_absence_add(o.ctx, o.writer, (Span){o.ctx->now - CLOCK_DAY, o.ctx->now + 30 * CLOCK_DAY},
                                     ABSENCE_VACATION, &absence));
    busy = agenda_busy(o.ctx, busy.slot, 0);
    clashes = agenda_clashes(o.ctx, &busy, o.writer);
    g_assert_cmpint((i64)clashes.count, ==, 1);
    g_assert_cmpint(((const Clash *)clashes.items)->kind, ==, CLASH_ABSENT);
    g_assert_cmpstr(((const Clash *)clashes.items)->brief, ==, "on vacation");
    finish(&o);
}

static void a_private_event_keeps_busy_and_says_no_more(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    make_coverage(&o, event_at(&o, "Reunión reservada", 10, 11, "Sala secreta", VISIBLE_PRIVATE), COVER_PHOTO);
    i64 open = event_at(&o, "Feria", 10, 12, "Parque", VISIBLE_PUBLIC);
    o.ctx->actor = &o.sofia; /* without RIGHT_AGENDA_PRIVATE */
    Busy busy = agenda_busy(o.ctx, agenda_slot_of_event(agenda_find(o.ctx, open)), 0);
    List clashes = agenda_clashes(o.ctx, &busy, o.photographer);
    g_assert_cmpint((i64)clashes.count, ==, 1);
    const Clash *c = clashes.items;
    g_assert_null(strstr(c->message, "reservada"));
    g_assert_null(strstr(c->brief, "secreta"));
    g_assert_cmpint(c->with, ==, 0);
    finish(&o);
}

static void a_browser_is_asked_once_more_and_a_program_is_warned(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t);
    i64 first = new_event(&d, "Banderazo"), second = new_event(&d, "Carrera");
    new_coverage(&d, first);
    g_assert_true(db_begin(d.ctx));
    i64 open, more;
    g_assert_true(agenda_cover(d.ctx, second, &(CoverageDraft){.kind = COVER_PHOTO}, &open));
    g_assert_true(agenda_cover(d.ctx, second, &(CoverageDraft){.kind = COVER_VIDEO}, &more));
    finish(&d.office);
    const char *who = arena_printf(d.page.kept, "assignee=%s", id_of(&d, d.office.photographer));
    const PageAnswer *a = page_test_status(page_test_post(&d.page, at(&d, "/mesa/coberturas/", open, "/asignar"), who), 409);
    assert_page_sound(a);
    assert_has(a, "name=\"anyway\"");
    assert_has(a, "Banderazo");
    assert_has(a, "busy 17:00–18:30 in Plaza de Armas");
    page_test_status(page_test_post(&d.page, at(&d, "/mesa/coberturas/", open, "/asignar"),
                           arena_printf(d.page.kept, "%s&anyway=1", who)),
            303);
    a = page_test_status(page_test_send_json(&d.page, at(&d, "/mesa/coberturas/", more, "/asignar"),
                                    "{\"assignee\":\"renata@sanluis.example\"}"),
                200);
    assert_has(a, "\"warnings\":[{\"kind\":\"overlap\"");
    assert_has(a, "\"minutes_missing\":90");
    a = page_test_status(page_test_get(&d.page, at(&d, "/mesa/coberturas/", more, "")), 200);
    assert_has(a, "id=\"choques\"");
    assert_page_sound(a);
    page_test_close(&d.page);
}

/* ---- who is no person of the desk ---- */

static i64 cover_by(Office *o, i64 event, i64 area, i64 contact)
{
    i64 id;
    CoverageDraft d = {.kind = COVER_PHOTO, .area = area, .contact = contact};
    g_assert_true(agenda_cover(o->ctx, event, &d, &id));
    return id;
}

static void a_contact_is_in_one_place_at_a_time(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    i64 ana, other;
    g_assert_true(agenda_contact_add(o.ctx, &(Contact){.name = "Ana Freelance"}, &ana));
    g_assert_true(agenda_contact_add(o.ctx, &(Contact){.name = "Luis Freelance"}, &other));
    i64 first = cover_by(&o, event_at(&o, "Banderazo", 10, 11, "Plaza", VISIBLE_PUBLIC), 0, ana);
    i64 fair = event_at(&o, "Feria", 10, 12, "Parque", VISIBLE_PUBLIC);
    Busy busy = agenda_busy(o.ctx, agenda_slot_of_event(agenda_find(o.ctx, fair)), 0);
    List clashes = agenda_clashes_outside(o.ctx, &busy, ana);
    g_assert_cmpint((i64)clashes.count, ==, 1);
    const Clash *c = clashes.items;
    g_assert_cmpint(c->with, ==, first);
    g_assert_nonnull(strstr(c->message, "Ana Freelance covers \"Banderazo\""));
    g_assert_cmpint((i64)agenda_clashes_outside(o.ctx, &busy, other).count, ==, 0);
    List choices = agenda_contact_choices(o.ctx, &busy);
    g_assert_cmpstr(((const Choice *)choices.items)[0].label, ==, "Ana Freelance · busy 10:00–11:00 in Plaza");
    g_assert_cmpstr(((const Choice *)choices.items)[1].label, ==, "Luis Freelance");
    finish(&o);
}

static i64 members(Ctx *ctx, i64 area)
{
    List people = people_active(ctx);
    i64 n = 0;
    for (const Person *p = people.items, *end = p + people.count; p < end; p++)
        n += p->area == area;
    return n;
}

static void a_team_says_how_many_of_it_are_free(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    i64 area = ((const Area *)people_areas(o.ctx).items)->id, one, two, taken;
    g_assert_true(people_add(o.ctx, &(PersonDraft){"iker@sanluis.example", "Iker Mirador", NULL, ROLE_PHOTOGRAPHER, area}, &one));
    g_assert_true(people_add(o.ctx, &(PersonDraft){"alma@sanluis.example", "Alma Torres", NULL, ROLE_PHOTOGRAPHER, area}, &two));
    i64 all = members(o.ctx, area);
    g_assert_cmpint(all, >=, 2);
    CoverageDraft hers = {.kind = COVER_PHOTO, .assignee = "alma@sanluis.example"};
    g_assert_true(agenda_cover(o.ctx, event_at(&o, "Banderazo", 10, 11, "Plaza", VISIBLE_PUBLIC), &hers, &taken));
    i64 fair = event_at(&o, "Feria", 10, 12, "Parque", VISIBLE_PUBLIC), absence;
    Slot slot = agenda_slot_of_event(agenda_find(o.ctx, fair));
    Busy busy = agenda_busy(o.ctx, slot, 0);
    List teams = agenda_team_choices(o.ctx, &busy);
    const char *said = arena_printf(o.ctx->arena, " · %" PRId64 " of %" PRId64 " free", all - 1, all);
    bool found = false;
    for (const Choice *c = teams.items, *end = c + teams.count; c < end; c++)
        found |= text_same(c->value, id_text(o.ctx->arena, area)) && strstr(c->label, said);
    g_assert_true(found);
    List people = people_active(o.ctx);
    for (const Person *p = people.items, *end = p + people.count; p < end; p++) {
        if (p->area == area)
            g_assert_true(people_absence_add(o.ctx, p->id, (Span){slot.from - CLOCK_DAY, slot.to + CLOCK_DAY},
                                             ABSENCE_VACATION, &absence));
    }
    busy = agenda_busy(o.ctx, slot, 0);
    List clashes = agenda_clashes_of(o.ctx, &busy, 0, area, 0);
    g_assert_cmpint((i64)clashes.count, ==, 1);
    g_assert_cmpstr(((const Clash *)clashes.items)->message, ==, "Nobody of this team is free at that time.");
    finish(&o);
}

static void adding_a_coverage_asks_once_more_too(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t);
    new_coverage(&d, new_event(&d, "Banderazo"));
    i64 second = new_event(&d, "Carrera");
    const char *to = at(&d, "/mesa/agenda/", second, "/coberturas");
    const char *who = arena_printf(d.page.kept, "kind=photo&assignee=%s", id_of(&d, d.office.photographer));
    const PageAnswer *a = page_test_status(page_test_post(&d.page, to, who), 409);
    assert_page_sound(a);
    assert_has(a, "name=\"anyway\"");
    assert_has(a, "Banderazo");
    g_assert_cmpuint(agenda_coverages_of(d.ctx, second).count, ==, 0);
    page_test_status(page_test_post(&d.page, to, arena_printf(d.page.kept, "%s&anyway=1", who)), 303);
    g_assert_cmpuint(agenda_coverages_of(d.ctx, second).count, ==, 1);
    a = page_test_status(page_test_send_json(&d.page, to, "{\"kind\":\"video\",\"assignee\":\"renata@sanluis.example\"}"), 201);
    assert_has(a, "\"warnings\":[{\"kind\":\"overlap\"");
    page_test_close(&d.page);
}

/* ---- links that answer: nobody's tongue is the city's ---- */

static const char *link_for(Desk *d, i64 coverage)
{
    const PageAnswer *a =
        page_test_status(page_test_send_json(&d->page, at(d, "/mesa/coberturas/", coverage, "/enlace"), "{}"), 200);
    const char *from = strstr(a->body, "/c/"), *to = strchr(from, '"');
    return arena_copy(d->page.kept, from, (size_t)(to - from));
}

static const PageAnswer *say_yes(Desk *d, const char *link)
{
    return page_test_post(&d->page, arena_printf(d->page.kept, "%s/si", link), "");
}

static CoverageState state_of(Desk *d, i64 coverage)
{
    return agenda_coverage(d->ctx, coverage)->state;
}

static void a_link_says_yes_once_and_a_look_changes_nothing(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t);
    i64 id = new_coverage(&d, new_event(&d, "Banderazo"));
    const char *link = link_for(&d, id);
    page_test_as(&d.page, NULL);
    for (int i = 0; i < 3; i++) { /* previews of messaging apps */
        const PageAnswer *a = page_test_status(page_test_get(&d.page, link), 200);
        assert_page_sound(a);
        assert_has(a, "Banderazo");
        assert_has(a, "noindex");
        g_assert_null(page_test_header(a, "Set-Cookie"));
        g_assert_null(a->cache_key);
        page_test_status(page_test_ask(&d.page, &(PageAsk){.method = "HEAD", .target = link}), 200);
    }
    g_assert_cmpint(state_of(&d, id), ==, COVERAGE_ASSIGNED);
    page_test_status(page_test_get(&d.page, arena_printf(d.page.kept, "%s/si", link)), 405);
    assert_has(page_test_status(say_yes(&d, link), 200), "Gracias: es tuya");
    g_assert_cmpint(state_of(&d, id), ==, COVERAGE_ACCEPTED);
    assert_has(page_test_status(say_yes(&d, link), 410), "la respuesta fue sí"); /* the second click */
    assert_has(page_test_status(page_test_get(&d.page, link), 410), "la respuesta fue sí");
    const JournalLine *line = journal_of(d.ctx, "agenda_coverage", id, 1).items;
    g_assert_cmpstr(line->verb, ==, "accepted");
    g_assert_cmpstr(line->detail, ==, "por enlace");
    page_test_close(&d.page);
}

static void a_no_wants_a_reason_and_is_told(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t);
    i64 id = new_coverage(&d, new_event(&d, "Banderazo"));
    const char *link = link_for(&d, id), *no = arena_printf(d.page.kept, "%s/no", link);
    page_test_as(&d.page, NULL);
    const PageAnswer *a = page_test_status(page_test_post(&d.page, no, "reason="), 422);
    assert_page_sound(a);
    page_test_status(page_test_post(&d.page, no, "reason=Estoy+enferma"), 200);
    g_assert_cmpint(state_of(&d, id), ==, COVERAGE_DECLINED);
    g_assert_cmpstr(agenda_coverage(d.ctx, id)->reason, ==, "Estoy enferma");
    d.ctx->actor = &d.office.chief;
    g_assert_cmpstr(((const Notice *)people_notices(d.ctx, true, 0, 1).items)->kind, ==, "declined");
    page_test_close(&d.page);
}

static void an_old_taken_or_made_up_link_says_so(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t);
    i64 event = new_event(&d, "Banderazo"), given = new_coverage(&d, event), late = new_coverage(&d, event),
        twice = new_coverage(&d, event), gone = new_coverage(&d, event);
    const char *links[] = {link_for(&d, given), link_for(&d, late), link_for(&d, twice), link_for(&d, gone)};
    const char *newer = link_for(&d, twice);
    g_assert_true(db_begin(d.ctx));
    g_assert_true(agenda_assign(d.ctx, given, NONE, "sofia@sanluis.example"));
    g_assert_true(agenda_uncover(d.ctx, gone, NONE, "ya no"));
    finish(&d.office);
    page_test_as(&d.page, NULL);
    assert_has(page_test_status(say_yes(&d, links[0]), 410), "otra persona");
    assert_has(page_test_status(page_test_get(&d.page, links[2]), 410), "ya venció"); /* a newer one was made */
    page_test_status(page_test_get(&d.page, newer), 200);
    assert_has(page_test_status(page_test_get(&d.page, links[3]), 410), "Se canceló");
    char *forged = arena_text(d.page.kept, links[1]);
    forged[10] = forged[10] == 'a' ? 'b' : 'a';
    page_test_status(page_test_get(&d.page, forged), 404);
    page_test_status(say_yes(&d, forged), 404);
    page_test_status(page_test_get(&d.page, "/c/corto"), 404);
    d.ctx->now = agenda_find(d.ctx, event)->ends_at; /* the event is over */
    assert_has(page_test_status(say_yes(&d, links[1]), 410), "ya venció");
    g_assert_cmpint(state_of(&d, late), ==, COVERAGE_ASSIGNED);
    page_test_close(&d.page);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/clash/touching_is_no_clash_and_travel_is", touching_is_no_clash_and_travel_is);
    STORE_TEST("clash", what_somebody_has_is_said_beside_the_name);
    STORE_TEST("clash", a_private_event_keeps_busy_and_says_no_more);
    STORE_TEST("clash", a_browser_is_asked_once_more_and_a_program_is_warned);
    STORE_TEST("clash", a_contact_is_in_one_place_at_a_time);
    STORE_TEST("clash", a_team_says_how_many_of_it_are_free);
    STORE_TEST("clash", adding_a_coverage_asks_once_more_too);
    STORE_TEST("links", a_link_says_yes_once_and_a_look_changes_nothing);
    STORE_TEST("links", a_no_wants_a_reason_and_is_told);
    STORE_TEST("links", an_old_taken_or_made_up_link_says_so);
    return g_test_run();
}
