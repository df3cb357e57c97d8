/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_contact.c: who covers from outside the desk: kept, changed, put away. */
#include "desks/agenda/agenda_room.h"
#include "store/journal.h"
#include "agenda_coverage_queries.h"

static const Field contact_fields[] = {
    FIELD_ID(Contact, id),      FIELD_TEXT(Contact, name),  FIELD_TEXT(Contact, organisation),
    FIELD_TEXT(Contact, mail),  FIELD_TEXT(Contact, phone), FIELD_TEXT(Contact, note),
    FIELD_BOOL(Contact, active), FIELD_INT(Contact, version),
};
const Shape agenda_contact_shape = SHAPE("contact", Contact, contact_fields);

const Contact *agenda_contact(Ctx *ctx, i64 id)
{
    return db_one(ctx, &q_agenda_contact_find, &agenda_contact_shape, I(id));
}

List agenda_contacts(Ctx *ctx, bool active, i64 limit)
{
    return db_list(ctx, &q_agenda_contacts, &agenda_contact_shape, B(active), I(limit));
}

/* A telephone as people write it: digits, and what stands between them. */
static bool phone_fine(const char *s)
{
    size_t digits = 0;
    for (; *s; s++) {
        digits += *s >= '0' && *s <= '9';
        if (!strchr("0123456789 +-().", *s))
            return false;
    }
    return digits >= 7 && digits <= 15; /* ITU-T E.164: at most 15 */
}

static bool clean(Ctx *ctx, const char *field, const char *text, size_t most)
{
    if (!text || (text_points(text) <= most && !text_has_control(text)))
        return true;
    return fault_field(ctx, field, "This is too long: at most %d characters.", (int)most);
}

static bool check(Ctx *ctx, const Contact *d)
{
    if (text_blank(d->name))
        return fault_field(ctx, "name", "Write the name.");
    if (!clean(ctx, "name", d->name, 120) || !clean(ctx, "organisation", d->organisation, 120) ||
        !clean(ctx, "note", d->note, 2000))
        return false;
    if (!text_blank(d->mail) && !text_mail_valid(d->mail))
        return fault_field(ctx, "mail", "Write a mail address like name@example.org.");
    if (!text_blank(d->phone) && !phone_fine(d->phone))
        return fault_field(ctx, "phone", "Write the telephone with its digits, like +52 444 123 4567.");
    return true;
}

static const char *or_null(const char *text)
{
    return text_blank(text) ? NULL : text;
}

bool agenda_contact_add(Ctx *ctx, const Contact *d, i64 *id_out)
{
    if (!people_may(ctx, RIGHT_COVERAGE_ASSIGN) || !check(ctx, d))
        return false;
    *id_out = id_new(ctx->now);
    return db_write(ctx, &q_agenda_contact_add, I(*id_out), T(d->name), T(or_null(d->organisation)),
                    T(or_null(d->mail)), T(or_null(d->phone)), T(or_null(d->note))) &&
           journal(ctx, "agenda_contact", *id_out, "created");
}

static const Contact *to_change(Ctx *ctx, i64 id, i64 version)
{
    const Contact *c = people_may(ctx, RIGHT_COVERAGE_ASSIGN) ? agenda_contact(ctx, id) : NULL;
    return c && agenda_check_version(ctx, version, c->version) ? c : NULL;
}

bool agenda_contact_change(Ctx *ctx, i64 id, i64 version, const Contact *d)
{
    const Contact *c = to_change(ctx, id, version);
    return c && check(ctx, d) &&
           db_write(ctx, &q_agenda_contact_change, I(id), I(c->version), T(d->name), T(or_null(d->organisation)),
                    T(or_null(d->mail)), T(or_null(d->phone)), T(or_null(d->note)), B(c->active)) &&
           journal(ctx, "agenda_contact", id, "changed");
}

bool agenda_contact_archive(Ctx *ctx, i64 id, i64 version, bool archived)
{
    const Contact *c = to_change(ctx, id, version);
    return c &&
           db_write(ctx, &q_agenda_contact_change, I(id), I(c->version), T(c->name), T(c->organisation), T(c->mail),
                    T(c->phone), T(c->note), B(!archived)) &&
           journal(ctx, "agenda_contact", id, archived ? "archived" : "restored");
}
