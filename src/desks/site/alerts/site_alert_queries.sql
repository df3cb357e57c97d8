-- SPDX-License-Identifier: AGPL-3.0-or-later
-- site_alert_queries.sql: every statement about alerts.

-- :name site_alert_find
SELECT a.id, a.level, a.state, a.exercise, a.category, a.event, a.urgency, a.severity, a.certainty, a.headline, a.text,
       a.instruction, a.area, a.url, a.raised_by, a.raised_at, a.confirmed_by, a.confirmed_at, a.expires_at, a.ended_by,
       a.ended_at, a.reason, a.updates, a.version, r.name AS raised_name, c.name AS confirmed_name, e.name AS ended_name,
       (SELECT max(n.id) FROM site_alert n WHERE n.updates = a.id AND n.confirmed_at IS NOT NULL) AS follower
  FROM site_alert a LEFT JOIN people_person r ON r.id = a.raised_by
  LEFT JOIN people_person c ON c.id = a.confirmed_by LEFT JOIN people_person e ON e.id = a.ended_by
 WHERE a.id = $1;

-- :name site_alerts_in_state       in state $1 and not over at $2
SELECT a.id, a.level, a.state, a.exercise, a.category, a.event, a.urgency, a.severity, a.certainty, a.headline, a.text,
       a.instruction, a.area, a.url, a.raised_by, a.raised_at, a.confirmed_by, a.confirmed_at, a.expires_at, a.ended_by,
       a.ended_at, a.reason, a.updates, a.version, r.name AS raised_name, c.name AS confirmed_name
  FROM site_alert a LEFT JOIN people_person r ON r.id = a.raised_by LEFT JOIN people_person c ON c.id = a.confirmed_by
 WHERE a.state = $1 AND a.expires_at > $2 ORDER BY a.expires_at, a.id LIMIT $3;

-- :name site_alerts_before         the desk's list, newest first
SELECT a.id, a.level, a.state, a.exercise, a.category, a.event, a.urgency, a.severity, a.certainty, a.headline, a.text,
       a.instruction, a.area, a.url, a.raised_by, a.raised_at, a.confirmed_by, a.confirmed_at, a.expires_at, a.ended_by,
       a.ended_at, a.reason, a.updates, a.version, r.name AS raised_name, c.name AS confirmed_name, e.name AS ended_name,
       (SELECT max(n.id) FROM site_alert n WHERE n.updates = a.id AND n.confirmed_at IS NOT NULL) AS follower
  FROM site_alert a LEFT JOIN people_person r ON r.id = a.raised_by
  LEFT JOIN people_person c ON c.id = a.confirmed_by LEFT JOIN people_person e ON e.id = a.ended_by
 WHERE a.id < $1 ORDER BY a.id DESC LIMIT $2;

-- :name site_alerts_public         what was confirmed, newest first, from ($1, $2) on
SELECT a.id, a.level, a.state, a.exercise, a.category, a.event, a.urgency, a.severity, a.certainty, a.headline, a.text,
       a.instruction, a.area, a.url, a.raised_at, a.confirmed_at, a.expires_at, a.ended_at, a.reason, a.updates, a.version,
       (SELECT max(n.id) FROM site_alert n WHERE n.updates = a.id AND n.confirmed_at IS NOT NULL) AS follower
  FROM site_alert a
 WHERE (a.confirmed_at, a.id) < ($1, $2) ORDER BY a.confirmed_at DESC, a.id DESC LIMIT $3;

-- :name site_alerts_public_count
SELECT count(*) FROM site_alert WHERE confirmed_at > 0;

-- :name site_alerts_waiting        drafts that are not over at $1 and that somebody else than $2 raised
SELECT count(*) FROM site_alert
 WHERE state = 'draft' AND expires_at > $1 AND (raised_by IS NULL OR raised_by <> $2);

-- :name site_alert_add
INSERT INTO site_alert (id, level, state, exercise, category, event, urgency, severity, certainty, headline, text, instruction, area, url, raised_by,
                        raised_at, expires_at, updates)
VALUES ($1, $2, 'draft', $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17);

-- :name site_alert_change          a draft; $2 is the version that the caller saw
UPDATE site_alert
   SET level = $3, exercise = $4, category = $5, event = $6, urgency = $7, severity = $8, certainty = $9, headline = $10,
       text = $11, instruction = $12, area = $13, url = $14, raised_by = $15, raised_at = $16, expires_at = $17,
       version = version + 1
 WHERE id = $1 AND version = $2 AND state = 'draft';

-- :name site_alert_confirm         likewise
UPDATE site_alert SET state = 'active', confirmed_by = $3, confirmed_at = $4, version = version + 1
 WHERE id = $1 AND version = $2 AND state = 'draft';

-- :name site_alert_close           into state $4 from state $3, by $5 at $6 because of $7
UPDATE site_alert SET state = $4, ended_by = $5, ended_at = $6, reason = $7, version = version + 1
 WHERE id = $1 AND version = $2 AND state = $3;
