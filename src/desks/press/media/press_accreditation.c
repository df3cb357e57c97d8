/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_accreditation.c: media ask to be let in on a public page; the desk says yes, which makes a contact, or no, with a reason. */
#include "desks/press/media/press_media.h"
#include "mail/mail.h"
#include "store/db.h"
#include "store/journal.h"
#include "press_media_queries.h"

enum { WAITING_MOST = 500, EVENTS_MOST = 50 };
#define EVENTS_AHEAD (90 * CLOCK_DAY)

static const Field accreditation_fields[] = {
    FIELD_ID(Accreditation, id), FIELD_TEXT(Accreditation, name), FIELD_TEXT(Accreditation, outlet),
    FIELD_WORD(Accreditation, outlet_kind, press_outlet_words), FIELD_TEXT(Accreditation, mail), FIELD_TEXT(Accreditation, phone),
    FIELD_ID(Accreditation, event), FIELD_TEXT(Accreditation, event_title), FIELD_TEXT(Accreditation, text),
    FIELD_INT(Accreditation, notice), FIELD_WORD(Accreditation, state, press_accreditation_words), FIELD_TEXT(Accreditation, reason),
    FIELD_ID(Accreditation, contact), FIELD_TEXT(Accreditation, decider_name), FIELD_TIME(Accreditation, decided_at),
    FIELD_TIME(Accreditation, at), FIELD_INT(Accreditation, version),
};
const Shape press_accreditation_shape = SHAPE("accreditation", Accreditation, accreditation_fields);

/* ---- asking ---- */

i64 press_notice_version(Ctx *ctx)
{
    i64 version = db_number(ctx, &q_press_notice_version, I(ctx->now));
    return version == NONE ? 0 : version;
}

List press_accreditation_events(Ctx *ctx)
{
    return agenda_public_by_span(ctx, (Span){ctx->now, ctx->now + EVENTS_AHEAD}, 0, 0, EVENTS_MOST);
}

static bool event_is_offered(Ctx *ctx, i64 event)
{
    List events = event ? press_accreditation_events(ctx) : (List){0};
    for (const PublicEvent *e = events.items, *end = e + events.count; e < end; e++)
        if (e->id == event)
            return true;
    return !event || fault_field(ctx, "event", "Choose one of the events in the list, or none.");
}

static bool check(Ctx *ctx, const AccreditationDraft *d)
{
    if (text_blank(d->outlet))
        return fault_field(ctx, "outlet", "Write for which medium you work; freelances write \"freelance\".");
    if (text_blank(d->mail))
        return fault_field(ctx, "mail", "Write the address at which we can answer.");
    if (d->text && (text_points(d->text) > 2000 || text_has_control(d->text)))
        return fault_field(ctx, "text", "This is too long: at most %d characters.", 2000);
    ContactDraft contact = {.name = d->name, .outlet = d->outlet, .outlet_kind = d->outlet_kind, .mail = d->mail, .phone = d->phone};
    return press_contact_check(ctx, &contact) && event_is_offered(ctx, d->event);
}

static bool tell_desk(Ctx *ctx, i64 id, const AccreditationDraft *d)
{
    List people = people_with_right(ctx, RIGHT_PRESS_MEDIA);
    NoticeDraft notice = {.subject = "press_accreditation", .subject_id = id, .address = "/mesa/prensa/acreditaciones", .kind = "told",
                          .title = arena_printf(ctx->arena, say(ctx, "Accreditation asked for: %s"), d->outlet)};
    for (const Person *p = people.items, *end = p + people.count; p < end; p++)
        if (!people_notify(ctx, p->id, &notice))
            return false;
    return !faulted(ctx);
}

bool press_accreditation_ask(Ctx *ctx, const AccreditationDraft *d)
{
    if (!check(ctx, d))
        return false;
    const char *mail = text_lower(ctx->arena, d->mail);
    if (db_number(ctx, &q_press_accreditation_same, T(mail), I(d->event)) > 0)
        return true;
    if (db_number(ctx, &q_press_accreditation_waiting) >= WAITING_MOST)
        return fault(ctx, FAULT_TOO_MANY, "Too many requests wait at the moment: call the office, or try again tomorrow.");
    i64 id = id_new(ctx->now);
    return db_write(ctx, &q_press_accreditation_add, I(id), T(d->name), T(d->outlet), W(press_outlet_words, d->outlet_kind), T(mail),
                    T(text_blank(d->phone) ? NULL : d->phone), I_OR_NULL(d->event), T(text_blank(d->text) ? NULL : d->text), I(d->notice),
                    I(ctx->now)) &&
           journal(ctx, "press_accreditation", id, "came_in") && tell_desk(ctx, id, d);
}

/* ---- deciding ---- */

List press_accreditations(Ctx *ctx, bool pending, i64 before, i64 limit)
{
    if (!people_may(ctx, RIGHT_PRESS_MEDIA))
        return (List){0};
    return pending ? db_list(ctx, &q_press_accreditations_pending, &press_accreditation_shape, I(before), I(limit))
                   : db_list(ctx, &q_press_accreditations_decided, &press_accreditation_shape, I(before ? before : INT64_MAX), I(limit));
}

i64 press_accreditations_waiting(Ctx *ctx)
{
    return people_has(ctx, RIGHT_PRESS_MEDIA) ? db_number(ctx, &q_press_accreditation_waiting) : 0;
}

const Accreditation *press_accreditation(Ctx *ctx, i64 id)
{
    return people_may(ctx, RIGHT_PRESS_MEDIA) ? db_one(ctx, &q_press_accreditation_find, &press_accreditation_shape, I(id)) : NULL;
}

static const Accreditation *to_decide(Ctx *ctx, i64 id, i64 version)
{
    const Accreditation *q = press_accreditation(ctx, id);
    if (!q)
        return NULL;
    if (version != NONE && version != q->version)
        fault(ctx, FAULT_STALE, "Somebody else looked at this request meanwhile: see what was decided.");
    else if (q->state != ACCREDITATION_PENDING)
        fault(ctx, FAULT_CONFLICT, "This request is decided already.");
    return faulted(ctx) ? NULL : q;
}

static bool decide(Ctx *ctx, const Accreditation *q, AccreditationState state, const char *reason, i64 contact)
{
    return db_write(ctx, &q_press_accreditation_decide, I(q->id), I(q->version), W(press_accreditation_words, state), T(reason),
                    I_OR_NULL(contact), I_OR_NULL(ctx->actor->id), I(ctx->now)) &&
           journal(ctx, "press_accreditation", q->id, word_name(press_accreditation_words, state)) &&
           (!mail_is_set_up(ctx->city) ||
            queue_add(ctx, "press_answer", NULL, arena_printf(ctx->arena, "{\"request\": %" PRId64 "}", q->id), ctx->now, &(i64){0}));
}

/* Who is known keeps what the desk wrote about her. */
static ContactDraft merged(const Accreditation *q, const MediaContact *known, const char *how)
{
    return (ContactDraft){
        .name = known ? known->name : q->name,
        .outlet = known && known->outlet ? known->outlet : q->outlet,
        .outlet_kind = known && known->outlet ? known->outlet_kind : q->outlet_kind,
        .mail = q->mail,
        .phone = known && known->phone ? known->phone : q->phone,
        .beats = known ? known->beats : NULL,
        .note = known ? known->note : NULL,
        .accredited = true,
        .consent_how = how,
    };
}

bool press_accreditation_grant(Ctx *ctx, i64 id, i64 version)
{
    const Accreditation *q = to_decide(ctx, id, version);
    const MediaContact *known = q ? press_contact_by_mail(ctx, q->mail) : NULL;
    if (!q || faulted(ctx))
        return false;
    ContactDraft draft = merged(q, known, say(ctx, "request for accreditation"));
    i64 contact = known ? known->id : 0;
    bool kept = known ? press_contact_change(ctx, known->id, NONE, &draft) : press_contact_add(ctx, &draft, &contact);
    if (kept && known && known->archived)
        kept = press_contact_archive(ctx, known->id, NONE, false);
    return kept && decide(ctx, q, ACCREDITATION_GRANTED, NULL, contact);
}

bool press_accreditation_refuse(Ctx *ctx, i64 id, i64 version, const char *reason)
{
    const Accreditation *q = to_decide(ctx, id, version);
    if (!q)
        return false;
    if (text_blank(reason))
        return fault_field(ctx, "reason", "Write why, so that it can be told.");
    return decide(ctx, q, ACCREDITATION_REFUSED, reason, 0);
}
