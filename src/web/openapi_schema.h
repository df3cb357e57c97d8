/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* openapi_schema.h: a Shape as JSON Schema; private to openapi.c. */
#pragma once
#include "base/shape.h"

/* The shapes that were named, each once, nested ones too. */
typedef struct ShapeNames {
    const Shape *items[256];
    size_t count;
} ShapeNames;

void schema_note(ShapeNames *names, const Shape *shape);
void schema_ref(JsonOut *j, const char *key, const Shape *shape);      /* {"$ref": "#/components/schemas/event"} */
void schema_list_ref(JsonOut *j, const char *key, const Shape *shape); /* {"items": […], "total", "next"} */
void schema_write(JsonOut *j, const Shape *shape);                     /* "event": {"type": "object", …} */
