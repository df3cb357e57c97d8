-- SPDX-License-Identifier: AGPL-3.0-or-later
-- press_import_queries.sql: releases that came from another site, by where they came from.

-- :name press_import_find
SELECT id, hash, source, source_hash, state, version FROM press_release WHERE source = $1;

-- :name press_import_mark      $3 the hash of what came and that of what was made of it; $4, $5 as the old site had them
UPDATE press_release SET source = $2, source_hash = $3, folio = $4, published_at = $5 WHERE id = $1;

-- :name press_import_remember  another content came
UPDATE press_release SET source_hash = $2 WHERE id = $1;

-- :name press_import_path
INSERT INTO press_path (path, release) VALUES ($1, $2) ON CONFLICT (path) DO NOTHING;

-- :name press_import_topic
INSERT INTO press_topic (slug, name) VALUES ($1, $2) ON CONFLICT (slug) DO NOTHING;

-- :name press_import_slug_taken
SELECT (SELECT count(*) FROM press_release WHERE slug = $1) + (SELECT count(*) FROM press_slug WHERE slug = $1);
