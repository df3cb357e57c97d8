/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/db_driver.h"
static void *open_db(const char *url, DbMode mode, const char **why_out)
{
    (void)url;
    (void)mode;
    *why_out = "PostgreSQL is not compiled in";
    return NULL;
}
const DbDriver db_postgres = {.kind = DB_POSTGRES, .open = open_db};
