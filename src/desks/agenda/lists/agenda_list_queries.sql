-- SPDX-License-Identifier: AGPL-3.0-or-later
-- agenda_list_queries.sql: what the lists of events ask besides the events: what they can be filtered by, and saved views.

-- ---- filters ----

-- :name agenda_filter_calendar    by its word in addresses, or by its id; $3 = 1: only what citizens may know
SELECT id, slug, name, color, is_public FROM agenda_calendar
 WHERE slug = $1 AND ($3 = 0 OR is_public = 1)
UNION ALL
SELECT id, slug, name, color, is_public FROM agenda_calendar
 WHERE id = $2 AND ($3 = 0 OR is_public = 1)
 LIMIT 1;

-- :name agenda_filter_calendars   to choose from; $1 = 1: only what citizens may know
SELECT id, slug, name, color, is_public FROM agenda_calendar
 WHERE archived = 0 AND ($1 = 0 OR is_public = 1) ORDER BY position, name LIMIT 100;

-- :name agenda_filter_places      where something happens in the span; $3 = 1: private events too
SELECT DISTINCT p.id, p.name
  FROM agenda_event e JOIN agenda_place p ON p.id = e.place
 WHERE e.starts_at >= $1 AND e.starts_at < $2 AND ($3 = 1 OR e.visibility IN ('public', 'internal'))
 ORDER BY p.name, p.id LIMIT $4;

-- :name agenda_filter_topics      what it is about, several a row, one a line; likewise
SELECT DISTINCT 0 AS id, topics AS name
  FROM agenda_event
 WHERE starts_at >= $1 AND starts_at < $2 AND ($3 = 1 OR visibility IN ('public', 'internal')) AND topics IS NOT NULL
 ORDER BY topics LIMIT $4;

-- ---- saved views ----

-- :name agenda_saved_views        one's own and the shared ones
SELECT v.id, v.person, v.name, v.query, v.shared, p.name AS person_name
  FROM agenda_saved_view v JOIN people_person p ON p.id = v.person WHERE v.person = $1
UNION ALL
SELECT v.id, v.person, v.name, v.query, v.shared, p.name AS person_name
  FROM agenda_saved_view v JOIN people_person p ON p.id = v.person WHERE v.shared = 1 AND v.person <> $1
 ORDER BY 3, 1 LIMIT $2;

-- :name agenda_saved_view         $2 who asks
SELECT v.id, v.person, v.name, v.query, v.shared, p.name AS person_name
  FROM agenda_saved_view v JOIN people_person p ON p.id = v.person
 WHERE v.id = $1 AND (v.person = $2 OR v.shared = 1);

-- :name agenda_saved_count        one's own
SELECT count(*) FROM agenda_saved_view WHERE person = $1;

-- :name agenda_saved_named        one's own of that name
SELECT id FROM agenda_saved_view WHERE person = $1 AND name = $2;

-- :name agenda_saved_insert
INSERT INTO agenda_saved_view (id, person, name, query, shared) VALUES ($1, $2, $3, $4, $5);

-- :name agenda_saved_update       $2 whose it must be
UPDATE agenda_saved_view SET name = $3, shared = $4 WHERE id = $1 AND person = $2;

-- :name agenda_saved_delete       $2 whose it must be
DELETE FROM agenda_saved_view WHERE id = $1 AND person = $2;

-- ---- what citizens see: agenda_public_event alone; $4 a calendar, $5 a topic between two line ends ----

-- :name agenda_public_listed  a page's list: half the columns are half the time
SELECT id, slug, title, starts_at, ends_at, all_day, time_to_be_confirmed, status, place_name, place_neighbourhood,
       calendar_name, calendar_color, headed_by, topics
  FROM agenda_public_event
 WHERE starts_at >= $1 AND starts_at < $2 AND ends_at > $3 AND ($4 = 0 OR calendar = $4)
   AND ($5 = '' OR replace(substr($5, 1, 1) || topics || substr($5, 1, 1), $5, '') <> substr($5, 1, 1) || topics || substr($5, 1, 1))
 ORDER BY starts_at, id LIMIT $6;

-- :name agenda_public_filtered  the same for programs, whole; $6, $7 the last one of the page before
SELECT * FROM agenda_public_event
 WHERE starts_at >= $1 AND starts_at < $2 AND ends_at > $3 AND ($4 = 0 OR calendar = $4)
   AND ($5 = '' OR replace(substr($5, 1, 1) || topics || substr($5, 1, 1), $5, '') <> substr($5, 1, 1) || topics || substr($5, 1, 1))
   AND (starts_at, id) > ($6, $7)
 ORDER BY starts_at, id LIMIT $8;

-- :name agenda_public_filtered_count
SELECT count(*) FROM agenda_public_event
 WHERE starts_at >= $1 AND starts_at < $2 AND ends_at > $3 AND ($4 = 0 OR calendar = $4)
   AND ($5 = '' OR replace(substr($5, 1, 1) || topics || substr($5, 1, 1), $5, '') <> substr($5, 1, 1) || topics || substr($5, 1, 1));
