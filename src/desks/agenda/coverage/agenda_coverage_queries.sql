-- SPDX-License-Identifier: AGPL-3.0-or-later
-- agenda_coverage_queries.sql: coverages on their way, contacts, links that answer, boards and months.

-- ---- one coverage ----

-- :name agenda_coverage_keep   $2 is the version that the caller saw
UPDATE agenda_coverage
   SET state = $3, assignee = $4, area = $5, contact = $6, reason = $7, changed_at = $8, accepted_at = $9,
       started_at = $10, delivered_at = $11, approved_at = $12, quantity_delivered = $13, worked_minutes = $14,
       version = version + 1
 WHERE id = $1 AND version = $2;

-- :name agenda_coverage_change  what is wanted; $2 is the version that the caller saw
UPDATE agenda_coverage
   SET kind = $3, due_at = $4, brief = $5, quantity_min = $6, quantity_max = $7, priority = $8, news_status = $9,
       changed_at = $10, version = version + 1
 WHERE id = $1 AND version = $2;

-- ---- evidence ----

-- :name agenda_evidence_by_key  whose delivery brought it
SELECT coverage FROM agenda_evidence WHERE client_key = $1;

-- :name agenda_evidence_find   $2 private
SELECT v.id, v.coverage, v.kind, v.url, v.text, v.at, v.sha256, v.filename, v.type, v.size, p.name AS "by"
  FROM agenda_evidence v JOIN agenda_coverage c ON c.id = v.coverage JOIN agenda_event e ON e.id = c.event
       LEFT JOIN people_person p ON p.id = v.person
 WHERE v.id = $1 AND v.kind <> 'withdrawn' AND ($2 = 1 OR e.visibility IN ('public', 'internal'));

-- :name agenda_evidence_drop   of a delivery without a key
DELETE FROM agenda_evidence WHERE id = $1 AND coverage = $2 AND client_key IS NULL;

-- :name agenda_evidence_empty  the key stays, so that a telephone that sends the delivery again is not taken anew
UPDATE agenda_evidence
   SET kind = 'withdrawn', url = NULL, text = '', sha256 = NULL, filename = NULL, type = NULL, size = NULL
 WHERE id = $1 AND coverage = $2 AND client_key IS NOT NULL;

-- ---- contacts ----

-- :name agenda_contact_find
SELECT id, name, organisation, mail, phone, note, active, version FROM agenda_contact WHERE id = $1;

-- :name agenda_contacts        by name
SELECT id, name, organisation, mail, phone, note, active, version FROM agenda_contact
 WHERE active = $1 ORDER BY name, id LIMIT $2;

-- :name agenda_contact_add
INSERT INTO agenda_contact (id, name, organisation, mail, phone, note, active) VALUES ($1, $2, $3, $4, $5, $6, 1);

-- :name agenda_contact_change  $2 is the version that the caller saw
UPDATE agenda_contact SET name = $3, organisation = $4, mail = $5, phone = $6, note = $7, active = $8, version = version + 1
 WHERE id = $1 AND version = $2;

-- ---- links that answer ----

-- :name agenda_answer_add
INSERT INTO agenda_answer (hash, coverage, assignee, contact, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6);

-- :name agenda_answer_end      earlier ones of the same coverage
UPDATE agenda_answer SET expires_at = $2 WHERE coverage = $1 AND used_at IS NULL AND expires_at > $2;

-- :name agenda_answer_find     what whoever has it may read
SELECT a.coverage, a.expires_at, a.used_at, a.answer, a.assignee, a.contact, c.state, c.assignee AS now_assignee,
       c.contact AS now_contact, c.kind, c.brief, c.quantity_min, c.quantity_max, e.title, e.starts_at, e.ends_at,
       e.all_day, e.time_to_be_confirmed, e.status AS event_status, p.name AS place_name, p.address AS place_address,
       p.lat, p.lon, COALESCE(w.name, o.name) AS who, CASE WHEN w.state = 'blocked' THEN 1 ELSE 0 END AS blocked
  FROM agenda_answer a JOIN agenda_coverage c ON c.id = a.coverage JOIN agenda_event e ON e.id = c.event
       LEFT JOIN agenda_place p ON p.id = e.place LEFT JOIN people_person w ON w.id = a.assignee
       LEFT JOIN agenda_contact o ON o.id = a.contact
 WHERE a.hash = $1;

-- :name agenda_answer_use      once
UPDATE agenda_answer SET used_at = $2, answer = $3 WHERE hash = $1 AND used_at IS NULL;

-- ---- clashes ----

-- :name agenda_coverages_around  of events that touch the span; those that began before $3 are over by then; NOT IN, so
-- that the states' index does not lead through the coverages of all years
SELECT * FROM agenda_desk_coverage
 WHERE event_starts_at >= $3 AND event_starts_at < $2 AND event_ends_at > $1
   AND state NOT IN ('proposed', 'declined', 'cancelled')
   AND event_status NOT IN ('cancelled', 'postponed')
 ORDER BY event_starts_at, event, id LIMIT $4;

-- ---- boards and months ----

-- :name agenda_board           the soonest due $3 of each state: open ones due since $4, what ended since $1; $2 private. One short
-- walk on the states' index each, however many there are
SELECT * FROM (SELECT * FROM agenda_desk_coverage WHERE state = 'proposed' AND due_at >= $4
                  AND ($2 = 1 OR event_visibility IN ('public', 'internal')) ORDER BY due_at, id LIMIT $3) AS proposed_ones
UNION ALL
SELECT * FROM (SELECT * FROM agenda_desk_coverage WHERE state = 'declined' AND due_at >= $1
                  AND ($2 = 1 OR event_visibility IN ('public', 'internal')) ORDER BY due_at, id LIMIT $3) AS declined_ones
UNION ALL
SELECT * FROM (SELECT * FROM agenda_desk_coverage WHERE state = 'assigned' AND due_at >= $4
                  AND ($2 = 1 OR event_visibility IN ('public', 'internal')) ORDER BY due_at, id LIMIT $3) AS assigned_ones
UNION ALL
SELECT * FROM (SELECT * FROM agenda_desk_coverage WHERE state = 'accepted' AND due_at >= $4
                  AND ($2 = 1 OR event_visibility IN ('public', 'internal')) ORDER BY due_at, id LIMIT $3) AS accepted_ones
UNION ALL
SELECT * FROM (SELECT * FROM agenda_desk_coverage WHERE state = 'in_progress' AND due_at >= $4
                  AND ($2 = 1 OR event_visibility IN ('public', 'internal')) ORDER BY due_at, id LIMIT $3) AS in_progress_ones
UNION ALL
SELECT * FROM (SELECT * FROM agenda_desk_coverage WHERE state = 'returned' AND due_at >= $4
                  AND ($2 = 1 OR event_visibility IN ('public', 'internal')) ORDER BY due_at, id LIMIT $3) AS returned_ones
UNION ALL
SELECT * FROM (SELECT * FROM agenda_desk_coverage WHERE state = 'delivered' AND due_at >= $4
                  AND ($2 = 1 OR event_visibility IN ('public', 'internal')) ORDER BY due_at, id LIMIT $3) AS delivered_ones
UNION ALL
SELECT * FROM (SELECT * FROM agenda_desk_coverage WHERE state = 'approved' AND due_at >= $1
                  AND ($2 = 1 OR event_visibility IN ('public', 'internal')) ORDER BY due_at, id LIMIT $3) AS approved_ones;

-- :name agenda_board_counts    how many each state has; on the index alone
SELECT state, count(*) AS of_state FROM agenda_coverage
 WHERE state IN ('proposed', 'assigned', 'accepted', 'in_progress', 'returned', 'delivered') AND due_at >= $2
 GROUP BY state
UNION ALL
SELECT state, count(*) AS of_state FROM agenda_coverage
 WHERE state IN ('approved', 'declined') AND due_at >= $1
 GROUP BY state LIMIT 10;

-- :name agenda_board_hidden    of them: of events of CLASS:PRIVATE and CONFIDENTIAL
SELECT c.state, count(*) AS of_state FROM agenda_event e CROSS JOIN agenda_coverage c
 WHERE e.visibility IN ('private', 'confidential') AND c.event = e.id
   AND ((c.state IN ('approved', 'declined') AND c.due_at >= $1)
        OR (c.state NOT IN ('approved', 'declined', 'cancelled') AND c.due_at >= $2))
 GROUP BY c.state LIMIT 10;

-- :name agenda_heat            how many coverages each person has by the event's start; from the events, see agenda_queries.sql
SELECT c.assignee AS person, e.starts_at, e.all_day
  FROM agenda_event e CROSS JOIN agenda_coverage c
 WHERE e.starts_at >= $1 AND e.starts_at < $2 AND c.event = e.id AND c.assignee IS NOT NULL AND e.status NOT IN ('cancelled', 'postponed')
   AND c.state IN ('assigned', 'accepted', 'in_progress', 'delivered', 'returned', 'approved')
   AND ($3 = 1 OR e.visibility IN ('public', 'internal'))
 ORDER BY e.starts_at LIMIT $4;

-- :name agenda_heat_uncovered  public events that nobody was asked for
SELECT 0 AS person, e.starts_at, e.all_day
  FROM agenda_event e
 WHERE e.starts_at >= $1 AND e.starts_at < $2 AND e.visibility = 'public' AND e.status NOT IN ('cancelled', 'postponed')
   AND NOT EXISTS (SELECT 1 FROM agenda_coverage c WHERE c.event = e.id
                      AND c.state IN ('assigned', 'accepted', 'in_progress', 'delivered', 'returned', 'approved'))
 ORDER BY e.starts_at LIMIT $3;

-- ---- the alarm ----

-- :name agenda_alarm_uncovered  public events of the span that nobody was asked for
SELECT * FROM agenda_desk_event e
 WHERE e.starts_at >= $1 AND e.starts_at < $2 AND e.stands = 1
   AND NOT EXISTS (SELECT 1 FROM agenda_coverage c WHERE c.event = e.id
                      AND c.state IN ('assigned', 'accepted', 'in_progress', 'delivered', 'returned', 'approved'))
 ORDER BY e.starts_at, e.id LIMIT $3;

-- :name agenda_alarm_uncovered_count
SELECT count(*) FROM agenda_event e
 WHERE e.starts_at >= $1 AND e.starts_at < $2 AND e.visibility = 'public' AND e.status NOT IN ('cancelled', 'postponed')
   AND NOT EXISTS (SELECT 1 FROM agenda_coverage c WHERE c.event = e.id
                      AND c.state IN ('assigned', 'accepted', 'in_progress', 'delivered', 'returned', 'approved'));

-- :name agenda_alarm_due       open and not handed in, due in the span
SELECT * FROM agenda_desk_coverage
 WHERE is_open = 1 AND due_at >= $1 AND due_at < $2 AND state IN ('assigned', 'accepted', 'in_progress', 'returned')
 ORDER BY due_at, id LIMIT $3;

-- :name agenda_unexplained     events of the span that are over, not covered, and nobody said why
SELECT * FROM agenda_desk_event
 WHERE starts_at >= $1 AND starts_at < $2 AND ends_at < $3 AND stands = 1 AND approved_count = 0
   AND uncovered_reason IS NULL
 ORDER BY starts_at, id LIMIT $4;

-- :name agenda_worked_minutes  of an event, as those who did it say
SELECT COALESCE(SUM(worked_minutes), 0) FROM agenda_coverage WHERE event = $1 AND worked_minutes IS NOT NULL;
