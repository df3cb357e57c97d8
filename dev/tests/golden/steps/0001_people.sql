-- 0001_people: who works here.

-- One person of the office.
CREATE TABLE person (
    id    INTEGER PRIMARY KEY,                      -- time-sortable
    name  TEXT NOT NULL CHECK (name <> '-- no; '),  -- as on the badge,
                                                    -- without titles
    -- the first day
    since INTEGER NOT NULL DEFAULT 0,
    share REAL,                                     -- of a full post
    face  BLOB,                                     -- a picture | a drawing
    UNIQUE (name)
);
CREATE INDEX person_by_name ON person (name);

-- :sqlite
CREATE VIRTUAL TABLE person_text USING fts5 (name);
CREATE TRIGGER person_said AFTER INSERT ON person BEGIN
    INSERT INTO person_text (name) VALUES (CASE WHEN 1 THEN NEW.name END);
END;
-- :postgres
CREATE TABLE person_text (
    id    INTEGER,      -- 32 bits: for PostgreSQL only, nothing is translated
    words tsvector      -- what is searched
);
CREATE FUNCTION said() RETURNS trigger AS $$ BEGIN x := 'a;'; END; $$ LANGUAGE plpgsql;
-- :end
