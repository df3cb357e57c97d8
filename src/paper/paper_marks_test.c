/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* paper_marks_test.c: the parts of a document alone: a page's marks, QR codes, clean text. */
#include "paper/paper_check.h"
#include "paper/paper_galley.h"

#include <glib.h>

static Arena *arena;

static const char *rewritten(const char *content, int count)
{
    static const char *const roles[] = {"H1", "Link"};
    Buf *out = marks_rewrite(arena, (Bytes){content, strlen(content)}, roles, count);
    return out ? buf_data(out) : NULL;
}

static void what_has_no_mark_is_an_artifact(void)
{
    g_assert_cmpstr(rewritten("q 0 0 1 1 re f\n/P << /MCID 0 >> BDC\n(a)Tj\nEMC\nQ", 1), ==,
                    "/Artifact BMC\nq 0 0 1 1 re f\n\nEMC\n/H1 <</MCID 0>> BDC\n\n(a)Tj\nEMC\n\nQ");
    /* what only looks like a mark is text; a mark of Cairo's own stays where it is */
    g_assert_cmpstr(rewritten("/P <</MCID 0>> BDC (EMC \\) /P << /MCID 9 >> BDC)Tj EMC", 1), ==,
                    "/H1 <</MCID 0>> BDC\n (EMC \\) /P << /MCID 9 >> BDC)Tj EMC\n");
    g_assert_cmpstr(rewritten("/P <</MCID 0>> BDC /Span << /ActualText <feff> >> BDC EMC EMC", 1),
                    ==, "/H1 <</MCID 0>> BDC\n /Span << /ActualText <feff> >> BDC EMC EMC\n");
    g_assert_null(rewritten("/P <</MCID 0>> BDC EMC", 2));
    g_assert_null(rewritten("/P <</MCID 0>> BDC EMC", 0));
    g_assert_null(rewritten("/P <</MCID 0>> BDC", 1));
    g_assert_null(rewritten("EMC", 0));
}

static void a_qr_code_is_drawn_with_its_quiet_zone(void)
{
    int size, side;
    const unsigned char *modules;
    g_assert_true(paper_qr(arena, "https://vocero.example/v/VOC-7K3F-92", &size, &modules));
    g_assert_cmpint(size, ==, 29); /* version 3: 42 bytes at M */
    for (int i = 0; i < 7; i++)
        g_assert_cmpint(modules[i], ==, 1); /* the finder's upper edge */
    g_assert_cmpint(modules[7], ==, 0);
    const char *path = paper_qr_path(arena, "https://vocero.example/v/VOC-7K3F-92", &side);
    g_assert_cmpint(side, ==, size + 8);
    g_assert_true(g_str_has_prefix(path, "M4 4h7v1h-7z"));
    char *long_text = arena_bytes(arena, PAPER_QR_MAX + 2);
    memset(long_text, 'x', PAPER_QR_MAX + 1);
    g_assert_null(paper_qr_path(arena, long_text, &side));
    long_text[PAPER_QR_MAX] = 0;
    g_assert_nonnull(paper_qr_path(arena, long_text, &side));
    g_assert_null(paper_qr_path(arena, "", &side));
    g_assert_null(paper_qr_path(arena, NULL, &side));
}

static void controls_become_spaces(void)
{
    g_assert_cmpstr(check_clean(arena, "a\x01"
                                       "b\tc\nd"),
                    ==, "a b c\nd");
    g_assert_cmpstr(check_clean(arena, "a\xe2\x80\xae"
                                       "b\xef\xbf\xbe"),
                    ==, "ab");
    g_assert_cmpstr(check_clean(arena, "uno\xe2\x80\xa8"
                                       "dos"),
                    ==, "uno\ndos");
    g_assert_null(check_clean(arena, " \n"));
    g_assert_null(check_clean(arena, NULL));
}

#define TEST(fn) g_test_add_func("/paper/marks/" #fn, fn)

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    arena = arena_new(0);
    TEST(what_has_no_mark_is_an_artifact);
    TEST(a_qr_code_is_drawn_with_its_quiet_zone);
    TEST(controls_become_spaces);
    int failed = g_test_run();
    arena_free(arena);
    return failed;
}
