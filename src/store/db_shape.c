/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* db_shape.c: column names to members, worked out once, then rows into structs. */
#include "store/db_shape.h"

#include <glib.h>
#include <math.h>

typedef struct Slot {
    const Field *field; /* NULL: no member wants this column */
    size_t offset;      /* from the outermost struct */
} Slot;

typedef struct MapKey {
    const void *prepared;
    const Shape *shape;
} MapKey;

struct DbMap {
    MapKey key;
    int columns;
    Slot *slots;
    char *nothing; /* a struct in which every member is nothing */
};

struct DbMaps {
    GHashTable *by_key;
};

static unsigned key_hash(const void *p)
{
    const MapKey *key = p;
    return g_direct_hash(key->prepared) * 31 + g_direct_hash(key->shape);
}

static int key_equal(const void *a, const void *b)
{
    const MapKey *x = a, *y = b;
    return x->prepared == y->prepared && x->shape == y->shape;
}

static void map_free(void *p)
{
    DbMap *map = p;
    g_free(map->slots);
    g_free(map->nothing);
    g_free(map);
}

DbMaps *db_maps_new(void)
{
    DbMaps *maps = g_new0(DbMaps, 1);
    maps->by_key = g_hash_table_new_full(key_hash, key_equal, NULL, map_free);
    return maps;
}

void db_maps_free(DbMaps *maps)
{
    if (!maps)
        return;
    g_hash_table_destroy(maps->by_key);
    g_free(maps);
}

/* ---- working it out ---- */
static void field_nothing(const Field *field, char *to)
{
    switch (field->kind) {
    case FIELD_INT: *(i64 *)to = NONE; break;
    case FIELD_REAL: *(double *)to = NAN; break;
    default: break; /* the bytes are zero already */
    }
}

static void shape_nothing(const Shape *shape, char *to)
{
    for (size_t f = 0; f < shape->count; f++) {
        const Field *field = &shape->fields[f];
        if (field->kind == FIELD_PART)
            shape_nothing(field->shape, to + field->offset);
        else
            field_nothing(field, to + field->offset);
    }
}

/* "place_name" is the member place's column name. */
static const char *after_prefix(const char *column, const char *member)
{
    size_t n = strlen(member);
    return strncmp(column, member, n) == 0 && column[n] == '_' ? column + n + 1 : NULL;
}

static bool slot_find(const Shape *shape, const char *column, size_t base, Slot *slot_out)
{
    for (size_t f = 0; f < shape->count; f++) {
        const Field *field = &shape->fields[f];
        if (field->kind == FIELD_MANY)
            continue;
        if (field->kind != FIELD_PART) {
            if (strcmp(field->name, column) != 0)
                continue;
            *slot_out = (Slot){field, base + field->offset};
            return true;
        }
        const char *rest = after_prefix(column, field->name);
        if (rest && slot_find(field->shape, rest, base + field->offset, slot_out))
            return true;
    }
    return false;
}

static void map_columns(DbMap *map, const DbDriver *driver, DbRows *rows)
{
    map->columns = driver->columns(rows);
    map->slots = g_renew(Slot, map->slots, (size_t)map->columns);
    for (int c = 0; c < map->columns; c++) {
        map->slots[c] = (Slot){0};
        slot_find(map->key.shape, driver->column_name(rows, c), 0, &map->slots[c]);
    }
}

static DbMap *map_new(MapKey key)
{
    DbMap *map = g_new0(DbMap, 1);
    map->key = key;
    map->nothing = g_malloc0(key.shape->size);
    map->columns = -1;
    shape_nothing(key.shape, map->nothing);
    return map;
}

const DbMap *db_map(DbMaps *maps, const DbDriver *driver, DbRows *rows, const Shape *shape)
{
    MapKey key = {driver->prepared_key(rows), shape};
    DbMap *map = g_hash_table_lookup(maps->by_key, &key);
    if (!map) {
        map = map_new(key);
        g_hash_table_insert(maps->by_key, &map->key, map);
    }
    if (map->columns !=
        driver->columns(rows)) /* new, or prepared again after a step added a column */
        map_columns(map, driver, rows);
    return map;
}

/* ---- filling ---- */
static bool fill_word(Ctx *ctx, const Field *field, const char *text, int *to)
{
    int word = word_find(field->words, text);
    if (word < 0)
        return fault(ctx, FAULT_BROKEN, "column %s holds the unknown word \"%s\"", field->name,
                     text);
    *to = word;
    return true;
}

static bool fill_text(Ctx *ctx, const char *text, size_t size, const char **to)
{
    if (arena_full(ctx->arena))
        return fault(ctx, FAULT_TOO_LARGE,
                     "This is more than fits into one answer. Ask for a smaller part.");
    *to = arena_copy(ctx->arena, text, size);
    return true;
}

static bool fill_slot(Ctx *ctx, Slot slot, const DbDriver *driver, DbRows *rows, int c, char *item)
{
    char *to = item + slot.offset;
    size_t size = 0;
    switch (slot.field->kind) {
    case FIELD_ID:
    case FIELD_INT:
    case FIELD_TIME: *(i64 *)to = driver->column_int(rows, c); return true;
    case FIELD_BOOL: *(bool *)to = driver->column_int(rows, c) != 0; return true;
    case FIELD_REAL: *(double *)to = driver->column_real(rows, c); return true;
    case FIELD_WORD:
        return fill_word(ctx, slot.field, driver->column_text(rows, c, &size), (int *)to);
    case FIELD_TEXT:
    case FIELD_LINES: {
        const char *text = driver->column_text(rows, c, &size);
        return fill_text(ctx, text, size, (const char **)to);
    }
    case FIELD_PART:
    case FIELD_MANY: break; /* never in a slot */
    }
    return true;
}

bool db_map_fill(Ctx *ctx, const DbMap *map, const DbDriver *driver, DbRows *rows, void *item)
{
    memcpy(item, map->nothing, map->key.shape->size);
    for (int c = 0; c < map->columns; c++) {
        Slot slot = map->slots[c];
        if (!slot.field || driver->column_null(rows, c))
            continue;
        if (!fill_slot(ctx, slot, driver, rows, c, item))
            return false;
    }
    return true;
}
