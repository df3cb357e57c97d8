-- SPDX-License-Identifier: AGPL-3.0-or-later
-- 0023_press: a correction may change a public release's files: what it brings waits for it, what it takes away stays for the
-- editions that show it.

ALTER TABLE press_file ADD COLUMN standing TEXT NOT NULL DEFAULT 'in' CHECK (standing IN ('in', 'waiting', 'out')); -- in: of the release as it is now; waiting: brought for its next correction, not public; out: of earlier editions only
