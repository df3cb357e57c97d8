/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_kit_texts.c: the texts of a press kit, in the language of whoever it is made for (the office's own: Spanish). */
#include "desks/press/pictures/press_kit_texts.h"
#include "desks/press/public/press_public.h"

enum { TEXT_MAX = 3 * 1024 * 1024 };

static const char *finished(Ctx *ctx, Buf *out)
{
    if (buf_over(out))
        return fault(ctx, FAULT_TOO_LARGE, "The texts of the press kit are too long together.");
    return buf_data(out);
}

/* ---- the release ---- */

const char *press_kit_plain(Ctx *ctx, const PublicRelease *r)
{
    Buf *out = buf_new(ctx->arena, 8192, TEXT_MAX);
    buf_text(out, press_plain(ctx, r, press_text_in(ctx, r, NULL)));
    for (const ReleaseText *t = r->texts.items, *end = t + r->texts.count; t < end; t++) {
        const char *tongue = say_word(ctx, press_tongue_words, word_find(press_tongue_words, t->tongue));
        buf_printf(out, "\n\n==== %s ====\n\n%s", tongue, press_plain(ctx, r, t));
    }
    return finished(ctx, out);
}

static bool html_of(Ctx *ctx, const ReleaseText *text, KitText *out)
{
    Sanitized body;
    if (!press_body(ctx, text->body, &body))
        return false;
    *out = (KitText){text, press_html_lang(text->tongue), body.html};
    return true;
}

const char *press_kit_html(Ctx *ctx, const PublicRelease *r)
{
    const ReleaseText *others = r->texts.items;
    KitText *texts = arena_array(ctx->arena, KitText, r->texts.count + 1);
    bool good = html_of(ctx, press_text_in(ctx, r, NULL), &texts[0]);
    for (size_t i = 0; good && i < r->texts.count; i++)
        good = html_of(ctx, &others[i], &texts[i + 1]);
    return good ? press_kit_page(ctx, r->title, (List){texts, r->texts.count + 1}) : NULL;
}

const char *press_kit_json(Ctx *ctx, const PublicRelease *r)
{
    const Seal *seal = r->number > 0 ? seal_of(ctx, "release", r->id, r->number) : NULL;
    return seal ? seal->canonical : NULL;
}

/* ---- the pictures ---- */

static void add_words(Buf *out, const char *label, const char *words)
{
    if (words)
        buf_printf(out, "%s: %s\n", label, words);
}

const char *press_kit_captions(Ctx *ctx, List pictures)
{
    Buf *out = buf_new(ctx->arena, 4096, TEXT_MAX);
    for (const KitPicture *p = pictures.items, *end = p + pictures.count; p < end; p++) {
        buf_printf(out, "%s\n", p->name);
        add_words(out, say(ctx, "Caption"), p->file->caption);
        add_words(out, say(ctx, "Credit"), p->file->credit);
        add_words(out, say(ctx, "What is seen"), p->file->alt);
        buf_text(out, "\n");
    }
    return finished(ctx, out);
}

/* ---- what one may do with it ---- */

static void add_code(Ctx *ctx, Buf *out, const PublicRelease *r)
{
    if (!r->code)
        return;
    buf_printf(out, "\n%s %s\n", say(ctx, "Verification code:"), r->code);
    buf_printf(out, say(ctx, "Whether a copy says what this office said can be checked at %s/verificar."), ctx->city->base_url);
    buf_text(out, "\n");
    buf_text(out, say(ctx, "comunicado.json is the text that was signed, byte for byte; the public keys are at /.well-known/vocero-keys.json."));
    buf_text(out, "\n");
}

static void add_withdrawn(Ctx *ctx, Buf *out, i64 n)
{
    if (!n)
        return;
    buf_printf(out, "\n%s\n", say(ctx, "Withdrawn pictures"));
    buf_printf(out, say_n(ctx, "%" PRId64 " picture of this release was withdrawn after it was published and is not in this archive: whoever has it from before should not use it any more.",
                          "%" PRId64 " pictures of this release were withdrawn after they were published and are not in this archive: whoever has them from before should not use them any more.", n), n);
    buf_text(out, "\n");
}

const char *press_kit_readme(Ctx *ctx, const PublicRelease *r, i64 withdrawn)
{
    Buf *out = buf_new(ctx->arena, 4096, TEXT_MAX);
    buf_printf(out, "%s\n%s\n", ctx->city->office, r->title);
    if (r->folio)
        buf_printf(out, "%s\n", r->folio);
    if (r->url)
        buf_printf(out, "%s\n", r->url);
    if (r->number > 1)
        buf_printf(out, "%s %d\n", say(ctx, "Corrected; edition"), (int)r->number);
    buf_printf(out, "\n%s\n%s\n", say(ctx, "Terms of use"),
               say(ctx, "Texts and pictures may be published free of charge by any medium, naming the source and the credit of each picture. "
                        "They are not altered so that they say something else, and not used for advertising or for parties."));
    add_withdrawn(ctx, out, withdrawn);
    add_code(ctx, out, r);
    return finished(ctx, out);
}
