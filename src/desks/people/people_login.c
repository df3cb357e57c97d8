/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* people_login.c: coming in, staying in, going out; tokens of programs; links that set a password.
 *
 * A wrong password costs one second of waiting, then two, four… up to five minutes, counted for the
 * mail and for the address apart; neither the time nor the answer tells whether the mail is known. */
#include "base/id.h"
#include "base/text.h"
#include "desks/people/people_room.h"
#include "store/db.h"
#include "store/journal.h"
#include "people_queries.h"

#include <sodium.h>

#define WAIT_FIRST CLOCK_SECOND
#define WAIT_MOST  (5 * CLOCK_MINUTE)
enum { FREE_TRIES = 3 };

/* ---- throttle ---- */
static const char *attempt_key(Ctx *ctx, const char *kind, const char *what)
{
    return people_secret_hash(ctx, arena_printf(ctx->arena, "attempt %s %s", kind, what));
}

static bool must_wait(Ctx *ctx, const char *kind, const char *what)
{
    i64 until = db_number(ctx, &q_people_attempt, T(attempt_key(ctx, kind, what)));
    return until != NONE && until > ctx->now;
}

static bool is_throttled(Ctx *ctx, const char *mail, const char *address)
{
    return must_wait(ctx, "mail", mail) || must_wait(ctx, "address", address);
}

static bool note_failure(Ctx *ctx, const char *kind, const char *what, i64 free_tries)
{
    const char *key = attempt_key(ctx, kind, what);
    i64 before = db_number(ctx, &q_people_attempt_failures, T(key));
    i64 failures = before == NONE ? 1 : before + 1;
    i64 wait = failures <= free_tries ? 0 : WAIT_FIRST;
    for (i64 i = free_tries + 1; i < failures && wait < WAIT_MOST; i++)
        wait *= 2;
    wait = wait < WAIT_MOST ? wait : WAIT_MOST;
    /* the row stays for a quarter of an hour after the wait, so that the count is not forgotten at once */
    return db_write(ctx, &q_people_attempt_set, T(key), I(failures), I(ctx->now + wait));
}

static bool forget_failures(Ctx *ctx, const char *mail)
{
    i64 gone = 0;
    return db_change(ctx, &q_people_attempt_clear, &gone, T(attempt_key(ctx, "mail", mail))) &&
           db_change(ctx, &q_people_attempts_sweep, &gone, I(ctx->now - 15 * CLOCK_MINUTE)) &&
           db_change(ctx, &q_people_sessions_sweep, &gone, I(ctx->now - SESSION_IDLE));
}

bool people_note_wrong(Ctx *ctx, const char *mail, const char *address)
{
    return note_failure(ctx, "mail", mail, FREE_TRIES) && note_failure(ctx, "address", address, 10 * FREE_TRIES);
}

/* ---- the slow part ---- */
/* Of a password that nobody has, with the parameters of people_password_hash(): verifying against it takes as
 * long as against a real one. */
static const char nobody_s_hash[] = "$argon2id$v=19$m=47104,t=2,p=1$3abpgN+97ZtO7oszJNQAMg$tWQm40m3kx64GxJkuo0msHd9MYYcSo4i73/uHJH7lb8";

static bool password_fits(Ctx *ctx, const char *hash, const char *password)
{
    const char *against = hash ? hash : nobody_s_hash;
    const char *normal = password && text_valid(password, strlen(password)) ? text_nfc(ctx->arena, password) : "";
    bool fits = strlen(normal) <= PASSWORD_MOST && crypto_pwhash_str_verify(against, normal, strlen(normal)) == 0;
    return hash && fits;
}

Verdict *people_try(Ctx *ctx, const char *mail, const char *address, const char *password)
{
    Verdict *v = arena_new_of(ctx->arena, Verdict);
    const char *lower = text_lower(ctx->arena, mail ? mail : "");
    v->throttled = is_throttled(ctx, lower, address);
    if (v->throttled || faulted(ctx))
        return v;
    const Person *p = people_by_mail(ctx, lower);
    const char *hash = p && p->state == PERSON_ACTIVE ? people_password_of(ctx, p->id) : NULL;
    if (password_fits(ctx, hash, password))
        v->person = p->id;
    return v;
}

/* ---- the quick part, inside the writer ---- */
/* Until now nobody asked: the line is the person's. */
static bool journal_as(Ctx *ctx, const Person *p, const char *verb)
{
    const Actor *before = ctx->actor, self = {.id = p->id, .name = p->name, .tongue = before->tongue};
    ctx->actor = &self;
    bool written = journal(ctx, "person", p->id, verb);
    ctx->actor = before;
    return written;
}

/* A fault would take the counting back; so a refusal is no fault here: session_out stays NULL. */
bool people_enter(Ctx *ctx, const char *mail, const char *address, Verdict *verdict, const char *device,
                  const char **session_out)
{
    const char *lower = text_lower(ctx->arena, mail ? mail : "");
    verdict->throttled = verdict->throttled || is_throttled(ctx, lower, address);
    if (verdict->throttled)
        return !faulted(ctx);
    if (!verdict->person)
        return people_note_wrong(ctx, lower, address);
    const Person *p = people_find(ctx, verdict->person);
    if (!p || p->state != PERSON_ACTIVE)
        return !faulted(ctx);
    const char *secret = people_secret_new(ctx);
    i64 id = id_new(ctx->now);
    if (!forget_failures(ctx, lower) ||
        !db_write(ctx, &q_people_session_add, I(id), I(p->id), T(people_secret_hash(ctx, secret)), T(device), I(ctx->now)) ||
        !journal_as(ctx, p, "came_in"))
        return false;
    *session_out = secret;
    return true;
}

bool people_leave(Ctx *ctx, i64 session)
{
    i64 ended = 0;
    if (!db_change(ctx, &q_people_session_drop, &ended, I(session), I(ctx->actor->id)))
        return false;
    return !ended || journal(ctx, "person", ctx->actor->id, "went_out");
}

bool people_end_session(Ctx *ctx, i64 id)
{
    i64 ended = 0;
    if (!db_change(ctx, &q_people_session_drop, &ended, I(id), I(ctx->actor->id)))
        return false;
    return ended ? journal(ctx, "person", ctx->actor->id, "sessions_ended")
                 : fault(ctx, FAULT_NOT_FOUND, "This session has ended already.") != NULL;
}

static bool drop_others(Ctx *ctx, i64 *ended_out)
{
    return db_change(ctx, &q_people_sessions_drop_others, ended_out, I(ctx->actor->id), I(ctx->actor->session));
}

bool people_end_other_sessions(Ctx *ctx, i64 *ended_out)
{
    return drop_others(ctx, ended_out) && (!*ended_out || journal(ctx, "person", ctx->actor->id, "sessions_ended"));
}

/* ---- who is it? ---- */
typedef struct Who {
    i64 id, session, area, seen_at;
    const char *name, *tongue, *scope;
    Role role;
} Who;
static const Field who_fields[] = {
    FIELD_INT(Who, id),    FIELD_INT(Who, session), FIELD_ID(Who, area),    FIELD_TIME(Who, seen_at),
    FIELD_TEXT(Who, name), FIELD_TEXT(Who, tongue), FIELD_TEXT(Who, scope), FIELD_WORD(Who, role, people_role_words),
};
static const Shape who_shape = SHAPE("who", Who, who_fields);

static void become(Ctx *ctx, const Who *who, Actor *actor_out)
{
    const Person person = {.id = who->id, .role = who->role};
    *actor_out = (Actor){
        .id = who->id, .name = who->name, .area = who->area, .session = who->session,
        .rights = people_rights_of_person(ctx, &person),
        .tongue = text_same(who->tongue, "en") ? TONGUE_EN : TONGUE_ES,
    };
}

bool people_who_session(Ctx *ctx, const char *hash, Actor *actor_out)
{
    const Who *who = db_maybe(ctx, &q_people_session_who, &who_shape, T(hash), I(ctx->now - SESSION_IDLE), I(ctx->now - SESSION_END));
    if (!who)
        return false;
    become(ctx, who, actor_out);
    actor_out->seen_at = who->seen_at;
    return !faulted(ctx);
}

bool people_who_token(Ctx *ctx, const char *hash, Actor *actor_out)
{
    const Who *who = db_maybe(ctx, &q_people_token_who, &who_shape, T(hash), I(ctx->now));
    if (!who)
        return false;
    become(ctx, who, actor_out);
    actor_out->session = 0;
    actor_out->token = who->session;
    actor_out->seen_at = who->seen_at;
    actor_out->reads_only = text_same(who->scope, "read");
    return !faulted(ctx);
}

/* ---- tokens of programs ---- */
static bool may_make_for(Ctx *ctx, i64 person)
{
    if (person == ctx->actor->id)
        return true;
    const Person *p = people_may(ctx, RIGHT_PEOPLE_EDIT) ? people_find(ctx, person) : NULL;
    return p && people_may_touch(ctx, p->role);
}

bool people_token_make(Ctx *ctx, i64 person, const char *name, const char *scope, i64 expires_at, const char **token_out)
{
    if (!may_make_for(ctx, person))
        return false;
    if (text_blank(name) || !text_fits(name, 80))
        return fault_field(ctx, "name", "Say in at most 80 characters what the token is for.");
    if (!text_same(scope, "desk") && !text_same(scope, "read"))
        return fault_field(ctx, "scope", "The scope is desk or read.");
    if (expires_at && expires_at <= ctx->now)
        return fault_field(ctx, "expires_at", "The end must be in the future.");
    const char *secret = arena_printf(ctx->arena, "voc_%s", people_secret_new(ctx));
    i64 id = id_new(ctx->now);
    if (!db_write(ctx, &q_people_token_add, I(id), I(person), T(people_secret_hash(ctx, secret)), T(name), T(scope),
                  I_OR_NULL(expires_at), I(ctx->now)) ||
        !journal(ctx, "person", person, "token_made"))
        return false;
    *token_out = secret;
    return true;
}

bool people_end_token(Ctx *ctx, i64 id)
{
    i64 ended = 0;
    if (!db_change(ctx, &q_people_token_drop, &ended, I(id), I(ctx->actor->id)))
        return false;
    return ended ? journal(ctx, "person", ctx->actor->id, "token_ended")
                 : fault(ctx, FAULT_NOT_FOUND, "This token has ended already.") != NULL;
}

/* ---- passwords ---- */
bool people_change_password(Ctx *ctx, const Verdict *verdict)
{
    if (verdict->throttled || verdict->person != ctx->actor->id)
        return fault_field(ctx, "current", "This is not your present password.");
    i64 ended = 0;
    return db_write(ctx, &q_people_set_password, I(ctx->actor->id), T(verdict->hash)) &&
           drop_others(ctx, &ended) && journal(ctx, "person", ctx->actor->id, "password_set");
}

bool people_reset_make(Ctx *ctx, i64 person, const char **token_out)
{
    const Person *p = people_may(ctx, RIGHT_PEOPLE_EDIT) ? people_find(ctx, person) : NULL;
    if (!p || !people_may_touch(ctx, p->role))
        return false;
    i64 dropped = 0;
    const char *secret = people_secret_new(ctx);
    if (!db_change(ctx, &q_people_reset_drop_others, &dropped, I(person)) ||
        !db_write(ctx, &q_people_reset_add, T(people_secret_hash(ctx, secret)), I(person), I(ctx->now + RESET_END)) ||
        !journal(ctx, "person", person, "reset_link_made"))
        return false;
    *token_out = secret;
    return true;
}

const Person *people_reset_person(Ctx *ctx, const char *token)
{
    const Person *p = db_maybe(ctx, &q_people_reset_person, &people_shape, T(people_secret_hash(ctx, token)), I(ctx->now));
    return p || faulted(ctx) ? p : fault(ctx, FAULT_GONE, "This link was used or is too old. Ask for a new one.");
}

bool people_reset_use(Ctx *ctx, const char *token, const char *hash)
{
    const Person *p = people_reset_person(ctx, token);
    i64 ended = 0;
    return p && db_write(ctx, &q_people_reset_use, T(people_secret_hash(ctx, token)), I(ctx->now)) &&
           db_write(ctx, &q_people_set_password, I(p->id), T(hash)) &&
           db_change(ctx, &q_people_sessions_drop_others, &ended, I(p->id), I(0)) &&
           journal_as(ctx, p, "password_set");
}

bool people_set_tongue(Ctx *ctx, const char *tongue)
{
    if (!text_same(tongue, "es") && !text_same(tongue, "en"))
        return fault_field(ctx, "tongue", "The language is es or en.");
    return db_write(ctx, &q_people_set_tongue, I(ctx->actor->id), T(tongue)) &&
           journal(ctx, "person", ctx->actor->id, "tongue_set");
}

/* ---- used just now ---- */
bool people_note_seen(Ctx *ctx, i64 session)
{
    i64 changed = 0;
    return db_change(ctx, &q_people_session_seen, &changed, I(session), I(ctx->now), I(ctx->now - CLOCK_MINUTE));
}

bool people_note_token(Ctx *ctx, i64 token)
{
    i64 changed = 0;
    return db_change(ctx, &q_people_token_used, &changed, I(token), I(ctx->now), I(ctx->now - CLOCK_HOUR));
}
