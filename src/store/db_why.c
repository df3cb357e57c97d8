/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* db_why.c: the sentence that says why a database cannot be opened; it lives as long as the program. */
#include "store/db_driver.h"

#include <glib.h>

const char *db_why(const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    g_autofree char *text = g_strdup_vprintf(fmt, args);
    va_end(args);
    return g_intern_string(text);
}
