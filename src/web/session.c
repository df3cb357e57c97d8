/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* session.c: who asks, by cookie or token; and that the request comes from our own pages.
 *
 * The cookie is `__Host-vocero` where the city's address is https, so that no other host of the
 * domain
 * can set it, and `vocero` on plain loopback HTTP, where browsers refuse that prefix.  Only its
 * SHA-256
 * is known to the database.  Public routes look at no cookie and set none but a new session's. */
#include <glib.h>

#include "base/text.h"
#include "store/db.h"
#include "web/exchange_room.h"
#include "web/secret.h"

enum { SESSION_SECONDS = 30 * 24 * 3600, NOTICE_SECONDS = 30, NOTICE_MAX = 300 };

static bool is_https(const Exchange *ex)
{
    return text_starts(ex->ctx.city->base_url, "https://");
}

static const char *session_name(const Exchange *ex)
{
    return is_https(ex) ? "__Host-vocero" : "vocero";
}

static const char *notice_name(const Exchange *ex)
{
    return is_https(ex) ? "__Host-vocero-aviso" : "vocero-aviso";
}

/* ---- reading ---- */

static const char *cookie_in(Arena *a, const char *header, const char *name)
{
    size_t size = strlen(name);
    for (const char *p = header; *p;) {
        p += strspn(p, "; \t");
        size_t n = strcspn(p, ";");
        if (n > size && p[size] == '=' && !strncmp(p, name, size))
            return arena_copy(a, p + size + 1, n - size - 1);
        p += n;
    }
    return NULL;
}

static const char *cookie(const Exchange *ex, const char *name)
{
    for (size_t i = 0; i < ex->header_count; i++) {
        if (g_ascii_strcasecmp(ex->headers[i].name, "Cookie"))
            continue;
        const char *value = cookie_in(ex->ctx.arena, ex->headers[i].value, name);
        if (value)
            return value;
    }
    return NULL;
}

static bool token_signs(const char *token)
{
    size_t n = strlen(token);
    for (const char *p = token; *p; p++)
        if (!g_ascii_isalnum(*p) && *p != '_' && *p != '-')
            return false;
    return n >= 16 && n <= 200;
}

static bool known(Exchange *ex, Credential kind, const char *token)
{
    if (!token_signs(token) || !ex->site->who)
        return false;
    Actor *actor = arena_new_of(ex->ctx.arena, Actor);
    *actor = actor_nobody;
    actor->tongue = ex->ctx.actor->tongue;
    const char *hash = secret_hash(ex->ctx.arena, token, strlen(token));
    if (!ex->site->who(&ex->ctx, kind, hash, actor) || faulted(&ex->ctx))
        return false;
    ex->ctx.actor = actor;
    return true;
}

const char *session_bearer(const Exchange *ex)
{
    const char *header = exchange_header(ex, "Authorization");
    if (!header || g_ascii_strncasecmp(header, "Bearer ", 7))
        return NULL;
    return header + 7 + strspn(header + 7, " ");
}

static bool by_bearer(Exchange *ex, const char *token)
{
    if (known(ex, CREDENTIAL_TOKEN, token)) {
        if (ex->site->seen && ex->ctx.now - ex->ctx.actor->seen_at >= CLOCK_HOUR)
            ex->site->seen(ex->site, ex->ctx.actor);
        return true;
    }
    if (faulted(&ex->ctx))
        return false;
    exchange_add_header(ex, "WWW-Authenticate", "Bearer realm=\"vocero\", error=\"invalid_token\"");
    ex->page.format = FORMAT_JSON;
    return fault(&ex->ctx, FAULT_LOGIN,
                 "this token is unknown or has ended: make a new one with \"vocero user token\"");
}

bool session_identify(Exchange *ex)
{
    Own *own = ex->own;
    const char *bearer = session_bearer(ex);
    if (bearer)
        return by_bearer(ex, bearer);
    const char *token = cookie(ex, session_name(ex));
    if (!token || !known(ex, CREDENTIAL_SESSION, token))
        return !faulted(&ex->ctx);
    ex->cookie_login = true;
    ex->request.session = own->token = token;
    ex->request.form->csrf = session_csrf(&ex->ctx, ex->site, token);
    if (ex->site->seen && ex->ctx.now - ex->ctx.actor->seen_at >= CLOCK_MINUTE)
        ex->site->seen(ex->site, ex->ctx.actor);
    return true;
}

/* ---- rights ---- */

/* After a POST there is no way back but the desk's home: its address takes no GET. */
static void send_to_login(Exchange *ex)
{
    Arena *a = ex->ctx.arena;
    const char *back = "/mesa";
    if (ex->request.method == GET) {
        back = address_encoded(a, ex->request.path, "/");
        if (ex->query)
            back = arena_printf(a, "%s?%s", back, ex->query);
    }
    Url login = url_query(a, url_literal("/entrar"), "volver", back);
    if (exchange_header(
            ex, "HX-Request")) { /* htmx would put the login page into the middle of this one */
        exchange_add_header(ex, "HX-Redirect", login.s);
        ex->status = 401;
        return;
    }
    respond_redirect(ex, 303, login.s);
}

static bool ask_for_login(Exchange *ex)
{
    if (ex->page.format == FORMAT_HTML) {
        send_to_login(ex);
        return false;
    }
    exchange_add_header(ex, "WWW-Authenticate", "Bearer realm=\"vocero\"");
    return fault(&ex->ctx, FAULT_LOGIN, "log in first, or send a token: Authorization: Bearer …");
}

bool session_may(Exchange *ex)
{
    Right right = ex->route->right;
    if (right == PUBLIC)
        return true;
    if (!ex->ctx.actor->id && !(ex->ctx.actor->rights >> LOGIN & 1))
        return ask_for_login(ex);
    if (right == LOGIN || (ex->ctx.actor->rights >> right & 1))
        return true;
    const char *name = right < 64 ? ex->site->right_names[right] : NULL;
    return fault(
        &ex->ctx, FAULT_FORBIDDEN,
        "you would need the right \"%s\" for this: whoever manages the persons can give it",
        say(&ex->ctx, name ? name : "?"));
}

/* ---- requests of other sites ---- */

static bool same_origin(const Exchange *ex, const char *origin)
{
    if (!strcmp(origin, ex->ctx.city->base_url))
        return true;
    const char *host = exchange_header(ex, "Host");
    const char *sent = strstr(origin, "://");
    return host && sent && !g_ascii_strcasecmp(sent + 3, host);
}

/* Sec-Fetch-Site is the browser's own word (Fetch Metadata); Origin that of older ones. Who sends
 * neither is no
 * browser and carries no cookie against its will. A token is never sent by itself. */
bool session_from_here(Exchange *ex)
{
    if (session_bearer(ex))
        return true;
    const char *site = exchange_header(ex, "Sec-Fetch-Site");
    const char *origin = exchange_header(ex, "Origin");
    bool ours = site ? !strcmp(site, "same-origin") || !strcmp(site, "none")
                     : !origin || same_origin(ex, origin);
    if (ours)
        return true;
    return fault(&ex->ctx, FAULT_FORBIDDEN,
                 "this form was sent from another site: open it here and send it again");
}

const char *session_csrf(Ctx *ctx, const Site *site, const char *token)
{
    return secret_seal(ctx->arena, site, "csrf", token);
}

bool session_token_fits(Exchange *ex)
{
    if (!ex->cookie_login)
        return true;
    const char *sent = exchange_header(ex, "X-CSRF-Token");
    if (!sent)
        sent = form_first(&ex->request.form->body, "csrf");
    if (secret_same(sent, ex->request.form->csrf))
        return true;
    return fault(&ex->ctx, FAULT_FORBIDDEN,
                 "this form is from an earlier login: open it again and repeat what you did");
}

/* ---- setting ---- */

static void set_cookie(Exchange *ex, const char *name, const char *value, int seconds)
{
    exchange_add_header(ex, "Set-Cookie",
                        arena_printf(ex->ctx.arena,
                                     "%s=%s; Path=/; Max-Age=%d; HttpOnly; SameSite=Lax%s", name,
                                     value, seconds, is_https(ex) ? "; Secure" : ""));
}

/* text and the way back, percent-encoded, and a seal: another program on the host cannot put words into our mouth.
 * */
static void leave_notice(Exchange *ex, const char *notice, Url undo)
{
    Arena *a = ex->ctx.arena;
    const char *text = address_encoded(a, text_clip(a, notice, NOTICE_MAX), "");
    if (undo.s)
        text = arena_printf(a, "%s&%s", text, address_encoded(a, undo.s, ""));
    set_cookie(ex, notice_name(ex),
               arena_printf(a, "%s.%s", text, secret_seal(a, ex->site, "notice", text)),
               NOTICE_SECONDS);
}

void session_cookies(Exchange *ex)
{
    const Page *page = &ex->page;
    if (page->set_session && !*page->set_session)
        set_cookie(ex, session_name(ex), "", 0);
    else if (page->set_session && token_signs(page->set_session))
        set_cookie(ex, session_name(ex), page->set_session, SESSION_SECONDS);
    bool to_desk = page->redirect.s && text_starts(page->redirect.s, "/mesa");
    if (page->notice && to_desk && ex->status == 303)
        leave_notice(ex, page->notice, page->undo);
}

/* The notice, and behind it the way to take it back. */
static bool keep_value(void *to, const char *name, const char *value)
{
    Exchange *ex = to;
    (void)value;
    if (!ex->page.notice)
        ex->page.notice = name;
    else
        url_inside(ex->ctx.arena, name, &ex->page.undo);
    return true;
}

void session_notice(Exchange *ex)
{
    Arena *a = ex->ctx.arena;
    bool desk = ex->cookie_login && ex->page.format == FORMAT_HTML && ex->request.method == GET;
    const char *sent = desk && !ex->is_head ? cookie(ex, notice_name(ex)) : NULL;
    if (!sent)
        return;
    const char *dot = strrchr(sent, '.');
    const char *text = dot ? arena_copy(a, sent, (size_t)(dot - sent)) : NULL;
    if (text && secret_same(secret_seal(a, ex->site, "notice", text), dot + 1))
        address_fields(a, text, strlen(text), keep_value, ex);
    set_cookie(ex, notice_name(ex), "", 0);
}
