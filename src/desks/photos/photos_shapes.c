/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_shapes.c: how pictures, galleries and consents fall out of rows, and how they leave as JSON and CSV. */
#include "desks/photos/photos_room.h"

static const Field box_fields[] = {
    FIELD_ID(PhotoBox, id),      FIELD_WORD(PhotoBox, state, photos_box_words),
    FIELD_INT(PhotoBox, x),      FIELD_INT(PhotoBox, y),
    FIELD_INT(PhotoBox, width),  FIELD_INT(PhotoBox, height),
    FIELD_TIME(PhotoBox, at),    FIELD_TEXT(PhotoBox, person_name),
    FIELD_HIDDEN(PhotoBox, photo, FIELD_ID),
};
const Shape photos_box_shape = SHAPE("photo_box", PhotoBox, box_fields);

static const Field rendition_fields[] = {
    FIELD_INT(Rendition, width),
    FIELD_TEXT(Rendition, format),
    FIELD_TEXT(Rendition, url),
    FIELD_HIDDEN(Rendition, photo, FIELD_ID),
    FIELD_HIDDEN(Rendition, height, FIELD_INT),
    FIELD_HIDDEN(Rendition, size, FIELD_INT),
    FIELD_HIDDEN(Rendition, crc, FIELD_INT),
    FIELD_HIDDEN(Rendition, recipe, FIELD_TEXT),
    FIELD_HIDDEN(Rendition, variant, FIELD_TEXT),
    FIELD_HIDDEN(Rendition, sha256, FIELD_TEXT),
    FIELD_HIDDEN(Rendition, type, FIELD_TEXT),
};
const Shape photos_rendition_shape = SHAPE("rendition", Rendition, rendition_fields);

static const Field photo_fields[] = {
    FIELD_ID(Photo, id),
    FIELD_TEXT(Photo, sha256),
    FIELD_TEXT(Photo, filename),
    FIELD_INT(Photo, size),
    FIELD_TEXT(Photo, type),
    FIELD_ID(Photo, event),
    FIELD_TEXT(Photo, event_title),
    FIELD_HIDDEN(Photo, event_slug, FIELD_TEXT),
    FIELD_ID(Photo, coverage),
    FIELD_ID(Photo, person),
    FIELD_TEXT(Photo, person_name),
    FIELD_WORD(Photo, state, photos_state_words),
    FIELD_TEXT(Photo, error),
    FIELD_INT(Photo, width),
    FIELD_INT(Photo, height),
    FIELD_TEXT(Photo, thumbhash),
    FIELD_TIME(Photo, taken_at),
    FIELD_WORD(Photo, taken_from, photos_taken_words),
    FIELD_REAL(Photo, lat),
    FIELD_REAL(Photo, lon),
    FIELD_TEXT(Photo, place),
    FIELD_TEXT(Photo, camera),
    FIELD_TEXT(Photo, headline),
    FIELD_TEXT(Photo, caption),
    FIELD_LINES(Photo, people),
    FIELD_TEXT(Photo, alt),
    FIELD_TEXT(Photo, credit),
    FIELD_WORD(Photo, mark, photos_mark_words),
    FIELD_ID(Photo, burst),
    FIELD_BOOL(Photo, best),
    FIELD_ID(Photo, twin),
    FIELD_INT(Photo, focal_x),
    FIELD_INT(Photo, focal_y),
    FIELD_WORD(Photo, minors, photos_minors_words),
    FIELD_TIME(Photo, minors_at),
    FIELD_TEXT(Photo, minors_name),
    FIELD_BOOL(Photo, watermark),
    FIELD_BOOL(Photo, published),
    FIELD_BOOL(Photo, gone),
    FIELD_TIME(Photo, handed_at),
    FIELD_TIME(Photo, removed_at),
    FIELD_TIME(Photo, at),
    FIELD_INT(Photo, version),
    FIELD_MANY(Photo, renditions, &photos_rendition_shape),
    FIELD_MANY(Photo, boxes, &photos_box_shape),
    FIELD_HIDDEN(Photo, look, FIELD_INT),
    FIELD_HIDDEN(Photo, edges, FIELD_INT),
    FIELD_HIDDEN(Photo, sharpness, FIELD_INT),
    FIELD_HIDDEN(Photo, recipe, FIELD_TEXT),
};
const Shape photos_shape = SHAPE("photo", Photo, photo_fields);

static const Field undone_fields[] = {
    FIELD_WORD(PhotoUndone, verb, photos_step_words),
    FIELD_INT(PhotoUndone, photos),
    FIELD_INT(PhotoUndone, left),
    FIELD_LINES(PhotoUndone, left_names),
    FIELD_ID(PhotoUndone, event),
};
const Shape photos_undone_shape = SHAPE("undone", PhotoUndone, undone_fields);

static const Field consent_fields[] = {
    FIELD_ID(Consent, id),
    FIELD_WORD(Consent, use, photos_use_words),
    FIELD_BOOL(Consent, heard),
    FIELD_TEXT(Consent, signed_on),
    FIELD_TIME(Consent, expires_at),
    FIELD_TIME(Consent, revoked_at),
    FIELD_TEXT(Consent, reason),
    FIELD_BOOL(Consent, stands),
    FIELD_TEXT(Consent, filename),
    FIELD_TEXT(Consent, type),
    FIELD_INT(Consent, size),
    FIELD_INT(Consent, photos),
    FIELD_TEXT(Consent, person_name),
    FIELD_TIME(Consent, at),
    FIELD_INT(Consent, version),
    FIELD_HIDDEN(Consent, sha256, FIELD_TEXT),
};
const Shape photos_consent_shape = SHAPE("consent", Consent, consent_fields);

static const Field consent_name_fields[] = {
    FIELD_TEXT(ConsentName, name), FIELD_TEXT(ConsentName, guardian), FIELD_TEXT(ConsentName, contact),
};
const Shape photos_consent_name_shape = SHAPE("consent_name", ConsentName, consent_name_fields);

static const Field trouble_fields[] = {
    FIELD_WORD(GalleryTrouble, kind, photos_trouble_words),
    FIELD_ID(GalleryTrouble, photo),
    FIELD_INT(GalleryTrouble, photos),
    FIELD_TEXT(GalleryTrouble, message),
    FIELD_TEXT(GalleryTrouble, why),
};
const Shape photos_trouble_shape = SHAPE("gallery_trouble", GalleryTrouble, trouble_fields);

static const Field gallery_fields[] = {
    FIELD_ID(Gallery, id),
    FIELD_TEXT(Gallery, slug),
    FIELD_WORD(Gallery, state, photos_gallery_words),
    FIELD_TEXT(Gallery, title),
    FIELD_TEXT(Gallery, lead),
    FIELD_ID(Gallery, event),
    FIELD_TEXT(Gallery, event_title),
    FIELD_ID(Gallery, cover),
    FIELD_BOOL(Gallery, watermark),
    FIELD_INT(Gallery, photos),
    FIELD_INT(Gallery, ready),
    FIELD_BOOL(Gallery, changed),
    FIELD_TIME(Gallery, published_at),
    FIELD_TIME(Gallery, unpublished_at),
    FIELD_TEXT(Gallery, reason),
    FIELD_ID(Gallery, author),
    FIELD_TEXT(Gallery, author_name),
    FIELD_TIME(Gallery, at),
    FIELD_TIME(Gallery, changed_at),
    FIELD_INT(Gallery, version),
    FIELD_TEXT(Gallery, url),
    FIELD_MANY(Gallery, items, &photos_shape),
    FIELD_MANY(Gallery, trouble, &photos_trouble_shape),
};
const Shape photos_gallery_shape = SHAPE("gallery", Gallery, gallery_fields);

static const Field public_fields[] = {
    FIELD_ID(PublicPhoto, id),
    FIELD_HIDDEN(PublicPhoto, event, FIELD_ID),
    FIELD_TEXT(PublicPhoto, name),
    FIELD_TEXT(PublicPhoto, headline),
    FIELD_TEXT(PublicPhoto, caption),
    FIELD_LINES(PublicPhoto, people),
    FIELD_TEXT(PublicPhoto, alt),
    FIELD_TEXT(PublicPhoto, credit),
    FIELD_TEXT(PublicPhoto, place),
    FIELD_TIME(PublicPhoto, taken_at),
    FIELD_INT(PublicPhoto, width),
    FIELD_INT(PublicPhoto, height),
    FIELD_TEXT(PublicPhoto, thumbhash),
    FIELD_INT(PublicPhoto, focal_x),
    FIELD_INT(PublicPhoto, focal_y),
    FIELD_INT(PublicPhoto, position),
    FIELD_TIME(PublicPhoto, published_at),
    FIELD_TIME(PublicPhoto, changed_at),
    FIELD_TEXT(PublicPhoto, url),
    FIELD_TEXT(PublicPhoto, download),
    FIELD_MANY(PublicPhoto, renditions, &photos_rendition_shape),
    FIELD_HIDDEN(PublicPhoto, recipe, FIELD_TEXT),
};
const Shape photos_public_shape = SHAPE("public_photo", PublicPhoto, public_fields);

static const Field public_gallery_fields[] = {
    FIELD_ID(PublicGallery, id),
    FIELD_TEXT(PublicGallery, slug),
    FIELD_TEXT(PublicGallery, title),
    FIELD_TEXT(PublicGallery, lead),
    FIELD_ID(PublicGallery, event),
    FIELD_TEXT(PublicGallery, event_title),
    FIELD_TEXT(PublicGallery, event_slug),
    FIELD_ID(PublicGallery, cover),
    FIELD_INT(PublicGallery, photos),
    FIELD_TIME(PublicGallery, published_at),
    FIELD_TIME(PublicGallery, changed_at),
    FIELD_TIME(PublicGallery, withdrawn_at),
    FIELD_TEXT(PublicGallery, reason),
    FIELD_TEXT(PublicGallery, url),
    FIELD_PART(PublicGallery, picture, &photos_public_shape),
    FIELD_MANY(PublicGallery, items, &photos_public_shape),
};
const Shape photos_public_gallery_shape = SHAPE("public_gallery", PublicGallery, public_gallery_fields);
