-- SPDX-License-Identifier: AGPL-3.0-or-later
-- 0020_photos: photographic testimony: pictures from the card to the public gallery, consent, and what unpublishes them.

-- ---- at the desk ----

-- An upload that is on its way (tus 1.0); its bytes are a part in the vault.
CREATE TABLE photos_upload (
    id         INTEGER NOT NULL PRIMARY KEY,      -- time-sortable; also the name of its part
    person     INTEGER NOT NULL REFERENCES people_person (id), -- who sends it; nobody else may go on with it
    event      INTEGER NOT NULL REFERENCES agenda_event (id), -- what the picture shows
    coverage   INTEGER REFERENCES agenda_coverage (id), -- for which task; NULL: none
    filename   TEXT NOT NULL,                     -- as the sender calls it; never public
    size       INTEGER NOT NULL CHECK (size > 0), -- bytes that were announced
    metadata   TEXT,                              -- Upload-Metadata, word for word
    photo      INTEGER,                           -- the photo that it became; NULL: not whole yet
    expires_at INTEGER NOT NULL,                  -- until then it can be gone on with; UTC microseconds
    at         INTEGER NOT NULL                   -- when it was begun
);
CREATE INDEX photos_upload_by_person ON photos_upload (person, id);
CREATE INDEX photos_upload_by_event ON photos_upload (event);
CREATE INDEX photos_upload_by_coverage ON photos_upload (coverage);
CREATE INDEX photos_upload_by_expiry ON photos_upload (expires_at);

-- A picture. Its original lies in the vault as it came and is never public.
CREATE TABLE photos_photo (
    id          INTEGER NOT NULL PRIMARY KEY,     -- time-sortable
    sha256      TEXT NOT NULL,                    -- the original, in the vault
    size        INTEGER NOT NULL,                 -- its bytes
    filename    TEXT NOT NULL,                    -- as the camera called it; never public
    event       INTEGER NOT NULL REFERENCES agenda_event (id), -- what it shows
    coverage    INTEGER REFERENCES agenda_coverage (id), -- for which task
    person      INTEGER NOT NULL REFERENCES people_person (id), -- who handed it in
    state       TEXT NOT NULL CHECK (state IN ('processing', 'ready', 'failed')), -- see photos.h
    error       TEXT,                             -- why it failed, as a sentence
    type        TEXT,                             -- image/jpeg, by content; NULL: not looked at yet; so are the next ones
    width       INTEGER,                          -- pixels, upright
    height      INTEGER,                          -- pixels, upright
    look        INTEGER,                          -- pHash of 64 bits
    edges       INTEGER,                          -- dHash of 64 bits
    sharpness   INTEGER,                          -- variance of the Laplacian at 640 px; ranks only inside a burst
    thumbhash   TEXT,                             -- what stands there until it is loaded; base64
    taken_at    INTEGER NOT NULL,                 -- by its metadata, else when it came; UTC microseconds
    taken_from  TEXT NOT NULL CHECK (taken_from IN ('offset', 'zone', 'upload')), -- how it is known: with its offset, in the city's zone, not at all
    lat         REAL,                             -- where the camera was, WGS84 degrees; the desk's alone
    lon         REAL,                             -- likewise
    place       TEXT,                             -- where, in words; public
    camera      TEXT,                             -- make and model; the desk's alone
    headline    TEXT,                             -- a short title
    caption     TEXT,                             -- who, what, where, when; public once published; so are the next ones
    people      TEXT,                             -- who is seen, one a line
    alt         TEXT,                             -- what is seen, for who cannot see it; at most 250 characters
    credit      TEXT,                             -- who took it
    mark        TEXT NOT NULL DEFAULT 'none' CHECK (mark IN ('none', 'keep', 'drop', 'star')), -- of the selection
    burst       INTEGER,                          -- the first photo of its burst; NULL: it stands alone
    best        INTEGER NOT NULL DEFAULT 0,       -- 1: the one of its burst that is proposed to be kept
    twin        INTEGER,                          -- an older photo that looks the same; NULL: none is known
    focal_x     INTEGER NOT NULL DEFAULT 5000,    -- what must be in a crop, in 1/10,000 of the width
    focal_y     INTEGER NOT NULL DEFAULT 5000,    -- in 1/10,000 of the height
    minors      TEXT NOT NULL DEFAULT 'unreviewed' CHECK (minors IN ('unreviewed', 'none', 'consent', 'pixelate', 'never')), -- see photos.h
    minors_by   INTEGER REFERENCES people_person (id), -- who looked; NULL: nobody yet
    minors_at   INTEGER,                          -- when
    watermark   INTEGER NOT NULL DEFAULT 0,       -- 1: its public copies carry the office's name
    recipe      TEXT,                             -- of the public copies that are there and fit what stands here; NULL: none do
    handed_at   INTEGER,                          -- when it was handed in with its coverage
    removed_at  INTEGER,                          -- taken away; its bytes go 30 days later
    at          INTEGER NOT NULL,                 -- when it came
    version     INTEGER NOT NULL DEFAULT 1        -- grows with each change by a person
);
CREATE INDEX photos_photo_by_time ON photos_photo (taken_at, id);
CREATE INDEX photos_photo_by_event ON photos_photo (event, taken_at, id);
CREATE INDEX photos_photo_by_coverage ON photos_photo (coverage, taken_at, id);
CREATE INDEX photos_photo_by_person ON photos_photo (person, taken_at, id);
CREATE INDEX photos_photo_by_minors ON photos_photo (minors, taken_at, id);
CREATE INDEX photos_photo_by_minors_by ON photos_photo (minors_by);
CREATE INDEX photos_photo_by_mark ON photos_photo (mark, taken_at, id);
CREATE INDEX photos_photo_by_state ON photos_photo (state, taken_at, id);
CREATE INDEX photos_photo_by_sha ON photos_photo (sha256, event);
CREATE INDEX photos_photo_by_handing ON photos_photo (handed_at, id);
CREATE INDEX photos_photo_by_removal ON photos_photo (removed_at) WHERE removed_at IS NOT NULL;

-- Which look near to another: 8 bytes of the look, each with its place, so that equal bytes find candidates.
CREATE TABLE photos_look (
    part  INTEGER NOT NULL,                       -- place (0 to 7) * 256 + byte of the look
    photo INTEGER NOT NULL REFERENCES photos_photo (id), -- whose look
    PRIMARY KEY (part, photo)
);
CREATE INDEX photos_look_by_photo ON photos_look (photo);

-- What is made unrecognisable in the public copies; in 1/10,000 of the upright picture.
CREATE TABLE photos_box (
    id     INTEGER NOT NULL PRIMARY KEY,          -- time-sortable
    photo  INTEGER NOT NULL REFERENCES photos_photo (id), -- in which picture
    state  TEXT NOT NULL CHECK (state IN ('proposed', 'confirmed', 'rejected')), -- the machine proposes, a person decides
    x      INTEGER NOT NULL CHECK (x BETWEEN 0 AND 10000), -- left edge
    y      INTEGER NOT NULL CHECK (y BETWEEN 0 AND 10000), -- upper edge
    width  INTEGER NOT NULL CHECK (width BETWEEN 1 AND 10000), -- of the box
    height INTEGER NOT NULL CHECK (height BETWEEN 1 AND 10000), -- of the box
    person INTEGER REFERENCES people_person (id), -- who drew or decided; NULL: the machine
    at     INTEGER NOT NULL                       -- when
);
CREATE INDEX photos_box_by_photo ON photos_box (photo, id);
CREATE INDEX photos_box_by_person ON photos_box (person);

-- A copy that was made, for the desk (recipe 'desk') or for the public. Written once and never changed: another caption,
-- another box, another mark is another recipe.
CREATE TABLE photos_rendition (
    photo   INTEGER NOT NULL REFERENCES photos_photo (id), -- of which picture
    recipe  TEXT NOT NULL,                        -- 'desk', or 12 hex digits of a hash over all that went into it
    variant TEXT NOT NULL,                        -- 1280.webp, share.jpg (1200 x 630), press.jpg (with IPTC and XMP)
    sha256  TEXT NOT NULL,                        -- where its bytes lie in the vault
    type    TEXT NOT NULL,                        -- image/jpeg
    width   INTEGER NOT NULL,                     -- pixels
    height  INTEGER NOT NULL,                     -- pixels
    size    INTEGER NOT NULL,                     -- bytes
    crc     INTEGER NOT NULL,                     -- CRC-32 of its bytes, for ZIP files that are not made before they are sent
    PRIMARY KEY (photo, recipe, variant)
);
CREATE INDEX photos_rendition_by_sha ON photos_rendition (sha256);

-- What one person marked last, so that it can be taken back.
CREATE TABLE photos_step (
    id     INTEGER NOT NULL PRIMARY KEY,          -- time-sortable
    person INTEGER NOT NULL REFERENCES people_person (id), -- who
    event  INTEGER NOT NULL REFERENCES agenda_event (id), -- in which event's pictures
    before TEXT NOT NULL,                         -- JSON: [{"photo","mark"}] as it was
    at     INTEGER NOT NULL                       -- when
);
CREATE INDEX photos_step_by_person ON photos_step (person, id);
CREATE INDEX photos_step_by_event ON photos_step (event);

-- ---- consent: the image of boys, girls and adolescents ----

-- Who they are stands apart (photos_consent_name): reading it is logged.
CREATE TABLE photos_consent (
    id         INTEGER NOT NULL PRIMARY KEY,      -- time-sortable
    use        TEXT NOT NULL CHECK (use IN ('web', 'networks', 'all')), -- what for: the web page; that and networks; print too
    heard      INTEGER NOT NULL CHECK (heard IN (0, 1)), -- 1: the child was asked and agrees
    signed_on  TEXT NOT NULL,                     -- 2022-07-14
    expires_at INTEGER,                           -- from then on it does not hold; NULL: no end was said
    revoked_at INTEGER,                           -- NULL: it stands
    reason     TEXT,                              -- of the revocation; the desk's alone
    sha256     TEXT,                              -- the signed paper, in the vault
    filename   TEXT,                              -- what that file is called
    type       TEXT,                              -- its media type
    size       INTEGER,                           -- its bytes
    person     INTEGER REFERENCES people_person (id), -- who typed it
    at         INTEGER NOT NULL,                  -- when
    version    INTEGER NOT NULL DEFAULT 1         -- grows with each change
);
CREATE INDEX photos_consent_by_expiry ON photos_consent (expires_at);
CREATE INDEX photos_consent_by_person ON photos_consent (person);
CREATE TABLE photos_consent_name (
    consent  INTEGER NOT NULL PRIMARY KEY REFERENCES photos_consent (id), -- of which consent
    name     TEXT NOT NULL,                       -- of the child
    guardian TEXT NOT NULL,                       -- who signed: mother, father, guardian
    contact  TEXT                                 -- how that person is reached
);
CREATE TABLE photos_consent_photo (
    consent INTEGER NOT NULL REFERENCES photos_consent (id), -- which consent
    photo   INTEGER NOT NULL REFERENCES photos_photo (id), -- covers which picture
    PRIMARY KEY (consent, photo)
);
CREATE INDEX photos_consent_photo_by_photo ON photos_consent_photo (photo, consent);

-- ---- galleries at the desk ----

CREATE TABLE photos_gallery (
    id             INTEGER NOT NULL PRIMARY KEY,  -- time-sortable
    slug           TEXT NOT NULL UNIQUE,          -- public address; stays once it was public
    state          TEXT NOT NULL CHECK (state IN ('draft', 'publishing', 'published', 'unpublished')), -- see photos.h
    title          TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 1000), -- public once published; so are the next ones
    lead           TEXT,                          -- one paragraph, plain
    event          INTEGER REFERENCES agenda_event (id), -- of which event; NULL: of several
    cover          INTEGER REFERENCES photos_photo (id), -- the picture that stands for it; NULL: the first
    watermark      INTEGER NOT NULL DEFAULT 0,    -- 1: its pictures carry the office's name
    changed        INTEGER NOT NULL DEFAULT 1,    -- 1: the desk's record is not what citizens see
    published_at   INTEGER,                       -- the first time
    unpublished_at INTEGER,                       -- NULL: it stands
    reason         TEXT,                          -- why it was unpublished; public
    author         INTEGER REFERENCES people_person (id), -- who made it
    at             INTEGER NOT NULL,              -- when
    changed_at     INTEGER NOT NULL,              -- when something of it changed last
    version        INTEGER NOT NULL DEFAULT 1     -- grows with each change
);
CREATE INDEX photos_gallery_by_change ON photos_gallery (changed_at, id);
CREATE INDEX photos_gallery_by_state ON photos_gallery (state, changed_at, id);
CREATE INDEX photos_gallery_by_event ON photos_gallery (event, id);
CREATE INDEX photos_gallery_by_author ON photos_gallery (author);
CREATE INDEX photos_gallery_by_cover ON photos_gallery (cover);
CREATE TABLE photos_gallery_photo (
    gallery  INTEGER NOT NULL REFERENCES photos_gallery (id), -- in which gallery
    photo    INTEGER NOT NULL REFERENCES photos_photo (id), -- which picture
    position INTEGER NOT NULL,                    -- 1, 2, 3
    PRIMARY KEY (gallery, photo)
);
CREATE INDEX photos_gallery_photo_by_photo ON photos_gallery_photo (photo, gallery);

-- ---- what citizens see: frozen copies ----

CREATE TABLE photos_gallery_public ( -- :public
    gallery      INTEGER NOT NULL PRIMARY KEY REFERENCES photos_gallery (id), -- of which gallery
    slug         TEXT NOT NULL UNIQUE,            -- its address
    title        TEXT NOT NULL,                   -- as published; so are the next ones
    lead         TEXT,                            -- one paragraph
    event        INTEGER REFERENCES agenda_event (id), -- of which event
    cover        INTEGER NOT NULL,                -- a photo that is among its pictures
    photos       INTEGER NOT NULL,                -- how many it has now
    published_at INTEGER NOT NULL,                -- the first time; UTC microseconds
    changed_at   INTEGER NOT NULL,                -- the last time that anything of it changed
    withdrawn_at INTEGER,                         -- NULL: it stands; else its address answers 410
    reason       TEXT                             -- why
);
CREATE INDEX photos_gallery_public_by_publication ON photos_gallery_public (published_at, gallery) WHERE withdrawn_at IS NULL;
CREATE INDEX photos_gallery_public_by_change ON photos_gallery_public (changed_at, gallery);
CREATE INDEX photos_gallery_public_by_event ON photos_gallery_public (event, gallery);
CREATE TABLE photos_public ( -- :public
    photo      INTEGER NOT NULL PRIMARY KEY REFERENCES photos_photo (id), -- which picture
    recipe     TEXT NOT NULL,                     -- which of its copies are public
    name       TEXT NOT NULL,                     -- what a download is called, without suffix: inauguracion-2022-07-14-03
    headline   TEXT,                              -- as published; so are the next ones
    caption    TEXT,                              -- who, what, where
    people     TEXT,                              -- who is seen, one a line
    alt        TEXT NOT NULL,                     -- what is seen
    credit     TEXT NOT NULL,                     -- who took it
    place      TEXT,                              -- where, in words
    event      INTEGER NOT NULL REFERENCES agenda_event (id), -- what it shows
    taken_at   INTEGER NOT NULL,                  -- when
    width      INTEGER NOT NULL,                  -- pixels of the original, upright: the proportion
    height     INTEGER NOT NULL,                  -- likewise
    thumbhash  TEXT,                              -- what stands there until it is loaded
    focal_x    INTEGER NOT NULL,                  -- as in photos_photo
    focal_y    INTEGER NOT NULL,                  -- as in photos_photo
    published_at INTEGER NOT NULL,                -- the first time
    changed_at INTEGER NOT NULL                   -- the last time that anything of it changed
);
CREATE INDEX photos_public_by_publication ON photos_public (published_at, photo);
CREATE INDEX photos_public_by_event ON photos_public (event, photo);
CREATE UNIQUE INDEX photos_public_by_name ON photos_public (name);
CREATE TABLE photos_gallery_public_photo ( -- :public
    gallery  INTEGER NOT NULL REFERENCES photos_gallery (id), -- in which gallery
    position INTEGER NOT NULL,                    -- 1, 2, 3 without a gap
    photo    INTEGER NOT NULL REFERENCES photos_photo (id), -- which picture
    PRIMARY KEY (gallery, position)
);
CREATE INDEX photos_gallery_public_photo_by_photo ON photos_gallery_public_photo (photo, gallery);

-- Pictures that must not be shown any more, wherever a copy of them is used: releases too.
CREATE TABLE photos_gone ( -- :public
    photo  INTEGER NOT NULL PRIMARY KEY REFERENCES photos_photo (id), -- which picture
    at     INTEGER NOT NULL,                      -- since when
    reason TEXT                                   -- the desk's alone
);
-- What others kept of a picture from before this moment shows what must not be seen, also when the picture is public again.
CREATE TABLE photos_gone_before ( -- :public
    photo INTEGER NOT NULL PRIMARY KEY REFERENCES photos_photo (id), -- which picture
    at    INTEGER NOT NULL                        -- copies that were made before it are not shown
);

-- A picture as the desk lists it: with names, and whether citizens can see it now.
CREATE VIEW photos_desk_photo AS
    SELECT p.id, p.sha256, p.size, p.filename, p.event, p.coverage, p.person, p.state, p.error, p.type, p.width, p.height, p.look, p.edges,
        p.sharpness, p.thumbhash, p.taken_at, p.taken_from, p.lat, p.lon, p.place, p.camera, p.headline, p.caption, p.people, p.alt, p.credit,
        p.mark, p.burst, p.best, p.twin, p.focal_x, p.focal_y, p.minors, p.minors_by, p.minors_at, p.watermark, p.recipe, p.handed_at,
        p.removed_at, p.at, p.version, e.title AS event_title, e.slug AS event_slug, e.visibility AS event_visibility, u.name AS person_name,
        m.name AS minors_name,
        CASE WHEN EXISTS (SELECT 1 FROM photos_gallery_public_photo x JOIN photos_gallery_public g ON g.gallery = x.gallery
                           WHERE x.photo = p.id AND g.withdrawn_at IS NULL) THEN 1 ELSE 0 END AS published,
        CASE WHEN EXISTS (SELECT 1 FROM photos_gone y WHERE y.photo = p.id) THEN 1 ELSE 0 END AS gone
    FROM photos_photo p
    JOIN agenda_event e ON e.id = p.event
    LEFT JOIN people_person u ON u.id = p.person
    LEFT JOIN people_person m ON m.id = p.minors_by;

-- The desk finds pictures by words, the youngest first.
CREATE INDEX search_desk_by_kind ON search_desk (subject, at, subject_id);

-- Who else has these bytes? Asked before a removed picture's file leaves the vault.
CREATE INDEX agenda_evidence_by_sha ON agenda_evidence (sha256);
CREATE INDEX agenda_attachment_by_sha ON agenda_attachment (sha256);
CREATE INDEX strategy_figure_by_sha ON strategy_figure (sha256);
CREATE INDEX press_pickup_by_sha ON press_pickup (sha256);
CREATE INDEX press_rendition_by_sha ON press_rendition (sha256);
CREATE INDEX photos_consent_by_sha ON photos_consent (sha256);

-- Where a picture was taken, by its coordinates.
CREATE INDEX agenda_place_by_position ON agenda_place (lat, lon);

-- The rights of this room reach the roles of a city that is there already; a new one gets them with its matrix.
INSERT INTO people_role_right (role, right_name)
    SELECT role, 'photos_read' FROM people_role_right WHERE right_name = 'agenda_read';
INSERT INTO people_role_right (role, right_name)
    SELECT DISTINCT role, 'photos_upload' FROM people_role_right
    WHERE role IN ('director', 'coordinator', 'editor', 'community_manager', 'photographer');
INSERT INTO people_role_right (role, right_name)
    SELECT DISTINCT role, 'photos_edit' FROM people_role_right
    WHERE role IN ('director', 'coordinator', 'editor', 'community_manager', 'photographer');
INSERT INTO people_role_right (role, right_name)
    SELECT DISTINCT role, 'photos_publish' FROM people_role_right WHERE role IN ('director', 'coordinator', 'editor');
INSERT INTO people_role_right (role, right_name)
    SELECT DISTINCT role, 'photos_consent' FROM people_role_right WHERE role IN ('director', 'coordinator', 'editor');
