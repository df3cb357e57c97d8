-- SPDX-License-Identifier: AGPL-3.0-or-later
-- 0012_seal.sql: what the office said and signed, so that anybody can check it later (store/seal.h).

-- The public halves of the city's keys; the secret half never enters the database.
CREATE TABLE store_seal_key ( -- :public
    id         TEXT NOT NULL PRIMARY KEY,   -- the first 16 hex digits of the SHA-256 of the public key
    public_key TEXT NOT NULL,               -- Ed25519, 32 bytes in base64url
    from_at    INTEGER NOT NULL,            -- the instant of the first seal that it made
    to_at      INTEGER NOT NULL             -- when another key took over; 0 while it signs
);
CREATE UNIQUE INDEX store_seal_key_order ON store_seal_key (from_at, id);
CREATE UNIQUE INDEX store_seal_key_present ON store_seal_key (to_at) WHERE to_at = 0;

-- One published version of a record: its canonical text and the signature over it.
CREATE TABLE store_seal ( -- :public
    id           INTEGER NOT NULL PRIMARY KEY, -- made by id_new()
    code         TEXT NOT NULL UNIQUE,         -- as printed: VOC-7K2M-9X
    subject      TEXT NOT NULL,                -- the kind of record: report
    subject_id   INTEGER NOT NULL,             -- which record
    version      INTEGER NOT NULL CHECK (version > 0), -- of the record: each is sealed once
    title        TEXT NOT NULL,                -- what a person is told that it is
    address      TEXT NOT NULL,                -- the path that opens it
    at           INTEGER NOT NULL,             -- when it was signed
    withdrawn_at INTEGER NOT NULL,             -- from when it is not upheld any more; 0: it stands
    sha256       TEXT NOT NULL,                -- of canonical, 64 hex digits
    signature    TEXT NOT NULL,                -- Ed25519 over canonical, 64 bytes in base64url
    key          TEXT NOT NULL REFERENCES store_seal_key (id), -- which key signed
    canonical    TEXT NOT NULL,                -- the signed bytes: JSON after RFC 8785
    UNIQUE (subject, subject_id, version)
);
CREATE INDEX store_seal_hash ON store_seal (sha256, id);
CREATE INDEX store_seal_by_key ON store_seal (key);

-- The bytes of files that say the same as a seal's canonical text.
CREATE TABLE store_seal_file ( -- :public
    seal   INTEGER NOT NULL REFERENCES store_seal (id), -- which seal
    sha256 TEXT NOT NULL,                -- of the file, 64 hex digits
    name   TEXT NOT NULL,                -- as it was offered: informe-2022-07.pdf
    at     INTEGER NOT NULL,             -- when it was noted
    PRIMARY KEY (seal, sha256)
);
CREATE INDEX store_seal_file_hash ON store_seal_file (sha256, seal);
