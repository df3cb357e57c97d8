-- 0010_agenda: what happens in the city, and who covers it.

CREATE TABLE agenda_place ( -- :public
    id      INTEGER PRIMARY KEY,       -- time-sortable
    name    TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 1000), -- "Plaza de Armas"
    address TEXT,                      -- street and neighbourhood
    lat     REAL,                      -- WGS84 degrees; NULL when unknown
    lon     REAL,                      -- WGS84 degrees; NULL when unknown
    folded  TEXT NOT NULL,             -- the folded name, for finding it again
    found   TEXT NOT NULL UNIQUE       -- folded name and address: the same place is kept once
);
CREATE INDEX agenda_place_by_name ON agenda_place (folded, id);

-- A repetition, and what its occurrences look like unless one of them says otherwise.
CREATE TABLE agenda_series ( -- :public
    id           INTEGER PRIMARY KEY,  -- time-sortable
    uid          TEXT NOT NULL UNIQUE, -- RFC 5545 UID of the series
    rule         TEXT,                 -- RRULE value; NULL: only the instants in additions
    wall_start   TEXT NOT NULL,        -- DTSTART as planned, in time_zone
    time_zone    TEXT NOT NULL,        -- IANA name
    duration     INTEGER NOT NULL,     -- microseconds
    exceptions   TEXT,                 -- EXDATE instants, one decimal number a line
    additions    TEXT,                 -- RDATE wall times, one a line
    expanded_to  INTEGER NOT NULL,     -- occurrences before this instant exist as events
    ended        INTEGER NOT NULL CHECK (ended IN (0, 1)), -- 1: every occurrence exists
    title        TEXT NOT NULL,        -- of an occurrence
    description  TEXT,                 -- of an occurrence
    topics       TEXT,                 -- of an occurrence, one a line
    place        INTEGER REFERENCES agenda_place (id), -- of an occurrence; NULL: not said
    all_day      INTEGER NOT NULL CHECK (all_day IN (0, 1)), -- occurrences are whole days
    status       TEXT NOT NULL,        -- of an occurrence
    visibility   TEXT NOT NULL,        -- of an occurrence
    sequence     INTEGER NOT NULL,     -- RFC 5545 SEQUENCE of the imported component
    source_hash  TEXT NOT NULL,        -- of the imported component, to notice a change
    face         TEXT NOT NULL         -- hash of what an occurrence looks like, to notice a change there
);
CREATE INDEX agenda_series_by_horizon ON agenda_series (ended, expanded_to);
CREATE INDEX agenda_series_by_place ON agenda_series (place);

CREATE TABLE agenda_event ( -- :public
    id                   INTEGER PRIMARY KEY,      -- time-sortable
    slug                 TEXT NOT NULL UNIQUE,     -- public address; never reused
    uid                  TEXT NOT NULL,            -- RFC 5545 UID; occurrences of a series share it
    recurrence_at        INTEGER NOT NULL DEFAULT 0, -- original start of the occurrence (RECURRENCE-ID); 0: no series
    series               INTEGER REFERENCES agenda_series (id), -- NULL: happens once
    title                TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 1000), -- public
    description          TEXT,                     -- public
    internal_note        TEXT,                     -- never leaves the desk
    topics               TEXT,                     -- public, one a line
    starts_at            INTEGER NOT NULL,         -- UTC microseconds
    ends_at              INTEGER NOT NULL CHECK (ends_at >= starts_at), -- UTC microseconds
    wall_start           TEXT NOT NULL,            -- as planned, in time_zone
    wall_end             TEXT NOT NULL,            -- as planned, in time_zone
    time_zone            TEXT NOT NULL,            -- IANA name
    all_day              INTEGER NOT NULL CHECK (all_day IN (0, 1)), -- whole days; ends_at is the first instant after
    time_to_be_confirmed INTEGER NOT NULL CHECK (time_to_be_confirmed IN (0, 1)), -- the day is sure, the hour is not
    status               TEXT NOT NULL CHECK (status IN ('tentative', 'confirmed', 'cancelled', 'postponed', 'rescheduled', 'held')), -- see agenda.h
    visibility           TEXT NOT NULL CHECK (visibility IN ('public', 'internal', 'private', 'confidential')), -- who may see it
    place                INTEGER REFERENCES agenda_place (id), -- NULL: not said
    reason               TEXT,                     -- public: why cancelled, postponed or rescheduled
    previous_starts_at   INTEGER,                  -- where it stood before the last reschedule
    uncovered_reason     TEXT,                     -- why nobody covered it; for the report
    sequence             INTEGER NOT NULL DEFAULT 0, -- RFC 5545 SEQUENCE as we publish it
    source_sequence      INTEGER NOT NULL DEFAULT 0, -- SEQUENCE of the imported component
    source_hash          TEXT,                     -- of the imported component, to notice a change; NULL: made here
    source_visibility    TEXT,                     -- what the imported component said; else the desk decided
    created_at           INTEGER NOT NULL,         -- UTC microseconds
    changed_at           INTEGER NOT NULL,         -- UTC microseconds
    version              INTEGER NOT NULL DEFAULT 1, -- grows with each change
    UNIQUE (uid, recurrence_at)
);
CREATE INDEX agenda_event_by_start ON agenda_event (starts_at, id);
CREATE INDEX agenda_event_public_by_start ON agenda_event (visibility, starts_at, id);
CREATE INDEX agenda_event_by_change ON agenda_event (visibility, changed_at, id);
CREATE INDEX agenda_event_by_series ON agenda_event (series, recurrence_at);
CREATE INDEX agenda_event_by_place ON agenda_event (place);

-- What citizens can see of an event, and nothing else: public queries read this view only.
CREATE VIEW agenda_public_event AS
    SELECT e.id, e.slug, e.uid, e.recurrence_at, e.series, e.title, e.description, e.topics, e.starts_at, e.ends_at,
           e.wall_start, e.wall_end, e.time_zone, e.all_day, e.time_to_be_confirmed, e.status, e.reason,
           e.previous_starts_at, e.sequence, e.created_at, e.changed_at,
           p.id AS place_id, p.name AS place_name, p.address AS place_address, p.lat AS place_lat, p.lon AS place_lon
      FROM agenda_event e LEFT JOIN agenda_place p ON p.id = e.place
     WHERE e.visibility = 'public';

CREATE TABLE agenda_coverage (
    id         INTEGER PRIMARY KEY,                        -- time-sortable
    event      INTEGER NOT NULL REFERENCES agenda_event (id), -- what is covered
    kind       TEXT NOT NULL,                              -- a word of agenda_kind_words
    state      TEXT NOT NULL,                              -- a word of agenda_state_words
    is_open    INTEGER GENERATED ALWAYS AS (CASE WHEN state IN ('approved', 'declined', 'cancelled') THEN 0 ELSE 1 END)
               STORED,                                     -- 1: somebody still has to do something
    assignee   INTEGER REFERENCES people_person (id),      -- who does it; NULL: proposed
    due_at     INTEGER NOT NULL,                           -- UTC microseconds
    brief      TEXT,                                       -- what is wanted
    reason     TEXT,                                       -- why declined, returned or cancelled
    created_at INTEGER NOT NULL,                           -- UTC microseconds
    changed_at INTEGER NOT NULL,                           -- UTC microseconds
    version    INTEGER NOT NULL DEFAULT 1                  -- grows with each change
);
CREATE INDEX agenda_coverage_by_event ON agenda_coverage (event, state);
CREATE INDEX agenda_coverage_by_state ON agenda_coverage (state, due_at, id);
CREATE INDEX agenda_coverage_open ON agenda_coverage (is_open, due_at, id, state);
CREATE INDEX agenda_coverage_open_of ON agenda_coverage (assignee, is_open, due_at, id);

CREATE TABLE agenda_evidence (
    id       INTEGER PRIMARY KEY,                             -- time-sortable
    coverage INTEGER NOT NULL REFERENCES agenda_coverage (id), -- what it is the proof of
    kind     TEXT NOT NULL,                                   -- a word of agenda_evidence_words
    url      TEXT,                                            -- http or https, for a link
    text     TEXT,                                            -- for a note
    person   INTEGER REFERENCES people_person (id),           -- who handed it in; NULL: the system
    at       INTEGER NOT NULL,                                -- UTC microseconds
    CHECK (url IS NOT NULL OR text IS NOT NULL)
);
CREATE INDEX agenda_evidence_by_coverage ON agenda_evidence (coverage, id);
CREATE INDEX agenda_evidence_by_person ON agenda_evidence (person);

-- What the desk sees of an event, with how far its coverages are. stands and approved_count are the report's
-- two questions: did it take place for the public, and was it covered?
CREATE VIEW agenda_desk_event AS
    SELECT e.id, e.slug, e.uid, e.recurrence_at, e.series, e.title, e.description, e.internal_note, e.topics,
           e.starts_at, e.ends_at, e.wall_start, e.wall_end, e.time_zone, e.all_day, e.time_to_be_confirmed,
           e.status, e.visibility, e.reason, e.previous_starts_at, e.uncovered_reason, e.sequence,
           e.source_sequence, e.source_hash, e.created_at, e.changed_at, e.version,
           p.id AS place_id, p.name AS place_name, p.address AS place_address, p.lat AS place_lat, p.lon AS place_lon,
           CASE WHEN e.visibility = 'public' AND e.status NOT IN ('cancelled', 'postponed') THEN 1 ELSE 0 END AS stands,
           (SELECT count(*) FROM agenda_coverage c
             WHERE c.event = e.id AND c.state NOT IN ('declined', 'cancelled')) AS coverage_count,
           (SELECT count(*) FROM agenda_coverage c WHERE c.event = e.id AND c.state = 'approved') AS approved_count
      FROM agenda_event e LEFT JOIN agenda_place p ON p.id = e.place;

-- A task with the names that a list shows beside it.
CREATE VIEW agenda_desk_coverage AS
    SELECT c.id, c.event, c.kind, c.state, c.is_open, c.assignee, c.due_at, c.brief, c.reason, c.created_at, c.changed_at, c.version,
           a.name AS assignee_name, e.title AS event_title, e.slug AS event_slug, e.starts_at AS event_starts_at,
           e.ends_at AS event_ends_at, e.visibility AS event_visibility
      FROM agenda_coverage c JOIN agenda_event e ON e.id = c.event LEFT JOIN people_person a ON a.id = c.assignee;
