/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* paper_zip.c: named parts into a ZIP archive, through libarchive. */
#include "paper/paper_zip.h"

#include <archive.h>
#include <archive_entry.h>

typedef struct Outlet {
    ZipSink *sink;
    void *to;
} Outlet;

static la_ssize_t pass_on(struct archive *zip, void *data, const void *bytes, size_t n)
{
    const Outlet *out = data;
    return out->sink(out->to, bytes, n) ? (la_ssize_t)n : -1;
}

static bool add_part(struct archive *zip, const ZipPart *part)
{
    struct archive_entry *entry = archive_entry_new();
    archive_entry_set_pathname(entry, part->name);
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    archive_entry_set_size(entry, (la_int64_t)part->bytes.size);
    bool good =
        (part->stored ? archive_write_zip_set_compression_store(zip) : archive_write_zip_set_compression_deflate(zip)) == ARCHIVE_OK &&
        archive_write_header(zip, entry) == ARCHIVE_OK &&
        archive_write_data(zip, part->bytes.data, part->bytes.size) == (la_ssize_t)part->bytes.size;
    archive_entry_free(entry);
    return good;
}

bool zip_write_to(const ZipPart *parts, size_t count, ZipSink *sink, void *to)
{
    Outlet outlet = {sink, to};
    struct archive *zip = archive_write_new();
    bool good = archive_write_set_format_zip(zip) == ARCHIVE_OK && archive_write_set_bytes_in_last_block(zip, 1) == ARCHIVE_OK &&
                archive_write_open(zip, &outlet, NULL, pass_on, NULL) == ARCHIVE_OK;
    for (size_t i = 0; good && i < count; i++)
        good = add_part(zip, &parts[i]);
    good = archive_write_close(zip) == ARCHIVE_OK && good;
    archive_write_free(zip);
    return good;
}

static bool collect(void *out, const void *bytes, size_t n)
{
    buf_add(out, bytes, n);
    return !buf_over(out);
}

bool zip_write(const ZipPart *parts, size_t count, Buf *out)
{
    return zip_write_to(parts, count, collect, out) && !buf_over(out);
}
