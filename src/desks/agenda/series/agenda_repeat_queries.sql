-- SPDX-License-Identifier: AGPL-3.0-or-later
-- agenda_repeat_queries.sql: series at the desk: their rows, and what a change of many does to each.

-- ---- the series ----

-- :name agenda_repeat_insert
INSERT INTO agenda_series (id, uid, rule, wall_start, time_zone, duration, exceptions, additions, expanded_to, ended,
                           title, description, topics, place, all_day, status, visibility, sequence, source_hash, face,
                           calendar, area, headed_by, attendees, internal_note, certainty, accreditation,
                           time_to_be_confirmed, split_from, made_here)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24,
        $25, $26, $27, $28, $29, $30);

-- :name agenda_repeat_update   $2 is the version that was read: a second editor loses politely
UPDATE agenda_series
   SET rule = $3, wall_start = $4, time_zone = $5, duration = $6, exceptions = $7, additions = $8, expanded_to = $9,
       ended = $10, title = $11, description = $12, topics = $13, place = $14, all_day = $15, status = $16,
       visibility = $17, calendar = $18, area = $19, headed_by = $20, attendees = $21, internal_note = $22,
       certainty = $23, accreditation = $24, time_to_be_confirmed = $25, made_here = $26, source = $27,
       sequence = sequence + 1, version = version + 1
 WHERE id = $1 AND version = $2;

-- :name agenda_repeat_divided  1 when somebody let another series go on with this one
SELECT 1 FROM agenda_series WHERE split_from = $1 LIMIT 1;

-- ---- its occurrences ----

-- :name agenda_repeat_rows     those from $2 on, whatever became of them
SELECT id, recurrence_at, starts_at, ends_at, status, visibility, slug, apart, source_hash, version, sequence
  FROM agenda_event WHERE series = $1 AND recurrence_at >= $2 ORDER BY recurrence_at LIMIT 20000;

-- :name agenda_repeat_begin    a single event becomes the first of a series
UPDATE agenda_event
   SET series = $3, recurrence_at = $4, apart = 0, source = NULL, source_hash = NULL, missing_since = NULL, sequence = sequence + 1, changed_at = $5, version = version + 1
 WHERE id = $1 AND version = $2;

-- :name agenda_repeat_belong   which occurrence of which series it is now: nothing that people see, but no file's any more
UPDATE agenda_event
   SET source = NULL, source_hash = NULL, missing_since = NULL, series = $2, uid = $3, recurrence_at = $4, apart = $5
 WHERE id = $1;

-- :name agenda_repeat_compare  apart is what differs from its series: asked when a step was taken back
UPDATE agenda_event
   SET apart = CASE WHEN EXISTS (
           SELECT 1 FROM agenda_series s
            WHERE s.id = agenda_event.series AND agenda_event.starts_at = agenda_event.recurrence_at
              AND (s.all_day = 1 OR s.duration = agenda_event.ends_at - agenda_event.starts_at)
              AND s.all_day = agenda_event.all_day AND s.title = agenda_event.title
              AND s.visibility = agenda_event.visibility AND agenda_event.status NOT IN ('cancelled', 'postponed')
              AND COALESCE(s.description, '') = COALESCE(agenda_event.description, '')
              AND COALESCE(s.topics, '') = COALESCE(agenda_event.topics, '')
              AND COALESCE(s.internal_note, '') = COALESCE(agenda_event.internal_note, '')
              AND COALESCE(s.headed_by, '') = COALESCE(agenda_event.headed_by, '')
              AND COALESCE(s.attendees, '') = COALESCE(agenda_event.attendees, '')
              AND COALESCE(s.accreditation, '') = COALESCE(agenda_event.accreditation, '')
              AND COALESCE(s.place, 0) = COALESCE(agenda_event.place, 0)
              AND COALESCE(s.calendar, 0) = COALESCE(agenda_event.calendar, 0)
              AND COALESCE(s.area, 0) = COALESCE(agenda_event.area, 0)) THEN 0 ELSE 1 END
 WHERE id = $1 AND series IS NOT NULL;

-- :name agenda_repeat_leave    its hour does not exist where its series goes: it is an event by itself from now on
UPDATE agenda_event SET series = NULL, uid = $2, recurrence_at = 0, apart = 0, source = NULL, source_hash = NULL WHERE id = $1;

-- :name agenda_repeat_part     an occurrence that was changed alone, or with its series after all
UPDATE agenda_event SET apart = $2 WHERE id = $1;

-- :name agenda_repeat_follow   it follows its series; $3 says which of the columns change (REPEAT_… of agenda_repeat_step.h)
UPDATE agenda_event
   SET title = CASE WHEN ($3 & 1) <> 0 THEN $4 ELSE title END,
       description = CASE WHEN ($3 & 2) <> 0 THEN $5 ELSE description END,
       topics = CASE WHEN ($3 & 4) <> 0 THEN $6 ELSE topics END,
       internal_note = CASE WHEN ($3 & 8) <> 0 THEN $7 ELSE internal_note END,
       place = CASE WHEN ($3 & 16) <> 0 THEN $8 ELSE place END,
       visibility = CASE WHEN ($3 & 32) <> 0 THEN $9 ELSE visibility END,
       slug = $10,
       calendar = CASE WHEN ($3 & 64) <> 0 THEN $11 ELSE calendar END,
       area = CASE WHEN ($3 & 128) <> 0 THEN $12 ELSE area END,
       headed_by = CASE WHEN ($3 & 256) <> 0 THEN $13 ELSE headed_by END,
       attendees = CASE WHEN ($3 & 512) <> 0 THEN $14 ELSE attendees END,
       accreditation = CASE WHEN ($3 & 1024) <> 0 THEN $15 ELSE accreditation END,
       status = CASE WHEN ($3 & 2048) <> 0 THEN $16 ELSE status END,
       certainty = CASE WHEN ($3 & 2048) <> 0 THEN $17 ELSE certainty END,
       time_to_be_confirmed = CASE WHEN ($3 & 4096) <> 0 THEN $18 ELSE time_to_be_confirmed END,
       starts_at = CASE WHEN ($3 & 8192) <> 0 THEN $19 ELSE starts_at END,
       ends_at = CASE WHEN ($3 & 8192) <> 0 THEN $20 ELSE ends_at END,
       wall_start = CASE WHEN ($3 & 8192) <> 0 THEN $21 ELSE wall_start END,
       wall_end = CASE WHEN ($3 & 8192) <> 0 THEN $22 ELSE wall_end END,
       time_zone = CASE WHEN ($3 & 8192) <> 0 THEN $23 ELSE time_zone END,
       all_day = CASE WHEN ($3 & 8192) <> 0 THEN $24 ELSE all_day END,
       previous_starts_at = CASE WHEN ($3 & 16384) <> 0 THEN starts_at ELSE previous_starts_at END,
       reason = CASE WHEN ($3 & 32768) <> 0 THEN $25 ELSE reason END,
       attendance = CASE WHEN ($3 & 65536) <> 0 THEN $26 ELSE attendance END,
       accreditation_until = CASE WHEN ($3 & 131072) <> 0 THEN $27 ELSE accreditation_until END,
       sequence = sequence + $28, changed_at = CASE WHEN $28 = 1 THEN $29 ELSE changed_at END, version = version + 1
 WHERE id = $1 AND version = $2;

-- :name agenda_repeat_drop     the rule does not give it any more
UPDATE agenda_event
   SET status = 'cancelled', certainty = 'eos6', reason = $3, sequence = sequence + 1, changed_at = $4, version = version + 1
 WHERE id = $1 AND version = $2;

-- ---- what a change would touch: $2 from which occurrence on, $3 now, $4 private ----

-- :name agenda_repeat_to_come  those that would change
SELECT count(*) FROM agenda_event
 WHERE series = $1 AND recurrence_at >= $2 AND starts_at > $3 AND apart = 0 AND status NOT IN ('cancelled', 'held')
   AND ($4 = 1 OR visibility IN ('public', 'internal'));

-- :name agenda_repeat_apart    those that were changed alone
SELECT count(*) FROM agenda_event
 WHERE series = $1 AND recurrence_at >= $2 AND starts_at > $3 AND apart = 1 AND status NOT IN ('cancelled', 'held')
   AND ($4 = 1 OR visibility IN ('public', 'internal'));

-- :name agenda_repeat_past     those that took place, or should have
SELECT count(*) FROM agenda_event
 WHERE series = $1 AND recurrence_at >= $2 AND starts_at <= $3 AND status <> 'cancelled'
   AND ($4 = 1 OR visibility IN ('public', 'internal'));

-- ---- a step over a series as one ----

-- :name agenda_batch_members
SELECT id, series, recurrence_at, source, missing_since, version, uid, source_hash, apart
  FROM agenda_event WHERE series = $1 ORDER BY recurrence_at LIMIT 20000;

-- :name agenda_batch_member
SELECT id, series, recurrence_at, source, missing_since, version, uid, source_hash, apart FROM agenda_event WHERE id = $1;

-- :name agenda_batch_insert    the row that stands for the whole
INSERT INTO agenda_undo (id, person, event, verb, version, before, batch, at) VALUES ($1, $2, $3, 'series', 0, $4, $1, $5);

-- :name agenda_batch_join      the steps since it began belong to it
UPDATE agenda_undo SET batch = $2 WHERE person = $1 AND id > $2 AND batch IS NULL;

-- :name agenda_batch_find
SELECT id, person, event, verb, version, before, at, undone_at, batch FROM agenda_undo WHERE id = $1;

-- :name agenda_batch_steps
SELECT id, person, event, verb, version, before, at, undone_at, batch FROM agenda_undo
 WHERE batch = $1 AND id <> $1 ORDER BY batch, id LIMIT 20000;

-- :name agenda_batch_changed   an event that somebody changed after the step
SELECT u.event FROM agenda_undo u JOIN agenda_event e ON e.id = u.event
 WHERE u.batch = $1 AND u.id <> $1 AND u.version <> e.version LIMIT 1;

-- :name agenda_batch_done
UPDATE agenda_undo SET undone_at = $2 WHERE batch = $1 AND undone_at IS NULL;

-- :name agenda_batch_park      places in a series are taken once: all give theirs up before each gets its own
UPDATE agenda_event SET recurrence_at = -id WHERE series = $1;

-- :name agenda_batch_belong    $6: as the step left it; who changed it alone since lets it stand apart
UPDATE agenda_event
   SET series = $2, uid = $3, recurrence_at = $4, apart = CASE WHEN version = $6 THEN $5 ELSE apart END, source = $7,
       source_hash = $8, missing_since = $9
 WHERE id = $1;

-- :name agenda_batch_origin
UPDATE agenda_series SET split_from = $2, uid = $3 WHERE id = $1;
