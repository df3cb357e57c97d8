/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_attachment.h: the files of an event: what may be one, and what is done with them. */
#pragma once
#include "desks/agenda/agenda_room.h"

enum { ATTACHMENT_MAX = 20 * 1024 * 1024, ATTACHMENTS_MOST = 20 };

typedef struct AttachmentDraft {
    const char *sha256, *filename, *type, *title;
    i64 size;
    bool is_public;
} AttachmentDraft;

const Attachment *agenda_attachment(Ctx *ctx, i64 id); /* for the desk: of an event that the actor may see */
const Attachment *agenda_public_attachment(Ctx *ctx, const char *slug, i64 id);
/* sha256, filename, type and size of a file that is in the vault. */
CHECKED
bool agenda_attach(Ctx *ctx, i64 event, const AttachmentDraft *draft, i64 *id_out);
CHECKED
bool agenda_attachment_set(Ctx *ctx, i64 id, const char *title, bool is_public);
CHECKED
bool agenda_detach(Ctx *ctx, i64 id); /* the bytes stay in the vault: others may have the same file */

/* ---- agenda_attachment_type.c ---- */
/* The media type that a file is kept with, by its bytes; sniffed is what its first bytes said. NULL with FAULT_UNSUPPORTED
 * on the field file: a page, a program, anything that is no document. Static text. */
const char *agenda_attachment_type(Ctx *ctx, Bytes file, const char *sniffed, const char *filename);
