-- SPDX-License-Identifier: AGPL-3.0-or-later
-- 0000_store.sql: what keeping itself needs: the journal, the queue of jobs, the search.

-- Who changed what, when: one line for every change, chained by hashes (store/journal.h).
CREATE TABLE journal_line (
    id         INTEGER NOT NULL PRIMARY KEY, -- 1, 2, 3 … without a gap, which is part of the proof
    at         INTEGER NOT NULL,             -- the instant of the change
    actor      INTEGER NOT NULL,             -- the person; 0 for the system or nobody
    actor_name TEXT NOT NULL,                -- as the person was called then
    subject    TEXT NOT NULL,                -- the kind of record: agenda_event
    subject_id INTEGER NOT NULL,             -- which record
    verb       TEXT NOT NULL,                -- what happened: created, approved
    detail     TEXT,                         -- a short text for people, without personal data
    hash       TEXT NOT NULL                 -- SHA-256, 64 hex digits, over the hash before and this line
);
CREATE INDEX journal_line_subject ON journal_line (subject, subject_id, id);

-- Where the journal's chain ends, so that lines cut off its end are missed.
CREATE TABLE journal_head (
    id    INTEGER NOT NULL PRIMARY KEY CHECK (id = 1), -- there is one row
    lines INTEGER NOT NULL,                            -- how many lines: the last one's id
    hash  TEXT NOT NULL                                -- the last line's hash; empty before the first
);
INSERT INTO journal_head (id, lines, hash) VALUES (1, 0, '');

-- Work for later: the row is the only scheduler (store/queue.h).
CREATE TABLE queue_job (
    id           INTEGER NOT NULL PRIMARY KEY, -- made by id_new()
    kind         TEXT NOT NULL,                -- what is to be done: agenda_extend_series
    payload      TEXT NOT NULL,                -- JSON for whoever does it
    key          TEXT,                         -- at most one live job has it
    state        TEXT NOT NULL CHECK (state IN ('waiting', 'leased', 'dead')),
                                               -- dead: it failed too often; a person decides
    due_at       INTEGER NOT NULL,             -- from when a worker may take it; of a leased one, when the lease ends
    fence        INTEGER NOT NULL,             -- grows with each lease; what an older one says is refused
    attempts     INTEGER NOT NULL,             -- how often it failed or its worker was lost
    max_attempts INTEGER NOT NULL,             -- at that many it is dead
    error        TEXT,                         -- what the last attempt said
    created_at   INTEGER NOT NULL              -- when it was asked for
);
CREATE INDEX queue_job_due ON queue_job (due_at, id) WHERE state <> 'dead';
CREATE INDEX queue_job_state ON queue_job (state, due_at);
CREATE UNIQUE INDEX queue_job_key ON queue_job (key) WHERE state <> 'dead' AND key IS NOT NULL;

-- What citizens can find: a row for every record that they may see (store/search.h).
CREATE TABLE search_public ( -- :public
    id         INTEGER NOT NULL PRIMARY KEY, -- made by id_new(); also the row of its terms
    subject    TEXT NOT NULL,                -- the kind of record: agenda_event
    subject_id INTEGER NOT NULL,             -- which record
    title      TEXT NOT NULL,                -- as the hit shows it
    excerpt    TEXT NOT NULL,                -- the beginning of the text, which snippets are cut from
    address    TEXT NOT NULL,                -- the path that opens it
    at         INTEGER NOT NULL,             -- younger ones first where words match equally
    print      TEXT NOT NULL,                -- SHA-256 of all that is found; the same: nothing is written
    UNIQUE (subject, subject_id)
);

-- What the desk can find: a row for every record, with its internal text.
CREATE TABLE search_desk (
    id         INTEGER NOT NULL PRIMARY KEY, -- made by id_new(); also the row of its terms
    subject    TEXT NOT NULL,                -- the kind of record: agenda_event
    subject_id INTEGER NOT NULL,             -- which record
    title      TEXT NOT NULL,                -- as the hit shows it
    excerpt    TEXT NOT NULL,                -- the beginning of the text, which snippets are cut from
    address    TEXT NOT NULL,                -- the path that opens it
    at         INTEGER NOT NULL,             -- younger ones first where words match equally
    print      TEXT NOT NULL,                -- SHA-256 of all that is found; the same: nothing is written
    UNIQUE (subject, subject_id)
);

-- Terms are ASCII words or letters of other scripts between spaces, so that neither database
-- interprets them: no stemmer, no stop words, no accents of its own.

-- :sqlite
-- The terms of search_public, by its id.
CREATE VIRTUAL TABLE search_public_term USING fts5( -- :public
    title_terms, body_terms, tokenize = "ascii tokenchars '_'"
);
-- The terms of search_desk, by its id.
CREATE VIRTUAL TABLE search_desk_term USING fts5(
    title_terms, body_terms, tokenize = "ascii tokenchars '_'"
);
-- :postgres
-- The terms of search_public, by its id.
CREATE TABLE search_public_term ( -- :public
    id    BIGINT NOT NULL PRIMARY KEY, -- of search_public
    terms TSVECTOR NOT NULL            -- title's terms with weight A, body's with weight D
);
CREATE INDEX search_public_term_index ON search_public_term USING gin (terms);
-- The terms of search_desk, by its id.
CREATE TABLE search_desk_term (
    id    BIGINT NOT NULL PRIMARY KEY, -- of search_desk
    terms TSVECTOR NOT NULL            -- title's terms with weight A, body's with weight D
);
CREATE INDEX search_desk_term_index ON search_desk_term USING gin (terms);
-- :end
