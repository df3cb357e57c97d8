-- SPDX-License-Identifier: AGPL-3.0-or-later
-- 0019_press: the desk's lists of releases read one view.

-- A release as lists show it, without its body. event_name is for who may read event_visibility.
CREATE VIEW press_desk_release AS
    SELECT r.id, r.folio, r.slug, r.state, r.title, r.lead, r.topics, r.tongue, r.dateline_place, r.dateline_day, r.event, r.area,
        r.author, r.cover, r.hash, r.approved_hash, r.reason, r.publish_at, r.publish_wall, r.embargo_until, r.embargo_wall,
        r.time_zone, r.missed_at, r.published_at, r.corrected_at, r.withdrawn_at, r.edition, r.code, r.source, r.created_at,
        r.changed_at, r.version, a.name AS area_name, p.name AS author_name, e.title AS event_name, e.visibility AS event_visibility,
        (SELECT count(*) FROM press_comment c WHERE c.release = r.id AND c.resolved_at IS NULL) AS open_comments
    FROM press_release r
    LEFT JOIN people_area a ON a.id = r.area
    LEFT JOIN people_person p ON p.id = r.author
    LEFT JOIN agenda_event e ON e.id = r.event;
