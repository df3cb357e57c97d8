-- SPDX-License-Identifier: AGPL-3.0-or-later
-- photos_upload_queries.sql: uploads that are on their way.

-- :name photos_upload_find       $2: the sender's own
SELECT * FROM photos_upload WHERE id = $1 AND person = $2;

-- :name photos_upload_add
INSERT INTO photos_upload (id, person, event, coverage, filename, size, metadata, expires_at, at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- :name photos_upload_until
UPDATE photos_upload SET expires_at = $2 WHERE id = $1;

-- :name photos_upload_whole
UPDATE photos_upload SET photo = $2 WHERE id = $1;

-- :name photos_upload_drop
DELETE FROM photos_upload WHERE id = $1;

-- :name photos_upload_count      of one person, not whole and not expired
SELECT count(*) FROM photos_upload WHERE person = $1 AND photo IS NULL AND expires_at > $2;

-- :name photos_upload_bytes      likewise: as they were announced
SELECT coalesce(sum(size), 0) FROM photos_upload WHERE person = $1 AND photo IS NULL AND expires_at > $2;

-- :name photos_upload_expired
SELECT * FROM photos_upload WHERE expires_at <= $1 ORDER BY expires_at LIMIT 500;
