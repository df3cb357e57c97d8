-- SPDX-License-Identifier: AGPL-3.0-or-later
-- 0021_press: a release's picture can be one of the photos; when that is gone, it is gone here too (photos_gone).

ALTER TABLE press_file ADD COLUMN photo INTEGER REFERENCES photos_photo (id); -- which photo it is a public copy of; NULL: an upload
CREATE INDEX press_file_by_photo ON press_file (photo);
