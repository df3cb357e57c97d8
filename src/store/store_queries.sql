-- SPDX-License-Identifier: AGPL-3.0-or-later
-- store_queries.sql: the statements of the journal, the queue, the search and the seals, by name.

-- ---- journal ----

-- :name store_journal_head        where the chain ends
SELECT lines, hash FROM journal_head WHERE id = 1;

-- :name store_journal_head_set    to line $1 from line $3, where it must still stand
UPDATE journal_head SET lines = $1, hash = $2 WHERE id = 1 AND lines = $3;

-- :name store_journal_add
INSERT INTO journal_line (id, at, actor, actor_name, subject, subject_id, verb, detail, hash)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- :name store_journal_last
SELECT MAX(id) FROM journal_line;

-- :name store_journal_after
SELECT id, at, actor, actor_name, subject, subject_id, verb, detail, hash
  FROM journal_line WHERE id > $1 ORDER BY id LIMIT $2;

-- :name store_journal_recent
SELECT id, at, actor, actor_name, subject, subject_id, verb, detail, hash
  FROM journal_line WHERE id < $1 ORDER BY id DESC LIMIT $2;

-- :name store_journal_of          one record's life
SELECT id, at, actor, actor_name, subject, subject_id, verb, detail, hash
  FROM journal_line WHERE subject = $1 AND subject_id = $2 ORDER BY id DESC LIMIT $3;

-- ---- queue ----

-- :name store_queue_add           nothing changes when a live job has the key
INSERT INTO queue_job (id, kind, payload, key, state, due_at, fence, attempts, max_attempts, error,
                       created_at)
VALUES ($1, $2, $3, $4, 'waiting', $5, 0, 0, $6, NULL, $7)
    ON CONFLICT (key) WHERE state <> 'dead' AND key IS NOT NULL DO NOTHING;

-- :name store_queue_live          the live job with a key
SELECT id FROM queue_job WHERE key = $1 AND state <> 'dead' AND key IS NOT NULL;

-- :name store_queue_lease :sqlite   $1 now, $2 the lease's end; a leased one that is due lost its worker: an attempt, perhaps the last
UPDATE queue_job
   SET state = CASE WHEN state = 'leased' AND attempts + 1 >= max_attempts THEN 'dead'
                    ELSE 'leased' END,
       attempts = attempts + CASE WHEN state = 'leased' THEN 1 ELSE 0 END,
       fence = fence + 1, due_at = $2
 WHERE id = (SELECT id FROM queue_job WHERE state <> 'dead' AND due_at <= $1
              ORDER BY due_at, id LIMIT 1)
RETURNING id, kind, payload, key, state, due_at, due_at AS leased_until, fence, attempts,
          max_attempts, error, created_at;

-- :name store_queue_lease :postgres
UPDATE queue_job
   SET state = CASE WHEN state = 'leased' AND attempts + 1 >= max_attempts THEN 'dead'
                    ELSE 'leased' END,
       attempts = attempts + CASE WHEN state = 'leased' THEN 1 ELSE 0 END,
       fence = fence + 1, due_at = $2
 WHERE id = (SELECT id FROM queue_job WHERE state <> 'dead' AND due_at <= $1
              ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING id, kind, payload, key, state, due_at, due_at AS leased_until, fence, attempts,
          max_attempts, error, created_at;

-- :name store_queue_extend        only the youngest lease: its fence is $2
UPDATE queue_job SET due_at = $3 WHERE id = $1 AND fence = $2 AND state = 'leased';

-- :name store_queue_done
DELETE FROM queue_job WHERE id = $1 AND fence = $2 AND state = 'leased';

-- :name store_queue_fail
UPDATE queue_job SET state = $3, attempts = attempts + 1, due_at = $4, error = $5
 WHERE id = $1 AND fence = $2 AND state = 'leased';

-- :name store_queue_give_back     undone and not failed: the worker stops
UPDATE queue_job SET state = 'waiting', due_at = $3
 WHERE id = $1 AND fence = $2 AND state = 'leased';

-- :name store_queue_bury          a lost worker's last attempt: what the desk reads
UPDATE queue_job SET due_at = $2, error = $3 WHERE id = $1 AND state = 'dead';

-- :name store_queue_dead          the desk's list, the youngest first
SELECT id, kind, payload, key, state, due_at, 0 AS leased_until, fence, attempts, max_attempts,
       error, created_at
  FROM queue_job WHERE state = 'dead' ORDER BY due_at DESC, id DESC LIMIT $1;

-- :name store_queue_find
SELECT id, kind, payload, key, state, due_at,
       CASE WHEN state = 'leased' THEN due_at ELSE 0 END AS leased_until, fence, attempts,
       max_attempts, error, created_at
  FROM queue_job WHERE id = $1;

-- :name store_queue_retry
UPDATE queue_job SET state = 'waiting', attempts = 0, due_at = $2 WHERE id = $1 AND state = 'dead';

-- :name store_queue_drop
DELETE FROM queue_job WHERE id = $1 AND state = 'dead';

-- :name store_queue_next_due      when a worker may take something: a due time, or a lease's end
SELECT MIN(due_at) FROM queue_job WHERE state <> 'dead';

-- :name store_queue_count
SELECT COUNT(*) FROM queue_job WHERE state = $1;

-- ---- search ----

-- :name store_search_public_row
SELECT id FROM search_public WHERE subject = $1 AND subject_id = $2;

-- :name store_search_public_put  nothing changes when all of it is there already. No RETURNING: SQLite would open a savepoint for it, and FTS5 write itself out at each
INSERT INTO search_public (id, subject, subject_id, title, excerpt, address, at, print, topics)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
    ON CONFLICT (subject, subject_id) DO UPDATE
   SET title = excluded.title, excerpt = excluded.excerpt, address = excluded.address,
       at = excluded.at, print = excluded.print, topics = excluded.topics
 WHERE search_public.print <> excluded.print;

-- :name store_search_public_terms :sqlite
INSERT OR REPLACE INTO search_public_term (rowid, title_terms, body_terms)
VALUES ((SELECT id FROM search_public WHERE subject = $1 AND subject_id = $2), $3, $4);

-- :name store_search_public_terms :postgres   a lexeme with its place: weights need one; 16383 is the last that PostgreSQL knows
INSERT INTO search_public_term (id, terms)
SELECT id, (SELECT COALESCE(string_agg(word || ':' || LEAST(place, 16383) || 'A', ' '), '')::tsvector
              FROM unnest(string_to_array($3::text, ' ')) WITH ORDINALITY AS title (word, place))
        || (SELECT COALESCE(string_agg(word || ':' || LEAST(place, 16383), ' '), '')::tsvector
              FROM unnest(string_to_array($4::text, ' ')) WITH ORDINALITY AS body (word, place))
  FROM search_public WHERE subject = $1 AND subject_id = $2
    ON CONFLICT (id) DO UPDATE SET terms = excluded.terms;

-- :name store_search_public_remove
DELETE FROM search_public WHERE id = $1;

-- :name store_search_public_forget :sqlite
DELETE FROM search_public_term WHERE rowid = $1;

-- :name store_search_public_forget :postgres
DELETE FROM search_public_term WHERE id = $1;

-- :name store_search_public_find :sqlite    a word of the title weighs eight times one of the body; texts are read of the best only
SELECT found.subject_id AS id, found.subject, found.title, found.excerpt AS snippet, found.address,
       found.at
  FROM (SELECT search_public.id, hit_rank(search_public_term) AS score
          FROM search_public_term JOIN search_public ON search_public.id = search_public_term.rowid
         WHERE search_public_term MATCH $1
         ORDER BY score, search_public.at DESC, search_public.id DESC LIMIT $2) AS best
  JOIN search_public AS found ON found.id = best.id
 ORDER BY best.score, found.at DESC, found.id DESC;

-- :name store_search_public_find :postgres
SELECT found.subject_id AS id, found.subject, found.title, found.excerpt AS snippet, found.address,
       found.at
  FROM (SELECT search_public.id, -ts_rank(search_public_term.terms, $1::tsquery) AS score
          FROM search_public_term JOIN search_public ON search_public.id = search_public_term.id
         WHERE search_public_term.terms @@ $1::tsquery
         ORDER BY score, search_public.at DESC, search_public.id DESC LIMIT $2) AS best
  JOIN search_public AS found ON found.id = best.id
 ORDER BY best.score, found.at DESC, found.id DESC;

-- :name store_search_desk_row
SELECT id FROM search_desk WHERE subject = $1 AND subject_id = $2;

-- :name store_search_desk_put
INSERT INTO search_desk (id, subject, subject_id, title, excerpt, address, at, print)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
    ON CONFLICT (subject, subject_id) DO UPDATE
   SET title = excluded.title, excerpt = excluded.excerpt, address = excluded.address,
       at = excluded.at, print = excluded.print
 WHERE search_desk.print <> excluded.print;

-- :name store_search_desk_terms :sqlite
INSERT OR REPLACE INTO search_desk_term (rowid, title_terms, body_terms)
VALUES ((SELECT id FROM search_desk WHERE subject = $1 AND subject_id = $2), $3, $4);

-- :name store_search_desk_terms :postgres
INSERT INTO search_desk_term (id, terms)
SELECT id, (SELECT COALESCE(string_agg(word || ':' || LEAST(place, 16383) || 'A', ' '), '')::tsvector
              FROM unnest(string_to_array($3::text, ' ')) WITH ORDINALITY AS title (word, place))
        || (SELECT COALESCE(string_agg(word || ':' || LEAST(place, 16383), ' '), '')::tsvector
              FROM unnest(string_to_array($4::text, ' ')) WITH ORDINALITY AS body (word, place))
  FROM search_desk WHERE subject = $1 AND subject_id = $2
    ON CONFLICT (id) DO UPDATE SET terms = excluded.terms;

-- :name store_search_desk_remove
DELETE FROM search_desk WHERE id = $1;

-- :name store_search_desk_forget :sqlite
DELETE FROM search_desk_term WHERE rowid = $1;

-- :name store_search_desk_forget :postgres
DELETE FROM search_desk_term WHERE id = $1;

-- :name store_search_desk_find :sqlite
SELECT found.subject_id AS id, found.subject, found.title, found.excerpt AS snippet, found.address,
       found.at
  FROM (SELECT search_desk.id, hit_rank(search_desk_term) AS score
          FROM search_desk_term JOIN search_desk ON search_desk.id = search_desk_term.rowid
         WHERE search_desk_term MATCH $1
         ORDER BY score, search_desk.at DESC, search_desk.id DESC LIMIT $2) AS best
  JOIN search_desk AS found ON found.id = best.id
 ORDER BY best.score, found.at DESC, found.id DESC;

-- :name store_search_desk_find :postgres
SELECT found.subject_id AS id, found.subject, found.title, found.excerpt AS snippet, found.address,
       found.at
  FROM (SELECT search_desk.id, -ts_rank(search_desk_term.terms, $1::tsquery) AS score
          FROM search_desk_term JOIN search_desk ON search_desk.id = search_desk_term.id
         WHERE search_desk_term.terms @@ $1::tsquery
         ORDER BY score, search_desk.at DESC, search_desk.id DESC LIMIT $2) AS best
  JOIN search_desk AS found ON found.id = best.id
 ORDER BY best.score, found.at DESC, found.id DESC;

-- ---- search at the desk by words that many records have ----

-- :name store_search_desk_many :sqlite     how many records match $1; no more than $2 are counted
SELECT count(*) FROM (SELECT rowid FROM search_desk_term WHERE search_desk_term MATCH $1 LIMIT $2);

-- :name store_search_desk_many :postgres
SELECT count(*) FROM (SELECT id FROM search_desk_term WHERE terms @@ $1::tsquery LIMIT $2) AS few;

-- :name store_search_desk_kind_few :sqlite   of kind $2 before ($3, $4): few match, sorted; CROSS JOIN: the words come first
SELECT p.subject_id AS id, p.at FROM search_desk_term CROSS JOIN search_desk p ON p.id = search_desk_term.rowid
 WHERE search_desk_term MATCH $1 AND +p.subject = $2 AND (p.at + 0, p.subject_id) < ($3, $4)
 ORDER BY p.at + 0 DESC, p.subject_id DESC LIMIT $5;

-- :name store_search_desk_kind_few :postgres
SELECT p.subject_id AS id, p.at FROM search_desk_term t JOIN search_desk p ON p.id = t.id
 WHERE t.terms @@ $1::tsquery AND p.subject = $2 AND (p.at, p.subject_id) < ($3, $4)
 ORDER BY p.at DESC, p.subject_id DESC LIMIT $5;

-- ---- search by citizens: filtered, paged, and bounded however common a word is ----

-- :name store_search_many :sqlite          how many records match $1; no more than $2 are counted
SELECT count(*) FROM (SELECT rowid FROM search_public_term WHERE search_public_term MATCH $1 LIMIT $2);

-- :name store_search_many :postgres
SELECT count(*) FROM (SELECT id FROM search_public_term WHERE terms @@ $1::tsquery LIMIT $2) AS few;

-- :name store_search_kinds :sqlite         few match $1: how many of each kind, from $2 to $3, about $4
SELECT p.subject, count(*) AS records
  FROM search_public_term JOIN search_public p ON p.id = search_public_term.rowid
 WHERE search_public_term MATCH $1 AND p.at >= $2 AND p.at < $3 AND ($4 IS NULL OR instr(p.topics, $4) > 0)
 GROUP BY p.subject LIMIT 50;

-- :name store_search_kinds :postgres
SELECT p.subject, count(*) AS records
  FROM search_public_term t JOIN search_public p ON p.id = t.id
 WHERE t.terms @@ $1::tsquery AND p.at >= $2 AND p.at < $3 AND ($4::text IS NULL OR strpos(p.topics, $4) > 0)
 GROUP BY p.subject LIMIT 50;

-- :name store_search_best :sqlite          few match $1: the best first; from $2 to $3, of kind $4, about $5; texts are read of a page only
SELECT found.id AS row, found.subject_id AS id, found.subject, found.title, found.excerpt AS snippet, found.address, found.at
  FROM (SELECT p.id, hit_rank(search_public_term) AS score
          FROM search_public_term JOIN search_public p ON p.id = search_public_term.rowid
         WHERE search_public_term MATCH $1 AND p.at >= $2 AND p.at < $3
           AND ($4 IS NULL OR p.subject = $4) AND ($5 IS NULL OR instr(p.topics, $5) > 0)
         ORDER BY score, p.at DESC, p.id DESC LIMIT $6 OFFSET $7) AS best
  JOIN search_public AS found ON found.id = best.id
 ORDER BY best.score, found.at DESC, found.id DESC;

-- :name store_search_best :postgres
SELECT found.id AS row, found.subject_id AS id, found.subject, found.title, found.excerpt AS snippet, found.address, found.at
  FROM (SELECT p.id, -ts_rank(t.terms, $1::tsquery) AS score
          FROM search_public_term t JOIN search_public p ON p.id = t.id
         WHERE t.terms @@ $1::tsquery AND p.at >= $2 AND p.at < $3
           AND ($4::text IS NULL OR p.subject = $4) AND ($5::text IS NULL OR strpos(p.topics, $5) > 0)
         ORDER BY score, p.at DESC, p.id DESC LIMIT $6 OFFSET $7) AS best
  JOIN search_public AS found ON found.id = best.id
 ORDER BY best.score, found.at DESC, found.id DESC;

-- ---- search by words that very many records have: the youngest first (search_age.c) ----

-- The next $4 records by time, whatever their words: before ($1, $2) and from $3 on. How their ids lie, and which is the last.

-- :name store_search_age_window
SELECT count(*) AS records, min(id) AS low, max(id) AS high,
       (SELECT at FROM search_public WHERE (at, id) < ($1, $2) AND at >= $3 ORDER BY at DESC, id DESC LIMIT 1 OFFSET $4 - 1) AS at,
       (SELECT id FROM search_public WHERE (at, id) < ($1, $2) AND at >= $3 ORDER BY at DESC, id DESC LIMIT 1 OFFSET $4 - 1) AS last
  FROM (SELECT id FROM search_public WHERE (at, id) < ($1, $2) AND at >= $3 ORDER BY at DESC, id DESC LIMIT $4) AS few;

-- :name store_search_age_of_window   of kind $5
SELECT count(*) AS records, min(id) AS low, max(id) AS high,
       (SELECT at FROM search_public WHERE subject = $5 AND (at, id) < ($1, $2) AND at >= $3 ORDER BY at DESC, id DESC LIMIT 1 OFFSET $4 - 1) AS at,
       (SELECT id FROM search_public WHERE subject = $5 AND (at, id) < ($1, $2) AND at >= $3 ORDER BY at DESC, id DESC LIMIT 1 OFFSET $4 - 1) AS last
  FROM (SELECT id FROM search_public WHERE subject = $5 AND (at, id) < ($1, $2) AND at >= $3 ORDER BY at DESC, id DESC LIMIT $4) AS few;

-- :name store_search_desk_age_window
SELECT count(*) AS records, min(id) AS low, max(id) AS high,
       (SELECT at FROM search_desk WHERE (at, id) < ($1, $2) AND at >= $3 ORDER BY at DESC, id DESC LIMIT 1 OFFSET $4 - 1) AS at,
       (SELECT id FROM search_desk WHERE (at, id) < ($1, $2) AND at >= $3 ORDER BY at DESC, id DESC LIMIT 1 OFFSET $4 - 1) AS last
  FROM (SELECT id FROM search_desk WHERE (at, id) < ($1, $2) AND at >= $3 ORDER BY at DESC, id DESC LIMIT $4) AS few;

-- :name store_search_desk_age_of_window   of kind $5
SELECT count(*) AS records, min(id) AS low, max(id) AS high,
       (SELECT at FROM search_desk WHERE subject = $5 AND (at, subject_id) < ($1, $2) AND at >= $3 ORDER BY at DESC, subject_id DESC LIMIT 1 OFFSET $4 - 1) AS at,
       (SELECT subject_id FROM search_desk WHERE subject = $5 AND (at, subject_id) < ($1, $2) AND at >= $3 ORDER BY at DESC, subject_id DESC LIMIT 1 OFFSET $4 - 1) AS last
  FROM (SELECT id FROM search_desk WHERE subject = $5 AND (at, subject_id) < ($1, $2) AND at >= $3 ORDER BY at DESC, subject_id DESC LIMIT $4) AS few;

-- Those that match $1, before ($2, $3) and from ($4, $5) on. Their terms lie from $6 to $7: no others are read.

-- :name store_search_age :sqlite   what citizens find; $9 its topic
SELECT p.id AS row, p.subject_id AS id, p.subject, p.title, p.excerpt AS snippet, p.address, p.at
  FROM search_public p
 WHERE (p.at, p.id) < ($2, $3) AND (p.at, p.id) >= ($4, $5) AND ($9 IS NULL OR instr(p.topics, $9) > 0)
   AND +p.id IN (SELECT rowid FROM search_public_term WHERE search_public_term MATCH $1 AND rowid >= $6 AND rowid <= $7)
 ORDER BY p.at DESC, p.id DESC LIMIT $8;

-- :name store_search_age :postgres
SELECT p.id AS row, p.subject_id AS id, p.subject, p.title, p.excerpt AS snippet, p.address, p.at
  FROM search_public p
 WHERE (p.at, p.id) < ($2, $3) AND (p.at, p.id) >= ($4, $5) AND ($9::text IS NULL OR strpos(p.topics, $9) > 0)
   AND p.id IN (SELECT t.id FROM search_public_term t WHERE t.terms @@ $1::tsquery AND t.id >= $6 AND t.id <= $7)
 ORDER BY p.at DESC, p.id DESC LIMIT $8;

-- :name store_search_age_of :sqlite   of kind $9; $10 its topic
SELECT p.id AS row, p.subject_id AS id, p.subject, p.title, p.excerpt AS snippet, p.address, p.at
  FROM search_public p
 WHERE p.subject = $9 AND (p.at, p.id) < ($2, $3) AND (p.at, p.id) >= ($4, $5) AND ($10 IS NULL OR instr(p.topics, $10) > 0)
   AND +p.id IN (SELECT rowid FROM search_public_term WHERE search_public_term MATCH $1 AND rowid >= $6 AND rowid <= $7)
 ORDER BY p.at DESC, p.id DESC LIMIT $8;

-- :name store_search_age_of :postgres
SELECT p.id AS row, p.subject_id AS id, p.subject, p.title, p.excerpt AS snippet, p.address, p.at
  FROM search_public p
 WHERE p.subject = $9 AND (p.at, p.id) < ($2, $3) AND (p.at, p.id) >= ($4, $5) AND ($10::text IS NULL OR strpos(p.topics, $10) > 0)
   AND p.id IN (SELECT t.id FROM search_public_term t WHERE t.terms @@ $1::tsquery AND t.id >= $6 AND t.id <= $7)
 ORDER BY p.at DESC, p.id DESC LIMIT $8;

-- :name store_search_desk_age :sqlite   what the desk finds
SELECT p.id AS row, p.subject_id AS id, p.subject, p.title, p.excerpt AS snippet, p.address, p.at
  FROM search_desk p
 WHERE (p.at, p.id) < ($2, $3) AND (p.at, p.id) >= ($4, $5)
   AND +p.id IN (SELECT rowid FROM search_desk_term WHERE search_desk_term MATCH $1 AND rowid >= $6 AND rowid <= $7)
 ORDER BY p.at DESC, p.id DESC LIMIT $8;

-- :name store_search_desk_age :postgres
SELECT p.id AS row, p.subject_id AS id, p.subject, p.title, p.excerpt AS snippet, p.address, p.at
  FROM search_desk p
 WHERE (p.at, p.id) < ($2, $3) AND (p.at, p.id) >= ($4, $5)
   AND p.id IN (SELECT t.id FROM search_desk_term t WHERE t.terms @@ $1::tsquery AND t.id >= $6 AND t.id <= $7)
 ORDER BY p.at DESC, p.id DESC LIMIT $8;

-- :name store_search_desk_age_of :sqlite   of kind $9, in its own order
SELECT p.subject_id AS id, p.at
  FROM search_desk p
 WHERE p.subject = $9 AND (p.at, p.subject_id) < ($2, $3) AND (p.at, p.subject_id) >= ($4, $5)
   AND +p.id IN (SELECT rowid FROM search_desk_term WHERE search_desk_term MATCH $1 AND rowid >= $6 AND rowid <= $7)
 ORDER BY p.at DESC, p.subject_id DESC LIMIT $8;

-- :name store_search_desk_age_of :postgres
SELECT p.subject_id AS id, p.at
  FROM search_desk p
 WHERE p.subject = $9 AND (p.at, p.subject_id) < ($2, $3) AND (p.at, p.subject_id) >= ($4, $5)
   AND p.id IN (SELECT t.id FROM search_desk_term t WHERE t.terms @@ $1::tsquery AND t.id >= $6 AND t.id <= $7)
 ORDER BY p.at DESC, p.subject_id DESC LIMIT $8;

-- ---- seals ----

-- :name store_seal_key_find
SELECT id, public_key, from_at, to_at FROM store_seal_key WHERE id = $1;

-- :name store_seal_key_end        another one takes over
UPDATE store_seal_key SET to_at = $1 WHERE to_at = 0;

-- :name store_seal_key_add
INSERT INTO store_seal_key (id, public_key, from_at, to_at) VALUES ($1, $2, $3, 0);

-- :name store_seal_keys           the present one, then the past ones
SELECT id, public_key, from_at, to_at FROM store_seal_key ORDER BY from_at DESC, id DESC LIMIT $1;

-- :name store_seal_version        is it sealed already?
SELECT id FROM store_seal WHERE subject = $1 AND subject_id = $2 AND version = $3;

-- :name store_seal_code_taken
SELECT id FROM store_seal WHERE code = $1;

-- :name store_seal_add
INSERT INTO store_seal (id, code, subject, subject_id, version, title, address, at, withdrawn_at, sha256,
                        signature, key, canonical)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9, $10, $11, $12);

-- :name store_seal_withdraw       once
UPDATE store_seal SET withdrawn_at = $2 WHERE id = $1 AND withdrawn_at = 0;

-- :name store_seal_by_code
SELECT id, code, subject, subject_id, version, title, address, at, withdrawn_at, sha256, signature, key,
       canonical
  FROM store_seal WHERE code = $1;

-- :name store_seal_by_hash        of the canonical text or of a file; the youngest
SELECT id, code, subject, subject_id, version, title, address, at, withdrawn_at, sha256, signature, key,
       canonical
  FROM store_seal
 WHERE id IN (SELECT id FROM store_seal WHERE sha256 = $1
               UNION SELECT seal FROM store_seal_file WHERE sha256 = $1)
 ORDER BY id DESC LIMIT 1;

-- :name store_seal_of             $3 the version, or 0 for the youngest
SELECT id, code, subject, subject_id, version, title, address, at, withdrawn_at, sha256, signature, key,
       canonical
  FROM store_seal WHERE subject = $1 AND subject_id = $2 AND ($3 = 0 OR version = $3)
 ORDER BY version DESC LIMIT 1;

-- :name store_seal_file_add       nothing changes when it is noted already
INSERT INTO store_seal_file (seal, sha256, name, at) VALUES ($1, $2, $3, $4)
    ON CONFLICT (seal, sha256) DO NOTHING;

-- :name store_seal_files
SELECT seal, sha256, name, at FROM store_seal_file WHERE seal = $1 ORDER BY name, sha256 LIMIT $2;
