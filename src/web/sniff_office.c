/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* sniff_office.c: office documents are ZIP archives: the names of their parts tell them apart (ECMA-376, ISO/IEC 26300). */
#include "web/sniff.h"

#include <string.h>

enum { DIRECTORY = 64 * 1024, MARKUP_WITHIN = 512 };

static const struct {
    const char *part, *type;
} offices[] = {
    {"word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    {"xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    {"ppt/presentation.xml", "application/vnd.openxmlformats-officedocument.presentationml.presentation"},
    {"application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.text"},
    {"application/vnd.oasis.opendocument.spreadsheet", "application/vnd.oasis.opendocument.spreadsheet"},
    {"application/vnd.oasis.opendocument.presentation", "application/vnd.oasis.opendocument.presentation"},
};

static bool holds(Bytes where, const char *what)
{
    return memmem(where.data, where.size, what, strlen(what)) != NULL;
}

/* A ZIP's directory stands at its end; an OpenDocument says its type at its beginning. */
static Bytes beginning(Bytes file)
{
    return (Bytes){file.data, file.size < DIRECTORY ? file.size : DIRECTORY};
}

static Bytes end(Bytes file)
{
    size_t n = file.size < DIRECTORY ? file.size : DIRECTORY;
    return (Bytes){file.data + file.size - n, n};
}

const char *sniff_office(Bytes file)
{
    for (size_t i = 0; i < COUNT(offices); i++)
        if (holds(end(file), offices[i].part) || holds(beginning(file), offices[i].part))
            return offices[i].type;
    return NULL;
}

bool sniff_macros(Bytes file)
{
    return holds(end(file), "vbaProject.bin");
}

bool sniff_markup(Bytes file)
{
    for (size_t i = 0; i < file.size && i < MARKUP_WITHIN; i++)
        if (!strchr(" \t\r\n\xef\xbb\xbf", file.data[i]))
            return file.data[i] == '<';
    return false;
}
