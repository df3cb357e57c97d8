/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_text.h: the agenda of a day as text that is pasted into a messaging app. */
#pragma once
#include "desks/agenda/lists/agenda_calendar.h"

/* Signs in front of each line and *bold* titles as WhatsApp reads them, or neither. */
typedef enum { TEXT_LIVELY, TEXT_PLAIN } TextTone;
extern const Word agenda_tone_words[]; /* "emoji", "sencillo" */
enum { TEXT_MOST = 200 };

/* ?tono=; FAULT_INVALID when it is neither. */
CHECKED bool agenda_tone_read(Ctx *ctx, const Request *req, TextTone *tone_out);
/* What citizens may read; day is one day of the city. */
const char *agenda_text_public(Ctx *ctx, const Period *day, TextTone tone);
/* What who asks may see; internal and private ones say so. */
const char *agenda_text_desk(Ctx *ctx, const Period *day, TextTone tone);

typedef struct TextShown {
    Period day;
    TextTone tone;
    bool internal;
    const char *text;
    i64 length; /* characters as people count them */
} TextShown;
Url agenda_text_url(Arena *a, const TextShown *x, const char *day, TextTone tone, bool internal);
void agenda_page_text(Ctx *ctx, Page *page, const char *text); /* as text/plain */
