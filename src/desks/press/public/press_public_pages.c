/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_public_pages.c: the addresses of releases that citizens read. */
#include "desks/press/press_pages.h"
#include "desks/press/public/press_public.h"

const Route press_public_routes[] = {
    {GET, "/comunicados", press_page_public_list, PUBLIC, "Releases: all, of a topic, of a year or a month",
     .list = true, .formats = AS_HTML | AS_JSON | AS_ATOM | AS_RSS, .query = "tema anio mes limit after", .shape = &press_public_shape},
    {GET, "/comunicados/:slug", press_page_public_release, PUBLIC, "A release; its earlier editions and other languages",
     .formats = AS_HTML | AS_JSON | AS_ATOM | AS_TEXT, .query = "edicion idioma", .shape = &press_public_shape},
    {GET, "/comunicados/:slug/archivos/:id", press_page_public_file, PUBLIC, "A file of a release", .formats = AS_HTML, .one_kind = true},
    {0},
};
