/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_file_type.c: which files may be published with a release, by what is in them and never by their name.
 *
 * What a browser could run as a page (HTML, SVG, XML), programs, archives and macros are refused. */
#include "desks/press/pictures/press_pictures.h"
#include "web/sniff.h"

static const char *const plain[] = {"application/pdf", "image/jpeg", "image/png", "image/webp"};

static const char *office_type(Ctx *ctx, Bytes file)
{
    if (sniff_macros(file))
        return fault_at(ctx, __FILE__, FAULT_UNSUPPORTED, "file",
                        "This document holds macros: save it without them (.docx, .xlsx, .pptx).");
    const char *office = sniff_office(file);
    if (!office)
        fault_at(ctx, __FILE__, FAULT_UNSUPPORTED, "file", "Archives are not taken: add the files that are in it one by one.");
    return office;
}

static const char *text_type(Ctx *ctx, Bytes file, const char *filename)
{
    size_t n = filename ? strlen(filename) : 0;
    if (sniff_markup(file))
        return fault_at(ctx, __FILE__, FAULT_UNSUPPORTED, "file",
                        "Pages and drawings made of code (HTML, SVG, XML) are not taken: save it as a PDF or a picture.");
    if (!text_valid(file.data, file.size))
        return fault_at(ctx, __FILE__, FAULT_UNSUPPORTED, "file",
                        "This text is not written in UTF-8: save it so, or as a PDF.");
    return n > 4 && !strcasecmp(filename + n - 4, ".csv") ? "text/csv; charset=utf-8" : "text/plain; charset=utf-8";
}

bool press_is_picture(const char *type)
{
    return text_same(type, "image/jpeg") || text_same(type, "image/png") || text_same(type, "image/webp");
}

const char *press_file_type(Ctx *ctx, Bytes file, const char *sniffed, const char *filename)
{
    for (size_t i = 0; i < COUNT(plain); i++)
        if (text_same(plain[i], sniffed))
            return plain[i];
    if (text_same(sniffed, "application/zip"))
        return office_type(ctx, file);
    if (text_same(sniffed, "text/plain") || text_same(sniffed, "application/xml"))
        return text_type(ctx, file, filename);
    return fault_at(ctx, __FILE__, FAULT_UNSUPPORTED, "file",
                    "This kind of file is not taken. A PDF, a JPEG, PNG or WebP picture, a document of an office program, a text or a table (CSV) is.");
}
