/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* site_about.h: what the city says of itself: who works here, how to reach it, its privacy notice by versions, its look.
 *
 * A version of the privacy notice is never changed nor deleted: what somebody was shown on a day can be read for ever. */
#pragma once
#include "base/shape.h"
#include "desks/people/people.h"
#include "web/frame.h"
#include "web/html.h"
#include "web/page.h"

/* ---- contact and look: a key and its value each ---- */
enum { NETWORKS = 10 };
typedef struct Network {
    const char *name, *label, *icon; /* "facebook", "Facebook", "brand-facebook" */
} Network;
extern const Network site_networks[NETWORKS];

typedef enum { THEME_CANTERA, THEME_LAGUNA, THEME_TUNA, THEME_NOCHE } Theme;
extern const Word site_theme_words[]; /* names of palettes in ui/css/palettes.css */

typedef struct SiteSettings {
    i64 version;              /* grows with each change of any of them */
    Theme theme;
    const char *address, *phone, *mail, *hours, *press_phone, *press_mail; /* NULL: not said */
    const char *accounts[NETWORKS]; /* whole addresses */
} SiteSettings;
extern const Shape site_settings_shape;

const SiteSettings *site_settings(Ctx *ctx);
void site_look(Ctx *ctx, FrameLook *look_out);   /* for the frame of public pages */
/* RIGHT_SITE_EDIT. version NONE: the caller does not mind; else FAULT_STALE when another was first. */
CHECKED bool site_set_contact(Ctx *ctx, i64 version, const SiteSettings *draft); /* all but the theme */
CHECKED bool site_set_theme(Ctx *ctx, i64 version, Theme theme);

/* ---- the privacy notice ---- */
enum { NOTICE_BODY_MAX = 64 * 1024, NOTICE_NOTE_MAX = 600 };
typedef struct PrivacyNotice {
    i64 version, from_at, at;
    const char *body, *body_en; /* Markdown; body_en may be NULL */
    const char *note;           /* what changed */
    const char *person_name;    /* for the desk */
} PrivacyNotice;
extern const Shape site_privacy_shape;
List site_privacy_versions(Ctx *ctx);                          /* of PrivacyNotice, the youngest first, without bodies */
const PrivacyNotice *site_privacy(Ctx *ctx, i64 version);      /* 0: the youngest; FAULT_NOT_FOUND */
/* RIGHT_SITE_EDIT. seen: the youngest version that the caller saw, or NONE. */
CHECKED bool site_privacy_check(Ctx *ctx, const PrivacyNotice *draft);
CHECKED bool site_privacy_add(Ctx *ctx, i64 seen, const PrivacyNotice *draft, i64 *version_out);
/* The first version of a new city, with what is to be filled in marked. */
extern const char site_privacy_first[], site_privacy_first_en[];

/* ---- who works here ---- */
typedef struct OrgArea {
    const Area *area;
    List posts;               /* of Post: of this area */
    List below;               /* of OrgArea */
} OrgArea;
List site_organisation(Ctx *ctx);                              /* of OrgArea: the topmost ones */
i64 site_organisation_until(Ctx *ctx);                         /* when a stand-in begins or ends, at the latest in five minutes */
Buf *site_organisation_data(Ctx *ctx, List areas, const SiteSettings *settings); /* JSON-LD, GovernmentOrganization */

/* ---- at start, in a transaction: the first notice where there is none, and the fixed pages into the search ---- */
CHECKED bool site_begin(Ctx *ctx);

extern const Route site_about_routes[];   /* what citizens read */
extern const Route site_set_up_routes[];  /* /mesa/sitio */
