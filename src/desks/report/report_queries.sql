-- SPDX-License-Identifier: AGPL-3.0-or-later
-- report_queries.sql: every statement of the report room.

-- ---- versions ----

-- :name report_youngest
SELECT v.*, s.name AS sent_name, g.name AS signed_name
  FROM report_version v LEFT JOIN people_person s ON s.id = v.sent_by LEFT JOIN people_person g ON g.id = v.signed_by
 WHERE v.month = $1 ORDER BY v.month, v.version DESC LIMIT 1;

-- :name report_of
SELECT v.*, s.name AS sent_name, g.name AS signed_name
  FROM report_version v LEFT JOIN people_person s ON s.id = v.sent_by LEFT JOIN people_person g ON g.id = v.signed_by
 WHERE v.month = $1 AND v.version = $2;

-- :name report_versions_of       of a month, without their texts
SELECT v.id, v.month, v.version, v.state, v.note, v.reason, v.sha256, v.sent_by, v.sent_at, v.signed_by, v.signed_at,
       v.signed_as, v.code, v.published_at, v.revision, s.name AS sent_name, g.name AS signed_name
  FROM report_version v LEFT JOIN people_person s ON s.id = v.sent_by LEFT JOIN people_person g ON g.id = v.signed_by
 WHERE v.month = $1 ORDER BY v.version DESC LIMIT $2;

-- :name report_since             the versions of many months, newest first, without their texts
SELECT v.id, v.month, v.version, v.state, v.sha256, v.code, v.signed_at, v.published_at, v.revision
  FROM report_version v WHERE v.month >= $1 ORDER BY v.month DESC, v.version DESC LIMIT $2;

-- :name report_published_youngest
SELECT v.* FROM report_version v WHERE v.state = 'published' AND v.month = $1 ORDER BY v.state, v.month, v.version DESC LIMIT 1;

-- :name report_published_of
SELECT v.* FROM report_version v WHERE v.state = 'published' AND v.month = $1 AND v.version = $2;

-- :name report_published_all     newest month first; of a month with two, the younger one first
SELECT v.* FROM report_version v WHERE v.state = 'published' ORDER BY v.state DESC, v.month DESC, v.version DESC LIMIT $1;

-- :name report_add
INSERT INTO report_version (id, month, version, state, note, highlights, difficulties, outlook, created_at, changed_at)
VALUES ($1, $2, $3, 'draft', $4, $5, $6, $7, $8, $8);

-- :name report_set_texts         $2 is the revision that the caller saw
UPDATE report_version
   SET highlights = $3, difficulties = $4, outlook = $5, changed_at = $6, revision = revision + 1
 WHERE id = $1 AND revision = $2 AND state = 'draft';

-- :name report_set_review        frozen
UPDATE report_version
   SET state = 'in_review', snapshot = $2, sha256 = $3, sent_by = $4, sent_at = $5, reason = NULL, changed_at = $5,
       revision = revision + 1
 WHERE id = $1 AND state = 'draft';

-- :name report_set_returned      a draft again, computed again
UPDATE report_version
   SET state = 'draft', snapshot = NULL, sha256 = NULL, sent_by = NULL, sent_at = NULL, reason = $2, changed_at = $3,
       revision = revision + 1
 WHERE id = $1 AND state = 'in_review';

-- :name report_set_signed        $2 is the snapshot that the signer saw: of two, one wins
UPDATE report_version
   SET state = 'signed', signed_by = $3, signed_at = $4, signed_as = $5, code = $6, signature = $7, changed_at = $4,
       revision = revision + 1
 WHERE id = $1 AND state = 'in_review' AND sha256 = $2;

-- :name report_set_published
UPDATE report_version
   SET state = 'published', published_by = $2, published_at = $3, changed_at = $3, revision = revision + 1
 WHERE id = $1 AND state = 'signed';
