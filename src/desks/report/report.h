/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* report.h: the door of the report room: the month in figures, each of which opens the records that it counts.
 *
 *   draft --send (the month is over)--> in_review --sign (rank, four eyes, nothing changed)--> signed --publish--> published
 *             ^                             |                                                     |                    |
 *             +---------return (reason)-----+                  signed, published --recompute (note)--> draft of version n+1
 *
 * A draft is computed from the records each time it is asked for.  Sending it to review freezes it: one canonical JSON
 * text (RFC 8785), the *snapshot*, with its SHA-256; everything that is shown, printed or downloaded from then on is made
 * of the snapshot alone.  Whoever signs says which snapshot was seen, and it must still be what the records say.  What was
 * signed is never edited: a recomputation is a new version, and the earlier ones stay readable.
 *
 * The indicators are in tables of the rooms that keep the records: report_indicators.c lists these tables. */
#pragma once
#include "base/ctx.h"
#include "base/shape.h"
#include "desks/strategy/strategy.h"

typedef enum { REPORT_DRAFT, REPORT_IN_REVIEW, REPORT_SIGNED, REPORT_PUBLISHED } ReportState;
extern const Word report_state_words[];

typedef struct Figure {
    const char *key, *label, *unit, *units;
    i64 value;           /* NONE: not to be determined from the records */
    i64 of;              /* NONE: the figure is no part of another */
    i64 missing;         /* records that should count and do not say enough; NONE: there can be none */
    i64 goal;            /* of this month, the whole office; NONE: there is none */
    i64 previous;        /* the month before; NONE: nothing is known of it */
    i64 year_before;     /* the same month a year before; likewise */
    Direction direction;
    IndicatorKind kind;
    FigureForm form;
    const char *formula, *source;
    const char *evidence;       /* of a typed figure: its link, or its note */
    const char *records;        /* the desk's list of what it counts: a path; absolute in what programs get */
    const char *public_records; /* the list that citizens can open; NULL: it is not public */
} Figure;

typedef struct Uncovered { /* an event that stood and was not covered, with the reason that somebody gave */
    i64 id, starts_at;
    const char *title, *slug, *reason;
} Uncovered;

typedef struct Report {
    i64 id;               /* 0: nothing of it is kept yet */
    const char *month;    /* 2022-07 */
    const char *area, *office, *city;
    const char *site;      /* the address of the public site when it was frozen: what its papers link to */
    ReportState state;
    i64 version, revision; /* revision grows with each change of the draft's texts */
    const char *note;      /* why there is a version after the first */
    const char *reason;    /* why it was returned from review */
    const char *highlights, *difficulties, *outlook; /* narrative: paragraphs, and lines that begin with "- " */
    const char *sha256;    /* of the snapshot; of a draft: of its figures and texts, which the hour does not change */
    const char *snapshot;  /* canonical JSON */
    bool frozen;           /* false: computed just now */
    bool over;             /* false: the month is not over, the figures will change */
    i64 computed_at;       /* when the figures were counted */
    Span span;
    const char *previous_month, *year_before; /* what it is compared with; NULL: nothing is known of that month */
    List figures;          /* of Figure */
    List areas, topics, kinds, days; /* of Tally (agenda_figures.h) */
    List people;           /* of Tally: at the desk only, never frozen nor published */
    List not_covered;      /* of Uncovered */
    i64 sent_by, sent_at, signed_by, signed_at, published_at;
    const char *sent_name, *signed_name; /* at the desk only */
    const char *signed_as; /* the post of whoever signed */
    const char *code, *signature, *url; /* url: the public address once it is published */
} Report;
extern const Shape report_shape;        /* what the desk's programs get */
extern const Shape report_public_shape; /* what everybody gets */

/* Of all rooms' tables; NULL when none has it. */
const Indicator *report_indicator(const char *key);

/* ---- reading ---- */
/* version 0: the youngest.  A draft is computed; anything else comes from its snapshot. FAULT_INVALID for no month,
 * FAULT_NOT_FOUND for one that has not begun or a version that there is not. */
const Report *report_find(Ctx *ctx, const char *month, i64 version);
/* What citizens see: the youngest published version, or that one; no right is asked. FAULT_NOT_FOUND without. */
const Report *report_published(Ctx *ctx, const char *month, i64 version);
List report_months(Ctx *ctx, i64 limit);   /* of Report without figures: each month that has public events or a version, newest first */
List report_versions(Ctx *ctx, const char *month); /* of Report without figures, newest first */
List report_all_published(Ctx *ctx, i64 limit);    /* of Report with figures: the youngest version of each month, newest first */

/* ---- the way to publication ---- */
typedef struct Narrative {
    const char *highlights, *difficulties, *outlook;
} Narrative;
CHECKED bool report_write(Ctx *ctx, const char *month, const Narrative *narrative, i64 revision); /* NONE: the caller does not mind */
CHECKED bool report_send(Ctx *ctx, const char *month);
CHECKED bool report_return(Ctx *ctx, const char *month, const char *reason);
/* sha256 or version (not both NULL and NONE): what the signer saw. key: the city's, of store/seal.h. */
struct SealKey;
CHECKED bool report_sign(Ctx *ctx, const char *month, const char *sha256, i64 version, const struct SealKey *key);
/* files: of ReportFile: what was rendered of it, so that a downloaded file can be verified; may be empty. */
typedef struct ReportFile {
    const char *name, *sha256;
} ReportFile;
CHECKED bool report_publish(Ctx *ctx, const char *month, List files);
CHECKED bool report_recompute(Ctx *ctx, const char *month, const char *note);
bool report_may_sign(Ctx *ctx, const char **post_out); /* rank alone; faults with who may. post_out: NULL without a post */

/* ---- other forms; all of them from the report that is given ---- */
void report_csv(Ctx *ctx, const Report *report, Buf *out);  /* one row a figure */
void report_html(Ctx *ctx, const Report *report, Buf *out); /* a whole document without styles of its own, for files and mail */
CHECKED bool report_pdf(Ctx *ctx, const Report *report, Buf *out);
CHECKED bool report_xlsx(Ctx *ctx, const Report *report, Buf *out);
CHECKED bool report_docx(Ctx *ctx, const Report *report, Buf *out);
const char *report_filename(Ctx *ctx, const Report *report, const char *suffix); /* informe-2022-07.pdf, informe-2022-07-v2.pdf */
List report_files(Ctx *ctx, const Report *report); /* of ReportFile: PDF, XLSX and DOCX rendered and hashed; slow */
const Report *report_for_programs(Ctx *ctx, const Report *report, bool public); /* a copy: absolute addresses, nothing hidden */

/* ---- checking, for /verificar ---- */
typedef struct ReportDifference {
    const char *key, *label, *was, *is; /* was: as it was signed; is: as the text in hand says */
} ReportDifference;
typedef struct ReportCheck {
    const Report *report; /* what was signed */
    bool same;
    List differences;     /* of ReportDifference: at most 50 */
} ReportCheck;
extern const Shape report_check_shape;
/* A JSON text that says it is a report of a month and a version, against what was signed. NULL with a fault when it is no
 * such text, or there is no signed report like it. */
const ReportCheck *report_check_snapshot(Ctx *ctx, Bytes json);
/* What was signed against what the records say now: a draft of the next version, so to speak. */
const ReportCheck *report_check_records(Ctx *ctx, const char *month, i64 version);
