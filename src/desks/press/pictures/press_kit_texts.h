/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_kit_texts.h: what is written into a press kit besides pictures and attachments. */
#pragma once
#include "desks/press/press_room.h"
#include "web/html.h"

/* A picture of the kit: its name in the ZIP, and the words that belong to it. */
typedef struct KitPicture {
    const char *name;            /* fotos/01.jpg */
    const ReleaseFile *file;
} KitPicture;

typedef struct KitText {
    const ReleaseText *text;
    const char *lang;            /* as browsers know it */
    SafeHtml body;
} KitText;

const char *press_kit_plain(Ctx *ctx, const PublicRelease *release);     /* comunicado.txt, each language after the other */
const char *press_kit_html(Ctx *ctx, const PublicRelease *release);      /* comunicado.html: to be pasted with its headings and links */
/* of KitText */
const char *press_kit_page(Ctx *ctx, const char *title, List texts);
const char *press_kit_json(Ctx *ctx, const PublicRelease *release);      /* what was signed; NULL: nothing was */
const char *press_kit_captions(Ctx *ctx, List pictures);                 /* pies-de-foto.txt; of KitPicture */
/* LEEME.txt: terms of use, how many pictures were withdrawn since, how to check it. */
const char *press_kit_readme(Ctx *ctx, const PublicRelease *release, i64 withdrawn);
