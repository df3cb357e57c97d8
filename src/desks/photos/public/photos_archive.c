/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_archive.c: a ZIP archive as a plan: where each byte of it will come from, before any is read (PKWARE APPNOTE 6.3.9).
 *
 * Files are stored as they are, their CRC-32 is known, so every header can be written ahead and the archive's length is exact.
 * Sizes and places that need more than 32 bits, and more than 65,534 files, are said the way of zip64. */
#include "desks/photos/public/photos_public.h"

enum {
    LOCAL_BYTES = 30, LOCAL_WIDE = 20,       /* of a local header without its name; of its zip64 field */
    CENTRAL_BYTES = 46, CENTRAL_WIDE = 28,   /* likewise of an entry in the directory */
    END_BYTES = 22, END_WIDE = 56 + 20,      /* the end; zip64's end and its locator */
    NAMES_UTF8 = 1 << 11, OF_UNIX = 3 << 8, MODE_SHIFT = 16, FILE_MODE = 0100644,
    VERSION = 20, VERSION_WIDE = 45,
    FILES_NARROW = 0xffff
};
#define NARROW ((i64)0xffffffff)

/* ---- CRC-32 (ISO 3309), of texts of ours: files bring theirs ---- */

i64 photos_crc(const char *bytes, size_t n)
{
    u64 crc = 0xffffffff;
    for (size_t i = 0; i < n; i++) {
        crc ^= (unsigned char)bytes[i];
        for (int bit = 0; bit < 8; bit++)
            crc = crc & 1 ? crc >> 1 ^ 0xedb88320 : crc >> 1;
    }
    return (i64)(crc ^ 0xffffffff);
}

/* ---- numbers, the least byte first ---- */

static void add_number(Buf *out, i64 n, int bytes)
{
    for (int i = 0; i < bytes; i++)
        buf_char(out, (char)((u64)n >> (8 * i) & 0xff));
}

static i64 narrowed(i64 n)
{
    return n < NARROW ? n : NARROW;
}

/* MS-DOS: two seconds to a tick, years from 1980; in the city's time. */
static i64 dos_time(Ctx *ctx, i64 at)
{
    Wall w = clock_wall(ctx->city->zone, at);
    if (w.year < 1980)
        return 1 << 21 | 1 << 16;
    return (i64)(w.year - 1980) << 25 | (i64)w.month << 21 | (i64)w.day << 16 | (i64)w.hour << 11 | (i64)w.minute << 5 | w.second / 2;
}

/* ---- sizes ---- */

static i64 size_of(const ArchiveFile *f)
{
    return f->sha256 ? f->size : (i64)f->bytes.size;
}

static i64 head_size(const ArchiveFile *f)
{
    return LOCAL_BYTES + (i64)strlen(f->name) + (size_of(f) >= NARROW ? LOCAL_WIDE : 0);
}

static bool is_wide(const ArchiveFile *f, i64 place)
{
    return size_of(f) >= NARROW || place >= NARROW;
}

static i64 entry_size(const ArchiveFile *f, i64 place)
{
    return CENTRAL_BYTES + (i64)strlen(f->name) + (is_wide(f, place) ? CENTRAL_WIDE : 0);
}

static bool end_is_wide(size_t count, i64 directory, i64 directory_size)
{
    return count >= FILES_NARROW || directory >= NARROW || directory_size >= NARROW;
}

i64 photos_archive_size(const ArchiveFile *files, size_t count)
{
    i64 place = 0, directory_size = 0;
    for (size_t i = 0; i < count; i++) {
        directory_size += entry_size(&files[i], place);
        place += head_size(&files[i]) + size_of(&files[i]);
    }
    return place + directory_size + END_BYTES + (end_is_wide(count, place, directory_size) ? END_WIDE : 0);
}

/* ---- headers ---- */

/* What both kinds of header say alike: from the version that is needed to the length of the name. */
static void add_common(Ctx *ctx, Buf *out, const ArchiveFile *f, bool wide)
{
    i64 size = wide && size_of(f) >= NARROW ? NARROW : size_of(f);
    add_number(out, wide ? VERSION_WIDE : VERSION, 2);
    add_number(out, NAMES_UTF8, 2);
    add_number(out, 0, 2); /* stored */
    add_number(out, dos_time(ctx, f->at), 4);
    add_number(out, f->crc, 4);
    add_number(out, size, 4);
    add_number(out, size, 4);
    add_number(out, (i64)strlen(f->name), 2);
}

static void add_head(Ctx *ctx, Buf *out, const ArchiveFile *f)
{
    bool wide = size_of(f) >= NARROW;
    add_number(out, 0x04034b50, 4);
    add_common(ctx, out, f, wide);
    add_number(out, wide ? LOCAL_WIDE : 0, 2);
    buf_text(out, f->name);
    if (!wide)
        return;
    add_number(out, 1, 2);
    add_number(out, LOCAL_WIDE - 4, 2);
    add_number(out, size_of(f), 8);
    add_number(out, size_of(f), 8);
}

/* A reader looks in the wide field only for what the narrow one leaves open: so all three are left open, or none. */
static void add_entry(Ctx *ctx, Buf *out, const ArchiveFile *f, i64 place)
{
    bool wide = is_wide(f, place);
    ArchiveFile open = *f;
    if (wide && !open.sha256)
        open = (ArchiveFile){.name = f->name, .sha256 = "", .crc = f->crc, .at = f->at};
    if (wide)
        open.size = NARROW;
    add_number(out, 0x02014b50, 4);
    add_number(out, OF_UNIX | (wide ? VERSION_WIDE : VERSION), 2);
    add_common(ctx, out, &open, wide);
    add_number(out, wide ? CENTRAL_WIDE : 0, 2);
    add_number(out, 0, 2 + 2 + 2); /* no comment, the first disk, no text */
    add_number(out, (i64)FILE_MODE << MODE_SHIFT, 4);
    add_number(out, wide ? NARROW : place, 4);
    buf_text(out, f->name);
    if (!wide)
        return;
    add_number(out, 1, 2);
    add_number(out, CENTRAL_WIDE - 4, 2);
    add_number(out, size_of(f), 8);
    add_number(out, size_of(f), 8);
    add_number(out, place, 8);
}

static void add_wide_end(Buf *out, i64 count, i64 directory, i64 size)
{
    add_number(out, 0x06064b50, 4);
    add_number(out, 56 - 12, 8); /* what follows this number */
    add_number(out, OF_UNIX | VERSION_WIDE, 2);
    add_number(out, VERSION_WIDE, 2);
    add_number(out, 0, 4 + 4); /* one disk */
    add_number(out, count, 8);
    add_number(out, count, 8);
    add_number(out, size, 8);
    add_number(out, directory, 8);
    add_number(out, 0x07064b50, 4);
    add_number(out, 0, 4);
    add_number(out, directory + size, 8);
    add_number(out, 1, 4);
}

static void add_end(Buf *out, size_t count, i64 directory, i64 size)
{
    bool wide = end_is_wide(count, directory, size);
    i64 files = count < FILES_NARROW ? (i64)count : FILES_NARROW;
    if (wide)
        add_wide_end(out, (i64)count, directory, size);
    add_number(out, 0x06054b50, 4);
    add_number(out, 0, 2 + 2); /* one disk */
    add_number(out, files, 2);
    add_number(out, files, 2);
    add_number(out, narrowed(size), 4);
    add_number(out, narrowed(directory), 4);
    add_number(out, 0, 2); /* no comment */
}

/* ---- the plan ---- */

static PagePiece head_piece(Ctx *ctx, const ArchiveFile *f)
{
    Buf *out = buf_new(ctx->arena, (size_t)head_size(f) + 1, (size_t)head_size(f) + 1);
    add_head(ctx, out, f);
    return (PagePiece){.bytes = {buf_data(out), buf_size(out)}};
}

static PagePiece directory_piece(Ctx *ctx, const ArchiveFile *files, size_t count)
{
    i64 place = 0, size = 0;
    for (size_t i = 0; i < count; i++) {
        size += entry_size(&files[i], place);
        place += head_size(&files[i]) + size_of(&files[i]);
    }
    size_t most = (size_t)size + END_BYTES + END_WIDE + 1;
    Buf *out = buf_new(ctx->arena, most, most);
    i64 at = 0;
    for (size_t i = 0; i < count; i++) {
        add_entry(ctx, out, &files[i], at);
        at += head_size(&files[i]) + size_of(&files[i]);
    }
    add_end(out, count, place, size);
    return (PagePiece){.bytes = {buf_data(out), buf_size(out)}};
}

PagePieces *photos_archive_plan(Ctx *ctx, const ArchiveFile *files, size_t count)
{
    PagePieces *plan = arena_new_of(ctx->arena, PagePieces);
    PagePiece *pieces = arena_array(ctx->arena, PagePiece, 2 * count + 1);
    for (size_t i = 0; i < count; i++) {
        pieces[2 * i] = head_piece(ctx, &files[i]);
        pieces[2 * i + 1] = (PagePiece){.bytes = files[i].bytes, .sha256 = files[i].sha256, .size = files[i].size};
    }
    pieces[2 * count] = directory_piece(ctx, files, count);
    *plan = (PagePieces){.items = pieces, .count = 2 * count + 1, .size = photos_archive_size(files, count)};
    return plan;
}
