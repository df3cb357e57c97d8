/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* form.c: fields read by type; what is wrong is noted at the field and makes the request's fault.
 * */
#include "web/form.h"

#include <assert.h>
#include <glib.h>
#include <math.h>

#include "base/id.h"
#include "base/text.h"
#include "web/form_data.h"

enum { LIMIT_DEFAULT = 50, LIMIT_MAX = 200 };

/* ---- the address ---- */

const char *query_text(const Request *req, const char *name)
{
    return form_first(&req->form->query, name);
}

i64 query_int(const Request *req, const char *name, i64 otherwise)
{
    const char *text = query_text(req, name);
    i64 n;
    return text && text_int(text, &n) ? n : otherwise;
}

i64 query_limit(const Request *req)
{
    i64 n = query_int(req, "limit", LIMIT_DEFAULT);
    return n < 1 ? LIMIT_DEFAULT : n > LIMIT_MAX ? LIMIT_MAX : n;
}

/* ---- the body; of a GET its query ---- */

static const Pairs *pairs_of(const Request *req)
{
    return method_writes(req->method) ? &req->form->body : &req->form->query;
}

static const char *raw(const Request *req, const char *name)
{
    return form_first(pairs_of(req), name);
}

const char *form_raw(const Request *req, const char *name)
{
    return raw(req, name);
}

bool form_has(const Request *req, const char *name)
{
    return raw(req, name) != NULL;
}

__attribute__((format_arg(2))) static const char *said(const Ctx *ctx, const char *msgid)
{
    return say(ctx, msgid);
}

/* Notes the sentence at the field; false. The fault is the first field's, the form knows them
 * all. */
static bool PRINTF(4, 5)
    wrong(Ctx *ctx, const Request *req, const char *name, const char *msgid, ...)
{
    va_list ap;
    va_start(ap, msgid);
    const char *sentence = arena_vprintf(ctx->arena, said(ctx, msgid), ap);
    va_end(ap);
    form_note(req->form, name, sentence);
    fault_at(ctx, __FILE__ ":" LINE_TEXT(__LINE__), FAULT_INVALID, name, "%s", sentence);
    return false;
}

/* As people's editors send it: CRLF becomes LF, the normal form is C, the ends are bare. */
static const char *clean(Ctx *ctx, const char *text)
{
    char *copy = arena_text(ctx->arena, text), *to = copy;
    for (const char *from = copy; *from; from++)
        if (*from != '\r')
            *to++ = *from;
        else if (from[1] != '\n')
            *to++ = '\n';
    *to = '\0';
    return text_nfc(ctx->arena, text_trim(ctx->arena, copy));
}

const char *form_text(Ctx *ctx, const Request *req, const char *name, size_t max_graphemes)
{
    const char *text = raw(req, name);
    if (text_blank(text))
        return NULL;
    text = clean(ctx, text);
    if (text_has_control(text)) {
        wrong(ctx, req, name, "this text holds invisible control characters: type it again");
        return NULL;
    }
    if (!text_fits(text, max_graphemes)) {
        wrong(ctx, req, name, "at most %zu characters; these are %zu", max_graphemes, text_graphemes(text));
        return NULL;
    }
    return text;
}

const char *form_need(Ctx *ctx, const Request *req, const char *name, size_t max_graphemes)
{
    const char *text = form_text(ctx, req, name, max_graphemes);
    if (!text && !form_error(req->form, name))
        wrong(ctx, req, name, "this must be filled in");
    return text;
}

static void add_parts(Arena *a, Buf *out, const char *text)
{
    while (*text) {
        size_t n = strcspn(text, ",\n");
        const char *part = text_squeeze(a, arena_copy(a, text, n));
        if (*part) {
            if (buf_size(out))
                buf_char(out, '\n');
            buf_text(out, part);
        }
        text += n + (text[n] != '\0');
    }
}

const char *form_lines(Ctx *ctx, const Request *req, const char *name, size_t max)
{
    const Pairs *pairs = pairs_of(req);
    Buf *out = buf_new(ctx->arena, 64, 64 * 1024);
    for (size_t i = 0; i < pairs->count; i++)
        if (!strcmp(pairs->items[i].name, name))
            add_parts(ctx->arena, out, clean(ctx, pairs->items[i].value));
    if (!buf_size(out))
        return NULL;
    const char *lines = buf_data(out);
    if (text_has_control(lines) || buf_over(out)) {
        wrong(ctx, req, name, "this text holds invisible control characters: type it again");
        return NULL;
    }
    size_t count = text_split(ctx->arena, lines, '\n').count;
    if (count > max) {
        wrong(ctx, req, name, "at most %zu entries; these are %zu", max, count);
        return NULL;
    }
    return lines;
}

i64 form_int(Ctx *ctx, const Request *req, const char *name, i64 least, i64 most)
{
    const char *text = raw(req, name);
    i64 n;
    if (text_blank(text))
        return NONE;
    if (!text_int(text_trim(ctx->arena, text), &n)) {
        wrong(ctx, req, name, "this must be a whole number, for example 12");
        return NONE;
    }
    if (n < least || n > most) {
        wrong(ctx, req, name, "this must be from %" PRId64 " to %" PRId64, least, most);
        return NONE;
    }
    return n;
}

/* Reads a decimal comma as a point; g_ascii_strtod() alone would take hex and inf. */
static bool real_of(Arena *a, const char *text, double *x_out)
{
    char *copy = arena_text(a, text_trim(a, text)), *end;
    if (strspn(copy, "0123456789+-.,eE") != strlen(copy))
        return false;
    for (char *comma = strchr(copy, ','); comma; comma = strchr(comma, ','))
        *comma = '.';
    double x = g_ascii_strtod(copy, &end);
    if (end == copy || *end || !isfinite(x))
        return false;
    *x_out = x;
    return true;
}

double form_real(Ctx *ctx, const Request *req, const char *name, double least, double most)
{
    const char *text = raw(req, name);
    double x;
    if (text_blank(text))
        return NAN;
    if (!real_of(ctx->arena, text, &x)) {
        wrong(ctx, req, name, "this must be a number, for example 22.15");
        return NAN;
    }
    if (x < least || x > most) {
        wrong(ctx, req, name, "this must be from %g to %g", least, most);
        return NAN;
    }
    return x;
}

bool form_bool(const Request *req, const char *name)
{
    static const char *const yes[] = {"1", "true", "on", "yes", "si", "sí"};
    const char *text = raw(req, name);
    for (size_t i = 0; text && i < COUNT(yes); i++)
        if (!strcmp(text, yes[i]))
            return true;
    return false;
}

i64 form_id(Ctx *ctx, const Request *req, const char *name)
{
    const char *text = raw(req, name);
    i64 id;
    if (text_blank(text))
        return 0;
    if (!id_parse(text_trim(ctx->arena, text), &id)) {
        wrong(ctx, req, name, "this is no record's number: choose one from the list");
        return 0;
    }
    return id;
}

static const char *names_of(Arena *a, const Word *words)
{
    Buf *out = buf_new(a, 64, 4096);
    for (const Word *word = words; word->name; word++)
        buf_printf(out, "%s%s", word == words ? "" : ", ", word->name);
    return buf_data(out);
}

int form_word(Ctx *ctx, const Request *req, const char *name, const Word *words, int otherwise)
{
    const char *text = raw(req, name);
    if (text_blank(text))
        return otherwise;
    int value = word_find(words, text_trim(ctx->arena, text));
    if (value >= 0)
        return value;
    wrong(ctx, req, name, "this must be one of: %s", names_of(ctx->arena, words));
    return otherwise;
}

bool form_wall(Ctx *ctx, const Request *req, const char *name, Wall *wall_out)
{
    const char *text = raw(req, name);
    Wall wall;
    if (text_blank(text))
        return false;
    if (!wall_parse(text_trim(ctx->arena, text), &wall))
        return wrong(ctx, req, name, "this must be a date and time, for example 2022-07-14 10:00");
    *wall_out = wall;
    return true;
}

i64 form_instant(Ctx *ctx, const Request *req, const char *name, const Zone *zone)
{
    const char *text = raw(req, name);
    i64 instant;
    Wall wall;
    if (text_blank(text))
        return 0;
    if (clock_parse_rfc3339(text_trim(ctx->arena, text), &instant))
        return instant;
    return form_wall(ctx, req, name, &wall) ? clock_instant(zone, wall, NULL) : 0;
}

bool form_version(Ctx *ctx, const Request *req, i64 version)
{
    if (req->version == NONE || req->version == version)
        return true;
    return fault(
        ctx, FAULT_STALE,
        "somebody else has changed this meanwhile: look at it again and repeat your change");
}

/* ---- for views ---- */

void form_refuse(const Request *req, const char *field, const char *what)
{
    form_return(req->form, &(Fault){.kind = FAULT_INVALID, .field = field, .what = what});
}

const char *form_value(const Form *form, const char *name, const char *otherwise)
{
    const char *typed = form_again(form) ? form_first(&form->body, name) : NULL;
    return typed ? typed : otherwise;
}

bool form_checked(const Form *form, const char *name, const char *value, bool otherwise)
{
    if (!form_again(form))
        return otherwise;
    for (size_t i = 0; i < form->body.count; i++)
        if (!strcmp(form->body.items[i].name, name) && !strcmp(form->body.items[i].value, value))
            return true;
    return false;
}

const char *form_error(const Form *form, const char *name)
{
    return form ? form_first(&form->errors, name) : NULL;
}

const char *form_trouble(const Form *form)
{
    return form ? form->trouble : NULL;
}

bool form_again(const Form *form)
{
    return form && form->again;
}

const char *form_csrf(const Form *form)
{
    return form ? form->csrf : NULL;
}

/* ---- what the components ask ---- */

const char *form_input_id(const Html *h, const Input *in)
{
    return arena_text(html_arena(h), in->id ? in->id : in->name);
}

const char *form_input_text(const Input *in)
{
    return form_value(in->form, in->name, in->value);
}

const char *form_input_describedby(const Html *h, const Input *in)
{
    const char *id = form_input_id(h, in);
    bool wrong_here = form_error(in->form, in->name) != NULL;
    if (!in->hint && !wrong_here)
        return NULL;
    return arena_printf(html_arena(h), "%s%s%s%s%s", in->hint ? id : "", in->hint ? "-hint" : "",
                        in->hint && wrong_here ? " " : "", wrong_here ? id : "",
                        wrong_here ? "-error" : "");
}

List form_input_choices(const Html *h, const Input *in)
{
    if (!in->words)
        return in->choices;
    size_t n = 0;
    while (in->words[n].name)
        n++;
    Choice *choices = arena_array(html_arena(h), Choice, n + 1);
    for (size_t i = 0; i < n; i++)
        choices[i] = (Choice){in->words[i].name, html_say(h, in->words[i].label)};
    return (List){choices, n};
}

static bool has_line(const char *lines, const char *line)
{
    size_t size = strlen(line);
    for (const char *p = lines; p; p = strchr(p, '\n') ? strchr(p, '\n') + 1 : NULL)
        if (strcspn(p, "\n") == size && !strncmp(p, line, size))
            return true;
    return false;
}

bool form_input_chosen(const Input *in, const char *value)
{
    return form_checked(in->form, in->name, value, in->value && has_line(in->value, value));
}

List form_errors(const Form *form)
{
    static_assert(sizeof(Pair) == sizeof(Choice), "both are two texts");
    return form ? (List){form->errors.items, form->errors.count} : (List){NULL, 0};
}

Url form_error_link(const Html *h, const char *field)
{
    return url_slug(html_arena(h), "#", field, NULL);
}
