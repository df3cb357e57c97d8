-- SPDX-License-Identifier: AGPL-3.0-or-later
-- 0013_people: who is away, and what each person is told.

-- When somebody cannot be given work.
CREATE TABLE people_absence (
    id      INTEGER NOT NULL PRIMARY KEY,               -- time-sortable
    person  INTEGER NOT NULL REFERENCES people_person (id), -- who
    from_at INTEGER NOT NULL,                           -- UTC microseconds, inside
    to_at   INTEGER NOT NULL CHECK (to_at > from_at),   -- the first instant outside
    kind    TEXT NOT NULL,                              -- a word of people_absence_words
    made_by INTEGER,                                    -- who noted it
    at      INTEGER NOT NULL                            -- when
);
CREATE INDEX people_absence_by_person ON people_absence (person, to_at);
CREATE INDEX people_absence_by_end ON people_absence (to_at, from_at);

-- What a person is told inside the desk: a change of her work, a clash, an event that nobody covers.
CREATE TABLE people_notice (
    id         INTEGER NOT NULL PRIMARY KEY,            -- time-sortable
    person     INTEGER NOT NULL REFERENCES people_person (id), -- who is told
    at         INTEGER NOT NULL,                        -- when
    seen_at    INTEGER,                                 -- when it was read; NULL: not yet
    subject    TEXT NOT NULL,                           -- the kind of record: agenda_event
    subject_id INTEGER NOT NULL,                        -- which record
    address    TEXT NOT NULL,                           -- the path that opens it
    kind       TEXT NOT NULL,                           -- what happened: changed, assigned, uncovered
    title      TEXT NOT NULL,                           -- of the record, as it was then
    detail     TEXT,                                    -- JSON: the differences, [{"field","before","after"}]
    key        TEXT                                     -- the same thing is told once; NULL: each time
);
CREATE INDEX people_notice_by_person ON people_notice (person, id);
CREATE INDEX people_notice_unseen ON people_notice (person, id) WHERE seen_at IS NULL;
CREATE UNIQUE INDEX people_notice_by_key ON people_notice (person, key) WHERE key IS NOT NULL;
