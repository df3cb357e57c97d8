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
