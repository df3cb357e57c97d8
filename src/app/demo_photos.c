/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* demo_photos.c: what the photographers of the demo bring home: drawn scenes as a camera's JPEG, chosen, described, published. */
#include "app/demo.h"
#include "base/id.h"
#include "base/text.h"
#include "desks/photos/photos.h"
#include "desks/photos/photos_pages.h"

#include <unistd.h>

enum { CAMERA_WIDTH = 960, OF_THE_WEEK = 6 };

static const char *const cameras[] = {"Canon EOS R6", "NIKON Z 6_2", "SONY ILCE-7M4"};

/* ---- a camera ---- */

typedef struct Shot {
    const char *sha256, *filename;
    i64 size;
} Shot;

/* So many frames of one scene, each a little different, as JPEG without words. */
static bool draw_frames(Demo *demo, size_t count, List *frames_out)
{
    DemoScene scene;
    MediaWish wishes[DEMO_FRAMES];
    i64 size;
    for (size_t i = 0; i < count; i++)
        wishes[i] = (MediaWish){.variant = "frame", .type = "image/jpeg", .width = CAMERA_WIDTH - 8 * (i64)i, .bare = true};
    int fd = demo_draw(demo, &scene) ? vault_fd(demo->ctx, demo->vault, scene.sha256, &size) : -1;
    const MediaRecipe recipe = {.wishes = wishes, .wish_count = count, .focal_x = MEDIA_SCALE / 2, .focal_y = MEDIA_SCALE / 2};
    bool drawn = fd >= 0 && media_make(demo->ctx, demo->media, demo->vault, fd, &recipe, frames_out);
    if (fd >= 0)
        close(fd);
    return drawn;
}

/* What camera, clock, satellite and owner write into it. */
static MediaFacts facts_of(Demo *demo, const Event *e, i64 taken)
{
    Ctx *ctx = demo->ctx;
    return (MediaFacts){
        .taken = wall_text(ctx->arena, clock_wall(ctx->city->zone, taken)),
        .taken_offset = zone_offset(ctx->city->zone, taken) / 60,
        .lat = e->place.lat,
        .lon = e->place.lon,
        .camera = cameras[demo->shooting_count % COUNT(cameras)],
        .headline = e->title,
        .creator = ctx->actor->name,
        .credit = ctx->actor->name,
        .place = e->place.name,
    };
}

static bool shoot(Demo *demo, const Event *e, const MediaCopy *frame, i64 taken, Shot *shot_out)
{
    i64 size;
    MediaFacts facts = facts_of(demo, e, taken);
    int fd = vault_fd(demo->ctx, demo->vault, frame->sha256, &size);
    bool shot = fd >= 0 && media_write_facts(demo->ctx, demo->media, demo->vault, fd, &facts, &shot_out->sha256, &shot_out->size);
    if (fd >= 0)
        close(fd);
    shot_out->filename = arena_printf(demo->ctx->arena, "IMG_%04d.JPG", (int)(demo->pictures * 10 % 10000 + (u64)(taken / CLOCK_SECOND % 10)));
    return shot;
}

/* ---- the work of a job, now: the city is made in one transaction ---- */

static const JobHandler *handler(const char *kind)
{
    for (const JobHandler *h = photos_jobs; h->kind; h++)
        if (text_same(h->kind, kind))
            return h;
    return NULL;
}

static bool work_now(Demo *demo, const char *kind, i64 photo)
{
    const JobTools tools = {.vault = demo->vault, .media = demo->media};
    const Job job = {.kind = kind, .payload = arena_printf(demo->ctx->arena, "{\"photo\":\"%s\"}", id_text(demo->ctx->arena, photo)), .tools = &tools};
    const Actor *who = demo->ctx->actor;
    const JobHandler *h = handler(kind);
    void *prepared = NULL;
    demo->ctx->actor = &actor_system;
    bool done = h && h->prepare(demo->ctx, &job, &prepared) && h->apply(demo->ctx, &job, prepared);
    demo->ctx->actor = who;
    return done;
}

/* ---- what a photographer does ---- */

static bool bring(Demo *demo, const Event *e, i64 coverage, const MediaCopy *frame, i64 taken, i64 *photo_out)
{
    Shot shot;
    bool again;
    if (!shoot(demo, e, frame, taken, &shot))
        return false;
    PhotoDraft draft = {.sha256 = shot.sha256, .filename = shot.filename, .size = shot.size, .event = e->id, .coverage = coverage};
    return photos_add(demo->ctx, &draft, photo_out, &again) && work_now(demo, "photos_look", *photo_out);
}

static PhotoWords no_words(void)
{
    return (PhotoWords){.focal_x = NONE, .focal_y = NONE, .taken_at = NONE, .event = NONE, .coverage = NONE};
}

static bool describe(Demo *demo, const Event *e, const DemoShooting *s)
{
    PhotoWords words = no_words();
    const char *place = e->place.name ? e->place.name : "la ciudad";
    words.caption = arena_printf(demo->ctx->arena, "%s, en %s.", e->title, place);
    words.alt = "Dibujo de gente reunida en una plaza, entre casas de colores y árboles";
    words.credit = demo->ctx->actor->name;
    words.minors = s->reviewed ? "none" : NULL;
    return photos_describe_all(demo->ctx, (List){s->photos, DEMO_FRAMES}, &words);
}

bool demo_photograph(Demo *demo, const Event *e, i64 coverage)
{
    List burst, other;
    i64 chosen, photos, taken = e->starts_at + demo_throw(demo, 5, 30) * CLOCK_MINUTE;
    DemoShooting s = {.event = e->id, .reviewed = demo->shooting_count % 6 != 5};
    if (!draw_frames(demo, 2, &burst) || !draw_frames(demo, 1, &other))
        return false;
    const MediaCopy *frames[DEMO_FRAMES] = {burst.items, (const MediaCopy *)burst.items + 1, other.items};
    static const i64 later[DEMO_FRAMES] = {0, 2 * CLOCK_SECOND, 9 * CLOCK_MINUTE};
    for (size_t i = 0; i < DEMO_FRAMES; i++)
        if (!bring(demo, e, coverage, frames[i], taken + later[i], &s.photos[i]))
            return false;
    demo->shootings[demo->shooting_count++] = s;
    return describe(demo, e, &s) && photos_mark_proposed(demo->ctx, e->id, coverage, &chosen) &&
           photos_mark(demo->ctx, (List){&s.photos[DEMO_FRAMES - 1], 1}, MARK_STAR) && photos_hand_in(demo->ctx, coverage, NULL, &photos);
}

/* ---- galleries ---- */

static bool publish(Demo *demo, const GalleryDraft *draft)
{
    i64 id;
    const i64 *photo = draft->photos.items;
    if (!photos_gallery_add(demo->ctx, draft, &id) || !photos_gallery_publish(demo->ctx, id, NONE))
        return false;
    for (size_t i = 0; i < draft->photos.count; i++)
        if (!work_now(demo, "photos_public", photo[i]))
            return false;
    const Gallery *g = photos_gallery(demo->ctx, id);
    return g && (g->state == GALLERY_PUBLISHED || fault(demo->ctx, FAULT_BROKEN, "a gallery of the demo did not become public"));
}

/* Children are seen on two of them: one is made unrecognisable, of the other a paper says yes. */
static bool mind_minors(Demo *demo, i64 hidden, i64 agreed)
{
    i64 box, consent;
    PhotoWords pixelate = no_words(), yes = no_words();
    pixelate.minors = "pixelate";
    yes.minors = "consent";
    ConsentDraft paper = {
        .who = {.name = "Ejemplo de nombre", .guardian = "Ejemplo de quien firma", .contact = "444 000 0199"},
        .use = CONSENT_WEB, .heard = true, .signed_on = clock_day_text(demo->ctx->arena, demo->ctx->city->zone, demo->ctx->now),
        .expires_at = demo->ctx->now + 365 * CLOCK_DAY,
    };
    return photos_box_add(demo->ctx, hidden, &(PhotoBox){.x = 4200, .y = 7000, .width = 500, .height = 700}, &box) &&
           photos_describe_all(demo->ctx, (List){&hidden, 1}, &pixelate) && photos_consent_add(demo->ctx, &paper, &consent) &&
           photos_consent_cover(demo->ctx, consent, (List){&agreed, 1}, true) && photos_describe_all(demo->ctx, (List){&agreed, 1}, &yes);
}

bool demo_galleries(Demo *demo, i64 now)
{
    i64 week[OF_THE_WEEK];
    size_t n = 0;
    for (size_t i = 0; i < demo->shooting_count && n < OF_THE_WEEK; i++)
        if (demo->shootings[i].reviewed)
            week[n++] = demo->shootings[i].photos[DEMO_FRAMES - 1];
    if (n < OF_THE_WEEK)
        return true;
    const DemoShooting *last = &demo->shootings[0];
    for (size_t i = 0; i < demo->shooting_count; i++)
        if (demo->shootings[i].reviewed)
            last = &demo->shootings[i];
    demo_as(demo, DEMO_EDITOR, now - 14 * CLOCK_HOUR);
    const Event *e = agenda_find(demo->ctx, last->event);
    const i64 views[] = {last->photos[2], last->photos[0]};
    return e && mind_minors(demo, week[1], week[2]) &&
           publish(demo, &(GalleryDraft){.title = e->title, .lead = e->description, .event = e->id, .photos = {views, COUNT(views)}}) &&
           publish(demo, &(GalleryDraft){.title = "La semana en imágenes", .lead = "Una foto de cada día en las calles y plazas de la ciudad.",
                                         .photos = {week, n}});
}
