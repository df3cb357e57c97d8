/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_publish.c: to the public, corrected before everybody, and withdrawn with a notice. */
#include "desks/press/flow/press_flow.h"
#include "press_flow_queries.h"

static bool has_key(Ctx *ctx, const SealKey *key)
{
    return key || fault(ctx, FAULT_BROKEN, "the city has no key to sign with");
}

bool press_go_out(Ctx *ctx, Release *r, const SealKey *key)
{
    return has_key(ctx, key) && press_ready_to_publish(ctx, r, ctx->now) && press_put_out(ctx, r, NULL, key) && press_deliver(ctx, r) &&
           press_announce(ctx, r->id) && journal(ctx, "press_release", r->id, "published") &&
           press_tell_makers(ctx, r, "published", NULL);
}

bool press_publish(Ctx *ctx, i64 id, i64 version, const SealKey *key)
{
    const unsigned from = STATE_BIT(RELEASE_APPROVED) | STATE_BIT(RELEASE_SCHEDULED) | STATE_BIT(RELEASE_EMBARGOED);
    Release *r = people_may(ctx, RIGHT_PRESS_PUBLISH) ? press_in(ctx, id, version, BEFORE_PUBLICATION) : NULL;
    if (!r)
        return false;
    if (!(STATE_BIT(r->state) & from))
        return fault(ctx, FAULT_CONFLICT, "The release is in the state “%s”: it is published when it has been approved.",
                     say_word(ctx, press_state_words, (int)r->state));
    return press_go_out(ctx, r, key);
}

/* ---- corrections ---- */

static const char *chosen(const char *said, const char *otherwise)
{
    return said ? said : otherwise;
}

static ReleaseDraft corrected(const Release *r, const ReleaseDraft *d)
{
    return (ReleaseDraft){
        .title = chosen(d->title, r->title),
        .lead = chosen(d->lead, r->lead),
        .body = chosen(d->body, r->body),
        .topics = chosen(d->topics, r->topics),
        .dateline_place = chosen(d->dateline_place, r->dateline_place),
        .dateline_day = chosen(d->dateline_day, r->dateline_day),
        .event = d->event ? d->event : r->event,
        .area = d->area ? d->area : r->area,
        .contact_name = chosen(d->contact_name, r->contact_name),
        .contact_phone = chosen(d->contact_phone, r->contact_phone),
        .contact_mail = chosen(d->contact_mail, r->contact_mail),
        .tongue = chosen(d->tongue, r->tongue),
        .texts = d->texts.items ? d->texts : r->texts,
    };
}

/* What somebody answered for in silence may be put right in silence, as long as it stays among its topics. */
static bool may_speak_again(Ctx *ctx, const Release *before, const Release *after)
{
    Release same = *after;
    same.hash = before->hash;
    return press_may_speak(ctx, &same, ctx->now);
}

bool press_correct(Ctx *ctx, i64 id, i64 version, const ReleaseDraft *draft, const char *note, const SealKey *key)
{
    if (!press_may_correct(ctx) || !has_key(ctx, key) || !press_check_reason(ctx, "note", note))
        return false;
    Release *before = press_in(ctx, id, version, PUBLIC_NOW);
    Release *now = before && press_correct_files(ctx, before, draft) ? press_row(ctx, id) : NULL; /* its files already, its text not yet */
    if (!now)
        return false;
    ReleaseDraft whole = corrected(now, draft);
    if (!press_rewrite(ctx, now, &whole))
        return false;
    Release *after = press_row(ctx, id);
    return after && press_ready_to_send(ctx, after) && may_speak_again(ctx, before, after) && press_put_out(ctx, after, note, key) &&
           press_announce(ctx, id) && journal_detail(ctx, "press_release", id, "corrected", note) &&
           press_tell_makers(ctx, before, "corrected", note);
}

/* ---- withdrawal ---- */

bool press_withdraw(Ctx *ctx, i64 id, i64 version, const char *reason)
{
    if (!people_may(ctx, RIGHT_PRESS_PUBLISH) || !press_check_reason(ctx, "reason", reason))
        return false;
    Release *r = press_in(ctx, id, version, PUBLIC_NOW | BEFORE_PUBLICATION);
    if (!r)
        return false;
    if (!(STATE_BIT(r->state) & PUBLIC_NOW))
        return fault(ctx, FAULT_CONFLICT, "Only what is public is withdrawn; a draft is discarded.");
    return press_take_down(ctx, r, reason) && press_announce(ctx, id) &&
           journal_detail(ctx, "press_release", id, "withdrawn", reason) && press_tell_makers(ctx, r, "withdrawn", reason);
}
