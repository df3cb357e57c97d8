/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_hand_in.c: a coverage is delivered with its pictures; what is added later is delivered with them. */
#include "desks/photos/keep/photos_keep.h"
#include "photos_keep_queries.h"

/* ---- what is handed in ---- */

static const char *list_path(Ctx *ctx, i64 coverage)
{
    Url list = url_query(ctx->arena, url_literal("/mesa/fotos"), "cobertura", id_text(ctx->arena, coverage));
    return url_query(ctx->arena, list, "figura", "photos_delivered").s;
}

static const char *list_address(Ctx *ctx, i64 coverage)
{
    return arena_printf(ctx->arena, "%s%s", ctx->city->base_url, list_path(ctx, coverage));
}

static bool check_ready(Ctx *ctx, i64 coverage)
{
    i64 open = db_number(ctx, &q_photos_hand_open, I(coverage));
    if (open > 0)
        return fault(ctx, FAULT_CONFLICT,
                     say_n(ctx, "%" PRId64 " picture is still being looked at: hand it in when it is ready.",
                           "%" PRId64 " pictures are still being looked at: hand it in when they are ready.", open),
                     open);
    if (db_number(ctx, &q_photos_hand_ready, I(coverage)) > 0)
        return true;
    return fault_field(ctx, "coverage", "There is no picture to hand in: upload some for this coverage, and keep at least one.");
}

/* Where nobody chose, all of them. */
static bool choose(Ctx *ctx, i64 coverage, i64 *photos_out)
{
    i64 changed;
    bool chosen = db_number(ctx, &q_photos_hand_marked, I(coverage)) > 0;
    if (!db_change(ctx, &q_photos_hand_back, &changed, I(coverage), B(chosen)) ||
        !db_change(ctx, &q_photos_hand_set, &changed, I(coverage), I(ctx->now), B(chosen)))
        return false;
    *photos_out = db_number(ctx, &q_photos_hand_count, I(coverage));
    return !faulted(ctx);
}

/* ---- delivering ---- */

static const char *text_of(Ctx *ctx, i64 photos, const char *note)
{
    const char *said = arena_printf(ctx->arena, say_n(ctx, "%" PRId64 " picture", "%" PRId64 " pictures", photos), photos);
    return text_blank(note) ? said : arena_printf(ctx->arena, "%s. %s", said, note);
}

static bool deliver(Ctx *ctx, i64 coverage, i64 photos, const char *note)
{
    EvidenceDraft list = {.kind = EVIDENCE_PHOTO, .url = list_address(ctx, coverage), .text = text_of(ctx, photos, note)};
    Delivery delivery = {.evidence = {&list, 1}, .quantity = photos, .worked_minutes = NONE};
    return agenda_deliver_all(ctx, coverage, NONE, &delivery);
}

/* The list that was handed in before gives way to the present one. */
static bool take_back_list(Ctx *ctx, const Coverage *c)
{
    const char *address = list_address(ctx, c->id);
    for (const Evidence *e = c->evidence.items, *end = e + c->evidence.count; e < end; e++)
        if (text_same(e->url, address) && !agenda_withdraw(ctx, e->id, NULL))
            return false;
    return true;
}

/* Delivered with something else besides: that stands, and a note says what came. */
static bool deliver_more(Ctx *ctx, const Coverage *c, i64 photos, const char *note)
{
    const Coverage *now = take_back_list(ctx, c) ? agenda_coverage(ctx, c->id) : NULL;
    if (!now)
        return false;
    if (now->state == COVERAGE_DELIVERED)
        return agenda_note(ctx, c->id, text_of(ctx, photos, note), NULL);
    return deliver(ctx, c->id, photos, note);
}

static const Coverage *to_hand_in(Ctx *ctx, i64 coverage)
{
    const Coverage *c = people_may(ctx, RIGHT_PHOTOS_UPLOAD) ? agenda_coverage(ctx, coverage) : NULL;
    if (!c)
        return NULL;
    if (c->kind != COVER_PHOTO)
        return fault_field(ctx, "coverage", "This coverage is no photography: choose one that is, or none.");
    if (c->state == COVERAGE_APPROVED)
        return fault(ctx, FAULT_CONFLICT, "It was approved already: have it returned to hand in more.");
    return c;
}

bool photos_hand_in(Ctx *ctx, i64 coverage, const char *note, i64 *photos_out)
{
    i64 photos = 0;
    const Coverage *c = to_hand_in(ctx, coverage);
    if (!c || !check_text(ctx, "note", note, PHOTOS_REASON_MAX) || !check_ready(ctx, coverage) || !choose(ctx, coverage, &photos))
        return false;
    if (c->state == COVERAGE_ASSIGNED && !agenda_accept(ctx, coverage, NONE))
        return false;
    if (!(c->state == COVERAGE_DELIVERED ? deliver_more(ctx, c, photos, note) : deliver(ctx, coverage, photos, note)))
        return false;
    *photos_out = photos;
    return true;
}
