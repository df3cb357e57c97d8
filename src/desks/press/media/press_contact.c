/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_contact.c: who works for which medium: kept, changed, put away; what they agreed to and what came back. */
#include "desks/press/media/press_media.h"
#include "store/db.h"
#include "store/journal.h"
#include "press_media_queries.h"

enum { CONTACTS_LAP = 500, WORDS_MOST = 8 };

static const Field contact_fields[] = {
    FIELD_ID(MediaContact, id), FIELD_TEXT(MediaContact, name), FIELD_TEXT(MediaContact, outlet),
    FIELD_WORD(MediaContact, outlet_kind, press_outlet_words), FIELD_TEXT(MediaContact, mail), FIELD_TEXT(MediaContact, phone),
    FIELD_LINES(MediaContact, beats), FIELD_TEXT(MediaContact, note), FIELD_BOOL(MediaContact, accredited),
    FIELD_TIME(MediaContact, consent_at), FIELD_TEXT(MediaContact, consent_how), FIELD_TIME(MediaContact, opted_out_at),
    FIELD_INT(MediaContact, bounces), FIELD_TIME(MediaContact, bounced_at), FIELD_TEXT(MediaContact, bounce_text),
    FIELD_BOOL(MediaContact, archived), FIELD_TIME(MediaContact, created_at), FIELD_INT(MediaContact, version),
    FIELD_HIDDEN(MediaContact, opt_out, FIELD_TEXT),
};
const Shape press_contact_shape = SHAPE("media_contact", MediaContact, contact_fields);

Reach press_contact_reach(const MediaContact *c)
{
    return c->archived                        ? REACH_ARCHIVED
           : !c->mail                         ? REACH_NO_MAIL
           : c->opted_out_at                  ? REACH_LEFT
           : !c->consent_at                   ? REACH_NO_CONSENT
           : c->bounces >= MEDIA_BOUNCES_MOST ? REACH_BOUNCES
                                              : REACH_YES;
}

/* ---- reading ---- */

const MediaContact *press_contact(Ctx *ctx, i64 id)
{
    return people_may(ctx, RIGHT_PRESS_MEDIA) ? db_one(ctx, &q_press_contact_find, &press_contact_shape, I(id)) : NULL;
}

const MediaContact *press_contact_by_mail(Ctx *ctx, const char *mail)
{
    return mail ? db_maybe(ctx, &q_press_contact_by_mail, &press_contact_shape, T(text_lower(ctx->arena, mail))) : NULL;
}

static bool fits(Ctx *ctx, const MediaContact *c, List words)
{
    const char *all = text_fold(ctx->arena, arena_printf(ctx->arena, "%s\n%s\n%s\n%s", c->name, c->outlet ? c->outlet : "",
                                                         c->beats ? c->beats : "", c->mail ? c->mail : ""));
    for (size_t i = 0; i < words.count; i++)
        if (!strstr(all, ((const char *const *)words.items)[i]))
            return false;
    return true;
}

static List words_of(Ctx *ctx, const char *text)
{
    List words = text_blank(text) ? (List){0} : text_split(ctx->arena, text_fold(ctx->arena, text_squeeze(ctx->arena, text)), ' ');
    words.count = words.count < WORDS_MOST ? words.count : WORDS_MOST;
    return words;
}

/* Where a walk through the book stands. */
typedef struct Walk {
    const char *name;
    i64 id;
    bool over;
} Walk;

static List next_lap(Ctx *ctx, const ContactFilter *f, Walk *walk)
{
    List lap = db_list(ctx, &q_press_contact_list, &press_contact_shape, B(f->archived), T(walk->name), I(walk->id), I(CONTACTS_LAP));
    walk->over = lap.count < CONTACTS_LAP;
    if (lap.count) {
        const MediaContact *last = (const MediaContact *)lap.items + lap.count - 1;
        walk->name = last->name;
        walk->id = last->id;
    }
    return lap;
}

/* An office's book has some thousand names: accents and cases are folded here, which no index of both databases does alike. */
static i64 gather(Ctx *ctx, const ContactFilter *f, Walk walk, MediaContact *to, i64 limit)
{
    List words = words_of(ctx, f->words);
    i64 n = 0;
    while (!walk.over && n < limit && !faulted(ctx)) {
        List lap = next_lap(ctx, f, &walk);
        for (const MediaContact *c = lap.items, *end = c + lap.count; c < end && n < limit; c++) {
            if (!fits(ctx, c, words))
                continue;
            if (to)
                to[n] = *c;
            n++;
        }
    }
    return n;
}

List press_contacts(Ctx *ctx, const ContactFilter *f, i64 after, i64 limit)
{
    if (!people_may(ctx, RIGHT_PRESS_MEDIA))
        return (List){0};
    const MediaContact *last = after ? press_contact(ctx, after) : NULL;
    if (faulted(ctx))
        return (List){0};
    MediaContact *found = arena_array(ctx->arena, MediaContact, (size_t)limit + 1);
    i64 n = gather(ctx, f, (Walk){last ? last->name : "", last ? last->id : 0, false}, found, limit);
    return (List){found, (size_t)n};
}

i64 press_contacts_count(Ctx *ctx, const ContactFilter *f)
{
    if (!people_may(ctx, RIGHT_PRESS_MEDIA))
        return 0;
    return text_blank(f->words) ? db_number(ctx, &q_press_contact_count, B(f->archived))
                                : gather(ctx, f, (Walk){"", 0, false}, NULL, INT64_MAX);
}

/* ---- what may be written ---- */

/* A telephone as people write it: digits, and what stands between them (ITU-T E.164: at most 15). */
static bool phone_fine(const char *s)
{
    size_t digits = 0;
    for (; *s; s++) {
        digits += *s >= '0' && *s <= '9';
        if (!strchr("0123456789 +-().ext", *s))
            return false;
    }
    return digits >= 7 && digits <= 20;
}

static bool short_enough(Ctx *ctx, const char *field, const char *text, size_t most)
{
    if (!text || (text_points(text) <= most && !text_has_control(text)))
        return true;
    return fault_field(ctx, field, "This is too long: at most %d characters.", (int)most);
}

bool press_contact_check(Ctx *ctx, const ContactDraft *d)
{
    if (text_blank(d->name))
        return fault_field(ctx, "name", "Write the name.");
    if (!short_enough(ctx, "name", d->name, 120) || !short_enough(ctx, "outlet", d->outlet, 120) ||
        !short_enough(ctx, "beats", d->beats, 1000) || !short_enough(ctx, "note", d->note, 2000) ||
        !short_enough(ctx, "consent_how", d->consent_how, 200))
        return false;
    if (!text_blank(d->mail) && !text_mail_valid(d->mail))
        return fault_field(ctx, "mail", "Write a mail address like name@example.org.");
    if (!text_blank(d->phone) && !phone_fine(d->phone))
        return fault_field(ctx, "phone", "Write the telephone with its digits, like +52 444 123 4567.");
    return true;
}

/* One address belongs to one contact: a second record of the same person would be written to after she left. */
static bool is_free(Ctx *ctx, const char *mail, i64 id)
{
    const MediaContact *other = press_contact_by_mail(ctx, mail);
    if (faulted(ctx))
        return false;
    if (other && other->id != id)
        return fault_field(ctx, "mail", "This address is that of %s already.", other->name);
    return true;
}

static const char *or_null(const char *text)
{
    return text_blank(text) ? NULL : text;
}

static const char *mail_of(Ctx *ctx, const ContactDraft *d)
{
    return text_blank(d->mail) ? NULL : text_lower(ctx->arena, d->mail);
}

bool press_contact_add(Ctx *ctx, const ContactDraft *d, i64 *id_out)
{
    const char *mail = mail_of(ctx, d);
    if (!people_may(ctx, RIGHT_PRESS_MEDIA) || !press_contact_check(ctx, d) || !is_free(ctx, mail, 0))
        return false;
    bool agreed = !text_blank(d->consent_how);
    *id_out = id_new(ctx->now);
    return db_write(ctx, &q_press_contact_add, I(*id_out), T(d->name), T(or_null(d->outlet)), W(press_outlet_words, d->outlet_kind), T(mail),
                    T(or_null(d->phone)), T(or_null(d->beats)), T(or_null(d->note)), B(d->accredited),
                    I_OR_NULL(agreed ? ctx->now : 0), T(agreed ? d->consent_how : NULL), T(people_secret_new(ctx)), I(ctx->now)) &&
           journal(ctx, "press_contact", *id_out, "created");
}

static const MediaContact *to_change(Ctx *ctx, i64 id, i64 version)
{
    const MediaContact *c = press_contact(ctx, id);
    if (c && version != NONE && version != c->version) {
        fault(ctx, FAULT_STALE, "Somebody else changed this contact meanwhile: look at it again.");
        return NULL;
    }
    return c;
}

/* An address that changed is another one: what came back to the old one says nothing of it. */
static bool forget_bounces(Ctx *ctx, const MediaContact *before, const char *mail)
{
    i64 changed;
    return text_same(before->mail, mail) || db_change(ctx, &q_press_contact_arrived, &changed, I(before->id));
}

bool press_contact_change(Ctx *ctx, i64 id, i64 version, const ContactDraft *d)
{
    const MediaContact *c = to_change(ctx, id, version);
    const char *mail = mail_of(ctx, d);
    if (!c || !press_contact_check(ctx, d) || !is_free(ctx, mail, id))
        return false;
    bool agreed = !c->consent_at && !text_blank(d->consent_how);
    return db_write(ctx, &q_press_contact_change, I(id), I(c->version), T(d->name), T(or_null(d->outlet)),
                    W(press_outlet_words, d->outlet_kind), T(mail), T(or_null(d->phone)), T(or_null(d->beats)), T(or_null(d->note)),
                    B(d->accredited), I_OR_NULL(agreed ? ctx->now : c->consent_at), T(agreed ? d->consent_how : c->consent_how)) &&
           forget_bounces(ctx, c, mail) && journal(ctx, "press_contact", id, "changed");
}

bool press_contact_archive(Ctx *ctx, i64 id, i64 version, bool archived)
{
    const MediaContact *c = to_change(ctx, id, version);
    return c && db_write(ctx, &q_press_contact_archive, I(id), I(c->version), B(archived)) &&
           journal(ctx, "press_contact", id, archived ? "archived" : "restored");
}

/* ---- agreeing, leaving, coming back ---- */

bool press_contact_consent(Ctx *ctx, i64 id, i64 version, const char *how)
{
    const MediaContact *c = to_change(ctx, id, version);
    if (!c)
        return false;
    if (text_blank(how))
        return fault_field(ctx, "consent_how", "Write where it is written down: a form, a card, a mail of that day.");
    return short_enough(ctx, "consent_how", how, 200) &&
           db_write(ctx, &q_press_contact_consent, I(id), I(c->version), I(ctx->now), T(how)) && journal(ctx, "press_contact", id, "agreed");
}

bool press_contact_opt_out(Ctx *ctx, i64 id, i64 version)
{
    const MediaContact *c = to_change(ctx, id, version);
    return c && (c->opted_out_at || (db_write(ctx, &q_press_contact_opt_out, I(id), I(ctx->now)) && journal(ctx, "press_contact", id, "left")));
}

bool press_contact_note_bounce(Ctx *ctx, i64 id, const char *text)
{
    return db_write(ctx, &q_press_contact_bounced, I(id), I(ctx->now), T(text ? text_clip(ctx->arena, text, 300) : NULL)) &&
           journal(ctx, "press_contact", id, "bounced");
}

bool press_contact_note_arrival(Ctx *ctx, i64 id)
{
    i64 changed;
    return db_change(ctx, &q_press_contact_arrived, &changed, I(id));
}
