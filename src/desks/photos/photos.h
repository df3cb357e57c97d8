/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos.h: the door of the photos room: photographic testimony, from the photographer's card to the public gallery.
 *
 *   photo:   processing --looked at--> ready;  processing --cannot be read--> failed (a person reads why, tries again or removes it)
 *            any --remove--> removed (30 days to bring it back, then its bytes go)
 *   minors:  unreviewed --a person looks--> none, consent, pixelate, never; never is final for the public, not for the desk
 *   gallery: draft --publish--> publishing --all copies are made--> published --unpublish--> unpublished --publish--> publishing …
 *
 * The original is kept untouched in the vault and is never public. What citizens get are *copies*, made by a recipe: the
 * original, boxes, watermark, focal point and words. Another recipe is other copies at other addresses, so that an address
 * never changes what it leads to. What citizens see is *frozen* at publication (photos_public, photos_gallery_public).
 *
 * Nothing is published while nobody has looked whether minors appear (Ley General de los Derechos de Niñas, Niños y
 * Adolescentes, art. 76 to 78): with consent only while every consent of the picture stands, pixelated only with at least one
 * confirmed box, never when so marked. A consent that ends or is revoked unpublishes its pictures at once. */
#pragma once
#include "base/ctx.h"
#include "base/shape.h"
#include "desks/strategy/strategy.h"

typedef enum { PHOTO_PROCESSING, PHOTO_READY, PHOTO_FAILED } PhotoState;
extern const Word photos_state_words[];
typedef enum { TAKEN_WITH_OFFSET, TAKEN_IN_ZONE, TAKEN_AT_UPLOAD } TakenFrom;
extern const Word photos_taken_words[];
typedef enum { MARK_NONE, MARK_KEEP, MARK_DROP, MARK_STAR } PhotoMark;
extern const Word photos_mark_words[];
typedef enum { STEP_MARKED, STEP_MOVED, STEP_DESCRIBED, STEP_REMOVED } PhotoStep; /* what a person does with some, and can take back */
extern const Word photos_step_words[];
typedef enum { MINORS_UNREVIEWED, MINORS_NONE, MINORS_CONSENT, MINORS_PIXELATE, MINORS_NEVER } Minors;
extern const Word photos_minors_words[];
typedef enum { BOX_PROPOSED, BOX_CONFIRMED, BOX_REJECTED } BoxState;
extern const Word photos_box_words[];
typedef enum { GALLERY_DRAFT, GALLERY_PUBLISHING, GALLERY_PUBLISHED, GALLERY_UNPUBLISHED } GalleryState;
extern const Word photos_gallery_words[];
typedef enum { CONSENT_WEB, CONSENT_NETWORKS, CONSENT_ALL } ConsentUse;
extern const Word photos_use_words[];

enum {
    PHOTOS_CAPTION_MAX = 2000, PHOTOS_ALT_MAX = 250, PHOTOS_CREDIT_MAX = 120, PHOTOS_HEADLINE_MAX = 160, /* characters */
    PHOTOS_BOXES_MAX = 100,
    PHOTOS_AT_ONCE = 500,                 /* of one change or one gallery */
    PHOTOS_SCALE = 10000                  /* boxes and focal points are in 1/10,000 of the upright picture */
};
#define PHOTOS_FILE_MAX ((i64)200 * 1024 * 1024)   /* bytes of one original */
#define PHOTOS_UPLOAD_LIFE (24 * CLOCK_HOUR)       /* an upload that nobody goes on with */
#define PHOTOS_REMOVED_LIFE (30 * 24 * CLOCK_HOUR)

typedef struct PhotoBox {
    i64 id, photo, x, y, width, height, at;
    BoxState state;
    const char *person_name;  /* NULL: the machine's */
} PhotoBox;
extern const Shape photos_box_shape;

/* A copy, with the address where the reader gets it. */
typedef struct Rendition {
    i64 photo, width, height, size, crc;
    const char *recipe, *variant, *sha256, *type;
    const char *format;       /* jpeg, webp, avif */
    const char *url;          /* of the desk's: a path; of a public one: absolute */
} Rendition;
extern const Shape photos_rendition_shape;   /* {"width","format","url"} */

/* What the desk sees. */
typedef struct Photo {
    i64 id, size, event, coverage, person, width, height, taken_at, burst, twin, at, version;
    i64 look, edges, sharpness;              /* not in JSON */
    i64 focal_x, focal_y;
    i64 handed_at, removed_at, minors_at;
    double lat, lon;
    PhotoState state;
    TakenFrom taken_from;
    PhotoMark mark;
    Minors minors;
    bool best, watermark;
    bool published;                          /* in a gallery that citizens can open */
    bool gone;                               /* must not be shown any more, anywhere */
    const char *sha256, *filename, *error, *type, *thumbhash, *place, *camera;
    const char *headline, *caption, *people, *alt, *credit, *recipe;
    const char *event_title, *event_slug, *person_name, *minors_name; /* minors_name: who looked */
    List renditions;                         /* of Rendition: the desk's; public ones too once it is published */
    List boxes;                              /* of PhotoBox; where the photo is shown alone */
} Photo;
extern const Shape photos_shape;

/* ---- reading at the desk: RIGHT_PHOTOS_READ; photos of events that the caller may not see are not there ---- */
typedef struct PhotoFilter {                 /* what is left 0 or NULL does not filter */
    const char *words;                       /* caption, people, place, credit, event */
    Span span;                               /* of taken_at */
    i64 event, coverage, person;
    i64 area;                                /* of a figure only: the event's */
    const char *place;                       /* a part of its words */
    const char *mark, *minors, *state;       /* database words */
    const char *published;                   /* "yes", "no" */
    const char *figure;                      /* key of an indicator: exactly what it counts, in span */
    bool removed;                            /* those that were taken away, and only those */
} PhotoFilter;
List photos_list(Ctx *ctx, const PhotoFilter *filter, i64 after_at, i64 after_id, i64 limit); /* of Photo, the youngest first */
/* All, of an event and of a figure: exactly; of other filters no further than PHOTOS_COUNTED, of words PHOTOS_COUNTED_WORDS: there are so many or more. */
enum { PHOTOS_COUNTED = 200, PHOTOS_COUNTED_WORDS = 100 };
i64 photos_count(Ctx *ctx, const PhotoFilter *filter);
bool photos_count_stopped(const PhotoFilter *filter, i64 count); /* there may be more than photos_count() said */
/* All of an event, or of one of its coverages, by time: for culling; with their desk copies. At most limit. */
List photos_of(Ctx *ctx, i64 event, i64 coverage, i64 after_at, i64 after_id, i64 limit);
const Photo *photos_find(Ctx *ctx, i64 id);  /* whole; FAULT_NOT_FOUND */
const Rendition *photos_desk_copy(Ctx *ctx, i64 id, const char *variant); /* FAULT_NOT_FOUND */

/* ---- in: RIGHT_PHOTOS_UPLOAD ---- */
typedef struct PhotoDraft {
    const char *sha256, *filename;           /* in the vault already */
    i64 size, event, coverage;               /* coverage 0: none */
} PhotoDraft;
/* Queues the job that looks at it. The same bytes again for the same event are that photo: again_out true. */
CHECKED bool photos_add(Ctx *ctx, const PhotoDraft *draft, i64 *id_out, bool *again_out);
CHECKED bool photos_retry(Ctx *ctx, i64 id); /* one that failed */

/* ---- words, marks, boxes: RIGHT_PHOTOS_EDIT ---- */
/* NULL or NONE leaves what is there; "" takes it away. */
typedef struct PhotoWords {
    const char *headline, *caption, *people, *alt, *credit, *place;
    i64 focal_x, focal_y;
    i64 taken_at;
    const char *minors;                      /* a word of photos_minors_words */
    i64 event, coverage;                     /* moves it */
} PhotoWords;
CHECKED bool photos_describe(Ctx *ctx, i64 id, i64 version, const PhotoWords *words);
CHECKED bool photos_describe_all(Ctx *ctx, List ids /* of const i64 */, const PhotoWords *words); /* the same for a selection: all or none */
CHECKED bool photos_mark(Ctx *ctx, List ids, PhotoMark mark);      /* of one event */
/* What a person marked, moved, described as a selection or removed can be taken back by the same person for a day. */
typedef struct PhotoUndone {
    PhotoStep verb;
    i64 photos;                              /* that are as before */
    i64 left;                                /* that are not, because somebody made something else of them since */
    i64 event;                               /* of all that are as before; 0: of several, or none */
    const char *left_names;                  /* what the camera called the first of them, one a line; NULL: none */
} PhotoUndone;
extern const Shape photos_undone_shape;
i64 photos_step_made(Ctx *ctx);              /* the actor's, of this very request; 0: none that could be taken back */
CHECKED bool photos_undo(Ctx *ctx, i64 step, PhotoUndone *undone_out); /* FAULT_NOT_FOUND: nobody else's, nothing older */
CHECKED bool photos_mark_undo(Ctx *ctx, i64 event, PhotoUndone *undone_out); /* the actor's last mark there */
/* The proposal for each burst: the best keeps, the others drop; what a person marked stays. */
CHECKED bool photos_mark_proposed(Ctx *ctx, i64 event, i64 coverage, i64 *photos_out);
CHECKED bool photos_box_add(Ctx *ctx, i64 photo, const PhotoBox *box, i64 *id_out); /* drawn by a person: confirmed */
CHECKED bool photos_box_change(Ctx *ctx, i64 id, const PhotoBox *box);              /* its place */
CHECKED bool photos_box_decide(Ctx *ctx, i64 id, BoxState state);
CHECKED bool photos_box_remove(Ctx *ctx, i64 id);
CHECKED bool photos_remove(Ctx *ctx, List ids, const char *reason);    /* out of galleries and off the page at once */
CHECKED bool photos_bring_back(Ctx *ctx, List ids);
/* The coverage is delivered with its photos that are kept or starred (where nothing was marked: all that are ready). */
CHECKED bool photos_hand_in(Ctx *ctx, i64 coverage, const char *note, i64 *photos_out);
/* What stands against publishing it, a sentence each (of const char *): empty, it may be published. */
List photos_obstacles(Ctx *ctx, const Photo *photo);
/* What a person should look at again (names beside a minors' flag), a sentence each. Not an obstacle. */
List photos_warnings(Ctx *ctx, const Photo *photo);
/* ---- and out of sight, wherever it is used: RIGHT_PHOTOS_PUBLISH ---- */
CHECKED bool photos_unpublish(Ctx *ctx, i64 id, const char *reason);

/* ---- consent: RIGHT_PHOTOS_CONSENT ---- */
typedef struct Consent {
    i64 id, expires_at, revoked_at, size, at, version, photos; /* photos: how many it covers */
    ConsentUse use;
    bool heard, stands;                      /* stands: at ctx->now it holds */
    const char *signed_on, *reason, *sha256, *filename, *type, *person_name;
    List photo_ids;                          /* of const i64; where it is shown alone */
} Consent;                                   /* without names */
extern const Shape photos_consent_shape;
typedef struct ConsentName {
    const char *name, *guardian, *contact;
} ConsentName;
extern const Shape photos_consent_name_shape;
typedef struct ConsentDraft {
    ConsentName who;                         /* of a change: members NULL stay */
    ConsentUse use;
    bool heard;
    const char *signed_on;
    i64 expires_at;                          /* 0: no end */
    const char *sha256, *filename, *type;    /* the scan; NULL: none */
    i64 size;
} ConsentDraft;
List photos_consents(Ctx *ctx, bool ended, i64 after, i64 limit); /* of Consent, the youngest first; ended: those too */
List photos_consents_of(Ctx *ctx, i64 photo);
const Consent *photos_consent(Ctx *ctx, i64 id);
/* In a transaction: writes the line that says who read it. */
const ConsentName *photos_consent_read(Ctx *ctx, i64 id);
CHECKED bool photos_consent_add(Ctx *ctx, const ConsentDraft *draft, i64 *id_out);
CHECKED bool photos_consent_change(Ctx *ctx, i64 id, i64 version, const ConsentDraft *draft);
CHECKED bool photos_consent_cover(Ctx *ctx, i64 id, List photos, bool covered); /* photos: of const i64 */
CHECKED bool photos_consent_revoke(Ctx *ctx, i64 id, const char *reason, i64 *unpublished_out);

/* ---- galleries ---- */
typedef enum { TROUBLE_STALLED, TROUBLE_OBSTACLE } GalleryTroubleKind;
extern const Word photos_trouble_words[];
typedef struct GalleryTrouble {              /* why it is not public, or does not get there */
    GalleryTroubleKind kind;                 /* stalled: it is being published and does not get on by itself; obstacle: of one picture */
    i64 photo;                               /* of an obstacle; else 0 */
    i64 photos;                              /* stalled: whose copies nobody makes any more; else NONE */
    const char *message;                     /* what its page says */
    const char *why;                         /* stalled: what the last attempt said; NULL: not known */
} GalleryTrouble;
extern const Shape photos_trouble_shape;
typedef struct Gallery {
    i64 id, event, cover, photos, ready, published_at, unpublished_at, author, at, changed_at, version; /* photos: how many; ready: whose copies are made */
    GalleryState state;
    bool watermark, changed;                 /* changed: citizens see something else than the desk */
    const char *slug, *title, *lead, *reason, *event_title, *author_name;
    const char *url;                         /* absolute, once it is public; else NULL */
    List items;                              /* of Photo, in their order; where it is shown alone */
    List trouble;                            /* of GalleryTrouble; where a program reads it alone */
} Gallery;
extern const Shape photos_gallery_shape;
typedef struct GalleryDraft {
    const char *title, *lead;
    i64 event, cover;                        /* 0: none */
    bool watermark;
    List photos;                             /* of const i64, in their order */
} GalleryDraft;
List photos_galleries(Ctx *ctx, const char *state, i64 event, i64 after_at, i64 after_id, i64 limit); /* of Gallery, the youngest change first */
i64 photos_gallery_count(Ctx *ctx, const char *state, i64 event);
const Gallery *photos_gallery(Ctx *ctx, i64 id);
CHECKED bool photos_gallery_add(Ctx *ctx, const GalleryDraft *draft, i64 *id_out);         /* RIGHT_PHOTOS_EDIT */
CHECKED bool photos_gallery_change(Ctx *ctx, i64 id, i64 version, const GalleryDraft *draft);
CHECKED bool photos_gallery_order(Ctx *ctx, i64 id, i64 version, List photos);            /* the same photos, or fewer, or more */
/* RIGHT_PHOTOS_PUBLISH. Refused with the first obstacle and the picture's name. Copies that are missing are queued; when none is
 * (or the last one is made) it is public. Also brings a public gallery up to what stands at the desk. */
CHECKED bool photos_gallery_publish(Ctx *ctx, i64 id, i64 version);
CHECKED bool photos_gallery_stop(Ctx *ctx, i64 id, i64 version);                          /* while it is being published */
CHECKED bool photos_gallery_unpublish(Ctx *ctx, i64 id, i64 version, const char *reason);  /* its address answers 410 */
CHECKED bool photos_gallery_drop(Ctx *ctx, i64 id, i64 version);                          /* a draft that never was public */

/* ---- what citizens see; nothing else is read for them ---- */
typedef struct PublicPhoto {
    i64 id, event, width, height, taken_at, published_at, changed_at, focal_x, focal_y, position;
    const char *recipe, *name, *headline, *caption, *people, *alt, *credit, *place, *thumbhash;
    const char *url;                         /* absolute: its page in the gallery it was asked for */
    const char *download;                    /* absolute: the copy with IPTC and XMP */
    List renditions;                         /* of Rendition */
} PublicPhoto;
extern const Shape photos_public_shape;
typedef struct PublicGallery {
    i64 id, event, cover, photos, published_at, changed_at, withdrawn_at;
    const char *slug, *title, *lead, *reason, *event_title, *event_slug;
    const char *url;                         /* absolute */
    PublicPhoto picture;                     /* the cover */
    List items;                              /* of PublicPhoto; where it is shown alone */
} PublicGallery;
extern const Shape photos_public_gallery_shape;
List photos_public_galleries(Ctx *ctx, i64 event, i64 after_at, i64 after_id, i64 limit); /* of PublicGallery, the youngest first; event 0: all */
i64 photos_public_count(Ctx *ctx, i64 event);
List photos_public_changed(Ctx *ctx, i64 limit);                       /* the youngest change first, for feeds and sitemap */
const PublicGallery *photos_public_gallery(Ctx *ctx, const char *slug); /* whole; also a withdrawn one; FAULT_NOT_FOUND */
const Rendition *photos_public_copy(Ctx *ctx, i64 photo, const char *variant); /* FAULT_NOT_FOUND, FAULT_GONE */
/* For the sitemap: a row for each picture of each gallery that stands, the youngest gallery first: id, slug, changed_at of the
 * gallery, and of picture its address's parts. */
List photos_public_addresses(Ctx *ctx, i64 limit);                     /* of PublicGallery */
List photos_feed_entries(Ctx *ctx, i64 limit); /* of FeedEntry (web/feed.h): galleries, the youngest change first, withdrawn ones too */
/* GET /medios/:id/:variant of a photo: the copy, immutable; an older or plain address leads to the present one; 410 when it is gone.
 * False without a fault: it is no photo of ours (press asks this first, then its own files). */
struct Request;
struct Page;
bool photos_give_medium(Ctx *ctx, const struct Request *req, struct Page *page);

/* ---- for rooms further right: a release's cover, a post's picture ---- */
/* A public copy of a photo that may be published now, to be kept by another record. Slow: makes it when it is not there
 * (needs the worker). Faults say what stands against it. */
struct Media;
struct Vault;
typedef struct PhotoMaster {
    const char *sha256, *type, *filename, *alt, *caption, *credit;
    i64 photo, size, width, height;
} PhotoMaster;
CHECKED bool photos_master(Ctx *ctx, struct Media *media, struct Vault *vault, i64 photo, PhotoMaster *out);
List photos_choice(Ctx *ctx, i64 event, const char *words, i64 limit); /* of Photo that may be published; those of the event first */
bool photos_is_gone(Ctx *ctx, i64 photo);    /* must not be shown any more, wherever a copy is */
/* The same for a copy that another record keeps since made_at: what was kept before the picture had to be made unrecognisable stays
 * away also when the picture is public again. */
bool photos_may_show(Ctx *ctx, i64 photo, i64 made_at);
/* A job of this kind, with {"photo"} and that key, is queued when that changes for a photo of which other records keep copies: the room
 * that keeps them has the handler. */
#define PHOTOS_KEPT_JOB "photos_kept"
const char *photos_kept_key(Ctx *ctx, i64 photo);

extern const Indicator photos_indicators[];  /* photos_delivered, photos_published, events_with_photo */
typedef struct PhotographerFigure {
    i64 person, delivered, published;
    const char *name;
} PhotographerFigure;
List photos_by_photographer(Ctx *ctx, Span span, i64 limit); /* of PhotographerFigure, the most delivered first */
