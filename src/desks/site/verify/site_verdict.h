/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* site_verdict.h: what the files of /verificar tell each other; private to this folder. */
#pragma once
#include "desks/report/report.h"
#include "desks/site/site_room.h"

/* ---- site_verdict.c: verdicts to be filled further; NULL after a fault ---- */
Verdict *verdict_about(Ctx *ctx, const Seal *seal, VerifyBy by, const char *asked); /* official, withdrawn or broken */
Verdict *verdict_nothing(Ctx *ctx, VerifyState state, VerifyBy by, const char *asked);
/* Of something that came altered: a broken record of ours stays broken. */
void verdict_changed(Verdict *v);

/* ---- site_verify_release.c: what a release's page knows besides; the faults of strange addresses are taken ---- */
const Seal *verify_release_at(Ctx *ctx, const char *slug, i64 edition); /* NULL without a fault */
const char *verify_release_reason(Ctx *ctx, const Seal *seal);          /* why it was withdrawn, or NULL */
const char *verify_release_contact(Ctx *ctx, const Seal *seal);         /* the line for media below it, or NULL */

/* ---- site_verify_link.c ---- */
bool verify_is_link(const char *typed);
Verdict *verify_link(Ctx *ctx, const char *link);

/* ---- site_verify_text.c ---- */
const Seal *verify_seal_named_in(Ctx *ctx, const char *text); /* by the first code in it that is one of ours; NULL: none */
Verdict *verify_text(Ctx *ctx, const char *text, VerifyBy by, const char *asked);

/* ---- site_verify_marks.c ---- */
List verify_marks(Ctx *ctx, const Seal *seal); /* of const char *, some NULL: what a release's page says around its text */
const char *verify_without_marks(Ctx *ctx, const char *text, List marks);

/* ---- site_verify_json.c ---- */
Verdict *verify_json(Ctx *ctx, const char *text, const char *asked);

/* ---- site_verify_read.c: valid UTF-8, or NULL ---- */
const char *verify_text_of(Ctx *ctx, const Upload *u);
const char *verify_text_of_pdf(Ctx *ctx, int fd);

/* ---- site_verify_report.c ---- */
enum { VERIFY_DIFFERENCES = 50 };
/* The paper of that version against the text in hand. */
void verify_report_text(Ctx *ctx, const Upload *u, const Seal *seal, const char *text, Verdict *v);
/* A report's JSON need not bring its code: month and version are enough. NULL: it is no report. */
const Seal *verify_report_of_json(Ctx *ctx, const char *text);
void verify_report_json(Ctx *ctx, const char *text, Verdict *v);

/* ---- site_verify_picture.c ---- */
bool verify_is_picture(const Upload *u);
Verdict *verify_picture(Ctx *ctx, struct Media *media, const Upload *u, const char *asked);
