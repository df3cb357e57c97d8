/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_wxr.c: WordPress' export file (WXR: RSS 2.0 with wp: elements), read as it streams by; expat.
 *
 * A document type is refused, and with it every entity that somebody declares: WordPress writes none, and they are how
 * a small file becomes a large one. Depth, the size of a text and the number of items are bounded. */
#include <expat.h>
#include <stdlib.h>

#include "desks/press/import/press_import.h"

enum { DEPTH_MAX = 60, TEXT_MAX = 4 * IMPORT_TEXT_MAX, PIECE = 64 * 1024 };

typedef struct Wxr {
    Ctx *ctx;
    XML_Parser parser;
    Arena *outer;            /* the caller's */
    Arena *item;             /* of the item that is read; NULL between items */
    const char **base_out;
    WpVisit visit;
    void *to;
    WpPost post;
    Buf *text;               /* of the element that is open */
    const char *domain, *nicename;   /* of <category> */
    const char *meta_key;
    int depth;
    i64 items;
    bool rss;                /* the outermost element is <rss> */
} Wxr;

static void stop(Wxr *w)
{
    XML_StopParser(w->parser, XML_FALSE);
}

static i64 line_now(Wxr *w)
{
    return (i64)XML_GetCurrentLineNumber(w->parser);
}

/* ---- one item ---- */

static void begin_item(Wxr *w)
{
    w->item = arena_new(IMPORT_ARENA);
    w->ctx->arena = w->item;
    w->post = (WpPost){.line = line_now(w)};
    w->domain = w->nicename = w->meta_key = NULL;
}

/* What went wrong in it is said after it. */
static void drop_item(Wxr *w)
{
    if (!w->item)
        return;
    Fault *fault = &w->ctx->fault;
    fault->what = arena_text(w->outer, fault->what);
    fault->field = arena_text(w->outer, fault->field);
    w->ctx->arena = w->outer;
    arena_free(w->item);
    w->item = NULL;
    w->text = NULL;
}

static void end_item(Wxr *w)
{
    if (++w->items > IMPORT_ITEMS_MAX)
        fault(w->ctx, FAULT_TOO_LARGE, "The file has more than %d entries: export it in parts.", IMPORT_ITEMS_MAX);
    else
        (void)w->visit(w->ctx, w->to, &w->post);
    drop_item(w);
    if (faulted(w->ctx))
        stop(w);
}

static const char *joined(Arena *a, const char *lines, const char *word)
{
    return lines ? arena_printf(a, "%s\n%s", lines, word) : word;
}

static void take_category(Wxr *w, const char *name)
{
    WpPost *p = &w->post;
    const char *word = text_squeeze(w->item, name);
    if (!*word)
        return;
    if (text_same(w->domain, "category")) {
        p->categories = joined(w->item, p->categories, word);
        p->category_slugs = joined(w->item, p->category_slugs, w->nicename && *w->nicename ? w->nicename : "-");
    } else if (text_same(w->domain, "post_tag")) {
        p->tags = joined(w->item, p->tags, word);
    }
}

static void take_meta(Wxr *w, const char *value)
{
    if (text_same(w->meta_key, "_thumbnail_id") && !text_int(value, &w->post.cover))
        w->post.cover = 0;
    if (text_same(w->meta_key, "_wp_attachment_image_alt"))
        w->post.file_alt = value;
}

/* Which member an element fills. */
static const char **member(WpPost *p, const char *name)
{
    static const struct {
        const char *name;
        size_t offset;
    } members[] = {
        {"title", offsetof(WpPost, title)},
        {"link", offsetof(WpPost, link)},
        {"guid", offsetof(WpPost, guid)},
        {"content:encoded", offsetof(WpPost, content)},
        {"excerpt:encoded", offsetof(WpPost, excerpt)},
        {"wp:post_name", offsetof(WpPost, slug)},
        {"wp:post_type", offsetof(WpPost, type)},
        {"wp:status", offsetof(WpPost, status)},
        {"wp:post_date_gmt", offsetof(WpPost, date_gmt)},
        {"wp:post_date", offsetof(WpPost, date)},
        {"wp:post_password", offsetof(WpPost, password)},
        {"wp:attachment_url", offsetof(WpPost, file_url)},
    };
    for (size_t i = 0; i < COUNT(members); i++)
        if (!strcmp(members[i].name, name))
            return (const char **)(void *)((char *)p + members[i].offset);
    return NULL;
}

static void take(Wxr *w, const char *name, const char *text)
{
    const char **to = member(&w->post, name);
    if (to && !*to)
        *to = text;
    else if (!strcmp(name, "wp:post_id") && (!text_int(text_trim(w->item, text), &w->post.id) || w->post.id < 0))
        w->post.id = 0;
    else if (!strcmp(name, "category"))
        take_category(w, text);
    else if (!strcmp(name, "wp:meta_key"))
        w->meta_key = text;
    else if (!strcmp(name, "wp:meta_value"))
        take_meta(w, text);
}

/* ---- what expat calls ---- */

static const char *value_of(const char **attributes, const char *name)
{
    for (; *attributes; attributes += 2)
        if (!strcmp(attributes[0], name))
            return attributes[1];
    return NULL;
}

static void on_start(void *to, const char *name, const char **attributes)
{
    Wxr *w = to;
    if (++w->depth > DEPTH_MAX) {
        fault(w->ctx, FAULT_MALFORMED, "Line %" PRId64 ": the file is nested more than %d levels deep.", line_now(w), DEPTH_MAX);
        stop(w);
        return;
    }
    if (w->depth == 1)
        w->rss = !strcmp(name, "rss");
    if (!w->item && !strcmp(name, "item"))
        begin_item(w);
    Arena *a = w->item ? w->item : w->outer;
    if (w->item && !strcmp(name, "category")) {
        w->domain = arena_text(a, value_of(attributes, "domain"));
        w->nicename = arena_text(a, value_of(attributes, "nicename"));
    }
    bool wanted = w->item || !strcmp(name, "wp:base_blog_url");
    w->text = wanted ? buf_new(a, 64, TEXT_MAX) : NULL;
}

static void on_text(void *to, const char *text, int n)
{
    Wxr *w = to;
    if (w->text)
        buf_add(w->text, text, (size_t)n);
}

static void on_end(void *to, const char *name)
{
    Wxr *w = to;
    w->depth--;
    Buf *text = w->text;
    w->text = NULL;
    if (text && buf_over(text)) {
        fault(w->ctx, FAULT_TOO_LARGE, "Line %" PRId64 ": one text of the file is larger than %d MB.", line_now(w), TEXT_MAX / (1024 * 1024));
        stop(w);
        return;
    }
    if (w->item && !strcmp(name, "item"))
        end_item(w);
    else if (w->item && text)
        take(w, name, buf_data(text));
    else if (text && !*w->base_out)
        *w->base_out = text_trim(w->outer, buf_data(text));
}

static void on_doctype(void *to, UNUSED const char *name, UNUSED const char *system, UNUSED const char *public, UNUSED int internal)
{
    Wxr *w = to;
    fault(w->ctx, FAULT_MALFORMED, "Line %" PRId64 ": the file declares a document type, which no WordPress does: it is not read.", line_now(w));
    stop(w);
}

/* ---- the file ---- */

static bool refuse(Wxr *w)
{
    enum XML_Error code = XML_GetErrorCode(w->parser);
    i64 line = line_now(w);
    drop_item(w);
    if (faulted(w->ctx))
        return false;
    if (code == XML_ERROR_UNKNOWN_ENCODING)
        return fault(w->ctx, FAULT_MALFORMED, "The file is written in an encoding that is not known here: save it in UTF-8.");
    if (code == XML_ERROR_NO_ELEMENTS || code == XML_ERROR_UNCLOSED_TOKEN || code == XML_ERROR_UNCLOSED_CDATA_SECTION)
        return fault(w->ctx, FAULT_MALFORMED, "Line %" PRId64 ": the file ends too early: export it again.", line);
    return fault(w->ctx, FAULT_MALFORMED, "Line %" PRId64 ": this is no well-formed XML (%s): export it again.", line, XML_ErrorString(code));
}

static bool read_pieces(Wxr *w, FILE *file)
{
    for (bool last = false; !last;) {
        void *piece = XML_GetBuffer(w->parser, PIECE);
        if (!piece)
            return fault(w->ctx, FAULT_BUSY, "The system has no memory left.");
        size_t n = fread(piece, 1, PIECE, file);
        if (ferror(file))
            return fault(w->ctx, FAULT_BUSY, "The file cannot be read.");
        last = n == 0;
        if (XML_ParseBuffer(w->parser, (int)n, last) != XML_STATUS_OK)
            return refuse(w);
    }
    return w->rss || fault(w->ctx, FAULT_MALFORMED, "This is no export of WordPress: it has no <rss>.");
}

bool press_wxr_read(Ctx *ctx, FILE *file, const char **base_out, WpVisit visit, void *to)
{
    Wxr w = {.ctx = ctx, .outer = ctx->arena, .base_out = base_out, .visit = visit, .to = to, .parser = XML_ParserCreate(NULL)};
    if (!w.parser)
        return fault(ctx, FAULT_BUSY, "The system has no memory left.");
    XML_SetUserData(w.parser, &w);
    XML_SetElementHandler(w.parser, on_start, on_end);
    XML_SetCharacterDataHandler(w.parser, on_text);
    XML_SetStartDoctypeDeclHandler(w.parser, on_doctype);
    bool done = read_pieces(&w, file);
    drop_item(&w);
    XML_ParserFree(w.parser);
    return done && !faulted(ctx);
}
