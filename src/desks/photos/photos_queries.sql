-- SPDX-License-Identifier: AGPL-3.0-or-later
-- photos_queries.sql: pictures at the desk: finding, listing and counting them, their boxes and copies; galleries for rules.

-- ---- one ----

-- :name photos_row
SELECT * FROM photos_desk_photo WHERE id = $1;

-- :name photos_find           $2: may photos of private events be seen
SELECT * FROM photos_desk_photo WHERE id = $1 AND (event_visibility IN ('public', 'internal') OR $2 = 1);

-- :name photos_same           the same bytes for the same event
SELECT * FROM photos_desk_photo WHERE sha256 = $1 AND event = $2 ORDER BY id LIMIT 1;

-- :name photos_boxes_of
SELECT b.id, b.photo, b.state, b.x, b.y, b.width, b.height, b.at, p.name AS person_name
  FROM photos_box b LEFT JOIN people_person p ON p.id = b.person
 WHERE b.photo = $1 AND b.state IN ('proposed', 'confirmed') ORDER BY b.id LIMIT 200;

-- :name photos_copies_of
SELECT * FROM photos_rendition WHERE photo = $1 AND recipe = $2 ORDER BY variant LIMIT 20;

-- :name photos_copy_of
SELECT * FROM photos_rendition WHERE photo = $1 AND recipe = $2 AND variant = $3;

-- :name photos_recipe_out     which of its copies citizens get now
SELECT * FROM photos_rendition
 WHERE photo = $1 AND recipe = (SELECT o.recipe FROM photos_public o WHERE o.photo = $1) ORDER BY variant LIMIT 20;

-- ---- many: the youngest first; $1 may private ones be seen, $2 removed ones, $12 and $13 the last one of the page before ----
-- `+ 0` and `|| ''` keep the planner off an index that looks fit and is not: few are removed, or handed in within a span.

-- :name photos_list           along the time
SELECT * FROM photos_desk_photo d
 WHERE (d.taken_at, d.id) < ($12, $13)
   AND (d.event_visibility IN ('public', 'internal') OR $1 = 1) AND (CASE WHEN d.removed_at IS NULL THEN 0 ELSE 1 END) = $2
   AND d.taken_at >= $3 AND d.taken_at < $4 AND ($5 = 0 OR d.event = $5) AND ($6 = 0 OR d.coverage = $6) AND ($7 = 0 OR d.person = $7)
   AND ($8 = '' OR d.mark = $8) AND ($9 = '' OR d.minors = $9) AND ($10 = '' OR d.state = $10) AND ($11 = -1 OR d.published = $11)
 ORDER BY d.taken_at DESC, d.id DESC LIMIT $14;

-- :name photos_list_event
SELECT * FROM photos_desk_photo d
 WHERE d.event = $5 AND (d.taken_at, d.id) < ($12, $13)
   AND (d.event_visibility IN ('public', 'internal') OR $1 = 1) AND (CASE WHEN d.removed_at IS NULL THEN 0 ELSE 1 END) = $2
   AND d.taken_at >= $3 AND d.taken_at < $4 AND ($6 = 0 OR d.coverage = $6) AND ($7 = 0 OR d.person = $7)
   AND ($8 = '' OR d.mark = $8) AND ($9 = '' OR d.minors = $9) AND ($10 = '' OR d.state = $10) AND ($11 = -1 OR d.published = $11)
 ORDER BY d.taken_at DESC, d.id DESC LIMIT $14;

-- :name photos_list_coverage
SELECT * FROM photos_desk_photo d
 WHERE d.coverage = $6 AND (d.taken_at, d.id) < ($12, $13)
   AND (d.event_visibility IN ('public', 'internal') OR $1 = 1) AND (CASE WHEN d.removed_at IS NULL THEN 0 ELSE 1 END) = $2
   AND d.taken_at >= $3 AND d.taken_at < $4 AND ($5 = 0 OR d.event = $5) AND ($7 = 0 OR d.person = $7)
   AND ($8 = '' OR d.mark = $8) AND ($9 = '' OR d.minors = $9) AND ($10 = '' OR d.state = $10) AND ($11 = -1 OR d.published = $11)
 ORDER BY d.taken_at DESC, d.id DESC LIMIT $14;

-- :name photos_list_person
SELECT * FROM photos_desk_photo d
 WHERE d.person = $7 AND (d.taken_at, d.id) < ($12, $13)
   AND (d.event_visibility IN ('public', 'internal') OR $1 = 1) AND (CASE WHEN d.removed_at IS NULL THEN 0 ELSE 1 END) = $2
   AND d.taken_at >= $3 AND d.taken_at < $4 AND ($5 = 0 OR d.event = $5) AND ($6 = 0 OR d.coverage = $6)
   AND ($8 = '' OR d.mark = $8) AND ($9 = '' OR d.minors = $9) AND ($10 = '' OR d.state = $10) AND ($11 = -1 OR d.published = $11)
 ORDER BY d.taken_at DESC, d.id DESC LIMIT $14;

-- :name photos_list_mark
SELECT * FROM photos_desk_photo d
 WHERE d.mark = $8 AND (d.taken_at, d.id) < ($12, $13)
   AND (d.event_visibility IN ('public', 'internal') OR $1 = 1) AND (CASE WHEN d.removed_at IS NULL THEN 0 ELSE 1 END) = $2
   AND d.taken_at >= $3 AND d.taken_at < $4 AND ($5 = 0 OR d.event = $5) AND ($6 = 0 OR d.coverage = $6) AND ($7 = 0 OR d.person = $7)
   AND ($9 = '' OR d.minors = $9) AND ($10 = '' OR d.state = $10) AND ($11 = -1 OR d.published = $11)
 ORDER BY d.taken_at DESC, d.id DESC LIMIT $14;

-- :name photos_list_minors
SELECT * FROM photos_desk_photo d
 WHERE d.minors = $9 AND (d.taken_at, d.id) < ($12, $13)
   AND (d.event_visibility IN ('public', 'internal') OR $1 = 1) AND (CASE WHEN d.removed_at IS NULL THEN 0 ELSE 1 END) = $2
   AND d.taken_at >= $3 AND d.taken_at < $4 AND ($5 = 0 OR d.event = $5) AND ($6 = 0 OR d.coverage = $6) AND ($7 = 0 OR d.person = $7)
   AND ($8 = '' OR d.mark = $8) AND ($10 = '' OR d.state = $10) AND ($11 = -1 OR d.published = $11)
 ORDER BY d.taken_at DESC, d.id DESC LIMIT $14;

-- :name photos_list_state
SELECT * FROM photos_desk_photo d
 WHERE d.state = $10 AND (d.taken_at, d.id) < ($12, $13)
   AND (d.event_visibility IN ('public', 'internal') OR $1 = 1) AND (CASE WHEN d.removed_at IS NULL THEN 0 ELSE 1 END) = $2
   AND d.taken_at >= $3 AND d.taken_at < $4 AND ($5 = 0 OR d.event = $5) AND ($6 = 0 OR d.coverage = $6) AND ($7 = 0 OR d.person = $7)
   AND ($8 = '' OR d.mark = $8) AND ($9 = '' OR d.minors = $9) AND ($11 = -1 OR d.published = $11)
 ORDER BY d.taken_at DESC, d.id DESC LIMIT $14;

-- :name photos_list_removed   those of 30 days: few
SELECT * FROM photos_desk_photo d
 WHERE d.removed_at > 0 AND $2 = 1 AND (d.taken_at + 0, d.id) < ($12, $13)
   AND (d.event_visibility IN ('public', 'internal') OR $1 = 1)
   AND d.taken_at + 0 >= $3 AND d.taken_at + 0 < $4 AND ($5 = 0 OR d.event = $5) AND ($6 = 0 OR d.coverage = $6) AND ($7 = 0 OR d.person = $7)
   AND ($8 = '' OR d.mark = $8) AND ($9 = '' OR d.minors = $9) AND ($10 = '' OR d.state = $10) AND ($11 = -1 OR d.published = $11)
 ORDER BY d.taken_at + 0 DESC, d.id DESC LIMIT $14;

-- :name photos_list_handed    what photos_delivered counts, whoever asks: handed in from $1 on and before $2; $6 an area or 0
SELECT * FROM photos_desk_photo d
 WHERE d.handed_at >= $1 AND d.handed_at < $2 AND d.removed_at IS NULL AND d.event_visibility || '' IN ('public', 'internal')
   AND ($3 = 0 OR d.event = $3) AND ($4 = 0 OR d.coverage = $4) AND ($5 = 0 OR d.person = $5)
   AND ($6 = 0 OR EXISTS (SELECT 1 FROM agenda_event w WHERE w.id = d.event AND w.area = $6))
   AND (d.taken_at + 0, d.id) < ($7, $8)
 ORDER BY d.taken_at + 0 DESC, d.id DESC LIMIT $9;

-- :name photos_list_handed_of  of one coverage
SELECT * FROM photos_desk_photo d
 WHERE d.coverage = $4 AND d.handed_at >= $1 AND d.handed_at < $2 AND d.removed_at IS NULL
   AND d.event_visibility || '' IN ('public', 'internal') AND ($3 = 0 OR d.event = $3) AND ($5 = 0 OR d.person = $5)
   AND ($6 = 0 OR EXISTS (SELECT 1 FROM agenda_event w WHERE w.id = d.event AND w.area = $6))
   AND (d.taken_at, d.id) < ($7, $8)
 ORDER BY d.taken_at DESC, d.id DESC LIMIT $9;

-- :name photos_list_out       what photos_published counts: out since a moment from $1 on and before $2
SELECT * FROM photos_desk_photo d
 WHERE d.id IN (SELECT o.photo FROM photos_public o WHERE o.published_at >= $1 AND o.published_at < $2) AND d.published = 1
   AND d.event_visibility || '' IN ('public', 'internal') AND ($3 = 0 OR d.event = $3) AND ($4 = 0 OR d.coverage = $4) AND ($5 = 0 OR d.person = $5)
   AND ($6 = 0 OR EXISTS (SELECT 1 FROM agenda_event w WHERE w.id = d.event AND w.area = $6))
   AND (d.taken_at + 0, d.id) < ($7, $8)
 ORDER BY d.taken_at + 0 DESC, d.id DESC LIMIT $9;

-- :name photos_one_of         one of those that words found: is it among what the filter says?
SELECT * FROM photos_desk_photo d
 WHERE d.id = $12 AND (d.event_visibility IN ('public', 'internal') OR $1 = 1) AND (CASE WHEN d.removed_at IS NULL THEN 0 ELSE 1 END) = $2
   AND d.taken_at >= $3 AND d.taken_at < $4 AND ($5 = 0 OR d.event = $5) AND ($6 = 0 OR d.coverage = $6) AND ($7 = 0 OR d.person = $7)
   AND ($8 = '' OR d.mark = $8) AND ($9 = '' OR d.minors = $9) AND ($10 = '' OR d.state = $10) AND ($11 = -1 OR d.published = $11);

-- ---- all of an event, by time: for culling ----

-- :name photos_of_event       $2 the private ones too
SELECT * FROM photos_desk_photo d
 WHERE d.event = $1 AND (d.taken_at, d.id) > ($3, $4) AND (d.event_visibility IN ('public', 'internal') OR $2 = 1) AND d.removed_at IS NULL
 ORDER BY d.taken_at, d.id LIMIT $5;

-- :name photos_of_coverage
SELECT * FROM photos_desk_photo d
 WHERE d.coverage = $1 AND (d.taken_at, d.id) > ($3, $4) AND (d.event_visibility IN ('public', 'internal') OR $2 = 1)
   AND d.removed_at IS NULL
 ORDER BY d.taken_at, d.id LIMIT $5;

-- ---- counting ----

-- :name photos_count_all :sqlite  that were not taken away; $1 = 0: without those of private events, which are few. A bare count(*) reads no rows there
SELECT (SELECT count(*) FROM photos_photo)
     - (SELECT count(*) FROM photos_photo WHERE removed_at IS NOT NULL)
     - CASE WHEN $1 = 1 THEN 0
            ELSE (SELECT count(*) FROM agenda_event e JOIN photos_photo p ON p.event = e.id
                   WHERE e.visibility IN ('private', 'confidential') AND p.removed_at IS NULL) END;

-- :name photos_count_all :postgres
SELECT (SELECT count(*) FROM photos_photo WHERE taken_at > -9000000000000000000)
     - (SELECT count(*) FROM photos_photo WHERE removed_at IS NOT NULL)
     - CASE WHEN $1 = 1 THEN 0
            ELSE (SELECT count(*) FROM agenda_event e JOIN photos_photo p ON p.event = e.id
                   WHERE e.visibility IN ('private', 'confidential') AND p.removed_at IS NULL) END;

-- :name photos_count          along the time; no further than $12
SELECT count(*) FROM (
SELECT d.id FROM photos_desk_photo d
 WHERE d.taken_at >= $3 AND d.taken_at < $4
   AND (d.event_visibility IN ('public', 'internal') OR $1 = 1) AND (CASE WHEN d.removed_at IS NULL THEN 0 ELSE 1 END) = $2
   AND ($5 = 0 OR d.event = $5) AND ($6 = 0 OR d.coverage = $6) AND ($7 = 0 OR d.person = $7)
   AND ($8 = '' OR d.mark = $8) AND ($9 = '' OR d.minors = $9) AND ($10 = '' OR d.state = $10) AND ($11 = -1 OR d.published = $11)
 LIMIT $12) AS few;

-- :name photos_count_event
SELECT count(*) FROM (
SELECT d.id FROM photos_desk_photo d
 WHERE d.event = $5 AND d.taken_at >= $3 AND d.taken_at < $4
   AND (d.event_visibility IN ('public', 'internal') OR $1 = 1) AND (CASE WHEN d.removed_at IS NULL THEN 0 ELSE 1 END) = $2
   AND ($6 = 0 OR d.coverage = $6) AND ($7 = 0 OR d.person = $7)
   AND ($8 = '' OR d.mark = $8) AND ($9 = '' OR d.minors = $9) AND ($10 = '' OR d.state = $10) AND ($11 = -1 OR d.published = $11)
 LIMIT $12) AS few;

-- :name photos_count_coverage
SELECT count(*) FROM (
SELECT d.id FROM photos_desk_photo d
 WHERE d.coverage = $6 AND d.taken_at >= $3 AND d.taken_at < $4
   AND (d.event_visibility IN ('public', 'internal') OR $1 = 1) AND (CASE WHEN d.removed_at IS NULL THEN 0 ELSE 1 END) = $2
   AND ($5 = 0 OR d.event = $5) AND ($7 = 0 OR d.person = $7)
   AND ($8 = '' OR d.mark = $8) AND ($9 = '' OR d.minors = $9) AND ($10 = '' OR d.state = $10) AND ($11 = -1 OR d.published = $11)
 LIMIT $12) AS few;

-- :name photos_count_person
SELECT count(*) FROM (
SELECT d.id FROM photos_desk_photo d
 WHERE d.person = $7 AND d.taken_at >= $3 AND d.taken_at < $4
   AND (d.event_visibility IN ('public', 'internal') OR $1 = 1) AND (CASE WHEN d.removed_at IS NULL THEN 0 ELSE 1 END) = $2
   AND ($5 = 0 OR d.event = $5) AND ($6 = 0 OR d.coverage = $6)
   AND ($8 = '' OR d.mark = $8) AND ($9 = '' OR d.minors = $9) AND ($10 = '' OR d.state = $10) AND ($11 = -1 OR d.published = $11)
 LIMIT $12) AS few;

-- :name photos_count_mark
SELECT count(*) FROM (
SELECT d.id FROM photos_desk_photo d
 WHERE d.mark = $8 AND d.taken_at >= $3 AND d.taken_at < $4
   AND (d.event_visibility IN ('public', 'internal') OR $1 = 1) AND (CASE WHEN d.removed_at IS NULL THEN 0 ELSE 1 END) = $2
   AND ($5 = 0 OR d.event = $5) AND ($6 = 0 OR d.coverage = $6) AND ($7 = 0 OR d.person = $7)
   AND ($9 = '' OR d.minors = $9) AND ($10 = '' OR d.state = $10) AND ($11 = -1 OR d.published = $11)
 LIMIT $12) AS few;

-- :name photos_count_minors
SELECT count(*) FROM (
SELECT d.id FROM photos_desk_photo d
 WHERE d.minors = $9 AND d.taken_at >= $3 AND d.taken_at < $4
   AND (d.event_visibility IN ('public', 'internal') OR $1 = 1) AND (CASE WHEN d.removed_at IS NULL THEN 0 ELSE 1 END) = $2
   AND ($5 = 0 OR d.event = $5) AND ($6 = 0 OR d.coverage = $6) AND ($7 = 0 OR d.person = $7)
   AND ($8 = '' OR d.mark = $8) AND ($10 = '' OR d.state = $10) AND ($11 = -1 OR d.published = $11)
 LIMIT $12) AS few;

-- :name photos_count_state
SELECT count(*) FROM (
SELECT d.id FROM photos_desk_photo d
 WHERE d.state = $10 AND d.taken_at >= $3 AND d.taken_at < $4
   AND (d.event_visibility IN ('public', 'internal') OR $1 = 1) AND (CASE WHEN d.removed_at IS NULL THEN 0 ELSE 1 END) = $2
   AND ($5 = 0 OR d.event = $5) AND ($6 = 0 OR d.coverage = $6) AND ($7 = 0 OR d.person = $7)
   AND ($8 = '' OR d.mark = $8) AND ($9 = '' OR d.minors = $9) AND ($11 = -1 OR d.published = $11)
 LIMIT $12) AS few;

-- :name photos_count_removed
SELECT count(*) FROM (
SELECT d.id FROM photos_desk_photo d
 WHERE d.removed_at > 0 AND $2 = 1 AND d.taken_at + 0 >= $3 AND d.taken_at + 0 < $4
   AND (d.event_visibility IN ('public', 'internal') OR $1 = 1)
   AND ($5 = 0 OR d.event = $5) AND ($6 = 0 OR d.coverage = $6) AND ($7 = 0 OR d.person = $7)
   AND ($8 = '' OR d.mark = $8) AND ($9 = '' OR d.minors = $9) AND ($10 = '' OR d.state = $10) AND ($11 = -1 OR d.published = $11)
 LIMIT $12) AS few;

-- :name photos_count_handed   exactly
SELECT count(*) FROM photos_desk_photo d
 WHERE d.handed_at >= $1 AND d.handed_at < $2 AND d.removed_at IS NULL AND d.event_visibility || '' IN ('public', 'internal')
   AND ($3 = 0 OR d.event = $3) AND ($4 = 0 OR d.coverage = $4) AND ($5 = 0 OR d.person = $5)
   AND ($6 = 0 OR EXISTS (SELECT 1 FROM agenda_event w WHERE w.id = d.event AND w.area = $6));

-- :name photos_count_handed_of
SELECT count(*) FROM photos_desk_photo d
 WHERE d.coverage = $4 AND d.handed_at >= $1 AND d.handed_at < $2 AND d.removed_at IS NULL
   AND d.event_visibility || '' IN ('public', 'internal') AND ($3 = 0 OR d.event = $3) AND ($5 = 0 OR d.person = $5)
   AND ($6 = 0 OR EXISTS (SELECT 1 FROM agenda_event w WHERE w.id = d.event AND w.area = $6));

-- :name photos_count_out      exactly
SELECT count(*) FROM photos_desk_photo d
 WHERE d.id IN (SELECT o.photo FROM photos_public o WHERE o.published_at >= $1 AND o.published_at < $2) AND d.published = 1
   AND d.event_visibility || '' IN ('public', 'internal') AND ($3 = 0 OR d.event = $3) AND ($4 = 0 OR d.coverage = $4) AND ($5 = 0 OR d.person = $5)
   AND ($6 = 0 OR EXISTS (SELECT 1 FROM agenda_event w WHERE w.id = d.event AND w.area = $6));

-- :name photos_count_mine     of the actor's that wait: no alternative text yet, kept; no further than 100
SELECT count(*) FROM (SELECT id FROM photos_photo
 WHERE person = $1 AND taken_at > $2 AND state = 'ready' AND removed_at IS NULL AND mark IN ('keep', 'star')
   AND (minors = 'unreviewed' OR alt IS NULL) LIMIT 100) AS few;

-- ---- in ----

-- :name photos_insert
INSERT INTO photos_photo (id, sha256, size, filename, event, coverage, person, state, taken_at, taken_from, at)
VALUES ($1, $2, $3, $4, $5, $6, $7, 'processing', $8, 'upload', $8);

-- :name photos_give_coverage  that it came again for
UPDATE photos_photo SET coverage = $2 WHERE id = $1 AND coverage IS NULL;

-- :name photos_revive         it came again after somebody took it away
UPDATE photos_photo SET removed_at = NULL, version = version + 1 WHERE id = $1 AND removed_at IS NOT NULL;

-- ---- galleries: for rules ----

-- :name photos_gallery_row
SELECT g.*, e.title AS event_title, p.name AS author_name,
       (SELECT count(*) FROM photos_gallery_photo x WHERE x.gallery = g.id) AS photos,
       (SELECT count(*) FROM photos_gallery_photo x JOIN photos_photo f ON f.id = x.photo
         WHERE x.gallery = g.id AND f.recipe IS NOT NULL) AS ready
  FROM photos_gallery g
  LEFT JOIN agenda_event e ON e.id = g.event
  LEFT JOIN people_person p ON p.id = g.author
 WHERE g.id = $1;

-- :name photos_gallery_items  in their order
SELECT d.* FROM photos_gallery_photo x JOIN photos_desk_photo d ON d.id = x.photo
 WHERE x.gallery = $1 ORDER BY x.position, x.photo LIMIT 500;

-- :name photos_gallery_ids
SELECT photo AS id FROM photos_gallery_photo WHERE gallery = $1 ORDER BY position, photo LIMIT 500;

-- :name photos_gallery_out    as citizens read it
SELECT p.gallery AS id, p.slug, p.title, p.lead, p.event, p.cover, p.photos, p.published_at, p.changed_at, p.withdrawn_at
  FROM photos_gallery_public p WHERE p.gallery = $1 AND p.withdrawn_at IS NULL;

-- :name photos_gallery_out_texts
SELECT o.photo AS id, o.headline, o.caption, o.people, o.place, o.credit, o.name, o.alt
  FROM photos_gallery_public_photo x JOIN photos_public o ON o.photo = x.photo
 WHERE x.gallery = $1 ORDER BY x.position LIMIT 500;

-- ---- who may know of it ----

-- :name photos_event_open     everybody at the desk
SELECT id FROM agenda_event WHERE id = $1 AND visibility IN ('public', 'internal');

-- :name photos_try_again      one that could not be read
UPDATE photos_photo SET state = 'processing', error = NULL, version = version + 1 WHERE id = $1 AND version = $2 AND state = 'failed';
