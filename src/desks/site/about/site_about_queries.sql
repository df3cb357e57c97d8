-- SPDX-License-Identifier: AGPL-3.0-or-later
-- site_about_queries.sql: what the city says of itself, and its privacy notice.

-- ---- settings ----

-- :name site_settings
SELECT name, value, version FROM site_setting WHERE name >= $1 ORDER BY name LIMIT $2;

-- :name site_setting_put           nothing changes when it is so already
INSERT INTO site_setting (name, value, person, at) VALUES ($1, $2, $3, $4)
    ON CONFLICT (name) DO UPDATE
   SET value = excluded.value, person = excluded.person, at = excluded.at, version = site_setting.version + 1
 WHERE site_setting.value <> excluded.value;

-- ---- the privacy notice ----

-- :name site_privacy_versions
SELECT n.version, n.note, n.from_at, n.at, p.name AS person_name
  FROM site_notice n LEFT JOIN people_person p ON p.id = n.person
 WHERE n.version > 0 ORDER BY n.version DESC LIMIT $1;

-- :name site_privacy_find
SELECT n.version, n.body, n.body_en, n.note, n.from_at, n.at, p.name AS person_name
  FROM site_notice n LEFT JOIN people_person p ON p.id = n.person WHERE n.version = $1;

-- :name site_privacy_last
SELECT max(version) FROM site_notice;

-- :name site_privacy_add           the number is the key: of two who write the same one, the second loses
INSERT INTO site_notice (version, body, body_en, note, from_at, person, at) VALUES ($1, $2, $3, $4, $5, $6, $7);
