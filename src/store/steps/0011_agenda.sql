-- SPDX-License-Identifier: AGPL-3.0-or-later
-- 0011_agenda: the agenda whole: calendars, places with a colonia, dates that were, attachments, series made at the desk,
-- leases, undo, saved views, calendars in and out by address, teams and outside contacts, links to say yes.

-- ---- calendars and places ----

-- What an event belongs to: the mayor's agenda, culture, works.
CREATE TABLE agenda_calendar ( -- :public
    id        INTEGER NOT NULL PRIMARY KEY,      -- time-sortable
    slug      TEXT NOT NULL UNIQUE,              -- for addresses: /agenda.ics?calendario=cultura
    name      TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 80), -- "Cultura y deporte"
    color     INTEGER NOT NULL CHECK (color BETWEEN 1 AND 8), -- which of the eight colours of the styles
    is_public INTEGER NOT NULL CHECK (is_public IN (0, 1)), -- 1: citizens may subscribe to it
    position  INTEGER NOT NULL DEFAULT 0,        -- small ones first in lists
    archived  INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)), -- 1: no new events
    version   INTEGER NOT NULL DEFAULT 1         -- grows with each change
);
CREATE INDEX agenda_calendar_by_position ON agenda_calendar (archived, position, name);

ALTER TABLE agenda_place ADD COLUMN neighbourhood TEXT;              -- colonia: "Satélite"
ALTER TABLE agenda_place ADD COLUMN district TEXT;                   -- delegación: "La Pila"
ALTER TABLE agenda_place ADD COLUMN postcode TEXT;                   -- five digits
ALTER TABLE agenda_place ADD COLUMN internal_note TEXT;              -- for the desk: where to park, whom to call
ALTER TABLE agenda_place ADD COLUMN archived INTEGER NOT NULL DEFAULT 0; -- 1: not suggested any more
ALTER TABLE agenda_place ADD COLUMN version INTEGER NOT NULL DEFAULT 1; -- grows with each change
CREATE INDEX agenda_place_in_book ON agenda_place (archived, folded, id);

-- ---- events ----

ALTER TABLE agenda_event ADD COLUMN calendar INTEGER REFERENCES agenda_calendar (id); -- NULL: of none
ALTER TABLE agenda_event ADD COLUMN area INTEGER REFERENCES people_area (id); -- which area convenes
ALTER TABLE agenda_event ADD COLUMN headed_by TEXT;                  -- public: who heads it, "Presidencia municipal"
ALTER TABLE agenda_event ADD COLUMN attendees TEXT;                  -- internal: who else comes, one a line
ALTER TABLE agenda_event ADD COLUMN attendance INTEGER;              -- how many people came; before: are expected
ALTER TABLE agenda_event ADD COLUMN certainty TEXT NOT NULL DEFAULT 'eos5'; -- a word of agenda_certainty_words
ALTER TABLE agenda_event ADD COLUMN accreditation TEXT;              -- public: how media get in
ALTER TABLE agenda_event ADD COLUMN accreditation_until INTEGER;     -- until when; UTC microseconds
ALTER TABLE agenda_event ADD COLUMN duplicate_of INTEGER;            -- the event that it was copied from
ALTER TABLE agenda_event ADD COLUMN apart INTEGER NOT NULL DEFAULT 0; -- 1: an occurrence that was edited alone; "all" leaves it
ALTER TABLE agenda_event ADD COLUMN source INTEGER;                  -- the agenda_source that brought it
ALTER TABLE agenda_event ADD COLUMN missing_since INTEGER;           -- since when its source lacks it: a person decides
UPDATE agenda_event SET certainty = 'eos3' WHERE status = 'tentative';
UPDATE agenda_event SET certainty = 'eos6' WHERE status = 'cancelled';
CREATE INDEX agenda_event_by_calendar ON agenda_event (calendar, starts_at, id);
CREATE INDEX agenda_event_by_area ON agenda_event (area, starts_at, id);
CREATE INDEX agenda_event_by_source ON agenda_event (source, missing_since, id);
DROP INDEX agenda_event_by_place;
CREATE INDEX agenda_event_by_place ON agenda_event (place, starts_at, id, visibility);
CREATE INDEX agenda_event_public_by_calendar ON agenda_event (visibility, calendar, starts_at, id);

-- Where an event stood before: every date that it had and lost.
CREATE TABLE agenda_event_date ( -- :public
    id        INTEGER NOT NULL PRIMARY KEY,       -- time-sortable
    event     INTEGER NOT NULL REFERENCES agenda_event (id), -- whose
    starts_at INTEGER NOT NULL,                   -- UTC microseconds
    ends_at   INTEGER NOT NULL,                   -- UTC microseconds
    all_day   INTEGER NOT NULL CHECK (all_day IN (0, 1)), -- whole days
    verb      TEXT NOT NULL,                      -- postponed, rescheduled, changed, cancelled
    reason    TEXT,                               -- public: why
    at        INTEGER NOT NULL                    -- when it was lost
);
CREATE INDEX agenda_event_date_by_event ON agenda_event_date (event, id);

-- A file that belongs to an event: an invitation, a plan, a press kit.
CREATE TABLE agenda_attachment ( -- :public
    id        INTEGER NOT NULL PRIMARY KEY,       -- time-sortable
    event     INTEGER NOT NULL REFERENCES agenda_event (id), -- whose
    sha256    TEXT NOT NULL,                      -- where its bytes lie in the vault
    filename  TEXT NOT NULL,                      -- as it is offered
    type      TEXT NOT NULL,                      -- media type, by content
    size      INTEGER NOT NULL,                   -- bytes
    title     TEXT,                               -- what it is, for people
    is_public INTEGER NOT NULL CHECK (is_public IN (0, 1)), -- 1: citizens may have it
    person    INTEGER REFERENCES people_person (id), -- who put it there
    at        INTEGER NOT NULL                    -- when
);
CREATE INDEX agenda_attachment_by_event ON agenda_attachment (event, id);
CREATE INDEX agenda_attachment_by_person ON agenda_attachment (person);

ALTER TABLE agenda_series ADD COLUMN calendar INTEGER;               -- of an occurrence
ALTER TABLE agenda_series ADD COLUMN area INTEGER;                   -- of an occurrence
ALTER TABLE agenda_series ADD COLUMN headed_by TEXT;                 -- of an occurrence
ALTER TABLE agenda_series ADD COLUMN attendees TEXT;                 -- of an occurrence
ALTER TABLE agenda_series ADD COLUMN internal_note TEXT;             -- of an occurrence
ALTER TABLE agenda_series ADD COLUMN certainty TEXT NOT NULL DEFAULT 'eos5'; -- of an occurrence
ALTER TABLE agenda_series ADD COLUMN accreditation TEXT;             -- of an occurrence
ALTER TABLE agenda_series ADD COLUMN time_to_be_confirmed INTEGER NOT NULL DEFAULT 0; -- of an occurrence
ALTER TABLE agenda_series ADD COLUMN split_from INTEGER;             -- the series that this one goes on with ("this and following")
ALTER TABLE agenda_series ADD COLUMN source INTEGER;                 -- the agenda_source that brought it
ALTER TABLE agenda_series ADD COLUMN made_here INTEGER NOT NULL DEFAULT 0; -- 1: made at the desk, not by a file
ALTER TABLE agenda_series ADD COLUMN version INTEGER NOT NULL DEFAULT 1; -- grows with each change
CREATE INDEX agenda_series_by_split ON agenda_series (split_from);

-- ---- working on it together ----

-- Who has an event open for editing right now: told to others, never a lock.
CREATE TABLE agenda_lease (
    event    INTEGER NOT NULL REFERENCES agenda_event (id), -- which
    person   INTEGER NOT NULL REFERENCES people_person (id), -- who
    since_at INTEGER NOT NULL,                    -- when the form was opened
    until_at INTEGER NOT NULL,                    -- renewed while it is open
    PRIMARY KEY (event, person)
);
CREATE INDEX agenda_lease_by_person ON agenda_lease (person);

-- What one step changed, so that it can be taken back by who took it, as long as nothing came after.
CREATE TABLE agenda_undo (
    id         INTEGER NOT NULL PRIMARY KEY,      -- time-sortable
    person     INTEGER NOT NULL,                  -- whose step it was
    event      INTEGER NOT NULL REFERENCES agenda_event (id), -- the event that was changed
    verb       TEXT NOT NULL,                     -- the journal's: changed, cancelled, postponed, rescheduled
    version    INTEGER NOT NULL,                  -- of the event right after the step
    before     TEXT NOT NULL,                     -- JSON: the columns as they were, and the coverages that were cancelled with it
    batch      INTEGER,                           -- of a step over a series: the same in all of its rows
    at         INTEGER NOT NULL,                  -- when
    undone_at  INTEGER                            -- when it was taken back
);
CREATE INDEX agenda_undo_by_event ON agenda_undo (event, id);
CREATE INDEX agenda_undo_by_person ON agenda_undo (person, id);
CREATE INDEX agenda_undo_by_batch ON agenda_undo (batch, id);

-- A list that somebody wants to see again: its address without the time.
CREATE TABLE agenda_saved_view (
    id       INTEGER NOT NULL PRIMARY KEY,        -- time-sortable
    person   INTEGER NOT NULL REFERENCES people_person (id), -- whose
    name     TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 80), -- "Cultura sin cubrir"
    query    TEXT NOT NULL,                       -- what stands behind the ?
    shared   INTEGER NOT NULL CHECK (shared IN (0, 1)) -- 1: the whole desk sees it
);
CREATE INDEX agenda_saved_view_by_person ON agenda_saved_view (person, name);
CREATE INDEX agenda_saved_view_shared ON agenda_saved_view (shared, name);

-- ---- calendars in and out by address ----

-- A calendar that is fetched again and again.
CREATE TABLE agenda_source (
    id            INTEGER NOT NULL PRIMARY KEY,   -- time-sortable
    name          TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 80), -- "Agenda de Presidencia"
    url           TEXT NOT NULL UNIQUE,           -- https://…/basic.ics
    calendar      INTEGER REFERENCES agenda_calendar (id), -- which calendar its events get
    minutes       INTEGER NOT NULL CHECK (minutes BETWEEN 5 AND 10080), -- from one look to the next
    active        INTEGER NOT NULL CHECK (active IN (0, 1)), -- 0: not fetched
    etag          TEXT,                           -- of the last answer
    last_modified TEXT,                           -- of the last answer
    fetched_at    INTEGER,                        -- when it was last asked
    changed_at    INTEGER,                        -- when it last brought something new
    failures      INTEGER NOT NULL DEFAULT 0,     -- in a row
    error         TEXT,                           -- what the last attempt said; NULL: it went well
    events        INTEGER NOT NULL DEFAULT 0,     -- how many the last answer had
    created       INTEGER NOT NULL DEFAULT 0,     -- of them: new when it last brought something
    changed       INTEGER NOT NULL DEFAULT 0,     -- of them: changed
    cancelled     INTEGER NOT NULL DEFAULT 0,     -- of them: cancelled
    unchanged     INTEGER NOT NULL DEFAULT 0,     -- of them: as they were
    refused       INTEGER NOT NULL DEFAULT 0,     -- of them: not taken
    report        TEXT,                           -- JSON: what was changed and what was refused, with the reason
    next_at       INTEGER,                        -- when it is asked next; the job that carries another time does nothing
    held_missing  INTEGER NOT NULL DEFAULT 0,     -- the last answer is held back: so many events would be missing
    held_known    INTEGER NOT NULL DEFAULT 0,     -- of so many that are to come
    allowed       INTEGER NOT NULL DEFAULT 0,     -- a person said that so many may be missing
    version       INTEGER NOT NULL DEFAULT 1      -- grows with each change by a person
);
CREATE INDEX agenda_source_by_calendar ON agenda_source (calendar);

-- A secret address that a calendar program reads: what it shows, with whose eyes.
CREATE TABLE agenda_feed (
    id         INTEGER NOT NULL PRIMARY KEY,      -- time-sortable
    person     INTEGER NOT NULL REFERENCES people_person (id), -- whose rights it has
    name       TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 80), -- "Mis coberturas en el teléfono"
    hash       TEXT NOT NULL UNIQUE,              -- SHA-256 of the secret in the address, hex
    query      TEXT NOT NULL,                     -- what it shows: quien=yo, calendario=…, tipo=photo
    created_at INTEGER NOT NULL,                  -- when it was made
    used_at    INTEGER,                           -- last use, to the hour
    ended_at   INTEGER                            -- since then it answers nothing
);
CREATE INDEX agenda_feed_by_person ON agenda_feed (person, id);

-- ---- coverages ----

-- Somebody outside the desk who covers: a freelance photographer, another office.
CREATE TABLE agenda_contact (
    id           INTEGER NOT NULL PRIMARY KEY,    -- time-sortable
    name         TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 120), -- of a person or a team
    organisation TEXT,                            -- where they work
    mail         TEXT,                            -- for the link to say yes
    phone        TEXT,                            -- with the country's number: +52 444 …
    note         TEXT,                            -- internal
    active       INTEGER NOT NULL CHECK (active IN (0, 1)), -- 0: not offered any more
    version      INTEGER NOT NULL DEFAULT 1       -- grows with each change
);
CREATE INDEX agenda_contact_by_name ON agenda_contact (active, name, id);

ALTER TABLE agenda_coverage ADD COLUMN area INTEGER REFERENCES people_area (id); -- a team does it; then assignee is NULL or who took it
ALTER TABLE agenda_coverage ADD COLUMN contact INTEGER REFERENCES agenda_contact (id); -- somebody outside does it
ALTER TABLE agenda_coverage ADD COLUMN quantity_min INTEGER;         -- how many pieces at least; NULL: not said
ALTER TABLE agenda_coverage ADD COLUMN quantity_max INTEGER;         -- how many at most
ALTER TABLE agenda_coverage ADD COLUMN quantity_delivered INTEGER;   -- how many were handed in
ALTER TABLE agenda_coverage ADD COLUMN priority INTEGER NOT NULL DEFAULT 3; -- 1 the most urgent … 5
ALTER TABLE agenda_coverage ADD COLUMN news_status TEXT NOT NULL DEFAULT 'int'; -- IPTC newscoveragestatus: int, notdec, notint, onreq
ALTER TABLE agenda_coverage ADD COLUMN accepted_at INTEGER;          -- when somebody said yes
ALTER TABLE agenda_coverage ADD COLUMN started_at INTEGER;           -- when the work began
ALTER TABLE agenda_coverage ADD COLUMN delivered_at INTEGER;         -- when it was first handed in
ALTER TABLE agenda_coverage ADD COLUMN approved_at INTEGER;          -- when it was approved
ALTER TABLE agenda_coverage ADD COLUMN worked_minutes INTEGER;       -- how long it took, as who did it says
UPDATE agenda_coverage SET delivered_at = changed_at WHERE state IN ('delivered', 'approved', 'returned');
UPDATE agenda_coverage SET approved_at = changed_at WHERE state = 'approved';
CREATE INDEX agenda_coverage_by_area ON agenda_coverage (area, is_open, due_at, id);
CREATE INDEX agenda_coverage_by_contact ON agenda_coverage (contact, is_open, due_at, id);
CREATE INDEX agenda_coverage_by_assignee ON agenda_coverage (assignee, event);

ALTER TABLE agenda_evidence ADD COLUMN sha256 TEXT;                  -- of a file: where its bytes lie in the vault
ALTER TABLE agenda_evidence ADD COLUMN filename TEXT;                -- as it was called
ALTER TABLE agenda_evidence ADD COLUMN type TEXT;                    -- media type, by content
ALTER TABLE agenda_evidence ADD COLUMN size INTEGER;                 -- bytes
ALTER TABLE agenda_evidence ADD COLUMN client_key TEXT;              -- given by a telephone that was offline: handed in once, however often it is sent

CREATE UNIQUE INDEX agenda_evidence_by_client_key ON agenda_evidence (client_key) WHERE client_key IS NOT NULL;

-- A link to say yes or no to a coverage without coming in; it works once.
CREATE TABLE agenda_answer (
    hash       TEXT NOT NULL PRIMARY KEY,         -- SHA-256 of the secret in the link, hex
    coverage   INTEGER NOT NULL REFERENCES agenda_coverage (id), -- which
    assignee   INTEGER,                           -- who was asked: of the desk
    contact    INTEGER,                           -- or outside of it
    created_at INTEGER NOT NULL,                  -- when it was made
    expires_at INTEGER NOT NULL,                  -- afterwards it says so
    used_at    INTEGER,                           -- when it was answered
    answer     TEXT                               -- accepted or declined
);
CREATE INDEX agenda_answer_by_coverage ON agenda_answer (coverage, created_at);

-- ---- what is seen of it ----

DROP VIEW agenda_public_event;
CREATE VIEW agenda_public_event AS
    SELECT e.id, e.slug, e.uid, e.recurrence_at, e.series, e.title, e.description, e.topics, e.starts_at, e.ends_at,
           e.wall_start, e.wall_end, e.time_zone, e.all_day, e.time_to_be_confirmed, e.status, e.certainty, e.reason,
           e.previous_starts_at, e.sequence, e.created_at, e.changed_at, e.headed_by, e.accreditation,
           e.accreditation_until, e.area, a.name AS area_name,
           k.id AS calendar, k.name AS calendar_name, k.slug AS calendar_slug, k.color AS calendar_color,
           p.id AS place_id, p.name AS place_name, p.address AS place_address, p.neighbourhood AS place_neighbourhood,
           p.district AS place_district, p.postcode AS place_postcode, p.lat AS place_lat, p.lon AS place_lon
      FROM agenda_event e LEFT JOIN agenda_place p ON p.id = e.place
           LEFT JOIN agenda_calendar k ON k.id = e.calendar AND k.is_public = 1
           LEFT JOIN people_area a ON a.id = e.area
     WHERE e.visibility = 'public';

DROP VIEW agenda_desk_event;
CREATE VIEW agenda_desk_event AS
    SELECT e.id, e.slug, e.uid, e.recurrence_at, e.series, e.title, e.description, e.internal_note, e.topics,
           e.starts_at, e.ends_at, e.wall_start, e.wall_end, e.time_zone, e.all_day, e.time_to_be_confirmed,
           e.status, e.certainty, e.visibility, e.reason, e.previous_starts_at, e.uncovered_reason, e.sequence,
           e.source_sequence, e.source_hash, e.created_at, e.changed_at, e.version, e.headed_by, e.attendees,
           e.attendance, e.accreditation, e.accreditation_until, e.duplicate_of, e.apart, e.source, e.missing_since,
           e.area, a.name AS area_name,
           e.calendar, k.name AS calendar_name, k.slug AS calendar_slug, k.color AS calendar_color,
           p.id AS place_id, p.name AS place_name, p.address AS place_address, p.neighbourhood AS place_neighbourhood,
           p.district AS place_district, p.postcode AS place_postcode, p.lat AS place_lat, p.lon AS place_lon,
           CASE WHEN e.visibility = 'public' AND e.status NOT IN ('cancelled', 'postponed') THEN 1 ELSE 0 END AS stands,
           (SELECT count(*) FROM agenda_coverage c
             WHERE c.event = e.id AND c.state NOT IN ('declined', 'cancelled')) AS coverage_count,
           (SELECT count(*) FROM agenda_coverage c WHERE c.event = e.id AND c.state = 'approved') AS approved_count
      FROM agenda_event e LEFT JOIN agenda_place p ON p.id = e.place
           LEFT JOIN agenda_calendar k ON k.id = e.calendar
           LEFT JOIN people_area a ON a.id = e.area;

DROP VIEW agenda_desk_coverage;
CREATE VIEW agenda_desk_coverage AS
    SELECT c.id, c.event, c.kind, c.state, c.is_open, c.assignee, c.area, c.contact, c.due_at, c.brief, c.reason,
           c.quantity_min, c.quantity_max, c.quantity_delivered, c.priority, c.news_status, c.accepted_at, c.started_at,
           c.delivered_at, c.approved_at, c.worked_minutes, c.created_at, c.changed_at, c.version,
           COALESCE(w.name, o.name, t.name) AS assignee_name, t.name AS area_name, o.name AS contact_name,
           e.title AS event_title, e.slug AS event_slug, e.starts_at AS event_starts_at,
           e.ends_at AS event_ends_at, e.visibility AS event_visibility, e.status AS event_status,
           e.all_day AS event_all_day, e.time_to_be_confirmed AS event_tbc,
           p.name AS place_name, p.address AS place_address, p.lat AS place_lat, p.lon AS place_lon
      FROM agenda_coverage c JOIN agenda_event e ON e.id = c.event LEFT JOIN people_person w ON w.id = c.assignee
           LEFT JOIN people_area t ON t.id = c.area LEFT JOIN agenda_contact o ON o.id = c.contact
           LEFT JOIN agenda_place p ON p.id = e.place;
