-- SPDX-License-Identifier: AGPL-3.0-or-later
-- press_queries.sql: releases at the desk: reading them, their texts, files, versions and approvals.

-- :name press_find             $2: may the title of a private event be read
SELECT r.*, a.name AS area_name, p.name AS author_name,
       CASE WHEN e.visibility IN ('public', 'internal') OR $2 = 1 THEN e.title END AS event_title,
       (SELECT count(*) FROM press_comment c WHERE c.release = r.id AND c.resolved_at IS NULL) AS open_comments
  FROM press_release r
  LEFT JOIN people_area a ON a.id = r.area
  LEFT JOIN people_person p ON p.id = r.author
  LEFT JOIN agenda_event e ON e.id = r.event
 WHERE r.id = $1;

-- :name press_list      whatever it filters by; $1 a state, 'open' or '', $8 and $9 the last one of the page before
SELECT d.*, CASE WHEN d.event_visibility IN ('public', 'internal') OR $7 = 1 THEN d.event_name END AS event_title
  FROM press_desk_release d
 WHERE ($1 = '' OR d.state = $1 OR ($1 = 'open' AND d.state IN ('draft', 'in_review', 'approved', 'scheduled', 'embargoed')))
   AND ($2 = 0 OR d.published_at >= $2) AND ($3 = 0 OR d.published_at < $3)
   AND ($4 = 0 OR d.event = $4) AND ($5 = 0 OR d.area = $5) AND ($6 = 0 OR d.author = $6)
   AND (d.changed_at, d.id) < ($8, $9)
 ORDER BY d.changed_at DESC, d.id DESC LIMIT $10;

-- :name press_list_state   of one state: along its index; $3 a writer or 0
SELECT d.*, CASE WHEN d.event_visibility IN ('public', 'internal') OR $2 = 1 THEN d.event_name END AS event_title
  FROM press_desk_release d
 WHERE d.state = $1 AND (d.changed_at, d.id) < ($4, $5) AND ($3 = 0 OR d.author = $3)
 ORDER BY d.changed_at DESC, d.id DESC LIMIT $6;

-- :name press_list_author  of one writer: along that index
SELECT d.*, CASE WHEN d.event_visibility IN ('public', 'internal') OR $3 = 1 THEN d.event_name END AS event_title
  FROM press_desk_release d
 WHERE d.author = $1 AND (d.changed_at, d.id) < ($4, $5)
   AND ($2 = '' OR d.state = $2 OR ($2 = 'open' AND d.state IN ('draft', 'in_review', 'approved', 'scheduled', 'embargoed')))
 ORDER BY d.changed_at DESC, d.id DESC LIMIT $6;

-- :name press_list_corrected  that were corrected in a span: few
SELECT d.*, CASE WHEN d.event_visibility IN ('public', 'internal') OR $7 = 1 THEN d.event_name END AS event_title
  FROM press_desk_release d
 WHERE d.id IN (SELECT x.release FROM press_edition x WHERE x.number > 1 AND x.at >= $2 AND x.at < $3) AND ($1 = '' OR d.state = $1)
   AND ($4 = 0 OR d.event = $4) AND ($5 = 0 OR d.area = $5) AND ($6 = 0 OR d.author = $6)
   AND (d.changed_at, d.id) < ($8, $9)
 ORDER BY d.changed_at DESC, d.id DESC LIMIT $10;

-- :name press_list_event   that tell of an event: few
SELECT d.*, CASE WHEN d.event_visibility IN ('public', 'internal') OR $7 = 1 THEN d.event_name END AS event_title
  FROM press_desk_release d
 WHERE d.event = $4 AND ($2 = 0 OR d.published_at >= $2) AND ($3 = 0 OR d.published_at < $3)
   AND ($1 = '' OR d.state = $1 OR ($1 = 'open' AND d.state IN ('draft', 'in_review', 'approved', 'scheduled', 'embargoed')))
   AND ($5 = 0 OR d.area = $5) AND ($6 = 0 OR d.author = $6) AND (d.changed_at, d.id) < ($8, $9)
 ORDER BY d.changed_at DESC, d.id DESC LIMIT $10;

-- :name press_list_open    all before publication: few
SELECT d.*, CASE WHEN d.event_visibility IN ('public', 'internal') OR $1 = 1 THEN d.event_name END AS event_title
  FROM press_desk_release d
 WHERE d.state IN ('draft', 'in_review', 'approved', 'scheduled', 'embargoed') AND (d.changed_at, d.id) < ($2, $3)
 ORDER BY d.changed_at DESC, d.id DESC LIMIT $4;

-- :name press_list_span    of a month or a year, by the index of publication
SELECT d.*, CASE WHEN d.event_visibility IN ('public', 'internal') OR $7 = 1 THEN d.event_name END AS event_title
  FROM press_desk_release d
 WHERE d.published_at >= $2 AND d.published_at < $3 AND ($1 = '' OR d.state = $1)
   AND ($4 = 0 OR d.event = $4) AND ($5 = 0 OR d.area = $5) AND ($6 = 0 OR d.author = $6)
   AND (d.changed_at, d.id) < ($8, $9)
 ORDER BY d.changed_at DESC, d.id DESC LIMIT $10;

-- :name press_count     what press_list lists in all: the same conditions
SELECT count(*)
  FROM press_release r
 WHERE ($1 = '' OR r.state = $1 OR ($1 = 'open' AND r.state IN ('draft', 'in_review', 'approved', 'scheduled', 'embargoed')))
   AND ($2 = 0 OR r.published_at >= $2) AND ($3 = 0 OR r.published_at < $3)
   AND ($4 = 0 OR r.event = $4) AND ($5 = 0 OR r.area = $5) AND ($6 = 0 OR r.author = $6) AND r.changed_at > 0;

-- :name press_count_event
SELECT count(*)
  FROM press_release r
 WHERE r.event = $4 AND ($2 = 0 OR r.published_at >= $2) AND ($3 = 0 OR r.published_at < $3)
   AND ($1 = '' OR r.state = $1 OR ($1 = 'open' AND r.state IN ('draft', 'in_review', 'approved', 'scheduled', 'embargoed')))
   AND ($5 = 0 OR r.area = $5) AND ($6 = 0 OR r.author = $6);

-- :name press_count_corrected
SELECT count(*)
  FROM press_release r
 WHERE r.id IN (SELECT x.release FROM press_edition x WHERE x.number > 1 AND x.at >= $2 AND x.at < $3) AND ($1 = '' OR r.state = $1)
   AND ($4 = 0 OR r.event = $4) AND ($5 = 0 OR r.area = $5) AND ($6 = 0 OR r.author = $6);

-- :name press_count_author  out of its index alone
SELECT count(*)
  FROM press_release r
 WHERE r.author = $1
   AND ($2 = '' OR r.state = $2 OR ($2 = 'open' AND r.state IN ('draft', 'in_review', 'approved', 'scheduled', 'embargoed')));

-- :name press_count_state_of  of one state and one writer: along the state, of which there are few
SELECT count(*) FROM press_release r WHERE r.state = $1 AND ($2 = 0 OR r.author = $2);

-- :name press_count_state  what is published is most of all, and counted already: without the corrected, which are few
SELECT CASE WHEN $1 = 'published'
            THEN (SELECT COALESCE(sum(releases), 0) FROM press_tally WHERE topic = '') -
                 (SELECT count(*) FROM press_release WHERE state = 'corrected')
            ELSE (SELECT count(*) FROM press_release WHERE state = $1) END;

-- :name press_count_open
SELECT count(*) FROM press_release WHERE state IN ('draft', 'in_review', 'approved', 'scheduled', 'embargoed');

-- :name press_count_all    what is public is counted already
SELECT (SELECT COALESCE(sum(releases), 0) FROM press_tally WHERE topic = '') +
       (SELECT count(*) FROM press_release
         WHERE state IN ('draft', 'in_review', 'approved', 'scheduled', 'embargoed', 'withdrawn', 'discarded'));

-- :name press_count_span
SELECT count(*)
  FROM press_release r
 WHERE r.published_at >= $2 AND r.published_at < $3 AND ($1 = '' OR r.state = $1)
   AND ($4 = 0 OR r.event = $4) AND ($5 = 0 OR r.area = $5) AND ($6 = 0 OR r.author = $6);

-- :name press_of_event  the desk's releases that tell of an event, youngest first
SELECT r.id, r.folio, r.slug, r.state, r.title, r.lead, r.topics, r.tongue, r.event, r.area, r.author, r.publish_at, r.embargo_until,
       r.published_at, r.corrected_at, r.withdrawn_at, r.edition, r.code, r.created_at, r.changed_at, r.version,
       (SELECT count(*) FROM press_comment c WHERE c.release = r.id AND c.resolved_at IS NULL) AS open_comments
  FROM press_release r WHERE r.event = $1 AND r.state <> 'discarded' ORDER BY r.id DESC LIMIT $2;

-- :name press_id_of_folio
SELECT id FROM press_release WHERE folio = $1;

-- :name press_id_of_slug       the present address
SELECT id FROM press_release WHERE slug = $1;

-- :name press_id_of_old_slug   an address that it had
SELECT release FROM press_slug WHERE slug = $1;

-- :name press_texts
SELECT tongue, title, lead, body FROM press_text WHERE release = $1 ORDER BY tongue LIMIT 20;

-- :name press_files            of one standing, $2: the cover first
SELECT f.*, CASE WHEN r.cover = f.id THEN 1 ELSE 0 END AS is_cover,
       CASE WHEN EXISTS (SELECT 1 FROM press_shown_file s WHERE s.id = f.id) THEN 0 ELSE 1 END AS gone
  FROM press_file f JOIN press_release r ON r.id = f.release
 WHERE f.release = $1 AND f.standing = $2 ORDER BY CASE WHEN r.cover = f.id THEN 0 ELSE 1 END, f.position, f.id LIMIT 50;

-- :name press_file
SELECT f.*, CASE WHEN r.cover = f.id THEN 1 ELSE 0 END AS is_cover,
       CASE WHEN EXISTS (SELECT 1 FROM press_shown_file s WHERE s.id = f.id) THEN 0 ELSE 1 END AS gone
  FROM press_file f JOIN press_release r ON r.id = f.release WHERE f.id = $1;

-- :name press_corrections
SELECT number, at, note FROM press_edition WHERE release = $1 AND number > 1 ORDER BY number LIMIT 200;

-- :name press_approvals        of one content
SELECT a.at, a.person, a.signed_as, p.name AS person_name
  FROM press_approval a LEFT JOIN people_person p ON p.id = a.person
 WHERE a.release = $1 AND a.hash = $2 ORDER BY a.id LIMIT 50;

-- :name press_versions
SELECT v.release, v.number, v.kind, v.edition, v.hash, v.note, v.person, v.at, p.name AS person_name
  FROM press_version v LEFT JOIN people_person p ON p.id = v.person
 WHERE v.release = $1 AND v.number < $2 ORDER BY v.number DESC LIMIT $3;

-- :name press_version
SELECT v.*, p.name AS person_name
  FROM press_version v LEFT JOIN people_person p ON p.id = v.person
 WHERE v.release = $1 AND v.number = $2;

-- :name press_topic_of         by its address
SELECT slug, name, sensitive, in_silence, version FROM press_topic WHERE slug = $1;

-- :name press_edition_now      what citizens can read of it
SELECT release AS id, number, withdrawn_at, folio, title, lead, body, topics, dateline_place, published_at FROM press_edition
 WHERE release = $1 AND current = 1;
