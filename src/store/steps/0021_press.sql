-- SPDX-License-Identifier: AGPL-3.0-or-later
-- 0021_press: a release's picture can be one of the photos; when that is gone, it is gone here too (photos_gone).

ALTER TABLE press_file ADD COLUMN photo INTEGER REFERENCES photos_photo (id); -- which photo it is a public copy of; NULL: an upload
CREATE INDEX press_file_by_photo ON press_file (photo);

-- A release's files that may be shown: no picture that is gone, nor one kept from before it had to be made unrecognisable.
CREATE VIEW press_shown_file AS
    SELECT f.* FROM press_file f
     WHERE f.photo IS NULL
        OR (NOT EXISTS (SELECT 1 FROM photos_gone g WHERE g.photo = f.photo)
            AND NOT EXISTS (SELECT 1 FROM photos_gone_before b WHERE b.photo = f.photo AND b.at > f.at));
