/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* demo_media.c: who writes and speaks of the city: contacts, lists, what was taken up, somebody who asks to be accredited. */
#include "app/demo.h"
#include "desks/press/press.h"
#include "desks/site/site_pages.h"

enum { IN_PRINT = 1, ON_AIR = 2, LISTS = 3, RELEASES_READ = 200 };

static const char *const list_names[LISTS] = {"Todos los medios", "Diarios y portales", "Radio y televisión"};

/* In the order of desks: the first ones take most releases up. */
static const struct {
    const char *name, *outlet, *mail, *phone, *beats, *consent;
    OutletKind kind;
    unsigned lists;       /* beside the first one */
    bool accredited, left;
} contacts[] = {
    {"Berenice Solfuerte", "Diario Calicanto", "berenice@calicanto.example", "444 000 0131", "obra pública\nservicios municipales",
     "Tarjeta entregada en rueda de prensa", OUTLET_PRINT, IN_PRINT, true, false},
    {"Octavio Piedralisa", "Portal Siete Barrios", "octavio@sietebarrios.example", "444 000 0132", "cabildo\ntransparencia",
     "Correo del 3 de junio de 2022", OUTLET_DIGITAL, IN_PRINT, true, false},
    {"Jimena Ríoclaro", "Radio Mezquite", "jimena@radiomezquite.example", "444 000 0133", "vialidad\nservicios municipales",
     "Formulario de acreditación", OUTLET_RADIO, ON_AIR, true, false},
    {"Ulises Campoalto", "Canal Altiplano", "ulises@canalaltiplano.example", "444 000 0134", "cultura\ndeporte",
     "Formulario de acreditación", OUTLET_TV, ON_AIR, true, false},
    {"Nadia Vientosur", "Agencia Tunal", "nadia@agenciatunal.example", NULL, "todo el municipio", "Correo del 14 de junio de 2022",
     OUTLET_AGENCY, IN_PRINT, false, false},
    {"Elías Pozohondo", "Periodista independiente", "elias@pozohondo.example", NULL, "salud animal\nmedio ambiente", NULL,
     OUTLET_FREELANCE, 0, false, false},
    {"Regina Nubeclara", "Revista La Garita", "regina@lagarita.example", "444 000 0137", "cultura", "Tarjeta entregada en la feria del libro",
     OUTLET_PRINT, IN_PRINT, false, true},
};

static bool add_contact(Demo *demo, size_t i, const i64 lists[LISTS])
{
    Ctx *ctx = demo->ctx;
    ContactDraft draft = {
        .name = contacts[i].name, .outlet = contacts[i].outlet, .mail = contacts[i].mail, .phone = contacts[i].phone,
        .beats = contacts[i].beats, .outlet_kind = contacts[i].kind, .accredited = contacts[i].accredited, .consent_how = contacts[i].consent,
    };
    i64 id;
    if (!press_contact_add(ctx, &draft, &id))
        return false;
    for (unsigned list = 0; list < LISTS; list++)
        if ((list == 0 || contacts[i].lists & list) && !press_media_list_set_member(ctx, lists[list], id, true))
            return false;
    return !contacts[i].left || press_contact_opt_out(ctx, id, NONE);
}

bool demo_media(Demo *demo, i64 now)
{
    i64 lists[LISTS];
    demo_as(demo, DEMO_COORDINATOR, now);
    for (size_t i = 0; i < LISTS; i++)
        if (!press_media_list_add(demo->ctx, list_names[i], &lists[i]))
            return false;
    for (size_t i = 0; i < COUNT(contacts); i++)
        if (!add_contact(demo, i, lists))
            return false;
    return true;
}

/* ---- what they made of it ---- */

static bool note_pickup(Demo *demo, const PublicRelease *r, size_t who, i64 now)
{
    Arena *a = demo->ctx->arena;
    bool aired = contacts[who].kind == OUTLET_RADIO || contacts[who].kind == OUTLET_TV;
    const char *host = strchr(contacts[who].mail, '@') + 1;
    i64 seen = r->published_at + CLOCK_DAY;
    PickupDraft draft = {
        .outlet = contacts[who].outlet, .kind = contacts[who].kind, .size = NONE, .day = clock_day_of(demo->ctx->city->zone, r->published_at).from,
        .note = aired ? "Noticiario de la tarde, minuto 12" : NULL,
        .url = aired ? NULL : arena_printf(a, "https://%s/notas/%s", host, r->slug),
    };
    i64 id;
    demo_as(demo, DEMO_EDITOR, seen < now ? seen : now);
    return press_pickup_add(demo->ctx, r->id, &draft, &id);
}

/* Two of three releases are taken up, by one medium or more. */
bool demo_pickups(Demo *demo, Span span)
{
    PublicFilter filter = {.span = span};
    List releases = press_public_list(demo->ctx, &filter, 0, 0, RELEASES_READ);
    for (size_t i = releases.count; i-- > 0;) { /* the oldest first */
        const PublicRelease *r = (const PublicRelease *)releases.items + i;
        Lap lap CLEANUP(lap_end) = lap_begin(demo->ctx);
        for (int n = demo_throw(demo, 0, 2); n > 0; n--)
            if (!note_pickup(demo, r, (i + (size_t)n) % 5, span.to))
                return false;
    }
    return !faulted(demo->ctx);
}

bool demo_accreditation(Demo *demo, i64 now)
{
    AccreditationDraft draft = {
        .name = "Tadeo Brisalta", .outlet = "Bitácora del Valle", .mail = "tadeo@bitacoradelvalle.example", .phone = "444 000 0140",
        .text = "Cubro educación y juventudes para un portal que empezó en agosto.", .outlet_kind = OUTLET_DIGITAL,
    };
    demo_as_office(demo, now - 9 * CLOCK_DAY);
    if (!site_begin(demo->ctx)) /* who asks has read the privacy notice */
        return false;
    demo_as_office(demo, now - 3 * CLOCK_HOUR);
    draft.notice = press_notice_version(demo->ctx);
    return press_accreditation_ask(demo->ctx, &draft);
}
