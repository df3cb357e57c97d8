/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_rest.c: the posts of a site over WordPress' REST interface (wp/v2), page by page, by the rules of net/. */
#include <sodium.h>
#include <unistd.h>

#include "desks/press/import/press_import.h"
#include "net/net.h"

enum { PAGE = 50, PAGES_MAX = 20000, TRIES = 4, BYTES_MAX = 48 * 1024 * 1024 };

#define FIELDS                                                                                              \
    "_embed=wp:featuredmedia,wp:term&_fields=id,date,date_gmt,slug,status,type,link,guid,title,content,excerpt," \
    "featured_media,_links,_embedded"

typedef struct Rest {
    Ctx *ctx;
    const WordpressAsk *ask;
    const char *base, *authorization;
    bool by_query; /* /?rest_route=/wp/v2/posts: the site has plain addresses */
} Rest;

/* ---- asking ---- */

static const char *authorization(Ctx *ctx, const WordpressAsk *ask)
{
    if (!ask->user)
        return NULL;
    const char *pair = arena_printf(ctx->arena, "%s:%s", ask->user, ask->password ? ask->password : "");
    size_t n = strlen(pair), room = sodium_base64_encoded_len(n, sodium_base64_VARIANT_ORIGINAL);
    char *base64 = arena_bytes(ctx->arena, room);
    sodium_bin2base64(base64, room, (const unsigned char *)pair, n, sodium_base64_VARIANT_ORIGINAL);
    return arena_printf(ctx->arena, "Authorization: Basic %s", base64);
}

/* A password does not travel where others can read it, but inside one's own house. */
static bool may_say_password(Ctx *ctx, const Rest *rest)
{
    return !rest->authorization || text_starts(rest->base, "https://") || ctx->city->net_inside ||
           fault_field(ctx, "url", "A password is only given over https.");
}

static const char *address(const Rest *rest, int page)
{
    const char *more = rest->authorization ? "&status=publish,future,draft,pending,private&context=edit" : "";
    return arena_printf(rest->ctx->arena, "%s%sper_page=%d&page=%d&orderby=id&order=asc%s&" FIELDS, rest->base,
                        rest->by_query ? "/?rest_route=/wp/v2/posts&" : "/wp-json/wp/v2/posts?", PAGE, page, more);
}

static bool is_passing(const Rest *rest, bool answered, int status)
{
    return answered ? status == 429 || status >= 500 : rest->ctx->fault.kind == FAULT_BUSY;
}

/* The answer, whatever it says; what passes is asked again after one, two, four seconds. */
static bool ask(const Rest *rest, const char *url, NetAnswer *answer_out)
{
    const char *headers[] = {"Accept: application/json", rest->authorization, NULL};
    const NetRequest request = {.url = url, .headers = headers, .max_bytes = BYTES_MAX, .timeout_us = 60 * CLOCK_SECOND, .redirects = 5,
                                .inside_allowed = rest->ctx->city->net_inside};
    for (int i = 1;; i++) {
        bool answered = net_fetch(rest->ctx, &request, answer_out);
        if (i == TRIES || !is_passing(rest, answered, answered ? answer_out->status : 0))
            return answered;
        if (!answered)
            fault_take(rest->ctx);
        sleep(1u << (i - 1));
    }
}

static const Json *read_list(const Rest *rest, const NetAnswer *answer)
{
    if (!answer->type || !strstr(answer->type, "json"))
        return NULL;
    const Json *list = json_read(rest->ctx, answer->body.data, answer->body.size);
    return list && json_kind(list) == JSON_LIST ? list : NULL;
}

/* ---- what an answer says ---- */

static const char *text(const Json *object, const char *key)
{
    return json_text_of(json_get(object, key));
}

static const char *shown(const Json *post, const char *key)
{
    return text(json_get(post, key), "rendered");
}

static const char *with_line(Arena *a, const char *lines, const char *word)
{
    return lines ? arena_printf(a, "%s\n%s", lines, word) : word;
}

static void take_terms(Arena *a, const Json *embedded, WpPost *p)
{
    const Json *kinds = json_get(embedded, "wp:term");
    for (size_t i = 0; kinds && i < json_count(kinds); i++) {
        const Json *terms = json_at(kinds, i);
        for (size_t k = 0; json_kind(terms) == JSON_LIST && k < json_count(terms); k++) {
            const Json *term = json_at(terms, k);
            const char *name = text(term, "name"), *slug = text(term, "slug"), *taxonomy = text(term, "taxonomy");
            if (!name || !slug)
                continue;
            if (text_same(taxonomy, "category")) {
                p->categories = with_line(a, p->categories, text_squeeze(a, name));
                p->category_slugs = with_line(a, p->category_slugs, slug);
            } else if (text_same(taxonomy, "post_tag")) {
                p->tags = with_line(a, p->tags, text_squeeze(a, name));
            }
        }
    }
}

static i64 number(const Json *object, const char *key)
{
    i64 n = json_get(object, key) ? json_int_of(json_get(object, key)) : 0;
    return n == NONE || n < 0 ? 0 : n;
}

static void take_picture(const Json *embedded, WpPost *p)
{
    const Json *media = json_get(embedded, "wp:featuredmedia");
    const Json *first = media && json_kind(media) == JSON_LIST && json_count(media) ? json_at(media, 0) : NULL;
    p->cover_url = text(first, "source_url");
    p->cover_alt = text(first, "alt_text");
}

static WpPost post_of(Arena *a, const Json *json)
{
    WpPost p = {.id = number(json, "id"), .type = text(json, "type"), .status = text(json, "status"), .title = shown(json, "title"),
                .slug = text(json, "slug"), .link = text(json, "link"), .guid = shown(json, "guid"), .date = text(json, "date"),
                .date_gmt = text(json, "date_gmt"), .excerpt = shown(json, "excerpt"), .content = shown(json, "content"),
                .cover = number(json, "featured_media"), .rendered = true};
    const Json *content = json_get(json, "content"), *embedded = json_get(json, "_embedded");
    if (content && json_get(content, "protected") && json_bool_of(json_get(content, "protected")))
        p.password = "*";
    take_terms(a, embedded, &p);
    take_picture(embedded, &p);
    if (!p.cover_url && p.cover && !embedded)
        p.cover = 0;
    return p;
}

/* ---- pages ---- */

/* The list of a page, or NULL: with a fault, or because there is no such page. */
static const Json *page_of(Rest *rest, int page)
{
    NetAnswer answer;
    if (!ask(rest, address(rest, page), &answer))
        return NULL;
    const Json *list = answer.status == 200 ? read_list(rest, &answer) : NULL;
    if (list || (page > 1 && answer.status == 400))
        return list;
    if (page == 1 && !rest->by_query && answer.status != 401 && answer.status != 403) {
        fault_take(rest->ctx);
        rest->by_query = true;
        return page_of(rest, page);
    }
    if (answer.status == 401 || answer.status == 403)
        return fault(rest->ctx, FAULT_FORBIDDEN, "The site does not let us read its posts (%d): check the user and the application password.", answer.status);
    return fault(rest->ctx, FAULT_INVALID, "%s does not answer as a WordPress site does (%d).", rest->base, answer.status);
}

static bool read_page(Rest *rest, int page, size_t *n_out, WpVisit visit, void *to)
{
    Ctx *ctx = rest->ctx;
    const Json *list = page_of(rest, page);
    size_t n = list ? json_count(list) : 0;
    for (size_t i = 0; i < n && !faulted(ctx); i++) {
        Arena *outer = ctx->arena, *inner = ctx->arena = arena_new(IMPORT_ARENA);
        WpPost post = post_of(inner, json_at(list, i));
        (void)visit(ctx, to, &post);
        ctx->fault.what = arena_text(outer, ctx->fault.what);
        ctx->arena = outer;
        arena_free(inner);
    }
    *n_out = n;
    return !faulted(ctx);
}

bool press_rest_read(Ctx *ctx, const WordpressAsk *wanted, WpVisit visit, void *to)
{
    size_t length = strlen(wanted->url);
    while (length > 0 && wanted->url[length - 1] == '/')
        length--;
    Arena *outer = ctx->arena;
    Rest rest = {.ctx = ctx, .ask = wanted, .base = arena_copy(outer, wanted->url, length), .authorization = authorization(ctx, wanted)};
    if (!net_url_check(ctx, rest.base, ctx->city->net_inside) || !may_say_password(ctx, &rest))
        return false;
    bool done = true;
    for (int page = 1; done && page <= PAGES_MAX; page++) {
        Arena *inner = ctx->arena = arena_new(IMPORT_ARENA);
        size_t n = 0;
        done = read_page(&rest, page, &n, visit, to);
        ctx->fault.what = arena_text(outer, ctx->fault.what);
        ctx->arena = outer;
        arena_free(inner);
        if (n < PAGE)
            break;
    }
    return done;
}
