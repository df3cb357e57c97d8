/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_pages.c: the desk's addresses of photos: the grid, one photo, its words, boxes and ways. */
#include "desks/photos/desk/photos_desk.h"
#include "desks/photos/photos_pages.h"

const Route photos_routes[] = {
    {GET, "/mesa/fotos", photos_page_grid, RIGHT_PHOTOS_READ,
     "Photos, the youngest first, by words, place, day, event, photographer, mark, minors and state",
     .formats = AS_HTML | AS_JSON | AS_CSV,
     .query = "q desde hasta mes evento cobertura lugar persona marca menores estado publicada figura area quitadas limit after",
     .shape = &photos_shape},
    {GET, "/mesa/fotos/:id", photos_page_one, RIGHT_PHOTOS_READ, "A photo with its words, boxes and copies", .shape = &photos_shape},
    {POST, "/mesa/fotos/:id", photos_act_change, RIGHT_PHOTOS_EDIT,
     "Changes the words of a photo, its focal point, and whether minors appear; focal_x and focal_y in ten-thousandths",
     .fields = PHOTOS_WORD_FIELDS " minors focal_x focal_y taken_at event coverage target version then back", .shape = &photos_shape,
     .form = photos_page_one},
    {GET, "/mesa/fotos/:id/original", photos_page_original, RIGHT_PHOTOS_EDIT, "The original of a photo, as it came", .one_kind = true},
    {GET, "/mesa/fotos/:id/:variant", photos_page_copy, RIGHT_PHOTOS_READ, "A copy of a photo, for the desk", .one_kind = true},
    {POST, "/mesa/fotos/:id/cuadros", photos_act_box, RIGHT_PHOTOS_EDIT,
     "Draws a box over what must be unrecognisable, or moves one; in ten-thousandths of the picture",
     .fields = "box x! y! width! height! back", .shape = &photos_shape, .form = photos_page_one},
    {POST, "/mesa/fotos/:id/cuadros/decidir", photos_act_box_decide, RIGHT_PHOTOS_EDIT,
     "Confirms or rejects a box, or all that are proposed", .fields = "box state! back", .shape = &photos_shape},
    {POST, "/mesa/fotos/:id/cuadros/quitar", photos_act_box_remove, RIGHT_PHOTOS_EDIT, "Takes a box away", .fields = "box! back",
     .shape = &photos_shape},
    {POST, "/mesa/fotos/:id/quitar", photos_act_remove, RIGHT_PHOTOS_EDIT, "Removes a photo; for 30 days it can be brought back",
     .fields = "reason!", .form = photos_page_one},
    {POST, "/mesa/fotos/:id/devolver", photos_act_bring_back, RIGHT_PHOTOS_EDIT, "Brings a removed photo back", .fields = "back",
     .shape = &photos_shape},
    {POST, "/mesa/fotos/:id/reintentar", photos_act_retry, RIGHT_PHOTOS_UPLOAD, "Looks again at a photo that could not be read",
     .fields = "back", .shape = &photos_shape},
    {POST, "/mesa/fotos/:id/retirar", photos_act_unpublish, RIGHT_PHOTOS_PUBLISH, "Takes a photo off the site, wherever it is used",
     .fields = "reason! back", .shape = &photos_shape, .form = photos_page_one},
    {POST, "/mesa/fotos/quitar", photos_act_remove_all, RIGHT_PHOTOS_EDIT, "Removes several photos",
     .fields = "photos! reason! event coverage back", .form = photos_page_sort},
    {POST, "/mesa/fotos/devolver", photos_act_bring_back_all, RIGHT_PHOTOS_EDIT, "Brings several removed photos back",
     .fields = "photos back", .query = "fotos"},
    {0},
};
