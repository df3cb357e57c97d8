/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* media.h: pictures: what one is, how it looks, what its maker wrote into it, and copies of it.
 *
 * Foreign bytes are decoded, and what is written in them is read, only in a program of its own, `vocero-pictures` (worker/),
 * which is jailed: niced, with limits on memory, time and files, without network, without paths (seccomp, Landlock where the
 * kernel has it). It gets open files and gives bytes back over a socket. Each process does one picture at a time and is
 * replaced after MEDIA_RECYCLE of them, or when it fails: a process that dies takes one picture's answer with it, nothing else.
 *
 * Taken are JPEG, PNG, WebP and HEIF, by content, whatever the name says. Copies are upright, sRGB, and hold nothing of what
 * the maker wrote: only our own words. */
#pragma once
#include "base/ctx.h"
#include "store/vault.h"

enum { MEDIA_SIDE_MAX = 20000, MEDIA_RECYCLE = 200, MEDIA_SCALE = 10000, MEDIA_FACES_MAX = 50 };
#define MEDIA_PIXELS_MAX ((i64)100 * 1000 * 1000)

typedef struct Media Media;
/* Nothing is started before the first picture. program NULL: beside our own, as it is built or installed. processes: at once. */
Media *media_new(const char *program, int processes);
void media_free(Media *m);                   /* ends the processes; NULL is fine */
/* NULL: pictures can be worked on here; else what is missing and the cure, for vocero check. */
const char *media_trouble(Ctx *ctx, Media *m);

/* Parts of the upright picture, in 1/MEDIA_SCALE of its width and height. */
typedef struct MediaBox {
    i64 x, y, width, height;
} MediaBox;

/* What is in it and what its maker wrote. Texts are valid UTF-8, trimmed, at most 4 KB each; NULL: not said. */
typedef struct MediaFacts {
    const char *type;                        /* image/jpeg, image/png, image/webp, image/heif */
    i64 width, height;                       /* pixels, upright */
    u64 look, edges;                         /* pHash, dHash (media_distance) */
    i64 sharpness;                           /* variance of the Laplacian at 640 px: compares frames of one burst, nothing else */
    const char *thumbhash;                   /* base64 */
    List faces;                              /* of MediaBox: proposals */
    /* XMP before IPTC (its declared character set, else UTF-8, else Windows-1252) before EXIF */
    const char *taken;                       /* wall time 2022-07-14T10:00:00 */
    i64 taken_offset;                        /* minutes east of UTC; NONE: not said */
    double lat, lon;                         /* WGS84 degrees; NAN: not said */
    const char *camera;                      /* make and model */
    const char *headline, *caption, *creator, *credit, *rights, *alt, *place, *people, *keywords; /* the last two: one a line */
} MediaFacts;

/* Slow, like all below. fd is read from its beginning and stays open. FAULT_INVALID (field "file") with a sentence when it is no
 * picture that is taken, cut off, or too large; when a limit stopped its process (memory, time, a forbidden call); and when
 * processes died of this same file three times. FAULT_UNSUPPORTED when the program is not there. FAULT_BUSY when the process
 * died otherwise: trying again is right, so a job just fails and is tried again, and ends with the third try's sentence. */
CHECKED bool media_inspect(Ctx *ctx, Media *m, int fd, bool faces, MediaFacts *facts_out);

/* The words that a copy carries (XMP; of a stamped one IPTC too). NULL: left out. */
typedef struct MediaWords {
    const char *headline, *caption, *creator, *credit, *rights, *alt, *source; /* source: the page where it stands */
    const char *taken, *place, *keywords, *people;
    const char *tongue;                      /* of the texts: "es" */
} MediaWords;

typedef struct MediaWish {
    const char *variant;                     /* "1280.webp": comes back with the copy */
    const char *type;                        /* image/jpeg, image/webp, image/avif, image/png */
    i64 width, height;                       /* at most so wide, never enlarged; height not 0: cropped to it around the focal point */
    bool stamped;                            /* JPEG for media: IPTC and XMP as gexiv2 writes them */
    bool bare;                               /* without any words: what another record keeps */
} MediaWish;

/* All of it from one decoding; boxes are made unrecognisable (coarse blocks with noise) before anything is made smaller. */
typedef struct MediaRecipe {
    const MediaWish *wishes;
    size_t wish_count;
    List boxes;                              /* of MediaBox */
    i64 focal_x, focal_y;                    /* in 1/MEDIA_SCALE */
    const char *watermark;                   /* a short text in the lower right corner; NULL: none */
    MediaWords words;
} MediaRecipe;

typedef struct MediaCopy {
    const char *variant, *type, *sha256;     /* in the vault */
    i64 width, height, size, crc;            /* crc: CRC-32, for ZIP files */
} MediaCopy;
/* As many copies as wishes, in their order, or a fault. */
CHECKED bool media_make(Ctx *ctx, Media *m, Vault *vault, int fd, const MediaRecipe *recipe, List *copies_out);

/* A JPEG with these facts written into it as a camera and its owner would (EXIF, IPTC, XMP, GPS): for the demo city and tests. */
CHECKED bool media_write_facts(Ctx *ctx, Media *m, Vault *vault, int fd, const MediaFacts *facts, const char **sha256_out, i64 *size_out);

/* How many bits of two looks differ. */
int media_distance(u64 one, u64 other);
