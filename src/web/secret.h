/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* secret.h: fingerprints and seals: SHA-256, and HMAC-SHA-256 under the data folder's secret. */
#pragma once
#include "web/site.h"

const char *secret_hash(Arena *a, const void *bytes, size_t n);        /* SHA-256, 64 hex digits */
/* SipHash-2-4, 96 of its 128 bits as hex: tells a page's bytes from earlier ones at a tenth of SHA-256's price. No seal. */
const char *secret_tag(Arena *a, const void *bytes, size_t n);
/* A seal over purpose and text, 22 characters of base64url (132 bits); another purpose gives another seal. */
const char *secret_seal(Arena *a, const Site *site, const char *purpose, const char *text);
bool secret_same(const char *a, const char *b);                        /* in constant time; NULL is never the same */
