/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_upload_turn.c: one request's bytes: into the part as they come, on the disk before they are acknowledged. */
#include "desks/photos/upload/photos_upload.h"
#include "web/site.h"

/* What a sink opened. */
typedef struct Taking {
    UploadTurn turn;
    VaultPart *part;         /* NULL: all is there already, what comes is the last byte once more */
    Vault *vault;
    Hash *hash;              /* of what comes; NULL: no checksum was sent */
    UploadSum sum;
    i64 left;                /* bytes that may still come */
} Taking;

bool photos_upload_speaks(Ctx *ctx, const Request *req)
{
    const char *version = request_header(req, "Tus-Resumable");
    if (!people_may(ctx, RIGHT_PHOTOS_UPLOAD))
        return false;
    if (text_same(version, "1.0.0"))
        return true;
    return fault(ctx, FAULT_STALE, "This address speaks tus 1.0.0: say so in the header Tus-Resumable.");
}

/* ---- opening ---- */

static Taking *taking_new(Ctx *ctx, const Request *req, i64 id, const UploadWish *wish)
{
    Taking *t = arena_new_of(ctx->arena, Taking);
    *t = (Taking){.turn = {.id = id, .wish = *wish}, .vault = req->site->vault};
    return t;
}

static bool read_sum(Ctx *ctx, const Request *req, Taking *t)
{
    const char *sum = request_header(req, "Upload-Checksum");
    if (!sum)
        return true;
    if (!photos_upload_checksum(ctx, sum, &t->sum))
        return false;
    t->hash = hash_begin(ctx->arena, t->sum.kind);
    return true;
}

static bool fits(Ctx *ctx, const Taking *t, i64 length)
{
    return length <= t->left || fault(ctx, FAULT_TOO_LARGE, "These are more bytes than were announced for this file.");
}

static bool read_wish(Ctx *ctx, const Request *req, UploadWish *wish)
{
    *wish = (UploadWish){0};
    return photos_upload_speaks(ctx, req) && photos_upload_number(ctx, "Upload-Length", request_header(req, "Upload-Length"), &wish->size) &&
           photos_upload_metadata(ctx, request_header(req, "Upload-Metadata"), wish) && photos_upload_may_begin(ctx, wish);
}

static bool open_first(Ctx *ctx, const Request *req, i64 length, void **body_out)
{
    UploadWish wish;
    if (!read_wish(ctx, req, &wish))
        return false;
    Taking *t = taking_new(ctx, req, id_new(ctx->now), &wish);
    t->left = wish.size;
    if (!read_sum(ctx, req, t) || !fits(ctx, t, length) || !vault_part_make(ctx, t->vault, t->turn.id))
        return false;
    t->part = vault_part_open(ctx, t->vault, t->turn.id, t->hash != NULL);
    *body_out = t;
    return t->part != NULL;
}

/* All that came, or one byte less while no record speaks of it. */
static i64 told(i64 size, i64 announced)
{
    return size < announced ? size : announced - 1;
}

static bool wrong_offset(Ctx *ctx, i64 at)
{
    return fault(ctx, FAULT_CONFLICT, "This upload stands at byte %" PRId64 ": ask for it with HEAD, and go on from there.", at);
}

/* A finished one: the last piece once more, because its answer was lost. */
static bool once_more(Ctx *ctx, const PhotoUpload *u, Taking *t, i64 offset, i64 length)
{
    t->turn.photo = u->photo;
    t->turn.whole = true;
    t->turn.at = u->size;
    t->left = u->size - offset;
    return length == t->left ? true : wrong_offset(ctx, u->size);
}

/* What stands there of a file that is all there, but of which nobody noted anything, is one byte less: also on the disk, unless
 * it has its name in the vault already. */
static bool stand_at(Ctx *ctx, const PhotoUpload *u, Taking *t)
{
    t->turn.at = told(vault_part_at(t->part), u->size);
    t->left = u->size - t->turn.at;
    return vault_part_whole(t->part) || vault_part_at(t->part) == t->turn.at || vault_part_truncate(ctx, t->part, t->turn.at);
}

static bool go_on(Ctx *ctx, const PhotoUpload *u, Taking *t, i64 offset, i64 length)
{
    t->part = vault_part_open(ctx, t->vault, u->id, t->hash != NULL);
    if (!t->part && ctx->fault.kind == FAULT_NOT_FOUND) {
        fault_take(ctx);
        return fault(ctx, FAULT_GONE, "The bytes of this upload are gone: begin it again.");
    }
    bool stands = t->part && stand_at(ctx, u, t);
    if (stands && (offset == t->turn.at || wrong_offset(ctx, t->turn.at)) && fits(ctx, t, length))
        return true;
    vault_part_close(t->part);
    return false;
}

static bool open_next(Ctx *ctx, const Request *req, i64 length, void **body_out)
{
    i64 offset;
    const PhotoUpload *u = photos_upload_speaks(ctx, req) ? photos_upload_find(ctx, req->id) : NULL;
    if (!u || !photos_upload_number(ctx, "Upload-Offset", request_header(req, "Upload-Offset"), &offset))
        return false;
    Taking *t = taking_new(ctx, req, u->id, &(UploadWish){.size = u->size});
    *body_out = t;
    return read_sum(ctx, req, t) && (u->photo ? once_more(ctx, u, t, offset, length) : go_on(ctx, u, t, offset, length));
}

/* ---- bytes ---- */

static bool is_kept(const Taking *t)
{
    return !t->part || vault_part_whole(t->part);
}

static bool take(Ctx *ctx, void *body, const char *bytes, size_t n)
{
    Taking *t = body;
    bool taken = fits(ctx, t, (i64)n);
    if (taken && t->hash)
        hash_add(t->hash, bytes, n);
    t->left -= (i64)n;
    taken = taken && (is_kept(t) || vault_part_append(ctx, t->part, bytes, n));
    if (!taken)
        vault_part_close(t->part);
    return taken;
}

const BodySink photos_upload_first = {"application/offset+octet-stream", open_first, take};
const BodySink photos_upload_next = {"application/offset+octet-stream", open_next, take};

/* ---- on the disk ---- */

static bool sum_fits(Ctx *ctx, const Taking *t)
{
    if (!t->hash)
        return true;
    Bytes came = hash_end(t->hash);
    if (came.size == t->sum.digest.size && memcmp(came.data, t->sum.digest.data, came.size) == 0)
        return true;
    return fault(ctx, FAULT_DAMAGED, "The bytes are not those that were sent: send this piece again.");
}

/* The part is given free here: the answer must not arrive before others may go on with it. */
static bool settle(Ctx *ctx, Taking *t)
{
    UploadTurn *turn = &t->turn;
    i64 size;
    if (!sum_fits(ctx, t) || (t->part && !vault_part_settle(ctx, t->part))) {
        vault_part_close(t->part);
        return false;
    }
    if (!t->part)
        return true;
    turn->whole = t->left == 0;
    turn->at = turn->wish.size - t->left;
    bool kept = !turn->whole || vault_part_keep(ctx, t->part, &turn->sha256, &size);
    vault_part_close(t->part);
    return kept;
}

static bool prepare_body(Ctx *ctx, const Request *req, void **prepared_out)
{
    Taking *t = req->body;
    *prepared_out = &t->turn;
    return settle(ctx, t);
}

bool photos_upload_prepare_first(Ctx *ctx, const Request *req, void **prepared_out)
{
    UploadWish wish;
    if (req->body)
        return prepare_body(ctx, req, prepared_out);
    if (!read_wish(ctx, req, &wish))
        return false;
    UploadTurn *turn = arena_new_of(ctx->arena, UploadTurn);
    *turn = (UploadTurn){.id = id_new(ctx->now), .wish = wish};
    *prepared_out = turn;
    return vault_part_make(ctx, req->site->vault, turn->id);
}

bool photos_upload_prepare_next(Ctx *ctx, const Request *req, void **prepared_out)
{
    if (req->body)
        return prepare_body(ctx, req, prepared_out);
    return photos_upload_speaks(ctx, req) &&
           fault(ctx, FAULT_UNSUPPORTED, "this address takes bodies of the type %s", photos_upload_next.type);
}

bool photos_upload_prepare_look(Ctx *ctx, const Request *req, void **prepared_out)
{
    const PhotoUpload *u = photos_upload_speaks(ctx, req) ? photos_upload_find(ctx, req->id) : NULL;
    if (!u)
        return false;
    i64 size = u->photo ? u->size : vault_part_size(ctx, req->site->vault, u->id);
    if (size == NONE)
        return fault(ctx, FAULT_GONE, "The bytes of this upload are gone: begin it again.");
    UploadTurn *turn = arena_new_of(ctx->arena, UploadTurn);
    *turn = (UploadTurn){.id = u->id, .at = u->photo ? u->size : told(size, u->size), .photo = u->photo, .whole = u->photo != 0};
    turn->wish = (UploadWish){.size = u->size, .metadata = u->metadata};
    turn->held = !u->photo && vault_part_held(req->site->vault, u->id);
    *prepared_out = turn;
    return !faulted(ctx);
}
