-- SPDX-License-Identifier: AGPL-3.0-or-later
-- photos_gallery_queries.sql: galleries at the desk, what of them is public, and how a picture leaves it all.

-- ---- lists: the youngest change first; before $1, $2; $4 those of private events too ----

-- :name photos_gallery_list
SELECT g.*, e.title AS event_title, p.name AS author_name,
       (SELECT count(*) FROM photos_gallery_photo x WHERE x.gallery = g.id) AS photos,
       (SELECT count(*) FROM photos_gallery_photo x JOIN photos_photo f ON f.id = x.photo
         WHERE x.gallery = g.id AND f.recipe IS NOT NULL) AS ready
  FROM photos_gallery g LEFT JOIN agenda_event e ON e.id = g.event LEFT JOIN people_person p ON p.id = g.author
 WHERE (g.changed_at, g.id) < ($1, $2) AND (g.event IS NULL OR $4 = 1 OR e.visibility IN ('public', 'internal'))
 ORDER BY g.changed_at DESC, g.id DESC LIMIT $3;

-- :name photos_gallery_list_state
SELECT g.*, e.title AS event_title, p.name AS author_name,
       (SELECT count(*) FROM photos_gallery_photo x WHERE x.gallery = g.id) AS photos,
       (SELECT count(*) FROM photos_gallery_photo x JOIN photos_photo f ON f.id = x.photo
         WHERE x.gallery = g.id AND f.recipe IS NOT NULL) AS ready
  FROM photos_gallery g LEFT JOIN agenda_event e ON e.id = g.event LEFT JOIN people_person p ON p.id = g.author
 WHERE g.state = $5 AND (g.changed_at, g.id) < ($1, $2) AND (g.event IS NULL OR $4 = 1 OR e.visibility IN ('public', 'internal'))
 ORDER BY g.changed_at DESC, g.id DESC LIMIT $3;

-- :name photos_gallery_list_event   few
SELECT g.*, e.title AS event_title, p.name AS author_name,
       (SELECT count(*) FROM photos_gallery_photo x WHERE x.gallery = g.id) AS photos,
       (SELECT count(*) FROM photos_gallery_photo x JOIN photos_photo f ON f.id = x.photo
         WHERE x.gallery = g.id AND f.recipe IS NOT NULL) AS ready
  FROM photos_gallery g LEFT JOIN agenda_event e ON e.id = g.event LEFT JOIN people_person p ON p.id = g.author
 WHERE g.event = $6 AND (g.changed_at, g.id) < ($1, $2) AND ($4 = 1 OR e.visibility IN ('public', 'internal'))
   AND ($5 = '' OR g.state = $5)
 ORDER BY g.changed_at DESC, g.id DESC LIMIT $3;

-- :name photos_gallery_count        no further than 10,000; $1 those of private events too
SELECT count(*) FROM (
SELECT g.id FROM photos_gallery g LEFT JOIN agenda_event e ON e.id = g.event
 WHERE g.changed_at > 0 AND (g.event IS NULL OR $1 = 1 OR e.visibility IN ('public', 'internal')) LIMIT 10000) AS few;

-- :name photos_gallery_count_state
SELECT count(*) FROM (
SELECT g.id FROM photos_gallery g LEFT JOIN agenda_event e ON e.id = g.event
 WHERE g.state = $2 AND (g.event IS NULL OR $1 = 1 OR e.visibility IN ('public', 'internal')) LIMIT 10000) AS few;

-- :name photos_gallery_count_event
SELECT count(*) FROM (
SELECT g.id FROM photos_gallery g LEFT JOIN agenda_event e ON e.id = g.event
 WHERE g.event = $3 AND ($2 = '' OR g.state = $2) AND ($1 = 1 OR e.visibility IN ('public', 'internal')) LIMIT 10000) AS few;

-- :name photos_gallery_visible      $2 those of private events too
SELECT count(*) FROM photos_gallery g LEFT JOIN agenda_event e ON e.id = g.event
 WHERE g.id = $1 AND (g.event IS NULL OR $2 = 1 OR e.visibility IN ('public', 'internal'));

-- :name photos_gallery_stale        pictures that citizens see otherwise than the desk
SELECT count(*) FROM photos_gallery_photo x JOIN photos_photo p ON p.id = x.photo LEFT JOIN photos_public u ON u.photo = p.id
 WHERE x.gallery = $1 AND (p.recipe IS NULL OR u.recipe IS NULL OR p.recipe <> u.recipe);

-- ---- writing at the desk ----

-- :name photos_gallery_slug_taken
SELECT count(*) FROM photos_gallery WHERE slug = $1;

-- :name photos_gallery_add
INSERT INTO photos_gallery (id, slug, state, title, lead, event, cover, watermark, author, at, changed_at)
VALUES ($1, $2, 'draft', $3, $4, $5, $6, $7, $8, $9, $9);

-- :name photos_gallery_set          $2 is the version that the caller saw
UPDATE photos_gallery
   SET slug = $3, title = $4, lead = $5, event = $6, cover = $7, watermark = $8, changed = 1, changed_at = $9, version = version + 1
 WHERE id = $1 AND version = $2;

-- :name photos_gallery_set_cover    when the one before is not among its pictures any more: none
UPDATE photos_gallery
   SET cover = NULL
 WHERE id = $1 AND cover IS NOT NULL
   AND NOT EXISTS (SELECT 1 FROM photos_gallery_photo x WHERE x.gallery = $1 AND x.photo = photos_gallery.cover);

-- :name photos_gallery_touch        its pictures are others, or in another order
UPDATE photos_gallery SET changed = 1, changed_at = $3, version = version + 1 WHERE id = $1 AND version = $2;

-- :name photos_gallery_photo_clear
DELETE FROM photos_gallery_photo WHERE gallery = $1;

-- :name photos_gallery_photo_add
INSERT INTO photos_gallery_photo (gallery, photo, position) VALUES ($1, $2, $3);

-- :name photos_gallery_drop         a draft that never was public
DELETE FROM photos_gallery WHERE id = $1 AND version = $2 AND published_at IS NULL;

-- ---- its way ----

-- :name photos_gallery_set_publishing
UPDATE photos_gallery SET state = 'publishing', changed_at = $3, version = version + 1 WHERE id = $1 AND version = $2;

-- :name photos_gallery_mark         its pictures carry the office's name, or not: other copies
UPDATE photos_photo
   SET watermark = $2, recipe = NULL
 WHERE watermark <> $2 AND id IN (SELECT x.photo FROM photos_gallery_photo x WHERE x.gallery = $1)
   AND ($2 = 1 OR NOT EXISTS (SELECT 1 FROM photos_gallery_photo y JOIN photos_gallery g ON g.id = y.gallery
                               WHERE y.photo = photos_photo.id AND g.id <> $1 AND g.watermark = 1 AND g.state IN ('publishing', 'published')));

-- :name photos_gallery_set_published
UPDATE photos_gallery
   SET state = 'published', changed = 0, published_at = COALESCE(published_at, $2), unpublished_at = NULL, reason = NULL, changed_at = $2,
       version = version + 1
 WHERE id = $1;

-- :name photos_gallery_set_unpublished
UPDATE photos_gallery
   SET state = 'unpublished', changed = 1, unpublished_at = $2, reason = $3, changed_at = $2, version = version + 1
 WHERE id = $1;

-- :name photos_gallery_halt         back to where it was
UPDATE photos_gallery
   SET state = CASE WHEN EXISTS (SELECT 1 FROM photos_gallery_public p WHERE p.gallery = $1 AND p.withdrawn_at IS NULL) THEN 'published'
                    WHEN published_at IS NOT NULL THEN 'unpublished' ELSE 'draft' END,
       changed = 1, changed_at = $2, version = version + 1
 WHERE id = $1 AND state = 'publishing';

-- :name photos_gallery_waiting      galleries that are being published with this picture
SELECT g.id FROM photos_gallery_photo x JOIN photos_gallery g ON g.id = x.gallery
 WHERE x.photo = $1 AND g.state = 'publishing' ORDER BY g.id LIMIT 200;

-- :name photos_gallery_missing      how many of its pictures have no copies yet
SELECT count(*) FROM photos_gallery_photo x JOIN photos_photo p ON p.id = x.photo WHERE x.gallery = $1 AND p.recipe IS NULL;

-- ---- what is public: frozen ----

-- :name photos_out_event_slug       of an event that citizens may know
SELECT count(*) FROM agenda_event WHERE id = $1 AND visibility = 'public';

-- :name photos_out_name_taken
SELECT count(*) FROM photos_public WHERE name = $1;

-- :name photos_out_names            of the gallery's pictures that are public already
SELECT u.photo, u.name FROM photos_gallery_photo x JOIN photos_public u ON u.photo = x.photo WHERE x.gallery = $1 LIMIT 500;

-- :name photos_out_is               is it public?
SELECT count(*) FROM photos_public WHERE photo = $1;

-- :name photos_out_put              what did not change is not written
INSERT INTO photos_public (photo, recipe, name, headline, caption, people, alt, credit, place, event, taken_at, width, height, thumbhash,
                           focal_x, focal_y, published_at, changed_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $17)
    ON CONFLICT (photo) DO UPDATE
       SET recipe = excluded.recipe, name = excluded.name, headline = excluded.headline, caption = excluded.caption, people = excluded.people,
           alt = excluded.alt, credit = excluded.credit, place = excluded.place, event = excluded.event, taken_at = excluded.taken_at,
           width = excluded.width, height = excluded.height, thumbhash = excluded.thumbhash, focal_x = excluded.focal_x,
           focal_y = excluded.focal_y, changed_at = excluded.changed_at
     WHERE photos_public.recipe <> excluded.recipe OR photos_public.name <> excluded.name
        OR COALESCE(photos_public.headline, '') <> COALESCE(excluded.headline, '')
        OR COALESCE(photos_public.caption, '') <> COALESCE(excluded.caption, '')
        OR COALESCE(photos_public.people, '') <> COALESCE(excluded.people, '') OR photos_public.alt <> excluded.alt
        OR photos_public.credit <> excluded.credit OR COALESCE(photos_public.place, '') <> COALESCE(excluded.place, '')
        OR photos_public.event <> excluded.event OR photos_public.taken_at <> excluded.taken_at;

-- :name photos_out_drop
DELETE FROM photos_public WHERE photo = $1;

-- :name photos_gone_add
INSERT INTO photos_gone (photo, at, reason) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING;

-- :name photos_kept             is a copy of it kept by a record of another room? what comes new must be added here
SELECT 1 FROM press_file WHERE photo = $1 LIMIT 1;

-- :name photos_gone_drop            somebody published it again
DELETE FROM photos_gone WHERE photo = $1;

-- :name photos_out_gallery_put
INSERT INTO photos_gallery_public (gallery, slug, title, lead, event, cover, photos, published_at, changed_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
    ON CONFLICT (gallery) DO UPDATE
       SET slug = excluded.slug, title = excluded.title, lead = excluded.lead, event = excluded.event, cover = excluded.cover,
           photos = excluded.photos, changed_at = excluded.changed_at, withdrawn_at = NULL, reason = NULL;

-- :name photos_out_gallery_is       does it stand?
SELECT count(*) FROM photos_gallery_public WHERE gallery = $1 AND withdrawn_at IS NULL;

-- :name photos_out_gallery_withdraw
UPDATE photos_gallery_public SET withdrawn_at = $2, changed_at = $2, reason = $3, photos = 0 WHERE gallery = $1 AND withdrawn_at IS NULL;

-- :name photos_out_items            of a gallery
SELECT photo AS id FROM photos_gallery_public_photo WHERE gallery = $1 ORDER BY position LIMIT 500;

-- :name photos_out_items_left       that are public in it and not among its pictures any more
SELECT o.photo AS id FROM photos_gallery_public_photo o
 WHERE o.gallery = $1 AND NOT EXISTS (SELECT 1 FROM photos_gallery_photo x WHERE x.gallery = $1 AND x.photo = o.photo)
 ORDER BY o.position LIMIT 500;

-- :name photos_out_items_clear
DELETE FROM photos_gallery_public_photo WHERE gallery = $1;

-- :name photos_out_item_add
INSERT INTO photos_gallery_public_photo (gallery, position, photo) VALUES ($1, $2, $3);

-- :name photos_out_elsewhere        in how many public galleries it is
SELECT count(*) FROM photos_gallery_public_photo WHERE photo = $1;

-- ---- one picture leaves ----

-- :name photos_out_galleries_of
SELECT gallery AS id FROM photos_gallery_public_photo WHERE photo = $1 ORDER BY gallery LIMIT 1000;

-- :name photos_out_position
SELECT position FROM photos_gallery_public_photo WHERE gallery = $1 AND photo = $2;

-- :name photos_out_item_drop
DELETE FROM photos_gallery_public_photo WHERE gallery = $1 AND photo = $2;

-- :name photos_out_lift             what stands behind the gap, out of the way: its places are unique at each moment
UPDATE photos_gallery_public_photo SET position = -position WHERE gallery = $1 AND position > $2;

-- :name photos_out_close            and one place further ahead
UPDATE photos_gallery_public_photo SET position = -position - 1 WHERE gallery = $1 AND position < 0;

-- :name photos_out_gallery_recount  another cover where this was it
UPDATE photos_gallery_public
   SET photos = (SELECT count(*) FROM photos_gallery_public_photo x WHERE x.gallery = $1),
       cover = CASE WHEN cover = $2
                    THEN COALESCE((SELECT x.photo FROM photos_gallery_public_photo x WHERE x.gallery = $1 ORDER BY x.position LIMIT 1), cover)
                    ELSE cover END,
       changed_at = $3
 WHERE gallery = $1;

-- :name photos_out_gallery_photos
SELECT photos FROM photos_gallery_public WHERE gallery = $1;

-- :name photos_gallery_with         at the desk
SELECT gallery AS id FROM photos_gallery_photo WHERE photo = $1 ORDER BY gallery LIMIT 1000;

-- :name photos_gallery_position
SELECT position FROM photos_gallery_photo WHERE gallery = $1 AND photo = $2;

-- :name photos_gallery_photo_drop
DELETE FROM photos_gallery_photo WHERE gallery = $1 AND photo = $2;

-- :name photos_gallery_close
UPDATE photos_gallery_photo SET position = position - 1 WHERE gallery = $1 AND position > $2;

-- :name photos_gallery_lost         one of its pictures
UPDATE photos_gallery
   SET cover = CASE WHEN cover = $2 THEN NULL ELSE cover END, changed_at = $3, version = version + 1
 WHERE id = $1;

-- :name photos_gallery_differs      one of its pictures is not public any more
UPDATE photos_gallery SET changed = 1, changed_at = $2 WHERE id = $1;

-- ---- which events have pictures ----

-- :name photos_gallery_events       of the pictures since $1, the youngest first; $2 private ones too
SELECT e.id, e.title, e.starts_at, count(*) AS photos
  FROM (SELECT p.event FROM photos_photo p WHERE p.taken_at > $1 AND p.state = 'ready' AND p.removed_at IS NULL
         ORDER BY p.taken_at DESC, p.id DESC LIMIT 3000) AS recent
  JOIN agenda_event e ON e.id = recent.event
 WHERE e.visibility IN ('public', 'internal') OR $2 = 1
 GROUP BY e.id, e.title, e.starts_at ORDER BY e.starts_at DESC LIMIT 40;
