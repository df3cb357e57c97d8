/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* paper_zip.c: named parts into a ZIP archive, through libarchive. */
#include "paper/paper_zip.h"

#include <archive.h>
#include <archive_entry.h>

static la_ssize_t collect(struct archive *zip, void *out, const void *bytes, size_t n)
{
    buf_add(out, bytes, n);
    return buf_over(out) ? -1 : (la_ssize_t)n;
}

static bool add_part(struct archive *zip, const ZipPart *part)
{
    struct archive_entry *entry = archive_entry_new();
    archive_entry_set_pathname(entry, part->name);
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    archive_entry_set_size(entry, (la_int64_t)part->bytes.size);
    bool good =
        archive_write_header(zip, entry) == ARCHIVE_OK &&
        archive_write_data(zip, part->bytes.data, part->bytes.size) == (la_ssize_t)part->bytes.size;
    archive_entry_free(entry);
    return good;
}

bool zip_write(const ZipPart *parts, size_t count, Buf *out)
{
    struct archive *zip = archive_write_new();
    bool good = archive_write_set_format_zip(zip) == ARCHIVE_OK &&
                archive_write_set_options(zip, "zip:compression=deflate") == ARCHIVE_OK &&
                archive_write_set_bytes_in_last_block(zip, 1) == ARCHIVE_OK &&
                archive_write_open(zip, out, NULL, collect, NULL) == ARCHIVE_OK;
    for (size_t i = 0; good && i < count; i++)
        good = add_part(zip, &parts[i]);
    good = archive_write_close(zip) == ARCHIVE_OK && good;
    archive_write_free(zip);
    return good && !buf_over(out);
}
