/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_check.c: what must hold of a release before it is written. */
#include "desks/press/flow/press_flow.h"

enum { TITLE_POINTS = 1000, PLACE_MAX = 120, CONTACT_MAX = 120 };

/* ---- states ---- */

static void *wrong_state(Ctx *ctx, const Release *r)
{
    const char *state = say_word(ctx, press_state_words, (int)r->state);
    if (STATE_BIT(r->state) & PUBLIC_NOW)
        return fault(ctx, FAULT_CONFLICT, "This release is public already: what is wrong in it is corrected, so that everybody sees it.");
    if (r->state == RELEASE_WITHDRAWN)
        return fault(ctx, FAULT_CONFLICT, "This release was withdrawn: write a new one.");
    return fault(ctx, FAULT_CONFLICT, "The release is in the state “%s”: this cannot be done now.", state);
}

Release *press_in(Ctx *ctx, i64 id, i64 version, unsigned states)
{
    Release *r = faulted(ctx) ? NULL : press_row(ctx, id);
    if (!r)
        return NULL;
    if (version != NONE && version != r->version)
        return fault(ctx, FAULT_STALE, "Somebody else changed this release meanwhile. Open it again and repeat your change.");
    return STATE_BIT(r->state) & states ? r : wrong_state(ctx, r);
}

bool press_may_correct(Ctx *ctx)
{
    return people_may(ctx, RIGHT_PRESS_PUBLISH) && (!ctx->city->four_eyes || people_may(ctx, RIGHT_PRESS_APPROVE));
}

/* ---- texts ---- */

bool press_check_reason(Ctx *ctx, const char *field, const char *reason)
{
    if (text_blank(reason))
        return fault_field(ctx, field, "Say why: it is kept with the release.");
    return check_text(ctx, field, reason, PRESS_REASON_MAX);
}

static bool check_title(Ctx *ctx, const char *title)
{
    if (text_blank(title))
        return fault_field(ctx, "title", "A release needs a title.");
    if (strchr(title, '\n') || text_points(title) > TITLE_POINTS)
        return fault_field(ctx, "title", "A title is one line of at most %d characters.", PRESS_TITLE_MAX);
    return check_text(ctx, "title", title, PRESS_TITLE_MAX);
}

static bool check_body(Ctx *ctx, const char *body)
{
    if (!body)
        return true;
    if (strlen(body) > PRESS_BODY_MAX)
        return fault_field(ctx, "body", "The text is too long: at most %d KB.", PRESS_BODY_MAX / 1024);
    return check_text(ctx, "body", body, PRESS_BODY_MAX);
}

static bool check_line(Ctx *ctx, const char *field, const char *text, size_t max)
{
    if (text && strchr(text, '\n'))
        return fault_field(ctx, field, "This is one line.");
    return check_text(ctx, field, text, max);
}

static bool check_topics(Ctx *ctx, const char *topics)
{
    List words = topics ? text_split(ctx->arena, topics, '\n') : (List){0};
    if (words.count > PRESS_TOPICS_MAX)
        return fault_field(ctx, "topics", "A release has at most %d topics.", PRESS_TOPICS_MAX);
    for (size_t i = 0; i < words.count; i++)
        if (!check_text(ctx, "topics", ((const char *const *)words.items)[i], PRESS_TOPIC_MAX))
            return false;
    return true;
}

/* ---- languages ---- */

static bool check_tongue(Ctx *ctx, const char *field, const char *tongue)
{
    if (word_find(press_tongue_words, tongue) >= 0)
        return true;
    return fault_field(ctx, field, "\"%s\" is no language that can be chosen here.", text_clip(ctx->arena, tongue ? tongue : "", 40));
}

static bool is_said_before(const Release *r, const ReleaseText *text)
{
    if (text_same(text->tongue, r->tongue))
        return true;
    for (const ReleaseText *t = r->texts.items; t < text; t++)
        if (text_same(t->tongue, text->tongue))
            return true;
    return false;
}

static bool check_one_text(Ctx *ctx, const Release *r, const ReleaseText *t)
{
    if (!check_tongue(ctx, "texts", t->tongue))
        return false;
    if (is_said_before(r, t))
        return fault_field(ctx, "texts", "The language \"%s\" is there twice.", say_word(ctx, press_tongue_words, word_find(press_tongue_words, t->tongue)));
    return check_title(ctx, t->title) && check_text(ctx, "texts", t->lead, PRESS_LEAD_MAX) && check_body(ctx, t->body);
}

static bool check_texts(Ctx *ctx, const Release *r)
{
    if (r->texts.count > PRESS_TEXTS_MAX)
        return fault_field(ctx, "texts", "A release has at most %d other languages.", PRESS_TEXTS_MAX);
    for (const ReleaseText *t = r->texts.items, *end = t + r->texts.count; t < end; t++)
        if (!check_one_text(ctx, r, t))
            return false;
    return true;
}

/* ---- the rest ---- */

static bool check_dateline(Ctx *ctx, const Release *r)
{
    Span day;
    if (r->dateline_day && !clock_day(ctx->city->zone, r->dateline_day, &day))
        return fault_field(ctx, "dateline_day", "This is no date: write it like 2022-07-14.");
    return check_line(ctx, "dateline_place", r->dateline_place, PLACE_MAX);
}

static bool check_contact(Ctx *ctx, const Release *r)
{
    if (r->contact_mail && !text_mail_valid(r->contact_mail))
        return fault_field(ctx, "contact_mail", "This is no mail address.");
    return check_line(ctx, "contact_name", r->contact_name, CONTACT_MAX) && check_line(ctx, "contact_phone", r->contact_phone, CONTACT_MAX);
}

bool press_check_draft(Ctx *ctx, const Release *r)
{
    return check_title(ctx, r->title) && check_line(ctx, "lead", r->lead, PRESS_LEAD_MAX) && check_body(ctx, r->body) &&
           check_topics(ctx, r->topics) && check_tongue(ctx, "tongue", r->tongue) && check_texts(ctx, r) && check_dateline(ctx, r) &&
           check_contact(ctx, r);
}

static bool area_is_there(Ctx *ctx, i64 area)
{
    List areas = people_areas(ctx);
    for (const Area *a = areas.items, *end = a + areas.count; a < end; a++)
        if (a->id == area)
            return true;
    return fault_field(ctx, "area", "There is no such area.");
}

bool press_check_links(Ctx *ctx, const Release *r, const Release *before)
{
    if (r->area && (!before || before->area != r->area) && !area_is_there(ctx, r->area))
        return false;
    if (!r->event || (before && before->event == r->event) || agenda_find(ctx, r->event))
        return !faulted(ctx);
    fault_take(ctx);
    return fault_field(ctx, "event", "There is no such event.");
}
