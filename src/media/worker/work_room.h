/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* work_room.h: shared by the files of the pictures' work only: pixels in memory, containers of bytes, measures and words.
 *
 * Pixels are 8 bits a colour, sRGB, rows without gaps; three bands, or four with transparency. They lie outside of the arena,
 * and whoever made them ends them with pixels_drop(). */
#pragma once
#include "media/media_room.h"
#include "media/worker/work.h"

#include <glib.h>

typedef struct Pixels {
    unsigned char *at;
    int width, height, bands;
} Pixels;
void pixels_drop(Pixels *p);

/* A file as it came, mapped: nothing of it is in memory before it is read. */
typedef struct Original {
    Bytes bytes;
    const char *type;       /* image/jpeg… by its first bytes */
    i64 width, height;      /* upright */
} Original;
/* Faults as media_inspect(), from the header alone. */
CHECKED bool original_open(Ctx *ctx, int fd, Original *original_out);
void original_close(Original *o);
/* The sentence for what libvips could not read just now; false. */
void *original_unreadable(Ctx *ctx, const Original *o);

/* Upright sRGB pixels of the whole picture, within width x height, never enlarged. */
CHECKED bool pixels_decode(Ctx *ctx, const Original *original, i64 width, i64 height, Pixels *pixels_out);
CHECKED bool pixels_resized(Ctx *ctx, const Pixels *p, i64 width, i64 height, Pixels *pixels_out);
CHECKED bool pixels_cut(Ctx *ctx, const Pixels *p, i64 left, i64 top, i64 width, i64 height, Pixels *pixels_out);
/* Rec. 601 luma, one byte a pixel; white shows through. In the arena. */
unsigned char *pixels_grey(Arena *a, const Pixels *p);

/* In place: six blocks each way, their average and noise from a source that nobody can ask again. */
void pixels_hide(Pixels *p, const MediaBox *box);
/* Before the jail, where the system's random numbers are at hand. */
CHECKED bool pixels_hide_begin(void);

/* In place: a line of text in the lower right corner. Letters that the font lacks are left out. */
void pixels_mark(Ctx *ctx, Pixels *p, const char *text);
CHECKED bool watermark_begin(const char **why_out);
void watermark_end(void);

/* ---- bytes ---- */

typedef enum { ENCODE_JPEG, ENCODE_WEBP, ENCODE_AVIF, ENCODE_PNG, ENCODE_KINDS } EncodeKind;
CHECKED bool encode_kind(const char *type, EncodeKind *kind_out);
/* A file of pixels only: no EXIF, IPTC, XMP or profile. xmp goes into an AVIF, which is made in one piece; else it is NULL. */
CHECKED bool encode(Ctx *ctx, const Pixels *p, EncodeKind kind, const char *xmp, GByteArray **bytes_out);
void encode_drop(GByteArray **bytes);

/* The same file with the packet in it. The file is one that encode() made. xmp NULL: the file as it is. */
CHECKED bool container_with_xmp(Ctx *ctx, EncodeKind kind, Bytes file, const char *xmp, GByteArray *out);

/* ---- words ---- */

enum { XMP_BYTES_MAX = 65533 - 29 }; /* what fits into the one segment of a JPEG */
/* A whole XMP packet (ISO 16684-1), well-formed whatever the words are; NULL when there are none. */
const char *xmp_packet(Arena *a, const MediaWords *words);

/* What the maker wrote; texts NULL, numbers NONE and NAN where nothing legible is there. Never a fault. */
void metadata_read(Ctx *ctx, const Original *original, MediaFacts *facts);
/* Bytes of any character set as valid UTF-8: the declared one (IPTC 1:90, or NULL), else UTF-8, else Windows-1252. No control
 * characters but the line's end, trimmed, at most 4 KB; NULL when nothing is left. */
const char *metadata_text(Arena *a, const char *bytes, size_t n, const char *charset);
/* 2022:07:14 10:00:00 or 2022-07-14T10:00:00.5-05:00 as wall time, and its offset where it says one; false: neither. */
bool metadata_time(Arena *a, const char *text, const char **taken_out, i64 *offset_out);
/* "-05:00", "Z" in minutes. */
bool metadata_offset(const char *text, i64 *minutes_out);

/* IPTC of the words into the bytes of a JPEG. */
CHECKED bool stamp_iptc(Ctx *ctx, const MediaWords *words, GByteArray *jpeg);
/* EXIF, IPTC, XMP and GPS of the facts into the bytes of a JPEG. */
CHECKED bool stamp_facts(Ctx *ctx, const MediaFacts *facts, GByteArray *jpeg);

/* ---- measures ---- */

u64 measure_edges(const Pixels *p);              /* dHash */
i64 measure_sharpness(Ctx *ctx, const Pixels *p); /* p at 640 pixels */
const char *measure_thumbhash(Ctx *ctx, const Pixels *p); /* p at most 100 pixels a side */
List measure_faces(Ctx *ctx, const Pixels *p);   /* of MediaBox */
