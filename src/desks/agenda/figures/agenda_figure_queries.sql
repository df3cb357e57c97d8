-- SPDX-License-Identifier: AGPL-3.0-or-later
-- agenda_figure_queries.sql: what the month's report counts of the agenda, and the lists behind its figures.
-- All of it is of public events, so that a figure is the same whoever asks for it.

-- :name agenda_figure_events   a list of a figure; $3 a word of agenda_figure_words, $4 an area or 0, $5 $6 the last one before
SELECT * FROM agenda_desk_event e
 WHERE e.starts_at >= $1 AND e.starts_at < $2 AND e.visibility = 'public' AND ($4 = 0 OR e.area = $4)
   AND (e.starts_at, e.id) > ($5, $6)
   AND CASE $3
       WHEN 'events_held' THEN e.stands = 1
       WHEN 'events_covered' THEN e.stands = 1 AND e.approved_count > 0
       WHEN 'events_not_covered' THEN e.stands = 1 AND e.approved_count = 0
       WHEN 'events_unexplained' THEN e.stands = 1 AND e.approved_count = 0 AND COALESCE(e.uncovered_reason, '') = ''
       WHEN 'events_cancelled' THEN e.status = 'cancelled'
       WHEN 'events_postponed' THEN e.status IN ('postponed', 'rescheduled')
       WHEN 'events_live' THEN e.stands = 1 AND EXISTS
            (SELECT 1 FROM agenda_coverage c WHERE c.event = e.id AND c.state = 'approved' AND c.kind IN ('stream', 'live_text'))
       WHEN 'events_photographed' THEN e.stands = 1 AND EXISTS
            (SELECT 1 FROM agenda_coverage c WHERE c.event = e.id AND c.state = 'approved' AND c.kind = 'photo')
       WHEN 'events_delivered' THEN e.stands = 1 AND EXISTS
            (SELECT 1 FROM agenda_coverage c WHERE c.event = e.id AND c.state IN ('delivered', 'approved') AND c.delivered_at IS NOT NULL)
       ELSE 1 = 0 END
 ORDER BY e.starts_at, e.id LIMIT $7;

-- :name agenda_figure_events_count   what agenda_figure_events lists in all: the same conditions, without the list's joins
SELECT count(*) FROM agenda_event e
 WHERE e.starts_at >= $1 AND e.starts_at < $2 AND e.visibility = 'public' AND ($4 = 0 OR e.area = $4)
   AND CASE $3
       WHEN 'events_cancelled' THEN e.status = 'cancelled'
       WHEN 'events_postponed' THEN e.status IN ('postponed', 'rescheduled')
       ELSE e.status NOT IN ('cancelled', 'postponed') END
   AND CASE $3
       WHEN 'events_held' THEN 1 = 1
       WHEN 'events_cancelled' THEN 1 = 1
       WHEN 'events_postponed' THEN 1 = 1
       WHEN 'events_covered' THEN EXISTS
            (SELECT 1 FROM agenda_coverage c WHERE c.event = e.id AND c.state = 'approved')
       WHEN 'events_not_covered' THEN NOT EXISTS
            (SELECT 1 FROM agenda_coverage c WHERE c.event = e.id AND c.state = 'approved')
       WHEN 'events_unexplained' THEN COALESCE(e.uncovered_reason, '') = '' AND NOT EXISTS
            (SELECT 1 FROM agenda_coverage c WHERE c.event = e.id AND c.state = 'approved')
       WHEN 'events_live' THEN EXISTS
            (SELECT 1 FROM agenda_coverage c WHERE c.event = e.id AND c.state = 'approved' AND c.kind IN ('stream', 'live_text'))
       WHEN 'events_photographed' THEN EXISTS
            (SELECT 1 FROM agenda_coverage c WHERE c.event = e.id AND c.state = 'approved' AND c.kind = 'photo')
       WHEN 'events_delivered' THEN EXISTS
            (SELECT 1 FROM agenda_coverage c WHERE c.event = e.id AND c.state IN ('delivered', 'approved') AND c.delivered_at IS NOT NULL)
       ELSE 1 = 0 END;

-- :name agenda_figure_coverages   of public events that stand; $3 a word of agenda_work_words, $4 an area or 0, $5 a kind or '', $6 a person or 0
SELECT c.* FROM agenda_desk_coverage c LEFT JOIN people_person w ON w.id = c.assignee
 WHERE c.event_starts_at >= $1 AND c.event_starts_at < $2 AND c.event_visibility = 'public'
   AND c.event_status NOT IN ('cancelled', 'postponed')
   AND ($4 = 0 OR COALESCE(c.area, w.area) = $4) AND ($5 = '' OR c.kind = $5) AND ($6 = 0 OR c.assignee = $6)
   AND (c.event_starts_at, c.id) > ($7, $8)
   AND CASE $3
       WHEN 'coverages_planned' THEN c.state <> 'cancelled'
       WHEN 'coverages_delivered' THEN c.state IN ('delivered', 'approved')
       WHEN 'coverages_approved' THEN c.state = 'approved'
       WHEN 'coverages_on_time' THEN c.state IN ('delivered', 'approved') AND c.delivered_at <= c.due_at
       WHEN 'coverages_declined' THEN c.state = 'declined'
       WHEN 'person_minutes' THEN c.state IN ('delivered', 'approved') AND c.worked_minutes IS NOT NULL
       ELSE 1 = 0 END
 ORDER BY c.event_starts_at, c.id LIMIT $9;

-- :name agenda_figure_coverages_count   what agenda_figure_coverages lists in all: the same conditions, without the list's joins
SELECT count(*)
  FROM agenda_event e JOIN agenda_coverage c ON c.event = e.id
 WHERE e.starts_at >= $1 AND e.starts_at < $2 AND e.visibility = 'public' AND e.status NOT IN ('cancelled', 'postponed')
   AND ($4 = 0 OR COALESCE(c.area, (SELECT w.area FROM people_person w WHERE w.id = c.assignee)) = $4)
   AND ($5 = '' OR c.kind = $5) AND ($6 = 0 OR c.assignee = $6)
   AND CASE $3
       WHEN 'coverages_planned' THEN c.state <> 'cancelled'
       WHEN 'coverages_delivered' THEN c.state IN ('delivered', 'approved')
       WHEN 'coverages_approved' THEN c.state = 'approved'
       WHEN 'coverages_on_time' THEN c.state IN ('delivered', 'approved') AND c.delivered_at <= c.due_at
       WHEN 'coverages_declined' THEN c.state = 'declined'
       WHEN 'person_minutes' THEN c.state IN ('delivered', 'approved') AND c.worked_minutes IS NOT NULL
       ELSE 1 = 0 END;

-- :name agenda_figure_minutes   what the people who did it said; $3 an area or 0
SELECT COALESCE(sum(c.worked_minutes), 0)
  FROM agenda_event e JOIN agenda_coverage c ON c.event = e.id
 WHERE e.starts_at >= $1 AND e.starts_at < $2 AND e.visibility = 'public' AND e.status NOT IN ('cancelled', 'postponed')
   AND c.state IN ('delivered', 'approved')
   AND ($3 = 0 OR COALESCE(c.area, (SELECT w.area FROM people_person w WHERE w.id = c.assignee)) = $3);

-- :name agenda_figure_first_deliveries   from the event's start to the first thing handed in; $3 an area or 0
SELECT e.starts_at AS from_at, MIN(c.delivered_at) AS to_at
  FROM agenda_event e JOIN agenda_coverage c ON c.event = e.id
 WHERE e.starts_at >= $1 AND e.starts_at < $2 AND e.visibility = 'public' AND e.status NOT IN ('cancelled', 'postponed')
   AND c.state IN ('delivered', 'approved') AND c.delivered_at IS NOT NULL AND ($3 = 0 OR e.area = $3)
 GROUP BY e.id, e.starts_at LIMIT $4;

-- :name agenda_figure_month   the events of a span as the tables of the report need them
SELECT e.id, e.starts_at, e.topics, e.area, e.area_name, e.approved_count FROM agenda_desk_event e
 WHERE e.starts_at >= $1 AND e.starts_at < $2 AND e.visibility = 'public' AND e.stands = 1
 ORDER BY e.starts_at, e.id LIMIT $3;

-- :name agenda_figure_work   the coverages of a span, likewise
SELECT c.kind, c.state, c.assignee, w.name AS person_name, COALESCE(c.area, w.area) AS area, a.name AS area_name,
       c.due_at, c.delivered_at, c.worked_minutes
  FROM agenda_event e JOIN agenda_coverage c ON c.event = e.id
       LEFT JOIN people_person w ON w.id = c.assignee LEFT JOIN people_area a ON a.id = COALESCE(c.area, w.area)
 WHERE e.starts_at >= $1 AND e.starts_at < $2 AND e.visibility = 'public' AND e.status NOT IN ('cancelled', 'postponed')
   AND c.state NOT IN ('cancelled') ORDER BY c.id LIMIT $3;
