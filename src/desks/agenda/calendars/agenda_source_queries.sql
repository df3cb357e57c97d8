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

-- :name agenda_source_free_series  before its events are: they lead to it
UPDATE agenda_series SET source = NULL
 WHERE source = $1 AND uid IN (SELECT uid FROM agenda_event WHERE source = $1);

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

-- ---- feeds ----

-- :name agenda_feed_coverages  coverages as events: $3 private, $4 whose or 0, $5 of which kind or ''
SELECT c.id, c.kind, c.state, c.brief, c.created_at, c.version + e.version AS sequence,
       CASE WHEN c.changed_at > e.changed_at THEN c.changed_at ELSE e.changed_at END AS changed_at,
       e.title, e.starts_at, e.ends_at, e.time_zone, e.all_day, e.time_to_be_confirmed, e.status AS event_status,
       COALESCE(w.name, o.name, t.name) AS assignee_name,
       p.id AS place_id, p.name AS place_name, p.address AS place_address, p.neighbourhood AS place_neighbourhood,
       p.district AS place_district, p.postcode AS place_postcode, p.lat AS place_lat, p.lon AS place_lon
  FROM agenda_event e JOIN agenda_coverage c ON c.event = e.id LEFT JOIN people_person w ON w.id = c.assignee
       LEFT JOIN people_area t ON t.id = c.area LEFT JOIN agenda_contact o ON o.id = c.contact
       LEFT JOIN agenda_place p ON p.id = e.place
 WHERE e.starts_at >= $1 AND e.starts_at < $2 AND ($3 = 1 OR e.visibility IN ('public', 'internal'))
   AND ($4 = 0 OR c.assignee = $4) AND ($5 = '' OR c.kind = $5) AND c.state <> 'declined'
 ORDER BY e.starts_at, c.id LIMIT $6;

-- :name agenda_subscriptions   one person's that have not ended
SELECT id, person, name, query, created_at, used_at, ended_at FROM agenda_feed
 WHERE person = $1 AND ended_at IS NULL ORDER BY id DESC LIMIT 200;

-- :name agenda_subscription_insert
INSERT INTO agenda_feed (id, person, name, hash, query, created_at) VALUES ($1, $2, $3, $4, $5, $6);

-- :name agenda_subscription_end  $2 whose it is
UPDATE agenda_feed SET ended_at = $3 WHERE id = $1 AND person = $2 AND ended_at IS NULL;

-- :name agenda_subscription_by_hash
SELECT id, person, name, query, created_at, used_at, ended_at FROM agenda_feed WHERE hash = $1;

-- :name agenda_subscription_used
UPDATE agenda_feed SET used_at = $2 WHERE id = $1;
