-- SPDX-License-Identifier: AGPL-3.0-or-later
-- photos_consent_queries.sql: consents of minors. Who they are stands in photos_consent_name, which photos_consent_name_of alone reads:
-- whoever asks for it writes the line that says so. No other statement may speak of that table; a test looks through them all.

-- ---- reading: without names; the last value of each is the instant at which it has to hold ----

-- :name photos_consent_list        the youngest first; $2 those that ended too
SELECT c.id, c.use, c.heard, c.signed_on, c.expires_at, c.revoked_at, c.reason, c.sha256, c.filename, c.type, c.size, c.at, c.version,
       p.name AS person_name, (SELECT count(*) FROM photos_consent_photo x WHERE x.consent = c.id) AS photos,
       CASE WHEN c.heard = 1 AND c.revoked_at IS NULL AND (c.expires_at IS NULL OR c.expires_at > $4) THEN 1 ELSE 0 END AS stands
  FROM photos_consent c LEFT JOIN people_person p ON p.id = c.person
 WHERE c.id < $1 AND ($2 = 1 OR (c.revoked_at IS NULL AND (c.expires_at IS NULL OR c.expires_at > $4)))
 ORDER BY c.id DESC LIMIT $3;

-- :name photos_consent_row
SELECT c.id, c.use, c.heard, c.signed_on, c.expires_at, c.revoked_at, c.reason, c.sha256, c.filename, c.type, c.size, c.at, c.version,
       p.name AS person_name, (SELECT count(*) FROM photos_consent_photo x WHERE x.consent = c.id) AS photos,
       CASE WHEN c.heard = 1 AND c.revoked_at IS NULL AND (c.expires_at IS NULL OR c.expires_at > $2) THEN 1 ELSE 0 END AS stands
  FROM photos_consent c LEFT JOIN people_person p ON p.id = c.person
 WHERE c.id = $1;

-- :name photos_consent_of_photo
SELECT c.id, c.use, c.heard, c.signed_on, c.expires_at, c.revoked_at, c.reason, c.sha256, c.filename, c.type, c.size, c.at, c.version,
       p.name AS person_name, (SELECT count(*) FROM photos_consent_photo y WHERE y.consent = c.id) AS photos,
       CASE WHEN c.heard = 1 AND c.revoked_at IS NULL AND (c.expires_at IS NULL OR c.expires_at > $2) THEN 1 ELSE 0 END AS stands
  FROM photos_consent_photo x JOIN photos_consent c ON c.id = x.consent LEFT JOIN people_person p ON p.id = c.person
 WHERE x.photo = $1 ORDER BY c.id LIMIT 100;

-- :name photos_consent_photo_ids
SELECT photo AS id FROM photos_consent_photo WHERE consent = $1 ORDER BY photo LIMIT 2000;

-- :name photos_consent_name_of     who it is: after the line that says who read it
SELECT name, guardian, contact FROM photos_consent_name WHERE consent = $1;

-- ---- writing ----

-- :name photos_consent_add
INSERT INTO photos_consent (id, use, heard, signed_on, expires_at, sha256, filename, type, size, person, at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11);

-- :name photos_consent_name_add
INSERT INTO photos_consent_name (consent, name, guardian, contact) VALUES ($1, $2, $3, $4);

-- :name photos_consent_name_set    what is NULL stays
UPDATE photos_consent_name SET name = COALESCE($2, name), guardian = COALESCE($3, guardian), contact = COALESCE($4, contact)
 WHERE consent = $1;

-- :name photos_consent_set         $2 is the version that the caller saw
UPDATE photos_consent
   SET use = $3, heard = $4, signed_on = $5, expires_at = $6, sha256 = $7, filename = $8, type = $9, size = $10, version = version + 1
 WHERE id = $1 AND version = $2;

-- :name photos_consent_set_revoked
UPDATE photos_consent SET revoked_at = $2, reason = $3, version = version + 1 WHERE id = $1 AND revoked_at IS NULL;

-- :name photos_consent_photo_add
INSERT INTO photos_consent_photo (consent, photo) VALUES ($1, $2) ON CONFLICT DO NOTHING;

-- :name photos_consent_photo_drop
DELETE FROM photos_consent_photo WHERE consent = $1 AND photo = $2;

-- ---- what stands on one ----

-- :name photos_consent_leaning     what goes with it: all but what is public without a recognisable face
SELECT p.id FROM photos_consent_photo x
  JOIN photos_photo p ON p.id = x.photo
  LEFT JOIN photos_public u ON u.photo = p.id
 WHERE x.consent = $1 AND p.removed_at IS NULL
   AND NOT (p.minors = 'pixelate' AND (u.photo IS NULL OR u.recipe = COALESCE(p.recipe, '')))
 ORDER BY p.id LIMIT 2000;

-- :name photos_consent_leaning_public
SELECT count(*) FROM photos_consent_photo x
  JOIN photos_photo p ON p.id = x.photo
  JOIN photos_public u ON u.photo = p.id
 WHERE x.consent = $1 AND NOT (p.minors = 'pixelate' AND u.recipe = COALESCE(p.recipe, ''));

-- :name photos_consent_is_public   does a citizen see it?
SELECT count(*) FROM photos_public WHERE photo = $1;

-- ---- time ----

-- :name photos_consent_over        that ended by time with pictures that are not gone yet
SELECT c.id FROM photos_consent c
 WHERE c.expires_at <= $1 AND c.revoked_at IS NULL
   AND EXISTS (SELECT 1 FROM photos_consent_photo x JOIN photos_photo p ON p.id = x.photo LEFT JOIN photos_public u ON u.photo = p.id
                WHERE x.consent = c.id AND p.removed_at IS NULL
                  AND NOT (p.minors = 'pixelate' AND (u.photo IS NULL OR u.recipe = COALESCE(p.recipe, '')))
                  AND (u.photo IS NOT NULL OR NOT EXISTS (SELECT 1 FROM photos_gone g WHERE g.photo = p.id)))
 ORDER BY c.expires_at LIMIT 100;

-- :name photos_consent_ending      from $1 on and before $2, of which somebody should know
SELECT c.id, c.use, c.heard, c.signed_on, c.expires_at, c.version FROM photos_consent c
 WHERE c.expires_at >= $1 AND c.expires_at < $2 AND c.revoked_at IS NULL
 ORDER BY c.expires_at LIMIT 500;

-- :name photos_consent_next        the first that ends after $1
SELECT min(expires_at) FROM photos_consent WHERE expires_at > $1 AND revoked_at IS NULL;
