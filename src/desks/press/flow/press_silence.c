/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_silence.c: while the law commands silence only topics that may speak go out, or what somebody answers for by name. */
#include "desks/press/flow/press_flow.h"
#include "press_flow_queries.h"

enum { CANONICAL_MAX = 64 * 1024 };

/* Every topic of it must be allowed: one that is not would go out with the others. */
static bool may_speak(Ctx *ctx, const Release *r)
{
    List words = r->topics ? text_split(ctx->arena, r->topics, '\n') : (List){0};
    for (size_t i = 0; i < words.count; i++) {
        const PressTopic *topic = press_topic_of(ctx, ((const char *const *)words.items)[i]);
        if (!topic || !topic->in_silence)
            return false;
    }
    return words.count > 0;
}

static bool is_answered_for(Ctx *ctx, const Release *r, const Silence *s)
{
    return db_number(ctx, &q_press_override_there, I(r->id), I(s->id), T(r->hash)) == 1;
}

static const Silence *unanswered(Ctx *ctx, const Release *r, List silences)
{
    if (!silences.count || may_speak(ctx, r))
        return NULL;
    for (const Silence *s = silences.items, *end = s + silences.count; s < end; s++)
        if (!is_answered_for(ctx, r, s))
            return s;
    return NULL;
}

const Silence *press_silence_against(Ctx *ctx, const Release *r, i64 at)
{
    return unanswered(ctx, r, db_list(ctx, &q_press_silence_at, &press_silence_shape, I(at)));
}

const char *press_silence_said(Ctx *ctx, const Silence *s)
{
    const Zone *zone = ctx->city->zone;
    const char *from = clock_say(ctx->arena, zone, ctx->actor->tongue, CLOCK_SAY_MOMENT, s->from_at);
    const char *to = clock_say(ctx->arena, zone, ctx->actor->tongue, CLOCK_SAY_MOMENT, s->to_at);
    return arena_printf(ctx->arena,
                        say(ctx, "%s commands silence from %s to %s (%s): only topics that may speak go out, or what somebody of "
                                 "signing rank answers for."),
                        s->name, from, to, s->basis);
}

bool press_may_speak(Ctx *ctx, const Release *r, i64 at)
{
    const Silence *s = press_silence_against(ctx, r, at);
    if (s)
        return fault(ctx, FAULT_CONFLICT, "%s", press_silence_said(ctx, s));
    return !faulted(ctx);
}

/* ---- somebody answers for it ---- */

static void write_silence(Ctx *ctx, JsonOut *j, const Silence *s)
{
    json_open(j, "silence", '{');
    json_text(j, "id", id_text(ctx->arena, s->id));
    json_text(j, "name", s->name);
    json_text(j, "basis", s->basis);
    json_text(j, "from", clock_rfc3339(ctx->arena, ctx->city->zone, s->from_at));
    json_text(j, "to", clock_rfc3339(ctx->arena, ctx->city->zone, s->to_at));
    json_close(j, '}');
}

static const char *statement(Ctx *ctx, const Release *r, const Silence *s, const char *reason, const char *post)
{
    Buf *buf = buf_new(ctx->arena, 2048, CANONICAL_MAX);
    JsonOut j = json_out(buf);
    json_open(&j, NULL, '{');
    json_text(&j, "type", "silence-override");
    json_text(&j, "office", ctx->city->office);
    json_text(&j, "city", ctx->city->name);
    json_text(&j, "release", id_text(ctx->arena, r->id));
    json_text(&j, "title", r->title);
    json_text(&j, "hash", r->hash);
    json_text(&j, "reason", reason);
    json_text(&j, "person", ctx->actor->name);
    json_text(&j, "signed_as", post);
    json_text(&j, "at", clock_rfc3339(ctx->arena, ctx->city->zone, ctx->now));
    write_silence(ctx, &j, s);
    json_close(&j, '}');
    return press_canonical(ctx, buf);
}

/* That forbids it at its minute; without one now, or else the next that would. */
static const Silence *to_answer_for(Ctx *ctx, const Release *r)
{
    i64 at = r->publish_at ? r->publish_at : ctx->now;
    const Silence *s = press_silence_against(ctx, r, at);
    if (!s)
        s = unanswered(ctx, r, db_list(ctx, &q_press_silence_next, &press_silence_shape, I(ctx->now)));
    if (!s)
        fault(ctx, FAULT_CONFLICT, "No silence forbids this release: nobody needs to answer for it.");
    return s;
}

bool press_override(Ctx *ctx, i64 release, i64 version, const char *reason, const SealKey *key)
{
    const char *post, *text, *signature;
    if (!people_may(ctx, RIGHT_PRESS_SET_UP) || !press_may_sign(ctx, &post) || !press_check_reason(ctx, "reason", reason))
        return false;
    if (!key)
        return fault(ctx, FAULT_BROKEN, "the city has no key to sign with");
    Release *r = press_in(ctx, release, version, BEFORE_PUBLICATION | PUBLIC_NOW);
    const Silence *s = r ? to_answer_for(ctx, r) : NULL;
    if (!s || !(text = statement(ctx, r, s, reason, post)) || !(signature = seal_sign_text(ctx, key, text)))
        return false;
    return db_write(ctx, &q_press_override_add, I(id_new(ctx->now)), I(r->id), I(s->id), T(r->hash), T(reason), I_OR_NULL(ctx->actor->id),
                    T(post), I(ctx->now), T(text), T(signature), T(key->id)) &&
           journal_detail(ctx, "press_release", r->id, "answered_for", s->name);
}
