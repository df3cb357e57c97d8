/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_content.c: what a release says, as one canonical text (RFC 8785) with one hash, and back from it. */
#include "base/hash.h"
#include "desks/press/press_room.h"

enum { CONTENT_MAX = 4 * 1024 * 1024 };

static void write_lines(Ctx *ctx, JsonOut *j, const char *key, const char *lines)
{
    List words = lines ? text_split(ctx->arena, lines, '\n') : (List){0};
    json_open(j, key, '[');
    for (size_t i = 0; i < words.count; i++)
        json_text(j, NULL, ((const char *const *)words.items)[i]);
    json_close(j, ']');
}

static void write_text(JsonOut *j, const ReleaseText *t)
{
    json_open(j, NULL, '{');
    json_text(j, "tongue", t->tongue);
    json_text(j, "title", t->title);
    json_text(j, "lead", t->lead);
    json_text(j, "body", t->body);
    json_close(j, '}');
}

void press_write_texts(JsonOut *j, const char *key, List texts)
{
    json_open(j, key, '[');
    for (const ReleaseText *t = texts.items, *end = t + texts.count; t < end; t++)
        write_text(j, t);
    json_close(j, ']');
}

/* Not how large a picture is in pixels: that becomes known later, and is nothing that anybody approves. */
static void write_file(Ctx *ctx, JsonOut *j, const ReleaseFile *f)
{
    json_open(j, NULL, '{');
    json_text(j, "id", id_text(ctx->arena, f->id));
    json_text(j, "sha256", f->sha256);
    json_text(j, "filename", f->filename);
    json_text(j, "type", f->type);
    json_int(j, "size", f->size);
    json_text(j, "alt", f->alt);
    json_text(j, "caption", f->caption);
    json_text(j, "credit", f->credit);
    json_bool(j, "cover", f->is_cover);
    json_close(j, '}');
}

static void write_id(Ctx *ctx, JsonOut *j, const char *key, i64 id)
{
    json_text(j, key, id ? id_text(ctx->arena, id) : NULL);
}

static void write_content(Ctx *ctx, JsonOut *j, const Release *r)
{
    json_open(j, NULL, '{');
    json_text(j, "type", "release-content");
    json_text(j, "title", r->title);
    json_text(j, "lead", r->lead);
    json_text(j, "body", r->body ? r->body : "");
    write_lines(ctx, j, "topics", r->topics);
    json_text(j, "tongue", r->tongue);
    json_text(j, "dateline_place", r->dateline_place);
    json_text(j, "dateline_day", r->dateline_day);
    write_id(ctx, j, "event", r->event);
    write_id(ctx, j, "area", r->area);
    json_text(j, "contact_name", r->contact_name);
    json_text(j, "contact_phone", r->contact_phone);
    json_text(j, "contact_mail", r->contact_mail);
    press_write_texts(j, "texts", r->texts);
    json_open(j, "files", '[');
    for (const ReleaseFile *f = r->files.items, *end = f + r->files.count; f < end; f++)
        write_file(ctx, j, f);
    json_close(j, ']');
    json_close(j, '}');
}

const char *press_canonical(Ctx *ctx, Buf *json)
{
    const Json *value = buf_over(json) ? NULL : json_read(ctx, buf_data(json), buf_size(json));
    Buf *out = buf_new(ctx->arena, buf_size(json) + 1, CONTENT_MAX);
    if (value && seal_canonical(ctx, value, out) && !buf_over(out))
        return buf_data(out);
    return fault(ctx, FAULT_TOO_LARGE, "This release is too large: at most %d MB of text with all its languages.", CONTENT_MAX / (1024 * 1024));
}

bool press_content(Ctx *ctx, const Release *r, const char **canonical_out, const char **hash_out)
{
    Buf *buf = buf_new(ctx->arena, 8192, CONTENT_MAX);
    JsonOut j = json_out(buf);
    write_content(ctx, &j, r);
    const char *canonical = press_canonical(ctx, buf);
    if (!canonical)
        return false;
    *canonical_out = canonical;
    *hash_out = hash_text(ctx->arena, (Bytes){canonical, strlen(canonical)});
    return true;
}

/* ---- and back ---- */

static const char *text_in(const Json *object, const char *key)
{
    return json_text_of(json_get(object, key));
}

static i64 id_in(const Json *object, const char *key)
{
    i64 id = 0;
    const char *text = text_in(object, key);
    return text && id_parse(text, &id) ? id : 0;
}

static const char *lines_in(Ctx *ctx, const Json *object, const char *key)
{
    const Json *list = json_get(object, key);
    const char *lines = NULL;
    for (size_t i = 0; list && i < json_count(list); i++) {
        const char *line = json_text_of(json_at(list, i));
        lines = lines ? arena_printf(ctx->arena, "%s\n%s", lines, line) : line;
    }
    return lines;
}

List press_read_texts(Ctx *ctx, const Json *list)
{
    size_t n = list ? json_count(list) : 0;
    ReleaseText *texts = arena_array(ctx->arena, ReleaseText, n + 1);
    for (size_t i = 0; i < n; i++) {
        const Json *t = json_at(list, i);
        texts[i] = (ReleaseText){text_in(t, "tongue"), text_in(t, "title"), text_in(t, "lead"), text_in(t, "body"), NULL};
    }
    return (List){texts, n};
}

static List files_in(Ctx *ctx, const Json *list, i64 release)
{
    size_t n = list ? json_count(list) : 0;
    ReleaseFile *files = arena_array(ctx->arena, ReleaseFile, n + 1);
    for (size_t i = 0; i < n; i++) {
        const Json *f = json_at(list, i);
        files[i] = (ReleaseFile){
            .id = id_in(f, "id"),
            .release = release,
            .sha256 = text_in(f, "sha256"),
            .filename = text_in(f, "filename"),
            .type = text_in(f, "type"),
            .size = json_int_of(json_get(f, "size")),
            .width = NONE,
            .height = NONE,
            .look = NONE,
            .position = (i64)i,
            .alt = text_in(f, "alt"),
            .caption = text_in(f, "caption"),
            .credit = text_in(f, "credit"),
            .is_cover = json_bool_of(json_get(f, "cover")),
        };
        files[i].url = press_file_path(ctx->arena, files[i].id);
    }
    return (List){files, n};
}

const Release *press_version_read(Ctx *ctx, const ReleaseVersion *v)
{
    const Json *c = v->content ? json_read(ctx, v->content, strlen(v->content)) : NULL;
    if (!c)
        return fault(ctx, FAULT_BROKEN, "version %" PRId64 " of the release has no content", v->number);
    Release *r = arena_new_of(ctx->arena, Release);
    *r = (Release){
        .id = v->release,
        .hash = v->hash,
        .title = text_in(c, "title"),
        .lead = text_in(c, "lead"),
        .body = text_in(c, "body"),
        .topics = lines_in(ctx, c, "topics"),
        .tongue = text_in(c, "tongue"),
        .dateline_place = text_in(c, "dateline_place"),
        .dateline_day = text_in(c, "dateline_day"),
        .event = id_in(c, "event"),
        .area = id_in(c, "area"),
        .contact_name = text_in(c, "contact_name"),
        .contact_phone = text_in(c, "contact_phone"),
        .contact_mail = text_in(c, "contact_mail"),
        .texts = press_read_texts(ctx, json_get(c, "texts")),
        .files = files_in(ctx, json_get(c, "files"), v->release),
    };
    return r;
}
