-- SPDX-License-Identifier: AGPL-3.0-or-later
-- agenda_source_queries.sql: calendars that are fetched again and again, and the addresses at which ours are read.

-- ---- sources ----

-- :name agenda_source_list     with how many of its events are missing
SELECT s.*, k.name AS calendar_name, k.color AS calendar_color,
       (SELECT count(*) FROM agenda_event e
         WHERE e.source = s.id AND e.missing_since IS NOT NULL AND e.status <> 'cancelled') AS missing
  FROM agenda_source s LEFT JOIN agenda_calendar k ON k.id = s.calendar
 WHERE s.id > $1 ORDER BY s.id LIMIT $2;

-- :name agenda_source_find
SELECT s.*, k.name AS calendar_name, k.color AS calendar_color,
       (SELECT count(*) FROM agenda_event e
         WHERE e.source = s.id AND e.missing_since IS NOT NULL AND e.status <> 'cancelled') AS missing
  FROM agenda_source s LEFT JOIN agenda_calendar k ON k.id = s.calendar
 WHERE s.id = $1;

-- :name agenda_source_taken    another one with this address
SELECT id FROM agenda_source WHERE url = $1 AND id <> $2;

-- :name agenda_source_insert
INSERT INTO agenda_source (id, name, url, calendar, minutes, active, next_at)
VALUES ($1, $2, $3, $4, $5, $6, $7);

-- :name agenda_source_update   $2 is the version that the caller saw; another address is read from its beginning
UPDATE agenda_source
   SET name = $3, calendar = $5, minutes = $6, active = $7, next_at = $8,
       etag = CASE WHEN url = $4 THEN etag END, last_modified = CASE WHEN url = $4 THEN last_modified END,
       failures = CASE WHEN url = $4 THEN failures ELSE 0 END, url = $4, version = version + 1
 WHERE id = $1 AND version = $2;

-- :name agenda_source_delete   $2 is the version that the caller saw
DELETE FROM agenda_source WHERE id = $1 AND version = $2;

-- :name agenda_source_free_events  the source is gone: its events stay, as the desk's own
UPDATE agenda_event SET source = NULL, missing_since = NULL WHERE source = $1;

-- :name agenda_source_free_series
UPDATE agenda_series SET source = NULL WHERE source = $1;

-- :name agenda_source_next     when it is asked next
UPDATE agenda_source SET next_at = $2 WHERE id = $1;

-- :name agenda_source_again    a person wants it to be read anew: what it says of itself is forgotten
UPDATE agenda_source SET next_at = $2, allowed = $3, etag = NULL, last_modified = NULL WHERE id = $1;

-- :name agenda_source_failed
UPDATE agenda_source SET fetched_at = $2, failures = failures + 1, error = $3, next_at = $4 WHERE id = $1;

-- :name agenda_source_same     304, or the same bytes in other words: nothing is new
UPDATE agenda_source SET fetched_at = $2, failures = 0, error = NULL, next_at = $3 WHERE id = $1;

-- :name agenda_source_held     an answer that lacks too much: nothing of it was taken
UPDATE agenda_source
   SET fetched_at = $2, failures = 0, error = NULL, next_at = $3, held_missing = $4, held_known = $5,
       etag = NULL, last_modified = NULL
 WHERE id = $1;

-- :name agenda_source_read     what an answer brought
UPDATE agenda_source
   SET fetched_at = $2, failures = 0, error = NULL, next_at = $3, held_missing = 0, held_known = 0, allowed = 0,
       etag = $4, last_modified = $5, events = $6, created = $7, changed = $8, cancelled = $9, unchanged = $10,
       refused = $11, report = $12, changed_at = CASE WHEN $13 = 1 THEN $2 ELSE changed_at END
 WHERE id = $1;

-- ---- what a source lacks ----

-- :name agenda_source_coming   its events that are still to come: what its answer should have
SELECT id, recurrence_at, uid, missing_since FROM agenda_event
 WHERE source = $1 AND ends_at > $2 AND status <> 'cancelled' ORDER BY source, missing_since, id LIMIT $3;

-- :name agenda_source_miss     since when; NULL: it is there again
UPDATE agenda_event SET missing_since = $2, version = version + 1 WHERE id = $1;

-- :name agenda_source_missing  for a person to decide; $2 private; $3 behind this one
SELECT * FROM agenda_desk_event
 WHERE source = $1 AND missing_since IS NOT NULL AND status <> 'cancelled'
   AND ($2 = 1 OR visibility IN ('public', 'internal')) AND id > $3
 ORDER BY id LIMIT $4;

-- :name agenda_source_keep     it is the desk's own from now on
UPDATE agenda_event SET source = NULL, missing_since = NULL, version = version + 1
 WHERE id = $1 AND missing_since IS NOT NULL;

-- :name agenda_source_series   an imported series is of a source
UPDATE agenda_series SET source = $2, calendar = $3 WHERE id = $1;

-- :name agenda_source_calendar  is there such a calendar?
SELECT id FROM agenda_calendar WHERE id = $1;
