/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* sniff.c: signatures (WHATWG MIME Sniffing, and ISO base media brands). */
#include "web/sniff.h"

#include "base/text.h"

typedef struct Signature {
    const char *bytes;
    size_t size, at;
    const char *type;
} Signature;

#define SIGN(bytes_, at_, type_)               \
    {                                          \
        bytes_, sizeof(bytes_) - 1, at_, type_ \
    }

static const Signature signatures[] = {
    SIGN("\xff\xd8\xff", 0, "image/jpeg"),
    SIGN("\x89PNG\r\n\x1a\n", 0, "image/png"),
    SIGN("GIF87a", 0, "image/gif"),
    SIGN("GIF89a", 0, "image/gif"),
    SIGN("WEBPVP8", 8, "image/webp"),
    SIGN("ftypavif", 4, "image/avif"),
    SIGN("ftypheic", 4, "image/heic"),
    SIGN("ftypheix", 4, "image/heic"),
    SIGN("ftypmif1", 4, "image/heif"),
    SIGN("ftypqt  ", 4, "video/quicktime"),
    SIGN("ftyp", 4, "video/mp4"),
    SIGN("\x1a\x45\xdf\xa3", 0, "video/webm"),
    SIGN("II*\0", 0, "image/tiff"),
    SIGN("MM\0*", 0, "image/tiff"),
    SIGN("%PDF-", 0, "application/pdf"),
    SIGN("PK\3\4", 0, "application/zip"),
    SIGN("\x1f\x8b", 0, "application/gzip"),
    SIGN("ID3", 0, "audio/mpeg"),
    SIGN("OggS", 0, "audio/ogg"),
    SIGN("WAVEfmt ", 8, "audio/wav"),
    SIGN("BEGIN:VCALENDAR", 0, "text/calendar"),
    SIGN("\xef\xbb\xbf"
         "BEGIN:VCALENDAR",
         0, "text/calendar"),
    SIGN("<?xml", 0, "application/xml"),
};

/* The first bytes of a longer file may end in the middle of a sign: up to three of its bytes are
 * forgiven. */
static bool is_text(const char *bytes, size_t n)
{
    size_t forgiven = n == SNIFF_BYTES ? 3 : 0;
    for (size_t cut = 0; cut <= forgiven; cut++)
        if (text_valid(bytes, n - cut))
            return true;
    return false;
}

const char *sniff(const char *bytes, size_t n)
{
    for (size_t i = 0; i < COUNT(signatures); i++) {
        const Signature *s = &signatures[i];
        if (s->at + s->size <= n && !memcmp(bytes + s->at, s->bytes, s->size))
            return s->type;
    }
    return is_text(bytes, n) ? "text/plain" : "application/octet-stream";
}
