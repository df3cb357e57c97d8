-- press_queries: every statement of the press room.

-- :name press_find          one release; "quoted"
SELECT id, '-- no comment; $9' AS said -- but this is
  FROM press_release /* and this */ WHERE id = $1;

-- :name press_keep
WITH old AS (SELECT 1)
INSERT INTO press_release (id, title) VALUES ($1, $2)
ON CONFLICT (id) DO UPDATE SET title = $2;

-- :name press_forget_author   takes the author's releases along
DELETE FROM person WHERE id = $1;

-- :name press_note_set
UPDATE press_note SET release = $2 WHERE id = $1

-- :name press_search :sqlite   by words
SELECT rowid FROM person_text WHERE person_text MATCH $1 LIMIT $2;
-- :name press_search :postgres
SELECT id FROM person_text WHERE words @@ to_tsquery($1) LIMIT $2 FOR UPDATE SKIP LOCKED;
