-- SPDX-License-Identifier: AGPL-3.0-or-later
-- press_figure_queries.sql: what the month's report counts of releases. Each count is the total of a list of press_list or
-- press_pickups; $3 is the area, 0 for the whole office.

-- :name press_figure_published      first publications in the span
SELECT count(*) FROM press_release r WHERE r.published_at >= $1 AND r.published_at < $2 AND ($3 = 0 OR r.area = $3);

-- :name press_figure_withdrawn      published in the span, and withdrawn since
SELECT count(*) FROM press_release r
 WHERE r.published_at >= $1 AND r.published_at < $2 AND r.state = 'withdrawn' AND ($3 = 0 OR r.area = $3);

-- :name press_figure_corrected      releases with at least one correction in the span
SELECT count(DISTINCT e.release) FROM press_edition e JOIN press_release r ON r.id = e.release
 WHERE e.number > 1 AND e.at >= $1 AND e.at < $2 AND ($3 = 0 OR r.area = $3);

-- :name press_figure_waits          from an event's beginning to the first publication, of what was published in the span
SELECT e.starts_at AS from_at, r.published_at AS to_at
  FROM press_release r JOIN agenda_event e ON e.id = r.event
 WHERE r.published_at >= $1 AND r.published_at < $2 AND r.source IS NULL AND ($3 = 0 OR r.area = $3)
 ORDER BY r.published_at LIMIT $4;
