# SPDX-License-Identifier: AGPL-3.0-or-later
"""The calls: little trees are compiled, and nm is asked who calls whom."""
import json
import os
import subprocess
import unittest

from support import TreeTest

import arrows

CALL = 'void {0}(void);\nvoid {1}(void);\nvoid {0}(void)\n{{\n    {1}();\n}}\n'
LEAF = 'void {0}(void);\nvoid {0}(void)\n{{\n}}\n'


def calls(name, other):
    return CALL.format(name, other)


class Arrows(TreeTest):
    def build(self, sources):
        """Compiles the files as meson would; the paths are those of its build folder."""
        self.fill(sources)
        units = []
        for path in sources:
            output = path.replace('/', '_') + '.o'
            subprocess.run(['gcc', '-c', path, '-o', output], cwd=self.root, check=True)
            units.append({'directory': self.root, 'file': path, 'output': output})
        self.fill({'compile_commands.json': json.dumps(units)})
        return self.run_tool('arrows.py', '.')

    def assert_caught(self, sources, why):
        status, said = self.build(sources)
        self.assertEqual(status, 1, said)
        self.assertIn(why, said)

    def test_a_tree_that_keeps_to_the_plan_is_drawn(self):
        status, said = self.build({
            'src/base/arena.c': LEAF.format('arena'),
            'src/store/db.c': calls('db', 'arena'),
            'src/desks/people/people.c': calls('people', 'db'),
            'src/desks/press/press.c': calls('press', 'people'),
            'src/app/main.c': calls('start', 'press'),
        })
        self.assertEqual(status, 0, said)
        self.assertEqual([line.split() for line in said.splitlines()], [
            ['5', 'app/main', '->', 'desks/press/press'],
            ['4', 'desks/press/press', '->', 'desks/people/people'],
            ['3', 'desks/people/people', '->', 'store/db'],
            ['2', 'store/db', '->', 'base/arena'],
            ['1', 'base/arena', '->'],
        ])

    def test_a_climb_is_caught(self):
        self.assert_caught({'src/base/a.c': calls('a', 'b'), 'src/web/b.c': LEAF.format('b')},
                           'base/a -> web/b (b): climbs a floor')

    def test_a_call_to_a_sibling_is_caught(self):
        self.assert_caught({'src/web/a.c': calls('a', 'b'), 'src/mail/b.c': LEAF.format('b')},
                           'web/a -> mail/b (b): siblings do not know each other')

    def test_a_turn_to_the_right_is_caught(self):
        self.assert_caught({'src/desks/people/a.c': calls('a', 'b'),
                            'src/desks/press/b.c': LEAF.format('b')},
                           'desks/people/a -> desks/press/b (b): turns right')

    def test_reading_a_table_to_the_right_is_caught(self):
        self.assert_caught({
            'src/desks/people/a.c': 'extern int b;\nint a(void);\nint a(void) { return b; }\n',
            'src/desks/press/b.c': 'extern int b;\nint b = 1;\n'}, 'turns right')

    def test_a_circle_in_one_folder_is_caught(self):
        self.assert_caught({'src/store/a.c': calls('a', 'b'), 'src/store/b.c': calls('b', 'c'),
                            'src/store/c.c': calls('c', 'a')},
                           'circle: store/a -> store/b (b), store/b -> store/c (c), '
                           'store/c -> store/a (a)')

    def test_a_circle_through_a_compiled_view_is_caught(self):
        self.assert_caught({
            'src/desks/press/press_pages.c': calls('press_page', 'press_view'),
            'src/desks/libpress.a.p/press_views.c': calls('press_view', 'press_page')},
            'circle: desks/press/press_pages -> desks/press/press_views')

    def test_tests_may_call_anything(self):
        status, said = self.build({'src/base/a_test.c': calls('a', 'b'),
                                   'src/web/b.c': LEAF.format('b')})
        self.assertEqual((status, said.split()), (0, ['1', 'web/b', '->']))

    def test_an_unknown_desk_is_caught(self):
        self.assert_caught({'src/desks/kitchen/a.c': calls('a', 'b'),
                            'src/desks/press/b.c': LEAF.format('b')}, 'kitchen is no desk')

    def test_a_build_without_objects_fails(self):
        self.assertEqual(self.build({})[0], 1)


class Places(unittest.TestCase):
    def test_sources_and_what_is_made(self):
        for path, place in {
            '../src/base/arena.c': 'base/arena',
            '../src/desks/press/press.c': 'desks/press/press',
            'src/base/libbase.a.p/es_mo.c': 'base/es_mo',
            'src/base/es_mo.c': 'base/es_mo',
            'src/desks/libpress.a.p/press_views.c': 'desks/press/press_views',
            'src/desks/press/libpress.a.p/press_views.c': 'desks/press/press_views',
            'ui/assets.c': None,
            os.path.join('/src', 'other.c'): None,
        }.items():
            with self.subTest(path):
                self.assertEqual(arrows.place_of(path), place)


if __name__ == '__main__':
    unittest.main()
