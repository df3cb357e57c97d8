/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* base.h: the few nouns that C lacks.  Every other file of Vocero stands on these. */
#pragma once
#include <inttypes.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

typedef int64_t i64;
typedef uint64_t u64;

#define PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))
#define FORMAT_ARG(n)     __attribute__((format_arg(n))) /* returns a format with the directives of its argument n */
#define CLEANUP(fn)       __attribute__((cleanup(fn), unused)) /* unused: clang 14 warns of a lap */
#define CHECKED           __attribute__((warn_unused_result))
#define UNUSED            __attribute__((unused))
#define COUNT(array)      (sizeof(array) / sizeof((array)[0]))

/* A number that is not there: what an empty INTEGER column becomes, and what JSON leaves out. */
#define NONE INT64_MIN

/* Some records in a row, owned by the arena that they were asked into.  The maker says of what. */
typedef struct List {
    const void *items;
    size_t count;
} List;

/* Some bytes that somebody else owns; not terminated. */
typedef struct Bytes {
    const char *data;
    size_t size;
} Bytes;
