/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_editor_pages.c: the editor: what stands in it, what it offers to choose from, and what others changed meanwhile. */
#include "desks/press/editor/press_editor.h"
#include "web/form.h"
#include "press_editor_views.h"

enum { EVENTS_OFFERED = 200, EVENT_DAYS = 45 };

/* ---- what can be chosen ---- */

static List area_choices(Ctx *ctx)
{
    List areas = people_areas(ctx);
    const Area *a = areas.items;
    Choice *choices = arena_array(ctx->arena, Choice, areas.count + 1);
    for (size_t i = 0; i < areas.count; i++)
        choices[i] = (Choice){id_text(ctx->arena, a[i].id), a[i].name};
    return (List){choices, areas.count};
}

static List events_near(Ctx *ctx)
{
    if (!people_has(ctx, RIGHT_AGENDA_READ))
        return (List){0};
    AgendaFilter filter = {.span = {ctx->now - EVENT_DAYS * CLOCK_DAY, ctx->now + EVENT_DAYS * CLOCK_DAY}};
    return agenda_list(ctx, &filter, 0, 0, EVENTS_OFFERED);
}

/* As the list of suggestions calls it; its bare title where the reader may not see the event. */
static const char *event_label(Ctx *ctx, const Release *r)
{
    if (!r->event)
        return NULL;
    const Event *e = agenda_find(ctx, r->event);
    if (e)
        return press_look_event(ctx, e);
    fault_take(ctx);
    return r->event_title;
}

static const ReleaseText *text_in(const Release *r, const char *tongue)
{
    for (const ReleaseText *t = r->texts.items, *end = t + r->texts.count; t < end; t++)
        if (text_same(t->tongue, tongue))
            return t;
    return NULL;
}

/* Every language but the release's own. */
static List texts_of(Ctx *ctx, const Release *r)
{
    TextShown *texts = arena_array(ctx->arena, TextShown, PRESS_TEXTS_MAX + 1);
    size_t n = 0;
    for (const Word *w = press_tongue_words; w->name && n < PRESS_TEXTS_MAX; w++) {
        if (text_same(w->name, r->tongue ? r->tongue : "es"))
            continue;
        texts[n] = (TextShown){w->name, say(ctx, w->label), (int)n, text_in(r, w->name)};
        n++;
    }
    return (List){texts, n};
}

/* ---- somebody else was first ---- */

/* What was typed, as a release. What is wrong in it is said at its fields already. */
static const Release *typed(Ctx *ctx, const Request *req, const Release *r)
{
    ReleaseDraft draft = press_read_draft(ctx, req, r);
    if (faulted(ctx))
        fault_take(ctx);
    Release *mine = arena_new_of(ctx->arena, Release);
    *mine = *r;
    mine->title = draft.title;
    mine->lead = draft.lead;
    mine->body = draft.body;
    mine->topics = draft.topics;
    mine->dateline_place = draft.dateline_place;
    mine->dateline_day = draft.dateline_day;
    mine->contact_name = draft.contact_name;
    mine->contact_phone = draft.contact_phone;
    mine->contact_mail = draft.contact_mail;
    mine->texts = draft.texts;
    return mine;
}

static const char *last_writer(Ctx *ctx, i64 id)
{
    List versions = press_versions(ctx, id, 0, 1);
    const ReleaseVersion *v = versions.count ? versions.items : NULL;
    return v ? v->person_name : NULL;
}

/* Both texts beside each other; nothing typed is lost. */
static void compare(Ctx *ctx, const Request *req, EditorShown *x)
{
    const Release *r = x->release;
    if (x->mode == EDIT_NEW || !form_again(req->form) || req->version == NONE || req->version == r->version)
        return;
    x->changed_by = last_writer(ctx, r->id);
    List diffs = press_differences(ctx, r, typed(ctx, req, r));
    ConflictField *fields = arena_array(ctx->arena, ConflictField, diffs.count + 1);
    const FieldDiff *d = diffs.items;
    const char *signs = form_raw(req, "was");
    for (size_t i = 0; i < diffs.count; i++)
        fields[i] = (ConflictField){&d[i], press_was_untouched(ctx->arena, signs, d[i].name, form_raw(req, d[i].name))};
    x->conflict = (List){fields, diffs.count};
}

/* ---- drawing ---- */

static const char *title_of(Ctx *ctx, EditMode mode)
{
    return mode == EDIT_NEW     ? say(ctx, "New release")
           : mode == EDIT_DRAFT ? say(ctx, "Edit the release")
                                : say(ctx, "Correct the release");
}

static const char *warning(Ctx *ctx, const Release *r)
{
    if (r->state == RELEASE_DRAFT)
        return NULL;
    if (r->state == RELEASE_IN_REVIEW)
        return say(ctx, "It is in review: what you save is what they read from then on, and a yes to the text before does not count for it.");
    return arena_printf(ctx->arena, say(ctx, "It is %s. What you save changes it: it becomes a draft and has to be read again."),
                        say_word(ctx, press_state_words, (int)r->state));
}

static void set_addresses(Ctx *ctx, const Request *req, EditorShown *x)
{
    Arena *a = ctx->arena;
    i64 id = x->release->id;
    x->action = x->mode == EDIT_NEW     ? url_literal("/mesa/comunicados")
                : x->mode == EDIT_DRAFT ? press_url(a, id)
                                        : press_act_url(a, id, "corregir");
    x->back = x->mode == EDIT_NEW ? url_literal("/mesa/comunicados") : press_url(a, id);
    bool by_itself = x->mode == EDIT_NEW || (x->mode == EDIT_DRAFT && x->release->state == RELEASE_DRAFT);
    x->save = by_itself ? x->action : (Url){NULL};
    if (x->mode == EDIT_DRAFT && press_look_route(req, GET, "/mesa/comunicados/:id/sugerencias"))
        x->hints = press_act_url(a, id, "sugerencias");
    x->may_add_files = x->mode == EDIT_DRAFT && press_look_route(req, POST, "/mesa/comunicados/:id/archivos");
}

static EditorShown editor(Ctx *ctx, const Request *req, const Release *r, EditMode mode)
{
    return (EditorShown){
        .form = req->form,
        .mode = mode,
        .release = r,
        .title = title_of(ctx, mode),
        .event_label = event_label(ctx, r),
        .topics = press_control(ctx->arena, r, "topics"),
        .was = press_signs_of(ctx->arena, r),
        .events = events_near(ctx),
        .known_topics = press_topics(ctx),
        .areas = area_choices(ctx),
        .texts = texts_of(ctx, r),
        .warning = mode == EDIT_DRAFT ? warning(ctx, r) : NULL,
        .may_send = mode != EDIT_CORRECTION && r->state != RELEASE_IN_REVIEW,
    };
}

static void draw(Ctx *ctx, const Request *req, Page *page, EditorShown *x)
{
    set_addresses(ctx, req, x);
    compare(ctx, req, x);
    page->title = x->title;
    page->here = "/mesa/comunicados";
    page->version = NONE; /* what is suggested changes */
    press_view_editor(page->html, x);
}

void press_draw_editor(Ctx *ctx, const Request *req, Page *page, const Release *r, EditMode mode)
{
    EditorShown x = editor(ctx, req, r, mode);
    if (mode == EDIT_NEW)
        x.templates = press_templates(ctx, false);
    draw(ctx, req, page, &x);
}

void press_draw_correction(Ctx *ctx, const Request *req, Page *page, const Release *r, const char *said, i64 cover)
{
    EditorShown x = editor(ctx, req, r, EDIT_CORRECTION);
    x.said = said;
    press_show_files(ctx, req, &x, cover);
    draw(ctx, req, page, &x);
}
