/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_desk.h: what the desk's pages of photos share, and what their views are given. */
#pragma once
#include "desks/photos/photos_room.h"
#include "store/journal.h"
#include "web/form_views.h"
#include "web/page.h"
#include "web/panel.h"

/* ---- photos_look.c: what views ask ---- */
extern const Word photos_figure_words[];
extern const Word photos_there_words[];                            /* "yes", "no": is it on the site? */
Url photos_desk_url(Arena *a, i64 photo);                          /* /mesa/fotos/… */
Url photos_desk_act_url(Arena *a, i64 photo, const char *act);     /* /mesa/fotos/…/quitar */
Url photos_desk_copy_url(Arena *a, i64 photo, const char *variant); /* /mesa/fotos/…/640.jpg */
Url photos_sort_url(Arena *a, i64 event, i64 coverage);            /* /mesa/fotos/elegir?evento=… */
Url photos_event_url(Arena *a, i64 event);                         /* /mesa/agenda/… */
Url photos_consent_url(Arena *a, i64 consent);                     /* /mesa/fotos/consentimientos/… */
Url photos_look_srcset(Arena *a, const Photo *p);
const char *photos_look_title(const Photo *p);                     /* its headline, else what the camera called it */
const char *photos_look_alt(Html *h, const Photo *p);        /* for the desk's own <img> */
const char *photos_look_mark(PhotoMark mark);                      /* the chip's class */
const char *photos_look_minors(Minors minors);
const char *photos_look_minors_icon(Minors minors);
const char *photos_look_minors_means(const Html *h, Minors minors); /* what choosing it does, in a sentence */
const char *photos_look_verb(const Html *h, const char *verb);     /* of the journal */
const char *photos_look_time(Html *h, i64 at);                     /* 10:05:12 */
const char *photos_look_wall(Html *h, i64 at);                     /* 2022-07-14T10:05:12, for datetime-local */
const char *photos_look_size(Html *h, i64 bytes);                  /* "8.4 MB" */
const char *photos_look_where(Html *h, const Photo *p);            /* "22.15159, -100.97655"; NULL: not known */
const char *photos_look_percent(Html *h, i64 part);                /* 1,250 of 10,000: "12.5 %" */
const char *photos_look_box(Html *h, const PhotoBox *b, int number); /* "Box 1: proposed" */
i64 photos_look_height(const Photo *p, i64 width);                 /* of a copy as wide as that; 0: not known */
bool photos_look_has(const Html *h, RightName right);
/* Does this program have such an address? Links to other parts of the room show where they are there. */
bool photos_look_route(const Request *req, Method method, const char *path);

/* ---- photos_fields.c: what was typed ---- */
#define PHOTOS_WORD_FIELDS "headline caption people alt credit place"
/* What was not sent stays; blank takes away. */
PhotoWords photos_read_words(Ctx *ctx, const Request *req);
/* The same for a selection: blank leaves what each has. False without a fault: nothing was said. */
bool photos_read_common(Ctx *ctx, const Request *req, PhotoWords *words_out);
PhotoWords photos_no_words(void);
/* The field photos: ids, repeated or with commas between; at least one. Of const i64. */
List photos_read_ids(Ctx *ctx, const Request *req);
/* A record's number in the address; true when none is there. */
bool photos_query_id(Ctx *ctx, const Request *req, const char *name, i64 *id_out);
bool photos_read_box(Ctx *ctx, const Request *req, PhotoBox *box_out);

/* ---- photos_targets.c: what pictures can be of ---- */
typedef struct PhotoTarget {
    i64 event, coverage; /* coverage 0: the event alone */
    const char *value;   /* what the form sends: EVENT or EVENT/COVERAGE */
    const char *label;   /* today, 10:00: Arranque del bacheo */
    bool chosen;
} PhotoTarget;
typedef struct PhotoTargets {
    List mine, others;   /* of PhotoTarget: coverages of the actor's; events of these days, and the chosen one */
} PhotoTargets;
/* What is named is chosen, also when it is long over; event 0: nothing is. */
PhotoTargets photos_targets(Ctx *ctx, i64 event, i64 coverage);
PhotoTargets photos_targets_open(Ctx *ctx, i64 event, i64 coverage); /* likewise, and somebody is still to choose */
/* The field target; 0 where nothing was chosen. */
bool photos_read_target(Ctx *ctx, const Request *req, i64 *event_out, i64 *coverage_out);
void photos_view_targets(Html *h, const PhotoTargets *targets);                        /* the options of a select */
void photos_view_move_field(Html *h, const PhotoTargets *targets, const Form *form, bool open); /* open: nothing is chosen yet */

/* ---- photos_elsewhere.c: are they of another event? ---- */
typedef struct Elsewhere {
    const Event *event; /* NULL: nothing speaks for another one */
    List photos;        /* of i64: which seem to be of it */
} Elsewhere;
/* By the camera's place and hour: the event that most of these show, where they do not show their own too. */
Elsewhere photos_elsewhere(Ctx *ctx, List photos);
void photos_view_elsewhere(Html *h, const Elsewhere *elsewhere, const Form *form, Url back); /* proposes to move them there */

/* ---- the grid ---- */
typedef struct GridTab {
    const char *label;
    Url url;
    i64 count;          /* NONE: not counted */
    bool current;
    bool is_least;      /* there are so many or more */
} GridTab;
typedef struct GridPart { /* one thing that the list is filtered by */
    const char *label;
    Url without;
} GridPart;
typedef struct GridShown {
    const Request *req;
    PhotoFilter filter;
    const char *event_title;
    List tabs;          /* of GridTab */
    List parts;         /* of GridPart */
    List people;        /* of Choice */
    List events;        /* of Choice */
    List photos;
    bool is_least;      /* of total: there are so many or more */
    i64 total;
    bool mine, later;   /* one's own only; not the first page */
    Url first, next, csv, upload, sort; /* .s NULL: there is none */
    bool may_edit;
} GridShown;
void photos_page_grid(Ctx *ctx, const Request *req, Page *page); /* GET /mesa/fotos */

/* ---- one photo ---- */
typedef struct PhotoShown {
    const Photo *photo;
    const Request *req;
    const Form *form;         /* of its words; NULL: another form was wrong */
    const char *active;       /* the form that was wrong: the last part of its address; NULL: none */
    List obstacles, warnings; /* of const char * */
    List consents;            /* of Consent */
    List journal;             /* of JournalLine */
    const Photo *before, *after; /* in its event; NULL: none */
    PhotoTargets targets;     /* where it can be moved to */
    Elsewhere elsewhere;      /* proposed */
    bool may_edit, may_publish, may_consent;
    bool outdated;            /* somebody changed it while this was typed */
} PhotoShown;
void photos_page_one(Ctx *ctx, const Request *req, Page *page);  /* GET /mesa/fotos/:id, and after a refusal */
void photos_give(Ctx *ctx, const Request *req, Page *page, i64 id, const char *notice);
const Photo *photos_next_of(Ctx *ctx, const Photo *p);           /* in its event, by time; NULL: the last one */
void photos_view_boxes(Html *h, const PhotoShown *x);
void photos_view_stage(Html *h, const PhotoShown *x);
extern PageHandler photos_act_change, photos_page_original, photos_page_copy; /* photos_one_pages.c */
extern PageHandler photos_act_box, photos_act_box_decide, photos_act_box_remove; /* photos_box_pages.c */
extern PageHandler photos_act_remove, photos_act_bring_back, photos_act_retry, photos_act_unpublish,
    photos_act_remove_all, photos_act_bring_back_all; /* photos_way_pages.c */

/* ---- photos_undo_pages.c ---- */
/* Beside the notice: what this request did can be taken back, and that leads where the request leads. After page_done(). */
void photos_offer_undo(Ctx *ctx, Page *page);
const char *photos_undone_said(Ctx *ctx, const PhotoUndone *undone); /* a notice */
extern PageHandler photos_act_undo;

/* ---- an event's pictures ---- */
typedef struct SortCounts {
    i64 kept, starred, dropped, unchosen; /* of those that are not removed */
    i64 processing, failed;
} SortCounts;
extern const Shape photos_sort_shape;
extern const Shape photos_marked_shape; /* of a Photo: which, and its mark */
typedef struct SortGroup {
    bool is_burst;
    List photos;        /* of Photo */
} SortGroup;
typedef struct SortTab {
    const char *label;
    Url url;
    bool current;
} SortTab;
typedef struct SortShown {
    const Request *req;
    const Form *form;   /* what was typed, where one of its buttons was refused */
    const Event *event;
    const Coverage *coverage; /* NULL: all of the event's */
    List tabs;          /* of SortTab: its coverages, where there is more than one */
    List groups;        /* of SortGroup */
    SortCounts counts;
    i64 shown, bursts;
    const char *caption, *place, *credit; /* the event's template */
    PhotoTargets targets; /* where the selection can be moved to */
    Elsewhere elsewhere;  /* proposed */
    Url next, upload, hand_in, progress;  /* .s NULL: none */
    bool may_edit, may_make_gallery;
} SortShown;
typedef struct HandInShown {
    const Request *req;
    const Coverage *coverage;
    i64 photos, without_alt, without_caption, unreviewed, waiting;
    bool chosen;        /* something was marked; else all that are ready go */
} HandInShown;
void photos_page_sort(Ctx *ctx, const Request *req, Page *page); /* GET /mesa/fotos/elegir, and after a refusal */
/* ---- photos_sort.c ---- */
List photos_sort_groups(Arena *a, List photos, i64 *bursts_out); /* of SortGroup */
SortCounts photos_sort_count(Ctx *ctx, i64 event, i64 coverage);
const char *photos_sort_caption(Ctx *ctx, const Event *e);       /* what, where, when: begun */
const char *photos_sort_credit(Ctx *ctx, List photos, const Coverage *coverage);
HandInShown photos_sort_hand_in(Ctx *ctx, const Coverage *coverage);
