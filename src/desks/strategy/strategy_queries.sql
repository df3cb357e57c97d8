-- SPDX-License-Identifier: AGPL-3.0-or-later
-- strategy_queries.sql: every statement of the strategy room.

-- ---- goals ----

-- :name strategy_goal_find
SELECT g.id, g.indicator, g.period, g.area, g.target, g.changed_at, g.version, p.name AS person_name
  FROM strategy_goal g LEFT JOIN people_person p ON p.id = g.person WHERE g.id = $1;

-- :name strategy_goal_of
SELECT g.id, g.indicator, g.period, g.area, g.target, g.changed_at, g.version, p.name AS person_name
  FROM strategy_goal g LEFT JOIN people_person p ON p.id = g.person
 WHERE g.indicator = $1 AND g.period = $2 AND g.area = $3;

-- :name strategy_goals          of a period and an area
SELECT g.id, g.indicator, g.period, g.area, g.target, g.changed_at, g.version, p.name AS person_name
  FROM strategy_goal g LEFT JOIN people_person p ON p.id = g.person
 WHERE g.period = $1 AND g.area = $2 ORDER BY g.indicator LIMIT $3;

-- :name strategy_goal_add
INSERT INTO strategy_goal (id, indicator, period, area, target, person, changed_at) VALUES ($1, $2, $3, $4, $5, $6, $7);

-- :name strategy_goal_set       $2 is the version that the caller saw
UPDATE strategy_goal SET target = $3, person = $4, changed_at = $5, version = version + 1 WHERE id = $1 AND version = $2;

-- :name strategy_goal_drop      likewise
DELETE FROM strategy_goal WHERE id = $1 AND version = $2;

-- ---- typed figures ----

-- :name strategy_figure_of
SELECT f.id, f.indicator, f.month, f.area, f.value, f.url, f.text, f.sha256, f.filename, f.changed_at, f.version,
       p.name AS person_name
  FROM strategy_figure f LEFT JOIN people_person p ON p.id = f.person
 WHERE f.indicator = $1 AND f.month = $2 AND f.area = $3;

-- :name strategy_figure_find
SELECT f.id, f.indicator, f.month, f.area, f.value, f.url, f.text, f.sha256, f.filename, f.changed_at, f.version,
       p.name AS person_name
  FROM strategy_figure f LEFT JOIN people_person p ON p.id = f.person
 WHERE f.id = $1;

-- :name strategy_figure_total   of the months from $2 to $3; NULL when nothing was typed
SELECT sum(value) FROM strategy_figure WHERE indicator = $1 AND month >= $2 AND month <= $3 AND area = $4;

-- :name strategy_figure_add
INSERT INTO strategy_figure (id, indicator, month, area, value, url, text, sha256, filename, person, changed_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11);

-- :name strategy_figure_set     $2 is the version that the caller saw
UPDATE strategy_figure
   SET value = $3, url = $4, text = $5, sha256 = $6, filename = $7, person = $8, changed_at = $9, version = version + 1
 WHERE id = $1 AND version = $2;
