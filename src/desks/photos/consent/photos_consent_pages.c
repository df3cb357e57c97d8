/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_consent_pages.c: the desk's addresses of consents. */
#include "desks/photos/consent/photos_consent_shown.h"
#include "desks/photos/photos_pages.h"

enum { BODY_MAX = 10 * 1024 * 1024 + 64 * 1024 };

const Route photos_consent_routes[] = {
    {GET, "/mesa/fotos/consentimientos", photos_page_consents, RIGHT_PHOTOS_CONSENT,
     "Consents of minors, without names, the youngest first; ver=todos: those that ended too", .list = true, .query = "ver limit after",
     .shape = &photos_consent_shape},
    {POST, "/mesa/fotos/consentimientos", photos_act_consent_add, RIGHT_PHOTOS_CONSENT,
     "Adds a consent; expires_at: the last day, or an instant; file: the signed paper", .fields = "name! guardian! contact use heard signed_on! expires_at file photos",
     .shape = &photos_consent_shape, .form = photos_page_consent_new, .body_max = BODY_MAX, .files = true},
    {GET, "/mesa/fotos/consentimientos/nuevo", photos_page_consent_new, RIGHT_PHOTOS_CONSENT, "The form for a consent", .formats = AS_HTML,
     .query = "foto"},
    {GET, "/mesa/fotos/consentimientos/:id", photos_page_consent, RIGHT_PHOTOS_CONSENT, "A consent without names, and what it covers",
     .query = "q", .shape = &photos_consent_shape},
    {POST, "/mesa/fotos/consentimientos/:id", photos_act_consent_change, RIGHT_PHOTOS_CONSENT, "Puts a consent right",
     .fields = CONSENT_FIELDS " version", .shape = &photos_consent_shape, .form = photos_page_consent, .body_max = BODY_MAX, .files = true},
    {POST, "/mesa/fotos/consentimientos/:id/nombres", photos_act_consent_names, RIGHT_PHOTOS_CONSENT,
     "Who it is about and who signed; reading it is logged", .shape = &photos_consent_name_shape, .uncached = true},
    {POST, "/mesa/fotos/consentimientos/:id/papel", photos_act_consent_scan, RIGHT_PHOTOS_CONSENT,
     "The signed paper; opening it is logged", .one_kind = true, .uncached = true},
    {POST, "/mesa/fotos/consentimientos/:id/fotos", photos_act_consent_cover, RIGHT_PHOTOS_CONSENT, "Links photos to a consent",
     .fields = "photos!", .shape = &photos_consent_shape, .form = photos_page_consent},
    {POST, "/mesa/fotos/consentimientos/:id/fotos/quitar", photos_act_consent_uncover, RIGHT_PHOTOS_CONSENT,
     "Unlinks photos; what no consent is left for goes from the site", .fields = "photos!", .shape = &photos_consent_shape,
     .form = photos_page_consent},
    {POST, "/mesa/fotos/consentimientos/:id/revocar", photos_act_consent_revoke, RIGHT_PHOTOS_CONSENT,
     "Revokes a consent: its photos go from the site at once", .fields = "reason!", .shape = &photos_consent_shape,
     .form = photos_page_consent},
    {0},
};
