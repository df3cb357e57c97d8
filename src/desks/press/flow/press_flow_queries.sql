-- SPDX-License-Identifier: AGPL-3.0-or-later
-- press_flow_queries.sql: what the rules of a release write, and what they ask before.

-- ---- addresses ----

-- :name press_slug_taken      by a release that has it or had it
SELECT (SELECT count(*) FROM press_release WHERE slug = $1) + (SELECT count(*) FROM press_slug WHERE slug = $1);

-- :name press_slug_was_of     whose address it is or was
SELECT id FROM press_release WHERE slug = $1 UNION ALL SELECT release FROM press_slug WHERE slug = $1 LIMIT 1;

-- :name press_slug_give_up
INSERT INTO press_slug (slug, release, at) VALUES ($1, $2, $3);

-- :name press_slug_take_back  the release goes back to an address that it had
DELETE FROM press_slug WHERE slug = $1 AND release = $2;

-- :name press_set_slug
UPDATE press_release SET slug = $3, changed_at = $4, version = version + 1 WHERE id = $1 AND version = $2;

-- ---- content ----

-- :name press_wrote_it        did this person make the content what it is?
SELECT count(*) FROM press_version WHERE release = $1 AND hash = $2 AND person = $3 AND kind IN ('saved', 'autosaved');

-- :name press_add
INSERT INTO press_release (id, slug, state, title, lead, body, topics, dateline_place, dateline_day, event, area, contact_name,
                           contact_phone, contact_mail, tongue, author, hash, created_at, changed_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $18);

-- :name press_set_content     $2 is the version that the caller saw: a second editor loses politely
UPDATE press_release
   SET slug = $3, state = $4, title = $5, lead = $6, body = $7, topics = $8, dateline_place = $9, dateline_day = $10, event = $11,
       area = $12, contact_name = $13, contact_phone = $14, contact_mail = $15, tongue = $16, hash = $17,
       approved_hash = CASE WHEN $4 IN ('draft', 'in_review') THEN NULL ELSE approved_hash END, changed_at = $18, version = version + 1
 WHERE id = $1 AND version = $2;

-- :name press_set_files       its cover, and what its hash is now
UPDATE press_release
   SET state = $3, cover = $4, hash = $5, approved_hash = CASE WHEN $3 IN ('draft', 'in_review') THEN NULL ELSE approved_hash END,
       changed_at = $6, version = version + 1
 WHERE id = $1 AND version = $2;

-- :name press_texts_drop
DELETE FROM press_text WHERE release = $1;

-- :name press_text_add
INSERT INTO press_text (release, tongue, title, lead, body) VALUES ($1, $2, $3, $4, $5);

-- :name press_version_add
INSERT INTO press_version (release, number, kind, edition, content, hash, note, person, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- :name press_version_last     without its content
SELECT release, number, kind, edition, hash, note, person, at FROM press_version WHERE release = $1 ORDER BY number DESC LIMIT 1;

-- :name press_version_replace an autosave in place of the one before
UPDATE press_version SET content = $3, hash = $4 WHERE release = $1 AND number = $2;

-- :name press_version_mean
UPDATE press_version SET kind = 'saved' WHERE release = $1 AND number = $2;

-- :name press_template_of
SELECT * FROM press_template WHERE id = $1;

-- ---- files ----

-- :name press_file_add
INSERT INTO press_file (id, release, sha256, filename, type, size, alt, caption, credit, position, person, at, photo, standing)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, (SELECT COALESCE(MAX(position), 0) + 1 FROM press_file WHERE release = $2), $10, $11, $12,
        $13);

-- :name press_file_set
UPDATE press_file SET alt = $2, caption = $3, credit = $4 WHERE id = $1;

-- :name press_file_stand      a correction takes it in, or takes it away
UPDATE press_file SET standing = $2 WHERE id = $1;

-- :name press_file_drop
DELETE FROM press_file WHERE id = $1;

-- :name press_file_drop_copies
DELETE FROM press_rendition WHERE file = $1;

-- :name press_set_cover
UPDATE press_release SET cover = $2 WHERE id = $1;

-- ---- the way ----

-- :name press_set_state       $3 from, $4 to, $5 the approved hash, $6 why it was returned
UPDATE press_release SET state = $4, approved_hash = $5, reason = $6, changed_at = $7, version = version + 1
 WHERE id = $1 AND version = $2 AND state = $3;

-- :name press_set_schedule
UPDATE press_release
   SET state = $3, publish_at = $4, publish_wall = $5, embargo_until = $6, embargo_wall = $7, time_zone = $8, missed_at = NULL,
       changed_at = $9, version = version + 1
 WHERE id = $1 AND version = $2;

-- :name press_set_missed      back to approved: people decide
UPDATE press_release
   SET state = 'approved', missed_at = publish_at, publish_at = NULL, publish_wall = NULL, changed_at = $3, version = version + 1
 WHERE id = $1 AND version = $2;

-- :name press_approval_add
INSERT INTO press_approval (id, release, hash, person, signed_as, at) VALUES ($1, $2, $3, $4, $5, $6);

-- :name press_due             what waits for its minute, at start
SELECT id, state, publish_at, publish_wall, embargo_until, embargo_wall, time_zone, version FROM press_release
 WHERE state IN ('scheduled', 'embargoed') AND publish_at IS NOT NULL AND (publish_at, id) > ($1, $2) ORDER BY publish_at, id LIMIT $3;

-- :name press_set_minute      the rules of a zone changed: the wall time holds
UPDATE press_release SET publish_at = $3, embargo_until = $4, version = version + 1 WHERE id = $1 AND version = $2;

-- ---- editions ----

-- :name press_folio_next
INSERT INTO press_folio (year, last) VALUES ($1, 1) ON CONFLICT (year) DO UPDATE SET last = press_folio.last + 1;

-- :name press_folio_last
SELECT last FROM press_folio WHERE year = $1;

-- :name press_edition_old     the one before is not the present one any more
UPDATE press_edition SET current = 0 WHERE release = $1 AND current = 1;

-- :name press_edition_add
INSERT INTO press_edition (release, number, current, folio, title, lead, body, topics, dateline_place, dateline_day, event, area_name,
                           contact_name, contact_phone, contact_mail, tongue, texts, cover, note, published_at, at, changed_at, code,
                           sha256, signature)
VALUES ($1, $2, 1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $20, $21, $22, $23);

-- :name press_edition_file_add
INSERT INTO press_edition_file (release, number, file, position, alt, caption, credit) VALUES ($1, $2, $3, $4, $5, $6, $7);

-- :name press_edition_withdraw
UPDATE press_edition SET withdrawn_at = $2, reason = $3, changed_at = $2 WHERE release = $1 AND current = 1;

-- :name press_edition_touch   its address changed
UPDATE press_edition SET changed_at = $2 WHERE release = $1 AND current = 1;

-- :name press_set_public      $3 published or corrected
UPDATE press_release
   SET state = $3, folio = $4, edition = $5, published_at = $6, corrected_at = $7, code = $8, sha256 = $9, signature = $10,
       approved_hash = $11, reason = NULL, missed_at = NULL, changed_at = $12, version = version + 1
 WHERE id = $1 AND version = $2;

-- :name press_set_withdrawn
UPDATE press_release SET state = 'withdrawn', withdrawn_at = $3, reason = $4, changed_at = $3, version = version + 1
 WHERE id = $1 AND version = $2;

-- :name press_edition_topic_add
INSERT INTO press_edition_topic (slug, published_at, release) VALUES ($1, $2, $3);

-- :name press_edition_topics  of what is public
SELECT slug FROM press_edition_topic WHERE release = $1 LIMIT 50;

-- :name press_edition_topics_drop
DELETE FROM press_edition_topic WHERE release = $1;

-- :name press_topic_tally     of whatever month
UPDATE press_topic SET releases = releases + $2 WHERE slug = $1;

-- :name press_tally_add       $3 one more, or one less
INSERT INTO press_tally (topic, month, releases) VALUES ($1, $2, $3)
    ON CONFLICT (topic, month) DO UPDATE SET releases = press_tally.releases + $3;

-- ---- review ----

-- :name press_comments
SELECT c.id, c.release, c.quote, c.text, c.person, c.at, c.resolved_at, p.name AS person_name, q.name AS resolved_name
  FROM press_comment c LEFT JOIN people_person p ON p.id = c.person LEFT JOIN people_person q ON q.id = c.resolved_by
 WHERE c.release = $1 ORDER BY c.id LIMIT 200;

-- :name press_comment
SELECT id, release, quote, text, person, at, resolved_at FROM press_comment WHERE id = $1;

-- :name press_comment_add
INSERT INTO press_comment (id, release, quote, text, person, at) VALUES ($1, $2, $3, $4, $5, $6);

-- :name press_comment_set
UPDATE press_comment SET resolved_at = $2, resolved_by = $3 WHERE id = $1;

-- ---- silence ----

-- :name press_silence_at      that holds at an instant
SELECT * FROM press_silence WHERE to_at > $1 AND from_at <= $1 ORDER BY to_at LIMIT 20;

-- :name press_silence_next    that are not over, the soonest first
SELECT * FROM press_silence WHERE to_at > $1 ORDER BY to_at LIMIT 20;

-- :name press_override_there  somebody answers for this content in that silence
SELECT 1 FROM press_override WHERE release = $1 AND silence = $2 AND hash = $3;

-- :name press_override_add
INSERT INTO press_override (id, release, silence, hash, reason, person, signed_as, at, canonical, signature, key)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11);
