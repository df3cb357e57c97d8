/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_public.h: what the files of this folder share: citizens' reading of pictures, and what their pages show. */
#pragma once
#include "assets.h"
#include "desks/photos/photos_room.h"
#include "web/feed.h"
#include "web/form.h"
#include "web/pieces.h"

enum { GALLERY_LIST = 24, GALLERY_FEED = 30, GALLERY_ITEMS = 1000 };

/* ---- photos_public_store.c ---- */
List photos_public_by_span(Ctx *ctx, Span span, i64 after_at, i64 after_id, i64 limit); /* of PublicGallery */
i64 photos_public_count_of(Ctx *ctx, Span span);
i64 photos_public_oldest(Ctx *ctx);                          /* 0: nothing is public */
/* Without its pictures; withdrawn ones too; FAULT_NOT_FOUND. */
PublicGallery *photos_public_head(Ctx *ctx, const char *slug);
CHECKED bool photos_public_fill(Ctx *ctx, PublicGallery *gallery);        /* its pictures, without their copies */
CHECKED bool photos_public_fill_copies(Ctx *ctx, PublicGallery *gallery); /* and with them */
List photos_public_variant(Ctx *ctx, i64 gallery, const char *variant);   /* of Rendition: that one of each picture */
const PublicPhoto *photos_public_one(Ctx *ctx, i64 photo);   /* NULL without a fault: not public */
bool photos_public_was(Ctx *ctx, i64 photo);                 /* copies were made for citizens once */

/* ---- photos_public_look.c: addresses and what views ask for ---- */
Url photos_gallery_url(Arena *a, const PublicGallery *gallery, const char *after);   /* /galerias/SLUG… */
Url photos_picture_url(Arena *a, const PublicGallery *gallery, i64 photo);           /* /galerias/SLUG/ID */
Url photos_back_url(Arena *a, const PublicGallery *gallery, i64 photo);              /* /galerias/SLUG#fID */
Url photos_medium_url(Arena *a, const PublicPhoto *photo, const char *variant);
Url photos_download_url(Arena *a, const PublicPhoto *photo, const char *variant);    /* to be kept */
/* Variants as "320.webp 640.webp": each with the width that it has by rule, never wider than the original. */
Url photos_srcset(Arena *a, const PublicPhoto *photo, const char *variants);
i64 photos_scaled_height(const PublicPhoto *photo, i64 width);
const char *photos_focus(const PublicPhoto *photo);          /* classes: where a crop must look; "": in the middle */
bool photos_has_copy(const PublicPhoto *photo, const char *variant); /* among its renditions */
const char *photos_year_of(Ctx *ctx, const PublicGallery *gallery); /* "2022", as the city cuts it */
const char *photos_credits(Ctx *ctx, List items);            /* "Ana Paz, Luis Gil" */
const char *photos_credit_line(Ctx *ctx, const char *credit); /* "Foto: Ana Paz" */
const char *photos_size_said(Ctx *ctx, i64 bytes);           /* "1.2 MB" */
List photos_people(Arena *a, const PublicPhoto *photo);      /* of const char * */
const char *photos_title_of(Ctx *ctx, const PublicGallery *gallery, const PublicPhoto *photo); /* of a picture's page */
const char *photos_license_url(Ctx *ctx);                    /* absolute: how pictures may be used */

/* ---- photos_public_list_views.html, for the page of a gallery too ---- */
void photos_public_view_use(Html *h, int level);

/* ---- photos_public_list.c ---- */
typedef struct GalleryMonth {
    const char *label;
    List galleries;      /* of PublicGallery */
} GalleryMonth;
typedef struct GalleryListShown {
    const char *year;    /* as asked for; NULL: not */
    List months;         /* of GalleryMonth */
    List years;          /* of const char *, the newest first; fewer than two are not shown */
    i64 total;
    const char *next;
    bool first;          /* the beginning of the list */
} GalleryListShown;
void photos_page_galleries(Ctx *ctx, const Request *req, Page *page);
/* photos_public_look.c */
Url photos_list_url(Arena *a, const GalleryListShown *x, const char *suffix, const char *after);
Url photos_year_url(Arena *a, const char *year);

/* ---- photos_public_gallery.c, photos_public_picture.c ---- */
typedef struct GalleryShown {
    const PublicGallery *gallery;
    const PublicPhoto *first;        /* the one that stands large */
    const char *credits;
    const char *embed;               /* the code to copy */
    i64 archive_size;                /* bytes of the archive of all pictures */
    Buf *json;
} GalleryShown;
typedef struct PictureShown {
    const PublicGallery *gallery;
    const PublicPhoto *photo, *previous, *next; /* NULL: there is none */
    const Rendition *press;          /* the copy for media */
    List people;                     /* of const char * */
    Buf *json;
} PictureShown;
void photos_page_gallery(Ctx *ctx, const Request *req, Page *page);
void photos_page_picture(Ctx *ctx, const Request *req, Page *page);
/* The gallery of the request with its pictures; NULL after a fault, or when the page says already that it was withdrawn. */
PublicGallery *photos_asked_gallery(Ctx *ctx, const Request *req, Page *page);
/* What others show of the page when somebody shares it. */
void photos_share(Ctx *ctx, Page *page, const PublicPhoto *photo, i64 published);

/* ---- photos_public_jsonld.c ---- */
Buf *photos_gallery_jsonld(Ctx *ctx, const PublicGallery *gallery);
Buf *photos_picture_jsonld(Ctx *ctx, const PictureShown *x);

/* ---- photos_public_feed.c ---- */
void photos_give_feed(Ctx *ctx, Page *page);
void photos_give_feed_of(Ctx *ctx, Page *page, const PublicGallery *gallery);

/* ---- photos_archive.c: a ZIP archive as a plan of pieces (PKWARE APPNOTE 6.3.9): stored, zip64 where it must be ---- */
typedef struct ArchiveFile {
    const char *name;    /* UTF-8 */
    Bytes bytes;         /* of ours; or */
    const char *sha256;  /* of the vault */
    i64 size, crc;
    i64 at;              /* when it was made */
} ArchiveFile;
/* Pieces in ctx's arena; as long as the archive is. */
PagePieces *photos_archive_plan(Ctx *ctx, const ArchiveFile *files, size_t count);
i64 photos_archive_size(const ArchiveFile *files, size_t count);
i64 photos_crc(const char *bytes, size_t n);

/* ---- photos_archive_page.c ---- */
void photos_page_archive(Ctx *ctx, const Request *req, Page *page);
i64 photos_archive_bytes(Ctx *ctx, const PublicGallery *gallery); /* of its archive; the pictures are there */

/* ---- photos_embed_pages.c ---- */
typedef struct EmbedShown {
    const PublicGallery *gallery;
    const PublicPhoto *photos;
    size_t count;
} EmbedShown;
void photos_page_embed(Ctx *ctx, const Request *req, Page *page);
void photos_page_oembed(Ctx *ctx, const Request *req, Page *page);
Url photos_outside(Arena *a, const char *address); /* photos_public_look.c: an absolute address of ours, for the pages of others */
/* photos_embed.c */
const char *photos_embed_code(Ctx *ctx, const PublicGallery *gallery);
void photos_offer_oembed(Ctx *ctx, Page *page, const char *url); /* url: absolute, of the page */
