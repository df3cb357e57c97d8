/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* demo_city.c: the office of the invented city: its three levels, its calendars. */
#include "app/demo.h"
#include "base/text.h"

static i64 area_of_level(Ctx *ctx, i64 level, const char *slug)
{
    List areas = people_areas(ctx);
    for (const Area *a = areas.items, *end = a + areas.count; a < end; a++)
        if (a->level == level && (!slug || text_same(a->slug, slug)))
            return a->id;
    return 0;
}

static bool hold_post(Demo *demo, i64 area, i64 person)
{
    List posts = people_posts(demo->ctx);
    for (const Post *p = posts.items, *end = p + posts.count; p < end; p++)
        if (p->area == area && !p->holder)
            return people_hold_post(demo->ctx, p->id, person);
    return true;
}

static bool hire(Demo *demo, const char *hash)
{
    Ctx *ctx = demo->ctx;
    for (size_t i = 0; i < DEMO_STAFF; i++) {
        const DemoPerson *p = &demo_staff[i];
        PersonDraft draft = {.mail = p->mail, .name = p->name, .role = p->role, .password_hash = hash,
                             .area = area_of_level(ctx, p->level, p->area)};
        i64 id;
        if (!people_add(ctx, &draft, &id) || (p->heads && !hold_post(demo, draft.area, id)))
            return false;
        demo->staff[i] = (Actor){.id = id, .name = p->name, .rights = people_rights_of(ctx, p->role), .area = draft.area};
    }
    return !faulted(ctx);
}

static const struct {
    const char *name, *topics; /* which topics fall into it */
    i64 color;
} calendars[DEMO_CALENDARS] = {
    {"Presidencia y Cabildo", " cabildo gobierno convenios prensa participación participacion economía economia tramites ", 1},
    {"Obras y servicios", " obra servicios protección civil seguridad ambiente ", 2},
    {"Cultura y deporte", " cultura deporte ", 3},
    {"Salud y bienestar", " salud salud animal desarrollo social ", 4},
};

/* By the first topic; the first calendar where none of them fits. */
i64 demo_calendar_of(const Demo *demo, const char *topics)
{
    const char *first = topics ? arena_copy(demo->ctx->arena, topics, strcspn(topics, "\n")) : "";
    for (size_t i = 0; *first && i < DEMO_CALENDARS; i++)
        if (strstr(calendars[i].topics, first))
            return demo->calendars[i];
    return demo->calendars[0];
}

static bool make_calendars(Demo *demo)
{
    for (size_t i = 0; i < DEMO_CALENDARS; i++) {
        CalendarDraft draft = {.name = calendars[i].name, .color = calendars[i].color, .is_public = true, .position = (i64)i + 1};
        if (!agenda_calendar_add(demo->ctx, &draft, &demo->calendars[i]))
            return false;
    }
    return true;
}

bool demo_city(Demo *demo, const char *password_hash)
{
    return hire(demo, password_hash) && make_calendars(demo);
}
