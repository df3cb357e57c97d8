/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* exchange_body.c: the body as it comes: fields into memory, files into the vault, both with
 * limits. */
#include <glib.h>

#include "base/text.h"
#include "web/exchange_room.h"

static i64 body_limit(const Route *route)
{
    return route->body_max ? route->body_max : BODY_DEFAULT;
}

static i64 memory_limit(const Own *own)
{
    return own->body_max < BODY_MEMORY ? own->body_max : BODY_MEMORY;
}

/* The limit as people read it: in kilobytes below one megabyte. */
static bool too_large(Exchange *ex, i64 limit)
{
    ex->close = true;
    if (limit < 1024 * 1024)
        return fault(&ex->ctx, FAULT_TOO_LARGE, "this address takes at most %" PRId64 " kB",
                     limit / 1024);
    return fault(&ex->ctx, FAULT_TOO_LARGE, "this address takes at most %" PRId64 " MB",
                 limit / (1024 * 1024));
}

static bool wrong_type(Exchange *ex)
{
    ex->close = true;
    if (ex->route->sink)
        fault(&ex->ctx, FAULT_UNSUPPORTED, "this address takes bodies of the type %s", ex->route->sink->type);
    fault(&ex->ctx, FAULT_UNSUPPORTED, "%s",
          say(&ex->ctx, ex->route->files
                            ? "this address takes a form, JSON or a file"
                            : "this address takes a form (application/x-www-form-urlencoded or "
                              "multipart/form-data) or JSON (application/json)"));
    return refuse_with(ex, 415);
}

/* ---- files ---- */

static bool file_begin(Exchange *ex, const char *field, const char *filename)
{
    Own *own = ex->own;
    if (!ex->route->files) {
        ex->close = true;
        return fault(&ex->ctx, FAULT_UNSUPPORTED, "this address takes no files");
    }
    if (own->pending_count == UPLOADS_MAX)
        return fault(&ex->ctx, FAULT_TOO_LARGE, "at most %d files at once", UPLOADS_MAX);
    VaultWriter *writer = vault_begin(&ex->ctx, ex->site->vault, own->body_max);
    if (!writer)
        return false;
    Pending *p = arena_new_of(ex->ctx.arena, Pending);
    p->writer = writer;
    p->upload.field = field;
    p->upload.filename = filename;
    own->pending[own->pending_count++] = own->file = p;
    return true;
}

static bool file_bytes(Exchange *ex, const char *bytes, size_t n)
{
    Own *own = ex->own;
    Pending *p = own->file;
    size_t room = sizeof p->first - p->first_size;
    size_t taken = n < room ? n : room;
    memcpy(p->first + p->first_size, bytes, taken);
    p->first_size += taken;
    return vault_add(&ex->ctx, p->writer, bytes, n);
}

/* Waits for the disk, unless they are only looked at; a file's type is what its bytes say. */
bool body_keep_files(Exchange *ex)
{
    Own *own = ex->own;
    Upload *uploads = arena_array(ex->ctx.arena, Upload, own->pending_count + 1);
    for (size_t i = 0; i < own->pending_count; i++) {
        Pending *p = own->pending[i];
        p->upload.type = sniff(p->first, p->first_size);
        p->upload.fd = -1;
        if (ex->route->passing)
            p->upload.fd = vault_glance(&ex->ctx, p->writer, &p->upload.sha256, &p->upload.size);
        else if (!vault_keep(&ex->ctx, p->writer, &p->upload.sha256, &p->upload.size))
            return false;
        if (faulted(&ex->ctx))
            return false;
        uploads[i] = p->upload;
    }
    ex->request.uploads = (List){uploads, own->pending_count};
    return true;
}

/* ---- fields ---- */

static Buf *memory(Exchange *ex)
{
    Own *own = ex->own;
    if (!own->memory)
        own->memory = buf_new(ex->ctx.arena, 1024, (size_t)memory_limit(own) + 1);
    return own->memory;
}

static bool memory_add(Exchange *ex, const char *bytes, size_t n)
{
    Own *own = ex->own;
    own->memory_used += (i64)n;
    if (own->memory_used > memory_limit(own))
        return too_large(ex, memory_limit(own));
    buf_add(memory(ex), bytes, n);
    return true;
}

static bool add_field(void *to, const char *name, const char *value)
{
    return form_add(to, name, value);
}

static bool too_many_fields(Exchange *ex)
{
    return fault(&ex->ctx, FAULT_MALFORMED,
                 "the form is broken: bad %% signs, no UTF-8, or more than %d fields", FIELDS_MAX);
}

/* ---- the parts of multipart/form-data ---- */

/* A file field without a file has an empty name: it is no file and no field. */
static bool part_begin(void *to, const Part *part)
{
    Exchange *ex = to;
    Own *own = ex->own;
    own->field = NULL;
    own->file = NULL;
    if (part->filename && *part->filename)
        return file_begin(ex, part->name, part->filename);
    if (!part->filename) {
        own->field = part->name;
        buf_cut(memory(ex), 0);
    }
    return true;
}

static bool part_data(void *to, const char *bytes, size_t n)
{
    Exchange *ex = to;
    Own *own = ex->own;
    if (own->file)
        return file_bytes(ex, bytes, n);
    return own->field ? memory_add(ex, bytes, n) : true;
}

static bool part_end(void *to)
{
    Exchange *ex = to;
    Own *own = ex->own;
    const char *name = own->field;
    own->field = NULL;
    own->file = NULL;
    if (!name)
        return true;
    size_t n = buf_size(own->memory);
    const char *value = arena_copy(ex->ctx.arena, buf_data(own->memory), n);
    if (!text_valid(value, n) || !form_add(ex->request.form, name, value))
        return too_many_fields(ex);
    return true;
}

static bool multipart_begin(Exchange *ex, const char *content_type)
{
    static const PartSink sink = {part_begin, part_data, part_end};
    Own *own = ex->own;
    const char *boundary = media_param(ex->ctx.arena, content_type, "boundary");
    own->multipart = multipart_new(ex->ctx.arena, boundary, FIELDS_MAX, &sink, ex);
    if (own->multipart)
        return true;
    ex->close = true;
    return fault(&ex->ctx, FAULT_MALFORMED, "the form names no proper boundary");
}

static bool multipart_went_on(Exchange *ex, bool fine)
{
    const Own *own = ex->own;
    const char *trouble = fine ? NULL : multipart_trouble(own->multipart);
    if (trouble)
        fault(&ex->ctx, FAULT_MALFORMED, "%s", say(&ex->ctx, trouble));
    return fine;
}

/* ---- a body that the route takes itself ---- */

/* The token of a cookie's login can only be in the head: no byte is taken before it was looked at. */
static bool sink_begin(Exchange *ex, const char *type, i64 length)
{
    Own *own = ex->own;
    const BodySink *sink = ex->route->sink;
    bool announced = length != 0;
    own->kind = type && !strcmp(type, sink->type) ? BODY_SINK : BODY_NOTHING;
    if (own->kind == BODY_NOTHING)
        return announced ? wrong_type(ex) : true;
    if (!session_token_fits(ex))
        return false;
    bool opened = sink->open(&ex->ctx, &ex->request, length, &ex->request.body);
    ex->close = !opened && announced;
    return opened;
}

/* ---- the head of the body ---- */

static BodyKind kind_of(const Exchange *ex, const char *type)
{
    if (!strcmp(type, "application/x-www-form-urlencoded"))
        return BODY_FORM;
    if (!strcmp(type, "multipart/form-data"))
        return BODY_MULTIPART;
    if (!strcmp(type, "application/json"))
        return BODY_JSON;
    return ex->route->files ? BODY_RAW : BODY_NOTHING;
}

static bool charset_fits(Arena *a, const char *content_type)
{
    const char *charset = media_param(a, content_type, "charset");
    return !charset || !g_ascii_strcasecmp(charset, "utf-8") ||
           !g_ascii_strcasecmp(charset, "utf8");
}

static bool raw_begin(Exchange *ex)
{
    const char *said = exchange_header(ex, "Content-Disposition");
    const char *filename = media_param(ex->ctx.arena, said, "filename");
    if (filename)
        filename = text_valid(filename, strlen(filename))
                       ? multipart_filename(ex->ctx.arena, filename)
                       : NULL;
    return file_begin(ex, "", filename);
}

/* Whatever the header says is looked at before a byte is read. */
bool body_begin(Exchange *ex)
{
    Own *own = ex->own;
    own->body_max = body_limit(ex->route);
    const char *said = exchange_header(ex, "Content-Length");
    i64 length = 0;
    if (said && (!text_int(said, &length) || length < 0))
        return fault(&ex->ctx, FAULT_MALFORMED, "the length of the body is no number");
    if (length > own->body_max)
        return too_large(ex, own->body_max);
    const char *content_type = exchange_header(ex, "Content-Type");
    if (ex->route->sink)
        return sink_begin(ex, media_type(ex->ctx.arena, content_type), exchange_header(ex, "Transfer-Encoding") ? NONE : length);
    if (!content_type && length == 0 && !exchange_header(ex, "Transfer-Encoding"))
        return true;
    const char *type = media_type(ex->ctx.arena, content_type);
    own->kind = type ? kind_of(ex, type) : BODY_NOTHING;
    if (own->kind == BODY_NOTHING ||
        (own->kind != BODY_RAW && !charset_fits(ex->ctx.arena, content_type)))
        return wrong_type(ex);
    if ((own->kind == BODY_FORM || own->kind == BODY_JSON) && length > memory_limit(own))
        return too_large(ex, memory_limit(own));
    if (own->kind == BODY_MULTIPART)
        return multipart_begin(ex, content_type);
    return own->kind == BODY_RAW ? raw_begin(ex) : true;
}

/* ---- bytes ---- */

static bool take(Exchange *ex, const char *bytes, size_t n)
{
    Own *own = ex->own;
    own->received += (i64)n;
    if (own->received > own->body_max)
        return too_large(ex, own->body_max);
    switch (own->kind) {
    case BODY_FORM:
    case BODY_JSON: return memory_add(ex, bytes, n);
    case BODY_MULTIPART: return multipart_went_on(ex, multipart_feed(own->multipart, bytes, n));
    case BODY_RAW: return file_bytes(ex, bytes, n);
    case BODY_SINK: return ex->route->sink->data(&ex->ctx, ex->request.body, bytes, n);
    default: return wrong_type(ex);
    }
}

bool exchange_body(Exchange *ex, const char *bytes, size_t n)
{
    if (ex->stage != STAGE_BODY)
        return false;
    if (n == 0 || take(ex, bytes, n))
        return true;
    if (!faulted(&ex->ctx))
        fault(&ex->ctx, FAULT_MALFORMED, "the body is broken");
    ex->close = true;
    ex->stage = STAGE_ANSWER;
    return false;
}

/* ---- the body is whole ---- */

static bool parse(Exchange *ex)
{
    Own *own = ex->own;
    Form *form = ex->request.form;
    if (own->kind == BODY_MULTIPART)
        return multipart_went_on(ex, multipart_closed(own->multipart));
    if (!own->memory)
        return true;
    const char *bytes = buf_data(own->memory);
    size_t n = buf_size(own->memory);
    if (own->kind == BODY_JSON)
        return form_add_json(&ex->ctx, form, bytes, n);
    return address_fields(ex->ctx.arena, bytes, n, add_field, form) || too_many_fields(ex);
}

/* If-Match has said it already, or the form's hidden field does. */
static bool read_version(Exchange *ex)
{
    const char *text = form_first(&ex->request.form->body, "version");
    if (ex->request.version != NONE || text_blank(text))
        return true;
    if (text_int(text, &ex->request.version))
        return true;
    return fault(&ex->ctx, FAULT_MALFORMED, "the field \"version\" must be a whole number");
}

void exchange_closed(Exchange *ex)
{
    const Own *own = ex->own;
    if (ex->stage != STAGE_BODY)
        return;
    ex->stage = STAGE_ANSWER;
    if (!parse(ex) || !session_token_fits(ex) || !read_version(ex))
        return;
    bool waits = own->pending_count > 0 || ex->route->prepare;
    ex->stage = waits ? STAGE_PREPARE : STAGE_WRITE;
}
