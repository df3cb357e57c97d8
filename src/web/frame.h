/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* frame.h: what stands around every page: the desk's rail and bars, the public header and footer. */
#pragma once
#include "web/page.h"

typedef struct MenuItem {
    const char *label;   /* msgid */
    const char *icon;    /* a name of ui/icons.txt */
    const char *path;    /* "/mesa/agenda" */
    Right right;
    int group;           /* the rail draws a line between groups */
    bool phone;          /* stands in the phone's bottom bar */
    i64 (*count)(Ctx *ctx); /* how much waits there; NULL: no number */
    bool bell;           /* also at the top: the first such entry always, others while something waits there */
} MenuItem;

/* What the city decided of its site's look: filled in by a room, for every public page. */
typedef struct FrameAccount {
    const char *label, *icon; /* "Facebook", a name of ui/icons.txt */
    Url url;
} FrameAccount;
typedef struct FrameLook {
    const char *palette;      /* a name of ui/css/palettes.css; NULL: the first one */
    List accounts;            /* of FrameAccount */
} FrameLook;

/* For the page of an address that leads nowhere, or not any more: gathered while there is a connection, drawn when there
 * is none.  Nothing for the desk's addresses. */
typedef struct FrameOffer {
    SafeHtml found;           /* panels of "site_trouble" at "main" */
    SafeHtml above;           /* what stands above every page */
    FrameLook look;
} FrameOffer;
const FrameOffer *frame_offer(Ctx *ctx, const Request *req);

/* Writes the whole document around the page's inside. Without a connection (the page of a fault) numbers and
 * panels are left out.  Panels of "desk_frame" and "site_frame" hang at "top". */
SafeHtml frame_page(Ctx *ctx, const Request *req, const Page *page);
/* When time alone makes wrong what stands around a public page (an alert ends); 0: only a change does. */
i64 frame_until(Ctx *ctx, const Request *req);
/* The page of a fault, in the frame where it happened. */
SafeHtml frame_fault(Ctx *ctx, const Request *req, const Fault *fault, int status, const char *request_id);
int fault_status(FaultKind kind); /* its HTTP status */
