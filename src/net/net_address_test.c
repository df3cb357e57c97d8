/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* net_address_test.c: addresses in every spelling, and none leads inside. */
#include "net/net_room.h"
#include "net/net_test_web.h"

#include <arpa/inet.h>
#include <glib.h>
#include <netinet/in.h>

static void what_is_no_address_of_the_web_is_refused(Web *w, const void *unused)
{
    static const char *const urls[] = {
        "",
        "  ",
        "agenda.ics",
        "example.org/agenda.ics",
        "/agenda.ics",
        "http://",
        "http:///",
        "ftp://example.org/",
        "file:///etc/passwd",
        "gopher://example.org/",
        "javascript:alert(1)",
        "dict://example.org:11211/stats",
        "http://example.org:22/",
        "http://example.org:25/",
        "http://example.org:0/",
        "http://example.org:65536/",
        "http://me@example.org/",
        "http://me:secret@example.org/",
        "http://:secret@example.org/",
        "http://example.org\\@127.0.0.1/",
        "http://exa mple.org/",
        "http://example.org/\r\nX: y",
        "http://example.org:80:80/",
        "http://[::1/",
        "http://\xE1.org/",
    };
    for (size_t i = 0; i < COUNT(urls); i++)
        web_refused(w, urls[i], FAULT_INVALID);
    web_refused(w, NULL, FAULT_INVALID);
    g_autofree char *zeros = g_strnfill(5000, '0');
    web_refused(w, arena_printf(w->ctx.arena, "http://example.org/%s", zeros), FAULT_INVALID);
}

static void addresses_are_read_like_a_browser_does(Web *w, const void *unused)
{
    static const struct {
        const char *typed, *read;
    } urls[] = {
        {" https://Example.ORG/a b?c=d e#f\n", "https://Example.ORG/a%20b?c=d+e"},
        {"HTTPS://example.org:8443", "https://example.org:8443/"},
        {"https://peñafiel.example/año", "https://xn--peafiel-5za.example/a%c3%b1o"},
        {"http://example.org:1024/", "http://example.org:1024/"},
    };
    for (size_t i = 0; i < COUNT(urls); i++) {
        CURLU *url = net_url_read(&w->ctx, urls[i].typed, false);
        g_assert_nonnull(url);
        g_assert_cmpstr(net_url_part(w->ctx.arena, url, CURLUPART_URL), ==, urls[i].read);
    }
    g_assert_true(net_url_check(&w->ctx, "https://example.org", false));
    g_assert_false(net_url_check(&w->ctx, "http://10.0.0.1/", false));
    g_assert_cmpint(fault_take(&w->ctx).kind, ==, FAULT_INVALID);
}

static void no_spelling_leads_inside(Web *w, const void *unused)
{
    static const char *const hosts[] = {
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0177.0.0.1",
        "017700000001",
        "0x7f.0.0.1",
        "0x7f000001",
        "0x7f.1",
        "%31%32%37.0.0.1",
        "１２７.０.０.１",
        "127。0。0。1",
        "localhost",
        "LOCALHOST",
        "0",
        "0.0.0.0",
        "[::]",
        "[::1]",
        "[0:0:0:0:0:0:0:1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[64:ff9b:1::7f00:1]",
        "[2002:7f00:1::]",
        "[2001:0:7f00:1::]",
        "[fe80::1]",
        "[fe80::1%25lo]",
        "[fc00::1]",
        "[fd12:3456::1]",
        "[ff02::1]",
        "[fd00:ec2::254]",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "100.64.0.1",
        "169.254.169.254",
        "0xA9FEA9FE",
        "[::ffff:169.254.169.254]",
        "224.0.0.1",
        "255.255.255.255",
        "192.0.0.192",
        "198.18.0.1",
    };
    w->req.inside_allowed = false;
    for (size_t i = 0; i < COUNT(hosts); i++)
        web_refused(w,
                    arena_printf(w->ctx.arena, "http://%s:%d/ok", hosts[i],
                                 net_test_server_port(w->server)),
                    FAULT_INVALID);
    g_assert_cmpint(net_test_server_asked(w->server), ==, 0);
}

static bool allowed(const char *text, bool inside)
{
    struct sockaddr_in v4 = {.sin_family = AF_INET};
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6};
    if (inet_pton(AF_INET, text, &v4.sin_addr) == 1)
        return net_address_allowed((struct sockaddr *)&v4, inside);
    g_assert_cmpint(inet_pton(AF_INET6, text, &v6.sin6_addr), ==, 1);
    return net_address_allowed((struct sockaddr *)&v6, inside);
}

static void assert_reach(const char *const *addresses, bool outside, bool inside)
{
    for (; *addresses; addresses++) {
        g_test_message("%s", *addresses);
        g_assert_true(allowed(*addresses, false) == outside);
        g_assert_true(allowed(*addresses, true) == inside);
    }
}

/* The first and the last of each range, and their neighbours. */
static const char *const open_to_all[] = {
    "1.0.0.0",         "9.255.255.255",    "11.0.0.0",
    "100.63.255.255",  "100.128.0.0",      "126.255.255.255",
    "128.0.0.0",       "169.253.255.255",  "169.255.0.0",
    "172.15.255.255",  "172.32.0.0",       "192.167.255.255",
    "192.169.0.0",     "192.0.1.0",        "198.17.255.255",
    "198.20.0.0",      "223.255.255.255",  "8.8.8.8",
    "2000::",          "2600::1",          "2001:200::",
    "2001:db7:ffff::", "2001:db9::",       "2003::",
    "3ffe::1",         "64:ff9b::808:808", NULL,
};

static const char *const of_the_house[] = {
    "10.0.0.0",     "10.255.255.255",
    "100.64.0.0",   "100.127.255.255",
    "127.0.0.0",    "127.255.255.255",
    "172.16.0.0",   "172.31.255.255",
    "192.168.0.0",  "192.168.255.255",
    "::1",          "fc00::",
    "fdff:ffff::1", NULL,
};

static const char *const never[] = {
    "0.0.0.0",
    "0.255.255.255",
    "169.254.0.0",
    "169.254.169.254",
    "169.254.255.255",
    "192.0.0.0",
    "192.0.0.255",
    "192.0.2.1",
    "192.88.99.1",
    "198.18.0.0",
    "198.19.255.255",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.0",
    "239.255.255.255",
    "240.0.0.0",
    "255.255.255.255",
    "100.100.100.200",
    "::",
    "::2",
    "::ffff:8.8.8.8",
    "::ffff:10.0.0.1",
    "::8.8.8.8",
    "::ffff:0:808:808",
    "64:ff9b::a00:1",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::808:808",
    "64:ff9b:0:1::808:808",
    "100::1",
    "1fff:ffff::",
    "2001::1",
    "2001:1ff:ffff::",
    "2001:db8::1",
    "2002:808:808::",
    "2620:4f:8000::1",
    "3fff:fff::1",
    "4000::",
    "fe80::1",
    "fec0::1",
    "ff02::1",
    "fd00:ec2::254",
    NULL,
};

static void sockets_connect_to_public_addresses_only(void)
{
    assert_reach(open_to_all, true, true);
    assert_reach(of_the_house, false, true);
    assert_reach(never, false, false);
    struct sockaddr local = {.sa_family = AF_UNIX};
    g_assert_false(net_address_allowed(&local, true));
}

#define WEB(name) g_test_add("/net/" #name, Web, NULL, web_set_up, name, web_tear_down)

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    WEB(what_is_no_address_of_the_web_is_refused);
    WEB(addresses_are_read_like_a_browser_does);
    WEB(no_spelling_leads_inside);
    g_test_add_func("/net/sockets_connect_to_public_addresses_only",
                    sockets_connect_to_public_addresses_only);
    return g_test_run();
}
