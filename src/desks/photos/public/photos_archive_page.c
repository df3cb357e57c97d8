/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_archive_page.c: all pictures of a gallery as one archive: under their public names, with a text that says who took what. */
#include "desks/photos/public/photos_public.h"
#include "web/secret.h"

enum { README_MAX = 4 * 1024 * 1024, LIST_MAX = 1024 * 1024 };

typedef struct Archive {
    ArchiveFile *files;
    const PublicPhoto **photos; /* what each shows; of the text NULL */
    size_t count;
} Archive;

/* ---- the text in it ---- */

static void add_line(Buf *out, const char *text)
{
    if (!text_blank(text))
        buf_printf(out, "%s\n", text);
}

static void add_about(Ctx *ctx, Buf *out, const PublicGallery *g)
{
    add_line(out, g->title);
    add_line(out, g->lead);
    add_line(out, g->url);
    buf_printf(out, "\n%s\n", ctx->city->office);
    buf_printf(out, say(ctx, "They are public: everybody may use them for free, also in media, naming the photographer and %s. Please do not change what they show."),
               ctx->city->office);
    buf_text(out, "\n");
}

static void add_picture(Ctx *ctx, Buf *out, const PublicPhoto *p, const char *name)
{
    buf_printf(out, "\n%s\n", name);
    add_line(out, p->headline);
    add_line(out, text_blank(p->caption) ? p->alt : p->caption);
    List people = photos_people(ctx->arena, p);
    for (size_t i = 0; i < people.count; i++)
        buf_printf(out, "- %s\n", ((const char *const *)people.items)[i]);
    add_line(out, p->place);
    add_line(out, clock_say(ctx->arena, ctx->city->zone, ctx->actor->tongue, CLOCK_SAY_DATE, p->taken_at));
    if (!text_blank(p->credit))
        add_line(out, photos_credit_line(ctx, p->credit));
    add_line(out, p->url);
}

/* Windows' Notepad takes UTF-8 for what it is when it begins with this mark. */
static Bytes readme(Ctx *ctx, const PublicGallery *g, const Archive *z)
{
    Buf *out = buf_new(ctx->arena, 4096, README_MAX);
    buf_text(out, "\xef\xbb\xbf");
    add_about(ctx, out, g);
    for (size_t i = 0; i < z->count; i++)
        add_picture(ctx, out, z->photos[i], z->files[i].name);
    return (Bytes){buf_data(out), buf_size(out)};
}

/* ---- what is in it ---- */

static const char *tag_of(Ctx *ctx, const Archive *z)
{
    Buf *list = buf_new(ctx->arena, 64 + z->count * 128, LIST_MAX);
    for (size_t i = 0; i < z->count; i++) {
        const ArchiveFile *f = &z->files[i];
        const char *hash = f->sha256 ? f->sha256 : secret_hash(ctx->arena, f->bytes.data, f->bytes.size);
        buf_printf(list, "%s %s %" PRId64 "\n", f->name, hash, f->at);
    }
    return secret_hash(ctx->arena, buf_data(list), buf_size(list));
}

/* Both lists are in the gallery's order; a picture without that copy is left out. */
static Archive gather(Ctx *ctx, const PublicGallery *g)
{
    List copies = photos_public_variant(ctx, g->id, "press.jpg");
    const Rendition *r = copies.items, *end = r + copies.count;
    Archive z = {.files = arena_array(ctx->arena, ArchiveFile, g->items.count + 1),
                 .photos = arena_array(ctx->arena, const PublicPhoto *, g->items.count + 1)};
    const PublicPhoto *p = g->items.items;
    for (size_t i = 0; i < g->items.count && r < end; i++) {
        if (r->photo != p[i].id)
            continue;
        z.files[z.count] = (ArchiveFile){.name = arena_printf(ctx->arena, "%s.jpg", p[i].name), .sha256 = r->sha256, .size = r->size, .crc = r->crc,
                                         .at = p[i].taken_at};
        z.photos[z.count++] = &p[i];
        r++;
    }
    Bytes text = readme(ctx, g, &z);
    z.files[z.count++] = (ArchiveFile){.name = say(ctx, "README.txt"), .bytes = text, .crc = photos_crc(text.data, text.size),
                                       .at = g->published_at};
    return z;
}

i64 photos_archive_bytes(Ctx *ctx, const PublicGallery *g)
{
    Archive z = gather(ctx, g);
    return photos_archive_size(z.files, z.count);
}

/* ---- the address ---- */

typedef struct Promise {
    const char *slug, *tag;
} Promise;

/* Is it the same archive still? A picture that was withdrawn makes it another one. */
static bool still(Ctx *ctx, const void *what)
{
    const Promise *promise = what;
    PublicGallery *g = photos_public_head(ctx, promise->slug);
    if (!g || g->withdrawn_at || !photos_public_fill(ctx, g))
        return false;
    Archive z = gather(ctx, g);
    return !faulted(ctx) && text_same(tag_of(ctx, &z), promise->tag);
}

/* GET /galerias/:slug/fotos.zip */
void photos_page_archive(Ctx *ctx, const Request *req, Page *page)
{
    PublicGallery *g = photos_public_head(ctx, req->slug);
    if (g && g->withdrawn_at)
        fault(ctx, FAULT_GONE, "this gallery was withdrawn");
    if (!g || faulted(ctx) || !photos_public_fill(ctx, g))
        return;
    Archive z = gather(ctx, g);
    if (faulted(ctx))
        return;
    PagePieces *plan = photos_archive_plan(ctx, z.files, z.count);
    Promise *promise = arena_new_of(ctx->arena, Promise);
    *promise = (Promise){.slug = g->slug, .tag = tag_of(ctx, &z)};
    plan->still = still;
    plan->what = promise;
    page->modified = g->changed_at;
    page_pieces(page, plan, promise->tag, "application/zip", arena_printf(ctx->arena, "%s.zip", g->slug));
}
