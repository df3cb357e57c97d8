/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_media_shown.h: what the media's views are given. */
#pragma once
#include "desks/press/editor/press_editor.h"
#include "desks/press/media/press_media.h"
#include "store/journal.h"
#include "web/form_views.h"
#include "web/page.h"

typedef struct ContactsShown {
    const Request *req;
    List contacts;
    i64 total;
    const char *words;
    bool archived;
    Url next, csv;           /* .s NULL: no further page */
} ContactsShown;

typedef struct ContactShown {
    const Request *req;
    const MediaContact *contact;
    Reach reach;
    List lists;              /* of MediaList: all of them */
    List is_in;              /* of MediaList: those that it is in */
    List journal;            /* of JournalLine */
} ContactShown;

typedef struct ImportShown {
    const Request *req;
    const ContactImport *import; /* NULL: nothing was looked at yet */
    const char *csv;
} ImportShown;

typedef struct ListShownMedia {
    const Request *req;
    const MediaList *list;
    List members;            /* of MediaContact */
    const char *words;
    List found;              /* of MediaContact that are not in it, for words */
} ListShownMedia;

typedef struct PreviewsShown {
    const Request *req;
    const Release *release;
    List previews;           /* of MediaPreview */
    List contacts;           /* of Choice: accredited ones */
    bool possible;           /* it is approved and under embargo */
} PreviewsShown;

typedef struct AvanceShown {
    const Request *req;
    const PreviewOpened *opened;
    List files;              /* of ReleaseFile, as the release has them */
    const char *plain;       /* for copying */
} AvanceShown;

typedef struct AskShown {
    const Request *req;
    List events;             /* of Choice */
    i64 notice;
} AskShown;

typedef struct RequestsShown {
    const Request *req;
    List requests;           /* of Accreditation */
    bool decided, mail;      /* mail: answers go out by themselves */
    i64 waiting, active;     /* active: whose refusal is drawn again; 0: none */
    Url next;
} RequestsShown;

typedef struct ListChoice {
    const MediaList *list;
    bool chosen;
} ListChoice;

typedef struct SendShown {
    const Request *req;
    const Release *release;
    List lists;              /* of ListChoice */
    const char *chosen;      /* ids, one a line; NULL: none */
    const Recipients *recipients;
    List sendings;           /* of Sending */
    const char *text, *bcc;  /* to copy, where mail is not set up */
    bool mail, possible;
} SendShown;

typedef struct SendingShown {
    const Request *req;
    const Sending *sending;
} SendingShown;

typedef struct PickupsShown {
    const Request *req;
    List pickups;            /* of Pickup */
    i64 total;
    const char *month;       /* 2022-07 */
    const char *before, *after; /* the months beside it */
    Url next;
    bool may;
} PickupsShown;

typedef struct PickupPanel {
    const Request *req;
    const Release *release;
    List pickups;
    bool may;
} PickupPanel;

typedef struct NewsroomShown {
    const Request *req;
    List latest;             /* of PublicRelease */
} NewsroomShown;

typedef struct AttendPress {
    const Release *missed, *review;  /* the first of each; NULL: none */
    i64 missed_count, in_review, requests;
} AttendPress;

/* ---- press_media_look.c: what views ask ---- */
const char *press_reach_look(Reach reach);               /* the chip's class */
const char *press_accreditation_look(AccreditationState state);
const char *press_sending_look(SendingState state);
const char *press_outlet_icon(OutletKind kind);
List press_beats(Arena *a, const char *lines);           /* of Choice: label */
bool press_is_in(List lists, i64 id);                    /* of MediaList */
const char *press_month_said(const Html *h, const char *month);
const char *press_evidence_host(Arena *a, const char *url); /* "pulso.example" */
Url press_evidence_url(Arena *a, const char *url);
const char *press_preview_state(Html *h, const MediaPreview *p);
bool press_preview_alive(const Html *h, const MediaPreview *p);

/* ---- parts of views that other views of the room call ---- */
void press_view_media_tabs(Html *h, const char *here); /* contacts, lists, requests, pickups */
void press_view_reach(Html *h, const MediaContact *c);
