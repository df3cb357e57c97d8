-- SPDX-License-Identifier: AGPL-3.0-or-later
-- people_notice_queries.sql: what each person is told, and who is away.

-- ---- notices ----

-- :name people_notice_add           the same key tells one person once
INSERT INTO people_notice (id, person, at, subject, subject_id, address, kind, title, detail, key)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
    ON CONFLICT DO NOTHING;

-- :name people_notices              newest first
SELECT id, person, at, seen_at, subject, subject_id, address, kind, title, detail
  FROM people_notice WHERE person = $1 AND id < $2 ORDER BY id DESC LIMIT $3;

-- :name people_notices_unread       likewise, those not read yet
SELECT id, person, at, seen_at, subject, subject_id, address, kind, title, detail
  FROM people_notice WHERE person = $1 AND seen_at IS NULL AND id < $2 ORDER BY id DESC LIMIT $3;

-- :name people_notices_unseen       on every page of the desk: nobody reads more than 999
SELECT count(*) FROM (SELECT 1 FROM people_notice WHERE person = $1 AND seen_at IS NULL LIMIT 999) AS unseen;

-- :name people_notice_find          one of one's own
SELECT id, person, at, seen_at, subject, subject_id, address, kind, title, detail
  FROM people_notice WHERE id = $1 AND person = $2;

-- :name people_notice_see
UPDATE people_notice SET seen_at = $3 WHERE id = $1 AND person = $2 AND seen_at IS NULL;

-- :name people_notices_see_all
UPDATE people_notice SET seen_at = $2 WHERE person = $1 AND seen_at IS NULL;

-- ---- absences ----

-- :name people_absence_add
INSERT INTO people_absence (id, person, from_at, to_at, kind, made_by, at) VALUES ($1, $2, $3, $4, $5, $6, $7);

-- :name people_absence_find
SELECT a.id, a.person, p.name AS person_name, a.from_at, a.to_at, a.kind
  FROM people_absence a JOIN people_person p ON p.id = a.person WHERE a.id = $1;

-- :name people_absence_drop
DELETE FROM people_absence WHERE id = $1;

-- :name people_absences_of          one person's that are not over at $2
SELECT a.id, a.person, p.name AS person_name, a.from_at, a.to_at, a.kind
  FROM people_absence a JOIN people_person p ON p.id = a.person
 WHERE a.person = $1 AND a.to_at > $2 ORDER BY a.to_at, a.id LIMIT $3;

-- :name people_absences_in          everybody's that touch the span from $1 to $2
SELECT a.id, a.person, p.name AS person_name, a.from_at, a.to_at, a.kind
  FROM people_absence a JOIN people_person p ON p.id = a.person
 WHERE a.to_at > $1 AND a.from_at < $2 ORDER BY a.to_at, a.id LIMIT $3;

-- :name people_absence_overlaps
SELECT count(*) FROM people_absence WHERE person = $1 AND to_at > $2 AND from_at < $3;
