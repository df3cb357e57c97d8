/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_correct_test.c: a public release's files are corrected: their words, the cover, one less, one more; earlier editions keep theirs. */
#include "desks/press/pictures/press_test_darkroom.h"
#include "desks/press/public/press_public.h"

static const Route *const routes[] = {press_way_routes,  press_file_routes,  press_photo_routes, press_share_routes,
                                      press_routes,      press_public_routes, NULL};

#define PAGE "/comunicados/arranca-el-bacheo"

/* ---- a release with two files, published ---- */

static i64 made_with(Darkroom *d, const char *name, Bytes file, const char *const *words)
{
    i64 id = draft_of(&d->n, "Arranca el bacheo", NULL);
    page_test_status(bring(d, id, name, file, words), 303);
    const char *const plan[] = {"caption", "Plano de calles", NULL};
    page_test_status(bring(d, id, "plano.pdf", (Bytes){"%PDF-1.4 uno", 12}, plan), 303);
    g_assert_cmpint(work_through(d), ==, 0);
    send_and_publish(d, id);
    g_assert_cmpint(work_through(d), ==, 0);
    return id;
}

static i64 made(Darkroom *d)
{
    return made_with(d, "IMG_1.jpg", photograph(d, 1), as_cover);
}

/* Where no picture matters: copies take their time. */
static i64 made_of_papers(Darkroom *d)
{
    return made_with(d, "bases.pdf", (Bytes){"%PDF-1.4 bases", 14}, NULL);
}

static const ReleaseFile *nth(Darkroom *d, i64 release, size_t n)
{
    const Release *r = look(&d->n, release);
    g_assert_cmpint((i64)r->files.count, >, (i64)n);
    return (const ReleaseFile *)r->files.items + n;
}

static const ReleaseFile *waiting(Darkroom *d, i64 release)
{
    const Release *r = look(&d->n, release);
    g_assert_cmpint((i64)r->waiting.count, ==, 1);
    return r->waiting.items;
}

static ReleaseDraft files_said(const FileCorrection *files, size_t n, i64 cover)
{
    return (ReleaseDraft){.files = {files, n}, .cover = cover};
}

static const PublicRelease *edition(Darkroom *d, i64 number)
{
    PublicRelease *r = (PublicRelease *)press_public_by_slug(&d->n.t->ctx, "arranca-el-bacheo", number);
    g_assert_true(r && press_public_parts(&d->n.t->ctx, r));
    return r;
}

static const PageAnswer *get(Darkroom *d, int status, const char *target)
{
    page_test_as(&d->page, NULL);
    const PageAnswer *a = page_test_status(page_test_get(&d->page, target), status);
    page_test_as(&d->page, &d->n.editor);
    return a;
}

static i64 lines_of(Darkroom *d, const char *verb)
{
    return count_of(&d->n, arena_printf(d->a, "SELECT count(*) FROM journal_line WHERE verb = '%s' AND 0 = $1", verb));
}

/* ---- words ---- */

static void other_words_are_a_new_edition_and_the_earlier_one_keeps_its_own(StoreTest *t, const void *unused)
{
    Darkroom *d = opened(t, routes);
    i64 id = made(d);
    const FileCorrection right[] = {{.file = nth(d, id, 0)->id, .alt = "Una máquina tapa un bache", .credit = ""},
                                    {.file = nth(d, id, 1)->id, .caption = "Plano de Pavón"}};
    done(&d->n, &d->n.editor, STEP(step_correct, .id = id, .draft = files_said(right, 2, 0), .text = "La descripción."));
    const Release *r = look(&d->n, id);
    g_assert_cmpint(r->state, ==, RELEASE_CORRECTED);
    g_assert_cmpstr(r->hash, ==, r->approved_hash);
    g_assert_cmpstr(edition(d, 1)->cover.alt, ==, "Una máquina rompe el asfalto");
    g_assert_cmpstr(edition(d, 1)->cover.credit, ==, "R. Paz");
    g_assert_cmpstr(edition(d, 2)->cover.alt, ==, "Una máquina tapa un bache");
    g_assert_cmpstr(edition(d, 2)->cover.caption, ==, "Av. Muñoz");
    g_assert_null(edition(d, 2)->cover.credit);
    const Seal *seal = seal_of(&t->ctx, "release", id, 2);
    g_assert_nonnull(strstr(seal->canonical, "\"alt\":\"Una máquina tapa un bache\""));
    g_assert_nonnull(strstr(seal->canonical, "\"caption\":\"Plano de Pavón\""));
    g_assert_true(seal_check(&t->ctx, seal));
    g_assert_cmpint(lines_of(d, "file_changed"), ==, 2);
    const PageAnswer *old = get(d, 200, PAGE "?edicion=1");
    assert_page_sound(old);
    assert_has(old, "Texto alternativo de la portada");
    assert_has(old, "<del>Una máquina rompe el asfalto</del>");
    assert_has(old, "<ins>Una máquina tapa un bache</ins>");
    assert_has(old, "Crédito de la portada");
    assert_has_not(old, "Pie de la portada");
    assert_has(old, "Nombre de “Plano de calles”");
    assert_has(old, "<ins>Plano de Pavón</ins>");
    assert_has(get(d, 200, PAGE ".json"), "Una máquina tapa un bache");
    assert_has(get(d, 200, PAGE ".json?edicion=1"), "Una máquina rompe el asfalto");
    assert_has_not(get(d, 200, PAGE), "Una máquina rompe el asfalto");
    closed(d);
}

static void a_cover_without_words_is_no_correction(StoreTest *t, const void *unused)
{
    Darkroom *d = opened(t, routes);
    i64 id = made(d);
    const FileCorrection silent[] = {{.file = nth(d, id, 0)->id, .alt = "", .called = "files.0"}};
    g_assert_cmpstr(refused(&d->n, &d->n.editor, STEP(step_correct, .id = id, .draft = files_said(silent, 1, 0), .text = "Mal."), FAULT_INVALID),
                    ==, "files.0.alt");
    const FileCorrection stranger[] = {{.file = 77, .called = "files.0"}};
    refused(&d->n, &d->n.editor, STEP(step_correct, .id = id, .draft = files_said(stranger, 1, 0), .text = "Mal."), FAULT_INVALID);
    i64 plan = nth(d, id, 1)->id;
    g_assert_cmpstr(refused(&d->n, &d->n.editor, STEP(step_correct, .id = id, .draft = files_said(NULL, 0, plan), .text = "Mal."), FAULT_INVALID), ==,
                    "cover");
    refused(&d->n, &d->n.writer, STEP(step_correct, .id = id, .draft = files_said(silent, 0, 0), .text = "Mal."), FAULT_FORBIDDEN);
    g_assert_cmpint(look(&d->n, id)->edition, ==, 1);
    closed(d);
}

/* ---- one more ---- */

static void what_is_brought_waits_and_nobody_outside_has_it(StoreTest *t, const void *unused)
{
    Darkroom *d = opened(t, routes);
    i64 id = made_of_papers(d);
    const Release *before = look(&d->n, id);
    page_test_status(bring(d, id, "secreto.pdf", (Bytes){"%PDF-1.4 dos", 12}, NULL), 303);
    const ReleaseFile *f = waiting(d, id);
    const Release *after = look(&d->n, id);
    g_assert_cmpint((i64)after->files.count, ==, 2);
    g_assert_cmpint(after->version, ==, before->version);
    g_assert_cmpstr(after->hash, ==, before->hash);
    static const char *const pages[] = {PAGE, PAGE ".json", PAGE ".atom", PAGE "?edicion=1", "/comunicados.json"};
    for (size_t i = 0; i < COUNT(pages); i++)
        assert_has_not(get(d, 200, pages[i]), "secreto.pdf");
    get(d, 404, at(d, PAGE "/archivos/", f->id, ""));
    assert_has(page_test_get_as(&d->page, &d->n.editor, at(d, "/mesa/comunicados/", id, ""), 200), "secreto.pdf");
    page_test_as(&d->page, &d->n.writer);
    page_test_status(bring(d, id, "otro.pdf", (Bytes){"%PDF-1.4 tres", 13}, NULL), 403); /* who may not correct brings nothing */
    refused(&d->n, &d->n.writer, STEP(step_file_remove, .id = f->id), FAULT_FORBIDDEN);
    refused(&d->n, &d->n.editor, STEP(step_file_remove, .id = nth(d, id, 1)->id), FAULT_CONFLICT); /* what is public goes by a correction */
    done(&d->n, &d->n.editor, STEP(step_correct, .id = id, .draft = {.title = "Arranca ya"}, .text = "El título."));
    waiting(d, id); /* a correction that does not name it leaves it */
    done(&d->n, &d->n.editor, STEP(step_file_remove, .id = f->id));
    g_assert_cmpint((i64)look(&d->n, id)->waiting.count, ==, 0);
    closed(d);
}

static void a_correction_takes_in_and_takes_away(StoreTest *t, const void *unused)
{
    Darkroom *d = opened(t, routes);
    i64 id = made_of_papers(d), plan = nth(d, id, 1)->id;
    page_test_status(bring(d, id, "plano-bueno.pdf", (Bytes){"%PDF-1.4 dos", 12}, NULL), 303);
    i64 good = waiting(d, id)->id;
    const FileCorrection files[] = {{.file = plan, .is_out = true}, {.file = good, .caption = "Plano bueno"}};
    done(&d->n, &d->n.editor, STEP(step_correct, .id = id, .draft = files_said(files, 2, 0), .text = "El plano era otro."));
    g_assert_cmpint(lines_of(d, "file_removed") + lines_of(d, "file_added"), ==, 4); /* two of them while it was a draft */
    g_assert_cmpint(nth(d, id, 1)->id, ==, good);
    const PageAnswer *now = get(d, 200, PAGE), *old = get(d, 200, PAGE "?edicion=1");
    assert_has(now, "Plano bueno");
    assert_has_not(now, "Plano de calles");
    assert_has(old, "Plano de calles</a>");
    assert_has(old, "Se retiró el archivo “Plano de calles”");
    assert_has(old, "Se añadió el archivo “Plano bueno”");
    g_assert_cmpstr(get(d, 200, at(d, PAGE "/archivos/", plan, ""))->body, ==, "%PDF-1.4 uno");
    g_assert_cmpstr(get(d, 200, at(d, PAGE "/archivos/", good, ""))->body, ==, "%PDF-1.4 dos");
    g_assert_cmpint(seal_by_hash(&t->ctx, nth(d, id, 1)->sha256)->version, ==, 2);
    refused(&d->n, &d->n.editor, STEP(step_file_words, .id = plan), FAULT_CONFLICT);
    done(&d->n, &d->n.editor, STEP(step_withdraw, .id = id, .text = "No hubo obra."));
    get(d, 410, at(d, PAGE "/archivos/", plan, ""));
    closed(d);
}

/* ---- another cover ---- */

static void another_cover_goes_out_whole(StoreTest *t, const void *unused)
{
    Darkroom *d = opened(t, routes);
    i64 id = made(d), first = nth(d, id, 0)->id;
    const char *const words[] = {"alt", "Una cuadrilla con casco", NULL};
    page_test_status(bring(d, id, "IMG_2.jpg", photograph(d, 2), words), 303);
    i64 second = waiting(d, id)->id;
    const FileCorrection files[] = {{.file = first, .is_out = true}, {.file = second}};
    Step step = STEP(step_correct, .id = id, .draft = files_said(files, 2, second), .text = "La foto era de otra obra.");
    g_assert_nonnull(strstr(refused(&d->n, &d->n.editor, step, FAULT_CONFLICT), "todavía se está preparando"));
    get(d, 404, at(d, "/medios/", second, "/640.jpg"));
    g_assert_cmpint(work_through(d), ==, 0);
    get(d, 404, at(d, "/medios/", second, "/640.jpg")); /* it is whole, and not public */
    done(&d->n, &d->n.editor, step);
    const PageAnswer *now = get(d, 200, PAGE), *old = get(d, 200, PAGE "?edicion=1");
    assert_has(now, at(d, "/medios/", second, "/"));
    assert_has_not(now, at(d, "/medios/", first, "/"));
    assert_has(old, at(d, "/medios/", first, "/"));
    assert_has(old, "La portada es otra imagen");
    assert_has(old, "<ins>Una cuadrilla con casco</ins>");
    get(d, 200, at(d, "/medios/", first, "/640.jpg"));
    get(d, 200, at(d, "/medios/", second, "/1280.webp"));
    assert_has(get(d, 200, "/comunicados"), at(d, "/medios/", second, "/640.jpg"));
    g_assert_cmpint(work_through(d), ==, 0);
    get(d, 200, PAGE "/kit.zip");
    done(&d->n, &d->n.editor, STEP(step_correct, .id = id, .draft = {.cover = NONE}, .text = "Sin portada."));
    g_assert_null(edition(d, 3)->cover.url);
    g_assert_cmpint((i64)edition(d, 3)->files.count, ==, 2); /* it is an attachment now */
    closed(d);
}

/* ---- the form ---- */

static const char *form_of(Darkroom *d, i64 id)
{
    return at(d, "/mesa/comunicados/", id, "/corregir");
}

static void a_file_comes_into_the_form_and_nothing_typed_is_lost(StoreTest *t, const void *unused)
{
    Darkroom *d = opened(t, routes);
    i64 id = made(d);
    const PageAnswer *a = page_test_status(page_test_get(&d->page, form_of(d, id)), 200);
    assert_page_sound(a);
    assert_has(a, "name=\"files.1.caption\"");
    const char *const typed[] = {"title", "Arranca el bacheo en Pavón", "note", "El plano era otro.", "body", "Cuerpo.", "files.0.id",
                                 id_text(d->a, nth(d, id, 0)->id), "files.0.alt", "Lo que escribí", "file_caption", "Plano bueno", NULL};
    a = page_test_status(bring_to(d, form_of(d, id), "bueno.pdf", (Bytes){"%PDF-1.4 dos", 12}, typed), 200);
    assert_page_sound(a);
    assert_has(a, "Arranca el bacheo en Pavón</textarea>");
    assert_has(a, "Lo que escribí</textarea>");
    assert_has(a, "El plano era otro.</textarea>");
    assert_has(a, "name=\"files.2.id\"");
    g_assert_cmpint(look(&d->n, id)->edition, ==, 1);
    g_assert_cmpstr(waiting(d, id)->caption, ==, "Plano bueno");
    const char *form = arena_printf(d->a, "note=El+plano&files.0.id=%s&files.0.alt=Otra&files.1.id=%s&files.1.out=1&files.2.id=%s&cover=%s",
                                    id_text(d->a, nth(d, id, 0)->id), id_text(d->a, nth(d, id, 1)->id), id_text(d->a, waiting(d, id)->id),
                                    id_text(d->a, nth(d, id, 0)->id));
    page_test_status(page_test_post(&d->page, form_of(d, id), form), 303);
    g_assert_cmpstr(nth(d, id, 1)->filename, ==, "bueno.pdf");
    g_assert_cmpstr(nth(d, id, 0)->alt, ==, "Otra");
    closed(d);
}

static void a_file_that_is_not_taken_leaves_the_form_as_it_was(StoreTest *t, const void *unused)
{
    Darkroom *d = opened(t, routes);
    i64 id = made_of_papers(d);
    const char *const typed[] = {"title", "Otro título", "note", "Otra nota.", "file_caption", "Un programa", NULL};
    const PageAnswer *a = page_test_status(bring_to(d, form_of(d, id), "a.exe", (Bytes){"MZ\x90\x00\x03\x00\x00\x00", 8}, typed), 422);
    assert_page_sound(a);
    assert_has(a, "Otro título</textarea>");
    assert_has(a, "Otra nota.</textarea>");
    assert_has(a, "id=\"file-error\"");
    assert_has(a, "value=\"Un programa\"");
    g_assert_cmpint((i64)look(&d->n, id)->waiting.count, ==, 0);
    page_test_as(&d->page, &d->n.writer);
    page_test_status(bring_to(d, form_of(d, id), "bueno.pdf", (Bytes){"%PDF-1.4 dos", 12}, typed), 403);
    g_assert_cmpint((i64)look(&d->n, id)->waiting.count, ==, 0);
    closed(d);
}

static void what_was_wrong_stands_at_its_field(StoreTest *t, const void *unused)
{
    Darkroom *d = opened(t, routes);
    i64 id = made(d);
    const char *form = arena_printf(d->a, "note=Nada&files.0.id=%s&files.0.alt=&files.0.caption=Sigue+aquí", id_text(d->a, nth(d, id, 0)->id));
    const PageAnswer *a = page_test_status(page_test_post(&d->page, form_of(d, id), form), 422);
    assert_page_sound(a);
    assert_has(a, "id=\"files.0.alt-error\"");
    assert_has(a, "Sigue aquí");
    const char *program = arena_printf(d->a, "{\"note\":\"Otra\",\"files\":[{\"id\":\"%s\",\"alt\":\"De un programa\",\"is_cover\":true}]}",
                                       id_text(d->a, nth(d, id, 0)->id));
    page_test_status(page_test_send_json(&d->page, form_of(d, id), program), 200);
    g_assert_cmpstr(edition(d, 2)->cover.alt, ==, "De un programa");
    closed(d);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    STORE_TEST("press_correct", other_words_are_a_new_edition_and_the_earlier_one_keeps_its_own);
    STORE_TEST("press_correct", a_cover_without_words_is_no_correction);
    STORE_TEST("press_correct", what_is_brought_waits_and_nobody_outside_has_it);
    STORE_TEST("press_correct", a_correction_takes_in_and_takes_away);
    STORE_TEST("press_correct", another_cover_goes_out_whole);
    STORE_TEST("press_correct", a_file_comes_into_the_form_and_nothing_typed_is_lost);
    STORE_TEST("press_correct", a_file_that_is_not_taken_leaves_the_form_as_it_was);
    STORE_TEST("press_correct", what_was_wrong_stands_at_its_field);
    return g_test_run();
}
