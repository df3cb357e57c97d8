/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* compress.c: zlib and libbrotlienc, whole texts at once. */
#include "web/compress.h"
#include <brotli/encode.h>
#include <stdlib.h>
#include <zlib.h>

enum { GZIP_LEVEL = 6, GZIP_WINDOW = 15 + 16, GZIP_MEMORY = 8, BROTLI_LEVEL = 5 };

/* Kept only when it is smaller than what it was made of. */
static char *kept(char *out, bool made, size_t n, Bytes in, size_t *size_out)
{
    if (!made || n >= in.size) {
        free(out);
        return NULL;
    }
    char *exact = realloc(out, n);
    *size_out = n;
    return exact ? exact : out;
}

char *compress_gzip(Bytes in, size_t *size_out)
{
    z_stream z = {0};
    if (in.size > UINT32_MAX || deflateInit2(&z, GZIP_LEVEL, Z_DEFLATED, GZIP_WINDOW, GZIP_MEMORY,
                                             Z_DEFAULT_STRATEGY) != Z_OK)
        return NULL;
    size_t room = deflateBound(&z, in.size);
    char *out = malloc(room);
    z.next_in = (unsigned char *)in.data;
    z.avail_in = (unsigned)in.size;
    z.next_out = (unsigned char *)out;
    z.avail_out = (unsigned)room;
    bool made = out && deflate(&z, Z_FINISH) == Z_STREAM_END;
    size_t n = z.total_out;
    deflateEnd(&z);
    return kept(out, made, n, in, size_out);
}

char *compress_brotli(Bytes in, size_t *size_out)
{
    size_t n = BrotliEncoderMaxCompressedSize(in.size);
    char *out = n ? malloc(n) : NULL;
    bool made =
        out && BrotliEncoderCompress(BROTLI_LEVEL, BROTLI_DEFAULT_WINDOW, BROTLI_MODE_TEXT, in.size,
                                     (const unsigned char *)in.data, &n, (unsigned char *)out);
    return kept(out, made, n, in, size_out);
}
