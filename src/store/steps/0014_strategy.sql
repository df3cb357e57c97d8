-- SPDX-License-Identifier: AGPL-3.0-or-later
-- 0014_strategy: what is to be reached, and the figures that no record holds.

-- A goal: how much of an indicator is wanted in a year or a month, of the whole office or of an area.
CREATE TABLE strategy_goal ( -- :public
    id         INTEGER NOT NULL PRIMARY KEY,      -- time-sortable
    indicator  TEXT NOT NULL,                     -- the key of an indicator: events_covered
    period     TEXT NOT NULL CHECK (length(period) IN (4, 7)), -- a year 2022 or a month 2022-07
    area       INTEGER NOT NULL DEFAULT 0,        -- a people_area; 0: the whole office
    target     INTEGER NOT NULL CHECK (target >= 0), -- in the indicator's unit
    person     INTEGER REFERENCES people_person (id), -- who set it last; NULL: the system
    changed_at INTEGER NOT NULL,                  -- UTC microseconds
    version    INTEGER NOT NULL DEFAULT 1,        -- grows with each change
    UNIQUE (indicator, period, area)
);
CREATE INDEX strategy_goal_by_period ON strategy_goal (period, area, indicator);
CREATE INDEX strategy_goal_by_person ON strategy_goal (person);

-- A figure that somebody typed, because no record of the desk holds it; with its evidence.
CREATE TABLE strategy_figure ( -- :public
    id         INTEGER NOT NULL PRIMARY KEY,      -- time-sortable
    indicator  TEXT NOT NULL,                     -- the key of an indicator that is typed: media_pickups
    month      TEXT NOT NULL CHECK (length(month) = 7), -- 2022-07
    area       INTEGER NOT NULL DEFAULT 0,        -- a people_area; 0: the whole office
    value      INTEGER NOT NULL CHECK (value >= 0), -- in the indicator's unit
    url        TEXT,                              -- evidence: where it can be read
    text       TEXT,                              -- evidence: what was counted, in words
    sha256     TEXT,                              -- evidence: a file in the vault
    filename   TEXT,                              -- what that file is called
    person     INTEGER REFERENCES people_person (id), -- who typed it last; NULL: the system
    changed_at INTEGER NOT NULL,                  -- UTC microseconds
    version    INTEGER NOT NULL DEFAULT 1,        -- grows with each change
    UNIQUE (indicator, month, area),
    CHECK (url IS NOT NULL OR text IS NOT NULL)
);
CREATE INDEX strategy_figure_by_month ON strategy_figure (month, area, indicator);
CREATE INDEX strategy_figure_by_person ON strategy_figure (person);

-- The rights of this room reach the roles of a city that is there already; a new one gets them with its matrix.
INSERT INTO people_role_right (role, right_name)
    SELECT role, 'strategy_read' FROM people_role_right WHERE right_name = 'report_read';
INSERT INTO people_role_right (role, right_name)
    SELECT role, 'strategy_edit' FROM people_role_right WHERE right_name = 'report_edit';
