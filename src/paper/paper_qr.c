/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* paper_qr.c: QR codes as modules, and as a path for a web page. */
#include "paper/paper.h"

#include <qrencode.h>

enum { QUIET_ZONE = 4 }; /* ISO/IEC 18004 8.3.8 asks for four modules around the code */

bool paper_qr(Arena *a, const char *text, int *size_out, const unsigned char **modules_out)
{
    if (!text || !*text || strlen(text) > PAPER_QR_MAX)
        return false;
    QRcode *code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
    if (!code)
        return false;
    size_t count = (size_t)code->width * (size_t)code->width;
    unsigned char *modules = arena_bytes(a, count);
    for (size_t i = 0; i < count; i++)
        modules[i] = code->data[i] & 1;
    *size_out = code->width;
    *modules_out = modules;
    QRcode_free(code);
    return true;
}

/* A run of dark modules in a row is one rectangle. */
static void add_row(Buf *path, const unsigned char *row, int size, int y)
{
    for (int x = 0; x < size; x++) {
        int from = x;
        while (x < size && row[x])
            x++;
        if (x > from)
            buf_printf(path, "M%d %dh%dv1h-%dz", from + QUIET_ZONE, y + QUIET_ZONE, x - from,
                       x - from);
    }
}

const char *paper_qr_path(Arena *a, const char *text, int *side_out)
{
    int size;
    const unsigned char *modules;
    if (!paper_qr(a, text, &size, &modules))
        return NULL;
    Buf *path = buf_new(a, 4096, 1 << 20);
    for (int y = 0; y < size; y++)
        add_row(path, modules + y * size, size, y);
    *side_out = size + 2 * QUIET_ZONE;
    return buf_data(path);
}
