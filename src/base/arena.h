/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* arena.h: memory that lives exactly as long as one request or one turn of a job's loop.
 *
 * Pieces are zeroed, aligned for anything and never freed alone.  An arena has a stated maximum:
 * past it arena_full() is true, and lists, pages and imports stop with a fault that says so;
 * at four times the maximum the program aborts, because somebody did not look.  Under
 * AddressSanitizer each piece has a poisoned fence behind it and a reset poisons everything. */
#pragma once
#include <stdarg.h>
#include "base/base.h"

typedef struct Arena Arena;

enum { ARENA_REQUEST_MAX = 16 * 1024 * 1024 };

/* Once, at the program's start: what requests give back stays with the program for the next ones, up to 1 MB a
 * thread, instead of going to the system and coming again as fresh pages each time. */
void arena_keep_memory(void);
Arena *arena_new(size_t max); /* bytes; 0 means ARENA_REQUEST_MAX */
void arena_free(Arena *a);    /* NULL is fine */
void arena_drop(Arena **a);   /* for CLEANUP(arena_drop) */
void arena_reset(Arena *a);   /* runs the destructors, keeps the first block */
size_t arena_used(const Arena *a);
bool arena_full(const Arena *a);

void *arena_bytes(Arena *a, size_t n);
void *arena_items(Arena *a, size_t size, size_t n); /* aborts when size * n overflows */
char *arena_copy(Arena *a, const char *text, size_t n); /* n bytes and a terminator */
char *arena_text(Arena *a, const char *text);           /* NULL stays NULL */
char *arena_printf(Arena *a, const char *fmt, ...) PRINTF(2, 3);
char *arena_vprintf(Arena *a, const char *fmt, va_list ap) PRINTF(2, 0);
#define arena_new_of(a, Type)      ((Type *)arena_bytes((a), sizeof(Type)))
#define arena_array(a, Type, n)    ((Type *)arena_items((a), sizeof(Type), (n)))

/* The thing is released when the arena is reset or freed, the youngest first. */
void arena_own(Arena *a, void *thing, void (*release)(void *thing));
