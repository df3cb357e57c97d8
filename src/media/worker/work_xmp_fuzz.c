/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* work_xmp_fuzz.c: any bytes as words: the packet is well-formed, and fits into a JPEG. */
#include "media/worker/work_room.h"

#include <expat.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The next text of the bytes, which NULs part. */
static const char *next(Arena *a, const uint8_t **at, const uint8_t *end)
{
    if (*at >= end)
        return NULL;
    const uint8_t *nul = memchr(*at, 0, (size_t)(end - *at));
    size_t n = (size_t)((nul ? nul : end) - *at);
    const char *text = arena_copy(a, (const char *)*at, n);
    *at += n + 1;
    return text;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena *arena CLEANUP(arena_drop)
    = arena_new(0);
    MediaWords w = {0};
    const char **const fields[] = {&w.caption, &w.creator, &w.tongue,   &w.headline, &w.credit, &w.rights,
                                   &w.alt,     &w.source,  &w.keywords, &w.people,   &w.taken,  &w.place};
    const uint8_t *at = data, *end = data + size;
    for (size_t i = 0; i < COUNT(fields) && size; i++)
        *fields[i] = next(arena, &at, end);
    const char *packet = xmp_packet(arena, &w);
    if (!packet)
        return 0;
    XML_Parser parser = XML_ParserCreateNS(NULL, ' ');
    if (strlen(packet) > XMP_BYTES_MAX || XML_Parse(parser, packet, (int)strlen(packet), 1) != XML_STATUS_OK)
        abort();
    XML_ParserFree(parser);
    return 0;
}
