-- SPDX-License-Identifier: AGPL-3.0-or-later
-- agenda_event_queries.sql: what belongs to one event: the dates it had, its files, who has it open, the last step.

-- ---- dates that were ----

-- :name agenda_dates_of        of one event, the first one first
SELECT event, starts_at, ends_at, all_day, verb, reason, at FROM agenda_event_date
 WHERE event = $1 ORDER BY id LIMIT 100;

-- :name agenda_dates_by_span   of events that start from $1 to $2
SELECT d.event, d.starts_at, d.ends_at, d.all_day, d.verb, d.reason, d.at
  FROM agenda_event e JOIN agenda_event_date d ON d.event = e.id
 WHERE e.starts_at >= $1 AND e.starts_at <= $2 ORDER BY e.starts_at, d.event, d.id LIMIT 5000;

-- :name agenda_date_insert
INSERT INTO agenda_event_date (id, event, starts_at, ends_at, all_day, verb, reason, at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- A change that moved a public event to another day: where it stood, and why.
-- :name agenda_note_moved
UPDATE agenda_event SET previous_starts_at = $2, reason = $3 WHERE id = $1;

-- :name agenda_dates_forget    when a step is taken back, all of them are written anew
DELETE FROM agenda_event_date WHERE event = $1;

-- ---- the last step, and taking it back ----

-- :name agenda_undo_insert
INSERT INTO agenda_undo (id, person, event, verb, version, before, at) VALUES ($1, $2, $3, $4, $5, $6, $7);

-- :name agenda_undo_last       the newest step that was noted of an event
SELECT id, person, event, verb, version, before, at, undone_at, batch FROM agenda_undo
 WHERE event = $1 ORDER BY event, id DESC LIMIT 1;

-- :name agenda_undo_base       how the event was at a version: what the step after it found
SELECT id, person, event, verb, version, before, at, undone_at, batch FROM agenda_undo
 WHERE event = $1 AND version = $2 + 1 ORDER BY event, id DESC LIMIT 1;

-- :name agenda_undo_done
UPDATE agenda_undo SET undone_at = $2 WHERE id = $1 AND undone_at IS NULL;

-- :name agenda_undo_forget     steps that nobody can take back any more
DELETE FROM agenda_undo WHERE event = $1 AND at < $2;

-- :name agenda_restore         an event as it was before a step; $2 is the version that the step left
UPDATE agenda_event
   SET title = $3, description = $4, internal_note = $5, topics = $6, starts_at = $7, ends_at = $8, wall_start = $9,
       wall_end = $10, time_zone = $11, all_day = $12, time_to_be_confirmed = $13, status = $14, visibility = $15,
       place = $16, changed_at = $17, certainty = $18, calendar = $19, area = $20, headed_by = $21, attendees = $22,
       attendance = $23, accreditation = $24, accreditation_until = $25, reason = $26, previous_starts_at = $27,
       uncovered_reason = $28, slug = $29, sequence = sequence + 1, version = version + 1
 WHERE id = $1 AND version = $2;

-- :name agenda_coverage_restore  a coverage that a step cancelled, if nobody touched it since
UPDATE agenda_coverage SET state = $3, reason = $4, changed_at = $5, version = version + 1 WHERE id = $1 AND version = $2;

-- ---- who has it open ----

-- :name agenda_lease_drop
DELETE FROM agenda_lease WHERE event = $1 AND person = $2;

-- :name agenda_lease_sweep     those that nobody renewed
DELETE FROM agenda_lease WHERE event = $1 AND until_at <= $2;

-- :name agenda_lease_renew
UPDATE agenda_lease SET until_at = $3 WHERE event = $1 AND person = $2;

-- :name agenda_lease_insert
INSERT INTO agenda_lease (event, person, since_at, until_at) VALUES ($1, $2, $3, $4);

-- :name agenda_leases_of       who else, $3 now
SELECT l.person, p.name, l.since_at FROM agenda_lease l JOIN people_person p ON p.id = l.person
 WHERE l.event = $1 AND l.person <> $2 AND l.until_at > $3 ORDER BY l.since_at LIMIT 20;

-- ---- files ----

-- :name agenda_attachments_of
SELECT a.id, a.event, a.sha256, a.filename, a.type, a.size, a.title, a.is_public, a.at, p.name AS person_name
  FROM agenda_attachment a LEFT JOIN people_person p ON p.id = a.person
 WHERE a.event = $1 ORDER BY a.event, a.id LIMIT 100;

-- :name agenda_attachment_find
SELECT a.id, a.event, a.sha256, a.filename, a.type, a.size, a.title, a.is_public, a.at, p.name AS person_name
  FROM agenda_attachment a LEFT JOIN people_person p ON p.id = a.person
 WHERE a.id = $1;

-- :name agenda_public_attachments_of  public files of public events, nothing else
SELECT a.id, a.event, a.sha256, a.filename, a.type, a.size, a.title, a.is_public, a.at
  FROM agenda_attachment a JOIN agenda_public_event e ON e.id = a.event
 WHERE a.event = $1 AND a.is_public = 1 ORDER BY a.event, a.id LIMIT 100;

-- :name agenda_public_attachment_find  likewise, by the event's address
SELECT a.id, a.event, a.sha256, a.filename, a.type, a.size, a.title, a.is_public, a.at
  FROM agenda_attachment a JOIN agenda_public_event e ON e.id = a.event
 WHERE a.id = $1 AND e.slug = $2 AND a.is_public = 1;

-- :name agenda_attachment_insert
INSERT INTO agenda_attachment (id, event, sha256, filename, type, size, title, is_public, person, at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);

-- :name agenda_attachment_set
UPDATE agenda_attachment SET title = $2, is_public = $3 WHERE id = $1;

-- :name agenda_attachment_drop
DELETE FROM agenda_attachment WHERE id = $1;

-- ---- calendars ----

-- :name agenda_calendars       in their order; $1 1: archived ones too
SELECT id, slug, name, color, is_public, position, archived, version FROM agenda_calendar
 WHERE archived <= $1 ORDER BY archived, position, name LIMIT 200;

-- :name agenda_calendar_find
SELECT id, slug, name, color, is_public, position, archived, version FROM agenda_calendar WHERE id = $1;

-- :name agenda_calendar_by_slug
SELECT id, slug, name, color, is_public, position, archived, version FROM agenda_calendar WHERE slug = $1;

-- :name agenda_calendar_insert
INSERT INTO agenda_calendar (id, slug, name, color, is_public, position) VALUES ($1, $2, $3, $4, $5, $6);

-- :name agenda_calendar_update
UPDATE agenda_calendar SET name = $3, color = $4, is_public = $5, position = $6, version = version + 1
 WHERE id = $1 AND version = $2;

-- :name agenda_calendar_set_archived
UPDATE agenda_calendar SET archived = $3, version = version + 1 WHERE id = $1 AND version = $2;

-- ---- the book of places ----

-- :name agenda_book_list       $1 part of the folded name, $2 colonia or '', $3 delegación or '', $4 archived, $5 $6 the last one before, $8 private
SELECT p.id, p.name, p.address, p.neighbourhood, p.district, p.postcode, p.lat, p.lon, p.internal_note, p.archived, p.version,
       p.folded, (SELECT count(*) FROM agenda_event e
                    WHERE e.place = p.id AND ($8 = 1 OR e.visibility IN ('public', 'internal'))) AS events
  FROM agenda_place p
 WHERE p.archived = $4 AND ($1 = '' OR p.folded LIKE $1) AND ($2 = '' OR p.neighbourhood = $2)
   AND ($3 = '' OR p.district = $3) AND (p.folded, p.id) > ($5, $6)
 ORDER BY p.folded, p.id LIMIT $7;

-- :name agenda_book_count      what agenda_book_list lists in all
SELECT count(*) FROM agenda_place
 WHERE archived = $4 AND ($1 = '' OR folded LIKE $1) AND ($2 = '' OR neighbourhood = $2) AND ($3 = '' OR district = $3);

-- :name agenda_book_find       $2 private
SELECT p.id, p.name, p.address, p.neighbourhood, p.district, p.postcode, p.lat, p.lon, p.internal_note, p.archived, p.version,
       p.folded, (SELECT count(*) FROM agenda_event e
                    WHERE e.place = p.id AND ($2 = 1 OR e.visibility IN ('public', 'internal'))) AS events
  FROM agenda_place p WHERE p.id = $1;

-- :name agenda_book_colonias   for the filter
SELECT DISTINCT neighbourhood AS name FROM agenda_place WHERE archived = 0 AND folded >= '' AND neighbourhood IS NOT NULL
 ORDER BY neighbourhood LIMIT 500;

-- :name agenda_book_districts  for the filter
SELECT DISTINCT district AS name FROM agenda_place WHERE archived = 0 AND folded >= '' AND district IS NOT NULL
 ORDER BY district LIMIT 100;

-- :name agenda_place_all_named  places of one folded name
SELECT id, name, address, neighbourhood, district, postcode, lat, lon FROM agenda_place
 WHERE folded = $1 ORDER BY folded, id LIMIT 100;

-- :name agenda_place_update
UPDATE agenda_place
   SET name = $3, address = $4, neighbourhood = $5, district = $6, postcode = $7, lat = $8, lon = $9, internal_note = $10,
       folded = $11, found = $12, version = version + 1
 WHERE id = $1 AND version = $2;

-- :name agenda_place_set_archived
UPDATE agenda_place SET archived = $3, version = version + 1 WHERE id = $1 AND version = $2;

-- :name agenda_place_move_events
UPDATE agenda_event SET place = $2, changed_at = $3, version = version + 1 WHERE place = $1;

-- :name agenda_place_move_series
UPDATE agenda_series SET place = $2 WHERE place = $1;

-- :name agenda_place_drop
DELETE FROM agenda_place WHERE id = $1 AND version = $2;

-- :name agenda_events_at       the newest events of a place that the actor may see, $2 private
SELECT * FROM agenda_desk_event
 WHERE place_id = $1 AND ($2 = 1 OR visibility IN ('public', 'internal')) ORDER BY starts_at DESC, id DESC LIMIT $3;

-- ---- suggestions ----

-- :name agenda_topics_used     of events since $1 that everybody at the desk sees
SELECT DISTINCT topics AS name FROM agenda_event
 WHERE starts_at >= $1 AND topics IS NOT NULL AND visibility IN ('public', 'internal') LIMIT 1000;
