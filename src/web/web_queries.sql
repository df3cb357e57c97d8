-- SPDX-License-Identifier: AGPL-3.0-or-later
-- web_queries.sql: the first answers to requests with an Idempotency-Key.

-- :name web_answer_find       within the 48 hours that end now: older ones do not count
SELECT fingerprint, status, location, type, body
  FROM web_idempotency
 WHERE hash = $1 AND at > $2;

-- :name web_answer_keep       an older one of the same key is forgotten
INSERT INTO web_idempotency (hash, fingerprint, actor, status, location, type, body, at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (hash) DO UPDATE
   SET fingerprint = excluded.fingerprint, actor = excluded.actor, status = excluded.status,
       location = excluded.location, type = excluded.type, body = excluded.body, at = excluded.at;

-- :name web_answer_clean      a few of those that have ended, so that no request pays for all
DELETE FROM web_idempotency
 WHERE hash IN (SELECT hash FROM web_idempotency WHERE at <= $1 ORDER BY at LIMIT 20);
