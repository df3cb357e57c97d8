/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_public_whole.c: a release with all that belongs to it: its languages, files, corrections, its text as HTML and plain. */
#include "desks/press/public/press_public.h"

enum { PLAIN_MAX = 2 * 1024 * 1024 };

/* ---- languages ---- */

static bool read_text(Ctx *ctx, const Json *item, ReleaseText *out)
{
    *out = (ReleaseText){.tongue = json_text_of(json_get(item, "tongue")), .title = json_text_of(json_get(item, "title")),
                         .lead = json_text_of(json_get(item, "lead")), .body = json_text_of(json_get(item, "body"))};
    return out->tongue && out->title && out->body;
}

static List read_texts(Ctx *ctx, const char *json)
{
    const Json *list = json && *json ? json_read(ctx, json, strlen(json)) : NULL;
    size_t n = list ? json_count(list) : 0;
    ReleaseText *texts = arena_array(ctx->arena, ReleaseText, n + 1);
    size_t count = 0;
    for (size_t i = 0; i < n; i++)
        count += read_text(ctx, json_at(list, i), &texts[count]);
    return (List){texts, count};
}

const ReleaseText *press_text_in(Ctx *ctx, const PublicRelease *r, const char *tongue)
{
    const ReleaseText *t = r->texts.items;
    for (size_t i = 0; tongue && i < r->texts.count; i++)
        if (text_same(t[i].tongue, tongue))
            return &t[i];
    if (tongue && !text_same(tongue, r->tongue))
        return NULL;
    ReleaseText *own = arena_new_of(ctx->arena, ReleaseText);
    *own = (ReleaseText){.tongue = r->tongue, .title = r->title, .lead = r->lead, .body = r->body, .body_html = r->body_html};
    return own;
}

const char *press_html_lang(const char *tongue)
{
    return text_same(tongue, "es-x-plain") || text_same(tongue, "es") ? "es-MX" : text_same(tongue, "pame") ? "pbs" : tongue;
}

/* ---- files and cover ---- */

static const char *file_url(Ctx *ctx, const PublicRelease *r, const ReleaseFile *f)
{
    Url path = url_slug(ctx->arena, "/comunicados/", r->slug, "/archivos/");
    return arena_printf(ctx->arena, "%s%s%s", ctx->city->base_url, path.s, id_text(ctx->arena, f->id));
}

/* Citizens get a copy of the cover that was made for them, never what the camera wrote. */
static void set_cover(Ctx *ctx, PublicRelease *r, const ReleaseFile *f)
{
    const PictureCopy *widest = press_largest(press_copies(ctx, f->id));
    r->cover = (ReleaseCover){.alt = f->alt, .caption = f->caption, .credit = f->credit, .width = NONE, .height = NONE};
    if (!widest)
        return;
    r->cover.url = arena_printf(ctx->arena, "%s%s", ctx->city->base_url, press_media_url(ctx->arena, f->id, widest->variant).s);
    r->cover.width = widest->width;
    r->cover.height = widest->height;
}

static void set_files(Ctx *ctx, PublicRelease *r)
{
    r->files = press_public_files(ctx, r->id, r->number);
    ReleaseFile *f = (ReleaseFile *)r->files.items;
    for (size_t i = 0; i < r->files.count; i++) {
        f[i].is_cover = f[i].id == r->cover_id;
        if (f[i].is_cover)
            set_cover(ctx, r, &f[i]);
        f[i].url = f[i].is_cover ? r->cover.url : file_url(ctx, r, &f[i]);
    }
}

bool press_public_parts(Ctx *ctx, PublicRelease *r)
{
    if (r->state == RELEASE_WITHDRAWN)
        return !faulted(ctx);
    r->texts = read_texts(ctx, press_public_texts(ctx, r->id, r->number));
    r->corrections = press_public_corrections(ctx, r->id);
    set_files(ctx, r);
    return !faulted(ctx);
}

/* ---- HTML ---- */

bool press_body(Ctx *ctx, const char *markdown, Sanitized *out)
{
    static const SanitizeRules rules = {.anchors = true, .images = true, .image_url = sanitize_own_picture};
    *out = (Sanitized){.html = safe_literal("")};
    return !markdown || markdown_html(ctx, markdown, &rules, out);
}

static const char *body_html(Ctx *ctx, const char *markdown)
{
    Sanitized body;
    return markdown && press_body(ctx, markdown, &body) ? body.html.s : NULL;
}

const PublicRelease *press_public_whole(Ctx *ctx, const PublicRelease *release)
{
    PublicRelease *r = arena_new_of(ctx->arena, PublicRelease);
    *r = *release;
    if (!press_public_parts(ctx, r))
        return NULL;
    r->body_html = body_html(ctx, r->body);
    ReleaseText *t = (ReleaseText *)r->texts.items;
    for (size_t i = 0; i < r->texts.count; i++)
        t[i].body_html = body_html(ctx, t[i].body);
    return faulted(ctx) ? NULL : r;
}

/* Also who sees it early does not see photos that are gone. */
static void leave_gone_out(Ctx *ctx, PublicRelease *r)
{
    const ReleaseFile *all = r->files.items;
    ReleaseFile *kept = arena_array(ctx->arena, ReleaseFile, r->files.count + 1);
    size_t n = 0;
    for (size_t i = 0; i < r->files.count; i++) {
        if (!all[i].gone)
            kept[n++] = all[i];
        else if (all[i].is_cover) {
            r->cover_id = 0;
            r->cover = (ReleaseCover){.width = NONE, .height = NONE};
        }
    }
    r->files = (List){kept, n};
}

const PublicRelease *press_as_public(Ctx *ctx, const Release *d)
{
    PublicRelease *r = arena_new_of(ctx->arena, PublicRelease);
    *r = (PublicRelease){
        .id = d->id, .number = d->edition, .event = d->event, .folio = d->folio, .slug = d->slug, .title = d->title, .lead = d->lead,
        .body = d->body, .topics = d->topics, .tongue = d->tongue, .dateline_place = d->dateline_place, .area_name = d->area_name,
        .contact_name = d->contact_name, .contact_phone = d->contact_phone, .contact_mail = d->contact_mail,
        .published_at = d->published_at ? d->published_at : d->publish_at, .corrected_at = d->corrected_at,
        .at = d->changed_at, .changed_at = d->changed_at, .cover_id = d->cover, .state = d->state, .code = d->code, .sha256 = d->sha256,
        .signature = d->signature, .url = d->url, .cover = d->picture, .texts = d->texts, .files = d->files, .corrections = d->corrections,
    };
    leave_gone_out(ctx, r);
    i64 day = r->published_at ? r->published_at : ctx->now;
    r->dateline_day = d->dateline_day ? d->dateline_day : clock_day_text(ctx->arena, ctx->city->zone, day);
    r->body_html = body_html(ctx, r->body);
    return faulted(ctx) ? NULL : r;
}

/* ---- plain text ---- */

i64 press_dateline_moment(Ctx *ctx, const PublicRelease *r)
{
    Wall day;
    if (!wall_parse(r->dateline_day ? r->dateline_day : "", &day))
        return r->published_at;
    day.hour = 12;
    return clock_instant(ctx->city->zone, day, NULL);
}

const char *press_dateline(Ctx *ctx, const PublicRelease *r)
{
    Tongue tongue = text_same(r->tongue, "en") ? TONGUE_EN : TONGUE_ES;
    const char *day = clock_say(ctx->arena, ctx->city->zone, tongue, CLOCK_SAY_DATE, press_dateline_moment(ctx, r));
    return r->dateline_place ? arena_printf(ctx->arena, "%s, %s", r->dateline_place, day) : day;
}

static void add_contact(Ctx *ctx, Buf *out, const PublicRelease *r)
{
    const char *const parts[] = {r->contact_name, r->contact_phone, r->contact_mail};
    bool any = false;
    for (size_t i = 0; i < COUNT(parts); i++) {
        if (!parts[i])
            continue;
        buf_printf(out, "%s%s", any ? " · " : say(ctx, "For media: "), parts[i]);
        any = true;
    }
    if (any)
        buf_text(out, "\n");
}

const char *press_plain(Ctx *ctx, const PublicRelease *r, const ReleaseText *text)
{
    Buf *out = buf_new(ctx->arena, 4096, PLAIN_MAX);
    if (r->folio)
        buf_printf(out, "%s · %s\n", ctx->city->office, r->folio);
    buf_printf(out, "%s\n\n", text->title);
    if (text->lead)
        buf_printf(out, "%s\n\n", text->lead);
    buf_printf(out, "%s\n\n", press_dateline(ctx, r));
    buf_printf(out, "%s\n", text_trim(ctx->arena, markdown_text(ctx, text->body)));
    buf_text(out, "\n");
    add_contact(ctx, out, r);
    if (r->url)
        buf_printf(out, "%s\n", r->url);
    if (r->code)
        buf_printf(out, "%s %s\n", say(ctx, "Verification code:"), r->code);
    return buf_data(out);
}
