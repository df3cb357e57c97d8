/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* site_organisation.c: the areas one below the other with their posts, and the same for machines (schema.org). */
#include "base/text.h"
#include "desks/site/about/site_about.h"

enum { DEPTH_MOST = 12, DATA_MAX = 256 * 1024 };

static List posts_of(Ctx *ctx, i64 area, List posts)
{
    Post *mine = arena_array(ctx->arena, Post, posts.count + 1);
    size_t n = 0;
    for (const Post *p = posts.items, *end = p + posts.count; p < end; p++)
        if (p->area == area)
            mine[n++] = *p;
    return (List){mine, n};
}

static List below(Ctx *ctx, i64 parent, List areas, List posts, int depth)
{
    OrgArea *found = arena_array(ctx->arena, OrgArea, areas.count + 1);
    size_t n = 0;
    for (const Area *a = areas.items, *end = a + areas.count; depth < DEPTH_MOST && a < end; a++)
        if (a->parent == parent)
            found[n++] = (OrgArea){a, posts_of(ctx, a->id, posts), below(ctx, a->id, areas, posts, depth + 1)};
    return (List){found, n};
}

List site_organisation(Ctx *ctx)
{
    return below(ctx, 0, people_areas(ctx), people_posts(ctx), 0);
}

i64 site_organisation_until(Ctx *ctx)
{
    i64 until = ctx->now + 5 * CLOCK_MINUTE;
    List posts = people_posts(ctx);
    for (const Post *p = posts.items, *end = p + posts.count; p < end; p++)
        if (p->acting && p->acting_to > ctx->now && p->acting_to < until)
            until = p->acting_to;
    return until;
}

/* ---- JSON-LD ---- */
static void write_post(JsonOut *json, const Post *p)
{
    const char *name = p->acting ? p->acting_name : p->holder_name;
    if (!name)
        return;
    json_open(json, NULL, '{');
    json_text(json, "@type", "Person");
    json_text(json, "name", name);
    json_text(json, "jobTitle", p->title);
    json_close(json, '}');
}

static bool anybody(List posts)
{
    for (const Post *p = posts.items, *end = p + posts.count; p < end; p++)
        if (p->holder_name || p->acting)
            return true;
    return false;
}

static void write_areas(JsonOut *json, List areas)
{
    if (!areas.count)
        return;
    json_open(json, "subOrganization", '[');
    for (const OrgArea *o = areas.items, *end = o + areas.count; o < end; o++) {
        json_open(json, NULL, '{');
        json_text(json, "@type", "GovernmentOrganization");
        json_text(json, "name", o->area->name);
        if (anybody(o->posts)) {
            json_open(json, "member", '[');
            for (const Post *p = o->posts.items, *last = p + o->posts.count; p < last; p++)
                write_post(json, p);
            json_close(json, ']');
        }
        write_areas(json, o->below);
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void write_contact(JsonOut *json, const SiteSettings *s)
{
    if (s->address)
        json_text(json, "address", s->address);
    if (s->phone)
        json_text(json, "telephone", s->phone);
    if (s->mail)
        json_text(json, "email", s->mail);
    json_open(json, "sameAs", '[');
    for (size_t i = 0; i < NETWORKS; i++)
        if (s->accounts[i])
            json_text(json, NULL, s->accounts[i]);
    json_close(json, ']');
}

Buf *site_organisation_data(Ctx *ctx, List areas, const SiteSettings *settings)
{
    Buf *out = buf_new(ctx->arena, 4096, DATA_MAX);
    JsonOut json = json_out(out);
    json_open(&json, NULL, '{');
    json_text(&json, "@context", "https://schema.org");
    json_text(&json, "@type", "GovernmentOrganization");
    json_text(&json, "name", ctx->city->office);
    json_text(&json, "url", arena_printf(ctx->arena, "%s/", ctx->city->base_url));
    json_open(&json, "areaServed", '{');
    json_text(&json, "@type", "City");
    json_text(&json, "name", ctx->city->name);
    json_close(&json, '}');
    write_contact(&json, settings);
    write_areas(&json, areas);
    json_close(&json, '}');
    return out;
}
