/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* framing_fuzz.c: any bytes as a request's head: the checks neither read outside nor contradict
 * themselves. */
#include "web/framing.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Cuts "name\0value\0" pairs out of the bytes, as the parser would leave them. */
static size_t cut(char *text, size_t size, Header *headers, size_t max)
{
    size_t n = 0;
    char *at = text, *end = text + size;
    while (at < end && n < max) {
        char *name = at;
        at += strlen(at) + 1;
        if (at >= end)
            break;
        headers[n++] = (Header){name, at};
        at += strlen(at) + 1;
    }
    return n;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = malloc(size + 2);
    memcpy(text, data, size);
    text[size] = text[size + 1] = '\0';
    Header headers[FRAMING_HEADERS_MAX + 8];
    size_t n = cut(text, size, headers, COUNT(headers));
    int status = 0;
    FramingBody body;
    const char *why = framing_wrong(headers, n, size & 1, &body, &status);
    if (why && (status < 400 || status > 505))
        abort();
    if (!why && body.chunked && body.length != NONE)
        abort();
    if (n > 0) {
        framing_line_wrong(headers[0].name, headers[0].value, "HTTP/1.1", &status);
        framing_seamless(text, text + size, headers, n);
    }
    free(text);
    return 0;
}
