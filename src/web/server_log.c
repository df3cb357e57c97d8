/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* server_log.c: the line of a request that was answered from memory, written so that it costs
 * less than the answer.
 *
 * The same keys as exchange_log() in the same order, and "from": "memory".  The time's text is
 * kept for as long as the millisecond lasts. */
#include "web/server_room.h"
#include "base/clock.h"

enum { LINE_MAX_BYTES = 512, ADDRESS_SHOWN = 128 };

typedef struct Line {
    char bytes[LINE_MAX_BYTES];
    size_t size;
} Line;

static void add(Line *line, const char *text, size_t n)
{
    memcpy(line->bytes + line->size, text, n);
    line->size += n;
}

#define add_literal(line, text) add(line, text, sizeof(text) - 1)

static void add_number(Line *line, i64 n)
{
    char digits[24];
    size_t at = sizeof digits;
    u64 rest = n < 0 ? 0 : (u64)n;
    do {
        digits[--at] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest);
    add(line, digits + at, sizeof digits - at);
}

static void keep_time(Lane *lane, i64 now)
{
    Wall w = clock_wall(NULL, now);
    lane->log_ms = now / 1000;
    snprintf(lane->log_time, sizeof lane->log_time, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", w.year,
             w.month, w.day, w.hour, w.minute, w.second, (int)(now % CLOCK_SECOND / 1000));
}

/* address is a route's pattern: ours, and free of what JSON would have to escape. */
void log_from_memory(Conn *conn, const char *method, const char *address, int status, i64 bytes)
{
    Lane *lane = lane_here(conn->server);
    lane_hit(lane, status);
    if (!log_wants(LOG_INFO))
        return;
    i64 now = clock_now();
    if (now / 1000 != lane->log_ms)
        keep_time(lane, now);
    char id[ID_TEXT + 1];
    id_write(id, id_new(now));
    Line line = {.size = 0};
    add_literal(&line, "{\"ts\":\"");
    add(&line, lane->log_time, strlen(lane->log_time));
    add_literal(&line, "\",\"level\":\"info\",\"event\":\"request\",\"id\":\"");
    add(&line, id, ID_TEXT);
    add_literal(&line, "\",\"method\":\"");
    add(&line, method, strnlen(method, 8));
    add_literal(&line, "\",\"address\":\"");
    add(&line, address, strnlen(address, ADDRESS_SHOWN));
    add_literal(&line, "\",\"status\":");
    add_number(&line, status);
    add_literal(&line, ",\"ms\":0,\"queries\":0,\"bytes\":");
    add_number(&line, bytes);
    add_literal(&line, ",\"from\":\"memory\"}\n");
    log_ready(LOG_INFO, line.bytes, line.size);
}
