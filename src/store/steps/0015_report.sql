-- SPDX-License-Identifier: AGPL-3.0-or-later
-- 0015_report: the month's report from its draft to its publication. What was signed is never changed: a recomputation is
-- a new version beside it.

CREATE TABLE report_version ( -- :public
    id           INTEGER NOT NULL PRIMARY KEY,    -- time-sortable
    month        TEXT NOT NULL CHECK (length(month) = 7), -- 2022-07
    version      INTEGER NOT NULL CHECK (version >= 1), -- 1, 2, 3 of its month
    state        TEXT NOT NULL CHECK (state IN ('draft', 'in_review', 'signed', 'published')), -- see report.h
    note         TEXT,                            -- why there is a version after the first
    reason       TEXT,                            -- why it was returned from review
    highlights   TEXT,                            -- narrative: what mattered most
    difficulties TEXT,                            -- narrative: what went wrong, and why
    outlook      TEXT,                            -- narrative: the month to come
    revision     INTEGER NOT NULL DEFAULT 1,      -- grows with each change of this row: a second editor loses
    snapshot     TEXT,                            -- canonical JSON (RFC 8785), frozen when it is sent to review; NULL: a draft
    sha256       TEXT,                            -- of the snapshot's bytes, hex
    sent_by      INTEGER REFERENCES people_person (id), -- who sent it to review; NULL: the system or not yet
    sent_at      INTEGER,                         -- UTC microseconds
    signed_by    INTEGER REFERENCES people_person (id), -- who signed; NULL: not yet
    signed_at    INTEGER,                         -- UTC microseconds
    signed_as    TEXT,                            -- the post that the signer held or acted for, as it was called then
    code         TEXT,                            -- VOC-…: by which anybody finds the signature
    signature    TEXT,                            -- Ed25519 of the snapshot, base64
    published_by INTEGER REFERENCES people_person (id), -- who published it; NULL: not yet
    published_at INTEGER,                         -- UTC microseconds
    created_at   INTEGER NOT NULL,                -- UTC microseconds
    changed_at   INTEGER NOT NULL,                -- UTC microseconds
    UNIQUE (month, version)
);
CREATE INDEX report_version_by_state ON report_version (state, month, version);
CREATE INDEX report_version_by_code ON report_version (code);
CREATE INDEX report_version_by_sender ON report_version (sent_by);
CREATE INDEX report_version_by_signer ON report_version (signed_by);
CREATE INDEX report_version_by_publisher ON report_version (published_by);

-- The rights of this room reach the roles of a city that is there already; a new one gets them with its matrix.
INSERT INTO people_role_right (role, right_name)
    SELECT DISTINCT role, 'report_sign' FROM people_role_right WHERE role = 'director';
INSERT INTO people_role_right (role, right_name)
    SELECT DISTINCT role, 'report_publish' FROM people_role_right WHERE role IN ('director', 'coordinator');
