# SPDX-License-Identifier: AGPL-3.0-or-later
"""The plan of the includes: what it lets through, and what it catches."""
import os
import unittest

from support import TreeTest

import floors

ALLOWED = {
    'src/base/arena.c': '#include "base/arena.h"\n#include <glib.h>\n',
    'src/base/arena.h': '',
    'src/store/db_sqlite.c': '#include "store/db.h"\n#include <sqlite3.h>\n',
    'src/store/db_postgres_open.c': '#include <libpq-fe.h>\n',
    'src/store/journal.c': '#include "base/arena.h"\n#include "journal_queries.h"\n',
    'src/store/journal_queries.sql': '',
    'src/web/server.c': '#include "web/server.h"\n#include <microhttpd.h>\n',
    'src/web/server_body.c': '#include <microhttpd.h>\n',
    'src/desks/press/press.c': '#include "desks/people/people.h"\n#include "store/db.h"\n'
                               '#include "desks/press/press_room.h"\n#include "press_views.h"\n',
    'src/desks/press/press_views.html': '',
    'src/desks/press/press_test.c': '#include <glib.h>\n#include "app/rooms.h"\n',
    'src/desks/press/press_fuzz.c': '#include "desks/site/site_room.h"\n',
    'src/web/web_test_sound.c': '#include "app/rooms.h"\n',
    'src/web/web_test.h': '#include "app/rooms.h"\n',
    'src/desks/site/site_pages.c': '#include "assets.h"\n',
    'src/app/rooms.c': '#include "desks/press/press_pages.h"\n#include "desks/press/press.h"\n',
}

# name: (file, include, part of the sentence)
CAUGHT = {
    'a climb': ('src/base/x.c', '"web/html.h"', 'climbs a floor'),
    'a climb to the desks': ('src/web/x.c', '"desks/press/press.h"', 'climbs a floor'),
    'siblings': ('src/web/x.c', '"mail/imap.h"', 'siblings do not know each other'),
    'siblings back': ('src/mail/x.c', '"web/html.h"', 'siblings do not know each other'),
    'a turn to the right': ('src/desks/people/x.c', '"desks/press/press.h"', 'turns right'),
    'the window of a desk': ('src/desks/site/x.c', '"desks/press/press_room.h"', 'by the window'),
    'the pages of a desk': ('src/desks/site/x.c', '"desks/press/press_pages.h"', 'by the window'),
    'the wiring by the window': ('src/app/x.c', '"desks/press/press_room.h"', 'by the window'),
    'an unknown floor': ('src/base/x.c', '"cellar/x.h"', 'cellar is no floor'),
    'an unknown desk': ('src/desks/site/x.c', '"desks/kitchen/kitchen.h"', 'kitchen is no desk'),
    'a path from nowhere': ('src/desks/press/x.c', '"press.h"', 'write the path from src/'),
    'SQLite outside of its file': ('src/store/x.c', '<sqlite3.h>', 'stays in store/db_sqlite'),
    'SQLite in quotes': ('src/store/x.c', '"sqlite3.h"', 'write the path from src/'),
    'libpq outside of its file': ('src/store/db_sqlite.c', '<libpq-fe.h>', 'db_postgres'),
    'libpq by its folder': ('src/app/x.c', '<postgresql/libpq-fe.h>', 'db_postgres'),
    'libmicrohttpd outside of the server': ('src/web/x.c', '<microhttpd.h>', 'web/server'),
    'libmicrohttpd in a header': ('src/web/server.h', '<microhttpd.h>', 'web/server'),
    'GLib at a desk': ('src/desks/press/x.c', '<glib.h>', 'below the desks'),
    'GLib by its folder': ('src/desks/press/x.h', '<glib/gstdio.h>', 'below the desks'),
    'curl in web': ('src/web/x.c', '<curl/curl.h>', 'outgoing traffic'),
    'a name that only begins as a test': ('src/base/x_testament.c', '"store/db.h"', 'climbs a floor'),
    'what is made for others': ('src/store/x.c', '"assets.h"', 'write the path from src/'),
    'an indented include': ('src/base/x.c', '"store/db.h"', 'climbs a floor'),
}


class Floors(TreeTest):
    def test_what_keeps_to_the_plan_passes(self):
        self.fill(ALLOWED)
        self.assertEqual(floors.check(self.root), [])
        self.assertEqual(self.run_tool('floors.py'), (0, 'floors: every include keeps to the plan\n'))

    def test_each_violation_is_caught(self):
        for name, (path, include, why) in CAUGHT.items():
            with self.subTest(name):
                blank = '  ' if 'indented' in name else ''
                self.fill({path: f'/* a file */\n{blank}#include {include}\n'})
                wrong = floors.check(self.root)
                os.unlink(self.path(path))
                self.assertEqual(len(wrong), 1)
                self.assertTrue(wrong[0].startswith(f'{path}:2: '), wrong[0])
                self.assertIn(why, wrong[0])

    def test_two_files_of_one_name_are_caught(self):
        self.fill({'src/base/x.c': '', 'src/store/x.c': '', 'src/base/meson.build': '',
                   'src/store/meson.build': ''})
        self.assertEqual(floors.check(self.root),
                         ['src/store/x.c:1: there is also src/base/x.c: a name only once'])

    def test_the_command_fails(self):
        self.fill({'src/base/x.c': '#include "web/html.h"\n'})
        status, said = self.run_tool('floors.py')
        self.assertEqual(status, 1)
        self.assertIn('floors: 1 wrong', said)


if __name__ == '__main__':
    unittest.main()
