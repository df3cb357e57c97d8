-- SPDX-License-Identifier: AGPL-3.0-or-later
-- 0024_press: how many releases are public of each topic stands at the topic: lists show it, and need not sum the months.

ALTER TABLE press_topic ADD COLUMN releases INTEGER NOT NULL DEFAULT 0; -- public now, as press_tally has them by month
UPDATE press_topic SET releases = (SELECT COALESCE(sum(t.releases), 0) FROM press_tally t WHERE t.topic = press_topic.slug);
