-- SPDX-License-Identifier: AGPL-3.0-or-later
-- press_public_queries.sql: what citizens read. Only the view press_public and public tables stand here; of a file or a
-- rendition only what an edition names.

-- ---- lists: without the body; cover_url is the variant of the picture, the code makes an address of it ----

-- :name press_public_listed     youngest first; $1, $2 the span, $3, $4 the last one of the page before
SELECT p.release AS id, p.number, p.folio, p.slug, p.title, p.lead, p.topics, p.tongue, p.dateline_place, p.dateline_day, p.event,
       p.area_name, p.contact_name, p.contact_phone, p.contact_mail, c.id AS cover_id, p.published_at, p.corrected_at, p.at,
       p.changed_at, p.note, p.code, p.sha256, p.signature, CASE WHEN p.number > 1 THEN 'corrected' ELSE 'published' END AS state,
       v.variant AS cover_url, v.width AS cover_width, v.height AS cover_height, f.alt AS cover_alt, f.caption AS cover_caption,
       f.credit AS cover_credit
  FROM press_public p
  LEFT JOIN press_shown_file c ON c.id = p.cover
  LEFT JOIN press_edition_file f ON f.release = p.release AND f.number = p.number AND f.file = c.id
  LEFT JOIN press_rendition v ON v.file = c.id AND v.variant = '640.jpg'
 WHERE p.withdrawn_at IS NULL AND p.published_at >= $1 AND p.published_at < $2 AND (p.published_at, p.release) < ($3, $4)
 ORDER BY p.published_at DESC, p.release DESC LIMIT $5;

-- :name press_public_listed_of  the same of one topic, $6
SELECT p.release AS id, p.number, p.folio, p.slug, p.title, p.lead, p.topics, p.tongue, p.dateline_place, p.dateline_day, p.event,
       p.area_name, p.contact_name, p.contact_phone, p.contact_mail, c.id AS cover_id, p.published_at, p.corrected_at, p.at,
       p.changed_at, p.note, p.code, p.sha256, p.signature, CASE WHEN p.number > 1 THEN 'corrected' ELSE 'published' END AS state,
       v.variant AS cover_url, v.width AS cover_width, v.height AS cover_height, f.alt AS cover_alt, f.caption AS cover_caption,
       f.credit AS cover_credit
  FROM press_edition_topic t JOIN press_public p ON p.release = t.release
  LEFT JOIN press_shown_file c ON c.id = p.cover
  LEFT JOIN press_edition_file f ON f.release = p.release AND f.number = p.number AND f.file = c.id
  LEFT JOIN press_rendition v ON v.file = c.id AND v.variant = '640.jpg'
 WHERE t.slug = $6 AND t.published_at >= $1 AND t.published_at < $2 AND (t.published_at, t.release) < ($3, $4) AND p.withdrawn_at IS NULL
 ORDER BY t.published_at DESC, t.release DESC LIMIT $5;

-- :name press_public_addresses  for the sitemap: as little as it needs
SELECT release AS id, slug, title, tongue, published_at, changed_at
  FROM press_public
 WHERE withdrawn_at IS NULL AND published_at >= $1 AND published_at < $2 AND (published_at, release) < ($3, $4)
 ORDER BY published_at DESC, release DESC LIMIT $5;

-- :name press_public_of_event   of one event, youngest first
SELECT p.release AS id, p.number, p.folio, p.slug, p.title, p.lead, p.topics, p.tongue, p.event, p.published_at, p.corrected_at,
       CASE WHEN p.number > 1 THEN 'corrected' ELSE 'published' END AS state
  FROM press_public p
 WHERE p.event = $1 AND p.withdrawn_at IS NULL ORDER BY p.published_at DESC, p.release DESC LIMIT $2;

-- :name press_public_changed    whole, newest change first, withdrawn ones too
SELECT release AS id, number, folio, slug, title, lead, body, topics, tongue, dateline_place, dateline_day, event, area_name,
       (SELECT c.id FROM press_shown_file c WHERE c.id = cover) AS cover_id, published_at, corrected_at, withdrawn_at, at, changed_at,
       note, reason, code,
       CASE WHEN withdrawn_at IS NOT NULL THEN 'withdrawn' WHEN number > 1 THEN 'corrected' ELSE 'published' END AS state
  FROM press_public ORDER BY changed_at DESC, release DESC LIMIT $1;

-- ---- one ----

-- :name press_public_by_slug    its youngest edition, withdrawn or not
SELECT release AS id, number, folio, slug, title, lead, body, topics, tongue, dateline_place, dateline_day, event, area_name,
       contact_name, contact_phone, contact_mail, (SELECT c.id FROM press_shown_file c WHERE c.id = cover) AS cover_id, published_at, corrected_at, withdrawn_at, at, changed_at,
       note, reason, code, sha256, signature,
       CASE WHEN withdrawn_at IS NOT NULL THEN 'withdrawn' WHEN number > 1 THEN 'corrected' ELSE 'published' END AS state
  FROM press_public WHERE slug = $1;

-- :name press_public_by_id      the same by its number
SELECT release AS id, number, folio, slug, title, lead, body, topics, tongue, dateline_place, dateline_day, event, area_name,
       contact_name, contact_phone, contact_mail, (SELECT c.id FROM press_shown_file c WHERE c.id = cover) AS cover_id, published_at, corrected_at, withdrawn_at, at, changed_at,
       note, reason, code, sha256, signature,
       CASE WHEN withdrawn_at IS NOT NULL THEN 'withdrawn' WHEN number > 1 THEN 'corrected' ELSE 'published' END AS state
  FROM press_public WHERE release = $1;

-- :name press_public_edition    an edition of it, as it read then
SELECT release AS id, number, folio, title, lead, body, topics, tongue, dateline_place, dateline_day, event, area_name,
       contact_name, contact_phone, contact_mail, (SELECT c.id FROM press_shown_file c WHERE c.id = cover) AS cover_id, published_at, withdrawn_at, at, changed_at,
       note, reason, code, sha256, signature,
       CASE WHEN withdrawn_at IS NOT NULL THEN 'withdrawn' WHEN number > 1 THEN 'corrected' ELSE 'published' END AS state
  FROM press_edition WHERE release = $1 AND number = $2;

-- :name press_public_by_old_slug  whose address that was
SELECT release FROM press_slug WHERE slug = $1;

-- :name press_public_by_path    where a path of an imported site leads
SELECT p.release AS id, p.slug FROM press_path o JOIN press_public p ON p.release = o.release WHERE o.path = $1;

-- :name press_public_texts      an edition in its other languages: a JSON list
SELECT release AS id, texts AS body FROM press_edition WHERE release = $1 AND number = $2;

-- :name press_public_corrections  what was corrected, the youngest first
SELECT number, at, note FROM press_edition WHERE release = $1 AND number > 1 ORDER BY number DESC LIMIT 100;

-- :name press_public_files      the cover and the attachments of an edition, with the words that they had; photos that are gone stay away
SELECT e.file AS id, e.release, e.position, e.alt, e.caption, e.credit, f.sha256, f.filename, f.type, f.size, f.width, f.height, f.at
  FROM press_edition_file e JOIN press_shown_file f ON f.id = e.file
 WHERE e.release = $1 AND e.number = $2 ORDER BY e.position, e.file LIMIT 50;

-- :name press_public_file_in   the youngest edition that has a file
SELECT MAX(number) FROM press_edition_file WHERE file = $2 AND release = $1;

-- :name press_public_topics_of  what a release is filed under
SELECT t.slug, t.name FROM press_edition_topic e JOIN press_topic t ON t.slug = e.slug WHERE e.release = $1 ORDER BY t.name LIMIT 20;

-- :name press_public_event      what it tells of, where citizens can see that
SELECT id, slug, title, starts_at, all_day, place_name FROM agenda_public_event WHERE id = $1;

-- ---- figures: kept as they change, never counted ----

-- :name press_public_tallied    of a topic ('': all) in months from $2 up to $3
SELECT sum(releases) FROM press_tally WHERE topic = $1 AND month >= $2 AND month < $3;

-- :name press_public_counted    of a span that is not whole months
SELECT count(*) FROM press_edition WHERE current = 1 AND withdrawn_at IS NULL AND published_at >= $1 AND published_at < $2;

-- :name press_public_counted_of  the same of a topic, $3
SELECT count(*) FROM press_edition_topic WHERE slug = $3 AND published_at >= $1 AND published_at < $2;

-- :name press_public_months     months in which something is public, newest first
SELECT month, releases FROM press_tally WHERE topic = $1 AND releases > 0 ORDER BY month DESC LIMIT 1200;

-- :name press_public_topics     topics that something public has, the larger ones first
SELECT slug, name, releases FROM press_topic WHERE releases > 0 ORDER BY releases DESC, name LIMIT 500;

-- :name press_public_topic      one of them, by its word in addresses
SELECT slug, name, sensitive, in_silence, version FROM press_topic WHERE slug = $1;
