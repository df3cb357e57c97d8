-- What the city says.
CREATE TABLE press_release (                        -- :public
    id     INTEGER PRIMARY KEY,                     -- time-sortable
    author INTEGER REFERENCES person (id) ON DELETE CASCADE, -- who wrote it
    title  TEXT NOT NULL                            -- as citizens read it
);
CREATE TABLE press_note (
    id      INTEGER PRIMARY KEY,                    -- time-sortable
    release INTEGER NOT NULL REFERENCES press_release (id) -- what it is about
)
-- :sqlite
WITHOUT ROWID
-- :end
;
ALTER TABLE press_release ADD COLUMN lead TEXT;     -- the first paragraph
