-- SPDX-License-Identifier: AGPL-3.0-or-later
-- 0001_web.sql: what the web floor keeps: the first answers to requests with an Idempotency-Key.

-- A request that is sent again with the same key within 48 hours gets the first answer again.
CREATE TABLE web_idempotency (
    hash        TEXT NOT NULL PRIMARY KEY, -- SHA-256 of who, which address and the key
    fingerprint TEXT NOT NULL,             -- SHA-256 of what was sent: the same key with another body is refused
    actor       INTEGER NOT NULL,          -- the person; 0 for nobody
    status      INTEGER NOT NULL,          -- of the answer: 200 to 399
    location    TEXT,                      -- its Location header
    type        TEXT,                      -- its Content-Type header
    body        TEXT NOT NULL,             -- its bytes, in base64
    at          INTEGER NOT NULL           -- when it was answered
);
CREATE INDEX web_idempotency_at ON web_idempotency (at);
