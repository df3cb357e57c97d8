/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_cover_fields.c: what a form or a program says about a coverage or a delivery, read into drafts. */
#include "desks/agenda/coverage/agenda_cover.h"
#include "desks/agenda/events/agenda_fields.h"

enum { LINKS_MAX = 50, PIECES_MAX = 10000 };

/* ---- whom it goes to ---- */

/* The one select of a form says "area:…" and "contact:…" for those that are no person. */
static bool is_of(Ctx *ctx, const char *text, const char *prefix, i64 *id_out)
{
    if (!text || !text_starts(text, prefix))
        return false;
    if (!id_parse(text + strlen(prefix), id_out))
        fault_field(ctx, "assignee", "Choose somebody of the list.");
    return true;
}

void agenda_read_doer(Ctx *ctx, const Request *req, CoverageDraft *draft)
{
    const char *who = form_text(ctx, req, "assignee", 254);
    draft->area = form_id(ctx, req, "area");
    draft->contact = form_id(ctx, req, "contact");
    if (!is_of(ctx, who, "area:", &draft->area) && !is_of(ctx, who, "contact:", &draft->contact))
        draft->assignee = who;
}

/* ---- what is wanted ---- */

CoverageDraft agenda_read_coverage(Ctx *ctx, const Request *req)
{
    CoverageDraft draft = {
        .kind = (CoverageKind)form_word(ctx, req, "kind", agenda_kind_words, -1),
        .due_at = form_instant(ctx, req, "due_at", ctx->city->zone),
        .brief = form_text(ctx, req, "brief", 2000),
        .quantity_min = form_int(ctx, req, "quantity_min", 1, PIECES_MAX),
        .quantity_max = form_int(ctx, req, "quantity_max", 1, PIECES_MAX),
        .priority = form_has(req, "priority") ? form_int(ctx, req, "priority", 1, 5) : 3,
        .news_status = (NewsStatus)form_word(ctx, req, "news_status", agenda_news_words, NEWS_INTENDED),
    };
    if (draft.priority == NONE)
        draft.priority = 3;
    agenda_read_doer(ctx, req, &draft);
    if ((int)draft.kind < 0 && !faulted(ctx))
        form_need(ctx, req, "kind", 40);
    return draft;
}

static i64 kept_int(Ctx *ctx, const Request *req, const char *name, i64 least, i64 most, i64 otherwise)
{
    return form_has(req, name) ? form_int(ctx, req, name, least, most) : otherwise;
}

/* What was not sent stays as it is. */
CoverageDraft agenda_read_coverage_change(Ctx *ctx, const Request *req, const Coverage *c)
{
    CoverageDraft draft = {
        .kind = (CoverageKind)form_word(ctx, req, "kind", agenda_kind_words, (int)c->kind),
        .due_at = form_has(req, "due_at") ? form_instant(ctx, req, "due_at", ctx->city->zone) : c->due_at,
        .brief = form_has(req, "brief") ? form_text(ctx, req, "brief", 2000) : c->brief,
        .quantity_min = kept_int(ctx, req, "quantity_min", 1, PIECES_MAX, c->quantity_min),
        .quantity_max = kept_int(ctx, req, "quantity_max", 1, PIECES_MAX, c->quantity_max),
        .priority = kept_int(ctx, req, "priority", 1, 5, c->priority),
        .news_status = (NewsStatus)form_word(ctx, req, "news_status", agenda_news_words, (int)c->news_status),
    };
    if (draft.priority == NONE)
        draft.priority = c->priority;
    return draft;
}

/* ---- what is delivered ---- */

static EvidenceDraft read_one(Ctx *ctx, const Request *req, const char *kind, const char *url,
                              const char *text)
{
    EvidenceDraft e = {.url = form_text(ctx, req, url, 2000),
                       .text = form_text(ctx, req, text, AGENDA_NOTE_MAX)};
    int otherwise = e.url ? EVIDENCE_LINK : EVIDENCE_NOTE;
    e.kind = (EvidenceKind)form_word(ctx, req, kind, agenda_evidence_words, otherwise);
    return e;
}

static const char *item_field(Ctx *ctx, int i, const char *name)
{
    return arena_printf(ctx->arena, "evidence.%d.%s", i, name);
}

/* Files that came along; they are in the vault already. */
static size_t add_files(const Request *req, EvidenceDraft *list, size_t n)
{
    const Upload *u = req->uploads.items;
    for (size_t i = 0; i < req->uploads.count; i++) {
        list[n++] = (EvidenceDraft){.kind = EVIDENCE_FILE,
                                    .sha256 = u[i].sha256,
                                    .filename = u[i].filename,
                                    .type = u[i].type,
                                    .size = u[i].size};
    }
    return n;
}

List agenda_read_evidence(Ctx *ctx, const Request *req)
{
    EvidenceDraft *list = arena_array(ctx->arena, EvidenceDraft, LINKS_MAX + 3 + req->uploads.count);
    size_t n = 0;
    for (int i = 0; i < LINKS_MAX; i++) {
        const char *kind = item_field(ctx, i, "kind"), *url = item_field(ctx, i, "url"),
                   *text = item_field(ctx, i, "text");
        if (form_has(req, kind) || form_has(req, url) || form_has(req, text))
            list[n++] = read_one(ctx, req, kind, url, text);
    }
    const char *url = form_text(ctx, req, "url", 2000),
               *text = form_text(ctx, req, "text", AGENDA_NOTE_MAX);
    if (url || text)
        list[n++] = read_one(ctx, req, "kind", "url", "text");
    const char *link = form_text(ctx, req, "link", 2000),
               *note = form_text(ctx, req, "note", AGENDA_NOTE_MAX);
    if (link)
        list[n++] = (EvidenceDraft){.kind = EVIDENCE_LINK, .url = link};
    if (note)
        list[n++] = (EvidenceDraft){.kind = EVIDENCE_NOTE, .text = note};
    return (List){list, add_files(req, list, n)};
}

Delivery agenda_read_delivery(Ctx *ctx, const Request *req)
{
    return (Delivery){
        .evidence = agenda_read_evidence(ctx, req),
        .quantity = form_int(ctx, req, "quantity_delivered", 0, 100000),
        .worked_minutes = form_int(ctx, req, "worked_minutes", 0, 14 * 24 * 60),
        .client_key = form_text(ctx, req, "client_key", 100),
    };
}

/* ---- choices ---- */

List agenda_people_choices(Ctx *ctx)
{
    return agenda_doer_choices(ctx, NULL);
}

static List prefixed(Ctx *ctx, List choices, const char *prefix)
{
    Choice *all = (Choice *)choices.items;
    for (size_t i = 0; i < choices.count; i++)
        all[i].value = arena_printf(ctx->arena, "%s%s", prefix, all[i].value);
    return choices;
}

Doers agenda_doers(Ctx *ctx, const Busy *busy)
{
    return (Doers){.people = agenda_doer_choices(ctx, busy),
                   .teams = prefixed(ctx, agenda_team_choices(ctx, busy), "area:"),
                   .contacts = prefixed(ctx, agenda_contact_choices(ctx, busy), "contact:")};
}

Slot agenda_slot_of_event(const Event *e)
{
    return (Slot){.event = e->id,
                  .from = e->starts_at,
                  .to = e->ends_at,
                  .hours = !e->all_day && !e->time_to_be_confirmed,
                  .place_name = e->place.name,
                  .lat = e->place.lat,
                  .lon = e->place.lon};
}

Doers agenda_doers_of_event(Ctx *ctx, const Event *e)
{
    Busy busy = agenda_busy(ctx, agenda_slot_of_event(e), 0);
    return agenda_doers(ctx, &busy);
}
