/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_photo_look.c: what the pages with pictures ask: their addresses at the desk. */
#include "desks/press/pictures/press_photo.h"
#include "desks/press/pictures/press_pictures.h"

Url press_photo_url(Arena *a, i64 photo, const char *variant)
{
    return url_slug(a, url_id(a, "/mesa/fotos/", photo, "/").s, variant, NULL);
}

Url press_copy_url(Arena *a, i64 file, const char *variant)
{
    return url_slug(a, url_id(a, "/mesa/comunicados/archivos/", file, "/").s, variant, NULL);
}
