/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* site_verify_link.c: an address that somebody got: is it one of this site, and what stands there? */
#include "desks/site/verify/site_verdict.h"

enum { HOST_WIDEST = 253, SLUG_WIDEST = 80 };

/* What stands between the scheme and the path, in lower case and without www.; "" of a bare path. */
static const char *host_of(Ctx *ctx, const char *link)
{
    const char *host = strstr(link, "://");
    if (!host)
        return "";
    host += 3;
    size_t n = strcspn(host, "/?#");
    host = text_lower(ctx->arena, arena_copy(ctx->arena, host, n < HOST_WIDEST ? n : HOST_WIDEST));
    return text_starts(host, "www.") ? host + 4 : host;
}

static const char *path_of(const char *link)
{
    const char *host = strstr(link, "://");
    return host ? host + 3 + strcspn(host + 3, "/?#") : link;
}

/* A host that somebody types without its scheme: sanluis.gob.mx/comunicados/… */
static const char *whole(Ctx *ctx, const char *typed)
{
    return *typed == '/' || strstr(typed, "://") ? typed : arena_printf(ctx->arena, "https://%s", typed);
}

bool verify_is_link(const char *typed)
{
    if (strpbrk(typed, " \t\r\n<>"))
        return false;
    if (text_starts(typed, "http://") || text_starts(typed, "https://") || *typed == '/')
        return true;
    const char *slash = strchr(typed, '/'), *dot = strchr(typed, '.');
    return dot && slash && dot < slash;
}

/* ---- what stands there ---- */
static const char *value_of(Ctx *ctx, const char *path, const char *name)
{
    const char *query = strchr(path, '?');
    size_t n = strlen(name);
    while (query) {
        query++;
        if (strncmp(query, name, n) == 0 && query[n] == '=')
            return arena_copy(ctx->arena, query + n + 1, strcspn(query + n + 1, "&# \t\n"));
        query = strchr(query, '&');
    }
    return NULL;
}

/* The one segment behind a prefix, without query and suffix (.json); NULL: another address. */
static const char *segment(Ctx *ctx, const char *path, const char *prefix)
{
    if (!text_starts(path, prefix))
        return NULL;
    const char *at = path + strlen(prefix);
    size_t n = strcspn(at, "/?#.");
    bool last = at[n] != '/' || strcspn(at + n + 1, "?#") == 0;
    return n && n <= SLUG_WIDEST && last ? arena_copy(ctx->arena, at, n) : NULL;
}

static const Seal *release_seal(Ctx *ctx, const char *path)
{
    const char *slug = segment(ctx, path, "/comunicados/"), *edition = value_of(ctx, path, "edicion");
    i64 number = 0;
    if (!slug || !text_slug_valid(slug) || (edition && (!text_int(edition, &number) || number < 1)))
        return NULL;
    return verify_release_at(ctx, slug, number);
}

static const Seal *report_seal(Ctx *ctx, const char *path)
{
    const char *month = segment(ctx, path, "/informes/"), *version = value_of(ctx, path, "version");
    Span span;
    i64 number = 0;
    if (!month || !clock_month(ctx->city->zone, month, &span) || (version && !text_int(version, &number)))
        return NULL;
    const Report *report = report_published(ctx, month, number);
    if (!report && ctx->fault.kind == FAULT_NOT_FOUND)
        fault_take(ctx);
    return report && report->code ? seal_by_code(ctx, report->code) : NULL;
}

static bool is_ours(Ctx *ctx, const char *host)
{
    return !*host || text_same(host, host_of(ctx, ctx->city->base_url));
}

/* By the code in it, wherever it leads: what counts is the code. */
static Verdict *by_code(Ctx *ctx, const char *typed, const char *asked)
{
    char code[SEAL_CODE + 1];
    if (!seal_code_read(typed, code))
        return verdict_nothing(ctx, VERIFY_TYPO, VERIFY_BY_CODE, text_clip(ctx->arena, typed, 80));
    const Seal *seal = seal_by_code(ctx, code);
    return seal ? verdict_about(ctx, seal, VERIFY_BY_CODE, seal->code) : verdict_nothing(ctx, VERIFY_UNKNOWN, VERIFY_BY_CODE, asked);
}

Verdict *verify_link(Ctx *ctx, const char *typed)
{
    const char *link = whole(ctx, typed), *host = host_of(ctx, link), *path = path_of(link);
    const char *code = value_of(ctx, path, "codigo"), *asked = text_clip(ctx->arena, typed, 120);
    Verdict *v;
    if (code) {
        v = by_code(ctx, code, asked);
    } else {
        const Seal *seal = is_ours(ctx, host) ? release_seal(ctx, path) : NULL;
        if (!seal && is_ours(ctx, host))
            seal = report_seal(ctx, path);
        v = seal ? verdict_about(ctx, seal, VERIFY_BY_LINK, asked) : verdict_nothing(ctx, VERIFY_UNKNOWN, VERIFY_BY_LINK, asked);
    }
    if (v && !is_ours(ctx, host))
        v->other_host = host;
    return v;
}
