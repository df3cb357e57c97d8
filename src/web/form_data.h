/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* form_data.h: what a Form is made of; private to web/. Fields are gathered by the exchange, read by form.c. */
#pragma once
#include "web/address.h"
#include "web/form.h"

typedef struct Pair {
    const char *name, *value;
} Pair;

typedef struct Pairs {
    Pair *items;
    size_t count, room;
} Pairs;

struct Form {
    Arena *arena;
    Pairs query, body;
    Pairs errors;        /* field and message, in the order of their finding */
    const char *trouble; /* what belongs to no field */
    const char *csrf;    /* NULL: who asks did not come by cookie */
    bool again;
};

Form *form_new(Arena *a);
bool form_add_query(Form *form, const char *name, const char *value); /* false: more than FIELDS_MAX */
void form_set_query(Form *form, const char *name, const char *value); /* instead of what it said */
bool form_add(Form *form, const char *name, const char *value);
const char *form_first(const Pairs *pairs, const char *name); /* NULL when there is none */
/* Notes a mistake; the first one of a field stays. */
void form_note(Form *form, const char *field, const char *message);
/* Makes it a form that is drawn again after this fault. */
void form_return(Form *form, const Fault *fault);

/* The query that a page may depend on: the fields that its route names, in the route's order, then after and limit;
 * "&name=value…", encoded, or "". */
const char *form_named_query(Arena *a, const Request *req);

/* The fields of a JSON object: lists become repeated fields, objects inside are called outer_inner as in
 * a Shape, null is a blank. FAULT_MALFORMED otherwise. */
bool form_add_json(Ctx *ctx, Form *form, const char *bytes, size_t n);
