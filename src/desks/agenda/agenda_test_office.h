/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_test_office.h: a small office for the tests of the agenda: who works there, and how they act.
 *
 * A test runs in one open transaction: rules are called straight down. */
#pragma once
#include "desks/agenda/agenda_room.h"
#include "store/store_test.h"

#include <math.h>

typedef struct Office {
    StoreTest *t;
    Ctx *ctx;
    i64 director, photographer, writer;
    Actor chief, renata, sofia, reader;
} Office;

UNUSED
static u64 rights(const RightName *list, size_t n)
{
    u64 bits = 3; /* PUBLIC and LOGIN */
    for (size_t i = 0; i < n; i++)
        bits |= (u64)1 << list[i];
    return bits;
}
#define RIGHTS(...) rights((RightName[]){__VA_ARGS__}, COUNT(((RightName[]){__VA_ARGS__})))

static void hire(Office *o)
{
    g_assert_true(people_seed(o->ctx));
    g_assert_true(people_add(
        o->ctx, &(PersonDraft){"dalia@sanluis.example", "Dalia Guardaluz", NULL, ROLE_DIRECTOR, 0},
        &o->director));
    g_assert_true(people_add(
        o->ctx,
        &(PersonDraft){"renata@sanluis.example", "Renata Piedraclara", NULL, ROLE_PHOTOGRAPHER, 0},
        &o->photographer));
    g_assert_true(people_add(
        o->ctx, &(PersonDraft){"sofia@sanluis.example", "Sofía Valdeprosa", NULL, ROLE_EDITOR, 0},
        &o->writer));
    o->chief = (Actor){.id = o->director, .name = "Dalia", .tongue = TONGUE_EN, .rights = ~(u64)0};
    o->renata = (Actor){.id = o->photographer,
                        .name = "Renata",
                        .tongue = TONGUE_EN,
                        .rights = RIGHTS(RIGHT_AGENDA_READ, RIGHT_COVERAGE_DELIVER)};
    o->sofia =
        (Actor){.id = o->writer,
                .name = "Sofía",
                .tongue = TONGUE_EN,
                .rights = RIGHTS(RIGHT_AGENDA_READ, RIGHT_AGENDA_EDIT, RIGHT_COVERAGE_DELIVER)};
    o->reader = (Actor){.id = o->writer,
                        .name = "Lector",
                        .tongue = TONGUE_EN,
                        .rights = RIGHTS(RIGHT_AGENDA_READ)};
}

UNUSED
static Office open_office(StoreTest *t)
{
    Office o = {.t = t, .ctx = &t->ctx};
    g_assert_true(db_begin(&t->ctx));
    hire(&o);
    return o;
}

/* The chief acts: every right. */
UNUSED
static void begin(Office *o)
{
    o->ctx->actor = &o->chief;
}

UNUSED
static void finish(Office *o)
{
    assert_no_fault(o->ctx);
    g_assert_true(db_commit(o->ctx));
}

UNUSED
static EventDraft plaza_draft(const char *title)
{
    return (EventDraft){
        .title = title,
        .starts = {2022, 7, 14, 17, 0, 0},
        .ends = {2022, 7, 14, 18, 30, 0},
        .status = EVENT_CONFIRMED,
        .place = {.name = "Plaza de Armas",
                  .address = "Centro Histórico",
                  .lat = 22.15159,
                  .lon = -100.97655},
    };
}

UNUSED
static i64 make_event(Office *o, const char *title)
{
    EventDraft draft = plaza_draft(title);
    i64 id = 0;
    g_assert_true(agenda_create(o->ctx, &draft, &id));
    return id;
}

UNUSED
static i64 make_coverage(Office *o, i64 event, CoverageKind kind)
{
    i64 id = 0;
    g_assert_true(agenda_cover(
        o->ctx, event, &(CoverageDraft){.kind = kind, .assignee = "renata@sanluis.example"}, &id));
    return id;
}

UNUSED
static List one_link(void)
{
    static const EvidenceDraft link = {EVIDENCE_LINK, "https://fotos.sanluis.example/1", NULL};
    return (List){&link, 1};
}

UNUSED
static void cover_fully(Office *o, i64 event)
{
    i64 c = make_coverage(o, event, COVER_PHOTO);
    g_assert_true(agenda_accept(o->ctx, c, NONE));
    g_assert_true(agenda_deliver(o->ctx, c, NONE, one_link()));
    g_assert_true(agenda_approve(o->ctx, c, NONE));
}

UNUSED
static void says(Office *o, FaultKind kind, const char *field, const char *words)
{
    g_assert_cmpint(o->ctx->fault.kind, ==, kind);
    if (field)
        g_assert_cmpstr(o->ctx->fault.field, ==, field);
    if (words && !strstr(o->ctx->fault.what, words))
        g_error("\"%s\" does not say \"%s\"", o->ctx->fault.what, words);
    fault_take(o->ctx);
}
