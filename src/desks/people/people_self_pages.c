/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* people_self_pages.c: coming in, going out, and one's own account. */
#include "base/text.h"
#include "desks/people/people_pages.h"
#include "desks/people/people_room.h"
#include "web/form.h"
#include "people_self_views.h"

/* ---- coming in ---- */
static void sign_in(Ctx *ctx, const Request *req, Page *page, const char *trouble)
{
    const char *asked = query_text(req, "volver"), *kept = form_raw(req, "volver");
    Url back = url_literal("/mesa");
    if (kept || asked)
        url_inside(ctx->arena, kept ? kept : asked, &back);
    page->title = say(ctx, "Come in");
    page->bare = page->noindex = true;
    people_view_sign_in(page->html, form_raw(req, "mail"), back.s, trouble);
}

/* GET /entrar */
static void page_enter(Ctx *ctx, const Request *req, Page *page)
{
    sign_in(ctx, req, page, form_trouble(req->form));
}

/* Before the writer: argon2id takes its time. */
static bool try_password(Ctx *ctx, const Request *req, void **prepared_out)
{
    *prepared_out = people_try(ctx, form_raw(req, "mail"), req->address, form_raw(req, "password"));
    return !faulted(ctx);
}

/* POST /entrar: a refusal is no fault, for its counting must be kept. */
static void act_enter(Ctx *ctx, const Request *req, Page *page)
{
    Verdict *verdict = req->prepared;
    const char *session = NULL, *device = people_device(ctx->arena, req->user_agent);
    if (!people_enter(ctx, form_raw(req, "mail"), req->address, verdict, device, &session))
        return;
    if (session) {
        Url back = url_literal("/mesa");
        url_inside(ctx->arena, form_raw(req, "volver"), &back);
        page->set_session = session;
        page_done(page, back, NULL);
        return;
    }
    page->status = verdict->throttled ? 429 : 401;
    sign_in(ctx, req, page, verdict->throttled ? say(ctx, "There were too many tries. Wait a little, then try again.")
                                               : say(ctx, "Mail or password are wrong."));
}

/* POST /salir */
static void act_leave(Ctx *ctx, const Request *req, Page *page)
{
    if (!people_leave(ctx, ctx->actor->session))
        return;
    page->set_session = "";
    page_done(page, url_literal("/entrar"), NULL);
}

/* ---- a link that sets a password ---- */
/* GET /clave/:token */
static void page_choose(Ctx *ctx, const Request *req, Page *page)
{
    const Person *p = people_reset_person(ctx, req->token);
    if (!p)
        return;
    page->title = say(ctx, "Choose your password");
    page->bare = page->noindex = true;
    people_view_choose(page->html, p, url_slug(ctx->arena, "/clave/", req->token, NULL), req->form);
}

static bool hash_new(Ctx *ctx, const Request *req, void **prepared_out)
{
    return (*prepared_out = (void *)people_password_hash(ctx, form_raw(req, "password"))) != NULL;
}

/* POST /clave/:token */
static void act_choose(Ctx *ctx, const Request *req, Page *page)
{
    if (people_reset_use(ctx, req->token, req->prepared))
        page_done(page, url_literal("/entrar"), NULL);
}

/* ---- one's own account ---- */
/* GET /mesa/yo */
static void page_self(Ctx *ctx, const Request *req, Page *page)
{
    const Person *me = people_find(ctx, ctx->actor->id);
    if (!me)
        return;
    page->title = say(ctx, "My account");
    page->here = "/mesa/yo";
    page_one(page, &people_shape, me);
    if (page->format == FORMAT_HTML)
        people_view_self(page->html, me, people_sessions(ctx), people_tokens(ctx), req->form);
}

static bool try_and_hash(Ctx *ctx, const Request *req, void **prepared_out)
{
    const Person *me = people_find(ctx, ctx->actor->id);
    const Verdict *tried = me ? people_try(ctx, me->mail, req->address, form_raw(req, "current")) : NULL;
    if (!tried)
        return false;
    Verdict *v = arena_new_of(ctx->arena, Verdict);
    *v = *tried;
    v->hash = people_password_hash(ctx, form_raw(req, "password"));
    *prepared_out = v;
    return v->hash != NULL;
}

static void back(Ctx *ctx, Page *page, const char *notice)
{
    page_one(page, &people_shape, people_find(ctx, ctx->actor->id));
    page_done(page, url_literal("/mesa/yo"), notice);
}

/* A refusal is no fault, for its counting must be kept. */
static void refuse_password(Ctx *ctx, const Request *req, Page *page, const Verdict *verdict)
{
    const Person *me = people_find(ctx, ctx->actor->id);
    if (!me || (!verdict->throttled && !people_note_wrong(ctx, me->mail, req->address)))
        return;
    const char *what = verdict->throttled ? say(ctx, "There were too many tries. Wait a little, then try again.")
                                          : say(ctx, "This is not your present password.");
    page->status = verdict->throttled ? 429 : 422;
    form_refuse(req, verdict->throttled ? NULL : "current", what);
    if (page->format == FORMAT_HTML)
        page_self(ctx, req, page);
    else
        page_error(ctx, page, verdict->throttled ? FAULT_TOO_MANY : FAULT_INVALID, "current", what);
}

/* POST /mesa/yo/clave */
static void act_password(Ctx *ctx, const Request *req, Page *page)
{
    const Verdict *verdict = req->prepared;
    if (verdict->throttled || verdict->person != ctx->actor->id)
        refuse_password(ctx, req, page, verdict);
    else if (people_change_password(ctx, verdict))
        back(ctx, page, say(ctx, "Your password is new. Other sessions ended."));
}

/* POST /mesa/yo/idioma */
static void act_tongue(Ctx *ctx, const Request *req, Page *page)
{
    if (people_set_tongue(ctx, form_raw(req, "tongue")))
        back(ctx, page, say(ctx, "Saved."));
}

/* POST /mesa/yo/sesiones/cerrar */
static void act_end_others(Ctx *ctx, const Request *req, Page *page)
{
    i64 ended = 0;
    if (people_end_other_sessions(ctx, &ended))
        back(ctx, page, say(ctx, "All other sessions ended."));
}

/* POST /mesa/yo/sesiones/:id/cerrar */
static void act_end_session(Ctx *ctx, const Request *req, Page *page)
{
    if (people_end_session(ctx, req->id))
        back(ctx, page, say(ctx, "Ended."));
}

typedef struct TokenRow {
    const char *token;
} TokenRow;
static const Field token_fields[] = {FIELD_TEXT(TokenRow, token)};
static const Shape token_shape = SHAPE("new_token", TokenRow, token_fields);

/* POST /mesa/yo/tokens: the token is in the answer and nowhere else. */
static void act_token(Ctx *ctx, const Request *req, Page *page)
{
    Wall day;
    i64 ends = 0;
    const char *name = form_need(ctx, req, "name", 80), *scope = form_raw(req, "scope");
    if (form_wall(ctx, req, "expires_at", &day))
        ends = clock_instant(ctx->city->zone, wall_add_days((Wall){day.year, day.month, day.day, 0, 0, 0}, 1), NULL);
    TokenRow *row = arena_new_of(ctx->arena, TokenRow);
    if (faulted(ctx) || !people_token_make(ctx, ctx->actor->id, name, scope ? scope : "read", ends, &row->token))
        return;
    page->title = say(ctx, "Your new token");
    page->here = "/mesa/yo";
    page_one(page, &token_shape, row);
    if (page->format == FORMAT_HTML)
        people_view_token(page->html, row->token);
    else
        page->created = true;
}

/* POST /mesa/yo/tokens/:id/cerrar */
static void act_end_token(Ctx *ctx, const Request *req, Page *page)
{
    if (people_end_token(ctx, req->id))
        back(ctx, page, say(ctx, "Ended."));
}

const Route people_self_routes[] = {
    {GET, "/entrar", page_enter, PUBLIC, "The login page", .formats = AS_HTML, .query = "volver", .uncached = true},
    {POST, "/entrar", act_enter, PUBLIC, "Opens a session", .formats = AS_HTML, .fields = "mail! password! volver", .prepare = try_password, .form = page_enter},
    {POST, "/salir", act_leave, LOGIN, "Ends the session", .formats = AS_HTML},
    {GET, "/clave/:token", page_choose, PUBLIC, "Choose a password by a link that works once", .formats = AS_HTML, .uncached = true},
    {POST, "/clave/:token", act_choose, PUBLIC, "Sets the password", .formats = AS_HTML, .fields = "password!", .prepare = hash_new, .form = page_choose},
    {GET, "/mesa/yo", page_self, LOGIN, "One's own account", .shape = &people_shape},
    {POST, "/mesa/yo/clave", act_password, LOGIN, "Changes one's password", .fields = "current! password!", .prepare = try_and_hash, .shape = &people_shape, .form = page_self},
    {POST, "/mesa/yo/idioma", act_tongue, LOGIN, "Chooses the language of the desk", .fields = "tongue!", .shape = &people_shape, .form = page_self},
    {POST, "/mesa/yo/sesiones/cerrar", act_end_others, LOGIN, "Ends one's other sessions", .shape = &people_shape, .form = page_self},
    {POST, "/mesa/yo/sesiones/:id/cerrar", act_end_session, LOGIN, "Ends one of one's sessions", .shape = &people_shape, .form = page_self},
    {POST, "/mesa/yo/tokens", act_token, LOGIN, "Makes a token for a program", .fields = "name! scope expires_at", .shape = &token_shape, .form = page_self},
    {POST, "/mesa/yo/tokens/:id/cerrar", act_end_token, LOGIN, "Ends a token", .shape = &people_shape, .form = page_self},
    {0},
};
