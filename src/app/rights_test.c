/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* rights_test.c: made from the table of routes: every address, as every role and as nobody; and once more with the
 * router's own check taken away, to see that the rule checks too. */
#include "app/rooms.h"
#include "base/id.h"
#include "base/text.h"
#include "desks/agenda/agenda.h"
#include "desks/people/people.h"
#include "desks/photos/photos.h"
#include "desks/press/press.h"
#include "store/queue.h"
#include "store/store_test.h"
#include "web/web_test.h"

/* ---- a desk with one record of each kind ---- */
typedef struct Records {
    i64 person, event, coverage, contact, evidence, post, job, release, gallery, consent;
} Records;

/* A second coverage, handed in: what was delivered has an address of its own. */
static bool make_evidence(Ctx *ctx, Records *r)
{
    const EvidenceDraft note = {.kind = EVIDENCE_NOTE, .text = "Doce fotos"};
    i64 id;
    if (!agenda_cover(ctx, r->event, &(CoverageDraft){.kind = COVER_VIDEO, .assignee = "renata@sanluis.example"}, &id) ||
        !agenda_accept(ctx, id, NONE) || !agenda_deliver(ctx, id, NONE, (List){&note, 1}))
        return false;
    r->evidence = ((const Evidence *)agenda_coverage(ctx, id)->evidence.items)->id;
    return agenda_contact_add(ctx, &(Contact){.name = "Ana Lente"}, &r->contact);
}

/* Without photos: a gallery that is begun, a consent that covers nothing yet. */
static bool make_photo_records(Ctx *ctx, Records *r)
{
    ConsentDraft consent = {.who = {.name = "Ana Luz", .guardian = "Norma Iturbide"}, .heard = true, .signed_on = "2022-07-10"};
    return photos_gallery_add(ctx, &(GalleryDraft){.title = "El parque", .event = r->event}, &r->gallery) &&
           photos_consent_add(ctx, &consent, &r->consent);
}

static bool make_records(Ctx *ctx, void *data)
{
    Records *r = data;
    if (!people_seed(ctx) || !people_add(ctx, &(PersonDraft){"renata@sanluis.example", "Renata", NULL, ROLE_PHOTOGRAPHER, 0}, &r->person))
        return false;
    r->post = ((const Post *)people_posts(ctx).items)->id;
    EventDraft event = {.title = "Cine en tu colonia", .time_zone = "America/Mexico_City", .starts = {2022, 7, 20, 19, 0, 0},
                        .status = EVENT_CONFIRMED, .visibility = VISIBLE_PUBLIC};
    return agenda_create(ctx, &event, &r->event) &&
           agenda_cover(ctx, r->event, &(CoverageDraft){.kind = COVER_PHOTO, .assignee = "renata@sanluis.example"}, &r->coverage) &&
           make_evidence(ctx, r) && make_photo_records(ctx, r) && press_create(ctx, &(ReleaseDraft){.title = "Arranca el bacheo", .body = "Hoy."}, &r->release) &&
           queue_add(ctx, "test", NULL, "{}", ctx->now, &r->job);
}

static i64 record_at(const Records *r, const char *path)
{
    const struct {
        const char *prefix;
        i64 id;
    } kinds[] = {{"/mesa/personas/", r->person}, {"/mesa/agenda/", r->event}, {"/mesa/coberturas/", r->coverage},
                 {"/mesa/puestos/", r->post},    {"/mesa/trabajos/", r->job},
                 {"/mesa/galerias/", r->gallery}, {"/mesa/fotos/consentimientos/", r->consent}, {"/mesa/contactos/", r->contact}, {"/mesa/comunicados/", r->release}, {"/mesa/evidencias/", r->evidence}, {"/mesa/", r->person}};
    for (size_t i = 0; i < COUNT(kinds); i++)
        if (text_starts(path, kinds[i].prefix))
            return kinds[i].id;
    return r->person;
}

static const char *address(Arena *a, const Records *r, const char *pattern)
{
    Buf *out = buf_new(a, 128, 4096);
    List parts = text_split(a, pattern, '/');
    for (const char *const *part = parts.items, *const *end = part + parts.count; part < end; part++) {
        const char *value = text_same(*part, ":id")      ? id_text(a, record_at(r, pattern))
                            : text_same(*part, ":month") ? "2022-07"
                            : text_same(*part, ":variant") ? "640.jpg"
                            : text_same(*part, ":token") ? "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
                            : text_same(*part, ":slug")  ? "cine-en-tu-colonia-2022-07-20"
                                                         : *part;
        buf_printf(out, "/%s", value);
    }
    return buf_size(out) ? buf_data(out) : "/";
}

/* ---- a body that would be accepted from somebody who may ---- */
static const char *plausible(const char *field)
{
    static const char *const values[][2] = {
        {"title", "Feria del libro"},         {"starts_at", "2022-07-21T10:00"}, {"ends_at", "2022-07-21T11:00"},
        {"time_zone", "America/Mexico_City"}, {"reason", "Lluvia"},              {"kind", "photo"},
        {"assignee", "renata@sanluis.example"}, {"note", "Doce fotos"},          {"name", "Tadeo"},
        {"mail", "tadeo@sanluis.example"},    {"role", "editor"},                {"right", "agenda_edit"},
        {"allowed", "1"},                     {"from_at", "2022-08-01"},         {"to_at", "2022-08-02"},
        {"password", "una frase larga y tranquila"}, {"tongue", "es"},           {"scope", "read"},
        {"indicator", "media_pickups"},       {"period", "2022-07"},             {"month", "2022-07"},
        {"target", "60"},                     {"value", "31"},                   {"url", "https://sintesis.example/julio"},
        {"highlights", "Se cubrió todo."},    {"visibility", "public"},             {"status", "confirmed"},
        {"headline", "Lluvia intensa"},       {"lead", "Desde las nueve."},
        {"expires_at", "2022-07-14T18:00"},   {"theme", "laguna"},
        {"guardian", "Norma Iturbide"},       {"signed_on", "2022-07-10"},       {"use", "web"},
        {"state", "accepted"},                {"choice", "weather"},             {"phone", "+52 444 123 4567"},
    };
    for (size_t i = 0; i < COUNT(values); i++)
        if (text_same(values[i][0], field))
            return values[i][1];
    return NULL;
}

static const char *body(Arena *a, const Records *r, const Route *route)
{
    Buf *out = buf_new(a, 256, 4096);
    JsonOut json = json_out(out);
    json_open(&json, NULL, '{');
    List fields = text_split(a, route->fields ? route->fields : "", ' ');
    for (const char *const *f = fields.items, *const *end = f + fields.count; f < end; f++) {
        const char *name = arena_copy(a, *f, strcspn(*f, "!"));
        bool alert = text_starts(route->path, "/mesa/sitio/avisos"); /* there event and area are words, elsewhere records */
        const char *value = alert && (text_same(name, "event") || text_same(name, "area")) ? "Lluvia"
                            : text_same(name, "person") || text_same(name, "holder") ? id_text(a, r->person) : plausible(name);
        if (value)
            json_text(&json, name, value);
    }
    json_close(&json, '}');
    return buf_data(out);
}

/* The way to the login page, which people get instead of a refusal, counts as one. */
static int status_of(const PageAnswer *a)
{
    const char *where = a->status == 303 ? page_test_header(a, "Location") : NULL;
    return where && strstr(where, "/entrar?volver=") ? 401 : a->status;
}

static int ask(PageTest *p, const Records *r, const Route *route)
{
    Arena *a = p->kept;
    PageAsk ask = {.method = method_names[route->method], .target = address(a, r, route->path), .program = true};
    bool json_given = !route->formats || route->formats & AS_JSON;
    bool stream = route->formats & AS_STREAM;
    ask.headers[0] = (Header){"Accept", stream ? "text/event-stream" : json_given ? "application/json" : "*/*"};
    if (route->sink) {
        ask.type = route->sink->type;
        ask.body = "x";
    } else if (method_writes(route->method)) {
        ask.type = "application/json";
        ask.body = body(a, r, route);
    }
    return status_of(page_test_ask(p, &ask));
}

/* ---- the tests ---- */
static void open_desk(PageTest *p, StoreTest *t, Records *r, const Route *const *routes)
{
    test_write(&t->ctx, make_records, r);
    page_test_open(p, t, routes);
    p->site.panels = all_panels;
    p->site.desk_menu = desk_menu;
    p->site.site_menu = site_menu;
    p->site.data = "/";
}

static void expect(const Route *route, const char *who, bool may, bool somebody, int status)
{
    bool refused = status == 401 || status == 403;
    bool right = may ? !refused : status == (somebody ? 403 : 401);
    if (right)
        return;
    g_test_message("%s %s as %s: %d", method_names[route->method], route->path, who, status);
    g_test_fail();
}

static bool asks_for_a_password(const Route *route)
{
    return text_same(route->path, "/entrar") || text_same(route->path, "/mesa/yo/clave");
}

static void every_address_as_every_role_and_as_nobody(StoreTest *t, const void *unused)
{
    PageTest p;
    Records r;
    open_desk(&p, t, &r, all_routes);
    for (size_t table = 0; all_routes[table]; table++)
        for (const Route *route = all_routes[table]; route->path; route++) {
            if (asks_for_a_password(route))
                continue;
            page_test_as(&p, NULL);
            expect(route, "nobody", route->right == PUBLIC, false, ask(&p, &r, route));
            for (int role = 0; role < ROLE_COUNT; role++) {
                u64 rights = people_rights_of(&t->ctx, (Role)role);
                page_test_as(&p, &(Actor){.id = r.person, .name = "Renata", .rights = rights});
                bool may = route->right == PUBLIC || rights >> route->right & 1;
                if (may && method_writes(route->method))
                    continue; /* what it may do is the rooms' tests' matter, and would change the records here */
                expect(route, word_name(people_role_words, role), may, true, ask(&p, &r, route));
            }
        }
    page_test_close(&p);
}

/* What a route says of itself is what its answer is; and a list is to be had as a table. */
static void expect_list(PageTest *p, const Records *r, const Route *route)
{
    const char *there = address(p->kept, r, route->path);
    const PageAnswer *a = page_test_ask(p, &(PageAsk){.target = there, .program = true});
    if (a->status != 200)
        return;
    bool list = g_str_has_prefix(a->body, "{\"items\":");
    if (list != route->list)
        g_error("%s: .list is %d, and its answer begins %.60s", route->path, route->list, a->body);
    if (list) {
        a = page_test_get(p, arena_printf(p->kept, "%s.csv", there));
        if (a->status != 200 || !g_str_has_prefix(page_test_header(a, "Content-Type"), "text/csv"))
            g_error("%s.csv: %d", there, a->status);
    }
}

static void every_list_is_a_table_too(StoreTest *t, const void *unused)
{
    PageTest p;
    Records r;
    open_desk(&p, t, &r, all_routes);
    page_test_as(&p, &(Actor){.id = r.person, .name = "Renata", .rights = people_rights_of(&t->ctx, ROLE_ADMIN)});
    for (size_t table = 0; all_routes[table]; table++)
        for (const Route *route = all_routes[table]; route->path; route++)
            if (route->method == GET && (route->formats == 0 || route->formats & AS_JSON))
                expect_list(&p, &r, route);
    page_test_close(&p);
}

static const Route *const *without_rights(Arena *a)
{
    static const Route *tables[96];
    size_t n = 0;
    for (; all_routes[n]; n++) {
        size_t count = 0;
        while (all_routes[n][count].path)
            count++;
        Route *copy = arena_array(a, Route, count + 1);
        memcpy(copy, all_routes[n], count * sizeof *copy);
        for (size_t i = 0; i < count; i++)
            if (copy[i].right > LOGIN)
                copy[i].right = LOGIN;
        tables[n] = copy;
    }
    tables[n] = NULL;
    return tables;
}

static void the_rule_checks_where_the_router_does_not(StoreTest *t, const void *unused)
{
    PageTest p;
    Records r;
    open_desk(&p, t, &r, without_rights(t->ctx.arena));
    page_test_as(&p, &(Actor){.id = r.person, .name = "Renata", .rights = 1u << LOGIN});
    for (size_t table = 0; all_routes[table]; table++)
        for (const Route *route = all_routes[table]; route->path; route++)
            if (route->right > LOGIN)
                expect(route, "somebody without rights", false, true, ask(&p, &r, route));
    page_test_close(&p);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    STORE_TEST("rights", every_address_as_every_role_and_as_nobody);
    STORE_TEST("rights", every_list_is_a_table_too);
    STORE_TEST("rights", the_rule_checks_where_the_router_does_not);
    return g_test_run();
}
