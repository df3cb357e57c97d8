/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* form_data.c: names and values as they came, and mistakes beside them. */
#include "web/form_data.h"

#include "base/json.h"
#include "base/text.h"

enum { JSON_FIELDS_DEEP = 3 };

Form *form_new(Arena *a)
{
    Form *form = arena_new_of(a, Form);
    form->arena = a;
    return form;
}

static bool pairs_add(Arena *a, Pairs *pairs, const char *name, const char *value)
{
    if (pairs->count == FIELDS_MAX)
        return false;
    if (pairs->count == pairs->room) {
        size_t room = pairs->room ? pairs->room * 2 : 8;
        Pair *items = arena_array(a, Pair, room);
        if (pairs->count)
            memcpy(items, pairs->items, pairs->count * sizeof *items);
        pairs->items = items;
        pairs->room = room;
    }
    pairs->items[pairs->count++] = (Pair){name, value};
    return true;
}

bool form_add_query(Form *form, const char *name, const char *value)
{
    return pairs_add(form->arena, &form->query, name, value);
}

void form_set_query(Form *form, const char *name, const char *value)
{
    Pairs kept = {0};
    pairs_add(form->arena, &kept, name, value);
    for (size_t i = 0; i < form->query.count; i++)
        if (strcmp(form->query.items[i].name, name))
            pairs_add(form->arena, &kept, form->query.items[i].name, form->query.items[i].value);
    form->query = kept;
}

bool form_add(Form *form, const char *name, const char *value)
{
    return pairs_add(form->arena, &form->body, name, value);
}

const char *form_first(const Pairs *pairs, const char *name)
{
    for (size_t i = 0; i < pairs->count; i++)
        if (!strcmp(pairs->items[i].name, name))
            return pairs->items[i].value;
    return NULL;
}

void form_note(Form *form, const char *field, const char *message)
{
    if (!form_first(&form->errors, field))
        pairs_add(form->arena, &form->errors, field, message);
}

void form_return(Form *form, const Fault *fault)
{
    form->again = true;
    if (fault->field)
        form_note(form, fault->field, fault->what);
    else
        form->trouble = fault->what;
}

static void add_named(Buf *out, const Form *form, const char *name)
{
    for (size_t i = 0; i < form->query.count; i++) {
        if (strcmp(form->query.items[i].name, name))
            continue;
        buf_char(out, '&');
        buf_text(out, name);
        buf_char(out, '=');
        address_encode(out, form->query.items[i].value, "");
    }
}

const char *form_named_query(Arena *a, const Request *req)
{
    Buf *out = buf_new(a, 128, 4 * QUERY_MAX);
    const char *names = req->route ? req->route->query : NULL;
    List list = names ? text_split(a, names, ' ') : (List){NULL, 0};
    for (size_t i = 0; i < list.count; i++) {
        const char *name = ((const char *const *)list.items)[i];
        if (strcmp(name, "after") && strcmp(name, "limit"))
            add_named(out, req->form, name);
    }
    add_named(out, req->form, "after");
    add_named(out, req->form, "limit");
    return buf_data(out);
}

/* ---- JSON ---- */

typedef struct JsonFields {
    Ctx *ctx;
    Form *form;
    const char *prefix;
    int depth;
} JsonFields;

static void refuse(JsonFields *to, const char *name)
{
    fault_at(to->ctx, __FILE__ ":" LINE_TEXT(__LINE__), FAULT_MALFORMED, name,
             "\"%s\" must be a text, a number, true, false, null or a list of those", name);
}

static const char *scalar(Arena *a, const Json *v)
{
    switch (json_kind(v)) {
    case JSON_NULL: return "";
    case JSON_TEXT: return json_text_of(v);
    case JSON_BOOL: return json_bool_of(v) ? "true" : "false";
    case JSON_INT: return arena_printf(a, "%" PRId64, json_int_of(v));
    case JSON_REAL: return arena_printf(a, "%.17g", json_real_of(v));
    default: return NULL;
    }
}

static void add_text(JsonFields *to, const char *name, const char *text)
{
    if (!text_valid(text, strlen(text)))
        fault(to->ctx, FAULT_MALFORMED, "the text of \"%s\" is not UTF-8", name);
    else if (!form_add(to->form, name, text))
        fault(to->ctx, FAULT_MALFORMED, "more than %d fields", FIELDS_MAX);
}

static void add_scalar(JsonFields *to, const char *name, const Json *v)
{
    const char *text = scalar(to->form->arena, v);
    if (text)
        add_text(to, name, text);
    else
        refuse(to, name);
}

static void add_member(void *data, const char *key, const Json *v);

/* One thing of a list; an object is told by its place: evidence.0.kind. */
static void add_item(JsonFields *to, const char *name, const Json *v, size_t i)
{
    if (json_kind(v) != JSON_OBJECT || to->depth >= JSON_FIELDS_DEEP) {
        add_scalar(to, name, v);
        return;
    }
    JsonFields inner = {to->ctx, to->form, arena_printf(to->form->arena, "%s.%zu.", name, i),
                        to->depth + 1};
    json_each(v, add_member, &inner);
}

static void add_member(void *data, const char *key, const Json *v)
{
    JsonFields *to = data;
    if (faulted(to->ctx))
        return;
    const char *name = arena_printf(to->form->arena, "%s%s", to->prefix, key);
    if (json_kind(v) == JSON_OBJECT && to->depth < JSON_FIELDS_DEEP) {
        JsonFields inner = {to->ctx, to->form, arena_printf(to->form->arena, "%s_", name),
                            to->depth + 1};
        json_each(v, add_member, &inner);
    } else if (json_kind(v) == JSON_LIST) {
        if (json_count(v) == 0)
            add_text(to, name, "");
        for (size_t i = 0; i < json_count(v) && !faulted(to->ctx); i++)
            add_item(to, name, json_at(v, i), i);
    } else {
        add_scalar(to, name, v);
    }
}

bool form_add_json(Ctx *ctx, Form *form, const char *bytes, size_t n)
{
    const Json *top = json_read(ctx, bytes, n);
    if (!top)
        return false;
    if (json_kind(top) != JSON_OBJECT)
        return fault(ctx, FAULT_MALFORMED, "the body must be a JSON object: {\"field\": value}");
    JsonFields to = {ctx, form, "", 0};
    json_each(top, add_member, &to);
    return !faulted(ctx);
}
