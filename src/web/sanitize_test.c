/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* sanitize_test.c: what foreign HTML becomes, word for word. */
#include "web/sanitize.h"

#include <glib.h>

static Ctx new_ctx(void)
{
    return (Ctx){.arena = arena_new(0), .actor = &actor_nobody};
}

static const char *here(Ctx *ctx, const char *src, UNUSED void *data)
{
    return g_str_has_suffix(src, ".jpg") ? arena_printf(ctx->arena, "/medios/%s", strrchr(src, '/') + 1) : NULL;
}

/* As it comes out, and once more through: nothing changes the second time. */
static void assert_clean(const char *html, const char *wanted)
{
    Ctx ctx = new_ctx();
    const SanitizeRules rules = {.images = true, .image_url = here, .anchors = true};
    Sanitized clean = {0}, again = {0};
    g_assert_true(sanitize(&ctx, html, strlen(html), &rules, &clean));
    g_assert_cmpstr(clean.html.s, ==, wanted);
    g_assert_true(sanitize(&ctx, wanted, strlen(wanted), &(SanitizeRules){.anchors = true}, &again));
    if (!strstr(wanted, "<img"))
        g_assert_cmpstr(again.html.s, ==, wanted);
    arena_free(ctx.arena);
}

static void text_gets_paragraphs(void)
{
    assert_clean("Hola <b>mundo</b>", "<p>Hola <b>mundo</b></p>");
    assert_clean("<div>uno</div><div>dos</div>", "<p>uno</p>\n<p>dos</p>");
    assert_clean("<b>uno<p>dos</p>tres</b>", "<p><b>uno</b></p>\n<p><b>dos</b></p>\n<p><b>tres</b></p>");
    assert_clean("<p></p> <p> </p><b></b>", "");
    assert_clean("<p> a  \n b </p>", "<p>a b</p>");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/sanitize/text_gets_paragraphs", text_gets_paragraphs);
    return g_test_run();
}
