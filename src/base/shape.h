/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* shape.h: said once for a struct: how a row falls into it, and how it leaves as JSON and CSV. */
#pragma once
#include "base/ctx.h"
#include "base/json.h"

typedef enum {
    FIELD_ID,    /* i64; 13 characters; 0 is nothing */
    FIELD_INT,   /* i64; NONE is nothing */
    FIELD_REAL,  /* double; NAN is nothing */
    FIELD_BOOL,  /* bool; 0/1 in the database */
    FIELD_TEXT,  /* const char *; NULL is nothing */
    FIELD_LINES, /* const char *, one thing a line; a list of texts in JSON (NULL: empty), joined by "; " in CSV */
    FIELD_TIME,  /* i64, an instant; 0 is nothing; RFC 3339 with the city's offset */
    FIELD_WORD,  /* int (an enum), spelt by a table of words */
    FIELD_PART,  /* a struct inside; its columns are called member_column; JSON leaves it out when nothing is in it */
    FIELD_MANY   /* List of structs; not in the row: the rule fills it in */
} FieldKind;

typedef struct Shape Shape;
typedef struct Field {
    const char *name; /* column and JSON key */
    FieldKind kind;
    size_t offset;
    const Word *words;  /* FIELD_WORD */
    const Shape *shape; /* FIELD_PART, FIELD_MANY */
    bool hidden;        /* filled from the row, left out of JSON and CSV */
} Field;
struct Shape {
    const char *name; /* what one is called: "event"; names the type in OpenAPI */
    size_t size;
    const Field *fields;
    size_t count;
};

#define SHAPE(name_, Type, table) {.name = name_, .size = sizeof(Type), .fields = table, .count = COUNT(table)}
#define FIELD_OF(Type, member, kind_) {.name = #member, .kind = kind_, .offset = offsetof(Type, member)}
#define FIELD_ID(Type, member)    FIELD_OF(Type, member, FIELD_ID)
#define FIELD_INT(Type, member)   FIELD_OF(Type, member, FIELD_INT)
#define FIELD_REAL(Type, member)  FIELD_OF(Type, member, FIELD_REAL)
#define FIELD_BOOL(Type, member)  FIELD_OF(Type, member, FIELD_BOOL)
#define FIELD_TEXT(Type, member)  FIELD_OF(Type, member, FIELD_TEXT)
#define FIELD_LINES(Type, member) FIELD_OF(Type, member, FIELD_LINES)
#define FIELD_TIME(Type, member)  FIELD_OF(Type, member, FIELD_TIME)
#define FIELD_WORD(Type, member, words_) \
    {.name = #member, .kind = FIELD_WORD, .offset = offsetof(Type, member), .words = words_}
#define FIELD_PART(Type, member, shape_) \
    {.name = #member, .kind = FIELD_PART, .offset = offsetof(Type, member), .shape = shape_}
#define FIELD_MANY(Type, member, shape_) \
    {.name = #member, .kind = FIELD_MANY, .offset = offsetof(Type, member), .shape = shape_}
#define FIELD_HIDDEN(Type, member, kind_) \
    {.name = #member, .kind = kind_, .offset = offsetof(Type, member), .hidden = true}

void shape_json(JsonOut *j, const char *key, const Zone *zone, const Shape *shape, const void *item);
void shape_csv_head(Buf *out, const Shape *shape);
/* RFC 4180, CRLF; a text that starts with = + - @ tab or CR gets an apostrophe before it (CSV injection). */
void shape_csv_row(Buf *out, const Zone *zone, const Shape *shape, const void *item);
