/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_set_up_pages.c: topics, templates and times of silence at their addresses. */
#include "desks/press/press_pages.h"
#include "desks/press/setup/press_set_up.h"
#include "web/form.h"
#include "press_set_up_views.h"

#define HERE "/mesa/comunicados"

static bool may_set_up(Ctx *ctx)
{
    return people_has(ctx, RIGHT_PRESS_SET_UP);
}

static const char *kept(Ctx *ctx, const Request *req, const char *name, size_t max, const char *otherwise)
{
    return form_has(req, name) ? form_text(ctx, req, name, max) : otherwise;
}

/* ---- topics ---- */

/* GET /mesa/comunicados/temas, and after a refusal of one of its forms */
static void page_topics(Ctx *ctx, const Request *req, Page *page)
{
    if (!people_may(ctx, RIGHT_PRESS_READ))
        return;
    TopicsShown x = {.req = req, .topics = press_topics(ctx), .may_set_up = may_set_up(ctx)};
    page->title = say(ctx, "Topics");
    page->here = HERE;
    page_list(page, &press_topic_shape, x.topics, (i64)x.topics.count, NULL);
    if (req->method == POST)
        x.active = req->slug ? req->slug : "";
    if (page->format == FORMAT_HTML)
        press_view_topics(page->html, &x);
}

static void give_topic(Ctx *ctx, Page *page, const char *name, bool created)
{
    const PressTopic *t = press_topic_of(ctx, name);
    if (!t)
        return;
    page_one(page, &press_topic_shape, t);
    (created ? page_created : page_done)(page, url_literal("/mesa/comunicados/temas"), say(ctx, created ? "The topic was added." : "Saved."));
}

/* POST /mesa/comunicados/temas */
static void act_add_topic(Ctx *ctx, const Request *req, Page *page)
{
    PressTopic t = {.name = form_text(ctx, req, "name", 200), .sensitive = form_bool(req, "sensitive"), .in_silence = form_bool(req, "in_silence")};
    if (!faulted(ctx) && press_topic_set(ctx, NULL, NONE, &t))
        give_topic(ctx, page, t.name, true);
}

/* POST /mesa/comunicados/temas/:slug */
static void act_change_topic(Ctx *ctx, const Request *req, Page *page)
{
    const PressTopic *before = people_may(ctx, RIGHT_PRESS_SET_UP) ? press_topic_of(ctx, req->slug) : NULL;
    if (!before) {
        fault(ctx, FAULT_NOT_FOUND, "there is no such topic");
        return;
    }
    PressTopic t = *before;
    t.name = kept(ctx, req, "name", 200, before->name);
    if (form_has(req, "sensitive"))
        t.sensitive = form_bool(req, "sensitive");
    if (form_has(req, "in_silence"))
        t.in_silence = form_bool(req, "in_silence");
    if (!faulted(ctx) && press_topic_set(ctx, before->slug, req->version, &t))
        give_topic(ctx, page, before->slug, false);
}

/* ---- templates ---- */

/* GET /mesa/comunicados/plantillas */
static void page_templates(Ctx *ctx, const Request *req, Page *page)
{
    bool archived = text_same(query_text(req, "archivadas"), "1");
    if (!people_may(ctx, RIGHT_PRESS_READ))
        return;
    List templates = press_templates(ctx, archived);
    page->title = say(ctx, "Templates");
    page->here = HERE;
    page_list(page, &press_template_shape, templates, (i64)templates.count, NULL);
    if (page->format != FORMAT_HTML)
        return;
    TemplatesShown x = {.req = req, .templates = press_templates(ctx, false), .archived = press_templates(ctx, true), .may_set_up = may_set_up(ctx)};
    press_view_templates(page->html, &x);
}

static void show_template(Ctx *ctx, const Request *req, Page *page, const ReleaseTemplate *t, Url action)
{
    TemplateShown x = {.req = req, .template = t, .action = action, .may_set_up = may_set_up(ctx)};
    page->title = t->id ? t->name : say(ctx, "New template");
    page->here = HERE;
    if (page->format == FORMAT_HTML)
        press_view_template(page->html, &x);
}

/* GET /mesa/comunicados/plantillas/nueva, and after a refusal */
static void page_new_template(Ctx *ctx, const Request *req, Page *page)
{
    static const ReleaseTemplate blank = {.id = 0};
    if (people_may(ctx, RIGHT_PRESS_SET_UP))
        show_template(ctx, req, page, &blank, url_literal("/mesa/comunicados/plantillas"));
}

/* GET /mesa/comunicados/plantillas/:id, and after a refusal */
static void page_template(Ctx *ctx, const Request *req, Page *page)
{
    const ReleaseTemplate *t = press_template(ctx, req->id);
    if (!t)
        return;
    page_one(page, &press_template_shape, t);
    show_template(ctx, req, page, t, press_template_url(ctx->arena, t->id));
    page->version = page->format == FORMAT_HTML ? NONE : t->version;
}

static ReleaseTemplate read_template(Ctx *ctx, const Request *req, const ReleaseTemplate *before)
{
    ReleaseTemplate t = *before;
    t.name = kept(ctx, req, "name", 200, before->name);
    t.title = kept(ctx, req, "title", PRESS_TITLE_MAX, before->title);
    t.lead = kept(ctx, req, "lead", PRESS_LEAD_MAX, before->lead);
    t.body = kept(ctx, req, "body", PRESS_BODY_MAX, before->body);
    t.dateline_place = kept(ctx, req, "dateline_place", 120, before->dateline_place);
    if (form_has(req, "topics"))
        t.topics = form_lines(ctx, req, "topics", PRESS_TOPICS_MAX);
    if (form_has(req, "archived"))
        t.archived = form_bool(req, "archived");
    return t;
}

static void keep_template(Ctx *ctx, const Request *req, Page *page, const ReleaseTemplate *before)
{
    i64 id;
    ReleaseTemplate t = read_template(ctx, req, before);
    if (faulted(ctx) || !press_template_set(ctx, before->id, req->version, &t, &id))
        return;
    const ReleaseTemplate *now = press_template(ctx, id);
    if (!now)
        return;
    bool people = page->format == FORMAT_HTML;
    page_one(page, &press_template_shape, now);
    if (before->id)
        page_done(page, press_template_url(ctx->arena, id), say(ctx, "Saved."));
    else
        page_created(page, people ? url_literal("/mesa/comunicados/plantillas") : press_template_url(ctx->arena, id), say(ctx, "The template was added."));
}

/* POST /mesa/comunicados/plantillas */
static void act_add_template(Ctx *ctx, const Request *req, Page *page)
{
    static const ReleaseTemplate blank = {.id = 0};
    if (people_may(ctx, RIGHT_PRESS_SET_UP))
        keep_template(ctx, req, page, &blank);
}

/* POST /mesa/comunicados/plantillas/:id */
static void act_change_template(Ctx *ctx, const Request *req, Page *page)
{
    const ReleaseTemplate *before = people_may(ctx, RIGHT_PRESS_SET_UP) ? press_template(ctx, req->id) : NULL;
    if (before)
        keep_template(ctx, req, page, before);
}

/* ---- silence ---- */

static List speaking(Ctx *ctx)
{
    List all = press_topics(ctx);
    PressTopic *some = arena_array(ctx->arena, PressTopic, all.count + 1);
    size_t n = 0;
    for (const PressTopic *t = all.items, *end = t + all.count; t < end; t++)
        if (t->in_silence)
            some[n++] = *t;
    return (List){some, n};
}

/* Those ahead come first. */
static size_t ahead_of(Ctx *ctx, List silences)
{
    const Silence *s = silences.items;
    size_t n = 0;
    while (n < silences.count && s[n].to_at > ctx->now)
        n++;
    return n;
}

/* GET /mesa/comunicados/silencio, and after a refusal of one of its forms */
static void page_silences(Ctx *ctx, const Request *req, Page *page)
{
    if (!people_may(ctx, RIGHT_PRESS_READ))
        return;
    List all = press_silences(ctx);
    size_t ahead = ahead_of(ctx, all);
    page->title = say(ctx, "Silence");
    page->here = HERE;
    page_list(page, &press_silence_shape, all, (i64)all.count, NULL);
    if (page->format != FORMAT_HTML)
        return;
    SilencesShown x = {
        .req = req, .ahead = {all.items, ahead}, .over = {(const Silence *)all.items + ahead, all.count - ahead}, .speaking = speaking(ctx),
        .active = req->method == POST ? req->id : NONE, .zone = zone_name(ctx->city->zone), .may_set_up = may_set_up(ctx),
    };
    press_view_silences(page->html, &x);
}

static Silence read_silence(Ctx *ctx, const Request *req, const Silence *before)
{
    Silence s = *before;
    s.name = kept(ctx, req, "name", 200, before->name);
    s.basis = kept(ctx, req, "basis", 400, before->basis);
    if (form_has(req, "from_at"))
        s.from_at = form_instant(ctx, req, "from_at", ctx->city->zone);
    if (form_has(req, "to_at"))
        s.to_at = form_instant(ctx, req, "to_at", ctx->city->zone);
    return s;
}

static void keep_silence(Ctx *ctx, const Request *req, Page *page, const Silence *before)
{
    i64 id;
    Silence s = read_silence(ctx, req, before);
    if (faulted(ctx) || !press_silence_set(ctx, before->id, req->version, &s, &id))
        return;
    page_one(page, &press_silence_shape, press_silence(ctx, id));
    if (before->id)
        page_done(page, url_literal("/mesa/comunicados/silencio"), say(ctx, "Saved."));
    else
        page_created(page, url_literal("/mesa/comunicados/silencio"), say(ctx, "The time of silence was set."));
}

/* POST /mesa/comunicados/silencio */
static void act_add_silence(Ctx *ctx, const Request *req, Page *page)
{
    static const Silence blank = {.id = 0};
    if (people_may(ctx, RIGHT_PRESS_SET_UP))
        keep_silence(ctx, req, page, &blank);
}

/* POST /mesa/comunicados/silencio/:id */
static void act_change_silence(Ctx *ctx, const Request *req, Page *page)
{
    const Silence *before = people_may(ctx, RIGHT_PRESS_SET_UP) ? press_silence(ctx, req->id) : NULL;
    if (before)
        keep_silence(ctx, req, page, before);
}

/* POST /mesa/comunicados/silencio/:id/quitar */
static void act_drop_silence(Ctx *ctx, const Request *req, Page *page)
{
    if (press_silence_drop(ctx, req->id, req->version))
        page_done(page, url_literal("/mesa/comunicados/silencio"), say(ctx, "The time of silence was taken away."));
}

#define TEMPLATE_FIELDS "name title lead body topics dateline_place archived"

const Route press_set_up_routes[] = {
    {GET, "/mesa/comunicados/temas", page_topics, RIGHT_PRESS_READ, "The topics of releases, with what is public of each", .list = true,
     .shape = &press_topic_shape},
    {POST, "/mesa/comunicados/temas", act_add_topic, RIGHT_PRESS_SET_UP, "Adds a topic", .fields = "name! sensitive in_silence",
     .shape = &press_topic_shape, .form = page_topics},
    {POST, "/mesa/comunicados/temas/:slug", act_change_topic, RIGHT_PRESS_SET_UP, "Says whether a topic needs two approvals or may speak in silence",
     .fields = "name sensitive in_silence", .shape = &press_topic_shape, .form = page_topics},
    {GET, "/mesa/comunicados/plantillas", page_templates, RIGHT_PRESS_READ, "Releases to begin with", .list = true, .query = "archivadas", .shape = &press_template_shape},
    {GET, "/mesa/comunicados/plantillas/nueva", page_new_template, RIGHT_PRESS_SET_UP, "A form for a new template", .formats = AS_HTML},
    {POST, "/mesa/comunicados/plantillas", act_add_template, RIGHT_PRESS_SET_UP, "Adds a template",
     .fields = "name! title lead body! topics dateline_place archived", .shape = &press_template_shape, .form = page_new_template},
    {GET, "/mesa/comunicados/plantillas/:id", page_template, RIGHT_PRESS_READ, "A template", .shape = &press_template_shape},
    {POST, "/mesa/comunicados/plantillas/:id", act_change_template, RIGHT_PRESS_SET_UP, "Changes a template, archives it or offers it again",
     .fields = TEMPLATE_FIELDS, .shape = &press_template_shape, .form = page_template},
    {GET, "/mesa/comunicados/silencio", page_silences, RIGHT_PRESS_READ, "Times in which the law commands silence", .list = true, .shape = &press_silence_shape},
    {POST, "/mesa/comunicados/silencio", act_add_silence, RIGHT_PRESS_SET_UP, "Sets a time of silence", .fields = "name! basis! from_at! to_at!",
     .shape = &press_silence_shape, .form = page_silences},
    {POST, "/mesa/comunicados/silencio/:id", act_change_silence, RIGHT_PRESS_SET_UP, "Changes a time of silence", .fields = "name basis from_at to_at",
     .shape = &press_silence_shape, .form = page_silences},
    {POST, "/mesa/comunicados/silencio/:id/quitar", act_drop_silence, RIGHT_PRESS_SET_UP, "Takes a time of silence away"},
    {0},
};
