/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_public_jsonld.c: releases as search engines read them: schema.org NewsArticle, and an ItemList of them. */
#include "assets.h"
#include "desks/press/public/press_public.h"

enum { JSON_MAX = 2 * 1024 * 1024 };

static const char *absolute(Ctx *ctx, const char *path)
{
    return arena_printf(ctx->arena, "%s%s", ctx->city->base_url, path);
}

static const char *moment(Ctx *ctx, i64 at)
{
    return clock_rfc3339(ctx->arena, ctx->city->zone, at);
}

static void add_office(Ctx *ctx, JsonOut *j, const char *key, const char *name)
{
    json_open(j, key, '{');
    json_text(j, "@type", "GovernmentOrganization");
    json_text(j, "name", name);
    json_text(j, "url", absolute(ctx, "/"));
    json_open(j, "logo", '{');
    json_text(j, "@type", "ImageObject");
    json_text(j, "url", absolute(ctx, ASSET_ICONO_512_PNG));
    json_int(j, "width", 512);
    json_int(j, "height", 512);
    json_close(j, '}');
    json_close(j, '}');
}

static void add_image(JsonOut *j, const ReleaseCover *cover)
{
    if (!cover->url)
        return;
    json_open(j, "image", '{');
    json_text(j, "@type", "ImageObject");
    json_text(j, "url", cover->url);
    json_int(j, "width", cover->width);
    json_int(j, "height", cover->height);
    json_text(j, "caption", cover->caption ? cover->caption : cover->alt);
    json_text(j, "creditText", cover->credit);
    json_close(j, '}');
}

static void add_corrections(Ctx *ctx, JsonOut *j, List corrections)
{
    const Correction *c = corrections.items;
    if (!corrections.count)
        return;
    json_open(j, "correction", '[');
    for (size_t i = 0; i < corrections.count; i++) {
        json_open(j, NULL, '{');
        json_text(j, "@type", "CorrectionComment");
        json_text(j, "text", c[i].note);
        json_text(j, "datePublished", moment(ctx, c[i].at));
        json_close(j, '}');
    }
    json_close(j, ']');
}

static void add_event(Ctx *ctx, JsonOut *j, const ToldEvent *event)
{
    if (!event)
        return;
    json_open(j, "about", '{');
    json_text(j, "@type", "Event");
    json_text(j, "name", event->title);
    json_text(j, "startDate", moment(ctx, event->starts_at));
    json_text(j, "url", absolute(ctx, url_slug(ctx->arena, "/agenda/", event->slug, NULL).s));
    json_open(j, "location", '{');
    json_text(j, "@type", "Place");
    json_text(j, "name", event->place_name ? event->place_name : ctx->city->name);
    json_text(j, "address", ctx->city->name);
    json_close(j, '}');
    json_close(j, '}');
}

static void add_keywords(Ctx *ctx, JsonOut *j, const char *topics)
{
    List names = text_split(ctx->arena, topics ? topics : "", '\n');
    if (!names.count)
        return;
    json_text(j, "articleSection", ((const char *const *)names.items)[0]);
    json_open(j, "keywords", '[');
    for (size_t i = 0; i < names.count; i++)
        json_text(j, NULL, ((const char *const *)names.items)[i]);
    json_close(j, ']');
}

static void add_page(JsonOut *j, const char *url)
{
    json_open(j, "mainEntityOfPage", '{');
    json_text(j, "@type", "WebPage");
    json_text(j, "@id", url);
    json_close(j, '}');
}

Buf *press_jsonld(Ctx *ctx, const ReleaseShown *x)
{
    const PublicRelease *r = x->release;
    Buf *out = buf_new(ctx->arena, 8192, JSON_MAX);
    JsonOut j = json_out(out);
    json_open(&j, NULL, '{');
    json_text(&j, "@context", "https://schema.org");
    json_text(&j, "@type", "NewsArticle");
    json_text(&j, "@id", arena_printf(ctx->arena, "%s#article", r->url));
    add_page(&j, r->url);
    json_text(&j, "headline", x->text->title);
    json_text(&j, "description", x->text->lead);
    json_text(&j, "url", r->url);
    json_text(&j, "identifier", r->folio);
    json_text(&j, "inLanguage", x->lang);
    json_text(&j, "datePublished", moment(ctx, r->published_at));
    json_text(&j, "dateModified", moment(ctx, r->at));
    json_text(&j, "dateline", press_dateline(ctx, r));
    json_text(&j, "articleBody", x->body.text);
    json_text(&j, "version", arena_printf(ctx->arena, "%" PRId64, r->number));
    json_bool(&j, "isAccessibleForFree", true);
    add_keywords(ctx, &j, r->topics);
    add_image(&j, &r->cover);
    add_office(ctx, &j, "author", r->area_name ? r->area_name : ctx->city->office);
    add_office(ctx, &j, "publisher", ctx->city->office);
    add_corrections(ctx, &j, r->corrections);
    add_event(ctx, &j, x->event);
    json_close(&j, '}');
    return out;
}

Buf *press_list_jsonld(Ctx *ctx, List releases)
{
    const PublicRelease *r = releases.items;
    Buf *out = buf_new(ctx->arena, 4096, JSON_MAX);
    JsonOut j = json_out(out);
    json_open(&j, NULL, '{');
    json_text(&j, "@context", "https://schema.org");
    json_text(&j, "@type", "ItemList");
    json_open(&j, "itemListElement", '[');
    for (size_t i = 0; i < releases.count; i++) {
        json_open(&j, NULL, '{');
        json_text(&j, "@type", "ListItem");
        json_int(&j, "position", (i64)i + 1);
        json_text(&j, "url", r[i].url);
        json_text(&j, "name", r[i].title);
        json_close(&j, '}');
    }
    json_close(&j, ']');
    json_close(&j, '}');
    return out;
}
