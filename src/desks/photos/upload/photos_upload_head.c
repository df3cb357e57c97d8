/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_upload_head.c: the headers of tus: numbers, Upload-Metadata, Upload-Checksum. */
#include "desks/photos/upload/photos_upload.h"

enum { NUMBER_DIGITS = 18, METADATA_MAX = 4096, KEYS_MAX = 20, SHA256_BYTES = 32, SHA1_BYTES = 20 };

bool photos_upload_number(Ctx *ctx, const char *header, const char *value, i64 *n_out)
{
    if (!value)
        return fault(ctx, FAULT_MALFORMED, "The header %s is missing.", header);
    size_t n = strspn(value, "0123456789");
    if (n == 0 || value[n] || n > NUMBER_DIGITS || !text_int(value, n_out))
        return fault(ctx, FAULT_MALFORMED, "The header %s must be a whole number, 0 or more.", header);
    return true;
}

/* ---- Upload-Metadata: key base64,key base64,key ---- */

static void *broken(Ctx *ctx)
{
    return fault(ctx, FAULT_MALFORMED, "The header Upload-Metadata must be keys, each with a value in base64, separated by commas: "
                                       "filename Zm90by5qcGc=,event …");
}

static bool is_key(const char *s, size_t n, const char *key)
{
    return n == strlen(key) && memcmp(s, key, n) == 0;
}

/* Its last part, as other systems call it; what no screen can show goes. */
static bool take_name(Ctx *ctx, Bytes value, UploadWish *wish)
{
    if (!text_valid(value.data, value.size))
        return fault_field(ctx, "filename", "The file's name is not readable text (UTF-8).");
    const char *name = value.data;
    for (const char *p = name; *p; p++)
        if (*p == '/' || *p == '\\')
            name = p + 1;
    name = text_squeeze(ctx->arena, name);
    if (text_has_control(name))
        return fault_field(ctx, "filename", "The file's name has characters that cannot be shown.");
    wish->filename = text_clip(ctx->arena, text_nfc(ctx->arena, name), UPLOAD_NAME_MAX);
    return true;
}

static bool take_id(Ctx *ctx, const char *field, Bytes value, i64 *id_out)
{
    if (value.size == 0 || (strlen(value.data) == value.size && id_parse(value.data, id_out)))
        return true;
    return fault_field(ctx, field, "This is no name of a record.");
}

static bool take(Ctx *ctx, const char *key, size_t n, Bytes value, UploadWish *wish)
{
    if (is_key(key, n, "filename"))
        return take_name(ctx, value, wish);
    if (is_key(key, n, "event"))
        return take_id(ctx, "event", value, &wish->event);
    return is_key(key, n, "coverage") ? take_id(ctx, "coverage", value, &wish->coverage) : true;
}

static bool key_signs(const char *key, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (key[i] <= ' ' || key[i] > '~')
            return false;
    return n > 0;
}

static bool came_before(const char *const *keys, const size_t *sizes, size_t count, const char *key, size_t n)
{
    for (size_t i = 0; i < count; i++)
        if (sizes[i] == n && memcmp(keys[i], key, n) == 0)
            return true;
    return false;
}

/* One pair; *text moves behind it and its comma. */
static bool read_pair(Ctx *ctx, const char **text, const char **key_out, size_t *n_out, UploadWish *wish)
{
    const char *p = *text;
    size_t n = strcspn(p, " ,");
    const char *value = p[n] == ' ' ? p + n + 1 : p + n;
    size_t size = strcspn(value, ",");
    Bytes bytes = {0};
    if (!key_signs(p, n) || !base64_read(ctx->arena, value, size, &bytes))
        return broken(ctx);
    *key_out = p;
    *n_out = n;
    *text = value + size;
    return take(ctx, p, n, bytes, wish);
}

static bool read_pairs(Ctx *ctx, const char *text, UploadWish *wish)
{
    const char *keys[KEYS_MAX];
    size_t sizes[KEYS_MAX], count = 0;
    for (;;) {
        const char *key = NULL;
        size_t n = 0;
        text += strspn(text, " ");
        if (count == KEYS_MAX || !read_pair(ctx, &text, &key, &n, wish))
            return faulted(ctx) ? false : broken(ctx);
        if (came_before(keys, sizes, count, key, n))
            return broken(ctx);
        keys[count] = key;
        sizes[count++] = n;
        if (!*text)
            return true;
        text++;
    }
}

bool photos_upload_metadata(Ctx *ctx, const char *value, UploadWish *wish_out)
{
    UploadWish wish = *wish_out;
    wish.metadata = value;
    if (value && strnlen(value, METADATA_MAX + 1) > METADATA_MAX)
        return fault(ctx, FAULT_MALFORMED, "The header Upload-Metadata takes at most %d bytes.", METADATA_MAX);
    if (value && !read_pairs(ctx, value, &wish))
        return false;
    if (text_blank(wish.filename))
        return fault_field(ctx, "filename", "Say what the file is called: filename in Upload-Metadata.");
    if (!wish.event)
        return fault_field(ctx, "event", "Say which event the picture shows: event in Upload-Metadata.");
    *wish_out = wish;
    return true;
}

/* ---- Upload-Checksum: sha256 base64 ---- */

bool photos_upload_checksum(Ctx *ctx, const char *value, UploadSum *sum_out)
{
    size_t n = strcspn(value, " ");
    bool sha256 = is_key(value, n, "sha256"), sha1 = is_key(value, n, "sha1");
    Bytes digest;
    if (!sha256 && !sha1)
        return fault(ctx, FAULT_MALFORMED, "The header Upload-Checksum names a way of hashing that is not known here: sha256 and sha1 are.");
    const char *text = value[n] ? value + n + 1 : "";
    if (!base64_read(ctx->arena, text, strlen(text), &digest) || digest.size != (sha256 ? SHA256_BYTES : SHA1_BYTES))
        return fault(ctx, FAULT_MALFORMED, "The header Upload-Checksum must be the name of a hash and its value in base64.");
    *sum_out = (UploadSum){sha256 ? HASH_SHA256 : HASH_SHA1, digest};
    return true;
}
