-- SPDX-License-Identifier: AGPL-3.0-or-later
-- agenda_event_queries.sql: what belongs to one event: the dates it had, its files, who has it open, the last step.

-- ---- dates that were ----

-- :name agenda_dates_of        of one event, the first one first
SELECT starts_at, ends_at, all_day, verb, reason, at FROM agenda_event_date
 WHERE event = $1 ORDER BY id LIMIT 100;

-- :name agenda_date_insert
INSERT INTO agenda_event_date (id, event, starts_at, ends_at, all_day, verb, reason, at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8);
