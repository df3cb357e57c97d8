-- SPDX-License-Identifier: AGPL-3.0-or-later
-- press_set_up_queries.sql: topics, templates and times of silence.

-- :name press_topics           with what is public of each; small: the whole list
SELECT slug, name, sensitive, in_silence, version, releases FROM press_topic ORDER BY name LIMIT 500;

-- :name press_topic_count
SELECT count(*) FROM press_topic;

-- :name press_topic_add
INSERT INTO press_topic (slug, name, sensitive, in_silence) VALUES ($1, $2, $3, $4);

-- :name press_topic_change     $2 the version that was seen
UPDATE press_topic SET name = $3, sensitive = $4, in_silence = $5, version = version + 1 WHERE slug = $1 AND version = $2;

-- :name press_templates        small: the whole list
SELECT * FROM press_template WHERE archived = $1 ORDER BY name LIMIT 200;

-- :name press_template
SELECT * FROM press_template WHERE id = $1;

-- :name press_template_named
SELECT id FROM press_template WHERE name = $1;

-- :name press_template_add
INSERT INTO press_template (id, name, title, lead, body, topics, dateline_place, archived) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- :name press_template_change  $2 the version that was seen
UPDATE press_template
   SET name = $3, title = $4, lead = $5, body = $6, topics = $7, dateline_place = $8, archived = $9, version = version + 1
 WHERE id = $1 AND version = $2;

-- :name press_silences_ahead   that are not over
SELECT * FROM press_silence WHERE to_at > $1 ORDER BY to_at LIMIT 100;

-- :name press_silences_over    the last ones
SELECT * FROM press_silence WHERE to_at <= $1 ORDER BY to_at DESC LIMIT 10;

-- :name press_silence
SELECT * FROM press_silence WHERE id = $1;

-- :name press_silence_add
INSERT INTO press_silence (id, name, basis, from_at, to_at) VALUES ($1, $2, $3, $4, $5);

-- :name press_silence_change   $2 the version that was seen
UPDATE press_silence SET name = $3, basis = $4, from_at = $5, to_at = $6, version = version + 1 WHERE id = $1 AND version = $2;

-- :name press_silence_drop
DELETE FROM press_silence WHERE id = $1 AND version = $2;

-- :name press_silence_overrides  did somebody answer for a release in it
SELECT count(*) FROM press_override WHERE silence = $1;
