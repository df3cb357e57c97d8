/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* people_secret.c: tokens that nobody guesses, and the hashes that are kept of them; passwords. */
#include "base/text.h"
#include "desks/people/people_room.h"

#include <sodium.h>

const char *people_secret_new(Ctx *ctx)
{
    unsigned char bits[32];
    char *text = arena_bytes(ctx->arena, 48);
    randombytes_buf(bits, sizeof bits);
    sodium_bin2base64(text, 48, bits, sizeof bits, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    sodium_memzero(bits, sizeof bits);
    return text;
}

const char *people_secret_hash(Ctx *ctx, const char *secret)
{
    unsigned char hash[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(hash, (const unsigned char *)secret, strlen(secret));
    char *hex = arena_bytes(ctx->arena, 2 * sizeof hash + 1);
    sodium_bin2hex(hex, 2 * sizeof hash + 1, hash, sizeof hash);
    return hex;
}

/* The passwords that are tried first everywhere, and those of this trade. NIST SP 800-63B 5.1.1.2 asks for such a list. */
static bool too_common(Ctx *ctx, const char *password)
{
    static const char *const first_tries[] = {
        "1234567890", "123456789012", "contraseña", "contrasena", "contrasena1", "contraseña1", "contrasena123", "password",
        "password1", "password12", "password123", "qwertyuiop", "qwerty12345", "administrador", "administrator", "bienvenido",
        "bienvenida", "ayuntamiento", "sanluispotosi", "sanluispotosí", "comunicacion", "comunicación", "vocero1234", "abcdefghij",
    };
    const char *lower = text_lower(ctx->arena, password);
    for (size_t i = 0; i < COUNT(first_tries); i++)
        if (text_same(lower, first_tries[i]))
            return true;
    return strspn(lower, (char[]){lower[0], 0}) == strlen(lower);
}

static bool good_enough(Ctx *ctx, const char *password)
{
    if (!password || !text_valid(password, strlen(password)))
        return fault_field(ctx, "password", "Write a password.");
    if (text_graphemes(password) < PASSWORD_LEAST)
        return fault_field(ctx, "password", "A password has at least %d characters; a sentence is easy to remember.", PASSWORD_LEAST);
    if (strlen(password) > PASSWORD_MOST)
        return fault_field(ctx, "password", "A password has at most %d bytes.", PASSWORD_MOST);
    if (too_common(ctx, password))
        return fault_field(ctx, "password", "This password is among the first that anybody tries. Choose another.");
    return true;
}

const char *people_password_hash(Ctx *ctx, const char *password)
{
    if (!good_enough(ctx, password))
        return NULL;
    char *hash = arena_bytes(ctx->arena, crypto_pwhash_STRBYTES);
    const char *normal = text_nfc(ctx->arena, password);
    /* OWASP's 46 MiB, with a second pass: two logins at once must fit a small machine. */
    if (crypto_pwhash_str(hash, normal, strlen(normal), 2, 46u * 1024 * 1024) != 0)
        return fault(ctx, FAULT_BUSY, "There is not enough memory for a login right now. Try again in a moment.");
    return hash;
}
