/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_fields.c: what a form or a program says about a release, read into drafts.
 *
 * A field that was not sent keeps what the record has, so that a program may send one key only. After two people
 * changed a release, fields may be left to the other one by their names in "theirs". */
#include "base/buf.h"
#include "desks/press/editor/press_editor.h"
#include "web/form.h"

enum { DAY_MAX = 10, NAME_MAX_TYPED = 200, MAIL_MAX = 254, EVENTS_NEAR = 400 };

/* ---- fields ---- */

static bool is_left(Ctx *ctx, const Request *req, const char *name)
{
    const char *theirs = form_has(req, "theirs") ? form_lines(ctx, req, "theirs", 40) : NULL;
    List names = theirs ? text_split(ctx->arena, theirs, '\n') : (List){0};
    for (size_t i = 0; i < names.count; i++)
        if (text_same(((const char *const *)names.items)[i], name))
            return true;
    return false;
}

static const char *read(Ctx *ctx, const Request *req, const char *name, size_t max, const char *otherwise)
{
    return form_has(req, name) && !is_left(ctx, req, name) ? form_text(ctx, req, name, max) : otherwise;
}

/* 2022-07-14, which is what browsers' fields of type date send. */
static const char *read_day(Ctx *ctx, const Request *req, const char *otherwise)
{
    const char *day = read(ctx, req, "dateline_day", DAY_MAX, otherwise);
    Wall wall;
    if (day && (strlen(day) != DAY_MAX || !wall_parse(day, &wall) || !wall_valid(wall)))
        return fault_field(ctx, "dateline_day", "\"%s\" is no day: write it like 2022-07-14.", day);
    return day;
}

/* ---- the event: its id, or as the list of suggestions calls it ---- */

static i64 event_called(Ctx *ctx, const char *label)
{
    AgendaFilter filter = {.span = {ctx->now - 120 * CLOCK_DAY, ctx->now + 60 * CLOCK_DAY}};
    List near = agenda_list(ctx, &filter, 0, 0, EVENTS_NEAR);
    for (const Event *e = near.items, *end = e + near.count; e < end; e++)
        if (text_same(press_look_event(ctx, e), label))
            return e->id;
    return 0;
}

static bool is_called(Ctx *ctx, i64 id, const char *label)
{
    const Event *e = id ? agenda_find(ctx, id) : NULL;
    return e && text_same(press_look_event(ctx, e), label);
}

static i64 read_event(Ctx *ctx, const Request *req, i64 otherwise)
{
    const char *text = read(ctx, req, "event", 400, NULL);
    i64 id, seen = 0;
    if (!form_has(req, "event") || is_left(ctx, req, "event"))
        return otherwise;
    if (!text || faulted(ctx))
        return 0;
    if (id_parse(text, &id))
        return agenda_find(ctx, id) ? id : 0;
    if (form_has(req, "event_seen"))
        id_parse(form_raw(req, "event_seen"), &seen);
    if (is_called(ctx, seen, text))
        return seen;
    id = faulted(ctx) ? 0 : event_called(ctx, text);
    if (!id)
        fault_field(ctx, "event", "No event is called \"%s\": choose one from the list.", text);
    return id;
}

/* ---- other languages: texts.0.tongue, texts.0.title … ---- */

static const char *part_name(Ctx *ctx, int i, const char *part)
{
    return arena_printf(ctx->arena, "texts.%d.%s", i, part);
}

static bool texts_said(Ctx *ctx, const Request *req)
{
    return !is_left(ctx, req, "texts") && (form_has(req, "texts") || form_has(req, part_name(ctx, 0, "tongue")));
}

static List read_texts(Ctx *ctx, const Request *req)
{
    ReleaseText *texts = arena_array(ctx->arena, ReleaseText, PRESS_TEXTS_MAX + 2);
    size_t n = 0;
    for (int i = 0; n <= PRESS_TEXTS_MAX && form_has(req, part_name(ctx, i, "tongue")); i++) {
        ReleaseText t = {
            .tongue = form_text(ctx, req, part_name(ctx, i, "tongue"), 40),
            .title = form_text(ctx, req, part_name(ctx, i, "title"), PRESS_TITLE_MAX),
            .lead = form_text(ctx, req, part_name(ctx, i, "lead"), PRESS_LEAD_MAX),
            .body = form_text(ctx, req, part_name(ctx, i, "body"), PRESS_BODY_MAX),
        };
        if (t.tongue && (t.title || t.lead || t.body)) /* a blank one is none */
            texts[n++] = t;
    }
    return (List){texts, n};
}

ReleaseDraft press_read_draft(Ctx *ctx, const Request *req, const Release *r)
{
    static const Release nothing;
    const Release *was = r ? r : &nothing;
    return (ReleaseDraft){
        .title = read(ctx, req, "title", PRESS_TITLE_MAX, was->title),
        .lead = read(ctx, req, "lead", PRESS_LEAD_MAX, was->lead),
        .body = read(ctx, req, "body", PRESS_BODY_MAX, was->body),
        .topics = form_has(req, "topics") && !is_left(ctx, req, "topics") ? form_lines(ctx, req, "topics", PRESS_TOPICS_MAX)
                                                                          : was->topics,
        .dateline_place = read(ctx, req, "dateline_place", NAME_MAX_TYPED, was->dateline_place),
        .dateline_day = read_day(ctx, req, was->dateline_day),
        .event = read_event(ctx, req, was->event),
        .area = form_has(req, "area") ? form_id(ctx, req, "area") : was->area,
        .contact_name = read(ctx, req, "contact_name", NAME_MAX_TYPED, was->contact_name),
        .contact_phone = read(ctx, req, "contact_phone", 40, was->contact_phone),
        .contact_mail = read(ctx, req, "contact_mail", MAIL_MAX, was->contact_mail),
        .tongue = read(ctx, req, "tongue", 40, was->tongue),
        .texts = texts_said(ctx, req) ? read_texts(ctx, req) : was->texts,
    };
}

/* ---- when it goes out ---- */

static bool read_moment(Ctx *ctx, const Request *req, const char *name, Wall *wall_out, i64 *at_out)
{
    const char *text = form_text(ctx, req, name, 40);
    if (!text || faulted(ctx))
        return false;
    if (clock_parse_rfc3339(text, at_out))
        return true;
    return form_wall(ctx, req, name, wall_out);
}

bool press_read_schedule(Ctx *ctx, const Request *req, Schedule *schedule_out)
{
    Schedule s = {0};
    bool publish = read_moment(ctx, req, "publish_at", &s.publish, &s.publish_at);
    bool embargo = read_moment(ctx, req, "embargo_until", &s.embargo, &s.embargo_until);
    if (faulted(ctx) || !(publish || embargo))
        return false;
    *schedule_out = s;
    return true;
}

/* ---- was it touched? ---- */

const char *press_sign_of(Arena *a, const char *text)
{
    uint32_t sum = 2166136261u;
    const char *plain = text ? text_trim(a, text) : "";
    for (const unsigned char *p = (const unsigned char *)plain; *p; p++)
        if (*p != '\r')
            sum = (sum ^ *p) * 16777619u;
    return arena_printf(a, "%08x", sum);
}

static const char *const signed_fields[] = {"title", "lead", "body", "topics", "dateline_place", "dateline_day",
                                            "contact_name", "contact_phone", "contact_mail"};

const char *press_control(Arena *a, const Release *r, const char *name)
{
    const struct {
        const char *name, *value;
    } values[] = {{"title", r->title},
                  {"lead", r->lead},
                  {"body", r->body},
                  {"dateline_place", r->dateline_place},
                  {"dateline_day", r->dateline_day},
                  {"contact_name", r->contact_name},
                  {"contact_phone", r->contact_phone},
                  {"contact_mail", r->contact_mail}};
    for (size_t i = 0; i < COUNT(values); i++)
        if (text_same(values[i].name, name))
            return values[i].value;
    if (!text_same(name, "topics") || !r->topics)
        return NULL;
    Buf *out = buf_new(a, 64, 64 * 1024);
    List topics = text_split(a, r->topics, '\n');
    for (size_t i = 0; i < topics.count; i++)
        buf_printf(out, "%s%s", i ? ", " : "", ((const char *const *)topics.items)[i]);
    return buf_data(out);
}

const char *press_signs_of(Arena *a, const Release *r)
{
    Buf *out = buf_new(a, 256, 4096);
    for (size_t i = 0; i < COUNT(signed_fields); i++)
        buf_printf(out, "%s%s=%s", i ? " " : "", signed_fields[i], press_sign_of(a, press_control(a, r, signed_fields[i])));
    return buf_data(out);
}

bool press_was_untouched(Arena *a, const char *signs, const char *name, const char *typed)
{
    const char *wanted = arena_printf(a, "%s=%s", name, press_sign_of(a, typed));
    List list = signs ? text_split(a, signs, ' ') : (List){0};
    for (size_t i = 0; i < list.count; i++)
        if (text_same(((const char *const *)list.items)[i], wanted))
            return true;
    return false;
}
