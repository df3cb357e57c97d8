/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* media_wire.h: what is said between us and vocero-pictures: JSON after its length, with open files beside it.
 *
 * One message is 4 bytes of length (this machine's order) and so many bytes of JSON; files come with the length (SCM_RIGHTS).
 * We ask, it answers once; the first thing that it says, unasked, is whether it can begin. Both sides write and read by the
 * same shapes; what is read is checked by whoever uses it, for the other side reads foreign bytes. */
#pragma once
#include "base/shape.h"
#include "media/worker/work.h"

enum { WIRE_MESSAGE_MAX = 512 * 1024, WIRE_FILES_MAX = 2, WIRE_TEXT_MAX = 4096 };
#define WIRE_FOREVER INT64_MAX

typedef enum { WIRE_INSPECT, WIRE_MAKE, WIRE_WRITE_FACTS } WireVerb;

typedef struct WireAsk {
    int verb;                  /* WireVerb */
    bool faces;                /* of inspect */
    List wishes, boxes;        /* of make: MediaWish, MediaBox */
    i64 focal_x, focal_y;
    const char *watermark;
    MediaWords words;
    MediaFacts facts;          /* of write_facts */
} WireAsk;

typedef struct WireAnswer {
    bool done;
    int kind;                  /* not done: a FaultKind */
    const char *what;          /* and its sentence, an English msgid; of the first message: why it cannot begin */
    MediaFacts facts;
    List copies;               /* of WorkCopy */
    i64 size;
} WireAnswer;

extern const Shape wire_ask, wire_answer;

Bytes wire_text(Arena *a, const Shape *shape, const void *item);
/* False after a fault: no JSON. Members that are absent, or of another kind, are left as nothing. */
CHECKED bool wire_read(Ctx *ctx, Bytes text, const Shape *shape, void *item_out);

/* Until the deadline (clock_monotonic). False: too late, or the other side is gone. */
CHECKED bool wire_send(int socket, Bytes text, const int *files, size_t count, i64 deadline);
typedef struct WireMessage {
    char *bytes;               /* NULL: nothing came */
    size_t size;
    int files[WIRE_FILES_MAX]; /* -1: none */
} WireMessage;
CHECKED bool wire_receive(int socket, i64 deadline, WireMessage *message_out);
void wire_drop(WireMessage *message);
