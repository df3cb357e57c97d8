/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_sending.c: a release goes to lists: who gets it and who does not and why, one message each, and what became of it. */
#include "desks/press/media/press_media.h"
#include "mail/mail.h"
#include "store/db.h"
#include "store/journal.h"
#include "web/markdown.h"
#include "press_media_queries.h"

enum { LISTS_AT_ONCE = 20, RECIPIENTS_MOST = 5000, SENDINGS_MOST = 100 };

static const Field to_fields[] = {
    FIELD_ID(SendingTo, sending), FIELD_ID(SendingTo, contact), FIELD_TEXT(SendingTo, name), FIELD_TEXT(SendingTo, outlet),
    FIELD_TEXT(SendingTo, mail), FIELD_WORD(SendingTo, state, press_sending_words), FIELD_TEXT(SendingTo, message),
    FIELD_TEXT(SendingTo, error), FIELD_TIME(SendingTo, at),
};
const Shape press_sending_to_shape = SHAPE("press_sending_to", SendingTo, to_fields);

static const Field sending_fields[] = {
    FIELD_ID(Sending, id), FIELD_ID(Sending, release), FIELD_TEXT(Sending, title), FIELD_ID(Sending, list), FIELD_TEXT(Sending, list_name),
    FIELD_TEXT(Sending, person_name), FIELD_TIME(Sending, at), FIELD_INT(Sending, waiting), FIELD_INT(Sending, sent),
    FIELD_INT(Sending, failed), FIELD_INT(Sending, bounced), FIELD_INT(Sending, skipped), FIELD_MANY(Sending, to, &press_sending_to_shape),
};
const Shape press_sending_shape = SHAPE("press_sending", Sending, sending_fields);

static const Field recipient_fields[] = {
    FIELD_ID(Recipient, contact), FIELD_TEXT(Recipient, name), FIELD_TEXT(Recipient, outlet), FIELD_TEXT(Recipient, mail),
    FIELD_WORD(Recipient, reach, press_reach_words),
};
const Shape press_recipient_shape = SHAPE("press_recipient", Recipient, recipient_fields);

/* A contact of a list, and how often it was sent this release. */
typedef struct Member {
    MediaContact contact;
    i64 had;
} Member;
static const Field member_fields[] = {
    {.name = "id", .kind = FIELD_ID, .offset = offsetof(Member, contact.id)},
    {.name = "name", .kind = FIELD_TEXT, .offset = offsetof(Member, contact.name)},
    {.name = "outlet", .kind = FIELD_TEXT, .offset = offsetof(Member, contact.outlet)},
    {.name = "mail", .kind = FIELD_TEXT, .offset = offsetof(Member, contact.mail)},
    {.name = "consent_at", .kind = FIELD_TIME, .offset = offsetof(Member, contact.consent_at)},
    {.name = "opted_out_at", .kind = FIELD_TIME, .offset = offsetof(Member, contact.opted_out_at)},
    {.name = "bounces", .kind = FIELD_INT, .offset = offsetof(Member, contact.bounces)},
    {.name = "archived", .kind = FIELD_BOOL, .offset = offsetof(Member, contact.archived)},
    FIELD_INT(Member, had),
};
static const Shape member_shape = SHAPE("member", Member, member_fields);

/* ---- who ---- */

static List lists_of(Ctx *ctx, const char *lists)
{
    List words = text_split(ctx->arena, lists ? lists : "", '\n');
    i64 *ids = arena_array(ctx->arena, i64, words.count + 1);
    size_t n = 0;
    for (size_t i = 0; i < words.count && n < LISTS_AT_ONCE; i++)
        if (id_parse(((const char *const *)words.items)[i], &ids[n]) && press_media_list(ctx, ids[n]))
            n++;
    if (!n && !faulted(ctx))
        fault_field(ctx, "lists", "Choose at least one list.");
    return (List){ids, n};
}

static bool has(const Recipients *r, i64 contact)
{
    for (const Recipient *x = r->all.items, *end = x + r->all.count; x < end; x++)
        if (x->contact == contact)
            return true;
    return false;
}

static void add(Recipients *r, const Member *m)
{
    Reach reach = press_contact_reach(&m->contact);
    if (reach == REACH_YES && m->had)
        reach = REACH_HAD_IT;
    ((Recipient *)r->all.items)[r->all.count++] = (Recipient){m->contact.id, reach, m->contact.name, m->contact.outlet, m->contact.mail};
    r->reached += reach == REACH_YES;
    r->left_out += reach != REACH_YES;
}

static bool gather(Ctx *ctx, i64 release, i64 list, Recipients *r)
{
    List members = db_list(ctx, &q_press_recipients, &member_shape, I(list), I(release), I(RECIPIENTS_MOST));
    for (const Member *m = members.items, *end = m + members.count; m < end; m++)
        if (r->all.count < RECIPIENTS_MOST && !has(r, m->contact.id))
            add(r, m);
    return !faulted(ctx);
}

bool press_recipients(Ctx *ctx, i64 release, const char *lists, Recipients *out)
{
    List ids = people_may(ctx, RIGHT_PRESS_MEDIA) ? lists_of(ctx, lists) : (List){0};
    if (faulted(ctx))
        return false;
    *out = (Recipients){.all = {arena_array(ctx->arena, Recipient, RECIPIENTS_MOST), 0}};
    for (size_t i = 0; i < ids.count; i++)
        if (!gather(ctx, release, ((const i64 *)ids.items)[i], out))
            return false;
    return true;
}

/* ---- sending ---- */

static bool add_message(Ctx *ctx, i64 sending, i64 contact)
{
    const char *message = mail_id(ctx, text_lower(ctx->arena, arena_printf(ctx->arena, "%s.%s", id_text(ctx->arena, sending),
                                                                           id_text(ctx->arena, contact))));
    const char *payload = arena_printf(ctx->arena, "{\"sending\": %" PRId64 ", \"contact\": %" PRId64 "}", sending, contact);
    return db_write(ctx, &q_press_sending_to_add, I(sending), I(contact), T(message), I(ctx->now)) &&
           queue_add(ctx, "press_mail", NULL, payload, ctx->now, &(i64){0});
}

/* One sending for each list; whoever is in two of them gets it by the first. */
static bool send_to_list(Ctx *ctx, i64 release, i64 list, Recipients *seen, i64 *sent_out)
{
    size_t from = seen->all.count;
    if (!gather(ctx, release, list, seen))
        return false;
    i64 sending = id_new(ctx->now), n = 0;
    const Recipient *all = seen->all.items;
    for (size_t i = from; i < seen->all.count; i++) {
        if (all[i].reach != REACH_YES)
            continue;
        if (!n++ && !db_write(ctx, &q_press_sending_add, I(sending), I(release), I(list), I_OR_NULL(ctx->actor->id), I(ctx->now)))
            return false;
        if (!add_message(ctx, sending, all[i].contact))
            return false;
    }
    *sent_out += n;
    return true;
}

static bool may_leave(Ctx *ctx, const Release *r)
{
    if (r->state != RELEASE_PUBLISHED && r->state != RELEASE_CORRECTED)
        return fault(ctx, FAULT_CONFLICT, "Only what is public is sent to lists; what is under embargo goes to accredited media by a link.");
    if (!mail_is_set_up(ctx->city))
        return fault(ctx, FAULT_CONFLICT, "Mail is not set up: whoever operates this server writes smtp and from into [mail] of vocero.conf.");
    return true;
}

bool press_send_out(Ctx *ctx, i64 release, const char *lists, i64 *sent_out)
{
    const Release *r = people_may(ctx, RIGHT_PRESS_MEDIA) ? press_row(ctx, release) : NULL;
    if (!r || !may_leave(ctx, r))
        return false;
    List ids = lists_of(ctx, lists);
    Recipients seen = {.all = {arena_array(ctx->arena, Recipient, RECIPIENTS_MOST), 0}};
    *sent_out = 0;
    for (size_t i = 0; i < ids.count; i++)
        if (!send_to_list(ctx, release, ((const i64 *)ids.items)[i], &seen, sent_out))
            return false;
    if (faulted(ctx))
        return false;
    if (!*sent_out)
        return fault_field(ctx, "lists", "Nobody on these lists would get it: see below why.");
    return journal_detail(ctx, "press_release", release, "sent_to_media", arena_printf(ctx->arena, "%" PRId64, *sent_out));
}

/* ---- what it says ---- */

static void block(Buf *out, const char *text)
{
    if (!text_blank(text))
        buf_printf(out, "%s\n\n", text);
}

static void dateline(Ctx *ctx, Buf *out, const Release *r)
{
    const char *day = clock_say(ctx->arena, ctx->city->zone, ctx->actor->tongue, CLOCK_SAY_DATE, r->published_at ? r->published_at : ctx->now);
    block(out, r->dateline_place ? arena_printf(ctx->arena, say(ctx, "%s, %s"), r->dateline_place, day) : day);
}

static void corrections(Ctx *ctx, Buf *out, const Release *r)
{
    for (const Correction *c = r->corrections.items, *end = c + r->corrections.count; c < end; c++)
        block(out, arena_printf(ctx->arena, say(ctx, "CORRECTION of %s: %s"),
                                clock_say(ctx->arena, ctx->city->zone, ctx->actor->tongue, CLOCK_SAY_MOMENT, c->at), c->note));
}

static void whom_to_ask(Ctx *ctx, Buf *out, const Release *r)
{
    if (!r->contact_name && !r->contact_phone && !r->contact_mail)
        return;
    buf_printf(out, "%s\n", say(ctx, "For media:"));
    const char *const lines[] = {r->contact_name, r->contact_phone, r->contact_mail};
    for (size_t i = 0; i < COUNT(lines); i++)
        if (lines[i])
            buf_printf(out, "%s\n", lines[i]);
    buf_char(out, '\n');
}

const char *press_sending_text(Ctx *ctx, const Release *r)
{
    Buf *out = buf_new(ctx->arena, 8192, MAIL_MAX / 4);
    block(out, r->folio ? arena_printf(ctx->arena, say(ctx, "Press release %s"), r->folio) : NULL);
    block(out, r->title);
    corrections(ctx, out, r);
    block(out, r->lead);
    dateline(ctx, out, r);
    block(out, markdown_text(ctx, r->body));
    whom_to_ask(ctx, out, r);
    block(out, r->url);
    if (r->code)
        block(out, arena_printf(ctx->arena, say(ctx, "Is it official? Check the code %s at %s/verificar"), r->code, ctx->city->base_url));
    if (buf_over(out))
        fault(ctx, FAULT_TOO_LARGE, "The text is too long for a message.");
    return buf_data(out);
}

/* ---- what became of it ---- */

List press_sendings(Ctx *ctx, i64 release)
{
    return people_may(ctx, RIGHT_PRESS_MEDIA) ? db_list(ctx, &q_press_sendings, &press_sending_shape, I(release), I(SENDINGS_MOST)) : (List){0};
}

const Sending *press_sending(Ctx *ctx, i64 id)
{
    Sending *s = people_may(ctx, RIGHT_PRESS_MEDIA) ? (Sending *)db_one(ctx, &q_press_sending_find, &press_sending_shape, I(id)) : NULL;
    if (s)
        s->to = db_list(ctx, &q_press_sending_tos, &press_sending_to_shape, I(id), I(RECIPIENTS_MOST));
    return faulted(ctx) ? NULL : s;
}

const SendingTo *press_sending_one(Ctx *ctx, i64 sending, i64 contact)
{
    return db_one(ctx, &q_press_sending_one, &press_sending_to_shape, I(sending), I(contact));
}

bool press_sending_settle(Ctx *ctx, const SendingTo *to, SendingState state, const char *error)
{
    return db_write(ctx, &q_press_sending_settle, I(to->sending), I(to->contact), W(press_sending_words, to->state),
                    W(press_sending_words, state), T(error ? text_clip(ctx->arena, error, 300) : NULL), I(ctx->now));
}

static bool came_back(Ctx *ctx, const SendingTo *to, const char *text)
{
    if (to->state == SENDING_BOUNCED || to->state == SENDING_FAILED)
        return true;
    return press_sending_settle(ctx, to, SENDING_BOUNCED, text) && press_contact_note_bounce(ctx, to->contact, text);
}

bool press_sending_bounced(Ctx *ctx, i64 sending, i64 contact, const char *text)
{
    const SendingTo *to = people_may(ctx, RIGHT_PRESS_MEDIA) ? press_sending_one(ctx, sending, contact) : NULL;
    return to && came_back(ctx, to, text);
}

bool press_bounced(Ctx *ctx, const char *message_id, const char *text)
{
    const SendingTo *to = db_maybe(ctx, &q_press_sending_by_message, &press_sending_to_shape, T(message_id));
    return to ? came_back(ctx, to, text) : !faulted(ctx);
}
