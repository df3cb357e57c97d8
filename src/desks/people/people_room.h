/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* people_room.h: shared by the files of this room only. */
#pragma once
#include "desks/people/people.h"
#include "base/id.h"
#include "base/text.h"
#include "store/journal.h"
#include "web/form.h"
#include "web/form_views.h"
#include "web/html.h"

/* A session ends after twelve hours without use, and after thirty days in any case (OWASP ASVS 4.0 3.3). */
#define SESSION_IDLE (12 * CLOCK_HOUR)
#define SESSION_END  (30 * CLOCK_DAY)
#define RESET_END    (24 * CLOCK_HOUR)
enum { PASSWORD_LEAST = 10, PASSWORD_MOST = 200, PEOPLE_MOST = 500 };

typedef struct Session { /* one place where a person is logged in */
    i64 id, created_at, seen_at;
    const char *device;
    bool here;           /* the one that asks */
} Session;

typedef struct Token {   /* what a program comes in with */
    i64 id, created_at, used_at, expires_at;
    const char *name, *scope;
} Token;

typedef struct Acting {  /* who stands in for a post, from when to when */
    i64 id, post, person, from_at, to_at;
    const char *person_name;
} Acting;

typedef struct RoleRight {
    const char *role, *right_name;
} RoleRight;

/* ---- people_store.c: queries in, structs out ---- */
const char *people_password_of(Ctx *ctx, i64 id);                       /* NULL: none was set */
List people_sessions(Ctx *ctx);                                         /* of Session: the actor's own */
List people_tokens(Ctx *ctx);                                           /* of Token: the actor's own */
List people_actings(Ctx *ctx);                                          /* of Acting: present and to come */
const Post *people_post(Ctx *ctx, i64 id);
const Area *people_area(Ctx *ctx, i64 id);

/* ---- people.c ---- */
/* Whoever may change the matrix could give himself every right: nobody without that right touches such a person. */
CHECKED bool people_may_touch(Ctx *ctx, Role role);

/* ---- people_login.c: coming in ---- */
typedef struct Verdict { /* what the slow part found, for the quick part inside the writer */
    i64 person;          /* 0: mail or password are wrong */
    bool throttled;
    const char *hash;    /* a new hash to keep */
} Verdict;
/* Slow, reads only. The same time and answer for an unknown mail and a wrong password. */
Verdict *people_try(Ctx *ctx, const char *mail, const char *address, const char *password);
/* Inside the writer: counts the failure, or opens a session. Tries that ran beside this one may throttle it only here. */
CHECKED bool people_enter(Ctx *ctx, const char *mail, const char *address, Verdict *verdict, const char *device,
                          const char **session_out);
CHECKED bool people_note_wrong(Ctx *ctx, const char *mail, const char *address); /* a wrong password counts; no fault, so that it stays */
CHECKED bool people_leave(Ctx *ctx, i64 session);
CHECKED bool people_end_session(Ctx *ctx, i64 id);          /* one of the actor's own */
CHECKED bool people_end_other_sessions(Ctx *ctx, i64 *ended_out);
CHECKED bool people_set_tongue(Ctx *ctx, const char *tongue); /* "es" or "en": the actor's own */
CHECKED bool people_end_token(Ctx *ctx, i64 id);            /* one of the actor's own */
CHECKED bool people_change_password(Ctx *ctx, const Verdict *verdict); /* the actor's own; other sessions end */
CHECKED bool people_reset_make(Ctx *ctx, i64 person, const char **token_out);  /* a link that works once, a day long */
const Person *people_reset_person(Ctx *ctx, const char *token);                /* FAULT_GONE when used, old or unknown */
CHECKED bool people_reset_use(Ctx *ctx, const char *token, const char *hash);

/* ---- people_posts.c: areas, posts, acting heads, the matrix ---- */
CHECKED bool people_set_name(Ctx *ctx, i64 id, const char *name, i64 area, i64 version);
CHECKED bool people_act_for(Ctx *ctx, i64 post, i64 person, i64 from_at, i64 to_at);
CHECKED bool people_act_end(Ctx *ctx, i64 id);
CHECKED bool people_role_set(Ctx *ctx, Role role, RightName right, bool allowed);
u64 people_rights_of_person(Ctx *ctx, const Person *person); /* with those of posts that the person acts for now */

extern const Shape people_post_shape, people_area_shape;

/* ---- people_words.c ---- */
Url people_url(Arena *a, i64 id);
const char *people_device(Arena *a, const char *user_agent); /* "Firefox en Linux"; never the whole header */

/* ---- people_pages.c ---- */
/* The first instant of the day in a field, or of one some days later; a fault when no day is written there. */
i64 people_form_day(Ctx *ctx, const Request *req, const char *name, int days_later);

/* ---- people_notice_pages.c: what its view is given ---- */
typedef struct NoticesShown {
    List notices;     /* of Notice */
    i64 unseen;
    bool all;         /* ?ver=todos: read ones too */
    const char *next;
    const Form *form;
} NoticesShown;
