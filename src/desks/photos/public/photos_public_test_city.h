/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_public_test_city.h: galleries as citizens find them, written straight into the frozen tables, with their bytes in the vault. */
#pragma once
#include "desks/photos/photos_pages.h"
#include "desks/photos/photos_test_office.h"
#include "desks/photos/public/photos_public.h"
#include "web/web_test.h"

#define CANARY "canariosecreto"
#define RECIPE "0123456789ab"
#define OLD_RECIPE "ba9876543210"

typedef struct Citizen {
    PhotoOffice office;
    PageTest page;
    Ctx *ctx;
    i64 gallery;         /* slug inauguracion, three pictures of the office's event */
    i64 photos[3];
    i64 hidden;          /* a picture of the desk that nobody published */
} Citizen;

/* The route is press's in the program; here it has no other room to ask. */
UNUSED static void page_medium(Ctx *ctx, const Request *req, Page *page)
{
    if (!photos_give_medium(ctx, req, page))
        fault(ctx, FAULT_NOT_FOUND, "it is no photo");
}

static const Route medium_routes[] = {
    {GET, "/medios/:id/:variant", page_medium, PUBLIC, "A picture", .query = "descargar", .uncached = true, .one_kind = true},
    {0},
};
static const Route *const citizen_routes[] = {photos_public_routes, medium_routes, NULL};
static const Panel *const citizen_panels[] = {photos_public_panels, NULL};

UNUSED static const char *kept_bytes(Citizen *c, const char *bytes, size_t n)
{
    const char *sha256 = NULL;
    i64 size;
    VaultWriter *w = vault_begin(c->ctx, c->page.site.vault, (i64)n + 1);
    g_assert_true(w && vault_add(c->ctx, w, bytes, n) && vault_keep(c->ctx, w, &sha256, &size));
    return sha256;
}

/* A copy whose bytes say which one it is. */
UNUSED static void put_copy(Citizen *c, i64 photo, const char *recipe, const char *variant, const char *type)
{
    const char *bytes = arena_printf(c->ctx->arena, "%s of %s by %s, as %s", variant, id_text(c->ctx->arena, photo), recipe, type);
    size_t n = strlen(bytes);
    office_script(&c->office, "INSERT INTO photos_rendition (photo, recipe, variant, sha256, type, width, height, size, crc) VALUES (%" PRId64
                              ", '%s', '%s', '%s', '%s', 1280, 960, %zu, %" PRId64 ")",
                  photo, recipe, variant, kept_bytes(c, bytes, n), type, n, photos_crc(bytes, n));
}

UNUSED static void put_copies(Citizen *c, i64 photo, const char *recipe)
{
    static const char *const variants[][2] = {{"2048.jpg", "image/jpeg"}, {"1280.jpg", "image/jpeg"}, {"640.jpg", "image/jpeg"},
                                              {"1280.webp", "image/webp"}, {"640.webp", "image/webp"}, {"320.webp", "image/webp"},
                                              {"1280.avif", "image/avif"}, {"share.jpg", "image/jpeg"}, {"press.jpg", "image/jpeg"}};
    for (size_t i = 0; i < COUNT(variants); i++)
        put_copy(c, photo, recipe, variants[i][0], variants[i][1]);
}

/* Public: its words as frozen, other than those at the desk. */
UNUSED static void put_photo(Citizen *c, i64 photo, int n)
{
    office_script(&c->office, "INSERT INTO photos_public (photo, recipe, name, headline, caption, people, alt, credit, place, event, taken_at, width, "
                              "height, thumbhash, focal_x, focal_y, published_at, changed_at) VALUES (%" PRId64 ", '" RECIPE "', "
                              "'inauguracion-2022-07-14-%02d', NULL, 'El parque <nuevo> & su fuente, %d', 'Ana Paz\nLuis Gil', 'Niños junto a una fuente', "
                              "'Renata Paz', 'Parque Tangamanga', %" PRId64 ", %" PRId64 ", 4000, 3000, '3OcRJYB4d3h/iIeHeEh3eIhw+j3A', 2000, 5000, %" PRId64
                              ", %" PRId64 ")",
                  photo, n, n, c->office.event, c->ctx->now + n, c->ctx->now, c->ctx->now);
}

UNUSED static void put_in(Citizen *c, i64 gallery, i64 photo, int position)
{
    office_script(&c->office, "INSERT INTO photos_gallery_public_photo (gallery, position, photo) VALUES (%" PRId64 ", %d, %" PRId64 ")", gallery, position,
                  photo);
}

UNUSED static i64 put_gallery(Citizen *c, const char *slug, const char *title, i64 cover, i64 photos)
{
    i64 id = id_new(c->ctx->now += CLOCK_SECOND);
    const char *values = arena_printf(c->ctx->arena, "%" PRId64 ", '%s'", id, slug);
    office_script(&c->office, "INSERT INTO photos_gallery (id, slug, state, title, lead, at, changed_at) VALUES (%s, 'published', 'Título " CANARY
                              "', '" CANARY "', 1, 1)", values);
    office_script(&c->office, "INSERT INTO photos_gallery_public (gallery, slug, title, lead, event, cover, photos, published_at, changed_at) VALUES (%s, "
                              "'%s', 'Así se vivió la mañana.', %" PRId64 ", %" PRId64 ", %" PRId64 ", %" PRId64 ", %" PRId64 ")",
                  values, title, c->office.event, cover, photos, c->ctx->now, c->ctx->now);
    return id;
}

/* The desk says of each picture what must never be public. */
UNUSED static void hide_words(Citizen *c)
{
    office_script(&c->office, "UPDATE photos_photo SET filename = 'IMG_" CANARY ".JPG', caption = '" CANARY "', people = '" CANARY "', alt = '" CANARY
                              "', credit = '" CANARY "', place = '" CANARY "', headline = '" CANARY "', camera = '" CANARY "', error = '" CANARY "'");
}

UNUSED static void citizen_open(Citizen *c, StoreTest *t)
{
    *c = (Citizen){.office = photo_office(t), .ctx = &t->ctx};
    page_test_open(&c->page, t, citizen_routes);
    c->page.site.panels = citizen_panels;
    page_test_as(&c->page, NULL);
    for (int i = 0; i < 3; i++) {
        c->photos[i] = photo_ready(&c->office, c->office.event, i + 1);
        put_copies(c, c->photos[i], RECIPE);
        put_photo(c, c->photos[i], i + 1);
    }
    c->hidden = photo_ready(&c->office, c->office.event, 9);
    hide_words(c);
    c->gallery = put_gallery(c, "inauguracion", "Inauguración del parque", c->photos[1], 3);
    for (int i = 0; i < 3; i++)
        put_in(c, c->gallery, c->photos[i], i + 1);
}

UNUSED static void citizen_close(Citizen *c)
{
    page_test_close(&c->page);
}

UNUSED static const PageAnswer *get(Citizen *c, int status, const char *target)
{
    const PageAnswer *a = page_test_get(&c->page, target);
    if (a->status != status)
        g_error("%s: %d instead of %d: %s", target, a->status, status, a->body);
    return a;
}

UNUSED static const char *medium(Citizen *c, i64 photo, const char *name)
{
    return arena_printf(c->page.kept, "/medios/%s/%s", id_text(c->page.kept, photo), name);
}
