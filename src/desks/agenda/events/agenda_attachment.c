/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_attachment.c: the files of an event: an invitation, a plan, a press kit. */
#include "desks/agenda/events/agenda_attachment.h"
#include "store/journal.h"
#include "agenda_event_queries.h"

enum { NAME_CHARS = 200 };

static const Field attachment_fields[] = {
    FIELD_ID(Attachment, id),
    FIELD_ID(Attachment, event),
    FIELD_TEXT(Attachment, title),
    FIELD_TEXT(Attachment, filename),
    FIELD_TEXT(Attachment, type),
    FIELD_INT(Attachment, size),
    FIELD_TEXT(Attachment, sha256),
    FIELD_BOOL(Attachment, is_public),
    FIELD_TIME(Attachment, at),
    FIELD_TEXT(Attachment, person_name),
};
const Shape agenda_attachment_shape = SHAPE("attachment", Attachment, attachment_fields);

List agenda_attachments_of(Ctx *ctx, i64 event)
{
    return db_list(ctx, &q_agenda_attachments_of, &agenda_attachment_shape, I(event));
}

List agenda_public_attachments_of(Ctx *ctx, i64 event)
{
    return db_list(ctx, &q_agenda_public_attachments_of, &agenda_attachment_shape, I(event));
}

const Attachment *agenda_attachment(Ctx *ctx, i64 id)
{
    const Attachment *a = db_one(ctx, &q_agenda_attachment_find, &agenda_attachment_shape, I(id));
    return a && agenda_find(ctx, a->event) ? a : NULL;
}

const Attachment *agenda_public_attachment(Ctx *ctx, const char *slug, i64 id)
{
    return db_one(ctx, &q_agenda_public_attachment_find, &agenda_attachment_shape, I(id), T(slug));
}

static bool check_title(Ctx *ctx, const char *title)
{
    if (title && (strchr(title, '\n') || text_has_control(title) ||
                  !text_fits(title, NAME_CHARS)))
        return fault_field(ctx, "title", "A title is one line of at most %d characters.",
                           NAME_CHARS);
    return true;
}

/* A name to offer the file by: the last part of a path, one line, not too long. */
static const char *offered_name(Ctx *ctx, const char *filename)
{
    const char *name = filename ? filename : "";
    for (const char *p = name; *p; p++)
        if (*p == '/' || *p == '\\')
            name = p + 1;
    name = text_valid(name, strlen(name)) ? text_squeeze(ctx->arena, name) : "";
    return text_blank(name) || text_has_control(name) ? "archivo"
                                                      : text_clip(ctx->arena, name, 120);
}

bool agenda_attach(Ctx *ctx, i64 event, const AttachmentDraft *d, i64 *id_out)
{
    const Event *e = agenda_to_change(ctx, event, NONE);
    if (!e || !check_title(ctx, d->title))
        return false;
    if (agenda_attachments_of(ctx, event).count >= ATTACHMENTS_MOST)
        return fault_field(ctx, "file", "An event has at most %d files: take one away first.",
                           ATTACHMENTS_MOST);
    i64 id = id_new(ctx->now);
    const char *name = offered_name(ctx, d->filename);
    if (!db_write(ctx, &q_agenda_attachment_insert, I(id), I(event), T(d->sha256), T(name),
                  T(d->type), I(d->size), T(d->title), B(d->is_public), I_OR_NULL(ctx->actor->id),
                  I(ctx->now)) ||
        !journal_detail(ctx, "agenda_event", event, "attached", name))
        return false;
    *id_out = id;
    return true;
}

static const Attachment *to_change(Ctx *ctx, i64 id)
{
    return people_may(ctx, RIGHT_AGENDA_EDIT) ? agenda_attachment(ctx, id) : NULL;
}

bool agenda_attachment_set(Ctx *ctx, i64 id, const char *title, bool is_public)
{
    const Attachment *a = to_change(ctx, id);
    if (!a || !check_title(ctx, title))
        return false;
    if (text_same(a->title, title) && a->is_public == is_public)
        return true;
    const char *now = is_public ? "public" : "internal";
    return db_write(ctx, &q_agenda_attachment_set, I(id), T(title), B(is_public)) &&
           journal_detail(ctx, "agenda_event", a->event, "attachment_changed",
                          arena_printf(ctx->arena, "%s, %s", a->filename, now));
}

bool agenda_detach(Ctx *ctx, i64 id)
{
    const Attachment *a = to_change(ctx, id);
    return a && db_write(ctx, &q_agenda_attachment_drop, I(id)) &&
           journal_detail(ctx, "agenda_event", a->event, "detached", a->filename);
}
