-- 0002_people: who works here, where, with which rights; how they come in.

CREATE TABLE people_area ( -- :public
    id      INTEGER PRIMARY KEY,                 -- time-sortable
    parent  INTEGER REFERENCES people_area (id), -- the area above; NULL at the top
    name    TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 120), -- "Redes Sociales"
    slug    TEXT NOT NULL UNIQUE,                -- for addresses and imports
    level   INTEGER NOT NULL CHECK (level BETWEEN 1 AND 9) -- 1 directorate, 2 coordination, 3 area
);
CREATE INDEX people_area_by_level ON people_area (level, name);

CREATE TABLE people_person (
    id         INTEGER PRIMARY KEY,              -- time-sortable
    mail       TEXT NOT NULL UNIQUE,             -- lower case; the login
    name       TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 120), -- as screens show it
    role       TEXT NOT NULL,                    -- a word of people_role_words
    state      TEXT NOT NULL CHECK (state IN ('active', 'blocked')), -- blocked: cannot come in
    area       INTEGER REFERENCES people_area (id), -- where the person works
    password   TEXT,                             -- argon2id string; NULL until one is set
    tongue     TEXT NOT NULL DEFAULT 'es' CHECK (tongue IN ('es', 'en')), -- language of the screens
    created_at INTEGER NOT NULL,                 -- UTC microseconds
    version    INTEGER NOT NULL DEFAULT 1        -- grows with each change
);
CREATE INDEX people_person_by_name ON people_person (state, name, id);
CREATE INDEX people_person_by_area ON people_person (area);

CREATE TABLE people_post ( -- :public
    id     INTEGER PRIMARY KEY,                      -- time-sortable
    area   INTEGER NOT NULL REFERENCES people_area (id), -- the area that the post heads or belongs to
    title  TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 120), -- "Titular de Redes Sociales"
    rank   INTEGER NOT NULL CHECK (rank BETWEEN 1 AND 9), -- 1 is the highest
    holder INTEGER REFERENCES people_person (id)     -- NULL: vacant
);
CREATE INDEX people_post_by_rank ON people_post (rank, title);
CREATE INDEX people_post_by_holder ON people_post (holder);
CREATE INDEX people_post_by_area ON people_post (area);

CREATE TABLE people_acting (
    id      INTEGER PRIMARY KEY,                     -- time-sortable
    post    INTEGER NOT NULL REFERENCES people_post (id), -- which post is acted for
    person  INTEGER NOT NULL REFERENCES people_person (id), -- who acts
    from_at INTEGER NOT NULL,                        -- UTC microseconds, inside
    to_at   INTEGER NOT NULL CHECK (to_at > from_at) -- the first instant outside
);
CREATE INDEX people_acting_by_post ON people_acting (post, from_at);
CREATE INDEX people_acting_by_person ON people_acting (person);

CREATE TABLE people_role_right (
    role      TEXT NOT NULL,                         -- a word of people_role_words
    right_name TEXT NOT NULL,                        -- a word of people_right_words
    PRIMARY KEY (role, right_name)
);

CREATE TABLE people_session (
    id         INTEGER PRIMARY KEY,                  -- time-sortable
    person     INTEGER NOT NULL REFERENCES people_person (id), -- who came in
    hash       TEXT NOT NULL UNIQUE,                 -- SHA-256 of the cookie's token, hex
    device     TEXT NOT NULL,                        -- "Firefox en Linux": for the list of one's sessions
    created_at INTEGER NOT NULL,                     -- UTC microseconds; the absolute end counts from here
    seen_at    INTEGER NOT NULL                      -- last use, to the minute; the idle end counts from here
);
CREATE INDEX people_session_by_person ON people_session (person, seen_at);
CREATE INDEX people_session_by_seen ON people_session (seen_at);

CREATE TABLE people_token (
    id         INTEGER PRIMARY KEY,                  -- time-sortable
    person     INTEGER NOT NULL REFERENCES people_person (id), -- whose rights it has
    hash       TEXT NOT NULL UNIQUE,                 -- SHA-256 of the token, hex
    name       TEXT NOT NULL,                        -- what it is for
    scope      TEXT NOT NULL CHECK (scope IN ('desk', 'read')), -- read: GET only
    expires_at INTEGER,                              -- UTC microseconds; NULL: no end
    created_at INTEGER NOT NULL,                     -- UTC microseconds
    used_at    INTEGER                               -- last use, to the hour
);
CREATE INDEX people_token_by_person ON people_token (person, id);

CREATE TABLE people_reset (
    hash       TEXT PRIMARY KEY,                     -- SHA-256 of the link's token, hex
    person     INTEGER NOT NULL REFERENCES people_person (id), -- whose password may be set
    expires_at INTEGER NOT NULL,                     -- UTC microseconds
    used_at    INTEGER                               -- a link works once
);
CREATE INDEX people_reset_by_person ON people_reset (person);
CREATE INDEX people_reset_by_expiry ON people_reset (expires_at);

CREATE TABLE people_attempt (
    key      TEXT PRIMARY KEY,                       -- keyed hash of the mail or of the address
    failures INTEGER NOT NULL,                       -- in a row
    until_at INTEGER NOT NULL                        -- no further try before: UTC microseconds
);
CREATE INDEX people_attempt_by_end ON people_attempt (until_at);
