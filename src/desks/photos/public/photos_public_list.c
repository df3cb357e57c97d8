/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_public_list.c: the list of galleries, month by month, of all years or of one. */
#include "desks/photos/public/photos_public.h"
#include "web/cursor.h"
#include "photos_public_list_views.h"

enum { YEARS_MOST = 50 };

static const Span ever = {INT64_MIN, INT64_MAX};

/* ---- what the address asks for ---- */

static bool year_span(Ctx *ctx, const char *year, Span *span_out)
{
    Span first, last;
    if (strlen(year) != 4 || !clock_month(ctx->city->zone, arena_printf(ctx->arena, "%s-01", year), &first) ||
        !clock_month(ctx->city->zone, arena_printf(ctx->arena, "%s-12", year), &last))
        return fault_field(ctx, "anio", "%s is no year; one like 2022 is wanted.", text_clip(ctx->arena, year, 20));
    *span_out = (Span){first.from, last.to};
    return true;
}

static bool read_year(Ctx *ctx, const Request *req, GalleryListShown *x, Span *span_out)
{
    const char *year = query_text(req, "anio");
    *span_out = ever;
    if (text_blank(year))
        return true;
    x->year = year;
    return year_span(ctx, year, span_out);
}

/* ---- by month ---- */

static const char *month_label(Ctx *ctx, i64 instant)
{
    return text_sentence(ctx->arena, clock_say(ctx->arena, ctx->city->zone, ctx->actor->tongue, CLOCK_SAY_MONTH, instant));
}

static List by_month(Ctx *ctx, List galleries)
{
    const PublicGallery *g = galleries.items;
    GalleryMonth *months = arena_array(ctx->arena, GalleryMonth, galleries.count + 1);
    size_t n = 0;
    for (size_t i = 0; i < galleries.count; i++) {
        const char *label = month_label(ctx, g[i].published_at);
        if (!n || !text_same(months[n - 1].label, label))
            months[n++] = (GalleryMonth){.label = label, .galleries = {&g[i], 0}};
        months[n - 1].galleries.count++;
    }
    return (List){months, n};
}

/* From this year back to that of the oldest one. */
static List years_of(Ctx *ctx)
{
    i64 oldest = photos_public_oldest(ctx);
    const char **years = arena_array(ctx->arena, const char *, YEARS_MOST);
    int first = oldest ? clock_wall(ctx->city->zone, oldest).year : 0, year = clock_wall(ctx->city->zone, ctx->now).year;
    size_t n = 0;
    for (; oldest && year >= first && n < YEARS_MOST; year--)
        years[n++] = arena_printf(ctx->arena, "%d", year);
    return (List){years, n};
}

/* ---- the page ---- */

static void set_head(Ctx *ctx, Page *page, const GalleryListShown *x)
{
    const char *when = x->year ? arena_printf(ctx->arena, " · %s", x->year) : "";
    page->here = "/galerias";
    page->title = arena_printf(ctx->arena, "%s%s", say(ctx, "Galleries"), when);
    page->description = arena_printf(ctx->arena, say(ctx, "Pictures of what %s does, event by event, for everybody to use."), ctx->city->name);
    page->alternate_atom = url_literal("/galerias.atom");
}

void photos_page_galleries(Ctx *ctx, const Request *req, Page *page)
{
    GalleryListShown x = {0};
    Span span;
    i64 at = 0, id = 0;
    if (!read_year(ctx, req, &x, &span))
        return;
    set_head(ctx, page, &x);
    if (page->format == FORMAT_ATOM) {
        photos_give_feed(ctx, page);
        return;
    }
    i64 limit = page->format == FORMAT_HTML && !query_text(req, "limit") ? GALLERY_LIST : query_limit(req);
    x.first = !cursor_read(ctx, req, &at, &id);
    List list = photos_public_by_span(ctx, span, at, id, limit + 1);
    bool more = (i64)list.count > limit;
    list.count = more ? (size_t)limit : list.count;
    const PublicGallery *last = list.count ? (const PublicGallery *)list.items + list.count - 1 : NULL;
    x.next = more ? cursor_make(ctx, req, last->published_at, last->id) : NULL;
    x.total = photos_public_count_of(ctx, span);
    page_list(page, &photos_public_gallery_shape, list, x.total, x.next);
    if (page->format != FORMAT_HTML || faulted(ctx))
        return;
    x.months = by_month(ctx, list);
    x.years = years_of(ctx);
    photos_public_view_list(page->html, &x);
}
