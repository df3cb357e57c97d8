/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_photo_look.c: what the page for choosing from the photos asks. */
#include "desks/press/pictures/press_photo.h"

Url press_photo_url(Arena *a, i64 photo, const char *variant)
{
    return url_slug(a, url_id(a, "/mesa/fotos/", photo, "/").s, variant, NULL);
}
