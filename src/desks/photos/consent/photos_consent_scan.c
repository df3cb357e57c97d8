/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_consent_scan.c: the signed paper: of what kind it is, by its bytes, and what it is called. */
#include "desks/photos/consent/photos_consent.h"

static const struct {
    const char *type, *suffix, *begins;
    size_t size;
} kinds[] = {
    {"application/pdf", "pdf", "%PDF-", 5},
    {"image/jpeg", "jpg", "\xff\xd8\xff", 3},
    {"image/png", "png", "\x89PNG\r\n\x1a\n", 8},
};

const char *photos_scan_type(const char *bytes, size_t n)
{
    for (size_t i = 0; i < COUNT(kinds); i++)
        if (n >= kinds[i].size && !memcmp(bytes, kinds[i].begins, kinds[i].size))
            return kinds[i].type;
    return NULL;
}

/* A file that came as "Ximena Ruiz.pdf" would tell the name to whoever sees the list. */
const char *photos_scan_name(Arena *a, i64 consent, const char *type)
{
    for (size_t i = 0; i < COUNT(kinds); i++)
        if (text_same(kinds[i].type, type))
            return arena_printf(a, "consentimiento-%s.%s", id_text(a, consent), kinds[i].suffix);
    return NULL;
}
