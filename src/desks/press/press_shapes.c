/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_shapes.c: how a release and what belongs to it fall out of rows, and how they leave as JSON and CSV. */
#include "desks/press/press_room.h"

static const Field text_fields[] = {
    FIELD_TEXT(ReleaseText, tongue), FIELD_TEXT(ReleaseText, title),     FIELD_TEXT(ReleaseText, lead),
    FIELD_TEXT(ReleaseText, body),   FIELD_TEXT(ReleaseText, body_html),
};
const Shape press_text_shape = SHAPE("release_text", ReleaseText, text_fields);

static const Field file_fields[] = {
    FIELD_ID(ReleaseFile, id),        FIELD_ID(ReleaseFile, release),   FIELD_TEXT(ReleaseFile, sha256),
    FIELD_TEXT(ReleaseFile, filename), FIELD_TEXT(ReleaseFile, type),   FIELD_INT(ReleaseFile, size),
    FIELD_TEXT(ReleaseFile, alt),     FIELD_TEXT(ReleaseFile, caption), FIELD_TEXT(ReleaseFile, credit),
    FIELD_INT(ReleaseFile, width),    FIELD_INT(ReleaseFile, height),   FIELD_TEXT(ReleaseFile, trouble),
    FIELD_INT(ReleaseFile, position), FIELD_TIME(ReleaseFile, at),      FIELD_BOOL(ReleaseFile, is_cover),
    FIELD_TEXT(ReleaseFile, url),     FIELD_HIDDEN(ReleaseFile, look, FIELD_INT),
    FIELD_ID(ReleaseFile, photo),     FIELD_HIDDEN(ReleaseFile, gone, FIELD_BOOL),
    {.name = "standing", .kind = FIELD_WORD, .offset = offsetof(ReleaseFile, standing), .words = press_standing_words, .hidden = true},
};
const Shape press_file_shape = SHAPE("release_file", ReleaseFile, file_fields);

static const Field cover_fields[] = {
    FIELD_TEXT(ReleaseCover, url),    FIELD_TEXT(ReleaseCover, alt),  FIELD_TEXT(ReleaseCover, caption),
    FIELD_TEXT(ReleaseCover, credit), FIELD_INT(ReleaseCover, width), FIELD_INT(ReleaseCover, height),
};
const Shape press_cover_shape = SHAPE("release_cover", ReleaseCover, cover_fields);

static const Field correction_fields[] = {
    FIELD_TIME(Correction, at), FIELD_INT(Correction, number), FIELD_TEXT(Correction, note),
};
const Shape press_correction_shape = SHAPE("correction", Correction, correction_fields);

static const Field approval_fields[] = {
    FIELD_TIME(ReleaseApproval, at), FIELD_ID(ReleaseApproval, person),
    FIELD_TEXT(ReleaseApproval, person_name), FIELD_TEXT(ReleaseApproval, signed_as),
};
const Shape press_approval_shape = SHAPE("release_approval", ReleaseApproval, approval_fields);

/* The column cover is the file's id; what programs read as "cover" is the picture. */
#define FIELD_PICTURE(Type, member) \
    {.name = "cover", .kind = FIELD_PART, .offset = offsetof(Type, member), .shape = &press_cover_shape}

static const Field release_fields[] = {
    FIELD_ID(Release, id),
    FIELD_TEXT(Release, folio),
    FIELD_TEXT(Release, slug),
    FIELD_WORD(Release, state, press_state_words),
    FIELD_TEXT(Release, title),
    FIELD_TEXT(Release, lead),
    FIELD_TEXT(Release, body),
    FIELD_TEXT(Release, body_html),
    FIELD_LINES(Release, topics),
    FIELD_TEXT(Release, tongue),
    FIELD_TEXT(Release, dateline_place),
    FIELD_TEXT(Release, dateline_day),
    FIELD_ID(Release, event),
    FIELD_TEXT(Release, event_title),
    FIELD_ID(Release, area),
    FIELD_TEXT(Release, area_name),
    FIELD_ID(Release, author),
    FIELD_TEXT(Release, author_name),
    FIELD_TEXT(Release, contact_name),
    FIELD_TEXT(Release, contact_phone),
    FIELD_TEXT(Release, contact_mail),
    FIELD_HIDDEN(Release, cover, FIELD_ID),
    FIELD_PICTURE(Release, picture),
    FIELD_MANY(Release, texts, &press_text_shape),
    FIELD_MANY(Release, files, &press_file_shape),
    FIELD_MANY(Release, waiting, &press_file_shape),
    FIELD_TIME(Release, publish_at),
    FIELD_TEXT(Release, publish_wall),
    FIELD_TIME(Release, embargo_until),
    FIELD_TEXT(Release, embargo_wall),
    FIELD_TEXT(Release, time_zone),
    FIELD_TIME(Release, missed_at),
    FIELD_TIME(Release, published_at),
    FIELD_TIME(Release, corrected_at),
    FIELD_TIME(Release, withdrawn_at),
    FIELD_TEXT(Release, reason),
    FIELD_MANY(Release, corrections, &press_correction_shape),
    FIELD_MANY(Release, approvals, &press_approval_shape),
    FIELD_BOOL(Release, sensitive),
    FIELD_INT(Release, open_comments),
    FIELD_TEXT(Release, hash),
    FIELD_TEXT(Release, approved_hash),
    FIELD_INT(Release, edition),
    FIELD_TEXT(Release, code),
    FIELD_TEXT(Release, sha256),
    FIELD_TEXT(Release, signature),
    FIELD_TEXT(Release, source),
    FIELD_TIME(Release, created_at),
    FIELD_TIME(Release, changed_at),
    FIELD_INT(Release, version),
    FIELD_TEXT(Release, url),
};
const Shape press_release_shape = SHAPE("release", Release, release_fields);

static const Field public_fields[] = {
    FIELD_ID(PublicRelease, id),
    FIELD_TEXT(PublicRelease, folio),
    FIELD_TEXT(PublicRelease, slug),
    FIELD_WORD(PublicRelease, state, press_state_words),
    FIELD_INT(PublicRelease, number),
    FIELD_TEXT(PublicRelease, title),
    FIELD_TEXT(PublicRelease, lead),
    FIELD_TEXT(PublicRelease, body),
    FIELD_TEXT(PublicRelease, body_html),
    FIELD_LINES(PublicRelease, topics),
    FIELD_TEXT(PublicRelease, tongue),
    FIELD_TEXT(PublicRelease, dateline_place),
    FIELD_TEXT(PublicRelease, dateline_day),
    FIELD_ID(PublicRelease, event),
    FIELD_TEXT(PublicRelease, area_name),
    FIELD_TEXT(PublicRelease, contact_name),
    FIELD_TEXT(PublicRelease, contact_phone),
    FIELD_TEXT(PublicRelease, contact_mail),
    FIELD_HIDDEN(PublicRelease, cover_id, FIELD_ID),
    FIELD_PART(PublicRelease, cover, &press_cover_shape),
    FIELD_MANY(PublicRelease, texts, &press_text_shape),
    FIELD_MANY(PublicRelease, files, &press_file_shape),
    FIELD_TIME(PublicRelease, published_at),
    FIELD_TIME(PublicRelease, corrected_at),
    FIELD_TIME(PublicRelease, withdrawn_at),
    FIELD_TIME(PublicRelease, at),
    FIELD_TIME(PublicRelease, changed_at),
    FIELD_TEXT(PublicRelease, note),
    FIELD_TEXT(PublicRelease, reason),
    FIELD_MANY(PublicRelease, corrections, &press_correction_shape),
    FIELD_TEXT(PublicRelease, code),
    FIELD_TEXT(PublicRelease, sha256),
    FIELD_TEXT(PublicRelease, signature),
    FIELD_TEXT(PublicRelease, url),
};
const Shape press_public_shape = SHAPE("public_release", PublicRelease, public_fields);

static const Field version_fields[] = {
    FIELD_ID(ReleaseVersion, release),   FIELD_INT(ReleaseVersion, number), FIELD_WORD(ReleaseVersion, kind, press_version_words),
    FIELD_INT(ReleaseVersion, edition),  FIELD_TEXT(ReleaseVersion, hash),  FIELD_TEXT(ReleaseVersion, note),
    FIELD_ID(ReleaseVersion, person),    FIELD_TEXT(ReleaseVersion, person_name), FIELD_TIME(ReleaseVersion, at),
    FIELD_TEXT(ReleaseVersion, content),
};
const Shape press_version_shape = SHAPE("release_version", ReleaseVersion, version_fields);

static const Field comment_fields[] = {
    FIELD_ID(ReleaseComment, id),            FIELD_ID(ReleaseComment, release),      FIELD_TEXT(ReleaseComment, quote),
    FIELD_TEXT(ReleaseComment, text),        FIELD_ID(ReleaseComment, person),       FIELD_TEXT(ReleaseComment, person_name),
    FIELD_TIME(ReleaseComment, at),          FIELD_TIME(ReleaseComment, resolved_at), FIELD_TEXT(ReleaseComment, resolved_name),
};
const Shape press_comment_shape = SHAPE("release_comment", ReleaseComment, comment_fields);

static const Field topic_fields[] = {
    FIELD_TEXT(PressTopic, slug),      FIELD_TEXT(PressTopic, name),    FIELD_BOOL(PressTopic, sensitive),
    FIELD_BOOL(PressTopic, in_silence), FIELD_INT(PressTopic, releases), FIELD_INT(PressTopic, version),
};
const Shape press_topic_shape = SHAPE("release_topic", PressTopic, topic_fields);

static const Field template_fields[] = {
    FIELD_ID(ReleaseTemplate, id),       FIELD_TEXT(ReleaseTemplate, name),   FIELD_TEXT(ReleaseTemplate, title),
    FIELD_TEXT(ReleaseTemplate, lead),   FIELD_TEXT(ReleaseTemplate, body),   FIELD_LINES(ReleaseTemplate, topics),
    FIELD_TEXT(ReleaseTemplate, dateline_place), FIELD_BOOL(ReleaseTemplate, archived), FIELD_INT(ReleaseTemplate, version),
};
const Shape press_template_shape = SHAPE("release_template", ReleaseTemplate, template_fields);

static const Field silence_fields[] = {
    FIELD_ID(Silence, id),       FIELD_TEXT(Silence, name), FIELD_TEXT(Silence, basis),
    FIELD_TIME(Silence, from_at), FIELD_TIME(Silence, to_at), FIELD_INT(Silence, version),
};
const Shape press_silence_shape = SHAPE("silence", Silence, silence_fields);
