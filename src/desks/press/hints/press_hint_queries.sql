-- SPDX-License-Identifier: AGPL-3.0-or-later
-- press_hint_queries.sql: names that a dictionary does not know and the city does.

-- :name press_place_names
SELECT name, neighbourhood FROM agenda_place WHERE archived = 0 ORDER BY folded, id LIMIT 500;
