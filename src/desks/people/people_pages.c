/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* people_pages.c: persons, posts and roles at their addresses. */
#include "desks/people/people_pages.h"
#include "base/id.h"
#include "desks/people/people_room.h"
#include "store/journal.h"
#include "web/form.h"
#include "people_views.h"

enum { HISTORY = 20 };

static List area_choices(Ctx *ctx)
{
    List areas = people_areas(ctx);
    Choice *choices = arena_array(ctx->arena, Choice, areas.count + 1);
    choices[0] = (Choice){"", say(ctx, "none")};
    for (size_t i = 0; i < areas.count; i++) {
        const Area *area = (const Area *)areas.items + i;
        choices[i + 1] = (Choice){id_text(ctx->arena, area->id), area->name};
    }
    return (List){choices, areas.count + 1};
}

/* GET /mesa/personas */
static void page_people(Ctx *ctx, const Request *req, Page *page)
{
    if (!people_may(ctx, RIGHT_PEOPLE_READ))
        return;
    List people = people_all(ctx);
    page->title = say(ctx, "People");
    page->here = "/mesa/personas";
    page_list(page, &people_shape, people, (i64)people.count, NULL);
    if (page->format == FORMAT_HTML)
        people_view_list(page->html, people, people_has(ctx, RIGHT_PEOPLE_EDIT));
}

/* GET /mesa/personas/nueva */
static void page_new(Ctx *ctx, const Request *req, Page *page)
{
    if (!people_may(ctx, RIGHT_PEOPLE_EDIT))
        return;
    page->title = say(ctx, "Add a person");
    page->here = "/mesa/personas";
    if (page->format == FORMAT_HTML)
        people_view_new(page->html, req->form, area_choices(ctx));
}

/* POST /mesa/personas */
static void act_add(Ctx *ctx, const Request *req, Page *page)
{
    PersonDraft draft = {
        .name = form_need(ctx, req, "name", 120), .mail = form_need(ctx, req, "mail", 254),
        .role = (Role)form_word(ctx, req, "role", people_role_words, ROLE_READER), .area = form_id(ctx, req, "area"),
    };
    i64 id;
    if (faulted(ctx) || !people_add(ctx, &draft, &id))
        return;
    page_one(page, &people_shape, people_find(ctx, id));
    page_created(page, people_url(ctx->arena, id), say(ctx, "Added. Make a link so that the person can choose a password."));
}

/* GET /mesa/personas/:id */
static void page_person(Ctx *ctx, const Request *req, Page *page)
{
    const Person *p = people_may(ctx, RIGHT_PEOPLE_READ) ? people_find(ctx, req->id) : NULL;
    if (!p)
        return;
    page->title = p->name;
    page->here = "/mesa/personas";
    page->version = p->version;
    page_one(page, &people_shape, p);
    if (page->format == FORMAT_HTML)
        people_view_record(page->html, p, req->form, area_choices(ctx), journal_of(ctx, "person", p->id, HISTORY),
                           people_has(ctx, RIGHT_PEOPLE_EDIT));
}

/* POST /mesa/personas/:id */
static void act_change(Ctx *ctx, const Request *req, Page *page)
{
    const Person *p = people_find(ctx, req->id);
    if (!p)
        return;
    const char *name = form_has(req, "name") ? form_need(ctx, req, "name", 120) : p->name;
    i64 area = form_has(req, "area") ? form_id(ctx, req, "area") : p->area;
    int role = form_word(ctx, req, "role", people_role_words, (int)p->role);
    if (faulted(ctx) || !people_set_name(ctx, p->id, name, area, req->version))
        return;
    if (role != (int)p->role && !people_set_role(ctx, p->id, (Role)role, NONE))
        return;
    page_one(page, &people_shape, people_find(ctx, p->id));
    page_done(page, people_url(ctx->arena, p->id), say(ctx, "Saved."));
}

static void set_state(Ctx *ctx, const Request *req, Page *page, PersonState state, const char *notice)
{
    if (!people_set_state(ctx, req->id, state, req->version))
        return;
    page_one(page, &people_shape, people_find(ctx, req->id));
    page_done(page, people_url(ctx->arena, req->id), notice);
}

/* POST /mesa/personas/:id/bloquear */
static void act_block(Ctx *ctx, const Request *req, Page *page)
{
    if (people_may(ctx, RIGHT_PEOPLE_EDIT) && req->id == ctx->actor->id)
        fault(ctx, FAULT_CONFLICT, "You cannot block yourself.");
    if (!faulted(ctx))
        set_state(ctx, req, page, PERSON_BLOCKED, say(ctx, "Blocked. All sessions ended."));
}

/* POST /mesa/personas/:id/reactivar */
static void act_unblock(Ctx *ctx, const Request *req, Page *page)
{
    set_state(ctx, req, page, PERSON_ACTIVE, say(ctx, "The person may come in again."));
}

typedef struct LinkRow {
    const char *url;
} LinkRow;
static const Field link_fields[] = {FIELD_TEXT(LinkRow, url)};
static const Shape link_shape = SHAPE("reset_link", LinkRow, link_fields);

/* POST /mesa/personas/:id/enlace: the link is in the answer and nowhere else. */
static void act_link(Ctx *ctx, const Request *req, Page *page)
{
    const char *token;
    const Person *p = people_find(ctx, req->id);
    if (!p || !people_reset_make(ctx, p->id, &token))
        return;
    LinkRow *row = arena_new_of(ctx->arena, LinkRow);
    row->url = arena_printf(ctx->arena, "%s/clave/%s", ctx->city->base_url, token);
    page->title = say(ctx, "A link to choose a password");
    page->here = "/mesa/personas";
    page_one(page, &link_shape, row);
    if (page->format == FORMAT_HTML)
        people_view_link(page->html, p, row->url);
}

/* ---- posts ---- */
/* GET /mesa/puestos */
static void page_posts(Ctx *ctx, const Request *req, Page *page)
{
    if (!people_may(ctx, RIGHT_PEOPLE_READ))
        return;
    List posts = people_posts(ctx);
    page->title = say(ctx, "Posts and acting heads");
    page->here = "/mesa/personas";
    page_list(page, &people_post_shape, posts, (i64)posts.count, NULL);
    if (page->format == FORMAT_HTML)
        people_view_posts(page->html, posts, req->form, people_active(ctx), people_actings(ctx), people_has(ctx, RIGHT_PEOPLE_EDIT));
}

static void back_to_posts(Ctx *ctx, const Request *req, Page *page)
{
    if (req->id)
        page_one(page, &people_post_shape, people_post(ctx, req->id));
    page_done(page, url_literal("/mesa/puestos"), say(ctx, "Saved."));
}

/* POST /mesa/puestos/:id/titular */
static void act_hold(Ctx *ctx, const Request *req, Page *page)
{
    i64 holder = form_id(ctx, req, "holder");
    if (!faulted(ctx) && people_hold_post(ctx, req->id, holder))
        back_to_posts(ctx, req, page);
}

i64 people_form_day(Ctx *ctx, const Request *req, const char *name, int days_later)
{
    Wall wall;
    if (!form_wall(ctx, req, name, &wall)) {
        if (!faulted(ctx))
            fault_field(ctx, name, "Write the day.");
        return 0;
    }
    wall = wall_add_days((Wall){wall.year, wall.month, wall.day, 0, 0, 0}, days_later);
    return clock_instant(ctx->city->zone, wall, NULL);
}

/* POST /mesa/puestos/:id/suplencia */
static void act_stand_in(Ctx *ctx, const Request *req, Page *page)
{
    i64 person = form_id(ctx, req, "person"), from = people_form_day(ctx, req, "from_at", 0), to = people_form_day(ctx, req, "to_at", 1);
    if (!person)
        fault_field(ctx, "person", "Choose who stands in.");
    if (!faulted(ctx) && people_act_for(ctx, req->id, person, from, to))
        back_to_posts(ctx, req, page);
}

/* POST /mesa/suplencias/:id/terminar */
static void act_end_acting(Ctx *ctx, const Request *req, Page *page)
{
    if (people_act_end(ctx, req->id))
        page_done(page, url_literal("/mesa/puestos"), say(ctx, "Ended."));
}

/* ---- the matrix ---- */
typedef struct RoleRow {
    Role role;
    const char *rights;
} RoleRow;
static const Field role_fields[] = {FIELD_WORD(RoleRow, role, people_role_words), FIELD_LINES(RoleRow, rights)};
static const Shape role_shape = SHAPE("role", RoleRow, role_fields);

static List role_rows(Ctx *ctx, const u64 *rights)
{
    RoleRow *rows = arena_array(ctx->arena, RoleRow, ROLE_COUNT);
    for (int role = 0; role < ROLE_COUNT; role++) {
        Buf *names = buf_new(ctx->arena, 256, 4096);
        for (int right = RIGHT_AGENDA_READ; right < RIGHT_COUNT; right++)
            if (rights[role] >> right & 1)
                buf_printf(names, "%s%s", buf_size(names) ? "\n" : "", word_name(people_right_words, right));
        rows[role] = (RoleRow){(Role)role, buf_data(names)};
    }
    return (List){rows, ROLE_COUNT};
}

/* GET /mesa/roles */
static void page_roles(Ctx *ctx, const Request *req, Page *page)
{
    if (!people_may(ctx, RIGHT_PEOPLE_READ))
        return;
    u64 *rights = arena_array(ctx->arena, u64, ROLE_COUNT);
    for (int role = 0; role < ROLE_COUNT; role++)
        rights[role] = people_rights_of(ctx, (Role)role);
    page->title = say(ctx, "Roles and rights");
    page->here = "/mesa/roles";
    page_list(page, &role_shape, role_rows(ctx, rights), ROLE_COUNT, NULL);
    if (page->format == FORMAT_HTML)
        people_view_roles(page->html, rights, people_has(ctx, RIGHT_ROLES_EDIT), req->form);
}

/* POST /mesa/roles */
static void act_role(Ctx *ctx, const Request *req, Page *page)
{
    int role = form_word(ctx, req, "role", people_role_words, -1), right = form_word(ctx, req, "right", people_right_words, -1);
    if (role < 0)
        fault_field(ctx, "role", "Say which role.");
    if (right < RIGHT_AGENDA_READ)
        fault_field(ctx, "right", "Say which right.");
    if (!faulted(ctx) && people_role_set(ctx, (Role)role, (RightName)right, form_bool(req, "allowed")))
        page_done(page, url_literal("/mesa/roles"), say(ctx, "Saved."));
}

const Route people_routes[] = {
    {GET, "/mesa/personas", page_people, RIGHT_PEOPLE_READ, "The people of the office", .list = true, .shape = &people_shape},
    {GET, "/mesa/personas/nueva", page_new, RIGHT_PEOPLE_EDIT, "The form for a new person", .formats = AS_HTML},
    {POST, "/mesa/personas", act_add, RIGHT_PEOPLE_EDIT, "Adds a person", .fields = "name! mail! role area", .shape = &people_shape, .form = page_new},
    {GET, "/mesa/personas/:id", page_person, RIGHT_PEOPLE_READ, "A person", .shape = &people_shape},
    {POST, "/mesa/personas/:id", act_change, RIGHT_PEOPLE_EDIT, "Changes name, area or role", .fields = "name area role version", .shape = &people_shape, .form = page_person},
    {POST, "/mesa/personas/:id/bloquear", act_block, RIGHT_PEOPLE_EDIT, "Blocks a person; all sessions end", .fields = "version", .shape = &people_shape, .form = page_person},
    {POST, "/mesa/personas/:id/reactivar", act_unblock, RIGHT_PEOPLE_EDIT, "Lets a blocked person in again", .fields = "version", .shape = &people_shape, .form = page_person},
    {POST, "/mesa/personas/:id/enlace", act_link, RIGHT_PEOPLE_EDIT, "Makes a link that sets a password once", .shape = &link_shape},
    {GET, "/mesa/puestos", page_posts, RIGHT_PEOPLE_READ, "Posts of the hierarchy, with who stands in", .list = true, .shape = &people_post_shape},
    {POST, "/mesa/puestos/:id/titular", act_hold, RIGHT_PEOPLE_EDIT, "Names the holder of a post", .fields = "holder", .shape = &people_post_shape, .form = page_posts},
    {POST, "/mesa/puestos/:id/suplencia", act_stand_in, RIGHT_PEOPLE_EDIT, "Names who stands in, from a day to a day", .fields = "person! from_at! to_at!", .shape = &people_post_shape, .form = page_posts},
    {POST, "/mesa/suplencias/:id/terminar", act_end_acting, RIGHT_PEOPLE_EDIT, "Ends somebody's standing in", .form = page_posts},
    {GET, "/mesa/roles", page_roles, RIGHT_PEOPLE_READ, "What each role may do", .list = true, .shape = &role_shape},
    {POST, "/mesa/roles", act_role, RIGHT_ROLES_EDIT, "Gives a role a right, or takes it", .fields = "role! right! allowed", .form = page_roles},
    {0},
};
