/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_consent.h: consents of minors, shared by the files of this folder only.
 *
 * A consent *stands* while it is neither revoked nor over, and the child was asked and agrees: the law wants both, the
 * signature of who answers for the child and the child's own opinion (Ley General de los Derechos de Niñas, Niños y
 * Adolescentes, art. 76 to 78). A picture that shows minors with consent is public only while every consent linked to it
 * stands. */
#pragma once
#include "desks/photos/photos_room.h"
#include "store/db.h"
#include "store/journal.h"

enum { CONSENT_NAME_MAX = 120, CONSENT_CONTACT_MAX = 200, CONSENT_REASON_MAX = 1000 }; /* characters */
#define CONSENT_SCAN_MAX ((i64)10 * 1024 * 1024)
#define CONSENT_WARNING (30 * CLOCK_DAY) /* so long before its end somebody is told */

/* ---- photos_consent_store.c ---- */
Consent *photos_consent_row(Ctx *ctx, i64 id);          /* whoever asks; FAULT_NOT_FOUND */
List photos_consent_leaning(Ctx *ctx, i64 id);          /* of const i64: pictures that go when it ends */
i64 photos_consent_public_count(Ctx *ctx, i64 id);      /* how many of them citizens see now */
/* Why it does not count, as a sentence; NULL: it stands. */
const char *photos_consent_trouble(Ctx *ctx, const Consent *c);

/* ---- photos_consent_end.c ---- */
/* Every picture that stood on it goes, everywhere and at once. How many of them citizens saw. */
CHECKED bool photos_consent_take_in(Ctx *ctx, const Consent *c, const char *why, i64 *unpublished_out);

/* ---- photos_consent_scan.c: the signed paper ---- */
/* Says nothing of the child. NULL: neither PDF nor JPEG nor PNG. */
const char *photos_scan_name(Arena *a, i64 consent, const char *type);
