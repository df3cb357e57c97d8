/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* report_flow.c: the rules of a report's way: who may take which step, and when. */
#include "desks/report/report_room.h"
#include "store/db.h"
#include "store/journal.h"
#include "store/seal.h"
#include "report_queries.h"

/* ---- what must hold ---- */
static bool wrong_state(Ctx *ctx, const Report *row, const char *wanted)
{
    return fault(ctx, FAULT_CONFLICT, "The report is in the state “%s”; for this it must be in “%s”.",
                 say_word(ctx, report_state_words, (int)row->state), wanted);
}

static bool in_state(Ctx *ctx, const Report *row, ReportState state)
{
    return row->state == state || wrong_state(ctx, row, say_word(ctx, report_state_words, (int)state));
}

static bool check_reason(Ctx *ctx, const char *reason)
{
    if (text_blank(reason))
        return fault_field(ctx, "reason", "Say why: it is kept with the record.");
    return check_text(ctx, "reason", reason, REPORT_REASON_MAX);
}

/* The youngest version of the month, and FAULT_NOT_FOUND when nothing of it is kept yet. */
static const Report *kept(Ctx *ctx, const char *month)
{
    Span span;
    if (!report_month_span(ctx, month, &span))
        return NULL;
    const Report *row = report_row(ctx, month, 0);
    return row ? row : fault(ctx, FAULT_CONFLICT, "The report is a draft that nobody has sent to review.");
}

static bool add_version(Ctx *ctx, const char *month, i64 version, const char *note, const Narrative *n, i64 *id_out)
{
    *id_out = id_new(ctx->now);
    return db_write(ctx, &q_report_add, I(*id_out), T(month), I(version), T(note), T(n->highlights), T(n->difficulties),
                    T(n->outlook), I(ctx->now));
}

/* ---- the draft's texts ---- */
static const char *filled(const char *text)
{
    return text_blank(text) ? NULL : text;
}

bool report_write(Ctx *ctx, const char *month, const Narrative *narrative, i64 revision)
{
    Span span;
    Narrative n = {filled(narrative->highlights), filled(narrative->difficulties), filled(narrative->outlook)};
    if (!people_may(ctx, RIGHT_REPORT_EDIT) || !report_month_span(ctx, month, &span) ||
        !check_text(ctx, "highlights", n.highlights, REPORT_TEXT_MAX) ||
        !check_text(ctx, "difficulties", n.difficulties, REPORT_TEXT_MAX) || !check_text(ctx, "outlook", n.outlook, REPORT_TEXT_MAX))
        return false;
    const Report *row = report_row(ctx, month, 0);
    i64 id = row ? row->id : 0;
    if (row && !in_state(ctx, row, REPORT_DRAFT))
        return false;
    if (revision != NONE && revision != (row ? row->revision : 0))
        return fault(ctx, FAULT_STALE, "Somebody else changed this meanwhile. Open it again and repeat your change.");
    bool done = row ? db_write(ctx, &q_report_set_texts, I(id), I(row->revision), T(n.highlights), T(n.difficulties),
                               T(n.outlook), I(ctx->now))
                    : add_version(ctx, month, 1, NULL, &n, &id);
    return done && journal_detail(ctx, "report", id, "written", month);
}

/* ---- to review, and back ---- */
bool report_send(Ctx *ctx, const char *month)
{
    if (!people_may(ctx, RIGHT_REPORT_EDIT))
        return false;
    const Report *seen = report_find(ctx, month, 0);
    if (!seen || !in_state(ctx, seen, REPORT_DRAFT))
        return false;
    if (!seen->over)
        return fault(ctx, FAULT_CONFLICT, "%s is not over: its figures still change. It can be sent to review from %s.",
                     report_month_label(ctx, month), report_day(ctx, seen->span.to));
    i64 id = seen->id;
    Report frozen = *seen;
    if (!report_freeze(ctx, &frozen) || (!id && !add_version(ctx, month, 1, NULL, &(Narrative){0}, &id)))
        return false;
    return db_write(ctx, &q_report_set_review, I(id), T(frozen.snapshot), T(frozen.sha256), I_OR_NULL(ctx->actor->id), I(ctx->now)) &&
           journal_detail(ctx, "report", id, "sent", arena_printf(ctx->arena, "%s v%" PRId64, month, seen->version));
}

bool report_return(Ctx *ctx, const char *month, const char *reason)
{
    const Report *row = people_may(ctx, RIGHT_REPORT_SIGN) && check_reason(ctx, reason) ? kept(ctx, month) : NULL;
    return row && in_state(ctx, row, REPORT_IN_REVIEW) &&
           db_write(ctx, &q_report_set_returned, I(row->id), T(reason), I(ctx->now)) &&
           journal_detail(ctx, "report", row->id, "returned", reason);
}

/* ---- signing ---- */
bool report_may_sign(Ctx *ctx, const char **post_out)
{
    const char *titles, *post = people_signing_post(ctx, &titles);
    if (!post && titles)
        return fault(ctx, FAULT_FORBIDDEN, "The report is signed by who holds this post or acts for it: %s.", titles);
    *post_out = post; /* NULL: nobody holds such a post, and the right is enough */
    return !faulted(ctx);
}

/* What the signer saw is what would be signed. */
static bool same_as_seen(Ctx *ctx, const Report *row, const char *sha256, i64 version)
{
    if (text_blank(sha256) && version == NONE)
        return fault_field(ctx, "sha256", "Say what you sign: the SHA-256 of the figures that you saw, or the version.");
    if ((!text_blank(sha256) && !text_same(sha256, row->sha256)) || (version != NONE && version != row->version))
        return fault(ctx, FAULT_STALE, "This is not what you saw: the report was changed meanwhile. Open it again.");
    return true;
}

static bool still_true(Ctx *ctx, const Report *frozen)
{
    const Report *now = report_compute(ctx, frozen->month);
    List changed = now ? report_differences(ctx, frozen, now) : (List){0};
    if (!now || !changed.count)
        return !faulted(ctx);
    const ReportDifference *first = changed.items;
    return fault(ctx, FAULT_CONFLICT, "The records changed since it was sent to review: “%s” was %s and is now %s. Return it, and send it again.",
                 first->label, first->was, first->is);
}

static bool four_eyes(Ctx *ctx, const Report *row)
{
    if (!ctx->city->four_eyes || !row->sent_by || row->sent_by != ctx->actor->id)
        return true;
    return fault(ctx, FAULT_FORBIDDEN, "You sent this report to review: another person signs it.");
}

static bool seal(Ctx *ctx, const Report *row, const SealKey *key, const Seal **seal_out)
{
    if (!key)
        return fault(ctx, FAULT_BROKEN, "the city has no key to sign with");
    Actor office;
    const Actor *asks = report_as_office(ctx, &office);
    const char *title = arena_printf(ctx->arena, say(ctx, "Monthly report, %s"), report_month_said(ctx, row->month));
    ctx->actor = asks;
    SealDraft draft = {
        .subject = "report", .subject_id = row->id, .version = row->version,
        .title = title,
        .address = report_public_version_url(ctx->arena, row, NULL).s,
        .canonical = {row->snapshot, strlen(row->snapshot)},
    };
    return seal_make(ctx, key, &draft, seal_out);
}

bool report_sign(Ctx *ctx, const char *month, const char *sha256, i64 version, const SealKey *key)
{
    const char *post = NULL;
    const Seal *made = NULL;
    if (!people_may(ctx, RIGHT_REPORT_SIGN))
        return false;
    Report *row = (Report *)kept(ctx, month);
    if (!row || !in_state(ctx, row, REPORT_IN_REVIEW) || !report_may_sign(ctx, &post) || !four_eyes(ctx, row) ||
        !same_as_seen(ctx, row, sha256, version) || !report_thaw(ctx, row) || !still_true(ctx, row) || !seal(ctx, row, key, &made))
        return false;
    return db_write(ctx, &q_report_set_signed, I(row->id), T(row->sha256), I_OR_NULL(ctx->actor->id), I(ctx->now), T(post),
                    T(made->code), T(made->signature)) &&
           journal_detail(ctx, "report", row->id, "signed", arena_printf(ctx->arena, "%s v%" PRId64 " %s", month, row->version, made->code));
}

/* ---- to the public ---- */
static bool note_files(Ctx *ctx, const Report *row, List files)
{
    const Seal *made = files.count ? seal_of(ctx, "report", row->id, row->version) : NULL;
    for (const ReportFile *f = files.items, *end = f + files.count; made && f < end; f++)
        if (!seal_note_file(ctx, made->id, f->sha256, f->name))
            return false;
    return !faulted(ctx);
}

bool report_publish(Ctx *ctx, const char *month, List files)
{
    Report *row = people_may(ctx, RIGHT_REPORT_PUBLISH) ? (Report *)kept(ctx, month) : NULL;
    return row && in_state(ctx, row, REPORT_SIGNED) && report_thaw(ctx, row) && note_files(ctx, row, files) &&
           db_write(ctx, &q_report_set_published, I(row->id), I_OR_NULL(ctx->actor->id), I(ctx->now)) && report_index(ctx, row) &&
           journal_detail(ctx, "report", row->id, "published", month);
}

bool report_recompute(Ctx *ctx, const char *month, const char *note)
{
    const Report *row = people_may(ctx, RIGHT_REPORT_EDIT) && check_reason(ctx, note) ? kept(ctx, month) : NULL;
    i64 id;
    if (!row)
        return false;
    if (row->state != REPORT_SIGNED && row->state != REPORT_PUBLISHED)
        return fault(ctx, FAULT_CONFLICT, "Only what was signed gets a new version: this one is not signed yet.");
    Narrative same = {row->highlights, row->difficulties, row->outlook};
    return add_version(ctx, month, row->version + 1, note, &same, &id) &&
           journal_detail(ctx, "report", id, "recomputed", arena_printf(ctx->arena, "%s v%" PRId64, month, row->version + 1));
}
