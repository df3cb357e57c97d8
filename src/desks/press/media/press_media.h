/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_media.h: the people of newspapers and stations: who they are, what they may have, what they were sent and what they made
 * of it; how they are written down is said at the door.  All of it is for RIGHT_PRESS_MEDIA only; whoever opens a contact's record or takes the list away leaves a line in the
 * journal.
 *
 *   a contact may be written to (media_reach) when it has a mail address, agreed to get mail, did not leave, and at most
 *   MEDIA_BOUNCES_MOST - 1 messages in a row came back
 *
 *   message    waiting --the server took it--> sent --it came back--> bounced
 *                 +--refused for good--> failed        +--left meanwhile--> skipped
 *   request    pending --grant--> granted (a contact, accredited)      pending --refuse, with a reason--> refused */
#pragma once
#include "desks/press/press_room.h"
#include "store/queue.h"
#include "web/form.h"

enum { MEDIA_BOUNCES_MOST = 3, MEDIA_PAGE_MOST = 200, MEDIA_ROWS_MOST = 2000, MEDIA_CSV_MAX = 512 * 1024 };

/* May it be written to; if not, why not. */
typedef enum { REACH_YES, REACH_NO_MAIL, REACH_NO_CONSENT, REACH_LEFT, REACH_BOUNCES, REACH_ARCHIVED, REACH_HAD_IT } Reach;
extern const Word press_reach_words[];

typedef struct MediaContact {
    i64 id, consent_at, opted_out_at, bounces, bounced_at, created_at, version;
    const char *name, *outlet, *mail, *phone, *beats, *note, *consent_how, *bounce_text;
    const char *opt_out;     /* the secret of its link to leave; never in JSON or CSV */
    OutletKind outlet_kind;
    bool accredited, archived;
} MediaContact;
extern const Shape press_contact_shape;

/* ---- press_contact.c ---- */
CHECKED bool press_contact_check(Ctx *ctx, const ContactDraft *draft);
Reach press_contact_reach(const MediaContact *c);
const MediaContact *press_contact(Ctx *ctx, i64 id);
const MediaContact *press_contact_by_mail(Ctx *ctx, const char *mail);      /* NULL without a fault */
/* By name, after the contact after (0: from the beginning); words: each of them is in name, outlet, mail or a beat; NULL: all. */
typedef struct ContactFilter {
    const char *words;
    bool archived;
} ContactFilter;
List press_contacts(Ctx *ctx, const ContactFilter *filter, i64 after, i64 limit);
i64 press_contacts_count(Ctx *ctx, const ContactFilter *filter);
CHECKED bool press_contact_change(Ctx *ctx, i64 id, i64 version, const ContactDraft *draft);
CHECKED bool press_contact_archive(Ctx *ctx, i64 id, i64 version, bool archived);
CHECKED bool press_contact_consent(Ctx *ctx, i64 id, i64 version, const char *how); /* anew, also of one that had left */
CHECKED bool press_contact_note_bounce(Ctx *ctx, i64 id, const char *text);
CHECKED bool press_contact_note_arrival(Ctx *ctx, i64 id);

/* ---- press_media_trace.c: reading leaves a line, beside the request ---- */
void press_media_trace(const Ctx *ctx, const Request *req, i64 id, const char *verb); /* id 0: the list */

/* ---- press_contact_import.c: CSV in, all or nothing ---- */
typedef struct ContactRow {
    i64 line;
    const char *what;        /* new, known, wrong */
    const char *why;         /* of a wrong one */
    const char *name, *outlet, *mail, *phone, *beats, *consent;
    OutletKind outlet_kind;
} ContactRow;
extern const Shape press_contact_row_shape;
typedef struct ContactImport {
    List rows;               /* of ContactRow */
    i64 added, known, wrong;
    bool done;               /* it was written */
} ContactImport;
extern const Shape press_contact_import_shape;
/* Reads and judges; nothing is written. FAULT_INVALID on the field text when it is no such table. */
CHECKED bool press_contacts_read(Ctx *ctx, const char *csv, size_t size, ContactImport *out);
/* The same and written, when nothing is wrong. */
CHECKED bool press_contacts_import(Ctx *ctx, const char *csv, size_t size, ContactImport *out);

/* ---- press_media_list.c ---- */
typedef struct MediaList {
    i64 id, version, members, reached;  /* reached: members who may be written to */
    const char *name;
} MediaList;
extern const Shape press_media_list_shape;
List press_media_lists(Ctx *ctx);                                   /* by name, at most 200 */
const MediaList *press_media_list(Ctx *ctx, i64 id);
List press_media_list_members(Ctx *ctx, i64 list, i64 limit);       /* of MediaContact, by name */
List press_media_lists_of(Ctx *ctx, i64 contact);                   /* of MediaList: id and name */
CHECKED bool press_media_list_rename(Ctx *ctx, i64 id, i64 version, const char *name);
CHECKED bool press_media_list_drop(Ctx *ctx, i64 id, i64 version);  /* one that nothing was ever sent to */

/* ---- press_preview.c ---- */
typedef struct MediaPreview {
    i64 id, release, contact, expires_at, revoked_at, seen_at, seen, at;
    const char *contact_name, *outlet;
    const char *url;         /* absolute; NULL where no key is there to make it */
} MediaPreview;
extern const Shape press_avance_shape;
List press_previews(Ctx *ctx, i64 release, const SealKey *key);      /* youngest first, at most 200 */
/* Until the end of the embargo and grace hours more. FAULT_CONFLICT unless it is embargoed and approved as it is. */
CHECKED bool press_preview_give(Ctx *ctx, i64 release, i64 contact, i64 grace, i64 *id_out);
CHECKED bool press_preview_revoke(Ctx *ctx, i64 id, i64 *release_out);
/* What its link shows: exactly one of them is not NULL. FAULT_NOT_FOUND, FAULT_GONE with the reason. */
typedef struct PreviewOpened {
    const MediaPreview *preview;
    const Release *release;
    const PublicRelease *shown;  /* under embargo still */
    const char *published;       /* the path of what is public by now */
} PreviewOpened;
CHECKED bool press_preview_open(Ctx *ctx, const char *token, const SealKey *key, PreviewOpened *out);
CHECKED bool press_preview_note(Ctx *ctx, i64 id);                   /* it was opened */

/* ---- press_accreditation.c ---- */
typedef enum { ACCREDITATION_PENDING, ACCREDITATION_GRANTED, ACCREDITATION_REFUSED } AccreditationState;
extern const Word press_accreditation_words[];
typedef struct Accreditation {
    i64 id, event, notice, contact, decided_at, at, version;
    const char *name, *outlet, *mail, *phone, *text, *reason, *event_title, *decider_name;
    OutletKind outlet_kind;
    AccreditationState state;
} Accreditation;
extern const Shape press_accreditation_shape;
List press_accreditations(Ctx *ctx, bool pending, i64 before, i64 limit);
i64 press_accreditations_waiting(Ctx *ctx);
const Accreditation *press_accreditation(Ctx *ctx, i64 id);
CHECKED bool press_accreditation_grant(Ctx *ctx, i64 id, i64 version);
CHECKED bool press_accreditation_refuse(Ctx *ctx, i64 id, i64 version, const char *reason);
List press_accreditation_events(Ctx *ctx);                           /* of PublicEvent: those to come, at most 50 */

/* ---- press_sending.c ---- */
typedef enum { SENDING_WAITING, SENDING_SENT, SENDING_FAILED, SENDING_BOUNCED, SENDING_SKIPPED } SendingState;
extern const Word press_sending_words[];
typedef struct SendingTo {
    i64 sending, contact, at;
    SendingState state;
    const char *name, *outlet, *mail, *message, *error;
} SendingTo;
extern const Shape press_sending_to_shape;
typedef struct Sending {
    i64 id, release, list, at, waiting, sent, failed, bounced, skipped;
    const char *list_name, *person_name, *title;
    List to;                 /* of SendingTo; where it is shown alone */
} Sending;
extern const Shape press_sending_shape;
typedef struct Recipient {   /* who would get it, or why not */
    i64 contact;
    Reach reach;
    const char *name, *outlet, *mail;
} Recipient;
typedef struct Recipients {
    List all;                /* of Recipient, each contact once */
    i64 reached, left_out;
} Recipients;
extern const Shape press_recipient_shape;
/* lists: ids, one a line. Each contact once, in the first of them that it is in. */
CHECKED bool press_recipients(Ctx *ctx, i64 release, const char *lists, Recipients *out);
CHECKED bool press_send_out(Ctx *ctx, i64 release, const char *lists, i64 *sent_out);
List press_sendings(Ctx *ctx, i64 release);                          /* youngest first, at most 100 */
const Sending *press_sending(Ctx *ctx, i64 id);
CHECKED bool press_sending_bounced(Ctx *ctx, i64 sending, i64 contact, const char *text); /* somebody read it in the mailbox */
/* A message came back. message_id: of the message that we sent; unknown: true, and nothing changes. */
CHECKED bool press_bounced(Ctx *ctx, const char *message_id, const char *text);
const char *press_sending_text(Ctx *ctx, const Release *release);    /* as mail carries it, without the foot */
const SendingTo *press_sending_one(Ctx *ctx, i64 sending, i64 contact);
CHECKED bool press_sending_settle(Ctx *ctx, const SendingTo *to, SendingState state, const char *error);

/* ---- press_leave.c: off the lists by a link ---- */
const MediaContact *press_leaver(Ctx *ctx, const char *secret);      /* FAULT_NOT_FOUND */
CHECKED bool press_leave(Ctx *ctx, const char *secret);

/* ---- press_pickup.c ---- */
typedef struct Pickup {
    i64 id, release, day, size, at, removed_at;
    OutletKind kind;
    const char *outlet, *url, *note, *sha256, *filename, *type, *title, *folio, *person_name;
} Pickup;
extern const Shape press_pickup_shape;
List press_pickups_of(Ctx *ctx, i64 release, i64 limit);             /* youngest first */
List press_pickups(Ctx *ctx, Span span, i64 area, i64 after_day, i64 after_id, i64 limit); /* youngest first */
i64 press_pickups_count(Ctx *ctx, Span span, i64 area);
const Pickup *press_pickup(Ctx *ctx, i64 id);
CHECKED bool press_pickup_remove(Ctx *ctx, i64 id, bool removed);

/* ---- addresses ---- */
Url press_contact_url(Arena *a, i64 id);
Url press_media_list_url(Arena *a, i64 id);
