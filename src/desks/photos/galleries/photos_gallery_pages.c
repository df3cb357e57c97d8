/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_gallery_pages.c: the desk's addresses of galleries. */
#include "desks/photos/galleries/photos_gallery_shown.h"
#include "desks/photos/photos_pages.h"

#define STEP(name, handler, right, summary, fields_)                                             \
    {                                                                                            \
        POST, "/mesa/galerias/:id/" name, handler, right, summary, .fields = fields_,            \
            .shape = &photos_gallery_shape, .form = photos_page_desk_gallery                          \
    }

const Route photos_gallery_routes[] = {
    {GET, "/mesa/galerias", photos_page_desk_galleries, RIGHT_PHOTOS_READ, "Galleries, the youngest change first, by state and event", .list = true,
     .query = "estado evento limit after", .shape = &photos_gallery_shape},
    {POST, "/mesa/galerias", photos_act_desk_gallery_add, RIGHT_PHOTOS_EDIT, "Begins a gallery; photos: their numbers, in their order",
     .fields = "title! lead event cover watermark photos", .shape = &photos_gallery_shape, .form = photos_page_desk_gallery_new},
    {GET, "/mesa/galerias/nueva", photos_page_desk_gallery_new, RIGHT_PHOTOS_EDIT, "The form for a gallery, with an event's chosen photos",
     .formats = AS_HTML, .query = "evento"},
    {GET, "/mesa/galerias/:id", photos_page_desk_gallery, RIGHT_PHOTOS_READ, "A gallery with its photos in their order",
     .shape = &photos_gallery_shape},
    {POST, "/mesa/galerias/:id", photos_act_desk_gallery_change, RIGHT_PHOTOS_EDIT, "Changes a gallery's words, cover, watermark or photos",
     .fields = "title lead event cover watermark photos version", .shape = &photos_gallery_shape, .form = photos_page_desk_gallery},
    {GET, "/mesa/galerias/:id/previa", photos_page_desk_gallery_preview, RIGHT_PHOTOS_READ, "A gallery as citizens will see it", .formats = AS_HTML},
    STEP("orden", photos_act_desk_gallery_order, RIGHT_PHOTOS_EDIT,
         "Puts a gallery's photos in another order: all of them in photos, or one by up, down, out, cover, or from and to",
         "photos up down out cover from to version"),
    {POST, "/mesa/galerias/:id/devolver", photos_act_desk_gallery_back, RIGHT_PHOTOS_EDIT, "Puts a photo back where it was in a gallery",
     .query = "foto lugar", .shape = &photos_gallery_shape},
    {GET, "/mesa/galerias/:id/agregar", photos_page_desk_gallery_fill, RIGHT_PHOTOS_EDIT, "Photos that a gallery can take up, of its event or by words", .list = true,
     .query = "q after", .shape = &photos_shape},
    {POST, "/mesa/galerias/:id/agregar", photos_act_desk_gallery_fill, RIGHT_PHOTOS_EDIT, "Adds photos to a gallery, behind those that it has",
     .fields = "photos! version", .shape = &photos_gallery_shape, .form = photos_page_desk_gallery_fill},
    STEP("publicar", photos_act_desk_gallery_publish, RIGHT_PHOTOS_PUBLISH, "Publishes a gallery as it stands, as soon as all copies are made", "version"),
    STEP("detener", photos_act_desk_gallery_stop, RIGHT_PHOTOS_PUBLISH, "Stops a gallery that is being published", "version"),
    STEP("retirar", photos_act_desk_gallery_unpublish, RIGHT_PHOTOS_PUBLISH, "Unpublishes a gallery: its address says why", "reason! version"),
    STEP("descartar", photos_act_desk_gallery_drop, RIGHT_PHOTOS_EDIT, "Drops a gallery that never was public", "version"),
    {0},
};
