-- SPDX-License-Identifier: AGPL-3.0-or-later
-- agenda_field_queries.sql: what somebody takes along into the street.

-- :name agenda_field_tasks     of $1, and of the team $2 as long as nobody took it: open ones that are due or happen before
--                              $4, and approved ones that were due from $3 on; $5 private
SELECT c.id, c.event, c.assignee, c.area, c.due_at, c.version, c.priority, c.quantity_min, c.quantity_max, c.kind,
       c.state, c.brief, c.reason, e.title AS event_title, e.internal_note AS event_note, e.headed_by, e.accreditation,
       e.starts_at AS event_starts_at, e.ends_at AS event_ends_at, e.all_day AS event_all_day,
       e.time_to_be_confirmed AS event_tbc, e.status AS event_status,
       p.name AS place_name, p.address AS place_address, p.neighbourhood AS place_neighbourhood,
       p.district AS place_district, p.internal_note AS place_note, p.lat AS place_lat, p.lon AS place_lon,
       t.name AS area_name, w.name AS assigned_by, w.mail AS assigned_by_mail
  FROM agenda_coverage c JOIN agenda_event e ON e.id = c.event LEFT JOIN agenda_place p ON p.id = e.place
       LEFT JOIN people_area t ON t.id = c.area
       LEFT JOIN people_person w
              ON w.id = (SELECT j.actor FROM journal_line j
                          WHERE j.subject = 'agenda_coverage' AND j.subject_id = c.id AND j.verb = 'assigned'
                          ORDER BY j.id DESC LIMIT 1)
 WHERE c.id IN (SELECT o.id FROM agenda_coverage o WHERE o.assignee = $1 AND o.is_open = 1
                 UNION ALL
                SELECT m.id FROM agenda_coverage m WHERE m.area = $2 AND m.is_open = 1 AND m.assignee IS NULL
                 UNION ALL
                SELECT d.id FROM agenda_coverage d
                 WHERE d.assignee = $1 AND d.is_open = 0 AND d.due_at >= $3 AND d.state = 'approved')
   AND c.state <> 'proposed' AND (c.due_at < $4 OR e.starts_at < $4) AND ($5 = 1 OR e.visibility IN ('public', 'internal'))
 ORDER BY e.starts_at, c.id LIMIT $6;
