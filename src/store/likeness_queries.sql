-- SPDX-License-Identifier: AGPL-3.0-or-later
-- likeness_queries.sql: texts and pictures that were published, and what they are recognised by.

-- ---- texts ----

-- :name store_likeness_text_add
INSERT INTO store_likeness_text (seal, text) VALUES ($1, $2);

-- :name store_likeness_print_add  sixteen at once; what is there already, or stands twice here, is one
INSERT INTO store_likeness_print (seal, hash)
VALUES ($1, $2), ($1, $3), ($1, $4), ($1, $5), ($1, $6), ($1, $7), ($1, $8), ($1, $9),
       ($1, $10), ($1, $11), ($1, $12), ($1, $13), ($1, $14), ($1, $15), ($1, $16), ($1, $17)
    ON CONFLICT (hash, seal) DO NOTHING;

-- :name store_likeness_postings   the youngest texts that have this run
SELECT seal FROM store_likeness_print WHERE hash = $1 ORDER BY seal DESC LIMIT $2;

-- :name store_likeness_seal
SELECT id, code, subject, subject_id, version, title, address, at, withdrawn_at, sha256, signature, key, canonical
  FROM store_seal WHERE id = $1;

-- :name store_likeness_text_of
SELECT seal, text FROM store_likeness_text WHERE seal = $1;

-- ---- pictures ----

-- :name store_likeness_picture_add
INSERT INTO store_likeness_picture (seal, sha256, look, name) VALUES ($1, $2, $3, $4)
    ON CONFLICT (seal, sha256) DO NOTHING;

-- :name store_likeness_band_add   all eight at once
INSERT INTO store_likeness_band (seal, look, band, bits)
VALUES ($1, $2, 0, $3), ($1, $2, 1, $4), ($1, $2, 2, $5), ($1, $2, 3, $6),
       ($1, $2, 4, $7), ($1, $2, 5, $8), ($1, $2, 6, $9), ($1, $2, 7, $10)
    ON CONFLICT (band, bits, look, seal) DO NOTHING;

-- :name store_likeness_picture_same  the youngest that were published with these very bytes
SELECT seal, sha256, look, name FROM store_likeness_picture WHERE sha256 = $1 ORDER BY seal DESC LIMIT $2;

-- :name store_likeness_bands      looks that have this byte there, or one that differs in one bit
SELECT look, seal FROM store_likeness_band
 WHERE band = $1 AND bits IN ($2, $3, $4, $5, $6, $7, $8, $9, $10)
 ORDER BY look, seal LIMIT $11;

-- :name store_likeness_picture_of
SELECT seal, sha256, look, name FROM store_likeness_picture WHERE seal = $1 ORDER BY sha256 LIMIT $2;
