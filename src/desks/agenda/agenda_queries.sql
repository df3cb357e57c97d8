-- SPDX-License-Identifier: AGPL-3.0-or-later
-- agenda_queries.sql: every statement of the agenda room.
-- Where a flag "private" is given, 1 shows events of CLASS:PRIVATE and CONFIDENTIAL too.

-- ---- events: the desk ----

-- :name agenda_find            $2 private
SELECT * FROM agenda_desk_event
 WHERE id = $1 AND ($2 = 1 OR visibility IN ('public', 'internal'));

-- :name agenda_list      the month, the week, the list of a figure (AgendaFilter); $10 a topic between two line ends, $13 and
-- $14 the last one of the page before
SELECT e.*
  FROM agenda_desk_event e
 WHERE starts_at >= $1 AND starts_at < $2 AND ends_at > $3
   AND ($4 = 1 OR visibility IN ('public', 'internal'))
   AND ($5 = 'all' OR stands = 1)
   AND ($5 <> 'events_covered' OR approved_count > 0)
   AND ($5 <> 'events_not_covered' OR approved_count = 0)
   AND ($6 = 0 OR calendar = $6) AND ($7 = 0 OR area = $7) AND ($8 = 0 OR place_id = $8)
   AND ($9 = 0 OR EXISTS (SELECT 1 FROM agenda_coverage c WHERE c.event = e.id AND c.assignee = $9
                             AND c.state NOT IN ('declined', 'cancelled')))
   AND ($10 = '' OR replace(substr($10, 1, 1) || topics || substr($10, 1, 1), $10, '') <> substr($10, 1, 1) || topics || substr($10, 1, 1))
   AND ($11 = '' OR status = $11)
   AND ($12 = '' OR EXISTS (SELECT 1 FROM agenda_coverage c WHERE c.event = e.id AND c.kind = $12
                               AND c.state NOT IN ('declined', 'cancelled')))
   AND (starts_at, id) > ($13, $14)
 ORDER BY starts_at, id LIMIT $15;

-- :name agenda_list_count  what agenda_list lists in all: the same conditions
SELECT count(*)
  FROM agenda_desk_event e
 WHERE starts_at >= $1 AND starts_at < $2 AND ends_at > $3
   AND ($4 = 1 OR visibility IN ('public', 'internal'))
   AND ($5 = 'all' OR stands = 1)
   AND ($5 <> 'events_covered' OR approved_count > 0)
   AND ($5 <> 'events_not_covered' OR approved_count = 0)
   AND ($6 = 0 OR calendar = $6) AND ($7 = 0 OR area = $7) AND ($8 = 0 OR place_id = $8)
   AND ($9 = 0 OR EXISTS (SELECT 1 FROM agenda_coverage c WHERE c.event = e.id AND c.assignee = $9
                             AND c.state NOT IN ('declined', 'cancelled')))
   AND ($10 = '' OR replace(substr($10, 1, 1) || topics || substr($10, 1, 1), $10, '') <> substr($10, 1, 1) || topics || substr($10, 1, 1))
   AND ($11 = '' OR status = $11)
   AND ($12 = '' OR EXISTS (SELECT 1 FROM agenda_coverage c WHERE c.event = e.id AND c.kind = $12
                               AND c.state NOT IN ('declined', 'cancelled')));

-- :name agenda_series_find     the rule of a series
SELECT * FROM agenda_series WHERE id = $1;

-- :name agenda_series_events   the occurrences that exist, for what a changed rule leaves out
SELECT id, recurrence_at, series, status, source_hash, source_sequence, source_visibility, sequence, slug, visibility,
       starts_at, internal_note, reason
  FROM agenda_event WHERE series = $1 ORDER BY recurrence_at LIMIT 20000;

-- :name agenda_slug_taken      1 when somebody has it
SELECT 1 FROM agenda_event WHERE slug = $1;

-- :name agenda_insert
INSERT INTO agenda_event (id, slug, uid, recurrence_at, series, title, description, internal_note, topics,
                          starts_at, ends_at, wall_start, wall_end, time_zone, all_day, time_to_be_confirmed,
                          status, visibility, place, sequence, source_sequence, source_hash, source_visibility, created_at,
                          changed_at, certainty, calendar, area, headed_by, attendees, attendance, accreditation,
                          accreditation_until, duplicate_of, source)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24,
        $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35);

-- :name agenda_update          $2 is the version that the caller saw: a second editor loses politely
UPDATE agenda_event
   SET slug = $3, title = $4, description = $5, internal_note = $6, topics = $7, starts_at = $8, ends_at = $9,
       wall_start = $10, wall_end = $11, time_zone = $12, all_day = $13, time_to_be_confirmed = $14, status = $15,
       visibility = $16, place = $17, sequence = $18, changed_at = $19, certainty = $20, calendar = $21, area = $22,
       headed_by = $23, attendees = $24, attendance = $25, accreditation = $26, accreditation_until = $27,
       apart = CASE WHEN series IS NULL THEN 0 ELSE 1 END, version = version + 1
 WHERE id = $1 AND version = $2;

-- :name agenda_set_status      cancelled and postponed, with the reason that citizens read
UPDATE agenda_event
   SET status = $3, reason = $4, sequence = sequence + 1, changed_at = $5, certainty = $6,
       apart = CASE WHEN series IS NULL THEN 0 ELSE 1 END, version = version + 1
 WHERE id = $1 AND version = $2;

-- :name agenda_move            rescheduled: where it stood before is kept
UPDATE agenda_event
   SET previous_starts_at = starts_at, starts_at = $3, ends_at = $4, wall_start = $5, wall_end = $6,
       status = $7, reason = $8, time_to_be_confirmed = 0, sequence = sequence + 1, changed_at = $9, certainty = 'eos5',
       apart = CASE WHEN series IS NULL THEN 0 ELSE 1 END, version = version + 1
 WHERE id = $1 AND version = $2;

-- :name agenda_uncovered       why nobody covered it
UPDATE agenda_event SET uncovered_reason = $3, version = version + 1 WHERE id = $1 AND version = $2;

-- ---- events: what citizens see ----

-- :name agenda_public_by_span
SELECT * FROM agenda_public_event
 WHERE starts_at >= $1 AND starts_at < $2 AND (starts_at, id) > ($3, $4)
 ORDER BY starts_at, id LIMIT $5;

-- :name agenda_public_brief    what a list on a page shows: half the columns are half the time
SELECT id, slug, title, starts_at, ends_at, all_day, time_to_be_confirmed, status, place_name, calendar_color FROM agenda_public_event
 WHERE starts_at >= $1 AND starts_at < $2 ORDER BY starts_at, id LIMIT $3;

-- :name agenda_public_count    what agenda_public_by_span lists in all
SELECT count(*) FROM agenda_public_event WHERE starts_at >= $1 AND starts_at < $2;

-- :name agenda_public_by_slug
SELECT * FROM agenda_public_event WHERE slug = $1;

-- :name agenda_public_changed  for feeds
SELECT * FROM agenda_public_event ORDER BY changed_at DESC, id DESC LIMIT $1;

-- ---- places ----

-- :name agenda_place_find
SELECT id, name, address, neighbourhood, district, postcode, lat, lon FROM agenda_place WHERE id = $1;

-- :name agenda_place_same      by folded name and address
SELECT id, name, address, neighbourhood, district, postcode, lat, lon FROM agenda_place WHERE found = $1;

-- :name agenda_place_named     the oldest place of that name, when no address was given
SELECT id, name, address, neighbourhood, district, postcode, lat, lon FROM agenda_place WHERE folded = $1 ORDER BY folded, id LIMIT 1;

-- :name agenda_place_insert
INSERT INTO agenda_place (id, name, address, lat, lon, folded, found, neighbourhood, district, postcode)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);

-- :name agenda_place_locate    a place that had no coordinates gets some
UPDATE agenda_place SET lat = $2, lon = $3 WHERE id = $1;

-- :name agenda_place_names     suggestions for the form
SELECT id, name, address, neighbourhood, district, postcode, lat, lon FROM agenda_place WHERE archived = 0 AND folded >= $1 ORDER BY folded, id LIMIT $2;

-- ---- coverages ----

-- :name agenda_coverage_find   $2 private
SELECT * FROM agenda_desk_coverage
 WHERE id = $1 AND ($2 = 1 OR event_visibility IN ('public', 'internal'));

-- :name agenda_coverages_of    an event's
SELECT * FROM agenda_desk_coverage WHERE event = $1 ORDER BY id LIMIT 200;

-- :name agenda_coverages_open  everybody's that is not over, soonest due first; $1, $2 the last one of the page before
SELECT * FROM agenda_desk_coverage
 WHERE is_open = 1
   AND (due_at, id) > ($1, $2) AND ($3 = 1 OR event_visibility IN ('public', 'internal'))
 ORDER BY due_at, id LIMIT $4;

-- :name agenda_coverages_open_of  one person's
SELECT * FROM agenda_desk_coverage
 WHERE assignee = $5 AND is_open = 1
   AND (due_at, id) > ($1, $2) AND ($3 = 1 OR event_visibility IN ('public', 'internal'))
 ORDER BY due_at, id LIMIT $4;

-- :name agenda_coverages_in    everybody's in one state
SELECT * FROM agenda_desk_coverage
 WHERE state = $5 AND (due_at, id) > ($1, $2) AND ($3 = 1 OR event_visibility IN ('public', 'internal'))
 ORDER BY due_at, id LIMIT $4;

-- Counting is done on an index alone; what an actor may not see is few, and counted apart to be taken off.
-- CROSS JOIN keeps SQLite from beginning with the many coverages.

-- :name agenda_coverages_open_count
SELECT count(*) FROM agenda_coverage
 WHERE is_open = 1;

-- :name agenda_coverages_open_hidden  of events of CLASS:PRIVATE and CONFIDENTIAL
SELECT count(*) FROM agenda_event e CROSS JOIN agenda_coverage c
 WHERE e.visibility IN ('private', 'confidential') AND c.event = e.id
   AND c.is_open = 1;

-- :name agenda_coverages_open_of_count
SELECT count(*) FROM agenda_coverage
 WHERE assignee = $1 AND is_open = 1;

-- :name agenda_coverages_waiting  the same for the menu, on every page: nobody reads more than 999
SELECT count(*) FROM (SELECT 1 FROM agenda_coverage WHERE assignee = $1 AND is_open = 1 LIMIT 999) AS waiting;

-- :name agenda_coverages_open_of_hidden
SELECT count(*) FROM agenda_event e CROSS JOIN agenda_coverage c
 WHERE e.visibility IN ('private', 'confidential') AND c.event = e.id AND c.assignee = $1
   AND c.is_open = 1;

-- :name agenda_coverages_in_count
SELECT count(*) FROM agenda_coverage WHERE state = $1;

-- :name agenda_coverages_in_hidden
SELECT count(*) FROM agenda_event e CROSS JOIN agenda_coverage c
 WHERE e.visibility IN ('private', 'confidential') AND c.event = e.id AND c.state = $1;

-- :name agenda_coverages_late  due before $1 and not yet handed in
SELECT count(*) FROM agenda_coverage
 WHERE is_open = 1
   AND due_at < $1 AND state <> 'delivered';

-- :name agenda_coverages_late_hidden
SELECT count(*) FROM agenda_event e CROSS JOIN agenda_coverage c
 WHERE e.visibility IN ('private', 'confidential') AND c.event = e.id AND c.due_at < $1
   AND c.is_open = 1 AND c.state <> 'delivered';

-- :name agenda_coverages_by_span  of events that start in the span
SELECT * FROM agenda_desk_coverage
 WHERE event_starts_at >= $1 AND event_starts_at < $2 AND ($3 = 1 OR event_visibility IN ('public', 'internal'))
 ORDER BY event_starts_at, event, id LIMIT $4;

-- :name agenda_coverage_insert
INSERT INTO agenda_coverage (id, event, kind, state, assignee, due_at, brief, created_at, changed_at, area, contact,
                             quantity_min, quantity_max, priority, news_status)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15);

-- :name agenda_evidence_insert
INSERT INTO agenda_evidence (id, coverage, kind, url, text, person, at, sha256, filename, type, size, client_key)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12);

-- :name agenda_evidence_of     one coverage's
SELECT v.id, v.coverage, v.kind, v.url, v.text, v.at, v.sha256, v.filename, v.type, v.size, p.name AS "by"
  FROM agenda_evidence v LEFT JOIN people_person p ON p.id = v.person
 WHERE v.coverage = $1 AND v.kind <> 'withdrawn' ORDER BY v.coverage, v.id LIMIT 200;

-- :name agenda_evidence_of_event  all of an event's coverages
SELECT v.id, v.coverage, v.kind, v.url, v.text, v.at, v.sha256, v.filename, v.type, v.size, p.name AS "by"
  FROM agenda_coverage c JOIN agenda_evidence v ON v.coverage = c.id LEFT JOIN people_person p ON p.id = v.person
 WHERE c.event = $1 AND v.kind <> 'withdrawn' ORDER BY v.coverage, v.id LIMIT 2000;

-- :name agenda_evidence_by_span  of events that start in the span; CROSS JOIN keeps SQLite from beginning with all evidence
SELECT v.id, v.coverage, v.kind, v.url, v.text, v.at, v.sha256, v.filename, v.type, v.size, p.name AS "by"
  FROM agenda_event e CROSS JOIN agenda_coverage c CROSS JOIN agenda_evidence v
       LEFT JOIN people_person p ON p.id = v.person
 WHERE e.starts_at >= $1 AND e.starts_at < $2 AND c.event = e.id AND v.coverage = c.id
   AND v.kind <> 'withdrawn'
 ORDER BY v.coverage, v.id LIMIT $3;

-- ---- imports and series ----

-- :name agenda_import_find     what is here of an imported component
SELECT id, recurrence_at, series, status, source_hash, source_sequence, source_visibility, sequence, slug, visibility,
       starts_at, internal_note, reason, source
  FROM agenda_event WHERE uid = $1 AND recurrence_at = $2;

-- :name agenda_import_of_uid   all occurrences of a UID, for METHOD:CANCEL
SELECT id, recurrence_at, series, status, source_hash, source_sequence, source_visibility, sequence, slug, visibility,
       starts_at, internal_note, reason, source
  FROM agenda_event WHERE uid = $1 ORDER BY recurrence_at LIMIT 20000;

-- :name agenda_import_update   what came from the file; the desk's note and its coverages stay
UPDATE agenda_event
   SET slug = $2, series = $3, title = $4, description = $5, topics = $6, starts_at = $7, ends_at = $8,
       wall_start = $9, wall_end = $10, time_zone = $11, all_day = $12, status = $13, visibility = $14, place = $15,
       sequence = $16, source_sequence = $17, source_hash = $18, source_visibility = $19, changed_at = $20,
       previous_starts_at = CASE WHEN starts_at = $7 THEN previous_starts_at ELSE starts_at END,
       reason = $21, certainty = $22, version = version + 1
 WHERE id = $1;

-- :name agenda_import_cancel   the file took it back
UPDATE agenda_event
   SET status = 'cancelled', certainty = 'eos6', reason = NULL, sequence = $2, source_sequence = $3, source_hash = $4, changed_at = $5,
       version = version + 1
 WHERE id = $1;

-- :name agenda_series_by_uid
SELECT * FROM agenda_series WHERE uid = $1;

-- :name agenda_series_insert
INSERT INTO agenda_series (id, uid, rule, wall_start, time_zone, duration, exceptions, additions, expanded_to, ended,
                           title, description, topics, place, all_day, status, visibility, sequence, source_hash, face)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20);

-- :name agenda_series_update
UPDATE agenda_series
   SET rule = $2, wall_start = $3, time_zone = $4, duration = $5, exceptions = $6, additions = $7, expanded_to = $8,
       ended = $9, title = $10, description = $11, topics = $12, place = $13, all_day = $14, status = $15,
       visibility = $16, sequence = $17, source_hash = $18, face = $19
 WHERE id = $1;

-- :name agenda_series_expanded  how far its occurrences exist now
UPDATE agenda_series SET expanded_to = $2, ended = $3 WHERE id = $1;

-- :name agenda_series_due      those whose horizon comes nearer than $1
SELECT * FROM agenda_series WHERE ended = 0 AND expanded_to < $1 ORDER BY expanded_to LIMIT $2;
