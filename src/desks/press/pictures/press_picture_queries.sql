-- SPDX-License-Identifier: AGPL-3.0-or-later
-- press_picture_queries.sql: the copies of pictures, and the press kits.

-- :name press_copies
SELECT * FROM press_rendition WHERE file = $1 ORDER BY variant LIMIT 20;

-- :name press_copy
SELECT * FROM press_rendition WHERE file = $1 AND variant = $2;

-- :name press_public_copy      of a picture that some edition of a release names which is public now
SELECT v.* FROM press_rendition v JOIN press_shown_file s ON s.id = v.file
 WHERE v.file = $1 AND v.variant = $2
   AND EXISTS (SELECT 1 FROM press_edition_file f JOIN press_edition e ON e.release = f.release AND e.current = 1
                WHERE f.file = v.file AND e.withdrawn_at IS NULL);

-- :name press_copy_gone        is it a copy of a photo that must not be shown any more?
SELECT count(*) FROM press_file f WHERE f.id = $1 AND NOT EXISTS (SELECT 1 FROM press_shown_file s WHERE s.id = f.id);

-- :name press_picture_file     what the job needs of it
SELECT id, release, sha256, filename, type, size, width, height, look, trouble FROM press_file WHERE id = $1;

-- :name press_picture_twin     the same picture, looked at already
SELECT id, release, sha256, filename, type, size, width, height, look, trouble FROM press_file
 WHERE sha256 = $1 AND id <> $2 AND width IS NOT NULL ORDER BY id LIMIT 1;

-- :name press_copy_add         once: the job may run again
INSERT INTO press_rendition (file, variant, sha256, type, width, height, size) VALUES ($1, $2, $3, $4, $5, $6, $7)
    ON CONFLICT (file, variant) DO NOTHING;

-- :name press_file_looked
UPDATE press_file SET width = $2, height = $3, look = $4, trouble = $5 WHERE id = $1;

-- :name press_kit              not one that holds a photo which is gone since
SELECT * FROM press_kit k WHERE k.release = $1 AND k.number = $2
   AND NOT EXISTS (SELECT 1 FROM press_kit_photo x
                    WHERE x.release = k.release AND x.number = k.number AND NOT EXISTS (SELECT 1 FROM press_shown_file s WHERE s.id = x.file));

-- :name press_kit_lacks        photos of the edition that it could hold and does not
SELECT count(*) FROM press_edition_file e JOIN press_shown_file s ON s.id = e.file
 WHERE e.release = $1 AND e.number = $2 AND s.photo IS NOT NULL
   AND NOT EXISTS (SELECT 1 FROM press_kit_photo x WHERE x.release = e.release AND x.number = e.number AND x.file = e.file);

-- :name press_kit_gone         how many photos of the edition are gone
SELECT count(*) FROM press_edition_file e
 WHERE e.release = $1 AND e.number = $2 AND NOT EXISTS (SELECT 1 FROM press_shown_file s WHERE s.id = e.file);

-- :name press_kit_add          once: the job may run again
INSERT INTO press_kit (release, number, sha256, size, at) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (release, number) DO UPDATE SET sha256 = excluded.sha256, size = excluded.size, at = excluded.at;

-- :name press_kit_before       the archive that was made before
SELECT * FROM press_kit WHERE release = $1 AND number = $2;

-- :name press_kit_empty        of what it was made of
DELETE FROM press_kit_photo WHERE release = $1 AND number = $2;

-- :name press_kit_holds        a file that is a copy of a photo
INSERT INTO press_kit_photo (release, number, file) SELECT $1, $2, f.id FROM press_file f WHERE f.id = $3 AND f.photo IS NOT NULL;

-- :name press_kits_with        kits of editions that have a copy of a photo
SELECT k.release, k.number FROM press_file f JOIN press_edition_file e ON e.file = f.id
  JOIN press_kit k ON k.release = e.release AND k.number = e.number
 WHERE f.photo = $1 LIMIT 1000;

-- :name press_kit_gone_photos  of an edition
SELECT f.photo AS id FROM press_edition_file e JOIN press_file f ON f.id = e.file
 WHERE e.release = $1 AND e.number = $2 AND f.photo IS NOT NULL AND NOT EXISTS (SELECT 1 FROM press_shown_file s WHERE s.id = f.id);
