/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_attachment_type.c: which files an event may have, by what is in them and never by their name.
 *
 * What a browser could run as a page (HTML, SVG, XML) is refused, and so are macros. */
#include "desks/agenda/events/agenda_attachment.h"
#include "web/sniff.h"

/* Taken as they are. */
static const char *const plain[] = {
    "application/pdf", "image/jpeg", "image/png",  "image/gif",  "image/webp",
    "image/avif",      "image/heic", "image/heif", "image/tiff", "text/calendar",
};

static const char *zip_type(Ctx *ctx, Bytes file)
{
    if (sniff_macros(file))
        return fault_at(ctx, __FILE__, FAULT_UNSUPPORTED, "file",
                        "This document holds macros: save it without them (.docx, .xlsx, .pptx).");
    const char *office = sniff_office(file);
    return office ? office : "application/zip";
}

/* Of the files of old office programs only the name tells what they are. */
static const char *old_office(const char *filename)
{
    static const struct {
        const char *ending, *type;
    } olds[] = {{".doc", "application/msword"}, {".xls", "application/vnd.ms-excel"}, {".ppt", "application/vnd.ms-powerpoint"}};
    size_t n = filename ? strlen(filename) : 0;
    for (size_t i = 0; i < COUNT(olds); i++)
        if (n > 4 && !strcasecmp(filename + n - 4, olds[i].ending))
            return olds[i].type;
    return NULL;
}

const char *agenda_attachment_type(Ctx *ctx, Bytes file, const char *sniffed, const char *filename)
{
    for (size_t i = 0; i < COUNT(plain); i++)
        if (text_same(plain[i], sniffed))
            return plain[i];
    if (text_same(sniffed, "application/zip"))
        return zip_type(ctx, file);
    if (text_same(sniffed, "text/plain") && !sniff_markup(file))
        return "text/plain; charset=utf-8";
    if (file.size > 8 && !memcmp(file.data, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8) &&
        old_office(filename))
        return old_office(filename);
    return fault_at(ctx, __FILE__, FAULT_UNSUPPORTED, "file",
                    "This kind of file is not taken. A PDF, a picture, a document of an office program, "
                    "a text or a ZIP archive is.");
}
