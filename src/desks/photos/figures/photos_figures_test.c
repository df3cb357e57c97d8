/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_figures_test.c: what the report counts of pictures is what the list behind it has, whoever asks. */
#include "desks/photos/figures/photos_figures.h"
#include "desks/photos/photos_pages.h"
#include "desks/photos/photos_test_office.h"
#include "web/web_test.h"

static const Route *const routes[] = {photos_routes, photos_figure_routes, NULL};

typedef struct Month {
    PhotoOffice o;
    Measure m;
} Month;

static Month month_open(StoreTest *t)
{
    Month x = {.o = photo_office(t)};
    x.m = (Measure){.span = clock_month_of(t->ctx.city->zone, t->ctx.now), .period = "2022-07"};
    return x;
}

static i64 ready_at(Month *x, i64 event, int n, bool handed)
{
    i64 id = photo_ready(&x->o, event, n);
    if (handed)
        office_script(&x->o, "UPDATE photos_photo SET handed_at = %" PRId64 " WHERE id = %" PRId64, x->o.ctx->now, id);
    return id;
}

/* As a publication leaves it. */
static void put_out(Month *x, i64 id, i64 event, int n)
{
    office_script(&x->o, "INSERT INTO photos_gallery (id, slug, state, title, at, changed_at) VALUES (%d, 'g%d', 'published', 'G', 1, 1)", n, n);
    office_script(&x->o, "INSERT INTO photos_gallery_public (gallery, slug, title, cover, photos, published_at, changed_at) VALUES (%d, 'g%d', 'G', %" PRId64
                         ", 1, 1, 1)", n, n, id);
    office_script(&x->o, "INSERT INTO photos_public (photo, recipe, name, alt, credit, event, taken_at, width, height, focal_x, focal_y, published_at, "
                         "changed_at) VALUES (%" PRId64 ", '000000000000', 'f%d', 'a', 'c', %" PRId64 ", 1, 4, 3, 1, 1, %" PRId64 ", 1)",
                  id, n, event, x->o.ctx->now);
    office_script(&x->o, "INSERT INTO photos_gallery_public_photo (gallery, position, photo) VALUES (%d, 1, %" PRId64 ")", n, id);
}

static const Indicator *indicator(const char *key)
{
    for (const Indicator *i = photos_indicators; i->key; i++)
        if (text_same(i->key, key))
            return i;
    g_error("there is no indicator %s", key);
}

static i64 figure(Month *x, const Actor *who, const char *key)
{
    const Indicator *i = indicator(key);
    i64 n = SEEN(&x->o, who, i->count(x->o.ctx, &x->m, key));
    assert_no_fault(x->o.ctx);
    return n;
}

static void pictures_count_when_they_are_handed_in(StoreTest *t, const void *unused)
{
    Month x = month_open(t);
    i64 gone = ready_at(&x, x.o.event, 1, true);
    ready_at(&x, x.o.event, 2, true);
    ready_at(&x, x.o.other_event, 3, false);
    g_assert_cmpint(figure(&x, &x.o.editor, "photos_delivered"), ==, 2);
    g_assert_cmpint(figure(&x, &x.o.editor, "events_with_photo"), ==, 1);
    office_script(&x.o, "UPDATE photos_photo SET removed_at = 5 WHERE id = %" PRId64, gone);
    g_assert_cmpint(figure(&x, &x.o.editor, "photos_delivered"), ==, 1);
    x.m.span = (Span){1, 2};
    g_assert_cmpint(figure(&x, &x.o.editor, "photos_delivered"), ==, 0);
    g_assert_cmpint(figure(&x, &x.o.editor, "events_with_photo"), ==, 0);
}

static void a_figure_is_the_same_whoever_asks(StoreTest *t, const void *unused)
{
    Month x = month_open(t);
    ready_at(&x, x.o.event, 1, true);
    ready_at(&x, x.o.private_event, 2, true);
    g_assert_cmpint(figure(&x, &x.o.reader, "photos_delivered"), ==, 1);
    g_assert_cmpint(figure(&x, &actor_system, "photos_delivered"), ==, 1);
    g_assert_cmpint(figure(&x, &actor_nobody, "photos_delivered"), ==, 1); /* the public report is computed by nobody in particular */
    g_assert_cmpint(figure(&x, &actor_system, "events_with_photo"), ==, 1);
}

static void published_is_what_citizens_can_still_open(StoreTest *t, const void *unused)
{
    Month x = month_open(t);
    i64 id = ready_at(&x, x.o.event, 1, true);
    put_out(&x, id, x.o.event, 1);
    g_assert_cmpint(figure(&x, &x.o.reader, "photos_published"), ==, 1);
    office_script(&x.o, "UPDATE photos_gallery_public SET withdrawn_at = 9");
    g_assert_cmpint(figure(&x, &x.o.reader, "photos_published"), ==, 0);
}

static void each_figure_is_the_total_of_its_list(StoreTest *t, const void *unused)
{
    Month x = month_open(t);
    PageTest p;
    for (int n = 1; n <= 5; n++)
        put_out(&x, ready_at(&x, n < 4 ? x.o.event : x.o.other_event, n, n != 2), n < 4 ? x.o.event : x.o.other_event, n);
    ready_at(&x, x.o.private_event, 9, true);
    page_test_open(&p, t, routes);
    page_test_as(&p, &x.o.director);
    for (const Indicator *i = photos_indicators; i->key; i++) {
        const PageAnswer *a = page_test_json(&p, i->records(x.o.ctx, &x.m, i->key));
        g_assert_cmpint(a->status, ==, 200);
        const char *total = strstr(a->body, "\"total\":");
        g_assert_nonnull(total);
        g_assert_cmpint(g_ascii_strtoll(total + 8, NULL, 10), ==, figure(&x, &x.o.director, i->key));
        g_assert_cmpint(figure(&x, &x.o.director, i->key), >, 0);
        assert_page_sound(page_test_get(&p, i->records(x.o.ctx, &x.m, i->key)));
    }
    page_test_close(&p);
}

static void an_area_counts_the_events_that_are_its_own(StoreTest *t, const void *unused)
{
    Month x = month_open(t);
    ready_at(&x, x.o.event, 1, true);
    ready_at(&x, x.o.other_event, 2, true);
    i64 area = office_count(&x.o, "SELECT min(id) FROM people_area");
    office_script(&x.o, "UPDATE agenda_event SET area = %" PRId64 " WHERE id = %" PRId64, area, x.o.event);
    x.m.area = area;
    g_assert_cmpint(figure(&x, &x.o.reader, "photos_delivered"), ==, 1);
    g_assert_cmpint(figure(&x, &x.o.reader, "events_with_photo"), ==, 1);
}

static void photographers_are_counted_each(StoreTest *t, const void *unused)
{
    Month x = month_open(t);
    for (int n = 1; n <= 3; n++)
        ready_at(&x, x.o.event, n, true);
    i64 other = ready_at(&x, x.o.event, 4, true);
    office_script(&x.o, "UPDATE photos_photo SET person = %" PRId64 " WHERE id = %" PRId64, x.o.editor_id, other);
    put_out(&x, other, x.o.event, 4);
    List people = SEEN(&x.o, &x.o.reader, photos_by_photographer(x.o.ctx, x.m.span, 10));
    const PhotographerFigure *f = people.items;
    g_assert_cmpint((i64)people.count, ==, 2);
    g_assert_cmpstr(f[0].name, ==, "Renata Paz");
    g_assert_cmpint(f[0].delivered, ==, 3);
    g_assert_cmpint(f[0].published, ==, 0);
    g_assert_cmpint(f[1].published, ==, 1);
}

static void an_event_says_how_far_its_pictures_are(StoreTest *t, const void *unused)
{
    Month x = month_open(t);
    i64 id = ready_at(&x, x.o.event, 1, true);
    ready_at(&x, x.o.event, 2, false);
    office_script(&x.o, "UPDATE photos_photo SET minors = 'unreviewed', mark = 'keep' WHERE id = %" PRId64, id);
    EventPhotos c = photos_event_counts(x.o.ctx, x.o.event);
    g_assert_cmpint(c.all, ==, 2);
    g_assert_cmpint(c.kept, ==, 1);
    g_assert_cmpint(c.delivered, ==, 1);
    g_assert_cmpint(c.unreviewed, ==, 1);
    g_assert_cmpint(photos_event_counts(x.o.ctx, x.o.other_event).all, ==, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    STORE_TEST("photos_figures", pictures_count_when_they_are_handed_in);
    STORE_TEST("photos_figures", a_figure_is_the_same_whoever_asks);
    STORE_TEST("photos_figures", published_is_what_citizens_can_still_open);
    STORE_TEST("photos_figures", each_figure_is_the_total_of_its_list);
    STORE_TEST("photos_figures", an_area_counts_the_events_that_are_its_own);
    STORE_TEST("photos_figures", photographers_are_counted_each);
    STORE_TEST("photos_figures", an_event_says_how_far_its_pictures_are);
    return g_test_run();
}
