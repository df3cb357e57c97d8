/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* net_test_web.c: a server and a request for each test. */
#include "net/net_test_web.h"

#include <glib.h>

void web_set_up(Web *w, const void *unused)
{
    w->server = net_test_server_start();
    w->city = (City){.base_url = "https://vocero.example"};
    w->ctx = (Ctx){.arena = arena_new(0), .actor = &actor_system, .city = &w->city};
    w->req =
        (NetRequest){.max_bytes = 10000, .timeout_us = 2 * CLOCK_SECOND, .inside_allowed = true};
}

void web_tear_down(Web *w, const void *unused)
{
    g_assert_false(faulted(&w->ctx));
    net_test_server_stop(w->server);
    arena_free(w->ctx.arena);
}

const char *web_at(Web *w, const char *path)
{
    return arena_printf(w->ctx.arena, "http://127.0.0.1:%d%s", net_test_server_port(w->server),
                        path);
}

void web_fetch(Web *w, const char *url)
{
    w->req.url = url;
    w->got = (NetAnswer){0};
    if (!net_fetch(&w->ctx, &w->req, &w->got))
        g_error("%s: %s", url, fault_take(&w->ctx).what);
}

void web_refused(Web *w, const char *url, FaultKind kind)
{
    w->req.url = url;
    w->got = (NetAnswer){.status = -1};
    g_autofree char *shown = g_strescape(url ? url : "", NULL);
    g_test_message("%.80s", shown);
    g_assert_false(net_fetch(&w->ctx, &w->req, &w->got));
    g_assert_cmpint(w->got.status, ==, -1);
    Fault f = fault_take(&w->ctx);
    g_test_message("%s", f.what);
    g_assert_cmpint(f.kind, ==, kind);
}

const char *web_body(Web *w)
{
    return arena_copy(w->ctx.arena, w->got.body.data, w->got.body.size);
}
