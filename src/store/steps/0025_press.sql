-- SPDX-License-Identifier: AGPL-3.0-or-later
-- 0025_press: which photos a press kit holds, so that it is made anew when one of them must not be shown any more.

CREATE TABLE press_kit_photo ( -- :public
    release INTEGER NOT NULL REFERENCES press_release (id), -- of which release's kit
    number  INTEGER NOT NULL,                     -- of which edition
    file    INTEGER NOT NULL REFERENCES press_file (id), -- the release's copy of the photo
    PRIMARY KEY (release, number, file)
);
CREATE INDEX press_kit_photo_by_file ON press_kit_photo (file);
INSERT INTO press_kit_photo (release, number, file)
SELECT k.release, k.number, f.id
  FROM press_kit k JOIN press_edition_file e ON e.release = k.release AND e.number = k.number JOIN press_file f ON f.id = e.file
 WHERE f.photo IS NOT NULL;
