/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_attachment_type.c: which files an event may have, by what is in them and never by their name.
 *
 * Office documents are ZIP archives: the names of their parts tell them apart (ECMA-376, ISO/IEC 26300). What
 * a browser could run as a page (HTML, SVG, XML) is refused, and so are macros. */
#include "desks/agenda/events/agenda_attachment.h"

enum { DIRECTORY = 64 * 1024 };

/* Taken as they are. */
static const char *const plain[] = {
    "application/pdf", "image/jpeg", "image/png",  "image/gif",  "image/webp",
    "image/avif",      "image/heic", "image/heif", "image/tiff", "text/calendar",
};

typedef struct Office {
    const char *part, *type;
} Office;

static const Office offices[] = {
    {"word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    {"xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    {"ppt/presentation.xml",
     "application/vnd.openxmlformats-officedocument.presentationml.presentation"},
    {"application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.text"},
    {"application/vnd.oasis.opendocument.spreadsheet",
     "application/vnd.oasis.opendocument.spreadsheet"},
    {"application/vnd.oasis.opendocument.presentation",
     "application/vnd.oasis.opendocument.presentation"},
};

static bool holds(Bytes where, const char *what)
{
    return memmem(where.data, where.size, what, strlen(what)) != NULL;
}

/* A ZIP's directory stands at its end; an OpenDocument says its type at its beginning. */
static const char *zip_type(Ctx *ctx, Bytes file)
{
    size_t part = file.size < DIRECTORY ? file.size : DIRECTORY;
    Bytes first = {file.data, part}, last = {file.data + file.size - part, part};
    if (holds(last, "vbaProject.bin"))
        return fault_at(ctx, __FILE__, FAULT_UNSUPPORTED, "file",
                        "This document holds macros: save it without them (.docx, .xlsx, .pptx).");
    for (size_t i = 0; i < COUNT(offices); i++)
        if (holds(last, offices[i].part) || holds(first, offices[i].part))
            return offices[i].type;
    return "application/zip";
}

/* Of the files of old office programs only the name tells what they are. */
static const char *old_office(const char *filename)
{
    static const Office olds[] = {{".doc", "application/msword"},
                                  {".xls", "application/vnd.ms-excel"},
                                  {".ppt", "application/vnd.ms-powerpoint"}};
    size_t n = filename ? strlen(filename) : 0;
    for (size_t i = 0; i < COUNT(olds); i++)
        if (n > 4 && !strcasecmp(filename + n - 4, olds[i].part))
            return olds[i].type;
    return NULL;
}

static bool is_markup(Bytes file)
{
    for (size_t i = 0; i < file.size && i < 512; i++)
        if (!strchr(" \t\r\n\xef\xbb\xbf", file.data[i]))
            return file.data[i] == '<';
    return false;
}

const char *agenda_attachment_type(Ctx *ctx, Bytes file, const char *sniffed, const char *filename)
{
    for (size_t i = 0; i < COUNT(plain); i++)
        if (text_same(plain[i], sniffed))
            return plain[i];
    if (text_same(sniffed, "application/zip"))
        return zip_type(ctx, file);
    if (text_same(sniffed, "text/plain") && !is_markup(file))
        return "text/plain; charset=utf-8";
    if (file.size > 8 && !memcmp(file.data, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8) &&
        old_office(filename))
        return old_office(filename);
    return fault_at(ctx, __FILE__, FAULT_UNSUPPORTED, "file",
                    "This kind of file is not taken. A PDF, a picture, a document of an office program, "
                    "a text or a ZIP archive is.");
}
