/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* rooms.c: what hangs where. A new room is an include, a line in each table, and a place in the menu. */
#include "app/rooms.h"
#include "app/operator_pages.h"
#include "desks/people/people.h"
#include "desks/people/people_pages.h"
#include "desks/agenda/agenda_pages.h"
#include "desks/photos/photos_pages.h"
#include "desks/press/press.h"
#include "desks/press/press_pages.h"
#include "desks/report/report_pages.h"
#include "desks/site/site_pages.h"

/* Each table of routes with its room. */
#define ROUTE_TABLES(T) \
    T("operator", operator_routes) \
    T("people", people_self_routes) \
    T("people", people_routes) \
    T("people", people_notice_routes) \
    T("people", people_absence_routes) \
    T("agenda", agenda_public_routes) \
    T("agenda", agenda_routes) \
    T("agenda", agenda_list_routes) \
    T("agenda", agenda_move_routes) \
    T("agenda", agenda_event_routes) \
    T("agenda", agenda_calendar_routes) \
    T("agenda", agenda_place_routes) \
    T("agenda", agenda_attachment_routes) \
    T("agenda", agenda_repeat_routes) \
    T("agenda", agenda_coverage_routes) \
    T("agenda", agenda_board_routes) \
    T("agenda", agenda_answer_routes) \
    T("agenda", agenda_contact_routes) \
    T("agenda", agenda_field_routes) \
    T("agenda", agenda_import_routes) \
    T("agenda", agenda_source_routes) \
    T("agenda", agenda_feed_routes) \
    T("photos", photos_upload_routes) \
    T("photos", photos_hand_in_routes) \
    T("photos", photos_routes) \
    T("photos", photos_figure_routes) \
    T("photos", photos_sort_routes) \
    T("photos", photos_consent_routes) \
    T("photos", photos_gallery_routes) \
    T("photos", photos_public_routes) \
    T("press", press_public_routes) \
    T("press", press_contact_routes) \
    T("press", press_media_list_routes) \
    T("press", press_sending_routes) \
    T("press", press_embargo_routes) \
    T("press", press_preview_routes) \
    T("press", press_accreditation_routes) \
    T("press", press_newsroom_routes) \
    T("press", press_pickup_routes) \
    T("press", press_list_routes) \
    T("press", press_routes) \
    T("press", press_way_routes) \
    T("press", press_review_routes) \
    T("press", press_file_routes) \
    T("press", press_photo_routes) \
    T("press", press_share_routes) \
    T("press", press_hint_routes) \
    T("press", press_set_up_routes) \
    T("report", report_public_routes) \
    T("report", report_routes) \
    T("report", report_goal_routes) \
    T("site", site_desk_routes) \
    T("site", site_verify_routes) \
    T("site", site_routes) \
    T("site", site_about_routes) \
    T("site", site_find_routes) \
    T("site", site_alert_public_routes) \
    T("site", site_alert_routes) \
    T("site", site_set_up_routes)
#define ROUTES_OF(room, table) table,
#define ROOM_OF(room, table) room,
const Route *const all_routes[] = {ROUTE_TABLES(ROUTES_OF) NULL};
const char *const route_rooms[] = {ROUTE_TABLES(ROOM_OF) NULL};

const Panel *const all_panels[] = {
    agenda_public_panels, agenda_panels, agenda_source_panels, photos_panels, press_public_panels, photos_public_panels, press_media_panels, press_photo_panels, report_public_panels, report_panels, site_panels, site_public_panels, site_alert_panels, NULL,
};

const JobHandler *const all_jobs[] = {
    agenda_jobs, photos_jobs, photos_upload_jobs, photos_consent_jobs, press_jobs, press_picture_jobs, press_kit_jobs, press_media_jobs, press_hub_jobs, NULL,
};

const MenuItem desk_menu[] = {
    {N_("Desk"), "layout-dashboard", "/mesa", LOGIN, 1, true, NULL},
    {N_("Agenda"), "calendar-event", "/mesa/agenda", RIGHT_AGENDA_READ, 1, true, NULL},
    {N_("Coverages"), "camera", "/mesa/coberturas", RIGHT_AGENDA_READ, 1, true, agenda_menu_count},
    {N_("Field"), "device-mobile", "/mesa/campo", RIGHT_COVERAGE_DELIVER, 1, false, NULL},
    {N_("Photos"), "photo", "/mesa/fotos", RIGHT_PHOTOS_READ, 1, false, photos_menu_count},
    {N_("Releases"), "news", "/mesa/comunicados", RIGHT_PRESS_READ, 1, false, press_menu_count},
    {N_("Goals"), "target-arrow", "/mesa/estrategias/metas", RIGHT_STRATEGY_READ, 1, false, NULL},
    {N_("Monthly report"), "report", "/mesa/informes", RIGHT_REPORT_READ, 1, true, NULL},
    {N_("Notices"), "bell", "/mesa/avisos", LOGIN, 2, false, people_notices_unseen, .bell = true},
    {N_("Places"), "map-pin", "/mesa/lugares", RIGHT_AGENDA_READ, 2, false, NULL},
    {N_("Calendars"), "calendar-month", "/mesa/agenda/calendarios", RIGHT_AGENDA_READ, 2, false, NULL},
    {N_("Contacts outside"), "book", "/mesa/contactos", RIGHT_COVERAGE_ASSIGN, 2, false, NULL},
    {N_("Set up releases"), "adjustments", "/mesa/comunicados/temas", RIGHT_PRESS_SET_UP, 2, false, NULL},
    {N_("Media contacts"), "address-book", "/mesa/prensa/contactos", RIGHT_PRESS_MEDIA, 2, false, press_media_menu_count},
    {N_("Absences"), "calendar-x", "/mesa/ausencias", RIGHT_AGENDA_READ, 2, false, NULL},
    {N_("Site"), "world", "/mesa/sitio", RIGHT_SITE_EDIT, 2, false, NULL},
    {N_("Alerts"), "speakerphone", "/mesa/sitio/avisos", RIGHT_SITE_ALERT, 2, false, site_alerts_waiting, .bell = true},
    {N_("People"), "users-group", "/mesa/personas", RIGHT_PEOPLE_READ, 2, false, NULL},
    {N_("Roles and rights"), "shield-check", "/mesa/roles", RIGHT_PEOPLE_READ, 2, false, NULL},
    {N_("Journal"), "history", "/mesa/bitacora", RIGHT_JOURNAL_READ, 2, false, NULL},
    {N_("Failed jobs"), "alert-triangle", "/mesa/trabajos", RIGHT_QUEUE_EDIT, 2, false, site_dead_jobs, .bell = true},
    {0},
};

static const MenuItem desk_create[] = {
    {N_("New event"), "calendar-plus", "/mesa/agenda/nuevo", RIGHT_AGENDA_EDIT, 1, true, NULL},
    {N_("New release"), "news", "/mesa/comunicados/nuevo", RIGHT_PRESS_WRITE, 1, true, NULL},
    {0},
};

const MenuItem site_menu[] = {
    {N_("Releases"), NULL, "/comunicados", PUBLIC, 1, true, NULL},
    {N_("Agenda"), NULL, "/agenda", PUBLIC, 1, true, NULL},
    {N_("Galleries"), NULL, "/galerias", PUBLIC, 1, true, NULL},
    {N_("Reports"), NULL, "/informes", PUBLIC, 1, true, NULL},
    {N_("Who we are"), NULL, "/organizacion", PUBLIC, 1, true, NULL},
    {N_("Contact"), NULL, "/contacto", PUBLIC, 1, true, NULL},
    {0},
};

static bool who(Ctx *ctx, Credential kind, const char *hash, Actor *actor_out)
{
    return kind == CREDENTIAL_TOKEN ? people_who_token(ctx, hash, actor_out) : people_who_session(ctx, hash, actor_out);
}

/* ---- a session was used: noted beside the request, which does not wait for it ---- */
typedef struct Seen {
    WriterJob job;
    Ctx ctx;
    i64 session, token; /* one of them */
} Seen;

static bool note_seen(Ctx *ctx, WriterJob *job)
{
    const Seen *s = (const Seen *)job;
    return s->session ? people_note_seen(ctx, s->session) : people_note_token(ctx, s->token);
}

static void seen_noted(Ctx *ctx, WriterJob *job)
{
    (void)job;
    arena_free(ctx->arena); /* the job lies in it */
}

static void seen(const Site *site, const Actor *actor)
{
    Arena *arena = arena_new(0);
    Seen *s = arena_new_of(arena, Seen);
    s->ctx = (Ctx){arena, NULL, &actor_system, site_city(site), clock_now(), {0}};
    s->session = actor->session;
    s->token = actor->token;
    s->job = (WriterJob){.ctx = &s->ctx, .work = note_seen, .done = seen_noted};
    writer_submit(site->writer, &s->job);
}

bool rooms_begin(Ctx *ctx, void *unused)
{
    return agenda_watch_begin(ctx) && photos_begin(ctx) && press_begin(ctx) && site_begin(ctx);
}

void rooms_hang(Site *site)
{
    site->routes = all_routes;
    site->panels = all_panels;
    site->desk_menu = desk_menu;
    site->site_menu = site_menu;
    site->desk_create = desk_create;
    site->who = who;
    site->seen = seen;
    site->look = site_look;
    site->moved = press_public_path_of;
    site->version = VOCERO_VERSION;
    for (int r = 0; r < RIGHT_COUNT; r++)
        site->right_names[r] = word_name(people_right_words, r);
}
