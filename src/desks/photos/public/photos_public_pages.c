/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_public_pages.c: the addresses of galleries that citizens see. */
#include "desks/photos/photos_pages.h"
#include "desks/photos/public/photos_public.h"

const Route photos_public_routes[] = {
    {GET, "/galerias", photos_page_galleries, PUBLIC, "Galleries of pictures: all, or of a year", .list = true, .formats = AS_HTML | AS_JSON | AS_ATOM,
     .query = "anio limit after", .shape = &photos_public_gallery_shape},
    {GET, "/galerias/:slug", photos_page_gallery, PUBLIC, "A gallery with its pictures", .formats = AS_HTML | AS_JSON | AS_ATOM,
     .shape = &photos_public_gallery_shape},
    {GET, "/galerias/:slug/insertar", photos_page_embed, PUBLIC, "A gallery to be shown inside other pages", .formats = AS_HTML},
    {GET, "/galerias/:slug/fotos.zip", photos_page_archive, PUBLIC, "All pictures of a gallery in one archive", .formats = AS_HTML,
     .uncached = true, .one_kind = true},
    {GET, "/galerias/:slug/:id", photos_page_picture, PUBLIC, "One picture of a gallery", .shape = &photos_public_shape},
    {GET, "/oembed", photos_page_oembed, PUBLIC, "How a gallery or a picture is embedded (oEmbed)", .formats = AS_JSON, .query = "url"},
    {0},
};
