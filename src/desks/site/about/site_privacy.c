/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* site_privacy.c: the privacy notice: versions are added, never changed. */
#include "base/text.h"
#include "desks/site/about/site_about.h"
#include "store/db.h"
#include "store/journal.h"
#include "site_about_queries.h"

enum { VERSIONS_MOST = 200 };

static const Field fields[] = {
    FIELD_INT(PrivacyNotice, version), FIELD_TEXT(PrivacyNotice, note), FIELD_TIME(PrivacyNotice, from_at),
    FIELD_TEXT(PrivacyNotice, body),   FIELD_TEXT(PrivacyNotice, body_en),
    FIELD_HIDDEN(PrivacyNotice, at, FIELD_TIME), FIELD_HIDDEN(PrivacyNotice, person_name, FIELD_TEXT),
};
const Shape site_privacy_shape = SHAPE("privacy_notice", PrivacyNotice, fields);

static i64 last(Ctx *ctx)
{
    i64 version = db_number(ctx, &q_site_privacy_last);
    return version == NONE ? 0 : version;
}

List site_privacy_versions(Ctx *ctx)
{
    return db_list(ctx, &q_site_privacy_versions, &site_privacy_shape, I(VERSIONS_MOST));
}

const PrivacyNotice *site_privacy(Ctx *ctx, i64 version)
{
    const PrivacyNotice *n = db_maybe(ctx, &q_site_privacy_find, &site_privacy_shape, I(version ? version : last(ctx)));
    if (!n && !faulted(ctx))
        return fault(ctx, FAULT_NOT_FOUND, "There is no such version of the privacy notice.");
    return n;
}

/* ---- a new version ---- */
static bool check_body(Ctx *ctx, const char *field, const char *body, bool needed)
{
    if (needed && text_blank(body))
        return fault_field(ctx, field, "This is needed.");
    if (body && strlen(body) > NOTICE_BODY_MAX)
        return fault_field(ctx, field, "This text is too long: at most %d KB fit here.", NOTICE_BODY_MAX / 1024);
    if (body && text_has_control(body))
        return fault_field(ctx, field, "There are invisible control characters in this text.");
    return true;
}

bool site_privacy_check(Ctx *ctx, const PrivacyNotice *d)
{
    if (!check_body(ctx, "body", d->body, true) || !check_body(ctx, "body_en", d->body_en, false))
        return false;
    if (text_blank(d->note))
        return fault_field(ctx, "note", "Say in a sentence what changes: people read it in the list of versions.");
    if (!text_fits(d->note, NOTICE_NOTE_MAX))
        return fault_field(ctx, "note", "At most %d characters fit here.", NOTICE_NOTE_MAX);
    const PrivacyNotice *old = last(ctx) ? site_privacy(ctx, 0) : NULL;
    if (old && text_same(old->body, d->body) && text_same(old->body_en, d->body_en))
        return fault_field(ctx, "body", "This is word for word what is published already.");
    return !faulted(ctx);
}

bool site_privacy_add(Ctx *ctx, i64 seen, const PrivacyNotice *d, i64 *version_out)
{
    if (!people_may(ctx, RIGHT_SITE_EDIT))
        return false;
    i64 before = last(ctx);
    if (seen != NONE && seen != before)
        return fault(ctx, FAULT_STALE, "Somebody else published version %" PRId64 " meanwhile. Compare it with yours first.", before);
    if (!site_privacy_check(ctx, d) ||
        !db_write(ctx, &q_site_privacy_add, I(before + 1), T(d->body), T(d->body_en), T(d->note), I(ctx->now),
                  I_OR_NULL(ctx->actor->id), I(ctx->now)) ||
        !journal_detail(ctx, "site_privacy", before + 1, "published", d->note))
        return false;
    *version_out = before + 1;
    return true;
}
