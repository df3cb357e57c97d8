/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* search_test.c: what is meant is found, best first, and never by whom it is not for. */
#include "store/search.h"
#include "base/buf.h"
#include "store/search_words.h"
#include "store/store_test.h"

/* ---- helpers ---- */
static void put(Ctx *ctx, const SearchEntry *entry)
{
    g_assert_true(db_begin(ctx));
    g_assert_true(search_put(ctx, entry));
    g_assert_true(db_commit(ctx));
}

static SearchEntry entry_of(i64 id, const char *title, const char *text)
{
    return (SearchEntry){
        .subject = "agenda_event",
        .id = id,
        .title = title,
        .public_text = text,
        .public_address = "/agenda/x",
        .desk_address = "/mesa/agenda/x",
        .at = 1000 + id,
    };
}

static void put_text(Ctx *ctx, i64 id, const char *title, const char *text)
{
    SearchEntry entry = entry_of(id, title, text);
    put(ctx, &entry);
}

static List find(Ctx *ctx, SearchAudience audience, const char *words)
{
    List hits = search_find(ctx, audience, words, 50);
    g_assert_cmpstr(ctx->fault.what, ==, NULL);
    return hits;
}

static const SearchHit *hit_at(List hits, size_t i)
{
    g_assert_cmpuint(i, <, hits.count);
    return (const SearchHit *)hits.items + i;
}

/* The only hit, or 0 when there is none. */
static i64 found(Ctx *ctx, const char *words)
{
    List hits = find(ctx, SEARCH_PUBLIC, words);
    g_assert_cmpuint(hits.count, <=, 1);
    return hits.count ? hit_at(hits, 0)->id : 0;
}

static void some_events(Ctx *ctx)
{
    put_text(ctx, 1, "Sesión de Cabildo número 19", "Orden del día: luminarias y obras públicas.");
    put_text(ctx, 2, "Concierto en la Plaza", "Músicos del año 2022 tocan al atardecer.");
    put_text(ctx, 3, "Inundación en la colonia", "Los vecinos piden drenaje. Energía suspendida.");
}

/* ---- finding ---- */
static void accents_case_and_number_do_not_matter(StoreTest *t, const void *unused)
{
    static const char *const queries[] = {
        "sesión",
        "sesiones",
        "SESION",
        "Sesión",
        "sesion",
        "sesió",
        "ses",
        "cabildo",
        "CABILDOS",
        "luminaria",
        "obra publica",
        "número",
        "19",
        "  sesión,  cabildo! ",
        "la sesión de los cabildos",
    };
    some_events(&t->ctx);
    for (size_t i = 0; i < COUNT(queries); i++) {
        g_test_message("%s", queries[i]);
        g_assert_cmpint(found(&t->ctx, queries[i]), ==, 1);
    }
    g_assert_cmpint(found(&t->ctx, "inundacion colonia"), ==, 3);
    g_assert_cmpint(found(&t->ctx, "inundaciones vecino"), ==, 3);
    g_assert_cmpint(found(&t->ctx, "energias inundacion"), ==, 3);
    g_assert_cmpint(found(&t->ctx, "años"), ==, 2);
    g_assert_cmpint(found(&t->ctx, "ano 2022"), ==, 2);
}

static void the_last_word_may_be_a_beginning(StoreTest *t, const void *unused)
{
    Ctx *ctx = &t->ctx;
    put_text(ctx, 1, "Publicaciones nuevas", "");
    put_text(ctx, 2, "Castillo", "");
    g_assert_cmpint(found(ctx, "publ"), ==, 1);
    g_assert_cmpint(found(ctx, "publicaci"), ==,
                    1); /* longer than the stem, shorter than the word */
    g_assert_cmpint(found(ctx, "nuevas public"), ==, 1);
    g_assert_cmpint(found(ctx, "publicaci nuevas"), ==, 0); /* only the last */
    g_assert_cmpint(found(ctx, "casa"), ==, 0);             /* its stem is "cas": no beginning */
    g_assert_cmpint(found(ctx, "cast"), ==, 2);
    g_assert_cmpint(found(ctx, "c"), ==, 0); /* one letter would find everything */
}

static void all_words_must_match(StoreTest *t, const void *unused)
{
    some_events(&t->ctx);
    g_assert_cmpint(found(&t->ctx, "cabildo luminarias"), ==, 1);
    g_assert_cmpint(found(&t->ctx, "cabildo concierto"), ==, 0);
}

static void a_query_of_nothing_finds_nothing(StoreTest *t, const void *unused)
{
    static const char *const queries[] = {NULL, "", "   ", "de la", "\"", "*", "' OR 1 --", "¿?"};
    some_events(&t->ctx);
    for (size_t i = 0; i < COUNT(queries); i++)
        g_assert_cmpuint(find(&t->ctx, SEARCH_PUBLIC, queries[i]).count, ==, 0);
}

static void operators_are_only_words(StoreTest *t, const void *unused)
{
    static const char *const queries[] = {
        "cabildo OR concierto",          "cabildo AND NOT concierto",
        "title_terms:cabildo concierto", "cabildo | concierto",
        "cabildo & !concierto",          "\"cabildo\" OR \"concierto\"",
        "NEAR(cabildo concierto)",       "cabildo:* concierto",
        "cabildo') OR ('concierto",      "{title_terms body_terms} : concierto cabildo",
        "^cabildo + concierto",          "-cabildo concierto",
        "cabildo:A concierto\\",         "_cabildo _concierto",
    };
    some_events(&t->ctx);
    for (size_t i = 0; i < COUNT(queries); i++) {
        g_test_message("%s", queries[i]);
        g_assert_cmpuint(find(&t->ctx, SEARCH_PUBLIC, queries[i]).count, ==, 0);
    }
}

static void queries_have_limits(StoreTest *t, const void *unused)
{
    Ctx *ctx = &t->ctx;
    some_events(ctx);
    char *long_one = arena_bytes(ctx->arena, SEARCH_QUERY_MAX + 2);
    memset(long_one, 'x', SEARCH_QUERY_MAX);
    g_assert_cmpuint(find(ctx, SEARCH_PUBLIC, long_one).count, ==, 0);
    long_one[SEARCH_QUERY_MAX] = 'x';
    const char *const refused[] = {
        long_one,
        "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17",
        "cabildo \xff",
    };
    for (size_t i = 0; i < COUNT(refused); i++) {
        g_assert_cmpuint(search_find(ctx, SEARCH_PUBLIC, refused[i], 10).count, ==, 0);
        g_assert_cmpstr(ctx->fault.field, ==, "q");
        assert_fault(ctx, FAULT_INVALID);
    }
    g_assert_cmpuint(find(ctx, SEARCH_PUBLIC, "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16").count, ==,
                     0);
}

static void the_title_counts_more_than_the_text(StoreTest *t, const void *unused)
{
    Ctx *ctx = &t->ctx;
    put_text(ctx, 1, "Bacheo en la calle Reforma", "Cabildo informa. El cabildo avisa. Cabildo.");
    put_text(ctx, 2, "Cabildo abierto", "Todas las personas están invitadas al salón.");
    put_text(ctx, 3, "Otra cosa", "Con las personas del cabildo");
    for (i64 id = 10; id < 30; id++)
        put_text(ctx, id, "Relleno sin importancia", "Nada que ver con lo que se busca");
    List hits = find(ctx, SEARCH_PUBLIC, "cabildo");
    g_assert_cmpuint(hits.count, ==, 3);
    g_assert_cmpint(hit_at(hits, 0)->id, ==, 2);
}

static void younger_ones_come_first_among_equals(StoreTest *t, const void *unused)
{
    Ctx *ctx = &t->ctx;
    for (i64 id = 1; id <= 5; id++)
        put_text(ctx, id, "Jornada de bacheo", "Igual");
    List hits = search_find(ctx, SEARCH_PUBLIC, "bacheo", 3);
    g_assert_cmpuint(hits.count, ==, 3);
    g_assert_cmpint(hit_at(hits, 0)->id, ==, 5);
    g_assert_cmpint(hit_at(hits, 1)->id, ==, 4);
    g_assert_cmpint(hit_at(hits, 0)->at, ==, 1005);
    g_assert_cmpstr(hit_at(hits, 0)->subject, ==, "agenda_event");
    g_assert_cmpstr(hit_at(hits, 0)->title, ==, "Jornada de bacheo");
    g_assert_cmpstr(hit_at(hits, 0)->address, ==, "/agenda/x");
}

/* ---- changing ---- */
static void a_changed_record_is_found_by_its_new_words(StoreTest *t, const void *unused)
{
    Ctx *ctx = &t->ctx;
    put_text(ctx, 1, "Concierto", "En la plaza");
    put_text(ctx, 1, "Recital", "En el teatro");
    g_assert_cmpint(found(ctx, "concierto"), ==, 0);
    g_assert_cmpint(found(ctx, "plaza"), ==, 0);
    g_assert_cmpint(found(ctx, "recital teatro"), ==, 1);
}

static void a_removed_record_is_not_found(StoreTest *t, const void *unused)
{
    static const Query terms = {
        .name = "test_terms",
        .sql = "SELECT (SELECT count(*) FROM search_public_term)"
               " + (SELECT count(*) FROM search_desk_term)",
    };
    Ctx *ctx = &t->ctx;
    some_events(ctx);
    g_assert_true(db_begin(ctx));
    g_assert_true(search_remove(ctx, "agenda_event", 1));
    g_assert_true(search_remove(ctx, "agenda_event", 77)); /* was never there */
    g_assert_true(db_commit(ctx));
    g_assert_cmpint(found(ctx, "cabildo"), ==, 0);
    g_assert_cmpuint(find(ctx, SEARCH_DESK, "cabildo").count, ==, 0);
    g_assert_cmpint(found(ctx, "concierto"), ==, 2);
    g_assert_cmpint(db_number(ctx, &terms), ==, 4); /* nor are its words kept anywhere */
}

static void what_is_rolled_back_is_not_found(StoreTest *t, const void *unused)
{
    Ctx *ctx = &t->ctx;
    SearchEntry entry = entry_of(1, "Concierto", "");
    g_assert_true(db_begin(ctx));
    g_assert_true(search_put(ctx, &entry));
    db_rollback(ctx);
    g_assert_cmpint(found(ctx, "concierto"), ==, 0);
}

/* ---- for whom ---- */
static SearchEntry entry_with_canary(void)
{
    SearchEntry entry = entry_of(1, "Gira de trabajo", "Visita a la colonia");
    entry.desk_text = "canario: la alcaldesa llega por la puerta trasera";
    return entry;
}

static void internal_words_are_for_the_desk(StoreTest *t, const void *unused)
{
    static const char *const internal[] = {"canario", "alcaldesa", "puerta trasera", "cana",
                                           "colonia canario"};
    Ctx *ctx = &t->ctx;
    SearchEntry entry = entry_with_canary();
    put(ctx, &entry);
    for (size_t i = 0; i < COUNT(internal); i++) {
        g_assert_cmpint(found(ctx, internal[i]), ==, 0);
        List hits = find(ctx, SEARCH_DESK, internal[i]);
        g_assert_cmpuint(hits.count, ==, 1);
        g_assert_cmpstr(hit_at(hits, 0)->address, ==, "/mesa/agenda/x");
    }
    List open = find(ctx, SEARCH_PUBLIC, "colonia");
    g_assert_cmpstr(hit_at(open, 0)->address, ==, "/agenda/x");
    g_assert_null(strstr(hit_at(open, 0)->snippet, "canario"));
}

static void no_public_table_holds_the_canary(StoreTest *t, const void *unused)
{
    static const Query dump = {
        .name = "test_dump",
        .sql = "SELECT count(*) FROM search_public_term WHERE title_terms || body_terms LIKE "
               "'%canari%'",
        .sql_postgres = "SELECT count(*) FROM search_public_term WHERE terms::text LIKE '%canari%'",
    };
    static const Query rows = {
        .name = "test_rows",
        .sql =
            "SELECT count(*) FROM search_public WHERE title || excerpt || address LIKE '%canario%'",
    };
    Ctx *ctx = &t->ctx;
    SearchEntry entry = entry_with_canary();
    put(ctx, &entry);
    g_assert_cmpint(db_number(ctx, &dump), ==, 0);
    g_assert_cmpint(db_number(ctx, &rows), ==, 0);
    entry.public_text = "canario"; /* the same look finds it where it is public */
    put(ctx, &entry);
    g_assert_cmpint(db_number(ctx, &dump), ==, 1);
    g_assert_cmpint(db_number(ctx, &rows), ==, 1);
}

static void a_withdrawn_record_is_for_the_desk_only(StoreTest *t, const void *unused)
{
    Ctx *ctx = &t->ctx;
    SearchEntry entry = entry_of(1, "Concierto", "En la plaza");
    put(ctx, &entry);
    g_assert_cmpint(found(ctx, "concierto"), ==, 1);
    entry.public_text = NULL;
    entry.desk_text = "En la plaza";
    put(ctx, &entry);
    g_assert_cmpint(found(ctx, "concierto"), ==, 0);
    g_assert_cmpuint(find(ctx, SEARCH_DESK, "concierto plaza").count, ==, 1);
}

static void internal_edits_leave_public_pages_alone(StoreTest *t, const void *unused)
{
    Ctx *ctx = &t->ctx;
    SearchEntry entry = entry_with_canary();
    put(ctx, &entry);
    g_assert_true(db_touched_public(ctx->db));
    entry.desk_text = "llega por la puerta principal";
    put(ctx, &entry);
    g_assert_false(db_touched_public(ctx->db));
    g_assert_cmpuint(find(ctx, SEARCH_DESK, "principal").count, ==, 1);
    entry.title = "Gira de trabajo, segunda parte";
    put(ctx, &entry);
    g_assert_true(db_touched_public(ctx->db));
}

static bool put_many(Ctx *ctx, void *unused)
{
    for (i64 id = 1; id <= SEARCH_FEW + 30; id++) {
        SearchEntry entry = entry_of(id, id == 1 ? "Programa" : "Jornada", "El programa municipal avanza");
        if (!search_put(ctx, &entry))
            return false;
    }
    return true;
}

static void a_common_word_gives_the_desk_the_youngest(StoreTest *t, const void *unused)
{
    Ctx *ctx = &t->ctx;
    test_write(ctx, put_many, NULL);
    g_assert_cmpint(hit_at(find(ctx, SEARCH_PUBLIC, "programa"), 0)->id, ==, 1); /* ranked: the word stands in its title */
    List whole = find(ctx, SEARCH_DESK, "programa"), begun = find(ctx, SEARCH_DESK, "munici");
    g_assert_cmpuint(whole.count, ==, 50);
    g_assert_cmpuint(begun.count, ==, 50);
    for (size_t i = 0; i < 50; i++) {
        g_assert_cmpint(hit_at(whole, i)->id, ==, SEARCH_FEW + 30 - (i64)i);
        g_assert_cmpint(hit_at(begun, i)->id, ==, SEARCH_FEW + 30 - (i64)i);
    }
    g_assert_cmpint(hit_at(find(ctx, SEARCH_DESK, "programa jornada"), 0)->id, ==, SEARCH_FEW + 30);
}

enum { SCATTERED = 1400, EVERY = 4, AT_ONCE = 30 };

/* Three of each moment, put in without any order; of one kind but for every fifth; the words in every fourth, "antaño" in the oldest ones. */
static bool put_scattered(Ctx *ctx, void *unused)
{
    for (i64 n = 0; n < SCATTERED; n++) {
        i64 place = n * 617 % SCATTERED; /* they have no divisor in common: each place once */
        SearchEntry entry = entry_of(place + 1, "Jornada", place % EVERY ? "En la plaza" : "En el parque");
        entry.desk_text = place < SEARCH_FEW + 50 ? "antaño" : NULL;
        entry.subject = place % 5 ? "agenda_event" : "report";
        entry.at = 1 + place / 3;
        if (!search_put(ctx, &entry))
            return false;
    }
    return true;
}

/* Reads all pages; each hit is older than the one before, or of the same moment and before it. */
static i64 read_kind(Ctx *ctx, const char *words, i64 every)
{
    i64 at = INT64_MAX, id = INT64_MAX, seen = 0;
    for (;;) {
        List hits = search_desk_kind(ctx, words, "agenda_event", at, id, AT_ONCE);
        assert_no_fault(ctx);
        for (size_t i = 0; i < hits.count; i++) {
            const SearchHit *hit = hit_at(hits, i);
            g_assert_true(hit->at < at || (hit->at == at && hit->id < id));
            g_assert_cmpint((hit->id - 1) % every, ==, 0);
            at = hit->at;
            id = hit->id;
        }
        seen += (i64)hits.count;
        if (hits.count < AT_ONCE)
            return seen;
    }
}

static void common_words_are_found_in_order_wherever_they_lie(StoreTest *t, const void *unused)
{
    Ctx *ctx = &t->ctx;
    test_write(ctx, put_scattered, NULL);
    g_assert_cmpint(read_kind(ctx, "parque", EVERY), ==, SCATTERED / EVERY * 4 / 5);
    g_assert_cmpint(read_kind(ctx, "jornada", 1), ==, SCATTERED * 4 / 5);
    g_assert_cmpint(read_kind(ctx, "antaño", 1), ==, (SEARCH_FEW + 50) * 4 / 5);
    i64 before = INT64_MAX, seen = 0;
    SearchFound found = {.more = true};
    for (i64 at = 0, row = 0; found.more; seen += (i64)found.hits.count) {
        found = search_ask(ctx, &(SearchAsk){.words = "parque", .after_at = at, .after_row = row, .limit = AT_ONCE});
        assert_no_fault(ctx);
        g_assert_true(found.by_age);
        for (size_t i = 0; i < found.hits.count; i++) {
            const SearchHit *hit = hit_at(found.hits, i);
            g_assert_true(hit->at < before || (hit->at == before && hit->row < row));
            before = at = hit->at;
            row = hit->row;
        }
    }
    g_assert_cmpint(seen, ==, SCATTERED / EVERY);
}

static void the_hit_brings_its_snippet(StoreTest *t, const void *unused)
{
    some_events(&t->ctx);
    List hits = find(&t->ctx, SEARCH_PUBLIC, "drenajes");
    g_assert_cmpstr(hit_at(hits, 0)->snippet, ==, "Los vecinos piden drenaje. Energía suspendida.");
}

/* ---- large texts ---- */
static void a_large_text_is_found_and_its_excerpt_is_small(StoreTest *t, const void *unused)
{
    static const Query longest = {
        .name = "test_longest",
        .sql = "SELECT max(length(excerpt)) FROM search_public",
    };
    Ctx *ctx = &t->ctx;
    Buf *text = buf_new(ctx->arena, 200000, 1024 * 1024);
    for (int i = 0; i < 20000; i++)
        buf_printf(text, "palabra%d ", i);
    buf_text(text, "murciélago");
    put_text(ctx, 1, "Acta", buf_data(text));
    g_assert_cmpint(found(ctx, "murcielagos"), ==, 1);
    g_assert_cmpint(found(ctx, "palabra19999"), ==, 1);
    g_assert_cmpint(db_number(ctx, &longest), <=, 16 * 1024);
    g_assert_cmpint(db_number(ctx, &longest), >, 15 * 1024);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    STORE_TEST("search", accents_case_and_number_do_not_matter);
    STORE_TEST("search", the_last_word_may_be_a_beginning);
    STORE_TEST("search", all_words_must_match);
    STORE_TEST("search", a_query_of_nothing_finds_nothing);
    STORE_TEST("search", operators_are_only_words);
    STORE_TEST("search", queries_have_limits);
    STORE_TEST("search", the_title_counts_more_than_the_text);
    STORE_TEST("search", younger_ones_come_first_among_equals);
    STORE_TEST("search", a_changed_record_is_found_by_its_new_words);
    STORE_TEST("search", a_removed_record_is_not_found);
    STORE_TEST("search", what_is_rolled_back_is_not_found);
    STORE_TEST("search", internal_words_are_for_the_desk);
    STORE_TEST("search", no_public_table_holds_the_canary);
    STORE_TEST("search", a_withdrawn_record_is_for_the_desk_only);
    STORE_TEST("search", internal_edits_leave_public_pages_alone);
    STORE_TEST("search", a_common_word_gives_the_desk_the_youngest);
    STORE_TEST("search", common_words_are_found_in_order_wherever_they_lie);
    STORE_TEST("search", the_hit_brings_its_snippet);
    STORE_TEST("search", a_large_text_is_found_and_its_excerpt_is_small);
    return g_test_run();
}
