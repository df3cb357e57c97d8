/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* log.h: one JSON line an occurrence, on standard error, no personal data.
 *
 * Lines are gathered and written by a thread of their own every 100 ms or 64 KB; warnings and
 * errors at once.  After a crash the last tenth of a second of request lines may be missing. */
#pragma once
#include "base/base.h"

typedef enum { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR, LOG_SILENT } LogLevel;

typedef struct LogItem {
    const char *key, *text; /* text NULL: the number counts */
    i64 number;
} LogItem;
#define LOG_T(key_, text_)  ((LogItem){.key = key_, .text = (text_) ? (text_) : ""})
#define LOG_N(key_, n_)     ((LogItem){.key = key_, .number = (n_)})

void log_level(LogLevel least);
void log_start(void); /* starts the writing thread; without it every line is written at once */
void log_stop(void);  /* writes what is left */
bool log_wants(LogLevel level);
/* For who writes very many lines alike: a whole line made by the caller, JSON and newline, below 4000 bytes. */
void log_ready(LogLevel level, const char *line, size_t n);
void log_write(LogLevel level, const char *event, const LogItem *items, size_t n);
#define log_line(level, event, ...) \
    log_write(level, event, (LogItem[]){__VA_ARGS__}, sizeof((LogItem[]){__VA_ARGS__}) / sizeof(LogItem))
