-- SPDX-License-Identifier: AGPL-3.0-or-later
-- photos_public_queries.sql: what citizens see of pictures. Only frozen tables stand here, the copies that they name, and the
-- agenda as citizens know it.

-- ---- galleries ----

-- :name photos_public_listed    youngest first with their covers; $1, $2 the span, $3, $4 the last one of the page before
SELECT g.gallery AS id, g.slug, g.title, g.lead, g.event, g.cover, g.photos, g.published_at, g.changed_at,
       (SELECT e.title FROM agenda_public_event e WHERE e.id = g.event) AS event_title,
       (SELECT e.slug FROM agenda_public_event e WHERE e.id = g.event) AS event_slug,
       p.photo AS picture_id, p.recipe AS picture_recipe, p.name AS picture_name, p.alt AS picture_alt, p.credit AS picture_credit,
       p.width AS picture_width, p.height AS picture_height, p.thumbhash AS picture_thumbhash,
       p.focal_x AS picture_focal_x, p.focal_y AS picture_focal_y
  FROM photos_gallery_public g
  LEFT JOIN photos_public p ON p.photo = g.cover AND NOT EXISTS (SELECT 1 FROM photos_gone x WHERE x.photo = p.photo)
 WHERE g.withdrawn_at IS NULL AND g.published_at >= $1 AND g.published_at < $2 AND (g.published_at, g.gallery) < ($3, $4)
 ORDER BY g.published_at DESC, g.gallery DESC LIMIT $5;

-- :name photos_public_listed_of  the same of one event, $1
SELECT g.gallery AS id, g.slug, g.title, g.lead, g.event, g.cover, g.photos, g.published_at, g.changed_at,
       (SELECT e.title FROM agenda_public_event e WHERE e.id = g.event) AS event_title,
       (SELECT e.slug FROM agenda_public_event e WHERE e.id = g.event) AS event_slug,
       p.photo AS picture_id, p.recipe AS picture_recipe, p.name AS picture_name, p.alt AS picture_alt, p.credit AS picture_credit,
       p.width AS picture_width, p.height AS picture_height, p.thumbhash AS picture_thumbhash,
       p.focal_x AS picture_focal_x, p.focal_y AS picture_focal_y
  FROM photos_gallery_public g
  LEFT JOIN photos_public p ON p.photo = g.cover AND NOT EXISTS (SELECT 1 FROM photos_gone x WHERE x.photo = p.photo)
 WHERE g.event = $1 AND g.withdrawn_at IS NULL AND (g.published_at, g.gallery) < ($2, $3)
 ORDER BY g.published_at DESC, g.gallery DESC LIMIT $4;

-- :name photos_public_counted   that stand, of a span
SELECT count(*) FROM photos_gallery_public WHERE withdrawn_at IS NULL AND published_at >= $1 AND published_at < $2;

-- :name photos_public_counted_of  that stand, of an event
SELECT count(*) FROM photos_gallery_public WHERE event = $1 AND withdrawn_at IS NULL;

-- :name photos_public_oldest    when the first one that stands was published
SELECT min(published_at) FROM photos_gallery_public WHERE withdrawn_at IS NULL;

-- :name photos_public_changed   newest change first, withdrawn ones too
SELECT g.gallery AS id, g.slug, g.title, g.lead, g.event, g.cover, g.photos, g.published_at, g.changed_at, g.withdrawn_at, g.reason,
       (SELECT e.title FROM agenda_public_event e WHERE e.id = g.event) AS event_title,
       (SELECT e.slug FROM agenda_public_event e WHERE e.id = g.event) AS event_slug,
       p.photo AS picture_id, p.recipe AS picture_recipe, p.name AS picture_name, p.alt AS picture_alt, p.credit AS picture_credit,
       p.width AS picture_width, p.height AS picture_height
  FROM photos_gallery_public g
  LEFT JOIN photos_public p ON p.photo = g.cover AND NOT EXISTS (SELECT 1 FROM photos_gone x WHERE x.photo = p.photo)
 ORDER BY g.changed_at DESC, g.gallery DESC LIMIT $1;

-- :name photos_public_by_slug   one, withdrawn or not
SELECT g.gallery AS id, g.slug, g.title, g.lead, g.event, g.cover, g.photos, g.published_at, g.changed_at, g.withdrawn_at, g.reason,
       (SELECT e.title FROM agenda_public_event e WHERE e.id = g.event) AS event_title,
       (SELECT e.slug FROM agenda_public_event e WHERE e.id = g.event) AS event_slug
  FROM photos_gallery_public g
 WHERE g.slug = $1;

-- ---- pictures ----

-- :name photos_public_items     of one gallery, in their order
SELECT p.photo AS id, p.recipe, p.name, p.headline, p.caption, p.people, p.alt, p.credit, p.place, p.event, p.taken_at, p.width, p.height,
       p.thumbhash, p.focal_x, p.focal_y, p.published_at, p.changed_at, i.position
  FROM photos_gallery_public_photo i JOIN photos_public p ON p.photo = i.photo
 WHERE i.gallery = $1 AND NOT EXISTS (SELECT 1 FROM photos_gone x WHERE x.photo = i.photo)
 ORDER BY i.position LIMIT 1000;

-- :name photos_public_copies    all public copies of one gallery's pictures, in their order
SELECT r.photo, r.recipe, r.variant, r.sha256, r.type, r.width, r.height, r.size, r.crc
  FROM photos_gallery_public_photo i JOIN photos_public p ON p.photo = i.photo
  JOIN photos_rendition r ON r.photo = p.photo AND r.recipe = p.recipe
 WHERE i.gallery = $1 AND NOT EXISTS (SELECT 1 FROM photos_gone x WHERE x.photo = i.photo)
 ORDER BY i.position, r.variant LIMIT 20000;

-- :name photos_public_copies_named  of each only the variant $2
SELECT r.photo, r.recipe, r.variant, r.sha256, r.type, r.width, r.height, r.size, r.crc
  FROM photos_gallery_public_photo i JOIN photos_public p ON p.photo = i.photo
  JOIN photos_rendition r ON r.photo = p.photo AND r.recipe = p.recipe AND r.variant = $2
 WHERE i.gallery = $1 AND NOT EXISTS (SELECT 1 FROM photos_gone x WHERE x.photo = i.photo)
 ORDER BY i.position LIMIT 1000;

-- :name photos_public_one       a picture that stands
SELECT p.photo AS id, p.recipe, p.name, p.alt, p.credit, p.width, p.height, p.event, p.changed_at
  FROM photos_public p
 WHERE p.photo = $1 AND NOT EXISTS (SELECT 1 FROM photos_gone x WHERE x.photo = p.photo);

-- :name photos_public_copy      one copy, of the recipe that is public now
SELECT photo, recipe, variant, sha256, type, width, height, size, crc
  FROM photos_rendition WHERE photo = $1 AND recipe = $2 AND variant = $3;

-- :name photos_public_was       was it ever made for citizens? 1: yes
SELECT 1 FROM photos_rendition WHERE photo = $1 AND recipe <> $2 LIMIT 1;

-- :name photos_public_is_gone   1: it must not be shown any more
SELECT 1 FROM photos_gone WHERE photo = $1;

-- ---- for crawlers ----

-- :name photos_public_addresses  pictures of all galleries that stand, the youngest gallery first: as little as a sitemap needs
SELECT g.gallery AS id, g.slug, g.changed_at, p.photo AS picture_id, p.recipe AS picture_recipe
  FROM photos_gallery_public g
  JOIN photos_gallery_public_photo i ON i.gallery = g.gallery
  JOIN photos_public p ON p.photo = i.photo
 WHERE g.withdrawn_at IS NULL AND (g.published_at, g.gallery) < ($1, $2)
   AND NOT EXISTS (SELECT 1 FROM photos_gone x WHERE x.photo = i.photo)
 ORDER BY g.published_at DESC, g.gallery DESC, i.position LIMIT $3;
