/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_deliver.c: what is handed in: links, notes and files; sent twice, it is handed in once. */
#include "desks/agenda/coverage/agenda_cover.h"
#include "store/journal.h"
#include "agenda_coverage_queries.h"
#include "agenda_queries.h"

enum { EVIDENCE_MAX = 50, URL_MAX = 2000, KEY_MAX = 100, QUANTITY_MAX = 100000, MINUTES_MAX = 14 * 24 * 60 };

/* ---- what is handed in ---- */

static bool check_url(Ctx *ctx, const EvidenceDraft *e)
{
    Url url;
    if (text_blank(e->url) || (strlen(e->url) <= URL_MAX && url_outside(ctx->arena, e->url, &url)))
        return true;
    return fault_field(ctx, "evidence", "\"%s\" is no address of the web: it begins with https:// or http://.",
                       text_clip(ctx->arena, e->url, 60));
}

static bool check_evidence(Ctx *ctx, const EvidenceDraft *e)
{
    if (!check_url(ctx, e))
        return false;
    if (e->kind == EVIDENCE_LINK && text_blank(e->url))
        return fault_field(ctx, "evidence", "A link needs its address.");
    if (e->kind == EVIDENCE_FILE && !e->sha256)
        return fault_field(ctx, "evidence", "Choose the file.");
    if (!e->sha256 && text_blank(e->url) && text_blank(e->text))
        return fault_field(ctx, "evidence", "Say what was delivered: an address or a text.");
    if (e->text && (!text_valid(e->text, strlen(e->text)) || text_has_control(e->text)))
        return fault_field(ctx, "evidence", "There are characters in it that cannot be shown.");
    if (e->text && !text_fits(e->text, AGENDA_NOTE_MAX))
        return fault_field(ctx, "evidence", "This is too long: at most %d characters.", AGENDA_NOTE_MAX);
    return true;
}

static const char *address_of(Ctx *ctx, i64 id, const EvidenceDraft *e)
{
    if (e->sha256)
        return arena_printf(ctx->arena, "/mesa/evidencias/%s", id_text(ctx->arena, id));
    return text_blank(e->url) ? NULL : e->url;
}

/* Only the first thing of a delivery carries its key: one row is enough to know it again. */
static bool keep_evidence(Ctx *ctx, i64 coverage, const EvidenceDraft *e, const char *key)
{
    i64 id = id_new(ctx->now);
    return check_evidence(ctx, e) &&
           db_write(ctx, &q_agenda_evidence_insert, I(id), I(coverage), W(agenda_evidence_words, e->kind),
                    T(address_of(ctx, id, e)), T(text_blank(e->text) ? NULL : e->text), I_OR_NULL(ctx->actor->id),
                    I(ctx->now), T(e->sha256), T(e->filename), T(e->type), I_OR_NULL(e->size), T(key));
}

static bool keep_all(Ctx *ctx, i64 coverage, const Delivery *d, const char *key)
{
    const EvidenceDraft *drafts = d->evidence.items;
    if (!d->evidence.count)
        return fault_field(ctx, "evidence",
                           "Deliver at least one thing: a link, photos, a release, a post or a note.");
    if (d->evidence.count > EVIDENCE_MAX)
        return fault_field(ctx, "evidence", "At most %d things at once.", EVIDENCE_MAX);
    for (size_t i = 0; i < d->evidence.count; i++) {
        if (!keep_evidence(ctx, coverage, &drafts[i], i ? drafts[i].client_key : key))
            return false;
    }
    return true;
}

/* ---- delivering ---- */

static const char *key_of(const Delivery *d)
{
    const EvidenceDraft *first = d->evidence.items;
    if (!text_blank(d->client_key))
        return d->client_key;
    return d->evidence.count && !text_blank(first->client_key) ? first->client_key : NULL;
}

/* Was this very delivery taken before?  Then nothing is to be done, whatever became of the coverage since. */
static bool taken_before(Ctx *ctx, i64 coverage, const char *key, bool *taken_out)
{
    i64 of = key ? db_number(ctx, &q_agenda_evidence_by_key, T(key)) : NONE;
    *taken_out = of == coverage;
    if (of != NONE && of != coverage)
        return fault(ctx, FAULT_CONFLICT, "This key belongs to the delivery of another coverage: each delivery has its own.");
    return !faulted(ctx);
}

/* The coverage, when whoever asks may answer for it; its state is looked at afterwards. */
static const Coverage *to_deliver(Ctx *ctx, i64 coverage, i64 version)
{
    const unsigned any = ~0u;
    const Coverage *c = agenda_coverage_to_answer(ctx, coverage, version, any);
    if (!c || STATE_BIT(c->state) & FROM_DELIVER)
        return c;
    if (c->state == COVERAGE_DELIVERED || c->state == COVERAGE_APPROVED)
        return fault(ctx, FAULT_CONFLICT, "It was delivered already: this cannot be done again. Have it returned to deliver something else.");
    return agenda_coverage_to(ctx, coverage, NONE, FROM_DELIVER);
}

static bool check_numbers(Ctx *ctx, const Delivery *d)
{
    if (text_blank(d->client_key) || strlen(d->client_key) <= KEY_MAX) {
        if (d->quantity != NONE && (d->quantity < 0 || d->quantity > QUANTITY_MAX))
            return fault_field(ctx, "quantity_delivered", "A number from 0 to %d is wanted.", QUANTITY_MAX);
        if (d->worked_minutes != NONE && (d->worked_minutes < 0 || d->worked_minutes > MINUTES_MAX))
            return fault_field(ctx, "worked_minutes", "A number from 0 to %d is wanted.", MINUTES_MAX);
        return true;
    }
    return fault_field(ctx, "client_key", "This is too long: at most %d characters.", KEY_MAX);
}

bool agenda_deliver_all(Ctx *ctx, i64 coverage, i64 version, const Delivery *d)
{
    bool taken = false;
    const char *key = key_of(d);
    if (!agenda_coverage_to_answer(ctx, coverage, NONE, ~0u) || !check_numbers(ctx, d) || !taken_before(ctx, coverage, key, &taken))
        return false;
    if (taken)
        return true;
    const Coverage *c = to_deliver(ctx, coverage, version);
    if (!c || !keep_all(ctx, coverage, d, key))
        return false;
    Coverage next = *c;
    next.state = COVERAGE_DELIVERED;
    next.reason = NULL;
    next.delivered_at = c->delivered_at ? c->delivered_at : ctx->now;
    if (d->quantity != NONE && d->quantity)
        next.quantity_delivered = d->quantity;
    if (d->worked_minutes != NONE && d->worked_minutes)
        next.worked_minutes = d->worked_minutes;
    bool other = c->assignee && c->assignee != ctx->actor->id;
    return agenda_coverage_keep(
        ctx, c, &next, "delivered",
        other ? arena_printf(ctx->arena, say(ctx, "on behalf of %s"), c->assignee_name) : NULL);
}

bool agenda_deliver(Ctx *ctx, i64 coverage, i64 version, List evidence)
{
    return agenda_deliver_all(ctx, coverage, version,
                              &(Delivery){.evidence = evidence, .quantity = NONE, .worked_minutes = NONE});
}

/* ---- taking something back ---- */

static bool drop_evidence(Ctx *ctx, i64 evidence, i64 coverage)
{
    i64 dropped;
    if (!db_change(ctx, &q_agenda_evidence_drop, &dropped, I(evidence), I(coverage)))
        return false;
    return dropped || db_write(ctx, &q_agenda_evidence_empty, I(evidence), I(coverage));
}

bool agenda_withdraw(Ctx *ctx, i64 evidence, const char *reason)
{
    const Evidence *e = agenda_evidence(ctx, evidence);
    const Coverage *c = e ? agenda_coverage_to_answer(ctx, e->coverage, NONE, FROM_WITHDRAW) : NULL;
    if (!c)
        return false;
    Coverage next = *c;
    bool last = c->evidence.count <= 1;
    if (last && c->state == COVERAGE_DELIVERED)
        next.state = COVERAGE_IN_PROGRESS;
    return drop_evidence(ctx, evidence, c->id) &&
           agenda_coverage_keep(ctx, c, &next, "withdrawn", text_blank(reason) ? NULL : reason);
}
