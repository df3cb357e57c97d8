/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_edition_test.c: what citizens get: numbers without gaps, counts that are always right, drafts that nobody sees, silence. */
#include "desks/press/flow/press_test_office.h"
#include "store/search.h"

/* ---- folios ---- */
static bool publish_and_fail(Ctx *ctx, Step *s)
{
    g_assert_true(press_publish(ctx, s->id, NONE, test_key()));
    return fault(ctx, FAULT_BUSY, "the disk is full");
}

/* Of two in one transaction, as the writer does them: the first is taken back. */
static bool publish_second_of_two(Ctx *ctx, Step *s)
{
    if (!db_savepoint(ctx) || !press_publish(ctx, s->id, NONE, test_key()))
        return false;
    db_rollback_to_savepoint(ctx);
    return press_publish(ctx, s->made, NONE, test_key());
}

static void folios_have_no_gaps_and_no_doubles(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    i64 ids[24];
    for (size_t i = 0; i < COUNT(ids); i++)
        ids[i] = approved_of(&n, "Aviso", NULL);
    for (size_t i = 0; i < COUNT(ids); i += 2) {
        if (i % 3 == 0)
            refused(&n, &n.editor, STEP(publish_and_fail, .id = ids[i]), FAULT_BUSY);
        done(&n, &n.editor, STEP(publish_second_of_two, .id = ids[i + 1], .made = ids[i]));
        if (i == 10)
            t->ctx.now += 200 * CLOCK_DAY; /* the year ends */
        done(&n, &n.editor, STEP(step_publish, .id = ids[i + 1]));
    }
    g_assert_cmpint(count_of(&n, "SELECT last FROM press_folio WHERE year = 2022 AND 0 = $1"), ==, 11);
    g_assert_cmpint(count_of(&n, "SELECT last FROM press_folio WHERE year = 2023 AND 0 = $1"), ==, 13);
    for (int i = 0; i < 24; i++) {
        const char *folio = i < 11 ? arena_printf(t->ctx.arena, "CS/%04d/2022", i + 1) : arena_printf(t->ctx.arena, "CS/%04d/2023", i - 10);
        const char *sql = arena_printf(t->ctx.arena, "SELECT count(*) FROM press_release WHERE folio = '%s' AND 0 = $1", folio);
        g_assert_cmpint(count_of(&n, sql), ==, 1);
    }
}

/* ---- counts ---- */
enum { TOPICS = 4, MONTHS = 6, STEPS = 70, RELEASES_MOST = STEPS };
static const char *const topic_words[TOPICS] = {"Obra pública", "Salud", "Protección civil", "Palabra suelta"};
static const char *const topic_slugs[TOPICS] = {"obra-publica", "salud", "proteccion-civil", ""};

typedef struct Known {
    i64 id;
    int month;
    unsigned topics; /* bits of topic_words */
    bool is_public;
} Known;

static const char *words_of(Ctx *ctx, unsigned topics)
{
    const char *lines = NULL;
    for (int i = 0; i < TOPICS; i++)
        if (topics & (1u << i))
            lines = lines ? arena_printf(ctx->arena, "%s\n%s", lines, topic_words[i]) : topic_words[i];
    return lines;
}

static const char *month_name(Ctx *ctx, int month)
{
    return arena_printf(ctx->arena, "2022-%02d", 7 + month);
}

static i64 tally_of(Newsroom *n, const char *slug, int month)
{
    Ctx *ctx = &n->t->ctx;
    return count_of(n, arena_printf(ctx->arena, "SELECT COALESCE(MAX(releases), 0) FROM press_tally WHERE topic = '%s' AND month = '%s' AND 0 = $1",
                                    slug, month_name(ctx, month)));
}

static void assert_counts(Newsroom *n, const Known *known, size_t count)
{
    for (int month = 0; month < MONTHS; month++) {
        i64 all = 0, of[TOPICS] = {0};
        for (size_t i = 0; i < count; i++) {
            if (!known[i].is_public || known[i].month != month)
                continue;
            all++;
            for (int k = 0; k < TOPICS - 1; k++)
                of[k] += known[i].topics >> k & 1;
        }
        g_assert_cmpint(tally_of(n, "", month), ==, all);
        for (int k = 0; k < TOPICS - 1; k++)
            g_assert_cmpint(tally_of(n, topic_slugs[k], month), ==, of[k]);
    }
}

static void to_month(Newsroom *n, int month)
{
    i64 at;
    g_assert_true(clock_parse_rfc3339(arena_printf(n->t->ctx.arena, "%s-14T12:00:00Z", month_name(&n->t->ctx, month)), &at));
    if (at > n->t->ctx.now)
        n->t->ctx.now = at;
}

static Known *any_public(Known *known, size_t count)
{
    for (int turn = 0; count && turn < 20; turn++) {
        Known *k = &known[g_test_rand_int_range(0, (int)count)];
        if (k->is_public)
            return k;
    }
    return NULL;
}

static void one_step(Newsroom *n, Known *known, size_t *count, int month)
{
    unsigned topics = (unsigned)g_test_rand_int_range(0, 1 << TOPICS);
    const char *said = words_of(&n->t->ctx, topics);
    int chance = g_test_rand_int_range(0, 10);
    Known *k = chance < 5 ? NULL : any_public(known, *count);
    if (!k) {
        known[(*count)++] = (Known){published_of(n, "Aviso", said), month, topics, true};
    } else if (chance < 8) {
        done(n, &n->editor, STEP(step_correct, .id = k->id, .text = "Corrección", .draft = {.topics = said ? said : ""}));
        k->topics = topics;
    } else {
        done(n, &n->editor, STEP(step_withdraw, .id = k->id, .text = "Retirado"));
        k->is_public = false;
    }
}

static void counts_are_right_after_whatever_happened(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    Known known[RELEASES_MOST];
    size_t count = 0;
    for (int step = 0; step < STEPS; step++) {
        int month = step * MONTHS / STEPS;
        to_month(&n, month);
        one_step(&n, known, &count, month);
        if (step % 10 == 9)
            assert_counts(&n, known, count);
        if (g_test_rand_int_range(0, 8) == 0) /* and what was taken back leaves nothing */
            refused(&n, &n.editor, STEP(publish_and_fail, .id = approved_of(&n, "No sale", "Salud")), FAULT_BUSY);
    }
    g_assert_cmpint(count_of(&n, "SELECT count(*) FROM press_edition_topic t JOIN press_edition e ON e.release = t.release AND e.current = 1 "
                                 "WHERE (e.withdrawn_at IS NOT NULL OR e.published_at <> t.published_at) AND 0 = $1"), ==, 0);
}

/* ---- drafts ---- */
static void seen_by_nobody(Newsroom *n, const Actor *who, Step s)
{
    done(n, who, s);
    g_assert_false(db_touched_public(n->t->ctx.db));
}

static void drafts_never_touch_what_citizens_see(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    i64 id = draft_of(&n, "Uno", "Salud");
    g_assert_false(db_touched_public(t->ctx.db));
    Schedule tomorrow = {.publish_at = t->ctx.now + CLOCK_DAY};
    seen_by_nobody(&n, &n.writer, STEP(step_change, .id = id, .draft = words("Dos", "Salud"), .kind = VERSION_AUTOSAVED));
    seen_by_nobody(&n, &n.writer, STEP(step_slug, .id = id, .text = "otra-direccion"));
    FileDraft file = {"0f", "plano.pdf", "application/pdf", 1000, NULL, NULL, NULL, false};
    seen_by_nobody(&n, &n.writer, STEP(step_file, .id = id, .file = file));
    seen_by_nobody(&n, &n.writer, STEP(step_send, .id = id));
    seen_by_nobody(&n, &n.editor, STEP(step_comment, .id = id, .text = "Bien"));
    seen_by_nobody(&n, &n.editor, STEP(step_approve, .id = id));
    seen_by_nobody(&n, &n.editor, STEP(step_schedule, .id = id, .schedule = tomorrow));
    seen_by_nobody(&n, &n.writer, STEP_AT(step_restore, 1, .id = id));
    seen_by_nobody(&n, &n.writer, STEP(step_discard, .id = id));
    t->ctx.actor = &actor_nobody;
    g_assert_cmpint(search_find(&t->ctx, SEARCH_PUBLIC, "bacheo", 5).count, ==, 0);
    done(&n, &n.editor, STEP(step_publish, .id = approved_of(&n, "Tres", NULL)));
    g_assert_true(db_touched_public(t->ctx.db));
}

static void citizens_find_the_edition_and_not_what_is_being_written(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    i64 id = published_of(&n, "Arranca el bacheo", NULL);
    draft_of(&n, "Arranca el alumbrado", NULL);
    List hits = search_find(&t->ctx, SEARCH_PUBLIC, "arranca", 5);
    g_assert_cmpint(hits.count, ==, 1);
    const SearchHit *hit = hits.items;
    g_assert_cmpint(hit->id, ==, id);
    g_assert_cmpstr(hit->address, ==, "/comunicados/arranca-el-bacheo");
    g_assert_cmpint(search_find(&t->ctx, SEARCH_DESK, "arranca", 5).count, ==, 2);
    g_assert_cmpint(search_find(&t->ctx, SEARCH_DESK, "Iris", 5).count, ==, 2);
    g_assert_cmpint(search_find(&t->ctx, SEARCH_PUBLIC, "Iris", 5).count, ==, 0);
}

/* ---- silence ---- */
#define SILENCE "INSERT INTO press_silence (id, name, basis, from_at, to_at) VALUES (1, 'Proceso 2022', 'Art. 41', 0, 9000000000000000)"

static void in_silence_only_some_topics_speak(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    test_script(&t->ctx, SILENCE);
    i64 works = approved_of(&n, "Bacheo", "Obra pública"), none = approved_of(&n, "Sin tema", NULL);
    i64 both = approved_of(&n, "Mezcla", "Salud\nObra pública"), storm = approved_of(&n, "Tormenta", "Protección civil\nSalud");
    g_assert_nonnull(strstr(refused(&n, &n.editor, STEP(step_publish, .id = works), FAULT_CONFLICT), "Proceso 2022"));
    refused(&n, &n.editor, STEP(step_publish, .id = none), FAULT_CONFLICT);
    refused(&n, &n.editor, STEP(step_publish, .id = both), FAULT_CONFLICT);
    Schedule tomorrow = {.publish_at = t->ctx.now + CLOCK_DAY};
    refused(&n, &n.editor, STEP(step_schedule, .id = works, .schedule = tomorrow), FAULT_CONFLICT);
    done(&n, &n.editor, STEP(step_publish, .id = storm));
    const char *const *said = press_obstacles(&t->ctx, look(&n, works), t->ctx.now).items;
    g_assert_nonnull(strstr(said[0], "Art. 41"));
    test_script(&t->ctx, "UPDATE press_silence SET to_at = 5");
    done(&n, &n.editor, STEP(step_publish, .id = works));
}

static void somebody_who_signs_may_answer_for_it(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    i64 id = approved_of(&n, "Bacheo", "Obra pública");
    refused(&n, &n.director, STEP(step_override, .id = id, .text = "Urge"), FAULT_CONFLICT); /* nothing forbids it */
    test_script(&t->ctx, SILENCE);
    Actor coordinator = actor_of(t, n.second_id, "Bruno", ROLE_COORDINATOR);
    refused(&n, &coordinator, STEP(step_override, .id = id, .text = "Urge"), FAULT_FORBIDDEN); /* no post of signing rank */
    g_assert_cmpstr(refused(&n, &n.director, STEP(step_override, .id = id), FAULT_INVALID), ==, "reason");
    done(&n, &n.director, STEP(step_override, .id = id, .text = "Aviso de cierre de calle"));
    g_assert_cmpint(count_of(&n, "SELECT count(*) FROM press_override WHERE signed_as IS NOT NULL AND 0 = $1"), ==, 1);
    done(&n, &n.editor, STEP(step_publish, .id = id));
    done(&n, &n.editor, STEP(step_correct, .id = id, .text = "La calle es otra", .draft = {.title = "Bacheo en otra calle"}));
    i64 other = approved_of(&n, "Otra", "Obra pública");
    done(&n, &n.director, STEP(step_override, .id = other, .text = "Urge"));
    done(&n, &n.writer, STEP(step_change, .id = other, .draft = words("Otra más", "Obra pública")));
    done(&n, &n.writer, STEP(step_send, .id = other));
    done(&n, &n.editor, STEP(step_approve, .id = other));
    refused(&n, &n.editor, STEP(step_publish, .id = other), FAULT_CONFLICT); /* other words than those that she answered for */
}

typedef struct Override {
    const char *canonical, *signature, *key;
} Override;
static const Field override_fields[] = {FIELD_TEXT(Override, canonical), FIELD_TEXT(Override, signature), FIELD_TEXT(Override, key)};
static const Shape override_shape = SHAPE("override", Override, override_fields);

static void what_was_answered_for_is_signed(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    Query q = {.name = "override", .sql = "SELECT canonical, signature, key FROM press_override WHERE 0 = $1"};
    i64 id = approved_of(&n, "Bacheo", "Obra pública");
    test_script(&t->ctx, SILENCE);
    done(&n, &n.director, STEP(step_override, .id = id, .text = "Cierre de calle"));
    const Override *o = db_one(&t->ctx, &q, &override_shape, I(0));
    g_assert_true(seal_check_text(&t->ctx, o->key, o->canonical, o->signature));
    g_assert_nonnull(strstr(o->canonical, "\"reason\":\"Cierre de calle\""));
    g_assert_nonnull(strstr(o->canonical, look(&n, id)->hash));
    char *altered = arena_text(t->ctx.arena, o->canonical);
    strstr(altered, "Cierre")[0] = 'c';
    g_assert_false(seal_check_text(&t->ctx, o->key, altered, o->signature));
}

/* ---- coverage ---- */
typedef struct Work {
    i64 event, coverage;
    const char *assignee;
} Work;

static bool give_work(Ctx *ctx, void *data)
{
    Work *w = data;
    EventDraft event = {.title = "Banderazo", .time_zone = "America/Mexico_City", .starts = {2022, 7, 14, 9, 0, 0}, .status = EVENT_CONFIRMED,
                        .certainty = CERTAINTY_BY_STATUS, .attendance = NONE, .topics = "Obra pública", .description = "Inicio de obra"};
    return agenda_create(ctx, &event, &w->event) &&
           agenda_cover(ctx, w->event, &(CoverageDraft){.kind = COVER_RELEASE, .assignee = w->assignee}, &w->coverage) &&
           agenda_accept(ctx, w->coverage, NONE);
}

static bool from_event(Ctx *ctx, Step *s)
{
    return press_create_from_event(ctx, s->id, &s->made);
}

static void a_release_of_an_event_is_what_its_writer_hands_in(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    Work mine = {.assignee = "iris@sanluis.example"}, theirs = {.assignee = "bruno@sanluis.example"};
    test_write(&t->ctx, give_work, &mine);
    test_write(&t->ctx, give_work, &theirs);
    Work *both[] = {&mine, &theirs};
    for (size_t i = 0; i < COUNT(both); i++) {
        i64 id = done(&n, &n.writer, STEP(from_event, .id = both[i]->event));
        const Release *r = look(&n, id);
        g_assert_cmpstr(r->title, ==, "Banderazo");
        g_assert_cmpstr(r->topics, ==, "Obra pública");
        g_assert_cmpstr(r->dateline_day, ==, "2022-07-14");
        g_assert_cmpstr(r->body, ==, "Inicio de obra");
        g_assert_cmpint(r->event, ==, both[i]->event);
        done(&n, &n.writer, STEP(step_send, .id = id));
        done(&n, &n.editor, STEP(step_approve, .id = id));
        done(&n, &n.editor, STEP(step_publish, .id = id));
    }
    const Coverage *c = agenda_coverage(&t->ctx, mine.coverage);
    g_assert_cmpint(c->state, ==, COVERAGE_DELIVERED);
    g_assert_cmpint(((const Evidence *)c->evidence.items)->kind, ==, EVIDENCE_RELEASE);
    g_assert_nonnull(strstr(((const Evidence *)c->evidence.items)->url, "/comunicados/banderazo"));
    g_assert_cmpint(agenda_coverage(&t->ctx, theirs.coverage)->state, ==, COVERAGE_ACCEPTED);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    STORE_TEST("press_edition", folios_have_no_gaps_and_no_doubles);
    STORE_TEST("press_edition", counts_are_right_after_whatever_happened);
    STORE_TEST("press_edition", drafts_never_touch_what_citizens_see);
    STORE_TEST("press_edition", citizens_find_the_edition_and_not_what_is_being_written);
    STORE_TEST("press_edition", in_silence_only_some_topics_speak);
    STORE_TEST("press_edition", somebody_who_signs_may_answer_for_it);
    STORE_TEST("press_edition", what_was_answered_for_is_signed);
    STORE_TEST("press_edition", a_release_of_an_event_is_what_its_writer_hands_in);
    return g_test_run();
}
