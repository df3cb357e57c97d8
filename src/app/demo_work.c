/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* demo_work.c: covering an event from its assignment to its approval. */
#include "app/demo.h"
#include "base/id.h"
#include "base/text.h"

bool demo_read_notices(Demo *demo)
{
    for (size_t i = 0; i < DEMO_STAFF; i++) {
        i64 seen;
        demo_as(demo, i, demo->ctx->now);
        if (!people_notices_see_all(demo->ctx, &seen))
            return false;
    }
    return true;
}

size_t demo_next_in_field(Demo *demo)
{
    return DEMO_FIRST_IN_FIELD + demo->turn++ % (DEMO_LAST_IN_FIELD - DEMO_FIRST_IN_FIELD + 1);
}

static bool draw_picture(Demo *demo, EvidenceDraft *draft_out)
{
    DemoScene scene;
    if (!demo_draw(demo, &scene))
        return false;
    *draft_out = (EvidenceDraft){.kind = EVIDENCE_FILE, .type = "image/png", .sha256 = scene.sha256, .filename = scene.filename, .size = scene.size};
    return true;
}

static const char *link_to(Ctx *ctx, CoverageKind kind, const char *slug)
{
    const char *where = kind == COVER_PHOTO ? "fototeca" : kind == COVER_STREAM || kind == COVER_VIDEO ? "video" : "redes";
    return arena_printf(ctx->arena, "https://%s.sanluis.example/%s", where, slug);
}

bool demo_assign(Demo *demo, i64 event, CoverageKind kind, size_t staff, i64 due_at, i64 *id_out)
{
    static const char *const briefs[] = {
        [COVER_PHOTO] = "Tres fotos para redes y una horizontal para el portal.",
        [COVER_VIDEO] = "Un minuto, con testimonio y subtítulos.",
        [COVER_STREAM] = "En vivo desde el inicio; prueba de audio media hora antes.",
        [COVER_POST] = "Hilo con horarios, lugar y cómo participar.",
    };
    CoverageDraft draft = {.kind = kind, .assignee = id_text(demo->ctx->arena, demo->staff[staff].id), .due_at = due_at,
                           .brief = briefs[kind], .quantity_min = kind == COVER_PHOTO ? 3 : NONE, .quantity_max = kind == COVER_PHOTO ? 8 : NONE};
    return agenda_cover(demo->ctx, event, &draft, id_out);
}

static bool deliver(Demo *demo, const Event *e, CoverageKind what, i64 coverage)
{
    EvidenceDraft evidence[2];
    size_t pieces = 0;
    if (what == COVER_PHOTO && !draw_picture(demo, &evidence[pieces++]))
        return false;
    evidence[pieces++] = (EvidenceDraft){.kind = EVIDENCE_LINK, .url = link_to(demo->ctx, what, e->slug)};
    Delivery delivery = {
        .evidence = {evidence, pieces}, .worked_minutes = (e->ends_at - e->starts_at) / CLOCK_MINUTE + 30 * demo_throw(demo, 1, 4),
        .quantity = what == COVER_PHOTO ? demo_throw(demo, 3, 24) : 1,
    };
    return agenda_deliver_all(demo->ctx, coverage, NONE, &delivery);
}

bool demo_cover(Demo *demo, const Event *e, int kind)
{
    static const CoverageKind kinds[] = {COVER_PHOTO, COVER_STREAM, COVER_PHOTO, COVER_POST, COVER_VIDEO};
    CoverageKind what = kind < 0 ? kinds[demo->turn % COUNT(kinds)] : (CoverageKind)kind;
    size_t who = demo_next_in_field(demo);
    i64 id;
    demo_as(demo, DEMO_COORDINATOR, e->starts_at - demo_throw(demo, 20, 50) * CLOCK_HOUR);
    if (!demo_assign(demo, e->id, what, who, 0, &id))
        return false;
    demo_as(demo, who, e->starts_at - demo_throw(demo, 2, 18) * CLOCK_HOUR);
    if (!agenda_accept(demo->ctx, id, NONE))
        return false;
    demo->ctx->now = e->starts_at;
    if (!agenda_start(demo->ctx, id, NONE))
        return false;
    demo->ctx->now = e->ends_at + demo_throw(demo, 15, 160) * CLOCK_MINUTE;
    bool photographed = what == COVER_PHOTO && demo->with_photos && demo->shooting_count < DEMO_SHOOTINGS;
    if (photographed ? !demo_photograph(demo, e, id) : !deliver(demo, e, what, id))
        return false;
    demo_as(demo, demo_throw(demo, 0, 3) ? DEMO_COORDINATOR : DEMO_DIRECTOR, demo->ctx->now + demo_throw(demo, 10, 300) * CLOCK_MINUTE);
    return agenda_approve(demo->ctx, id, NONE);
}
