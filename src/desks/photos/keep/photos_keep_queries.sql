-- SPDX-License-Identifier: AGPL-3.0-or-later
-- photos_keep_queries.sql: what the desk changes of pictures: words, marks, boxes, removal, handing in.

-- ---- minors ----

-- :name photos_boxes_confirmed
SELECT count(*) FROM photos_box WHERE photo = $1 AND state = 'confirmed';

-- :name photos_consents_all      that cover a picture
SELECT count(*) FROM photos_consent_photo WHERE photo = $1;

-- :name photos_consents_ended    of them, those that do not hold at $2
SELECT count(*) FROM photos_consent_photo x JOIN photos_consent c ON c.id = x.consent
 WHERE x.photo = $1 AND (c.revoked_at IS NOT NULL OR c.expires_at <= $2 OR c.heard = 0);

-- :name photos_gone_before_set
INSERT INTO photos_gone_before (photo, at) VALUES ($1, $2) ON CONFLICT (photo) DO UPDATE SET at = excluded.at;

-- :name photos_copied           was a copy ever made for citizens, or for a record of another room? what comes new must be added here
SELECT 1 FROM photos_rendition WHERE photo = $1 AND recipe <> 'desk'
UNION ALL
SELECT 1 FROM press_file WHERE photo = $1
 LIMIT 1;

-- :name photos_waits            how many galleries are being published with it
SELECT count(*) FROM photos_gallery_photo x JOIN photos_gallery g ON g.id = x.gallery WHERE x.photo = $1 AND g.state = 'publishing';

-- :name photos_gone_before_of
SELECT at FROM photos_gone_before WHERE photo = $1;

-- :name photos_gone_of
SELECT at FROM photos_gone WHERE photo = $1;

-- ---- words ----

-- :name photos_set_words         $2 is the version that the caller saw
UPDATE photos_photo
   SET headline = $3, caption = $4, people = $5, alt = $6, credit = $7, place = $8, focal_x = $9, focal_y = $10, taken_at = $11,
       taken_from = $12, minors = $13, minors_by = $14, minors_at = $15, event = $16, coverage = $17, version = version + 1
 WHERE id = $1 AND version = $2;

-- :name photos_recipe_forget     no copy that is there fits it any more
UPDATE photos_photo SET recipe = NULL WHERE id = $1 AND recipe IS NOT NULL;

-- :name photos_galleries_differ  citizens see something else than the desk
UPDATE photos_gallery SET changed = 1
 WHERE id IN (SELECT gallery FROM photos_gallery_photo WHERE photo = $1) AND changed = 0;

-- ---- marks ----

-- :name photos_set_mark
UPDATE photos_photo SET mark = $2, version = version + 1 WHERE id = $1 AND mark <> $2;

-- :name photos_step_add
INSERT INTO photos_step (id, person, event, before, at, verb) VALUES ($1, $2, $3, $4, $5, $6);

-- :name photos_step_made         by a person at that instant
SELECT id FROM (SELECT id, at FROM photos_step WHERE person = $1 ORDER BY id DESC LIMIT 1) AS last WHERE at = $2;

-- :name photos_step_find         a person's own, not older than $3
SELECT id, event, verb, before FROM photos_step WHERE id = $1 AND person = $2 AND at >= $3;

-- :name photos_step_last         the last mark of a person in an event's pictures
SELECT id, event, verb, before FROM photos_step WHERE person = $1 AND event = $2 AND verb = 'marked' ORDER BY id DESC LIMIT 1;

-- :name photos_step_drop
DELETE FROM photos_step WHERE id = $1;

-- :name photos_step_forget       what is older than a day is not taken back any more
DELETE FROM photos_step WHERE person = $1 AND at < $2;

-- :name photos_proposal          what nobody marked, of bursts: all of an event, or of a coverage
SELECT p.id, p.event, p.burst, p.best, p.mark FROM photos_photo p
 WHERE p.event = $1 AND ($2 = 0 OR p.coverage = $2) AND p.burst IS NOT NULL AND p.mark = 'none' AND p.state = 'ready' AND p.removed_at IS NULL
 ORDER BY p.taken_at, p.id LIMIT 5000;

-- ---- boxes ----

-- :name photos_box_row
SELECT b.id, b.photo, b.state, b.x, b.y, b.width, b.height, b.at FROM photos_box b WHERE b.id = $1;

-- :name photos_box_count
SELECT count(*) FROM photos_box WHERE photo = $1;

-- :name photos_box_insert
INSERT INTO photos_box (id, photo, state, x, y, width, height, person, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- :name photos_box_set
UPDATE photos_box SET state = $2, x = $3, y = $4, width = $5, height = $6, person = $7, at = $8 WHERE id = $1;

-- :name photos_box_drop
DELETE FROM photos_box WHERE id = $1;

-- :name photos_touch             somebody changed what belongs to it
UPDATE photos_photo SET version = version + 1 WHERE id = $1;

-- ---- taking away ----

-- :name photos_set_removed
UPDATE photos_photo SET removed_at = $2, version = version + 1 WHERE id = $1 AND removed_at IS NULL;

-- :name photos_set_back
UPDATE photos_photo SET removed_at = NULL, version = version + 1 WHERE id = $1 AND removed_at IS NOT NULL;

-- ---- handing in ----

-- :name photos_hand_marked       how many of a coverage are kept or starred
SELECT count(*) FROM photos_photo WHERE coverage = $1 AND state = 'ready' AND removed_at IS NULL AND mark IN ('keep', 'star');

-- :name photos_hand_ready        and how many there are
SELECT count(*) FROM photos_photo WHERE coverage = $1 AND state = 'ready' AND removed_at IS NULL AND mark <> 'drop';

-- :name photos_hand_open         that are still being looked at
SELECT count(*) FROM photos_photo WHERE coverage = $1 AND state = 'processing' AND removed_at IS NULL;

-- :name photos_hand_set          $3 = 1: only what is kept or starred; the first time stands
UPDATE photos_photo SET handed_at = $2
 WHERE coverage = $1 AND state = 'ready' AND removed_at IS NULL AND handed_at IS NULL
   AND (mark IN ('keep', 'star') OR ($3 = 0 AND mark <> 'drop'));

-- :name photos_hand_back         what was left out since it was handed in
UPDATE photos_photo SET handed_at = NULL
 WHERE coverage = $1 AND handed_at IS NOT NULL AND (removed_at IS NOT NULL OR mark = 'drop' OR ($2 = 1 AND mark = 'none'));

-- :name photos_hand_count        what the delivery consists of
SELECT count(*) FROM photos_photo WHERE coverage = $1 AND handed_at IS NOT NULL;

-- :name photos_minors_by         who looked
SELECT minors_by FROM photos_photo WHERE id = $1;
