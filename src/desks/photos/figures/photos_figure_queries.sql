-- photos_figure_queries.sql: what the report counts of pictures; the same whoever asks.

-- :name photos_figure_events    events of the public agenda that stand, with pictures; $3 an area or 0, $4 $5 the last one before
SELECT e.id, e.slug, e.title, e.starts_at,
       (SELECT count(*) FROM photos_photo p WHERE p.event = e.id AND p.handed_at IS NOT NULL AND p.removed_at IS NULL) AS photos,
       (SELECT count(*) FROM photos_desk_photo d WHERE d.event = e.id AND d.published = 1) AS published
  FROM agenda_event e
 WHERE e.starts_at >= $1 AND e.starts_at < $2 AND e.visibility = 'public' AND e.status NOT IN ('cancelled', 'postponed')
   AND ($3 = 0 OR e.area = $3) AND (e.starts_at, e.id) < ($4, $5)
   AND EXISTS (SELECT 1 FROM photos_photo p WHERE p.event = e.id AND p.handed_at IS NOT NULL AND p.removed_at IS NULL)
 ORDER BY e.starts_at DESC, e.id DESC LIMIT $6;

-- :name photos_figure_events_count
SELECT count(*) FROM agenda_event e
 WHERE e.starts_at >= $1 AND e.starts_at < $2 AND e.visibility = 'public' AND e.status NOT IN ('cancelled', 'postponed')
   AND ($3 = 0 OR e.area = $3)
   AND EXISTS (SELECT 1 FROM photos_photo p WHERE p.event = e.id AND p.handed_at IS NOT NULL AND p.removed_at IS NULL);

-- :name photos_figure_people    who delivered, and what of it went out; pictures that a program brought have no person
SELECT t.person, u.name, sum(t.delivered) AS delivered, sum(t.published) AS published
  FROM (SELECT d.person, 1 AS delivered, 0 AS published FROM photos_desk_photo d
         WHERE d.handed_at >= $1 AND d.handed_at < $2 AND d.removed_at IS NULL AND d.event_visibility IN ('public', 'internal')
        UNION ALL
        SELECT d.person, 0, 1 FROM photos_desk_photo d
         WHERE d.id IN (SELECT o.photo FROM photos_public o WHERE o.published_at >= $1 AND o.published_at < $2) AND d.published = 1
           AND d.event_visibility IN ('public', 'internal')) t
  JOIN people_person u ON u.id = t.person
 GROUP BY t.person, u.name
 ORDER BY sum(t.delivered) DESC, sum(t.published) DESC, u.name LIMIT $3;

-- :name photos_figure_of_event  how far the pictures of one event are
SELECT count(*) AS "all",
       count(CASE WHEN d.mark IN ('keep', 'star') THEN 1 END) AS kept,
       count(CASE WHEN d.handed_at IS NOT NULL THEN 1 END) AS delivered,
       count(CASE WHEN EXISTS (SELECT 1 FROM photos_gallery_public_photo x JOIN photos_gallery_public g ON g.gallery = x.gallery
                                WHERE x.photo = d.id AND g.withdrawn_at IS NULL) THEN 1 END) AS published,
       count(CASE WHEN d.minors = 'unreviewed' AND d.state = 'ready' AND d.mark <> 'drop' THEN 1 END) AS unreviewed,
       count(CASE WHEN d.state = 'failed' THEN 1 END) AS failed
  FROM photos_photo d WHERE d.event = $1 AND d.removed_at IS NULL;
