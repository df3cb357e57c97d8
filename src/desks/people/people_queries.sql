-- SPDX-License-Identifier: AGPL-3.0-or-later
-- people_queries.sql: every statement of the people room, by name.

-- ---- persons ----

-- :name people_find
SELECT p.id, p.mail, p.name, p.role, p.state, p.area, a.name AS area_name, p.created_at, p.version
  FROM people_person p LEFT JOIN people_area a ON a.id = p.area WHERE p.id = $1;

-- :name people_by_mail
SELECT p.id, p.mail, p.name, p.role, p.state, p.area, a.name AS area_name, p.created_at, p.version
  FROM people_person p LEFT JOIN people_area a ON a.id = p.area WHERE p.mail = $1;

-- :name people_by_state             by name
SELECT p.id, p.mail, p.name, p.role, p.state, p.area, a.name AS area_name, p.created_at, p.version
  FROM people_person p LEFT JOIN people_area a ON a.id = p.area WHERE p.state = $1 ORDER BY p.name, p.id LIMIT $2;

-- :name people_count_role           active persons of a role
SELECT COUNT(*) FROM people_person WHERE state = 'active' AND role = $1;

-- :name people_password_of
SELECT password AS text FROM people_person WHERE id = $1;

-- :name people_add
INSERT INTO people_person (id, mail, name, role, state, area, password, created_at)
VALUES ($1, $2, $3, $4, 'active', $5, $6, $7);

-- :name people_set_role             $3 is the version that the caller saw
UPDATE people_person SET role = $2, version = version + 1 WHERE id = $1 AND version = $3;

-- :name people_set_state            likewise
UPDATE people_person SET state = $2, version = version + 1 WHERE id = $1 AND version = $3;

-- :name people_set_name             likewise
UPDATE people_person SET name = $2, area = $3, version = version + 1 WHERE id = $1 AND version = $4;

-- :name people_set_password
UPDATE people_person SET password = $2, version = version + 1 WHERE id = $1;

-- :name people_set_tongue
UPDATE people_person SET tongue = $2 WHERE id = $1;

-- ---- areas and posts ----

-- :name people_areas                parents before children
SELECT id, parent, name, slug, level FROM people_area ORDER BY level, name LIMIT $1;

-- :name people_area
SELECT id, parent, name, slug, level FROM people_area WHERE id = $1;

-- :name people_area_add
INSERT INTO people_area (id, parent, name, slug, level) VALUES ($1, $2, $3, $4, $5);

-- :name people_posts                with who acts at $1
SELECT t.id, t.area, t.holder, t.rank, t.title, a.name AS area_name, h.name AS holder_name, x.person AS acting,
       s.name AS acting_name, x.from_at AS acting_from, x.to_at AS acting_to
  FROM people_post t JOIN people_area a ON a.id = t.area
  LEFT JOIN people_person h ON h.id = t.holder
  LEFT JOIN people_acting x ON x.post = t.id AND x.from_at <= $1 AND x.to_at > $1
  LEFT JOIN people_person s ON s.id = x.person
 ORDER BY t.rank, t.title LIMIT $2;

-- :name people_post
SELECT t.id, t.area, t.holder, t.rank, t.title, a.name AS area_name, h.name AS holder_name
  FROM people_post t JOIN people_area a ON a.id = t.area LEFT JOIN people_person h ON h.id = t.holder WHERE t.id = $1;

-- :name people_post_add
INSERT INTO people_post (id, area, title, rank, holder) VALUES ($1, $2, $3, $4, $5);

-- :name people_post_hold
UPDATE people_post SET holder = $2 WHERE id = $1;

-- :name people_actings              present and to come
SELECT x.id, x.post, x.person, x.from_at, x.to_at, s.name AS person_name
  FROM people_post t JOIN people_acting x ON x.post = t.id JOIN people_person s ON s.id = x.person
 WHERE x.to_at > $1 ORDER BY t.rank, t.title, x.from_at LIMIT $2;

-- :name people_acting_overlap       does somebody act for the post at some time of $2..$3?
SELECT COUNT(*) FROM people_acting WHERE post = $1 AND from_at < $3 AND to_at > $2;

-- :name people_acting_add
INSERT INTO people_acting (id, post, person, from_at, to_at) VALUES ($1, $2, $3, $4, $5);

-- :name people_acting_end           $2 is now: the past stays true
UPDATE people_acting SET to_at = $2 WHERE id = $1 AND from_at < $2 AND to_at > $2;

-- :name people_acting_drop          one that has not begun
DELETE FROM people_acting WHERE id = $1 AND from_at >= $2;

-- :name people_acting_roles         roles of the holders whom person $1 stands in for at $2
SELECT h.role AS role, h.role AS right_name FROM people_acting x JOIN people_post t ON t.id = x.post
  JOIN people_person h ON h.id = t.holder
 WHERE x.person = $1 AND x.from_at <= $2 AND x.to_at > $2 LIMIT 20;

-- ---- the matrix ----

-- :name people_rights_of_role
SELECT role, right_name FROM people_role_right WHERE role = $1 ORDER BY right_name LIMIT 64;

-- :name people_role_right_add
INSERT INTO people_role_right (role, right_name) VALUES ($1, $2) ON CONFLICT DO NOTHING;

-- :name people_role_right_drop
DELETE FROM people_role_right WHERE role = $1 AND right_name = $2;

-- ---- coming in ----

-- :name people_session_add
INSERT INTO people_session (id, person, hash, device, created_at, seen_at) VALUES ($1, $2, $3, $4, $5, $5);

-- :name people_session_who          $2, $3: used and begun no earlier than these
SELECT s.id AS session, s.seen_at, p.id, p.name, p.role, p.area, p.tongue
  FROM people_session s JOIN people_person p ON p.id = s.person
 WHERE s.hash = $1 AND s.seen_at > $2 AND s.created_at > $3 AND p.state = 'active';

-- :name people_session_seen         at most once a minute: $3 is a minute ago
UPDATE people_session SET seen_at = $2 WHERE id = $1 AND seen_at <= $3;

-- :name people_sessions
SELECT id, created_at, seen_at, device FROM people_session WHERE person = $1 AND seen_at > $2 ORDER BY seen_at DESC LIMIT 50;

-- :name people_session_drop
DELETE FROM people_session WHERE id = $1 AND person = $2;

-- :name people_sessions_drop_others
DELETE FROM people_session WHERE person = $1 AND id <> $2;

-- :name people_sessions_sweep       a few of the ended ones, at each login
DELETE FROM people_session WHERE id IN (SELECT id FROM people_session WHERE seen_at < $1 ORDER BY seen_at LIMIT 20);

-- :name people_token_add
INSERT INTO people_token (id, person, hash, name, scope, expires_at, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7);

-- :name people_token_who
SELECT t.id AS session, t.used_at AS seen_at, t.scope, p.id, p.name, p.role, p.area, p.tongue
  FROM people_token t JOIN people_person p ON p.id = t.person
 WHERE t.hash = $1 AND (t.expires_at IS NULL OR t.expires_at > $2) AND p.state = 'active';

-- :name people_token_used           at most once an hour: $3 is an hour ago
UPDATE people_token SET used_at = $2 WHERE id = $1 AND (used_at IS NULL OR used_at <= $3);

-- :name people_tokens
SELECT id, created_at, used_at, expires_at, name, scope FROM people_token WHERE person = $1 ORDER BY id LIMIT 100;

-- :name people_token_drop
DELETE FROM people_token WHERE id = $1 AND person = $2;

-- :name people_reset_add
INSERT INTO people_reset (hash, person, expires_at) VALUES ($1, $2, $3);

-- :name people_reset_drop_others    a new link makes the older ones void
DELETE FROM people_reset WHERE person = $1;

-- :name people_reset_person
SELECT p.id, p.mail, p.name, p.role, p.state, p.area, p.created_at, p.version
  FROM people_reset r JOIN people_person p ON p.id = r.person
 WHERE r.hash = $1 AND r.expires_at > $2 AND r.used_at IS NULL AND p.state = 'active';

-- :name people_reset_use
UPDATE people_reset SET used_at = $2 WHERE hash = $1 AND used_at IS NULL AND expires_at > $2;

-- :name people_attempt              when the next try is allowed
SELECT until_at FROM people_attempt WHERE key = $1;

-- :name people_attempt_failures
SELECT failures FROM people_attempt WHERE key = $1;

-- :name people_attempt_set
INSERT INTO people_attempt (key, failures, until_at) VALUES ($1, $2, $3)
ON CONFLICT (key) DO UPDATE SET failures = excluded.failures, until_at = excluded.until_at;

-- :name people_attempt_clear
DELETE FROM people_attempt WHERE key = $1;

-- :name people_attempts_sweep
DELETE FROM people_attempt WHERE key IN (SELECT key FROM people_attempt WHERE until_at < $1 ORDER BY until_at LIMIT 20);
