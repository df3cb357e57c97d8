/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* server_page.c: pages in memory with their ready answers, one for each coding; and the assets,
 * which are such pages. */
#include "web/server_room.h"
#include "web/asset.h"
#include "web/compress.h"
#include <glib.h>
#include <stdlib.h>
#include <strings.h>

enum { COMPRESS_LEAST = 256 };

static const char *const coding_names[CODING_COUNT] = {
    [CODING_PLAIN] = NULL, [CODING_GZIP] = "gzip", [CODING_BROTLI] = "br"};

/* ---- what a request welcomes ---- */

static bool refused(const char *params, size_t n)
{
    for (size_t i = 0; i + 2 < n; i++)
        if ((params[i] | 0x20) == 'q' && params[i + 1] == '=')
            return strspn(params + i + 2, "0.") >= n - i - 2;
    return false;
}

static unsigned coding_bit(const char *name, size_t n)
{
    if (n == 2 && strncasecmp(name, "br", 2) == 0)
        return 1u << CODING_BROTLI;
    if (n == 4 && strncasecmp(name, "gzip", 4) == 0)
        return 1u << CODING_GZIP;
    return 0;
}

unsigned codings_wanted(const char *accept_encoding)
{
    unsigned wanted = 1u << CODING_PLAIN;
    for (const char *at = accept_encoding ? accept_encoding : ""; *at;) {
        at += strspn(at, " \t,");
        size_t item = strcspn(at, ","), name = strcspn(at, ",; \t");
        if (!refused(at + name, item - name))
            wanted |= coding_bit(at, name);
        at += item;
    }
    return wanted;
}

size_t raw_key(const char *target, const char *query, const char *accept, const char *language,
               const char *save_data, unsigned codings, char out[RAW_KEY_MAX])
{
    const char *parts[] = {target, query ? query : "", accept ? accept : "",
                           language ? language : "", save_data ? save_data : ""};
    size_t n = 0;
    out[n++] = (char)('0' + codings + (query ? 1 << CODING_COUNT : 0));
    for (size_t i = 0; i < COUNT(parts); i++) {
        size_t size = strlen(parts[i]) + 1;
        if (n + size > RAW_KEY_MAX)
            return 0;
        memcpy(out + n, parts[i], size);
        n += size;
    }
    return n;
}

/* ---- making a page ---- */

static const char *header_of(const Served *page, const char *name)
{
    for (size_t i = 0; i < page->header_count; i++)
        if (strcasecmp(page->headers[i].name, name) == 0)
            return page->headers[i].value;
    return NULL;
}

static bool is_compressible(const char *type)
{
    return type && (strncmp(type, "text/", 5) == 0 || strstr(type, "json") || strstr(type, "xml") ||
                    strstr(type, "javascript"));
}

static Served *page_new(const Header *headers, size_t n)
{
    Served *page = calloc(1, sizeof *page);
    pthread_mutex_init(&page->lock, NULL);
    page->headers = calloc(n + 1, sizeof *page->headers);
    for (size_t i = 0; i < n; i++)
        if (strcmp(headers[i].name, "X-Request-Id") != 0) /* was one request's, not the page's */
            page->headers[page->header_count++] =
                (Header){strdup(headers[i].name), strdup(headers[i].value)};
    page->etag = header_of(page, "ETag");
    page->modified = header_of(page, "Last-Modified");
    return page;
}

Served *served_new(const Exchange *ex)
{
    Served *page = page_new(ex->out, ex->out_count);
    char *bytes = malloc(ex->body.size + 1);
    memcpy(bytes, ex->body.data, ex->body.size);
    page->body = (Bytes){bytes, ex->body.size};
    page->owned = true;
    page->address = ex->route ? ex->route->path : "-";
    page->compressible =
        ex->body.size >= COMPRESS_LEAST && is_compressible(header_of(page, "Content-Type"));
    return page;
}

static void variant_free(Variant *variant)
{
    if (!variant)
        return;
    MHD_destroy_response(
        variant->whole); /* lives on where it is just being sent, with bytes of its own */
    MHD_destroy_response(variant->unchanged);
    free(variant->etag);
    free(variant);
}

void served_free(void *served)
{
    Served *page = served;
    for (int i = 0; i < CODING_COUNT; i++)
        variant_free(page->variants[i]);
    for (size_t i = 0; i < page->header_count; i++) {
        free((char *)page->headers[i].name);
        free((char *)page->headers[i].value);
    }
    free(page->headers);
    pthread_mutex_destroy(&page->lock);
    if (page->owned)
        free((char *)page->body.data);
    free(page);
}

i64 served_bytes(const Served *page)
{
    return (i64)page->body.size + 2048; /* headers stand there several times */
}

/* ---- its variants ---- */

/* "abc" becomes "abc-br": other bytes, another strong tag. */
static char *tag_of(const char *etag, Coding coding)
{
    size_t n = strlen(etag);
    if (coding == CODING_PLAIN || n < 2)
        return strdup(etag);
    return g_strdup_printf("%.*s-%s\"", (int)(n - 1), etag, coding_names[coding]);
}

/* What a 304 repeats of the 200 (RFC 9110 15.4.5). */
static bool repeated(const char *name)
{
    static const char *const names[] = {"Cache-Control",
                                        "Content-Location",
                                        "Expires",
                                        "Last-Modified",
                                        "Cross-Origin-Resource-Policy",
                                        "Access-Control-Allow-Origin"};
    for (size_t i = 0; i < COUNT(names); i++)
        if (strcasecmp(name, names[i]) == 0)
            return true;
    return false;
}

static void add_vary(struct MHD_Response *response, const Served *page)
{
    const char *vary = header_of(page, "Vary");
    char text[256];
    snprintf(text, sizeof text, "%s%sAccept-Encoding", vary ? vary : "", vary ? ", " : "");
    MHD_add_response_header(response, "Vary", text);
}

static void add_headers(struct MHD_Response *response, const Served *page, const Variant *variant,
                        bool unchanged)
{
    for (size_t i = 0; i < page->header_count; i++) {
        const Header *h = &page->headers[i];
        if (strcasecmp(h->name, "ETag") == 0 || strcasecmp(h->name, "Vary") == 0)
            continue;
        if (!unchanged || repeated(h->name))
            MHD_add_response_header(response, h->name, h->value);
    }
    if (variant->etag)
        MHD_add_response_header(response, "ETag", variant->etag);
    if (page->compressible)
        add_vary(response, page);
}

static Variant *variant_new(const Served *page, Coding coding, Bytes bytes, bool owned)
{
    Variant *variant = calloc(1, sizeof *variant);
    variant->size = bytes.size;
    variant->etag = page->etag ? tag_of(page->etag, coding) : NULL;
    variant->whole = MHD_create_response_from_buffer(
        bytes.size, (void *)bytes.data, owned ? MHD_RESPMEM_MUST_FREE : MHD_RESPMEM_PERSISTENT);
    variant->unchanged = MHD_create_response_from_buffer(0, (void *)"", MHD_RESPMEM_PERSISTENT);
    add_headers(variant->whole, page, variant, false);
    add_headers(variant->unchanged, page, variant, true);
    if (coding != CODING_PLAIN)
        MHD_add_response_header(variant->whole, "Content-Encoding", coding_names[coding]);
    return variant;
}

static Variant *variant_made(Served *page, Coding coding, i64 *grew_out)
{
    size_t size = 0;
    char *bytes = NULL;
    if (coding == CODING_PLAIN)
        return variant_new(page, coding, page->body, false);
    bytes = coding == CODING_GZIP ? compress_gzip(page->body, &size)
                                  : compress_brotli(page->body, &size);
    if (!bytes)
        return NULL;
    *grew_out += (i64)size + 2048;
    return variant_new(page, coding, (Bytes){bytes, size}, true);
}

/* The variant in that coding, made now when it is missing; the plain one when the coding does not
 * pay. */
static const Variant *variant_in(Served *page, Coding coding, i64 *grew_out)
{
    Variant *variant = atomic_load_explicit(&page->variants[coding], memory_order_acquire);
    if (variant)
        return variant;
    pthread_mutex_lock(&page->lock);
    variant = atomic_load_explicit(&page->variants[coding], memory_order_relaxed);
    if (!variant && !(page->useless & (1u << coding))) {
        variant = variant_made(page, coding, grew_out);
        page->useless |= variant ? 0 : 1u << coding;
        atomic_store_explicit(&page->variants[coding], variant, memory_order_release);
    }
    pthread_mutex_unlock(&page->lock);
    return variant;
}

const Variant *served_variant(Served *page, unsigned codings, i64 *grew_out)
{
    const Variant *variant = NULL;
    if (page->compressible && (codings & (1u << CODING_BROTLI)))
        variant = variant_in(page, CODING_BROTLI, grew_out);
    else if (page->compressible && (codings & (1u << CODING_GZIP)))
        variant = variant_in(page, CODING_GZIP, grew_out);
    return variant ? variant : variant_in(page, CODING_PLAIN, grew_out);
}

/* If-None-Match compares weakly (RFC 9110 13.1.2). */
static bool listed(const char *list, const char *etag)
{
    size_t size = strlen(etag);
    for (const char *at = list; *at;) {
        at += strspn(at, " \t,");
        if (*at == '*')
            return true;
        if (strncmp(at, "W/", 2) == 0)
            at += 2;
        size_t n = *at == '"' ? strcspn(at + 1, "\"") + 2 : strcspn(at, ",");
        if (n == size && strncmp(at, etag, size) == 0)
            return true;
        at += strnlen(at, n);
    }
    return false;
}

void served_ready(Conn *conn, const Served *page, const Variant *variant, const char *none_match,
                  const char *modified_since)
{
    bool same = none_match ? variant->etag && listed(none_match, variant->etag)
                           : modified_since && page->modified &&
                                 strcmp(modified_since, page->modified) == 0;
    conn->ready = same ? variant->unchanged : variant->whole;
    conn->ready_status = same ? 304 : 200;
    conn->ready_size = same || conn->is_head ? 0 : (i64)variant->size;
}

/* ---- assets ---- */

struct AssetShelf {
    GHashTable *by_path; /* path -> Served */
};

static void preset(Served *page, Coding coding, Bytes bytes)
{
    if (bytes.size)
        page->variants[coding] = variant_new(page, coding, bytes, false);
}

static Served *asset_page(const Asset *asset)
{
    const Header headers[] = {
        {"Content-Type", asset->type},
        {"Cache-Control",
         asset->immutable ? "public, max-age=31536000, immutable" : "public, max-age=3600"},
        {"ETag", asset->etag},
        {"Accept-Ranges", "bytes"},
        {"X-Content-Type-Options", "nosniff"},
        {"Content-Security-Policy", "default-src 'none'; style-src 'self'; sandbox"},
        {"Cross-Origin-Resource-Policy", "same-origin"},
    };
    Served *page = page_new(headers, COUNT(headers));
    page->body = asset->plain;
    page->address = "/estatico/*";
    page->compressible = asset->gzip.size > 0 && asset->brotli.size > 0;
    preset(page, CODING_GZIP, asset->gzip);
    preset(page, CODING_BROTLI, asset->brotli);
    return page;
}

bool assets_load(Server *s)
{
    s->assets = calloc(1, sizeof *s->assets);
    s->assets->by_path = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, served_free);
    for (size_t i = 0; i < assets_count; i++)
        g_hash_table_insert(s->assets->by_path, (char *)assets[i].path, asset_page(&assets[i]));
    return assets_count > 0;
}

void assets_unload(Server *s)
{
    if (!s->assets)
        return;
    g_hash_table_unref(s->assets->by_path);
    free(s->assets);
    s->assets = NULL;
}

Served *asset_served(const Server *s, const char *path)
{
    bool maybe =
        strncmp(path, "/estatico/", 10) == 0 || path[1] == 'f' || path[1] == 'm' || path[1] == 'a';
    return maybe ? g_hash_table_lookup(s->assets->by_path, path) : NULL;
}
