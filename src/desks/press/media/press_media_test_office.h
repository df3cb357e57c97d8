/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_media_test_office.h: for the tests of this folder: contacts and lists in a newsroom that has releases. */
#pragma once
#include "desks/press/flow/press_test_office.h"
#include "desks/press/media/press_media.h"
#include "mail/mail_test_server.h"

/* The chief acts, in one open transaction until finish(). */
UNUSED static Ctx *begin(Newsroom *n)
{
    Ctx *ctx = &n->t->ctx;
    ctx->actor = &n->director;
    ctx->now += CLOCK_SECOND;
    g_assert_true(db_begin(ctx));
    return ctx;
}

UNUSED static void finish(Newsroom *n)
{
    Ctx *ctx = &n->t->ctx;
    assert_no_fault(ctx);
    g_assert_true(db_commit(ctx));
    ctx->actor = &actor_system;
}

UNUSED static ContactDraft lucia(void)
{
    return (ContactDraft){.name = "Lucía Cantera", .outlet = "Pulso Potosino", .outlet_kind = OUTLET_PRINT, .mail = "Lucia@pulso.example",
                          .phone = "+52 444 123 4567", .beats = "Cabildo\nObra pública", .consent_how = "tarjeta del 3 de mayo"};
}

UNUSED static i64 contact(Ctx *ctx, const char *name, const char *mail, bool agreed)
{
    i64 id = 0;
    g_assert_true(press_contact_add(ctx, &(ContactDraft){.name = name, .outlet = "Radio Huasteca", .outlet_kind = OUTLET_RADIO, .mail = mail,
                                                         .consent_how = agreed ? "correo del 2 de junio" : NULL}, &id));
    return id;
}

UNUSED static i64 list_of(Ctx *ctx, const char *name, const i64 *contacts, size_t n)
{
    i64 id = 0;
    g_assert_true(press_media_list_add(ctx, name, &id));
    for (size_t i = 0; i < n; i++)
        g_assert_true(press_media_list_set_member(ctx, id, contacts[i], true));
    return id;
}

UNUSED static const char *as_lists(Ctx *ctx, i64 a, i64 b)
{
    return b ? arena_printf(ctx->arena, "%s\n%s", id_text(ctx->arena, a), id_text(ctx->arena, b)) : id_text(ctx->arena, a);
}

UNUSED static void says(Ctx *ctx, FaultKind kind, const char *field)
{
    g_assert_cmpint(ctx->fault.kind, ==, kind);
    if (field)
        g_assert_cmpstr(ctx->fault.field, ==, field);
    fault_take(ctx);
}

/* One message job as the worker does it: true when there was one. */
typedef struct Turn {
    const Job *job;
    void *prepared;
    const JobHandler *handler;
} Turn;

/* Of this folder's kinds; what others wait for is dropped. */
UNUSED static bool lease_one(Ctx *ctx, void *data)
{
    Turn *turn = data;
    turn->handler = NULL;
    while ((turn->job = queue_lease(ctx, CLOCK_MINUTE))) {
        for (const JobHandler *h = press_media_jobs; h->kind; h++)
            if (text_same(h->kind, turn->job->kind))
                turn->handler = h;
        if (turn->handler || !queue_done(ctx, turn->job))
            break;
    }
    return !faulted(ctx);
}

UNUSED static bool apply_one(Ctx *ctx, void *data)
{
    Turn *turn = data;
    return turn->handler->apply(ctx, turn->job, turn->prepared) && queue_done(ctx, turn->job);
}

UNUSED static bool fail_one(Ctx *ctx, void *data)
{
    return queue_fail(ctx, ((Turn *)data)->job, "not now");
}

UNUSED static bool send_one(Newsroom *n)
{
    Ctx *ctx = &n->t->ctx;
    Turn turn = {0};
    ctx->actor = &actor_system;
    test_write(ctx, lease_one, &turn);
    if (!turn.job)
        return false;
    if (turn.handler->prepare(ctx, turn.job, &turn.prepared)) {
        test_write(ctx, apply_one, &turn);
    } else {
        fault_take(ctx);
        test_write(ctx, fail_one, &turn);
    }
    return true;
}
