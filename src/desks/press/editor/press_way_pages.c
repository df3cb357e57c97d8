/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_way_pages.c: the way of a release: to review, to publication, to its withdrawal. */
#include "desks/press/editor/press_editor.h"
#include "desks/press/press_pages.h"
#include "web/form.h"
#include "web/site.h"

enum { REASON_MAX = 1000, CORRECTION_MAX = PRESS_FILE_MAX + 4 * 1024 * 1024 };

static void give(Ctx *ctx, const Request *req, Page *page, bool done, const char *notice)
{
    if (done && !faulted(ctx))
        press_give_release(ctx, req, page, req->id, notice);
}

/* POST /mesa/comunicados/:id/enviar */
static void act_send(Ctx *ctx, const Request *req, Page *page)
{
    give(ctx, req, page, press_send(ctx, req->id, req->version), say(ctx, "Sent to review."));
}

/* POST /mesa/comunicados/:id/aprobar */
static void act_approve(Ctx *ctx, const Request *req, Page *page)
{
    const char *hash = form_text(ctx, req, "hash", 64);
    bool done = !faulted(ctx) && press_approve(ctx, req->id, req->version, hash);
    const Release *r = done ? press_find(ctx, req->id) : NULL;
    bool waits = r && r->state == RELEASE_IN_REVIEW;
    give(ctx, req, page, done, waits ? say(ctx, "Your yes was noted; a second person has to read it.") : say(ctx, "Approved."));
}

/* POST /mesa/comunicados/:id/devolver */
static void act_return(Ctx *ctx, const Request *req, Page *page)
{
    const char *reason = form_text(ctx, req, "reason", REASON_MAX);
    give(ctx, req, page, !faulted(ctx) && press_return(ctx, req->id, req->version, reason),
         say(ctx, "Returned; whoever wrote it is told why."));
}

/* POST /mesa/comunicados/:id/programar */
static void act_schedule(Ctx *ctx, const Request *req, Page *page)
{
    Schedule schedule = {0};
    if (!people_may(ctx, RIGHT_PRESS_PUBLISH))
        return;
    bool said = press_read_schedule(ctx, req, &schedule);
    if (!said && !faulted(ctx))
        fault_field(ctx, "publish_at", "Say when it goes out, or until when it is under embargo.");
    give(ctx, req, page, said && press_schedule(ctx, req->id, req->version, &schedule), say(ctx, "It goes out at its minute."));
}

/* POST /mesa/comunicados/:id/desprogramar */
static void act_unschedule(Ctx *ctx, const Request *req, Page *page)
{
    give(ctx, req, page, press_unschedule(ctx, req->id, req->version), say(ctx, "Its hour was taken back: it waits, approved."));
}

/* POST /mesa/comunicados/:id/publicar */
static void act_publish(Ctx *ctx, const Request *req, Page *page)
{
    bool done = press_publish(ctx, req->id, req->version, req->site->seal_key);
    const Release *r = done ? press_find(ctx, req->id) : NULL;
    give(ctx, req, page, done,
         r && r->folio ? arena_printf(ctx->arena, say(ctx, "Published as %s."), r->folio) : say(ctx, "Published."));
}

/* POST /mesa/comunicados/:id/retirar */
static void act_withdraw(Ctx *ctx, const Request *req, Page *page)
{
    const char *reason = form_text(ctx, req, "reason", REASON_MAX);
    give(ctx, req, page, !faulted(ctx) && press_withdraw(ctx, req->id, req->version, reason),
         say(ctx, "Withdrawn: its address says so, and why."));
}

/* POST /mesa/comunicados/:id/excepcion */
static void act_override(Ctx *ctx, const Request *req, Page *page)
{
    const char *reason = form_text(ctx, req, "reason", REASON_MAX);
    give(ctx, req, page, !faulted(ctx) && press_override(ctx, req->id, req->version, reason, req->site->seal_key),
         say(ctx, "Signed: the silence does not hold this text up any more."));
}

#define STEP(name, handler, right, summary, fields_)                                                             \
    {                                                                                                            \
        POST, "/mesa/comunicados/:id/" name, handler, right, summary, .fields = fields_,                         \
            .shape = &press_release_shape, .form = press_page_release                                            \
    }

const Route press_way_routes[] = {
    STEP("enviar", act_send, RIGHT_PRESS_WRITE, "Sends a draft to review", "version"),
    STEP("aprobar", act_approve, RIGHT_PRESS_APPROVE, "Approves the content that the reader saw", "hash version"),
    STEP("devolver", act_return, RIGHT_PRESS_APPROVE, "Returns a release to its author", "reason! version"),
    STEP("programar", act_schedule, RIGHT_PRESS_PUBLISH, "Says when an approved release goes out, or until when it is under embargo",
         "publish_at embargo_until version"),
    STEP("desprogramar", act_unschedule, RIGHT_PRESS_PUBLISH, "Takes back the hour of a release", "version"),
    STEP("publicar", act_publish, RIGHT_PRESS_PUBLISH, "Publishes an approved release now", "version"),
    {GET, "/mesa/comunicados/:id/corregir", press_page_correct, RIGHT_PRESS_PUBLISH, "The editor for a correction",
     .shape = &press_release_shape},
    {POST, "/mesa/comunicados/:id/corregir", press_act_correct, RIGHT_PRESS_PUBLISH,
     "Corrects a public release, its text and its files: a new edition with a public note", .fields = PRESS_CORRECTION_FIELDS,
     .shape = &press_release_shape, .form = press_page_correct, .prepare = press_prepare_correct, .body_max = CORRECTION_MAX, .files = true},
    STEP("excepcion", act_override, RIGHT_PRESS_SET_UP, "Answers, with a signature, for what goes out in electoral silence", "reason! version"),
    STEP("retirar", act_withdraw, RIGHT_PRESS_PUBLISH, "Withdraws a public release: its address says so", "reason! version"),
    {0},
};
