-- SPDX-License-Identifier: AGPL-3.0-or-later
-- 0016_press: releases (comunicados) from their draft to their correction or withdrawal, and the media that they are for.

-- ---- releases ----

-- The last number of a year's folios: CS/0123/2022.
CREATE TABLE press_folio (
    year INTEGER NOT NULL PRIMARY KEY,            -- in the city's zone
    last INTEGER NOT NULL CHECK (last >= 0)       -- given so far; a folio is given at publication, so none is missing
);

-- The desk's record. Citizens never read it but for the address (view press_public): what they see are editions.
CREATE TABLE press_release (
    id              INTEGER NOT NULL PRIMARY KEY, -- time-sortable
    folio           TEXT UNIQUE,                  -- CS/0123/2022; NULL until it is published
    slug            TEXT NOT NULL UNIQUE,         -- public address; earlier ones are in press_slug
    state           TEXT NOT NULL CHECK (state IN ('draft', 'in_review', 'approved', 'scheduled', 'embargoed', 'published', 'corrected', 'withdrawn', 'discarded')), -- see press.h
    title           TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 1000), -- public once published; so are the next ones
    lead            TEXT,                         -- one paragraph, plain
    body            TEXT NOT NULL,                -- Markdown
    topics          TEXT,                         -- one a line
    dateline_place  TEXT,                         -- "San Luis Potosí, S.L.P."
    dateline_day    TEXT,                         -- 2022-07-14; NULL: the day of publication
    event           INTEGER REFERENCES agenda_event (id), -- what it tells of; NULL: no event
    area            INTEGER REFERENCES people_area (id), -- which area it speaks for
    contact_name    TEXT,                         -- for media: whom to ask
    contact_phone   TEXT,                         -- for media
    contact_mail    TEXT,                         -- for media
    tongue          TEXT NOT NULL DEFAULT 'es',   -- BCP 47, of title, lead and body
    cover           INTEGER,                      -- a press_file; NULL: none
    author          INTEGER REFERENCES people_person (id), -- who wrote it; NULL: the system
    hash            TEXT NOT NULL,                -- SHA-256 of its canonical content: what an approval is bound to
    approved_hash   TEXT,                         -- the hash that was approved; NULL: it is not approved
    reason          TEXT,                         -- why it was returned (internal), or withdrawn (public)
    publish_at      INTEGER,                      -- when it goes public by itself; UTC microseconds
    publish_wall    TEXT,                         -- the same as planned, in time_zone: 2022-07-14T10:00:00
    embargo_until   INTEGER,                      -- media that have it keep it until then
    embargo_wall    TEXT,                         -- the same as planned
    time_zone       TEXT,                         -- IANA name of the two walls
    missed_at       INTEGER,                      -- the minute of publication that passed while nothing ran: a person decides
    published_at    INTEGER,                      -- the first publication; UTC microseconds
    corrected_at    INTEGER,                      -- the last correction
    withdrawn_at    INTEGER,                      -- when it was withdrawn
    edition         INTEGER NOT NULL DEFAULT 0,   -- of what is public: 1, and one more with each correction
    code            TEXT,                         -- VOC-…: of the youngest edition
    sha256          TEXT,                         -- of the canonical text that is sealed
    signature       TEXT,                         -- Ed25519, base64url
    source          TEXT,                         -- where it was imported from: wordpress:https://host/?p=12; NULL: made here
    source_hash     TEXT,                         -- of what was imported, to notice a change
    created_at      INTEGER NOT NULL,             -- UTC microseconds
    changed_at      INTEGER NOT NULL,             -- UTC microseconds
    version         INTEGER NOT NULL DEFAULT 1    -- grows with each change
);
CREATE INDEX press_release_by_state ON press_release (state, changed_at, id);
CREATE INDEX press_release_by_change ON press_release (changed_at, id);
CREATE INDEX press_release_by_publication ON press_release (published_at, id);
CREATE INDEX press_release_by_event ON press_release (event, id);
CREATE INDEX press_release_by_area ON press_release (area, published_at, id);
CREATE INDEX press_release_by_author ON press_release (author, changed_at, id, state);
CREATE INDEX press_release_by_due ON press_release (publish_at, id) WHERE state IN ('scheduled', 'embargoed');
CREATE UNIQUE INDEX press_release_by_source ON press_release (source) WHERE source IS NOT NULL;

-- Addresses that a release had: they lead to the present one for ever.
CREATE TABLE press_slug ( -- :public
    slug    TEXT NOT NULL PRIMARY KEY,            -- never given to another release
    release INTEGER NOT NULL REFERENCES press_release (id), -- whose
    at      INTEGER NOT NULL                      -- when it was given up
);
CREATE INDEX press_slug_by_release ON press_slug (release);

-- The paths that an imported site had: /2019/05/arranca-el-bacheo/ leads to the release.
CREATE TABLE press_path ( -- :public
    path    TEXT NOT NULL PRIMARY KEY,            -- without the host, without a trailing slash
    release INTEGER NOT NULL REFERENCES press_release (id) -- where it leads
);
CREATE INDEX press_path_by_release ON press_path (release);

-- What releases are about. A topic that is not listed here is just a word.
CREATE TABLE press_topic ( -- :public
    slug       TEXT NOT NULL PRIMARY KEY,         -- for addresses: ?tema=obra-publica
    name       TEXT NOT NULL,                     -- "Obra pública"
    sensitive  INTEGER NOT NULL DEFAULT 0 CHECK (sensitive IN (0, 1)), -- 1: two persons approve
    in_silence INTEGER NOT NULL DEFAULT 0 CHECK (in_silence IN (0, 1)), -- 1: allowed while the law commands silence (health, civil protection…)
    version    INTEGER NOT NULL DEFAULT 1         -- grows with each change
);

-- The same release in another language, or in plain language; part of what is approved.
CREATE TABLE press_text (
    release INTEGER NOT NULL REFERENCES press_release (id), -- whose
    tongue  TEXT NOT NULL,                        -- BCP 47: en, nah, hus, es-x-plain (lectura fácil)
    title   TEXT NOT NULL,                        -- as in press_release
    lead    TEXT,                                 -- likewise
    body    TEXT NOT NULL,                        -- Markdown
    PRIMARY KEY (release, tongue)
);

-- Its cover and its attachments.
CREATE TABLE press_file (
    id       INTEGER NOT NULL PRIMARY KEY,        -- time-sortable
    release  INTEGER NOT NULL REFERENCES press_release (id), -- whose
    sha256   TEXT NOT NULL,                       -- where its bytes lie in the vault, as they came
    filename TEXT NOT NULL,                       -- as it is offered
    type     TEXT NOT NULL,                       -- media type, by content
    size     INTEGER NOT NULL,                    -- bytes
    alt      TEXT,                                -- of a picture: what is seen; a cover without it is not published
    caption  TEXT,                                -- public, below it
    credit   TEXT,                                -- who took it
    width    INTEGER,                             -- pixels, upright; NULL: no picture, or not looked at yet
    height   INTEGER,                             -- pixels
    look     INTEGER,                             -- its perceptual hash (media/media.h), as 64 bits; NULL: no picture, or not looked at yet
    trouble  TEXT,                                -- why it could not be read as a picture; NULL: it could
    position INTEGER NOT NULL DEFAULT 0,          -- small ones first
    person   INTEGER REFERENCES people_person (id), -- who put it there
    at       INTEGER NOT NULL                     -- when
);
CREATE INDEX press_file_by_release ON press_file (release, position, id);
CREATE INDEX press_file_by_person ON press_file (person);
CREATE INDEX press_file_by_sha ON press_file (sha256);

-- A picture as the public gets it: smaller, without what cameras write into files.
CREATE TABLE press_rendition ( -- :public
    file    INTEGER NOT NULL REFERENCES press_file (id), -- of which picture
    variant TEXT NOT NULL,                        -- 1280.jpg, 640.webp, card.png (what is shown when the page is shared)
    sha256  TEXT NOT NULL,                        -- where its bytes lie in the vault
    type    TEXT NOT NULL,                        -- image/jpeg
    width   INTEGER NOT NULL,                     -- pixels
    height  INTEGER NOT NULL,                     -- pixels
    size    INTEGER NOT NULL,                     -- bytes
    PRIMARY KEY (file, variant)
);

-- The press kit of an edition: one ZIP with its text, pictures, captions and attachments.
CREATE TABLE press_kit ( -- :public
    release INTEGER NOT NULL REFERENCES press_release (id), -- of which release
    number  INTEGER NOT NULL,                     -- of which edition
    sha256  TEXT NOT NULL,                        -- where it lies in the vault
    size    INTEGER NOT NULL,                     -- bytes
    at      INTEGER NOT NULL,                     -- when it was made
    PRIMARY KEY (release, number)
);

-- What was made public, word for word: edition 1, and one more with each correction. Only `current` and what comes with a
-- withdrawal ever change; the text never does.
CREATE TABLE press_edition ( -- :public
    release        INTEGER NOT NULL REFERENCES press_release (id), -- of which release
    number         INTEGER NOT NULL CHECK (number > 0), -- 1, 2, 3
    current        INTEGER NOT NULL CHECK (current IN (0, 1)), -- 1: the youngest of a release that is public or withdrawn
    withdrawn_at   INTEGER,                       -- NULL: it stands
    reason         TEXT,                          -- why it was withdrawn
    folio          TEXT NOT NULL,                 -- CS/0123/2022
    title          TEXT NOT NULL,                 -- as in press_release, then
    lead           TEXT,                          -- likewise
    body           TEXT NOT NULL,                 -- likewise; Markdown
    topics         TEXT,                          -- likewise
    dateline_place TEXT,                          -- likewise
    dateline_day   TEXT NOT NULL,                 -- likewise; never empty here
    event          INTEGER,                       -- likewise
    area_name      TEXT,                          -- the area that it speaks for, as it was called then
    contact_name   TEXT,                          -- for media
    contact_phone  TEXT,                          -- for media
    contact_mail   TEXT,                          -- for media
    tongue         TEXT NOT NULL,                 -- BCP 47
    texts          TEXT NOT NULL,                 -- the other languages: a JSON list of {tongue, title, lead, body}
    cover          INTEGER,                       -- a press_file
    note           TEXT,                          -- of a correction: what was wrong
    published_at   INTEGER NOT NULL,              -- of the first edition
    at             INTEGER NOT NULL,              -- of this one
    changed_at     INTEGER NOT NULL,              -- the last time that anything of it changed, its address too
    code           TEXT,                          -- VOC-…; NULL: the city had no key then, or it was imported
    sha256         TEXT,                          -- of the sealed text
    signature      TEXT,                          -- Ed25519, base64url
    PRIMARY KEY (release, number)
);
CREATE UNIQUE INDEX press_edition_current ON press_edition (release) WHERE current = 1;
CREATE INDEX press_edition_by_publication ON press_edition (published_at, release) WHERE current = 1 AND withdrawn_at IS NULL;
CREATE INDEX press_edition_by_change ON press_edition (changed_at, release) WHERE current = 1;
CREATE INDEX press_edition_by_event ON press_edition (event, release);
CREATE INDEX press_edition_corrections ON press_edition (at, release) WHERE number > 1;

-- The cover and the attachments of an edition, with the words that they had.
CREATE TABLE press_edition_file ( -- :public
    release  INTEGER NOT NULL REFERENCES press_release (id), -- of which release
    number   INTEGER NOT NULL,                    -- of which edition
    file     INTEGER NOT NULL REFERENCES press_file (id), -- which file
    position INTEGER NOT NULL,                    -- 0 the cover, then the attachments
    alt      TEXT,                                -- what is seen
    caption  TEXT,                                -- below it
    credit   TEXT,                                -- who took it
    PRIMARY KEY (release, number, file)
);
CREATE INDEX press_edition_file_by_file ON press_edition_file (file);

-- The topics of what is public now: citizens' lists by topic.
CREATE TABLE press_edition_topic ( -- :public
    slug         TEXT NOT NULL REFERENCES press_topic (slug), -- which topic
    published_at INTEGER NOT NULL,                -- of its release
    release      INTEGER NOT NULL REFERENCES press_release (id), -- which release
    PRIMARY KEY (slug, published_at, release)
);
CREATE INDEX press_edition_topic_by_release ON press_edition_topic (release);

-- How many releases are public now, by month and topic: archives and totals do not count the archive.
CREATE TABLE press_tally ( -- :public
    topic    TEXT NOT NULL,                       -- a slug; '': whatever the topic
    month    TEXT NOT NULL,                       -- 2022-07, of the publication, in the city's zone
    releases INTEGER NOT NULL,                    -- public now
    PRIMARY KEY (topic, month)
);

-- What citizens can see of a release's youngest edition, and nothing else: public queries read this view, press_edition,
-- press_edition_file, press_edition_topic, press_tally, press_topic, press_slug, press_path only.
CREATE VIEW press_public AS
    SELECT e.release, e.number, e.withdrawn_at, e.reason, e.folio, e.title, e.lead, e.body, e.topics, e.dateline_place,
        e.dateline_day, e.event, e.area_name, e.contact_name, e.contact_phone, e.contact_mail, e.tongue, e.texts, e.cover,
        e.note, e.published_at, e.at, e.changed_at, e.code, e.sha256, e.signature, r.slug, r.corrected_at
    FROM press_edition e JOIN press_release r ON r.id = e.release
    WHERE e.current = 1;

-- Every state of its content that mattered: kept by hand or by the editor's own saving, sent, approved, public.
CREATE TABLE press_version (
    release   INTEGER NOT NULL REFERENCES press_release (id), -- whose
    number    INTEGER NOT NULL,                   -- 1, 2, 3 of its release
    kind      TEXT NOT NULL CHECK (kind IN ('saved', 'autosaved', 'sent', 'published', 'corrected', 'imported')), -- why it was kept
    edition   INTEGER NOT NULL DEFAULT 0,         -- of published and corrected: which one
    content   TEXT NOT NULL,                      -- canonical JSON of title, lead, body, topics, dateline, texts, files
    hash      TEXT NOT NULL,                      -- its SHA-256
    note      TEXT,                               -- of a correction: public, what was wrong
    person    INTEGER REFERENCES people_person (id), -- who; NULL: the system
    at        INTEGER NOT NULL,                   -- when
    PRIMARY KEY (release, number)
);
CREATE INDEX press_version_by_edition ON press_version (release, edition);
CREATE INDEX press_version_by_person ON press_version (person);

-- Who said yes to which content.
CREATE TABLE press_approval (
    id        INTEGER NOT NULL PRIMARY KEY,       -- time-sortable
    release   INTEGER NOT NULL REFERENCES press_release (id), -- whose
    hash      TEXT NOT NULL,                      -- of the content that was approved
    person    INTEGER REFERENCES people_person (id), -- who
    signed_as TEXT,                               -- the post held or acted for, as it was called then
    at        INTEGER NOT NULL,                   -- when
    UNIQUE (release, hash, person)
);
CREATE INDEX press_approval_by_person ON press_approval (person);

-- What is said in review.
CREATE TABLE press_comment (
    id          INTEGER NOT NULL PRIMARY KEY,     -- time-sortable
    release     INTEGER NOT NULL REFERENCES press_release (id), -- whose
    quote       TEXT,                             -- the passage that it is about; NULL: all of it
    text        TEXT NOT NULL,                    -- what is said
    person      INTEGER REFERENCES people_person (id), -- who
    at          INTEGER NOT NULL,                 -- when
    resolved_by INTEGER REFERENCES people_person (id), -- who saw to it; NULL: open
    resolved_at INTEGER                           -- when
);
CREATE INDEX press_comment_by_release ON press_comment (release, id);
CREATE INDEX press_comment_by_person ON press_comment (person);
CREATE INDEX press_comment_by_resolver ON press_comment (resolved_by);

-- A release to begin with.
CREATE TABLE press_template (
    id             INTEGER NOT NULL PRIMARY KEY,  -- time-sortable
    name           TEXT NOT NULL UNIQUE,          -- "Obra pública: arranque"
    title          TEXT,                          -- of the release
    lead           TEXT,                          -- of the release
    body           TEXT NOT NULL,                 -- of the release
    topics         TEXT,                          -- of the release, one a line
    dateline_place TEXT,                          -- of the release
    archived       INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)), -- 1: not offered any more
    version        INTEGER NOT NULL DEFAULT 1     -- grows with each change
);

-- When the law commands silence (an election): only topics that may speak go out, or what somebody answers for.
CREATE TABLE press_silence (
    id      INTEGER NOT NULL PRIMARY KEY,         -- time-sortable
    name    TEXT NOT NULL,                        -- "Proceso electoral 2027"
    basis   TEXT NOT NULL,                        -- where it is written: article, agreement
    from_at INTEGER NOT NULL,                     -- UTC microseconds
    to_at   INTEGER NOT NULL CHECK (to_at > from_at), -- the first instant afterwards
    version INTEGER NOT NULL DEFAULT 1            -- grows with each change
);
CREATE INDEX press_silence_by_time ON press_silence (to_at, from_at);
CREATE TABLE press_override (
    id        INTEGER NOT NULL PRIMARY KEY,       -- time-sortable
    release   INTEGER NOT NULL REFERENCES press_release (id), -- which may go out in silence
    silence   INTEGER NOT NULL REFERENCES press_silence (id), -- in which
    hash      TEXT NOT NULL,                      -- of the content that is answered for
    reason    TEXT NOT NULL,                      -- why it may
    person    INTEGER REFERENCES people_person (id), -- who answers for it
    signed_as TEXT,                               -- the post held or acted for
    at        INTEGER NOT NULL,                   -- when
    canonical TEXT NOT NULL,                      -- what was signed, RFC 8785
    signature TEXT NOT NULL,                      -- Ed25519 over canonical, base64url
    key       TEXT NOT NULL,                      -- SealKey.id
    UNIQUE (release, silence, hash)
);
CREATE INDEX press_override_by_silence ON press_override (silence);
CREATE INDEX press_override_by_person ON press_override (person);

-- ---- media ----

CREATE TABLE press_contact (
    id           INTEGER NOT NULL PRIMARY KEY,    -- time-sortable
    name         TEXT NOT NULL,                   -- personal: shown to who works with media
    outlet       TEXT,                            -- the newspaper, station or agency
    outlet_kind  TEXT CHECK (outlet_kind IN ('print', 'digital', 'radio', 'tv', 'agency', 'freelance', 'other')), -- what that is
    mail         TEXT UNIQUE,                     -- lower case; personal
    phone        TEXT,                            -- personal
    beats        TEXT,                            -- topics that it reports on, one a line
    note         TEXT,                            -- internal
    accredited   INTEGER NOT NULL DEFAULT 0 CHECK (accredited IN (0, 1)), -- 1: may have what is under embargo
    consent_at   INTEGER,                         -- since when it agrees to get mail; NULL: never asked
    consent_how  TEXT,                            -- where that is written: form, card, mail
    opted_out_at INTEGER,                         -- it wants no more mail
    opt_out      TEXT NOT NULL UNIQUE,            -- the secret in its link to leave: who has it can take it off the lists, nothing else
    bounces      INTEGER NOT NULL DEFAULT 0,      -- hard ones since the last that arrived
    bounced_at   INTEGER,                         -- the last one
    bounce_text  TEXT,                            -- what the other side said
    archived     INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)), -- 1: not used any more
    created_at   INTEGER NOT NULL,                -- UTC microseconds
    version      INTEGER NOT NULL DEFAULT 1       -- grows with each change
);
CREATE INDEX press_contact_by_name ON press_contact (archived, name, id);

CREATE TABLE press_list (
    id       INTEGER NOT NULL PRIMARY KEY,        -- time-sortable
    name     TEXT NOT NULL UNIQUE,                -- "Medios locales"
    version  INTEGER NOT NULL DEFAULT 1           -- grows with each change
);
CREATE TABLE press_list_member (
    list    INTEGER NOT NULL REFERENCES press_list (id), -- which list
    contact INTEGER NOT NULL REFERENCES press_contact (id), -- who is on it
    PRIMARY KEY (list, contact)
);
CREATE INDEX press_list_member_by_contact ON press_list_member (contact);

-- A link by which one contact reads a release before it is public; signed, it ends.
CREATE TABLE press_preview (
    id         INTEGER NOT NULL PRIMARY KEY,      -- in the link, which is signed
    release    INTEGER NOT NULL REFERENCES press_release (id), -- what can be read
    contact    INTEGER NOT NULL REFERENCES press_contact (id), -- by whom
    expires_at INTEGER NOT NULL,                  -- UTC microseconds
    revoked_at INTEGER,                           -- taken back
    seen_at    INTEGER,                           -- the last time that it was opened
    seen       INTEGER NOT NULL DEFAULT 0,        -- how often
    person     INTEGER REFERENCES people_person (id), -- who gave it
    at         INTEGER NOT NULL                   -- when
);
CREATE INDEX press_preview_by_release ON press_preview (release, id);
CREATE INDEX press_preview_by_contact ON press_preview (contact, id);
CREATE INDEX press_preview_by_person ON press_preview (person);

-- Somebody asks on the public page to be let in as media.
CREATE TABLE press_accreditation (
    id         INTEGER NOT NULL PRIMARY KEY,      -- time-sortable
    name       TEXT NOT NULL,                     -- personal
    outlet     TEXT NOT NULL,                     -- for whom
    outlet_kind TEXT NOT NULL,                    -- as in press_contact
    mail       TEXT NOT NULL,                     -- personal
    phone      TEXT,                              -- personal
    event      INTEGER REFERENCES agenda_event (id), -- for one event; NULL: in general
    text       TEXT,                              -- what else they say
    notice     INTEGER NOT NULL DEFAULT 0,        -- the version of the privacy notice that was shown
    state      TEXT NOT NULL CHECK (state IN ('pending', 'granted', 'refused')), -- what was decided
    reason     TEXT,                              -- why it was refused
    contact    INTEGER REFERENCES press_contact (id), -- what became of it
    decided_by INTEGER REFERENCES people_person (id), -- who
    decided_at INTEGER,                           -- when
    at         INTEGER NOT NULL,                  -- when it came
    version    INTEGER NOT NULL DEFAULT 1         -- grows with each change
);
CREATE INDEX press_accreditation_by_state ON press_accreditation (state, id);
CREATE INDEX press_accreditation_by_event ON press_accreditation (event);
CREATE INDEX press_accreditation_by_contact ON press_accreditation (contact);
CREATE INDEX press_accreditation_by_decider ON press_accreditation (decided_by);

-- A release that went out to a list, and to whom.
CREATE TABLE press_sending (
    id      INTEGER NOT NULL PRIMARY KEY,         -- time-sortable
    release INTEGER NOT NULL REFERENCES press_release (id), -- what
    list    INTEGER REFERENCES press_list (id),   -- to which list
    person  INTEGER REFERENCES people_person (id), -- who sent it
    at      INTEGER NOT NULL                      -- when
);
CREATE INDEX press_sending_by_release ON press_sending (release, id);
CREATE INDEX press_sending_by_list ON press_sending (list);
CREATE INDEX press_sending_by_person ON press_sending (person);
CREATE TABLE press_sending_to (
    sending INTEGER NOT NULL REFERENCES press_sending (id), -- which sending
    contact INTEGER NOT NULL REFERENCES press_contact (id), -- to whom
    state   TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'failed', 'bounced', 'skipped')), -- what became of it
    message TEXT,                                 -- its Message-ID
    error   TEXT,                                 -- what the other side said
    at      INTEGER NOT NULL,                     -- of this state
    PRIMARY KEY (sending, contact)
);
CREATE INDEX press_sending_to_by_contact ON press_sending_to (contact, sending);
CREATE UNIQUE INDEX press_sending_to_by_message ON press_sending_to (message) WHERE message IS NOT NULL;

-- A medium took it up: typed in, with evidence.
CREATE TABLE press_pickup (
    id       INTEGER NOT NULL PRIMARY KEY,        -- time-sortable
    release  INTEGER NOT NULL REFERENCES press_release (id), -- what was taken up
    outlet   TEXT NOT NULL,                       -- by whom
    kind     TEXT NOT NULL CHECK (kind IN ('print', 'digital', 'radio', 'tv', 'agency', 'freelance', 'other')), -- as in press_contact
    day      INTEGER NOT NULL,                    -- when it appeared; UTC microseconds
    url      TEXT,                                -- evidence: where it can be read
    note     TEXT,                                -- evidence: page, programme, minute
    sha256   TEXT,                                -- evidence: a file in the vault
    filename TEXT,                                -- what that file is called
    type     TEXT,                                -- its media type
    size     INTEGER,                             -- its bytes
    person   INTEGER REFERENCES people_person (id), -- who typed it
    at       INTEGER NOT NULL,                    -- when
    removed_at INTEGER,                           -- taken away; NULL: it counts
    CHECK (url IS NOT NULL OR note IS NOT NULL OR sha256 IS NOT NULL)
);
CREATE INDEX press_pickup_by_release ON press_pickup (release, id);
CREATE INDEX press_pickup_by_day ON press_pickup (day, id);
CREATE INDEX press_pickup_by_person ON press_pickup (person);

-- The rights of this room reach the roles of a city that is there already; a new one gets them with its matrix.
INSERT INTO people_role_right (role, right_name)
    SELECT role, 'press_read' FROM people_role_right WHERE right_name = 'agenda_read';
INSERT INTO people_role_right (role, right_name)
    SELECT DISTINCT role, 'press_write' FROM people_role_right WHERE role IN ('director', 'coordinator', 'editor', 'community_manager');
INSERT INTO people_role_right (role, right_name)
    SELECT DISTINCT role, 'press_approve' FROM people_role_right WHERE role IN ('director', 'coordinator', 'editor');
INSERT INTO people_role_right (role, right_name)
    SELECT DISTINCT role, 'press_publish' FROM people_role_right WHERE role IN ('director', 'coordinator', 'editor');
INSERT INTO people_role_right (role, right_name)
    SELECT DISTINCT role, 'press_media' FROM people_role_right WHERE role IN ('director', 'coordinator', 'editor');
INSERT INTO people_role_right (role, right_name)
    SELECT DISTINCT role, 'press_set_up' FROM people_role_right WHERE role IN ('director', 'coordinator');
INSERT INTO people_role_right (role, right_name)
    SELECT DISTINCT role, 'site_edit' FROM people_role_right WHERE role IN ('director', 'coordinator');
INSERT INTO people_role_right (role, right_name)
    SELECT DISTINCT role, 'site_alert' FROM people_role_right WHERE role IN ('director', 'coordinator', 'editor');
