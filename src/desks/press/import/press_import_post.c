/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_import_post.c: one post of another site as the release that it will be: words, address, day, pictures. */
#include "base/hash.h"
#include "desks/press/import/press_import.h"
#include "web/address.h"
#include "web/markdown.h"

enum { TITLE_WORDS = 12, TOPIC_MAX = 60, SLUG_MAX = 70, ATTACHMENT_KINDS = 12 };

/* ---- what it was ---- */

const char *press_import_source(Import *im, const WpPost *post)
{
    return arena_printf(im->ctx->arena, "wordpress:%s/?p=%" PRId64, im->base ? im->base : "", post->id);
}

const char *press_import_hash(Ctx *ctx, const WpPost *p)
{
    const char *parts[] = {p->status, p->title, p->slug, p->password ? "*" : "", p->date_gmt, p->excerpt, p->content, p->categories, p->tags};
    Buf *all = buf_new(ctx->arena, 4096, 8 * IMPORT_TEXT_MAX);
    for (size_t i = 0; i < COUNT(parts); i++) {
        buf_text(all, parts[i]);
        buf_add(all, "", 1); /* so that no text can run into the next one */
    }
    buf_int(all, p->cover);
    return hash_text(ctx->arena, (Bytes){buf_data(all), buf_size(all)});
}

static bool instant_of(const char *text, const Zone *zone, i64 *at_out)
{
    Wall wall;
    if (!text || strlen(text) < 10 || !wall_parse(text, &wall) || wall.year < 1980)
        return false;
    *at_out = clock_instant(zone, wall, NULL);
    return true;
}

static bool is_public(const WpPost *post)
{
    return text_same(post->status, "publish") && text_blank(post->password);
}

/* Its minute, when it is public; one that lies ahead is a draft here. */
static bool take_day(Import *im, const WpPost *post, ImportItem *item)
{
    Ctx *ctx = im->ctx;
    i64 at = 0;
    if (!is_public(post)) {
        press_import_tell(im, post, "draft", post->status ? post->status : "?");
        return true;
    }
    if (!instant_of(post->date_gmt, NULL, &at) && !instant_of(post->date, ctx->city->zone, &at))
        return fault_field(ctx, "date", "it has no date");
    if (at > ctx->now) {
        press_import_tell(im, post, "draft", "future");
        return true;
    }
    item->published_at = at;
    return true;
}

/* ---- words ---- */

static const char *plain(Ctx *ctx, const char *html)
{
    Sanitized clean;
    if (text_blank(html) || !sanitize(ctx, html, strlen(html), NULL, &clean))
        return "";
    return text_nfc(ctx->arena, text_squeeze(ctx->arena, clean.text));
}

static const char *first_words(Ctx *ctx, const char *body)
{
    const char *text = text_squeeze(ctx->arena, markdown_text(ctx, body)), *end = text;
    for (int i = 0; i < TITLE_WORDS && *end; i++) {
        end += strcspn(end, " ");
        end += strspn(end, " ");
    }
    return text_trim(ctx->arena, arena_copy(ctx->arena, text, (size_t)(end - text)));
}

/* WordPress lets a post be without a title. */
static bool take_title(Import *im, const WpPost *post, ImportItem *item)
{
    Ctx *ctx = im->ctx;
    const char *title = plain(ctx, post->title);
    if (!*title && !faulted(ctx)) {
        title = first_words(ctx, item->body);
        if (*title)
            press_import_tell(im, post, "lost", say(ctx, "it had no title: its first words stand for it"));
    }
    if (!*title)
        return faulted(ctx) ? false : fault_field(ctx, "title", "it has neither a title nor a text");
    item->title = text_clip(ctx->arena, title, PRESS_TITLE_MAX);
    if (!text_same(item->title, title))
        press_import_tell(im, post, "lost", say(ctx, "the end of its title, which is too long"));
    return true;
}

/* What WordPress made of the first words by itself says nothing more than the text. */
static void take_lead(Import *im, const WpPost *post, ImportItem *item)
{
    const char *lead = plain(im->ctx, post->excerpt);
    if (!*lead || text_ends(lead, "[…]") || text_ends(lead, "[...]"))
        return;
    item->lead = text_clip(im->ctx->arena, lead, PRESS_LEAD_MAX);
    if (!text_same(item->lead, lead))
        press_import_tell(im, post, "lost", say(im->ctx, "the end of its summary, which is too long"));
}

static void add_topics(Import *im, const WpPost *post, ImportItem *item, const char *lines, int *n)
{
    Arena *a = im->ctx->arena;
    List words = lines ? text_split(a, lines, '\n') : (List){0};
    for (size_t i = 0; i < words.count; i++) {
        const char *word = plain(im->ctx, ((const char *const *)words.items)[i]);
        const char *short_word = text_clip(a, word, TOPIC_MAX);
        if (!*word || text_same(text_slug(a, word), "uncategorized") || text_same(text_slug(a, word), "sin-categoria"))
            continue;
        if (++*n > PRESS_TOPICS_MAX)
            press_import_tell(im, post, "lost", arena_printf(a, "%s: %s", say(im->ctx, "a topic too many"), word));
        else
            item->topics = item->topics ? arena_printf(a, "%s\n%s", item->topics, short_word) : short_word;
    }
}

/* ---- addresses ---- */

static const char *slug_of(Ctx *ctx, const WpPost *post, const char *title)
{
    Arena *a = ctx->arena;
    const char *path = NULL, *slug = post->slug ? post->slug : "";
    if (address_path(a, arena_printf(a, "/%s", slug), &path) == ADDRESS_FINE)
        slug = path + 1;
    slug = text_slug(a, slug);
    return *slug ? slug : text_slug(a, title);
}

/* /2019/05/arranca-el-bacheo, without a slash at its end; NULL: it had none but its number. */
static const char *path_of(Ctx *ctx, const WpPost *post)
{
    Arena *a = ctx->arena;
    const char *path = NULL, *link = post->link, *host = link ? strstr(link, "://") : NULL;
    const char *raw = host ? strchr(host + 3, '/') : NULL;
    if (!raw || strchr(raw, '?') || address_path(a, arena_copy(a, raw, strcspn(raw, "?#")), &path) != ADDRESS_FINE)
        return NULL;
    size_t n = strlen(path);
    while (n > 1 && path[n - 1] == '/')
        n--;
    return n > 1 ? arena_copy(a, path, n) : NULL;
}

/* ---- pictures ---- */

typedef struct Fetching {
    Import *im;
    const WpPost *post;
    ImportItem *item;
} Fetching;

static const char *picture_here(Ctx *ctx, const char *src, void *data)
{
    Fetching *f = data;
    if (f->im->checking || f->im->ask->dry_run)
        return "/medios/0/1280.jpg"; /* so that the text is tried as it will be */
    const ImportFile *file = press_import_fetch(f->im, f->post, f->item, arena_text(ctx->arena, src), true);
    return file ? arena_printf(ctx->arena, "/medios/%s/1280.jpg", id_text(ctx->arena, file->id)) : NULL;
}

/* What stands in ![…](<address>) before the address, without its escapes. */
static const char *words_before(Arena *a, const char *markdown, const char *address)
{
    const char *at = strstr(markdown, address), *begin = at;
    while (begin && begin > markdown + 1 && !(begin[-2] == '!' && begin[-1] == '['))
        begin--;
    if (!begin || begin <= markdown + 1)
        return NULL;
    const char *end = at;
    while (end > begin && *end != ']')
        end--;
    char *words = arena_copy(a, begin, (size_t)(end - begin)), *to = words;
    for (const char *from = words; *from; from++)
        if (*from != '\\' || from[1] == '\\')
            *to++ = *from;
    *to = '\0';
    return words;
}

static void take_alts(Import *im, const WpPost *post, ImportItem *item)
{
    Arena *a = im->ctx->arena;
    for (size_t i = 0; i < item->n_files; i++) {
        ImportFile *file = &item->files[i];
        if (text_blank(file->alt))
            file->alt = words_before(a, item->body, arena_printf(a, "](</medios/%s/", id_text(a, file->id)));
        if (text_starts(file->type, "image/") && text_blank(file->alt))
            press_import_tell(im, post, "lost", arena_printf(a, "%s: %s", say(im->ctx, "a picture without alternative text"), file->filename));
    }
}

static void take_cover(Import *im, const WpPost *post, ImportItem *item)
{
    const char *url = post->cover_url, *alt = post->cover_alt;
    if (!url && !press_attachment(im, post->cover, &url, &alt)) {
        if (post->cover && !im->ask->no_pictures)
            press_import_tell(im, post, "lost", say(im->ctx, "its featured picture, which the other site does not have any more"));
        return;
    }
    const ImportFile *file = press_import_fetch(im, post, item, url, true);
    if (!file)
        return;
    item->cover = file->id;
    for (size_t i = 0; i < item->n_files; i++)
        if (item->files[i].id == file->id && !text_blank(alt))
            item->files[i].alt = text_clip(im->ctx->arena, plain(im->ctx, alt), 500);
}

/* ---- attachments: documents that the text links to, among the site's own uploads ---- */

static bool is_document(const char *url, size_t n)
{
    static const char *const ends[ATTACHMENT_KINDS] = {".pdf", ".doc", ".docx", ".xls", ".xlsx", ".ppt",
                                                       ".pptx", ".odt", ".ods", ".odp", ".csv", ".txt"};
    for (size_t i = 0; i < COUNT(ends); i++) {
        size_t size = strlen(ends[i]);
        if (n > size && !strncasecmp(url + n - size, ends[i], size))
            return true;
    }
    return false;
}

static bool is_upload(Import *im, const char *url)
{
    const char *host = im->base ? strstr(im->base, "://") : NULL, *there = strstr(url, "://");
    return host && there && text_starts(there, host) && strstr(url, "/wp-content/uploads/");
}

static void take_documents(Import *im, const WpPost *post, ImportItem *item)
{
    Arena *a = im->ctx->arena;
    for (const char *at = strstr(item->body, "]("); at; at = strstr(at, "](")) {
        at += 2;
        at += *at == '<';
        size_t n = strcspn(at, ">)\n");
        const char *url = arena_copy(a, at, n);
        if (is_document(url, n) && is_upload(im, url))
            (void)press_import_fetch(im, post, item, url, false);
    }
}

/* ---- all of it ---- */

static bool take_body(Import *im, const WpPost *post, ImportItem *item)
{
    Ctx *ctx = im->ctx;
    Fetching fetching = {im, post, item};
    const SanitizeRules rules = {.images = !im->ask->no_pictures, .image_url = picture_here, .data = &fetching};
    const char *html = press_import_html(im, post);
    item->body = text_nfc(ctx->arena, sanitize_markdown(ctx, html, strlen(html), &rules));
    if (!faulted(ctx) && strlen(item->body) > PRESS_BODY_MAX)
        return fault_field(ctx, "body", "its text is too long: at most %d KB", PRESS_BODY_MAX / 1024);
    return !faulted(ctx);
}

bool press_import_post(Import *im, const WpPost *post, ImportItem *item)
{
    Ctx *ctx = im->ctx;
    int topics = 0;
    *item = (ImportItem){.post = post->id, .source = press_import_source(im, post), .link = post->link,
                         .categories = post->categories, .category_slugs = post->category_slugs};
    item->source_hash = press_import_hash(ctx, post);
    if (!post->id)
        return fault_field(ctx, "id", "it has no number");
    if (!take_day(im, post, item))
        return false;
    take_cover(im, post, item);
    if (!take_body(im, post, item) || !take_title(im, post, item))
        return false;
    take_lead(im, post, item);
    take_documents(im, post, item);
    take_alts(im, post, item);
    add_topics(im, post, item, post->categories, &topics);
    add_topics(im, post, item, post->tags, &topics);
    item->slug = slug_of(ctx, post, item->title);
    item->path = path_of(ctx, post);
    return !faulted(ctx);
}
