/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_import.h: a WordPress site as releases; shared by the files of this folder only.
 *
 * A reader (WXR file, REST interface) gives posts one by one; each becomes an item: sanitised, its pictures in the vault,
 * outside of any transaction. Items are written some at a time. What a post was is kept as its source and the hash of it:
 * a second run finds nothing to do, and what was broken off goes on where it stopped. */
#pragma once
#include "desks/press/press_room.h"
#include "store/vault.h"

enum {
    IMPORT_TEXT_MAX = 1024 * 1024,       /* bytes of a post's HTML: what the sanitiser takes */
    IMPORT_ITEMS_MAX = 500 * 1000,       /* of a file, of whatever kind */
    IMPORT_LINES_MAX = 5000,             /* of the report */
    IMPORT_BATCH = 50,                   /* releases in one transaction */
    IMPORT_ARENA = 192 * 1024 * 1024,    /* while one post is looked at: a picture of 32 MB among it */
};

/* A post as the other site has it. Texts are UTF-8; NULL: it said nothing. */
typedef struct WpPost {
    i64 id;
    i64 line;                            /* of the file; 0: it came over REST */
    const char *type, *status;           /* post, page, attachment…; publish, future, draft, pending, private */
    const char *title;                   /* HTML */
    const char *slug, *link, *guid, *password;
    const char *date_gmt, *date;         /* 2019-05-03 15:00:00, or with a T */
    const char *excerpt, *content;       /* HTML; content with shortcodes where it was not rendered */
    const char *categories, *category_slugs, *tags; /* one a line, the first two in the same order */
    i64 cover;                           /* the attachment that is its picture; 0: none */
    const char *cover_url, *cover_alt;   /* where REST tells it at once */
    const char *file_url, *file_alt;     /* of an attachment */
    bool rendered;                       /* as a page shows it: shortcodes and paragraphs are done */
} WpPost;

typedef bool (*WpVisit)(Ctx *ctx, void *to, const WpPost *post);
/* The posts of a file in their order, each in an arena of its own. FAULT_MALFORMED says the line. base_out: the site's address. */
CHECKED bool press_wxr_read(Ctx *ctx, FILE *file, const char **base_out, WpVisit visit, void *to);
/* The posts of a site. */
CHECKED bool press_rest_read(Ctx *ctx, const WordpressAsk *ask, WpVisit visit, void *to);

/* ---- what a post becomes ---- */
typedef struct ImportFile {
    i64 id, size;
    const char *sha256, *filename, *type, *alt, *old_url;
} ImportFile;

typedef struct ImportItem {
    i64 post, published_at;              /* 0: a draft */
    const char *source, *source_hash;
    const char *title, *slug, *lead, *body, *topics;
    const char *categories, *category_slugs;
    const char *link, *path;             /* the address that it had; without the host */
    ImportFile files[PRESS_FILES_MAX];
    size_t n_files;
    i64 cover;                           /* an id of files; 0: none */
} ImportItem;

/* Where the site's attachments lie: in a file they come after the posts that show them. */
typedef struct Attachments Attachments;

typedef struct Import {
    Ctx *ctx;
    const WordpressAsk *ask;
    WordpressReport *report;
    Arena *kept;                         /* lives as long as the run */
    const char *base;                    /* https://www.sanluis.example */
    Attachments *attachments;            /* NULL: REST tells them with the post */
    bool checking;                       /* the first pass over a file: nothing is fetched */
    WordpressLine *lines;
    ImportItem *batch[IMPORT_BATCH];
    size_t n_batch;
    Arena *batch_arena;
} Import;

/* ---- press_import_report.c ---- */
/* A line of the report. what: created, updated, unchanged, kept, refused, lost. */
void press_import_tell(Import *im, const WpPost *post, const char *what, const char *why);

/* ---- press_import_post.c ---- */
/* False with a fault: it cannot be taken. Slow: fetches its pictures. */
CHECKED bool press_import_post(Import *im, const WpPost *post, ImportItem *item_out);
const char *press_import_source(Import *im, const WpPost *post);
const char *press_import_hash(Ctx *ctx, const WpPost *post);

/* ---- press_import_code.c: shortcodes, paragraphs that nobody wrote, what cannot be taken ---- */
const char *press_import_html(Import *im, const WpPost *post);

/* ---- press_import_files.c ---- */
void press_attachments_add(Import *im, const WpPost *post);
bool press_attachment(const Import *im, i64 id, const char **url_out, const char **alt_out);
/* Fetched into the vault and noted in the item; NULL, told in the report, when it cannot be had. */
const ImportFile *press_import_fetch(Import *im, const WpPost *post, ImportItem *item, const char *url, bool picture);

/* ---- press_import_keep.c: in a transaction ---- */
typedef enum { KEPT_CREATED, KEPT_UPDATED, KEPT_UNCHANGED, KEPT_EDITED_HERE } ImportFate;
CHECKED bool press_import_keep(Ctx *ctx, const ImportItem *item, ImportFate *fate_out);
/* Is it here already, word for word? */
bool press_import_known(Ctx *ctx, const char *source, const char *hash);
