/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* form_test.c: what was typed, read by type; and the components that show it again. */
#include "web/form.h"

#include <glib.h>
#include <math.h>

#include "form_views.h"
#include "web/form_data.h"

static City city = {.name = "San Luis Potosí",
                    .office = "Comunicación Social",
                    .base_url = "https://vocero.example"};
static Actor reader = {.tongue = TONGUE_EN};

typedef struct Typed {
    Ctx ctx;
    Request req;
} Typed;

static void drop(Typed *t)
{
    arena_free(t->ctx.arena);
}

static bool add(void *to, const char *name, const char *value)
{
    return form_add(to, name, value);
}

/* A POST with these fields, written as a browser would. */
static Typed typed(const char *fields)
{
    Typed t = {.ctx = {.arena = arena_new(0), .actor = &reader, .city = &city}};
    city.zone = zone_find("America/Mexico_City");
    t.req = (Request){.method = POST, .form = form_new(t.ctx.arena), .version = NONE};
    g_assert_true(address_fields(t.ctx.arena, fields, strlen(fields), add, t.req.form));
    return t;
}

static void assert_wrong(Typed *t, const char *field)
{
    g_assert_nonnull(form_error(t->req.form, field));
    Fault found = fault_take(&t->ctx);
    g_assert_cmpint((int)found.kind, ==, FAULT_INVALID);
    g_assert_cmpstr(found.field, ==, field);
}

/* ---- texts ---- */

static void texts_are_trimmed_and_normal(void)
{
    Typed t CLEANUP(drop)
    = typed("a=++hola%0D%0Aadi%C3%B3s%0D+&b=+%C2%A0&c=An%CC%83o");
    g_assert_cmpstr(form_text(&t.ctx, &t.req, "a", 100), ==, "hola\nadiós");
    g_assert_null(form_text(&t.ctx, &t.req, "b", 100));
    g_assert_cmpstr(form_text(&t.ctx, &t.req, "c", 3), ==,
                    "A\xc3\xb1o"); /* three characters, composed */
    g_assert_null(form_text(&t.ctx, &t.req, "nothing", 100));
    g_assert_true(form_has(&t.req, "b"));
    g_assert_false(form_has(&t.req, "nothing"));
    g_assert_false(faulted(&t.ctx));
}

static void texts_have_a_limit_in_characters(void)
{
    Typed t CLEANUP(drop)
    = typed("a=a%CC%81a%CC%81a%CC%81&b=abcd");
    g_assert_nonnull(form_text(&t.ctx, &t.req, "a", 3));
    g_assert_null(form_text(&t.ctx, &t.req, "b", 3));
    g_assert_cmpstr(form_error(t.req.form, "b"), ==, "at most 3 characters; these are 4");
    assert_wrong(&t, "b");
}

static void what_cannot_be_seen_is_refused(void)
{
    Typed t CLEANUP(drop)
    = typed("a=x%07y&b=x%E2%80%AEy");
    g_assert_null(form_text(&t.ctx, &t.req, "a", 100));
    assert_wrong(&t, "a");
    g_assert_null(form_text(&t.ctx, &t.req, "b", 100));
    assert_wrong(&t, "b");
}

static void all_mistakes_are_noted_and_the_first_is_the_fault(void)
{
    Typed t CLEANUP(drop)
    = typed("title=+&count=x");
    g_assert_null(form_need(&t.ctx, &t.req, "title", 10));
    g_assert_cmpint(form_int(&t.ctx, &t.req, "count", 1, 9), ==, NONE);
    g_assert_nonnull(form_error(t.req.form, "title"));
    g_assert_nonnull(form_error(t.req.form, "count"));
    assert_wrong(&t, "title");
}

static void lines_come_in_many_ways(void)
{
    Typed t CLEANUP(drop)
    = typed("a=uno,+dos%0D%0A+tres++cuatro&a=cinco&a=&b=,%0A,&c=1,2,3");
    g_assert_cmpstr(form_lines(&t.ctx, &t.req, "a", 9), ==, "uno\ndos\ntres cuatro\ncinco");
    g_assert_null(form_lines(&t.ctx, &t.req, "b", 9));
    g_assert_null(form_lines(&t.ctx, &t.req, "c", 2));
    assert_wrong(&t, "c");
}

/* ---- numbers and the like ---- */

static void whole_numbers_are_in_their_bounds(void)
{
    Typed t CLEANUP(drop)
    = typed("a=+12+&b=&c=0&d=10&e=1.5&f=99999999999999999999");
    g_assert_cmpint(form_int(&t.ctx, &t.req, "a", 1, 12), ==, 12);
    g_assert_cmpint(form_int(&t.ctx, &t.req, "b", 1, 9), ==, NONE);
    g_assert_false(faulted(&t.ctx));
    static const char *const wrong[] = {"c", "d", "e", "f"};
    for (size_t i = 0; i < COUNT(wrong); i++) {
        g_assert_cmpint(form_int(&t.ctx, &t.req, wrong[i], 1, 9), ==, NONE);
        assert_wrong(&t, wrong[i]);
    }
}

static void numbers_take_a_comma(void)
{
    Typed t CLEANUP(drop)
    = typed("a=-100,97916&b=22.15&c=0x10&d=nan&e=1e999&f=1,2,3&g=&h=91");
    g_assert_cmpfloat(form_real(&t.ctx, &t.req, "a", -180, 180), ==, -100.97916);
    g_assert_cmpfloat(form_real(&t.ctx, &t.req, "b", -90, 90), ==, 22.15);
    g_assert_true(isnan(form_real(&t.ctx, &t.req, "g", -90, 90)));
    g_assert_false(faulted(&t.ctx));
    static const char *const wrong[] = {"c", "d", "e", "f", "h"};
    for (size_t i = 0; i < COUNT(wrong); i++) {
        g_assert_true(isnan(form_real(&t.ctx, &t.req, wrong[i], -90, 90)));
        assert_wrong(&t, wrong[i]);
    }
}

static void a_box_is_on_or_off(void)
{
    Typed t CLEANUP(drop)
    = typed("a=1&b=true&c=on&d=0&e=false&f=");
    g_assert_true(form_bool(&t.req, "a") && form_bool(&t.req, "b") && form_bool(&t.req, "c"));
    g_assert_false(form_bool(&t.req, "d") || form_bool(&t.req, "e") || form_bool(&t.req, "f") ||
                   form_bool(&t.req, "g"));
}

static const Word colours[] = {{"red", N_("Red")}, {"green", N_("Green")}, {0}};

static void words_are_of_their_table(void)
{
    Typed t CLEANUP(drop)
    = typed("a=green&b=&c=blue");
    g_assert_cmpint(form_word(&t.ctx, &t.req, "a", colours, 0), ==, 1);
    g_assert_cmpint(form_word(&t.ctx, &t.req, "b", colours, -1), ==, -1);
    g_assert_cmpint(form_word(&t.ctx, &t.req, "c", colours, -1), ==, -1);
    g_assert_cmpstr(form_error(t.req.form, "c"), ==, "this must be one of: red, green");
    assert_wrong(&t, "c");
}

static void records_are_named_by_their_numbers(void)
{
    Typed t CLEANUP(drop)
    = typed("a=0000000000010&b=&c=12");
    g_assert_cmpint(form_id(&t.ctx, &t.req, "a"), ==, 32);
    g_assert_cmpint(form_id(&t.ctx, &t.req, "b"), ==, 0);
    g_assert_false(faulted(&t.ctx));
    g_assert_cmpint(form_id(&t.ctx, &t.req, "c"), ==, 0);
    assert_wrong(&t, "c");
}

static void moments_are_wall_times_or_rfc3339(void)
{
    Typed t CLEANUP(drop)
    = typed("a=2022-07-14T10:00&b=2022-07-14T15:00:00Z&c=&d=ma%C3%B1ana&e=2022-02-30");
    i64 ten = INT64_C(1657810800000000);
    Wall wall;
    g_assert_cmpint(form_instant(&t.ctx, &t.req, "a", city.zone), ==, ten);
    g_assert_cmpint(form_instant(&t.ctx, &t.req, "b", city.zone), ==, ten);
    g_assert_cmpint(form_instant(&t.ctx, &t.req, "c", city.zone), ==, 0);
    g_assert_true(form_wall(&t.ctx, &t.req, "a", &wall));
    g_assert_cmpint(wall.hour, ==, 10);
    g_assert_false(form_wall(&t.ctx, &t.req, "c", &wall));
    g_assert_false(faulted(&t.ctx));
    g_assert_false(form_wall(&t.ctx, &t.req, "d", &wall));
    assert_wrong(&t, "d");
    g_assert_cmpint(form_instant(&t.ctx, &t.req, "e", city.zone), ==, 0);
    assert_wrong(&t, "e");
}

/* ---- JSON with the same names ---- */

static void json_is_read_as_a_form(void)
{
    Typed t CLEANUP(drop)
    = typed("");
    static const char json[] =
        "{\"title\":\" Año \",\"count\":3,\"share\":0.5,\"yes\":true,\"no\":false,\"gone\":null,"
        "\"topics\":[\"a\",\"b, c\"],\"none\":[],\"place\":{\"name\":\"Plaza\",\"lat\":22.1}}";
    g_assert_true(form_add_json(&t.ctx, t.req.form, json, strlen(json)));
    g_assert_cmpstr(form_text(&t.ctx, &t.req, "title", 10), ==, "Año");
    g_assert_cmpint(form_int(&t.ctx, &t.req, "count", 0, 9), ==, 3);
    g_assert_cmpfloat(form_real(&t.ctx, &t.req, "share", 0, 1), ==, 0.5);
    g_assert_true(form_bool(&t.req, "yes"));
    g_assert_false(form_bool(&t.req, "no"));
    g_assert_true(form_has(&t.req, "gone") && form_has(&t.req, "none"));
    g_assert_cmpstr(form_lines(&t.ctx, &t.req, "topics", 9), ==, "a\nb\nc");
    g_assert_cmpstr(form_text(&t.ctx, &t.req, "place_name", 10), ==, "Plaza");
    g_assert_cmpfloat(form_real(&t.ctx, &t.req, "place_lat", -90, 90), ==, 22.1);
    g_assert_false(faulted(&t.ctx));
}

/* ---- components ---- */

static void assert_view(Html *h, const char *wanted, bool there)
{
    const char *html = html_finish(h).s;
    if ((strstr(html, wanted) != NULL) != there)
        g_error("%s: %s in\n%s", there ? "missing" : "not wanted", wanted, html);
}

static void what_was_typed_stays_and_is_escaped(void)
{
    Typed t CLEANUP(drop)
    = typed("title=%22%3E%3Cscript%3E&about=%3C/textarea%3E%3Cb%3E&kind=green");
    form_note(t.req.form, "title", "too <odd>");
    form_return(t.req.form, &(Fault){.kind = FAULT_INVALID, .field = "title", .what = "too <odd>"});
    Html *h = html_new(&t.ctx);
    form_view_input(h, &(Input){.form = t.req.form,
                                .name = "title",
                                .label = "Title",
                                .hint = "Short",
                                .value = "old",
                                .required = true,
                                .max = 20});
    form_view_input(h, &(Input){.form = t.req.form, .name = "about", .label = "About", .rows = 3});
    form_view_input(
        h,
        &(Input){
            .form = t.req.form, .name = "kind", .label = "Kind", .words = colours, .value = "red"});
    assert_view(h, "value=\"&quot;&gt;&lt;script&gt;\"", true);
    assert_view(h, "<script", false);
    assert_view(h, "&lt;/textarea&gt;&lt;b&gt;</textarea>", true);
    assert_view(h, "aria-invalid=\"true\" aria-describedby=\"title-hint title-error\"", true);
    assert_view(h, "id=\"title-error\"", true);
    assert_view(h, "too &lt;odd&gt;", true);
    assert_view(h, "<option value=\"green\" selected>Green</option>", true);
    assert_view(h, "<option value=\"red\">Red</option>", true);
    assert_view(h, " maxlength=\"20\" required ", true);
}

static void a_fresh_form_shows_what_is(void)
{
    Typed t CLEANUP(drop)
    = typed("title=ignored");
    t.req.form->csrf = "token";
    Html *h = html_new(&t.ctx);
    form_view_hidden(h, t.req.form);
    form_view_version(h, 12345);
    form_view_input(
        h,
        &(Input){
            .form = t.req.form, .name = "title", .label = "Title", .value = "old", .type = "text"});
    form_view_input(h, &(Input){.form = t.req.form,
                                .name = "secret",
                                .label = "Password",
                                .value = "hunter2",
                                .type = "password",
                                .autocomplete = "current-password"});
    form_view_summary(h, t.req.form);
    assert_view(h, "name=\"csrf\" value=\"token\"", true);
    assert_view(h, "name=\"version\" value=\"12345\"", true);
    assert_view(h, "value=\"old\"", true);
    assert_view(h, "ignored", false);
    assert_view(h, "hunter2", false);
    assert_view(h, "autocomplete=\"current-password\"", true);
    assert_view(h, "aria-invalid", false);
    assert_view(h, "error-summary", false);
}

static void the_summary_leads_to_the_fields(void)
{
    Typed t CLEANUP(drop)
    = typed("a=1");
    form_note(t.req.form, "title", "fill it in");
    form_note(t.req.form, "title", "said later");
    form_return(t.req.form, &(Fault){.kind = FAULT_INVALID, .field = "kind", .what = "choose one"});
    Html *h = html_new(&t.ctx);
    form_view_summary(h, t.req.form);
    assert_view(h, "role=\"alert\"", true);
    assert_view(h, "<h2>2 things to correct</h2>", true);
    assert_view(h, "<a href=\"#title\">fill it in</a>", true);
    assert_view(h, "<a href=\"#kind\">choose one</a>", true);
    assert_view(h, "said later", false);
}

static void boxes_remember_what_was_ticked(void)
{
    Typed t CLEANUP(drop)
    = typed("topics=b&one=");
    static const Choice choices[] = {{"a", "A"}, {"b", "B"}, {"c", "C"}};
    Input many = {.form = t.req.form,
                  .name = "topics",
                  .label = "Topics",
                  .choices = {choices, 3},
                  .value = "a\nc"};
    Input one = {.form = t.req.form, .name = "one", .label = "One", .checked = true};
    Html *fresh = html_new(&t.ctx);
    form_view_checks(fresh, &many);
    form_view_check(fresh, &one);
    assert_view(fresh, "value=\"a\" checked", true);
    assert_view(fresh, "value=\"b\" checked", false);
    assert_view(fresh, "value=\"c\" checked", true);
    assert_view(fresh, "value=\"1\" checked", true);
    form_return(t.req.form, &(Fault){.kind = FAULT_CONFLICT, .what = "no"});
    Html *again = html_new(&t.ctx);
    form_view_checks(again, &many);
    form_view_check(again, &one);
    assert_view(again, "value=\"a\" checked", false);
    assert_view(again, "value=\"b\" checked", true);
    assert_view(again, "value=\"1\" checked", false);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/form/texts_are_trimmed_and_normal", texts_are_trimmed_and_normal);
    g_test_add_func("/form/texts_have_a_limit_in_characters", texts_have_a_limit_in_characters);
    g_test_add_func("/form/what_cannot_be_seen_is_refused", what_cannot_be_seen_is_refused);
    g_test_add_func("/form/all_mistakes_are_noted_and_the_first_is_the_fault",
                    all_mistakes_are_noted_and_the_first_is_the_fault);
    g_test_add_func("/form/lines_come_in_many_ways", lines_come_in_many_ways);
    g_test_add_func("/form/whole_numbers_are_in_their_bounds", whole_numbers_are_in_their_bounds);
    g_test_add_func("/form/numbers_take_a_comma", numbers_take_a_comma);
    g_test_add_func("/form/a_box_is_on_or_off", a_box_is_on_or_off);
    g_test_add_func("/form/words_are_of_their_table", words_are_of_their_table);
    g_test_add_func("/form/records_are_named_by_their_numbers", records_are_named_by_their_numbers);
    g_test_add_func("/form/moments_are_wall_times_or_rfc3339", moments_are_wall_times_or_rfc3339);
    g_test_add_func("/form/json_is_read_as_a_form", json_is_read_as_a_form);
    g_test_add_func("/form/what_was_typed_stays_and_is_escaped",
                    what_was_typed_stays_and_is_escaped);
    g_test_add_func("/form/a_fresh_form_shows_what_is", a_fresh_form_shows_what_is);
    g_test_add_func("/form/the_summary_leads_to_the_fields", the_summary_leads_to_the_fields);
    g_test_add_func("/form/boxes_remember_what_was_ticked", boxes_remember_what_was_ticked);
    return g_test_run();
}
