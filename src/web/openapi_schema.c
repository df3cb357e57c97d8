/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* openapi_schema.c: fields of a Shape as JSON Schema 2020-12. */
#include "web/openapi_schema.h"

static bool named(const ShapeNames *names, const Shape *shape)
{
    for (size_t i = 0; i < names->count; i++)
        if (!strcmp(names->items[i]->name, shape->name))
            return true;
    return false;
}

void schema_note(ShapeNames *names, const Shape *shape)
{
    if (!shape || named(names, shape) || names->count == COUNT(names->items))
        return;
    names->items[names->count++] = shape;
    for (size_t i = 0; i < shape->count; i++)
        if (!shape->fields[i].hidden)
            schema_note(names, shape->fields[i].shape);
}

static void write_ref(JsonOut *j, const Shape *shape)
{
    char ref[128];
    snprintf(ref, sizeof ref, "#/components/schemas/%s", shape->name);
    json_text(j, "$ref", ref);
}

void schema_ref(JsonOut *j, const char *key, const Shape *shape)
{
    json_open(j, key, '{');
    write_ref(j, shape);
    json_close(j, '}');
}

static void list_of(JsonOut *j, const char *key, const Shape *shape)
{
    json_open(j, key, '{');
    json_text(j, "type", "array");
    schema_ref(j, "items", shape);
    json_close(j, '}');
}

static void typed(JsonOut *j, const char *key, const char *type)
{
    json_open(j, key, '{');
    json_text(j, "type", type);
    json_close(j, '}');
}

void schema_list_ref(JsonOut *j, const char *key, const Shape *shape)
{
    json_open(j, key, '{');
    json_text(j, "type", "object");
    json_open(j, "properties", '{');
    list_of(j, "items", shape);
    typed(j, "total", "integer");
    typed(j, "next", "string");
    json_close(j, '}');
    json_open(j, "required", '[');
    json_text(j, NULL, "items");
    json_close(j, ']');
    json_close(j, '}');
}

static void words(JsonOut *j, const Word *word)
{
    json_open(j, "enum", '[');
    for (; word->name; word++)
        json_text(j, NULL, word->name);
    json_close(j, ']');
}

static const char *type_of(FieldKind kind)
{
    switch (kind) {
    case FIELD_INT: return "integer";
    case FIELD_REAL: return "number";
    case FIELD_BOOL: return "boolean";
    default: return "string";
    }
}

static void write_field(JsonOut *j, const Field *f)
{
    if (f->kind == FIELD_PART) {
        schema_ref(j, f->name, f->shape);
        return;
    }
    if (f->kind == FIELD_MANY) {
        list_of(j, f->name, f->shape);
        return;
    }
    json_open(j, f->name, '{');
    json_text(j, "type", f->kind == FIELD_LINES ? "array" : type_of(f->kind));
    if (f->kind == FIELD_LINES)
        typed(j, "items", "string");
    if (f->kind == FIELD_ID)
        json_text(j, "pattern", "^[0-9A-HJKMNP-TV-Z]{13}$");
    if (f->kind == FIELD_TIME)
        json_text(j, "format", "date-time");
    if (f->kind == FIELD_WORD)
        words(j, f->words);
    json_close(j, '}');
}

void schema_write(JsonOut *j, const Shape *shape)
{
    json_open(j, shape->name, '{');
    json_text(j, "type", "object");
    json_open(j, "properties", '{');
    for (size_t i = 0; i < shape->count; i++)
        if (!shape->fields[i].hidden)
            write_field(j, &shape->fields[i]);
    json_close(j, '}');
    json_close(j, '}');
}
