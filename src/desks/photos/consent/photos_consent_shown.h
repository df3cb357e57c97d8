/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_consent_shown.h: what the views of consents are given, and what they ask. */
#pragma once
#include "desks/photos/consent/photos_consent.h"
#include "desks/photos/desk/photos_desk.h"

enum { CONSENT_PHOTOS_SHOWN = 60 };

/* ---- photos_consent_look.c ---- */
Url photos_consent_act_url(Arena *a, i64 consent, const char *act); /* /mesa/fotos/consentimientos/…/revocar */
const char *photos_consent_look(Html *h, const Consent *c);         /* the chip's words: "It stands" */
const char *photos_consent_chip(const Consent *c);                  /* its class */
const char *photos_consent_verb(const Html *h, const char *verb);   /* of the journal */
const char *photos_consent_day(Html *h, const char *day);           /* "14 de julio de 2022" */
const char *photos_consent_last_day(Html *h, i64 expires_at);       /* 2023-07-14: the last one on which it holds; NULL: no end */

typedef struct ConsentsShown {
    const Request *req;
    List consents;         /* of Consent */
    bool ended;            /* those that ended too */
    Url next;
} ConsentsShown;

typedef struct ConsentNewShown {
    const Request *req;
    const Photo *photo;    /* that it will cover; NULL: none yet */
} ConsentNewShown;

typedef struct ConsentShown {
    const Request *req;
    const Consent *consent;
    const ConsentName *name; /* NULL: nobody asked for it */
    const Form *form;      /* of its data; NULL: another form was wrong */
    const char *active;    /* the last part of the address of the form that was wrong; NULL: none */
    const char *trouble;   /* why it does not hold; NULL: it does */
    List photos;           /* of Photo: the first ones that it covers */
    i64 public_photos;     /* how many go from the site when it ends */
    List found;            /* of Photo that it could cover */
    const char *words;     /* by which they were looked for */
    List journal;          /* of JournalLine */
} ConsentShown;

/* ---- photos_consent_list_views.html ---- */
void photos_view_consent_terms(Html *h, const Form *form, const Consent *c); /* the fields that a new one and a change share; c NULL: new */

/* ---- photos_consent_one_pages.c ---- */
void photos_page_consent(Ctx *ctx, const Request *req, Page *page); /* also drawn again when one of its forms was wrong */
void photos_give_consent(Ctx *ctx, const Request *req, Page *page, i64 id, const char *notice);

/* ---- photos_consent_fields.c: what was typed ---- */
#define CONSENT_FIELDS "name guardian contact use heard signed_on expires_at file"
/* before NULL: a new one. What was not sent stays. */
ConsentDraft photos_read_consent(Ctx *ctx, const Request *req, const Consent *before);

/* ---- the addresses, by file: list, one, act ---- */
extern PageHandler photos_page_consents, photos_page_consent_new, photos_act_consent_add, photos_act_consent_change;
extern PageHandler photos_act_consent_names, photos_act_consent_scan, photos_act_consent_cover, photos_act_consent_uncover, photos_act_consent_revoke;
