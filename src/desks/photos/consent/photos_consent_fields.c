/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_consent_fields.c: what a form or a program says about a consent. */
#include "desks/photos/consent/photos_consent_shown.h"
#include "web/form.h"

/* A day counts whole: it holds until the next one begins. An instant, as programs say it, is taken as it is. */
static i64 read_end(Ctx *ctx, const Request *req)
{
    Span day;
    const char *typed = form_text(ctx, req, "expires_at", 40);
    if (typed && clock_day(ctx->city->zone, typed, &day))
        return day.to;
    return typed ? form_instant(ctx, req, "expires_at", ctx->city->zone) : 0;
}

static const Upload *file_of(const Request *req)
{
    for (const Upload *u = req->uploads.items, *end = u + req->uploads.count; u < end; u++)
        if (text_same(u->field, "file") && u->size)
            return u;
    return NULL;
}

static const char *name_field(Ctx *ctx, const Request *req, const char *field, bool needed, size_t max)
{
    return needed ? form_need(ctx, req, field, max) : form_text(ctx, req, field, max);
}

ConsentDraft photos_read_consent(Ctx *ctx, const Request *req, const Consent *before)
{
    const Upload *scan = file_of(req);
    ConsentDraft d = {
        .who = {name_field(ctx, req, "name", !before, CONSENT_NAME_MAX), name_field(ctx, req, "guardian", !before, CONSENT_NAME_MAX),
                form_text(ctx, req, "contact", CONSENT_CONTACT_MAX)},
        .use = before ? before->use : CONSENT_WEB, .heard = before && before->heard, .signed_on = before ? before->signed_on : NULL,
        .expires_at = before ? before->expires_at : 0,
    };
    if (form_has(req, "use"))
        d.use = (ConsentUse)form_word(ctx, req, "use", photos_use_words, CONSENT_WEB);
    if (form_has(req, "heard"))
        d.heard = form_bool(req, "heard");
    if (form_has(req, "signed_on"))
        d.signed_on = form_need(ctx, req, "signed_on", 10);
    if (form_has(req, "expires_at"))
        d.expires_at = read_end(ctx, req);
    if (scan) {
        d.sha256 = scan->sha256;
        d.filename = scan->filename;
        d.type = scan->type;
        d.size = scan->size;
    }
    return d;
}
