/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* page.h: what a page handler is given, what it leaves behind, and the table that hangs it at an address.
 *
 * A handler of GET reads (its connection cannot write). A handler of POST runs inside the writer's
 * transaction: it writes, and its answer leaves after the commit; it must be quick.  What is slow
 * and needs no writing (a password's hash, a file's check) is done before, by the route's prepare, on a
 * thread that may wait.
 *
 * One handler serves every format of its address: it gives the data with page_one() or page_list(),
 * and draws HTML only when page->format is FORMAT_HTML. A fault in ctx throws the page away. */
#pragma once
#include "base/ctx.h"
#include "base/shape.h"
#include "web/html.h"

/* HEAD and OPTIONS have handlers where a protocol (tus) wants them; else HEAD is answered from GET, OPTIONS by the router. */
typedef enum { GET, POST, PATCH, DELETE, HEAD, OPTIONS, METHOD_COUNT } Method;
extern const char *const method_names[]; /* "GET" … */
static inline bool method_writes(Method m)
{
    return m == POST || m == PATCH || m == DELETE;
}

typedef enum {
    FORMAT_HTML, FORMAT_JSON, FORMAT_CSV, FORMAT_ATOM, FORMAT_ICS, FORMAT_TEXT, FORMAT_NINJS, FORMAT_PDF, FORMAT_XLSX,
    FORMAT_DOCX, FORMAT_RSS, FORMAT_CAP, FORMAT_STREAM, FORMAT_COUNT
} Format;
extern const Word format_words[]; /* "html", "json"…: the suffixes */
#define AS_HTML   (1u << FORMAT_HTML)
#define AS_JSON   (1u << FORMAT_JSON)
#define AS_CSV    (1u << FORMAT_CSV)
#define AS_ATOM   (1u << FORMAT_ATOM)
#define AS_ICS    (1u << FORMAT_ICS)
#define AS_TEXT   (1u << FORMAT_TEXT)
#define AS_NINJS  (1u << FORMAT_NINJS)
#define AS_PDF    (1u << FORMAT_PDF)
#define AS_XLSX   (1u << FORMAT_XLSX)
#define AS_DOCX   (1u << FORMAT_DOCX)
#define AS_RSS    (1u << FORMAT_RSS)
#define AS_CAP    (1u << FORMAT_CAP)
#define AS_STREAM (1u << FORMAT_STREAM)

/* A right is a bit number of Actor.rights; these two are everybody's. The others are in desks/people/people.h. */
typedef unsigned Right;
enum { PUBLIC = 0, LOGIN = 1, RIGHT_FIRST = 2 };

typedef struct Route Route;
typedef struct Form Form; /* web/form.h */

typedef struct Upload { /* a file that came with the request: in the vault already */
    const char *field, *filename, *type; /* type by content, not by name */
    const char *sha256;
    i64 size;
    int fd;            /* of a route that only looks: open for reading while the request lives; else -1 */
} Upload;

typedef struct Request {
    const Route *route;
    Method method;
    Format format;
    const char *path;      /* decoded, valid UTF-8, without the suffix */
    const char *address;   /* of the client; from listed proxies only their word counts */
    /* the typed parameters of the route's pattern */
    i64 id;                /* :id */
    const char *slug;      /* :slug   [a-z0-9-]{1,80} */
    const char *month;     /* :month  YYYY-MM */
    const char *variant;   /* :variant  1280.jpg */
    const char *token;     /* :token  [A-Za-z0-9_-]{20,100} */
    Form *form;            /* query and body, what was wrong with them; never NULL */
    i64 version;           /* of If-Match or the field version; NONE when not said */
    void *prepared;        /* what the route's prepare left */
    void *body;            /* what the route's sink opened; NULL: no body came */
    const struct Exchange *exchange; /* for request_header() */
    List uploads;          /* of Upload */
    const char *session;   /* the session's token, for logout; NULL without */
    const char *user_agent; /* as the client calls itself; NULL without */
    const char *bearer;    /* the token of Authorization: Bearer; NULL without */
    const struct FrameOffer *offer; /* of an address that leads nowhere: what stands there instead (web/frame.h); NULL: nothing */
    bool lean;             /* a public page for who saves data: no pictures, no fonts (Save-Data: on, or ?datos=pocos) */
    const struct Site *site;
} Request;

typedef struct Stream { /* server-sent events */
    const char *channel;   /* "desk": what live_publish() names */
    /* writes what came after an event id as frames, for Last-Event-ID; may be NULL */
    void (*replay)(Ctx *ctx, i64 after, Buf *out);
} Stream;

/* What others show of a page when somebody shares it (ogp.me). */
typedef struct PageShare {
    Url image;                /* a path of ours; .s NULL: none */
    const char *image_alt;
    i64 image_width, image_height;
    bool is_article;
    i64 published, modified;  /* of an article; 0: not said */
    const char *section;      /* likewise */
    List tags;                /* of const char * */
} PageShare;

/* The same page in another language. */
typedef struct PageTongue {
    const char *code;         /* BCP 47, or "x-default" */
    Url url;                  /* a path of ours */
} PageTongue;

typedef struct PageHeader PageHeader;
struct PageHeader {
    const char *name, *value;
    const PageHeader *next;
};

typedef struct Page {
    Format format;         /* what is wanted */
    Html *html;            /* the inside of <main> */
    const char *title;     /* of <title> and, with FRAME_SITE, of Open Graph */
    const char *description;
    const char *here;      /* the menu entry that is current: its address */
    Url redirect;          /* POST: where people go on (303); programs get the record */
    const char *notice;    /* shown once after the redirect */
    Url undo;              /* beside the notice: a POST here takes it back; .s NULL: no such way */
    bool created;          /* 201 with Location: redirect */
    int status;            /* 0: what fits; 204: an answer without a body */
    i64 expires;           /* public pages: the instant at which time alone makes it wrong; 0: only a change does */
    i64 modified;          /* Last-Modified; 0: not said */
    i64 version;           /* ETag of a desk's record; NONE: made from the bytes */
    Url alternate_atom, alternate_rss, alternate_ics; /* <link rel=alternate> */
    Url canonical;         /* the one true path, where it is not the address itself; .s NULL: it is */
    Url moved;             /* GET: it lives at this path for good: 301, in every format */
    Url hub;               /* of a feed: where its changes are announced (WebSub); its own path is in self */
    Url self;
    const PageShare *share; /* NULL: a page like any other */
    List tongues;          /* of PageTongue */
    bool bare;             /* no frame: login, print */
    bool framed;           /* pages of others may show it inside theirs */
    Url manifest, script;  /* of a bare page that a telephone can keep: its web manifest, its own script; .s NULL: neither */
    const char *worker_scope; /* of page_bytes() that are a service worker: how far it reaches (Service-Worker-Allowed) */
    bool noindex;
    /* data: set by page_one(), page_list(), page_bytes(), page_file() */
    const Shape *shape;
    const void *item;
    List items;
    bool is_list;
    i64 total;             /* NONE: not counted */
    const char *next;      /* cursor of the next page, or NULL */
    const char *type, *filename;
    Buf *bytes;
    Bytes file;            /* set by page_file() */
    bool picture;          /* set by page_picture(): shown where it stands, and never another under this address */
    const struct PagePieces *pieces; /* set by page_pieces() (web/pieces.h) */
    const char *tag;       /* of the file: the ETag */
    const Stream *stream;
    const char *set_session; /* a new session's token: becomes the cookie; "" ends it */
    const PageHeader *headers; /* page_header()'s, the last first */
} Page;

void page_one(Page *page, const Shape *shape, const void *item);
void page_list(Page *page, const Shape *shape, List items, i64 total, const char *next);
bool page_has_data(const Page *page);
const void *page_item(const Page *page, size_t i); /* of its list */
void page_bytes(Page *page, const char *type, const char *filename, Buf *bytes);
/* A file of the vault as it lies there: mapped, not copied, and gone with the request; parts of it may be asked for.
 * Always as a download: what people sent in is never shown as a page of ours. FAULT_NOT_FOUND. */
CHECKED bool page_file(Ctx *ctx, const Request *req, Page *page, const char *sha256, const char *type, const char *filename);
/* A picture that we made (JPEG, PNG or WebP), for an address that will never lead to other bytes. FAULT_NOT_FOUND. */
CHECKED bool page_picture(Ctx *ctx, const Request *req, Page *page, const char *sha256, const char *type);
/* The error as programs get it, for a refusal that is no fault; the page says its own status. */
void page_error(Ctx *ctx, Page *page, FaultKind kind, const char *field, const char *what);
/* A header of the answer that is this page's own. Gone with the page when there is a fault, other than the route's headers. */
void page_header(Ctx *ctx, Page *page, const char *name, const char *value);
/* As it was sent, any case of the name; NULL without. It is foreign text. */
const char *request_header(const Request *req, const char *name);
/* After a change: 201 or 200 with the record for programs, 303 to where for people. */
void page_done(Page *page, Url where, const char *notice);
void page_created(Page *page, Url where, const char *notice);

typedef void PageHandler(Ctx *ctx, const Request *req, Page *page);
typedef bool PagePrepare(Ctx *ctx, const Request *req, void **prepared_out); /* on a thread that may wait; reads only */

/* Takes a body of one type into a place of its own, piece by piece as it comes: it is never in memory as a whole. What open
 * leaves lives in ctx's arena; who must know that the client went away in the middle hangs it there with arena_own(). When all has
 * come, the route's prepare waits for the disk. A fault in any of them is the answer; the rest of the body is thrown away. */
typedef struct BodySink {
    const char *type;        /* the Content-Type; any other is refused, but for an empty body */
    /* The head was checked: the person, the right, CSRF. length: of the body, NONE when it was not said. */
    bool (*open)(Ctx *ctx, const Request *req, i64 length, void **body_out);
    bool (*data)(Ctx *ctx, void *body, const char *bytes, size_t n);
} BodySink;

struct Route {
    Method method;
    const char *path;        /* /mesa/agenda/:id/coberturas */
    PageHandler *handler;
    Right right;             /* the router asks for it too; the rule has the last word */
    const char *summary;     /* for OpenAPI: one English sentence */
    unsigned formats;        /* 0: AS_HTML | AS_JSON */
    bool list;               /* its answer is a list: to be had as a table (CSV) besides */
    const char *query;       /* names of query fields that mean something, separated by spaces; others are ignored */
    const char *fields;      /* names of body fields, likewise; ! behind a required one */
    const Shape *shape;      /* of the record that it answers, for OpenAPI */
    PageHandler *form;       /* POST: draws the form again with what was typed and what was wrong */
    PagePrepare *prepare;    /* of one that only reads: its handler runs behind it all the same */
    const BodySink *sink;    /* takes the body itself, and nothing else */
    const char *const *headers; /* name, value, … NULL: stand on each of its answers, also on refusals */
    i64 body_max;            /* bytes; 0: 1 MB */
    bool files;              /* takes multipart files, or a raw body, into the vault */
    bool passing;            /* with files: they are looked at and not kept */
    bool uncached;           /* its answer is never kept: a PUBLIC page not in memory, a POST's not for its Idempotency-Key */
    bool one_kind;           /* gives one kind of file, which its address names: Accept is not asked */
};
