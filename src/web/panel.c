/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* panel.c: what hangs at a subject, in its order, for those who may see it. */
#include "web/panel.h"

#include "web/site.h"

enum { PANELS_MAX = 64 };

/* On a public page nobody has a right, not even the one who is logged in: the page is the same
 * for all. */
static bool may_see(const Ctx *ctx, const Panel *panel)
{
    if (panel->right == PUBLIC)
        return true;
    if (panel->right == LOGIN)
        return ctx->actor->id != 0;
    return (ctx->actor->rights >> panel->right) & 1;
}

static bool hangs_at(const Panel *panel, const char *subject, const char *where)
{
    return !strcmp(panel->subject, subject) && !strcmp(panel->where, where);
}

/* Keeps the order of the tables among panels of the same order. */
static void insert(const Panel **found, size_t n, const Panel *panel)
{
    for (; n > 0 && found[n - 1]->order > panel->order; n--)
        found[n] = found[n - 1];
    found[n] = panel;
}

static size_t collect(const Site *site, const char *subject, const char *where, const Panel **found)
{
    size_t n = 0;
    for (const Panel *const *table = site ? site->panels : NULL; table && *table; table++)
        for (const Panel *panel = *table; panel->subject && n < PANELS_MAX; panel++)
            if (hangs_at(panel, subject, where))
                insert(found, n++, panel);
    return n;
}

void panels_draw(Ctx *ctx, const Request *req, const char *subject, const char *where, i64 id,
                 Html *h)
{
    const Panel *found[PANELS_MAX];
    size_t n = collect(req->site, subject, where, found);
    for (size_t i = 0; i < n && !faulted(ctx); i++)
        if (may_see(ctx, found[i]))
            found[i]->draw(ctx, req, id, h);
}

bool panels_any(const Request *req, const char *subject, const char *where)
{
    const Panel *found[PANELS_MAX];
    return collect(req->site, subject, where, found) > 0;
}

i64 panels_until(Ctx *ctx, const Request *req, const char *subject, const char *where)
{
    const Panel *found[PANELS_MAX];
    size_t n = collect(req->site, subject, where, found);
    i64 first = 0;
    for (size_t i = 0; i < n; i++) {
        i64 until = found[i]->until && may_see(ctx, found[i]) ? found[i]->until(ctx) : 0;
        if (until && (!first || until < first))
            first = until;
    }
    return first;
}
