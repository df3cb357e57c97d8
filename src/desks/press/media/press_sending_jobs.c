/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_sending_jobs.c: one message leaves at a time.
 *
 * The message is handed over in prepare and noted in apply: a program that dies between them sends it again, under the same
 * Message-ID.  Somebody who left, or a release that was withdrawn since, is looked at right before. */
#include "desks/press/media/press_media.h"
#include "desks/press/press_pages.h"
#include "mail/mail.h"
#include "store/db.h"
#include "press_media_queries.h"

/* Three days after it left, what did not come back has arrived. */
#define ARRIVED (3 * CLOCK_DAY)

typedef struct Outcome {
    const SendingTo *to;
    SendingState state;
    bool bad_address;
    const char *error;
} Outcome;

static i64 number_in(Ctx *ctx, const Job *job, const char *key)
{
    const Json *payload = json_read(ctx, job->payload, strlen(job->payload));
    return payload ? json_int_of(json_get(payload, key)) : NONE;
}

/* The last try of the queue: what is never said would wait for ever on the screen. */
static bool is_last(const Job *job)
{
    return job->attempts + 1 >= job->max_attempts;
}

/* ---- a release to one contact ---- */

static const char *leave_address(Ctx *ctx, const MediaContact *c)
{
    return arena_printf(ctx->arena, "%s/prensa/baja/%s", ctx->city->base_url, c->opt_out);
}

static Mail letter(Ctx *ctx, const Release *r, const MediaContact *c, const SendingTo *to)
{
    const char *leave = leave_address(ctx, c);
    return (Mail){
        .to = c->mail, .to_name = c->name,
        .subject = r->folio ? arena_printf(ctx->arena, "%s · %s", r->folio, r->title) : r->title,
        .text = arena_printf(ctx->arena, "%s-- \n%s\n%s\n%s\n", press_sending_text(ctx, r), ctx->city->office,
                             say(ctx, "You get this because you asked this office for its releases. No more of them:"), leave),
        .id = to->message, .leave = leave, .at = ctx->now,
        .tag = text_lower(ctx->arena, arena_printf(ctx->arena, "%s-%s", id_text(ctx->arena, to->sending), id_text(ctx->arena, to->contact))),
    };
}

static bool judge(Ctx *ctx, const Job *job, const MailReceipt *receipt, Outcome *out)
{
    out->error = receipt->outcome == MAIL_SENT ? NULL : receipt->answer;
    out->bad_address = receipt->bad_address;
    out->state = receipt->outcome == MAIL_SENT ? SENDING_SENT : SENDING_FAILED;
    if (receipt->outcome != MAIL_LATER || is_last(job))
        return true;
    return fault(ctx, FAULT_BUSY, "The mail server says: %s", receipt->answer ? receipt->answer : "?");
}

static bool hand_over(Ctx *ctx, const Job *job, const MediaContact *c, Outcome *out)
{
    const Sending *s = press_sending(ctx, out->to->sending);
    Release *r = s ? press_row(ctx, s->release) : NULL;
    MailReceipt receipt;
    if (!r)
        return false;
    if ((r->state != RELEASE_PUBLISHED && r->state != RELEASE_CORRECTED) || press_contact_reach(c) != REACH_YES) {
        out->state = SENDING_SKIPPED;
        return true;
    }
    Mail mail = letter(ctx, r, c, out->to);
    return !faulted(ctx) && mail_send(ctx, &mail, &receipt) && judge(ctx, job, &receipt, out);
}

static bool prepare_mail(Ctx *ctx, const Job *job, void **prepared_out)
{
    const SendingTo *to = press_sending_one(ctx, number_in(ctx, job, "sending"), number_in(ctx, job, "contact"));
    const MediaContact *c = to ? press_contact(ctx, to->contact) : NULL;
    if (!c)
        return false;
    Outcome *out = arena_new_of(ctx->arena, Outcome);
    *out = (Outcome){.to = to, .state = to->state};
    *prepared_out = out;
    return to->state != SENDING_WAITING || hand_over(ctx, job, c, out);
}

static bool apply_mail(Ctx *ctx, const Job *job, void *prepared)
{
    const Outcome *out = prepared;
    i64 changed;
    if (out->to->state != SENDING_WAITING || out->state == SENDING_WAITING)
        return true;
    return db_change(ctx, &q_press_contact_arrived_since, &changed, I(out->to->contact), I(ctx->now - ARRIVED)) &&
           press_sending_settle(ctx, out->to, out->state, out->error) &&
           (!out->bad_address || press_contact_note_bounce(ctx, out->to->contact, out->error));
}

/* ---- the answer to a request for accreditation ---- */

static const char *answer_text(Ctx *ctx, const Accreditation *q)
{
    const char *hello = arena_printf(ctx->arena, say(ctx, "Hello, %s:"), q->name);
    const char *said = q->state == ACCREDITATION_GRANTED
                           ? arena_printf(ctx->arena, say(ctx, "You are accredited for %s. From now on you get our releases at this address."),
                                          q->event_title ? q->event_title : ctx->city->office)
                           : arena_printf(ctx->arena, say(ctx, "We could not accredit you: %s"), q->reason ? q->reason : "");
    return arena_printf(ctx->arena, "%s\n\n%s\n\n%s\n%s/prensa\n", hello, said, ctx->city->office, ctx->city->base_url);
}

static bool prepare_answer(Ctx *ctx, const Job *job, void **prepared_out)
{
    const Accreditation *q = press_accreditation(ctx, number_in(ctx, job, "request"));
    MailReceipt receipt;
    if (!q)
        return false;
    const char *id = text_lower(ctx->arena, id_text(ctx->arena, q->id));
    Mail mail = {.to = q->mail, .to_name = q->name, .subject = say(ctx, "Your request for accreditation"), .text = answer_text(ctx, q),
                 .id = mail_id(ctx, arena_printf(ctx->arena, "acreditacion.%s", id)), .at = ctx->now};
    if (!mail_send(ctx, &mail, &receipt))
        return false;
    *prepared_out = NULL;
    return receipt.outcome != MAIL_LATER || fault(ctx, FAULT_BUSY, "The mail server says: %s", receipt.answer ? receipt.answer : "?");
}

static bool apply_answer(Ctx *ctx, const Job *job, void *prepared)
{
    return true;
}

const JobHandler press_media_jobs[] = {
    {.kind = "press_mail", .prepare = prepare_mail, .apply = apply_mail},
    {.kind = "press_answer", .prepare = prepare_answer, .apply = apply_answer},
    {0},
};
