/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* media_wire.c: asks and answers as JSON, by the same shapes on both sides. */
#include "media/media_wire.h"

static const Word verb_words[] = {
    [WIRE_INSPECT] = {"inspect", NULL},
    [WIRE_MAKE] = {"make", NULL},
    [WIRE_WRITE_FACTS] = {"write_facts", NULL},
    {0},
};

/* ---- the shapes ---- */

static const Field box_fields[] = {
    FIELD_INT(MediaBox, x), FIELD_INT(MediaBox, y), FIELD_INT(MediaBox, width), FIELD_INT(MediaBox, height),
};
static const Shape box = SHAPE("box", MediaBox, box_fields);

static const Field facts_fields[] = {
    FIELD_TEXT(MediaFacts, type),     FIELD_INT(MediaFacts, width),     FIELD_INT(MediaFacts, height),
    FIELD_INT(MediaFacts, look),      FIELD_INT(MediaFacts, edges),     FIELD_INT(MediaFacts, sharpness),
    FIELD_TEXT(MediaFacts, thumbhash), FIELD_MANY(MediaFacts, faces, &box), FIELD_TEXT(MediaFacts, taken),
    FIELD_INT(MediaFacts, taken_offset), FIELD_REAL(MediaFacts, lat),   FIELD_REAL(MediaFacts, lon),
    FIELD_TEXT(MediaFacts, camera),   FIELD_TEXT(MediaFacts, headline), FIELD_TEXT(MediaFacts, caption),
    FIELD_TEXT(MediaFacts, creator),  FIELD_TEXT(MediaFacts, credit),   FIELD_TEXT(MediaFacts, rights),
    FIELD_TEXT(MediaFacts, alt),      FIELD_TEXT(MediaFacts, place),    FIELD_TEXT(MediaFacts, people),
    FIELD_TEXT(MediaFacts, keywords),
};
static const Shape facts = SHAPE("facts", MediaFacts, facts_fields);

static const Field words_fields[] = {
    FIELD_TEXT(MediaWords, headline), FIELD_TEXT(MediaWords, caption), FIELD_TEXT(MediaWords, creator),
    FIELD_TEXT(MediaWords, credit),   FIELD_TEXT(MediaWords, rights),  FIELD_TEXT(MediaWords, alt),
    FIELD_TEXT(MediaWords, source),   FIELD_TEXT(MediaWords, taken),   FIELD_TEXT(MediaWords, place),
    FIELD_TEXT(MediaWords, keywords), FIELD_TEXT(MediaWords, people),  FIELD_TEXT(MediaWords, tongue),
};
static const Shape words = SHAPE("words", MediaWords, words_fields);

static const Field wish_fields[] = {
    FIELD_TEXT(MediaWish, variant), FIELD_TEXT(MediaWish, type),    FIELD_INT(MediaWish, width),
    FIELD_INT(MediaWish, height),   FIELD_BOOL(MediaWish, stamped), FIELD_BOOL(MediaWish, bare),
};
static const Shape wish = SHAPE("wish", MediaWish, wish_fields);

static const Field copy_fields[] = {
    FIELD_TEXT(WorkCopy, variant), FIELD_TEXT(WorkCopy, type),  FIELD_INT(WorkCopy, width), FIELD_INT(WorkCopy, height),
    FIELD_INT(WorkCopy, offset),   FIELD_INT(WorkCopy, size),   FIELD_INT(WorkCopy, crc),
};
static const Shape copy = SHAPE("copy", WorkCopy, copy_fields);

static const Field ask_fields[] = {
    FIELD_WORD(WireAsk, verb, verb_words), FIELD_BOOL(WireAsk, faces),    FIELD_MANY(WireAsk, wishes, &wish),
    FIELD_MANY(WireAsk, boxes, &box),      FIELD_INT(WireAsk, focal_x),   FIELD_INT(WireAsk, focal_y),
    FIELD_TEXT(WireAsk, watermark),        FIELD_PART(WireAsk, words, &words), FIELD_PART(WireAsk, facts, &facts),
};
const Shape wire_ask = SHAPE("ask", WireAsk, ask_fields);

static const Field answer_fields[] = {
    FIELD_BOOL(WireAnswer, done),  FIELD_WORD(WireAnswer, kind, fault_words),  FIELD_TEXT(WireAnswer, what),
    FIELD_PART(WireAnswer, facts, &facts), FIELD_MANY(WireAnswer, copies, &copy), FIELD_INT(WireAnswer, size),
};
const Shape wire_answer = SHAPE("answer", WireAnswer, answer_fields);

Bytes wire_text(Arena *a, const Shape *shape, const void *item)
{
    Buf *buf = buf_new(a, 4096, WIRE_MESSAGE_MAX);
    JsonOut json = json_out(buf);
    shape_json(&json, NULL, NULL, shape, item);
    return (Bytes){buf_data(buf), buf_over(buf) ? 0 : buf_size(buf)};
}

/* ---- reading ---- */

#define MEMBER(Type, item, field) (*(Type *)((char *)(item) + (field)->offset))

static void read_object(Arena *a, const Json *from, const Shape *shape, void *item);

static List read_list(Arena *a, const Json *from, const Shape *shape)
{
    size_t count = json_kind(from) == JSON_LIST ? json_count(from) : 0;
    char *items = arena_items(a, shape->size, count ? count : 1);
    for (size_t i = 0; i < count; i++)
        read_object(a, json_at(from, i), shape, items + i * shape->size);
    return (List){items, count};
}

static void read_member(Arena *a, const Json *v, const Field *f, void *item)
{
    switch (f->kind) {
    case FIELD_INT: MEMBER(i64, item, f) = v ? json_int_of(v) : NONE; break;
    case FIELD_REAL: MEMBER(double, item, f) = json_real_of(v); break;
    case FIELD_BOOL: MEMBER(bool, item, f) = v && json_bool_of(v); break;
    case FIELD_TEXT: MEMBER(const char *, item, f) = v ? json_text_of(v) : NULL; break;
    case FIELD_WORD: MEMBER(int, item, f) = v ? word_find(f->words, json_text_of(v)) : -1; break;
    case FIELD_PART: read_object(a, v, f->shape, (char *)item + f->offset); break;
    case FIELD_MANY: MEMBER(List, item, f) = read_list(a, v, f->shape); break;
    default: break; /* no other kind is said here */
    }
}

static void read_object(Arena *a, const Json *from, const Shape *shape, void *item)
{
    for (size_t i = 0; i < shape->count; i++)
        read_member(a, from ? json_get(from, shape->fields[i].name) : NULL, &shape->fields[i], item);
}

bool wire_read(Ctx *ctx, Bytes text, const Shape *shape, void *item_out)
{
    const Json *json = json_read(ctx, text.data, text.size);
    if (!json || json_kind(json) != JSON_OBJECT)
        return faulted(ctx) ? false : fault(ctx, FAULT_MALFORMED, "What was said is no JSON object.");
    read_object(ctx->arena, json, shape, item_out);
    return true;
}
