/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_public_release.c: the page of one release, of its earlier editions and languages, and the notice where it was withdrawn. */
#include "desks/press/pictures/press_pictures.h"
#include "desks/press/public/press_public.h"
#include "web/router.h"
#include "web/site.h"
#include "press_public_release_views.h"
#include "press_public_notice_views.h"

enum { CONTENTS_HEADINGS = 3, LONG_TEXT = 6000, FILES_WAIT = 30, SHARE_WIDTH = 1200, SHARE_HEIGHT = 630 };

/* Other rooms' addresses are linked where they are. */
static bool there_is(Ctx *ctx, const Request *req, const char *path)
{
    Request scratch = *req;
    return req->site && req->site->router && router_match(req->site->router, ctx->arena, GET, path, &scratch).route;
}

/* ---- languages ---- */

static const char *asked_tongue(const Request *req)
{
    const char *tongue = query_text(req, "idioma");
    return text_blank(tongue) ? NULL : tongue;
}

static Url tongue_url(Arena *a, const PublicRelease *r, const char *tongue)
{
    bool own = text_same(tongue, r->tongue);
    return url_query(a, press_public_url(a, r->slug), "idioma", own ? NULL : tongue);
}

static TongueLink tongue_link(Ctx *ctx, const ReleaseShown *x, const char *code)
{
    int word = word_find(press_tongue_words, code);
    return (TongueLink){.code = code, .label = word < 0 ? code : say_word(ctx, press_tongue_words, word),
                        .url = tongue_url(ctx->arena, x->release, code), .current = text_same(code, x->text->tongue)};
}

static bool is_plain(const char *tongue)
{
    return text_same(tongue, "es-x-plain");
}

/* Plain language is a switch of its own: it is no other language. */
static void set_tongues(Ctx *ctx, ReleaseShown *x)
{
    const PublicRelease *r = x->release;
    const ReleaseText *t = r->texts.items;
    TongueLink *links = arena_array(ctx->arena, TongueLink, r->texts.count + 1);
    size_t n = 0;
    links[n++] = tongue_link(ctx, x, r->tongue);
    for (size_t i = 0; i < r->texts.count; i++) {
        if (!is_plain(t[i].tongue)) {
            links[n++] = tongue_link(ctx, x, t[i].tongue);
            continue;
        }
        TongueLink *plain = arena_new_of(ctx->arena, TongueLink);
        *plain = tongue_link(ctx, x, t[i].tongue);
        x->plain_link = plain;
    }
    x->tongues = n > 1 ? (List){links, n} : (List){0};
}

static void set_page_tongues(Ctx *ctx, const ReleaseShown *x, Page *page)
{
    const TongueLink *link = x->tongues.items;
    PageTongue *tongues = arena_array(ctx->arena, PageTongue, x->tongues.count + 1);
    for (size_t i = 0; i < x->tongues.count; i++)
        tongues[i] = (PageTongue){press_html_lang(link[i].code), link[i].url};
    size_t n = x->tongues.count;
    if (n)
        tongues[n++] = (PageTongue){"x-default", press_public_url(ctx->arena, x->release->slug)};
    page->tongues = (List){tongues, n};
}

/* ---- sharing: plain links, nobody's script ---- */

static void add_share(Ctx *ctx, ShareLink *links, size_t *n, const char *icon, const char *label, const char *address)
{
    links[*n] = (ShareLink){.icon = icon, .label = label};
    *n += url_outside(ctx->arena, address, &links[*n].url);
}

static void set_shares(Ctx *ctx, ReleaseShown *x)
{
    Arena *a = ctx->arena;
    const char *url = x->release->url, *title = x->text->title;
    Url both = url_query(a, url_literal(""), "text", arena_printf(a, "%s %s", title, url));
    Url split = url_query(a, url_query(a, url_literal(""), "url", url), "text", title);
    ShareLink *links = arena_array(a, ShareLink, 5);
    size_t n = 0;
    add_share(ctx, links, &n, "brand-whatsapp", "WhatsApp", arena_printf(a, "https://wa.me/%s", both.s));
    add_share(ctx, links, &n, "brand-facebook", "Facebook",
              arena_printf(a, "https://www.facebook.com/sharer/sharer.php%s", url_query(a, url_literal(""), "u", url).s));
    add_share(ctx, links, &n, "brand-x", "X", arena_printf(a, "https://x.com/intent/post%s", split.s));
    add_share(ctx, links, &n, "brand-telegram", "Telegram", arena_printf(a, "https://t.me/share/url%s", split.s));
    links[n++] = (ShareLink){"mail", say(ctx, "By mail"), url_letter(a, NULL, title, arena_printf(a, "%s\n\n%s", title, url))};
    x->shares = (List){links, n};
}

/* ---- the page's head ---- */

static List topic_names(Ctx *ctx, const PublicRelease *r)
{
    return text_split(ctx->arena, r->topics ? r->topics : "", '\n');
}

static void set_share_head(Ctx *ctx, const ReleaseShown *x, Page *page)
{
    const PublicRelease *r = x->latest;
    PageShare *share = arena_new_of(ctx->arena, PageShare);
    *share = (PageShare){.is_article = true, .published = r->published_at, .modified = r->corrected_at, .tags = topic_names(ctx, r)};
    share->section = press_first_topic(ctx->arena, r->topics);
    share->image = url_slug(ctx->arena, "/comunicados/", r->slug, "/tarjeta.png");
    share->image_alt = r->cover.alt ? r->cover.alt : x->text->title;
    share->image_width = SHARE_WIDTH;
    share->image_height = SHARE_HEIGHT;
    page->share = there_is(ctx, x->req, share->image.s) ? share : NULL;
    if (page->share)
        return;
    share->image = (Url){NULL};
    page->share = share;
}

static void set_head(Ctx *ctx, const ReleaseShown *x, Page *page)
{
    const PublicRelease *r = x->latest;
    page->title = x->text->title;
    page->description = x->text->lead ? x->text->lead : text_clip(ctx->arena, x->body.text ? x->body.text : "", 200);
    page->canonical = tongue_url(ctx->arena, r, x->release == r ? x->text->tongue : r->tongue);
    page->noindex = x->release != r || is_plain(x->text->tongue);
    page->alternate_atom = url_literal("/comunicados.atom");
    page->alternate_rss = url_literal("/comunicados.rss");
    set_page_tongues(ctx, x, page);
    set_share_head(ctx, x, page);
}

/* ---- drawing ---- */

static List attachments_of(Ctx *ctx, const PublicRelease *r)
{
    const ReleaseFile *f = r->files.items;
    ReleaseFile *kept = arena_array(ctx->arena, ReleaseFile, r->files.count + 1);
    size_t n = 0;
    for (size_t i = 0; i < r->files.count; i++)
        if (!f[i].is_cover)
            kept[n++] = f[i];
    return (List){kept, n};
}

/* Copies of a picture and the kit are made beside the publication: a young page without them is drawn again soon. */
static void wait_for_files(Ctx *ctx, const ReleaseShown *x, Page *page)
{
    bool missing = !x->has_kit || (x->release->cover_id && !x->copies.count);
    if (missing && x->release == x->latest && ctx->now - x->release->at < CLOCK_HOUR)
        page->expires = ctx->now + FILES_WAIT * CLOCK_SECOND;
}

static void gather(Ctx *ctx, const Request *req, ReleaseShown *x)
{
    const PublicRelease *r = x->release;
    x->lang = press_html_lang(x->text->tongue);
    x->plain = press_plain(ctx, r, x->text);
    x->copies = r->cover_id ? press_copies(ctx, r->cover_id) : (List){0};
    x->topics = press_public_topics_of(ctx, r->id);
    x->related = press_public_related(ctx, x->latest, PUBLIC_RELATED);
    x->attachments = attachments_of(ctx, r);
    x->event = press_told_event(ctx, r->event);
    x->has_kit = r == x->latest && press_kit(ctx, r->id, r->number) != NULL; /* its address gives the youngest edition's */
    x->has_qr = r->code && there_is(ctx, req, "/verificar/qr");
    x->contents = x->body.headings.count >= CONTENTS_HEADINGS ||
                  (x->body.headings.count > 1 && x->body.text && strlen(x->body.text) > LONG_TEXT);
    set_tongues(ctx, x);
    set_shares(ctx, x);
    if (r == x->latest || !press_public_parts(ctx, (PublicRelease *)x->latest))
        return;
    x->compared = press_compare(ctx, r, x->latest);
    x->files_compared = press_compare_files(ctx, r, x->latest);
}

static void draw(Ctx *ctx, const Request *req, Page *page, const PublicRelease *r, const PublicRelease *latest)
{
    ReleaseShown *x = arena_new_of(ctx->arena, ReleaseShown);
    *x = (ReleaseShown){.req = req, .release = r, .latest = latest};
    x->text = press_text_in(ctx, r, asked_tongue(req));
    x->text = x->text ? x->text : press_text_in(ctx, r, NULL);
    if (!press_body(ctx, x->text->body, &x->body))
        return;
    gather(ctx, req, x);
    set_head(ctx, x, page);
    x->json = press_jsonld(ctx, x);
    wait_for_files(ctx, x, page);
    press_public_view_release(page->html, x);
}

static void give_text(Ctx *ctx, const Request *req, Page *page, const PublicRelease *r)
{
    const ReleaseText *text = press_text_in(ctx, r, asked_tongue(req));
    const char *plain = press_plain(ctx, r, text ? text : press_text_in(ctx, r, NULL));
    Buf *out = buf_new(ctx->arena, strlen(plain) + 1, 4 * 1024 * 1024);
    buf_text(out, plain);
    page_bytes(page, "text/plain; charset=utf-8", NULL, out);
}

/* ---- withdrawn ---- */

static void give_notice(Ctx *ctx, Page *page, const PublicRelease *r)
{
    page->status = 410;
    page->noindex = true;
    page->title = say(ctx, "Release withdrawn");
    page_one(page, &press_public_shape, r);
    if (page->format == FORMAT_HTML) {
        press_public_view_notice(page->html, r);
        return;
    }
    if (page->format != FORMAT_TEXT)
        return;
    Buf *out = buf_new(ctx->arena, 1024, 16 * 1024);
    buf_printf(out, "%s %s\n%s\n%s\n", say(ctx, "Withdrawn:"), r->folio, r->title, r->reason ? r->reason : "");
    page_bytes(page, "text/plain; charset=utf-8", NULL, out);
}

/* ---- the addresses ---- */

static i64 asked_edition(Ctx *ctx, const Request *req)
{
    const char *text = query_text(req, "edicion");
    i64 number = 0;
    if (!text_blank(text) && (!text_int(text, &number) || number < 1))
        fault(ctx, FAULT_NOT_FOUND, "this release has no such edition");
    return number;
}

/* An earlier address leads to the present one, in the form and language that was asked for. */
static Url present_address(Ctx *ctx, const Request *req, const Page *page, const PublicRelease *r)
{
    const char *suffix = page->format == FORMAT_HTML ? NULL : arena_printf(ctx->arena, ".%s", word_name(format_words, (int)page->format));
    Url url = url_slug(ctx->arena, "/comunicados/", r->slug, suffix);
    url = url_query(ctx->arena, url, "edicion", query_text(req, "edicion"));
    return url_query(ctx->arena, url, "idioma", query_text(req, "idioma"));
}

static void give(Ctx *ctx, const Request *req, Page *page, const PublicRelease *r, const PublicRelease *latest)
{
    if (page->format == FORMAT_HTML)
        draw(ctx, req, page, r, latest);
    else if (page->format == FORMAT_TEXT)
        give_text(ctx, req, page, r);
    else if (page->format == FORMAT_ATOM)
        press_give_feed_of(ctx, page, r);
    else
        page_one(page, &press_public_shape, press_public_whole(ctx, r));
}

void press_page_public_release(Ctx *ctx, const Request *req, Page *page)
{
    i64 number = asked_edition(ctx, req);
    const PublicRelease *latest = press_public_by_slug(ctx, req->slug, 0);
    if (!latest)
        return;
    page->here = "/comunicados";
    page->modified = latest->changed_at;
    if (!text_same(latest->slug, req->slug))
        page->moved = present_address(ctx, req, page, latest);
    else if (latest->state == RELEASE_WITHDRAWN)
        give_notice(ctx, page, latest);
    if (page->moved.s || page->status)
        return;
    const PublicRelease *r = number && number != latest->number ? press_public_by_slug(ctx, req->slug, number) : latest;
    if (r && press_public_parts(ctx, (PublicRelease *)r))
        give(ctx, req, page, r, latest);
}

/* Of a picture a copy, and under our name: the original may say where it was taken, and its name when. */
static bool give_file(Ctx *ctx, const Request *req, Page *page, const PublicRelease *r, const ReleaseFile *f, size_t number)
{
    if (!press_is_picture(f->type))
        return page_file(ctx, req, page, f->sha256, f->type, f->filename);
    const PictureCopy *copy = press_largest(press_copies(ctx, f->id));
    if (!copy)
        return fault(ctx, FAULT_BUSY, "The picture is still being made. Try again in a moment.");
    return page_file(ctx, req, page, copy->sha256, copy->type, arena_printf(ctx->arena, "%s-%02zu.jpg", r->slug, number));
}

static bool give_one_of(Ctx *ctx, const Request *req, Page *page, const PublicRelease *r, i64 number)
{
    List files = press_public_files(ctx, r->id, number);
    const ReleaseFile *f = files.items;
    for (size_t i = 0; i < files.count; i++) {
        if (f[i].id != req->id)
            continue;
        if (give_file(ctx, req, page, r, &f[i], i + 1))
            page->modified = f[i].at;
        return true;
    }
    return faulted(ctx);
}

/* What a correction took away is still of the editions that had it. */
void press_page_public_file(Ctx *ctx, const Request *req, Page *page)
{
    const PublicRelease *r = press_public_by_slug(ctx, req->slug, 0);
    if (!r)
        return;
    if (r->state == RELEASE_WITHDRAWN) {
        fault(ctx, FAULT_GONE, "this release was withdrawn, and so were its files");
        return;
    }
    i64 number = press_public_file_in(ctx, r->id, req->id);
    if (number == NONE || !give_one_of(ctx, req, page, r, number))
        fault(ctx, FAULT_NOT_FOUND, "this release has no such file");
}
