-- SPDX-License-Identifier: AGPL-3.0-or-later
-- photos_picture_queries.sql: what is made of pictures: facts, copies, bursts, those that look alike; and what goes after 30 days.

-- ---- looking at one ----

-- :name photos_looked            once: while it is being looked at
UPDATE photos_photo
   SET state = 'ready', error = NULL, type = $2, width = $3, height = $4, look = $5, edges = $6, sharpness = $7, thumbhash = $8, taken_at = $9,
       taken_from = $10, lat = $11, lon = $12, place = $13, camera = $14, headline = $15, caption = $16, people = $17, alt = $18, credit = $19,
       twin = $20, version = version + 1
 WHERE id = $1 AND state = 'processing';

-- :name photos_unreadable
UPDATE photos_photo SET state = 'failed', error = $2, version = version + 1 WHERE id = $1 AND state = $3;

-- :name photos_copy_add          once: the job may run again
INSERT INTO photos_rendition (photo, recipe, variant, sha256, type, width, height, size, crc) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
    ON CONFLICT DO NOTHING;

-- :name photos_set_recipe
UPDATE photos_photo SET recipe = $2 WHERE id = $1;

-- :name photos_box_any
SELECT 1 FROM photos_box WHERE photo = $1 LIMIT 1;

-- :name photos_box_propose
INSERT INTO photos_box (id, photo, state, x, y, width, height, at) VALUES ($1, $2, 'proposed', $3, $4, $5, $6, $7);

-- :name photos_places_near       between $1 and $2, $3 and $4
SELECT id, name, lat, lon FROM agenda_place
 WHERE lat >= $1 AND lat <= $2 AND lon >= $3 AND lon <= $4 AND archived = 0 ORDER BY lat LIMIT 200;

-- ---- alike ----

-- :name photos_look_add
INSERT INTO photos_look (part, photo) VALUES ($1, $2) ON CONFLICT DO NOTHING;

-- :name photos_look_candidates   older ones that have this byte at this place
SELECT p.id, p.look, p.edges, p.event, p.taken_at FROM photos_look l JOIN photos_photo p ON p.id = l.photo
 WHERE l.part = $1 AND l.photo < $2 AND p.removed_at IS NULL ORDER BY l.photo LIMIT 2000;

-- :name photos_around            of an event, about a moment
SELECT id, look, edges, sharpness, taken_at, burst, best FROM photos_photo
 WHERE event = $1 AND taken_at >= $2 AND taken_at <= $3 AND state = 'ready' AND removed_at IS NULL ORDER BY taken_at, id LIMIT 1000;

-- :name photos_set_burst
UPDATE photos_photo SET burst = $2, best = $3 WHERE id = $1;

-- ---- after 30 days ----

-- :name photos_to_forget         removed before $1 and kept by no other record
SELECT id, sha256, filename FROM photos_photo
 WHERE removed_at IS NOT NULL AND removed_at <= $1 AND NOT EXISTS (SELECT 1 FROM press_file f WHERE f.photo = photos_photo.id)
 ORDER BY removed_at LIMIT $2;

-- :name photos_files_of          its copies' bytes
SELECT DISTINCT sha256, photo FROM photos_rendition WHERE photo = $1 LIMIT 1000;

-- :name photos_forget_looks
DELETE FROM photos_look WHERE photo = $1;
-- :name photos_forget_boxes
DELETE FROM photos_box WHERE photo = $1;
-- :name photos_forget_copies
DELETE FROM photos_rendition WHERE photo = $1;
-- :name photos_forget_consents
DELETE FROM photos_consent_photo WHERE photo = $1;
-- :name photos_forget_places     in galleries
DELETE FROM photos_gallery_photo WHERE photo = $1;
-- :name photos_forget_covers
UPDATE photos_gallery SET cover = NULL WHERE cover = $1;
-- :name photos_forget_gone
DELETE FROM photos_gone WHERE photo = $1;
-- :name photos_forget_gone_before
DELETE FROM photos_gone_before WHERE photo = $1;
-- :name photos_forget
DELETE FROM photos_photo WHERE id = $1;

-- :name photos_bytes_used        by anything that keeps files in the vault; what comes new must be added here
SELECT (SELECT count(*) FROM photos_photo WHERE sha256 = $1) + (SELECT count(*) FROM photos_rendition WHERE sha256 = $1)
     + (SELECT count(*) FROM photos_consent WHERE sha256 = $1) + (SELECT count(*) FROM press_file WHERE sha256 = $1)
     + (SELECT count(*) FROM press_rendition WHERE sha256 = $1) + (SELECT count(*) FROM press_pickup WHERE sha256 = $1)
     + (SELECT count(*) FROM agenda_evidence WHERE sha256 = $1) + (SELECT count(*) FROM agenda_attachment WHERE sha256 = $1)
     + (SELECT count(*) FROM strategy_figure WHERE sha256 = $1);

-- :name photos_secret_found      found by words although its event is private now
SELECT s.subject_id AS id FROM agenda_event e JOIN photos_photo p ON p.event = e.id
  JOIN search_desk s ON s.subject = 'photos_photo' AND s.subject_id = p.id
 WHERE e.visibility IN ('private', 'confidential') LIMIT 1000;

-- ---- what jobs are about ----

-- :name photos_to_look           one that nobody looked at yet
SELECT * FROM photos_desk_photo WHERE id = $1 AND state = 'processing';

-- :name photos_to_make           one that can become public
SELECT * FROM photos_desk_photo WHERE id = $1 AND state = 'ready' AND removed_at IS NULL;

-- :name photos_gone_any
SELECT (SELECT count(*) FROM photos_gone WHERE photo = $1) + (SELECT count(*) FROM photos_gone_before WHERE photo = $1);
