/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_consent_scan.c: the signed paper: which kinds are taken, and what it is called. */
#include "desks/photos/consent/photos_consent.h"

static const struct {
    const char *type, *suffix;
} kinds[] = {{"application/pdf", "pdf"}, {"image/jpeg", "jpg"}, {"image/png", "png"}};

/* A file that came as "Ximena Ruiz.pdf" would tell the name to whoever sees the list. */
const char *photos_scan_name(Arena *a, i64 consent, const char *type)
{
    for (size_t i = 0; i < COUNT(kinds); i++)
        if (text_same(kinds[i].type, type))
            return arena_printf(a, "consentimiento-%s.%s", id_text(a, consent), kinds[i].suffix);
    return NULL;
}
