/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press.h: the door of the press room: the office's word, from the draft to its correction or withdrawal.
 *
 *   draft --send--> in_review --approve (another person; two for a sensitive topic)--> approved
 *     ^                |                                                                  |
 *     +----return------+                             +------------ schedule --------------+--- publish ---+
 *     ^                                              v                                                    v
 *     +---- any edit of what was approved --- scheduled, embargoed ---at its minute, once--->  published --correct--> corrected
 *                                                                                              both --withdraw--> withdrawn
 *   draft --discard--> discarded (no number was given, so none is missing)
 *
 * An approval is bound to the *hash* of the content (title, lead, body, topics, dateline, languages, files and their
 * words): another content needs another approval.  What citizens see are *editions*: copies, word for word, of what was
 * approved; a draft of a correction or a mistake at the desk cannot reach them.  Each edition is sealed (store/seal.h).
 *
 * Scheduled: nobody has it before its minute.  Embargoed: accredited media have it by signed links and keep it until then.
 * The minute is kept as wall time and zone; a job publishes at it, once, also after a restart. When it passed by more than
 * PRESS_LATE while nothing ran, the release goes back to approved with missed_at, and people are asked. */
#pragma once
#include "base/ctx.h"
#include "base/shape.h"
#include "desks/strategy/strategy.h"
#include "store/seal.h"

typedef enum {
    RELEASE_DRAFT, RELEASE_IN_REVIEW, RELEASE_APPROVED, RELEASE_SCHEDULED, RELEASE_EMBARGOED, RELEASE_PUBLISHED,
    RELEASE_CORRECTED, RELEASE_WITHDRAWN, RELEASE_DISCARDED
} ReleaseState;
extern const Word press_state_words[];

typedef enum { VERSION_SAVED, VERSION_AUTOSAVED, VERSION_SENT, VERSION_PUBLISHED, VERSION_CORRECTED, VERSION_IMPORTED } VersionKind;
extern const Word press_version_words[];

enum {
    PRESS_TITLE_MAX = 160, PRESS_LEAD_MAX = 600,     /* characters */
    PRESS_BODY_MAX = 256 * 1024,                     /* bytes of Markdown */
    PRESS_TEXTS_MAX = 8,                             /* other languages */
    PRESS_TOPICS_MAX = 8,
    PRESS_FILE_MAX = 32 * 1024 * 1024,               /* bytes of a cover or an attachment */
    PRESS_FILES_MAX = 20
};
#define PRESS_LATE (15 * CLOCK_MINUTE)

/* A release in one more language; "es-x-plain" is plain language (lectura fácil). */
typedef struct ReleaseText {
    const char *tongue;     /* BCP 47 */
    const char *title, *lead, *body;
    const char *body_html;  /* where the release is shown alone */
} ReleaseText;
extern const Shape press_text_shape;
extern const Word press_tongue_words[]; /* those that can be chosen: "es", "en", "nah", "hus", "pame", "es-x-plain" with their names */

typedef enum { FILE_IN, FILE_WAITING, FILE_OUT } FileStanding; /* out: only earlier editions have it */
extern const Word press_standing_words[];

typedef struct ReleaseFile {
    i64 id, release, size, width, height; /* width NONE: no picture, or not looked at yet */
    i64 at, position, look; /* look: its perceptual hash, u64 in an i64; NONE: no picture. Not in JSON */
    const char *sha256, *filename, *type, *alt, *caption, *credit;
    const char *trouble;    /* why it cannot be read as a picture */
    const char *url;        /* at the desk; of a public edition: where citizens get it */
    i64 photo;              /* it is a public copy of this photo; 0: an upload */
    bool is_cover;
    bool gone;              /* of a photo that must not be shown any more */
    FileStanding standing;  /* not in JSON */
} ReleaseFile;
extern const Shape press_file_shape;

/* What stands under "cover" in JSON. */
typedef struct ReleaseCover {
    const char *url, *alt, *caption, *credit; /* url absolute; NULL: no cover */
    i64 width, height;
} ReleaseCover;
extern const Shape press_cover_shape;

typedef struct Correction {
    i64 at, number;         /* of which edition */
    const char *note;
} Correction;
extern const Shape press_correction_shape;

typedef struct ReleaseApproval {
    i64 at, person;
    const char *person_name, *signed_as;
} ReleaseApproval;
extern const Shape press_approval_shape;

/* What the desk sees. */
typedef struct Release {
    i64 id, event, area, author, version, edition, cover; /* cover: a file's id */
    ReleaseState state;
    const char *folio, *slug, *title, *lead, *body, *topics, *tongue;
    const char *body_html;   /* where the release is shown alone */
    const char *dateline_place, *dateline_day;
    const char *event_title, *area_name, *author_name;
    const char *contact_name, *contact_phone, *contact_mail;
    const char *hash, *approved_hash, *reason;
    i64 publish_at, embargo_until, missed_at;
    const char *publish_wall, *embargo_wall, *time_zone;
    i64 published_at, corrected_at, withdrawn_at, created_at, changed_at;
    const char *code, *sha256, *signature, *source;
    const char *url;         /* absolute, once it is public; else NULL */
    i64 open_comments;       /* in lists too */
    bool sensitive;          /* some topic of it wants two approvals; where the release is shown alone */
    ReleaseCover picture;    /* "cover" in JSON; where the release is shown alone; url at the desk, public once it is */
    List texts;              /* of ReleaseText; where it is shown alone; so are the next ones */
    List files;              /* of ReleaseFile, the cover first */
    List waiting;            /* of ReleaseFile: brought for the next correction; nobody outside has them */
    List corrections;        /* of Correction */
    List approvals;          /* of ReleaseApproval: of the present content */
} Release;
extern const Shape press_release_shape;

/* What anybody may see: read only through the view press_public. Also of an earlier edition. */
typedef struct PublicRelease {
    i64 id, number, event;           /* id of the release; number of the edition */
    const char *folio, *slug, *title, *lead, *body, *topics, *tongue;
    const char *body_html;           /* where it is shown alone, and in feeds */
    const char *dateline_place, *dateline_day, *area_name;
    const char *contact_name, *contact_phone, *contact_mail;
    const char *note, *reason;
    i64 published_at, corrected_at, withdrawn_at, at, changed_at, cover_id;
    ReleaseState state;              /* published, corrected or withdrawn */
    const char *code, *sha256, *signature;
    const char *url;                 /* absolute */
    ReleaseCover cover;
    List texts, files, corrections;  /* as in Release; where it is shown alone */
} PublicRelease;
extern const Shape press_public_shape;

/* ---- reading at the desk: RIGHT_PRESS_READ ---- */
typedef struct ReleaseFilter { /* what is left 0 or NULL does not filter */
    const char *state;   /* a word of press_state_words, or "open": all before publication */
    Span span;           /* of the first publication */
    i64 event, area, author;
    const char *figure;  /* the key of an indicator of press_indicators: exactly what it counts, in span */
} ReleaseFilter;
List press_list(Ctx *ctx, const ReleaseFilter *filter, i64 after_at, i64 after_id, i64 limit); /* of Release, the youngest change first */
i64 press_count(Ctx *ctx, const ReleaseFilter *filter);
const Release *press_find(Ctx *ctx, i64 id);        /* whole; FAULT_NOT_FOUND */
const Release *press_by_folio_or_slug(Ctx *ctx, const char *text); /* NULL without a fault */
List press_of_event(Ctx *ctx, i64 event, i64 limit); /* of Release, for the desk */

typedef struct ReleaseVersion {
    i64 release, number, edition, at, person;
    VersionKind kind;
    const char *hash, *note, *person_name;
    const char *content;             /* canonical JSON; where it is shown alone */
} ReleaseVersion;
extern const Shape press_version_shape;
List press_versions(Ctx *ctx, i64 release, i64 before, i64 limit); /* newest first; before 0: from the end */
const ReleaseVersion *press_version(Ctx *ctx, i64 release, i64 number);
/* The texts of a version as they would be in a release; NULL after a fault. */
const Release *press_version_read(Ctx *ctx, const ReleaseVersion *version);

/* What a correction says of a file that the release has, or that waits for the correction. */
typedef struct FileCorrection {
    i64 file;
    const char *alt, *caption, *credit;   /* NULL: as it is; "": none */
    bool is_out;                          /* the new edition is without it; what waited goes on waiting */
    const char *called;                   /* in the form, for faults: "files.0" */
} FileCorrection;

/* ---- writing: RIGHT_PRESS_WRITE ---- */
typedef struct ReleaseDraft {
    const char *title, *lead, *body;      /* the title is needed */
    const char *topics;                   /* one a line */
    const char *dateline_place, *dateline_day;
    i64 event, area;                      /* 0: none */
    const char *contact_name, *contact_phone, *contact_mail;
    const char *tongue;                   /* NULL: es */
    List texts;                           /* of ReleaseText */
    List files;                           /* of FileCorrection, in a correction; a file that is not named stays as it is */
    i64 cover;                            /* in a correction: the file that is the cover then; NONE: none; 0: as it is */
} ReleaseDraft;
CHECKED bool press_create(Ctx *ctx, const ReleaseDraft *draft, i64 *id_out);
/* A draft with what the event says: title, place, day, topics, area. */
CHECKED bool press_create_from_event(Ctx *ctx, i64 event, i64 *id_out);
CHECKED bool press_create_from_template(Ctx *ctx, i64 template, i64 *id_out);
/* kind: saved or autosaved; autosaves of one person within ten minutes take each other's place. What was approved goes back
 * to draft; a published release is not changed but corrected: FAULT_CONFLICT. */
CHECKED bool press_change(Ctx *ctx, i64 id, i64 version, const ReleaseDraft *draft, VersionKind kind);
CHECKED bool press_restore(Ctx *ctx, i64 id, i64 version, i64 number); /* an earlier version becomes the present one */
CHECKED bool press_discard(Ctx *ctx, i64 id, i64 version);             /* a draft that was never public */
CHECKED bool press_set_slug(Ctx *ctx, i64 id, i64 version, const char *slug); /* RIGHT_PRESS_PUBLISH once it is public */

typedef struct FileDraft {
    const char *sha256, *filename, *type; /* of the upload */
    i64 size;
    const char *alt, *caption, *credit;
    bool is_cover;
    i64 photo;              /* 0: an upload */
} FileDraft;
/* To what is public nothing is added but by a correction: the file waits for it. By who may correct. */
CHECKED bool press_file_add(Ctx *ctx, i64 release, i64 version, const FileDraft *draft, i64 *id_out);
CHECKED bool press_file_change(Ctx *ctx, i64 file, const FileDraft *draft); /* its words, and whether it is the cover */
CHECKED bool press_file_remove(Ctx *ctx, i64 file); /* of what is public: one that waits; the others go by a correction */
const ReleaseFile *press_file(Ctx *ctx, i64 file); /* for the desk */
/* Slow: looks at a picture and makes its copies now; else a job does. For who fills a city, not for requests. */
struct Media;
struct Vault;
CHECKED bool press_file_ready(Ctx *ctx, struct Media *media, struct Vault *vault, i64 file);

/* ---- the way to publication. version NONE: the caller does not mind. ---- */
CHECKED bool press_send(Ctx *ctx, i64 id, i64 version);
CHECKED bool press_return(Ctx *ctx, i64 id, i64 version, const char *reason);
/* hash: what the approver saw; NULL: what is there at that version. */
CHECKED bool press_approve(Ctx *ctx, i64 id, i64 version, const char *hash);
typedef struct Schedule {
    Wall publish, embargo;  /* in time_zone; year 0: not said. One of them is needed; publish is not before embargo */
    i64 publish_at, embargo_until; /* or as instants; 0: not said */
    const char *time_zone;  /* NULL: the city's */
} Schedule;
CHECKED bool press_schedule(Ctx *ctx, i64 id, i64 version, const Schedule *schedule);
CHECKED bool press_unschedule(Ctx *ctx, i64 id, i64 version); /* back to approved */
/* RIGHT_PRESS_WRITE: when whoever writes it wants it out; nothing happens then, but whoever schedules it is shown it. Before approval. */
CHECKED bool press_wish(Ctx *ctx, i64 id, i64 version, const Schedule *schedule);
/* key NULL: FAULT_BROKEN. Files of the edition are noted to its seal. */
CHECKED bool press_publish(Ctx *ctx, i64 id, i64 version, const SealKey *key);
/* A member of the draft that is NULL stays; note is public and needed. At once, by who may publish and (four eyes) approve.
 * Earlier editions keep their files and the words of these. A picture that comes in has all its copies: FAULT_CONFLICT before. */
CHECKED bool press_correct(Ctx *ctx, i64 id, i64 version, const ReleaseDraft *draft, const char *note, const SealKey *key);
CHECKED bool press_withdraw(Ctx *ctx, i64 id, i64 version, const char *reason);
/* Why it could not go out now, as sentences (of const char *): no alt text, no second approval, silence. Empty: nothing. */
List press_obstacles(Ctx *ctx, const Release *release, i64 at);

/* ---- review ---- */
typedef struct ReleaseComment {
    i64 id, release, at, person, resolved_at;
    const char *quote, *text, *person_name, *resolved_name;
} ReleaseComment;
extern const Shape press_comment_shape;
List press_comments(Ctx *ctx, i64 release);            /* oldest first, at most 200 */
CHECKED bool press_comment(Ctx *ctx, i64 release, const char *text, const char *quote, i64 *id_out);
CHECKED bool press_comment_resolve(Ctx *ctx, i64 id, bool resolved);

/* ---- set up: RIGHT_PRESS_SET_UP ---- */
typedef struct PressTopic {
    const char *slug, *name;
    bool sensitive, in_silence;
    i64 version, releases;   /* public ones */
} PressTopic;
extern const Shape press_topic_shape;
List press_topics(Ctx *ctx);                           /* by name, at most 500 */
CHECKED bool press_topic_set(Ctx *ctx, const char *slug, i64 version, const PressTopic *topic); /* slug NULL: a new one */

typedef struct ReleaseTemplate {
    i64 id, version;
    const char *name, *title, *lead, *body, *topics, *dateline_place;
    bool archived;
} ReleaseTemplate;
extern const Shape press_template_shape;
List press_templates(Ctx *ctx, bool archived);
const ReleaseTemplate *press_template(Ctx *ctx, i64 id);
CHECKED bool press_template_set(Ctx *ctx, i64 id, i64 version, const ReleaseTemplate *draft, i64 *id_out); /* id 0: a new one */

typedef struct Silence {
    i64 id, from_at, to_at, version;
    const char *name, *basis;
} Silence;
extern const Shape press_silence_shape;
List press_silences(Ctx *ctx);                         /* that are not over, then the last ten */
CHECKED bool press_silence_set(Ctx *ctx, i64 id, i64 version, const Silence *draft, i64 *id_out);
CHECKED bool press_silence_drop(Ctx *ctx, i64 id, i64 version);
/* Which silence forbids this release at that instant; NULL without a fault: none, or it may speak. */
const Silence *press_silence_against(Ctx *ctx, const Release *release, i64 at);
/* Somebody of signing rank answers for it, with the city's signature. */
CHECKED bool press_override(Ctx *ctx, i64 release, i64 version, const char *reason, const SealKey *key);

/* ---- the media: contacts, lists, who asks to be accredited, what was taken up; all else of them stays in the room ---- */
typedef enum { OUTLET_PRINT, OUTLET_DIGITAL, OUTLET_RADIO, OUTLET_TV, OUTLET_AGENCY, OUTLET_FREELANCE, OUTLET_OTHER } OutletKind;
extern const Word press_outlet_words[];

typedef struct ContactDraft {
    const char *name, *outlet, *mail, *phone, *beats, *note;
    OutletKind outlet_kind;
    bool accredited;
    const char *consent_how; /* not blank: it agrees to get mail, from now on; what was said before stays */
} ContactDraft;

CHECKED bool press_contact_add(Ctx *ctx, const ContactDraft *draft, i64 *id_out);
CHECKED bool press_contact_opt_out(Ctx *ctx, i64 id, i64 version); /* said by telephone */
CHECKED bool press_media_list_add(Ctx *ctx, const char *name, i64 *id_out);
CHECKED bool press_media_list_set_member(Ctx *ctx, i64 list, i64 contact, bool member);

typedef struct AccreditationDraft {
    const char *name, *outlet, *mail, *phone, *text;
    OutletKind outlet_kind;
    i64 event, notice;
} AccreditationDraft;
CHECKED bool press_accreditation_ask(Ctx *ctx, const AccreditationDraft *draft); /* by anybody; the same again changes nothing */
i64 press_notice_version(Ctx *ctx); /* of the privacy notice that holds now; 0: none was published */

typedef struct PickupDraft {
    const char *outlet, *url, *note, *sha256, *filename, *type;
    OutletKind kind;
    i64 day, size;           /* size NONE without a file */
} PickupDraft;
CHECKED bool press_pickup_add(Ctx *ctx, i64 release, const PickupDraft *draft, i64 *id_out);

/* ---- what citizens see: no right is asked ---- */
typedef struct PublicFilter {
    const char *topic;       /* a slug */
    Span span;               /* of the publication: a year, a month; {0, 0}: ever */
} PublicFilter;
List press_public_list(Ctx *ctx, const PublicFilter *filter, i64 after_at, i64 after_id, i64 limit); /* of PublicRelease, youngest first; without texts, files */
i64 press_public_count(Ctx *ctx, const PublicFilter *filter);      /* from press_tally where the span is whole months */
/* By any address that it ever had; withdrawn ones too. number 0: the youngest edition. FAULT_NOT_FOUND. The caller compares
 * slug with what was asked and redirects. */
const PublicRelease *press_public_by_slug(Ctx *ctx, const char *slug, i64 number);
const char *press_public_path_of(Ctx *ctx, const char *path);      /* of an imported site's path: ours; NULL: unknown */
/* For the sitemap: id, slug, title, tongue, published_at and changed_at only; youngest first. */
List press_public_addresses(Ctx *ctx, Span span, i64 after_at, i64 after_id, i64 limit);
/* What feeds say of releases, newest change first: of FeedEntry (web/feed.h), with the full text; topic NULL: of every one. */
List press_feed_entries(Ctx *ctx, const char *topic, i64 limit);
List press_public_changed(Ctx *ctx, i64 limit);                    /* newest change first, withdrawn ones too: for feeds */
List press_public_of_event(Ctx *ctx, i64 event, i64 limit);
List press_public_related(Ctx *ctx, const PublicRelease *release, i64 limit); /* same topics or event */
List press_public_topics(Ctx *ctx);                                /* of PressTopic with releases > 0 */
typedef struct PressMonth { const char *month; i64 releases; } PressMonth;
List press_public_months(Ctx *ctx, const char *topic);             /* of PressMonth, newest first */
/* With body_html, cover, texts, files and corrections filled in. */
const PublicRelease *press_public_whole(Ctx *ctx, const PublicRelease *release);
/* What a media contact with a preview link reads: the release as it would be. */
const PublicRelease *press_as_public(Ctx *ctx, const Release *release);

/* ---- import/: an existing WordPress site becomes releases ----
 * Published posts become published releases with their dates, without a seal (the office did not sign them here), numbered
 * WP/<post>/<year>; the others become drafts. Addresses lead on. A second run writes nothing; what changed there since is
 * taken as a new edition unless somebody edited it here. */
typedef struct Vault Vault;
typedef struct WordpressAsk {
    const char *url, *file;      /* the site, or its WXR file; "-" is standard input */
    const char *user, *password; /* an application password: then drafts and private posts come too; NULL: what is public */
    i64 since;                   /* published at or after; 0: ever */
    const char *category;        /* a slug; NULL: all */
    bool no_pictures, skip_bad, dry_run;
    Vault *vault;
    bool (*transact)(Ctx *ctx, bool (*work)(Ctx *ctx, void *data), void *data); /* db_transact, of who owns the connection */
    void (*progress)(void *to, i64 posts, i64 taken); /* after each post; may be NULL */
    void *to;
} WordpressAsk;
typedef struct WordpressLine {
    i64 post, line;              /* its number there; the line of the file, 0 without */
    const char *what;            /* refused, lost (a part of it), kept (edited here) */
    const char *title, *link, *why;
} WordpressLine;
typedef struct WordpressReport {
    i64 posts, created, updated, unchanged, kept, refused, lost, ignored; /* ignored: pages, menus and the like */
    i64 pictures;
    List lines;                  /* of WordpressLine, at most 5,000 */
} WordpressReport;
extern const Shape press_wordpress_shape;
/* RIGHT_PRESS_PUBLISH. A file is checked as a whole before anything is written, unless skip_bad; then it is written some
 * releases at a time, which can be broken off and repeated. */
CHECKED bool press_import_wordpress(Ctx *ctx, const WordpressAsk *ask, WordpressReport *report_out);

/* ---- figures ---- */
extern const Indicator press_indicators[];
