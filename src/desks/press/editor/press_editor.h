/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_editor.h: what the desk's pages of releases share, and what their views are given. */
#pragma once
#include "desks/photos/photos.h"
#include "desks/press/press_room.h"
#include "store/journal.h"
#include "web/form_views.h"
#include "web/page.h"
#include "web/panel.h"

/* ---- press_look.c: what views ask ---- */
const char *press_look_state(ReleaseState state);            /* the chip's class */
const char *press_look_icon(ReleaseState state);
const char *press_look_verb(const Html *h, const char *verb); /* of the journal */
const char *press_look_next(Ctx *ctx, const Release *r);     /* what can happen now, in a sentence */
const char *press_look_when(Html *h, const Release *r);      /* the one date that matters in its state */
const char *press_look_local(Ctx *ctx, i64 at);              /* for datetime-local; NULL: nothing */
const char *press_look_wall(Ctx *ctx, const char *wall);     /* a kept wall time, likewise */
const char *press_look_event(Ctx *ctx, const Event *e);      /* what a list of events calls it */
const char *press_look_size(Ctx *ctx, i64 bytes);            /* "1.2 MB" */
SafeHtml press_look_body(Ctx *ctx, const char *markdown);    /* its HTML, sanitised; "" after a fault */
Url press_look_file(Arena *a, const ReleaseFile *f);         /* .s NULL: none */
const char *press_look_day(Ctx *ctx, const char *day);       /* "14 de julio de 2022" */
const char *press_look_tongue(Ctx *ctx, const char *tongue); /* "English" */
List press_look_lines(Arena *a, const char *lines);          /* of const char * */
bool press_look_route(const Request *req, Method method, const char *path); /* does this program have such an address? */
bool press_look_has(const Html *h, RightName right);
bool press_look_open(ReleaseState state);                    /* before publication */
bool press_look_public(ReleaseState state);                  /* citizens can read it */
Url press_url(Arena *a, i64 id);                             /* /mesa/comunicados/… */
Url press_act_url(Arena *a, i64 id, const char *act);        /* /mesa/comunicados/…/enviar */
Url press_comment_url(Arena *a, i64 id);                     /* /mesa/comunicados/comentarios/…/resolver */
Url press_version_url(Arena *a, i64 id, i64 number);
Url press_difference_url(Arena *a, i64 id, i64 from, i64 to); /* from 0: the one before */

/* ---- press_fields.c: what was typed ---- */
#define PRESS_FIELDS                                                                           \
    "title lead body topics event event_seen area dateline_place dateline_day contact_name "   \
    "contact_phone contact_mail tongue texts"
/* A field that was not sent keeps what the release has; r NULL: nothing. */
ReleaseDraft press_read_draft(Ctx *ctx, const Request *req, const Release *r);
/* publish_at and embargo_until: instants, or walls in the city's zone. False: neither was said, or a fault. */
bool press_read_schedule(Ctx *ctx, const Request *req, Schedule *schedule_out);
/* A short sign of a text, for noticing that a field was not touched: FNV-1a, 8 hex digits; press-same.js makes the same. */
const char *press_sign_of(Arena *a, const char *text);
/* The signs of all fields of a form: "title=1a2b3c4d lead=…". */
const char *press_signs_of(Arena *a, const Release *r);
bool press_was_untouched(Arena *a, const char *signs, const char *name, const char *typed);
/* What stands in the field of a form; NULL: nothing. */
const char *press_control(Arena *a, const Release *r, const char *name);

/* ---- press_differ.c: two versions beside each other ---- */
typedef enum { DIFF_SAME, DIFF_TAKEN, DIFF_ADDED, DIFF_LEFT_OUT } DiffKind;
typedef struct DiffPiece {
    DiffKind kind;
    const char *text;   /* LEFT_OUT: NULL; what is the same and long is not repeated */
} DiffPiece;
typedef struct FieldDiff {
    const char *name;   /* of the field; a text in another tongue: "texts" */
    const char *label;  /* as the reader calls it */
    List pieces;        /* of DiffPiece; none: the texts have little in common */
    const char *older, *newer;
} FieldDiff;
List press_differences(Ctx *ctx, const Release *older, const Release *newer); /* of FieldDiff: what differs only */

/* ---- the list ---- */
typedef struct ListTab {
    const char *label;
    Url url;
    i64 count;          /* NONE: not counted */
    bool current;
} ListTab;
typedef struct ListShown {
    const Request *req;
    ReleaseFilter filter;
    const char *state, *figure_label, *period, *event_title;
    List tabs;          /* of ListTab */
    List waiting;       /* of Release: what waits for the reader */
    List releases;
    i64 total;
    bool mine, narrowed; /* one's own only; filtered by something else than the state */
    Url first, next;    /* .s NULL: there is none */
    Url csv;
} ListShown;

/* ---- one release ---- */
typedef struct QuickTime {
    const char *label, *wall; /* for datetime-local */
} QuickTime;
typedef struct DeskRelease {
    const Release *release;
    const Request *req;
    const char *active;       /* the form that was wrong; NULL: none */
    const char *next, *why_not_approve;
    const char *zone;
    List obstacles;           /* of const char * */
    bool may_answer;          /* for going out in a silence that forbids it */
    List comments, versions, journal;
    i64 versions_last;        /* the youngest version's number */
    i64 base;                 /* the version that the last approval or review was about; 0: none */
    List times;               /* of QuickTime */
    bool may_write, may_approve, may_publish;
    bool may_add_files, may_comment;
} DeskRelease;

/* ---- the editor ---- */
typedef enum { EDIT_NEW, EDIT_DRAFT, EDIT_CORRECTION } EditMode;
typedef struct TextShown {
    const char *tongue, *label;
    int index;                /* of its fields: texts.0.title */
    const ReleaseText *text;  /* NULL: there is none yet */
} TextShown;
typedef struct FileShown {      /* a file in a correction */
    const ReleaseFile *file;
    const Form *form;         /* NULL: what was typed was of another file */
    const char *field;        /* "files.0" */
} FileShown;
typedef struct ConflictField {
    const FieldDiff *diff;    /* theirs, and what was typed */
    bool taken;               /* only they changed it: it is in the form already */
} ConflictField;
typedef struct EditorShown {
    const Form *form;
    EditMode mode;
    const Release *release;   /* what stands in the form; its id is 0 when it is new */
    const char *title;
    Url action, back, save;   /* save: where autosaves go; .s NULL: not at all */
    const char *event_label, *topics, *was;
    List events;              /* of Event */
    List known_topics;        /* of PressTopic */
    List areas;               /* of Choice */
    List templates;           /* of ReleaseTemplate; a new one only */
    List texts;               /* of TextShown */
    List conflict;            /* of ConflictField */
    const char *changed_by;
    Url hints;                /* .s NULL: there are none */
    const char *warning;      /* what saving does to it; NULL: nothing special */
    bool may_send;
    bool may_add_files;
    List files;               /* of FileShown, in a correction: those that it has, then those that wait */
    const char *cover;        /* likewise: the file that is chosen for it; "none" */
    List photos;              /* likewise: of Photo that may be taken */
    bool photos_open;         /* they were searched */
    const char *said;         /* what was just done, where the form goes on; NULL: nothing */
} EditorShown;
/* ---- press_editor_look.c ---- */
const char *press_editor_value(const Html *h, const EditorShown *x, const char *name); /* typed, or theirs where only they changed it */
const char *press_text_value(const Html *h, const EditorShown *x, const TextShown *t, const char *part);
const char *press_file_field(const Html *h, const FileShown *f, const char *part); /* "files.0.alt" */

/* ---- comparing ---- */
typedef struct CompareShown {
    const Release *release;
    const ReleaseVersion *from, *to;
    List fields;              /* of FieldDiff */
    List versions;            /* of ReleaseVersion */
    const Request *req;
} CompareShown;
typedef struct VersionShown {
    const Release *release, *then; /* as it is now; as it was */
    const ReleaseVersion *version;
    i64 last;
    const Request *req;
} VersionShown;

/* ---- a preview ---- */
typedef struct Preview {
    const char *title, *lead, *body_html, *text; /* text: as people copy it */
    i64 title_characters, lead_characters, words, minutes;
    SafeHtml html;      /* body_html */
} Preview;
extern const Shape press_preview_shape;

/* ---- press_pages.c ---- */
void press_page_release(Ctx *ctx, const Request *req, Page *page); /* GET /mesa/comunicados/:id, and after a refusal */
void press_give_release(Ctx *ctx, const Request *req, Page *page, i64 id, const char *notice);
/* ---- press_editor_pages.c ---- */
void press_draw_editor(Ctx *ctx, const Request *req, Page *page, const Release *r, EditMode mode);
/* said: what was just done; cover: the file to choose for it. NULL, 0: as it is. */
void press_draw_correction(Ctx *ctx, const Request *req, Page *page, const Release *r, const char *said, i64 cover);
/* ---- press_correct_form.c: the files in a correction's form ---- */
void press_read_files(Ctx *ctx, const Request *req, ReleaseDraft *draft); /* files and cover, of fields files.0.id … and cover */
void press_show_files(Ctx *ctx, const Request *req, EditorShown *x, i64 cover);
/* ---- press_correct_pages.c ---- */
#define PRESS_CORRECTION_FIELDS "note! version was theirs then files cover photo photo_words file file_alt file_caption file_credit file_is_cover " PRESS_FIELDS
void press_page_correct(Ctx *ctx, const Request *req, Page *page);
void press_act_correct(Ctx *ctx, const Request *req, Page *page);
bool press_prepare_correct(Ctx *ctx, const Request *req, void **prepared_out);

/* ---- views that other views of the editor call ---- */
void press_view_correct_files(Html *h, const EditorShown *x);
void press_view_photo_card(Html *h, const Photo *p); /* pictures/: a button that chooses it */
void press_view_text(Html *h, const Release *r);                 /* as the public will see it */
void press_view_files(Html *h, const Release *r, const Form *form, bool may_add);
void press_view_pieces(Html *h, const FieldDiff *d);
void press_view_versions(Html *h, const Release *r, List versions, i64 last, const Form *form, bool may_write);
void press_view_comments(Html *h, const DeskRelease *x);
