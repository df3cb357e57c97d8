/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_list_test.c: the agenda's lists: filters, bars over several days, the week's hours, saved views, text. */
#include "desks/agenda/agenda_test_desk.h"

/* ---- a month with something of each kind ---- */

typedef struct Month {
    Desk desk;
    i64 culture, inner, fair, covered, hidden;
} Month;

static i64 make(Desk *d, const EventDraft *draft)
{
    i64 id = 0;
    g_assert_true(agenda_create(d->ctx, draft, &id));
    return id;
}

static void open_month(Month *m, StoreTest *t)
{
    Desk *d = &m->desk;
    desk_open(d, t);
    g_assert_true(db_begin(d->ctx));
    CalendarDraft culture = {.name = "Cultura", .color = 3, .is_public = true},
                  inner = {.name = "Gabinete", .color = 5, .position = 1};
    g_assert_true(agenda_calendar_add(d->ctx, &culture, &m->culture));
    g_assert_true(agenda_calendar_add(d->ctx, &inner, &m->inner));
    EventDraft fair = plaza_draft("Feria del libro");
    fair.starts = (Wall){2022, 7, 8, 0, 0, 0};
    fair.ends = (Wall){2022, 7, 13, 0, 0, 0};
    fair.all_day = true;
    fair.calendar = m->culture;
    fair.topics = "Cultura\nLectura";
    fair.place = (Place){.name = "Jardín Guerrero", .neighbourhood = "Centro", .lat = NAN, .lon = NAN};
    fair.headed_by = "Dirección de Cultura";
    m->fair = make(d, &fair);
    EventDraft banner = plaza_draft("Banderazo");
    m->covered = make(d, &banner);
    cover_fully(&d->office, m->covered);
    EventDraft hidden = plaza_draft("Reunión reservada");
    hidden.visibility = VISIBLE_PRIVATE;
    hidden.calendar = m->inner;
    hidden.topics = "Reservado";
    hidden.place = (Place){.name = "Sala secreta", .lat = NAN, .lon = NAN};
    m->hidden = make(d, &hidden);
    make_coverage(&d->office, m->hidden, COVER_VIDEO);
    finish(&d->office);
}

static const PageAnswer *month(Month *m, const char *filter)
{
    const char *target = arena_printf(m->desk.page.kept, "/mesa/agenda?mes=2022-07%s", filter);
    return page_test_status(page_test_get(&m->desk.page, target), 200);
}

/* ---- filters ---- */

static void each_filter_shows_what_fits_and_nothing_else(StoreTest *t, const void *unused)
{
    Month m;
    open_month(&m, t);
    Desk *d = &m.desk;
    const char *fair = "Feria del libro", *banner = "Banderazo";
    const struct {
        const char *filter, *has, *has_not;
    } cases[] = {
        {"&calendario=cultura", fair, banner},
        {arena_printf(d->page.kept, "&calendario=%s", id_of(d, m.culture)), fair, banner},
        {"&tema=Lectura", fair, banner},
        {"&quien=renata%40sanluis.example", banner, fair},
        {arena_printf(d->page.kept, "&quien=%s", id_of(d, d->office.photographer)), banner, fair},
        {"&tipo=photo", banner, fair},
        {"&figura=events_covered", banner, fair},
        {"&figura=events_not_covered", fair, banner},
        {arena_printf(d->page.kept, "&lugar=%s", id_of(d, agenda_find(d->ctx, m.fair)->place.id)), fair, banner},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        g_test_message("%s", cases[i].filter);
        const PageAnswer *a = month(&m, cases[i].filter);
        assert_page_sound(a);
        assert_has(a, cases[i].has);
        assert_has_not(a, cases[i].has_not);
    }
    assert_has(month(&m, "&estado=confirmed"), banner);
    assert_has_not(month(&m, "&estado=cancelled"), banner);
    assert_has(page_test_status(page_test_json(&d->page, "/mesa/agenda?mes=2022-07&tipo=photo"), 200), "\"total\":1");
    assert_has_not(page_test_status(page_test_get(&d->page, "/mesa/agenda.csv?mes=2022-07&tipo=photo"), 200), fair);
    page_test_close(&d->page);
}

static void each_wrong_value_gets_a_sentence_and_its_field(StoreTest *t, const void *unused)
{
    Month m;
    open_month(&m, t);
    const char *const cases[][2] = {
        {"calendario=nada", "\"field\":\"calendario\""},  {"area=nada", "\"field\":\"area\""},
        {"lugar=0CN7507RA053A", "\"field\":\"lugar\""},   {"lugar=aqu%C3%AD", "\"field\":\"lugar\""},
        {"quien=nadie", "\"field\":\"quien\""},           {"quien=0CN7507RA053A", "\"field\":\"quien\""},
        {"estado=perdido", "\"field\":\"estado\""},       {"tipo=dibujo", "\"field\":\"tipo\""},
        {"figura=todas", "\"field\":\"figura\""},         {"mes=julio", "\"field\":\"mes\""},
        {"semana=2022-W99", "\"field\":\"semana\""},      {"dia=ayer", "\"field\":\"dia\""},
        {"tema=a%0Ab", "\"field\":\"tema\""},
        {"figura=events_live&tipo=photo", "\"field\":\"figura\""},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        g_test_message("%s", cases[i][0]);
        const char *target = arena_printf(m.desk.page.kept, "/mesa/agenda?%s", cases[i][0]);
        assert_has(page_test_status(page_test_json(&m.desk.page, target), 422), cases[i][1]);
    }
    page_test_as(&m.desk.page, NULL);
    page_test_status(page_test_get(&m.desk.page, "/agenda?calendario=gabinete"), 422);
    page_test_status(page_test_get(&m.desk.page, "/agenda.txt?tono=solemne"), 422);
    page_test_close(&m.desk.page);
}

static void links_keep_the_filters_and_each_can_be_dropped(StoreTest *t, const void *unused)
{
    Month m;
    open_month(&m, t);
    const PageAnswer *a = month(&m, "&calendario=cultura&tema=Lectura");
    assert_has(a, "/mesa/agenda?mes=2022-08&amp;calendario=cultura&amp;tema=Lectura");
    assert_has(a, "/mesa/agenda?mes=2022-07&amp;vista=lista&amp;calendario=cultura&amp;tema=Lectura");
    assert_has(a, "/mesa/agenda?mes=2022-07&amp;tema=Lectura\"");
    assert_has(a, "/mesa/agenda?mes=2022-07&amp;calendario=cultura\"");
    a = month(&m, "&estado=cancelled&tema=Lectura");
    assert_has(a, "Nothing of this time fits: Lectura · Cancelled.");
    page_test_close(&m.desk.page);
}

static void a_kept_text_is_read_like_an_address_and_written_the_same_way(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    begin(&o);
    AgendaFilter f;
    g_assert_true(agenda_filter_parse(o.ctx, "tipo=photo&vista=lista&quien=yo&tema=Obra%20p%C3%BAblica", &f));
    g_assert_cmpstr(agenda_filter_query(o.ctx, &f), ==, "tema=Obra%20p%C3%BAblica&quien=yo&tipo=photo");
    g_assert_true(f.person == o.director);
    g_assert_true(agenda_filter_parse(o.ctx, "", &f) && agenda_filter_is_empty(&f));
    g_assert_null(agenda_filter_said(o.ctx, &f));
    g_assert_false(agenda_filter_parse(o.ctx, "color=rojo", &f));
    says(&o, FAULT_INVALID, "query", "color");
    g_assert_false(agenda_filter_parse(o.ctx, "tipo=%GG", &f));
    says(&o, FAULT_INVALID, "query", NULL);
    finish(&o);
}

static void filters_reveal_no_private_event(StoreTest *t, const void *unused)
{
    Month m;
    open_month(&m, t);
    Desk *d = &m.desk;
    page_test_as(&d->page, &d->office.sofia);
    const char *const filters[] = {"", "&calendario=gabinete", "&tema=Reservado", "&tipo=video",
                                   "&estado=confirmed", "&vista=lista"};
    for (size_t i = 0; i < COUNT(filters); i++) {
        const PageAnswer *a = month(&m, filters[i]);
        assert_has_not(a, "Reunión reservada");
        assert_has_not(a, "Sala secreta");
        if (!strstr(filters[i], "Reservado"))
            assert_has_not(a, "Reservado");
    }
    assert_has(page_test_status(page_test_json(&d->page, "/mesa/agenda?mes=2022-07&tipo=video"), 200), "\"total\":0");
    assert_has_not(page_test_status(page_test_get(&d->page, "/mesa/agenda/texto.txt?dia=2022-07-14&interno=1"), 200), "reservada");
    page_test_as(&d->page, &d->office.chief);
    assert_has(page_test_status(page_test_get(&d->page, "/mesa/agenda/texto.txt?dia=2022-07-14&interno=1"), 200), "reservada");
    assert_has_not(page_test_status(page_test_get(&d->page, "/mesa/agenda/texto.txt?dia=2022-07-14"), 200), "reservada");
    page_test_close(&d->page);
}

/* ---- days and hours ---- */

static DayEntry entry(Ctx *ctx, Wall from, i64 length, bool whole)
{
    i64 at = clock_instant(ctx->city->zone, from, NULL);
    return (DayEntry){at, at + length, true, whole};
}

static Calendar of_month(Ctx *ctx, const DayEntry *entries, size_t n)
{
    Span span;
    g_assert_true(clock_month(ctx->city->zone, "2022-07", &span));
    return agenda_calendar(ctx, span, entries, n);
}

static const DayChip *chip_at(const Calendar *c, int day, size_t place)
{
    const Day *d = &c->days[day + 3]; /* July 2022 begins on a Friday: four days of June before it */
    g_assert_cmpint(d->wall.day, ==, day);
    return place < d->chips.count ? (const DayChip *)d->chips.items + place : NULL;
}

static void an_event_of_several_days_is_a_bar_at_one_height(StoreTest *t, const void *unused)
{
    Ctx *ctx = &t->ctx;
    const DayEntry entries[] = {
        entry(ctx, (Wall){2022, 6, 29, 0, 0, 0}, 4 * CLOCK_DAY, true), /* until 2 July */
        entry(ctx, (Wall){2022, 7, 5, 0, 0, 0}, 3 * CLOCK_DAY, true),  /* 5 to 7 */
        entry(ctx, (Wall){2022, 7, 6, 9, 0, 0}, CLOCK_HOUR, false),
        entry(ctx, (Wall){2022, 7, 7, 0, 0, 0}, 2 * CLOCK_DAY, true),  /* 7 and 8: below the other */
        entry(ctx, (Wall){2022, 7, 9, 22, 0, 0}, 3 * CLOCK_HOUR, false),
    };
    Calendar c = of_month(ctx, entries, COUNT(entries));
    g_assert_true(chip_at(&c, 1, 0)->before && chip_at(&c, 1, 0)->after);
    g_assert_false(chip_at(&c, 2, 0)->after);
    g_assert_null(chip_at(&c, 3, 0));
    g_assert_cmpint((i64)chip_at(&c, 6, 0)->event, ==, 1);
    g_assert_cmpint((i64)chip_at(&c, 6, 1)->event, ==, 2);
    g_assert_cmpint((i64)chip_at(&c, 7, 0)->event, ==, 1);
    g_assert_cmpint((i64)chip_at(&c, 7, 1)->event, ==, 3);
    g_assert_true(chip_at(&c, 8, 0)->empty); /* so that the bar stays where it was on the 7th */
    g_assert_cmpint((i64)chip_at(&c, 8, 1)->event, ==, 3);
    g_assert_cmpint((i64)chip_at(&c, 9, 0)->event, ==, 4);
    g_assert_null(chip_at(&c, 10, 0)); /* the night belongs to its evening */
    g_assert_cmpint((i64)c.days[7 + 3].count, ==, 2);
}

static void what_is_at_one_time_stands_side_by_side(StoreTest *t, const void *unused)
{
    Ctx *ctx = &t->ctx;
    const DayEntry entries[] = {
        entry(ctx, (Wall){2022, 7, 12, 9, 0, 0}, 2 * CLOCK_HOUR, false),
        entry(ctx, (Wall){2022, 7, 12, 10, 0, 0}, CLOCK_HOUR, false),
        entry(ctx, (Wall){2022, 7, 12, 10, 30, 0}, CLOCK_HOUR, false),
        entry(ctx, (Wall){2022, 7, 12, 11, 30, 0}, CLOCK_HOUR, false),
        entry(ctx, (Wall){2022, 7, 12, 22, 0, 0}, 4 * CLOCK_HOUR, false),
        entry(ctx, (Wall){2022, 7, 13, 5, 30, 0}, CLOCK_MINUTE, false),
    };
    Span week;
    g_assert_true(clock_week(ctx->city->zone, "2022-W28", &week));
    Calendar c = agenda_calendar(ctx, week, entries, COUNT(entries));
    WeekGrid grid = agenda_week_grid(ctx, &c, entries, COUNT(entries));
    const WeekBlock *b = grid.days[1].blocks.items;
    g_assert_cmpint(grid.first_hour, ==, 5);
    g_assert_cmpint(grid.last_hour, ==, 24);
    g_assert_cmpint((i64)grid.days[1].blocks.count, ==, 5);
    g_assert_cmpint(b[0].from, ==, (9 - 5) * 4 + 1);
    g_assert_cmpint(b[0].to, ==, (11 - 5) * 4 + 1);
    g_assert_cmpint(b[0].of, ==, 3);
    g_assert_cmpint(b[1].at, ==, 2);
    g_assert_cmpint(b[2].at, ==, 3);
    g_assert_cmpint(b[3].of, ==, 1); /* begins when the third is over */
    g_assert_true(b[4].after && b[4].to == (24 - 5) * 4 + 1);
    b = grid.days[2].blocks.items; /* the two hours after midnight belong to the evening before */
    g_assert_cmpint((i64)grid.days[2].blocks.count, ==, 1);
    g_assert_cmpint(b[0].to - b[0].from, >=, 1);
}

static void the_views_show_many_days_on_each(StoreTest *t, const void *unused)
{
    Month m;
    open_month(&m, t);
    Desk *d = &m.desk;
    const PageAnswer *a = month(&m, "");
    assert_has(a, "calendar-3 goes-on");
    assert_has(a, "calendar-3 from-before goes-on");
    assert_has(a, "role=\"grid\"");
    a = page_test_status(page_test_get(&d->page, "/mesa/agenda?semana=2022-W28"), 200);
    assert_page_sound(a);
    assert_has(a, "data-grid=\"week\"");
    assert_has(a, "Feria del libro");
    a = page_test_status(page_test_get(&d->page, "/mesa/agenda?dia=2022-07-10"), 200);
    assert_has(a, "Feria del libro");
    a = page_test_status(page_test_get(&d->page, "/mesa/agenda?mes=2022-07&vista=lista"), 200);
    assert_page_sound(a);
    assert_has(a, "Jardín Guerrero, Centro");
    page_test_as(&d->page, NULL);
    assert_has(page_test_status(page_test_get(&d->page, "/agenda?dia=2022-07-10"), 200), "Feria del libro");
    assert_has(page_test_status(page_test_get(&d->page, "/agenda?mes=2022-07&calendario=cultura"), 200), "Feria del libro");
    assert_has_not(page_test_status(page_test_get(&d->page, "/agenda?mes=2022-07&calendario=cultura"), 200), "Banderazo");
    assert_has_not(page_test_status(page_test_get(&d->page, "/agenda?mes=2022-07&tema=Lectura"), 200), "Banderazo");
    assert_has(page_test_status(page_test_get(&d->page, "/agenda.json?mes=2022-07&tema=Lectura"), 200), "\"total\":1");
    assert_has_not(page_test_status(page_test_get(&d->page, "/agenda?mes=2022-07"), 200), "Gabinete");
    page_test_close(&d->page);
}

/* Nobody covers what citizens are not told of: the desk says nothing about it. */
static void of_a_private_event_nobody_says_that_it_is_not_covered(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t);
    g_assert_true(db_begin(d.ctx));
    EventDraft hidden = plaza_draft("Reunión");
    hidden.visibility = VISIBLE_PRIVATE;
    make(&d, &hidden);
    finish(&d.office);
    assert_has_not(page_test_status(page_test_get(&d.page, "/mesa/agenda?dia=2022-07-14"), 200), "Nobody covers it");
    new_event(&d, "Concierto");
    assert_has(page_test_status(page_test_get(&d.page, "/mesa/agenda?dia=2022-07-14"), 200), "Nobody covers it");
    page_test_close(&d.page);
}

static void views_cost_what_they_show(StoreTest *t, const void *unused)
{
    Desk d;
    desk_open(&d, t);
    for (int i = 0; i < 60; i++)
        new_event(&d, "Jornada");
    const struct {
        const char *target;
        i64 queries, bytes;
    } budgets[] = {
        {"/mesa/agenda?mes=2022-07", 10, 140 * 1024},
        {"/mesa/agenda?semana=2022-W28", 12, 140 * 1024},
        {"/mesa/agenda?dia=2022-07-14", 14, 120 * 1024},
        {"/mesa/agenda?mes=2022-07&vista=lista", 12, 120 * 1024},
        {"/agenda?mes=2022-07", 3, 90 * 1024},
    };
    for (size_t i = 0; i < COUNT(budgets); i++) {
        const PageAnswer *a = page_test_status(page_test_get(&d.page, budgets[i].target), 200);
        g_test_message("%s: %" PRId64 " queries, %" PRId64 " bytes", budgets[i].target, (i64)a->queries, (i64)a->size);
        g_assert_cmpint((i64)a->queries, <=, budgets[i].queries);
        g_assert_cmpint((i64)a->size, <=, budgets[i].bytes);
    }
    page_test_close(&d.page);
}

/* ---- saved views ---- */

static i64 save(Desk *d, const char *name, const char *query, bool shared)
{
    i64 id = 0;
    g_assert_true(db_begin(d->ctx));
    g_assert_true(agenda_saved_add(d->ctx, &(SavedDraft){name, query, shared}, &id));
    finish(&d->office);
    return id;
}

static void a_view_is_ones_own_until_it_is_shared(StoreTest *t, const void *unused)
{
    Month m;
    open_month(&m, t);
    Desk *d = &m.desk;
    i64 own = save(d, "Mías", "quien=yo&vista=semana", false);
    save(d, "Cultura sin cubrir", "figura=events_not_covered&calendario=cultura", true);
    const PageAnswer *a = page_test_status(page_test_json(&d->page, "/mesa/agenda/vistas"), 200);
    assert_has(a, "\"total\":2");
    assert_has(a, "calendario=cultura\\u0026figura=events_not_covered");
    assert_page_sound(page_test_status(page_test_get(&d->page, "/mesa/agenda/vistas"), 200));
    assert_has(page_test_status(page_test_get(&d->page, "/mesa/agenda"), 200), "/mesa/agenda?quien=yo&amp;vista=semana");
    assert_has(page_test_status(page_test_get(&d->page, "/mesa/agenda?quien=yo&vista=semana"), 200), "data-grid=\"week\"");
    page_test_as(&d->page, &d->office.sofia);
    a = page_test_status(page_test_json(&d->page, "/mesa/agenda/vistas"), 200);
    assert_has(a, "\"total\":1");
    assert_has_not(a, "Mías");
    page_test_status(page_test_post(&d->page, at(d, "/mesa/agenda/vistas/", own, ""), "name=X"), 404);
    page_test_status(page_test_post(&d->page, at(d, "/mesa/agenda/vistas/", own, "/borrar"), ""), 404);
    page_test_close(&d->page);
}

static void only_who_saved_a_view_changes_or_deletes_it(StoreTest *t, const void *unused)
{
    Month m;
    open_month(&m, t);
    Desk *d = &m.desk;
    i64 id = save(d, "Fotos", "tipo=photo", true);
    page_test_as(&d->page, &d->office.sofia);
    page_test_status(page_test_post(&d->page, at(d, "/mesa/agenda/vistas/", id, ""), "name=Otra"), 403);
    page_test_status(page_test_post(&d->page, at(d, "/mesa/agenda/vistas/", id, "/borrar"), ""), 403);
    page_test_as(&d->page, &d->office.chief);
    page_test_status(page_test_send_json(&d->page, at(d, "/mesa/agenda/vistas/", id, ""), "{\"name\":\"Fotografía\"}"), 200);
    const PageAnswer *a = page_test_status(page_test_json(&d->page, "/mesa/agenda/vistas"), 200);
    assert_has(a, "Fotografía");
    assert_has(a, "\"shared\":true");
    page_test_status(page_test_post(&d->page, at(d, "/mesa/agenda/vistas/", id, "/borrar"), ""), 303);
    assert_has(page_test_status(page_test_json(&d->page, "/mesa/agenda/vistas"), 200), "\"total\":0");
    page_test_close(&d->page);
}

static void a_view_that_cannot_be_read_is_not_kept(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    i64 id;
    begin(&o);
    g_assert_false(agenda_saved_add(o.ctx, &(SavedDraft){"Rojas", "color=rojo", false}, &id));
    says(&o, FAULT_INVALID, "query", "color");
    g_assert_false(agenda_saved_add(o.ctx, &(SavedDraft){"  ", "", false}, &id));
    says(&o, FAULT_INVALID, "name", NULL);
    g_assert_true(agenda_saved_add(o.ctx, &(SavedDraft){"Todo", "", false}, &id));
    g_assert_false(agenda_saved_add(o.ctx, &(SavedDraft){" Todo ", "", false}, &id));
    says(&o, FAULT_INVALID, "name", "Todo");
    finish(&o);
}

/* ---- text ---- */

static void a_day_as_text_says_when_what_where_and_who(StoreTest *t, const void *unused)
{
    Month m;
    open_month(&m, t);
    Desk *d = &m.desk;
    page_test_as(&d->page, NULL);
    const PageAnswer *a = page_test_status(page_test_get(&d->page, "/agenda.txt?dia=2022-07-14"), 200);
    g_assert_cmpstr(page_test_header(a, "Content-Type"), ==, "text/plain; charset=utf-8");
    assert_has(a, "🕔 17:00 *Banderazo*\n📍 Plaza de Armas");
    assert_has_not(a, "reservada");
    a = page_test_status(page_test_get(&d->page, "/agenda.txt?dia=2022-07-10&tono=sencillo"), 200);
    assert_has(a, "Feria del libro\nJardín Guerrero (Centro)\nDirección de Cultura\nCultura, Lectura\n");
    assert_has_not(a, "*");
    assert_has_not(a, "📅");
    a = page_test_status(page_test_get(&d->page, "/agenda.txt?dia=2022-07-30"), 200);
    assert_has(a, "30 de julio de 2022");
    assert_has_not(a, "📍");
    page_test_as(&d->page, &d->office.chief);
    a = page_test_status(page_test_get(&d->page, "/mesa/agenda/texto?dia=2022-07-14"), 200);
    assert_page_sound(a);
    assert_has(a, "data-copy=\"day-text\"");
    page_test_close(&d->page);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    STORE_TEST("lists", each_filter_shows_what_fits_and_nothing_else);
    STORE_TEST("lists", each_wrong_value_gets_a_sentence_and_its_field);
    STORE_TEST("lists", links_keep_the_filters_and_each_can_be_dropped);
    STORE_TEST("lists", a_kept_text_is_read_like_an_address_and_written_the_same_way);
    STORE_TEST("lists", filters_reveal_no_private_event);
    STORE_TEST("lists", an_event_of_several_days_is_a_bar_at_one_height);
    STORE_TEST("lists", what_is_at_one_time_stands_side_by_side);
    STORE_TEST("lists", the_views_show_many_days_on_each);
    STORE_TEST("lists", of_a_private_event_nobody_says_that_it_is_not_covered);
    STORE_TEST("lists", views_cost_what_they_show);
    STORE_TEST("lists", a_view_is_ones_own_until_it_is_shared);
    STORE_TEST("lists", only_who_saved_a_view_changes_or_deletes_it);
    STORE_TEST("lists", a_view_that_cannot_be_read_is_not_kept);
    STORE_TEST("lists", a_day_as_text_says_when_what_where_and_who);
    return g_test_run();
}
