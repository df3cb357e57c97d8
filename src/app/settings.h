/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* settings.h: what the operator decides: vocero.conf in the data folder, VOCERO_SECTION_KEY in the environment, and
 * the command line, the later winning.  A value "file:PATH" of a secret is read from that file. */
#pragma once
#include "base/ctx.h"
#include "base/log.h"
#include "web/site.h"

/* What the command line said; NULL: nothing. */
typedef struct Overrides {
    const char *data, *listen, *db, *vault, *base_url;
    bool no_work;
} Overrides;

typedef struct Settings {
    const char *data;      /* the folder, absolute */
    const char *db_url, *vault_url;
    const char *seal_key;  /* path of the file with the city's signing key */
    City city;
    bool base_url_given;
    WebSettings web;
    int workers;           /* threads for jobs */
    int node;              /* 0..63; nodes that share a database differ, so that their ids never meet */
    bool work;
    LogLevel log_level;
} Settings;

/* The data folder that the command line or VOCERO_DATA names, absolute; not looked at. */
const char *settings_data(Arena *a, const char *from_command_line);
/* Everything; false with a sentence (what, where, the cure) when a key is unknown or a value is none of its kind. */
bool settings_load(Arena *a, const Overrides *over, Settings *settings_out, const char **why_out);
/* Writes a new vocero.conf; false when it cannot. */
bool settings_write(const char *data, const char *city_name, const char *zone, const char **why_out);
/* For --help and the documentation: one line a key. */
void settings_describe(FILE *out);
