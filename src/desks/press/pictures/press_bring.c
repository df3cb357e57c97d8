/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_bring.c: what comes to a release, an upload or one of the photos: looked at before the writer's turn, kept in it. */
#include "desks/press/pictures/press_pictures.h"
#include "media/media.h"
#include "web/site.h"

/* ---- an upload ---- */

static bool look_into(Ctx *ctx, const Request *req, const Upload *u, Bytes *out)
{
    return vault_map(ctx, req->site->vault, u->sha256, out) && (out->size || fault_field(ctx, "file", "The file is empty."));
}

/* A broken picture is refused while the person who has a better one is still there; without the decoder it is kept, and says why. */
static bool look_at(Ctx *ctx, const Request *req, const Upload *u, PictureFound *found)
{
    *found = (PictureFound){.width = NONE, .height = NONE, .look = NONE};
    if (press_picture_make(ctx, req->site->media, req->site->vault, u->sha256, PRESS_DESK_COPY, (List){0}, found))
        return true;
    if (ctx->fault.kind != FAULT_UNSUPPORTED)
        return false;
    found->trouble = fault_take(ctx).what;
    return true;
}

bool press_bring_upload(Ctx *ctx, const Request *req, Brought *out)
{
    Bytes file;
    const Upload *u = req->uploads.count ? req->uploads.items : NULL;
    if (!u)
        return fault_field(ctx, "file", "Choose a file.");
    if (u->size > PRESS_FILE_MAX)
        return fault_at(ctx, __FILE__, FAULT_TOO_LARGE, "file", "The file is larger than %d MB: make it smaller or give a link.",
                        PRESS_FILE_MAX / 1024 / 1024);
    if (!look_into(ctx, req, u, &file))
        return false;
    *out = (Brought){.draft = {.sha256 = u->sha256, .filename = u->filename, .size = u->size}};
    out->draft.type = press_file_type(ctx, file, u->type, u->filename);
    out->is_picture = out->draft.type && press_is_picture(out->draft.type);
    return out->draft.type && (!out->is_picture || look_at(ctx, req, u, &out->found));
}

/* ---- one of the photos: the public copy that may be kept, and the desk's small one of it ---- */

bool press_bring_photo(Ctx *ctx, const Request *req, i64 photo, Brought *out)
{
    PhotoMaster m;
    *out = (Brought){.is_picture = true};
    if (!photos_master(ctx, req->site->media, req->site->vault, photo, &m) ||
        !press_picture_make(ctx, req->site->media, req->site->vault, m.sha256, PRESS_DESK_COPY, (List){0}, &out->found))
        return false;
    out->draft = (FileDraft){
        .sha256 = m.sha256, .filename = m.filename, .type = m.type, .size = m.size, .alt = m.alt, .caption = m.caption,
        .credit = m.credit, .photo = photo,
    };
    return true;
}

/* ---- kept ---- */

bool press_bring_in(Ctx *ctx, i64 release, i64 version, const Brought *b, i64 *id_out)
{
    i64 id;
    if (b->draft.is_cover && !b->is_picture)
        return fault_field(ctx, "is_cover", "Only a picture can be the cover: JPEG, PNG or WebP.");
    if (b->draft.photo && photos_is_gone(ctx, b->draft.photo)) /* meanwhile */
        return fault(ctx, FAULT_GONE, "This picture was unpublished and must not be shown any more: choose another one.");
    if (!press_file_add(ctx, release, version, &b->draft, &id) || (b->is_picture && !press_picture_note(ctx, id, &b->found, true)))
        return false;
    *id_out = id;
    return true;
}
