-- SPDX-License-Identifier: AGPL-3.0-or-later
-- 0022_photos: moving, words and removing are steps that can be taken back too, as marks are. A step's column before holds a list of
-- {"photo", …}: of each value how it was ("mark", "event", "caption" …) and what it became ("mark_now" …); what was empty is left out.
-- Its column event is that of the first photo.

ALTER TABLE photos_step ADD COLUMN verb TEXT NOT NULL DEFAULT 'marked' CHECK (verb IN ('marked', 'moved', 'described', 'removed')); -- what was done
