/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* shape_test.c: one struct with every kind of field, as JSON and as CSV. */
#include "base/shape.h"

#include <glib.h>
#include <math.h>

typedef enum { DRAFT, DONE } State;
static const Word states[] = {{"draft", "Draft"}, {"done", "Done"}, {0}};

typedef struct Point {
    double lat, lon;
} Point;

typedef struct Place {
    const char *name;
    Point point;
} Place;

typedef struct Task {
    i64 id;
    State state;
} Task;

typedef struct Event {
    i64 id;
    i64 seats;
    double share;
    bool held;
    const char *title, *topics, *secret;
    i64 starts_at;
    int state;
    Place place;
    List tasks;
} Event;

static const Field point_fields[] = {FIELD_REAL(Point, lat), FIELD_REAL(Point, lon)};
static const Shape point_shape = SHAPE("point", Point, point_fields);
static const Field place_fields[] = {FIELD_TEXT(Place, name),
                                     FIELD_PART(Place, point, &point_shape)};
static const Shape place_shape = SHAPE("place", Place, place_fields);
static const Field task_fields[] = {FIELD_ID(Task, id), FIELD_WORD(Task, state, states)};
static const Shape task_shape = SHAPE("task", Task, task_fields);
static const Field event_fields[] = {
    FIELD_ID(Event, id),
    FIELD_INT(Event, seats),
    FIELD_REAL(Event, share),
    FIELD_BOOL(Event, held),
    FIELD_TEXT(Event, title),
    FIELD_LINES(Event, topics),
    FIELD_HIDDEN(Event, secret, FIELD_TEXT),
    FIELD_TIME(Event, starts_at),
    FIELD_WORD(Event, state, states),
    FIELD_PART(Event, place, &place_shape),
    FIELD_MANY(Event, tasks, &task_shape),
};
static const Shape event_shape = SHAPE("event", Event, event_fields);

static Arena *arena;
static const Zone *mexico;

static const Task some_tasks[] = {{.id = 32, .state = DRAFT}, {.id = 33, .state = DONE}};

static Event full(void)
{
    Event e = {
        .id = 1,
        .seats = -3,
        .share = 0.5,
        .held = true,
        .title = "Sesión, \"solemne\"",
        .topics = "cultura\r\n\ndeporte\n",
        .secret = "hush",
        .state = DONE,
        .place = {.name = "Plaza", .point = {.lat = 22.15, .lon = -100.98}},
        .tasks = {.items = some_tasks, .count = 2},
    };
    clock_parse_rfc3339("2022-07-14T15:00:00Z", &e.starts_at);
    return e;
}

static Event empty(void)
{
    return (Event){.seats = NONE, .share = NAN, .place = {.point = {NAN, NAN}}};
}

static const char *json(const Event *e)
{
    Buf *b = buf_new(arena, 64, 10000);
    JsonOut j = json_out(b);
    shape_json(&j, NULL, mexico, &event_shape, e);
    return buf_data(b);
}

static const char *csv(const Event *e)
{
    Buf *b = buf_new(arena, 64, 10000);
    shape_csv_row(b, mexico, &event_shape, e);
    return buf_data(b);
}

static void every_kind_of_field_becomes_json(void)
{
    Event e = full();
    g_assert_cmpstr(json(&e), ==,
                    "{\"id\":\"0000000000001\",\"seats\":-3,\"share\":0.5,\"held\":true,"
                    "\"title\":\"Sesión, \\\"solemne\\\"\",\"topics\":[\"cultura\",\"deporte\"],"
                    "\"starts_at\":\"2022-07-14T10:00:00-05:00\",\"state\":\"done\","
                    "\"place\":{\"name\":\"Plaza\",\"point\":{\"lat\":22.15,\"lon\":-100.98}},"
                    "\"tasks\":[{\"id\":\"0000000000010\",\"state\":\"draft\"},"
                    "{\"id\":\"0000000000011\",\"state\":\"done\"}]}");
}

static void nothing_is_left_out_of_json(void)
{
    Event e = empty();
    g_assert_cmpstr(json(&e), ==,
                    "{\"held\":false,\"topics\":[],\"state\":\"draft\",\"tasks\":[]}");
    e.place.point.lat = 1;
    g_assert_cmpstr(json(&e), ==,
                    "{\"held\":false,\"topics\":[],\"state\":\"draft\",\"place\":{\"point\":{"
                    "\"lat\":1}},\"tasks\":[]}");
}

static void an_empty_part_leaves_the_commas_right(void)
{
    Buf *b = buf_new(arena, 64, 10000);
    JsonOut j = json_out(b);
    Place place = {.point = {NAN, NAN}};
    json_open(&j, NULL, '[');
    shape_json(&j, NULL, NULL, &place_shape, &place);
    place.name = "x";
    shape_json(&j, NULL, NULL, &place_shape, &place);
    json_close(&j, ']');
    g_assert_cmpstr(buf_data(b), ==, "[{},{\"name\":\"x\"}]");
}

static void the_csv_head_names_parts_with_their_member(void)
{
    Buf *b = buf_new(arena, 64, 10000);
    shape_csv_head(b, &event_shape);
    g_assert_cmpstr(buf_data(b), ==,
                    "id,seats,share,held,title,topics,starts_at,state,place_name,place_point_lat,"
                    "place_point_lon\r\n");
}

static void every_kind_of_field_becomes_csv(void)
{
    Event e = full();
    g_assert_cmpstr(csv(&e), ==,
                    "0000000000001,-3,0.5,true,\"Sesión, \"\"solemne\"\"\",cultura; deporte,"
                    "2022-07-14T10:00:00-05:00,done,Plaza,22.15,-100.98\r\n");
    e = empty();
    g_assert_cmpstr(csv(&e), ==, ",,,false,,,,draft,,,\r\n");
}

static void a_text_is_never_a_formula_in_csv(void)
{
    static const char *const table[][2] = {
        {"=1+1", "'=1+1"},
        {"+52 444 123", "'+52 444 123"},
        {"-5", "'-5"},
        {"@SUM(A1)", "'@SUM(A1)"},
        {"\tx", "'\tx"},
        {"\rx", "\"'\rx\""},
        {"=HYPERLINK(\"x\",\"y\")", "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\""},
        {"a=b", "a=b"},
        {"dos\nlíneas", "\"dos\nlíneas\""},
    };
    for (size_t i = 0; i < COUNT(table); i++) {
        Place place = {.name = table[i][0], .point = {NAN, NAN}};
        Buf *b = buf_new(arena, 64, 1000);
        shape_csv_row(b, NULL, &place_shape, &place);
        g_assert_cmpstr(buf_data(b), ==, arena_printf(arena, "%s,,\r\n", table[i][1]));
    }
    Event e = empty();
    e.topics = "=cmd\nx";
    g_assert_nonnull(strstr(csv(&e), ",'=cmd; x,"));
}

static void what_is_hidden_stays_inside(void)
{
    Event e = full();
    g_assert_null(strstr(json(&e), "hush"));
    g_assert_null(strstr(json(&e), "secret"));
    g_assert_null(strstr(csv(&e), "hush"));
}

#define TEST(name) g_test_add_func("/shape/" #name, name)

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    arena = arena_new(0);
    mexico = zone_find("America/Mexico_City");
    TEST(every_kind_of_field_becomes_json);
    TEST(nothing_is_left_out_of_json);
    TEST(an_empty_part_leaves_the_commas_right);
    TEST(the_csv_head_names_parts_with_their_member);
    TEST(every_kind_of_field_becomes_csv);
    TEST(a_text_is_never_a_formula_in_csv);
    TEST(what_is_hidden_stays_inside);
    int failed = g_test_run();
    arena_free(arena);
    return failed;
}
