-- SPDX-License-Identifier: AGPL-3.0-or-later
-- 0018_site: what the site itself keeps: alerts, the privacy notice by versions, what the city decides of its look.

-- A warning above every public page and in the CAP feed. It shows from the second person's yes until it ends.
CREATE TABLE site_alert ( -- :public
    id           INTEGER NOT NULL PRIMARY KEY,   -- time-sortable; CAP identifier is made of it
    level        TEXT NOT NULL CHECK (level IN ('notice', 'warning', 'danger')), -- how it looks: notice, warning, danger
    state        TEXT NOT NULL CHECK (state IN ('draft', 'active', 'ended', 'refused')), -- ended: before its time, by a person
    exercise     INTEGER NOT NULL DEFAULT 0 CHECK (exercise IN (0, 1)), -- 1: a drill (CAP status Exercise)
    category     TEXT NOT NULL,                  -- CAP category: Met, Safety, Health…
    event        TEXT NOT NULL,                  -- CAP event: "Lluvia intensa"
    urgency      TEXT NOT NULL,                  -- CAP urgency
    severity     TEXT NOT NULL,                  -- CAP severity
    certainty    TEXT NOT NULL,                  -- CAP certainty
    headline     TEXT NOT NULL CHECK (length(headline) BETWEEN 1 AND 400), -- what is read first
    text         TEXT,                           -- CAP description
    instruction  TEXT,                           -- what people should do
    area         TEXT NOT NULL,                  -- CAP areaDesc: "Municipio de San Luis Potosí"
    url          TEXT,                           -- where more is said
    raised_by    INTEGER REFERENCES people_person (id), -- who wrote it
    raised_at    INTEGER NOT NULL,               -- when
    confirmed_by INTEGER REFERENCES people_person (id), -- another person; NULL: not yet
    confirmed_at INTEGER,                        -- from then on it shows
    expires_at   INTEGER NOT NULL,               -- it ends by itself
    ended_by     INTEGER REFERENCES people_person (id), -- who ended or refused it
    ended_at     INTEGER,                        -- when
    reason       TEXT,                           -- why
    updates      INTEGER REFERENCES site_alert (id), -- the alert that this one takes the place of (CAP Update)
    version      INTEGER NOT NULL DEFAULT 1      -- grows with each change
);
CREATE INDEX site_alert_by_state ON site_alert (state, expires_at, id);
CREATE INDEX site_alert_by_time ON site_alert (confirmed_at, id);
CREATE INDEX site_alert_by_raiser ON site_alert (raised_by);
CREATE INDEX site_alert_by_confirmer ON site_alert (confirmed_by);
CREATE INDEX site_alert_by_ender ON site_alert (ended_by);
CREATE INDEX site_alert_by_updated ON site_alert (updates);

-- The privacy notice: what was shown when is never changed.
CREATE TABLE site_notice ( -- :public
    version      INTEGER NOT NULL PRIMARY KEY,   -- 1, 2, 3
    body         TEXT NOT NULL,                  -- Markdown, in Spanish
    body_en      TEXT,                           -- the same in English
    note         TEXT,                           -- what changed
    from_at      INTEGER NOT NULL,               -- since when it holds
    person       INTEGER REFERENCES people_person (id), -- who published it
    at           INTEGER NOT NULL                -- when
);
CREATE INDEX site_notice_by_from ON site_notice (from_at, version);
CREATE INDEX site_notice_by_person ON site_notice (person);

-- What the city says of itself on its site, and how it looks: a key and its value.
CREATE TABLE site_setting ( -- :public
    name       TEXT NOT NULL PRIMARY KEY,        -- theme, address, phone, hours, accounts…
    value      TEXT NOT NULL,                    -- as its form takes it
    person     INTEGER REFERENCES people_person (id), -- who set it
    at         INTEGER NOT NULL,                 -- when
    version    INTEGER NOT NULL DEFAULT 1        -- grows with each change
);
CREATE INDEX site_setting_by_person ON site_setting (person);

-- What was found by a word that stands in very many records is listed by its age, of one kind or of all.
ALTER TABLE search_public ADD COLUMN topics TEXT;    -- what it is about, as slugs, a space before and after each
CREATE INDEX search_public_by_time ON search_public (at, id);
CREATE INDEX search_public_by_kind ON search_public (subject, at, id);
CREATE INDEX search_desk_by_time ON search_desk (at, id);
