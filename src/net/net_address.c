/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* net_address.c: which addresses may be connected to; RFC 6890's registries as IANA had them in 2025. */
#include "net/net_room.h"

#include <arpa/inet.h>
#include <netinet/in.h>

typedef enum { REACH_NEVER, REACH_INSIDE, REACH_PUBLIC, REACH_EMBEDDED } Reach;

typedef struct Range {
    const char *from;
    int bits;
    Reach reach;
} Range;

/* The first that fits counts. */
static const Range ranges4[] = {
    {"100.100.100.200", 32, REACH_NEVER}, /* a cloud's metadata */
    {"0.0.0.0", 8, REACH_NEVER},          /* this host */
    {"10.0.0.0", 8, REACH_INSIDE},
    {"100.64.0.0", 10, REACH_INSIDE}, /* carrier-grade NAT */
    {"127.0.0.0", 8, REACH_INSIDE},
    {"169.254.0.0", 16, REACH_NEVER}, /* link-local; 169.254.169.254 is most clouds' metadata */
    {"172.16.0.0", 12, REACH_INSIDE},
    {"192.0.0.0", 24, REACH_NEVER},    /* protocol assignments */
    {"192.0.2.0", 24, REACH_NEVER},    /* documentation */
    {"192.31.196.0", 24, REACH_NEVER}, /* AS112 */
    {"192.52.193.0", 24, REACH_NEVER}, /* AMT relays */
    {"192.88.99.0", 24, REACH_NEVER},  /* 6to4 relays */
    {"192.168.0.0", 16, REACH_INSIDE},
    {"192.175.48.0", 24, REACH_NEVER}, /* AS112 */
    {"198.18.0.0", 15, REACH_NEVER},   /* measurements */
    {"198.51.100.0", 24, REACH_NEVER}, /* documentation */
    {"203.0.113.0", 24, REACH_NEVER},  /* documentation */
    {"224.0.0.0", 3, REACH_NEVER},     /* multicast, reserved, broadcast */
    {"0.0.0.0", 0, REACH_PUBLIC},
};

static const Range ranges6[] = {
    {"::1", 128, REACH_INSIDE},
    {"fd00:ec2::254", 128, REACH_NEVER}, /* a cloud's metadata */
    {"fc00::", 7, REACH_INSIDE},         /* unique local */
    {"64:ff9b::", 96, REACH_EMBEDDED},   /* NAT64 */
    {"2001::", 23, REACH_NEVER},         /* Teredo, ORCHID, protocol assignments */
    {"2001:db8::", 32, REACH_NEVER},     /* documentation */
    {"2002::", 16, REACH_NEVER},         /* 6to4 */
    {"2620:4f:8000::", 48, REACH_NEVER}, /* AS112 */
    {"3fff::", 20, REACH_NEVER},         /* documentation */
    {"2000::", 3, REACH_PUBLIC},
    {"::", 0, REACH_NEVER}, /* also ::ffff:0:0/96 and ::/96, IPv4 in another coat */
};

static bool within(const unsigned char *address, const unsigned char *from, int bits)
{
    int whole = bits / 8, rest = bits % 8;
    if (memcmp(address, from, (size_t)whole) != 0)
        return false;
    return !rest || (address[whole] ^ from[whole]) >> (8 - rest) == 0;
}

static Reach reach_of(int family, const unsigned char *address, const Range *ranges)
{
    for (const Range *r = ranges;; r++) { /* the last one fits all */
        unsigned char from[sizeof(struct in6_addr)];
        if (inet_pton(family, r->from, from) == 1 && within(address, from, r->bits))
            return r->reach;
    }
}

static Reach reach4(const void *address)
{
    return reach_of(AF_INET, address, ranges4);
}

static Reach reach6(const void *address)
{
    Reach reach = reach_of(AF_INET6, address, ranges6);
    if (reach != REACH_EMBEDDED)
        return reach;
    return reach4((const unsigned char *)address + 12) == REACH_PUBLIC ? REACH_PUBLIC : REACH_NEVER;
}

static bool allowed(Reach reach, bool inside_allowed)
{
    return reach == REACH_PUBLIC || (reach == REACH_INSIDE && inside_allowed);
}

bool net_address_allowed(const struct sockaddr *address, bool inside_allowed)
{
    switch (address->sa_family) {
    case AF_INET: {
        struct sockaddr_in v4;
        memcpy(&v4, address, sizeof v4);
        return allowed(reach4(&v4.sin_addr), inside_allowed);
    }
    case AF_INET6: {
        struct sockaddr_in6 v6;
        memcpy(&v6, address, sizeof v6);
        return allowed(reach6(&v6.sin6_addr), inside_allowed);
    }
    default: return false;
    }
}

bool net_literal_allowed(const char *host, bool inside_allowed)
{
    unsigned char address[sizeof(struct in6_addr)];
    char bare[INET6_ADDRSTRLEN + 1] = "";
    if (inet_pton(AF_INET, host, address) == 1)
        return allowed(reach4(address), inside_allowed);
    if (host[0] != '[')
        return true;
    size_t n = strcspn(host + 1, "]%");
    if (n >= sizeof bare)
        return false;
    memcpy(bare, host + 1, n);
    return inet_pton(AF_INET6, bare, address) == 1 && allowed(reach6(address), inside_allowed);
}

void *net_inside_fault(Ctx *ctx, const char *host)
{
    return fault(ctx, FAULT_INVALID,
                 "%s leads into a private network, which is not asked. Use an address that "
                 "everybody on the Internet"
                 " can open.",
                 host);
}
