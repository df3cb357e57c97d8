/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_draft_test.c: what is written at the desk: versions, addresses, languages, files; what is refused, and with which word. */
#include "desks/press/flow/press_test_office.h"

/* ---- versions ---- */
static void autosaves_take_each_others_place_for_a_while(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    i64 id = draft_of(&n, "Uno", NULL);
    for (int i = 0; i < 5; i++)
        done(&n, &n.writer, STEP(step_change, .id = id, .draft = words(arena_printf(t->ctx.arena, "Uno %d", i), NULL), .kind = VERSION_AUTOSAVED));
    g_assert_cmpint(press_versions(&t->ctx, id, 0, 50).count, ==, 2);
    const ReleaseVersion *v = press_version(&t->ctx, id, 2);
    g_assert_cmpstr(press_version_read(&t->ctx, v)->title, ==, "Uno 4");
    done(&n, &n.editor, STEP(step_change, .id = id, .draft = words("De otra persona", NULL), .kind = VERSION_AUTOSAVED));
    g_assert_cmpint(press_versions(&t->ctx, id, 0, 50).count, ==, 3);
    t->ctx.now += 11 * CLOCK_MINUTE;
    done(&n, &n.editor, STEP(step_change, .id = id, .draft = words("Más tarde", NULL), .kind = VERSION_AUTOSAVED));
    g_assert_cmpint(press_versions(&t->ctx, id, 0, 50).count, ==, 4);
    done(&n, &n.editor, STEP(step_change, .id = id, .draft = words("Guardado", NULL)));
    done(&n, &n.editor, STEP(step_change, .id = id, .draft = words("Después", NULL), .kind = VERSION_AUTOSAVED));
    g_assert_cmpint(press_versions(&t->ctx, id, 0, 50).count, ==, 6); /* what was saved by hand stays */
    i64 version = look(&n, id)->version;
    done(&n, &n.editor, STEP(step_change, .id = id, .draft = words("Después", NULL), .kind = VERSION_AUTOSAVED));
    g_assert_cmpint(look(&n, id)->version, ==, version); /* nothing new, nothing written */
    done(&n, &n.editor, STEP(step_change, .id = id, .draft = words("Después", NULL)));
    g_assert_cmpint(press_version(&t->ctx, id, 6)->kind, ==, VERSION_SAVED); /* meant by hand now */
}

static void an_earlier_version_becomes_the_present_one(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    i64 id = draft_of(&n, "Uno", "Salud");
    const char *first = look(&n, id)->hash;
    ReleaseText english = {"en", "One", "Lead", "Body", NULL};
    ReleaseDraft other = words("Dos", "Obra pública");
    other.texts = (List){&english, 1};
    done(&n, &n.writer, STEP(step_change, .id = id, .draft = other));
    const Release *r = look(&n, id);
    g_assert_cmpint(r->texts.count, ==, 1);
    g_assert_cmpstr(((const ReleaseText *)r->texts.items)->title, ==, "One");
    done(&n, &n.writer, STEP_AT(step_restore, 1, .id = id));
    r = look(&n, id);
    g_assert_cmpstr(r->title, ==, "Uno");
    g_assert_cmpstr(r->topics, ==, "Salud");
    g_assert_cmpint(r->texts.count, ==, 0);
    g_assert_cmpstr(r->hash, ==, first);
    refused(&n, &n.writer, STEP_AT(step_restore, 99, .id = id), FAULT_NOT_FOUND);
}

static void what_was_discarded_is_gone_for_good(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    i64 id = draft_of(&n, "Uno", NULL);
    done(&n, &n.writer, STEP(step_discard, .id = id));
    assert_state(&n, id, RELEASE_DISCARDED);
    refused(&n, &n.writer, STEP(step_send, .id = id), FAULT_CONFLICT);
    refused(&n, &n.writer, STEP(step_change, .id = id, .draft = words("Dos", NULL)), FAULT_CONFLICT);
    ReleaseFilter open = {.state = "open"};
    g_assert_cmpint(press_count(&t->ctx, &open), ==, 0);
    g_assert_cmpint(count_of(&n, "SELECT count(*) FROM search_desk WHERE subject = 'press_release' AND 0 = $1"), ==, 0);
}

/* ---- addresses ---- */
static void addresses_are_nobody_elses(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    const char *const wanted[] = {"aviso", "aviso-2", "aviso-3", "aviso-4", "aviso-5", "aviso-6"};
    for (size_t i = 0; i < COUNT(wanted); i++)
        g_assert_cmpstr(look(&n, draft_of(&n, "¡Aviso!", NULL))->slug, ==, wanted[i]);
    g_assert_cmpstr(look(&n, draft_of(&n, "🎉🎉", NULL))->slug, ==, "comunicado");
    g_assert_cmpstr(look(&n, draft_of(&n, "Temas", NULL))->slug, ==, "temas-2"); /* a page of the press room */
    i64 id = draft_of(&n, "Bacheo", NULL);
    g_assert_cmpstr(refused(&n, &n.writer, STEP(step_slug, .id = id, .text = "aviso"), FAULT_INVALID), ==, "slug");
    g_assert_cmpstr(refused(&n, &n.writer, STEP(step_slug, .id = id, .text = "Con Espacios"), FAULT_INVALID), ==, "slug");
    g_assert_cmpstr(refused(&n, &n.writer, STEP(step_slug, .id = id), FAULT_INVALID), ==, "slug");
}

static void an_address_follows_the_title_until_somebody_chose_it(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    i64 id = draft_of(&n, "Bacheo", NULL);
    done(&n, &n.writer, STEP(step_change, .id = id, .draft = words("Bacheo en Pavón", NULL)));
    g_assert_cmpstr(look(&n, id)->slug, ==, "bacheo-en-pavon");
    done(&n, &n.writer, STEP(step_slug, .id = id, .text = "pavon"));
    done(&n, &n.writer, STEP(step_change, .id = id, .draft = words("Otra cosa", NULL)));
    g_assert_cmpstr(look(&n, id)->slug, ==, "pavon");
    g_assert_cmpint(count_of(&n, "SELECT count(*) FROM press_slug WHERE 0 = $1"), ==, 0); /* nobody ever saw the others */
}

static void a_public_address_leads_on_for_ever(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    i64 id = published_of(&n, "Bacheo", NULL), at = look(&n, id)->changed_at;
    refused(&n, &n.writer, STEP(step_slug, .id = id, .text = "pavon"), FAULT_FORBIDDEN);
    done(&n, &n.editor, STEP(step_slug, .id = id, .text = "pavon"));
    g_assert_true(db_touched_public(t->ctx.db));
    g_assert_cmpint(press_by_folio_or_slug(&t->ctx, "bacheo")->id, ==, id);
    g_assert_cmpint(press_by_folio_or_slug(&t->ctx, "CS/0001/2022")->id, ==, id);
    g_assert_cmpint(count_of(&n, "SELECT changed_at FROM press_edition WHERE current = 1 AND 0 = $1"), >, at);
    g_assert_cmpstr(look(&n, draft_of(&n, "Bacheo", NULL))->slug, ==, "bacheo-2");
    i64 other = published_of(&n, "Otra", NULL);
    refused(&n, &n.editor, STEP(step_slug, .id = other, .text = "bacheo"), FAULT_INVALID);
    done(&n, &n.editor, STEP(step_slug, .id = id, .text = "bacheo")); /* back to what was its own */
    g_assert_cmpint(press_by_folio_or_slug(&t->ctx, "pavon")->id, ==, id);
    g_assert_cmpint(count_of(&n, "SELECT count(*) FROM press_slug WHERE 0 = $1"), ==, 1);
}

/* ---- what is refused ---- */
typedef struct Bad {
    const char *field;
    ReleaseDraft draft;
} Bad;

static void bad_words_are_refused_with_their_field(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    char *long_line = g_strnfill(700, 'x');
    char *huge = g_strnfill(PRESS_BODY_MAX + 1, 'x');
    ReleaseText twice[] = {{"en", "One", NULL, "B", NULL}, {"en", "Two", NULL, "B", NULL}}, klingon = {"tlh", "Qapla", NULL, "B", NULL};
    ReleaseText untitled = {"en", " ", NULL, "B", NULL}, same = {"es", "Igual", NULL, "B", NULL};
    const Bad bad[] = {
        {"title", {.title = " "}},
        {"title", {.title = long_line}},
        {"title", {.title = "Con \x01 control"}},
        {"title", {.title = "No es \xff UTF-8"}},
        {"title", {.title = "Al rev\u202e\u00e9s"}},
        {"lead", {.title = "T", .lead = long_line}},
        {"body", {.title = "T", .body = huge}},
        {"topics", {.title = "T", .topics = "a\nb\nc\nd\ne\nf\ng\nh\ni"}},
        {"topics", {.title = "T", .topics = long_line}},
        {"dateline_day", {.title = "T", .dateline_day = "2022-02-30"}},
        {"dateline_place", {.title = "T", .dateline_place = long_line}},
        {"contact_mail", {.title = "T", .contact_mail = "nadie"}},
        {"contact_phone", {.title = "T", .contact_phone = long_line}},
        {"tongue", {.title = "T", .tongue = "tlh"}},
        {"texts", {.title = "T", .texts = {twice, 2}}},
        {"texts", {.title = "T", .texts = {&klingon, 1}}},
        {"texts", {.title = "T", .texts = {&same, 1}}},
        {"title", {.title = "T", .texts = {&untitled, 1}}},
        {"event", {.title = "T", .event = 12345}},
        {"area", {.title = "T", .area = 12345}},
    };
    i64 id = draft_of(&n, "Bueno", NULL);
    for (size_t i = 0; i < COUNT(bad); i++) {
        g_assert_cmpstr(refused(&n, &n.writer, STEP(step_create, .draft = bad[i].draft), FAULT_INVALID), ==, bad[i].field);
        g_assert_cmpstr(refused(&n, &n.writer, STEP(step_change, .id = id, .draft = bad[i].draft), FAULT_INVALID), ==, bad[i].field);
    }
    g_assert_cmpint(count_of(&n, "SELECT count(*) FROM press_release WHERE 0 = $1"), ==, 1);
    g_free(long_line);
    g_free(huge);
}

static void what_is_typed_is_tidied(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    ReleaseDraft d = {.title = "  Dos   espacios ", .lead = "Una\nlínea", .body = "Uno\r\n\r\nDos", .topics = "Salud\n Salud \n\nAgua", .contact_name = " "};
    const Release *r = look(&n, done(&n, &n.writer, STEP(step_create, .draft = d)));
    g_assert_cmpstr(r->title, ==, "Dos espacios");
    g_assert_cmpstr(r->lead, ==, "Una línea");
    g_assert_cmpstr(r->body, ==, "Uno\n\nDos");
    g_assert_cmpstr(r->topics, ==, "Salud\nAgua");
    g_assert_null(r->contact_name);
    g_assert_cmpstr(r->tongue, ==, "es");
}

/* ---- files ---- */
#define SHA "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

static FileDraft picture(const char *alt, bool is_cover)
{
    return (FileDraft){SHA, "bacheo.jpg", "image/jpeg", 5000, alt, "Calle Pavón", "Renata", is_cover};
}

static void a_cover_without_alternative_text_says_why_it_stays(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    i64 id = draft_of(&n, "Uno", NULL);
    i64 file = done(&n, &n.writer, STEP(step_file, .id = id, .file = picture(NULL, true)));
    g_assert_cmpint(look(&n, id)->cover, ==, file);
    g_assert_cmpstr(refused(&n, &n.writer, STEP(step_send, .id = id), FAULT_INVALID), ==, "alt");
    const char *const *said = press_obstacles(&t->ctx, look(&n, id), t->ctx.now).items;
    g_assert_nonnull(strstr(said[0], "texto alternativo"));
    done(&n, &n.writer, STEP(step_file_words, .id = file, .file = picture("Una cuadrilla tapa un bache", true)));
    done(&n, &n.writer, STEP(step_send, .id = id));
    done(&n, &n.editor, STEP(step_approve, .id = id));
    g_assert_cmpstr(refused(&n, &n.editor, STEP(step_publish, .id = id), FAULT_INVALID), ==, "cover"); /* nobody has looked at it yet */
    test_script(&t->ctx, "UPDATE press_file SET width = 800, height = 600, look = -5");
    assert_state(&n, id, RELEASE_APPROVED);
    done(&n, &n.editor, STEP(step_publish, .id = id));
    const Release *r = look(&n, id);
    g_assert_cmpint(seal_by_hash(&t->ctx, r->sha256)->version, ==, 1);
    g_assert_cmpint(count_of(&n, "SELECT count(*) FROM press_edition_file WHERE position = 0 AND alt IS NOT NULL AND 0 = $1"), ==, 1);
    g_assert_cmpint(count_of(&n, "SELECT count(*) FROM store_likeness_picture WHERE 0 = $1"), ==, 1);
    refused(&n, &n.writer, STEP(step_file_remove, .id = file), FAULT_CONFLICT);
}

static void a_picture_that_cannot_be_read_is_no_cover(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    i64 id = draft_of(&n, "Uno", NULL);
    done(&n, &n.writer, STEP(step_file, .id = id, .file = picture("Algo", true)));
    test_script(&t->ctx, "UPDATE press_file SET trouble = 'cut off'");
    g_assert_cmpstr(refused(&n, &n.writer, STEP(step_send, .id = id), FAULT_INVALID), ==, "cover");
    FileDraft paper = {SHA, "plano.pdf", "application/pdf", 10, NULL, NULL, NULL, true};
    g_assert_cmpstr(refused(&n, &n.writer, STEP(step_file, .id = id, .file = paper), FAULT_INVALID), ==, "is_cover");
    FileDraft large = {SHA, "plano.pdf", "application/pdf", PRESS_FILE_MAX + 1, NULL, NULL, NULL, false};
    refused(&n, &n.writer, STEP(step_file, .id = id, .file = large), FAULT_TOO_LARGE);
}

static void files_are_part_of_what_is_approved(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    i64 id = draft_of(&n, "Uno", NULL);
    i64 file = done(&n, &n.writer, STEP(step_file, .id = id, .file = picture("Una calle", false)));
    const Step steps[] = {STEP(step_file_words, .id = file, .file = picture("Otra calle", false)),
                          STEP(step_file, .id = id, .file = picture("Una más", false)), STEP(step_file_remove, .id = file)};
    for (size_t i = 0; i < COUNT(steps); i++) {
        done(&n, &n.writer, STEP(step_send, .id = id));
        done(&n, &n.editor, STEP(step_approve, .id = id));
        done(&n, &n.writer, steps[i]);
        assert_state(&n, id, RELEASE_DRAFT);
    }
    g_assert_cmpint(look(&n, id)->files.count, ==, 1);
    for (size_t i = 1; i < PRESS_FILES_MAX; i++)
        done(&n, &n.writer, STEP(step_file, .id = id, .file = picture("Una calle", false)));
    refused(&n, &n.writer, STEP(step_file, .id = id, .file = picture("Una de más", false)), FAULT_CONFLICT);
}

/* ---- templates and lists ---- */
static bool from_template(Ctx *ctx, Step *s)
{
    return press_create_from_template(ctx, s->id, &s->made);
}

static void a_template_is_a_beginning(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    test_script(&t->ctx, "INSERT INTO press_template (id, name, title, body, topics) VALUES (9, 'Obra', 'Arranca la obra de', 'Texto', 'Salud')");
    const Release *r = look(&n, done(&n, &n.writer, STEP(from_template, .id = 9)));
    g_assert_cmpstr(r->title, ==, "Arranca la obra de");
    g_assert_cmpstr(r->topics, ==, "Salud");
    refused(&n, &n.writer, STEP(from_template, .id = 10), FAULT_NOT_FOUND);
}

static void the_list_shows_what_was_asked_for(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    i64 first = draft_of(&n, "Uno", NULL), second = published_of(&n, "Dos", NULL), third = published_of(&n, "Tres", NULL);
    done(&n, &n.editor, STEP(step_correct, .id = third, .text = "Nota"));
    ReleaseFilter all = {0}, open = {.state = "open"}, corrected = {.state = "corrected"}, mine = {.author = n.writer_id}, other = {.author = n.editor_id};
    Span today = clock_day_of(t->city.zone, t->ctx.now);
    ReleaseFilter figure = {.figure = "releases_published", .span = today}, late = {.figure = "releases_corrected", .span = today};
    g_assert_cmpint(press_count(&t->ctx, &all), ==, 3);
    g_assert_cmpint(press_count(&t->ctx, &open), ==, 1);
    g_assert_cmpint(press_count(&t->ctx, &corrected), ==, 1);
    g_assert_cmpint(press_count(&t->ctx, &mine), ==, 3);
    g_assert_cmpint(press_count(&t->ctx, &other), ==, 0);
    g_assert_cmpint(press_count(&t->ctx, &figure), ==, 2);
    g_assert_cmpint(press_count(&t->ctx, &late), ==, 1);
    const Release *r = press_list(&t->ctx, &all, 0, 0, 2).items;
    g_assert_cmpint(r[0].id, ==, third);
    g_assert_cmpint(r[1].id, ==, second);
    r = press_list(&t->ctx, &all, r[1].changed_at, r[1].id, 2).items;
    g_assert_cmpint(r[0].id, ==, first);
}

static void lists(StoreTest *t, ReleaseFilter filter, i64 count, i64 youngest)
{
    List found = press_list(&t->ctx, &filter, 0, 0, 20);
    assert_no_fault(&t->ctx);
    g_assert_cmpint(press_count(&t->ctx, &filter), ==, count);
    g_assert_cmpint(found.count, ==, count);
    if (count)
        g_assert_cmpint(((const Release *)found.items)->id, ==, youngest);
}

static void each_way_to_a_list_finds_the_same(StoreTest *t, const void *unused)
{
    Newsroom n = newsroom(t);
    i64 first = draft_of(&n, "Uno", NULL), second = published_of(&n, "Dos", NULL), third = published_of(&n, "Tres", NULL);
    done(&n, &n.editor, STEP(step_correct, .id = third, .text = "Nota"));
    Span today = clock_day_of(t->city.zone, t->ctx.now), yesterday = {today.from - CLOCK_DAY, today.from};
    lists(t, (ReleaseFilter){.state = "draft", .author = n.writer_id}, 1, first);
    lists(t, (ReleaseFilter){.state = "draft", .author = n.editor_id}, 0, 0);
    lists(t, (ReleaseFilter){.state = "open", .author = n.writer_id}, 1, first);
    lists(t, (ReleaseFilter){.state = "published", .author = n.writer_id}, 1, second);
    lists(t, (ReleaseFilter){.author = n.writer_id}, 3, third);
    lists(t, (ReleaseFilter){.event = 12345}, 0, 0);
    lists(t, (ReleaseFilter){.event = 12345, .state = "open"}, 0, 0);
    lists(t, (ReleaseFilter){.figure = "releases_corrected", .span = today}, 1, third);
    lists(t, (ReleaseFilter){.figure = "releases_corrected", .span = yesterday}, 0, 0);
    lists(t, (ReleaseFilter){.span = today, .author = n.writer_id}, 2, third);
    lists(t, (ReleaseFilter){.span = {today.from, 0}, .author = n.writer_id}, 2, third);
    lists(t, (ReleaseFilter){.area = 12345}, 0, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    STORE_TEST("press_draft", autosaves_take_each_others_place_for_a_while);
    STORE_TEST("press_draft", an_earlier_version_becomes_the_present_one);
    STORE_TEST("press_draft", what_was_discarded_is_gone_for_good);
    STORE_TEST("press_draft", addresses_are_nobody_elses);
    STORE_TEST("press_draft", an_address_follows_the_title_until_somebody_chose_it);
    STORE_TEST("press_draft", a_public_address_leads_on_for_ever);
    STORE_TEST("press_draft", bad_words_are_refused_with_their_field);
    STORE_TEST("press_draft", what_is_typed_is_tidied);
    STORE_TEST("press_draft", a_cover_without_alternative_text_says_why_it_stays);
    STORE_TEST("press_draft", a_picture_that_cannot_be_read_is_no_cover);
    STORE_TEST("press_draft", files_are_part_of_what_is_approved);
    STORE_TEST("press_draft", a_template_is_a_beginning);
    STORE_TEST("press_draft", the_list_shows_what_was_asked_for);
    STORE_TEST("press_draft", each_way_to_a_list_finds_the_same);
    return g_test_run();
}
