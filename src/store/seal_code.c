/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* seal_code.c: VOC-7K2M-9X, made of a signature and read from what people type.
 *
 * The check symbol is a Reed-Solomon one over GF(32), whose elements are the symbols' places in the alphabet
 * (x^5 + x^2 + 1; alpha = 2): the sum of digit * alpha^place, places 5 to 1 from the left, and the check
 * itself at place 0, is zero.  All weights differ and none is zero, so one wrong symbol, and
 * any two that changed places, are always noticed. */
#include "store/seal_room.h"
#include "base/text.h"

#include <sodium.h>

enum { DIGITS = 5, SYMBOLS = DIGITS + 1, PREFIX = 3 };

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

static int doubled(int element)
{
    element <<= 1;
    return element & 32 ? element ^ 37 : element;
}

static int check_of(const int digits[DIGITS])
{
    int sum = 0;
    for (int i = 0; i < DIGITS; i++)
        sum = doubled(sum ^ digits[i]);
    return sum;
}

static void write_code(const int symbols[SYMBOLS], char code_out[SEAL_CODE + 1])
{
    static const char form[] = "VOC-....-..";
    for (int i = 0, next = 0; i <= SEAL_CODE; i++)
        code_out[i] = form[i] == '.' ? alphabet[symbols[next++]] : form[i];
}

void seal_code_make(const unsigned char signature[SEAL_SIGNATURE], int turn,
                    char code_out[SEAL_CODE + 1])
{
    char purpose[32];
    int length = snprintf(purpose, sizeof purpose, "vocero-code-1:%d:", turn);
    crypto_hash_sha256_state state;
    unsigned char hash[crypto_hash_sha256_BYTES];
    crypto_hash_sha256_init(&state);
    crypto_hash_sha256_update(&state, (const unsigned char *)purpose, (unsigned long long)length);
    crypto_hash_sha256_update(&state, signature, SEAL_SIGNATURE);
    crypto_hash_sha256_final(&state, hash);

    unsigned bits =
        (unsigned)hash[0] << 24 | (unsigned)hash[1] << 16 | (unsigned)hash[2] << 8 | hash[3];
    int symbols[SYMBOLS];
    for (int i = 0; i < DIGITS; i++)
        symbols[i] = (int)(bits >> (27 - 5 * i) & 31);
    symbols[DIGITS] = check_of(symbols);
    write_code(symbols, code_out);
}

bool seal_code_belongs(const unsigned char signature[SEAL_SIGNATURE], const char *code)
{
    for (int turn = 0; turn < SEAL_CODE_TURNS; turn++) {
        char made[SEAL_CODE + 1];
        seal_code_make(signature, turn, made);
        if (text_same(made, code))
            return true;
    }
    return false;
}

/* ---- what people type ---- */
static int digit(char c)
{
    if (c >= 'a' && c <= 'z')
        c = (char)(c - 'a' + 'A');
    if (c == 'O')
        return 0;
    if (c == 'I' || c == 'L')
        return 1;
    const char *at = c ? strchr(alphabet, c) : NULL;
    return at ? (int)(at - alphabet) : -1;
}

/* How many bytes of white space or of a hyphen, also one that a phone made longer (U+2010 to U+2015). */
static size_t gap(const char *s)
{
    if (*s == '-' || *s == ' ' || *s == '\t' || *s == '\r' || *s == '\n')
        return 1;
    if (strncmp(s, "\xC2\xA0", 2) == 0)
        return 2;
    bool dash = strncmp(s, "\xE2\x80", 2) == 0 && (unsigned char)s[2] >= 0x90 &&
                (unsigned char)s[2] <= 0x95;
    return dash ? 3 : 0;
}

/* The digits without gaps; how many, or -1 when something else stands there or they are too many. */
static int digits_of(const char *typed, int digits[PREFIX + SYMBOLS])
{
    int n = 0;
    while (*typed) {
        size_t skip = gap(typed);
        if (!skip) {
            int d = digit(*typed);
            if (d < 0 || n == PREFIX + SYMBOLS)
                return -1;
            digits[n++] = d;
            skip = 1;
        }
        typed += skip;
    }
    return n;
}

bool seal_code_read(const char *typed, char code_out[SEAL_CODE + 1])
{
    int digits[PREFIX + SYMBOLS];
    int n = typed ? digits_of(typed, digits) : -1;
    const int *symbols = digits;
    if (n == PREFIX + SYMBOLS) {
        if (digits[0] != digit('V') || digits[1] != digit('O') || digits[2] != digit('C'))
            return false;
        symbols += PREFIX;
    } else if (n != SYMBOLS) {
        return false;
    }
    if (check_of(symbols) != symbols[DIGITS])
        return false;
    write_code(symbols, code_out);
    return true;
}
