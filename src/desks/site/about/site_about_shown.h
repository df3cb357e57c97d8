/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* site_about_shown.h: what the pages about the city give their views. */
#pragma once
#include "base/diff.h"
#include "desks/site/about/site_about.h"

typedef struct PrivacyShown {
    const PrivacyNotice *notice;
    SafeHtml html;
    List versions;            /* of PrivacyNotice, the youngest first */
    List changes;             /* of DiffChange, from the version before */
    bool much;                /* too much changed to show it word by word */
    bool is_youngest, only_spanish;
} PrivacyShown;

typedef struct NoticeShown {  /* at the desk */
    const PrivacyNotice *notice; /* what stands in the form */
    List versions;
    SafeHtml preview;         /* .s NULL: not asked for yet */
    List changes;
    bool much;
    i64 seen;                 /* the youngest version */
    const Form *form;
} NoticeShown;

const char *site_privacy_words(const Ctx *ctx, const PrivacyNotice *n); /* in the reader's language, else in Spanish */
List site_privacy_changes(Ctx *ctx, const PrivacyNotice *older, const PrivacyNotice *newer, bool *much_out);

/* Of site_about_views.html. */
void site_view_word_changes(Html *h, List changes, bool much);
void site_view_privacy_versions(Html *h, List versions, i64 shown);
