/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_public.h: what the files of this folder share: citizens' reading, and what their pages show. */
#pragma once
#include "desks/press/pictures/press_pictures.h"
#include "desks/press/press_room.h"
#include "web/form.h"
#include "web/markdown.h"

/* ---- press_public_store.c ---- */
const char *press_public_texts(Ctx *ctx, i64 release, i64 number); /* JSON; NULL: none */
List press_public_corrections(Ctx *ctx, i64 release);             /* of Correction, the youngest first */
List press_public_files(Ctx *ctx, i64 release, i64 number);       /* of ReleaseFile */
i64 press_public_file_in(Ctx *ctx, i64 release, i64 file);        /* the youngest edition that has this file; NONE: no one */
enum { PUBLIC_LIST = 24, PUBLIC_FEED = 30, PUBLIC_RELATED = 3 };

const PressTopic *press_public_topic(Ctx *ctx, const char *slug); /* NULL without a fault */
List press_public_topics_of(Ctx *ctx, i64 release);               /* of PressTopic */
Url press_public_url(Arena *a, const char *slug);
Url press_public_edition_url(Arena *a, const char *slug, i64 number);
Url press_topic_url(Arena *a, const char *slug);

Url press_media_url(Arena *a, i64 file, const char *variant);     /* /medios/…/640.webp */
typedef struct ToldEvent { /* what a release tells of, as citizens may know it */
    i64 id, starts_at;
    const char *slug, *title, *place_name;
    bool all_day;
} ToldEvent;
Url press_file_url(Arena *a, const char *slug, i64 file);         /* /comunicados/…/archivos/… */
Url press_month_url(Ctx *ctx, const PublicRelease *release);      /* the list of the month that it was published in */
Url press_srcset(Arena *a, List copies, const char *type);        /* .s NULL: none of that type */
const char *press_size_said(Ctx *ctx, i64 bytes);                 /* "1.2 MB" */
const PublicRelease *press_public_by_id(Ctx *ctx, i64 release);   /* NULL without a fault; withdrawn ones too, with their topics */
const ToldEvent *press_told_event(Ctx *ctx, i64 event);           /* NULL without a fault: none, or it is not public */

/* ---- press_public_whole.c ---- */
/* Its texts (not yet HTML), files, corrections and cover. */
CHECKED bool press_public_parts(Ctx *ctx, PublicRelease *release);
/* The body as HTML, with anchors at its headings. */
CHECKED bool press_body(Ctx *ctx, const char *markdown, Sanitized *out);
/* The text of a release in one language: its own, or one of texts; NULL: there is none in it. */
const ReleaseText *press_text_in(Ctx *ctx, const PublicRelease *release, const char *tongue);
/* "San Luis Potosí, S.L.P., 14 de julio de 2022"; in the release's own language. */
const char *press_dateline(Ctx *ctx, const PublicRelease *release);
i64 press_dateline_moment(Ctx *ctx, const PublicRelease *release); /* noon of that day */
/* All of it as people read it without a page: for messages, mail and the copy button. */
const char *press_plain(Ctx *ctx, const PublicRelease *release, const ReleaseText *text);
/* BCP 47 as browsers know it: the private x-plain is Spanish, pame is pbs. */
const char *press_html_lang(const char *tongue);

/* ---- press_public_compare.c ---- */
typedef enum { PIECE_SAME, PIECE_GONE, PIECE_NEW } PieceKind;
typedef struct Piece {
    PieceKind kind;
    const char *text;
} Piece;
typedef struct Comparison {
    const char *part;    /* "Headline", in the reader's tongue */
    List pieces;         /* of Piece, in the order of reading */
    bool whole;          /* too much is different: the older one as gone, the newer one as new */
} Comparison;
List press_compare(Ctx *ctx, const PublicRelease *older, const PublicRelease *newer); /* of Comparison: parts that differ */

/* ---- press_public_compare_files.c ---- */
typedef struct FileChange {
    const char *what;         /* "Alternative text of the cover"; in the reader's tongue, without a full stop */
    const char *before, *now; /* NULL: none; both NULL: what says it all */
} FileChange;
List press_compare_files(Ctx *ctx, const PublicRelease *older, const PublicRelease *newer); /* of FileChange; both with their parts */

/* ---- press_public_jsonld.c ---- */
typedef struct ReleaseShown ReleaseShown;
Buf *press_jsonld(Ctx *ctx, const ReleaseShown *x);
Buf *press_list_jsonld(Ctx *ctx, List releases);

/* ---- press_public_feed.c ---- */
void press_give_feed(Ctx *ctx, Page *page, const PressTopic *topic); /* topic NULL: of every one */
void press_give_feed_of(Ctx *ctx, Page *page, const PublicRelease *release);

/* ---- press_public_list.c ---- */
typedef struct ArchiveYear {
    const char *year;
    i64 releases;
    List months;         /* of ArchiveMonth, newest first */
    bool open;           /* the list is of this year, or of a month of it */
} ArchiveYear;
typedef struct ArchiveMonth {
    const char *month, *label;
    i64 releases;
    bool current;
} ArchiveMonth;
typedef struct PublicListShown {
    PublicFilter filter;
    const char *year, *month;      /* as asked for; NULL: not */
    const char *period;            /* "julio de 2022"; NULL: ever */
    const PressTopic *topic;       /* NULL: of every topic */
    List releases;                 /* of PublicRelease */
    const PublicRelease *featured; /* the first one, shown large; NULL: not on this page */
    List topics;                   /* of PressTopic */
    List years;                    /* of ArchiveYear */
    i64 total;
    const char *next;
    bool first;                    /* the beginning of the list */
    Buf *json;
} PublicListShown;
/* GET /comunicados */
void press_page_public_list(Ctx *ctx, const Request *req, Page *page);

/* ---- press_public_look.c ---- */
Url press_list_url(Arena *a, const PublicListShown *x, const char *suffix, const char *after);
Url press_archive_url(Arena *a, const PublicListShown *x, const char *year, const char *month);
Url press_list_topic_url(Arena *a, const PublicListShown *x, const char *slug);
const char *press_first_topic(Arena *a, const char *topics); /* NULL: none */
Url press_card_picture(Arena *a, const PublicRelease *release); /* .s NULL: it has none */

/* ---- press_public_list_views.html ---- */
void press_public_view_card(Html *h, const PublicRelease *release);
void press_public_view_arch(Html *h, const ReleaseCover *cover, List copies);
void press_public_view_featured(Html *h, const PublicRelease *release, int level);

/* ---- press_public_release.c ---- */
typedef struct TongueLink {
    const char *code, *label;
    Url url;
    bool current;
} TongueLink;
typedef struct ShareLink {
    const char *icon, *label;
    Url url;
} ShareLink;
struct ReleaseShown {
    const Request *req;
    const PublicRelease *release;  /* the edition that is shown */
    const PublicRelease *latest;   /* the youngest one; the same where that is shown */
    const ReleaseText *text;       /* in the language that is shown */
    const char *lang;              /* of text, for lang= */
    Sanitized body;
    const char *plain;
    List copies;                   /* of PictureCopy: of the cover */
    List topics;                   /* of PressTopic */
    List tongues;                  /* of TongueLink: more than one, or none */
    const TongueLink *plain_link;  /* the way to plain language and back; NULL: there is none */
    List shares;                   /* of ShareLink */
    List related;                  /* of PublicRelease */
    List attachments;              /* of ReleaseFile */
    List compared;                 /* of Comparison: to the youngest edition */
    List files_compared;           /* of FileChange: likewise */
    const ToldEvent *event;        /* NULL: none */
    bool has_kit, has_qr, contents; /* contents: a table of them is worth while */
    Buf *json;
};
/* GET /comunicados/:slug */
void press_page_public_release(Ctx *ctx, const Request *req, Page *page);
/* GET /comunicados/:slug/archivos/:id */
void press_page_public_file(Ctx *ctx, const Request *req, Page *page);
