/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* people.h: the door of the people room: who works here, at which post, with which rights.
 *
 * Three things are apart: a *role* is a bundle of rights (the matrix on /mesa/roles), a *post* is a place in
 * the hierarchy with a holder and, for a time, an acting head, an *area* is where both stand.
 *
 * A right is checked in the rule: people_may() is the first line of everything that changes something.
 *
 *   person: active <--> blocked
 */
#pragma once
#include "base/ctx.h"
#include "base/shape.h"

/* The bits of Actor.rights; 0 PUBLIC and 1 LOGIN are in web/page.h.  The words in people_right_words are in
 * the database, in OpenAPI and in vocero routes: a number may change, a word may not. */
typedef enum {
    RIGHT_AGENDA_READ = 2,  /* the desk's agenda without private events */
    RIGHT_AGENDA_EDIT,      /* create, change, cancel, postpone, reschedule, import */
    RIGHT_AGENDA_PRIVATE,   /* see events of CLASS:PRIVATE and CONFIDENTIAL */
    RIGHT_COVERAGE_ASSIGN,  /* propose, assign, cancel; answer for somebody else */
    RIGHT_COVERAGE_DELIVER, /* accept, decline, deliver one's own */
    RIGHT_COVERAGE_APPROVE, /* approve, return */
    RIGHT_REPORT_READ,
    RIGHT_REPORT_EDIT,
    RIGHT_PEOPLE_READ,
    RIGHT_PEOPLE_EDIT,      /* persons, areas, posts, acting heads */
    RIGHT_ROLES_EDIT,       /* the matrix itself */
    RIGHT_JOURNAL_READ,
    RIGHT_QUEUE_EDIT,       /* failed jobs: try again, drop */
    RIGHT_REPORT_SIGN,      /* sign the month's report, or return it; the post's rank is asked besides */
    RIGHT_REPORT_PUBLISH,   /* publish what was signed */
    RIGHT_STRATEGY_READ,    /* goals and typed figures */
    RIGHT_STRATEGY_EDIT,    /* set goals, type figures with evidence */
    RIGHT_PRESS_READ,       /* releases at the desk, whatever their state */
    RIGHT_PRESS_WRITE,      /* write them, send them to review, comment */
    RIGHT_PRESS_APPROVE,    /* approve, return */
    RIGHT_PRESS_PUBLISH,    /* schedule, publish, correct, withdraw; change the address */
    RIGHT_PRESS_MEDIA,      /* contacts, lists, embargo links, accreditation, what media took up: personal data */
    RIGHT_PRESS_SET_UP,     /* topics, templates, times of silence and who answers for an exception */
    RIGHT_SITE_EDIT,        /* privacy notice, look, contact of the site */
    RIGHT_SITE_ALERT,       /* raise an alert, confirm another's, end it */
    RIGHT_PHOTOS_READ,      /* pictures at the desk, with what the photographer wrote */
    RIGHT_PHOTOS_UPLOAD,    /* hand pictures in */
    RIGHT_PHOTOS_EDIT,      /* words, marks, boxes, galleries in the making; say whether minors appear */
    RIGHT_PHOTOS_PUBLISH,   /* publish galleries, unpublish pictures */
    RIGHT_PHOTOS_CONSENT,   /* consents of minors: personal data; reading a name is logged */
    RIGHT_COUNT
} RightName;
extern const Word people_right_words[];  /* indexed by RightName; 0 and 1 are "public", "login" */

typedef enum {
    ROLE_ADMIN, ROLE_DIRECTOR, ROLE_COORDINATOR, ROLE_EDITOR, ROLE_COMMUNITY_MANAGER,
    ROLE_PHOTOGRAPHER, ROLE_CITIZEN_ATTENTION, ROLE_READER, ROLE_COUNT
} Role;
extern const Word people_role_words[];

typedef enum { PERSON_ACTIVE, PERSON_BLOCKED } PersonState;
extern const Word people_state_words[];

typedef struct Person {
    i64 id;
    const char *mail, *name;
    Role role;
    PersonState state;
    i64 area;
    const char *area_name;
    i64 created_at, version;
} Person;
extern const Shape people_shape;

typedef struct Area {
    i64 id, parent;
    const char *name, *slug;
    i64 level;           /* 1 the directorate, 2 the coordination, 3 the area */
} Area;

typedef struct Post {
    i64 id, area, holder, rank; /* rank 1 is the highest */
    const char *title, *area_name, *holder_name;
    i64 acting;                 /* who acts for the holder now, or 0 */
    const char *acting_name;
    i64 acting_from, acting_to;
} Post;

/* ---- rights ---- */
bool people_has(const Ctx *ctx, RightName right);
CHECKED bool people_may(Ctx *ctx, RightName right); /* FAULT_FORBIDDEN names the right */
u64 people_rights_of(Ctx *ctx, Role role);          /* as the matrix says; an administrator has every one */

/* ---- persons ---- */
const Person *people_find(Ctx *ctx, i64 id);
const Person *people_by_mail(Ctx *ctx, const char *mail);             /* NULL without a fault */
const Person *people_by_mail_or_id(Ctx *ctx, const char *text);       /* NULL with FAULT_INVALID on the field assignee */
List people_active(Ctx *ctx);                                         /* of Person, by name; at most 500 */
List people_all(Ctx *ctx);                                            /* blocked ones too; at most 500 */
i64 people_count_administrators(Ctx *ctx);                            /* active ones */
List people_areas(Ctx *ctx);                                          /* of Area, parents before children */
CHECKED bool people_hold_post(Ctx *ctx, i64 post, i64 person);        /* person 0: vacant */
List people_posts(Ctx *ctx);                                          /* of Post, highest first, with who acts at ctx->now */
/* The post of signing rank (City.signing_rank) that the actor holds or acts for, as it is called then; NULL: none.
 * titles_out: those that somebody holds or acts for; NULL: nobody does. */
const char *people_signing_post(Ctx *ctx, const char **titles_out);

typedef struct PersonDraft {
    const char *mail, *name;
    const char *password_hash; /* of people_password_hash(); NULL: none yet, by reset link */
    Role role;
    i64 area;
} PersonDraft;
CHECKED bool people_add(Ctx *ctx, const PersonDraft *draft, i64 *id_out);
CHECKED bool people_set_role(Ctx *ctx, i64 id, Role role, i64 version);
CHECKED bool people_set_state(Ctx *ctx, i64 id, PersonState state, i64 version);
/* The hash is made by people_password_hash() outside the writer: it takes a tenth of a second on purpose. */
CHECKED bool people_set_password_hash(Ctx *ctx, i64 id, const char *hash);
const char *people_password_hash(Ctx *ctx, const char *password); /* argon2id; FAULT_INVALID when too short or too common */
CHECKED bool people_token_make(Ctx *ctx, i64 person, const char *name, const char *scope, i64 expires_at, const char **token_out);
CHECKED bool people_seed(Ctx *ctx); /* areas, posts and the matrix of rights of a new city */

/* ---- secrets: what opens a door without a password; only the hash is ever kept ---- */
const char *people_secret_new(Ctx *ctx);                      /* 256 random bits, base64url, 43 characters */
const char *people_secret_hash(Ctx *ctx, const char *secret); /* SHA-256, hex */

/* The actor behind a session or token hash: given to web by app. */
bool people_who_session(Ctx *ctx, const char *hash, Actor *actor_out);
bool people_who_token(Ctx *ctx, const char *hash, Actor *actor_out);
CHECKED bool people_note_seen(Ctx *ctx, i64 session); /* used at ctx->now; written once a minute */
CHECKED bool people_note_token(Ctx *ctx, i64 token);  /* likewise, once an hour */
bool people_would_have(Ctx *ctx, i64 person, RightName right); /* an active person, with what acting for somebody gives */
List people_with_right(Ctx *ctx, RightName right);             /* of Person: active ones */

/* ---- notices: what a person is told inside the desk (people_notice.c) ---- */
typedef struct NoticeChange { /* of a record that was changed */
    const char *field;         /* "starts_at": for programs */
    const char *label;         /* a msgid: what screens call it */
    const char *before, *after;/* canonical: RFC 3339, a database word, or text; NULL: nothing was there */
    const char *before_label, *after_label; /* msgids, where the value is a word; else NULL */
    const char *as;            /* "text", "moment", "day", "word" */
} NoticeChange;
extern const Shape people_change_shape;

typedef struct Notice {
    i64 id, person, at, seen_at; /* seen_at 0: not read yet */
    const char *subject;       /* "agenda_event" */
    i64 subject_id;
    const char *address;       /* the path that opens the record */
    const char *kind;          /* a word of people_notice_words */
    const char *title;         /* of the record, as it was then */
    List changes;              /* of NoticeChange */
} Notice;
extern const Shape people_notice_shape;
extern const Word people_notice_words[];

typedef struct NoticeDraft {
    const char *subject;
    i64 subject_id;
    const char *address, *kind, *title;
    List changes;              /* of NoticeChange */
    const char *key;           /* the same thing is told once to a person; NULL: each time */
} NoticeDraft;
/* In the transaction of the change that it tells of. Nobody is told what she did herself: true, and nothing is kept. */
CHECKED bool people_notify(Ctx *ctx, i64 person, const NoticeDraft *draft);
List people_notices(Ctx *ctx, bool unseen, i64 before, i64 limit); /* of Notice: the actor's own, newest first; before 0: from the end */
i64 people_notices_unseen(Ctx *ctx);                             /* of the actor; at most 999 */
const Notice *people_notice(Ctx *ctx, i64 id);                   /* one of the actor's own */
CHECKED bool people_notice_see(Ctx *ctx, i64 id);
CHECKED bool people_notices_see_all(Ctx *ctx, i64 *seen_out);
/* A value of a difference as the actor reads it, in the city's zone; "—" when nothing was there. */
const char *people_change_said(Ctx *ctx, const NoticeChange *d, bool after);

/* ---- absences: when somebody cannot be given work (people_absence.c) ---- */
/* Why somebody is away is that person's own; others read "away" but for vacation. */
typedef enum { ABSENCE_AWAY, ABSENCE_VACATION, ABSENCE_SICK, ABSENCE_LEAVE, ABSENCE_TRAINING } AbsenceKind;
extern const Word people_absence_words[];

typedef struct Absence {
    i64 id, person, from_at, to_at; /* to_at: the first instant afterwards */
    const char *person_name;
    AbsenceKind kind;               /* ABSENCE_AWAY where the actor may not know more */
} Absence;
extern const Shape people_absence_shape;
List people_absences_in(Ctx *ctx, Span span, i64 limit);      /* of Absence: everybody's that touch it; of who may see the agenda */
List people_absences_of(Ctx *ctx, i64 person, i64 limit);     /* that are not over */
bool people_may_note_absence(const Ctx *ctx, i64 person);     /* oneself, or who edits people */
CHECKED bool people_absence_add(Ctx *ctx, i64 person, Span days, AbsenceKind kind, i64 *id_out);
CHECKED bool people_absence_drop(Ctx *ctx, i64 id);
