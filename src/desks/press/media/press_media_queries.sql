-- SPDX-License-Identifier: AGPL-3.0-or-later
-- press_media_queries.sql: the people of the media, what they were sent, and what they made of it.

-- ---- contacts ----

-- :name press_contact_find
SELECT * FROM press_contact WHERE id = $1;

-- :name press_contact_by_mail
SELECT * FROM press_contact WHERE mail = $1;

-- :name press_contact_by_secret     the link to leave
SELECT * FROM press_contact WHERE opt_out = $1;

-- :name press_contact_list          $2, $3: the last one of the page before
SELECT * FROM press_contact
 WHERE archived = $1 AND (name, id) > ($2, $3) ORDER BY name, id LIMIT $4;

-- :name press_contact_count
SELECT count(*) FROM press_contact WHERE archived = $1;

-- :name press_contact_add
INSERT INTO press_contact (id, name, outlet, outlet_kind, mail, phone, beats, note, accredited, consent_at, consent_how, opt_out, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13);

-- :name press_contact_change        $2 is the version that the caller saw
UPDATE press_contact
   SET name = $3, outlet = $4, outlet_kind = $5, mail = $6, phone = $7, beats = $8, note = $9, accredited = $10, consent_at = $11,
       consent_how = $12, version = version + 1
 WHERE id = $1 AND version = $2;

-- :name press_contact_archive
UPDATE press_contact SET archived = $3, version = version + 1 WHERE id = $1 AND version = $2;

-- :name press_contact_consent       anew: what came back before is forgotten
UPDATE press_contact
   SET consent_at = $3, consent_how = $4, opted_out_at = NULL, bounces = 0, version = version + 1
 WHERE id = $1 AND version = $2;

-- :name press_contact_opt_out
UPDATE press_contact SET opted_out_at = $2, version = version + 1 WHERE id = $1;

-- :name press_contact_bounced
UPDATE press_contact SET bounces = bounces + 1, bounced_at = $2, bounce_text = $3 WHERE id = $1;

-- :name press_contact_arrived
UPDATE press_contact SET bounces = 0 WHERE id = $1 AND bounces > 0;

-- ---- lists ----

-- :name press_media_lists           with how many of each may be written to
SELECT l.id, l.name, l.version,
       (SELECT count(*) FROM press_list_member m WHERE m.list = l.id) AS members,
       (SELECT count(*) FROM press_list_member m JOIN press_contact c ON c.id = m.contact
         WHERE m.list = l.id AND c.archived = 0 AND c.mail IS NOT NULL AND c.consent_at IS NOT NULL AND c.opted_out_at IS NULL
           AND c.bounces < 3) AS reached
  FROM press_list l WHERE l.name > $1 ORDER BY l.name LIMIT $2;

-- :name press_media_list_find
SELECT l.id, l.name, l.version,
       (SELECT count(*) FROM press_list_member m WHERE m.list = l.id) AS members,
       (SELECT count(*) FROM press_list_member m JOIN press_contact c ON c.id = m.contact
         WHERE m.list = l.id AND c.archived = 0 AND c.mail IS NOT NULL AND c.consent_at IS NOT NULL AND c.opted_out_at IS NULL
           AND c.bounces < 3) AS reached
  FROM press_list l WHERE l.id = $1;

-- :name press_media_list_add
INSERT INTO press_list (id, name) VALUES ($1, $2);

-- :name press_media_list_rename
UPDATE press_list SET name = $3, version = version + 1 WHERE id = $1 AND version = $2;

-- :name press_media_list_drop
DELETE FROM press_list WHERE id = $1 AND version = $2;

-- :name press_media_list_empty
DELETE FROM press_list_member WHERE list = $1;

-- :name press_media_list_sendings   was anything ever sent to it
SELECT count(*) FROM press_sending WHERE list = $1;

-- :name press_media_list_members
SELECT c.* FROM press_list_member m JOIN press_contact c ON c.id = m.contact
 WHERE m.list = $1 ORDER BY c.name, c.id LIMIT $2;

-- :name press_media_member_add
INSERT INTO press_list_member (list, contact) VALUES ($1, $2) ON CONFLICT (list, contact) DO NOTHING;

-- :name press_media_member_drop
DELETE FROM press_list_member WHERE list = $1 AND contact = $2;

-- :name press_media_lists_of        a contact's
SELECT l.id, l.name, l.version, 0 AS members, 0 AS reached
  FROM press_list_member m JOIN press_list l ON l.id = m.list WHERE m.contact = $1 ORDER BY l.name LIMIT 100;

-- ---- previews ----

-- :name press_previews
SELECT v.*, c.name AS contact_name, c.outlet
  FROM press_preview v JOIN press_contact c ON c.id = v.contact WHERE v.release = $1 ORDER BY v.id DESC LIMIT $2;

-- :name press_preview_find
SELECT v.*, c.name AS contact_name, c.outlet
  FROM press_preview v JOIN press_contact c ON c.id = v.contact WHERE v.id = $1;

-- :name press_preview_add
INSERT INTO press_preview (id, release, contact, expires_at, person, at) VALUES ($1, $2, $3, $4, $5, $6);

-- :name press_preview_revoke
UPDATE press_preview SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL;

-- :name press_preview_seen
UPDATE press_preview SET seen = seen + 1, seen_at = $2 WHERE id = $1;

-- ---- requests to be accredited ----

-- :name press_accreditation_add
INSERT INTO press_accreditation (id, name, outlet, outlet_kind, mail, phone, event, text, notice, state, at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'pending', $10);

-- :name press_accreditation_same     one that waits already
SELECT count(*) FROM press_accreditation
 WHERE state = 'pending' AND mail = $1 AND (event = $2 OR (event IS NULL AND $2 = 0));

-- :name press_accreditation_waiting
SELECT count(*) FROM press_accreditation WHERE state = 'pending';

-- :name press_accreditations_pending  the oldest first: it has waited longest
SELECT q.*, e.title AS event_title, p.name AS decider_name
  FROM press_accreditation q LEFT JOIN agenda_event e ON e.id = q.event LEFT JOIN people_person p ON p.id = q.decided_by
 WHERE q.state = 'pending' AND q.id > $1 ORDER BY q.id LIMIT $2;

-- :name press_accreditations_decided
SELECT q.*, e.title AS event_title, p.name AS decider_name
  FROM press_accreditation q LEFT JOIN agenda_event e ON e.id = q.event LEFT JOIN people_person p ON p.id = q.decided_by
 WHERE q.state IN ('granted', 'refused') AND q.id < $1 ORDER BY q.id DESC LIMIT $2;

-- :name press_accreditation_find
SELECT q.*, e.title AS event_title, p.name AS decider_name
  FROM press_accreditation q LEFT JOIN agenda_event e ON e.id = q.event LEFT JOIN people_person p ON p.id = q.decided_by
 WHERE q.id = $1;

-- :name press_accreditation_decide
UPDATE press_accreditation
   SET state = $3, reason = $4, contact = $5, decided_by = $6, decided_at = $7, version = version + 1
 WHERE id = $1 AND version = $2 AND state = 'pending';

-- :name press_notice_version         of the privacy notice that holds at $1
SELECT version FROM site_notice WHERE from_at <= $1 ORDER BY from_at DESC, version DESC LIMIT 1;

-- ---- sendings ----

-- :name press_recipients             of one list, with whether each was sent the release already
SELECT c.*, (SELECT count(*) FROM press_sending_to t JOIN press_sending s ON s.id = t.sending
              WHERE t.contact = c.id AND s.release = $2 AND t.state IN ('waiting', 'sent', 'bounced', 'failed')) AS had
  FROM press_list_member m JOIN press_contact c ON c.id = m.contact
 WHERE m.list = $1 ORDER BY c.name, c.id LIMIT $3;

-- :name press_sending_add
INSERT INTO press_sending (id, release, list, person, at) VALUES ($1, $2, $3, $4, $5);

-- :name press_sending_to_add
INSERT INTO press_sending_to (sending, contact, state, message, at) VALUES ($1, $2, 'waiting', $3, $4);

-- :name press_sendings
SELECT s.id, s.release, s.list, s.at, l.name AS list_name, p.name AS person_name,
       (SELECT count(*) FROM press_sending_to t WHERE t.sending = s.id AND t.state = 'waiting') AS waiting,
       (SELECT count(*) FROM press_sending_to t WHERE t.sending = s.id AND t.state = 'sent') AS sent,
       (SELECT count(*) FROM press_sending_to t WHERE t.sending = s.id AND t.state = 'failed') AS failed,
       (SELECT count(*) FROM press_sending_to t WHERE t.sending = s.id AND t.state = 'bounced') AS bounced,
       (SELECT count(*) FROM press_sending_to t WHERE t.sending = s.id AND t.state = 'skipped') AS skipped
  FROM press_sending s LEFT JOIN press_list l ON l.id = s.list LEFT JOIN people_person p ON p.id = s.person
 WHERE s.release = $1 ORDER BY s.id DESC LIMIT $2;

-- :name press_sending_find
SELECT s.id, s.release, s.list, s.at, l.name AS list_name, p.name AS person_name, r.title,
       (SELECT count(*) FROM press_sending_to t WHERE t.sending = s.id AND t.state = 'waiting') AS waiting,
       (SELECT count(*) FROM press_sending_to t WHERE t.sending = s.id AND t.state = 'sent') AS sent,
       (SELECT count(*) FROM press_sending_to t WHERE t.sending = s.id AND t.state = 'failed') AS failed,
       (SELECT count(*) FROM press_sending_to t WHERE t.sending = s.id AND t.state = 'bounced') AS bounced,
       (SELECT count(*) FROM press_sending_to t WHERE t.sending = s.id AND t.state = 'skipped') AS skipped
  FROM press_sending s JOIN press_release r ON r.id = s.release
  LEFT JOIN press_list l ON l.id = s.list LEFT JOIN people_person p ON p.id = s.person
 WHERE s.id = $1;

-- :name press_sending_tos
SELECT t.*, c.name, c.outlet, c.mail
  FROM press_sending_to t JOIN press_contact c ON c.id = t.contact
 WHERE t.sending = $1 ORDER BY c.name, c.id LIMIT $2;

-- :name press_sending_one
SELECT t.*, c.name, c.outlet, c.mail
  FROM press_sending_to t JOIN press_contact c ON c.id = t.contact WHERE t.sending = $1 AND t.contact = $2;

-- :name press_sending_by_message
SELECT t.*, c.name, c.outlet, c.mail
  FROM press_sending_to t JOIN press_contact c ON c.id = t.contact WHERE t.message = $1;

-- :name press_sending_settle         $3 is the state that the caller saw
UPDATE press_sending_to SET state = $4, error = $5, at = $6 WHERE sending = $1 AND contact = $2 AND state = $3;

-- ---- what media took up ----

-- :name press_pickups_of
SELECT k.*, r.title, r.folio, p.name AS person_name
  FROM press_pickup k JOIN press_release r ON r.id = k.release LEFT JOIN people_person p ON p.id = k.person
 WHERE k.release = $1 AND k.removed_at IS NULL ORDER BY k.id DESC LIMIT $2;

-- :name press_pickups
SELECT k.*, r.title, r.folio, p.name AS person_name
  FROM press_pickup k JOIN press_release r ON r.id = k.release LEFT JOIN people_person p ON p.id = k.person
 WHERE k.day >= $1 AND k.day < $2 AND (k.day, k.id) < ($3, $4) AND k.removed_at IS NULL AND ($5 = 0 OR r.area = $5)
 ORDER BY k.day DESC, k.id DESC LIMIT $6;

-- :name press_pickups_count
SELECT count(*) FROM press_pickup k JOIN press_release r ON r.id = k.release
 WHERE k.day >= $1 AND k.day < $2 AND k.removed_at IS NULL AND ($3 = 0 OR r.area = $3);

-- :name press_pickup_find
SELECT k.*, r.title, r.folio, p.name AS person_name
  FROM press_pickup k JOIN press_release r ON r.id = k.release LEFT JOIN people_person p ON p.id = k.person
 WHERE k.id = $1;

-- :name press_pickup_add
INSERT INTO press_pickup (id, release, outlet, kind, day, url, note, sha256, filename, type, size, person, at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13);

-- :name press_pickup_remove          $2 NULL: it counts again
UPDATE press_pickup SET removed_at = $2 WHERE id = $1;

-- :name press_contact_arrived_since   what left before $2, later than the last that came back, and never came back itself
UPDATE press_contact SET bounces = 0
 WHERE id = $1 AND bounces > 0
   AND EXISTS (SELECT 1 FROM press_sending_to t
                WHERE t.contact = $1 AND t.state = 'sent' AND t.at < $2 AND t.at > COALESCE(press_contact.bounced_at, 0));
