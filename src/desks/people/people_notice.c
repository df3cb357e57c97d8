/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* people_notice.c: what a person is told inside the desk: each change as a difference, once, never one's own. */
#include "desks/people/people_room.h"
#include "store/db.h"
#include "people_notice_queries.h"

enum { DETAIL_MAX = 16 * 1024, VALUE_SHOWN = 160 };

const Word people_notice_words[] = {
    {"changed", N_("It changed")},
    {"assigned", N_("It was given to you")},
    {"taken", N_("It was taken from you")},
    {"returned", N_("It was returned to you")},
    {"approved", N_("It was approved")},
    {"cancelled", N_("It was cancelled")},
    {"declined", N_("Somebody said no")},
    {"due_soon", N_("It is due soon")},
    {"late", N_("It is late")},
    {"uncovered", N_("Nobody covers it")},
    {"to_approve", N_("It waits for your approval")},
    {"commented", N_("There is a comment")},
    {"published", N_("It is public")},
    {"corrected", N_("It was corrected")},
    {"withdrawn", N_("It was withdrawn")},
    {"missed", N_("It did not go out: decide")},
    {"told", N_("Notice")},
    {"alert_raised", N_("Waits for a second person")},
    {0},
};

static const Field difference_fields[] = {
    FIELD_TEXT(NoticeChange, field),
    FIELD_TEXT(NoticeChange, before),
    FIELD_TEXT(NoticeChange, after),
};
const Shape people_change_shape = SHAPE("notice_change", NoticeChange, difference_fields);

/* What a row is before its detail is read. */
typedef struct NoticeRow {
    Notice notice;
    const char *detail;
} NoticeRow;

#define ROW(member, kind_) {.name = #member, .kind = kind_, .offset = offsetof(NoticeRow, notice.member)}
static const Field row_fields[] = {
    ROW(id, FIELD_ID),      ROW(person, FIELD_ID),   ROW(at, FIELD_TIME),
    ROW(seen_at, FIELD_TIME), ROW(subject, FIELD_TEXT), ROW(subject_id, FIELD_ID),
    ROW(address, FIELD_TEXT), ROW(kind, FIELD_TEXT),    ROW(title, FIELD_TEXT),
    FIELD_TEXT(NoticeRow, detail),
};
static const Shape row_shape = SHAPE("notice_row", NoticeRow, row_fields);

static const Field notice_fields[] = {
    FIELD_ID(Notice, id),        FIELD_TIME(Notice, at),
    FIELD_TIME(Notice, seen_at), FIELD_TEXT(Notice, kind),
    FIELD_TEXT(Notice, subject), FIELD_ID(Notice, subject_id),
    FIELD_TEXT(Notice, title),   FIELD_TEXT(Notice, address),
    FIELD_MANY(Notice, changes, &people_change_shape),
};
const Shape people_notice_shape = SHAPE("notice", Notice, notice_fields);

/* ---- telling ---- */

static const char *detail_of(Ctx *ctx, List changes)
{
    if (!changes.count)
        return NULL;
    Buf *out = buf_new(ctx->arena, 512, DETAIL_MAX);
    JsonOut json = json_out(out);
    json_open(&json, NULL, '[');
    for (const NoticeChange *d = changes.items, *end = d + changes.count; d < end; d++) {
        json_open(&json, NULL, '{');
        json_text(&json, "field", d->field);
        json_text(&json, "before", d->before);
        json_text(&json, "after", d->after);
        json_text(&json, "label", d->label);
        json_text(&json, "before_label", d->before_label);
        json_text(&json, "after_label", d->after_label);
        json_text(&json, "as", d->as);
        json_close(&json, '}');
    }
    json_close(&json, ']');
    return buf_over(out) ? NULL : buf_data(out);
}

/* Whoever is told here is told inside the desk. A second way out (mail) begins at this place: the row is kept, the
 * person is known, and what was told stands in it in canonical form. */
bool people_notify(Ctx *ctx, i64 person, const NoticeDraft *d)
{
    if (!person || person == ctx->actor->id)
        return true;
    i64 told = 0;
    return db_change(ctx, &q_people_notice_add, &told, I(id_new(ctx->now)), I(person), I(ctx->now),
                     T(d->subject), I(d->subject_id), T(d->address), T(d->kind), T(d->title),
                     T(detail_of(ctx, d->changes)), T(d->key));
}

/* ---- reading ---- */

static List changes_of(Ctx *ctx, const char *detail)
{
    const Json *list = detail ? json_read(ctx, detail, strlen(detail)) : NULL;
    size_t n = list ? json_count(list) : 0;
    NoticeChange *all = arena_array(ctx->arena, NoticeChange, n + 1);
    for (size_t i = 0; i < n; i++) {
        const Json *one = json_at(list, i);
        all[i] = (NoticeChange){
            .field = json_text_of(json_get(one, "field")),
            .label = json_text_of(json_get(one, "label")),
            .before = json_text_of(json_get(one, "before")),
            .after = json_text_of(json_get(one, "after")),
            .before_label = json_text_of(json_get(one, "before_label")),
            .after_label = json_text_of(json_get(one, "after_label")),
            .as = json_text_of(json_get(one, "as")),
        };
    }
    return (List){all, n};
}

static List notices_of(Ctx *ctx, List rows)
{
    Notice *all = arena_array(ctx->arena, Notice, rows.count + 1);
    for (size_t i = 0; i < rows.count; i++) {
        const NoticeRow *row = (const NoticeRow *)rows.items + i;
        all[i] = row->notice;
        all[i].changes = changes_of(ctx, row->detail);
    }
    return (List){all, rows.count};
}

List people_notices(Ctx *ctx, bool unseen, i64 before, i64 limit)
{
    const Query *query = unseen ? &q_people_notices_unread : &q_people_notices;
    return notices_of(ctx, db_list(ctx, query, &row_shape, I(ctx->actor->id), I(before ? before : INT64_MAX), I(limit)));
}

i64 people_notices_unseen(Ctx *ctx)
{
    i64 n = ctx->actor->id ? db_number(ctx, &q_people_notices_unseen, I(ctx->actor->id)) : 0;
    return n == NONE ? 0 : n;
}

const Notice *people_notice(Ctx *ctx, i64 id)
{
    const NoticeRow *row = db_one(ctx, &q_people_notice_find, &row_shape, I(id), I(ctx->actor->id));
    return row ? notices_of(ctx, (List){row, 1}).items : NULL;
}

/* ---- marking: each marks one's own; nothing of the office changes by it, so the journal is not written ---- */

bool people_notice_see(Ctx *ctx, i64 id)
{
    i64 seen = 0;
    return people_notice(ctx, id) && db_change(ctx, &q_people_notice_see, &seen, I(id), I(ctx->actor->id), I(ctx->now));
}

bool people_notices_see_all(Ctx *ctx, i64 *seen_out)
{
    return db_change(ctx, &q_people_notices_see_all, seen_out, I(ctx->actor->id), I(ctx->now));
}

/* ---- who may be told ---- */

bool people_would_have(Ctx *ctx, i64 person, RightName right)
{
    const Person *p = people_find(ctx, person);
    return p && p->state == PERSON_ACTIVE && people_rights_of_person(ctx, p) >> right & 1;
}

/* The matrix is read once for all; who stands in for somebody is looked at one by one, for they are few. */
List people_with_right(Ctx *ctx, RightName right)
{
    List active = people_active(ctx), actings = people_actings(ctx);
    Person *all = arena_array(ctx->arena, Person, active.count + 1);
    bool role_has[ROLE_COUNT];
    size_t n = 0;
    for (int role = 0; role < ROLE_COUNT; role++)
        role_has[role] = people_rights_of(ctx, (Role)role) >> right & 1;
    for (const Person *p = active.items, *end = p + active.count; p < end; p++)
        if (role_has[p->role] || (actings.count && people_rights_of_person(ctx, p) >> right & 1))
            all[n++] = *p;
    return (List){all, n};
}

/* ---- as a person reads it ---- */

static const char *instant_said(Ctx *ctx, const char *text, bool day)
{
    i64 at;
    if (!clock_parse_rfc3339(text, &at))
        return text;
    return clock_say(ctx->arena, ctx->city->zone, ctx->actor->tongue, day ? CLOCK_SAY_DATE : CLOCK_SAY_MOMENT, at);
}

const char *people_change_said(Ctx *ctx, const NoticeChange *d, bool after)
{
    const char *value = after ? d->after : d->before, *label = after ? d->after_label : d->before_label;
    if (!value)
        return "—";
    if (text_same(d->as, "moment") || text_same(d->as, "day"))
        return instant_said(ctx, value, text_same(d->as, "day"));
    return label ? say(ctx, label) : text_clip(ctx->arena, value, VALUE_SHOWN);
}
