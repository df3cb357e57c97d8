/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* db_shape.h: how a row falls into a struct; private to store/.
 *
 * Which column goes to which member is worked out once for a prepared statement and a Shape, and
 * kept for the life of the connection.  Columns that the Shape does not know are left out; members
 * that no column fills are nothing: 0, NONE, NAN, NULL or the first word. */
#pragma once
#include "store/db_driver.h"

typedef struct DbMap DbMap;

DbMaps *db_maps_new(void);
void db_maps_free(DbMaps *maps); /* NULL is fine */

/* Valid until the next call of db_map(). */
const DbMap *db_map(DbMaps *maps, const DbDriver *driver, DbRows *rows, const Shape *shape);
/* Fills shape->size bytes at item; texts are copied into the arena. False with a fault on an unknown word. */
CHECKED bool db_map_fill(Ctx *ctx, const DbMap *map, const DbDriver *driver, DbRows *rows,
                         void *item);
