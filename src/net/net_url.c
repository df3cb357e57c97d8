/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* net_url.c: addresses read and judged once; libcurl gets what was judged, so no two readers can disagree. */
#include "net/net_room.h"
#include "base/text.h"

#include <glib.h>

enum { URL_MAX = 4096, PORT_FREE = 1024 };

static void release(void *url)
{
    curl_url_cleanup(url);
}

const char *net_url_part(Arena *a, CURLU *url, CURLUPart part)
{
    char *text = NULL;
    if (curl_url_get(url, part, &text, part == CURLUPART_PORT ? CURLU_DEFAULT_PORT : 0) !=
        CURLUE_OK)
        return "";
    const char *kept = arena_text(a, text);
    curl_free(text);
    return kept;
}

bool net_url_same_origin(Arena *a, CURLU *one, CURLU *two)
{
    static const CURLUPart parts[] = {CURLUPART_SCHEME, CURLUPART_HOST, CURLUPART_PORT};
    for (size_t i = 0; i < COUNT(parts); i++)
        if (g_ascii_strcasecmp(net_url_part(a, one, parts[i]), net_url_part(a, two, parts[i])) != 0)
            return false;
    return true;
}

static CURLU *unreadable(Ctx *ctx)
{
    return fault(ctx, FAULT_INVALID,
                 "This is no address of the web. Write one like https://example.org/agenda.ics.");
}

/* Relative to what url holds already, where the text is relative. */
static bool set(Ctx *ctx, CURLU *url, const char *text)
{
    CURLUcode code =
        curl_url_set(url, CURLUPART_URL, text, CURLU_URLENCODE | CURLU_NON_SUPPORT_SCHEME);
    if (code != CURLUE_OK)
        return unreadable(ctx);
    return true;
}

/* In ASCII, as the DNS knows it (RFC 5891). Read anew afterwards: digits of other scripts become an IPv4 address. */
static bool host_to_ascii(Ctx *ctx, CURLU *url)
{
    const char *host = net_url_part(ctx->arena, url, CURLUPART_HOST);
    if (!g_hostname_is_non_ascii(host))
        return true;
    g_autofree char *ascii = g_hostname_to_ascii(host);
    if (!ascii || curl_url_set(url, CURLUPART_HOST, ascii, 0) != CURLUE_OK)
        return unreadable(ctx);
    return set(ctx, url, net_url_part(ctx->arena, url, CURLUPART_URL));
}

static bool port_allowed(i64 port)
{
    return port == 80 || port == 443 || (port >= PORT_FREE && port <= 65535);
}

static bool judge(Ctx *ctx, CURLU *url, bool inside_allowed)
{
    Arena *a = ctx->arena;
    const char *scheme = net_url_part(a, url, CURLUPART_SCHEME), *host;
    if (!text_same(scheme, "http") && !text_same(scheme, "https"))
        return fault(ctx, FAULT_INVALID,
                     "Only addresses that begin with https:// or http:// can be asked.");
    if (*net_url_part(a, url, CURLUPART_USER) || *net_url_part(a, url, CURLUPART_PASSWORD))
        return fault(ctx, FAULT_INVALID,
                     "An address with a user or a password in it is not asked. Take them out.");
    if (!host_to_ascii(ctx, url))
        return false;
    host = net_url_part(a, url, CURLUPART_HOST);
    if (!*host)
        return unreadable(ctx);
    i64 port = 0;
    if (!text_int(net_url_part(a, url, CURLUPART_PORT), &port) || !port_allowed(port))
        return fault(ctx, FAULT_INVALID,
                     "Port %" PRId64 " is not asked: only 80, 443 and those from 1024.", port);
    if (!net_literal_allowed(host, inside_allowed))
        return net_inside_fault(ctx, host);
    return true;
}

static CURLU *own(Ctx *ctx, CURLU *url)
{
    if (url)
        arena_own(ctx->arena, url, release);
    return url ? url : fault(ctx, FAULT_BROKEN, "libcurl has no memory for an address");
}

CURLU *net_url_read(Ctx *ctx, const char *url, bool inside_allowed)
{
    if (faulted(ctx))
        return NULL;
    if (text_blank(url) || strlen(url) > URL_MAX || !text_valid(url, strlen(url)))
        return unreadable(ctx);
    CURLU *read = own(ctx, curl_url());
    if (!read || !set(ctx, read, text_trim(ctx->arena, url)) || !judge(ctx, read, inside_allowed))
        return NULL;
    curl_url_set(read, CURLUPART_FRAGMENT, NULL, 0);
    return read;
}

CURLU *net_url_next(Ctx *ctx, CURLU *from, const char *location, bool inside_allowed)
{
    CURLU *next = strlen(location) > URL_MAX ? unreadable(ctx) : own(ctx, curl_url_dup(from));
    if (!next || !set(ctx, next, location) || !judge(ctx, next, inside_allowed))
        return NULL;
    if (text_same(net_url_part(ctx->arena, from, CURLUPART_SCHEME), "https") &&
        !text_same(net_url_part(ctx->arena, next, CURLUPART_SCHEME), "https"))
        return fault(ctx, FAULT_INVALID,
                     "%s sends us on to an address without encryption, which is not followed. Ask "
                     "its owner for an"
                     " address with https.",
                     net_url_part(ctx->arena, from, CURLUPART_HOST));
    curl_url_set(next, CURLUPART_FRAGMENT, NULL, 0);
    return next;
}

bool net_url_check(Ctx *ctx, const char *url, bool inside_allowed)
{
    return net_url_read(ctx, url, inside_allowed) != NULL;
}
