/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_gallery_shown.h: what the views of galleries are given, and what they ask. */
#pragma once
#include "desks/photos/desk/photos_desk.h"
#include "desks/photos/galleries/photos_galleries.h"

/* ---- photos_gallery_look.c ---- */
Url photos_gallery_desk_url(Arena *a, i64 gallery);
Url photos_gallery_act_url(Arena *a, i64 gallery, const char *act); /* /mesa/galerias/…/publicar */
Url photos_gallery_site_url(Arena *a, const Gallery *g);           /* where citizens see it */
const char *photos_gallery_look(GalleryState state);               /* the chip's class */
const char *photos_gallery_icon(GalleryState state);
const char *photos_gallery_verb(const Html *h, const char *verb);  /* of the journal */
const char *photos_gallery_when(Html *h, const Gallery *g);        /* "published 14 jul 2022, 10:00" */

/* ---- the list ---- */
typedef struct DeskGalleryTab {
    const char *label;
    Url url;
    i64 count;             /* NONE: not counted */
    bool current;
} DeskGalleryTab;
typedef struct DeskGalleries {
    const Request *req;
    List tabs;             /* of DeskGalleryTab */
    List galleries;        /* of Gallery */
    i64 total;
    const char *event_title; /* NULL: not of one event */
    Url first, next, begin;
    bool may_edit, narrowed;
} DeskGalleries;

/* ---- a new one ---- */
typedef struct EventWithPhotos {
    i64 id, starts_at, photos;
    const char *title;
} EventWithPhotos;
typedef struct DeskGalleryNew {
    const Request *req;
    const Event *event;    /* NULL: not chosen yet, or of several */
    List events;           /* of EventWithPhotos */
    List photos;           /* of Photo: proposed */
    bool marked;           /* proposed are those that are kept or outstanding; else all that are ready */
    i64 left;              /* how many more there are */
} DeskGalleryNew;

/* ---- one ---- */
typedef struct DeskGalleryItem {
    const Photo *photo;
    i64 position;
    List obstacles, warnings; /* of const char * */
    bool is_cover;
} DeskGalleryItem;
typedef struct DeskGallery {
    const Request *req;
    const Gallery *gallery;
    const Form *form;      /* of its words; NULL: another form was wrong */
    const char *active;    /* the last part of the address of the form that was wrong; NULL: none */
    List items;            /* of DeskGalleryItem */
    i64 blocked;           /* how many of them something stands against */
    List events;           /* of Choice */
    List covers;           /* of Choice */
    List journal;          /* of JournalLine */
    bool may_edit, may_publish;
    bool open;             /* it can be changed now */
    bool is_public;        /* citizens can open it */
    GalleryStall stall;
} DeskGallery;
typedef struct DeskGalleryFill {
    const Request *req;
    const Gallery *gallery;
    const char *words;
    i64 event;
    List photos;           /* of Photo that are not in it */
    Url next;
} DeskGalleryFill;

/* ---- photos_gallery_one_pages.c ---- */
void photos_page_desk_gallery(Ctx *ctx, const Request *req, Page *page); /* also drawn again when one of its forms was wrong */
void photos_give_gallery(Ctx *ctx, const Request *req, Page *page, i64 id, const char *notice);
List photos_read_some_ids(Ctx *ctx, const Request *req);            /* as photos_read_ids(); none is fine */

/* ---- the addresses, by file: list, one, new, order, way ---- */
extern PageHandler photos_page_desk_galleries, photos_act_desk_gallery_change, photos_page_desk_gallery_new, photos_act_desk_gallery_add;
extern PageHandler photos_act_desk_gallery_order, photos_act_desk_gallery_back, photos_page_desk_gallery_fill, photos_act_desk_gallery_fill,
    photos_page_desk_gallery_preview;
extern PageHandler photos_act_desk_gallery_publish, photos_act_desk_gallery_stop, photos_act_desk_gallery_unpublish, photos_act_desk_gallery_drop;
